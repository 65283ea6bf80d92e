package photo_test

import (
	"bytes"
	"compress/zlib"
	"image"
	"image/color"
	"io"
	"runtime"
	"strings"
	"testing"

	"carecorridor/internal/fault"
	"carecorridor/internal/photo"
)

func TestWhatIsNoPhotoIsRefusedByName(t *testing.T) {
	t.Parallel()
	jpeg := asJPEG(t, quarters(500, 400))
	for want, file := range map[string][]byte{
		"is empty":                     {},
		"SVG":                          []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`),
		"carry programs":               []byte("<!-- " + strings.Repeat("x", 1000) + " --><SVG onload=alert(1)>"),
		"GIF":                          []byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;"),
		"HEIC":                         []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"),
		"HEIF":                         []byte("\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1miaf"),
		"AVIF":                         []byte("\x00\x00\x00\x1cftypavif\x00\x00\x00\x00avifmif1miaf"),
		"TIFF":                         []byte("II*\x00\x08\x00\x00\x00"),
		"BMP":                          []byte("BM\x00\x00\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00\x28\x00\x00\x00"),
		"PDF":                          []byte("%PDF-1.7\n"),
		"JPEG, PNG or WebP":            []byte("<html><body>"),
		"damaged or cut off":           jpeg[:len(jpeg)/2],
		"damaged":                      jpeg[:20],
		"too small":                    asPNG(t, quarters(399, 400)),
		"at least 400 wide":            asPNG(t, quarters(400, 299)),
		"too narrow":                   asPNG(t, quarters(2000, 400)),
		"smaller than 15 MB":           append(asJPEG(t, quarters(500, 400)), make([]byte, photo.MaxBytes)...),
		"moves":                        riff([]byte("VP8X"), canvas(500, 400, 2), []byte("ANIM"), make([]byte, 6)),
		"cannot be read":               riff([]byte("VP8X"), canvas(500, 400, 0), []byte("VP8L"), plain(16384, 16384, color.RGBA{A: 255})),
		"many pixels (50000 by 50000)": pngHeader(50_000, 50_000),
		"too many pixels":              pngHeader(20_001, 500),
		"(16384 by 16384)":             riff([]byte("VP8L"), plain(16384, 16384, color.RGBA{A: 255})),
	} {
		if got := said(t, file); !strings.Contains(got, want) {
			t.Errorf("%q: %s", want, got)
		}
	}
}

// A file that is a picture in front and a page behind is only a picture afterwards.
func TestWhatHidesBehindAPictureIsGone(t *testing.T) {
	t.Parallel()
	page := []byte("<html><script>alert('knee')</script>")
	file := append(withSegment(asJPEG(t, quarters(500, 400)), 0xfe, page), page...)
	sizes := clean(t, file).Sizes
	if len(sizes) == 0 {
		t.Error("no picture is left")
	}
	for _, s := range sizes {
		if bytes.Contains(s.JPEG, []byte("script")) {
			t.Error("the page is still there")
		}
	}
}

// bomb is a PNG whose rows unpack to far more than its size needs.
func bomb(t *testing.T, w, h uint32, size int64) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	if _, err := io.CopyN(z, zeros{}, size); err != nil {
		t.Fatal(err)
	}
	z.Close()
	return append(append(pngHeader(w, h), chunk("IDAT", b.Bytes())...), chunk("IEND", nil)...)
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestABombCostsNoMemory(t *testing.T) { // alone: it measures the whole process
	unpacks := bomb(t, 500, 400, 1<<28)
	profile := bytes.Buffer{}
	z := zlib.NewWriter(&profile)
	_, _ = io.CopyN(z, zeros{}, 1<<27)
	z.Close()
	header := pngHeader(500, 400)
	behind := bomb(t, 500, 400, 500*400*4+400)[len(header):]
	lying := riff([]byte("VP8X"), canvas(500, 400, 0), []byte("VP8L"), plain(16384, 16384, color.RGBA{A: 255}))
	copy(lying[4:], "\xff\xff\xff\x7f")
	copy(lying[34:], "\x00\xff\xff\x7f") // the length of VP8L: past the end of the file
	for name, c := range map[string]struct {
		file  []byte
		taken bool
	}{
		"pixels in a PNG":    {pngHeader(50_000, 50_000), false},
		"pixels in a WebP":   {riff([]byte("VP8L"), plain(16384, 16384, color.RGBA{A: 255})), false},
		"frame in a canvas":  {riff([]byte("VP8X"), canvas(500, 400, 0), []byte("VP8L"), plain(16384, 16384, color.RGBA{A: 255})), false},
		"rows of a PNG":      {unpacks, false},
		"profile of a PNG":   {append(append(append([]byte{}, header...), chunk("iCCP", append([]byte("x\x00\x00"), profile.Bytes()...))...), behind...), true},
		"progressive JPEG":   {progressive(9000, 6000), false},
		"scans of a JPEG":    {append(asJPEG(t, quarters(500, 400)), bytes.Repeat([]byte{0xff, 0xda, 0, 2}, 1000)...), false},
		"hidden progressive": {withSegment(progressive(9000, 6000), 0x01, []byte{0xff, 0xc0, 0, 4}), false},
		"chunk that lies":    {lying, false},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := photo.Clean(bytes.NewReader(c.file))
		runtime.ReadMemStats(&after)
		if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 24 || c.taken != (err == nil) || err != nil && !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %d MB, %v", name, used, err)
		}
	}
}

// progressive is a JPEG that says it is of this size and has nothing in it.
func progressive(w, h int) []byte {
	frame := []byte{8, byte(h >> 8), byte(h), byte(w >> 8), byte(w), 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0}
	return append(withSegment([]byte{0xff, 0xd8}, 0xc2, frame), 0xff, 0xda, 0, 12, 3, 1, 0, 2, 0, 3, 0, 0, 0, 0, 0xff, 0xd9)
}

func TestPrintingColoursAreRefused(t *testing.T) {
	t.Parallel()
	frame := []byte{8, 400 >> 8, 400 & 0xff, 500 >> 8, 500 & 0xff, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0}
	file := append(withSegment([]byte{0xff, 0xd8}, 0xc0, frame), 0xff, 0xda, 0, 2)
	if got := said(t, file); !strings.Contains(got, "CMYK") {
		t.Error(got)
	}
}

func FuzzClean(f *testing.F) {
	small := quarters(400, 300)
	f.Add(asJPEG(f, small))
	f.Add(asPNG(f, image.NewGray(image.Rect(0, 0, 400, 300))))
	f.Add(riff([]byte("VP8X"), canvas(400, 300, 8), []byte("VP8L"), plain(400, 300, color.RGBA{A: 255}), []byte("EXIF"), exif(nativeOrder, 5)))
	f.Add(progressive(500, 400))
	f.Add(withSegment(asJPEG(f, small), 0xe2, append([]byte("ICC_PROFILE\x00\x01\x01"), displayP3()...)))
	f.Fuzz(func(t *testing.T, file []byte) {
		p, err := photo.Clean(bytes.NewReader(file))
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Fatal(err)
			}
			return
		}
		for _, s := range p.Sizes {
			decoded(t, s)
		}
	})
}
