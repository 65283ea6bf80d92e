package photo_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"

	"carecorridor/internal/fault"
	"carecorridor/internal/photo"
)

// corners are what four quarters of a picture look like: upper left, upper right, lower left, lower right.
var corners = [4]color.RGBA{{200, 40, 40, 255}, {40, 200, 40, 255}, {40, 40, 200, 255}, {200, 200, 40, 255}}

func quarters(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.SetRGBA(x, y, corners[2*(2*y/h)+2*x/w])
		}
	}
	return m
}

func asJPEG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asPNG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// withSegment puts a segment behind the first mark of a JPEG.
func withSegment(file []byte, mark byte, body []byte) []byte {
	out := append([]byte{}, file[:2]...)
	out = append(out, 0xff, mark)
	out = binary.BigEndian.AppendUint16(out, uint16(len(body)+2))
	return append(append(out, body...), file[2:]...)
}

// exif is what a phone writes: orientation, and in a directory of its own the place (51° 30' N).
func exif(order binary.AppendByteOrder, turn int) []byte {
	b := []byte("II*\x00")
	if order.String() == "BigEndian" {
		b = []byte("MM\x00*")
	}
	entry := func(tag, kind uint16, count uint32) {
		b = order.AppendUint16(order.AppendUint16(b, tag), kind)
		b = order.AppendUint32(b, count)
	}
	b = order.AppendUint32(b, 8)
	b = order.AppendUint16(b, 2)
	entry(0x0112, 3, 1)
	b = order.AppendUint16(order.AppendUint16(b, uint16(turn)), 0)
	entry(0x8825, 4, 1) // the place is in the directory at 38
	b = order.AppendUint32(b, 38)
	b = order.AppendUint32(b, 0)
	b = order.AppendUint16(b, 2)
	entry(1, 2, 2)
	b = append(b, "N\x00\x00\x00"...)
	entry(2, 5, 3)
	b = order.AppendUint32(b, 68)
	b = order.AppendUint32(b, 0)
	for _, n := range []uint32{51, 1, 30, 1, 2626, 100} {
		b = order.AppendUint32(b, n)
	}
	return b
}

// chunk is one of a PNG.
func chunk(name string, body []byte) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	b = append(append(b, name...), body...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

func pngHeader(w, h uint32) []byte {
	body := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)
	return append([]byte("\x89PNG\r\n\x1a\n"), chunk("IHDR", append(body, 8, 6, 0, 0, 0))...)
}

// bits writes the bit stream of a lossless WebP, lowest bit first.
type bits struct {
	out []byte
	n   int
}

func (b *bits) put(v, count int) {
	for ; count > 0; count, v = count-1, v>>1 {
		if b.n%8 == 0 {
			b.out = append(b.out, 0)
		}
		b.out[b.n/8] |= byte(v&1) << (b.n % 8)
		b.n++
	}
}

// plain is the VP8L chunk of a picture of one colour: each code has one symbol, so that pixels take no bits at all.
func plain(w, h int, c color.RGBA) []byte {
	b := &bits{}
	b.put(0x2f, 8)
	b.put(w-1, 14)
	b.put(h-1, 14)
	b.put(0, 4)                                       // no alpha, version 0
	b.put(0, 3)                                       // no transform, no colour cache, no groups of codes
	for _, v := range []byte{c.G, c.R, c.B, c.A, 0} { // the last is the distance, never used
		b.put(1, 1)
		b.put(0, 1)
		b.put(1, 1)
		b.put(int(v), 8)
	}
	return append(b.out, 0, 0)
}

func riff(chunks ...[]byte) []byte {
	body := []byte("WEBP")
	for i := 0; i < len(chunks); i += 2 {
		body = append(body, chunks[i]...)
		body = binary.LittleEndian.AppendUint32(body, uint32(len(chunks[i+1])))
		body = append(body, chunks[i+1]...)
		if len(chunks[i+1])%2 == 1 {
			body = append(body, 0)
		}
	}
	return append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body))), body...)
}

// canvas is the VP8X chunk.
func canvas(w, h int, flags byte) []byte {
	return []byte{flags, 0, 0, 0, byte(w - 1), byte((w - 1) >> 8), byte((w - 1) >> 16), byte(h - 1), byte((h - 1) >> 8), byte((h - 1) >> 16)}
}

func clean(t testing.TB, file []byte) photo.Photo {
	t.Helper()
	p, err := photo.Clean(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// said is the sentence of a refusal.
func said(t testing.TB, file []byte) string {
	t.Helper()
	_, err := photo.Clean(bytes.NewReader(file))
	var e *fault.E
	if !errors.As(err, &e) || e.Kind != fault.Invalid || e.Say == "" {
		t.Fatalf("%v is no refusal", err)
	}
	return e.Say
}

func decoded(t testing.TB, s photo.Size) image.Image {
	t.Helper()
	m, err := jpeg.Decode(bytes.NewReader(s.JPEG))
	if err != nil || m.Bounds().Dx() != s.Width || m.Bounds().Dy() != s.Height {
		t.Fatalf("%s: %v", s.Name, err)
	}
	return m
}

// looks reports whether the middle of a part of the picture has about a colour. Parts are as in corners.
func looks(m image.Image, part int, want color.RGBA, tolerance int) bool {
	w, h := m.Bounds().Dx(), m.Bounds().Dy()
	got := color.RGBAModel.Convert(m.At(w/4+part%2*w/2, h/4+part/2*h/2)).(color.RGBA)
	for _, d := range []int{int(got.R) - int(want.R), int(got.G) - int(want.G), int(got.B) - int(want.B)} {
		if d > tolerance || d < -tolerance {
			return false
		}
	}
	return true
}
