package seal_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"carecorridor/internal/seal"
)

// replicas are processes with the same keyset file.
func replicas(t *testing.T, f seal.Files, n int) []*seal.Box {
	t.Helper()
	out := make([]*seal.Box, n)
	for i := range out {
		b, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		out[i] = b
	}
	return out
}

func wrapped(t *testing.T) seal.Files {
	t.Helper()
	dir := t.TempDir()
	f := seal.Files{Keyset: filepath.Join(dir, "sealing"), KEK: filepath.Join(dir, "kek"), Make: true}
	if err := seal.MakeKEK(f.KEK); err != nil {
		t.Fatal(err)
	}
	return f
}

// eachKeeping runs f over every way in which keysets are kept.
func eachKeeping(t *testing.T, f func(t *testing.T, files seal.Files)) {
	t.Run("in clear", func(t *testing.T) {
		t.Parallel()
		f(t, seal.Files{Keyset: filepath.Join(t.TempDir(), "sealing"), Make: true})
	})
	t.Run("wrapped", func(t *testing.T) { t.Parallel(); f(t, wrapped(t)) })
}

func TestAPromotedKeySealsInEveryReplicaAtOnce(t *testing.T) {
	t.Parallel()
	eachKeeping(t, func(t *testing.T, files seal.Files) {
		r := replicas(t, files, 2)
		old, oldIndex := sealed(t, r[1], "knee"), r[1].Index("p", "v")
		for _, kind := range seal.Kinds {
			id, err := r[0].Add(kind)
			if err != nil {
				t.Fatal(err)
			}
			if r[1].Primary(kind) == id {
				t.Error("an added key is used before it is promoted")
			}
			if err := r[0].Promote(kind, id); err != nil {
				t.Fatal(err)
			}
			if r[1].Primary(kind) != id || len(r[1].Keys(kind)) != 2 {
				t.Errorf("%s: the other replica has %+v", kind, r[1].Keys(kind))
			}
		}
		now := sealed(t, r[1], "knee")
		if id, ok := seal.KeyOf(now); !ok || id != r[0].Primary(seal.Sealing) || !bytes.HasPrefix(now, seal.Prefix(id)) {
			t.Errorf("sealed with %d", id)
		}
		for _, value := range [][]byte{old, now} {
			if got, err := r[0].Open(here, value); err != nil || string(got) != "knee" {
				t.Errorf("%q, %v", got, err)
			}
		}
		all := r[1].Indexes("p", "v")
		if len(all) != 2 || !bytes.Equal(all[0], r[0].Index("p", "v")) || !bytes.Equal(all[1], oldIndex) {
			t.Errorf("%x", all)
		}
	})
}

func TestAReplicaThatOnlyReadsOpensWhatANewKeySealed(t *testing.T) {
	t.Parallel()
	r := replicas(t, seal.Files{Keyset: filepath.Join(t.TempDir(), "sealing"), Make: true}, 2)
	id, err := r[0].Add(seal.Sealing)
	if err == nil {
		err = r[0].Promote(seal.Sealing, id)
	}
	if err != nil {
		t.Fatal(err)
	}
	if got, err := r[1].Open(here, sealed(t, r[0], "knee")); err != nil || string(got) != "knee" {
		t.Errorf("%q, %v", got, err)
	}
}

func TestAKeyIsDisabledBeforeItIsDestroyed(t *testing.T) {
	t.Parallel()
	eachKeeping(t, func(t *testing.T, files seal.Files) {
		b := replicas(t, files, 1)[0]
		old := sealed(t, b, "knee")
		was := b.Primary(seal.Sealing)
		id, err := b.Add(seal.Sealing)
		if err != nil {
			t.Fatal(err)
		}
		if b.Disable(seal.Sealing, was) == nil {
			t.Error("the primary key was disabled")
		}
		if err := b.Promote(seal.Sealing, id); err != nil {
			t.Fatal(err)
		}
		if b.Destroy(seal.Sealing, was) == nil {
			t.Error("a key in use was destroyed")
		}
		if err := b.Disable(seal.Sealing, was); err != nil {
			t.Fatal(err)
		}
		if _, err := b.Open(here, old); !errors.Is(err, seal.ErrClosed) {
			t.Errorf("a disabled key opens: %v", err)
		}
		if err := b.Enable(seal.Sealing, was); err != nil {
			t.Fatal(err)
		}
		if _, err := b.Open(here, old); err != nil {
			t.Errorf("enabled again: %v", err)
		}
		if err := errors.Join(b.Disable(seal.Sealing, was), b.Destroy(seal.Sealing, was)); err != nil {
			t.Fatal(err)
		}
		if keys := b.Keys(seal.Sealing); len(keys) != 1 || keys[0].ID != id || !keys[0].Primary || !keys[0].Enabled {
			t.Errorf("%+v", keys)
		}
	})
}

