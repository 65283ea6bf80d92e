package views

import (
	"strconv"

	"carecorridor/views/chart"
	"carecorridor/views/ui"
)

func (q TripQuestion) caption() string {
	return "Question " + strconv.Itoa(q.Number) + " of " + strconv.Itoa(q.Of)
}

// invalid marks an input with an error and links it to its hint and error.
func (s TripSearch) describedBy() string {
	d := ""
	if s.Hint != "" {
		d = s.ID + "-hint"
	}
	if s.Error != "" {
		d += " " + s.ID + "-error"
	}
	return d
}

func answers(list []TripAnswer) ui.SummaryList {
	var out ui.SummaryList
	for _, a := range list {
		l := a.Change.link()
		l.Hidden = "the answer about " + a.Label
		out = append(out, ui.Fact{Label: a.Label, Value: a.Value, Note: a.Note, Link: l})
	}
	return out
}

func (r TripResult) table() ui.StackTable {
	t := ui.StackTable{Caption: "What the trip may cost, line by line", Head: columns("What", "Low#", "Likely#", "High#")}
	for _, row := range r.Lines {
		t.Rows = append(t.Rows, row.row(false))
	}
	t.Rows = append(t.Rows, r.Total.row(true))
	return t
}

func (r TripRow) row(total bool) ui.Row {
	cells := []ui.Cell{{Body: tripLabel(r)}}
	for _, words := range []string{r.Low, r.Likely, r.High} {
		if r.Unknown != "" {
			cells = append(cells, ui.Cell{Text: r.Unknown, Missing: true})
		} else {
			cells = append(cells, ui.Cell{Text: words, Strong: total})
		}
	}
	return ui.Row{Cells: cells}
}

func (r TripResult) figure() ui.Figure {
	p := chart.CostFigure(r.Costs)
	return ui.Figure{ID: "trip-figure", Title: r.Costs.Headline(), Sub: r.CostBy, Wide: p.Wide, Narrow: p.Narrow, Table: figureTable(r.Costs.Table())}
}

// end joins what is said of a figure after its words.
func (f TripFigure) end() string {
	s := ""
	if f.Dated != "" {
		s = ", " + f.Dated
	}
	if f.Old != "" {
		s += ". "
	}
	return s
}
