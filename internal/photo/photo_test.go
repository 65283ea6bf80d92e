package photo_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"regexp"
	"strings"
	"testing"

	"carecorridor/internal/fault"
	"carecorridor/internal/photo"
)

func TestAPhotoIsWrittenInTheWidthsOfThePages(t *testing.T) {
	t.Parallel()
	for width, want := range map[int][]int{1700: {400, 800, 1600}, 1600: {400, 800, 1600}, 1000: {400, 800, 1000}, 800: {400, 800}, 400: {400}} {
		p := clean(t, asPNG(t, quarters(width, width*3/4)))
		var got []int
		for _, s := range p.Sizes {
			got = append(got, s.Width)
			m := decoded(t, s)
			for part, c := range corners {
				if !looks(m, part, c, 6) {
					t.Errorf("%d: %s part %d is %v", width, s.Name, part, m.At(s.Width/4, s.Height/4))
				}
			}
			if s.Height != (s.Width*(width*3/4)+width/2)/width || !regexp.MustCompile(`^`+p.Name+`-\d+\.jpg$`).MatchString(s.Name) {
				t.Errorf("%d: %s is %d high", width, s.Name, s.Height)
			}
		}
		if len(got) != len(want) || got[len(got)-1] != want[len(want)-1] || !regexp.MustCompile(`^[0-9a-f]{32}$`).MatchString(p.Name) {
			t.Errorf("%d gives %v, named %s", width, got, p.Name)
		}
	}
}

func TestTheSameFileGivesTheSameBytesAndNames(t *testing.T) {
	t.Parallel()
	file := asJPEG(t, quarters(900, 700))
	a, b := clean(t, file), clean(t, withSegment(file, 0xfe, []byte("another comment")))
	if a.Name != b.Name || !bytes.Equal(a.Sizes[1].JPEG, b.Sizes[1].JPEG) {
		t.Error("a comment changes the picture")
	}
	if other := clean(t, asJPEG(t, quarters(900, 701))); other.Name == a.Name {
		t.Error("two pictures have one name")
	}
}

// stored[turn] says which corner of the upright picture each stored quarter holds (EXIF 2.3, tag 0x0112).
var stored = [9][4]int{1: {0, 1, 2, 3}, 2: {1, 0, 3, 2}, 3: {3, 2, 1, 0}, 4: {2, 3, 0, 1}, 5: {0, 2, 1, 3}, 6: {1, 3, 0, 2}, 7: {3, 1, 2, 0}, 8: {2, 0, 3, 1}}

func TestAPhotoStandsUprightAndTellsNothingElse(t *testing.T) {
	t.Parallel()
	for turn := 1; turn <= 8; turn++ {
		m := image.NewRGBA(image.Rect(0, 0, 640, 480))
		for y := range 480 {
			for x := range 640 {
				m.SetRGBA(x, y, corners[stored[turn][2*(2*y/480)+2*x/640]])
			}
		}
		var order binary.AppendByteOrder = binary.LittleEndian
		if turn%2 == 0 {
			order = binary.BigEndian
		}
		place := exif(order, turn)
		rational := order.AppendUint32(nil, 2626)
		file := withSegment(withSegment(asJPEG(t, m), 0xe1, append([]byte("Exif\x00\x00"), place...)), 0xe1, []byte("http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta>Ann Example</x:xmpmeta>"))
		inPNG := asPNG(t, m)
		inPNG = append(append(append([]byte{}, inPNG[:33]...), chunk("eXIf", place)...), inPNG[33:]...)
		for name, file := range map[string][]byte{"JPEG": file, "PNG": inPNG} {
			if !bytes.Contains(file, rational) {
				t.Fatal("the fixture holds no place")
			}
			for _, s := range clean(t, file).Sizes {
				got := decoded(t, s)
				for part, c := range corners {
					if !looks(got, part, c, 6) {
						t.Errorf("%s turn %d, part %d", name, turn, part)
					}
				}
				if tall := s.Height > s.Width; tall != (turn >= 5) {
					t.Errorf("%s turn %d: %d by %d", name, turn, s.Width, s.Height)
				}
				for _, rest := range []string{"Exif", "xmpmeta", "Ann Example", string(rational), "ICC_PROFILE"} {
					if bytes.Contains(s.JPEG, []byte(rest)) {
						t.Errorf("%s turn %d keeps %q", name, turn, rest)
					}
				}
			}
		}
	}
}

