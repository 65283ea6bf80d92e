package catalogue

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"

	"carecorridor/internal/when"
	"carecorridor/models"
	"carecorridor/search/resolver"
)

// Reference is everything that is not a hospital, held in memory: treatments, places, prices published by
// others, waits, rates, sources. It is immutable; a new one replaces it when the catalogue's generation moves.
type Reference struct {
	Specialties []models.Specialty // by name
	Procedures  []models.Procedure // by name
	Hubs        []models.Hub       // in their own order
	Cities      []models.City
	Airports    []models.Airport
	Routes      []models.Route
	TripCosts   []models.TripCost
	Sources     []models.Source // by title
	Rates       Rates
	Resolver    *resolver.Resolver

	aliases     []models.Alias
	waits       []models.NHSWait
	specialty   map[string]models.Specialty
	procedure   map[string]models.Procedure
	hub         map[string]models.Hub
	city        map[string]models.City
	airport     map[string]models.Airport
	source      map[int64]models.Source
	evidence    map[string][]models.PriceEvidence
	codes       map[string][]models.ProcedureCode
	stays       map[string][]models.ProcedureStay
	lay         map[string][]string
	fxRows      []models.FXRate
	bySpecialty map[string][]models.Procedure
	treatments  sync.Map // slug → *Treatment, made when first asked for
	lexicon     resolver.Data
}

// loadReference reads all reference tables, one statement each. It keeps the resolver of before (nil: none) when the words
// it was made of are the same: making one takes longer than all the statements, and most changes are of a hospital.
func loadReference(ctx context.Context, s *models.Store, before *Reference) (*Reference, error) {
	r := &Reference{}
	var evidence []models.PriceEvidence
	var codes []models.ProcedureCode
	var stays []models.ProcedureStay
	var newer []models.ReferenceFigure
	steps := []struct {
		noun string
		load func() error
	}{
		{"specialties", into(ctx, s.Specialties, &r.Specialties)},
		{"procedures", into(ctx, s.Procedures, &r.Procedures)},
		{"aliases", into(ctx, s.Aliases, &r.aliases)},
		{"hubs", into(ctx, s.Hubs, &r.Hubs)},
		{"cities", into(ctx, s.Cities, &r.Cities)},
		{"airports", into(ctx, s.Airports, &r.Airports)},
		{"routes", into(ctx, s.Routes, &r.Routes)},
		{"trip costs", into(ctx, s.TripCosts, &r.TripCosts)},
		{"sources", into(ctx, s.Sources, &r.Sources)},
		{"waits", into(ctx, s.NHSWaits, &r.waits)},
		{"rates", into(ctx, s.FXRates, &r.fxRows)},
		{"price evidence", into(ctx, s.PriceEvidence, &evidence)},
		{"codes", into(ctx, s.ProcedureCodes, &codes)},
		{"stays", into(ctx, s.ProcedureStays, &stays)},
		{"newer figures", into(ctx, s.ReferenceFigures, &newer)},
	}
	for _, step := range steps {
		if err := step.load(); err != nil {
			return nil, fmt.Errorf("reference %s: %w", step.noun, err)
		}
	}
	r.TripCosts, r.fxRows = withFigures(r.TripCosts, r.fxRows, newer)
	r.index(evidence, codes, stays)
	r.lexicon = Lexicon(r.Specialties, r.Procedures, r.aliases, r.Cities, r.Hubs)
	if before != nil && reflect.DeepEqual(r.lexicon, before.lexicon) {
		r.Resolver = before.Resolver
	} else {
		r.Resolver = resolver.New(r.lexicon)
	}
	return r, nil
}

func into[T any](ctx context.Context, load func(context.Context) (T, error), dst *T) func() error {
	return func() (err error) {
		*dst, err = load(ctx)
		return err
	}
}

