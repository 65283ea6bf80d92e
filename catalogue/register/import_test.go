package register_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"strings"
	"testing"
	"time"

	"carecorridor/auth"
	"carecorridor/catalogue"
	"carecorridor/catalogue/listing"
	"carecorridor/catalogue/register"
	"carecorridor/catalogue/seed"
	"carecorridor/internal/fault"
	"carecorridor/internal/testdb"
	"carecorridor/internal/when"
	"carecorridor/models"
)

var (
	begin  = time.Date(2026, 11, 22, 9, 30, 0, 0, time.UTC)
	vera   = auth.Actor{Person: "vera", Org: "alliance", Role: auth.Verifier}
	victor = auth.Actor{Person: "victor", Org: "alliance", Role: auth.Verifier}
)

const head = "programme,name,city,state,country,reference_no,accreditation_no,valid_from,valid_to,valid_from_raw,valid_to_raw,remarks,name_raw,snapshot_date\n"

// line of a register's copy of 1 November 2026.
func line(name, number, from, to, remark string) string {
	return "NABH Hospital," + name + ",Chennai,Tamil Nadu,India,R-" + number + "," + number + "," + from + "," + to + ",,," + remark + ",," + "2026-11-01\n"
}

// held of the tests, by number.
var held = []struct{ name, number, to string }{{"Anchor Hospital", "H-1", "2027-05-01"}, {"Banyan Hospital", "H-2", "2027-06-01"}, {"Coral Hospital", "H-3", "2026-10-01"},
	{"Dune Hospital", "H-4", "2027-08-01"}, {"Ebony Hospital", "H-5", "2027-09-01"}, {"Fern Hospital", "H-6", "2027-10-01"}, {"Grove Hospital", "H-7", "2027-11-01"}}

// newer says something else of each but the first.
var newer = head +
	line("Anchor Hospital", "H-1", "2023-01-01", "2027-05-01", "Renewed on 5th Edition") +
	line("Banyan Hospital", "H-2", "2023-01-01", "2027-06-01", "Under suspension") +
	line("Coral Hospital", "H-3", "2023-01-01", "2030-10-01", "Renewed on 5th Edition") +
	line("Dune Multispeciality Hospital", "H-4", "2023-01-01", "2027-08-01", "Renewed on 5th Edition") +
	line("Ebony Hospital", "H-5", "2023-01-01", "2027-09-01", "Voluntary withdrawal") +
	line("Fern and Lime Hospital", "H-6", "2023-01-01", "2031-10-01", "Renewed on 5th Edition") +
	line("Harbour Hospital", "H-8", "2026-10-01", "2030-09-30", "Accredited on 5th Edition")

type world struct {
	t     *testing.T
	store *models.Store
	*listing.Service
	ids map[string]int64
}

func each(t *testing.T, f func(t *testing.T, w *world)) {
	t.Helper()
	testdb.EachWith(t, models.Options{Clock: when.Fixed(begin)}, func(t *testing.T, s *models.Store) {
		w := &world{t: t, store: s, ids: map[string]int64{}}
		w.furnish()
		w.Service = service(t, s)
		f(t, w)
	})
}

