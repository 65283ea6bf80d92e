package desk_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"carecorridor/auth"
	"carecorridor/desk"
	"carecorridor/internal/fault"
	"carecorridor/internal/when"
	"carecorridor/models"
)

const choosing = "guide/choosing"

func (w *world) review(t testing.TB, who auth.Actor) desk.NewReview {
	t.Helper()
	x, err := w.ReviewText(ctx, who, choosing)
	must(t, err)
	return desk.NewReview{Page: choosing, Words: x.Words(), Role: "Orthopaedic surgeon", Clinical: true, On: when.Date{Year: 2026, Month: 11, Day: 22}, Next: when.Date{Year: 2027, Month: 11, Day: 1}}
}

func TestAReviewCountsOnceTwoPeopleSaidSo(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		n := w.review(t, ruth)
		if l, err := w.ProposeReview(ctx, ruth, n, nil); err != nil || !l.OK() {
			t.Fatal(l, err)
		}
		_, err := w.ProposeReview(ctx, sam, n, nil)
		want(t, err, fault.Conflict) // one waits
		x, err := w.ReviewText(ctx, sam, choosing)
		must(t, err)
		_, err = w.DecideReview(ctx, ruth, x.Waiting.ID, x.Waiting.Version, true, "")
		want(t, err, fault.Forbidden)
		if x.Clinical != "" {
			t.Error("it counts before anybody else published it")
		}
		if l, err := w.DecideReview(ctx, sam, x.Waiting.ID, x.Waiting.Version, true, ""); err != nil || !l.OK() {
			t.Fatal(l, err)
		}
		_, err = w.DecideReview(ctx, sam, x.Waiting.ID, x.Waiting.Version, true, "")
		want(t, err, fault.Conflict)
		counts, err := w.Reviews(ctx)
		must(t, err)
		chapter, _ := w.Texts.Chapter("choosing")
		page := counts.Guide(chapter.Page)
		if page.ClinicalReview != "Orthopaedic surgeon" || page.NextReview.String() != "2027-11-01" || page.History[0].What != "Reviewed by: Orthopaedic surgeon." {
			t.Errorf("%+v", page)
		}
		chapter.Text += " changed"
		if changed := counts.Guide(chapter.Page); changed.ClinicalReview != "" || changed.NextReview == page.NextReview {
			t.Error("it counts for words that nobody reviewed")
		}
	})
}

func TestAReviewOfWordsThatChangedIsRefused(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		n := w.review(t, ruth)
		n.Words = strings.Repeat("0", 64)
		_, err := w.ProposeReview(ctx, ruth, n, nil)
		want(t, err, fault.Conflict)
	})
}

func TestAReviewSaysWhatToPutRight(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		good := w.review(t, ruth)
		for field, spoil := range map[string]func(*desk.NewReview){
			"role": func(n *desk.NewReview) { n.Role = " " },
			"on":   func(n *desk.NewReview) { n.On = when.Date{Year: 2026, Month: 11, Day: 23} },
			"next": func(n *desk.NewReview) { n.Next = n.On },
			"note": func(n *desk.NewReview) { n.Note = strings.Repeat("x", 501) },
		} {
			n := good
			spoil(&n)
			if l, err := w.ProposeReview(ctx, ruth, n, nil); err != nil || l.On(field) == "" {
				t.Errorf("%s: %v %v", field, l, err)
			}
		}
	})
}

func TestTheDeskIsForItsRoles(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for _, role := range auth.Roles {
			who := person(role)
			asks := map[auth.Action]error{}
			_, asks[auth.DeskView] = w.Overview(ctx, who)
			_, asks[auth.ContentReview] = w.ReviewTexts(ctx, who)
			_, asks[auth.ReferenceView] = w.Figures(ctx, who)
			_, _, asks[auth.ReferenceEdit] = w.ProposeFigure(ctx, who, desk.NewFigure{From: "x"})
			_, asks[auth.StatisticsView] = w.Statistics(ctx, who, true)
			_, asks[auth.AuditRead] = w.Trail(ctx, who, desk.TrailFilter{})
			_, asks[auth.VerificationView] = w.Ending(ctx, who)
			for act, err := range asks {
				if auth.Can(role, act) {
					must(t, err)
				} else {
					want(t, err, fault.Forbidden)
				}
			}
		}
	})
}

