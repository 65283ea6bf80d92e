package listing_test

import (
	"strings"
	"testing"

	"carecorridor/catalogue/listing"
	"carecorridor/internal/fault"
	"carecorridor/models"
)

func TestADraftIsNotPublic(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		k := "package/" + key(w.draft(w.asha()), "package", "procedure", "knee")
		before := w.live(w.a).Version
		w.set(w.asha(), k+"/price_gbp", "£5,450", "about/beds", "220")
		d := w.draft(w.bala())
		if len(d.Changes) != 2 || d.Value(listing.Path(k+"/price_gbp")) != "5450" {
			t.Fatalf("%+v", d.Changes)
		}
		c, _ := d.Change(listing.Path(k + "/price_gbp"))
		if c.Live != "5290" || c.By != "asha" || c.ByName != "Asha" || c.State != listing.Drafted || c.At.IsZero() {
			t.Errorf("%+v", c)
		}
		if p := w.live(w.a); p.Version != before || p.Packages[1].AmountMinor != 529000 && p.Packages[0].AmountMinor != 529000 {
			t.Errorf("the public listing moved: %+v", p.Packages)
		}
	})
}

func TestAYearToComeAndWordsNobodySeesAreNotKept(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		for _, path := range []listing.Path{"about/year_established", "photo/door/taken", "clinician/rao/year"} {
			saved, err := w.Save(t.Context(), w.asha(), w.a, []listing.Edit{{Path: path, Seen: w.draft(w.asha()).Value(path), Value: "2027"}}, false)
			if err != nil || len(saved.Problems) != 1 || !strings.Contains(saved.Problems[0].Say, "to 2026") {
				t.Errorf("%s: %+v, %v", path, saved, err)
			}
		}
		w.set(w.asha(), "about/complaints", "\u200b\u200d")
		if got := w.draft(w.asha()).Value("about/complaints"); got != "" {
			t.Errorf("%q", got)
		}
	})
}

func TestDifferentFieldsMergeAndTheSameFieldShowsBoth(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		k := "package/" + key(w.draft(w.asha()), "package", "procedure", "knee")
		price, until := listing.Path(k+"/price_gbp"), listing.Path(k+"/valid_to")
		form := func(gbp, to string) []listing.Edit { // both people opened the same form
			return []listing.Edit{{Path: price, Seen: "5290", Value: gbp}, {Path: until, Seen: "2027-06-30", Value: to}}
		}
		first, err := w.Save(t.Context(), w.asha(), w.a, form("5450", "2027-06-30"), false)
		if err != nil || !first.OK() {
			t.Fatal(first, err)
		}
		other, err := w.Save(t.Context(), w.bala(), w.a, form("5290", "31/03/2027"), false)
		if err != nil || !other.OK() {
			t.Fatal(other, err)
		}
		if d := w.draft(w.asha()); d.Value(price) != "5450" || d.Value(until) != "2027-03-31" {
			t.Errorf("not merged: %+v", d.Changes)
		}
		clash, err := w.Save(t.Context(), w.bala(), w.a, append(form("5,600", "2027-03-31"), listing.Edit{Path: "about/beds", Seen: "200", Value: "230"}), false)
		if err != nil || len(clash.Conflicts) != 1 || !clash.Problems.OK() {
			t.Fatalf("%+v, %v", clash, err)
		}
		c := clash.Conflicts[0]
		if c.Path != price || c.Theirs != "5450" || c.Yours != "5600" || c.By != "asha" || c.ByName != "Asha" || c.At.IsZero() {
			t.Errorf("%+v", c)
		}
		if d := w.draft(w.asha()); d.Value(price) != "5450" || d.Value("about/beds") != "230" {
			t.Errorf("theirs was lost, or the other field was: %+v", d.Changes)
		}
	})
}

func TestTheSameSaveTwiceIsHarmless(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		edit := []listing.Edit{{Path: "about/beds", Seen: "200", Value: "230"}}
		for range 2 {
			if saved, err := w.Save(t.Context(), w.asha(), w.a, edit, false); err != nil || !saved.OK() {
				t.Fatal(saved, err)
			}
		}
		back := []listing.Edit{{Path: "about/beds", Seen: "230", Value: "200"}}
		if _, err := w.Save(t.Context(), w.asha(), w.a, back, false); err != nil || len(w.draft(w.asha()).Changes) != 0 {
			t.Errorf("the public value again is no change: %v", err)
		}
	})
}

func TestBadValuesAreRefusedAtTheirFieldAndNothingIsKept(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		k := "package/" + key(w.draft(w.asha()), "package", "procedure", "knee")
		for path, c := range map[string]struct{ value, says string }{
			"about/name":                         {strings.Repeat("क", 5000), "must be 200 characters or fewer. You have written 5,000"},
			"about/note":                         {"a\u202Eb", "hidden control character"},
			"about/address":                      {"one\ntwo", "one line"},
			"about/postcode":                     {"12", "6 digits"},
			"about/phone":                        {"call me", "country code"},
			"about/website":                      {"javascript:alert(1)", "https://"},
			"about/beds":                         {"many", "whole number"},
			k + "/price_gbp":                     {"-5", "below 0"},
			k + "/price_inr":                     {"₹5,26,75", "groups"},
			k + "/valid_to":                      {"2025-12-31", "after the last day"},
			k + "/days_in_india":                 {"4", "need at least 6 days"},
			k + "/procedure":                     {"kidney-transplant", "never listed"},
			"language/TAMIL/listed":              {"yes", "not in our list"},
			"procedure/kidney-transplant/listed": {"yes", "never listed"},
			"measure/m1/denominator":             {"0", "whole number from 1"},
			"certificate/n1/body":                {"ISO", "Select one"},
			"nothing/here":                       {"x", "no such field"},
			"certificate/c1/removed":             {"yes", "no such field"},
		} {
			saved := w.try(w.asha(), path, c.value, "about/beds", "240")
			found := false
			for _, p := range saved.Problems {
				found = found || strings.Contains(p.Say, c.says)
			}
			if !found || len(saved.Kept) != 0 {
				t.Errorf("%s = %.20q: %+v", path, c.value, saved)
			}
		}
		if d := w.draft(w.asha()); len(d.Changes) != 0 {
			t.Errorf("something was half saved: %+v", d.Changes)
		}
	})
}

