package seal

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// indexEnding makes the name of the file with the index's keyset from that of the other one.
const indexEnding = "-index"

// Files says where the keysets are kept.
type Files struct {
	Keyset string // Tink keyset in JSON; blind indexes have theirs in the file of the same name with "-index" after it
	KEK    string // Tink keyset in JSON that the other two are encrypted with; "" when they are in clear
	Make   bool   // make what is missing
}

// Open reads both keysets. A file in clear that others may read is refused.
func (f Files) Open() (*Box, error) {
	sealing, err := f.ring(Sealing)
	if err != nil {
		return nil, err
	}
	index, err := f.ring(Indexing)
	return &Box{sealing, index}, err
}

func (f Files) ring(kind Kind) (*ring, error) {
	from := f.source(kind)
	r, err := newRing(from)
	if f.Make && errors.Is(err, fs.ErrNotExist) {
		if err = from.create(); err == nil || errors.Is(err, fs.ErrExist) {
			r, err = newRing(from) // whichever process was first
		}
	}
	if err != nil {
		return nil, fmt.Errorf("keyset %s: %w", filepath.Base(from.path), err)
	}
	return r, nil
}

// CopyTo writes both keysets to where another Files says, encrypted if it has a KEK. Files that are there are never
// replaced.
func (f Files) CopyTo(to Files) error {
	for _, kind := range Kinds {
		handle, _, err := f.source(kind).load()
		if err == nil {
			err = to.source(kind).store(handle, os.Link)
		}
		if err != nil {
			return fmt.Errorf("keyset copy: %w", err)
		}
	}
	return nil
}

func (f Files) source(kind Kind) source {
	from := source{kind: kind, path: f.Keyset, kek: f.KEK}
	if kind == Indexing {
		from.path += indexEnding
	}
	return from
}

// MakeKEK writes a new key that encrypts keysets, mode 0600. A file that is there is never replaced.
func MakeKEK(path string) error {
	handle, err := keyset.NewHandle(aead.AES256GCMKeyTemplate())
	if err != nil {
		return fmt.Errorf("kek: %w", err)
	}
	return write(path, os.Link, func(w keyset.Writer) error { return insecurecleartextkeyset.Write(handle, w) })
}

// source is one keyset's file.
type source struct {
	kind Kind
	path string // "" for keys that are in memory alone
	kek  string
}

// load reads the file; info is what the file was when it was read, also when it could not be used.
func (s source) load() (*keyset.Handle, fs.FileInfo, error) {
	f, err := os.Open(s.path)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, nil, err
	}
	if s.kek == "" {
		handle, err := inClear(f, info)
		return handle, info, err
	}
	wrap, err := s.wrap()
	if err != nil {
		return nil, info, err
	}
	handle, err := keyset.ReadWithAssociatedData(keyset.NewJSONReader(f), wrap, []byte(s.kind))
	return handle, info, err
}

// inClear reads a keyset that is not encrypted.
func inClear(f *os.File, info fs.FileInfo) (*keyset.Handle, error) {
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("mode is %04o: others may read it; want 0600", info.Mode().Perm())
	}
	return insecurecleartextkeyset.Read(keyset.NewJSONReader(f))
}

// wrap is the key that encrypts the keyset.
func (s source) wrap() (tink.AEAD, error) {
	f, err := os.Open(s.kek)
	if err != nil {
		return nil, fmt.Errorf("kek: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("kek: %w", err)
	}
	handle, err := inClear(f, info)
	if err != nil {
		return nil, fmt.Errorf("kek %s: %w", filepath.Base(s.kek), err)
	}
	return aead.New(handle)
}

func (s source) create() error {
	handle, err := keyset.NewHandle(s.kind.template())
	if err != nil {
		return err
	}
	return s.store(handle, os.Link)
}

// store writes the keyset; place is os.Link for a new one and os.Rename for one that replaces another.
func (s source) store(handle *keyset.Handle, place func(from, to string) error) error {
	return write(s.path, place, func(w keyset.Writer) error {
		if s.kek == "" {
			return insecurecleartextkeyset.Write(handle, w)
		}
		wrap, err := s.wrap()
		if err != nil {
			return err
		}
		return handle.WriteWithAssociatedData(w, wrap, []byte(s.kind))
	})
}

// write writes beside the path, then places it there, so that nobody ever reads half a keyset.
func write(path string, place func(from, to string) error, content func(keyset.Writer) error) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".keyset-*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	if err := errors.Join(content(keyset.NewJSONWriter(f)), f.Sync(), f.Close()); err != nil {
		return err
	}
	return place(f.Name(), path)
}
