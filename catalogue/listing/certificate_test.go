package listing_test

import (
	"slices"
	"testing"

	"carecorridor/catalogue"
	"carecorridor/catalogue/listing"
	"carecorridor/internal/fault"
	"carecorridor/models"
)

var certificateStates = []models.CertificateState{"", models.CertificateClaimed, models.CertificateInProcess, models.CertificateVerified, models.CertificateDue,
	models.CertificateExpired, models.CertificateSuspended, models.CertificateWithdrawn, models.CertificateNotRenewed, models.CertificateValFail}

func TestTheCertificateTableNamesEveryStateAndEvent(t *testing.T) {
	t.Parallel()
	reached := map[models.CertificateState]bool{"": true}
	for _, line := range listing.CertificateTable {
		reached[line.To] = true
		if line.Says == "" || line.Shown == "" || slices.Contains(line.From, line.To) && line.Event != listing.Verify {
			t.Errorf("%+v", line)
		}
		for _, from := range line.From {
			if to, ok := listing.CertificateAfter(from, line.Event); !ok || to.To != line.To {
				t.Errorf("%s after %s: %v", line.Event, from, to.To)
			}
		}
	}
	for _, s := range certificateStates {
		if !reached[s] {
			t.Errorf("%s is never reached", s)
		}
	}
	for _, never := range []struct {
		from models.CertificateState
		e    listing.CertificateEvent
	}{{models.CertificateWithdrawn, listing.Expire}, {models.CertificateExpired, listing.Expire}, {models.CertificateClaimed, listing.Expire}, {models.CertificateSuspended, listing.FallDue}} {
		if _, ok := listing.CertificateAfter(never.from, never.e); ok {
			t.Errorf("%s from %s", never.e, never.from)
		}
	}
}

// pdf is the beginning of a document.
const pdf = "%PDF-1.7\n1 0 obj\n"

// certificate sends a new one with number and last day, and gives its key.
func (w *world) certificate(number, until string) string {
	w.t.Helper()
	at := "certificate/" + listing.NewKey() + "/"
	w.set(w.asha(), at+"body", "JCI", at+"programme", "Hospital", at+"level", "full", at+"number", number, at+"legal_entity", "Marina Trust", at+"site_address", "1 Beach Road",
		at+"valid_from", "2024-03-01", at+"valid_to", until, at+"file", w.file())
	w.send(w.asha())
	return listing.Path(at + "x").Key()
}

func (w *world) held(key string) models.AccreditationBundle {
	for _, a := range w.live(w.a).Accreditations {
		if listing.CertificateKey(a.Accreditation) == key {
			return a
		}
	}
	return models.AccreditationBundle{}
}

func TestAFirstCertificateNeedsTwoPeopleAndTellsItsHistory(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		key := w.certificate("J-1", "2028-02-29")
		w.clock.move(1)
		first := w.approve(vera)
		if first.State != listing.WaitingSecond || w.held(key).ID != 0 {
			t.Fatalf("public after one person: %+v", w.held(key))
		}
		w.clock.move(1)
		w.approve(victor)
		a := w.held(key)
		if a.State != models.CertificateVerified || a.RegisterStatus != models.RegisterValid || a.Method != "register_lookup" || a.CheckedOn != day("2026-11-24") || a.NextCheck != a.CheckedOn.AddDays(90) || a.Scope != "" || a.LegalEntity != "Marina Trust" {
			t.Errorf("%+v", a.Accreditation)
		}
		var days []string
		for _, e := range a.Events {
			days = append(days, e.On.String()+" "+e.Note)
		}
		want := []string{"2026-11-22 The hospital sent a certificate to be checked", "2026-11-23 First check done, a second person looks", "2026-11-24 Checked with the body that issued it"}
		if !slices.Equal(days, want) {
			t.Errorf("%q", days)
		}
		if c := catalogue.Judge(a.Accreditation, w.Today()); c.Label() != "JCI until February 2028" || !c.Accredits() {
			t.Error(c.Label())
		}
	})
}

func TestARenewalNeedsASecondPersonOnlyWithANewNameOrAddress(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		key := w.certificate("J-1", "2027-02-28")
		w.approve(vera, victor)
		at := "certificate/" + key + "/"
		w.set(w.asha(), at+"valid_to", "2030-02-28")
		w.send(w.asha())
		if i := w.waiting(); i.NeedsSecond {
			t.Errorf("%+v", i)
		}
		w.approve(vera)
		if a := w.held(key); a.ValidTo != day("2030-02-28") || a.State != models.CertificateVerified || len(a.Events) != 4 {
			t.Errorf("%+v", a)
		}
		w.set(w.asha(), at+"legal_entity", "Another Trust")
		w.send(w.asha())
		if i := w.waiting(); !i.NeedsSecond {
			t.Errorf("%+v", i)
		}
	})
}

