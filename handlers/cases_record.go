package handlers

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"carecorridor/internal/nhs"
	"carecorridor/referral"
	"carecorridor/referral/record"
	"carecorridor/views"
	"carecorridor/views/cases"
	"carecorridor/views/ui"
)

// caseRecord is what the reader may see of the record; what is not in the view is left out, not shown as missing.
func (h *Handlers) caseRecord(v referral.View, desk bool) cases.Record {
	var r cases.Record
	add := func(s cases.Section) {
		if len(s.Facts)+len(s.Lists) > 0 {
			r.Sections = append(r.Sections, s)
		}
	}
	add(h.casePerson(v, desk))
	if v.Clinical != nil {
		add(h.caseReason(*v.Clinical))
		add(caseHistory(*v.Clinical))
	}
	if v.Safety != nil {
		add(caseSafety(*v.Safety))
	}
	if v.Pathway != nil {
		add(casePathway(*v.Pathway))
	}
	if v.Preferences != nil {
		add(casePreferences(*v.Preferences))
	}
	return r
}

// caseTold is a fact that somebody gave; nothing is drawn for one that nobody was asked.
func caseTold(label, value string) ui.Fact {
	if strings.TrimSpace(value) == "" {
		return ui.Fact{Label: label, Value: "Not provided", Missing: true}
	}
	return ui.Fact{Label: label, Value: value}
}

// caseIdentity is the bar that says whose record this is.
func caseIdentity(v referral.View) ui.Identity {
	i := ui.Identity{Name: "Patient of referral " + v.Reference}
	if p := v.Patient; p != nil && p.Family != "" {
		i.Name = strings.ToUpper(p.Family) + ", " + p.Given
		if p.Title != "" {
			i.Name += " (" + p.Title + ")"
		}
		if p.Born.Known() {
			i.Facts = append(i.Facts, ui.Fact{Label: "Born", Value: p.Born.Long()})
		}
		if n, flaw := nhs.ParseNumber(p.NHSNumber, true); flaw == "" {
			i.Facts = append(i.Facts, ui.Fact{Label: "NHS number", Value: n.String()})
		}
	}
	if v.Age >= 0 {
		i.Facts = append(i.Facts, ui.Fact{Label: "Age", Value: strconv.Itoa(v.Age)})
	}
	if v.Sex != "" {
		i.Facts = append(i.Facts, ui.Fact{Label: "Sex", Value: caseCode(string(v.Sex))})
	}
	return i
}

// casePerson is who the patient is. A hospital was never given a GP, capacity or concerns, and names only after it was
// chosen: what it was not given is not drawn as if nobody had provided it.
func (h *Handlers) casePerson(v referral.View, desk bool) cases.Section {
	s := cases.Section{ID: "patient", Title: "About the patient"}
	p := v.Patient
	if p == nil {
		return s
	}
	needs := ui.SummaryList{caseTold("Language", choiceText(spokenAtHome, p.Language)), caseTold("Interpreter", caseCode(string(p.Interpreter))), caseTold("Reasonable adjustments", p.Adjustments)}
	if !desk && p.Family == "" {
		s.Facts = append(ui.SummaryList{{Label: "Name and contact", Value: "You get them when the patient accepts your offer."}}, needs...)
		return s
	}
	s.Facts = ui.SummaryList{caseTold("Known as", p.KnownAs), caseTold("Address", strings.TrimSpace(p.Address+"\n"+p.Postcode)), caseTold("Email", p.Email), caseTold("Phone", p.Phone)}
	if p.Contact.Name != "" {
		s.Facts = append(s.Facts, caseTold("In an emergency", caseJoined(", ", p.Contact.Name, p.Contact.Relation, p.Contact.Phone)))
	}
	if !desk {
		s.Facts = append(s.Facts, needs...)
		return s
	}
	gp := "None"
	if !p.NoGP {
		gp = strings.TrimSpace(p.GPName + " " + p.GPCode)
	}
	s.Facts = slices.Concat(s.Facts, ui.SummaryList{caseTold("GP practice", gp), caseTold("What the GP gets", caseGPShares[v.GPShare])}, needs, ui.SummaryList{caseTold("Decides for themselves", caseCode(string(p.Capacity)))})
	if p.Safeguarding == record.Concern {
		s.Facts = append(s.Facts, caseTold("Safeguarding concern", p.Concern))
	}
	return s
}

func (h *Handlers) caseReason(c record.Clinical) cases.Section {
	treatment := c.Treatment
	if p, ok := h.cat.Reference().Procedure(c.Treatment); ok {
		treatment = p.Name
	}
	return cases.Section{ID: "reason", Title: "Reason", Facts: ui.SummaryList{caseTold("Treatment", treatment), caseTold("Question for the hospital", c.Question), caseTold("Main problem", c.Problem),
		caseTold("Condition", caseCoded(c.Condition)), caseTold("Diagnosis", caseCode(string(c.Diagnosis)))}}
}

func caseCoded(c record.Code) string {
	if c.Code == "" {
		return c.Text
	}
	return fmt.Sprintf("%s (%s %s)", c.Text, c.System, c.Code)
}

