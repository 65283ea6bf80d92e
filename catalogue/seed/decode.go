package seed

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"unicode/utf8"
)

// maxLine is the longest line a seed file may have, in bytes.
const maxLine = 1 << 20

// FileError says where an input file is wrong. Line and Column count from 1; Column is 0 when the
// fault is in a Field as a whole.
type FileError struct {
	File         string
	Line, Column int
	Field        string
	Reason       string
}

func (e *FileError) Error() string {
	s := fmt.Sprintf("%s line %d", e.File, e.Line)
	if e.Column > 0 {
		s += fmt.Sprintf(", column %d", e.Column)
	}
	if e.Field != "" {
		s += ", field " + e.Field
	}
	return s + ": " + e.Reason
}

// fault is a wrong field of the record being read; each adds the file and line.
type fault struct{ field, reason string }

func (f fault) Error() string { return f.field + ": " + f.reason }

func wrong(field, format string, args ...any) error {
	return fault{field, fmt.Sprintf(format, args...)}
}

// within puts the record a fault was found in before its field: "site" + "city" is "site.city".
func within(field string, err error) error {
	var f fault
	if errors.As(err, &f) {
		return fault{field + "." + f.field, f.reason}
	}
	return err
}

// each reads file line by line, strictly, and hands every record to row.
func each[T any](fsys fs.FS, file string, row func(T) error) error {
	f, err := fsys.Open(file)
	if err != nil {
		return fmt.Errorf("seed file %s: %w", file, err)
	}
	defer f.Close()
	in := bufio.NewScanner(f)
	in.Buffer(nil, maxLine)
	line := 0
	for in.Scan() {
		line++
		rec, err := decode[T](in.Bytes())
		if err == nil {
			err = row(rec)
		}
		if err != nil {
			return locate(file, line, in.Bytes(), err)
		}
	}
	if err := in.Err(); err != nil {
		return &FileError{File: file, Line: line + 1, Reason: err.Error()}
	}
	return nil
}

func decode[T any](line []byte) (rec T, err error) {
	if !utf8.Valid(line) {
		return rec, errors.New("text is not valid UTF-8")
	}
	d := json.NewDecoder(bytes.NewReader(line))
	d.DisallowUnknownFields()
	if err := d.Decode(&rec); err != nil {
		return rec, err
	}
	if _, err := d.Token(); err != io.EOF {
		return rec, errors.New("more than one record on the line")
	}
	return rec, nil
}

func locate(file string, line int, text []byte, err error) error {
	out := &FileError{File: file, Line: line, Reason: err.Error()}
	var syntax *json.SyntaxError
	var mistyped *json.UnmarshalTypeError
	var f fault
	switch {
	case errors.As(err, &f):
		out.Field, out.Reason = f.field, f.reason
	case errors.As(err, &syntax):
		out.Column = int(syntax.Offset)
	case errors.As(err, &mistyped):
		out.Column, out.Field = int(mistyped.Offset), mistyped.Field
		out.Reason = fmt.Sprintf("%s where %s belongs", mistyped.Value, mistyped.Type)
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		out.Column, out.Reason = len(text)+1, "line ends inside the record"
	}
	return out
}
