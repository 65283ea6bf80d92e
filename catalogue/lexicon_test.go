package catalogue_test

import (
	"slices"
	"testing"

	"carecorridor/catalogue"
	"carecorridor/models"
	"carecorridor/search/resolver"
)

func TestLexiconCarriesAliasesToWhatTheyName(t *testing.T) {
	t.Parallel()
	hub := "h"
	d := catalogue.Lexicon(
		[]models.Specialty{{Slug: "orthopaedics", Name: "Orthopaedics"}},
		[]models.Procedure{{Slug: "thr", Name: "Hip replacement", SpecialtySlug: "orthopaedics", OtherSpecialties: "sports-medicine pain"}},
		[]models.Alias{
			{Of: "procedure", Slug: "thr", Kind: "lay", Term: "new hip"},
			{Of: "city", Slug: "chennai", Kind: "lay", Term: "madras"},
			{Of: "language", Slug: "urdu", Kind: "lay", Term: "urdu speaking"},
			{Of: "generic", Slug: "second-opinion", Kind: "generic", Term: "doosri rai"},
			{Of: "procedure", Slug: "gone", Kind: "lay", Term: "nothing"},
		},
		[]models.City{{Slug: "chennai", Name: "Chennai", HubSlug: &hub, Aliases: "Chinnapatnam\nMadraspatnam"}},
		[]models.Hub{{Slug: "h", Name: "South"}})
	if got := d.Procedures[0]; len(got.Aliases) != 1 || !slices.Equal(got.Specialties, []string{"orthopaedics", "sports-medicine", "pain"}) {
		t.Errorf("procedure %+v", got)
	}
	if got := d.Places; len(got) != 2 || got[0].Kind != resolver.Hub || got[1].Hub != "h" ||
		!slices.Equal(got[1].Aliases, []string{"Chinnapatnam", "Madraspatnam", "madras"}) {
		t.Errorf("places %+v", got)
	}
	if len(d.Languages) != 1 || d.Languages[0].Name != "urdu" || len(d.Groups) != 1 || d.Groups[0].Canonical != "second opinion" {
		t.Errorf("languages %+v, groups %+v", d.Languages, d.Groups)
	}
}

// leastAliases is the share of names and aliases, in percent, that must lead to what they name. Some cannot: words that
// name two things, and those the given questions read otherwise ("cancer ka ilaj").
const leastAliases = 98

func TestEveryNameAndAliasLeadsToItsTreatment(t *testing.T) {
	t.Parallel()
	d := seedLexicon(t)
	r := resolver.New(d)
	n, right := 0, 0
	for _, p := range d.Procedures {
		for _, term := range append([]resolver.Alias{{Term: p.Name}}, p.Aliases...) {
			n++
			if slices.Contains(r.Resolve("how much is "+term.Term+" for my mum").Procedures, p.Slug) {
				right++
			}
		}
	}
	for _, s := range d.Specialties {
		for _, term := range append([]resolver.Alias{{Term: s.Name}}, s.Aliases...) {
			n++
			if slices.Contains(r.Resolve(term.Term).Specialties, s.Slug) {
				right++
			}
		}
	}
	t.Logf("%d of %d names lead home", right, n)
	if n < 2000 || 100*right < leastAliases*n {
		t.Errorf("%d of %d names lead home, want %d %%", right, n, leastAliases)
	}
}

func TestEveryCityIsFoundByItsName(t *testing.T) {
	t.Parallel()
	d := seedLexicon(t)
	r := resolver.New(d)
	for _, p := range d.Places {
		if p.Kind != resolver.City || p.Name == "New Delhi" || p.Name == "Goa" {
			continue // these stand for the hub and the state
		}
		if got := r.Resolve("knee replacement in " + p.Name).City.Slug; got != p.Slug {
			t.Errorf("%s: got city %q", p.Name, got)
		}
	}
}

func BenchmarkResolve(b *testing.B) {
	r := seedResolver(b)
	questions := []string{
		"knee op near chennai under 6k jci", "ghutna badalna", "liver transplant delhi 30000 pounds",
		"hindi speaking orthopaedic surgeon gurgaon", "cheapest ivf in bombay", "heart bypas under 5 lakh",
		"thr for my mum in leicester", "second opinion cancer scan review", "kidney stones removal price",
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		r.Resolve(questions[i%len(questions)])
	}
}
