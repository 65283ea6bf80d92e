package listing

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"strconv"

	"carecorridor/auth"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/internal/files"
	"carecorridor/models"
)

// Purposes of a file.
const (
	ForCertificate = "certificate"
	ForPhoto       = "photo"
	ForEvidence    = "evidence" // of a checker
)

// Upload is a file as its owner sees it.
type Upload struct {
	ID    string
	Media string
	Scan  files.Scan
	Hash  string // SHA-256, hexadecimal
}

// mostFiles of one listing.
const mostFiles = 500

// AddFile keeps a certificate or a cleaned photo for a listing and gives the id that a File field holds. ListingEdit.
// purpose is ForCertificate or ForPhoto. Field of problems: file.
func (s *Service) AddFile(ctx context.Context, who auth.Actor, provider int64, purpose string, r io.Reader) (Upload, check.List, error) {
	if err := auth.May(who, auth.ListingEdit, near(who, provider)); err != nil {
		return Upload{}, nil, err
	}
	if purpose == ForPhoto {
		return s.addPhoto(ctx, who, provider, r)
	}
	return s.addDocument(ctx, who, provider, ForCertificate, auth.ListingEdit, r)
}

// AddEvidence keeps what a checker saw, for an item about a listing. VerificationCheck. Field of problems: file.
func (s *Service) AddEvidence(ctx context.Context, who auth.Actor, item string, r io.Reader) (Upload, check.List, error) {
	if err := auth.May(who, auth.VerificationCheck, ""); err != nil {
		return Upload{}, nil, err
	}
	i, err := s.item(ctx, item)
	if err != nil {
		return Upload{}, nil, err
	}
	if err := s.mayCheck(ctx, who, i); err != nil {
		return Upload{}, nil, err
	}
	if i.Provider == 0 {
		return Upload{}, check.List{{Field: "file", Say: "This hospital is not listed yet. Write down what you saw in the note"}}, nil
	}
	return s.addDocument(ctx, who, i.Provider, ForEvidence, auth.VerificationCheck, r)
}

func (s *Service) addDocument(ctx context.Context, who auth.Actor, provider int64, purpose string, act auth.Action, r io.Reader) (Upload, check.List, error) {
	content, kind, err := files.Read(r)
	if say := documentProblem(err, kind); say != "" {
		return Upload{}, check.List{{Field: "file", Say: say}}, nil
	}
	if err != nil {
		return Upload{}, nil, fault.New(fault.Busy, "listing file", err)
	}
	scan := s.judgeFile(ctx, content)
	if scan == files.Blocked {
		return Upload{}, check.List{{Field: "file", Say: "The file may hold a virus and was not kept"}}, nil
	}
	u := Upload{ID: NewKey(), Media: kind.Media, Scan: scan, Hash: hashOf(content)}
	return s.keepFile(ctx, who, provider, purpose, act, u, map[string][]byte{u.ID: content}, len(content))
}

func documentProblem(err error, kind files.Kind) string {
	switch {
	case errors.Is(err, files.ErrTooBig):
		return "The file is larger than 25 MB. Choose a smaller one"
	case errors.Is(err, files.ErrEmpty):
		return "The file is empty. Choose another one"
	case errors.Is(err, files.ErrActive):
		return "The file carries a program or another file. Print it to a new PDF and choose that one"
	case errors.Is(err, files.ErrKind), err == nil && kind.Media == "application/dicom":
		return "The file is not a PDF, JPEG, PNG, TIFF or HEIC file. Choose a file of one of these kinds"
	}
	return ""
}

