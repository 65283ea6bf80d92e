package models_test

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"carecorridor/internal/fault"
	"carecorridor/internal/testdb"
	"carecorridor/internal/when"
	"carecorridor/models"
)

func TestACardHoldsWhatIsTrueToday(t *testing.T) {
	t.Parallel()
	testdb.EachWith(t, fixed, func(t *testing.T, s *models.Store) {
		ids := furnish(t, s, plain("erode-clinic"))
		cards, err := s.Cards(context.Background(), []int64{ids[1], 999, ids[0]}, "knee")
		if err != nil || len(cards) != 2 || cards[0].ID != ids[1] || cards[1].ID != ids[0] {
			t.Fatalf("%+v, %v", cards, err)
		}
		c := cards[1]
		if c.Slug != "marina-chennai" || c.City != "Chennai" || c.State != "Tamil Nadu" || c.Hub != "Chennai" || c.AirportIATA != "MAA" || !c.Sample {
			t.Errorf("place: %+v", c)
		}
		if !c.UpdatedAt.Equal(now) || c.Version != 1 || c.CheckedOn.String() != "2026-11-01" || *c.AirportKM != 14.2 {
			t.Errorf("row: %+v", c)
		}
		if !slices.Equal(c.Specialties, []string{"orthopaedics"}) || !slices.Equal(c.Languages, []string{"english", "tamil"}) {
			t.Errorf("lists: %v %v", c.Specialties, c.Languages)
		}
		if len(c.Accreditations) != 2 || c.Accreditations[1].Number != "H-1" || c.Accreditations[1].ValidTo.String() != "2027-01-01" ||
			c.Accreditations[0].ValidTo.Known() || c.Accreditations[0].RegisterStatus != models.RegisterClaimed || c.Accreditations[1].ProviderID != c.ID {
			t.Errorf("certificates: %+v", c.Accreditations)
		}
		if c.Packages != 3 || len(c.Cheapest) != 2 || c.Cheapest[0].Name != "Knee, in pounds" || c.Cheapest[1].Name != "Knee, twin room" {
			t.Fatalf("%d packages, cheapest %+v", c.Packages, c.Cheapest)
		}
		if k := c.Cheapest[1]; k.Amount().String() != "₹4,00,000" || *k.StayNights != 5 || *k.DaysInIndia != 14 || k.ValidTo.String() != "2026-11-22" {
			t.Errorf("%+v", k)
		}
	})
}

func TestAnyProcedureIsTheCheapestOfAll(t *testing.T) {
	t.Parallel()
	testdb.EachWith(t, fixed, func(t *testing.T, s *models.Store) {
		cards, err := s.Cards(context.Background(), furnish(t, s), "")
		if err != nil || len(cards[0].Cheapest) != 2 || cards[0].Cheapest[1].Name != "Hip" {
			t.Fatalf("%+v, %v", cards, err)
		}
	})
}

func TestAPackageEndsWithItsLastDayInIndia(t *testing.T) {
	t.Parallel()
	evening := time.Date(2026, 11, 22, 18, 29, 59, 0, time.UTC)
	for clock, want := range map[time.Time]int{evening: 3, evening.Add(time.Second): 2} {
		testdb.EachWith(t, models.Options{Clock: when.Fixed(clock)}, func(t *testing.T, s *models.Store) {
			cards, err := s.Cards(context.Background(), furnish(t, s), "knee")
			if err != nil || cards[0].Packages != want {
				t.Fatalf("at %v: %+v, %v", clock, cards, err)
			}
		})
	}
}

func TestAWithdrawnProviderNeverShows(t *testing.T) {
	t.Parallel()
	testdb.EachWith(t, fixed, func(t *testing.T, s *models.Store) {
		ctx := context.Background()
		ids := furnish(t, s)
		p, err := s.ProfileBySlug(ctx, "marina-chennai")
		if err != nil {
			t.Fatal(err)
		}
		write(t, s, func(tx *models.Tx) error { p.State = models.Withdrawn; return tx.SaveProvider(&p.Provider) })
		if cards, err := s.Cards(ctx, ids, ""); err != nil || len(cards) != 0 {
			t.Errorf("cards: %v, %v", cards, err)
		}
		if bundles, err := s.ProviderBundles(ctx, ids); err != nil || len(bundles) != 0 {
			t.Errorf("bundles: %v, %v", bundles, err)
		}
		if lines, err := s.ProviderSlugs(ctx, 0, 10); err != nil || len(lines) != 0 {
			t.Errorf("slugs: %v, %v", lines, err)
		}
		if n, err := s.CountProviders(ctx); err != nil || n.Providers != 0 {
			t.Errorf("count: %v, %v", n, err)
		}
		_, err = s.ProfileBySlug(ctx, "marina-chennai")
		wantKind(t, err, fault.Gone)
	})
}

