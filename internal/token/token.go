// Package token signs small values that travel through a browser or a mail and come back: a shortlist in a
// cookie, a link that lets one hospital answer. It is not for secrets: a signed value can be read by who holds it.
package token

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// ErrBad is every way in which a token may fail: forged, cut, of another purpose, or too old. Which one it was is
// not told, so that nothing can be learnt by trying.
var ErrBad = errors.New("token not valid")

const (
	keySize = 32
	macSize = 16 // 128 bits of HMAC-SHA-256 are ample for values that end
)

// Signer signs and opens tokens with one key.
type Signer struct{ key []byte }

// New makes a signer from a key of at least 32 bytes.
func New(key []byte) (*Signer, error) {
	if len(key) < keySize {
		return nil, fmt.Errorf("signing key: %d bytes, want at least %d", len(key), keySize)
	}
	return &Signer{key}, nil
}

// Open reads the key from a file, and makes it (mode 0600) when there is none.
func Open(path string) (*Signer, error) {
	key, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		if key, err = create(path); errors.Is(err, os.ErrExist) {
			key, err = os.ReadFile(path) // another process was first
		}
	}
	if err != nil {
		return nil, fmt.Errorf("signing key: %w", err)
	}
	return New(key)
}

func create(path string) ([]byte, error) {
	key := make([]byte, keySize)
	_, _ = rand.Read(key) // never fails (crypto/rand)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if _, err := f.Write(key); err != nil {
		return nil, err
	}
	return key, f.Sync()
}

// Sign makes a token for purpose that ends at until. The result is safe in addresses and cookies.
func (s *Signer) Sign(purpose string, payload []byte, until time.Time) string {
	body := binary.BigEndian.AppendUint64(nil, uint64(until.Unix()))
	body = append(body, payload...)
	return base64.RawURLEncoding.EncodeToString(append(s.mac(purpose, body), body...))
}

// Verify gives the payload of a token made for purpose that has not ended, else ErrBad.
func (s *Signer) Verify(purpose, token string, now time.Time) ([]byte, error) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil || len(raw) < macSize+8 {
		return nil, ErrBad
	}
	mac, body := raw[:macSize], raw[macSize:]
	if !hmac.Equal(mac, s.mac(purpose, body)) {
		return nil, ErrBad
	}
	if now.Unix() > int64(binary.BigEndian.Uint64(body)) {
		return nil, ErrBad
	}
	return body[8:], nil
}

func (s *Signer) mac(purpose string, body []byte) []byte {
	h := hmac.New(sha256.New, s.key)
	_ = binary.Write(h, binary.BigEndian, uint32(len(purpose)))
	h.Write([]byte(purpose))
	h.Write(body)
	return h.Sum(nil)[:macSize]
}
