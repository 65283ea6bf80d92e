package handlers

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/internal/check"
	"carecorridor/referral"
	"carecorridor/views"
	"carecorridor/views/cases"
	"carecorridor/views/link"
	"carecorridor/views/portal"
	"carecorridor/views/ui"
)

// triageCase is one referral at the desk.
func (h *Handlers) triageCase(c echo.Context, p casePage) error {
	return h.showTriage(c, http.StatusOK, p, nil)
}

func (h *Handlers) showTriage(c echo.Context, status int, p casePage, bad check.List, more ...views.Part) error {
	v := p.v
	main := slices.Concat(more, h.triageAlerts(p))
	if p.outer {
		return h.showStanding(c, status, p, bad, main)
	}
	main = append(main, portal.Group{ID: "hospitals", Title: "Hospitals", Note: "In the patient’s order. Only the patient chooses.", Parts: []views.Part{h.triageHospitals(p)}}, h.caseRecord(v, true),
		portal.Group{ID: "documents", Title: "Documents", Parts: []views.Part{caseFiles(p)}}, portal.Group{ID: "consents", Title: "Consents", Parts: []views.Part{triageConsents(p)}})
	main = append(main, h.caseAfter(p)...)
	main = append(main, portal.Group{ID: "timeline", Title: "What happened", Parts: []views.Part{caseTimeline(p)}})
	side := h.triageActs(p)
	if auth.Can(p.who.Role, auth.ReferralTriage) {
		side = append(side, caseMail(p))
	}
	side = append(side, h.caseClocks(p))
	s := caseSheet{title: "Referral " + v.Reference, caption: triageCaption(v), tag: caseState(v.State, v.Ending), bad: bad, parts: []views.Part{caseIdentity(v), cases.Columns{Main: main, Side: side}}}
	return h.showCase(c, status, p.who, s)
}

// showStanding is a referral for people of the desk who see no record: how it stands, and what they may do.
func (h *Handlers) showStanding(c echo.Context, status int, p casePage, bad check.List, main []views.Part) error {
	main = append(main, portal.Group{ID: "hospitals", Title: "Hospitals", Parts: []views.Part{h.triageHospitals(p)}})
	s := caseSheet{title: "Referral " + p.v.Reference, tag: caseState(p.v.State, p.v.Ending), bad: bad, lead: []string{"Your role sees how the referral stands, and nothing of the record."},
		parts: []views.Part{cases.Columns{Main: main, Side: h.triageActs(p)}}}
	return h.showCase(c, status, p.who, s)
}

func triageCaption(v referral.View) string {
	from := "Written by the patient"
	if v.Origin == referral.ByReferrer {
		from = "Referred by " + caseJoined(", ", v.ClinicianName, v.OrgName)
	}
	return caseJoined(". ", from, caseModes[v.Mode], caseCode(string(v.Priority)))
}

// triageAlerts are what somebody has to read before anything else.
func (h *Handlers) triageAlerts(p casePage) (out []views.Part) {
	v := p.v
	for _, f := range v.Flags {
		out = append(out, cases.Alert{Title: caseFlags[f].Text, Text: []string{triageFlagWords[f]}})
	}
	if len(v.RedFlags) > 0 {
		a := cases.Alert{Title: plural(len(v.RedFlags), "warning sign") + " to look at", Text: []string{"A safety reviewer looks at these before anything is sent on."}}
		for _, f := range v.RedFlags {
			a.List = append(a.List, redFlagWords(f))
		}
		out = append(out, a)
	}
	if v.Checks.RedFlags == 0 && len(v.RedFlags) > 0 {
		out[len(out)-1] = portal.Words{Text: plural(len(v.RedFlags), "warning sign") + " was looked at by a safety reviewer.", Mute: true}
	}
	if len(v.Same) > 0 {
		out = append(out, h.triageSame(v))
	}
	if v.Stop != nil {
		out = append(out, cases.Alert{Title: v.Stop.Title, Text: []string{v.Stop.Text}})
	}
	if v.Reason != "" {
		out = append(out, portal.Words{Text: "Reason: " + referral.LabelOf(v.Reason) + "."})
	}
	if !v.Erasure.AskedAt.IsZero() && !v.Erasure.Done {
		out = append(out, cases.Alert{Title: "The patient asked for erasure", Text: []string{"Asked on " + ukTime(v.Erasure.AskedAt) + ". Approved by " + plural(len(v.Erasure.ApprovedBy), "person") + " of 2."}})
	}
	return out
}

var triageFlagWords = map[referral.Flag]string{
	referral.SafetyHold:        "Nothing moves forward until a safety reviewer lifts the hold.",
	referral.ConsentSuspended:  "No hospital can read it, and nothing new is shared.",
	referral.AccreditationHold: "A hospital of this referral is being checked again. The patient was told.",
	referral.LegalHold:         "Nothing of this referral is erased.",
}

// redFlags are the fields with warning signs, in words.
var redFlags = map[string]string{"vte": "Blood clots", "anticoagulants": "Medicines that thin the blood", "anaesthetic_problems": "Problems with an anaesthetic", "mrsa": "Carries MRSA", "cpe": "Carries CPE",
	"c_auris": "Carries Candida auris", "fit_to_fly": "Not fit to fly", "safeguarding": "Safeguarding concern", "weight_kg": "Unusual height and weight", "height_cm": "Unusual height"}

func redFlagWords(field string) string {
	if drug, ok := strings.CutPrefix(field, "medicine:"); ok {
		return "Takes " + drug
	}
	return firstOf(redFlags[field], caseCode(field))
}

