package listing_test

import (
	"strings"
	"testing"

	"carecorridor/catalogue/listing"
	"carecorridor/internal/fault"
	"carecorridor/models"
)

func TestAPriceGoesFromDraftThroughACheckToThePublic(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		k := "package/" + key(w.draft(w.asha()), "package", "procedure", "knee")
		w.set(w.asha(), k+"/price_gbp", "5450")
		sent := w.send(w.asha())
		if len(sent.Items) != 1 || len(sent.Live) != 0 {
			t.Fatalf("%+v", sent)
		}
		i := w.waiting()
		if i.Unit != k || i.Title != "Knee, one side" || len(i.Fields) != 1 || i.Fields[0].Old != "5290" || i.Fields[0].New != "5450" || i.NeedsSecond || i.Name != "Hospital marina" {
			t.Errorf("%+v", i)
		}
		if c, _ := w.draft(w.asha()).Change(listing.Path(k + "/price_gbp")); c.State != listing.Sent || c.Item != i.ID {
			t.Errorf("%+v", c)
		}
		w.approve(vera)
		p := w.live(w.a)
		found := false
		for _, x := range p.Packages {
			if x.ProcedureSlug == "knee" {
				found = x.AmountMinor == 545000 && x.Live && x.Version == 2 && len(x.Items) == 2
			}
		}
		if !found || len(w.draft(w.asha()).Changes) != 0 {
			t.Errorf("%+v", p.Packages)
		}
		contains(t, w.history(w.a), "Knee, one side: full price, £ changed")
		prices, err := w.Prices(t.Context(), w.a)
		if err != nil || len(prices) != 1 || prices[0].Old.Minor != 529000 || prices[0].New.Minor != 545000 || !prices[0].At.Equal(begin) {
			t.Errorf("%+v, %v", prices, err)
		}
	})
}

func TestTrivialChangesGoLiveByRule(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		w.set(w.asha(), "about/phone", "044 5550 0123", "about/website", "https://marina.example")
		sent := w.send(w.asha())
		if len(sent.Live) != 1 || sent.Live[0] != "about/phone" || len(sent.Items) != 1 {
			t.Fatalf("%+v", sent)
		}
		if live := w.draft(w.asha()).Live["about/phone"]; live == "" || !strings.HasPrefix(live, "+91 ") {
			t.Errorf("telephone %q", live)
		}
	})
}

func TestWhatIsMissingIsSaidWhenItIsSent(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		w.set(w.asha(), "package/new-one/name", "Hip, new", "clinician/dr-1/name", "Dr R. Menon")
		_, problems, err := w.Send(t.Context(), w.asha(), w.a, nil)
		for _, path := range []string{"package/new-one/price_gbp", "package/new-one/valid_to", "package/new-one/includes.taxes", "clinician/dr-1/registration"} {
			if problems.On(path) == "" {
				t.Errorf("%s: nothing said", path)
			}
		}
		page, e := w.Queue(t.Context(), vera, listing.Filter{})
		if err != nil || e != nil || page.Total != 0 {
			t.Error("half was sent", err, e)
		}
		sent, problems, err := w.Send(t.Context(), w.asha(), w.a, []string{"about/beds"})
		if err != nil || !problems.OK() || len(sent.Items) != 0 {
			t.Error(sent, problems, err)
		}
	})
}

func TestAFullPriceIsNeededForANewPackage(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		w.set(w.asha(), newPackage("package/0192-new/")...)
		w.send(w.asha())
		if i := w.waiting(); !i.New || i.Title != "Hip, robot" {
			t.Errorf("%+v", i)
		}
		w.approve(vera)
		p := w.live(w.a)
		if len(p.Packages) != 3 {
			t.Fatalf("%+v", p.Packages)
		}
		contains(t, w.history(w.a), "Hip, robot: added")
		d := w.draft(w.asha())
		if d.Live["package/0192-new/includes.stay"] != "yes" || d.Live["package/0192-new/includes.tests"] != "on top: £40" || d.Live["package/0192-new/on_top"] == "" {
			t.Errorf("%v", d.Live.Entry("package", "0192-new"))
		}
		w.set(w.asha(), "package/0192-new/removed", "yes")
		w.send(w.asha())
		w.approve(vera)
		if len(w.live(w.a).Packages) != 2 {
			t.Error("not taken out")
		}
		prices, _ := w.Prices(t.Context(), w.a)
		if len(prices) != 2 || prices[0].New != nil || prices[1].Old != nil {
			t.Errorf("%+v", prices)
		}
	})
}

