package pricelist

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"

	"carecorridor/internal/check"
)

// Compare says what a file would change in the packages that are held, changing nothing. Lines are in the order of the
// file, then those the file leaves out, by key. A row that says the same as the package held is unchanged whatever the
// rules say of it today; its problems are told and stand in nobody's way.
func Compare(current []Row, s Sheet, k Reference) Plan {
	c := comparison{sheet: s, k: k, held: current, ids: map[string]int{}, keys: map[string][]int{}, taken: map[int]bool{}}
	for i, r := range current {
		if r.ID != "" {
			c.ids[r.ID] = i
		}
		c.keys[c.key(r)] = append(c.keys[c.key(r)], i)
	}
	p := Plan{File: s.SHA256, State: State(current), Missing: s.Missing, Notices: s.Notices}
	for _, e := range s.Entries {
		p.Lines = append(p.Lines, c.line(e))
	}
	c.twice(p.Lines)
	p.Lines = append(p.Lines, c.kept()...)
	for _, l := range p.Lines {
		p.Counts.add(l)
	}
	return p
}

// State is a digest of packages, in any order: a plan made for it is applied to no other.
func State(rows []Row) string {
	texts := make([]string, len(rows))
	for i, r := range rows {
		var b strings.Builder
		for _, c := range columns {
			cell := c.text(r, Reference{})
			fmt.Fprintf(&b, "%d:%s", len(cell), cell)
		}
		texts[i] = b.String()
	}
	slices.Sort(texts)
	h := sha256.New()
	for _, t := range texts {
		fmt.Fprintf(h, "%d:%s", len(t), t)
	}
	return hex.EncodeToString(h.Sum(nil))
}

type comparison struct {
	sheet Sheet
	k     Reference
	held  []Row
	ids   map[string]int
	keys  map[string][]int
	taken map[int]bool // held packages that a row is about
}

// key is Row.Key, without the room when the file has no column for it.
func (c *comparison) key(r Row) string {
	if c.sheet.letter[FieldRoom] == "" {
		r.Room = ""
	}
	return r.Key()
}

func (c *comparison) line(e Entry) Line {
	l := Line{Row: e.Row, Kind: New, Title: cut(check.Shown(e.Given.Title()), MaxName), Problems: e.Problems}
	at, problem := c.match(e)
	if problem != nil {
		l.Problems = append(slices.Clip(l.Problems), *problem)
	}
	after := e.Given
	if at >= 0 {
		c.taken[at] = true
		before := c.held[at]
		l.Before, after, l.Title = &before, c.merge(before, e.Given), before.Title()
	}
	if len(l.Problems) > 0 {
		l.Kind = Bad
		return l
	}
	l.After = &after
	if l.Before != nil {
		if l.Changes = Changes(*l.Before, after, c.k); len(l.Changes) == 0 {
			l.Kind = Same
		} else {
			l.Kind = Changed
		}
	}
	c.judge(&l)
	return l
}

// match finds the package a row is about: by its number, else by treatment, name and room. -1 is a new one.
func (c *comparison) match(e Entry) (int, *Problem) {
	if e.Given.ID != "" {
		if at, ok := c.ids[e.Given.ID]; ok {
			return at, nil
		}
		return -1, c.problem(e.Row, FieldID, "“%s” is the number of none of your packages. Leave the cell empty for a new package", short(e.Given.ID))
	}
	switch found := c.keys[c.key(e.Given)]; len(found) {
	case 0:
		return -1, nil
	case 1:
		return found[0], nil
	}
	return -1, c.problem(e.Row, FieldRoom, "You have more than one package of this treatment and name. Add the column “%s”, or download your prices and keep their numbers", Label(FieldRoom))
}

// merge is the held package with what the file's columns say.
func (c *comparison) merge(held, given Row) Row {
	out := held
	out.Includes = maps.Clone(held.Includes)
	for _, col := range columns {
		if c.sheet.letter[col.field] != "" && col.field != FieldID {
			col.move(&out, given)
		}
	}
	return out
}

