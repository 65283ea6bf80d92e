package fhir_test

import (
	"encoding/json"
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"

	"carecorridor/fhir"
)

var update = flag.Bool("update", false, "write golden files anew")

// sample is invented from end to end.
func sample() fhir.Case {
	return fhir.Case{
		ID: "case-1", Reference: "CC-7K3M-9Q", Version: "21", State: "aftercare", At: "2026-11-22T10:00:00Z",
		Person: fhir.Person{NHSNumber: "9990000018", Family: "Sample", Given: []string{"Meena"}, Born: "1958-05-14", Gender: "female", Phone: "+447700900123", Email: "meena@sample.example",
			AddressLines: []string{"1 Sample Street", "Leicester"}, Postcode: "LE1 6HX", Language: "gu", Practice: "Sample Surgery", PracticeODS: "Z99999"},
		Practice: fhir.Org{Name: "Sample Surgery", Code: "Z99999"},
		Asked: fhir.Asked{Treatment: "Total knee replacement", Condition: "Osteoarthritis of the right knee", Question: "Is a replacement right, and when?", Priority: "routine",
			AuthoredOn: "2026-08-03T09:00:00Z", Earliest: "2026-10-01", Latest: "2026-11-30"},
		Hospitals: []fhir.Hospital{
			{ID: "h1", Name: "Sample Hospital", Response: "selected", SentAt: "2026-08-05T09:00:00Z", ChangedAt: "2026-08-20T09:00:00Z", DueAt: "2026-08-12T09:00:00Z", CaseNumber: "MRN 1"},
			{ID: "h2", Name: "Second Sample Hospital", Response: "declined", Reason: "no_capacity", SentAt: "2026-08-05T09:00:00Z", ChangedAt: "2026-08-07T09:00:00Z"},
		},
		Consents: []fhir.Agreement{
			{ID: "c1", Code: "C1", Words: "You may use my health data to prepare my referral.", GivenAt: "2026-08-04T09:00:00Z"},
			{ID: "c2", Code: "C2", Hospital: "h1", Words: "Sample Hospital may have these items.", GivenAt: "2026-08-04T09:00:00Z", Items: []string{"Clinical answers", "letter.pdf"}},
			{ID: "c6", Code: "C6", Words: "You may ask me how it went.", GivenAt: "2026-08-04T09:00:00Z", EndedAt: "2026-09-04T09:00:00Z"},
		},
		Documents:  []fhir.Document{{ID: "d1", Name: "letter.pdf", Kind: "referral_letter", Type: "application/pdf", SHA256: strings.Repeat("0a", 32), At: "2026-08-03T09:00:00Z", Place: "documents/01-letter one.pdf"}},
		Events:     []fhir.Event{{ID: "e1", Action: "referral.submit", At: "2026-08-04T09:00:00Z", Who: "Meena Sample", Role: "patient"}, {ID: "e2", Action: "referral.view", Read: true, At: "2026-08-05T10:00:00Z", Who: "Dr Sample Rao", Role: "provider_clinician", Organisation: "Sample Hospital"}, {ID: "e3", Action: "referral.complete", At: "2026-08-06T10:00:00Z", Role: "system"}},
		Sections:   []fhir.Words{{"problems", "Osteoarthritis of the right knee"}, {"procedures", "Total replacement of the right knee <6 October 2026>\nNo complications"}, {"medicines", "Paracetamol 1 g 4 times a day"}},
		Discharged: true,
		Stay:       &fhir.Stay{From: "2026-10-12", Until: "2027-10-12", Facility: "Sample Hospital", City: "Chennai", Country: "IN", Admitted: "2026-10-05", Discharged: "2026-10-12"},
	}
}

