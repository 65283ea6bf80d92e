package handlers

import (
	"image/color"
	"strconv"
	"strings"

	"github.com/boombuler/barcode/qr"

	"carecorridor/internal/when"
	"carecorridor/referral/discharge"
	"carecorridor/views/care"
	"carecorridor/views/ui"
)

// packageSections is a discharge package as patient and GP read it, in the order of its 20 items. The overseas-care alert
// comes first: a reader who stops early has it.
func packageSections(k discharge.Package, alert *discharge.Alert) (out []care.Section) {
	if alert != nil {
		out = append(out, care.Section{ID: "alert", Title: "Overseas healthcare alert until " + alert.Until.Long(), Text: []string{alert.GPParagraph}})
	}
	out = append(out,
		care.Section{Title: "Stay", Facts: told("Patient", k.Identity.Name, "Born", dayOf(k.Identity.Born), "Admitted", dayOf(k.Stay.Admitted), "Discharged", dayOf(k.Stay.Discharged), "Ward", k.Stay.Ward, "Went to", k.Stay.Destination,
			"Clinician", k.Clinician.Name, "Registration", strings.TrimSpace(k.Clinician.Council+" "+k.Clinician.Number), "Telephone, day and night", k.Clinician.Phone, "Email", k.Clinician.Email)},
		care.Section{Title: "Diagnoses", List: codedWords(k.Diagnoses)}, procedureSection(k), implantSection(k), resultSection(k), medicineSection(k))
	antibiotics := care.Section{Title: "Antibiotics in hospital"}
	for _, a := range k.Antibiotics {
		antibiotics.List = append(antibiotics.List, joinTold(", ", a.Agent, fromTo(a.From, a.To), a.Indication, "culture: "+a.Culture))
	}
	allergies := care.Section{Title: "Allergies"}
	for _, a := range k.Allergies {
		line := a.Agent + ": " + a.Reaction
		if a.New {
			line += " (new)"
		}
		allergies.List = append(allergies.List, line)
	}
	out = append(out, orNone(antibiotics, "None were given."), orNone(allergies, "None known."))
	return append(out, careAfterSections(k)...)
}

// careAfterSections are what has to be done and watched at home.
func careAfterSections(k discharge.Package) []care.Section {
	clots := told("Plan", k.Clots.Plan, "Blood-thinning medicine", k.Clots.Anticoagulant, "Stops on", dayOf(k.Clots.StopOn))
	if k.Clots.LongTerm {
		clots = append(clots, ui.Fact{Label: "How long", Value: "Long-term, no stop date"})
	}
	follow := care.Section{Title: "Tests and visits to come"}
	for _, f := range k.FollowUps {
		follow.List = append(follow.List, joinTold(", ", f.What, dayOf(f.On), "ordered by "+f.OrderedBy, "paid by "+f.PaidBy))
	}
	return []care.Section{
		{Title: "Wound", Facts: told("State", k.Wound.State, "Still in place", k.Wound.Remains, "To remove on", dayOf(k.Wound.RemoveOn), "By", k.Wound.Remover)},
		{Title: "Against blood clots", Facts: clots},
		{Title: "Flying", Facts: told("First day to fly", dayOf(k.Flight.Earliest), "Conditions", k.Flight.Conditions, "Airline’s medical form", map[discharge.YesNo]string{discharge.Yes: "Needed", discharge.No: "Not needed"}[k.Flight.AirForm])},
		orNone(follow, "None."),
		{Title: "Warning signs", Facts: told("Look out for", k.RedFlags.Signs, "What to do", k.RedFlags.Do, "Telephone", k.RedFlags.Phone)},
		infectionSection(k),
		{Title: "Blood products", Facts: told("Transfused", map[discharge.YesNo]string{discharge.Yes: "Yes", discharge.No: "No"}[k.Transfused], "Products", k.Products, "Tissue", k.TissueDonor)},
	}
}

// fromTo is a span of days; one day is said once.
func fromTo(from, to when.Date) string {
	if from == to {
		return dayOf(from)
	}
	return dayOf(from) + " to " + dayOf(to)
}

func procedureSection(k discharge.Package) care.Section {
	s := care.Section{Title: "What was done"}
	for _, x := range k.Procedures {
		s.Facts = append(s.Facts, ui.Fact{Label: sided(x.Name.Text, x.Side), Value: joinTold(". ", dayOf(x.On), "Surgeon: "+x.Surgeon, "Anaesthetic: "+x.Anaesthesia, "Found: "+x.Findings, "Complications: "+x.Complications), Note: code(x.Name)})
	}
	return s
}

// sided is a procedure with its side, once.
func sided(name, side string) string {
	if side == "" || strings.Contains(strings.ToLower(name), strings.ToLower(side)) {
		return name
	}
	return name + ", " + side
}

func implantSection(k discharge.Package) care.Section {
	s := care.Section{Title: "Implants"}
	for _, x := range k.Implants {
		s.Facts = append(s.Facts, ui.Fact{Label: strings.TrimSpace(x.Maker + " " + x.Model), Value: joinTold(", ", "lot or serial number "+x.Lot, "UDI "+x.UDI, "MRI: "+x.MRI)})
	}
	return orNone(s, "None.")
}

