package handlers

import (
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"carecorridor/auth"
	"carecorridor/internal/check"
	"carecorridor/referral"
	"carecorridor/views"
	"carecorridor/views/cases"
	"carecorridor/views/ui"
)

// triageForms are what people of the desk may do to a referral, and how each is asked for.
var triageForms = map[referral.Event]caseForm{
	referral.ClearFlags: textForm("Say that the warning signs were looked at", "Save", "What you found, and why it may go on", "The hospital’s people do not see this.",
		"Only a clinical safety reviewer does this."),
	referral.ClearDuplicates: textForm("Settle the possible duplicates", "Save", "What you found", "For example: another treatment, the earlier one ended."),
	referral.Return: reasonForm("Return it", "Return the referral", "Why does it go back?", "What is needed, in plain words", "The sender and the patient read this.",
		"It goes back to who wrote it. Nothing was sent to a hospital."),
	referral.Exclude: reasonForm("Close it: not arranged here", "Close the referral", "Which rule?", "Comment for the record", "Optional. The page says what the patient can do instead.",
		"This ends the referral. It cannot be opened again."),
	referral.Route: routeForm,
	referral.Hold: textForm("Place a safety hold", "Place the hold", "What is wrong, and what has to happen before it goes on", "Name who does what by when. The review is due in 2 working days.",
		"Nothing moves forward while the hold is on. Times stand still."),
	referral.ReviewHold:  textForm("Review the safety hold", "Save the review", "What was found, and the plan from here", "The next review is due in 2 working days."),
	referral.LiftHold:    textForm("Lift the safety hold", "Lift the hold", "Why it may go on", "The times go on from where they stood."),
	referral.Cancel:      reasonForm("Cancel the referral", "Cancel the referral", "Why is it cancelled?", "Comment", "Needed for some reasons.", "This ends the referral. Hospitals are told to delete their copies."),
	referral.ReportError: textForm("Report that it was entered in error", "Report it", "What is wrong with it", "A second person confirms it. Until then nothing changes."),
	referral.Void:        voidForm,
	referral.RecordDeath: deathForm("Record that the patient died", "After this nobody is reminded or mailed. The referral closes.", "If it turns out to be wrong, a clinical safety reviewer can take it back."),
	referral.RetractDeath: textForm("Take back the record of a death", "The patient lives: take it back", "What was wrong, and how you know", "The patient and the sender are told that there is something to read.",
		"Only a clinical safety reviewer does this. An end stays an end: the referral is then cancelled, the patient can sign in again, and care goes on with a new referral."),
	referral.Chase:          chaseForm,
	referral.RevokeLetter:   textForm("Revoke the visa invitation letter", "Revoke the letter", "Why", "The public page says “not valid” from now on."),
	referral.PassGate:       gateForm("Record a condition as met"),
	referral.FailGate:       failGateForm,
	referral.Deliver:        pressForm("Send the package to the GP again", "Send it", "The GP gets a mail with a secure link. The mail says nothing about the patient."),
	referral.SendLetter:     pressForm("Record that the package went by post", "Record it", "Do this after a letter was posted to the GP practice. Reminders end."),
	referral.RecordFollowUp: followUpForm,
	referral.ReviewComplication: textForm("Review the complications", "Save the review", "What was found, and what is done about it", "The hospital and the patient are told that there is something to read.",
		"Only a clinical safety reviewer does this. It settles all that wait."),
	referral.AskFeedback:    pressForm("Ask the patient how it went", "Ask", "The patient agreed to be asked."),
	referral.Complete:       pressForm("Close the referral as completed", "Close the referral", "Care is back with the patient’s own doctors. This ends the referral."),
	referral.HoldErasure:    textForm("Place a legal hold", "Place the hold", "Why", "While it is on nothing of this referral is erased."),
	referral.ReleaseErasure: textForm("Release the legal hold", "Release the hold", "Why", ""),
	referral.ApproveErasure: eraseForm,
	referral.HoldProvider:   textForm("Put the hospital in doubt", "Put it in doubt", "What the register or source says", "The patient and the desk are told that there is something to read."),
	referral.ClearProvider:  textForm("Say that the hospital is not in doubt any more", "Save", "What was checked, and where", ""),
}

