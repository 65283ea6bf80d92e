package seal

import (
	"fmt"
	"io/fs"
	"os"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/prf"
	tinkpb "github.com/tink-crypto/tink-go/v2/proto/tink_go_proto"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// Kind says which of a box's two keysets is meant.
type Kind string

// Kinds of keyset.
const (
	Sealing  Kind = "sealing"
	Indexing Kind = "index"
)

// Kinds are both.
var Kinds = []Kind{Sealing, Indexing}

func (k Kind) template() *tinkpb.KeyTemplate {
	if k == Indexing {
		return prf.HKDFSHA256PRFKeyTemplate()
	}
	return aead.AES256GCMKeyTemplate()
}

// keys are one reading of a keyset.
type keys struct {
	handle  *keyset.Handle
	primary uint32
	enabled []uint32
	aead    tink.AEAD // of Sealing
	prfs    *prf.Set  // of Indexing
}

func (k *keys) has(id uint32) bool { return slices.Contains(k.enabled, id) }

func keysOf(kind Kind, handle *keyset.Handle) (*keys, error) {
	k := &keys{handle: handle}
	for i := range handle.Len() {
		e, err := handle.Entry(i)
		if err != nil {
			return nil, err
		}
		if e.KeyStatus() == keyset.Enabled {
			k.enabled = append(k.enabled, e.KeyID())
		}
		if e.IsPrimary() {
			k.primary = e.KeyID()
		}
	}
	var err error
	if kind == Indexing {
		k.prfs, err = prf.NewPRFSet(handle)
	} else {
		k.aead, err = aead.New(handle)
	}
	return k, err
}

// ring follows a keyset as its file changes.
type ring struct {
	from source
	in   atomic.Pointer[keys]
	mu   sync.Mutex
	read fs.FileInfo // of the file as it was read last, whether it could be used or not
}

// newRing makes a keyset of its own when it comes from no file.
func newRing(from source) (*ring, error) {
	r := &ring{from: from}
	if from.path == "" {
		handle, err := keyset.NewHandle(from.kind.template())
		if err != nil {
			return nil, fmt.Errorf("keyset: %w", err)
		}
		return r, r.take(handle)
	}
	return r, r.reload()
}

func (r *ring) take(handle *keyset.Handle) error {
	k, err := keysOf(r.from.kind, handle)
	if err != nil {
		return fmt.Errorf("keyset: %w", err)
	}
	r.in.Store(k)
	return nil
}

// now is the keyset as it was last read.
func (r *ring) now() *keys { return r.in.Load() }

// fresh is the keyset as its file has it. Asking costs one stat. A file that went missing or broke leaves the keys
// read before in use: a replica goes on with what it knows.
func (r *ring) fresh() *keys {
	if r.from.path == "" {
		return r.now()
	}
	if info, err := os.Stat(r.from.path); err == nil && !r.same(info) {
		_ = r.reload() // Check tells of it
	}
	return r.now()
}

func (r *ring) same(info fs.FileInfo) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.read != nil && os.SameFile(r.read, info) && r.read.ModTime().Equal(info.ModTime()) && r.read.Size() == info.Size()
}

func (r *ring) reload() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	handle, info, err := r.from.load()
	r.read = info
	if err != nil {
		return err
	}
	return r.take(handle)
}
