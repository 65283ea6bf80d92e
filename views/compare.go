package views

import "carecorridor/views/ui"

// Compare is two to four hospitals side by side (ux.md §6.5). What is not known stays a cell.
type Compare struct {
	Heading string
	Lead    string
	Notes   []string // what was left out or not found, and why
	Columns []CompareColumn
	Choice  CompareChoice
	Groups  []CompareGroup // empty with fewer than two hospitals
	Add     Anchor         // back to the list, with those chosen kept
	Ask     Anchor         // to the enquiry
	AskNote string         // how many can be asked at once, when more are compared
}

// CompareColumn is one hospital.
type CompareColumn struct {
	Name, URL, Place string
	Sample           bool
	Remove           Anchor
	Save             *ui.Toggle
}

// CompareChoice is the form that chooses whose prices and which group are shown (a plain GET).
type CompareChoice struct {
	Action    string
	Keep      []ui.Hidden
	Treatment []ui.Option
	By        []ui.Option
}

// CompareGroup is rows about one thing.
type CompareGroup struct {
	ID, Title string
	Note      string // what holds for all of them
	Link      Anchor
	Rows      []CompareRow
}

// CompareRow is one question; Cells answer it in the order of the columns.
type CompareRow struct {
	Label   string
	Differs bool // the answers are not all the same: said in words
	Cells   []CompareCell
}

// CompareCell is one answer. With an empty Text, Unknown is said instead.
type CompareCell struct {
	Text    string
	Unknown string // "Not published", "Not known"
	Lowest  bool   // the lowest published figure of the row: said in words
	Notes   []string
}

// table is the rows with a column for each hospital.
func (g CompareGroup) table(columns []CompareColumn) ui.StackTable {
	t := ui.StackTable{Caption: g.Title + ", side by side", Head: []ui.Column{{Text: "What"}}}
	for _, c := range columns {
		t.Head = append(t.Head, ui.Column{Text: c.Head()})
	}
	for _, r := range g.Rows {
		cells := []ui.Cell{{Body: compareLabel(r)}}
		for _, c := range r.Cells {
			cells = append(cells, ui.Cell{Body: compareCell(c), Missing: c.Text == ""})
		}
		t.Rows = append(t.Rows, ui.Row{Cells: cells})
	}
	return t
}

// Head names the hospital over its answers, an invented one as such.
func (h CompareColumn) Head() string {
	if h.Sample {
		return h.Name + " (sample)"
	}
	return h.Name
}

// words is the answer, or that there is none.
func (c CompareCell) words() string {
	switch {
	case c.Text != "":
		return c.Text
	case c.Unknown != "":
		return c.Unknown
	}
	return "Not known"
}