// judge holds the row as it would be against the rules. What hangs on nothing that changed is not asked again.
func (c *comparison) judge(l *Line) {
	problems, questions := Check(*l.After, c.k)
	for _, p := range problems {
		p.Row, p.Column = l.Row, c.sheet.letter[p.Field]
		l.Problems = append(l.Problems, p)
	}
	if l.Kind == Same {
		l.Before, l.After = nil, nil
		return
	}
	if len(problems) > 0 {
		l.Kind = Bad
	}
	for _, q := range questions {
		if l.Before == nil || slices.ContainsFunc(l.Changes, func(x Change) bool { return slices.Contains(q.about, x.Field) }) {
			q.Row, q.Column = l.Row, c.sheet.letter[q.Field]
			l.Questions = append(l.Questions, q)
		}
	}
}

// twice marks rows that are about the same package, and rows that would leave two packages with the same key.
func (c *comparison) twice(lines []Line) {
	first := map[string]int{}
	for i, e := range c.sheet.Entries {
		for _, mark := range c.marks(e, lines[i]) {
			at, again := first[mark]
			if !again {
				first[mark] = i
				continue
			}
			c.clash(&lines[i], c.sheet.Entries[at].Row)
			c.clash(&lines[at], e.Row)
		}
	}
	for i := range lines {
		if l := &lines[i]; l.After != nil && (l.Kind == New || l.Kind == Changed) && c.keptHas(*l) {
			l.Kind = Bad
			l.Problems = append(l.Problems, *c.problem(l.Row, FieldName, "You already have a package of this treatment, name and room, and the file leaves it out. Give this one another name"))
		}
	}
}

func (c *comparison) marks(e Entry, l Line) (marks []string) {
	if e.Given.ID != "" {
		marks = append(marks, "id "+e.Given.ID)
	}
	switch {
	case l.After != nil:
		marks = append(marks, l.After.Key())
	case e.Given.Procedure != "" && e.Given.Name != "":
		marks = append(marks, e.Given.Key())
	}
	return marks
}

// mostProblems of one row: a file of one row ten thousand times over must not name them all at the first.
const mostProblems = 30

func (c *comparison) clash(l *Line, other int) {
	say := fmt.Sprintf("Rows %d and %d are the same package: treatment, name and room are equal. Keep one", min(l.Row, other), max(l.Row, other))
	if len(l.Problems) < mostProblems && !slices.ContainsFunc(l.Problems, func(p Problem) bool { return p.Say == say }) {
		l.Problems = append(slices.Clip(l.Problems), Problem{Row: l.Row, Column: c.sheet.letter[FieldName], Field: FieldName, Say: say})
	}
	l.Kind = Bad
}

// keptHas reports whether a package that the file leaves out has the key of l.
func (c *comparison) keptHas(l Line) bool {
	for _, at := range c.keys[c.key(*l.After)] {
		if !c.taken[at] && c.held[at].Key() == l.After.Key() {
			return true
		}
	}
	return false
}

func (c *comparison) kept() (lines []Line) {
	for i, r := range c.held {
		if !c.taken[i] {
			lines = append(lines, Line{Kind: Kept, Title: r.Title(), Before: &c.held[i]})
		}
	}
	slices.SortStableFunc(lines, func(a, b Line) int { return strings.Compare(a.Before.Key()+a.Before.ID, b.Before.Key()+b.Before.ID) })
	return lines
}

func (c *comparison) problem(row int, field, say string, args ...any) *Problem {
	return &Problem{Row: row, Column: c.sheet.letter[field], Field: field, Say: fmt.Sprintf(say, args...)}
}

// Changes are the fields in which two rows differ, in their order in the file, as a person reads them.
func Changes(before, after Row, k Reference) (out []Change) {
	for _, c := range columns {
		if c.field == FieldID || c.text(before, k) == c.text(after, k) {
			continue
		}
		show := c.show
		if show == nil {
			show = c.text
		}
		out = append(out, Change{c.field, c.heading, strings.TrimSpace(show(before, k)), strings.TrimSpace(show(after, k))})
	}
	return out
}
