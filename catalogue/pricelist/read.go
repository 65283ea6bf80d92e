package pricelist

import (
	"fmt"
	"io"
	"regexp"
	"strings"

	"carecorridor/internal/sheet"
)

// Limits of a file. A hospital with more packages splits it.
var Limits = sheet.Limits{Bytes: 8 << 20, Rows: 10_000, Columns: 40, Cell: 5_000}

// Sheet is a file that was read. Rows that could not be are there with their problems.
type Sheet struct {
	SHA256    string // of the file's bytes, in hexadecimal
	Encoding  string // "UTF-8", "UTF-16" or "Windows-1252"
	Separator string // "comma", "semicolon" or "tab"
	Entries   []Entry
	Missing   []string // fields without a column: held packages keep theirs
	Notices   []Notice // what was left out or taken differently, in the order of the file

	letter map[string]string // of the column, by field
}

// Entry is one row of the file. Given has the fields of the file's columns alone.
type Entry struct {
	Row      int
	Given    Row
	Problems []Problem // cells that could not be read
}

// Notice says what was done with part of a file, where nothing needs to be put right.
type Notice struct {
	Row    int    `json:"row,omitempty"`
	Column string `json:"column,omitempty"`
	Say    string `json:"say"`
}

// Read takes a file as any spreadsheet saved it. A file that cannot be used is fault.Invalid with a sentence that says
// what to do; a row that cannot be read is in the Sheet with its problems.
func Read(r io.Reader, limits sheet.Limits, k Reference) (Sheet, error) {
	table, err := sheet.Open(r, limits, func(h string) bool { _, ok := byHeading[plain(h)]; return ok })
	if err != nil {
		return Sheet{}, err
	}
	s := Sheet{SHA256: table.SHA256, Encoding: table.Encoding, Separator: table.Separator, letter: map[string]string{}}
	at, err := s.headings(table.Header)
	if err != nil {
		return Sheet{}, err
	}
	reading := reading{sheet: &s, at: at, k: k}
	for {
		rec, err := table.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return Sheet{}, err
		}
		reading.row(rec)
	}
	reading.end()
	return s, nil
}

// headings matches the file's columns with ours: at[i] is our column for the file's i-th, -1 for none of ours.
func (s *Sheet) headings(header []string) (at []int, err error) {
	for i, h := range header {
		n, ok := byHeading[plain(h)]
		switch {
		case !ok && h == "":
			at = append(at, -1)
			continue
		case !ok:
			s.Notices = append(s.Notices, Notice{Row: 1, Column: sheet.Letter(i), Say: fmt.Sprintf("“%s” is none of our columns. It was left out", short(h))})
			at = append(at, -1)
			continue
		}
		if other, twice := s.letter[columns[n].field]; twice {
			return nil, refuse("Columns %s and %s are both “%s”. Keep one", other, sheet.Letter(i), columns[n].heading)
		}
		s.letter[columns[n].field] = sheet.Letter(i)
		at = append(at, n)
	}
	for _, c := range columns {
		if s.letter[c.field] == "" && c.field != FieldID {
			s.Missing = append(s.Missing, c.field)
		}
	}
	return at, s.needed()
}

// needed: without these two columns no row says which package it is.
func (s *Sheet) needed() error {
	var missing []string
	for _, field := range []string{FieldProcedure, FieldName} {
		if s.letter[field] == "" {
			missing = append(missing, "“"+Label(field)+"”")
		}
	}
	if len(missing) == 0 || s.letter[FieldID] != "" {
		return nil
	}
	return refuse("The first row has no column %s. Download the template and use its first row", strings.Join(missing, " and no column "))
}

// reading is what is remembered from row to row.
type reading struct {
	sheet      *Sheet
	at         []int
	k          Reference
	monthFirst bool
	either     []place // dates that may be either way round
	formulas   int
	unused     int
}

type place struct {
	entry int
	field string
	cell  string
}

// lostRupee is an amount whose ₹ became "?", as Windows-1252 has none; it has £, $ and €.
var lostRupee = regexp.MustCompile(`\?[ \x{a0}]?(\d)`)

func (g *reading) row(rec sheet.Record) {
	e := Entry{Row: rec.Row}
	if rec.Broken != "" {
		e.Problems = []Problem{{Row: rec.Row, Say: rec.Broken}}
		g.sheet.Entries = append(g.sheet.Entries, e)
		return
	}
	used := false
	for i, cell := range rec.Cells {
		n := g.at[i]
		if n < 0 || strings.TrimSpace(cell) == "" {
			continue
		}
		c := columns[n]
		used = used || c.field != FieldProcedure
		if g.sheet.Encoding == "Windows-1252" {
			cell = lostRupee.ReplaceAllString(cell, "₹$1")
		}
		g.cell(&e, c, i, cell)
	}
	if !used && e.Given.Procedure != "" {
		g.unused++
		return
	}
	g.sheet.Entries = append(g.sheet.Entries, e)
}

// mostFormulas that get a notice each; the rest are counted.
const mostFormulas = 20

func (g *reading) cell(e *Entry, c column, i int, cell string) {
	if c.words && !strings.HasPrefix(cell, "'") && sheet.Formula(cell) {
		if g.formulas++; g.formulas <= mostFormulas {
			g.sheet.Notices = append(g.sheet.Notices, Notice{e.Row, sheet.Letter(i), fmt.Sprintf("“%s” begins like a formula. It was taken as plain words", short(cell))})
		}
	}
	if say := c.read(&e.Given, sheet.Unguard(cell), g.k); say != "" {
		e.Problems = append(e.Problems, Problem{e.Row, sheet.Letter(i), c.field, say})
	}
	if c.field == FieldFrom || c.field == FieldTo {
		g.monthFirst = g.monthFirst || monthFirst(cell)
		if eitherWay(cell) {
			g.either = append(g.either, place{len(g.sheet.Entries), c.field, cell})
		}
	}
}

// end says what only the whole file tells.
func (g *reading) end() {
	s := g.sheet
	if g.formulas > mostFormulas {
		s.Notices = append(s.Notices, Notice{Say: fmt.Sprintf("%d more cells begin like a formula. They were taken as plain words", g.formulas-mostFormulas)})
	}
	if g.unused > 0 {
		s.Notices = append(s.Notices, Notice{Say: fmt.Sprintf("%d rows have a treatment and nothing else. They were left out", g.unused)})
	}
	if !g.monthFirst {
		return
	}
	for _, p := range g.either {
		if p.entry < len(s.Entries) {
			e := &s.Entries[p.entry]
			e.Problems = append(e.Problems, Problem{e.Row, s.letter[p.field], p.field,
				fmt.Sprintf("“%s” may be two days: other dates of this file have the month first. Write it like 2026-12-31", p.cell)})
		}
	}
}
