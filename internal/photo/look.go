package photo

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"iter"

	"golang.org/x/image/vp8"
	"golang.org/x/image/vp8l"
	"golang.org/x/image/webp"
)

// maxProfile is the longest colour profile that is read; those of cameras and screens are far shorter.
const maxProfile = 1 << 16

func lookJPEG(file []byte) (about, error) {
	c, err := jpeg.DecodeConfig(bytes.NewReader(file))
	if err != nil {
		return about{}, unreadable()
	}
	a := about{width: c.Width, height: c.Height, perPixel: 16, turn: 1, printed: c.ColorModel == color.CMYKModel}
	if bytes.Count(file, []byte{0xff, startOfScan}) > mostScans {
		return about{}, unreadable()
	}
	for s := range segments(file) {
		if s.mark == startOfScan {
			break
		}
		a.segment(s.mark, s.body)
	}
	return a, nil
}

const (
	startOfScan = 0xda
	// mostScans of a JPEG. A progressive one has about ten; each costs a walk over the whole picture.
	mostScans = 50
)

// jpegSegment is one part of a JPEG; whole is body with its marker and length, and behind a start of scan the coded data.
type jpegSegment struct {
	mark        byte
	body, whole []byte
}

// segments are the parts of a JPEG, up to its end or the first that is cut off. It skips what the decoder skips, so that
// both see the same.
func segments(file []byte) iter.Seq[jpegSegment] {
	return func(yield func(jpegSegment) bool) {
		for i := 2; i+4 <= len(file); {
			if file[i] != 0xff {
				i++
				continue
			}
			mark := file[i+1]
			if i += 2; mark == 0 {
				continue
			}
			for mark == 0xff && i < len(file) {
				mark = file[i]
				i++
			}
			if mark >= 0xd0 && mark <= 0xd7 {
				continue
			}
			if mark == 0xd9 || i+2 > len(file) {
				return
			}
			end := i + int(binary.BigEndian.Uint16(file[i:]))
			if end < i+2 || end > len(file) {
				return
			}
			s := jpegSegment{mark: mark, body: file[i+2 : end]}
			if mark == startOfScan {
				end = afterScan(file, end)
			}
			if s.whole = file[i-2 : end]; !yield(s) {
				return
			}
			i = end
		}
	}
}

// afterScan is where the coded data that begin at i end: at a marker that is neither a stuffed byte nor a restart.
func afterScan(file []byte, i int) int {
	for ; i+1 < len(file); i++ {
		if next := file[i+1]; file[i] == 0xff && next != 0 && next != 0xff && (next < 0xd0 || next > 0xd7) {
			return i
		}
	}
	return len(file)
}

// segment: a baseline JPEG is decoded block by block; a progressive one is held whole, four bytes for each sample.
func (a *about) segment(mark byte, body []byte) {
	switch mark {
	case 0xc0, 0xc1:
		a.perPixel = 4
	case 0xc2:
		a.perPixel = 16
	case 0xe1:
		if rest, ok := bytes.CutPrefix(body, []byte("Exif\x00\x00")); ok && a.turn == 1 {
			a.turn = orientation(rest)
		}
	case 0xe2:
		if rest, ok := bytes.CutPrefix(body, []byte("ICC_PROFILE\x00")); ok && len(rest) > 2 && len(a.profile)+len(rest) <= maxProfile {
			a.profile = append(a.profile, rest[2:]...)
		}
	}
}

func lookPNG(file []byte) (about, error) {
	c, err := png.DecodeConfig(bytes.NewReader(file))
	if err != nil {
		return about{}, unreadable()
	}
	a := about{width: c.Width, height: c.Height, perPixel: planes(c.ColorModel), turn: 1}
	for c := range chunks(file) {
		switch c.name {
		case "eXIf":
			a.turn = orientation(c.body)
		case "iCCP":
			a.profile = inflate(c.body)
		}
	}
	return a, nil
}

