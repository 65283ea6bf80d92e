package auth

import (
	"context"
	"net/url"
	"time"

	"carecorridor/internal/fault"
	"carecorridor/models"
)

// KeptForm is what somebody typed into a form and could not send, because their session had ended or the second
// factor was asked for first. It is sealed, and only the same person gets it back.
type KeptForm struct {
	ID     string     `json:"-"`
	Path   string     `json:"path"`  // where it was sent: path and query of this site
	Parts  bool       `json:"parts"` // multipart/form-data
	Files  bool       `json:"files"` // held files, which are not kept
	Fields url.Values `json:"fields"`
	Kept   time.Time  `json:"-"`
	Until  time.Time  `json:"-"`
}

// Rules of kept forms.
const (
	formTime  = 24 * time.Hour
	mostForms = 5         // of one person; the oldest go
	formRoom  = 512 << 10 // bytes of names and values
)

// KeepForm keeps a form for the person whose session a token is or was, within the last day. False: nobody is known by
// it, or the form is too large.
func (s *Service) KeepForm(ctx context.Context, token string, f KeptForm) (bool, error) {
	person, err := s.Store.SessionOwner(ctx, hashOf(token), s.now().Add(-formTime))
	if fault.Is(err, fault.Missing) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return s.keepForm(ctx, person, f)
}

// KeepFormFor keeps a form for somebody who is signed in.
func (s *Service) KeepFormFor(ctx context.Context, who Actor, f KeptForm) (bool, error) {
	return s.keepForm(ctx, who.Person, f)
}

func (s *Service) keepForm(ctx context.Context, person string, f KeptForm) (bool, error) {
	if size(f) > formRoom {
		return false, nil
	}
	err := s.Store.Write(ctx, func(tx *models.Tx) error {
		if _, err := s.begin(tx, models.KindForm, person, f, formTime); err != nil {
			return err
		}
		return tx.DropOldForms(person, mostForms)
	})
	return err == nil, err
}

func size(f KeptForm) int {
	n := len(f.Path)
	for name, values := range f.Fields {
		for _, v := range values {
			n += len(name) + len(v)
		}
	}
	return n
}

// KeptForms are the person's own, the newest first.
func (s *Service) KeptForms(ctx context.Context, who Actor) ([]KeptForm, error) {
	rows, err := s.Store.KeptForms(ctx, who.Person)
	if err != nil {
		return nil, err
	}
	out := make([]KeptForm, len(rows))
	for i, c := range rows {
		if err := s.dataOf(&c, &out[i]); err != nil {
			return nil, err
		}
		out[i].ID, out[i].Kept, out[i].Until = c.ID, c.CreatedAt, c.ExpiresAt
	}
	return out, nil
}

// DropForm forgets one of the person's own. One that is gone is no error.
func (s *Service) DropForm(ctx context.Context, who Actor, id string) error {
	return s.Store.Write(ctx, func(tx *models.Tx) error {
		_, err := tx.DropForm(who.Person, id)
		return err
	})
}
