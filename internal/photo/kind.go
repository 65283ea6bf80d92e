package photo

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"

	"github.com/gabriel-vasile/mimetype"
	"golang.org/x/image/webp"
)

// kind is a kind of picture that is taken: how to look at it without its pixels, and how to decode it.
type kind struct {
	look   func(file []byte) (about, error)
	decode func(io.Reader) (image.Image, error)
}

var kinds = map[string]kind{
	"image/jpeg": {lookJPEG, jpeg.Decode},
	"image/png":  {lookPNG, png.Decode},
	"image/webp": {lookWebP, webp.Decode},
}

const saveAs = "Open the photo on a computer or phone and save it as a JPEG"

// refused are kinds that people try, each with the reason.
var refused = []struct{ media, say string }{
	{"image/svg+xml", "An SVG is a drawing that may carry programs, so it is not taken. Save it as a PNG or JPEG"},
	{"image/gif", "A GIF has too few colours for a photo, and may move. Save it as a JPEG"},
	{"image/heic", "This is an iPhone photo (HEIC), which many browsers cannot show. On the phone choose Settings, Camera, Formats, Most Compatible, or save it as a JPEG"},
	{"image/heif", "This is a HEIF photo, which many browsers cannot show. " + saveAs},
	{"image/avif", "This is an AVIF photo, which we cannot read. " + saveAs},
	{"image/tiff", "This is a TIFF or a raw camera file. " + saveAs},
	{"image/bmp", "This is a BMP, which is very large. " + saveAs},
	{"application/pdf", "This is a PDF. Save the photo in it as a JPEG"},
}

// kindOf knows a picture by its content, whatever the file is called.
func kindOf(file []byte) (kind, error) {
	if len(file) == 0 {
		return kind{}, refuse("The file is empty. Choose the photo again")
	}
	head := file[:min(len(file), 3072)]
	found := mimetype.Detect(head)
	for m := found; m != nil; m = m.Parent() {
		if k, ok := kinds[m.String()]; ok {
			return k, nil
		}
	}
	if bytes.Contains(bytes.ToLower(head), []byte("<svg")) {
		return kind{}, refuse("%s", refused[0].say)
	}
	for m := found; m != nil; m = m.Parent() {
		for _, r := range refused {
			if m.Is(r.media) {
				return kind{}, refuse("%s", r.say)
			}
		}
	}
	return kind{}, refuse("This is not a photo that we can read. Choose a JPEG, PNG or WebP file")
}

// planes counts the bytes of a pixel as Go holds it.
func planes(m color.Model) int {
	switch m {
	case color.NRGBA64Model, color.RGBA64Model:
		return 8
	case color.Gray16Model:
		return 2
	}
	return 4
}
