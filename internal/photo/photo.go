// Package photo makes a hospital's picture safe to publish: decoded within limits, turned upright, its colours brought
// to sRGB, written anew as JPEG in the widths of the pages. Nothing of the file that came is kept but the picture
// itself: no place, no camera, no comment, no hidden rest. It is not for documents (internal/files), nor for the words
// that describe a picture.
package photo

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/jpeg"
	"io"

	"golang.org/x/image/draw"

	"carecorridor/internal/fault"
)

// Limits told before a file is chosen.
const (
	MaxBytes  = 15 << 20
	MaxPixels = 60_000_000
	MaxSide   = 20_000 // pixels
	MinWidth  = 400    // once upright
	MinHeight = 300
	MaxRatio  = 4 // of the longer side to the shorter
)

// Widths of the JPEGs. A picture is never made wider than it was: then its own width is the widest.
var Widths = [3]int{400, 800, 1600}

// Photo is a picture in its widths. Name is made of its content: the same file always gives the same names and bytes.
type Photo struct {
	Name  string // 32 hexadecimal digits
	Sizes []Size // narrow to wide; at least one
}

// Size is the picture in one width. Name is that of the photo and the width: "3f…-800.jpg".
type Size struct {
	Name          string
	Width, Height int
	JPEG          []byte
}

// busy lets one picture at a time into memory: the largest takes a few hundred megabytes for a second.
var busy = make(chan struct{}, 1)

// Clean reads a JPEG, PNG or WebP. What cannot be used is fault.Invalid with a sentence for the person who chose it.
func Clean(r io.Reader) (Photo, error) {
	file, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return Photo{}, fmt.Errorf("photo read: %w", err)
	}
	if len(file) > MaxBytes {
		return Photo{}, refuse("The photo must be smaller than 15 MB. Save it smaller and try again")
	}
	kind, err := kindOf(file)
	if err != nil {
		return Photo{}, err
	}
	about, err := kind.look(file)
	if err != nil {
		return Photo{}, err
	}
	if err := about.fits(); err != nil {
		return Photo{}, err
	}
	busy <- struct{}{}
	defer func() { <-busy }()
	return about.make(kind, file)
}

// about is what is known of a picture before its pixels are read.
type about struct {
	width, height int
	perPixel      int // bytes of memory that decoding takes for each pixel, at most
	turn          int // EXIF orientation, 1 to 8
	profile       []byte
	printed       bool // in the colours of a printing press
}

// maxMemory of decoding one picture.
const maxMemory = 400 << 20

// fits refuses a picture for what its first bytes say, before memory is given to it.
func (a about) fits() error {
	w, h := a.width, a.height
	if a.turn >= 5 {
		w, h = h, w
	}
	switch {
	case w <= 0 || h <= 0:
		return unreadable()
	case w > MaxSide || h > MaxSide || int64(w)*int64(h) > MaxPixels || int64(w)*int64(h)*int64(a.perPixel) > maxMemory:
		return refuse("The photo has too many pixels (%d by %d). Save it about 2,000 pixels wide, as an ordinary JPEG", w, h)
	case w < MinWidth || h < MinHeight:
		return refuse("The photo is too small (%d by %d pixels). Choose one that is at least %d wide and %d high", w, h, MinWidth, MinHeight)
	case w > MaxRatio*h || h > MaxRatio*w:
		return refuse("The photo is too narrow (%d by %d pixels). Cut it so that no side is more than %d times the other", w, h, MaxRatio)
	case a.printed:
		return refuse("The photo is in printing colours (CMYK). Save it as an RGB JPEG, or its colours will be wrong")
	}
	return nil
}

func (a about) make(k kind, file []byte) (Photo, error) {
	decoded, err := decode(k, file)
	if err != nil {
		return Photo{}, err
	}
	if b := decoded.Bounds(); b.Dx() != a.width || b.Dy() != a.height {
		return Photo{}, unreadable()
	}
	picture := upright(flatten(decoded), a.turn)
	toSRGB(picture, a.profile)
	var p Photo
	for _, w := range Widths {
		size, err := render(picture, min(w, picture.Rect.Dx()))
		if err != nil {
			return Photo{}, err
		}
		p.Sizes = append(p.Sizes, size)
		if w >= picture.Rect.Dx() {
			break
		}
	}
	sum := sha256.Sum256(p.Sizes[len(p.Sizes)-1].JPEG)
	p.Name = hex.EncodeToString(sum[:16])
	for i := range p.Sizes {
		p.Sizes[i].Name = fmt.Sprintf("%s-%d.jpg", p.Name, p.Sizes[i].Width)
	}
	return p, nil
}

// decode reads the pixels. A decoder that gives up on a hostile file must not take the server with it.
func decode(k kind, file []byte) (m image.Image, err error) {
	defer func() {
		if recover() != nil {
			m, err = nil, unreadable()
		}
	}()
	m, err = k.decode(bytes.NewReader(file))
	if err != nil {
		return nil, unreadable()
	}
	return m, nil
}

func unreadable() error {
	return refuse("The photo cannot be read: the file is damaged or cut off. Save it again as a JPEG and try again")
}

// qualities are tried until the file is light enough for its width: pages have to be small (ux.md §14).
var qualities = [4]int{82, 74, 66, 58}

// perPixelGoal is the goal in bytes for each 100 pixels of a JPEG: about 50 KB at 800 by 533.
const perPixelGoal = 12

func render(from *image.RGBA, width int) (Size, error) {
	height := max(1, (from.Rect.Dy()*width+from.Rect.Dx()/2)/from.Rect.Dx())
	to := from
	if width != from.Rect.Dx() {
		to = image.NewRGBA(image.Rect(0, 0, width, height))
		draw.CatmullRom.Scale(to, to.Rect, from, from.Rect, draw.Src, nil)
	}
	var b bytes.Buffer
	for _, q := range qualities {
		b.Reset()
		if err := jpeg.Encode(&b, to, &jpeg.Options{Quality: q}); err != nil {
			return Size{}, fmt.Errorf("photo encode: %w", err)
		}
		if b.Len() <= width*height*perPixelGoal/100 {
			break
		}
	}
	return Size{Width: to.Rect.Dx(), Height: to.Rect.Dy(), JPEG: b.Bytes()}, nil
}

func refuse(sentence string, args ...any) error {
	return fault.Say(fault.Invalid, "photo", fmt.Sprintf(sentence, args...))
}
