package listing_test

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"carecorridor/auth"
	"carecorridor/catalogue"
	"carecorridor/catalogue/listing"
	"carecorridor/internal/fault"
	"carecorridor/internal/files"
	"carecorridor/internal/seal"
	"carecorridor/internal/testdb"
	"carecorridor/internal/when"
	"carecorridor/models"
)

// begin is the day of the tests: 22 November 2026 in London and in India.
var begin = time.Date(2026, 11, 22, 9, 30, 0, 0, time.UTC)

// clock can be moved.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) move(days int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.AddDate(0, 0, days)
}

// world is a service over two hospitals and the people of the tests.
type world struct {
	*listing.Service
	t       *testing.T
	store   *models.Store
	clock   *clock
	a, b    int64 // hospitals
	told    []listing.Letter
	flagged []string
	owners  int // people that a letter to a hospital reaches
}

// People: Asha and Bala edit hospital a, Chitra owns hospital b; Vera, Victor and Vimal check.
var (
	asha   = auth.Actor{Person: "asha", Org: "org-a", Role: auth.ProviderEditor}
	bala   = auth.Actor{Person: "bala", Org: "org-a", Role: auth.ProviderOwner}
	chitra = auth.Actor{Person: "chitra", Org: "org-b", Role: auth.ProviderOwner}
	vera   = auth.Actor{Person: "vera", Org: "alliance", Role: auth.Verifier}
	victor = auth.Actor{Person: "victor", Org: "alliance", Role: auth.Verifier}
)

func (w *world) asha() auth.Actor   { a := asha; a.Provider = w.a; return a }
func (w *world) bala() auth.Actor   { a := bala; a.Provider = w.a; return a }
func (w *world) chitra() auth.Actor { a := chitra; a.Provider = w.b; return a }

func each(t *testing.T, f func(t *testing.T, w *world)) {
	t.Helper()
	c := &clock{now: begin}
	testdb.EachWith(t, models.Options{Clock: c.Now}, func(t *testing.T, s *models.Store) {
		c.mu.Lock()
		c.now = begin
		c.mu.Unlock()
		f(t, newWorld(t, s, c))
	})
}

