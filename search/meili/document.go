package meili

import (
	"fmt"
	"strings"

	"carecorridor/search"
)

// document is a search.Doc as Meilisearch keeps it.
type document struct {
	ID             string                  `json:"id"`
	Ord            int64                   `json:"ord"`
	Name           string                  `json:"name"`
	NameKey        string                  `json:"name_key"`
	City           string                  `json:"city,omitempty"`
	CityName       string                  `json:"city_name"`
	State          string                  `json:"state,omitempty"`
	Hub            string                  `json:"hub,omitempty"`
	Geo            *geo                    `json:"_geo"`
	Accreditations []string                `json:"accreditations"`
	Languages      []string                `json:"languages"`
	Specialties    []string                `json:"specialties"`
	Procedures     []string                `json:"procedures"`
	Features       []string                `json:"features"`
	Doctors        []string                `json:"doctors"`
	Prices         map[search.Node][]int64 `json:"p"`
	Complete       int                     `json:"complete"`
	Shuffle        int64                   `json:"shuffle"`
	Confirmed      bool                    `json:"confirmed"`
	Sample         bool                    `json:"sample"`
}

type geo struct {
	Lat float64 `json:"lat"`
	Lng float64 `json:"lng"`
}

func documentOf(d search.Doc) document {
	out := document{
		ID: d.ID, Ord: d.Ord, Name: words(d.Name), NameKey: search.NameKey(d.Name),
		City: d.City, CityName: words(d.CityName), State: d.State, Hub: d.Hub,
		Accreditations: d.Accreditations, Languages: d.Languages, Specialties: d.Specialties,
		Procedures: d.Procedures, Features: d.Features, Prices: d.Prices,
		Complete: d.Complete, Shuffle: d.ShuffleRank(), Confirmed: d.Confirmed, Sample: d.Sample,
	}
	for _, name := range d.Doctors {
		out.Doctors = append(out.Doctors, words(name))
	}
	if d.Lat != nil {
		out.Geo = &geo{*d.Lat, *d.Lng}
	}
	return out
}

// words is text as both engines break it: nothing of it is shown, and the server would break some names
// elsewhere.
func words(text string) string { return search.NameKey(text) }

// suggestion is a search.Entry as Meilisearch keeps it.
type suggestion struct {
	ID      string   `json:"id"`
	Kind    string   `json:"kind"`
	Slug    string   `json:"slug"`
	Text    string   `json:"text"`
	Sub     string   `json:"sub"`
	Aliases []string `json:"aliases"`
	Weight  int      `json:"weight"`
}

func suggestionOf(x search.Entry) suggestion {
	slug := x.Slug
	if strings.Trim(slug, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" || len(slug) > 400 {
		slug = fmt.Sprintf("x%x", slug)
	}
	return suggestion{
		ID: string(x.Kind) + "-" + slug, Kind: string(x.Kind), Slug: x.Slug, Text: x.Text, Sub: x.Sub,
		Aliases: x.Aliases, Weight: x.Weight,
	}
}
