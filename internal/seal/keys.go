package seal

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/tink-crypto/tink-go/v2/keyset"
)

// Key of a keyset. What it holds is never told.
type Key struct {
	ID      uint32
	Primary bool // seals what is new
	Enabled bool // opens what is there
}

// Keys of a keyset as its file has them, oldest first.
func (b *Box) Keys(kind Kind) []Key {
	handle := b.ring(kind).fresh().handle
	out := make([]Key, 0, handle.Len())
	for i := range handle.Len() {
		if e, err := handle.Entry(i); err == nil { // fails beyond the end alone
			out = append(out, Key{ID: e.KeyID(), Primary: e.IsPrimary(), Enabled: e.KeyStatus() == keyset.Enabled})
		}
	}
	return out
}

// Primary is the id of the key that seals what is new.
func (b *Box) Primary(kind Kind) uint32 { return b.ring(kind).fresh().primary }

// Check reads both files and says why one cannot be used, although the keys read before may still be in use.
func (b *Box) Check() error {
	for _, kind := range Kinds {
		if r := b.ring(kind); r.from.path != "" {
			if err := r.reload(); err != nil {
				return fmt.Errorf("keyset %s: %w", filepath.Base(r.from.path), err)
			}
		}
	}
	return nil
}

// Add puts a new key into a keyset. Nothing is sealed with it until Promote.
func (b *Box) Add(kind Kind) (id uint32, err error) {
	err = b.ring(kind).change(func(m *keyset.Manager) (err error) {
		id, err = m.Add(kind.template())
		return err
	})
	return id, err
}

// Promote makes a key the one that seals what is new.
func (b *Box) Promote(kind Kind, id uint32) error {
	return b.ring(kind).change(func(m *keyset.Manager) error { return m.SetPrimary(id) })
}

// Disable makes a key that is not the primary one open nothing; Enable takes that back.
func (b *Box) Disable(kind Kind, id uint32) error {
	return b.ring(kind).change(func(m *keyset.Manager) error { return m.Disable(id) })
}

// Enable lets a disabled key open again.
func (b *Box) Enable(kind Kind, id uint32) error {
	return b.ring(kind).change(func(m *keyset.Manager) error { return m.Enable(id) })
}

// Destroy removes a disabled key for good: what is sealed with it never opens again.
func (b *Box) Destroy(kind Kind, id uint32) error {
	for _, k := range b.Keys(kind) {
		if k.ID == id && k.Enabled {
			return fmt.Errorf("keyset: key %d is in use: disable it first", id)
		}
	}
	return b.ring(kind).change(func(m *keyset.Manager) error { return m.Delete(id) })
}

func (b *Box) ring(kind Kind) *ring {
	if kind == Indexing {
		return b.index
	}
	return b.sealing
}

// change alters the keyset and its file. Two changes at once would lose a key, and all that it had sealed, so one
// of them is refused.
func (r *ring) change(alter func(*keyset.Manager) error) error {
	if r.from.path == "" {
		return r.alter(r.now().handle, alter, r.take)
	}
	unlock, err := r.from.lock()
	if err != nil {
		return err
	}
	defer unlock()
	handle, _, err := r.from.load()
	if err != nil {
		return fmt.Errorf("keyset: %w", err)
	}
	return r.alter(handle, alter, func(changed *keyset.Handle) error {
		if err := r.from.store(changed, os.Rename); err != nil {
			return fmt.Errorf("keyset: %w", err)
		}
		return r.reload()
	})
}

func (r *ring) alter(handle *keyset.Handle, alter func(*keyset.Manager) error, keep func(*keyset.Handle) error) error {
	m := keyset.NewManagerFromHandle(handle)
	if err := alter(m); err != nil {
		return fmt.Errorf("keyset: %w", err)
	}
	changed, err := m.Handle()
	if err != nil {
		return fmt.Errorf("keyset: %w", err)
	}
	return keep(changed)
}

// lock keeps other processes from changing the file meanwhile. It is held for milliseconds.
func (s source) lock() (unlock func(), err error) {
	name := s.path + ".lock"
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("keyset: another process is changing it; if none is, remove %s", filepath.Base(name))
	}
	if err != nil {
		return nil, fmt.Errorf("keyset: %w", err)
	}
	return func() { _ = os.Remove(name) }, f.Close()
}
