// Package seal encrypts what people tell us before it reaches a database or a bucket, and binds each value to
// the place it is kept in. It is not for tokens that travel (internal/token) nor for passwords.
package seal

import (
	"encoding/binary"
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

// First is the first byte of everything sealed: Tink's mark of a key of its own kind. The database refuses
// anything else in a sealed column (architecture.md §13.2).
const First = 0x01

// ErrClosed is every way in which a value may refuse to open: changed, cut, moved from another place, or sealed
// with a key we do not have.
var ErrClosed = errors.New("sealed value does not open")

// Box seals and opens with one keyset: AES-256-GCM.
type Box struct{ aead tink.AEAD }

// Place is where a sealed value is kept. A value opens only in the place it was sealed for.
type Place struct{ Table, Column, ID string }

// Open reads the keyset of a file, and makes one (mode 0600) when there is none. A file that others may read is refused.
func Open(path string) (*Box, error) {
	handle, err := read(path)
	if errors.Is(err, fs.ErrNotExist) {
		if err = create(path); err == nil || errors.Is(err, fs.ErrExist) {
			handle, err = read(path) // whichever process was first
		}
	}
	if err != nil {
		return nil, fmt.Errorf("keyset %s: %w", filepath.Base(path), err)
	}
	return boxOf(handle)
}

// New is a box with a key of its own that nobody keeps: for tests.
func New() (*Box, error) {
	handle, err := keyset.NewHandle(aead.AES256GCMKeyTemplate())
	if err != nil {
		return nil, fmt.Errorf("keyset: %w", err)
	}
	return boxOf(handle)
}

func boxOf(handle *keyset.Handle) (*Box, error) {
	a, err := aead.New(handle)
	if err != nil {
		return nil, fmt.Errorf("keyset: %w", err)
	}
	return &Box{a}, nil
}

// Seal encrypts plain for a place. Sealing the same twice gives different bytes.
func (b *Box) Seal(at Place, plain []byte) ([]byte, error) {
	if at.Table == "" || at.Column == "" || at.ID == "" {
		return nil, fmt.Errorf("seal: place %q.%q of %q is not whole", at.Table, at.Column, at.ID)
	}
	sealed, err := b.aead.Encrypt(plain, at.bytes())
	if err != nil {
		return nil, fmt.Errorf("seal %s.%s: %w", at.Table, at.Column, err)
	}
	return sealed, nil
}

// Open decrypts what Seal made for the same place, else ErrClosed.
func (b *Box) Open(at Place, sealed []byte) ([]byte, error) {
	plain, err := b.aead.Decrypt(sealed, at.bytes())
	if err != nil {
		return nil, fmt.Errorf("%s.%s: %w", at.Table, at.Column, ErrClosed)
	}
	return plain, nil
}

// bytes is the associated data; lengths keep ("ab","c") and ("a","bc") apart.
func (p Place) bytes() []byte {
	var out []byte
	for _, s := range []string{p.Table, p.Column, p.ID} {
		out = binary.BigEndian.AppendUint32(out, uint32(len(s)))
		out = append(out, s...)
	}
	return out
}

func read(path string) (*keyset.Handle, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("mode is %04o: others may read it; want 0600", info.Mode().Perm())
	}
	return insecurecleartextkeyset.Read(keyset.NewJSONReader(f))
}

// create writes beside the path and links, so that nobody ever reads half a keyset and the first one wins.
func create(path string) error {
	handle, err := keyset.NewHandle(aead.AES256GCMKeyTemplate())
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".keyset-*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	err = errors.Join(insecurecleartextkeyset.Write(handle, keyset.NewJSONWriter(f)), f.Sync(), f.Close())
	if err != nil {
		return err
	}
	return os.Link(f.Name(), path)
}
