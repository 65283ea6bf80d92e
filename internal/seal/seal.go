// Package seal encrypts what people tell us before it reaches a database or a bucket, binds each value to the
// place it is kept in, and makes blind indexes by which a sealed value can be found. Its keys rotate while it is in
// use. It is not for tokens that travel (internal/token) nor for passwords.
package seal

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// First is the first byte of everything sealed: Tink's mark of a key of its own kind. The database refuses
// anything else in a sealed column (architecture.md §13.2).
const First = 0x01

// ErrClosed is every way in which a value may refuse to open: changed, cut, moved from another place, or sealed
// with a key we do not have.
var ErrClosed = errors.New("sealed value does not open")

// Box seals and opens with one keyset (AES-256-GCM), and indexes with another one (HKDF-SHA-256). Both are read
// again when their file changes, so that a rotation needs no restart. It is safe for concurrent use.
type Box struct{ sealing, index *ring }

// Place is where a sealed value is kept. A value opens only in the place it was sealed for.
type Place struct{ Table, Column, ID string }

// Open reads the keysets of a file and of the one beside it, and makes them (mode 0600) where there are none. A
// file that others may read is refused.
func Open(path string) (*Box, error) { return Files{Keyset: path, Make: true}.Open() }

// New is a box with keys of its own that nobody keeps: for tests.
func New() (*Box, error) {
	sealing, err := newRing(source{kind: Sealing})
	if err != nil {
		return nil, err
	}
	index, err := newRing(source{kind: Indexing})
	return &Box{sealing, index}, err
}

// Seal encrypts plain for a place. Sealing the same twice gives different bytes.
func (b *Box) Seal(at Place, plain []byte) ([]byte, error) {
	if at.Table == "" || at.Column == "" || at.ID == "" {
		return nil, fmt.Errorf("seal: place %q.%q of %q is not whole", at.Table, at.Column, at.ID)
	}
	sealed, err := b.sealing.fresh().aead.Encrypt(plain, at.bytes())
	if err != nil {
		return nil, fmt.Errorf("seal %s.%s: %w", at.Table, at.Column, err)
	}
	return sealed, nil
}

// Open decrypts what Seal made for the same place, else ErrClosed.
func (b *Box) Open(at Place, sealed []byte) ([]byte, error) {
	keys := b.sealing.now()
	if id, ok := KeyOf(sealed); ok && !keys.has(id) {
		keys = b.sealing.fresh() // a rotation elsewhere may have brought the key
	}
	plain, err := keys.aead.Decrypt(sealed, at.bytes())
	if err != nil {
		return nil, fmt.Errorf("%s.%s: %w", at.Table, at.Column, ErrClosed)
	}
	return plain, nil
}

// KeyOf is the id of the key that a value says it is sealed with; false when it is not a sealed value.
func KeyOf(sealed []byte) (id uint32, ok bool) {
	if len(sealed) < 5 || sealed[0] != First {
		return 0, false
	}
	return binary.BigEndian.Uint32(sealed[1:5]), true
}

// Prefix is how everything begins that is sealed with a key: five bytes.
func Prefix(id uint32) []byte { return binary.BigEndian.AppendUint32([]byte{First}, id) }

// bytes is the associated data; lengths keep ("ab","c") and ("a","bc") apart.
func (p Place) bytes() []byte {
	return framed(p.Table, p.Column, p.ID)
}

func framed(parts ...string) []byte {
	var out []byte
	for _, s := range parts {
		out = binary.BigEndian.AppendUint32(out, uint32(len(s)))
		out = append(out, s...)
	}
	return out
}
