package enquiry

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"carecorridor/internal/check"
	"carecorridor/internal/slug"
	"carecorridor/internal/when"
)

// ContactColumns are the first line of a file of contacts: a hospital's slug, the address that requests are mailed to,
// the day on which somebody made sure that it is the hospital's own (YYYY-MM-DD), and who that was.
var ContactColumns = []string{"hospital", "email", "checked_on", "checked_by"}

// mostWrong is how many mistakes of a file are told at once.
const mostWrong = 20

// mark is what spreadsheets put before UTF-8.
var mark = []byte("\xef\xbb\xbf")

// ReadContacts reads checked addresses of hospitals by slug from CSV with the columns of ContactColumns. One mistake
// refuses the whole file: the error names line and column of each, and no address. It does not ask whether a hospital
// is listed.
func ReadContacts(from io.Reader, today when.Date) (map[string]string, error) {
	start := bufio.NewReader(from)
	if first, err := start.Peek(len(mark)); err == nil && bytes.Equal(first, mark) {
		_, _ = start.Discard(len(mark))
	}
	r := csv.NewReader(start)
	r.FieldsPerRecord = len(ContactColumns)
	head, err := r.Read()
	if errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("line 1, column 1: want the first line %s", strings.Join(ContactColumns, ","))
	}
	if err != nil {
		return nil, fmt.Errorf("%w; want the columns %s", err, strings.Join(ContactColumns, ","))
	}
	if !slices.Equal(head, ContactColumns) {
		return nil, fmt.Errorf("line 1, column 1: want %s", strings.Join(ContactColumns, ","))
	}
	out := map[string]string{}
	var wrong []error
	for len(wrong) < mostWrong {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			wrong = append(wrong, err) // the library says line and column
			break
		}
		_, known := out[row[0]]
		for i, say := range contactProblems(row, known, today) {
			if say != "" {
				line, column := r.FieldPos(i)
				wrong = append(wrong, fmt.Errorf("line %d, column %d: %s %s", line, column, ContactColumns[i], say))
			}
		}
		out[row[0]] = row[1]
	}
	if wrong != nil {
		return nil, errors.Join(wrong...)
	}
	return out, nil
}

// contactProblems says what is wrong with each column, "" for nothing.
func contactProblems(row []string, known bool, today when.Date) (say [4]string) {
	switch {
	case !slug.Valid(row[0]):
		say[0] = "is the last part of the address of a listing, such as apollo-hospitals-chennai"
	case known:
		say[0] = "is there twice"
	}
	if !emailOK(row[1]) || row[1] != strings.TrimSpace(row[1]) {
		say[1] = "is one address in the form desk@example.org"
	}
	on, err := when.ParseDate(row[2])
	switch {
	case err != nil || !on.Known():
		say[2] = "is a day in the form 2026-11-22"
	case today.Before(on):
		say[2] = "is in the future"
	}
	var l check.List
	l.Need(strings.TrimSpace(row[3]) != "", "by", "names who made sure of the address")
	l.Line("by", "Its text", row[3], MaxName)
	say[3] = l.On("by")
	return say
}
