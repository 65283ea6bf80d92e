package listing

import (
	"context"
	"slices"
	"strings"

	"carecorridor/auth"
	"carecorridor/models"
)

// Sizes of a page of the queue.
const (
	pageSize = 50
	pageMost = 200
)

// Queue lists what waits, oldest first. VerificationView.
func (s *Service) Queue(ctx context.Context, who auth.Actor, f Filter) (Page, error) {
	if err := auth.May(who, auth.VerificationView, ""); err != nil {
		return Page{}, err
	}
	q := models.VerificationFilter{Kind: string(f.Kind), Section: f.Section, Provider: f.Provider, After: f.After}
	for _, state := range f.States {
		q.States = append(q.States, string(state))
	}
	if len(q.States) == 0 {
		q.States = []string{string(Waiting), string(WaitingSecond)}
	}
	if f.Mine {
		q.NotBy, q.NotOrg = who.Person, who.Provider
	}
	size := pageSize
	if f.Limit > 0 {
		size = min(f.Limit, pageMost)
	}
	rows, err := s.Store.Verifications(ctx, q, size+1)
	if err != nil {
		return Page{}, err
	}
	n, oldest, err := s.Store.CountVerifications(ctx, q)
	if err != nil {
		return Page{}, err
	}
	page := Page{Total: int(n), Oldest: oldest, More: len(rows) > size}
	for _, r := range rows[:min(len(rows), size)] {
		item, err := s.itemOf(r)
		if err != nil {
			return Page{}, err
		}
		page.Items = append(page.Items, item)
	}
	return page, nil
}

// Groups are the hospitals of which something waits, the longest waiting first. VerificationView.
func (s *Service) Groups(ctx context.Context, who auth.Actor) ([]Group, error) {
	if err := auth.May(who, auth.VerificationView, ""); err != nil {
		return nil, err
	}
	rows, err := s.Store.VerificationGroups(ctx, pageMost)
	var out []Group
	for _, r := range rows {
		out = append(out, Group{Provider: r.ProviderID, Slug: r.Slug, Name: r.Name, Items: r.Items, Oldest: r.Oldest})
	}
	return out, err
}

// Item reads one. VerificationView.
func (s *Service) Item(ctx context.Context, who auth.Actor, id string) (Item, error) {
	if err := auth.May(who, auth.VerificationView, ""); err != nil {
		return Item{}, err
	}
	return s.item(ctx, id)
}

func (s *Service) item(ctx context.Context, id string) (Item, error) {
	row, err := s.Store.VerificationByID(ctx, id)
	if err != nil {
		return Item{}, err
	}
	return s.itemOf(row)
}

// mostOwn is how many checks a hospital sees of its own.
const mostOwn = 200

// ItemsOf are the newest checks of a listing for its own people, decided ones included. ListingView. Who checked them
// is not told.
func (s *Service) ItemsOf(ctx context.Context, who auth.Actor, provider int64) ([]Item, error) {
	if err := auth.May(who, auth.ListingView, near(who, provider)); err != nil {
		return nil, err
	}
	rows, err := s.Store.VerificationsOf(ctx, provider, mostOwn)
	var out []Item
	for _, r := range rows {
		item, e := s.itemOf(models.VerificationLine{Verification: r})
		if e != nil {
			return nil, e
		}
		item.FirstBy, item.DecidedBy, item.Ticked = "", "", nil
		out = append(out, item)
	}
	return out, err
}

func (s *Service) itemOf(r models.VerificationLine) (Item, error) {
	i := Item{ID: r.ID, Version: r.Version, Kind: Kind(r.Kind), State: ItemState(r.State), Slug: r.Slug, Name: r.Hospital, Unit: r.Unit, Finding: r.Finding, New: r.Fresh,
		NeedsSecond: r.SecondWhy != "", SecondWhy: r.SecondWhy, Ticked: strings.Fields(r.Ticked), Proposers: strings.Fields(r.SentBy), SentAt: r.SentAt.UTC(), Reason: r.Reason,
		FirstBy: r.FirstBy, FirstAt: r.FirstAt, DecidedBy: r.DecidedBy, DecidedAt: r.DecidedAt}
	if r.ProviderID != nil {
		i.Provider = *r.ProviderID
	}
	if err := unpacked(r.Fields, &i.Fields); err != nil {
		return i, err
	}
	if err := unpacked(r.Evidence, &i.Evidence); err != nil {
		return i, err
	}
	i.Section, _, _ = strings.Cut(r.Unit, "/")
	in, _ := SectionOf(i.Section)
	i.Checks = in.Checks
	entry := map[string]string{}
	at := Path(r.Unit)
	for _, d := range i.Fields {
		at, entry[d.Path.Field()] = d.Path, d.New
		if d.New == "" {
			entry[d.Path.Field()] = d.Old
		}
	}
	i.Title = r.Name
	if t := title(in, at, entry, s.Catalogue.Reference()); i.Title == "" {
		i.Title = t
	}
	return i, nil
}

// checksMissing are the lines of an item's checklist that were not ticked.
func (i Item) checksMissing(ticked []string) (out []Check) {
	for _, c := range i.Checks {
		if !slices.Contains(ticked, c.Code) {
			out = append(out, c)
		}
	}
	return out
}
