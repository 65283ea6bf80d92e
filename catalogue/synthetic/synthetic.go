// Package synthetic makes a deterministic invented catalogue for measurements: the same numbers on every
// machine. It is not for demonstrations (catalogue/seed has samples for that) and never runs by itself.
package synthetic

import (
	"context"
	"fmt"
	"math/rand/v2"

	"carecorridor/internal/money"
	"carecorridor/internal/when"
	"carecorridor/models"
)

// Plan says how much to make.
type Plan struct {
	Providers int
	Packages  int // of each provider
	Seed      uint64
	Today     when.Date // certificates and packages run around this day
	Progress  func(done, total int)
}

// batch is how many providers one transaction writes.
const batch = 2000

// Load writes the plan's catalogue into a store that holds the reference data, a batch a transaction.
func Load(ctx context.Context, s *models.Store, p Plan) error {
	m, err := newMaker(ctx, s, p)
	if err != nil {
		return err
	}
	for from := 0; from < p.Providers; from += batch {
		to := min(from+batch, p.Providers)
		err := s.Write(ctx, func(tx *models.Tx) error {
			sources := []models.Source{source}
			if _, _, err := tx.PutSources(sources); err != nil {
				return err
			}
			bundles := make([]models.ProviderBundle, 0, to-from)
			for i := from; i < to; i++ {
				bundles = append(bundles, m.provider(i, sources[0].ID))
			}
			_, err := tx.PutProviders(bundles)
			return err
		})
		if err != nil {
			return fmt.Errorf("synthetic providers %d to %d: %w", from, to, err)
		}
		if p.Progress != nil {
			p.Progress(to, p.Providers)
		}
	}
	return nil
}

var source = models.Source{ID: 1, Key: "synthetic", Kind: "sample", Title: "Synthetic catalogue for measurements", Publisher: "Care Corridor", PublishedOn: "n.d."}

// maker draws providers from the reference data.
type maker struct {
	plan       Plan
	cities     []models.City
	procedures []models.Procedure
}

func newMaker(ctx context.Context, s *models.Store, p Plan) (*maker, error) {
	cities, err := s.Cities(ctx)
	if err != nil {
		return nil, err
	}
	procedures, err := s.Procedures(ctx)
	if err != nil {
		return nil, err
	}
	if len(cities) == 0 || len(procedures) == 0 {
		return nil, fmt.Errorf("synthetic catalogue: load the seed first")
	}
	return &maker{p, cities, procedures}, nil
}

var (
	firstWords  = []string{"Lakeside", "Northern", "Meridian", "Banyan", "Coral", "Saffron", "Hilltop", "Riverbend", "Lotus", "Granite"}
	secondWords = []string{"Heart", "General", "Joint", "Vision", "Women's", "Children's", "Cancer", "Multispeciality", "Surgical", "City"}
	languages   = []string{"english", "hindi", "tamil", "telugu", "bengali", "gujarati"}
)

// provider is the i-th hospital; all of it rests on one source.
func (m *maker) provider(i int, source int64) models.ProviderBundle {
	r := rand.New(rand.NewPCG(m.plan.Seed, uint64(i)))
	city := m.cities[r.IntN(len(m.cities))]
	name := fmt.Sprintf("%s %s Hospital %05d", firstWords[r.IntN(len(firstWords))], secondWords[r.IntN(len(secondWords))], i)
	b := models.ProviderBundle{Provider: models.Provider{Slug: fmt.Sprintf("synthetic-%05d", i), Name: name, Kind: "multi_specialty", Origin: "sample", Sample: true, State: models.Published, CheckedOn: m.plan.Today}}
	site := models.Site{Main: true, CitySlug: city.Slug, Address: fmt.Sprintf("%d Test Road", i), Postcode: "600001", CoordPrecision: "site", CoordNote: "invented point", SourceID: &source}
	if city.Lat != nil && city.Lng != nil {
		lat, lng := *city.Lat+r.Float64()/5-0.1, *city.Lng+r.Float64()/5-0.1
		site.Lat, site.Lng = &lat, &lng
	}
	b.Sites = []models.Site{site}
	if i%20 != 0 {
		b.Accreditations = append(b.Accreditations, m.certificate("NABH", i, source))
	}
	if i%3 == 0 {
		b.Accreditations = append(b.Accreditations, m.certificate("JCI", i, source))
	}
	for _, l := range languages[:1+r.IntN(len(languages))] {
		b.Languages = append(b.Languages, models.ProviderLanguage{Language: l, SourceID: source})
	}
	m.packages(&b, r, source)
	return b
}

func (m *maker) certificate(body string, i int, source int64) models.AccreditationBundle {
	return models.AccreditationBundle{Accreditation: models.Accreditation{Body: body, Programme: "Hospital", Level: "full", Number: fmt.Sprintf("SYN-%s-%05d", body, i),
		ValidFrom: m.plan.Today.AddDays(-400), ValidTo: m.plan.Today.AddDays(400), RegisterStatus: models.RegisterValid, CheckedOn: m.plan.Today, Evidence: "sample", SourceID: source}}
}

func (m *maker) packages(b *models.ProviderBundle, r *rand.Rand, source int64) {
	specialties := map[string]bool{}
	for k := range m.plan.Packages {
		p := m.procedures[r.IntN(len(m.procedures))]
		nights := 1 + r.IntN(10)
		b.Packages = append(b.Packages, models.PackageBundle{Package: models.Package{ProcedureSlug: p.Slug, Name: fmt.Sprintf("%s, option %d", p.Name, k+1), Room: "single", StayNights: &nights,
			AmountMinor: int64(20_000+r.IntN(1_500_000)) * 100, Currency: money.INR, ValidFrom: m.plan.Today.AddDays(-30), ValidTo: m.plan.Today.AddDays(330), Live: true, SourceID: source}})
		if !specialties[p.SpecialtySlug] {
			specialties[p.SpecialtySlug] = true
			b.Specialties = append(b.Specialties, models.ProviderSpecialty{SpecialtySlug: p.SpecialtySlug, ListedAs: p.SpecialtySlug, SourceID: source})
		}
	}
}
