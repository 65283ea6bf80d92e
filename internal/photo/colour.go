package photo

import (
	"encoding/binary"
	"image"
	"math"
)

// toSRGB brings a picture from the colours of its profile to those that a browser takes for granted. Only profiles of
// cameras and screens are understood (ICC.1:2022, three matrix columns and three curves: Display P3, Adobe RGB …);
// with any other, or none, the picture is left as it is.
func toSRGB(m *image.RGBA, profile []byte) {
	p, ok := readProfile(profile)
	if !ok {
		return
	}
	to := times(invert(srgbColumns), p.columns)
	if near(to) && p.likeSRGB() {
		return
	}
	for i := 0; i+3 < len(m.Pix); i += 4 {
		r, g, b := p.curves[0][m.Pix[i]], p.curves[1][m.Pix[i+1]], p.curves[2][m.Pix[i+2]]
		for c := range 3 {
			m.Pix[i+c] = encoded(to[c][0]*r + to[c][1]*g + to[c][2]*b)
		}
	}
}

type matrix [3][3]float64

// srgbColumns are the primaries of sRGB as profiles hold them (adapted to D50, IEC 61966-2-1).
var srgbColumns = matrix{{0.43607, 0.38515, 0.14307}, {0.22249, 0.71687, 0.06061}, {0.01392, 0.09708, 0.71410}}

type profile struct {
	columns matrix // red, green and blue as XYZ
	curves  [3][256]float64
}

func readProfile(b []byte) (p profile, ok bool) {
	if len(b) < 132 || string(b[16:20]) != "RGB " || string(b[20:24]) != "XYZ " {
		return p, false
	}
	for c, name := range []string{"r", "g", "b"} {
		xyz, curve := tag(b, name+"XYZ"), tag(b, name+"TRC")
		if len(xyz) < 20 || len(curve) < 12 {
			return p, false
		}
		for i := range 3 {
			p.columns[i][c] = fixed(xyz[8+4*i:])
		}
		f, ok := curveOf(curve)
		if !ok {
			return p, false
		}
		for v := range 256 {
			p.curves[c][v] = f(float64(v) / 255)
		}
	}
	return p, true
}

// tag is the data under a signature of the profile's table, nil when there is none.
func tag(b []byte, name string) []byte {
	n := int(min(binary.BigEndian.Uint32(b[128:]), 100))
	for i := 132; n > 0 && i+12 <= len(b); i, n = i+12, n-1 {
		at, size := uint64(binary.BigEndian.Uint32(b[i+4:])), uint64(binary.BigEndian.Uint32(b[i+8:]))
		if string(b[i:i+4]) == name && at+size <= uint64(len(b)) {
			return b[at : at+size]
		}
	}
	return nil
}

func fixed(b []byte) float64 { return float64(int32(binary.BigEndian.Uint32(b))) / 65536 }

// curveOf gives the curve of a channel from stored to linear.
func curveOf(b []byte) (func(float64) float64, bool) {
	switch string(b[:4]) {
	case "curv":
		return tableCurve(b)
	case "para":
		return formulaCurve(b)
	}
	return nil, false
}

func tableCurve(b []byte) (func(float64) float64, bool) {
	n := int(min(binary.BigEndian.Uint32(b[8:]), maxProfile))
	if len(b) < 12+2*n {
		return nil, false
	}
	at := func(i int) float64 { return float64(binary.BigEndian.Uint16(b[12+2*i:])) }
	switch n {
	case 0:
		return func(v float64) float64 { return v }, true
	case 1:
		gamma := at(0) / 256
		return func(v float64) float64 { return math.Pow(v, gamma) }, true
	}
	return func(v float64) float64 {
		i := min(int(v*float64(n-1)), n-2)
		part := v*float64(n-1) - float64(i)
		return (at(i)*(1-part) + at(i+1)*part) / 65535
	}, true
}

// formulaCurve reads the formulas of ICC.1:2022 §10.18, type 0 (a power) to type 3 (that of sRGB).
func formulaCurve(b []byte) (func(float64) float64, bool) {
	kind := binary.BigEndian.Uint16(b[8:])
	counts := []int{1, 3, 4, 5}
	if int(kind) >= len(counts) || len(b) < 12+4*counts[kind] {
		return nil, false
	}
	v := [5]float64{1, 1} // g a b c d
	for i := range counts[kind] {
		v[i] = fixed(b[12+4*i:])
	}
	g, a, o, c, d := v[0], v[1], v[2], v[3], v[4]
	power := func(x float64) float64 { return math.Pow(math.Max(a*x+o, 0), g) }
	switch kind {
	case 0:
		return func(x float64) float64 { return math.Pow(x, g) }, true
	case 3:
		return func(x float64) float64 {
			if x < d {
				return c * x
			}
			return power(x)
		}, true
	}
	return func(x float64) float64 { // types 1 and 2: c is added, 0 in type 1
		if a == 0 || x < -o/a {
			return c
		}
		return power(x) + c
	}, true
}

// likeSRGB: curves that differ by less than anybody sees.
func (p profile) likeSRGB() bool {
	for c := range 3 {
		for v := range 256 {
			if d := int(encoded(p.curves[c][v])) - v; d > 1 || d < -1 {
				return false
			}
		}
	}
	return true
}

// steps of the table from linear to sRGB.
const steps = 1 << 14

var encodeTable = func() (t [steps + 1]byte) {
	for i := range t {
		v := float64(i) / steps
		if v <= 0.0031308 {
			v *= 12.92
		} else {
			v = 1.055*math.Pow(v, 1/2.4) - 0.055
		}
		t[i] = byte(math.Round(v * 255))
	}
	return t
}()

func encoded(linear float64) byte {
	if !(linear > 0) { // not a number counts as black
		return 0
	}
	return encodeTable[int(math.Min(linear, 1)*steps+0.5)]
}

func times(a, b matrix) (out matrix) {
	for i := range 3 {
		for j := range 3 {
			out[i][j] = a[i][0]*b[0][j] + a[i][1]*b[1][j] + a[i][2]*b[2][j]
		}
	}
	return out
}

func invert(m matrix) (out matrix) {
	minor := func(a, b, c, d int) float64 { return m[a][c]*m[b][d] - m[a][d]*m[b][c] }
	det := m[0][0]*minor(1, 2, 1, 2) - m[0][1]*minor(1, 2, 0, 2) + m[0][2]*minor(1, 2, 0, 1)
	for i := range 3 {
		for j := range 3 {
			a, b, c, d := (j+1)%3, (j+2)%3, (i+1)%3, (i+2)%3
			out[i][j] = minor(a, b, c, d) / det
		}
	}
	return out
}

func near(m matrix) bool {
	for i := range 3 {
		for j := range 3 {
			want := 0.0
			if i == j {
				want = 1
			}
			if math.Abs(m[i][j]-want) > 0.01 {
				return false
			}
		}
	}
	return true
}