func service(t *testing.T, s *models.Store) *listing.Service {
	t.Helper()
	cat, err := catalogue.Open(t.Context(), s, when.Fixed(begin), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	out, err := listing.New(listing.Options{Store: s, Catalogue: cat, Clock: when.Fixed(begin)})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func (w *world) furnish() {
	w.t.Helper()
	err := w.store.Write(context.Background(), func(tx *models.Tx) error {
		ids, _, err := tx.PutSources([]models.Source{{ID: 1, Key: "nabh-2025", Kind: "register", Title: "NABH register"}})
		if err != nil {
			return err
		}
		if _, err := tx.PutCities([]models.City{{Slug: "chennai", Name: "Chennai", State: "Tamil Nadu"}}); err != nil {
			return err
		}
		for _, h := range held {
			all := []models.ProviderBundle{{Provider: models.Provider{Slug: "h-" + h.number[2:], Name: h.name, Kind: "unknown", Origin: "nabh_register"},
				Sites: []models.Site{{Main: true, CitySlug: "chennai"}},
				Accreditations: []models.AccreditationBundle{{Accreditation: models.Accreditation{Body: "NABH", Programme: "Hospital", Level: "full", Number: h.number, ReferenceNo: "R-" + h.number,
					ValidFrom: day("2023-01-01"), ValidTo: day(h.to), RegisterStatus: models.RegisterValid, CheckedOn: day("2025-09-27"), Evidence: "register_snapshot",
					ListedName: strings.ToUpper(h.name), Note: "Renewed on 5th Edition", SourceID: ids[1]}}}}}
			if _, err := tx.PutProviders(all); err != nil {
				return err
			}
			w.ids[h.number] = all[0].ID
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

func day(s string) when.Date {
	d, err := when.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func (w *world) read(content string) (register.Report, error) {
	return register.Import(w.t.Context(), w.store, vera, strings.NewReader(content), register.Options{Name: "nabh.csv", Size: int64(len(content))})
}

func (w *world) items() map[string]listing.Item {
	w.t.Helper()
	page, err := w.Queue(w.t.Context(), vera, listing.Filter{})
	if err != nil {
		w.t.Fatal(err)
	}
	out := map[string]listing.Item{}
	for _, i := range page.Items {
		out[i.Finding+" "+i.Name] = i
	}
	return out
}

func TestEveryDifferenceWaitsAndNothingIsChanged(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		generation, err := w.store.Generation(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		report, err := w.read(newer)
		if err != nil {
			t.Fatal(err)
		}
		if report.Added != 7 || report.Same != 1 || report.Held != 7 {
			t.Errorf("%+v", report)
		}
		items := w.items()
		for _, want := range []string{"suspended Banyan Hospital", "renewed Coral Hospital", "renamed Dune Hospital", "withdrawn Ebony Hospital", "renewed Fern Hospital", "new Harbour Hospital", "lapsed Grove Hospital"} {
			i, ok := items[want]
			if !ok || i.Evidence.Hash != report.File.Hash || i.Evidence.Retrieved != day("2026-11-01") || i.Evidence.Note == "" {
				t.Errorf("%s: %+v", want, i)
			}
		}
		if !items["renewed Fern Hospital"].NeedsSecond || items["renewed Coral Hospital"].NeedsSecond || !items["new Harbour Hospital"].NeedsSecond {
			t.Error("two people check a renewal with another name, and what is new")
		}
		if n, err := w.store.Generation(t.Context()); err != nil || n != generation {
			t.Errorf("public data moved from %d to %d, %v", generation, n, err)
		}
		again, err := w.read(newer)
		if err != nil || again.Added != 0 || again.Waiting != 7 {
			t.Errorf("a second time: %+v, %v", again, err)
		}
	})
}

func TestAnApprovedFindingIsApplied(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		if _, err := w.read(newer); err != nil {
			t.Fatal(err)
		}
		for _, i := range w.items() {
			w.approve(i)
		}
		if left := w.items(); len(left) != 0 {
			t.Fatalf("%v", left)
		}
		for number, want := range map[string]struct {
			standing catalogue.Standing
			until    string
		}{"H-1": {catalogue.Running, "2027-05-01"}, "H-2": {catalogue.Suspended, "2027-06-01"}, "H-3": {catalogue.Running, "2030-10-01"}, "H-4": {catalogue.Running, "2027-08-01"},
			"H-5": {catalogue.Lapsed, "2027-09-01"}, "H-6": {catalogue.Running, "2031-10-01"}, "H-7": {catalogue.Lapsed, "2027-11-01"}} {
			p, err := w.store.ListingByID(t.Context(), w.ids[number])
			if err != nil || len(p.Accreditations) != 1 {
				t.Fatal(err)
			}
			a := p.Accreditations[0]
			if c := catalogue.Judge(a.Accreditation, w.Today()); c.Standing != want.standing || a.ValidTo.String() != want.until || number != "H-1" && (a.CheckedOn != day("2026-11-01") || len(a.Events) == 0) {
				t.Errorf("%s: %s, %+v", number, c.Standing, a)
			}
		}
		p, err := w.store.ProfileBySlug(t.Context(), "harbour-hospital-chennai")
		if err != nil || len(p.Accreditations) != 1 || p.Accreditations[0].Number != "H-8" || p.City.Name != "Chennai" {
			t.Errorf("%+v, %v", p, err)
		}
		again, err := w.read(newer)
		if err != nil || again.Added != 0 {
			t.Errorf("after all were approved: %+v, %v", again, err)
		}
	})
}

func (w *world) approve(i listing.Item) {
	w.t.Helper()
	for _, who := range []auth.Actor{vera, victor} {
		d := listing.Decision{Item: i.ID, Version: i.Version, Verdict: listing.Approve}
		for _, c := range i.Checks {
			d.Ticked = append(d.Ticked, c.Code)
		}
		next, problems, err := w.Decide(w.t.Context(), who, d)
		if err != nil || !problems.OK() {
			w.t.Fatalf("%s %s: %v, %v", i.Finding, i.Name, problems, err)
		}
		if i = next; i.State == listing.ItemApproved {
			return
		}
	}
}

func TestARejectedFindingComesBackWithTheNextCopyOnly(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		if _, err := w.read(newer); err != nil {
			t.Fatal(err)
		}
		i := w.items()["suspended Banyan Hospital"]
		if _, _, err := w.Decide(t.Context(), vera, listing.Decision{Item: i.ID, Version: i.Version, Verdict: listing.Reject, Reason: "The body says it was lifted"}); err != nil {
			t.Fatal(err)
		}
		if again, err := w.read(newer); err != nil || again.Added != 0 {
			t.Errorf("%+v, %v", again, err)
		}
		next := strings.ReplaceAll(newer, "2026-11-01", "2026-11-20")
		again, err := w.read(strings.Replace(next, "2030-10-01", "2030-11-01", 1))
		if err != nil || again.Added != 2 || again.Replaced != 1 || again.Waiting != 5 {
			t.Errorf("%+v, %v", again, err)
		}
	})
}

func TestADamagedFileIsRefusedWhole(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		for name, c := range map[string]struct{ content, says string }{
			"cut off in a row":       {newer[:len(newer)-40], "cut off"},
			"cut off in the day":     {newer[:len(newer)-3], "snapshot_date"},
			"cut off after headings": {head, "cut off"},
			"empty":                  {"", "empty"},
			"another file":           {"a,b\n1,2\n", "missing"},
			"an open quote":          {newer + "\"NABH", "damaged"},
			"a wrong day":            {strings.Replace(newer, "2031-10-01", "2031-13-01", 1), "valid_to"},
			"days turned round":      {strings.Replace(newer, "2031-10-01", "2020-10-01", 1), "before the first day"},
			"a number twice":         {newer + line("Other", "H-1", "2023-01-01", "2027-05-01", ""), "as well"},
			"two copies in one":      {strings.Replace(newer, "Renewed on 5th Edition,,2026-11-01", "Renewed on 5th Edition,,2026-11-02", 1), "one copy"},
			"hidden characters":      {strings.Replace(newer, "Fern and", "Fern\u202e and", 1), "hidden"},
			"an older copy":          {strings.ReplaceAll(newer, "2026-11-01", "2024-11-01"), "what we hold"},
			"a copy of tomorrow":     {strings.ReplaceAll(newer, "2026-11-01", "2026-11-23"), "today is 22 November 2026"},
			"another programme":      {strings.Replace(newer, "NABH Hospital,Fern", "NABH Ward,Fern", 1), "not NABH"},
		} {
			if _, err := w.read(c.content); err == nil || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), "nabh.csv") {
				t.Errorf("%s: %v", name, err)
			}
		}
		if left := w.items(); len(left) != 0 {
			t.Errorf("something was queued: %v", left)
		}
		_, err := register.Import(t.Context(), w.store, auth.Actor{Person: "x", Role: auth.ProviderOwner}, strings.NewReader(newer), register.Options{})
		if !fault.Is(err, fault.Forbidden) {
			t.Error(err)
		}
	})
}

