// Package reference makes and reads the codes that people copy by hand: CC-7K3M-9Q (brief §2). It is not for
// secrets: a code names something, it proves nothing.
package reference

import (
	"crypto/rand"
	"strings"
)

// alphabet leaves out 0 O 1 I L. Its 31 symbols are a prime number of them, so that a weighted sum finds every
// single wrong symbol and every two symbols that changed places.
const alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"

const (
	prefix  = "CC"
	symbols = 6 // the last one checks the others
)

// New is a random code, one of 28.6 million. The caller makes sure that it is not taken.
func New() string {
	var v [symbols]int
	for i := range symbols - 1 {
		v[i] = random()
	}
	for sum(v)%len(alphabet) != 0 {
		v[symbols-1]++
	}
	return format(v)
}

// Parse reads a code as people type it: any case, with or without hyphens, spaces and the letters CC. The
// result is the code as New writes it.
func Parse(typed string) (code string, ok bool) {
	if len(typed) > 40 {
		return "", false
	}
	bare := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case strings.ContainsRune(" \t\r\n-‐‑–—_.", r):
			return -1
		}
		return r
	}, typed)
	if len(bare) == symbols+len(prefix) {
		bare, ok = strings.CutPrefix(bare, prefix)
		if !ok {
			return "", false
		}
	}
	if len(bare) != symbols {
		return "", false
	}
	var v [symbols]int
	for i := range v {
		if v[i] = strings.IndexByte(alphabet, bare[i]); v[i] < 0 {
			return "", false
		}
	}
	if sum(v)%len(alphabet) != 0 {
		return "", false
	}
	return format(v), true
}

// random is an even choice: the few bytes that would favour some symbols are thrown again.
func random() int {
	var b [1]byte
	for {
		_, _ = rand.Read(b[:]) // never fails (crypto/rand)
		if n := int(b[0]); n < 256/len(alphabet)*len(alphabet) {
			return n % len(alphabet)
		}
	}
}

func sum(v [symbols]int) (n int) {
	for i, x := range v {
		n += (symbols - i) * x
	}
	return n
}

func format(v [symbols]int) string {
	b := []byte(prefix + "-")
	for i, x := range v {
		if i == 4 {
			b = append(b, '-')
		}
		b = append(b, alphabet[x])
	}
	return string(b)
}
