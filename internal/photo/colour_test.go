package photo_test

import (
	"encoding/binary"
	"image"
	"image/color"
	"math"
	"testing"
)

var nativeOrder = binary.LittleEndian

// iccProfile is a profile of a screen: primaries as XYZ adapted to D50, one curve for all three.
func iccProfile(columns [3][3]float64, curve []byte) []byte {
	b := make([]byte, 128)
	copy(b[12:], "mntrRGB XYZ ")
	names := []string{"rXYZ", "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC"}
	table := binary.BigEndian.AppendUint32(nil, uint32(len(names)))
	start := 128 + 4 + 12*len(names)
	var data []byte
	for i, n := range names {
		body := curve
		if i < 3 {
			body = []byte("XYZ \x00\x00\x00\x00")
			for _, v := range columns[i] {
				body = binary.BigEndian.AppendUint32(body, uint32(int32(math.Round(v*65536))))
			}
		}
		table = append(table, n...)
		table = binary.BigEndian.AppendUint32(table, uint32(start+len(data)))
		table = binary.BigEndian.AppendUint32(table, uint32(len(body)))
		data = append(data, body...)
	}
	return append(append(b, table...), data...)
}

func formula(kind uint16, values ...float64) []byte {
	b := binary.BigEndian.AppendUint16([]byte("para\x00\x00\x00\x00"), kind)
	b = append(b, 0, 0)
	for _, v := range values {
		b = binary.BigEndian.AppendUint32(b, uint32(int32(math.Round(v*65536))))
	}
	return b
}

var srgbCurve = formula(3, 2.4, 1/1.055, 0.055/1.055, 1/12.92, 0.04045)

// displayP3 is the profile of phones (primaries as Apple's profile holds them).
func displayP3() []byte {
	return iccProfile([3][3]float64{{0.51512, 0.24120, -0.00105}, {0.29198, 0.69225, 0.04189}, {0.15710, 0.06657, 0.78407}}, srgbCurve)
}

func srgb() []byte {
	return iccProfile([3][3]float64{{0.43607, 0.22249, 0.01392}, {0.38515, 0.71687, 0.09708}, {0.14307, 0.06061, 0.71410}}, srgbCurve)
}

func TestColoursOfPhonesAndCamerasAreBroughtToSRGB(t *testing.T) {
	t.Parallel()
	fill := func(c color.RGBA) image.Image {
		m := image.NewRGBA(image.Rect(0, 0, 400, 300))
		for i := 0; i < len(m.Pix); i += 4 {
			m.Pix[i], m.Pix[i+1], m.Pix[i+2], m.Pix[i+3] = c.R, c.G, c.B, 255
		}
		return m
	}
	adobe := [3][3]float64{{0.60974, 0.31111, 0.01947}, {0.20528, 0.62567, 0.06087}, {0.14919, 0.06322, 0.74457}}
	gamma := binary.BigEndian.AppendUint16([]byte("curv\x00\x00\x00\x00\x00\x00\x00\x01"), 563) // 2.2
	linear := []byte("curv\x00\x00\x00\x00\x00\x00\x00\x00")
	for name, c := range map[string]struct {
		profile    []byte
		from, want color.RGBA
	}{
		// references: CSS Color 4, conversions through linear light
		"Display P3":       {displayP3(), color.RGBA{200, 100, 100, 255}, color.RGBA{214, 96, 97, 255}},
		"Display P3 grey":  {displayP3(), color.RGBA{90, 90, 90, 255}, color.RGBA{90, 90, 90, 255}},
		"Display P3 edge":  {displayP3(), color.RGBA{255, 0, 0, 255}, color.RGBA{255, 0, 0, 255}},
		"Adobe RGB":        {iccProfile(adobe, gamma), color.RGBA{150, 100, 100, 255}, color.RGBA{165, 99, 99, 255}},
		"linear":           {iccProfile(adobe, linear), color.RGBA{55, 55, 55, 255}, color.RGBA{128, 128, 128, 255}},
		"sRGB":             {srgb(), color.RGBA{200, 100, 50, 255}, color.RGBA{200, 100, 50, 255}},
		"formula 0":        {iccProfile(adobe, formula(0, 2.2)), color.RGBA{90, 90, 90, 255}, color.RGBA{90, 90, 90, 255}},
		"no profile":       {nil, color.RGBA{200, 100, 50, 255}, color.RGBA{200, 100, 50, 255}},
		"broken":           {displayP3()[:200], color.RGBA{200, 100, 50, 255}, color.RGBA{200, 100, 50, 255}},
		"unknown formula":  {iccProfile(adobe, formula(9, 1)), color.RGBA{200, 100, 50, 255}, color.RGBA{200, 100, 50, 255}},
		"table of nothing": {iccProfile(adobe, []byte("curv\x00\x00\x00\x00\xff\xff\xff\xff")), color.RGBA{200, 100, 50, 255}, color.RGBA{200, 100, 50, 255}},
	} {
		file := asJPEG(t, fill(c.from))
		if c.profile != nil {
			file = withSegment(file, 0xe2, append([]byte("ICC_PROFILE\x00\x01\x01"), c.profile...))
		}
		if m := decoded(t, clean(t, file).Sizes[0]); !looks(m, 0, c.want, 4) {
			t.Errorf("%s: %v becomes %v, want %v", name, c.from, color.RGBAModel.Convert(m.At(9, 9)), c.want)
		}
	}
}