// triageOrder groups what can be done, in the order of the page.
var triageOrder = []struct {
	id, title string
	events    []referral.Event
}{
	{"next", "Next", []referral.Event{referral.ClearFlags, referral.ClearDuplicates, referral.Route, referral.Return, referral.PassGate, referral.Deliver, referral.SendLetter, referral.RecordFollowUp,
		referral.ReviewComplication, referral.AskFeedback, referral.Complete, referral.Chase, referral.ApproveErasure}},
	{"safe", "Safety", []referral.Event{referral.Hold, referral.ReviewHold, referral.LiftHold, referral.FailGate, referral.RevokeLetter, referral.HoldProvider, referral.ClearProvider, referral.HoldErasure, referral.ReleaseErasure}},
	{"end", "End it", []referral.Event{referral.Exclude, referral.Cancel, referral.ReportError, referral.Void, referral.RecordDeath, referral.RetractDeath}},
}

// triageActs are the actions beside the case.
func (h *Handlers) triageActs(p casePage) (out []views.Part) {
	for _, g := range triageOrder {
		var list []cases.Act
		for _, a := range actsOf(p, g.events, triageForms) {
			list = append(list, cases.Act{Link: ui.Link{Text: triageForms[a.Event].title, Href: p.actHref(a)}, Note: p.hospitalName(a.Provider), First: g.id == "next" && len(list) == 0})
		}
		if g.id == "next" && len(list) == 0 {
			out = append(out, cases.Acts{ID: "do-next", Title: g.title, Text: "Nothing waits for you here."})
			continue
		}
		out = append(out, caseActs("do-"+g.id, g.title, "", list)...)
	}
	if p.v.Chosen() != nil && p.v.State == referral.Aftercare && auth.Can(p.who.Role, auth.ReferralTriage) {
		out = append(out, cases.Acts{ID: "do-home", Title: "Handback", Items: []cases.Act{{Link: ui.Link{Text: "Where the package goes", Href: p.at("handback")}}}})
	}
	return out
}

// triageEligible says whether a hospital may be sent the referral now, and why not.
func triageEligible(p casePage, hv referral.HospitalView) templ.Component {
	switch {
	case hv.Response != referral.Unsent:
		return cases.Reasons{OK: "Was sent it"}.View()
	case p.outer:
		return cases.Reasons{OK: "Not sent"}.View()
	}
	r := cases.Reasons{OK: "Yes"}
	for _, why := range hv.Ineligible {
		r.List = append(r.List, upperFirst(string(why)))
	}
	if !agreedTo(p.v, hv.ID) {
		r.List = append(r.List, "The patient’s consent does not cover it")
	}
	return r.View()
}

// agreedTo reports whether C2 and C3 of a hospital cover everything that would be shared.
func agreedTo(v referral.View, row string) bool {
	both := 0
	for _, code := range []referral.ConsentCode{referral.C2, referral.C3} {
		if slices.ContainsFunc(v.Consents, func(x referral.ConsentView) bool { return x.Code == code && x.Hospital == row && x.InForce && x.Covers }) {
			both++
		}
	}
	return both == 2
}

// routeForm sends to hospitals the patient chose: only eligible ones that the consent covers can be ticked.
var routeForm = caseForm{title: "Send it to hospitals", submit: "Send it to the hospitals I ticked", lead: []string{"Only the patient chooses hospitals. You can tick those that are eligible and that the patient’s consent covers."},
	parts: func(x caseAsk) []views.Part {
		c := ui.Choices{ID: "hospitals", Name: "hospitals", Legend: "Which hospitals?", Many: true, Error: x.bad.On("hospitals")}
		for _, id := range x.act.Options {
			hv := x.v.Hospital(id)
			if hv == nil {
				continue
			}
			c.Options = append(c.Options, ui.Choice{Value: id, Text: hv.Listed.Name, Hint: joinedWords(hv.Listed.City, whenChosen(hv.Listed.Accredited)), Checked: slices.Contains(x.form["hospitals"], id)})
		}
		return []views.Part{c}
	},
	read: func(x caseAsk, in *referral.Input) check.List {
		in.Hospitals = x.form["hospitals"]
		return nil
	}}

