package handlers

import (
	"fmt"
	"slices"
	"strings"

	"carecorridor/internal/when"
	"carecorridor/referral"
	"carecorridor/referral/discharge"
	"carecorridor/views"
	"carecorridor/views/cases"
	"carecorridor/views/link"
	"carecorridor/views/portal"
	"carecorridor/views/ui"
)

// hospitalOffers are the versions that the reader's hospital gave.
func (h *Handlers) hospitalOffers(p casePage) []views.Part {
	if len(p.own.Offers) == 0 {
		return nil
	}
	g := portal.Group{ID: "offers", Title: "Your opinion and quote"}
	newest := h.offerDoc(p, *p.own.Newest())
	g.Parts = append(g.Parts, newest)
	for _, o := range p.own.Offers[:len(p.own.Offers)-1] {
		n := fmt.Sprint(o.Number)
		g.Parts = append(g.Parts, portal.Words{Text: "Given on " + ukTime(o.At) + ".", Link: ui.Link{Text: "Version " + n, Href: p.at("offers", n)}})
	}
	return []views.Part{g}
}

// caseAfter is what follows an acceptance: journey, conditions, letter, package, aftercare.
func (h *Handlers) caseAfter(p casePage) (out []views.Part) {
	v := p.v
	if v.State.Rank() < referral.Accepted.Rank() || v.Chosen() == nil {
		return nil
	}
	out = append(out, portal.Group{ID: "journey", Title: "Journey", Parts: caseJourney(p)})
	if len(v.Gates) > 0 {
		out = append(out, portal.Group{ID: "conditions", Title: "Conditions before the journey", Parts: []views.Part{caseGates(v)}})
	}
	if v.Care.AdmittedOn.Known() {
		out = append(out, portal.Group{ID: "care", Title: "Stay", Parts: []views.Part{ui.SummaryList{caseTold("Admitted", caseDay(v.Care.AdmittedOn)), caseTold("Discharged", caseDay(v.Care.DischargedOn))}}})
	}
	if v.Package != nil {
		out = append(out, portal.Group{ID: "package", Title: "Discharge package", Note: "Signed on " + ukTime(v.PackageAt) + ".", Parts: casePackage(*v.Package)})
	}
	if v.Alert != nil {
		out = append(out, portal.Group{ID: "alert", Title: "Overseas-care alert until " + v.Alert.Until.Long(), Parts: []views.Part{views.Para(v.Alert.GPParagraph)}})
	}
	if len(v.Aftercare) > 0 {
		out = append(out, portal.Group{ID: "aftercare", Title: "Aftercare", Parts: []views.Part{caseAftercare(v, h.todayHere())}})
	}
	if len(v.Complaints) > 0 {
		out = append(out, portal.Group{ID: "complications", Title: "Complications", Parts: []views.Part{caseComplications(v)}})
	}
	if p.desk && len(v.Handbacks) > 0 {
		out = append(out, portal.Group{ID: "handback", Title: "Handback", Parts: []views.Part{handbackTable(v)}})
	}
	return out
}

func caseJourney(p casePage) []views.Part {
	t := p.v.Travel
	days := func(d referral.Dates) string {
		if !d.Known() {
			return ""
		}
		return fmt.Sprintf("Arrival %s, admission %s, home from %s", d.Arrive.Long(), d.Admit.Long(), d.Leave.Long())
	}
	facts := ui.SummaryList{caseTold("Proposed", days(t.Proposed)), caseTold("Confirmed by the patient", days(t.Confirmed))}
	if !p.v.CoolingOff.IsZero() {
		facts = append(facts, caseTold("Can be taken back until", "The end of "+endsOn(p.v.CoolingOff)+", UK time"))
	}
	passport := "Not given yet"
	if t.Passport {
		passport = "Given"
	}
	facts = append(facts, caseTold("Passport details", passport))
	if l := p.v.Letter; l != nil {
		state := "Valid"
		if !l.Revoked.IsZero() {
			state = "Revoked " + ukTime(l.Revoked)
		}
		facts = append(facts, ui.Fact{Label: "Visa invitation letter", Value: l.Number, Note: state})
		if !p.desk && l.Revoked.IsZero() {
			return []views.Part{facts, portal.Words{Link: ui.Link{Text: "Download the letter (PDF)", Href: p.at("letter.pdf")}}, portal.Words{Text: "Anybody can check the number.", Link: ui.Link{Text: "Public page of the letter", Href: link.VisaLetterOf(l.Number)}}}
		}
	}
	return []views.Part{facts}
}

// arrived reports whether the patient came to the hospital: nobody does before every condition was met.
func arrived(v referral.View) bool {
	return v.Package != nil || slices.Contains([]referral.State{referral.Admitted, referral.Treated, referral.Aftercare}, v.State)
}

