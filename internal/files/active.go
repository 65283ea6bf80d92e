package files

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"io"
	"path"
	"regexp"
	"strings"
)

// active reports whether a document would do more than show something (domain.md §9.2 A14). It is no virus scanner: it
// refuses what a record never needs.
func active(kind Kind, content []byte) bool {
	switch kind.Media {
	case "application/pdf":
		return activePDF(content)
	case Word.Media:
		return activeWord(content)
	}
	return false
}

// programs are the names that a PDF does something by (ISO 32000-1, 12.6.4): scripts, starting a program, files inside.
var programs = regexp.MustCompile(`/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia)[\s/<(\[\]>\d]`)

var (
	streamOpens  = regexp.MustCompile(`stream\r?\n`)
	streamCloses = []byte("endstream")
	objectStream = regexp.MustCompile(`/Type\s*/ObjStm`)
)

// mostObjects bounds what is unpacked of one stream of objects.
const mostObjects = 16 << 20

// activePDF looks at the objects of a PDF, those in packed streams of objects too, and not at what else is in streams:
// there such a name is chance. Names written with # codes are read as what they mean.
func activePDF(content []byte) bool {
	for len(content) > 0 {
		plain, packed := content, []byte(nil)
		if at := streamOpens.FindIndex(content); at != nil {
			plain, packed, content = content[:at[0]], content[at[1]:], nil
			if end := bytes.Index(packed, streamCloses); end >= 0 {
				packed, content = packed[:end], packed[end+len(streamCloses):]
			}
		} else {
			content = nil
		}
		if programs.Match(spelt(plain)) {
			return true
		}
		if last := bytes.LastIndex(plain, []byte("obj")); packed != nil && objectStream.Match(plain[max(last, 0):]) && programs.Match(spelt(unpacked(packed))) {
			return true
		}
	}
	return false
}

var code = regexp.MustCompile(`#[0-9A-Fa-f]{2}`)

// spelt is text with its #4A codes as letters (ISO 32000-1, 7.3.5).
func spelt(text []byte) []byte {
	return append(code.ReplaceAllFunc(text, func(c []byte) []byte {
		digit := func(b byte) byte {
			return byte(strings.IndexByte("0123456789abcdef", b|0x20))
		}
		return []byte{digit(c[1])<<4 | digit(c[2])}
	}), '\n')
}

func unpacked(stream []byte) []byte {
	z, err := zlib.NewReader(bytes.NewReader(stream))
	if err != nil {
		return stream
	}
	out, _ := io.ReadAll(io.LimitReader(z, mostObjects)) // what can be read of a damaged one
	return out
}

// activeWord: a part with macros, or an object of another program.
func activeWord(content []byte) bool {
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return true // no word processor opens it either
	}
	for _, f := range z.File {
		name := strings.ToLower(f.Name)
		if base := path.Base(name); base == "vbaproject.bin" || base == "vbadata.xml" || strings.Contains(name, "/activex/") || strings.Contains(name, "/embeddings/") {
			return true
		}
	}
	return false
}
