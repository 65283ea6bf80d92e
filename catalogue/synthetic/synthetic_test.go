package synthetic_test

import (
	"fmt"
	"testing"

	"carecorridor/catalogue/seed"
	"carecorridor/catalogue/synthetic"
	"carecorridor/internal/testdb"
	"carecorridor/internal/when"
	"carecorridor/models"
)

func TestTheSyntheticCatalogueIsTheSameEveryTimeAndMarkedAsASample(t *testing.T) {
	t.Parallel()
	var first string
	for range 2 {
		s := testdb.SQLite(t)
		if _, err := seed.Load(t.Context(), s, seed.Options{}); err != nil {
			t.Fatal(err)
		}
		plan := synthetic.Plan{Providers: 20, Packages: 10, Seed: 1, Today: when.Date{Year: 2026, Month: 11, Day: 22}}
		if err := synthetic.Load(t.Context(), s, plan); err != nil {
			t.Fatal(err)
		}
		got := describe(t, s)
		if first == "" {
			first = got
		} else if got != first {
			t.Errorf("the second catalogue differs:\n%s\n%s", first, got)
		}
	}
}

func describe(t *testing.T, s *models.Store) (out string) {
	t.Helper()
	for i := range 20 {
		p, err := s.ProfileBySlug(t.Context(), fmt.Sprintf("synthetic-%05d", i))
		if err != nil {
			t.Fatal(err)
		}
		if !p.Sample || len(p.Packages) != 10 {
			t.Errorf("%s: sample %v, %d packages", p.Slug, p.Sample, len(p.Packages))
		}
		out += fmt.Sprintln(p.Name, p.City.Slug, len(p.Accreditations), p.Packages[0].ProcedureSlug, p.Packages[0].AmountMinor)
	}
	return out
}