func TestAProfileHoldsEverythingAndItsSources(t *testing.T) {
	t.Parallel()
	testdb.EachWith(t, fixed, func(t *testing.T, s *models.Store) {
		furnish(t, s)
		p, err := s.ProfileBySlug(context.Background(), "marina-chennai")
		if err != nil {
			t.Fatal(err)
		}
		if len(p.Sites) != 2 || !p.Sites[0].Main || p.Main.Postcode != "600001" || p.City.Name != "Chennai" || p.Hub.Slug != "chennai" {
			t.Errorf("sites: %+v", p.Sites)
		}
		if len(p.Facts) != 1 || len(p.Specialties) != 1 || len(p.Languages) != 2 || len(p.Procedures) != 1 || len(p.Packages) != 5 {
			t.Errorf("%+v", p)
		}
		if len(p.Accreditations) != 2 || len(p.Accreditations[1].Events) != 1 || p.Accreditations[1].Events[0].On.String() != "2024-01-01" {
			t.Errorf("certificates: %+v", p.Accreditations)
		}
		if len(p.Changes) != 1 || p.Changes[0].What != "Listing added" || !p.Changes[0].At.Equal(now) {
			t.Errorf("history: %+v", p.Changes)
		}
		if len(p.Sources) != 2 || p.Sources[p.Facts[0].SourceID].Key != "hospital" {
			t.Errorf("sources: %+v", p.Sources)
		}
		for _, k := range p.Packages {
			if k.Name == "Knee, twin room" && (len(k.Items) != 2 || *k.Items[1].AmountMinor != 500000) {
				t.Errorf("lines: %+v", k.Items)
			}
		}
	})
}

func TestAnUnknownSlugIsMissingWhateverItHolds(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		for _, slug := range []string{"", "nobody", "a\x00b", "\xff\xfe", "'; DROP TABLE providers; --", "é"} {
			_, err := s.ProfileBySlug(context.Background(), slug)
			wantKind(t, err, fault.Missing)
		}
		_, err := s.Cards(context.Background(), []int64{1}, "knee\x00")
		wantKind(t, err, fault.Invalid)
		_, err = s.Cards(context.Background(), make([]int64, models.MaxCards+1), "")
		wantKind(t, err, fault.Invalid)
		if cards, err := s.Cards(context.Background(), []int64{1 << 62, -1, 0}, "'"); err != nil || len(cards) != 0 {
			t.Errorf("%v, %v", cards, err)
		}
	})
}

func TestEveryProviderComesOnceInAnyBatch(t *testing.T) {
	t.Parallel()
	testdb.EachWith(t, fixed, func(t *testing.T, s *models.Store) {
		var more []models.ProviderBundle
		for i := range 25 {
			more = append(more, plain(fmt.Sprintf("p%02d", i)))
		}
		want := furnish(t, s, more...)
		for _, batch := range []int{0, 1, 7, 26, 5000} {
			var got []int64
			err := s.EachProvider(context.Background(), 0, batch, func(bs []models.ProviderBundle) error {
				for _, b := range bs {
					got = append(got, b.ID)
				}
				return nil
			})
			if err != nil || !slices.Equal(got, want) {
				t.Fatalf("batch %d: %v, %v", batch, got, err)
			}
		}
	})
}

func TestADocumentHoldsOnlyLivePrices(t *testing.T) {
	t.Parallel()
	testdb.EachWith(t, fixed, func(t *testing.T, s *models.Store) {
		ids := furnish(t, s)
		bundles, err := s.ProviderBundles(context.Background(), append(ids, 12345))
		if err != nil || len(bundles) != 1 {
			t.Fatal(bundles, err)
		}
		b := bundles[0]
		var amounts []int64
		for _, k := range b.Packages {
			amounts = append(amounts, k.AmountMinor)
		}
		if !slices.Equal(amounts, []int64{40000000, 350000, 10000000}) {
			t.Errorf("prices %v", amounts)
		}
		if b.Main.CitySlug != "chennai" || b.City.Name != "Chennai" || b.Hub.Name != "Chennai" || len(b.Facts) != 1 || len(b.Certificates()) != 2 {
			t.Errorf("%+v", b)
		}
	})
}

