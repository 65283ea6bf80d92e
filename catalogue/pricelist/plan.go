package pricelist

import (
	"fmt"

	"carecorridor/internal/fault"
)

// Plan is what a file would change. It is kept as JSON between the dry run and its application.
type Plan struct {
	File    string   `json:"file"`              // SHA-256 of the file
	State   string   `json:"state"`             // digest of the packages it was held against
	Missing []string `json:"missing,omitempty"` // fields without a column in the file
	Notices []Notice `json:"notices,omitempty"`
	Counts  Counts   `json:"counts"`
	Lines   []Line   `json:"lines"`
}

// Counts of lines by kind, and of the questions that are open.
type Counts struct {
	Changed   int `json:"changed"`
	New       int `json:"new"`
	Same      int `json:"same"`
	Kept      int `json:"kept"` // held packages that the file leaves out: they stay as they are
	Problems  int `json:"problems"`
	Questions int `json:"questions"`
}

// Line is one row of the file, or a held package that the file leaves out (Row 0).
type Line struct {
	Row       int        `json:"row,omitempty"` // as a spreadsheet shows it
	Kind      Kind       `json:"kind"`
	Title     string     `json:"title"`
	Before    *Row       `json:"before,omitempty"` // nil for a new package and for one that stays the same
	After     *Row       `json:"after,omitempty"`  // nil when it could not be read, and for one that stays the same
	Changes   []Change   `json:"changes,omitempty"`
	Problems  []Problem  `json:"problems,omitempty"` // of Same: for information
	Questions []Question `json:"questions,omitempty"`
}

// Kind of a line.
type Kind string

// Kinds of line.
const (
	New     Kind = "new"
	Changed Kind = "changed"
	Same    Kind = "same"
	Kept    Kind = "kept"
	Bad     Kind = "problem"
)

// Change is one field that differs, as a person reads it: "£5,290" to "£5,450".
type Change struct {
	Field string `json:"field"`
	Label string `json:"label"`
	Old   string `json:"old"`
	New   string `json:"new"`
}

func (n *Counts) add(l Line) {
	switch l.Kind {
	case New:
		n.New++
	case Changed:
		n.Changed++
	case Same:
		n.Same++
	case Kept:
		n.Kept++
	case Bad:
		n.Problems++
	}
	if l.Kind == New || l.Kind == Changed {
		n.Questions += len(l.Questions)
	}
}

// Choice is what the person said on the page of the plan.
type Choice struct {
	Confirmed []string // IDs of the questions answered with "it is right"
	SkipBad   bool     // apply the good rows and leave those with problems
}

// Edit is one package to put into the draft. Before is nil for a new one.
type Edit struct {
	Before *Row
	After  Row
}

// Open are the questions that the choice does not answer, in the order of the file.
func (p Plan) Open(c Choice) (out []Question) {
	answered := make(map[string]bool, len(c.Confirmed))
	for _, id := range c.Confirmed {
		answered[id] = true
	}
	for _, l := range p.Lines {
		if l.Kind != New && l.Kind != Changed {
			continue
		}
		for _, q := range l.Questions {
			if !answered[q.ID] {
				out = append(out, q)
			}
		}
	}
	return out
}

// Apply gives what to write into the draft, in the order of the file. It refuses when the packages are not those the
// plan was made for (fault.Conflict), when rows have problems and the person did not choose to leave them, and when a
// question is open (fault.Invalid); each with a sentence.
func (p Plan) Apply(current []Row, c Choice) ([]Edit, error) {
	if State(current) != p.State {
		return nil, fault.Say(fault.Conflict, "price list apply", "Somebody changed your packages after this file was checked. Upload the file again to see what it changes now")
	}
	if n := p.Counts.Problems; n > 0 && !c.SkipBad {
		rows := fmt.Sprintf("%d rows have", n)
		if n == 1 {
			rows = "1 row has"
		}
		return nil, refuse("%s problems. Put them right and upload the file again, or choose to leave them out", rows)
	}
	if open := p.Open(c); len(open) > 0 {
		return nil, refuse("Answer the question about row %d first: %s", open[0].Row, open[0].Say)
	}
	var out []Edit
	for _, l := range p.Lines {
		if l.Kind == New || l.Kind == Changed {
			out = append(out, Edit{l.Before, *l.After})
		}
	}
	return out, nil
}

func refuse(sentence string, args ...any) error {
	return fault.Say(fault.Invalid, "price list", fmt.Sprintf(sentence, args...))
}
