package views

import (
	"strconv"

	"carecorridor/views/ui"
)

// FeedbackForm is the form behind a one-time link, as the person left it.
type FeedbackForm struct {
	Hospital     string
	Sample       bool
	Stayed       string // "October 2026"
	Action       string
	Questions    []FeedbackQuestion
	Comment      string
	CommentError string
	MostComment  int // characters
	Reviews      Anchor
}

// FeedbackQuestion is one fixed question with what was chosen.
type FeedbackQuestion struct {
	Field, Text string
	Chosen      string // "yes", "partly", "no" or ""
	Error       string
}

// FeedbackSent is the page after the form, and what a used link shows from then on.
type FeedbackSent struct {
	Hospital Anchor
	Reviews  Anchor
}

// HospitalFeedback is a profile's part about feedback. No Counts means that there are too few answers for figures.
type HospitalFeedback struct {
	Sample   bool   // of an invented hospital
	Least    int    // answers from which figures are shown
	Period   string // "March 2026 to October 2026"
	Invited  int
	Answered int
	Counts   []FeedbackCount
	Comments []FeedbackComment
	Reviews  Anchor // how feedback is checked
}

// FeedbackCount is how often each answer was given.
type FeedbackCount struct {
	Question        string
	Yes, Partly, No int
}

// FeedbackComment is a comment that a moderator has decided about.
type FeedbackComment struct {
	Stayed   string // "October 2026"
	Words    ModeratedWords
	Response *ModeratedWords // of the hospital; nil when there is none
}

// ModeratedWords are words with what a moderator did to them. Without Text they are not shown, for the Reason given.
type ModeratedWords struct {
	Text   string
	Reason string
}

// AboutReviews is the page about how feedback is checked.
type AboutReviews struct {
	Questions   []string
	Least       int
	MostComment int
	LinkDays    int
	Links       []Anchor
}

// firstComments are shown at once; the rest is behind a summary.
const firstComments = 5

var feedbackAnswers = []ui.Choice{{Value: "yes", Text: "Yes"}, {Value: "partly", Text: "Partly"}, {Value: "no", Text: "No"}}

func (q FeedbackQuestion) choices() ui.Choices {
	c := ui.Choices{ID: q.Field, Name: q.Field, Legend: q.Text, Error: q.Error}
	for _, a := range feedbackAnswers {
		a.Checked = a.Value == q.Chosen
		c.Options = append(c.Options, a)
	}
	return c
}

func (v FeedbackForm) comment() ui.Field {
	return ui.Field{ID: "comment", Label: "Is there anything to add about the bill, contact or explanations?", Optional: true, Type: "textarea", Rows: 6, Value: v.Comment, Error: v.CommentError,
		Hint: "In any language, up to " + thousands(v.MostComment) + " characters. Leave out names, telephone numbers and details of your health."}
}

func (h HospitalFeedback) rail() ui.Rail {
	r := ui.Rail{ID: "feedback", Title: "Patient feedback", Links: links(withAddress(h.Reviews)),
		Text: []string{"From people whose stay we confirmed. It is about the bill, contact and explanations. It says nothing about the results of treatment."}}
	if h.Sample {
		r.Text = append([]string{"Invented for the demonstration, to show how it looks."}, r.Text...)
	}
	return r
}

func withAddress(a Anchor) []Anchor {
	if a.URL == "" {
		return nil
	}
	return []Anchor{a}
}

func (h HospitalFeedback) table() ui.StackTable {
	t := ui.StackTable{Caption: "Answers for stays in " + h.Period, Head: columns("What patients were asked", "Yes#", "Partly#", "No#")}
	for _, c := range h.Counts {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: c.Question}, {Text: strconv.Itoa(c.Yes)}, {Text: strconv.Itoa(c.Partly)}, {Text: strconv.Itoa(c.No)}}})
	}
	return t
}

// replied is the response rate as two counts.
func (h HospitalFeedback) replied() string {
	return thousands(h.Answered) + " of " + thousands(h.Invited) + " people invited have replied, for stays in " + h.Period + "."
}

func (h HospitalFeedback) tooFew() string {
	return "Not enough replies yet. We show figures when " + strconv.Itoa(h.Least) + " or more people have replied."
}

// split is what is shown at once and what is behind a summary.
func (h HospitalFeedback) split() (first, more []FeedbackComment) {
	n := min(firstComments, len(h.Comments))
	return h.Comments[:n], h.Comments[n:]
}

func thousands(n int) string {
	if n < 1000 {
		return strconv.Itoa(n)
	}
	return thousands(n/1000) + "," + strconv.Itoa(n%1000 + 1000)[1:]
}

// FeedbackLinkEnded is the page of a link that does not work, whatever the cause.
func FeedbackLinkEnded(f Frame) Failure {
	return fail(f, "This link no longer works", "It may be too old, or part of it may be missing. If you copied it, check that you copied all of it.",
		"To get a new link, write to whoever sent you this one. Say which hospital you stayed at and in which month.")
}