func TestEveryKindOfPixelKeepsItsColour(t *testing.T) {
	t.Parallel()
	const w, h = 640, 480
	red := color.NRGBA{200, 40, 40, 255}
	fill := func(m interface {
		image.Image
		Set(x, y int, c color.Color)
	}, c color.Color) image.Image {
		for y := range h {
			for x := range w {
				m.Set(x, y, c)
			}
		}
		return m
	}
	r := image.Rect(0, 0, w, h)
	half := color.NRGBA{200, 40, 40, 128}
	for name, c := range map[string]struct {
		file []byte
		want color.RGBA
	}{
		"8 bits":       {asPNG(t, fill(image.NewNRGBA(r), red)), color.RGBA{200, 40, 40, 255}},
		"16 bits":      {asPNG(t, fill(image.NewNRGBA64(r), red)), color.RGBA{200, 40, 40, 255}},
		"grey":         {asPNG(t, fill(image.NewGray(r), color.Gray{90})), color.RGBA{90, 90, 90, 255}},
		"grey JPEG":    {asJPEG(t, fill(image.NewGray(r), color.Gray{90})), color.RGBA{90, 90, 90, 255}},
		"palette":      {asPNG(t, fill(image.NewPaletted(r, color.Palette{color.White, red}), red)), color.RGBA{200, 40, 40, 255}},
		"see-through":  {asPNG(t, fill(image.NewNRGBA(r), half)), color.RGBA{227, 147, 147, 255}}, // on white
		"nothing":      {asPNG(t, image.NewNRGBA(r)), color.RGBA{255, 255, 255, 255}},
		"WebP":         {riff([]byte("VP8L"), plain(w, h, color.RGBA(red))), color.RGBA{200, 40, 40, 255}},
		"turned WebP":  {riff([]byte("VP8X"), canvas(w, h, 8), []byte("VP8L"), plain(w, h, color.RGBA(red)), []byte("EXIF"), exif(binary.LittleEndian, 6)), color.RGBA{200, 40, 40, 255}},
		"16-bit place": {asPNG(t, fill(image.NewRGBA64(r), red)), color.RGBA{200, 40, 40, 255}},
	} {
		p, err := photo.Clean(bytes.NewReader(c.file))
		if err != nil {
			t.Fatalf("%s: %s", name, said(t, c.file))
		}
		s := p.Sizes[0]
		if m := decoded(t, s); !looks(m, 0, c.want, 4) || !looks(m, 3, c.want, 4) {
			t.Errorf("%s: %v", name, m.At(5, 5))
		}
		if name == "turned WebP" && s.Height < s.Width {
			t.Error("the WebP was not turned")
		}
	}
}

func TestALargePhotoIsAveragedDown(t *testing.T) {
	t.Parallel()
	m := image.NewGray(image.Rect(0, 0, 6001, 4003)) // 24 megapixels of fine stripes: grey when averaged
	for i := range m.Pix {
		m.Pix[i] = byte(i % 6001 % 2 * 255)
	}
	p := clean(t, asPNG(t, m))
	got := decoded(t, p.Sizes[2])
	if s := p.Sizes[2]; s.Width != 1600 || s.Height != 1067 || !looks(got, 0, color.RGBA{127, 127, 127, 255}, 8) || !looks(got, 3, color.RGBA{127, 127, 127, 255}, 8) {
		t.Errorf("%d by %d, %v", s.Width, s.Height, got.At(5, 5))
	}
}

func TestAHardPhotoIsKeptLight(t *testing.T) {
	t.Parallel()
	m := image.NewRGBA(image.Rect(0, 0, 1600, 1067))
	seed := uint32(1)
	for i := range m.Pix {
		seed = seed*1664525 + 1013904223
		m.Pix[i] = byte(seed>>24)/4 + byte(i/4%1600/8)
	}
	for _, s := range clean(t, asPNG(t, m)).Sizes {
		if n := len(s.JPEG); n > s.Width*s.Height/2 {
			t.Errorf("%d wide: %d bytes", s.Width, n)
		}
	}
	if s := clean(t, asPNG(t, quarters(1600, 1067))).Sizes[1]; len(s.JPEG) > 50_000 {
		t.Errorf("a plain one has %d bytes", len(s.JPEG))
	}
}

func TestABrokenConnectionIsNotThePersonsFault(t *testing.T) {
	t.Parallel()
	if _, err := photo.Clean(broken{}); err == nil || fault.Is(err, fault.Invalid) {
		t.Error(err)
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errors.New("connection lost") }

func TestManyPhotosAtOnceAreAllMade(t *testing.T) {
	t.Parallel()
	file := asJPEG(t, quarters(500, 400))
	names := make(chan string, 8)
	for range cap(names) {
		go func() {
			p, err := photo.Clean(bytes.NewReader(file))
			if err != nil {
				p.Name = err.Error()
			}
			names <- p.Name
		}()
	}
	first := <-names
	for range cap(names) - 1 {
		if n := <-names; n != first || strings.Contains(n, " ") {
			t.Errorf("%s and %s", first, n)
		}
	}
}

func BenchmarkAPhotoOfTwentyFourMegapixels(b *testing.B) {
	file := asJPEG(b, quarters(6000, 4000))
	b.ReportAllocs()
	for b.Loop() {
		clean(b, file)
	}
}
