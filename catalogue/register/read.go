package register

import (
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"strings"

	"carecorridor/catalogue/seed"
	"carecorridor/internal/check"
	"carecorridor/internal/when"
	"carecorridor/models"
)

// Limits of a file: forty times the register of 2025.
const (
	MaxBytes = 32 << 20
	MaxRows  = 60_000
)

// Row is one line of the register.
type Row struct {
	Line               int
	Programme          string // Hospital | Dental
	Name, City, State  string
	Reference, Number  string
	ValidFrom, ValidTo when.Date
	Status             models.RegisterStatus // "" when no rule knows the remark
	Remark             string
}

// File is a whole register as it was on a day.
type File struct {
	Snapshot  when.Date
	Programme string
	Hash      string // SHA-256 of the bytes, hexadecimal
	Rows      []Row
}

// FileError says where a file is wrong, as a spreadsheet shows it. Such a file is refused whole.
type FileError struct {
	File   string
	Line   int
	Column string // "" for the row as a whole
	Say    string
}

func (e *FileError) Error() string {
	s := e.File
	if e.Line > 0 {
		s += fmt.Sprintf(" line %d", e.Line)
	}
	if e.Column != "" {
		s += ", column " + e.Column
	}
	return s + ": " + e.Say
}

// columns that a file must have, by name and in any order; others are not looked at.
var columns = []string{"programme", "name", "city", "state", "reference_no", "accreditation_no", "valid_from", "valid_to", "remarks", "snapshot_date"}

var programmes = map[string]string{"nabh hospital": "Hospital", "nabh dental": "Dental"}

// reader counts what it reads, for progress, and sums it.
type reader struct {
	in    io.Reader
	sum   hash.Hash
	done  int64
	total int64
	moved func(done, total int64)
	full  bool
}

func (r *reader) Read(p []byte) (int, error) {
	if r.full = r.done > MaxBytes; r.full {
		return 0, errTooBig
	}
	n, err := r.in.Read(p)
	r.sum.Write(p[:n])
	r.done += int64(n)
	if r.moved != nil {
		r.moved(r.done, max(r.total, r.done))
	}
	return n, err
}

var errTooBig = fmt.Errorf("larger than %d MB: not a register", MaxBytes>>20)

// Read reads a register row by row. A file that was cut off, or has one bad row, is refused whole: half a register would
// look like hospitals that lost their accreditation.
func Read(in io.Reader, name string, size int64, moved func(done, total int64)) (File, error) {
	count := &reader{in: in, sum: sha256.New(), total: size, moved: moved}
	c := csv.NewReader(count)
	c.ReuseRecord = true
	head, err := c.Read()
	if err != nil {
		return File{}, broken(name, err)
	}
	at, err := places(head, name)
	if err != nil {
		return File{}, err
	}
	p := parser{name: name, at: at, seen: map[string]int{}}
	for {
		cells, err := c.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return File{}, broken(name, err)
		}
		line, _ := c.FieldPos(0)
		if err := p.take(line, cells); err != nil {
			return File{}, err
		}
	}
	if len(p.file.Rows) == 0 {
		return File{}, &FileError{File: name, Say: "there is no row below the headings: the file was cut off"}
	}
	p.file.Hash = hex.EncodeToString(count.sum.Sum(nil))
	return p.file, nil
}

func broken(name string, err error) error {
	var parse *csv.ParseError
	switch {
	case errors.Is(err, errTooBig):
		return &FileError{File: name, Say: errTooBig.Error()}
	case errors.Is(err, csv.ErrFieldCount) && errors.As(err, &parse):
		return &FileError{name, parse.Line, "", "the row has another number of columns than the headings: the file was cut off or is damaged"}
	case errors.As(err, &parse):
		return &FileError{name, parse.StartLine, "", parse.Err.Error() + ": the file was cut off or is damaged"}
	case errors.Is(err, io.EOF):
		return &FileError{File: name, Say: "the file is empty"}
	}
	return fmt.Errorf("%s: %w", name, err)
}

func places(head []string, name string) (map[string]int, error) {
	at := map[string]int{}
	for i, h := range head {
		at[strings.ToLower(strings.TrimSpace(strings.TrimPrefix(h, "\ufeff")))] = i
	}
	for _, want := range columns {
		if _, ok := at[want]; !ok {
			return nil, &FileError{name, 1, want, "this column is missing: not a copy of the NABH register"}
		}
	}
	return at, nil
}

type parser struct {
	name string
	at   map[string]int
	seen map[string]int // number → line
	file File
}

func (p *parser) take(line int, cells []string) error {
	wrong := func(column, say string, args ...any) error {
		return &FileError{p.name, line, column, fmt.Sprintf(say, args...)}
	}
	cell := func(column string) string { return strings.TrimSpace(cells[p.at[column]]) }
	var l check.List
	for _, column := range columns {
		if l.Line(column, "This", cells[p.at[column]], 2000); !l.OK() {
			return wrong(column, "%s", l[0].Say)
		}
	}
	r := Row{Line: line, Name: cell("name"), City: cell("city"), State: cell("state"), Reference: cell("reference_no"), Number: cell("accreditation_no"), Remark: cell("remarks")}
	var known bool
	if r.Programme, known = programmes[strings.ToLower(cell("programme"))]; !known {
		return wrong("programme", "“%s” is not NABH Hospital or NABH Dental", cell("programme"))
	}
	for _, column := range []string{"name", "city", "state", "accreditation_no"} {
		if cell(column) == "" {
			return wrong(column, "this is empty")
		}
	}
	var errs [3]error
	var snapshot when.Date
	r.ValidFrom, errs[0] = when.ParseDate(cell("valid_from"))
	r.ValidTo, errs[1] = when.ParseDate(cell("valid_to"))
	snapshot, errs[2] = when.ParseDate(cell("snapshot_date"))
	for i, column := range []string{"valid_from", "valid_to", "snapshot_date"} {
		if errs[i] != nil {
			return wrong(column, "%v", errs[i])
		}
	}
	return p.keep(r, snapshot, wrong)
}

func (p *parser) keep(r Row, snapshot when.Date, wrong func(column, say string, args ...any) error) error {
	if len(p.file.Rows) == 0 {
		p.file.Snapshot, p.file.Programme = snapshot, r.Programme
	}
	switch {
	case !snapshot.Known() || snapshot != p.file.Snapshot:
		return wrong("snapshot_date", "“%s” where the first row has “%s”: one file is one copy", snapshot, p.file.Snapshot)
	case r.Programme != p.file.Programme:
		return wrong("programme", "one file is one programme")
	case r.ValidFrom.Known() && r.ValidTo.Known() && r.ValidTo.Before(r.ValidFrom):
		return wrong("valid_to", "the last day (%s) is before the first day (%s)", r.ValidTo, r.ValidFrom)
	case p.seen[r.Number] > 0:
		return wrong("accreditation_no", "“%s” is in line %d as well", r.Number, p.seen[r.Number])
	case len(p.file.Rows) >= MaxRows:
		return wrong("", "more than %d rows", MaxRows)
	}
	p.seen[r.Number] = r.Line
	r.Status, _ = seed.RegisterStatus(r.Remark)
	p.file.Rows = append(p.file.Rows, r)
	return nil
}
