package referral

import (
	"slices"
	"strconv"

	"carecorridor/internal/check"
	"carecorridor/referral/contact"
)

// talking are the events whose words one side writes to another.
var talking = []Event{Message, Ask, Answer, Offer, Advise, Decline, ProposeDates, MaterialChange, Postpone}

// passed is what to do about contact details in words that pass before an offer is accepted.
var passed = map[contact.Kind]string{
	contact.Email:     "Take the email address out. You can share contact details after an offer is accepted",
	contact.Phone:     "Take the phone number out. You can share contact details after an offer is accepted",
	contact.Link:      "Take the link out. You can attach a document instead",
	contact.Messenger: "Take the name of the other service out. Until an offer is accepted you write to each other here",
}

// CheckMessage is for words in a hospital's thread. Before an offer is accepted nobody may pass contact details:
// the thread is how they reach each other (domain.md §1.3). Field: text.
func CheckMessage(text string, s State) check.List {
	l := words("text", "message", text, true)
	if l.OK() {
		l = append(l, withoutContact("text", text, s)...)
	}
	return l
}

// withoutContact notes contact details in words of one field, until an offer is accepted.
func withoutContact(field, text string, s State) (l check.List) {
	if slices.Contains(without(sent, comparing...), s) {
		return l
	}
	if say, found := passed[contact.Find(text)]; found {
		l.Add(field, "%s", say)
	}
	return l
}

// free are the words of an input in which a hospital and a patient speak to each other, by their fields.
func (in Input) free(e Event) (out []struct{ field, text string }) {
	add := func(field, text string) { out = append(out, struct{ field, text string }{field, text}) }
	add("text", in.Text)
	add("comment", in.Comment)
	if q := in.Quote; q != nil && e == Offer {
		for _, x := range [][2]string{{"complications_text", q.ComplyText}, {"refund", q.Refund}, {"excludes", q.Excludes}, {"assessed_at", q.AssessedAt}, {"assessed_when", q.AssessedWhen},
			{"by_name", q.By.Name}, {"by_role", q.By.Role}, {"moves_it", q.MovesIt}, {"outcomes", q.Outcomes.Words}} {
			add(x[0], x[1])
		}
		for i, x := range q.Lines {
			add("lines."+strconv.Itoa(i)+".label", x.Label)
		}
	}
	return out
}

// contacts are contact details in what an event carries from one side to the other before an offer is accepted. Messages
// are judged by CheckMessage.
func (in Input) contacts(c Case) (l check.List) {
	if c.Line.Event == Message || !slices.Contains(talking, c.Line.Event) {
		return l
	}
	if c.Line.Event == MaterialChange { // a quote is never changed, by words neither (domain.md §3.6)
		l.Need(!contact.Price(in.Text), "text", "Take the amount out. A price changes only by a new quote: ask the patient to choose again and to ask you for one")
	}
	for _, x := range in.free(c.Line.Event) {
		l = append(l, withoutContact(x.field, x.text, c.F.State)...)
	}
	return l
}

// SpeaksOfPayment reports whether words ask for money or give an account: the coordinator is told, the message goes.
func SpeaksOfPayment(text string) bool { return contact.Payment(text) }

// offersPayment reports whether one side writes to the other of paying elsewhere. A quote's own terms speak of its deposit.
func (in Input) offersPayment(e Event) bool {
	return slices.Contains(talking, e) && (SpeaksOfPayment(in.Text) || SpeaksOfPayment(in.Comment))
}
