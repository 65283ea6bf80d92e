package referral_test

import (
	"strings"
	"testing"

	"carecorridor/internal/when"
	"carecorridor/referral"
	"carecorridor/referral/discharge"
	"carecorridor/referral/record"
)

func sectionText(v referral.View, key string) string {
	for _, s := range referral.Sections(v) {
		if s.Key == key {
			return s.Text
		}
	}
	return ""
}

func TestAnExportSaysWhatIsKnownToBeAbsentAndWhatIsPending(t *testing.T) {
	t.Parallel()
	day := when.Date{Year: 2026, Month: 12, Day: 1}
	p := discharge.Package{NoAllergies: true, NoMedicines: true, NoAntibiot: true, Implanted: discharge.No,
		Clinician:  discharge.Clinician{Name: "Dr Leela Rao", Phone: "+914400000000"},
		Procedures: []discharge.Procedure{{Name: discharge.Coded{Text: "Total replacement of the right knee"}, Side: "right", On: day, Surgeon: "Dr Leela Rao"}},
		Results:    []discharge.Result{{Name: "Histology", Owner: "Dr Sample Rao", By: day}, {Name: "Full blood count", Final: true, Words: "Haemoglobin 118 g/L"}},
		Clots:      discharge.Clots{Plan: "Tablets", Anticoagulant: "Apixaban", StopOn: day}, Wound: discharge.Wound{State: "Clean", Remains: "Sutures", RemoveOn: day, Remover: "Practice nurse"},
		Flight: discharge.Flight{Earliest: day, Conditions: "Aisle seat"}, RedFlags: discharge.RedFlags{Signs: "Fever", Do: "Call 111"},
		Infection: discharge.Infection{Night: discharge.Yes, Facility: discharge.Facility{Name: "Sample Hospital", City: "Chennai", Country: "IN"}, Organisms: []discharge.Organism{{Name: discharge.Coded{Text: "Klebsiella"}, Mechanism: "NDM"}}}}
	v := referral.View{Package: &p}
	for key, wants := range map[string][]string{
		"allergies": {"No known allergies"}, "medicines": {"No medicines at discharge"}, "antibiotics": {"None given"}, "devices": {"Nothing was implanted"},
		"results":    {"Histology: PENDING", "Will be sent by: Dr Sample Rao", "1 December 2026", "Full blood count: Haemoglobin 118 g/L"},
		"procedures": {"Total replacement of the right knee; Side: right; On: 1 December 2026"}, "clinician": {"Dr Leela Rao", "+914400000000"},
		"clots": {"Apixaban", "Until: 1 December 2026"}, "wound": {"Sutures", "Practice nurse"}, "flight": {"Not before: 1 December 2026"}, "signs": {"Fever", "Call 111"},
		"infection": {"Sample Hospital, Chennai, IN", "Found: Klebsiella", "NDM"},
	} {
		for _, want := range wants {
			if text := sectionText(v, key); !strings.Contains(text, want) {
				t.Errorf("%s: %q is not in %q", key, want, text)
			}
		}
	}
	p.NoAllergies = false
	if text := sectionText(referral.View{Package: &p}, "allergies"); text != "" {
		t.Errorf("nobody said anything of allergies, the export says %q", text)
	}
	asked := referral.View{Clinical: &record.Clinical{Problem: "Knee", NoAllergies: true, NoOperations: true}}
	if sectionText(asked, "allergies") != "No known allergies" || sectionText(asked, "past") != "No operations before" || sectionText(asked, "medicines") != "" {
		t.Errorf("%v", referral.Sections(asked))
	}
}

func TestTheDocumentToReadIsInWords(t *testing.T) {
	t.Parallel()
	hash := strings.Repeat("0a", 32)
	v := referral.View{Files: []referral.FileView{{Name: "operation-note.pdf", Hash: hash}}}
	p := discharge.Package{Family: discharge.Joint, Transfused: discharge.No, Copies: discharge.Copies{OperationNote: hash}, Procedures: []discharge.Procedure{{Name: discharge.Coded{Text: "Knee", System: "http://snomed.info/sct", Code: "1"}, Side: "right"}}}
	safety := record.Safety{Clots: record.Answer{Is: record.IsYes, Words: "In 2019"}}
	var all []string
	for _, part := range []any{p, safety} {
		for _, row := range referral.SheetRows(v, part) {
			all = append(all, row.Label+" = "+row.Value)
		}
	}
	text := strings.Join(all, "\n")
	for _, want := range []string{"Kind of treatment = Joint replacement", "Copies: operation note = operation-note.pdf", "Procedures 1 = Knee", "Procedures 1: side = right", "Transfused = No", "Blood clots = Yes", "Blood clots = In 2019"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	for _, code := range []string{"_", hash, "snomed", "Vte"} {
		if strings.Contains(text, code) {
			t.Errorf("%q is in\n%s", code, text)
		}
	}
}
