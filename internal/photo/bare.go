package photo

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"slices"
)

// Bare is a picture of a record as it came, pixel for pixel, without what else cameras and programs write into it: the
// place (EXIF GPS), maker, owner, words, thumbnails, and whatever follows its end. How it is held and its colours stay.
// A file that cannot be read as its media type says, and other kinds than JPEG, PNG and TIFF, come back unchanged.
func Bare(media string, file []byte) []byte {
	switch media {
	case "image/jpeg":
		return bareJPEG(file)
	case "image/png":
		return barePNG(file)
	case "image/tiff":
		return bareTIFF(file)
	}
	return file
}

func bareJPEG(file []byte) []byte {
	out, turn, read := []byte{0xff, 0xd8}, 1, 0
	for s := range segments(file) {
		if rest, ok := bytes.CutPrefix(s.body, []byte("Exif\x00\x00")); ok && s.mark == 0xe1 && turn == 1 {
			turn = orientation(rest)
		}
		read++
		if ofThePicture(s.mark, s.body) {
			out = append(out, s.whole...)
		}
	}
	if read == 0 {
		return file
	}
	return held(append(out, 0xff, 0xd9), turn)
}

// ofThePicture tells what decodes a JPEG from what is said about it.
func ofThePicture(mark byte, body []byte) bool {
	switch {
	case mark == 0xe0:
		return bytes.HasPrefix(body, []byte("JFIF\x00"))
	case mark == 0xe2:
		return bytes.HasPrefix(body, []byte("ICC_PROFILE\x00"))
	case mark == 0xee:
		return bytes.HasPrefix(body, []byte("Adobe"))
	}
	return (mark < 0xe0 || mark > 0xef) && mark != 0xfe
}

// turned is EXIF that says how the picture is held and nothing else.
func turned(turn int) []byte {
	return []byte{'M', 'M', 0, '*', 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, byte(turn), 0, 0, 0, 0, 0, 0}
}

func held(jpeg []byte, turn int) []byte {
	if turn == 1 {
		return jpeg
	}
	body := append([]byte("Exif\x00\x00"), turned(turn)...)
	segment := append(binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(body)+2)), body...)
	return slices.Insert(jpeg, 2, segment...)
}

// Chunks of a PNG that are words or dates about it.
var aboutPNG = []string{"tEXt", "zTXt", "iTXt", "tIME", "eXIf"}

func barePNG(file []byte) []byte {
	if len(file) < 8 {
		return file
	}
	out := slices.Clone(file[:8])
	for c := range chunks(file) {
		if c.name == "eXIf" {
			if turn := orientation(c.body); turn != 1 {
				out = appendChunk(out, c.name, turned(turn))
			}
		}
		if !slices.Contains(aboutPNG, c.name) {
			out = append(out, c.whole...)
		}
		if c.name == "IEND" {
			return out
		}
	}
	return file
}

func appendChunk(out []byte, name string, body []byte) []byte {
	out = binary.BigEndian.AppendUint32(out, uint32(len(body)))
	named := append([]byte(name), body...)
	return binary.BigEndian.AppendUint32(append(out, named...), crc32.ChecksumIEEE(named))
}
