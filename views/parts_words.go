package views

import "carecorridor/views/ui"

// link is the anchor as the shared part.
func (a Anchor) link() ui.Link { return ui.Link{Text: a.Text, Href: a.URL} }

// links are anchors as shared parts.
func links(as []Anchor) []ui.Link {
	out := make([]ui.Link, len(as))
	for i, a := range as {
		out[i] = a.link()
	}
	return out
}

var tones = map[Look]ui.Tone{LookOK: ui.Checked, LookSeen: ui.Seen, LookWarn: ui.Warn, LookBad: ui.Bad, LookInfo: ui.Info, LookNone: ui.Neutral}

// badge is the mark as the shared part.
func (m Mark) badge() ui.Badge { return ui.Badge{Tone: tones[m.Look], Text: m.Text} }

// badges are marks as a row.
func badges(ms []Mark) ui.Badges {
	var out ui.Badges
	for _, m := range ms {
		out = append(out, m.badge())
	}
	return out
}

// sampleBadge stands before every other badge of an invented hospital.
var sampleBadge = ui.Badge{Tone: ui.Warn, Text: "Sample, not a real hospital"}

// words is the value of a fact, or what is said when there is none.
func (f Fact) words() string {
	switch {
	case f.Value != "":
		return f.Value
	case f.Unknown != "":
		return f.Unknown
	}
	return "Not known"
}

// says is who says a fact, ready for the source after it.
func (f Fact) says() string {
	if f.Evidence != "" && f.Source.Text != "" {
		return f.Evidence + ": "
	}
	return f.Evidence
}

// lines are label and amount pairs as the shared part.
func lines(rows []QuoteRow) ui.Lines {
	var out ui.Lines
	for _, r := range rows {
		out = append(out, ui.Fact{Label: r.Label, Value: r.Value, Number: true})
	}
	return out
}

// caution is the notice as the shared part, without its links.
func (n Notice) caution() ui.Caution {
	return ui.Caution{Title: n.Title, Level: 2, Text: n.Text, List: n.Items}
}

// steps are events as done steps of a timeline.
func steps(events []Event) ui.Timeline {
	var t ui.Timeline
	for _, e := range events {
		t.Items = append(t.Items, ui.Step{Title: e.On, DateTime: e.ISO, Text: e.What, State: "done"})
	}
	return t
}

// button is an anchor drawn as a button; none when it leads nowhere.
func buttons(primary Anchor, others ...Anchor) []ui.Button {
	var out []ui.Button
	if primary.URL != "" {
		out = append(out, ui.Button{Text: primary.Text, Href: primary.URL})
	}
	for _, a := range others {
		if a.URL != "" {
			out = append(out, ui.Button{Text: a.Text, Href: a.URL, Look: ui.Secondary})
		}
	}
	return out
}

// cell is the anchor in a table: a link, or its words alone, or that it is not known.
func (a Anchor) cell() ui.Cell {
	if a.URL == "" {
		return text(a.Text)
	}
	return ui.Cell{Link: a.link()}
}

// text is a cell of words; empty words are said to be not known.
func text(words string) ui.Cell {
	if words == "" {
		return ui.Cell{Text: "Not known", Missing: true}
	}
	return ui.Cell{Text: words}
}

// dated is a cell of a source's date.
func dated(on string) ui.Cell {
	if on == "" {
		return ui.Cell{Text: "No date given", Missing: true}
	}
	return ui.Cell{Text: on}
}

// column makes table heads: a name that ends in "#" is a column of numbers.
func columns(names ...string) []ui.Column {
	var out []ui.Column
	for _, n := range names {
		c := ui.Column{Text: n}
		if n[len(n)-1] == '#' {
			c = ui.Column{Text: n[:len(n)-1], Number: true}
		}
		out = append(out, c)
	}
	return out
}

// sourceTable lists where facts come from.
func sourceTable(caption string, rows []SourceRow) ui.StackTable {
	t := ui.StackTable{Caption: caption, Head: columns("What it feeds", "Source", "Licence", "Published", "Read on")}
	for _, r := range rows {
		licence := ui.Cell{Text: r.Licence}
		if r.Licence == "" {
			licence = ui.Cell{Text: "None stated", Missing: true}
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{text(r.What), {Body: sourceCell(r)}, licence, dated(r.Published), text(r.Retrieved)}})
	}
	return t
}
