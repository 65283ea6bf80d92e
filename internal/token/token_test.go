package token

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var now = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

func signer(t testing.TB) *Signer {
	t.Helper()
	s, err := New([]byte(strings.Repeat("k", 32)))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestATokenOpensForItsPurposeUntilItEnds(t *testing.T) {
	s := signer(t)
	tok := s.Sign("shortlist", []byte("a,b"), now.Add(time.Hour))
	if got, err := s.Verify("shortlist", tok, now.Add(time.Hour)); err != nil || string(got) != "a,b" {
		t.Fatalf("%q, %v", got, err)
	}
	for name, try := range map[string]func() ([]byte, error){
		"another purpose": func() ([]byte, error) { return s.Verify("answer", tok, now) },
		"too late":        func() ([]byte, error) { return s.Verify("shortlist", tok, now.Add(time.Hour+time.Second)) },
		"another key": func() ([]byte, error) {
			o, _ := New([]byte(strings.Repeat("x", 32)))
			return o.Verify("shortlist", tok, now)
		},
		"cut":   func() ([]byte, error) { return s.Verify("shortlist", tok[:len(tok)-2], now) },
		"empty": func() ([]byte, error) { return s.Verify("shortlist", "", now) },
		"words": func() ([]byte, error) { return s.Verify("shortlist", "not a token at all!", now) },
	} {
		if got, err := try(); !errors.Is(err, ErrBad) || got != nil {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

func FuzzAChangedTokenNeverOpens(f *testing.F) {
	s := signer(f)
	tok := s.Sign("p", []byte("payload"), now.Add(time.Hour))
	f.Add(3, byte('A'))
	for b := range byte(128) { // the last character has bits to spare, which must not be free to choose
		f.Add(len(tok)-1, b)
	}
	f.Fuzz(func(t *testing.T, at int, b byte) {
		if at < 0 || at >= len(tok) || tok[at] == b {
			return
		}
		changed := tok[:at] + string(rune(b)) + tok[at+1:]
		got, err := s.Verify("p", changed, now)
		if err == nil {
			t.Fatalf("changed at %d opened as %q", at, got)
		}
	})
}

func TestTheKeyIsMadeOnceAndKeptPrivate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys", "signing.key")
	a, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	b, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Verify("p", a.Sign("p", nil, now.Add(time.Hour)), now); err != nil {
		t.Error("a second start cannot read what the first signed")
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if err := os.WriteFile(path, []byte("short"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(path); err == nil {
		t.Error("a short key was taken")
	}
}
