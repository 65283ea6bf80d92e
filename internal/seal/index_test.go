package seal_test

import (
	"bytes"
	"path/filepath"
	"testing"

	"carecorridor/internal/seal"
)

func TestAnIndexIsEqualForEqualValuesOfOnePurposeOnly(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "sealing")
	a, err := seal.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	b, err := seal.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	i := a.Index("people.email", "ann@example.org")
	if len(i) != seal.IndexLen || !bytes.Equal(i, b.Index("people.email", "ann@example.org")) {
		t.Errorf("%x", i)
	}
	for name, other := range map[string][]byte{
		"another value":   a.Index("people.email", "bob@example.org"),
		"another purpose": a.Index("invitations.email", "ann@example.org"),
		"borders shifted": a.Index("people.emailann", "@example.org"),
		"another keyset":  box(t).Index("people.email", "ann@example.org"),
	} {
		if bytes.Equal(i, other) || bytes.Equal(i[4:], other[4:]) {
			t.Errorf("%s has the same index", name)
		}
	}
	if all := a.Indexes("people.email", "ann@example.org"); len(all) != 1 || !bytes.Equal(all[0], i) {
		t.Errorf("%x", all)
	}
	if bytes.Contains(i, []byte("ann")) {
		t.Error("the index holds the value")
	}
}
