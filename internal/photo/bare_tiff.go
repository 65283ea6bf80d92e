package photo

import (
	"encoding/binary"
	"slices"
)

// Tags of TIFF 6.0 and EXIF 2.3 that tell of more than the picture. Those in ways lead to a directory of their own.
var (
	tiffWays  = []uint16{0x8769, 0x8825}                                                                                                 // EXIF, GPS
	tiffWords = []uint16{0x010e, 0x010f, 0x0110, 0x0131, 0x0132, 0x013b, 0x013c, 0x02bc, 0x83bb, 0x9c9b, 0x9c9c, 0x9c9d, 0x9c9e, 0x9c9f} // words, camera, program, date, artist, host, XMP, IPTC, the words of Windows
)

// sizes of the values of TIFF 6.0 by their type.
var tiffSizes = [14]int64{0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4}

// most directories of one file: pages of a fax.
const mostDirectories = 1000

// bareTIFF blanks values where they are, as every other place in the file is counted from its beginning.
func bareTIFF(file []byte) []byte {
	if len(file) < 8 {
		return file
	}
	t := tiff{slices.Clone(file), binary.LittleEndian, 0}
	if file[0] == 'M' {
		t.order = binary.BigEndian
	}
	for at := int64(t.order.Uint32(file[4:])); at > 0 && t.seen < mostDirectories; {
		at = t.directory(at, false)
	}
	return t.file
}

type tiff struct {
	file  []byte
	order binary.ByteOrder
	seen  int
}

// directory blanks what is said in the directory at a place, all of it or what is not the picture's, and says where the next one is.
func (t *tiff) directory(at int64, all bool) (next int64) {
	t.seen++
	if at < 8 || at+2 > int64(len(t.file)) {
		return 0
	}
	n := int64(t.order.Uint16(t.file[at:]))
	if at+2+12*n > int64(len(t.file)) {
		return 0
	}
	for i := range n {
		entry := t.file[at+2+12*i:][:12]
		tag := t.order.Uint16(entry)
		if slices.Contains(tiffWays, tag) && t.seen < mostDirectories {
			t.directory(int64(t.order.Uint32(entry[8:])), true)
		}
		if all || slices.Contains(tiffWords, tag) {
			t.blank(entry)
		}
	}
	if end := at + 2 + 12*n; end+4 <= int64(len(t.file)) && !all {
		next = int64(t.order.Uint32(t.file[end:]))
	}
	return next
}

// blank makes a value zero, beside its entry or in it.
func (t *tiff) blank(entry []byte) {
	kind, count := t.order.Uint16(entry[2:]), int64(t.order.Uint32(entry[4:]))
	size := int64(1)
	if int(kind) < len(tiffSizes) {
		size = tiffSizes[kind]
	}
	if size *= count; size <= 4 {
		clear(entry[8:])
		return
	}
	if at := int64(t.order.Uint32(entry[8:])); at >= 8 && at < int64(len(t.file)) && size <= int64(len(t.file))-at {
		clear(t.file[at : at+size])
	}
}
