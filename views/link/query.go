package link

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Query is the state of the results page exactly as the reader gave it: nothing is checked here, so
// that a wrong value can be shown again. Lists are repeated keys.
type Query struct {
	Q                                            string
	Treatment, Specialty                         []string
	City, Hub, Accreditation, Language, Feature  []string
	PriceMin, PriceMax, Currency, Near, KM, Sort string
	IncludeUnconfirmed, IncludeSamples           string   // "", "1" or "0"
	Page, PerPage                                int      // 0 when not given
	Compare                                      []string // hospitals chosen to compare; changes nothing of what is found
}

// Keys of a Query in the order they are written.
var Keys = []string{"q", "treatment", "specialty", "city", "hub", "accreditation", "language", "feature",
	"price_min", "price_max", "currency", "near", "km", "sort", "page", "per_page", "include_unconfirmed", "include_samples", "compare"}

// ParseQuery reads v; keys it does not know are ignored and a page that is not a number counts as not given.
func ParseQuery(v url.Values) Query {
	var q Query
	for _, key := range Keys {
		if one := q.single(key); one != nil {
			*one = strings.TrimSpace(v.Get(key))
		}
		list := q.list(key)
		if list == nil {
			continue
		}
		for _, s := range v[key] {
			if s = strings.TrimSpace(s); s != "" && !slices.Contains(*list, s) {
				*list = append(*list, s)
			}
		}
	}
	q.Page, _ = strconv.Atoi(v.Get("page"))
	q.PerPage, _ = strconv.Atoi(v.Get("per_page"))
	return q
}

// list is where a repeated key is kept; nil for any other. A page writes some twenty addresses, so no table is made.
func (q *Query) list(key string) *[]string {
	switch key {
	case "treatment":
		return &q.Treatment
	case "specialty":
		return &q.Specialty
	case "city":
		return &q.City
	case "hub":
		return &q.Hub
	case "accreditation":
		return &q.Accreditation
	case "language":
		return &q.Language
	case "feature":
		return &q.Feature
	case "compare":
		return &q.Compare
	}
	return nil
}

// single is where a key that stands once is kept; nil for any other.
func (q *Query) single(key string) *string {
	switch key {
	case "q":
		return &q.Q
	case "price_min":
		return &q.PriceMin
	case "price_max":
		return &q.PriceMax
	case "currency":
		return &q.Currency
	case "near":
		return &q.Near
	case "km":
		return &q.KM
	case "sort":
		return &q.Sort
	case "include_unconfirmed":
		return &q.IncludeUnconfirmed
	case "include_samples":
		return &q.IncludeSamples
	}
	return nil
}

// number is what a key that holds a number is; 0 for any other.
func (q *Query) number(key string) int {
	switch key {
	case "page":
		return q.Page
	case "per_page":
		return q.PerPage
	}
	return 0
}

// Pair is one key and value of a Query, e.g. for hidden inputs of a form.
type Pair struct{ Key, Value string }

// Pairs lists what is set, in the order of Keys.
func (q Query) Pairs() []Pair {
	out := make([]Pair, 0, 8)
	for _, key := range Keys {
		if list := q.list(key); list != nil {
			for _, v := range *list {
				out = append(out, Pair{key, v})
			}
		} else if one := q.single(key); one != nil && *one != "" {
			out = append(out, Pair{key, *one})
		} else if n := q.number(key); n > 0 {
			out = append(out, Pair{key, strconv.Itoa(n)})
		}
	}
	return out
}

// PairsWithout lists what is set but for the given keys.
func (q Query) PairsWithout(keys ...string) []Pair {
	return slices.DeleteFunc(q.Pairs(), func(p Pair) bool { return slices.Contains(keys, p.Key) })
}

// Hospitals is the results page in state q.
func Hospitals(q Query) string { return address(HospitalsPath, q.Pairs()) }

// APISearchOf is the same question to the read API.
func APISearchOf(q Query) string { return address(APISearch, q.Pairs()) }

// CanonicalHospitals leaves out what does not change what is found: sort, page size, the first page, and what is
// chosen to compare (ux.md §4).
func CanonicalHospitals(q Query) string {
	q.Sort, q.PerPage, q.Compare = "", 0, nil
	if q.Page == 1 {
		q.Page = 0
	}
	return Hospitals(q)
}

// WithPage is q on page n; page 1 is written as no page.
func (q Query) WithPage(n int) Query {
	q.Page = n
	if n <= 1 {
		q.Page = 0
	}
	return q
}

// WithCompare is q with slug chosen to compare, on the page it is on.
func (q Query) WithCompare(slug string) Query {
	page := q.Page
	q = q.With("compare", slug)
	return q.WithPage(page)
}

// WithoutCompare is q with slug no longer chosen, on the page it is on.
func (q Query) WithoutCompare(slug string) Query {
	page := q.Page
	q = q.Without("compare", slug)
	return q.WithPage(page)
}

// With is q with key set to value (a list key gets it added), from its first page.
func (q Query) With(key, value string) Query {
	q = q.clone()
	q.Page = 0
	if list := q.list(key); list != nil && !slices.Contains(*list, value) {
		*list = append(*list, value)
	} else if one := q.single(key); one != nil {
		*one = value
	}
	return q
}

// Without is q less value under key, from its first page; a single key is emptied whatever the value.
func (q Query) Without(key, value string) Query {
	q = q.clone()
	q.Page = 0
	if list := q.list(key); list != nil {
		*list = slices.DeleteFunc(*list, func(s string) bool { return s == value })
	} else if one := q.single(key); one != nil {
		*one = ""
	}
	return q
}

func (q Query) clone() Query {
	for _, list := range []*[]string{&q.Treatment, &q.Specialty, &q.City, &q.Hub, &q.Accreditation, &q.Language, &q.Feature, &q.Compare} {
		*list = slices.Clone(*list)
	}
	return q
}

func address(path string, pairs []Pair) string {
	var b strings.Builder
	b.WriteString(path)
	for i, p := range pairs {
		b.WriteByte("?&"[min(i, 1)])
		b.WriteString(p.Key + "=" + url.QueryEscape(p.Value))
	}
	return b.String()
}
