package feedback_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"carecorridor/feedback"
	"carecorridor/internal/fault"
)

func (w *world) report(t testing.TB, f feedback.ReportForm, address string) string {
	t.Helper()
	ref, problems, err := w.Report(ctx, slug, f, address)
	if err != nil || !problems.OK() {
		t.Fatal(problems, err)
	}
	return ref
}

func wrong(words string) feedback.ReportForm {
	return feedback.ReportForm{Mark: "mark", About: "price", Words: words}
}

func TestAReportSentTwiceIsOneReport(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		first := w.report(t, wrong("The price is old."), "192.0.2.1")
		if again := w.report(t, wrong("The price is old."), "192.0.2.1"); again != first {
			t.Errorf("%s and %s", first, again)
		}
		w.now = now.Add(time.Minute)
		if other := w.report(t, wrong("The price is old!!"), "192.0.2.1"); other == first {
			t.Error("another text is another report")
		}
		if all, err := w.Reports(ctx, false); err != nil || len(all) != 2 || all[0].Reference != first || all[0].Slug != slug {
			t.Errorf("%+v, %v", all, err)
		}
	})
}

func TestOneAddressSendsFiveReportsAnHour(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for i := range 5 {
			w.report(t, wrong(fmt.Sprintf("Problem number %d", i)), "192.0.2.1")
		}
		_, _, err := w.Report(ctx, slug, wrong("Problem number 6"), "192.0.2.1")
		want(t, err, fault.TooMany)
		w.report(t, wrong("Problem number 0"), "192.0.2.1") // sent before: still told its reference
		w.report(t, wrong("Problem number 6"), "192.0.2.2")
		w.now = now.Add(time.Hour)
		w.report(t, wrong("Problem number 7"), "192.0.2.1")
	})
}

func TestTheEmailOfAReportIsSealedAndForgotten(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := wrong("The certificate ended.")
		f.Email = " ann@example.com "
		ref := w.report(t, f, "192.0.2.1")
		all, err := w.Reports(ctx, false)
		if err != nil || len(all) != 1 || all[0].Address != "ann@example.com" || strings.Contains(string(all[0].Email), "ann") {
			t.Fatalf("%+v, %v", all, err)
		}
		want(t, w.CloseReport(ctx, ref, "", "Asha"), fault.Invalid)
		want(t, w.CloseReport(ctx, "CC-2222-22", "Done", "Asha"), fault.Missing)
		must(t, w.CloseReport(ctx, strings.ToLower(ref), "The date was put right.", "Asha"))
		want(t, w.CloseReport(ctx, ref, "Again", "Asha"), fault.Conflict)
		if left, err := w.Reports(ctx, false); err != nil || len(left) != 0 {
			t.Errorf("%+v, %v", left, err)
		}
		all, err = w.Reports(ctx, true)
		if err != nil || len(all) != 1 || all[0].Email != nil || all[0].Address != "" || all[0].ClosedBy != "Asha" {
			t.Errorf("%+v, %v", all, err)
		}
	})
}

func TestAReportSaysWhatToPutRight(t *testing.T) {
	t.Parallel()
	for field, f := range map[string]feedback.ReportForm{
		"about": {About: "surgeon", Words: "Something is wrong"},
		"words": {About: "price", Words: " short "},
		"email": {About: "price", Words: "Something is wrong", Email: "Ann <ann@example.com>"},
	} {
		if l := f.Check(); len(l) != 1 || l[0].Field != field {
			t.Errorf("%s: %v", field, l)
		}
	}
	for _, f := range []feedback.ReportForm{{About: "other", Words: "यह कीमत पुरानी है", Email: "ann@example.co.uk"}, {About: "claim", Words: strings.Repeat("x", feedback.MaxReport)}} {
		if l := f.Check(); !l.OK() {
			t.Error(l)
		}
	}
}

func TestAListingThatDoesNotExistTakesNoReport(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		_, _, err := w.Report(ctx, "no-such", wrong("The price is old."), "192.0.2.1")
		want(t, err, fault.Missing)
	})
}
