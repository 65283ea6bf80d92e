package views

import (
	"strings"

	"carecorridor/views/chart"
	"carecorridor/views/ui"
)

// figureTable is a figure's numbers as the shared part.
func figureTable(t chart.Table) *ui.StackTable {
	out := ui.StackTable{Caption: t.Caption}
	for i, h := range t.Head {
		out.Head = append(out.Head, ui.Column{Text: h, Number: i < len(t.Numeric) && t.Numeric[i]})
	}
	for _, r := range t.Rows {
		var cells []ui.Cell
		for _, c := range r {
			cells = append(cells, ui.Cell{Text: c, Missing: strings.HasPrefix(c, "Not known")})
		}
		out.Rows = append(out.Rows, ui.Row{Cells: cells})
	}
	return &out
}

func note(a ...Anchor) ui.SourceNote {
	var n ui.SourceNote
	for _, one := range a {
		switch {
		case one.Text == "":
		case n.Text == "" && len(n.Links) == 0:
			n.Text = "Source:"
			n.Links = append(n.Links, one.link())
		default:
			n.Links = append(n.Links, one.link())
		}
	}
	return n
}

func (t Treatment) costFigure() ui.Figure {
	p := chart.CostFigure(t.Costs)
	return ui.Figure{ID: "prices-figure", Title: t.Costs.Headline(), Sub: t.CostsNote, Wide: p.Wide, Narrow: p.Narrow,
		Table: figureTable(t.Costs.Table()), Source: note(t.CostSource), CSV: t.CostCSV.link()}
}

func (t Treatment) waitFigure() ui.Figure {
	p := chart.WaitFigure(t.Waits)
	return ui.Figure{ID: "waits-figure", Title: "Waiting and travelling, week by week", Sub: t.WaitsNote, Wide: p.Wide, Narrow: p.Narrow,
		Key: t.waitKey(), Table: figureTable(t.Waits.Table()), Source: note(t.WaitSource, t.WaitCheck), CSV: t.WaitCSV.link()}
}

// waitKey lists only what is drawn.
func (t Treatment) waitKey() []ui.KeyItem {
	var key []ui.KeyItem
	if t.Waits.NHS.Median != nil {
		key = append(key, ui.KeyItem{Class: "nhs", Text: "NHS wait"})
	}
	if t.Waits.UK != nil {
		key = append(key, ui.KeyItem{Class: "uk", Text: "UK private wait"})
	}
	if j := t.Waits.India; j.PrepareWeeks != nil {
		key = append(key, ui.KeyItem{Class: "prep", Text: "Prepare and travel"})
		if j.HospitalDays != nil {
			key = append(key, ui.KeyItem{Class: "op", Text: "Operation and hospital"})
		}
		if j.IndiaDays != nil {
			key = append(key, ui.KeyItem{Class: "in", Text: "Recover in India"})
		}
	}
	return key
}

func (h TreatmentHospitals) card() ui.QuoteCard {
	return ui.QuoteCard{Title: h.Title, Note: h.Note, Lines: lines(h.Rows), Buttons: buttons(h.See, h.Trip)}
}

// shownPrices is how many prices stand open; the rest is behind words.
const shownPrices = 8

func (l PriceList) table(caption string, rows []PriceRow) ui.StackTable {
	t := ui.StackTable{Caption: caption, Head: columns("Whose price", "Price#", "Kind of source", "Dated", "Source")}
	for _, r := range rows {
		original := r.Original
		if original == r.Amount {
			original = ""
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: r.Scope, Note: r.Includes}, {Text: r.Amount, Note: original, Strong: true}, {Text: r.Kind, Note: counted(l, r)}, dated(r.AsOf), r.Source.cell()}})
	}
	return t
}

func counted(l PriceList, r PriceRow) string {
	if l.Range == "" || r.Counted {
		return ""
	}
	return "Not used for the range"
}

func (l PriceList) first() []PriceRow { return l.Rows[:min(len(l.Rows), shownPrices)] }
func (l PriceList) rest() []PriceRow  { return l.Rows[min(len(l.Rows), shownPrices):] }

func stayTable(rows []StayRow) ui.StackTable {
	t := ui.StackTable{Caption: "How long it takes, as sources state it", Head: columns("What", "How long#", "Dated", "Source")}
	for _, r := range rows {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{text(r.Measure), text(r.Span), dated(r.AsOf), r.Source.cell()}})
	}
	return t
}

func codeTable(rows []CodeRow) ui.StackTable {
	t := ui.StackTable{Caption: "Codes", Head: columns("System", "Code", "Term")}
	for _, r := range rows {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{text(r.System), text(r.Code), text(r.Term)}})
	}
	return t
}
