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

func answers(list []TripAnswer) ui.Lines {
	var out ui.Lines
	for _, a := range list {
		l := a.Change.link()
		l.Hidden = "the answer about " + a.Label
		out = append(out, ui.Fact{Label: a.Label, Value: a.Value, Note: a.Note, Link: l})
	}
	return out
}

func (r TripResult) figure() ui.Figure {
	p := chart.CostFigure(r.Costs)
	return ui.Figure{ID: "trip-figure", Title: r.Costs.Headline(), Sub: r.CostBy, Wide: p.Wide, Narrow: p.Narrow, Table: figureTable(r.Costs.Table())}
}