func TestTextOfAnyScriptIsKeptComposed(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		w.set(w.asha(), "about/note", "e\u0301 שלום \u0939\u093f\u0928\u094d\u0926\u0940", "about/complaints", "مكتب الشكاوى")
		d := w.draft(w.asha())
		if d.Value("about/note") != "é שלום हिन्दी" || d.Value("about/complaints") != "مكتب الشكاوى" {
			t.Errorf("%q", d.Changes)
		}
	})
}

func TestPoundsAndRupeesFarApartAreAsked(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		k := "package/" + key(w.draft(w.asha()), "package", "procedure", "knee")
		edit := []listing.Edit{{Path: listing.Path(k + "/price_inr"), Seen: "", Value: "₹6,00,000"}}
		saved, err := w.Save(t.Context(), w.asha(), w.a, edit, false)
		if err != nil || len(saved.Questions) != 1 || len(w.draft(w.asha()).Changes) != 0 {
			t.Fatalf("%+v, %v", saved, err)
		}
		saved, err = w.Save(t.Context(), w.asha(), w.a, edit, true)
		if err != nil || !saved.OK() || len(w.draft(w.asha()).Changes) != 1 {
			t.Errorf("confirmed: %+v, %v", saved, err)
		}
	})
}

func TestAnotherOrganisationFindsNothing(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		edit := []listing.Edit{{Path: "about/beds", Seen: "200", Value: "1"}}
		_, err := w.Draft(t.Context(), w.chitra(), w.a)
		wantKind(t, err, fault.Missing)
		_, err = w.Save(t.Context(), w.chitra(), w.a, edit, false)
		wantKind(t, err, fault.Missing)
		_, _, err = w.Send(t.Context(), w.chitra(), w.a, nil)
		wantKind(t, err, fault.Missing)
		_, err = w.Preview(t.Context(), w.chitra(), w.a)
		wantKind(t, err, fault.Missing)
		_, err = w.Overview(t.Context(), w.chitra(), w.a)
		wantKind(t, err, fault.Missing)
		_, err = w.Activity(t.Context(), w.chitra(), w.a, 3)
		wantKind(t, err, fault.Missing)
		_, err = w.ItemsOf(t.Context(), w.chitra(), w.a)
		wantKind(t, err, fault.Missing)
		wantKind(t, w.Export(t.Context(), w.chitra(), w.a, nil), fault.Missing)
		wantKind(t, w.Discard(t.Context(), w.chitra(), w.a, nil), fault.Missing)
		_, err = w.Queue(t.Context(), w.bala(), listing.Filter{})
		wantKind(t, err, fault.Forbidden)
		_, _, err = w.Decide(t.Context(), w.bala(), listing.Decision{})
		wantKind(t, err, fault.Forbidden)
		_, err = w.Save(t.Context(), vera, w.a, edit, false)
		wantKind(t, err, fault.Forbidden)
		wantKind(t, w.Export(t.Context(), w.asha(), w.a, nil), fault.Forbidden)
	})
}

func TestTheSeedLeavesAKeptListingAlone(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		w.set(w.asha(), "about/beds", "230")
		src := w.live(w.a).Specialties[0].SourceID
		write(t, w.store, func(tx *models.Tx) error {
			again := hospital("marina", src)
			again.Name = "Another name"
			done, err := tx.PutProviders([]models.ProviderBundle{again})
			if done.Any() {
				t.Errorf("written over: %+v", done)
			}
			return err
		})
		if len(w.draft(w.asha()).Changes) != 1 {
			t.Error("the draft is gone")
		}
	})
}

func TestManyEditorsAtOnceLoseNothing(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		fields := []string{"about/beds", "about/year_established", "about/postcode", "about/address", "about/website", "about/complaints"}
		values := []string{"300", "1999", "600002", "2 Beach Road", "https://marina.example", "The desk"}
		d := w.draft(w.asha())
		type answer struct {
			saved listing.Saved
			err   error
		}
		answers := make(chan answer)
		for i, f := range fields {
			go func() {
				own := listing.Edit{Path: listing.Path(f), Seen: d.Value(listing.Path(f)), Value: values[i]}
				same := listing.Edit{Path: "about/note", Seen: "", Value: "Words of editor " + f}
				saved, err := w.Save(t.Context(), w.asha(), w.a, []listing.Edit{own, same}, false)
				answers <- answer{saved, err}
			}()
		}
		clashes := 0
		for range fields {
			a := <-answers
			if a.err != nil || !a.saved.Problems.OK() || len(a.saved.Kept)+len(a.saved.Conflicts) != 2 {
				t.Errorf("%+v", a)
			}
			clashes += len(a.saved.Conflicts)
		}
		now := w.draft(w.asha())
		for i, f := range fields {
			if got := now.Value(listing.Path(f)); got != values[i] {
				t.Errorf("%s: %q", f, got)
			}
		}
		if clashes != len(fields)-1 || now.Value("about/note") == "" {
			t.Errorf("%d clashes", clashes)
		}
	})
}
