package handlers_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// results is the text of the results part for a question.
func results(t *testing.T, q string) string {
	t.Helper()
	return strings.Join(strings.Fields(front(t).page(t, "/hospitals?q="+url.QueryEscape(q)).Find("#results").Text()), " ")
}

func TestWhatIsNotOfferedStopsWithASignpost(t *testing.T) {
	t.Parallel()
	for q, want := range map[string]string{
		"gender selection ivf": "Human Fertilisation", "surrogacy india": "GOV.UK", "autism stem cell therapy": "NHS: stem cell",
		"buy a kidney": "Human Tissue Authority", "euthanasia": "Samaritans", "kidney transplant": "NHS Blood and Transplant",
	} {
		got := results(t, q)
		if !strings.Contains(got, "Not offered for travel") || !strings.Contains(got, want) {
			t.Errorf("%q: %.400s", q, got)
		}
	}
	if got := results(t, "stem cell transplant for leukaemia"); strings.Contains(got, "Not offered") {
		t.Errorf("a transplant for a blood disease was stopped: %.300s", got)
	}
}

func TestWhoIsUnwellIsToldToCallFirst(t *testing.T) {
	t.Parallel()
	for _, q := range []string{"emergency chest pain", "stroke symptoms", "can't breathe", "suicidal"} {
		if got := results(t, q); !strings.Contains(got, "Call 999") {
			t.Errorf("%q: %.300s", q, got)
		}
	}
	if got := results(t, "stroke rehab kerala"); strings.Contains(got, "Call 999") {
		t.Errorf("rehabilitation is no emergency: %.300s", got)
	}
}

func TestWhatWasNotUsedIsSaid(t *testing.T) {
	t.Parallel()
	for q, want := range map[string]string{
		"knee replacement 6000":             "6000",
		"knee replacement wifi":             "wifi",
		"hip replacement manchester":        "“Manchester” does not change the list",
		"knee replacement not in chennai":   "You wrote “not in chennai”",
		"cataract within 20 km of kochi":    "Within 20 km of Kochi",
		"filter: status = 1":                "filter",
		"knee replacement 4000-6000":        "£4,000 to £6,000",
		"20 km from kochi airport cataract": "Within 20 km of Cochin",
	} {
		if got := results(t, q); !strings.Contains(got, want) {
			t.Errorf("%q does not say %q: %.500s", q, want, got)
		}
	}
}

func TestTheAPISaysWhatItSaw(t *testing.T) {
	t.Parallel()
	var a struct {
		Excluded  string
		Emergency bool
		Unknown   []string
	}
	for q, want := range map[string]string{"sex selection": "sex_selection", "heart attack now": "", "knee wifi": ""} {
		w := front(t).get(t, "/api/v1/search?q="+url.QueryEscape(q))
		if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil || w.Code != http.StatusOK {
			t.Fatalf("%d %v: %.200s", w.Code, err, w.Body)
		}
		if a.Excluded != want || a.Emergency != strings.Contains(q, "now") || (len(a.Unknown) == 1) != strings.Contains(q, "wifi") {
			t.Errorf("%q: %+v", q, a)
		}
	}
}

func TestAnUnknownTreatmentIsNearTheOneMostAskedFor(t *testing.T) {
	t.Parallel()
	w := front(t).get(t, "/treatments/knee")
	body := w.Body.String()
	first, second := strings.Index(body, "/treatments/total-knee-replacement"), strings.Index(body, "/treatments/knee-arthroscopy")
	if w.Code != http.StatusNotFound || first < 0 || second >= 0 && second < first {
		t.Errorf("status %d, total knee replacement at %d, keyhole knee at %d", w.Code, first, second)
	}
}
