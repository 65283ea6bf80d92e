package listing_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"carecorridor/catalogue/listing"
	"carecorridor/catalogue/pricelist"
	"carecorridor/internal/fault"
	"carecorridor/models"
)

// plan holds a file against the prices of hospital a.
func (w *world) plan(content []byte) (pricelist.Plan, []pricelist.Row) {
	w.t.Helper()
	rows, k, err := w.PriceRows(w.t.Context(), w.asha(), w.a)
	if err != nil {
		w.t.Fatal(err)
	}
	file, err := pricelist.Read(bytes.NewReader(content), pricelist.Limits, k)
	if err != nil {
		w.t.Fatal(err)
	}
	return pricelist.Compare(rows, file, k), rows
}

func TestAPriceListGoesIntoTheDraftAndTheSameAgainChangesNothing(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		w.set(w.asha(), newPackage("package/0192-new/")...)
		rows, k, err := w.PriceRows(t.Context(), w.asha(), w.a)
		if err != nil || len(rows) != 3 {
			t.Fatalf("%d rows, %v", len(rows), err)
		}
		list := pricelist.Write(rows, k)
		if same, _ := w.plan(list); same.Counts.Changed+same.Counts.New != 0 {
			t.Errorf("the download itself: %+v", same.Counts)
		}
		changed, rows := w.plan(bytes.Replace(list, []byte("6200"), []byte("6350"), 1))
		edits, err := changed.Apply(rows, pricelist.Choice{SkipBad: true})
		if err != nil || len(edits) != 1 {
			t.Fatalf("%+v, %v", changed.Counts, err)
		}
		saved, err := w.ApplyPrices(t.Context(), w.asha(), w.a, edits)
		if err != nil || !saved.OK() || len(saved.Kept) != 1 || w.draft(w.asha()).Value("package/0192-new/price_gbp") != "6350" {
			t.Fatalf("%+v, %v", saved, err)
		}
		again, err := w.ApplyPrices(t.Context(), w.asha(), w.a, edits)
		if err != nil || !again.OK() || len(again.Kept) != 0 {
			t.Errorf("%+v, %v", again, err)
		}
		w.set(w.bala(), "package/0192-new/price_gbp", "6400")
		clash, err := w.ApplyPrices(t.Context(), w.asha(), w.a, edits)
		if err != nil || len(clash.Conflicts) != 1 || w.draft(w.asha()).Value("package/0192-new/price_gbp") != "6400" {
			t.Errorf("%+v, %v", clash, err)
		}
		_, err = w.ApplyPrices(t.Context(), w.chitra(), w.a, edits)
		wantKind(t, err, fault.Missing)
	})
}

func TestTenThousandPackagesTakeSeconds(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		const n = 9990
		_, k, err := w.PriceRows(t.Context(), w.asha(), w.a)
		if err != nil {
			t.Fatal(err)
		}
		var edits []pricelist.Edit
		for i := range n {
			price := int64(500_000 + i)
			edits = append(edits, pricelist.Edit{After: pricelist.Row{Procedure: "knee", Name: fmt.Sprintf("Knee %d", i), Room: "Single room", GBP: &price, To: day("2027-06-30"), Nights: ptr(5), Days: ptr(14)}})
		}
		began := time.Now()
		saved, err := w.ApplyPrices(t.Context(), w.asha(), w.a, edits)
		if err != nil || !saved.OK() {
			t.Fatalf("%v, %v", saved.Problems, err)
		}
		took := time.Since(began)
		t.Logf("%d packages with %d values into the draft in %v", n, len(saved.Kept), took)
		if took > time.Minute {
			t.Errorf("%v", took)
		}
		_ = k
	})
}

func TestAMonthCountsWhatHappenedInItAndHidesFew(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		for i := range 6 {
			w.enquiry(fmt.Sprint("e", i), i < 5, i == 0)
		}
		months, err := w.Activity(t.Context(), w.asha(), w.a, 3)
		if err != nil || len(months) != 3 || months[0].Month != "2026-11" || months[2].Month != "2026-09" {
			t.Fatalf("%+v, %v", months, err)
		}
		if m := months[0]; m.Enquiries != 6 || m.Quotes != 5 || m.Acceptances != listing.Few || m.AnswerHours != 0 && m.AnswerHours != 1 {
			t.Errorf("%+v", m)
		}
		if other, err := w.Activity(t.Context(), w.chitra(), w.b, 1); err != nil || other[0].Enquiries != 0 {
			t.Errorf("%+v, %v", other, err)
		}
	})
}

// enquiry adds a request to hospital a as package enquiry leaves it.
func (w *world) enquiry(id string, quoted, accepted bool) {
	w.t.Helper()
	write(w.t, w.store, func(tx *models.Tx) error {
		now := tx.Now()
		ref := "CC-" + id
		e := &models.Enquiry{ID: id, State: "open", Reference: &ref, SubmittedAt: &now}
		if err := tx.AddEnquiry(e); err != nil {
			return err
		}
		r := &models.EnquiryRecipient{ID: "r" + id, EnquiryID: id, Ord: 1, HospitalSlug: "marina", HospitalName: "Hospital marina", State: "sent"}
		if err := tx.AddRecipient(r); err != nil {
			return err
		}
		events := []string{"deliver"}
		if quoted {
			events = append(events, "open", "quote")
		}
		if accepted {
			events = append(events, "accept")
		}
		for _, name := range events {
			if err := tx.AddEvent(&models.EnquiryEvent{EnquiryID: id, RecipientOrd: 1, Event: name, ByWhom: "hospital", FromState: "x", ToState: "y"}); err != nil {
				return err
			}
		}
		return nil
	})
}

func TestTheOverviewSaysWhatWaits(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		w.enquiry("e1", false, false)
		w.set(w.asha(), "about/beds", "220")
		o, err := w.Overview(t.Context(), w.asha(), w.a)
		if err != nil {
			t.Fatal(err)
		}
		var codes []string
		for _, d := range o.ToDos {
			codes = append(codes, d.Code)
		}
		want := []string{listing.DoEnquiryWaits, listing.DoCertificateEnds, listing.DoPriceEnds, listing.DoDraftWaits, listing.DoClinicians, listing.DoMeasures}
		if strings.Join(codes, " ") != strings.Join(want, " ") {
			t.Errorf("%v", codes)
		}
		done, of := o.Done()
		if of != "12" || done == "0" || o.Enquiries != 1 || !o.Sample {
			t.Errorf("%s of %s, %+v", done, of, o)
		}
	})
}
