package photo_test

import (
	"bytes"
	"encoding/binary"
	"image"
	"reflect"
	"testing"

	"golang.org/x/image/tiff"

	"carecorridor/internal/photo"
)

func TestABarePictureIsTheSamePictureAndTellsNothingElse(t *testing.T) {
	t.Parallel()
	m := quarters(640, 480)
	for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
		place := exif(order, 6)
		words := []byte("http://ns.adobe.com/xap/1.0/\x00Ann Example")
		inJPEG := withSegment(withSegment(withSegment(asJPEG(t, m), 0xe1, words), 0xfe, []byte("Ann Example")), 0xe1, append([]byte("Exif\x00\x00"), place...))
		inJPEG = withSegment(inJPEG, 0xe2, append([]byte("ICC_PROFILE\x00\x01\x01"), "colours"...))
		inJPEG = append(inJPEG, "a film of Ann Example behind the picture"...)
		inPNG := asPNG(t, m)
		inPNG = append(append(append(append([]byte{}, inPNG[:33]...), chunk("eXIf", place)...), chunk("tEXt", []byte("Author\x00Ann Example"))...), inPNG[33:]...)
		rational := order.AppendUint32(nil, 2626)
		for media, file := range map[string][]byte{"image/jpeg": inJPEG, "image/png": append(inPNG, "Ann Example"...)} {
			got := photo.Bare(media, bytes.Clone(file))
			for _, rest := range []string{"Ann Example", string(rational)} {
				if !bytes.Contains(file, []byte(rest)) || bytes.Contains(got, []byte(rest)) {
					t.Errorf("%s: %q: in the file %v, in what is kept %v", media, rest, bytes.Contains(file, []byte(rest)), bytes.Contains(got, []byte(rest)))
				}
			}
			if !same(t, file, got) {
				t.Errorf("%s: the pixels are not the same", media)
			}
			if was, is := clean(t, file), clean(t, got); was.Sizes[0].Height <= was.Sizes[0].Width || !bytes.Equal(was.Sizes[0].JPEG, is.Sizes[0].JPEG) {
				t.Errorf("%s: it is held in another way", media)
			}
			if again := photo.Bare(media, bytes.Clone(got)); !bytes.Equal(again, got) {
				t.Errorf("%s: another time makes another file", media)
			}
		}
		if !bytes.Contains(photo.Bare("image/jpeg", inJPEG), []byte("colours")) {
			t.Error("the colours of the JPEG are gone")
		}
	}
}

func TestABareJPEGIsReadAsDecodersReadIt(t *testing.T) {
	t.Parallel()
	place := append([]byte("Exif\x00\x00Ann Example"), exif(binary.BigEndian, 6)...)
	whole := withSegment(asJPEG(t, quarters(64, 48)), 0xe1, place)
	for what, before := range map[string]string{"stray bytes": "\x00\x01\x02", "a stuffed byte": "\xff\x00", "filling": "\xff\xff\xff", "a restart that nothing was started for": "\xff\xd0"} {
		for at, i := range map[string]int{"first": 2, "behind the place": 2 + 4 + len(place)} {
			file := bytes.Clone(whole[:i])
			file = append(append(file, before...), whole[i:]...)
			got := photo.Bare("image/jpeg", bytes.Clone(file))
			if bytes.Contains(got, []byte("Ann Example")) {
				t.Errorf("%s %s: the place is kept", what, at)
			}
			if !same(t, file, got) {
				t.Errorf("%s %s: the pixels are not the same", what, at)
			}
		}
	}
	short := photo.Bare("image/jpeg", append(bytes.Clone(whole[:len(whole)-2]), "\xff\xe1\x7f\xffAnn Example"...))
	if bytes.Contains(short, []byte("Ann Example")) {
		t.Error("what is cut off behind the picture is kept")
	}
	for _, unread := range []string{"", "\xff\xd8", "no picture"} {
		if got := photo.Bare("image/jpeg", []byte(unread)); string(got) != unread {
			t.Errorf("%q became %q", unread, got)
		}
	}
}

func same(t *testing.T, a, b []byte) bool {
	t.Helper()
	var pictures [2]image.Image
	for i, file := range [][]byte{a, b} {
		var err error
		if pictures[i], _, err = image.Decode(bytes.NewReader(file)); err != nil {
			t.Fatal(err)
		}
	}
	return reflect.DeepEqual(pictures[0], pictures[1])
}

// withPlace turns two entries about the resolution of a TIFF into a place and an artist, which are at the end.
func withPlace(t *testing.T, file []byte) []byte {
	t.Helper()
	order := binary.LittleEndian
	at := order.Uint32(file[4:])
	entries := file[at+2:]
	var found int
	for range order.Uint16(file[at:]) {
		switch order.Uint16(entries) {
		case 0x0128:
			order.PutUint16(entries, 0x8825)
			order.PutUint16(entries[2:], 4)
			order.PutUint32(entries[8:], uint32(len(file)))
			found++
		case 0x011b:
			order.PutUint16(entries, 0x013b)
			order.PutUint16(entries[2:], 2)
			order.PutUint32(entries[4:], 11)
			order.PutUint32(entries[8:], uint32(len(file)+2+12+4+8))
			found++
		}
		entries = entries[12:]
	}
	if found != 2 {
		t.Fatal("the TIFF has no resolution to replace")
	}
	place := order.AppendUint16(nil, 1)
	place = order.AppendUint16(order.AppendUint16(place, 2), 5)
	place = order.AppendUint32(order.AppendUint32(place, 1), uint32(len(file)+2+12+4))
	place = order.AppendUint32(place, 0)
	place = order.AppendUint32(order.AppendUint32(place, 2626), 100)
	return append(append(file, place...), "Ann Example"...)
}

func TestABareTIFFTellsNoPlace(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	scan := image.NewGray(image.Rect(0, 0, 32, 24))
	for i := range scan.Pix {
		scan.Pix[i] = byte(i)
	}
	if err := tiff.Encode(&b, scan, nil); err != nil {
		t.Fatal(err)
	}
	file := withPlace(t, b.Bytes())
	got := photo.Bare("image/tiff", file)
	for _, rest := range []string{"Ann Example", "\x42\x0a\x00\x00\x64"} {
		if !bytes.Contains(file, []byte(rest)) || bytes.Contains(got, []byte(rest)) {
			t.Errorf("%q: in the file %v, in what is kept %v", rest, bytes.Contains(file, []byte(rest)), bytes.Contains(got, []byte(rest)))
		}
	}
	was, err := tiff.Decode(bytes.NewReader(file))
	is, errNow := tiff.Decode(bytes.NewReader(got))
	if err != nil || errNow != nil || !reflect.DeepEqual(was, is) {
		t.Errorf("the pixels are not the same: %v, %v", err, errNow)
	}
}

func FuzzBareNeverBreaksOnAFile(f *testing.F) {
	f.Add("image/jpeg", []byte("\xff\xd8\xff\xe1\x00\x08Exif\x00\x00\xff\xda\x00\x02\xff"))
	f.Add("image/png", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x04eXIfMM\x00*1234"))
	f.Add("image/tiff", []byte("II*\x00\x08\x00\x00\x00\x01\x00\x25\x88\x04\x00\x01\x00\x00\x00\x08\x00\x00\x00\x08\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, media string, file []byte) {
		if got := photo.Bare(media, file); len(got) > len(file)+64 {
			t.Errorf("%d bytes became %d", len(file), len(got))
		}
	})
}
