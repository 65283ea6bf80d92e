package listing

import (
	"context"
	"errors"

	"carecorridor/auth"
	"carecorridor/models"
)

// errPreview undoes what a preview wrote.
var errPreview = errors.New("preview")

// Preview is the listing as the public would see it if everything in the draft were approved today. Nothing is kept. A
// draft that cannot be shown yet, such as a package without a treatment, is left out. ListingView.
func (s *Service) Preview(ctx context.Context, who auth.Actor, provider int64) (*models.Profile, error) {
	if err := auth.May(who, auth.ListingView, near(who, provider)); err != nil {
		return nil, err
	}
	var p *models.Profile
	err := s.Store.Write(ctx, func(tx *models.Tx) error {
		w, err := s.open(tx, provider)
		if err != nil {
			return err
		}
		for path, d := range w.drafts {
			d.State = string(Drafted)
			w.drafts[path] = d
		}
		for _, u := range w.ready(nil) {
			if err := s.previewUnit(w, u); err != nil {
				return err
			}
		}
		if p, err = tx.Profile(provider); err != nil {
			return err
		}
		return errPreview
	})
	if errors.Is(err, errPreview) {
		err = nil
	}
	return p, err
}

func (s *Service) previewUnit(w *work, u unit) error {
	diffs := w.diffs(u)
	if problems := s.stillRight(w, u, diffs); !problems.OK() {
		return nil
	}
	for _, d := range diffs {
		if s.fieldProblem(d.Path, d.New, w.k) != "" {
			return nil
		}
	}
	why := &ruling{v: &models.Verification{ID: "preview", SentAt: w.tx.Now()}, evidence: Evidence{Retrieved: s.Today()}}
	return s.apply(w, u, diffs, why)
}
