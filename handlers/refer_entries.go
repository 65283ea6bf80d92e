package handlers

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"carecorridor/internal/check"
	"carecorridor/internal/when"
	"carecorridor/views/ui"
)

func entriesOf(v url.Values, name string) int {
	n, _ := strconv.Atoi(v.Get(name + ".n"))
	return min(max(n, 0), mostEntries)
}

// closeRanks drops the entries of a form that were left empty, so that the others are numbered without a gap.
func (p referPage) closeRanks(v url.Values) {
	for _, i := range p.items {
		if i.kind != manyItems {
			continue
		}
		to := 0
		for n := range entriesOf(v, i.field) {
			if from := entryFields(v, i.field, n); entryTyped(v, from) {
				moveEntry(v, i.field, n, to)
				to++
			} else {
				for _, f := range from {
					v.Del(f)
				}
			}
		}
		v.Set(i.field+".n", strconv.Itoa(to))
	}
}

// entryFields are the names of one entry's fields.
func entryFields(v url.Values, name string, n int) (out []string) {
	prefix := name + "." + strconv.Itoa(n) + "."
	for field := range v {
		if strings.HasPrefix(field, prefix) {
			out = append(out, field)
		}
	}
	slices.Sort(out)
	return out
}

func entryTyped(v url.Values, fields []string) bool {
	return slices.ContainsFunc(fields, func(f string) bool { return strings.TrimSpace(v.Get(f)) != "" })
}

func moveEntry(v url.Values, name string, from, to int) {
	if from == to {
		return
	}
	old, fresh := name+"."+strconv.Itoa(from)+".", name+"."+strconv.Itoa(to)+"."
	for _, field := range entryFields(v, name, from) {
		v.Set(fresh+strings.TrimPrefix(field, old), v.Get(field))
		v.Del(field)
	}
}

// referDay reads the three inputs of a date; all empty is the unknown date.
func referDay(v url.Values, name, what string, bad *check.List) when.Date {
	part := func(p string) string { return strings.TrimSpace(v.Get(name + "-" + p)) }
	if part("day")+part("month")+part("year") == "" {
		return when.Date{}
	}
	d, err := when.ParseDate(part("year") + "-" + twoDigits(part("month")) + "-" + twoDigits(part("day")))
	if err != nil {
		bad.Add(name, "%s must be a real date, for example 14 5 1958", what)
		return when.Date{}
	}
	return d
}

// print is what the page's answers are, to see whether somebody changed them since a form was made.
func (p referPage) print(w written) string {
	sum := sha256.Sum256([]byte(p.values(w).Encode()))
	return hex.EncodeToString(sum[:12])
}

// idOf makes a field's name into the id of its input.
func idOf(field string) string { return strings.ReplaceAll(field, ".", "-") }

// referProblems are problems over a page, each leading to its field.
func referProblems(bad check.List) *ui.ErrorSummary {
	s := problemsOf(bad)
	if s != nil {
		for i := range s.Problems {
			s.Problems[i].FieldID = idOf(s.Problems[i].FieldID)
		}
	}
	return s
}
