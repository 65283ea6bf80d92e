package content

import (
	"cmp"
	"slices"
	"strings"
)

// Filter narrows the models of care; an empty field asks for nothing.
type Filter struct{ Topic, Specialty, Country, Evidence string }

// Choice is a value of a filter with the number of articles it would show beside the other fields.
type Choice struct {
	Value, Label string
	Count        int
	Chosen       bool
}

// Choices are the values of each field of a Filter.
type Choices struct{ Topic, Specialty, Country, Evidence []Choice }

// Models are the articles that fit, newest review first. A value that does not exist fits none.
func (l Library) Models(f Filter) []Article {
	return slices.DeleteFunc(slices.Clone(l.articles), func(a Article) bool { return !f.fits(a) })
}

// Choices lists what each field can be set to while the others stay as they are.
func (l Library) Choices(f Filter) Choices {
	topic, specialty, country, evidence := f, f, f, f
	topic.Topic, specialty.Specialty, country.Country, evidence.Evidence = "", "", "", ""
	out := Choices{
		Topic:     l.count(topic, f.Topic, func(a Article) []string { return []string{a.Topic} }),
		Specialty: l.count(specialty, f.Specialty, func(a Article) []string { return []string{a.Specialty} }),
		Country:   l.count(country, f.Country, countries),
		Evidence:  l.count(evidence, f.Evidence, func(a Article) []string { return []string{string(a.Evidence)} }),
	}
	for i, c := range out.Evidence {
		out.Evidence[i].Label = Evidence(c.Value).Label()
	}
	slices.SortFunc(out.Evidence, func(a, b Choice) int {
		return slices.Index(EvidenceLevels, Evidence(a.Value)) - slices.Index(EvidenceLevels, Evidence(b.Value))
	})
	return out
}

func (f Filter) fits(a Article) bool {
	return (f.Topic == "" || f.Topic == a.Topic) && (f.Specialty == "" || f.Specialty == a.Specialty) &&
		(f.Country == "" || slices.Contains(countries(a), f.Country)) && (f.Evidence == "" || f.Evidence == string(a.Evidence))
}

// countries of an article: "India and UK" is found under each of them.
func countries(a Article) []string { return strings.Split(a.Country, " and ") }

// count lists every value that any article has, so that a choice never vanishes while others are set.
func (l Library) count(rest Filter, chosen string, of func(Article) []string) []Choice {
	at := map[string]int{}
	var out []Choice
	for _, a := range l.articles {
		for _, v := range of(a) {
			i, ok := at[v]
			if !ok {
				i = len(out)
				at[v] = i
				out = append(out, Choice{Value: v, Label: v, Chosen: v == chosen})
			}
			if rest.fits(a) {
				out[i].Count++
			}
		}
	}
	slices.SortFunc(out, func(a, b Choice) int { return cmp.Compare(a.Label, b.Label) })
	return out
}
