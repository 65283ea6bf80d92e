package handlers

import (
	"strconv"
	"strings"
	"time"

	"carecorridor/enquiry"
	"carecorridor/internal/money"
	"carecorridor/internal/when"
	"carecorridor/internal/workday"
	"carecorridor/views"
	"carecorridor/views/ui"
)

// answerDays is how many working days a hospital is asked to answer in (ux.md §1.4).
const answerDays = 5

// uk is where patients are. A machine without zones shows summer times an hour off and says GMT.
var uk = func() *time.Location {
	l, err := time.LoadLocation("Europe/London")
	if err != nil {
		return time.UTC
	}
	return l
}()

func ukDay(t time.Time) when.Date { return when.DateOf(t.In(uk)) }

// ukTime is "22 November 2026, 9:00am UK".
func ukTime(t time.Time) string {
	return ukDay(t).Long() + ", " + t.In(uk).Format("3:04pm") + " UK"
}

// bothTimes is "22 November 2026, 4:12pm UK, 9:42pm India" (ux.md §10). India is ahead: late in the UK day it says that
// the day there is the next one.
func bothTimes(t time.Time) string {
	there := t.In(when.IST)
	out := ukTime(t) + ", " + there.Format("3:04pm") + " India"
	if when.DateOf(there) != ukDay(t) {
		out += " the next day"
	}
	return out
}

// answerBy is the day by which a hospital is asked to answer what was sent at an instant. It counts days that are
// worked in England and in India; other holidays of a hospital are not known here, so it is a day to expect an answer
// by, not a right to one.
func answerBy(sent time.Time) when.Date { return workday.Both.AddDays(ukDay(sent), answerDays) }

var stateMarks = map[enquiry.State]views.Mark{
	enquiry.Held: {Text: "Not sent", Look: views.LookWarn}, enquiry.Sent: {Text: "Sent", Look: views.LookNone}, enquiry.Opened: {Text: "Opened by the hospital", Look: views.LookInfo},
	enquiry.InfoRequested: {Text: "The hospital asks for more", Look: views.LookWarn}, enquiry.Quoted: {Text: "Quote given", Look: views.LookInfo}, enquiry.Declined: {Text: "Declined by the hospital", Look: views.LookNone},
	enquiry.Lapsed: {Text: "No answer in time", Look: views.LookNone}, enquiry.Withdrawn: {Text: "Withdrawn", Look: views.LookNone}, enquiry.Accepted: {Text: "Accepted", Look: views.LookOK}, enquiry.NotChosen: {Text: "Not chosen", Look: views.LookNone},
}

var progressMarks = map[enquiry.Progress]views.Mark{
	enquiry.IsOpen: {Text: "Open", Look: views.LookInfo}, enquiry.IsAccepted: {Text: "Quote accepted", Look: views.LookOK}, enquiry.IsClosed: {Text: "Closed", Look: views.LookNone},
}

var reasonWords = map[enquiry.DeclineReason]string{
	enquiry.InfoIncomplete: "The information is not complete enough", enquiry.TestsMissing: "Tests that are needed first have not been done", enquiry.NotSuitable: "This treatment is not suitable for this patient",
	enquiry.NoCapacity: "There is no room in the time wished", enquiry.DatesNotSuitable: "The dates do not fit", enquiry.TravelRisk: "Travelling would be too risky", enquiry.NotOffered: "The hospital does not offer this treatment",
	enquiry.BetterInUK: "It is better done in the UK", enquiry.CouldNotReach: "The patient could not be reached", enquiry.ExcludedByPolicy: "The hospital does not take this kind of case", enquiry.OtherReason: "Another reason",
}

var complicationWords = map[enquiry.Complications]string{
	enquiry.Included30: "Included for 30 days", enquiry.Included90: "Included for 90 days", enquiry.Insured: "Covered by an insurance in the price", enquiry.NotCovered: "Not included: the patient pays",
}

// happened is one line of history in words. you and them are how the two sides are called by who reads it.
func happened(e enquiry.Happening, you, them string) string {
	switch e.Event {
	case "submit":
		return you + " sent the enquiry."
	case "erase":
		if e.By == enquiry.Patient {
			return "The patient’s data were deleted on request."
		}
		return "The data were deleted because the time to keep them had passed."
	case string(enquiry.Deliver):
		return "The request was sent to " + them + "."
	case string(enquiry.Open):
		return them + " opened the request."
	case string(enquiry.AskMore):
		return them + " wrote a message."
	case string(enquiry.AskAgain):
		return you + " wrote to " + them + "."
	case string(enquiry.GiveQuote):
		return them + " gave a quote, version " + strconv.FormatInt(e.Quote, 10) + "."
	case string(enquiry.Decline):
		return them + " declined."
	case string(enquiry.Accept):
		return you + " accepted the quote of " + them + "."
	case string(enquiry.TurnDown):
		return you + " declined the quote of " + them + "."
	case string(enquiry.PassOver):
		return "The request to " + them + " ended, because another hospital was chosen."
	case string(enquiry.Withdraw):
		return you + " withdrew the request to " + them + "."
	case string(enquiry.Lapse):
		return "The request to " + them + " ended: nothing had happened for a long time."
	}
	return ""
}

