package enquiry

import (
	"context"
	"errors"
	"io"
	"slices"

	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/internal/files"
	"carecorridor/models"
)

// Content is a document with what is in it.
type Content struct {
	File
	Bytes []byte
}

// AddFile takes one document of a draft. Other documents stay whatever is wrong with this one; a problem
// names it. Field: files.
func (s *Service) AddFile(ctx context.Context, token, name string, from io.Reader) (Draft, Refused, error) {
	before, err := s.Draft(ctx, token)
	if err != nil {
		return before, Refused{}, err
	}
	name = files.DisplayName(name)
	content, kind, err := files.Read(from)
	if problems := fileProblems(name, err, len(before.Files)); !problems.OK() {
		return before, Refused{Problems: problems}, nil
	}
	if err != nil {
		return before, Refused{}, fault.New(fault.Busy, "enquiry file", err)
	}
	id, scan := newID(), s.scan(ctx, content)
	if scan == files.Blocked {
		return before, Refused{Problems: check.List{{Field: "files", Say: name + " may hold a virus and was not kept. Your other documents are safe"}}}, nil
	}
	if err := s.Files.Put(ctx, id, content); err != nil {
		return before, Refused{}, fault.New(fault.Busy, "enquiry file", err)
	}
	refused, err := s.addFileRow(ctx, token, models.EnquiryFile{ID: id, Kind: kind.Media, Bytes: int64(len(content)), Scan: string(scan)}, name)
	if err != nil || !refused.OK() {
		err = errors.Join(err, s.Files.Delete(context.WithoutCancel(ctx), id))
		return before, refused, err
	}
	after, err := s.Draft(ctx, token)
	return after, Refused{}, err
}

func fileProblems(name string, err error, there int) (l check.List) {
	switch {
	case there >= files.MaxFiles:
		l.Add("files", "%s was not added: you can share up to %d documents. Remove one first", name, files.MaxFiles)
	case errors.Is(err, files.ErrTooBig):
		l.Add("files", "%s is larger than 25 MB. Choose a smaller file", name)
	case errors.Is(err, files.ErrEmpty):
		l.Add("files", "%s is empty. Choose another file", name)
	case errors.Is(err, files.ErrActive):
		l.Add("files", "%s carries a program or another file, which a record never needs. Print it to a new PDF and choose that one", name)
	case errors.Is(err, files.ErrKind):
		l.Add("files", "%s is not a PDF, JPEG, PNG, TIFF, HEIC or DICOM file. Choose a file of one of these kinds", name)
	}
	return l
}

// scan asks the scanner; without one, or while it is away, nothing is known.
func (s *Service) scan(ctx context.Context, content []byte) files.Scan {
	if s.Scanner == nil {
		return files.Pending
	}
	found, err := s.Scanner.Scan(ctx, content)
	if err != nil {
		return files.Pending // Keep asks again
	}
	return found
}

func (s *Service) addFileRow(ctx context.Context, token string, f models.EnquiryFile, name string) (refused Refused, err error) {
	id, err := s.idOf(forDraft, token)
	if err != nil {
		return refused, err
	}
	if f.Name, err = s.Box.Seal(namePlace(f.ID), []byte(name)); err != nil {
		return refused, err
	}
	err = s.Store.Write(ctx, func(tx *models.Tx) error {
		refused = Refused{}
		e, err := s.draftForUpdate(tx, id)
		if err != nil {
			return err
		}
		parts, err := tx.PartsOf(id)
		if err != nil {
			return err
		}
		if refused.Problems = fileProblems(name, nil, len(parts.Files)); !refused.OK() {
			return nil
		}
		f.EnquiryID = id
		if f.Scan != string(files.Pending) {
			now := tx.Now()
			f.ScannedAt = &now
		}
		if err := tx.AddFile(&f); err != nil {
			return err
		}
		return s.touchConsent(tx, e)
	})
	return refused, err
}

// touchConsent: a consent counted the documents, so another one needs it anew (domain.md §4.2).
func (s *Service) touchConsent(tx *models.Tx, e *models.Enquiry) error {
	a, c, err := s.open(e)
	if err != nil {
		return err
	}
	a.askConsentAgain(func(string) bool { return false })
	if err := s.close(e, a, c); err != nil {
		return err
	}
	return tx.SaveEnquiry(e)
}

// RemoveFile forgets one document of a draft. One that is not there is fine.
func (s *Service) RemoveFile(ctx context.Context, token, file string) (Draft, error) {
	id, err := s.idOf(forDraft, token)
	if err != nil {
		return Draft{}, err
	}
	err = s.Store.Write(ctx, func(tx *models.Tx) error {
		e, err := s.draftForUpdate(tx, id)
		if err != nil {
			return err
		}
		if err := tx.DropFile(id, file); fault.Is(err, fault.Missing) {
			return nil
		} else if err != nil {
			return err
		}
		return s.touchConsent(tx, e)
	})
	if err != nil {
		return Draft{}, err
	}
	s.sweep(ctx)
	return s.Draft(ctx, token)
}

// DraftFile gives a document of a draft back to its sender. One that is not there is ErrLink.
func (s *Service) DraftFile(ctx context.Context, token, file string) (Content, error) {
	d, err := s.Draft(ctx, token)
	if err != nil {
		return Content{}, err
	}
	return s.content(ctx, d.Files, file)
}

// content reads a document that is in the list.
func (s *Service) content(ctx context.Context, list []File, file string) (Content, error) {
	at := slices.IndexFunc(list, func(f File) bool { return f.ID == file })
	if at < 0 {
		return Content{}, ErrLink
	}
	bytes, err := s.Files.Get(ctx, file)
	if errors.Is(err, files.ErrMissing) {
		return Content{}, ErrLink
	}
	if err != nil {
		return Content{}, fault.New(fault.Broken, "enquiry file", err)
	}
	return Content{list[at], bytes}, nil
}
