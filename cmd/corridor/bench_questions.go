package main

import (
	"fmt"
	"math/rand/v2"
	"net/url"
	"strings"

	"carecorridor/catalogue"
	"carecorridor/views/link"
)

// questionCount is how many different searches are asked.
const questionCount = 192

// questions are the searches of a measurement, the same on every machine: words, filters, prices and orders as
// people combine them.
func questions(ref *catalogue.Reference) []url.Values {
	r := rand.New(rand.NewPCG(7, 7))
	seen := map[string]bool{}
	var out []url.Values
	for len(out) < questionCount {
		v := question(ref, r, len(out)%6)
		if key := v.Encode(); !seen[key] {
			seen[key] = true
			out = append(out, v)
		}
	}
	return out
}

func question(ref *catalogue.Reference, r *rand.Rand, kind int) url.Values {
	treatment := ref.Procedures[r.IntN(len(ref.Procedures))]
	for catalogue.ExclusionOf(treatment.Slug) != "" {
		treatment = ref.Procedures[r.IntN(len(ref.Procedures))]
	}
	specialty := ref.Specialties[r.IntN(len(ref.Specialties))]
	hub := ref.Hubs[r.IntN(len(ref.Hubs))]
	pounds := fmt.Sprint(2000 + 500*r.IntN(20))
	switch kind {
	case 0: // a sentence
		return values("q", fmt.Sprintf("%s in %s under £%s", strings.ToLower(treatment.Name), strings.ToLower(hub.Name), pounds))
	case 1: // a treatment, filters, cheapest first
		return values("treatment", treatment.Slug, "accreditation", "NABH", "price_max", pounds, "sort", "price")
	case 2: // a specialty with a price band, cheapest first
		return values("specialty", specialty.Slug, "price_min", "1000", "price_max", pounds, "language", "hindi", "sort", "price")
	case 3: // a name, with a letter too many now and then
		name := []string{"lakeside", "meridiann", "banyan", "saffron", "riverbend", "granite"}[r.IntN(6)]
		kind := []string{"heart", "joint", "vision", "cancer", "surgical"}[r.IntN(5)]
		return values("q", name+" "+kind, "accreditation", "JCI", "hub", hub.Slug)
	case 4: // around an airport
		airport := ref.Airports[r.IntN(len(ref.Airports))]
		return values("treatment", treatment.Slug, "near", airport.IATA, "km", fmt.Sprint(50+50*r.IntN(6)), "sort", "nearest")
	}
	return values("specialty", specialty.Slug, "hub", hub.Slug) // no later page: there may be none, and the API says so
}

func values(pairs ...string) url.Values {
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return v
}

// fresh makes an address that no cache has seen: keys that the site does not know change nothing else.
func fresh(path string, v url.Values, n int) string {
	query := v.Encode()
	if query != "" {
		query += "&"
	}
	return fmt.Sprintf("%s?%sfresh=%d", path, query, n)
}

// typed is what people have typed when suggestions are asked for.
var typed = []string{"kn", "knee", "knee rep", "hip", "heart byp", "chen", "mumb", "lakes", "banyan h", "cardi", "orthopeadics", "dent"}

// pageOf is the address of the n-th request of a kind, never answered from the cache of pages.
func pageOf(kind string, asked []url.Values, providers, n int) string {
	switch kind {
	case "search":
		return fresh(link.HospitalsPath, asked[n%len(asked)], n)
	case "suggest":
		return fresh(link.Suggest, values("q", typed[n%len(typed)]), n)
	case "profile":
		return fresh(link.Hospital(fmt.Sprintf("synthetic-%05d", n*7919%providers)), nil, n)
	}
	return link.Hospitals(link.Query{Treatment: []string{"total-knee-replacement"}})
}
