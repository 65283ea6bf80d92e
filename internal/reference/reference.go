// Package reference makes and reads the codes that people copy by hand, such as CC-7K3M-9Q (brief §2). It is not for
// secrets: a code names something, it proves nothing.
package reference

import (
	"crypto/rand"
	"strings"
)

// alphabet leaves out 0 O 1 I L. Its 31 symbols are a prime number of them, so that a weighted sum finds every
// single wrong symbol and every two symbols that changed places.
const alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"

// group is how many symbols stand between two hyphens.
const group = 4

// maxTyped is how many bytes are read for each symbol of a code: hyphens and spaces may have three.
const maxTyped = 10

// Kind of code: two letters in front, and how many symbols follow, the last of which checks the others.
type Kind struct {
	Prefix  string
	Symbols int // fewer than the alphabet has
}

// site is the kind of code by which enquiries, referrals and reports are known.
var site = Kind{Prefix: "CC", Symbols: 6}

// New is a random code of the site, one of 28.6 million. The caller makes sure that it is not taken.
func New() string { return site.New() }

// Parse is Kind.Parse for a code of the site.
func Parse(typed string) (code string, ok bool) { return site.Parse(typed) }

// New is a random code, one of 31 for each symbol but the last.
func (k Kind) New() string {
	v := make([]int, k.Symbols)
	for i := range k.Symbols - 1 {
		v[i] = random()
	}
	for sum(v)%len(alphabet) != 0 {
		v[k.Symbols-1]++
	}
	return k.format(v)
}

// Parse reads a code as people type it: any case, with or without hyphens, spaces and the letters in front. The
// result is the code as New writes it.
func (k Kind) Parse(typed string) (code string, ok bool) {
	if len(typed) > maxTyped*k.Symbols {
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
	if len(bare) == k.Symbols+len(k.Prefix) {
		bare = strings.TrimPrefix(bare, k.Prefix)
	}
	if len(bare) != k.Symbols {
		return "", false
	}
	v := make([]int, k.Symbols)
	for i := range v {
		if v[i] = strings.IndexByte(alphabet, bare[i]); v[i] < 0 {
			return "", false
		}
	}
	if sum(v)%len(alphabet) != 0 {
		return "", false
	}
	return k.format(v), true
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

func sum(v []int) (n int) {
	for i, x := range v {
		n += (len(v) - i) * x
	}
	return n
}

func (k Kind) format(v []int) string {
	b := []byte(k.Prefix)
	for i, x := range v {
		if i%group == 0 {
			b = append(b, '-')
		}
		b = append(b, alphabet[x])
	}
	return string(b)
}
