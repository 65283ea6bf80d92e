// Package files keeps documents that people give us: known by their content and not by their name, of a limited
// size, sealed before they reach a bucket. It is not for who may read them, nor for their rows (package enquiry).
package files

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/gabriel-vasile/mimetype"
	"gocloud.dev/blob"
	"gocloud.dev/blob/fileblob"
	"gocloud.dev/blob/memblob"
	"gocloud.dev/gcerrors"

	"carecorridor/internal/photo"
	"carecorridor/internal/seal"
)

// Limits told before a file is chosen (issue "Bad input").
const (
	MaxBytes = 25 << 20 // of one file
	MaxFiles = 10       // of one owner
)

// What may be wrong with a file.
var (
	ErrTooBig  = errors.New("file is larger than 25 MB")
	ErrEmpty   = errors.New("file is empty")
	ErrKind    = errors.New("file is of a kind that is not taken")
	ErrActive  = errors.New("file carries a program")
	ErrMissing = errors.New("file is not in the bucket")
)

// Kind is a media type that is taken, and how to call it.
type Kind struct{ Media, Name, Ending string }

// Kinds are all that are taken: documents and pictures that carry no program.
var Kinds = []Kind{
	{"application/pdf", "PDF", ".pdf"},
	{"image/jpeg", "JPEG picture", ".jpg"},
	{"image/png", "PNG picture", ".png"},
	{"image/tiff", "TIFF picture", ".tiff"},
	{"image/heic", "HEIC picture", ".heic"},
	{"application/dicom", "DICOM scan", ".dcm"},
}

// Word is the kind of a word processor's document. It may carry programs, so it is taken only where Documents are.
var Word = Kind{"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word document", ".docx"}

// Documents are the kinds that a clinical record takes: Kinds, without a phone's own picture format and with Word.
var Documents = append(slices.DeleteFunc(slices.Clone(Kinds), func(k Kind) bool { return k.Ending == ".heic" }), Word)

// KindOf is the taken kind of a media type.
func KindOf(media string) (Kind, bool) {
	for _, k := range Kinds {
		if k.Media == media {
			return k, true
		}
	}
	return Kind{}, false
}

// sniff knows a file by its first bytes, whatever it is called.
func sniff(content []byte, taken []Kind) (Kind, bool) {
	found := mimetype.Detect(content[:min(len(content), 3072)])
	media, _, _ := strings.Cut(found.String(), ";")
	at := slices.IndexFunc(taken, func(k Kind) bool { return k.Media == media })
	if at < 0 {
		return Kind{}, false
	}
	return taken[at], true
}

// Store is a bucket of sealed documents.
type Store struct {
	bucket *blob.Bucket
	box    *seal.Box
}

// Folder keeps documents below dir, which is made when it is missing.
func Folder(dir string, box *seal.Box) (*Store, error) {
	b, err := fileblob.OpenBucket(dir, &fileblob.Options{CreateDir: true, DirFileMode: 0o700, NoTempDir: true, Metadata: fileblob.MetadataDontWrite})
	if err != nil {
		return nil, fmt.Errorf("files folder: %w", err)
	}
	return &Store{b, box}, nil
}

// Memory keeps documents until the process ends: for tests.
func Memory(box *seal.Box) *Store { return &Store{memblob.OpenBucket(nil), box} }

// Close lets the bucket go.
func (s *Store) Close() error { return s.bucket.Close() }

// Read takes a file from its sender, at most MaxBytes of it, and knows its kind. Documents that carry a program are
// refused; pictures lose what tells the place they were taken at (domain.md §3.4).
func Read(r io.Reader) (content []byte, kind Kind, err error) { return ReadOf(r, Kinds) }

// ReadOf is Read for other kinds than Kinds.
func ReadOf(r io.Reader, taken []Kind) (content []byte, kind Kind, err error) {
	content, err = io.ReadAll(io.LimitReader(r, MaxBytes+1))
	switch {
	case err != nil:
		return nil, Kind{}, fmt.Errorf("file upload: %w", err)
	case len(content) > MaxBytes:
		return nil, Kind{}, ErrTooBig
	case len(content) == 0:
		return nil, Kind{}, ErrEmpty
	}
	kind, ok := sniff(content, taken)
	if !ok {
		return nil, Kind{}, ErrKind
	}
	if active(kind, content) {
		return nil, kind, ErrActive
	}
	return photo.Bare(kind.Media, content), kind, nil
}

// Put seals content and keeps it under id.
func (s *Store) Put(ctx context.Context, id string, content []byte) error {
	sealed, err := s.box.Seal(place(id), content)
	if err != nil {
		return err
	}
	if err := s.bucket.WriteAll(ctx, id, sealed, &blob.WriterOptions{ContentType: "application/octet-stream"}); err != nil {
		return fmt.Errorf("file write: %w", err)
	}
	return nil
}

// Get opens what Put kept under id. ErrMissing when there is nothing, seal.ErrClosed when it was changed.
func (s *Store) Get(ctx context.Context, id string) ([]byte, error) {
	sealed, err := s.bucket.ReadAll(ctx, id)
	if gcerrors.Code(err) == gcerrors.NotFound {
		return nil, ErrMissing
	}
	if err != nil {
		return nil, fmt.Errorf("file read: %w", err)
	}
	return s.box.Open(place(id), sealed)
}

// Delete forgets what is under id; nothing there is fine.
func (s *Store) Delete(ctx context.Context, id string) error {
	if err := s.bucket.Delete(ctx, id); err != nil && gcerrors.Code(err) != gcerrors.NotFound {
		return fmt.Errorf("file delete: %w", err)
	}
	return nil
}

func place(id string) seal.Place { return seal.Place{Table: "bucket", Column: "content", ID: id} }

// DisplayName makes what a browser called a file safe to show: its last part, on one line, without control or
// direction marks, at most 100 characters. It is never a path.
func DisplayName(name string) string {
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	name = strings.Map(func(r rune) rune {
		if r < 0x20 || r >= 0x7f && r <= 0x9f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0x200e || r == 0x200f || r == 0xfeff {
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, ""))
	if r := []rune(strings.TrimSpace(name)); len(r) > 100 {
		name = string(r[:70]) + "…" + string(r[len(r)-29:])
	}
	if name = strings.TrimSpace(name); name == "" || name == "." || name == ".." {
		return "document"
	}
	return name
}