func newPackage(at string) []string {
	out := []string{at + "procedure", "hip", at + "name", "Hip, robot", at + "room", "Single room", at + "price_gbp", "6200", at + "valid_to", "31/12/2027", at + "stay_nights", "5",
		at + "days_in_india", "14", at + "assessed_at", "By video", at + "assessed_when", "A month before", at + "includes.tests", "on top: £40", at + "on_top", "Intensive care: £210 per night"}
	for _, i := range []string{"taxes", "surgeon", "anaesthetist", "theatre", "implant", "consumables", "medicines", "stay"} {
		out = append(out, at+"includes."+i, "yes")
	}
	return out
}

func TestSentBackKeepsTheChangeWithTheReason(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		w.set(w.asha(), "about/beds", "900")
		w.send(w.asha())
		i := w.waiting()
		_, problems, err := w.Decide(t.Context(), vera, listing.Decision{Item: i.ID, Version: i.Version, Verdict: listing.SendBack})
		if err != nil || problems.On("reason") == "" {
			t.Fatalf("%v, %v", problems, err)
		}
		if _, _, err = w.Decide(t.Context(), vera, listing.Decision{Item: i.ID, Version: i.Version, Verdict: listing.SendBack, Reason: "Your page says 300"}); err != nil {
			t.Fatal(err)
		}
		c, _ := w.draft(w.asha()).Change("about/beds")
		if c.State != listing.SentBack || c.Reason != "Your page says 300" || c.Value != "900" || w.live(w.a).Facts[0].Value != "200" {
			t.Errorf("%+v", c)
		}
		if len(w.told) != 1 || w.told[0].Template != listing.LetterSentBack {
			t.Errorf("%+v", w.told)
		}
		w.set(w.asha(), "about/website", "https://example.org/marina")
		if sent := w.send(w.asha()); len(sent.Items) != 1 || w.waiting().Unit != "about/website" {
			t.Errorf("what came back went again unchanged: %+v", sent)
		}
		w.approve(vera)
		w.set(w.asha(), "about/beds", "300")
		w.send(w.asha())
		w.approve(vera)
		if got := w.draft(w.asha()); len(got.Changes) != 0 || got.Live["about/beds"] != "300" {
			t.Errorf("%+v", got.Changes)
		}
	})
}

func TestARejectedChangeIsNotSentAgainUnchanged(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		w.set(w.asha(), "about/beds", "900")
		w.send(w.asha())
		i := w.waiting()
		if _, _, err := w.Decide(t.Context(), vera, listing.Decision{Item: i.ID, Version: i.Version, Verdict: listing.Reject, Reason: "Not so"}); err != nil {
			t.Fatal(err)
		}
		if sent := w.send(w.asha()); len(sent.Items) != 0 {
			t.Errorf("%+v", sent)
		}
		if err := w.Discard(t.Context(), w.asha(), w.a, []string{"about/beds"}); err != nil || len(w.draft(w.asha()).Changes) != 0 {
			t.Error(err)
		}
	})
}

func TestEditingWhatWaitsTakesItBack(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		w.set(w.asha(), "about/beds", "900")
		w.send(w.asha())
		i := w.waiting()
		w.set(w.bala(), "about/beds", "910")
		_, _, err := w.Decide(t.Context(), vera, approval(i))
		wantKind(t, err, fault.Conflict)
		page, err := w.Queue(t.Context(), vera, listing.Filter{})
		if err != nil || page.Total != 0 {
			t.Errorf("%+v, %v", page, err)
		}
		if old, err := w.Item(t.Context(), vera, i.ID); err != nil || old.State != listing.ItemWithdrawn {
			t.Errorf("%+v, %v", old, err)
		}
	})
}

func TestNobodyChecksTheirOwnEntryOrOrganisation(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		w.set(w.asha(), "about/beds", "210")
		w.send(w.asha())
		i := w.waiting()
		wrote, insider, member := vera, vera, vera
		wrote.Person, insider.Provider, member.Person = "asha", w.a, "vimal"
		for _, who := range []struct {
			name string
			err  error
		}{{"who wrote it", decide(t, w, wrote.Person, 0, i)}, {"who acts for the hospital", decide(t, w, "vera", w.a, i)}, {"who has a role there", decide(t, w, member.Person, 0, i)}} {
			if !fault.Is(who.err, fault.Forbidden) {
				t.Errorf("%s: %v", who.name, who.err)
			}
		}
		if err := decide(t, w, "vera", w.b, i); err != nil {
			t.Errorf("somebody of another hospital may: %v", err)
		}
	})
}

