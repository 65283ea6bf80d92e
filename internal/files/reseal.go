package files

import (
	"context"
	"errors"
	"fmt"
	"io"

	"gocloud.dev/blob"
	"gocloud.dev/gcerrors"

	"carecorridor/internal/seal"
)

// Each gives every document's id and the key it is sealed with. One that vanishes meanwhile is passed over, and
// what is not sealed has key 0.
func (s *Store) Each(ctx context.Context, use func(id string, key uint32) error) error {
	for list := s.bucket.List(nil); ; {
		o, err := list.Next(ctx)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("file list: %w", err)
		}
		key, err := s.keyOf(ctx, o)
		if errors.Is(err, ErrMissing) {
			continue
		}
		if err == nil {
			err = use(o.Key, key)
		}
		if err != nil {
			return err
		}
	}
}

func (s *Store) keyOf(ctx context.Context, o *blob.ListObject) (uint32, error) {
	r, err := s.bucket.NewRangeReader(ctx, o.Key, 0, 5, nil)
	if gcerrors.Code(err) == gcerrors.NotFound {
		return 0, ErrMissing
	}
	if err != nil {
		return 0, fmt.Errorf("file read: %w", err)
	}
	defer r.Close()
	head, err := io.ReadAll(r)
	if err != nil {
		return 0, fmt.Errorf("file read: %w", err)
	}
	key, _ := seal.KeyOf(head)
	return key, nil
}

// Reseal seals a document anew with the newest key. The caller looks afterwards whether the document is still
// wanted, as one that is deleted meanwhile would be back.
func (s *Store) Reseal(ctx context.Context, id string) error {
	content, err := s.Get(ctx, id)
	if err != nil {
		return err
	}
	return s.Put(ctx, id, content)
}