func (r *Reference) index(evidence []models.PriceEvidence, codes []models.ProcedureCode, stays []models.ProcedureStay) {
	slices.SortFunc(r.Specialties, func(a, b models.Specialty) int { return strings.Compare(a.Name, b.Name) })
	slices.SortFunc(r.Procedures, func(a, b models.Procedure) int { return strings.Compare(a.Name, b.Name) })
	r.specialty = by(r.Specialties, func(s models.Specialty) string { return s.Slug })
	r.procedure = by(r.Procedures, func(p models.Procedure) string { return p.Slug })
	r.hub = by(r.Hubs, func(h models.Hub) string { return h.Slug })
	r.city = by(r.Cities, func(c models.City) string { return c.Slug })
	r.airport = by(r.Airports, func(a models.Airport) string { return a.IATA })
	r.source = by(r.Sources, func(s models.Source) int64 { return s.ID })
	r.evidence = group(evidence, func(e models.PriceEvidence) string { return e.ProcedureSlug })
	r.codes = group(codes, func(c models.ProcedureCode) string { return c.ProcedureSlug })
	r.stays = group(stays, func(s models.ProcedureStay) string { return s.ProcedureSlug })
	r.bySpecialty = group(r.Procedures, func(p models.Procedure) string { return p.SpecialtySlug })
	r.lay = map[string][]string{}
	for _, a := range r.aliases {
		if a.Of == "procedure" && a.Kind == "lay" {
			r.lay[a.Slug] = append(r.lay[a.Slug], a.Term)
		}
	}
	r.Rates = newRates(r.fxRows, func(id int64) when.Date {
		d, _ := when.ParseDate(r.source[id].PublishedOn)
		return d
	})
}

func by[K comparable, T any](rows []T, key func(T) K) map[K]T {
	m := make(map[K]T, len(rows))
	for _, row := range rows {
		m[key(row)] = row
	}
	return m
}

func group[K comparable, T any](rows []T, key func(T) K) map[K][]T {
	m := make(map[K][]T)
	for _, row := range rows {
		m[key(row)] = append(m[key(row)], row)
	}
	return m
}

// Specialty looks a specialty up.
func (r *Reference) Specialty(slug string) (models.Specialty, bool) {
	s, ok := r.specialty[slug]
	return s, ok
}

// Procedure looks a treatment up.
func (r *Reference) Procedure(slug string) (models.Procedure, bool) {
	p, ok := r.procedure[slug]
	return p, ok
}

// Hub looks a hub up.
func (r *Reference) Hub(slug string) (models.Hub, bool) {
	h, ok := r.hub[slug]
	return h, ok
}

// City looks a city up.
func (r *Reference) City(slug string) (models.City, bool) {
	c, ok := r.city[slug]
	return c, ok
}

// Airport looks an airport up by its IATA code, upper case.
func (r *Reference) Airport(iata string) (models.Airport, bool) {
	a, ok := r.airport[iata]
	return a, ok
}

// Source looks a source up.
func (r *Reference) Source(id int64) (models.Source, bool) {
	s, ok := r.source[id]
	return s, ok
}

// ProceduresOf lists the treatments of a specialty by name.
func (r *Reference) ProceduresOf(specialty string) []models.Procedure {
	return r.bySpecialty[specialty]
}

// LayTerms are the words people use for a treatment.
func (r *Reference) LayTerms(procedure string) []string { return r.lay[procedure] }

// Codes of a treatment.
func (r *Reference) Codes(procedure string) []models.ProcedureCode { return r.codes[procedure] }

// Stays of a treatment: sourced spans of days and weeks.
func (r *Reference) Stays(procedure string) []models.ProcedureStay { return r.stays[procedure] }

// Wait is the newest NHS wait for a specialty.
func (r *Reference) Wait(specialty string) (Wait, bool) { return waitFor(r.waits, specialty) }

// SpecialtiesOf are the specialties that do a treatment, its own first.
func (r *Reference) SpecialtiesOf(procedure string) []string {
	p, ok := r.procedure[procedure]
	if !ok {
		return nil
	}
	return append([]string{p.SpecialtySlug}, strings.Fields(p.OtherSpecialties)...)
}

// lines splits newline-separated text, without empty parts.
func lines(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == '\n' })
}
