package photo

import (
	"image"
	"math"

	"golang.org/x/image/draw"
)

// working is how many pixels are worked on: larger pictures are first averaged down by a whole number, so that
// scaling takes little memory and loses nothing at the widths of the pages.
const working = 8_000_000

// flatten puts a picture on white, as 8-bit RGB, averaged down to about the working size.
func flatten(m image.Image) *image.RGBA {
	b := m.Bounds()
	k := int(math.Ceil(math.Sqrt(float64(b.Dx()) * float64(b.Dy()) / working)))
	if k < 2 {
		out := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
		onWhite(out, m, b.Min)
		return out
	}
	out := image.NewRGBA(image.Rect(0, 0, b.Dx()/k, b.Dy()/k))
	strip := image.NewRGBA(image.Rect(0, 0, b.Dx(), k))
	for y := range out.Rect.Dy() {
		onWhite(strip, m, b.Min.Add(image.Pt(0, y*k)))
		average(out.Pix[y*out.Stride:], strip, out.Rect.Dx(), k)
	}
	return out
}

// onWhite fills to with what is at from in the picture, on white where that is see-through.
func onWhite(to *image.RGBA, m image.Image, from image.Point) {
	draw.Draw(to, to.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(to, to.Rect, m, from, draw.Over)
}

// average writes a row of width pixels, each the mean of k by k of the strip.
func average(row []byte, strip *image.RGBA, width, k int) {
	for x := range width {
		var sum [3]int
		for j := range k {
			block := strip.Pix[j*strip.Stride+x*k*4:][:k*4]
			for i := 0; i < len(block); i += 4 {
				sum[0] += int(block[i])
				sum[1] += int(block[i+1])
				sum[2] += int(block[i+2])
			}
		}
		n := k * k
		row[x*4], row[x*4+1], row[x*4+2], row[x*4+3] = byte((sum[0]+n/2)/n), byte((sum[1]+n/2)/n), byte((sum[2]+n/2)/n), 255
	}
}

// upright turns and mirrors a picture so that EXIF orientation turn becomes 1.
func upright(m *image.RGBA, turn int) *image.RGBA {
	if turn <= 1 || turn > 8 {
		return m
	}
	w, h := m.Rect.Dx(), m.Rect.Dy()
	if turn >= 5 {
		w, h = h, w
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			from := m.PixOffset(source(turn, x, y, w, h))
			copy(out.Pix[y*out.Stride+x*4:][:4], m.Pix[from:from+4])
		}
	}
	return out
}

// source is the stored pixel that belongs at x, y of the upright picture of w by h (EXIF 2.3, tag 0x0112).
func source(turn, x, y, w, h int) (int, int) {
	switch turn {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return y, w - 1 - x
	case 7:
		return h - 1 - y, w - 1 - x
	default:
		return h - 1 - y, x
	}
}
