package directory

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"carecorridor/internal/testdb"
	"carecorridor/models"
)

func dirty(t testing.TB) Content {
	t.Helper()
	f, err := os.Open("testdata/dirty.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	c, err := Read(f, "dirty.csv")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestEveryRejectedRowSaysWhereAndWhy(t *testing.T) {
	t.Parallel()
	c := dirty(t)
	reasons := map[string]int{"cells have shifted": 11, "is not a district": 1, "not valid UTF-8": 1, "control character": 1, "columns where": 1, "no name": 1}
	for _, p := range c.Rejected {
		known := false
		for reason := range reasons {
			if strings.Contains(p.Reason, reason) {
				reasons[reason]--
				known = true
			}
		}
		if !known || p.Line < 2 {
			t.Errorf("%s", p)
		}
	}
	for reason, left := range reasons {
		if left != 0 {
			t.Errorf("%q: %d too few", reason, left)
		}
	}
	if c.Lines != len(c.Rows)+len(c.Rejected) {
		t.Errorf("%d lines, %d rows, %d rejected", c.Lines, len(c.Rows), len(c.Rejected))
	}
	if got, want := c.Rejected[0].String(), `line 2, column 6 (State): "Ranchi" is not a state: the row's cells have shifted`; got != want {
		t.Errorf("%s", got)
	}
}

func TestUnusableCellsAreLeftOutNotGuessed(t *testing.T) {
	t.Parallel()
	for _, r := range dirty(t).Rows {
		switch {
		case strings.Contains(r.Address, `\n`) || strings.Contains(r.Name, `\n`):
			t.Errorf("line %d keeps a literal \\n: %q", r.Line, r.Address)
		case r.Name == "Turned Point Clinic" && (r.Point != nil || r.PIN != ""):
			t.Errorf("line %d: point %v, PIN %q", r.Line, r.Point, r.PIN)
		case r.Point != nil && (r.Point.Lat < south || r.Point.Lat > north || r.Point.Lng < west || r.Point.Lng > east):
			t.Errorf("line %d: %v is outside India", r.Line, r.Point)
		case r.PIN != "" && len(r.PIN) != 6:
			t.Errorf("line %d: PIN %q", r.Line, r.PIN)
		case r.City.State == "" || r.City.Name == "":
			t.Errorf("line %d: no town", r.Line)
		}
	}
}

func TestAPointOfManyRowsIsADistrictsMiddle(t *testing.T) {
	t.Parallel()
	shared := 0
	for _, r := range dirty(t).Rows {
		if r.Shared {
			shared++
			if b := bundle(r, "x", "y"); b.Sites[0].CoordPrecision != "district" {
				t.Errorf("line %d: precision %q", r.Line, b.Sites[0].CoordPrecision)
			}
		}
	}
	if shared != 10 {
		t.Errorf("%d rows share a point", shared)
	}
}

func TestPointsAreReadStrictly(t *testing.T) {
	t.Parallel()
	if p, err := ParsePoint(" 28.5415, 77.2832 "); err != nil || p != (Point{28.5415, 77.2832}) {
		t.Errorf("%v %v", p, err)
	}
	for _, s := range []string{"", "0", "NA", "28.5", "a, b", "77.28, 28.54", "91, 77", "NaN, 77", "28.5, Inf", "0, 0", "28,5, 77,2"} {
		if p, err := ParsePoint(s); err == nil {
			t.Errorf("%q became %v", s, p)
		}
	}
}

// load stores the towns and hospitals the import meets: Medanta under its register's wording, and a town
// with the name of one in another state.
func load(t *testing.T, s *models.Store) {
	t.Helper()
	err := s.Write(context.Background(), func(tx *models.Tx) error {
		_, err := tx.PutCities([]models.City{{Slug: "gurugram", Name: "Gurugram", State: "Haryana"}, {Slug: "aurangabad", Name: "Aurangabad", State: "Nowhere"}})
		if err != nil {
			return err
		}
		_, err = tx.PutProviders([]models.ProviderBundle{{
			Provider: models.Provider{Slug: "medanta-gurugram", Name: "Medanta The Medicity Global Health Pvt. Ltd.", Kind: "unknown", Origin: "curated"},
			Sites:    []models.Site{{Main: true, CitySlug: "gurugram", Postcode: "122001"}},
		}})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func importFile(t *testing.T, s *models.Store, file string) Report {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	report, err := Import(context.Background(), s, f, filepath.Base(file), Options{})
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func TestImportingAgainChangesNothing(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		load(t, s)
		first := importFile(t, s, "testdata/dirty.csv")
		if first.Known != 1 || first.Repeated != 1 || first.Hospitals != first.Lines-len(first.Rejected)-2 || !first.Wrote.Any() {
			t.Errorf("%+v", first)
		}
		before, err := s.Generation(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		again := importFile(t, s, "testdata/dirty.csv")
		after, err := s.Generation(context.Background())
		if err != nil || again.Wrote.Any() || after != before || again.Hospitals != first.Hospitals {
			t.Errorf("generation %d then %d (%v), %+v", before, after, err, again.Wrote)
		}
	})
}

func TestADirectoryHospitalHasNoCertificate(t *testing.T) {
	t.Parallel()
	s := testdb.SQLite(t)
	load(t, s)
	importFile(t, s, "testdata/dirty.csv")
	towns := map[string]bool{}
	err := s.EachProvider(context.Background(), 0, 100, func(batch []models.ProviderBundle) error {
		for _, b := range batch {
			towns[b.City.Slug] = true
			if b.Origin == Origin && (len(b.Accreditations) > 0 || len(b.Packages) > 0 || b.Kind != "unknown" || b.Main.SourceID == nil) {
				t.Errorf("%s: %+v", b.Slug, b.Provider)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if !towns["aurangabad-bihar"] {
		t.Errorf("a namesake in another state: %v", towns)
	}
}

func TestAnImportThatFailsLeavesNothing(t *testing.T) {
	t.Parallel()
	s := testdb.SQLite(t)
	text, err := os.ReadFile("testdata/dirty.csv")
	if err != nil {
		t.Fatal(err)
	}
	broken := errors.New("disk on fire")
	in := iotest.TimeoutReader(iotest.OneByteReader(strings.NewReader(string(text)))) // fails at the second read
	if _, err := Import(context.Background(), s, in, "x.csv", Options{}); err == nil {
		t.Error("a failing reader was no error")
	}
	ctx, cancel := context.WithCancelCause(context.Background())
	_, err = Import(ctx, s, strings.NewReader(string(text)), "x.csv", Options{Progress: func(int, int) { cancel(broken) }})
	if err == nil {
		t.Error("a cancelled import was no error")
	}
	if towns, err := s.Cities(context.Background()); err != nil || len(towns) > 0 {
		t.Errorf("%d towns stayed, %v", len(towns), err)
	}
}

func TestAnotherFileIsRefused(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "name,city\nA,B\n", "\x00\x01"} {
		if _, err := Read(strings.NewReader(text), "other.csv"); err == nil || !strings.Contains(err.Error(), "other.csv") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestTheWholeDirectoryIsJudged reads the full file where it is beside the project, else the fixture.
func TestTheWholeDirectoryIsJudged(t *testing.T) {
	t.Parallel()
	f, err := os.Open(filepath.Join("..", "..", "..", "shared", "data", "national_hospital_directory.csv"))
	if err != nil {
		t.Log("input: the fixture, no full directory beside the project")
		if c := dirty(t); c.Lines != 57 {
			t.Errorf("%d lines", c.Lines)
		}
		return
	}
	defer f.Close()
	t.Log("input: the full directory beside the project")
	c, err := Read(f, "national_hospital_directory.csv")
	if err != nil {
		t.Fatal(err)
	}
	points := 0
	for _, p := range c.Repaired {
		if p.Field == "Location_Coordinates" {
			points++
		}
	}
	if c.Lines != 30606 || len(c.Rejected) != 12 || points != 395 {
		t.Errorf("%d lines, %d rejected, %d points left out", c.Lines, len(c.Rejected), points)
	}
	if !slices.IsSortedFunc(c.Rejected, func(a, b Problem) int { return a.Line - b.Line }) {
		t.Error("rejected rows are not in the file's order")
	}
}

func FuzzARowIsUsedOrRejected(f *testing.F) {
	f.Add("28.5, 77.2", "A Clinic", "Pune", "Karve Road", "Maharashtra", "411004", "020 1")
	f.Add("", "", "", "", "", "", "")
	f.Add("x", `A\nB`, "Goa", "\xff", "Goa", "0", "0")
	f.Fuzz(func(t *testing.T, point, name, district, address, state, pin, phone string) {
		row, _, rejected := parse(2, []string{"1", point, name, district, address, state, pin, phone})
		if rejected == nil && (row.Name == "" || row.City.Name == "" || row.City.State == "") {
			t.Errorf("%+v", row)
		}
		if rejected != nil && rejected.Reason == "" {
			t.Error("rejected without a reason")
		}
	})
}

func FuzzAPointIsInIndia(f *testing.F) {
	for _, s := range []string{"28.5, 77.2", "NaN,NaN", "1e309, 77", "0x1p4, 0x1p6", ",", "28.5,77.2,1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if p, err := ParsePoint(s); err == nil && !(p.Lat >= south && p.Lat <= north && p.Lng >= west && p.Lng <= east) {
			t.Errorf("%q became %v", s, p)
		}
	})
}
