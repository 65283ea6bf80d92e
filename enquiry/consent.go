package enquiry

import (
	"fmt"
	"slices"

	"carecorridor/internal/check"
	"carecorridor/internal/when"
)

// WordingVersion moves whenever a word of the consents changes.
const WordingVersion = "2026-11-22.2"

// Consents are the answers to separate questions; none is given before it is ticked (domain.md §4.2).
type Consents struct {
	Send          []string `json:"send"`           // slugs of the hospitals that may have the request
	DirectContact bool     `json:"direct_contact"` // they may have name and contact before a quote is accepted
	KeepCopy      bool     `json:"keep_copy"`
	Feedback      bool     `json:"feedback"`
}

// SendWording is the question of sending to one hospital; documents is how many are shared.
func SendWording(hospital string, documents int) string {
	shared := "my answers"
	switch {
	case documents == 1:
		shared += " and 1 document"
	case documents > 1:
		shared += fmt.Sprintf(" and %d documents", documents)
	}
	return fmt.Sprintf("Send %s to %s in India, for an opinion and a quote. They include health information. "+
		"Indian law protects it differently from UK law. I can withdraw this at any time: the hospital is then told to stop and to delete its copy.", shared, hospital)
}

// The other questions.
const (
	DirectContactWording = "A hospital that I send this to may have my name and contact details now. If I do not tick this, it gets them only when I accept its quote."
	KeepCopyWording      = "Keep my enquiry and the answers here for 2 years, so that I can come back to them. If I do not tick this, they are deleted 30 days after the enquiry is closed."
	FeedbackWording      = "Care Corridor may e-mail me to ask how this went."
)

// ConsentStep answers the questions. Fields: send, then direct_contact, keep_copy and feedback, which are free.
type ConsentStep struct {
	Consents
	chosen []Chosen // by the service
}

// Name of the step.
func (ConsentStep) Name() StepName { return StepConsent }

// Check that at least one hospital may have the request: nothing can be sent otherwise.
func (s ConsentStep) Check(when.Date) (l check.List) {
	l.Need(len(s.sendable()) > 0, "send", "Tick at least 1 hospital. Nothing is sent to a hospital that you do not tick")
	return l
}

// sendable drops what was ticked for a hospital that is not chosen any more.
func (s ConsentStep) sendable() []string {
	var out []string
	for _, c := range s.chosen {
		if slices.Contains(s.Send, c.Slug) {
			out = append(out, c.Slug)
		}
	}
	return out
}

func (s ConsentStep) apply(a *Answers, _ *Contact) {
	a.Consents = s.Consents
	a.Consents.Send = s.sendable()
}
