package views

import (
	"strings"

	"carecorridor/views/ui"
)

// Quote is one version of a hospital's offer, as the patient and the hospital both see it.
type Quote struct {
	Hospital   string
	Sample     bool
	Code       string // of the enquiry
	Treatment  string
	Version    string // "Version 2, given on 24 November 2026"
	ValidUntil string
	State      Mark // "Newest version, in date", "Replaced by version 3", "No longer valid"
	Total      string
	TotalNote  string // "About £5,200 at ₹124.60 to £1, 20 November 2026"
	Mandatory  []QuoteRow
	Optional   []QuoteRow
	OnTop      []QuoteRow
	Facts      ui.SummaryList // assessment, complications, refund, what is left out, who answered
	Actions    []Anchor
	Older      []Anchor
	PDF        Anchor
	Back       Anchor
}

// QuoteTable puts quotes side by side.
type QuoteTable struct {
	Hospitals []string
	Rows      []QuoteCompare
	Note      string
}

// QuoteCompare is one thing across the quotes. Differs says in words what the colours must not.
type QuoteCompare struct {
	Label string
	Cells []string // as many as hospitals; "" is "Not stated"
	Note  string
}

// QuoteForm is what a hospital fills in.
type QuoteForm struct {
	Newer    *Quote // given by a colleague since the form was opened; nil for none
	Caption  string
	Heading  string
	Lead     []string
	Action   string
	Keep     []ui.Hidden
	Currency ui.Choices
	Lines    []QuoteLineFields
	LinesBad string // what is wrong with the lines as a whole
	CanAdd   bool
	Total    ui.Field
	Parts    []Part
	Back     Anchor
}

// QuoteLineFields is a line of the form. ID is the base of the ids of its inputs; N counts for people, from 1.
type QuoteLineFields struct {
	ID, N               string
	Label, Amount, Kind string
	LabelBad, AmountBad string
}

// QuotePreview is the quote as the patient will see it, before it is given.
type QuotePreview struct {
	Quote  Quote
	Action string
	Keep   []ui.Hidden
	Edit   []ui.Hidden // posts back to the form with the values
	EditTo string
}

// KindWords are the kinds of lines with what they mean.
var KindWords = []ui.Option{
	{Value: "mandatory", Text: "Must be paid, part of the total"},
	{Value: "optional", Text: "The patient may choose it"},
	{Value: "may_come_on_top", Text: "May come on top"},
}

// table is the quotes as a table that stacks on narrow screens.
func (t QuoteTable) table() ui.StackTable {
	s := ui.StackTable{Caption: "Quotes side by side", Head: []ui.Column{{Text: "What"}}}
	for _, h := range t.Hospitals {
		s.Head = append(s.Head, ui.Column{Text: h})
	}
	for _, r := range t.Rows {
		row := ui.Row{Cells: []ui.Cell{{Text: r.Label, Note: strings.TrimPrefix(r.Note+differs(r.Cells), ", ")}}}
		for _, c := range r.Cells {
			if c == "" {
				row.Cells = append(row.Cells, ui.Cell{Text: "Not stated", Missing: true})
			} else {
				row.Cells = append(row.Cells, ui.Cell{Text: c})
			}
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

func differs(cells []string) string {
	for _, c := range cells {
		if c != cells[0] {
			return ", differs"
		}
	}
	return ""
}

func joinWords(words []string) string {
	switch n := len(words); n {
	case 0:
		return ""
	case 1:
		return words[0]
	default:
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
}

func (l QuoteLineFields) kinds() []ui.Option {
	out := make([]ui.Option, len(KindWords))
	for i, k := range KindWords {
		k.Selected = k.Value == l.Kind
		out[i] = k
	}
	return out
}

func (q Quote) totalLines() ui.Lines {
	l := lines(q.Mandatory)
	return append(l, ui.Fact{Label: "Total you must pay", Value: q.Total, Number: true, Strong: true})
}