// fee is the visa fee as the desk lists it.
func (w *world) fee(t testing.TB) desk.Figure {
	t.Helper()
	w.refresh(t)
	all, err := w.Figures(ctx, meera)
	must(t, err)
	for _, f := range all {
		if f.Kind == "visa" {
			return f
		}
	}
	t.Fatal("no visa fee is listed")
	return desk.Figure{}
}

func dollars(key, seen string, typical float64) desk.NewFigure {
	return desk.NewFigure{Key: key, Seen: seen, Unit: "USD", Typical: &typical, AsOf: "2026-11-01", Title: "Fees", Publisher: "Ministry", URL: "https://ministry.example/fees"}
}

func TestAFigureWithItsSourceCountsAndOlderOnesStay(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := w.fee(t)
		if f.Known() || f.Desk {
			t.Fatalf("%+v", f)
		}
		for i, amount := range []float64{100, 120} {
			w.clock.move(time.Minute)
			_, past, err := w.FigureHistory(ctx, meera, f.Key)
			must(t, err)
			n := dollars(f.Key, desk.Latest(past), amount)
			for range 2 { // sent twice
				if _, l, err := w.ProposeFigure(ctx, meera, n); err != nil || !l.OK() {
					t.Fatal(i, l, err)
				}
			}
		}
		if f = w.fee(t); !f.Desk || *f.Typical != 120 {
			t.Errorf("%+v", f)
		}
		_, past, err := w.FigureHistory(ctx, meera, f.Key)
		if err != nil || len(past) != 2 || *past[1].Typical != 100 || past[0].Source.Publisher != "Ministry" {
			t.Errorf("%+v %v", past, err)
		}
		_, _, err = w.ProposeFigure(ctx, sam, dollars(f.Key, "0", 130))
		want(t, err, fault.Conflict)
		if l, err := w.WithdrawFigure(ctx, meera, f.Key, desk.Latest(past), "It was of another visa."); err != nil || !l.OK() {
			t.Fatal(l, err)
		}
		if f = w.fee(t); f.Known() {
			t.Errorf("%+v", f)
		}
	})
}

func TestAFigureSaysWhatToPutRight(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		key := w.fee(t).Key
		low, high := 200.0, 100.0
		for field, spoil := range map[string]func(*desk.NewFigure){
			"typical":   func(n *desk.NewFigure) { n.Typical = nil },
			"high":      func(n *desk.NewFigure) { n.Low, n.Typical, n.High = &low, nil, &high },
			"as_of":     func(n *desk.NewFigure) { n.AsOf = "2027-01-01" },
			"title":     func(n *desk.NewFigure) { n.Title = "" },
			"publisher": func(n *desk.NewFigure) { n.Publisher = " " },
			"url":       func(n *desk.NewFigure) { n.URL = "javascript:alert(1)" },
			"unit":      func(n *desk.NewFigure) { n.Unit = "XXX" },
			"note":      func(n *desk.NewFigure) { n.Note = strings.Repeat("x", 501) },
		} {
			n := dollars(key, "0", 100)
			spoil(&n)
			if _, l, err := w.ProposeFigure(ctx, meera, n); err != nil || l.On(field) == "" {
				t.Errorf("%s: %v %v", field, l, err)
			}
		}
		if w.fee(t).Known() {
			t.Error("something was saved all the same")
		}
	})
}

func TestAFareOfAnotherRouteIsAdded(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.fee(t)
		amount := 610.0
		n := desk.NewFigure{From: "Glasgow", To: "Delhi", Airline: "Example Air", Unit: "GBP", Low: &amount, AsOf: "2026-11-20", Title: "Fares", Publisher: "Example Air", URL: "https://air.example"}
		key, l, err := w.ProposeFigure(ctx, meera, n)
		if err != nil || !l.OK() {
			t.Fatal(l, err)
		}
		w.refresh(t)
		f, _, err := w.FigureHistory(ctx, meera, key)
		if err != nil || f.Item != "return Glasgow to Delhi, Example Air" || *f.Low != 610 {
			t.Errorf("%+v %v", f, err)
		}
		if _, l, err := w.ProposeFigure(ctx, meera, n); err != nil || l.On("airline") == "" {
			t.Errorf("%v %v", l, err)
		}
	})
}