func resultSection(k discharge.Package) care.Section {
	s := care.Section{Title: "Results"}
	for _, r := range k.Results {
		value := r.Words
		if !r.Final {
			value = "Still to come. " + r.Owner + " sends it by " + dayOf(r.By) + "."
		}
		s.Facts = append(s.Facts, ui.Fact{Label: r.Name, Value: value})
	}
	return orNone(s, "No tests were sent.")
}

func medicineSection(k discharge.Package) care.Section {
	s := care.Section{Title: "Medicines to take now"}
	t := ui.StackTable{Caption: "Medicines", Head: []ui.Column{{Text: "Medicine"}, {Text: "How much and how"}, {Text: "How long"}, {Text: "What for"}, {Text: "Change"}, {Text: "In the UK"}}}
	for _, m := range k.Medicines {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: m.Drug, Note: m.Form}, {Text: joinTold(", ", m.Dose, m.Route, m.Frequency)}, {Text: m.Duration}, {Text: m.Indication}, {Text: upperFirst(m.Change), Note: m.Why}, {Text: firstOf(m.UKEquivalent, "Not stated"), Missing: m.UKEquivalent == ""}}})
	}
	if len(t.Rows) == 0 {
		s.Text = []string{"None."}
		return s
	}
	s.Tables, s.Text = []ui.StackTable{t}, []string{"A prescription from India is not valid in a UK pharmacy. Ask your GP early."}
	return s
}

func infectionSection(k discharge.Package) care.Section {
	i := k.Infection
	yes := func(a discharge.YesNo) string {
		return map[discharge.YesNo]string{discharge.Yes: "Yes", discharge.No: "No"}[a]
	}
	s := care.Section{Title: "Infection control", Facts: told("Facility", joinTold(", ", i.Facility.Name, i.Facility.City, countryName(i.Facility.Country)), "From", dayOf(i.Facility.Admitted), "To", dayOf(i.Facility.Discharged), "A night in hospital", yes(i.Night),
		"Units", upperFirst(strings.Join(i.Units, ", ")), "Lines, catheters and tubes", firstOf(strings.Join(i.Devices, ", "), "None"), "Tested for resistant organisms", yes(i.Tested), "Isolated", yes(i.Isolated), "Other hospitals in the last 12 months", yes(i.Elsewhere))}
	for _, o := range i.Organisms {
		s.Facts = append(s.Facts, ui.Fact{Label: "Found", Value: joinTold(", ", o.Name.Text, o.Specimen, dayOf(o.On), o.Mechanism, o.Laboratory)})
	}
	for _, f := range i.Others {
		s.Facts = append(s.Facts, ui.Fact{Label: "Also at", Value: joinTold(", ", f.Name, f.City, countryName(f.Country))})
	}
	return s
}

// countryName of a code as the package has it; the code itself for a country that is seldom.
func countryName(code string) string {
	return firstOf(map[string]string{"IN": "India", "GB": "United Kingdom", "AE": "United Arab Emirates", "TH": "Thailand", "TR": "Türkiye"}[code], code)
}

// told is facts from pairs of label and value; what is empty is left out.
func told(pairs ...string) (out ui.SummaryList) {
	for i := 0; i+1 < len(pairs); i += 2 {
		if strings.TrimSpace(pairs[i+1]) != "" {
			out = append(out, ui.Fact{Label: pairs[i], Value: pairs[i+1]})
		}
	}
	return out
}

// joinTold joins what is not empty; "Found: " alone is empty.
func joinTold(by string, words ...string) string {
	var out []string
	for _, w := range words {
		if t := strings.TrimSpace(w); t != "" && !strings.HasSuffix(t, ":") && t != "to" && t != "UDI" && t != "lot or serial number" && t != "ordered by" && t != "paid by" {
			out = append(out, t)
		}
	}
	return strings.Join(out, by)
}

func codedWords(list []discharge.Coded) (out []string) {
	for _, x := range list {
		out = append(out, joinTold(", ", x.Text, code(x)))
	}
	return out
}

// codeSystems are lists of codes as clinicians call them.
var codeSystems = map[string]string{"http://snomed.info/sct": "SNOMED CT", "http://hl7.org/fhir/sid/icd-10": "ICD-10", "https://dmd.nhs.uk": "dm+d"}

func code(x discharge.Coded) string {
	if x.Code == "" {
		return ""
	}
	return strings.TrimSpace(firstOf(codeSystems[x.System], x.System) + " " + x.Code)
}

func orNone(s care.Section, none string) care.Section {
	if len(s.List)+len(s.Facts)+len(s.Tables) == 0 {
		s.Text = []string{none}
	}
	return s
}

// qrOf draws an address as a QR code.
func qrOf(address string) (care.QR, error) {
	code, err := qr.Encode(address, qr.M, qr.Auto)
	if err != nil {
		return care.QR{}, err
	}
	size := code.Bounds().Dx()
	var path strings.Builder
	for y := range size {
		for x := range size {
			if color.GrayModel.Convert(code.At(x, y)).(color.Gray).Y == 0 {
				path.WriteString("M" + strconv.Itoa(x) + " " + strconv.Itoa(y) + "h1v1h-1z")
			}
		}
	}
	return care.QR{Size: size, Path: path.String()}, nil
}
