package handlers

import (
	"strings"

	"carecorridor/auth"
	"carecorridor/internal/check"
	"carecorridor/referral"
	"carecorridor/referral/discharge"
	"carecorridor/views"
	"carecorridor/views/cases"
	"carecorridor/views/ui"
)

// hospitalForms are what a hospital may do to a referral, and how each is asked for. Offer, letter and discharge package
// have pages of their own.
var hospitalForms = map[referral.Event]caseForm{
	referral.Ask: textForm("Ask a question", "Send the question", "What do you need to know?", "The patient and the referrer read it. Do not ask for an address or a phone number.",
		"Your time to answer stands still until the question is answered, or for 10 days."),
	referral.Advise: textForm("Give your advice", "Sign and give the advice", "Your written opinion", "Suitability, options, risks and next steps. No prescription, and no change of medicines: that is for the UK prescriber.",
		"You sign this with your name and registration."),
	referral.Decline: reasonForm("Decline", "Decline the referral", "Why?", "What the patient should know", "Needed. The patient and the referrer read it, so write plain words.",
		"The patient’s other hospitals go on. You cannot take this back."),
	referral.ConfirmDeleted:     pressForm("Confirm that your copies are deleted", "Confirm the deletion", "Files, printed pages and mails with this patient’s details."),
	referral.ProposeDates:       datesForm,
	referral.MaterialChange:     textForm("Change something that was agreed", "Tell the patient", "What changes: price, dates, clinician or plan", "The patient has to accept it before anything goes on."),
	referral.Postpone:           textForm("Postpone the journey", "Postpone", "Why, and when you expect new dates", "The patient, the referrer and the alliance read it."),
	referral.RevokeLetter:       textForm("Revoke the visa invitation letter", "Revoke the letter", "Why", "Its public page says “not valid” from now on. You can issue a new letter."),
	referral.PassGate:           gateForm("Record a condition before the journey"),
	referral.Admit:              admitForm,
	referral.Treat:              treatForm,
	referral.RecordFollowUp:     followUpForm,
	referral.ReportComplication: severityForm,
	referral.ReplyComplication: textForm("Answer about a complication", "Send the answer", "What the patient should do now, and what you do", "Medicines advice goes to the UK prescriber.",
		"You have 24 hours from the report. In an emergency the patient was told to call 999."),
	referral.RecordDeath: deathForm("Record that the patient died", "Only a clinician does this, in person. After this nobody is reminded or mailed. The referral closes."),
}

// hospitalOrder groups what can be done, in the order of the page.
var hospitalOrder = []struct {
	id, title string
	events    []referral.Event
}{
	{"next", "Next", []referral.Event{referral.ReplyComplication, referral.Offer, referral.Advise, referral.Ask, referral.ProposeDates, referral.PassGate, referral.IssueLetter, referral.Admit, referral.Treat, referral.PrepareDischarge,
		referral.RecordFollowUp, referral.ConfirmDeleted}},
	{"more", "More", []referral.Event{referral.Decline, referral.MaterialChange, referral.Postpone, referral.RevokeLetter, referral.ReportComplication, referral.RecordDeath}},
}

// ownPages are events with pages of their own: where, and in which words.
var ownPages = map[referral.Event]ui.Link{
	referral.Offer: {Text: "Give an opinion and a quote", Href: "offer"}, referral.IssueLetter: {Text: "Issue a visa invitation letter", Href: "letter"},
	referral.PrepareDischarge: {Text: "Discharge package", Href: "discharge"}, referral.ConfirmDeleted: {Text: "Confirm that your copies are deleted", Href: "deleted"},
}