func golden(t *testing.T, path string, b fhir.Bundle) string {
	t.Helper()
	got, err := json.MarshalIndent(b, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != string(got) {
		t.Errorf("%s is out of date: run with -update and read the difference", path)
	}
	return string(got)
}

func TestADischargeIsADocumentWithItsFlag(t *testing.T) {
	t.Parallel()
	text := golden(t, "testdata/discharge.json", fhir.Export(sample()))
	for _, want := range []string{`"18842-5"`, `"104605-1"`, `"start": "2026-10-12"`, `"end": "2027-10-12"`, `&lt;6 October 2026&gt;\u003cbr/`, `"code": "02"`, `"documents/01-letter%20one.pdf"`} {
		if !strings.Contains(strings.ReplaceAll(text, `\u0026`, "&"), want) {
			t.Errorf("%s is missing", want)
		}
	}
}

func TestASelfReferralIsANoteWithThePatientAsRequester(t *testing.T) {
	t.Parallel()
	c := sample()
	c.Self, c.Discharged, c.Stay, c.State, c.Sections = true, false, nil, "with_providers", nil
	c.Hospitals[0].Response = "opened"
	text := golden(t, "testdata/referral.json", fhir.Export(c))
	if strings.Contains(text, "18842-5") || !strings.Contains(text, "57133-1") || strings.Contains(text, `"Flag"`) || !strings.Contains(text, "Not provided") {
		t.Error("a referral note has no discharge summary and says what is missing")
	}
}

// Every reference leads to an entry of the bundle, the first entry is the Composition, and no two have one address.
func TestEveryReferenceLeadsSomewhere(t *testing.T) {
	t.Parallel()
	b := fhir.Export(sample())
	if _, ok := b.Entry[0].Resource.(fhir.Composition); !ok || b.Type != "document" {
		t.Error("a document starts with its Composition")
	}
	known := map[string]bool{}
	for _, e := range b.Entry {
		if known[e.FullURL] {
			t.Errorf("%s stands twice", e.FullURL)
		}
		known[e.FullURL] = true
	}
	text, err := json.Marshal(b)
	if err != nil {
		t.Fatal(err)
	}
	references := regexp.MustCompile(`"reference":"([^"]+)"`).FindAllStringSubmatch(string(text), -1)
	if len(references) < len(b.Entry)-1 {
		t.Errorf("%d references between %d entries", len(references), len(b.Entry))
	}
	for _, m := range references {
		if !known[m[1]] {
			t.Errorf("%s leads nowhere", m[1])
		}
	}
}

func TestTheSameCaseIsTheSameBundle(t *testing.T) {
	t.Parallel()
	a, _ := json.Marshal(fhir.Export(sample()))
	b, _ := json.Marshal(fhir.Export(sample()))
	if string(a) != string(b) {
		t.Error("two exports differ")
	}
	other := sample()
	other.ID = "case-2"
	if c, _ := json.Marshal(fhir.Export(other)); string(c) == string(a) {
		t.Error("two cases share their addresses")
	}
}

func TestEveryStateHasAStatus(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ response, state, ending, request, task string }{
		{"", "draft", "", "draft", "draft"}, {"opened", "with_providers", "", "active", "received"}, {"info_requested", "with_providers", "", "active", "on-hold"},
		{"selected", "ready_to_travel", "", "active", "ready"}, {"not_selected", "accepted", "", "active", "cancelled"}, {"selected", "aftercare", "", "active", "in-progress"},
		{"selected", "closed", "completed", "completed", "completed"}, {"declined", "closed", "declined", "revoked", "rejected"},
		{"opened", "closed", "entered_in_error", "entered-in-error", "entered-in-error"}, {"", "nonsense", "", "unknown", "unknown"},
	} {
		if got := fhir.RequestStatus(c.state, c.ending); got != c.request {
			t.Errorf("%s %s: request %s, want %s", c.state, c.ending, got, c.request)
		}
		if got := fhir.TaskStatus(c.response, c.state, c.ending); got != c.task {
			t.Errorf("%s %s %s: task %s, want %s", c.response, c.state, c.ending, got, c.task)
		}
	}
}

// An element of FHIR has a value or children (ele-1), and a string is never empty.
func TestNothingInABundleIsEmpty(t *testing.T) {
	t.Parallel()
	bare := fhir.Case{ID: "case-3", Reference: "CC-7K3M-9Q", Version: "1", State: "draft", At: "2026-11-22T10:00:00Z", Self: true, Person: fhir.Person{Family: "Sample"},
		Documents: []fhir.Document{{ID: "d1", Name: "letter.pdf", Kind: "other", Type: "application/pdf", SHA256: strings.Repeat("0a", 32)}}, Events: []fhir.Event{{ID: "e1", Action: "referral.view", At: "2026-11-22T10:00:00Z"}}}
	for name, c := range map[string]fhir.Case{"discharge": sample(), "next to nothing": bare} {
		text, err := json.Marshal(fhir.Export(c))
		if err != nil {
			t.Fatal(err)
		}
		var tree any
		if err := json.Unmarshal(text, &tree); err != nil {
			t.Fatal(err)
		}
		empty(t, name, tree)
	}
}

func empty(t *testing.T, at string, x any) {
	t.Helper()
	switch x := x.(type) {
	case map[string]any:
		if len(x) == 0 {
			t.Errorf("%s is an element without anything in it", at)
		}
		for key, child := range x {
			empty(t, at+"."+key, child)
		}
	case []any:
		if len(x) == 0 {
			t.Errorf("%s is an empty list", at)
		}
		for _, child := range x {
			empty(t, at+"[]", child)
		}
	case string:
		if strings.TrimSpace(x) == "" {
			t.Errorf("%s is an empty string", at)
		}
	case nil:
		t.Errorf("%s is null", at)
	}
}
