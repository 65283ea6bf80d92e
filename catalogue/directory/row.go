package directory

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"carecorridor/catalogue/seed/gazetteer"
)

// The columns of the file that are used, counted from 0.
const (
	colNumber = iota
	colPoint
	colName
	colDistrict
	colAddress
	colState
	colPIN
	colPhone
	columns
)

var columnNames = [columns]string{"Sr_No", "Location_Coordinates", "Hospital_Name", "District", "Address_First_Line", "State", "Pincode", "Telephone"}

// Row is a usable line of the directory, cleaned. Point is nil and PIN "" when the file's are unusable.
type Row struct {
	Line    int
	Number  string // Sr_No
	Name    string
	City    gazetteer.Place // the district under its modern name
	Address string
	PIN     string
	Phone   string
	Point   *Point
	Shared  bool // the point stands for more than SharedBy rows: a district's middle, not a hospital
}

// Problem is something wrong in one cell. Column counts from 1 as in a spreadsheet; 0 is the whole row.
type Problem struct {
	Line, Column int
	Field        string
	Reason       string
}

func (p Problem) String() string {
	if p.Column == 0 {
		return fmt.Sprintf("line %d: %s", p.Line, p.Reason)
	}
	return fmt.Sprintf("line %d, column %d (%s): %s", p.Line, p.Column, p.Field, p.Reason)
}

var pinShape = regexp.MustCompile(`^[1-8][0-9]{5}$`)

// parse cleans one record. rejected is set when the row cannot be used; repaired tells what was left out.
func parse(line int, cells []string) (row Row, repaired []Problem, rejected *Problem) {
	at := func(col int, format string, args ...any) *Problem {
		return &Problem{line, col + 1, columnNames[col], fmt.Sprintf(format, args...)}
	}
	if len(cells) < columns {
		return row, nil, &Problem{Line: line, Reason: fmt.Sprintf("%d columns where %d belong", len(cells), columns)}
	}
	for col := range columns {
		if !utf8.ValidString(cells[col]) {
			return row, nil, at(col, "text is not valid UTF-8")
		}
		if strings.ContainsFunc(cells[col], forbidden) {
			return row, nil, at(col, "text holds a control character")
		}
	}
	state, ok := gazetteer.State(cells[colState])
	if !ok {
		return row, nil, at(colState, "%q is not a state: the row's cells have shifted", short(cells[colState]))
	}
	row = Row{Line: line, Number: clean(cells[colNumber]), Name: clean(cells[colName]), Address: clean(cells[colAddress])}
	if !strings.ContainsFunc(row.Name, unicode.IsLetter) {
		return row, nil, at(colName, "no name")
	}
	district := clean(cells[colDistrict])
	if _, isState := gazetteer.State(district); !strings.ContainsFunc(district, unicode.IsLetter) || isState && !sameName(district) {
		return row, nil, at(colDistrict, "%q is not a district", short(district))
	}
	row.City = gazetteer.Find(district, state)
	repaired = row.optional(cells, at)
	return row, repaired, nil
}

// optional fills what a row may lack; each unusable cell is a repair.
func (r *Row) optional(cells []string, at func(int, string, ...any) *Problem) (repaired []Problem) {
	p, err := ParsePoint(cells[colPoint])
	if err != nil {
		repaired = append(repaired, *at(colPoint, "%v", err))
	} else {
		r.Point = &p
	}
	if pin := strings.TrimSpace(cells[colPIN]); pinShape.MatchString(pin) {
		r.PIN = pin
	} else {
		repaired = append(repaired, *at(colPIN, "%q is not a PIN code", short(pin)))
	}
	if strings.Contains(cells[colAddress], `\n`) {
		repaired = append(repaired, *at(colAddress, `literal \n in the text`))
	}
	if phone := clean(cells[colPhone]); strings.Trim(phone, "0 -") != "" {
		r.Phone = phone
	}
	return repaired
}

// sameName lists the districts that carry the name of their state or territory.
func sameName(district string) bool {
	switch gazetteer.Key(district) {
	case "chandigarh", "delhi", "newdelhi", "puducherry", "pondicherry", "goa", "lakshadweep", "damananddiu", "dadraandnagarhaveli":
		return true
	}
	return false
}

func forbidden(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' && r != '\r' }

// clean turns literal \n and real line ends into commas and collapses spaces.
func clean(s string) string {
	s = strings.NewReplacer(`\n`, ", ", "\r\n", ", ", "\n", ", ", "\r", ", ", "\u00a0", " ").Replace(s)
	s = strings.Join(strings.Fields(s), " ")
	for strings.Contains(s, ", ,") || strings.Contains(s, " ,") || strings.Contains(s, ",,") {
		s = strings.NewReplacer(", ,", ",", " ,", ",", ",,", ",").Replace(s)
	}
	return strings.Trim(s, " ,")
}

func short(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}