// triageSame are other referrals that seem to be of the same person.
func (h *Handlers) triageSame(v referral.View) views.Part {
	t := ui.StackTable{Caption: "Other referrals that seem to be of the same person", ShowCaption: true, Head: []ui.Column{{Text: "Referral"}, {Text: "State"}, {Text: "Started"}, {Text: "Why"}}}
	for _, s := range v.Same {
		why := "Same name and birth date"
		if s.ByNumber {
			why = "Same NHS number"
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Link: ui.Link{Text: s.Reference, Href: link.DeskReferral(s.Reference)}}, {Body: caseState(s.State, "").View()}, {Text: ukDay(s.Created).Long()}, {Text: why}}})
	}
	return t
}

// triageHospitals is the shortlist with eligibility and answers.
func (h *Handlers) triageHospitals(p casePage) views.Part {
	t := ui.StackTable{Caption: "Hospitals the patient chose", Head: []ui.Column{{Text: "Hospital"}, {Text: "Answer"}, {Text: "May be sent it"}, {Text: "Since"}}}
	for _, hv := range p.v.Hospitals {
		name := ui.Cell{Text: hv.Listed.Name, Note: hv.Listed.City, Link: ui.Link{Text: "Agreement", Hidden: "with " + hv.Listed.Name, Href: link.DeskAgreement(hv.Org)}}
		if !auth.Can(p.who.Role, auth.OrganisationView) {
			name.Link = ui.Link{}
		}
		since := ui.Cell{Text: "Not sent", Missing: true}
		if !hv.SentAt.IsZero() {
			since = ui.Cell{Text: "Sent " + ukDay(hv.SentAt).Long()}
			if !hv.OpenedAt.IsZero() {
				since.Note = "Opened " + ukDay(hv.OpenedAt).Long()
			}
		}
		answer := ui.Badge{Tone: ui.Info, Text: caseResponses[hv.Response][0]}
		if hv.OnHold {
			answer = caseFlags[referral.AccreditationHold]
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{name, {Body: answer.View()}, {Body: triageEligible(p, hv)}, since}})
	}
	if len(t.Rows) == 0 {
		return views.Para("The patient has not chosen a hospital.")
	}
	return t
}

// caseTimeline is what happened, newest first. The same thing by the same person several times in a row is one entry, with
// the time of the last.
func caseTimeline(p casePage) views.Part {
	var t ui.Timeline
	last, again := "", 0
	for i := len(p.v.Timeline) - 1; i >= 0; i-- {
		e := p.v.Timeline[i]
		words := firstOf(caseEvents[e.Event], caseCode(string(e.Event)))
		if name := p.hospitalName(e.Hospital); name != "" && p.desk {
			words += ": " + name
		}
		if e.Reason != "" {
			words += " (" + lowerFirst(referral.LabelOf(e.Reason)) + ")"
		}
		words += ". " + caseJoined(", ", p.names[e.ByPerson], caseRole(e.By))
		if words == last {
			again++
			t.Items[len(t.Items)-1].Text = words + ". " + group(again) + " times in a row"
			continue
		}
		state := "done"
		if len(t.Items) == 0 {
			state = "now"
		}
		last, again = words, 1
		t.Items = append(t.Items, ui.Step{Title: bothTimes(e.At), DateTime: e.At.UTC().Format(time.RFC3339), Text: words, State: state})
	}
	if len(t.Items) == 0 {
		return views.Para("Nothing yet.")
	}
	return t
}

// triageConsents are the consents that were given.
func triageConsents(p casePage) views.Part {
	t := ui.StackTable{Caption: "Consents", Head: []ui.Column{{Text: "Consent"}, {Text: "Hospital"}, {Text: "Given"}, {Text: "In force"}}}
	for _, x := range p.v.Consents {
		state := ui.Badge{Tone: ui.Seen, Text: "In force"}
		switch {
		case !x.Withdrawn.IsZero():
			state = ui.Badge{Tone: ui.Bad, Text: "Withdrawn " + ukDay(x.Withdrawn).Long()}
		case !x.InForce:
			state = ui.Badge{Tone: ui.Neutral, Text: "Not in force"}
		case x.Code.PerHospital() && !x.Covers:
			state = ui.Badge{Tone: ui.Warn, Text: "Does not cover every document"}
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: caseConsents[x.Code], Note: "Text " + x.Version}, {Text: firstOf(p.hospitalName(x.Hospital), "All")}, {Text: ukTime(x.At)}, {Body: state.View()}}})
	}
	if len(t.Rows) == 0 {
		return views.Para("The patient has given no consent yet.")
	}
	return t
}

// caseMail leads to the messages of a referral.
func caseMail(p casePage) views.Part {
	note := "Nothing new."
	if p.v.Unread > 0 {
		note = plural(p.v.Unread, "new message") + "."
	}
	return cases.Acts{ID: "do-messages", Title: "Messages", Items: []cases.Act{{Link: ui.Link{Text: "Read and write messages", Href: p.at("messages")}, Note: note}}}
}

// caseClocks are the times that run.
func (h *Handlers) caseClocks(p casePage) views.Part {
	var rows ui.SummaryList
	for _, k := range p.v.Clocks {
		f := ui.Fact{Label: caseTimers[k.Timer], Note: ""}
		if name := p.hospitalName(k.Hospital); name != "" && p.desk {
			f.Label += ": " + name
		}
		day, note := caseDue(k.Due, h.clock(), k.Late)
		f.Value, f.Note, f.Strong = firstOf(day, "Runs"), note, k.Late
		if k.Paused {
			f.Value, f.Note = "Stands still", "It goes on when the question or the hold is over."
		}
		rows = append(rows, f)
	}
	g := portal.Box{Title: "Times that run"}
	if len(rows) == 0 {
		g.Text = "No time runs."
		return g
	}
	g.Parts = []views.Part{rows}
	return g
}
