package handlers

import (
	"slices"
	"strings"
	"time"

	"carecorridor/referral"
	"carecorridor/views/refer"
)

// historyOf is events newest first; what only the record needs is left out.
func (h *Handlers) historyOf(v referral.View, events []referral.EventView) (out refer.History) {
	for end := len(events); end > 0; {
		e := events[end-1]
		from := end - 1
		for from > 0 && oneDoing(events[from-1], e) {
			from--
		}
		together := events[from:end]
		end = from
		title := eventTitle(v, e)
		if title == "" {
			continue
		}
		item := refer.Happened{Title: title, At: bothTimes(e.At), ISO: e.At.UTC().Format(time.RFC3339), Who: h.byWords(v, e.By, e.Hospital), Text: togetherWords(together)}
		if e.Reason != "" {
			item.Text = referral.LabelOf(e.Reason)
		}
		out.Items = append(out.Items, item)
	}
	return out
}

// oneDoing reports whether two events in a row are one piece of work to a reader: eight consents given on one page, six
// pages filled in one after the other.
func oneDoing(a, b referral.EventView) bool {
	return slices.Contains([]referral.Event{referral.GiveConsent, referral.Amend, referral.AddDocument, referral.RemoveDocument}, a.Event) &&
		a.Event == b.Event && a.By == b.By && a.ByPerson == b.ByPerson && ukDay(a.At) == ukDay(b.At)
}

// togetherWords say what was done in events that stand as one.
func togetherWords(events []referral.EventView) string {
	switch e := events[0]; {
	case e.Event == referral.Amend:
		var parts []string
		for _, one := range events {
			if name := stepNames[one.Step]; name != "" && !slices.Contains(parts, name) {
				parts = append(parts, name)
			}
		}
		return upperFirst(strings.Join(parts, ", "))
	case len(events) == 1:
		return ""
	case e.Event == referral.GiveConsent:
		return plural(len(events), "consent")
	}
	return plural(len(events), "document")
}

// stepNames are the parts of a record and of its making, as a timeline calls them.
var stepNames = map[string]string{string(referral.InPatient): "patient details and consent", string(referral.InPathway): "funding and pathway", string(referral.InClinical): "clinical information", string(referral.InSafety): "safety checks",
	string(referral.InPreferences): "travel and preferences", "shortlist": "hospitals", "clinician": "named clinician"}

// eventTitles are what events are called in a timeline; # stands for the hospital.
var eventTitles = map[referral.Event]string{
	referral.Create: "Draft begun", referral.Amend: "Answers changed", referral.AddDocument: "Document added", referral.RemoveDocument: "Document removed", referral.SignOff: "Signed by the named clinician", referral.Submit: "Sent by the patient",
	referral.Resubmit: "Sent again", referral.GiveConsent: "Consent given", referral.WithdrawConsent: "Consent withdrawn", referral.SuspendConsent: "Sharing paused by the patient", referral.ResumeConsent: "Sharing goes on", referral.Return: "Sent back to you",
	referral.Exclude: "Not arranged here", referral.Route: "Sent to hospitals", referral.AddHospital: "Hospital added", referral.Hold: "Paused for a safety check", referral.LiftHold: "Safety check done", referral.HoldProvider: "Accreditation of # in doubt", referral.ClearProvider: "Accreditation of # confirmed",
	referral.Chase: "Reminder sent", referral.Open: "Opened by #", referral.Ask: "# asks for more information", referral.Answer: "Question of # answered", referral.QuestionLapse: "# goes on without an answer", referral.Advise: "Advice given by #", referral.Offer: "Opinion and quote given by #",
	referral.Decline: "Declined by #", referral.Lapse: "# did not answer in time", referral.WithdrawHospital: "Taken back from #", referral.Compare: "The patient compares the answers", referral.AskRequote: "# asked for a new quote", referral.Accept: "Offer of # accepted", referral.ChooseAgain: "The patient chooses again",
	referral.Convert: "Advice became a referral", referral.EndAdvice: "The advice was enough", referral.CloseDeclined: "Closed: no hospital offered", referral.CloseUnwanted: "Closed: taken back from every hospital", referral.ProposeDates: "Dates proposed", referral.ConfirmDates: "Dates agreed",
	referral.IssueLetter: "Visa letter issued", referral.RevokeLetter: "Visa letter revoked", referral.MaterialChange: "The hospital changed its offer", referral.Reaccept: "The change was accepted", referral.Ready: "Ready to travel", referral.Postpone: "Journey put off", referral.Admit: "Admitted",
	referral.Treat: "Treatment over", referral.Discharge: "Discharged with the package", referral.ConfirmReceipt: "The patient has the package", referral.Deliver: "Package released to the GP practice", referral.Acknowledge: "Package acknowledged", referral.ArriveHome: "Home again", referral.RecordFollowUp: "Follow-up done",
	referral.ReportComplication: "Complication reported", referral.ReplyComplication: "# answered about the complication", referral.ReviewComplication: "Complication reviewed", referral.Complete: "Closed: completed", referral.Withdraw: "Withdrawn by the patient", referral.Cancel: "Cancelled", referral.Expire: "Closed: time ran out",
	referral.ReportError: "Reported as an error", referral.Void: "Entered in error", referral.RecordDeath: "The patient died", referral.RetractDeath: "The record of a death was taken back",
}

func eventTitle(v referral.View, e referral.EventView) string {
	name := "A hospital"
	if p := v.Hospital(e.Hospital); p != nil {
		name = p.Listed.Name
	}
	return strings.ReplaceAll(eventTitles[e.Event], "#", name)
}

// timerWords are what is awaited, while a clock runs.
var timerWords = map[referral.Timer]string{
	referral.ConsentLink: "The patient’s consent", referral.TriageDue: "Our check", referral.TriageDueFlagged: "Our check", referral.OpenDue: "Opened by #", referral.DecisionDue: "Answer of #", referral.DecisionDueSoon: "Answer of #", referral.QuestionDue: "Answer to the question of #",
	referral.DecidingIdle: "The patient’s decision", referral.DatesDue: "Dates from the hospital", referral.DischargeDue: "The discharge package", referral.GPAcknowledge: "The GP’s acknowledgement", referral.DraftIdle: "Draft is deleted", referral.ReturnedIdle: "Sent again by you, or it ends",
}

// expected are the steps that are awaited, with what we do when one is late.
func (h *Handlers) expected(v referral.View) (out []refer.Happened) {
	for _, k := range v.Clocks {
		words := timerWords[k.Timer]
		if words == "" || k.Due.IsZero() && !k.Paused {
			continue
		}
		if p := v.Hospital(k.Hospital); p != nil {
			words = strings.ReplaceAll(words, "#", p.Listed.Name)
		}
		item := refer.Happened{Title: strings.ReplaceAll(words, "#", "the hospital"), Expected: true, Late: k.Late}
		switch {
		case k.Paused:
			item.Text = "The time stands still while a question or a check is open."
		case k.Late:
			item.At, item.ISO, item.Text = "Expected by "+ukDay(k.Due).Long(), ukDay(k.Due).String(), "It is late, and we are chasing."
		default:
			item.At, item.ISO = "Expected by "+ukDay(k.Due).Long(), ukDay(k.Due).String()
		}
		out = append(out, item)
	}
	return out
}