func TestTheTrailIsReadMaskedAndTellsOfReading(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		must(t, w.store.Write(ctx, func(tx *models.Tx) error {
			return tx.Audit(models.Audited{Person: "ref-1", Role: string(auth.Patient), Action: "referral.consent", On: "referral", ID: "ref-1", Subject: "ref-1", Why: "asked", Facts: map[string]string{"consent": "C1"}})
		}))
		page, err := w.Trail(ctx, helen, desk.TrailFilter{})
		must(t, err)
		r := page.Rows[0]
		if !r.Masked || r.ID != "" || r.Person != "" || r.Why != "" || len(r.Facts) != 0 {
			t.Errorf("%+v", r)
		}
		if page, err = w.Trail(ctx, helen, desk.TrailFilter{}); err != nil || page.Rows[0].Action != "audit.read" || page.Rows[0].Person != helen.Person {
			t.Errorf("%+v %v", page.Rows, err)
		}
		if _, l, err := w.Reveal(ctx, helen, r.Seq, "short"); err != nil || l.On("why") == "" {
			t.Error(l, err)
		}
		whole, l, err := w.Reveal(ctx, helen, r.Seq, "A complaint of the patient")
		if err != nil || !l.OK() || whole.ID != "ref-1" || whole.Facts["consent"] != "C1" {
			t.Errorf("%+v %v %v", whole, l, err)
		}
		var b strings.Builder
		must(t, w.ExportTrail(ctx, helen, desk.TrailFilter{Action: "referral.consent"}, &b))
		if strings.Contains(b.String(), "ref-1") || strings.Count(b.String(), "\n") != 2 {
			t.Error(b.String())
		}
		_, err = w.TrailRow(ctx, helen, 999)
		want(t, err, fault.Missing)
	})
}

func TestVerifyingTellsWhatItFound(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		v, err := w.Verified(ctx, helen)
		if err != nil || !v.At.IsZero() || v.Running {
			t.Fatalf("%+v %v", v, err)
		}
		must(t, w.AskVerify(ctx, helen))
		if v, err = w.Verified(ctx, helen); err != nil || !v.Running {
			t.Errorf("%+v %v", v, err)
		}
		must(t, w.VerifyAudit(ctx))
		if v, err = w.Verified(ctx, helen); err != nil || v.Running || v.Broken != "" || v.Rows != "1" {
			t.Errorf("%+v %v", v, err)
		}
	})
}

func TestStatisticsTakeTheMedianAndTheNinetiethCentile(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		var provider int64
		must(t, w.store.Write(ctx, func(tx *models.Tx) error {
			if _, err := tx.PutCities([]models.City{{Slug: "chennai", Name: "Chennai"}}); err != nil {
				return err
			}
			all := []models.ProviderBundle{{Provider: models.Provider{Slug: "a", Name: "Hospital A", Kind: "unknown", Origin: "sample", Sample: true}, Sites: []models.Site{{Main: true, CitySlug: "chennai"}}}}
			_, err := tx.PutProviders(all)
			provider = all[0].ID
			return err
		}))
		for i := range 10 {
			ref := "CC-AAAA-A" + string(rune('A'+i))
			must(t, w.store.Write(ctx, func(tx *models.Tx) error {
				return tx.AddReport(&models.Report{ID: ref, Reference: ref, Form: ref, ProviderID: provider, About: "price", Words: "old"})
			}))
			w.clock.move(time.Duration(i+1) * time.Hour)
			if i < 9 {
				must(t, w.store.Write(ctx, func(tx *models.Tx) error { return tx.CloseReport(ref, "=done", "p") }))
			}
		}
		st, err := w.Statistics(ctx, helen, true)
		must(t, err)
		at := slices.IndexFunc(st.Desk, func(x desk.Took) bool { return x.Name == "Problem reported to closed" })
		if at < 0 || st.Desk[at].N != 9 || st.Desk[at].Median != 5*time.Hour || st.Desk[at].P90 != 9*time.Hour {
			t.Errorf("%+v", st.Desk)
		}
		if len(st.Complaints) != 10 || st.Complaints[0].Closed != nil || st.Complaints[1].Outcome != "=done" {
			t.Errorf("%+v", st.Complaints)
		}
		o, err := w.Overview(ctx, helen)
		if err != nil || o.Reports != 1 || !o.OldestReport.Equal(begin.Add(45*time.Hour)) {
			t.Errorf("%+v %v", o, err)
		}
	})
}
