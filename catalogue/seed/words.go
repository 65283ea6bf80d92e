package seed

import (
	_ "embed"
	"encoding/csv"
	"slices"
	"strings"

	"carecorridor/internal/slug"
)

//go:embed specialtywords.csv
var specialtyWords string

// plain is how words are compared: lower-case ASCII words with single spaces.
func plain(s string) string { return strings.ReplaceAll(slug.Of(s), "-", " ") }

// specialtyIndex maps the words a hospital's listing uses to our specialties, only where it is certain.
type specialtyIndex struct {
	byWord map[string][]string
	listed map[string][]string // specialtywords.csv
	byTag  map[string][]string
	slugs  map[string]bool
	in     []specialtyIn
}

func newSpecialtyIndex() *specialtyIndex {
	x := &specialtyIndex{byWord: map[string][]string{}, listed: map[string][]string{}, byTag: map[string][]string{}, slugs: map[string]bool{}}
	rows, err := csv.NewReader(strings.NewReader(specialtyWords)).ReadAll()
	if err != nil {
		panic("seed: specialtywords.csv: " + err.Error())
	}
	for _, r := range rows[1:] {
		x.listed[plain(r[0])] = strings.Fields(r[1])
	}
	return x
}

func (x *specialtyIndex) add(s specialtyIn) {
	x.in = append(x.in, s)
	x.slugs[s.Slug] = true
	for _, w := range slices.Concat([]string{s.Name, s.PlainName}, s.Lay, s.Indian) {
		if key := plain(w); !slices.Contains(x.byWord[key], s.Slug) {
			x.byWord[key] = append(x.byWord[key], s.Slug)
		}
	}
	for _, t := range s.Tags {
		x.byTag[t] = append(x.byTag[t], s.Slug)
	}
}

// listedAs gives the specialties that words name: the documented list first, then a word of exactly one
// specialty, then the parts of "A & B", "A/B" and "A, B". None when it is not certain.
func (x *specialtyIndex) listedAs(words string) []string {
	if s := x.exact(words); s != nil {
		return s
	}
	var out []string
	parts := strings.FieldsFunc(strings.NewReplacer(" and ", "/", "&", "/", ",", "/").Replace(words), func(r rune) bool { return r == '/' })
	if len(parts) < 2 {
		return nil
	}
	for _, p := range parts {
		for _, s := range x.exact(p) {
			if !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
	}
	return out
}

func (x *specialtyIndex) exact(words string) []string {
	key := plain(words)
	var out []string
	if s, ok := x.listed[key]; ok {
		out = s
	} else if s := x.byWord[key]; len(s) == 1 {
		out = s
	}
	return slices.DeleteFunc(slices.Clone(out), func(s string) bool { return !x.slugs[s] })
}

// tagged gives the specialty of a keyword tag: the one of that name, or the only one that carries it.
func (x *specialtyIndex) tagged(tag string) (string, bool) {
	if x.slugs[tag] {
		return tag, true
	}
	if s := x.byTag[tag]; len(s) == 1 {
		return s[0], true
	}
	return "", false
}

// transplants is the specialty whose procedures are never stated of a hospital.
const transplants = "organ-transplant"

// procedureIndex maps words to procedures, only where exactly one has them.
type procedureIndex struct {
	byWord map[string][]string
	in     []procedureIn
}

func newProcedureIndex() *procedureIndex { return &procedureIndex{byWord: map[string][]string{}} }

func (x *procedureIndex) add(p procedureIn) {
	x.in = append(x.in, p)
	if p.Specialty == transplants {
		return
	}
	for _, w := range slices.Concat([]string{p.Name}, p.Lay, p.Abbreviations) {
		if key := plain(w); !slices.Contains(x.byWord[key], p.Slug) {
			x.byWord[key] = append(x.byWord[key], p.Slug)
		}
	}
}

// listedAs gives the procedure that a listing's words name; none for an
// organ transplant, which is not offered for travel (domain.md §9.1).
func (x *procedureIndex) listedAs(words string) (string, bool) {
	if s := x.byWord[plain(words)]; len(s) == 1 {
		return s[0], true
	}
	return "", false
}
