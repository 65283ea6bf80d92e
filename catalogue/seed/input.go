package seed

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"

	"carecorridor/internal/when"
)

// table reads a CSV file with a header; get and the number readers name columns.
type table struct {
	file   string
	r      *csv.Reader
	col    map[string]int
	row    []string
	failed error
}

// eachRow reads dir/file and hands each row to fn. A missing column, a ragged row, broken UTF-8, a bad
// number or an error of fn ends it with a *FileError.
func eachRow(dir, file string, columns []string, fn func(*table) error) error {
	f, err := os.Open(filepath.Join(dir, file))
	if err != nil {
		return fmt.Errorf("data file: %w", err)
	}
	defer f.Close()
	t := &table{file: file, r: csv.NewReader(f), col: map[string]int{}}
	if err := t.header(columns); err != nil {
		return err
	}
	for {
		t.row, err = t.r.Read()
		if err == io.EOF {
			return nil
		}
		if err == nil {
			err = t.valid()
		}
		if err == nil {
			err = fn(t)
			err = first(t.failed, err) // a cell that could not be read comes before what followed from it
		}
		if err != nil {
			return t.locate(err)
		}
	}
}

func (t *table) header(columns []string) error {
	head, err := t.r.Read()
	if err != nil {
		return t.locate(err)
	}
	for i, name := range head {
		t.col[strings.TrimPrefix(name, "\ufeff")] = i
	}
	for _, c := range columns {
		if _, ok := t.col[c]; !ok {
			return &FileError{File: t.file, Line: 1, Field: c, Reason: "column is missing"}
		}
	}
	return nil
}

func (t *table) valid() error {
	for name, i := range t.col {
		if !utf8.ValidString(t.row[i]) {
			return wrong(name, "text is not valid UTF-8")
		}
		if strings.ContainsRune(t.row[i], 0) {
			return wrong(name, "text holds a NUL byte")
		}
	}
	return nil
}

func (t *table) locate(err error) error {
	var f fault
	var bad *csv.ParseError
	switch {
	case errors.As(err, &f):
		out := &FileError{File: t.file, Field: f.field, Reason: f.reason}
		if i, ok := t.col[f.field]; ok && i < len(t.row) {
			out.Line, out.Column = t.r.FieldPos(i)
		} else {
			out.Line, _ = t.r.FieldPos(0)
		}
		return out
	case errors.As(err, &bad):
		return &FileError{File: t.file, Line: bad.Line, Column: bad.Column, Reason: bad.Err.Error()}
	}
	return fmt.Errorf("%s: %w", t.file, err)
}

// get is the text of a column, trimmed.
func (t *table) get(column string) string { return strings.TrimSpace(t.row[t.col[column]]) }

func (t *table) fail(column, format string, args ...any) {
	if t.failed == nil {
		t.failed = wrong(column, format, args...)
	}
}

// number reads an optional number; nil when the cell is empty.
func (t *table) number(column string) *float64 {
	s := t.get(column)
	if s == "" {
		return nil
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || v != v || v > 1e15 || v < -1e15 {
		t.fail(column, "%q is not a number", s)
		return nil
	}
	return &v
}

func (t *table) whole(column string) *int {
	v := t.number(column)
	if v == nil {
		return nil
	}
	n := int(*v)
	if float64(n) != *v {
		t.fail(column, "%q is not a whole number", t.get(column))
	}
	return &n
}

func (t *table) date(column string) when.Date {
	d, err := when.ParseDate(t.get(column))
	if err != nil {
		t.fail(column, "%v", err)
	}
	return d
}

// eachJSON reads a JSON-lines input; unknown keys are allowed, the data may say more than we keep.
func eachJSON[T any](dir, file string, fn func(T) error) error {
	text, err := os.ReadFile(filepath.Join(dir, file))
	if err != nil {
		return fmt.Errorf("data file: %w", err)
	}
	for i, line := range strings.Split(strings.TrimSuffix(string(text), "\n"), "\n") {
		var rec T
		err := json.Unmarshal([]byte(line), &rec)
		if err == nil && !utf8.ValidString(line) {
			err = errors.New("text is not valid UTF-8")
		}
		if err == nil {
			err = fn(rec)
		}
		if err != nil {
			return locate(file, i+1, []byte(line), err)
		}
	}
	return nil
}
