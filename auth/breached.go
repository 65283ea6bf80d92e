package auth

import (
	"bytes"
	"crypto/sha1" //nolint:gosec // the list's own hash, not ours
	"encoding/hex"
	"fmt"
	"os"
)

// breachedFile is a list of passwords known from breaches: lines "SHA1" or "SHA1:COUNT" with 40 upper-case hexadecimal digits, sorted,
// as haveibeenpwned.com gives it for download. It is searched on disk: the whole list is 40 GB. The nil file holds nothing.
type breachedFile struct {
	file *os.File
	size int64
}

const sha1Digits = 40

func openBreached(path string) (*breachedFile, error) {
	if path == "" {
		return nil, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("breached passwords: %w", err)
	}
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("breached passwords: %w", err)
	}
	b := &breachedFile{f, info.Size()}
	if first := b.lineAt(0); !isSHA1(first) {
		return nil, fmt.Errorf("breached passwords: the first line of %s is not SHA1 or SHA1:COUNT", path)
	}
	return b, nil
}

func isSHA1(line []byte) bool {
	if len(line) < sha1Digits || len(line) > sha1Digits && line[sha1Digits] != ':' {
		return false
	}
	_, err := hex.DecodeString(string(line[:sha1Digits]))
	return err == nil && bytes.Equal(line[:sha1Digits], bytes.ToUpper(line[:sha1Digits]))
}

// holds searches by halves. A file that cannot be read holds nothing: the built-in lists still count.
func (b *breachedFile) holds(password string) bool {
	if b == nil {
		return false
	}
	sum := sha1.Sum([]byte(password)) //nolint:gosec // as above
	want := []byte(fmt.Sprintf("%X", sum))
	low, high := int64(0), b.size // the line, if any, begins in [low, high)
	for low < high {
		middle := low + (high-low)/2
		start := b.lineStart(middle)
		line := b.lineAt(start)
		if len(line) < sha1Digits {
			return false
		}
		switch bytes.Compare(line[:sha1Digits], want) {
		case 0:
			return true
		case -1:
			low = start + int64(len(line)) + 1
		default:
			high = start
		}
	}
	return false
}

// longestLine is more than a hash, a count and an end of line take.
const longestLine = 64

// lineStart is where the line begins that byte at belongs to.
func (b *breachedFile) lineStart(at int64) int64 {
	from := max(0, at-longestLine)
	buf := make([]byte, at-from)
	n, _ := b.file.ReadAt(buf, from)
	return from + int64(bytes.LastIndexByte(buf[:n], '\n')) + 1
}

// lineAt is the line that begins at, without its end.
func (b *breachedFile) lineAt(at int64) []byte {
	buf := make([]byte, longestLine)
	n, _ := b.file.ReadAt(buf, at)
	line, _, _ := bytes.Cut(buf[:n], []byte("\n"))
	return line
}
