package seal_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"carecorridor/internal/seal"
)

var here = seal.Place{Table: "enquiries", Column: "answers", ID: "0192"}

func box(t testing.TB) *seal.Box {
	t.Helper()
	b, err := seal.New()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func sealed(t testing.TB, b *seal.Box, plain string) []byte {
	t.Helper()
	s, err := b.Seal(here, []byte(plain))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestASealedValueOpensInItsPlace(t *testing.T) {
	t.Parallel()
	b := box(t)
	for _, plain := range []string{"", "knee", "घुटना"} {
		s := sealed(t, b, plain)
		if s[0] != seal.First || plain != "" && bytes.Contains(s, []byte(plain)) {
			t.Errorf("%q is sealed as %x", plain, s)
		}
		if got, err := b.Open(here, s); err != nil || string(got) != plain {
			t.Errorf("%q opens as %q, %v", plain, got, err)
		}
	}
	if bytes.Equal(sealed(t, b, "knee"), sealed(t, b, "knee")) {
		t.Error("two seals of one value are equal")
	}
}

func TestTheFiveAttacksFail(t *testing.T) {
	t.Parallel()
	b := box(t)
	s := sealed(t, b, "knee")
	attacks := map[string]struct {
		box   *seal.Box
		place seal.Place
		value []byte
	}{
		"moved to another row":     {b, seal.Place{Table: here.Table, Column: here.Column, ID: "0193"}, s},
		"moved to another column":  {b, seal.Place{Table: here.Table, Column: "contact", ID: here.ID}, s},
		"moved to another table":   {b, seal.Place{Table: "quotes", Column: here.Column, ID: here.ID}, s},
		"clear text with the mark": {b, here, append([]byte{seal.First}, "knee operation in clear text"...)},
		"another keyset":           {box(t), here, s},
		"borders of names shifted": {b, seal.Place{Table: "enquirie", Column: "sanswers", ID: here.ID}, s},
		"read without the id":      {b, seal.Place{Table: here.Table, Column: here.Column}, s},
		"nothing":                  {b, here, nil},
	}
	for name, a := range attacks {
		if got, err := a.box.Open(a.place, a.value); !errors.Is(err, seal.ErrClosed) || got != nil {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	for i := range s {
		changed := bytes.Clone(s)
		changed[i] ^= 0x40
		if _, err := b.Open(here, changed); !errors.Is(err, seal.ErrClosed) {
			t.Errorf("byte %d changed: %v", i, err)
		}
		if _, err := b.Open(here, s[:i]); !errors.Is(err, seal.ErrClosed) {
			t.Errorf("cut at %d: %v", i, err)
		}
	}
}

func TestAPlaceThatIsNotWholeIsRefused(t *testing.T) {
	t.Parallel()
	if _, err := box(t).Seal(seal.Place{Table: "enquiries", Column: "answers"}, nil); err == nil {
		t.Error("sealed without an id")
	}
}

func TestTheKeysetIsMadeOnceAndOnlyItsOwnerReadsIt(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "keys", "columns.json")
	boxes := make([]*seal.Box, 8)
	var all sync.WaitGroup
	for i := range boxes {
		all.Go(func() {
			b, err := seal.Open(path)
			if err != nil {
				t.Error(err)
			}
			boxes[i] = b
		})
	}
	all.Wait()
	s := sealed(t, boxes[0], "knee")
	for i, b := range boxes {
		if _, err := b.Open(here, s); err != nil {
			t.Errorf("process %d has another keyset: %v", i, err)
		}
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := seal.Open(path); err == nil {
		t.Error("a keyset that others may read is used")
	}
}

func TestABrokenKeysetIsRefusedAndKept(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "columns.json")
	if err := os.WriteFile(path, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := seal.Open(path); err == nil {
		t.Error("opened")
	}
	if left, _ := os.ReadFile(path); string(left) != "{" {
		t.Error("the file was replaced")
	}
}
