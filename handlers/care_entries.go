package handlers

import (
	"net/url"
	"strconv"
	"strings"

	"carecorridor/internal/check"
	"carecorridor/internal/nhs"
	"carecorridor/internal/when"
	"carecorridor/views"
	"carecorridor/views/care"
	"carecorridor/views/ui"
)

// entryList is a list of like things in a form, such as medicines: a row of fields for each, a box that says there are
// none, and a button for more rows. It works without scripts.
type entryList struct {
	field, title, hint string // of the record, such as "medicines"
	entry              string // legend of a row: "Medicine"
	none, noneText     string // name and words of the box
	columns            []column
	more               string // words of the button
}

// column is one field of a row. Its name in the form is that of the list and its own.
type column struct {
	name, label, hint string
	options           []ui.Option // a select when there are any
	date              bool
	width             string
}

func (l entryList) key(col string) string { return l.field + "." + col }

// inputs are the form names of the columns.
func (l entryList) inputs() (out []string) {
	for _, c := range l.columns {
		if c.date {
			for _, part := range []string{"_day", "_month", "_year"} {
				out = append(out, l.key(c.name)+part)
			}
			continue
		}
		out = append(out, l.key(c.name))
	}
	return out
}

// rows is how many the form holds.
func (l entryList) rows(v url.Values) (n int) {
	for _, name := range l.inputs() {
		n = max(n, len(v[name]))
	}
	return n
}

// compact takes rows out in which nothing was typed.
func (l entryList) compact(v url.Values) {
	keep := map[string][]string{}
	for i := range l.rows(v) {
		filled := false
		for _, c := range l.columns {
			for _, name := range (entryList{field: l.field, columns: []column{c}}).inputs() {
				filled = filled || len(c.options) == 0 && strings.TrimSpace(at(v[name], i)) != ""
			}
		}
		if !filled {
			continue
		}
		for _, name := range l.inputs() {
			keep[name] = append(keep[name], at(v[name], i))
		}
	}
	for _, name := range l.inputs() {
		v[name] = keep[name]
		if len(v[name]) == 0 {
			v.Del(name)
		}
	}
}

// parts are the rows that are filled in and one to fill in, or more when they were asked for.
func (l entryList) parts(v url.Values, bad check.List) []views.Part {
	out := []views.Part{care.Errors{ID: l.field, Title: l.title, Hint: l.hint, Error: bad.On(l.field)}}
	if l.none != "" {
		out = append(out, views.CheckBox{ID: l.none, Name: l.none, Text: l.noneText, Checked: v.Get(l.none) == "yes"})
	}
	extra, err := strconv.Atoi(v.Get("extra"))
	if err != nil || extra < 1 || extra > 9 {
		extra = 1
	}
	for i := range l.rows(v) + extra {
		out = append(out, l.row(i, v, bad))
	}
	return append(out, care.More{Text: l.more, Value: "more"})
}

func (l entryList) row(i int, v url.Values, bad check.List) views.Part {
	base := l.field + "." + strconv.Itoa(i) + "."
	g := care.Group{ID: l.field + "-" + strconv.Itoa(i), Legend: l.entry + " " + strconv.Itoa(i+1)}
	for _, c := range l.columns {
		id, name := base+c.name, l.key(c.name)
		switch {
		case c.date:
			g.Parts = append(g.Parts, views.DateFields{ID: id, Name: name, Legend: c.label, Hint: c.hint, Error: bad.On(id), Day: at(v[name+"_day"], i), Month: at(v[name+"_month"], i), Year: at(v[name+"_year"], i)})
		case len(c.options) > 0:
			g.Parts = append(g.Parts, ui.Field{ID: id, Name: name, Label: c.label, Hint: c.hint, Type: "select", Options: selected(at(v[name], i), append([]ui.Option(nil), c.options...)...), Error: bad.On(id)})
		default:
			g.Parts = append(g.Parts, ui.Field{ID: id, Name: name, Label: c.label, Hint: c.hint, Value: at(v[name], i), Error: bad.On(id), Width: c.width, Autocomplete: "off"})
		}
	}
	return g
}

// get is one field of a row as it was typed.
func (l entryList) get(v url.Values, i int, col string) string {
	return strings.TrimSpace(at(v[l.key(col)], i))
}

// date of a row; what is no date is a problem at its field.
func (l entryList) date(v url.Values, i int, col, what string, bad *check.List) when.Date {
	field := l.field + "." + strconv.Itoa(i) + "." + col
	single := url.Values{}
	for _, part := range []string{"_day", "_month", "_year"} {
		single.Set(field+part, at(v[l.key(col)+part], i))
	}
	return readDate(single, field, what, bad)
}

// add appends a row to form values.
func (l entryList) add(v url.Values, values map[string]string, dates map[string]when.Date) {
	for _, c := range l.columns {
		if c.date {
			single := url.Values{"d_day": {""}, "d_month": {""}, "d_year": {""}}
			putDate(single, "d", dates[c.name])
			for _, part := range []string{"_day", "_month", "_year"} {
				v.Add(l.key(c.name)+part, single.Get("d"+part))
			}
			continue
		}
		v.Add(l.key(c.name), values[c.name])
	}
}

// noNumber is why there is no NHS number; a number that was given counts.
func noNumber(v url.Values) nhs.NoNumber {
	if one(v, "nhs_number") != "" {
		return ""
	}
	return nhs.NoNumber(v.Get("no_nhs_number"))
}