func joinedWords(parts ...string) string { return caseJoined(", ", parts...) }

// voidForm is a second person's: the first one reported the error.
var voidForm = func() caseForm {
	f := textForm("Confirm that it was entered in error", "Close it as entered in error", "What is wrong with it", "It is locked after this. Only an auditor can read it.",
		"Once a hospital has had it, a different person must have reported it first.")
	f.danger = true
	return f
}()

var eraseForm = func() caseForm {
	f := textForm("Approve the erasure", "Approve", "Why the request may be granted", "Two people approve. After the second approval the content is erased at once and cannot be brought back.")
	f.danger = true
	return f
}()

func deathForm(title string, lead ...string) caseForm {
	return caseForm{title: title, submit: "Record it", lead: lead, danger: true,
		parts: func(x caseAsk) []views.Part {
			return []views.Part{x.line("source", "Who told you", "For example the GP practice or the family."), x.day("on", "Day of death", ""), x.tick("confirmed", "The report has been checked with a second source", "")}
		},
		read: func(x caseAsk, in *referral.Input) (bad check.List) {
			in.Source, in.On, in.Confirmed = strings.TrimSpace(x.form.Get("source")), readDay(x.form, "on", &bad), x.form.Get("confirmed") == "yes"
			return bad
		}}
}

// chaseForm reminds, or tells somebody above: each rung of a running timer is one choice.
var chaseForm = caseForm{title: "Send a reminder or escalate", submit: "Send it", lead: []string{"The mail says only that there is something to read. The times do not change."},
	parts: func(x caseAsk) []views.Part {
		return []views.Part{x.radios("timer", "What, and to whom?", chases(x.v)...)}
	},
	read: func(x caseAsk, in *referral.Input) check.List {
		parts := strings.SplitN(x.form.Get("timer"), "|", 3)
		if len(parts) == 3 {
			in.Timer, in.Provider = referral.Timer(parts[0]), parts[2]
			in.Rung, _ = strconv.Atoi(parts[1]) // none: the first one
		}
		return nil
	}}

// chases are the reminders of the times that run: one choice for each set of people told.
func chases(v referral.View) (out []ui.Choice) {
	for _, k := range v.Clocks {
		seen := map[string]bool{}
		for n, r := range referral.Usual()[k.Timer].Rungs {
			var to []string
			for _, who := range r.To {
				to = append(to, caseRecipients[who])
			}
			words := strings.Join(to, " and ")
			if seen[words] {
				continue
			}
			seen[words] = true
			about := ""
			if hv := v.Hospital(k.Hospital); hv != nil {
				about = ", " + hv.Listed.Name
			}
			out = append(out, ui.Choice{Value: string(k.Timer) + "|" + strconv.Itoa(n) + "|" + k.Hospital, Text: upperFirst(words), Hint: caseTimers[k.Timer] + about})
		}
	}
	return out
}