func decide(t *testing.T, w *world, person string, provider int64, i listing.Item) error {
	t.Helper()
	who := vera
	who.Person, who.Provider = person, provider
	_, _, err := w.Decide(t.Context(), who, approval(i))
	return err
}

func TestOutcomeFiguresNeedTwoPeople(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		at := "measure/m1/"
		w.set(w.asha(), at+"title", "Infections of the wound", at+"procedure", "knee", at+"numerator", "4", at+"denominator", "403", at+"period_from", "1/1/2025", at+"period_to", "31/12/2025",
			at+"method", "All operations, 90 days")
		w.send(w.asha())
		i := w.waiting()
		if !i.NeedsSecond || i.SecondWhy == "" {
			t.Fatalf("%+v", i)
		}
		first, _, err := w.Decide(t.Context(), vera, approval(i))
		if err != nil || first.State != listing.WaitingSecond || len(w.live(w.a).Measures) != 0 {
			t.Fatalf("%+v, %v", first, err)
		}
		if _, _, err = w.Decide(t.Context(), vera, approval(first)); !fault.Is(err, fault.Forbidden) {
			t.Errorf("the same person twice: %v", err)
		}
		page, err := w.Queue(t.Context(), vera, listing.Filter{Mine: true})
		if err != nil || page.Total != 0 {
			t.Errorf("it is shown to who approved it already: %+v, %v", page, err)
		}
		if done, _, err := w.Decide(t.Context(), victor, approval(first)); err != nil || done.State != listing.ItemApproved {
			t.Fatal(done, err)
		}
		if m := w.live(w.a).Measures; len(m) != 1 || m[0].Numerator != 4 || m[0].Denominator != 403 {
			t.Errorf("%+v", m)
		}
	})
}

func TestAPublicValueThatMovedIsShownBeforeItIsDecided(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		w.set(w.asha(), "about/beds", "210")
		w.send(w.asha())
		i := w.waiting()
		write(t, w.store, func(tx *models.Tx) error {
			return tx.SetFact(w.a, "beds", &models.Fact{Value: "205", Evidence: "third_party", SourceID: w.live(w.a).Facts[0].SourceID})
		})
		_, _, err := w.Decide(t.Context(), vera, approval(i))
		wantKind(t, err, fault.Conflict)
		i = w.waiting()
		if i.Fields[0].Old != "205" || i.Fields[0].New != "210" {
			t.Fatalf("%+v", i.Fields)
		}
		w.approve(vera)
		if got := w.draft(w.asha()).Live["about/beds"]; got != "210" {
			t.Error(got)
		}
	})
}

func TestAnApprovalNeedsTheWholeChecklistAndEvidence(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		w.sendClinician()
		i := w.waiting()
		d := approval(i)
		d.Ticked, d.Evidence = d.Ticked[1:], listing.Evidence{Retrieved: day("2026-11-23")}
		_, problems, err := w.Decide(t.Context(), vera, d)
		if err != nil || problems.On("ticked") == "" || problems.On("method") == "" || problems.On("retrieved") == "" {
			t.Fatalf("%v, %v", problems, err)
		}
		w.approve(vera)
		c := w.live(w.a).Clinicians
		if len(c) != 1 || c[0].RegistrationNo != "12345" || c[0].NextCheck != day("2026-11-22").AddDays(180) {
			t.Errorf("%+v", c)
		}
	})
}

func TestAPreviewShowsTheDraftAndKeepsNothing(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		before := w.live(w.a)
		w.set(w.asha(), "about/name", "Marina Hospital", "about/beds", "230", "package/unfinished/name", "Half a package")
		p, err := w.Preview(t.Context(), w.asha(), w.a)
		if err != nil || p.Name != "Marina Hospital" || len(p.Packages) != 2 || len(p.Sources) == 0 {
			t.Fatalf("%+v, %v", p, err)
		}
		after := w.live(w.a)
		if after.Name != before.Name || after.Version != before.Version || len(after.Changes) != len(before.Changes) {
			t.Error("the preview was kept")
		}
	})
}

func TestEveryWriteIsAudited(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		w.set(w.asha(), "about/beds", "210")
		w.send(w.asha())
		w.approve(vera)
		rows, err := w.store.AuditPage(t.Context(), models.AuditFilter{}, 100)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, r := range rows.Rows {
			got = append(got, r.Person+" "+r.Action+" "+r.OnKind)
		}
		for _, want := range []string{"asha listing.edit listing", "asha listing.send listing", "vera verification.check verification"} {
			contains(t, got, want)
		}
	})
}