func TestOnlyARunningFullCertificateConfirms(t *testing.T) {
	t.Parallel()
	testdb.EachWith(t, fixed, func(t *testing.T, s *models.Store) {
		ids := furnish(t, s, plain("erode-clinic"))
		lines, err := s.ProviderSlugs(context.Background(), 0, 10)
		if err != nil || len(lines) != 2 || !lines[0].Confirmed || lines[1].Confirmed || !lines[0].Sample {
			t.Fatalf("%+v, %v", lines, err)
		}
		if n, err := s.CountProviders(context.Background()); err != nil || n != (models.Counts{Providers: 2, Confirmed: 1, Samples: 1}) {
			t.Errorf("%+v, %v", n, err)
		}
		if lines, err = s.ProviderSlugs(context.Background(), ids[0], 1); err != nil || len(lines) != 1 || lines[0].Slug != "erode-clinic" {
			t.Errorf("after the first: %+v, %v", lines, err)
		}
		for _, change := range []string{"level = 'entry'", "valid_to = '2026-11-21'", "valid_to = NULL", "valid_from = '2026-11-23'", "register_status = 'lapsed_or_moved'"} {
			write(t, s, func(tx *models.Tx) error {
				return tx.Exec("UPDATE accreditations SET level = 'full', valid_from = '2024-01-01', valid_to = '2027-01-01', register_status = 'valid_at_snapshot' WHERE body = 'NABH'")
			})
			if n, err := s.CountProviders(context.Background()); err != nil || n.Confirmed != 1 {
				t.Fatalf("before %s: %+v, %v", change, n, err)
			}
			write(t, s, func(tx *models.Tx) error {
				return tx.Exec("UPDATE accreditations SET " + change + " WHERE body = 'NABH'")
			})
			if n, err := s.CountProviders(context.Background()); err != nil || n.Confirmed != 0 {
				t.Errorf("%s: %+v, %v", change, n, err)
			}
		}
	})
}

func TestProvidersWhoseValidityTurnsAreFound(t *testing.T) {
	t.Parallel()
	testdb.EachWith(t, fixed, func(t *testing.T, s *models.Store) {
		ids := furnish(t, s, plain("erode-clinic"))
		for span, want := range map[[2]string]int{
			{"2026-11-21", "2026-11-21"}: 1, {"2027-01-01", "2027-01-01"}: 1, {"2024-01-01", "2024-01-02"}: 1, {"2026-11-23", "2026-12-31"}: 0,
		} {
			got, err := s.ProvidersExpiring(context.Background(), day(t, span[0]), day(t, span[1]))
			if err != nil || len(got) != want || want == 1 && got[0] != ids[0] {
				t.Errorf("%v: %v, %v", span, got, err)
			}
		}
	})
}

func TestNamesAndUpdatesAreListed(t *testing.T) {
	t.Parallel()
	testdb.EachWith(t, fixed, func(t *testing.T, s *models.Store) {
		ids := furnish(t, s)
		names, err := s.ProviderNames(context.Background())
		want := []models.ProviderName{{ID: ids[0], Slug: "marina-chennai", Name: "Marina Hospital", Origin: "sample", State: models.Published, CitySlug: "chennai", City: "Chennai", Postcode: "600001"}}
		if err != nil || !reflect.DeepEqual(names, want) {
			t.Errorf("%+v, %v", names, err)
		}
		for t0, want := range map[time.Time]int{now: 1, now.Add(time.Microsecond): 0} {
			if got, err := s.ProvidersUpdatedSince(context.Background(), t0); err != nil || len(got) != want {
				t.Errorf("since %v: %v, %v", t0, got, err)
			}
		}
	})
}

func TestCertificatesAreTalliedByWhatIsKnownOfThem(t *testing.T) {
	t.Parallel()
	testdb.EachWith(t, fixed, func(t *testing.T, s *models.Store) {
		furnish(t, s)
		if rows, err := s.RegisterTallies(context.Background(), day(t, "2026-11-22")); err != nil || len(rows) != 0 {
			t.Errorf("samples are counted: %+v, %v", rows, err)
		}
		write(t, s, func(tx *models.Tx) error {
			return tx.Exec("UPDATE providers SET sample = ?, origin = 'curated'", false)
		})
		for today, running := range map[string]int{"2026-11-22": 1, "2027-01-02": 0} {
			rows, err := s.RegisterTallies(context.Background(), day(t, today))
			if err != nil || len(rows) != 2 || rows[0].Body != "JCI" || rows[0].Running != 0 || rows[0].CheckedOn.Known() {
				t.Fatalf("%+v, %v", rows, err)
			}
			if r := rows[1]; r.Body != "NABH" || r.Rows != 1 || r.Running != running || r.CheckedOn.String() != "2025-09-27" || r.SourceID == 0 {
				t.Errorf("%s: %+v", today, r)
			}
		}
	})
}
