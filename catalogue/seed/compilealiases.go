package seed

import (
	"slices"
	"strings"

	"carecorridor/catalogue/seed/gazetteer"
	"carecorridor/internal/slug"
)

type synonymIn struct {
	Kind      string   `json:"kind"`
	Canonical string   `json:"canonical"`
	Terms     []string `json:"terms"`
	Procedure string   `json:"procedure_slug"`
	Specialty string   `json:"specialty_slug"`
}

func (c *compiler) readSynonyms() error {
	return eachJSON(c.dir, "synonyms.jsonl", func(s synonymIn) error {
		c.synonyms = append(c.synonyms, s)
		return nil
	})
}

// aliasKind is our kind of a synonym group's.
var aliasKind = map[string]string{"synonym": "lay", "abbreviation": "abbreviation", "misspelling": "misspelling",
	"transliteration": "transliteration", "us_spelling": "us_spelling", "generic": "generic",
	"city": "lay", "accreditation": "lay", "language": "lay"}

// aliasSet gathers terms by concept; a term a concept already has keeps its first kind.
type aliasSet struct {
	order []*aliasRec
	by    map[string]*aliasRec
	seen  map[string]bool
}

func (a *aliasSet) add(of, slugged, kind string, terms ...string) {
	for _, t := range terms {
		t = strings.Join(strings.Fields(t), " ")
		id := of + "\n" + slugged
		if t == "" || a.seen[id+"\n"+strings.ToLower(t)] {
			continue
		}
		a.seen[id+"\n"+strings.ToLower(t)] = true
		if a.by[id] == nil {
			a.by[id] = &aliasRec{Of: of, Slug: slugged, Terms: map[string][]string{}}
			a.order = append(a.order, a.by[id])
		}
		a.by[id].Terms[kind] = append(a.by[id].Terms[kind], t)
	}
}

func (c *compiler) compileAliases() error {
	set := &aliasSet{by: map[string]*aliasRec{}, seen: map[string]bool{}}
	for _, s := range c.specialties.in {
		set.add("specialty", s.Slug, "lay", slices.Concat(s.Lay, s.Indian)...)
		set.add("specialty", s.Slug, "transliteration", s.Hindi...)
	}
	for _, p := range c.procedures.in {
		set.add("procedure", p.Slug, "lay", p.Lay...)
		set.add("procedure", p.Slug, "abbreviation", p.Abbreviations...)
		set.add("procedure", p.Slug, "misspelling", p.Misspellings...)
		set.add("procedure", p.Slug, "transliteration", p.Hindi...)
		set.add("procedure", p.Slug, "us_spelling", p.US...)
	}
	for _, s := range c.synonyms {
		if err := c.synonym(set, s); err != nil {
			return err
		}
	}
	for _, t := range c.towns.used() {
		set.add("city", t.slug, "lay", t.place.OtherNames...)
	}
	return put(c.out, aliasesFile, set.order)
}

func (c *compiler) synonym(set *aliasSet, s synonymIn) error {
	kind, ok := aliasKind[s.Kind]
	switch {
	case !ok:
		return wrong("kind", "%s: synonyms of kind %q have no rule", s.Canonical, s.Kind)
	case s.Procedure != "":
		set.add("procedure", s.Procedure, kind, s.Terms...)
	case s.Specialty != "":
		set.add("specialty", s.Specialty, kind, s.Terms...)
	case s.Kind == "city":
		c.townSynonym(set, s)
	default:
		set.add(s.Kind, slug.Of(s.Canonical), kind, s.Terms...)
	}
	return nil
}

// townSynonym keeps other names of a town with the town. A term that is a town of its own (Mohali beside
// Chandigarh) is no alias; a name of the whole region (NCR, tricity) belongs to the hub.
func (c *compiler) townSynonym(set *aliasSet, s synonymIn) {
	place := gazetteer.Find(s.Canonical, "")
	for _, term := range s.Terms {
		other := gazetteer.Find(term, "")
		switch {
		case gazetteer.Key(other.Name) == gazetteer.Key(place.Name):
			if t, ok := c.towns.find(place); ok {
				set.add("city", t.slug, "lay", term)
			}
		case other.State != "": // a listed town of its own
		case place.Hub != "":
			set.add("hub", place.Hub, "lay", term)
		}
	}
}