func caseGates(v referral.View) views.Part {
	t := ui.StackTable{Caption: "Conditions", Head: []ui.Column{{Text: "Condition"}, {Text: "State"}, {Text: "Evidence"}}}
	for _, g := range v.Gates {
		rule, _ := referral.RuleOf(g.Gate)
		state, evidence := ui.Badge{Tone: ui.Warn, Text: "Open"}, ui.Cell{Text: "None yet", Missing: true}
		if g.Passed || arrived(v) {
			state = ui.Badge{Tone: ui.Seen, Text: "Met"}
		}
		var said []string
		for _, name := range rule.Evidence {
			if g.Given[name] != "" {
				said = append(said, upperFirst(name)+": "+g.Given[name])
			}
		}
		if len(said) > 0 {
			evidence = ui.Cell{Text: strings.Join(said, ". ")}
		} else if g.Passed {
			evidence = ui.Cell{Text: "Given by somebody else"}
		}
		if !g.At.IsZero() {
			evidence.Note = ukDay(g.At).Long()
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: gateTitle(rule)}, {Body: state.View()}, evidence}})
	}
	return t
}

func caseAftercare(v referral.View, today when.Date) views.Part {
	t := ui.StackTable{Caption: "Aftercare", Head: []ui.Column{{Text: "What"}, {Text: "Due"}, {Text: "Who"}, {Text: "State"}}}
	for _, a := range v.Aftercare {
		state := ui.Badge{Tone: ui.Neutral, Text: "To come"}
		switch {
		case !a.Done.IsZero():
			state = ui.Badge{Tone: ui.Seen, Text: "Done " + ukDay(a.Done).Long()}
		case a.Unreached > 0:
			state = ui.Badge{Tone: ui.Warn, Text: "No answer, " + plural(int(a.Unreached), "attempt")}
		case a.Due.Before(today):
			state = ui.Badge{Tone: ui.Warn, Text: "Overdue"}
		}
		who := ui.Cell{Text: a.Provider, Note: a.Where}
		if a.Provider == "" {
			who = ui.Cell{Body: ui.Badge{Tone: ui.Bad, Text: "Nobody is named"}.View()}
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: a.What}, {Text: caseDay(a.Due)}, who, {Body: state.View()}}})
	}
	return t
}

func caseComplications(v referral.View) views.Part {
	t := ui.StackTable{Caption: "Complications", Head: []ui.Column{{Text: "What"}, {Text: "How bad"}, {Text: "Reported"}, {Text: "State"}}}
	for _, x := range v.Complaints {
		state := ui.Badge{Tone: ui.Bad, Text: "Waits for the hospital"}
		switch {
		case !x.Reviewed.IsZero():
			state = ui.Badge{Tone: ui.Seen, Text: "Reviewed"}
		case !x.Replied.IsZero():
			state = ui.Badge{Tone: ui.Warn, Text: "Answered, waits for review"}
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: x.Text}, {Text: severityWords[x.Severity]}, {Text: ukTime(x.At), Note: caseRole(x.By)}, {Body: state.View()}}})
	}
	return t
}

// casePackage is a signed package in short: what a colleague looks up first.
func casePackage(k discharge.Package) []views.Part {
	rule, _ := discharge.RuleOf(k.Family)
	facts := ui.SummaryList{caseTold("Stay", caseDay(k.Stay.Admitted)+" to "+caseDay(k.Stay.Discharged)), caseTold("Kind of procedure", rule.Title), caseTold("Responsible clinician", caseJoined(", ", k.Clinician.Name, k.Clinician.Council, k.Clinician.Number)),
		caseTold("First flight", caseDay(k.Flight.Earliest)), caseTold("Warning signs", k.RedFlags.Signs), caseTold("What to do", k.RedFlags.Do)}
	list := func(title string, items []string) cases.List {
		return cases.List{Title: title, None: "None", Items: items}
	}
	var diagnoses, procedures, medicines, pending []string
	for _, d := range k.Diagnoses {
		diagnoses = append(diagnoses, d.Text)
	}
	for _, x := range k.Procedures {
		procedures = append(procedures, caseJoined(", ", x.Name.Text, x.Side, caseDay(x.On), x.Surgeon))
	}
	for _, m := range k.Medicines {
		medicines = append(medicines, caseJoined(", ", m.Drug, m.Dose, m.Frequency, m.Duration, m.Change))
	}
	for _, r := range k.Results {
		if !r.Final {
			pending = append(pending, caseJoined(", ", r.Name, r.Owner, caseDay(r.By)))
		}
	}
	return []views.Part{cases.Record{Sections: []cases.Section{{ID: "package-facts", Title: "In short", Facts: facts,
		Lists: []cases.List{list("Diagnoses", diagnoses), list("Procedures", procedures), list("Medicines", medicines), list("Results to come, with who sends them", pending)}}}}}
}
