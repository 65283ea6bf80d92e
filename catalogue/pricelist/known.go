package pricelist

import (
	"fmt"
	"slices"
	"strings"

	"carecorridor/catalogue"
	"carecorridor/internal/money"
	"carecorridor/internal/when"
)

// Reference is what rows are held against: treatments, the rate, the day.
type Reference struct {
	Today      when.Date   // in India
	Rate       *money.Rate // pounds to rupees; nil when none is held: then nothing is compared
	procedures map[string]Procedure
	words      map[string][]string // slugs by folded words
	order      []string            // slugs as they were given
}

// Procedure is a treatment a package may be for.
type Procedure struct {
	Slug, Name string
	Words      []string        // other words for it; those of several treatments name none of them
	Indicative *catalogue.Span // what it costs in India, in pounds; nil when not known
	Excluded   bool            // never listed for travel (domain.md §9.1)
}

// Know makes a Reference. Procedures keep their order in Template.
func Know(procedures []Procedure, rate *money.Rate, today when.Date) Reference {
	k := Reference{Today: today, Rate: rate, procedures: make(map[string]Procedure, len(procedures)), words: map[string][]string{}}
	for _, p := range procedures {
		k.procedures[p.Slug] = p
		k.order = append(k.order, p.Slug)
		for _, w := range append([]string{p.Slug, p.Name}, p.Words...) {
			if f := fold(w); !slices.Contains(k.words[f], p.Slug) {
				k.words[f] = append(k.words[f], p.Slug)
			}
		}
	}
	return k
}

// From makes a Reference of the catalogue's.
func From(ref *catalogue.Reference, today when.Date) Reference {
	var procedures []Procedure
	for _, p := range ref.Procedures {
		t, _ := ref.Treatment(p.Slug)
		procedures = append(procedures, Procedure{Slug: p.Slug, Name: p.Name, Words: ref.LayTerms(p.Slug), Indicative: t.India.Range,
			Excluded: catalogue.ExclusionOf(p.Slug) != ""})
	}
	var rate *money.Rate
	if r, ok := ref.Rates.Rupees(); ok {
		rate = &r
	}
	return Know(procedures, rate, today)
}

// find knows a treatment by its slug, its name, or words that are for it alone.
func (k Reference) find(text string) (slug, say string) {
	if text == "" {
		return "", ""
	}
	if _, ok := k.procedures[text]; ok {
		return text, ""
	}
	slugs := k.words[fold(text)]
	if at := slices.IndexFunc(slugs, func(s string) bool { return fold(k.procedures[s].Name) == fold(text) }); at >= 0 {
		return slugs[at], ""
	}
	switch len(slugs) {
	case 1:
		return slugs[0], ""
	case 0:
		return "", fmt.Sprintf("“%s” is not a treatment in our list. Use its name from the template", short(text))
	}
	var names []string
	for _, s := range slugs[:min(3, len(slugs))] {
		names = append(names, "“"+k.procedures[s].Name+"”")
	}
	return "", fmt.Sprintf("“%s” may be %s. Use one of these names", short(text), strings.Join(names, " or "))
}

// name is how a treatment is written in the file: its name, or its slug when that name is not its alone.
func (k Reference) name(slug string) string {
	if p, ok := k.procedures[slug]; ok {
		if found, _ := k.find(p.Name); found == slug {
			return p.Name
		}
	}
	return slug
}