// enquiryHistory is the newest first; lines about the enquiry as a whole that only repeat what happened are left out.
func enquiryHistory(events []enquiry.Happening, words func(enquiry.Happening) string) ui.Timeline {
	var t ui.Timeline
	for i := len(events) - 1; i >= 0; i-- {
		text := words(events[i])
		if text == "" {
			continue
		}
		state := "done"
		if len(t.Items) == 0 {
			state = "now"
		}
		t.Items = append(t.Items, ui.Step{Title: bothTimes(events[i].At), DateTime: events[i].At.UTC().Format(time.RFC3339), Text: upperFirst(text), State: state})
	}
	return t
}

// thread is the messages as one side reads them.
func messageThread(list []enquiry.Message, own enquiry.Actor, patient, hospital string) []views.Message {
	var out []views.Message
	for _, m := range list {
		one := views.Message{From: patient, When: bothTimes(m.At), ISO: m.At.UTC().Format(time.RFC3339), Text: m.Text, Own: m.By == own}
		if m.By == enquiry.Hospital {
			one.From = hospital
		}
		if m.AsksForMoney && own == enquiry.Patient {
			one.Caution = "This message seems to speak of a payment or a bank account. Care Corridor never asks for a deposit. Pay only the hospital itself, and only after you have checked its account by telephone."
		}
		out = append(out, one)
	}
	return out
}

// quoteDoc is a version of a quote laid out, for the patient and for the hospital alike.
func (h *Handlers) quoteDoc(hospital enquiry.Chosen, q enquiry.Quote) views.Quote {
	v := views.Quote{Hospital: hospital.Name, Sample: hospital.Sample, ValidUntil: q.ValidUntil.Long(), Total: q.Total().String(), State: quoteMark(q)}
	if q.Number > 0 {
		v.Version = "Version " + strconv.FormatInt(q.Number, 10) + ", given on " + q.IssuedOn.Long()
	} else {
		v.Version = "Not given yet"
	}
	if gbp, ok := h.cat.Reference().Rates.ToGBP(q.Total()); ok && q.Currency != money.GBP {
		v.TotalNote = "The total is about " + gbp.RoundTo(1).String() + ". " + h.rateWords([]money.Currency{q.Currency})
	}
	for _, l := range q.Lines {
		row := views.QuoteRow{Label: l.Label, Value: "not known"}
		if l.Minor != nil {
			row.Value = money.Amount{Minor: *l.Minor, Currency: q.Currency}.String()
		}
		switch l.Kind {
		case enquiry.Mandatory:
			v.Mandatory = append(v.Mandatory, row)
		case enquiry.Optional:
			v.Optional = append(v.Optional, row)
		default:
			v.OnTop = append(v.OnTop, row)
		}
	}
	v.Facts = quoteFacts(q.Offer)
	return v
}

func quoteMark(q enquiry.Quote) views.Mark {
	switch {
	case q.Number == 0:
		return views.Mark{Text: "Preview", Look: views.LookNone}
	case !q.Newest:
		return views.Mark{Text: "Replaced by a newer version", Look: views.LookNone}
	case !q.InDate:
		return views.Mark{Text: "No longer valid", Look: views.LookWarn}
	}
	return views.Mark{Text: "Newest version, in date", Look: views.LookInfo}
}

func quoteFacts(o enquiry.Offer) ui.SummaryList {
	counted := func(label string, n *int, unit string) ui.Fact {
		if n == nil {
			return ui.Fact{Label: label, Value: "Not stated", Missing: true}
		}
		return ui.Fact{Label: label, Value: plural(*n, unit)}
	}
	by := o.By.Name + ", " + o.By.Role
	if o.By.Registration != "" {
		by += ", registration " + o.By.Registration
	}
	return ui.SummaryList{
		counted("In hospital", o.StayNights, "night"), counted("In India in all", o.DaysInIndia, "day"),
		{Label: "Complications", Value: complicationWords[o.Complications] + ".", Note: o.ComplyText},
		{Label: "Refund", Value: o.Refund}, {Label: "Not included", Value: o.Excludes},
		{Label: "Assessment before the operation", Value: upperFirst(strings.TrimRight(o.AssessedAt, ".")) + ". " + o.AssessedWhen},
		{Label: "Answered by", Value: by}, {Label: "Commission", Value: "The hospital states that nobody is paid for sending the patient."},
	}
}
