package models

import (
	"context"

	"carecorridor/internal/fault"
)

// Profile is everything the public may know of one provider.
type Profile struct {
	ProviderBundle
	Sources map[int64]Source // every source that a row of the bundle names, by id
}

// ProfileBySlug reads a published provider. Unknown is fault.Missing, withdrawn fault.Gone.
func (s *Store) ProfileBySlug(ctx context.Context, slug string) (*Profile, error) {
	const op = "profile"
	if badText(slug) != "" {
		return nil, fault.New(fault.Missing, op, nil)
	}
	one := make([]ProviderBundle, 1)
	if err := s.read(ctx).Where("slug = ?", slug).Take(&one[0].Provider).Error; err != nil {
		return nil, asFault(op, err)
	}
	if one[0].State != Published {
		return nil, fault.New(fault.Gone, op, nil)
	}
	db := s.read(ctx)
	p := &Profile{Sources: make(map[int64]Source)}
	err := first(
		func() error { return children(db, []int64{one[0].ID}, one) },
		func() error { return people(db, []int64{one[0].ID}, one) },
		func() error { return places(db, one) },
		func() error { p.ProviderBundle = one[0]; return s.sourcesOf(ctx, p) },
	)
	return p, asFault(op, err)
}

func (s *Store) sourcesOf(ctx context.Context, p *Profile) error {
	ids := p.sourceIDs()
	if len(ids) == 0 {
		return nil
	}
	var rows []Source
	if err := s.read(ctx).Where("id IN ?", keys(ids)).Find(&rows).Error; err != nil {
		return err
	}
	for _, r := range rows {
		p.Sources[r.ID] = r
	}
	return nil
}

func (b *ProviderBundle) sourceIDs() map[int64]bool {
	ids := make(map[int64]bool)
	maybe := func(id *int64) {
		if id != nil {
			ids[*id] = true
		}
	}
	for _, r := range b.Sites {
		maybe(r.SourceID)
	}
	for _, r := range b.Facts {
		ids[r.SourceID] = true
	}
	for _, r := range b.Specialties {
		ids[r.SourceID] = true
	}
	for _, r := range b.Languages {
		ids[r.SourceID] = true
	}
	for _, r := range b.Procedures {
		ids[r.SourceID] = true
	}
	for _, r := range b.Accreditations {
		ids[r.SourceID] = true
		for _, e := range r.Events {
			ids[e.SourceID] = true
		}
	}
	for _, r := range b.Packages {
		ids[r.SourceID] = true
	}
	for _, r := range b.Changes {
		maybe(r.SourceID)
	}
	for _, r := range b.Clinicians {
		ids[r.SourceID] = true
	}
	for _, r := range b.Measures {
		ids[r.SourceID] = true
	}
	for _, r := range b.Photos {
		ids[r.SourceID] = true
	}
	return ids
}
