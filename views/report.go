package views

import "carecorridor/views/ui"

// ReportForm is the form about a problem with a listing, as the reader left it.
type ReportForm struct {
	Hospital   Anchor
	Action     string
	Keep       []ui.Hidden
	About      string // "price", "certificate", "claim", "other" or ""
	AboutError string
	Words      string
	WordsError string
	Most       int  // characters
	AskEmail   bool // an address can be kept safely
	Email      string
	EmailError string
}

// ReportSent is the confirmation.
type ReportSent struct {
	Hospital  Anchor
	Reference string
}

func (v ReportForm) abouts() ui.Choices {
	c := ui.Choices{ID: "about", Name: "about", Legend: "What looks wrong?", Error: v.AboutError, Options: []ui.Choice{
		{Value: "price", Text: "A price"},
		{Value: "certificate", Text: "A certificate", Hint: "Its number, its dates or the hospital it belongs to"},
		{Value: "claim", Text: "Something the listing says about the hospital", Hint: "For example beds, specialties, address or a link with the UK"},
		{Value: "other", Text: "Something else"},
	}}
	for i := range c.Options {
		c.Options[i].Checked = c.Options[i].Value == v.About
	}
	return c
}

func (v ReportForm) words() ui.Field {
	return ui.Field{ID: "words", Label: "What is wrong, and how do you know?", Type: "textarea", Rows: 6, Value: v.Words, Error: v.WordsError,
		Hint: "A web address where we can check it helps. Leave out details of anybody’s health. Up to " + thousands(v.Most) + " characters."}
}

func (v ReportForm) email() ui.Field {
	return ui.Field{ID: "email", Label: "Email address", Type: "email", Optional: true, Autocomplete: "email", Value: v.Email, Error: v.EmailError,
		Hint: "Only if you want an answer. It is stored encrypted, and deleted when we close the report."}
}

// ReportOutcome says what came of a report. Closed is "" while it is looked into.
type ReportOutcome struct {
	Reference, Sent, Closed, Outcome string
	Hospital                         Anchor
}
