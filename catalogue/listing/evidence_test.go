package listing_test

import (
	"strings"
	"testing"

	"carecorridor/catalogue/listing"
	"carecorridor/models"
)

// priced is a price of hospital a that waits for its check.
func (w *world) priced() listing.Item {
	w.t.Helper()
	w.set(w.asha(), "package/"+key(w.draft(w.asha()), "package", "procedure", "knee")+"/price_gbp", "9999")
	w.send(w.asha())
	return w.waiting()
}

func (w *world) refuses(d listing.Decision, field string) {
	w.t.Helper()
	if _, problems, err := w.Decide(w.t.Context(), vera, d); err != nil || problems.On(field) == "" {
		w.t.Errorf("with %+v: %v, %v, want a problem at %s", d.Evidence, problems, err, field)
	}
}

func TestAPriceIsNotApprovedWithoutSourceDateAndHash(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		i := w.priced()
		d := approval(i)
		d.Evidence = listing.Evidence{}
		w.refuses(d, "method")
		d.Evidence = listing.Evidence{Method: listing.RegisterLookup, URL: "https://register.example", Retrieved: w.Today(), Hash: strings.Repeat("a", 64)}
		w.refuses(d, "method") // no register knows a price
		d.Evidence = listing.Evidence{Method: listing.HospitalLetter}
		w.refuses(d, "hash")
		w.refuses(d, "retrieved")
		d.Evidence = listing.Evidence{Method: listing.HospitalPage, Retrieved: w.Today(), Hash: strings.Repeat("a", 64)}
		w.refuses(d, "url")
		u, problems, err := w.AddEvidence(t.Context(), vera, i.ID, strings.NewReader(pdf))
		if err != nil || !problems.OK() {
			t.Fatal(problems, err)
		}
		d.Evidence = listing.Evidence{Method: listing.HospitalLetter, Retrieved: w.Today(), File: u.ID, Hash: strings.Repeat("a", 64)}
		got, problems, err := w.Decide(t.Context(), vera, d)
		if err != nil || got.State != listing.ItemApproved || got.Evidence.Hash != u.Hash || got.Evidence.File != u.ID {
			t.Fatalf("%+v, %v, %v: want the hash of the kept file %s", got, problems, err, u.Hash)
		}
	})
}

func TestTheHospitalsOwnStatementIsTheSourceOfAPriceWithItsDayAndHash(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		i := w.priced()
		d := approval(i)
		d.Evidence = listing.Evidence{Method: listing.HospitalStatement}
		got, problems, err := w.Decide(t.Context(), vera, d)
		if err != nil || !problems.OK() {
			t.Fatal(problems, err)
		}
		if e := got.Evidence; e.Method != listing.HospitalStatement || e.Retrieved != w.Today() || len(e.Hash) != 64 {
			t.Errorf("%+v", e)
		}
		var of models.Source
		p := w.live(w.a)
		for _, pack := range p.Packages {
			if pack.AmountMinor == 999_900 {
				of = p.Sources[pack.SourceID]
			}
		}
		if of.RetrievedOn != w.Today() {
			t.Errorf("the public price has the source %+v, want one of today", of)
		}
	})
}

func TestAFileOfAnotherHospitalIsNoEvidence(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		u, problems, err := w.AddFile(t.Context(), w.chitra(), w.b, listing.ForCertificate, strings.NewReader(pdf))
		if err != nil || !problems.OK() {
			t.Fatal(problems, err)
		}
		d := approval(w.priced())
		d.Evidence = listing.Evidence{Method: listing.HospitalLetter, Retrieved: w.Today(), File: u.ID}
		w.refuses(d, "file")
		d.Evidence.File = "none"
		w.refuses(d, "file")
	})
}

func TestAnOutcomeFigureIsNotApprovedOnTheHospitalsWordAlone(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		at := "measure/m-1/"
		w.set(w.asha(), at+"title", "Infections of the wound", at+"numerator", "2", at+"denominator", "300", at+"period_from", "2025-01-01", at+"period_to", "2025-12-31", at+"method", "All knees")
		w.send(w.asha())
		d := approval(w.waiting())
		d.Evidence.Method = listing.HospitalStatement
		w.refuses(d, "method")
		d.Evidence = listing.Evidence{Method: listing.HospitalLetter, Retrieved: w.Today()}
		w.refuses(d, "hash")
	})
}

func TestAClinicianIsNotApprovedWithoutTheHashOfWhatWasSeen(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		w.sendClinician()
		d := approval(w.waiting())
		d.Evidence.Hash = ""
		w.refuses(d, "hash")
		d.Evidence.Method = listing.PhoneLogged
		w.refuses(d, "note")
		d.Evidence.Note = "Registrar, on the council's own number: in force"
		got, problems, err := w.Decide(t.Context(), vera, d)
		if err != nil || !problems.OK() || len(got.Evidence.Hash) != 64 {
			t.Errorf("%+v, %v, %v: want the hash of the note", got.Evidence, problems, err)
		}
	})
}

func TestAFileKeptWithAnyCheckStaysWithIt(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		w.set(w.asha(), "about/beds", "334")
		w.send(w.asha())
		i := w.waiting()
		u, problems, err := w.AddEvidence(t.Context(), vera, i.ID, strings.NewReader(pdf))
		if err != nil || !problems.OK() {
			t.Fatal(problems, err)
		}
		d := approval(i)
		d.Evidence = listing.Evidence{File: u.ID}
		got, problems, err := w.Decide(t.Context(), vera, d)
		if err != nil || got.Evidence.File != u.ID || got.Evidence.Hash != u.Hash || got.Evidence.Retrieved != w.Today() {
			t.Errorf("%+v, %v, %v", got.Evidence, problems, err)
		}
	})
}