// gateForm records the evidence of a condition before the journey: the gates of the reader's role.
func gateForm(title string) caseForm {
	return caseForm{title: title, submit: "Save the evidence", lead: []string{"The conditions must all be met before the patient travels. Write what was seen, not what is hoped."},
		parts: func(x caseAsk) []views.Part {
			var out []views.Part
			if len(x.act.Options) > 1 {
				var options []ui.Choice
				for _, g := range x.act.Options {
					rule, _ := referral.RuleOf(referral.Gate(g))
					options = append(options, ui.Choice{Value: g, Text: gateTitle(rule)})
				}
				out = append(out, x.radios("gate", "Which condition?", options...))
			} else if len(x.act.Options) == 1 {
				rule, _ := referral.RuleOf(referral.Gate(x.act.Options[0]))
				out = append(out, views.Para(x.act.Options[0]+": "+gateTitle(rule)+"."))
			}
			seen := map[string]bool{}
			for _, g := range x.act.Options {
				rule, _ := referral.RuleOf(referral.Gate(g))
				for _, name := range rule.Evidence {
					if !seen[name] {
						seen[name] = true
						out = append(out, x.line(gateField(name), upperFirst(name), gateHints[name]))
					}
				}
			}
			return append(out, x.day("on", "Date of this evidence", "Today or in the past."))
		},
		read: func(x caseAsk, in *referral.Input) (bad check.List) {
			in.Gate = referral.Gate(x.form.Get("gate"))
			if len(x.act.Options) == 1 {
				in.Gate = referral.Gate(x.act.Options[0])
			}
			in.On = readDay(x.form, "on", &bad)
			in.Evidence = map[string]string{}
			if rule, ok := referral.RuleOf(in.Gate); ok {
				for _, name := range rule.Evidence {
					in.Evidence[name] = x.form.Get(gateField(name))
				}
			}
			return bad
		}}
}

func gateField(name string) string { return "evidence." + strings.ReplaceAll(name, " ", "_") }

var gateHints = map[string]string{"register": "Which register was looked at.", "result": "For example: fit for the operation, haemoglobin repeated.", "companion": "Whether somebody travels along, and who helps on the way.",
	"airline form": "Whether the airline’s medical form is needed, and who fills it in.", "earliest day": "The first day the patient may fly, counted from the operation."}

// gateTitles say for staff what the gates say to the patient.
var gateTitles = map[referral.Gate]string{referral.G1: "The patient spoke to the clinician who will treat them", referral.G2: "The hospital has reviewed the test results", referral.G3: "Aftercare is agreed before payment", referral.G4: "The GP knows, or the patient decided otherwise",
	referral.G5: "Insurance covers the treatment and its complications", referral.G6: "The right visa", referral.G7: "Advice on vaccinations and malaria"}

func gateTitle(r referral.GateRule) string { return firstOf(gateTitles[r.Gate], r.Title) }

var failGateForm = caseForm{title: "Open a condition again", submit: "Open it again", lead: []string{"Do this when evidence turned out wrong or too old. The patient and the hospital are told."},
	parts: func(x caseAsk) []views.Part {
		var options []ui.Choice
		for _, g := range x.v.Gates {
			if g.Passed {
				rule, _ := referral.RuleOf(g.Gate)
				options = append(options, ui.Choice{Value: string(g.Gate), Text: gateTitle(rule)})
			}
		}
		return []views.Part{x.radios("gate", "Which condition?", options...), x.area("text", "Why", "The patient and the hospital read this.")}
	},
	read: func(x caseAsk, in *referral.Input) check.List {
		in.Gate, in.Text = referral.Gate(x.form.Get("gate")), check.Lines(x.form.Get("text"))
		return nil
	}}

// followUpForm records an item of the aftercare schedule.
var followUpForm = caseForm{title: "Record a follow-up", submit: "Record it",
	parts: func(x caseAsk) []views.Part {
		var options []ui.Choice
		for _, a := range x.v.Aftercare {
			if a.Done.IsZero() {
				options = append(options, ui.Choice{Value: a.Code, Text: a.What, Hint: "Due " + caseDay(a.Due) + ". " + a.Provider})
			}
		}
		return []views.Part{x.radios("item", "Which item of the schedule?", options...), x.tick("unreached", "The patient did not answer", "Tick this when you tried and nobody answered. After 3 tries the referral can be closed.")}
	},
	read: func(x caseAsk, in *referral.Input) check.List {
		in.Item, in.Unreached = x.form.Get("item"), x.form.Get("unreached") == "yes"
		return nil
	}}