// pngChunk is one part of a PNG; whole is body with its length, name and check sum.
type pngChunk struct {
	name        string
	body, whole []byte
}

// chunks are the parts of a PNG, up to the first that is cut off.
func chunks(file []byte) iter.Seq[pngChunk] {
	return func(yield func(pngChunk) bool) {
		for i := 8; i+12 <= len(file); {
			n := int64(binary.BigEndian.Uint32(file[i:]))
			if n > int64(len(file)-i-12) {
				return
			}
			end := i + 12 + int(n)
			if !yield(pngChunk{string(file[i+4 : i+8]), file[i+8 : end-4], file[i:end]}) {
				return
			}
			i = end
		}
	}
}

// inflate reads the profile of a PNG: a name, a zero, a method, then zlib. It reads no more than maxProfile.
func inflate(body []byte) []byte {
	_, rest, ok := bytes.Cut(body, []byte{0})
	if !ok || len(rest) < 2 {
		return nil
	}
	z, err := zlib.NewReader(bytes.NewReader(rest[1:]))
	if err != nil {
		return nil
	}
	out, err := io.ReadAll(io.LimitReader(z, maxProfile))
	if err != nil {
		return nil
	}
	return out
}

// lookWebP looks at each frame too: the decoder believes the frame, but DecodeConfig the canvas around it.
func lookWebP(file []byte) (about, error) {
	c, err := webp.DecodeConfig(bytes.NewReader(file))
	if err != nil {
		return about{}, unreadable()
	}
	a := about{width: c.Width, height: c.Height, perPixel: 8, turn: 1}
	end := min(int64(len(file)), 8+int64(binary.LittleEndian.Uint32(file[4:])))
	for i := 12; int64(i)+8 <= end; {
		n := int(binary.LittleEndian.Uint32(file[i+4:]))
		if n < 0 || n > len(file)-i-8 {
			return about{}, unreadable()
		}
		body := file[i+8 : i+8+n]
		w, h := c.Width, c.Height
		switch string(file[i : i+4]) {
		case "VP8 ":
			w, h = lossy(body)
		case "VP8L":
			w, h = lossless(body)
		case "EXIF":
			a.turn = orientation(bytes.TrimPrefix(body, []byte("Exif\x00\x00")))
		case "ICCP":
			a.profile = body[:min(n, maxProfile)]
		case "ANIM", "ANMF":
			return about{}, refuse("This WebP moves. Choose a photo that stands still")
		}
		if w != c.Width || h != c.Height {
			return about{}, unreadable()
		}
		i += 8 + n + n%2
	}
	return a, nil
}

func lossy(body []byte) (w, h int) {
	d := vp8.NewDecoder()
	d.Init(bytes.NewReader(body), len(body))
	head, err := d.DecodeFrameHeader()
	if err != nil {
		return 0, 0
	}
	return head.Width, head.Height
}

func lossless(body []byte) (w, h int) {
	c, err := vp8l.DecodeConfig(bytes.NewReader(body))
	if err != nil {
		return 0, 0
	}
	return c.Width, c.Height
}

// orientation is tag 0x0112 of the first directory of EXIF: how the camera was held, 1 to 8; 1 when it does not say.
func orientation(tiff []byte) int {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.LittleEndian
	if tiff[0] == 'M' {
		order = binary.BigEndian
	}
	at := int64(order.Uint32(tiff[4:]))
	if at < 8 || at+2 > int64(len(tiff)) {
		return 1
	}
	entries := tiff[at+2:]
	for range order.Uint16(tiff[at:]) {
		if len(entries) < 12 {
			break
		}
		if order.Uint16(entries) == 0x0112 && order.Uint16(entries[2:]) == 3 {
			if turn := int(order.Uint16(entries[8:])); turn >= 1 && turn <= 8 {
				return turn
			}
			return 1
		}
		entries = entries[12:]
	}
	return 1
}