// hospitalActs are the actions beside the case.
func (h *Handlers) hospitalActs(p casePage) (out []views.Part) {
	for _, g := range hospitalOrder {
		var list []cases.Act
		for _, e := range g.events {
			a, ok := p.v.May(e, p.own.ID)
			if !ok {
				continue
			}
			act := cases.Act{First: g.id == "next" && len(list) == 0}
			if own, ok := ownPages[e]; ok {
				act.Link = ui.Link{Text: own.Text, Href: p.at(own.Href)}
			} else {
				act.Link = ui.Link{Text: hospitalForms[e].title, Href: p.actHref(a)}
			}
			if e == referral.Offer && p.own.Newest() != nil {
				act.Link.Text = "Give a newer opinion and quote"
			}
			list = append(list, act)
		}
		text := ""
		switch {
		case g.id == "next" && p.who.Role != auth.ProviderClinician && (p.own.Response == referral.Opened || p.own.Response == referral.InfoRequested):
			text = "An opinion, an offer or a refusal comes from a clinician of your hospital."
		case g.id == "next" && len(list) == 0:
			text = "Nothing waits for you here."
		}
		if text != "" {
			out = append(out, cases.Acts{ID: "do-" + g.id, Title: g.title, Text: text, Items: list})
			continue
		}
		out = append(out, caseActs("do-"+g.id, g.title, "", list)...)
	}
	return out
}

// datesForm proposes the journey.
var datesForm = caseForm{title: "Propose dates", submit: "Propose these dates", lead: []string{"The patient confirms them. Leave time for the visa and vaccinations: 4 to 6 weeks."},
	parts: func(x caseAsk) []views.Part {
		return []views.Part{x.day("arrive", "Arrival in India", ""), x.day("admit", "Admission", ""), x.day("leave", "First day the patient can fly home", "Not before the flight rule of the procedure allows it."),
			x.line("text", "Clinician who will treat the patient", "Name as on the register.")}
	},
	read: func(x caseAsk, in *referral.Input) (bad check.List) {
		in.Dates = referral.Dates{Arrive: readDay(x.form, "arrive", &bad), Admit: readDay(x.form, "admit", &bad), Leave: readDay(x.form, "leave", &bad)}
		in.Text = strings.TrimSpace(x.form.Get("text"))
		return bad
	}}

var admitForm = caseForm{title: "Record the admission", submit: "Record the admission", lead: []string{"The report of a foreign patient (Form III) is due within 24 hours of arrival at the hospital."},
	parts: func(x caseAsk) []views.Part {
		return []views.Part{x.day("on", "Day of admission", ""), x.line("hospital_number", "Your number for this patient", ""), x.tick("form_iii_filed", "The report of a foreign patient (Form III) was filed", "")}
	},
	read: func(x caseAsk, in *referral.Input) (bad check.List) {
		in.Admission = &referral.Admission{On: readDay(x.form, "on", &bad), HospitalNumber: strings.TrimSpace(x.form.Get("hospital_number")), FormFiled: x.form.Get("form_iii_filed") == "yes"}
		return bad
	}}

var treatForm = caseForm{title: "Record the treatment", submit: "Record it", lead: []string{"After this the discharge package is due within 72 hours."},
	parts: func(x caseAsk) []views.Part {
		return []views.Part{x.radios("done", "Did the treatment take place?", ui.Choice{Value: "yes", Text: "Yes"}, ui.Choice{Value: "no", Text: "No, it was called off"}),
			x.day("on", "Day of the treatment", "If it took place."), x.area("why", "Why it did not take place", "If it was called off.")}
	},
	read: func(x caseAsk, in *referral.Input) (bad check.List) {
		bad.Need(x.form.Get("done") != "", "done", "Say whether the treatment took place")
		in.Procedure = &referral.ProcedureDone{Done: x.form.Get("done") == "yes", On: readDay(x.form, "on", &bad), Why: check.Lines(x.form.Get("why"))}
		return bad
	}}

var severityWords = map[discharge.Severity]string{discharge.LifeThreat: "Life-threatening", discharge.Urgent: "Urgent, today", discharge.Worrying: "Worrying, not urgent", discharge.Recovered: "Over, for the record"}

var severityForm = caseForm{title: "Report a complication", submit: "Report it", lead: []string{"The safety reviewer, the coordinator and the referrer are told at once."},
	parts: func(x caseAsk) []views.Part {
		var options []ui.Choice
		for _, s := range discharge.Severities {
			options = append(options, ui.Choice{Value: string(s), Text: severityWords[s]})
		}
		return []views.Part{x.radios("severity", "How bad is it?", options...), x.area("text", "What happened, and what was done", "")}
	},
	read: func(x caseAsk, in *referral.Input) check.List {
		in.Severity, in.Text = discharge.Severity(x.form.Get("severity")), check.Lines(x.form.Get("text"))
		return nil
	}}