// keepFile puts contents into the bucket and their row into the database; without the row the contents go again.
func (s *Service) keepFile(ctx context.Context, who auth.Actor, provider int64, purpose string, act auth.Action, u Upload, contents map[string][]byte, size int) (Upload, check.List, error) {
	if s.Files == nil {
		return Upload{}, nil, fault.New(fault.Broken, "listing file", errors.New("no bucket"))
	}
	var put []string
	for id, content := range contents {
		if err := s.Files.Put(ctx, id, content); err != nil {
			return Upload{}, nil, errors.Join(fault.New(fault.Busy, "listing file", err), s.forget(ctx, put))
		}
		put = append(put, id)
	}
	full := false
	err := s.Store.Write(ctx, func(tx *models.Tx) error {
		n, err := tx.CountListingFiles(provider)
		if full = n >= mostFiles; err != nil || full {
			return err
		}
		row := &models.ListingFile{ID: u.ID, ProviderID: provider, Purpose: purpose, Media: u.Media, Bytes: int64(size), Hash: u.Hash, Scan: string(u.Scan), ByPerson: who.Person}
		if err := tx.AddListingFile(row); err != nil {
			return err
		}
		return tx.Audit(audited(who, act, provider, map[string]string{"file": u.ID, "purpose": purpose, "bytes": strconv.Itoa(size)}))
	})
	if err != nil || full {
		err = errors.Join(err, s.forget(ctx, put))
	}
	if full {
		return Upload{}, check.List{{Field: "file", Say: "You have " + strconv.Itoa(mostFiles) + " files, which is the most we keep. Write to us to remove old ones"}}, err
	}
	return u, nil, err
}

func (s *Service) forget(ctx context.Context, ids []string) error {
	var all []error
	for _, id := range ids {
		all = append(all, s.Files.Delete(context.WithoutCancel(ctx), id))
	}
	return errors.Join(all...)
}

// judgeFile asks the scanner; without one, or while it is away, nothing is known.
func (s *Service) judgeFile(ctx context.Context, content []byte) files.Scan {
	if s.Scanner == nil {
		return files.Pending
	}
	found, err := s.Scanner.Scan(ctx, content)
	if err != nil {
		return files.Pending // the turn of the day asks again
	}
	return found
}

func hashOf(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// ErrNotScanned: a file that only its own organisation may open yet.
var ErrNotScanned = fault.Say(fault.Forbidden, "listing file", "This file has not been checked for viruses yet")

// File opens an uploaded file for its organisation (ListingView) or, once it is safe, for the alliance (VerificationView).
func (s *Service) File(ctx context.Context, who auth.Actor, id string) (content []byte, media string, err error) {
	row, err := s.Store.ListingFileByID(ctx, id)
	if err != nil {
		return nil, "", err
	}
	own := auth.May(who, auth.ListingView, near(who, row.ProviderID)) == nil && row.Purpose != ForEvidence
	if !own {
		if err := auth.May(who, auth.VerificationView, ""); err != nil {
			return nil, "", fault.New(fault.Missing, "listing file", err)
		}
		if row.Scan != string(files.Safe) && row.ByPerson != who.Person {
			return nil, "", ErrNotScanned
		}
	}
	if row.Scan == string(files.Blocked) {
		return nil, "", ErrNotScanned
	}
	if content, err = s.read(ctx, row.ID); err != nil {
		return nil, "", err
	}
	return content, row.Media, s.Store.Write(ctx, func(tx *models.Tx) error {
		return tx.Audit(audited(who, "listing.file.read", row.ProviderID, map[string]string{"file": row.ID}))
	})
}

func (s *Service) read(ctx context.Context, id string) ([]byte, error) {
	if s.Files == nil {
		return nil, fault.New(fault.Missing, "listing file", errors.New("no bucket"))
	}
	content, err := s.Files.Get(ctx, id)
	if errors.Is(err, files.ErrMissing) {
		err = fault.New(fault.Missing, "listing file", err)
	}
	return content, err
}

// scan asks the scanner again about files that it has not judged.
func (s *Service) scan(ctx context.Context, t *Turned) error {
	if s.Scanner == nil || s.Files == nil {
		return nil
	}
	rows, err := s.Store.UnscannedListingFiles(ctx, dayBatch)
	if err != nil {
		return err
	}
	for _, row := range rows {
		content, err := s.read(ctx, row.ID)
		if err != nil {
			return err
		}
		found := s.judgeFile(ctx, content)
		if found == files.Pending {
			return nil // the scanner is away
		}
		if err := s.Store.Write(ctx, func(tx *models.Tx) error { return tx.ScannedListingFile(row.ID, string(found)) }); err != nil {
			return err
		}
		t.Scanned++
	}
	return nil
}
