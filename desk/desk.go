// Package desk is the alliance's own rules that belong to no other package: what waits, who reviewed a text, newer
// figures with their sources, statistics, and reading the audit trail. It is not for checks of listings
// (catalogue/listing), accounts (auth), feedback and reports (feedback), nor for pages (handlers).
package desk

import (
	"context"
	"fmt"
	"slices"
	"time"

	"carecorridor/auth"
	"carecorridor/catalogue"
	"carecorridor/content"
	"carecorridor/internal/when"
	"carecorridor/models"
)

// Options of New. Store, Catalogue, Texts and Clock are needed.
type Options struct {
	Store     *models.Store
	Catalogue *catalogue.Catalogue
	Texts     content.Library
	Clock     when.Clock

	// Names gives the names of people by id; who is not in the answer stays without a name.
	Names func(ctx context.Context, people []string) (map[string]string, error)
	// PastDue counts referrals whose next step is late; nil: there are none.
	PastDue func(ctx context.Context) (int, error)
}

// Service is everything of this package. It is safe for concurrent use. Every method that takes an actor asks the policy first.
type Service struct{ Options }

// New makes the service.
func New(o Options) (*Service, error) {
	if o.Store == nil || o.Catalogue == nil || o.Clock == nil {
		return nil, fmt.Errorf("desk: a part is missing")
	}
	return &Service{o}, nil
}

func (s *Service) now() time.Time { return s.Clock().UTC() }

// today is the day at the desk: Indian, as all days of certificates are.
func (s *Service) today() when.Date { return when.TodayIndia(s.now()) }

// NamesOf are names by id; without a name there is no entry.
func (s *Service) NamesOf(ctx context.Context, people ...string) (map[string]string, error) {
	ids := slices.DeleteFunc(slices.Compact(slices.Sorted(slices.Values(people))), func(id string) bool { return id == "" })
	if s.Names == nil || len(ids) == 0 {
		return map[string]string{}, nil
	}
	return s.Names(ctx, ids)
}

// Colleague is somebody of the staff who may do something.
type Colleague struct{ Person, Name string }

// Colleagues are the people of the actor's own organisation whose role has an action, by name. DeskView.
func (s *Service) Colleagues(ctx context.Context, who auth.Actor, act auth.Action) ([]Colleague, error) {
	if err := auth.May(who, auth.DeskView, ""); err != nil {
		return nil, err
	}
	rows, err := s.Store.MembersOf(ctx, who.Org)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, m := range rows {
		if m.State == "active" && m.PersonState == "active" && auth.Can(auth.Role(m.Role), act) {
			ids = append(ids, m.PersonID)
		}
	}
	names, err := s.NamesOf(ctx, ids...)
	var out []Colleague
	for id, name := range names {
		out = append(out, Colleague{id, name})
	}
	slices.SortFunc(out, func(a, b Colleague) int { return compareNames(a.Name, b.Name, a.Person, b.Person) })
	return out, err
}

func compareNames(a, b, idA, idB string) int {
	switch {
	case a < b || a == b && idA < idB:
		return -1
	case a == b && idA == idB:
		return 0
	}
	return 1
}

func audited(who auth.Actor, act, on, id, why string, facts map[string]string) models.Audited {
	return models.Audited{Person: who.Person, Org: who.Org, Role: string(who.Role), Action: act, On: on, ID: id, Why: why, Facts: facts}
}

// EndsSoon is how many days before its last day a certificate is counted on the dashboard.
const EndsSoon = 30

// Overview is what waits.
type Overview struct {
	models.DeskCounts
	Ending  int // certificates that we follow and that end within EndsSoon days
	PastDue int // referrals
}

// Overview counts what waits. DeskView.
func (s *Service) Overview(ctx context.Context, who auth.Actor) (o Overview, err error) {
	if err := auth.May(who, auth.DeskView, ""); err != nil {
		return o, err
	}
	if o.DeskCounts, err = s.Store.DeskCounts(ctx); err != nil {
		return o, err
	}
	ending, err := s.Store.CertificatesEnding(ctx, s.today(), s.today().AddDays(EndsSoon))
	if err != nil {
		return o, err
	}
	o.Ending = len(ending)
	if s.PastDue != nil {
		o.PastDue, err = s.PastDue(ctx)
	}
	return o, err
}

// EndingCertificate is one that ends soon.
type EndingCertificate struct {
	models.Accreditation
	Slug, Hospital string
	Days           int
}

// Ending are the certificates that end within EndsSoon days, the first to end first. VerificationView.
func (s *Service) Ending(ctx context.Context, who auth.Actor) ([]EndingCertificate, error) {
	if err := auth.May(who, auth.VerificationView, ""); err != nil {
		return nil, err
	}
	rows, err := s.Store.CertificatesEnding(ctx, s.today(), s.today().AddDays(EndsSoon))
	if err != nil {
		return nil, err
	}
	var out []EndingCertificate
	for _, a := range rows {
		p, err := s.Store.ProviderByID(ctx, a.ProviderID)
		if err != nil {
			return nil, err
		}
		out = append(out, EndingCertificate{a, p.Slug, p.Name, s.today().DaysUntil(a.ValidTo)})
	}
	slices.SortStableFunc(out, func(a, b EndingCertificate) int { return a.Days - b.Days })
	return out, nil
}
