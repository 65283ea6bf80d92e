// Package sheet reads and writes tables as spreadsheets keep them in CSV files: whatever encoding and separator the
// program chose, never more than its limits, rows counted as the spreadsheet shows them. It is not for what the
// columns mean, nor for files of ours, whose form is known.
package sheet

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"carecorridor/internal/fault"
	"carecorridor/internal/money"
)

// Limits of a file. A file past Bytes, Rows or Columns is refused; a longer cell makes its row a broken one.
type Limits struct {
	Bytes   int64
	Rows    int // below the header, empty ones not counted
	Columns int
	Cell    int // characters
}

// Table is a file that was let in, read row by row.
type Table struct {
	Header    []string // as written, spaces trimmed
	Encoding  string   // "UTF-8", "UTF-16" or "Windows-1252"
	Separator string   // "comma", "semicolon" or "tab"
	SHA256    string   // of the file's bytes, in hexadecimal

	limits Limits
	text   []byte
	csv    *csv.Reader
	read   int64 // bytes of text consumed
	row    int   // the last row given, as a spreadsheet counts
	count  int   // rows given below the header
}

// Record is one row. Row counts from 1 with the header, empty rows included, as a spreadsheet shows it. Broken says
// what keeps the row from being used.
type Record struct {
	Row    int
	Cells  []string
	Broken string
}

// separators that are tried, in the order of how common they are.
var separators = []struct {
	mark rune
	name string
}{{',', "comma"}, {';', "semicolon"}, {'\t', "tab"}}

// Open lets a file in: it reads at most limits.Bytes, finds encoding and separator, and gives the header. known says
// whether a heading is one of the caller's: the separator that yields most of them is taken. A file that cannot be
// used is fault.Invalid with a sentence for the person who chose it.
func Open(r io.Reader, limits Limits, known func(heading string) bool) (*Table, error) {
	raw, err := take(r, limits.Bytes)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(raw)
	text, encoding, err := decode(raw)
	if err != nil {
		return nil, err
	}
	t := &Table{Encoding: encoding, SHA256: hex.EncodeToString(sum[:]), limits: limits, text: text}
	mark, err := t.told()
	if err != nil {
		return nil, err
	}
	return t, t.header(mark, known)
}

// told is the separator named in a first line such as "sep=;", which Excel writes and hides; 0 when there is none.
func (t *Table) told() (rune, error) {
	line, rest, _ := bytes.Cut(t.text, []byte("\n"))
	name, ok := strings.CutPrefix(strings.ToLower(strings.TrimRight(string(line), "\r")), "sep=")
	if !ok {
		return 0, nil
	}
	t.text = rest
	mark, size := utf8.DecodeRuneInString(name)
	if size == len(name) {
		for _, s := range separators {
			if s.mark == mark {
				return mark, nil
			}
		}
	}
	return 0, refuse("The first line of the file names a separator that we do not know. Use a comma, a semicolon or a tab")
}

func (t *Table) header(mark rune, known func(string) bool) error {
	best, most := -1, -1
	var broken error
	for i, s := range separators {
		if mark != 0 && s.mark != mark {
			continue
		}
		cells, err := reader(t.text, s.mark).Read()
		if err != nil {
			broken = err
			continue
		}
		if n := score(cells, known); n > most {
			best, most = i, n
		}
	}
	if best < 0 {
		return asRefusal(broken)
	}
	t.Separator = separators[best].name
	t.csv = reader(t.text, separators[best].mark)
	head, err := t.next()
	if err != nil {
		return asRefusal(err)
	}
	if len(head.Cells) > t.limits.Columns {
		return refuse("The file has %d columns. It may have %d at most", len(head.Cells), t.limits.Columns)
	}
	if head.Broken != "" {
		return refuse("The first row cannot be read: %s", head.Broken)
	}
	for _, h := range head.Cells {
		t.Header = append(t.Header, strings.TrimSpace(h))
	}
	return nil
}

// score prefers headings that are known, then more columns.
func score(cells []string, known func(string) bool) (n int) {
	for _, c := range cells {
		if known(strings.TrimSpace(c)) {
			n += 1000
		}
	}
	return n + min(len(cells), 999)
}

func reader(text []byte, mark rune) *csv.Reader {
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma, r.FieldsPerRecord = mark, -1
	return r
}

// Next gives the next row that is not empty, io.EOF after the last. Too many rows are fault.Invalid.
func (t *Table) Next() (Record, error) {
	rec, err := t.next()
	if err != nil {
		return Record{}, err
	}
	if t.count++; t.count > t.limits.Rows {
		return Record{}, refuse("The file has more than %s rows. Split it into smaller files", money.Group(int64(t.limits.Rows), money.GBP))
	}
	return rec, nil
}

func (t *Table) next() (Record, error) {
	for {
		cells, err := t.csv.Read()
		if err == io.EOF {
			return Record{}, io.EOF
		}
		rec := Record{Row: t.moved()}
		if err != nil {
			var bad *csv.ParseError
			if !errors.As(err, &bad) {
				return Record{}, fmt.Errorf("sheet row %d: %w", rec.Row, err)
			}
			rec.Broken = quotes(bad)
			return rec, nil
		}
		if rec.Cells = filled(cells); len(rec.Cells) == 0 {
			continue
		}
		rec.Broken = t.misshapen(rec.Cells)
		return rec, nil
	}
}

// moved counts the row just read. The CSV reader leaves empty lines out silently; a spreadsheet shows them.
func (t *Table) moved() int {
	from := t.read
	t.read = t.csv.InputOffset()
	t.row++
	for _, b := range t.text[from:t.read] {
		if b == '\r' {
			continue
		}
		if b != '\n' {
			break
		}
		t.row++
	}
	return t.row
}

func (t *Table) misshapen(cells []string) string {
	if t.Header != nil && len(cells) > len(t.Header) {
		return fmt.Sprintf("The row has %d cells but the first row has %d. A %s that is part of a cell needs quotation marks round the cell", len(cells), len(t.Header), t.Separator)
	}
	for i, c := range cells {
		if len(c) > t.limits.Cell && utf8.RuneCountInString(c) > t.limits.Cell {
			return fmt.Sprintf("Column %s has %d characters. A cell may have %d at most", Letter(i), utf8.RuneCountInString(c), t.limits.Cell)
		}
	}
	return ""
}

// filled takes cells without words off the end of the row.
func filled(cells []string) []string {
	for len(cells) > 0 && strings.TrimSpace(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1]
	}
	return cells
}

func quotes(bad *csv.ParseError) string {
	if errors.Is(bad.Err, csv.ErrBareQuote) {
		return "A quotation mark stands inside a cell. Put the whole cell in quotation marks and write each inner one twice"
	}
	return "A quotation mark is opened and not closed, or something follows a closed one"
}

// Letter names a column as spreadsheets do: 0 is A, 26 is AA.
func Letter(column int) string {
	s := ""
	for column++; column > 0; column = (column - 1) / 26 {
		s = string(rune('A'+(column-1)%26)) + s
	}
	return s
}

func refuse(sentence string, args ...any) error {
	return fault.Say(fault.Invalid, "sheet", fmt.Sprintf(sentence, args...))
}

func asRefusal(err error) error {
	var bad *csv.ParseError
	switch {
	case err == io.EOF:
		return refuse("The file is empty")
	case errors.As(err, &bad):
		return refuse("The first row cannot be read: %s", quotes(bad))
	}
	return err
}