func caseHistory(c record.Clinical) cases.Section {
	s := cases.Section{ID: "history", Title: "History", Facts: ui.SummaryList{caseTold("History", c.History), caseTold("Examination", c.Examination), caseTold("Investigations", c.Investigations)}}
	if c.HeightCM > 0 && c.WeightKG > 0 {
		s.Facts = append(s.Facts, caseTold("Height and weight", fmt.Sprintf("%.0f cm, %.0f kg, body mass index %.1f", c.HeightCM, c.WeightKG, c.BMI())))
	}
	s.Facts = append(s.Facts, caseTold("Smoking", caseCode(c.Smoking)), caseTold("Alcohol", caseCode(c.Alcohol)), caseTold("Pregnancy", caseCode(c.Pregnant)), caseTold("Help at home", c.Living))
	var conditions, medicines, allergies, operations []string
	for _, x := range c.Conditions {
		conditions = append(conditions, caseCoded(x))
	}
	for _, m := range c.Medicines {
		medicines = append(medicines, caseJoined(", ", m.Drug, m.Dose, m.Route, m.Frequency, m.Reason))
	}
	for _, a := range c.Allergies {
		allergies = append(allergies, caseJoined(", ", a.Agent, a.Reaction, a.Severity))
	}
	for _, o := range c.Operations {
		operations = append(operations, caseJoined(", ", o.What, caseDay(o.On), o.Problems))
	}
	s.Lists = []cases.List{{Title: "Other conditions", None: caseNone(c.NoConditions), Items: conditions}, {Title: "Medicines", None: caseNone(c.NoMedicines), Items: medicines},
		{Title: "Allergies", None: caseNone(c.NoAllergies), Items: allergies}, {Title: "Operations", None: caseNone(c.NoOperations), Items: operations}}
	return s
}

// caseNone tells "none" that somebody said from nothing that was said.
func caseNone(none bool) string {
	if none {
		return "None known. This was confirmed."
	}
	return "Not provided"
}

// caseJoined are the parts that are there.
func caseJoined(by string, parts ...string) string {
	var out []string
	for _, p := range parts {
		if strings.TrimSpace(p) != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, by)
}

func caseSafety(s record.Safety) cases.Section {
	answer := func(label string, a record.Answer) ui.Fact {
		return caseTold(label, caseJoined(": ", caseCode(string(a.Is)), a.Words))
	}
	out := cases.Section{ID: "safety", Title: "Safety questions", Facts: ui.SummaryList{answer("Blood clots", s.Clots), answer("Medicines that thin the blood", s.Anticoagulants),
		caseTold("MRSA", caseCode(string(s.MRSA))), caseTold("CPE", caseCode(string(s.CPE))), caseTold("Candida auris", caseCode(string(s.CAuris))), caseTold("Hepatitis B, hepatitis C or HIV", caseCode(string(s.BloodBorne))),
		answer("Night in healthcare outside the UK in 12 months", s.Abroad), answer("Night in a UK hospital in 12 months", s.UKHospital), answer("Problems with an anaesthetic", s.Anaesthetic),
		caseTold("Fit to fly", caseCode(string(s.FitToFly))), caseTold("Frailty", s.Frailty)}}
	var stays, implants []string
	for _, x := range s.Stays {
		stays = append(stays, fmt.Sprintf("%s, %s, %s to %s", x.Facility, x.Country, caseDay(x.From), caseDay(x.To)))
	}
	for _, x := range s.Implants {
		implants = append(implants, caseJoined(", MRI: ", x.What, x.MRI))
	}
	if len(stays) > 0 {
		out.Lists = append(out.Lists, cases.List{Title: "Stays", Items: stays})
	}
	out.Lists = append(out.Lists, cases.List{Title: "Implants and devices", None: caseNone(s.NoImplants), Items: implants})
	return out
}

func casePathway(p record.Pathway) cases.Section {
	return cases.Section{ID: "pathway", Title: "Funding and pathway", Facts: ui.SummaryList{caseTold("Asked for", pathwayKinds[p.Kind]), caseTold("Priority", caseCode(p.Priority)), caseTold("Who pays", caseJoined(", ", payers[p.Funding], p.Insurer)),
		caseTold("NHS waiting list", nhsWaits[p.NHSWait]), caseTold("NHS decision", p.NHSDecision)}}
}

func casePreferences(p record.Preferences) cases.Section {
	companions := ""
	if p.Companions != nil {
		companions = strconv.Itoa(*p.Companions)
	}
	return cases.Section{ID: "preferences", Title: "Wishes", Facts: ui.SummaryList{caseTold("Could travel", caseJoined(" to ", caseDay(p.Earliest), caseDay(p.Latest))), caseTold("People travelling along", companions), caseTold("Diet", p.Diet), caseTold("Faith", p.Faith),
		caseTold("Clinician", p.Clinician), caseTold("May be phoned", caseCode(string(p.ByPhone)))}}
}

// caseFiles are the documents, each with what is known of its scan.
func caseFiles(p casePage) views.Part {
	t := ui.StackTable{Caption: "Documents", ShowCaption: true, Head: []ui.Column{{Text: "Document"}, {Text: "Kind"}, {Text: "Added"}, {Text: "Virus check"}}}
	for _, f := range p.v.Files {
		name := ui.Cell{Text: f.Name, Note: caseJoined(", ", caseFileSize(f.Bytes), f.Media)}
		if f.MayOpen {
			name = ui.Cell{Link: ui.Link{Text: f.Name, Href: p.at("files", f.ID)}, Note: caseFileSize(f.Bytes)}
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{name, {Text: caseCode(f.Kind)}, {Text: ukDay(f.At).Long(), Note: caseRole(f.By)}, {Body: caseScans[f.Scan].View()}}})
	}
	if len(t.Rows) == 0 {
		return views.Para("No documents.")
	}
	return t
}

var caseScans = map[record.Scan]ui.Badge{record.ScanPending: {Tone: ui.Warn, Text: "Checking"}, record.ScanSafe: {Tone: ui.Seen, Text: "Safe"},
	record.ScanThreat: {Tone: ui.Bad, Text: "Blocked: has a virus"}, record.ScanFailed: {Tone: ui.Bad, Text: "Blocked: could not be checked"}}

func caseFileSize(n int64) string {
	if n < 1<<20 {
		return strconv.FormatInt(max(n/1024, 1), 10) + " KB"
	}
	return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
}