func newWorld(t *testing.T, s *models.Store, c *clock) *world {
	t.Helper()
	w := &world{t: t, store: s, clock: c, owners: 1}
	w.a, w.b = furnish(t, s)
	cat, err := catalogue.Open(t.Context(), s, c.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	box, err := seal.New()
	if err != nil {
		t.Fatal(err)
	}
	w.Service, err = listing.New(listing.Options{Store: s, Catalogue: cat, Clock: c.Now, Files: files.Memory(box),
		Names: func(_ context.Context, people []string) (map[string]string, error) {
			return map[string]string{"asha": "Asha", "bala": "Bala"}, nil
		},
		Belongs: func(_ context.Context, person string, provider int64) (bool, error) {
			return person == "vimal" && provider == w.a, nil
		},
		Tell: func(_ *models.Tx, _ int64, l listing.Letter) (int, error) {
			if w.owners > 0 {
				w.told = append(w.told, l)
			}
			return w.owners, nil
		},
		Flag: func(_ *models.Tx, _ int64, why string) error { w.flagged = append(w.flagged, why); return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func day(s string) when.Date {
	d, err := when.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func ptr[T any](v T) *T { return &v }

func write(t testing.TB, s *models.Store, f func(*models.Tx) error) {
	t.Helper()
	if err := s.Write(context.Background(), f); err != nil {
		t.Fatal(err)
	}
}

// furnish puts two sample hospitals and what they need.
func furnish(t testing.TB, s *models.Store) (a, b int64) {
	t.Helper()
	write(t, s, func(tx *models.Tx) error {
		ids, _, err := tx.PutSources([]models.Source{{ID: 1, Key: "sample", Kind: "sample", Title: "Invented"}})
		if err != nil {
			return err
		}
		src := ids[1]
		for _, put := range []func() (models.Wrote, error){
			func() (models.Wrote, error) {
				return tx.PutCities([]models.City{{Slug: "chennai", Name: "Chennai", State: "Tamil Nadu"}})
			},
			func() (models.Wrote, error) {
				return tx.PutSpecialties([]models.Specialty{{Slug: "orthopaedics", Name: "Orthopaedics", SourceID: src}, {Slug: "cardiology", Name: "Cardiology", SourceID: src}})
			},
			func() (models.Wrote, error) {
				return tx.PutProcedures([]models.Procedure{{Slug: "knee", Name: "Knee replacement", SpecialtySlug: "orthopaedics", SourceID: src},
					{Slug: "hip", Name: "Hip replacement", SpecialtySlug: "orthopaedics", SourceID: src}, {Slug: "kidney-transplant", Name: "Kidney transplant", SpecialtySlug: "cardiology", SourceID: src}})
			},
			func() (models.Wrote, error) {
				return tx.PutFXRates([]models.FXRate{{Period: "2026-10", Kind: "monthly_average", Base: "GBP", Quote: "INR", Rate: 100, SourceID: src}})
			},
		} {
			if _, err := put(); err != nil {
				return err
			}
		}
		all := []models.ProviderBundle{hospital("marina", src), hospital("lotus", src)}
		_, err = tx.PutProviders(all)
		a, b = all[0].ID, all[1].ID
		return err
	})
	return a, b
}

// hospital has one certificate that ends on 31 December 2026 and two packages.
func hospital(slug string, src int64) models.ProviderBundle {
	return models.ProviderBundle{
		Provider:    models.Provider{Slug: slug, Name: "Hospital " + slug, Kind: "multi_specialty", Origin: "sample", Sample: true},
		Sites:       []models.Site{{Main: true, CitySlug: "chennai", Address: "1 Beach Road", Postcode: "600001"}},
		Facts:       []models.Fact{{Name: "beds", Value: "200", Scope: "hospital", Evidence: "hospital_says", SourceID: src}},
		Specialties: []models.ProviderSpecialty{{SpecialtySlug: "orthopaedics", SourceID: src}},
		Languages:   []models.ProviderLanguage{{Language: "tamil", SourceID: src}},
		Accreditations: []models.AccreditationBundle{{Accreditation: models.Accreditation{Body: "NABH", Programme: "Hospital", Level: "full", Number: "H-" + slug,
			ValidFrom: day("2024-01-01"), ValidTo: day("2026-12-31"), RegisterStatus: models.RegisterValid, CheckedOn: day("2026-11-01"), Evidence: "sample",
			ListedName: "Hospital " + slug, SourceID: src}}},
		Packages: []models.PackageBundle{
			{Package: models.Package{ProcedureSlug: "knee", Name: "Knee, one side", Room: "Single room", StayNights: ptr(5), DaysInIndia: ptr(14), AmountMinor: 529000, Currency: "GBP",
				ValidFrom: day("2026-01-01"), ValidTo: day("2027-06-30"), Live: true, SourceID: src},
				Items: []models.PackageItem{{Kind: "included", Label: "Surgeon, anaesthetist and theatre", Ord: 1}, {Kind: "on_top", Label: "Blood, if needed", AmountMinor: ptr(int64(2500)), Currency: "GBP", Per: "unit", Ord: 2}}},
			{Package: models.Package{ProcedureSlug: "hip", Name: "Hip", Room: "Twin room", AmountMinor: 40000000, Currency: "INR", ValidTo: day("2026-12-10"), Live: true, SourceID: src}},
		},
	}
}

// key of the entry of a section whose field has a value.
func key(d listing.Draft, section, field, value string) string {
	for p, v := range d.Values() {
		if p.Section() == section && p.Field() == field && v == value {
			return p.Key()
		}
	}
	return ""
}

func (w *world) draft(who auth.Actor) listing.Draft {
	w.t.Helper()
	d, err := w.Draft(w.t.Context(), who, who.Provider)
	if err != nil {
		w.t.Fatal(err)
	}
	return d
}

// set saves one value as a person who sees what is there now, and fails unless it is kept.
func (w *world) set(who auth.Actor, pairs ...string) {
	w.t.Helper()
	saved := w.try(who, pairs...)
	if !saved.OK() {
		w.t.Fatalf("%v: %+v", pairs, saved)
	}
}

func (w *world) try(who auth.Actor, pairs ...string) listing.Saved {
	w.t.Helper()
	d := w.draft(who)
	var edits []listing.Edit
	for i := 0; i < len(pairs); i += 2 {
		p := listing.Path(pairs[i])
		edits = append(edits, listing.Edit{Path: p, Seen: d.Value(p), Value: pairs[i+1]})
	}
	saved, err := w.Save(w.t.Context(), who, who.Provider, edits, false)
	if err != nil {
		w.t.Fatal(err)
	}
	return saved
}

// send sends everything and fails unless it goes.
func (w *world) send(who auth.Actor) listing.SentOff {
	w.t.Helper()
	sent, problems, err := w.Send(w.t.Context(), who, who.Provider, nil)
	if err != nil || !problems.OK() {
		w.t.Fatalf("%v, %v", problems, err)
	}
	return sent
}

// waiting is the one item that waits.
func (w *world) waiting() listing.Item {
	w.t.Helper()
	page, err := w.Queue(w.t.Context(), vera, listing.Filter{})
	if err != nil || len(page.Items) != 1 {
		w.t.Fatalf("%d wait, %v", len(page.Items), err)
	}
	return page.Items[0]
}

func approval(i listing.Item) listing.Decision {
	d := listing.Decision{Item: i.ID, Version: i.Version, Verdict: listing.Approve, Evidence: listing.Evidence{Method: listing.RegisterLookup, URL: "https://register.example/1", Retrieved: day("2026-11-22"), Hash: strings.Repeat("0a", 32)}}
	if ways := i.Methods(); len(ways) > 0 {
		d.Evidence.Method = ways[0].Method
	}
	for _, c := range i.Checks {
		d.Ticked = append(d.Ticked, c.Code)
	}
	return d
}

// approve decides as each of the people in turn and fails when one may not.
func (w *world) approve(people ...auth.Actor) listing.Item {
	w.t.Helper()
	var out listing.Item
	i := w.waiting()
	for _, who := range people {
		d := approval(i)
		d.Evidence.Retrieved = w.Today()
		var err error
		out, _, err = w.Decide(w.t.Context(), who, d)
		if err != nil {
			w.t.Fatal(err)
		}
		i = out
	}
	return out
}

func (w *world) live(provider int64) *models.Profile {
	w.t.Helper()
	p, err := w.store.ListingByID(w.t.Context(), provider)
	if err != nil {
		w.t.Fatal(err)
	}
	return p
}

func (w *world) history(provider int64) []string {
	var out []string
	for _, c := range w.live(provider).Changes {
		out = append(out, c.What)
	}
	return out
}

func wantKind(t testing.TB, err error, k fault.Kind) {
	t.Helper()
	if !fault.Is(err, k) {
		t.Fatalf("got %v (%v), want %v", err, fault.KindOf(err), k)
	}
}

func contains(t testing.TB, all []string, one string) {
	t.Helper()
	if !slices.Contains(all, one) {
		t.Errorf("%q is not in %q", one, all)
	}
}

// sendClinician is the hospital that sends a first clinician for checking.
func (w *world) sendClinician() {
	w.t.Helper()
	at := "clinician/dr-1/"
	w.set(w.asha(), at+"name", "Dr R. Menon", at+"qualification", "MS (Orth)", at+"council", "Tamil Nadu Medical Council", at+"registration", "12345", at+"year", "2004")
	w.send(w.asha())
}