func TestChangesAtOnceLoseNoKey(t *testing.T) {
	t.Parallel()
	r := replicas(t, seal.Files{Keyset: filepath.Join(t.TempDir(), "sealing"), Make: true}, 8)
	var all sync.WaitGroup
	var mu sync.Mutex
	added := map[uint32]bool{r[0].Primary(seal.Sealing): true}
	for _, b := range r {
		all.Go(func() {
			for range 5 {
				if id, err := b.Add(seal.Sealing); err == nil {
					mu.Lock()
					added[id] = true
					mu.Unlock()
				} else if !strings.Contains(err.Error(), "another process") {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	keys := r[0].Keys(seal.Sealing)
	if len(keys) != len(added) || len(added) < 2 {
		t.Errorf("%d keys in the file, %d were added", len(keys), len(added))
	}
}

func TestAWrappedKeysetIsNothingWithoutItsKEK(t *testing.T) {
	t.Parallel()
	f := wrapped(t)
	b := replicas(t, f, 1)[0]
	text, err := os.ReadFile(f.Keyset)
	if err != nil || !bytes.Contains(text, []byte("encryptedKeyset")) {
		t.Fatalf("%s, %v", text, err)
	}
	if _, err := (seal.Files{Keyset: f.Keyset}).Open(); err == nil {
		t.Error("opened without a KEK")
	}
	other := wrapped(t)
	if _, err := (seal.Files{Keyset: f.Keyset, KEK: other.KEK}).Open(); err == nil {
		t.Error("opened with another KEK")
	}
	if err := os.Rename(f.Keyset+"-index", f.Keyset); err != nil {
		t.Fatal(err)
	}
	if _, err := (seal.Files{Keyset: f.Keyset, KEK: f.KEK}).Open(); err == nil {
		t.Error("the index's keyset opened in place of the sealing one")
	}
	if b.Check() == nil {
		t.Error("a broken file is not told")
	}
	if _, err := b.Seal(here, nil); err != nil {
		t.Errorf("a replica stopped working when its file broke: %v", err)
	}
	if err := os.Chmod(other.KEK, 0o640); err != nil {
		t.Fatal(err)
	}
	if _, err := (seal.Files{Keyset: other.Keyset, KEK: other.KEK, Make: true}).Open(); err == nil {
		t.Error("a KEK that others may read is used")
	}
	if seal.MakeKEK(other.KEK) == nil {
		t.Error("a KEK was replaced")
	}
}

func TestAMissingConfiguredKeysetIsNotMade(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "sealing")
	if _, err := (seal.Files{Keyset: path}).Open(); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Error("made")
	}
}

func TestAKeysetInClearIsCopiedIntoAnEncryptedOne(t *testing.T) {
	t.Parallel()
	plain, to := seal.Files{Keyset: filepath.Join(t.TempDir(), "sealing"), Make: true}, wrapped(t)
	b := replicas(t, plain, 1)[0]
	if err := plain.CopyTo(to); err != nil {
		t.Fatal(err)
	}
	to.Make = false
	other := replicas(t, to, 1)[0]
	if got, err := other.Open(here, sealed(t, b, "knee")); err != nil || string(got) != "knee" || !bytes.Equal(b.Index("p", "v"), other.Index("p", "v")) {
		t.Errorf("%q, %v", got, err)
	}
	if plain.CopyTo(to) == nil {
		t.Error("a keyset was replaced")
	}
}
