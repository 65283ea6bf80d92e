package meili

import (
	"strconv"
	"strings"

	"carecorridor/search"
)

// quote makes v one value of a filter expression, whatever is in it.
func quote(v string) string {
	v = strings.ToValidUTF8(strings.ReplaceAll(v, "\x00", ""), "")
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(v) + `"`
}

func equal(attribute, v string) string { return attribute + " = " + quote(v) }

// oneOf holds for documents with any of vs, "" when there are none.
func oneOf(attribute string, vs []string) string {
	if len(vs) == 0 {
		return ""
	}
	q := make([]string, len(vs))
	for i, v := range vs {
		q[i] = quote(v)
	}
	return attribute + " IN [" + strings.Join(q, ", ") + "]"
}

// either joins what is not empty by OR, in brackets.
func either(parts ...string) string {
	parts = filled(parts)
	if len(parts) == 0 {
		return ""
	}
	return "(" + strings.Join(parts, " OR ") + ")"
}

func both(parts ...string) string { return strings.Join(filled(parts), " AND ") }

func filled(parts []string) []string {
	out := make([]string, 0, len(parts))
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return out
}

// priced holds for documents with a price of node in r: TO is the only condition on an array that one
// element has to meet whole (search.md §2). The node was checked by Normalise.
func priced(n search.Node, r search.Range) string {
	lo, hi := r.Ends()
	return quote("p."+string(n)) + " " + strconv.FormatInt(lo, 10) + " TO " + strconv.FormatInt(hi, 10)
}

// parts is a query's filter in pieces that disjunctive counts can leave out.
type parts struct{ base, treatment, place, languages string }

func partsOf(q search.Query) parts {
	p := parts{
		place:     either(oneOf("city", q.Cities), oneOf("state", q.States), oneOf("hub", q.Hubs)),
		languages: oneOf("languages", q.Languages),
		treatment: both(grouped(q), limited(q)),
	}
	var base []string
	if !q.IncludeUnconfirmed {
		base = append(base, "confirmed = true")
	}
	if !q.IncludeSamples {
		base = append(base, "sample = false")
	}
	for _, v := range q.Accreditations {
		base = append(base, equal("accreditations", v))
	}
	for _, v := range q.Features {
		base = append(base, equal("features", v))
	}
	p.base = both(append(base, around(q.Near))...)
	return p
}

func group(q search.Query) string {
	return either(oneOf("procedures", q.Procedures), oneOf("specialties", q.Specialties))
}

func grouped(q search.Query) string {
	if !q.Grouped() {
		return ""
	}
	return group(q)
}

func limited(q search.Query) string {
	if q.Price.Open() {
		return ""
	}
	return priced(q.Node, q.Price)
}

func around(n *search.Near) string {
	if n == nil || n.KM <= 0 {
		return ""
	}
	f := func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
	return "_geoRadius(" + f(n.Lat) + ", " + f(n.Lng) + ", " + f(n.KM*1000) + ")"
}

func (p parts) all() string { return both(p.base, p.treatment, p.place, p.languages) }