func TestACertificateExpiresWhenItsDayIsOver(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		key := w.certificate("J-1", "2027-02-28")
		w.approve(vera, victor)
		steps := []struct {
			days int // after the step before
			want string
		}{{39, "NABH ends in 0 days"}, {1, "NABH expired on 31 December 2026"}}
		for _, s := range steps {
			w.clock.move(s.days)
			if _, err := w.TurnDay(t.Context()); err != nil {
				t.Fatal(err)
			}
			var labels []string
			for _, a := range w.live(w.a).Accreditations {
				if a.Body == "NABH" {
					labels = append(labels, catalogue.Judge(a.Accreditation, w.Today()).Label())
				}
			}
			if !slices.Equal(labels, []string{s.want}) {
				t.Errorf("%s: %q, want %s", w.Today(), labels, s.want)
			}
		}
		if p := w.live(w.a); !p.Packages[0].Live || p.Packages[0].Paused {
			t.Error("another accreditation still runs: prices must stay")
		}
		if p := w.live(w.b); p.Packages[0].Live || !p.Packages[0].Paused {
			t.Errorf("no accreditation runs: %+v", p.Packages[0].Package)
		}
		if len(w.flagged) != 2 || w.flagged[0] != "expired" {
			t.Errorf("%v", w.flagged)
		}
		contains(t, w.history(w.b), "NABH certificate H-lotus: expired on 31 December 2026")
		contains(t, w.history(w.b), "Prices not shown: no accreditation runs")
		if p, err := w.Prices(t.Context(), w.a); err != nil || len(p) != 0 {
			t.Error(p, err)
		}
		w.clock.move(59) // the last day of the other one is over
		again, err := w.TurnDay(t.Context())
		if err != nil || again.Expired != 1 || w.held(key).State != models.CertificateExpired {
			t.Fatalf("%+v, %v, %+v", again, err, w.held(key))
		}
		if again, err = w.TurnDay(t.Context()); err != nil || again != (listing.Turned{}) {
			t.Errorf("twice: %+v, %v", again, err)
		}
		w.set(w.asha(), "certificate/"+key+"/valid_to", "2030-02-28")
		w.send(w.asha())
		page, err := w.Queue(t.Context(), vera, listing.Filter{Kind: listing.KindChange})
		if err != nil || len(page.Items) != 1 {
			t.Fatal(page, err)
		}
		d := approval(page.Items[0])
		d.Evidence.Retrieved = w.Today()
		if _, problems, err := w.Decide(t.Context(), vera, d); err != nil || !problems.OK() {
			t.Fatal(problems, err)
		}
		if p := w.live(w.a); !p.Packages[0].Live || p.Packages[0].Paused {
			t.Error("renewed: prices must be back")
		}
	})
}

func TestOwnersAreRemindedOnceAtEachDistance(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		key := w.certificate("J-1", "2027-06-30")
		w.approve(vera, victor)
		write(t, w.store, func(tx *models.Tx) error { return tx.ClaimListing(w.a) })
		var days []int
		turn := func(move int) {
			w.clock.move(move)
			w.told = nil
			if _, err := w.TurnDay(t.Context()); err != nil {
				t.Fatal(err)
			}
			for _, l := range w.told {
				days = append(days, l.Days)
			}
		}
		turn(0) // 39 days before the end of both hospitals' first certificates
		turn(0)
		turn(8) // 31
		turn(1) // 30
		turn(1)
		if !slices.Equal(days, []int{39, 39, 30, 30}) {
			t.Errorf("%v", days)
		}
		w.owners, days = 0, nil
		turn(23) // 6 days: nobody has an account
		w.owners = 1
		turn(1)
		if !slices.Equal(days, []int{5, 5}) {
			t.Errorf("%v", days)
		}
		_ = key
	})
}

func TestWhatWasCheckedLongAgoComesBackIntoTheQueue(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		key := w.certificate("J-1", "2030-06-30")
		w.approve(vera, victor)
		w.clock.move(59)
		if done, err := w.TurnDay(t.Context()); err != nil || done.Due != 0 {
			t.Fatal(done, err)
		}
		w.clock.move(1)
		for range 2 {
			if _, err := w.TurnDay(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		i := w.waiting()
		if i.Kind != listing.KindRecheck || w.held(key).State != models.CertificateDue {
			t.Fatalf("%+v", i)
		}
		w.approve(vera)
		if a := w.held(key); a.State != models.CertificateVerified || a.CheckedOn != w.Today() || a.NextCheck != w.Today().AddDays(90) {
			t.Errorf("%+v", a)
		}
		w.clock.move(60)
		if _, err := w.TurnDay(t.Context()); err != nil {
			t.Fatal(err)
		}
		i = w.waiting()
		_, _, err := w.Decide(t.Context(), vera, listing.Decision{Item: i.ID, Version: i.Version, Verdict: listing.Reject, Reason: "The register shows it as suspended", Found: listing.Suspend})
		if err != nil {
			t.Fatal(err)
		}
		a := w.held(key)
		if a.State != models.CertificateSuspended || catalogue.Judge(a.Accreditation, w.Today()).Standing != catalogue.Suspended {
			t.Errorf("%+v", a)
		}
		contains(t, w.flagged, "suspended")
	})
}

func TestACertificateIsNeverTakenOut(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		k := key(w.draft(w.asha()), "certificate", "body", "NABH")
		if saved := w.try(w.asha(), "certificate/"+k+"/removed", "yes"); saved.Problems.OK() {
			t.Error(saved)
		}
		_, _, err := w.Decide(t.Context(), vera, listing.Decision{Item: "none"})
		wantKind(t, err, fault.Missing)
	})
}
