package seal

import (
	"encoding/binary"
	"fmt"
)

// IndexLen is the length of a blind index in bytes: four that name the key, sixteen of the keyed hash.
const IndexLen = 20

// Index is a keyed hash of a value, equal for equal values, by which a row is found whose value itself is sealed.
// The purpose, such as "people.email", keeps the indexes of two columns apart. Bring the value into one shape
// first (case, spaces): the index knows only equal bytes. It is what to write; look rows up by Indexes.
func (b *Box) Index(purpose, value string) []byte {
	keys := b.index.fresh()
	return keys.hash(keys.primary, purpose, value)
}

// Indexes are the hashes of a value under every key in use, the primary one first: "WHERE email_index IN ?". While
// keys rotate there are two of them, else one.
func (b *Box) Indexes(purpose, value string) [][]byte {
	keys := b.index.fresh()
	out := [][]byte{keys.hash(keys.primary, purpose, value)}
	for _, id := range keys.enabled {
		if id != keys.primary {
			out = append(out, keys.hash(id, purpose, value))
		}
	}
	return out
}

// IndexKey is the id of the key an index was made with.
func IndexKey(index []byte) (id uint32, ok bool) {
	if len(index) != IndexLen {
		return 0, false
	}
	return binary.BigEndian.Uint32(index), true
}

// IndexPrefix is how every index of a key begins.
func IndexPrefix(id uint32) []byte { return binary.BigEndian.AppendUint32(nil, id) }

func (k *keys) hash(id uint32, purpose, value string) []byte {
	sum, err := k.prfs.PRFs[id].ComputePRF(framed(purpose, value), IndexLen-4)
	if err != nil {
		panic(fmt.Sprintf("seal: blind index: %v", err)) // only for a length no hash has
	}
	return append(IndexPrefix(id), sum...)
}

// IndexWith is Index under one key; nil when that key is not in use.
func (b *Box) IndexWith(id uint32, purpose, value string) []byte {
	keys := b.index.fresh()
	if !keys.has(id) {
		return nil
	}
	return keys.hash(id, purpose, value)
}
