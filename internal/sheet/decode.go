package sheet

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// peek is how much of a file is seen before the rest is read.
const peek = 512

// strangers are kinds of file that people take for CSV, known by how they begin.
var strangers = []struct{ begins, say string }{
	{"PK\x03\x04", "This is an Excel or OpenDocument workbook, or a zip file. Open it and save it as “CSV UTF-8”"},
	{"\xd0\xcf\x11\xe0", "This is an old Excel workbook (.xls). Open it and save it as “CSV UTF-8”"},
	{"%PDF", "This is a PDF. Save the table as “CSV UTF-8” in the program that made it"},
	{"\x1f\x8b", "This is a compressed file. Unpack it first"},
	{"{\\rtf", "This is a text document. Save the table as “CSV UTF-8” in a spreadsheet program"},
}

// take reads a file of at most limit bytes. What is clearly no CSV is refused before more of it is read.
func take(r io.Reader, limit int64) ([]byte, error) {
	head, err := io.ReadAll(io.LimitReader(r, peek))
	if err != nil {
		return nil, fmt.Errorf("sheet read: %w", err)
	}
	if err := strange(head); err != nil {
		return nil, err
	}
	rest, err := io.ReadAll(io.LimitReader(r, limit+1-int64(len(head))))
	switch {
	case err != nil:
		return nil, fmt.Errorf("sheet read: %w", err)
	case int64(len(head)+len(rest)) > limit:
		return nil, refuse("The file is larger than %s. Split it into smaller files", size(limit))
	}
	return append(head, rest...), nil
}

func size(bytes int64) string {
	if bytes >= 1<<20 {
		return fmt.Sprintf("%d MB", bytes>>20)
	}
	return fmt.Sprintf("%d bytes", bytes)
}

func strange(head []byte) error {
	if len(bytes.TrimSpace(head)) == 0 {
		return refuse("The file is empty")
	}
	for _, s := range strangers {
		if bytes.HasPrefix(head, []byte(s.begins)) {
			return refuse("%s", s.say)
		}
	}
	if begins := bytes.ToLower(bytes.TrimSpace(head)); bytes.HasPrefix(begins, []byte("<html")) || bytes.HasPrefix(begins, []byte("<!doctype")) ||
		bytes.HasPrefix(begins, []byte("<?xml")) || bytes.HasPrefix(begins, []byte("<table")) {
		return refuse("This is a web page or an XML file. Open it in a spreadsheet program and save it as “CSV UTF-8”")
	}
	if !utf16(head) && bytes.IndexByte(head, 0) >= 0 {
		return binary()
	}
	return nil
}

func binary() error {
	return refuse("This file is not text. Save the table as “CSV UTF-8” in a spreadsheet program")
}

func utf16(b []byte) bool {
	return bytes.HasPrefix(b, []byte{0xff, 0xfe}) || bytes.HasPrefix(b, []byte{0xfe, 0xff})
}

var byteOrderMark = []byte{0xef, 0xbb, 0xbf}

// decode finds the encoding: by its mark, else UTF-8 when it is that, else Windows-1252, which Excel writes where
// nothing else was chosen. Lines that end in CR alone (Excel for Mac) get LF.
func decode(raw []byte) (text []byte, encoding string, err error) {
	switch {
	case utf16(raw):
		text, err = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(raw)
		encoding = "UTF-16"
	case bytes.HasPrefix(raw, byteOrderMark):
		text, encoding = raw[len(byteOrderMark):], "UTF-8"
	case utf8.Valid(raw):
		text, encoding = raw, "UTF-8"
	default:
		text, err = charmap.Windows1252.NewDecoder().Bytes(raw)
		encoding = "Windows-1252"
	}
	if err != nil || !utf8.Valid(text) || encoding == "Windows-1252" && mixed(string(text)) {
		return nil, "", refuse("The file has characters in more than one encoding. Save it again as “CSV UTF-8”")
	}
	if bytes.IndexByte(text, 0) >= 0 {
		return nil, "", binary()
	}
	if bytes.IndexByte(text, '\n') < 0 {
		text = bytes.ReplaceAll(text, []byte("\r"), []byte("\n"))
	}
	if len(bytes.TrimSpace(text)) == 0 {
		return nil, "", refuse("The file is empty")
	}
	return text, encoding, nil
}

// mixed sees pound and rupee signs and quotation marks of UTF-8 in what was taken for Windows-1252: reading on would
// turn “£” into “Â£” without a word.
func mixed(s string) bool {
	return strings.Contains(s, "Â£") || strings.Contains(s, "â‚¹") || strings.Contains(s, "â€") || strings.Contains(s, "Â\u00a0")
}