func TestAnOlderCopyReplacesNoDifferenceThatWaits(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		if _, err := w.read(newer); err != nil {
			t.Fatal(err)
		}
		older := strings.Replace(strings.ReplaceAll(newer, "2026-11-01", "2026-10-15"), "2030-10-01", "2030-09-01", 1)
		if _, err := w.read(older); err == nil || !strings.Contains(err.Error(), "copy of 1 November 2026 wait for a check") {
			t.Error(err)
		}
		if got := w.items()["renewed Coral Hospital"]; len(got.Fields) == 0 || !strings.Contains(fmt.Sprint(got.Fields), "2030-10-01") {
			t.Errorf("%+v", got.Fields)
		}
	})
}

func TestAnEndlessFileIsRefused(t *testing.T) {
	t.Parallel()
	_, err := register.Read(io.MultiReader(strings.NewReader(head), endless{}), "endless.csv", 0, nil)
	if err == nil || !strings.Contains(err.Error(), "larger than") {
		t.Error(err)
	}
}

// endless is one row that never stops.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

// The raw file that the seed was compiled of lies beside the project on some machines only.
func TestTheCopyTheSeedCameFromSaysNothingNew(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"accreditations_nabh_hospitals.csv", "accreditations_nabh_dental.csv"} {
		content, err := os.ReadFile("../../../shared/data/" + name)
		if errors.Is(err, fs.ErrNotExist) {
			t.Logf("%s is not here: the whole register was not compared", name)
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		s := testdb.SQLite(t)
		if _, err := seed.Load(t.Context(), s, seed.Options{}); err != nil {
			t.Fatal(err)
		}
		report, err := register.Import(t.Context(), s, vera, strings.NewReader(string(content)), register.Options{Name: name})
		if err != nil {
			t.Fatal(err)
		}
		if report.Added != 0 {
			t.Errorf("%s: %+v of %d rows", name, report.Found, len(report.File.Rows))
		}
		t.Logf("%s: %d rows, %d held, %d the same", name, len(report.File.Rows), report.Held, report.Same)
	}
}
