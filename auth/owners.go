package auth

import (
	"context"

	"carecorridor/internal/fault"
	"carecorridor/models"
)

// Owners are the addresses of those who own a listing's organisation now, samples left out. For letters alone.
func (s *Service) Owners(tx *models.Tx, provider int64) ([]string, error) {
	rows, err := tx.OwnersOf(provider)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, p := range rows {
		email, err := s.emailOf(p.ID, p.Email)
		if err != nil {
			return nil, err
		}
		out = append(out, email)
	}
	return out, nil
}

// Names are the names of colleagues by id, for pages that say who changed something. Unknown ids are left out.
func (s *Service) Names(ctx context.Context, people []string) (map[string]string, error) {
	out := make(map[string]string, len(people))
	for _, id := range people {
		p, err := s.Store.PersonByID(ctx, id)
		if fault.Is(err, fault.Missing) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if out[id], err = s.nameOf(p.ID, p.Name); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Belongs reports whether a person holds or held a role at the hospital of a listing: who checks it must not.
func (s *Service) Belongs(ctx context.Context, person string, provider int64) (bool, error) {
	return s.Store.BelongsTo(ctx, person, provider)
}
