package listing

import (
	"context"
	"errors"
	"slices"
	"strings"

	"carecorridor/auth"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/internal/when"
	"carecorridor/models"
)

// Certificate is one that a listing holds, as its own people see it.
type Certificate struct {
	Key       string
	Says      string // where it stands, in words
	Running   bool   // it counts as accreditation today
	ValidTo   when.Date
	CheckedOn when.Date
	NextCheck when.Date
	History   []models.AccreditationEvent // oldest first
}

// Certificates are all that a listing holds, in the order of their keys in the draft. ListingView.
func (s *Service) Certificates(ctx context.Context, who auth.Actor, provider int64) ([]Certificate, error) {
	if err := auth.May(who, auth.ListingView, near(who, provider)); err != nil {
		return nil, err
	}
	p, err := s.Store.ListingByID(ctx, provider)
	if err != nil {
		return nil, err
	}
	today := s.Today()
	var out []Certificate
	for _, a := range p.Accreditations {
		c := Certificate{Key: CertificateKey(a.Accreditation), Says: upperFirst(stateWords[a.State]), ValidTo: a.ValidTo, CheckedOn: a.CheckedOn, NextCheck: a.NextCheck,
			History: slices.Clone(a.Events)}
		c.Running = a.RegisterStatus == models.RegisterValid && a.ValidTo.Known() && !a.ValidTo.Before(today)
		slices.SortStableFunc(c.History, func(x, y models.AccreditationEvent) int { return x.On.Time().Compare(y.On.Time()) })
		out = append(out, c)
	}
	return out, nil
}

// Title names what a path or unit is about: "Knee replacement, one side", "NABH certificate H-1".
func (d Draft) Title(p Path) string {
	section, key, _ := p.parts()
	in, _ := SectionOf(section)
	if key == "" {
		return title(in, p, nil, d.ref)
	}
	entry := map[string]string{}
	for _, f := range in.Fields {
		at := PathOf(section, key, f.Name)
		if entry[f.Name] = d.Value(at); entry[f.Name] == "" {
			entry[f.Name] = d.Live[at]
		}
	}
	return title(in, p, entry, d.ref)
}

// OwnPhoto opens a photo of the draft for its own people, in the width asked for or the next smaller one there is.
// ListingView.
func (s *Service) OwnPhoto(ctx context.Context, who auth.Actor, file string, width int) ([]byte, error) {
	row, err := s.Store.ListingFileByID(ctx, file)
	if err != nil {
		return nil, err
	}
	if err := auth.May(who, auth.ListingView, near(who, row.ProviderID)); err != nil || row.Purpose != ForPhoto {
		return nil, errors.Join(err, fault.New(fault.Missing, "photo", nil))
	}
	return s.rendered(ctx, file, width)
}

// foreign refuses files that are not the listing's own, or are of another kind than the field's.
func (s *Service) foreign(ctx context.Context, provider int64, edits []Edit) (l check.List, err error) {
	for _, e := range edits {
		in, _ := SectionOf(e.Path.Section())
		if f, _ := in.Field(e.Path.Field()); f.Kind != File || e.Value == "" || e.Value == e.Seen {
			continue
		}
		row, err := s.Store.ListingFileByID(ctx, e.Value)
		if err != nil && !fault.Is(err, fault.Missing) {
			return nil, err
		}
		if err != nil || row.ProviderID != provider || !strings.HasPrefix(string(e.Path), row.Purpose+"/") {
			l.Add(string(e.Path), "This file is not one of yours. Choose it again")
		}
	}
	return l, nil
}
