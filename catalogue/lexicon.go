package catalogue

import (
	"strings"

	"carecorridor/models"
	"carecorridor/search/resolver"
)

// Lexicon is what the resolver needs to know of the catalogue: names, aliases and places. Aliases that name
// something not given are left out.
func Lexicon(specialties []models.Specialty, procedures []models.Procedure, aliases []models.Alias,
	cities []models.City, hubs []models.Hub) resolver.Data {
	by := aliasesByThing(aliases)
	d := resolver.Data{
		Accreditations: lexiconTerms(aliases, "accreditation"),
		Languages:      lexiconTerms(aliases, "language"),
	}
	for _, s := range specialties {
		d.Specialties = append(d.Specialties, resolver.Specialty{
			Slug: s.Slug, Name: s.Name, Plain: s.PlainName, Aliases: by[thing{"specialty", s.Slug}],
		})
	}
	for _, p := range procedures {
		d.Procedures = append(d.Procedures, resolver.Procedure{
			Slug: p.Slug, Name: p.Name, Aliases: by[thing{"procedure", p.Slug}],
			Specialties: append([]string{p.SpecialtySlug}, strings.Fields(p.OtherSpecialties)...),
		})
	}
	d.Places = lexiconPlaces(by, cities, hubs)
	for _, g := range lexiconTerms(aliases, "generic") {
		d.Groups = append(d.Groups, resolver.Group{Canonical: g.Name, Terms: g.Aliases})
	}
	return d
}

// thing is what an alias stands for.
type thing struct{ of, slug string }

func aliasesByThing(aliases []models.Alias) map[thing][]resolver.Alias {
	by := map[thing][]resolver.Alias{}
	for _, a := range aliases {
		k := thing{a.Of, a.Slug}
		by[k] = append(by[k], resolver.Alias{Term: a.Term, Kind: a.Kind})
	}
	return by
}

// lexiconTerms gathers the aliases of one sort by what they stand for, in the order first met. Their slugs read as
// names ("second-opinion" is "second opinion").
func lexiconTerms(aliases []models.Alias, of string) []resolver.Term {
	var out []resolver.Term
	at := map[string]int{}
	for _, a := range aliases {
		if a.Of != of {
			continue
		}
		i, known := at[a.Slug]
		if !known {
			i = len(out)
			at[a.Slug] = i
			out = append(out, resolver.Term{Name: strings.ReplaceAll(a.Slug, "-", " ")})
		}
		out[i].Aliases = append(out[i].Aliases, a.Term)
	}
	return out
}

// lexiconPlaces lists hubs, then cities: a city wins over a hub of its name.
func lexiconPlaces(by map[thing][]resolver.Alias, cities []models.City, hubs []models.Hub) []resolver.Place {
	out := make([]resolver.Place, 0, len(cities)+len(hubs))
	for _, h := range hubs {
		out = append(out, resolver.Place{
			Kind: resolver.Hub, Slug: h.Slug, Name: h.Name, State: h.State, Hub: h.Slug,
			Aliases: plainTerms(by[thing{"hub", h.Slug}]),
		})
	}
	for _, c := range cities {
		p := resolver.Place{Kind: resolver.City, Slug: c.Slug, Name: c.Name, State: c.State}
		if c.HubSlug != nil {
			p.Hub = *c.HubSlug
		}
		for line := range strings.Lines(c.Aliases) {
			p.Aliases = append(p.Aliases, strings.TrimSpace(line))
		}
		p.Aliases = append(p.Aliases, plainTerms(by[thing{"city", c.Slug}])...)
		out = append(out, p)
	}
	return out
}

func plainTerms(as []resolver.Alias) []string {
	out := make([]string, len(as))
	for i, a := range as {
		out[i] = a.Term
	}
	return out
}
