package content

import (
	"slices"
	"testing"

	"carecorridor/views/link"
)

func TestFiltersNarrowAndCountWhatTheyWouldShow(t *testing.T) {
	t.Parallel()
	l := library(t)
	all := l.Choices(Filter{})
	sum := 0
	for _, c := range all.Country {
		sum += c.Count
		if got := len(l.Models(Filter{Country: c.Value})); got != c.Count {
			t.Errorf("%s: %d articles, counted %d", c.Value, got, c.Count)
		}
	}
	of := 0
	for _, a := range l.Models(Filter{}) {
		of += len(countries(a))
	}
	if sum != of {
		t.Errorf("countries count %d of %d", sum, of)
	}
	both := Filter{Country: "UK", Topic: "High-volume surgery"}
	for _, a := range l.Models(both) {
		if !slices.Contains(countries(a), "UK") || a.Topic != "High-volume surgery" {
			t.Errorf("%s does not fit", a.Slug)
		}
	}
	for _, c := range l.Choices(both).Topic {
		if c.Chosen != (c.Value == "High-volume surgery") {
			t.Errorf("%s chosen: %v", c.Value, c.Chosen)
		}
		if want := len(l.Models(Filter{Country: "UK", Topic: c.Value})); c.Count != want {
			t.Errorf("%s: %d, want %d", c.Value, c.Count, want)
		}
	}
}

func TestAnArticleOfTwoCountriesIsFoundUnderEach(t *testing.T) {
	t.Parallel()
	l := library(t)
	for _, country := range []string{"India", "UK"} {
		if !slices.ContainsFunc(l.Models(Filter{Country: country}), func(a Article) bool { return a.Slug == "lower-carbon-cataract" }) {
			t.Errorf("the comparison of two countries is not found under %s", country)
		}
	}
	for _, c := range l.Choices(Filter{}).Country {
		if c.Value != "India" && c.Value != "UK" {
			t.Errorf("%q is no country", c.Value)
		}
	}
}

func TestAnUnknownFilterValueShowsNothing(t *testing.T) {
	t.Parallel()
	l := library(t)
	if n := len(l.Models(Filter{Evidence: "x' OR 1=1"})); n != 0 {
		t.Errorf("%d articles", n)
	}
	if len(l.Choices(Filter{Topic: "none"}).Topic) != len(l.Choices(Filter{}).Topic) {
		t.Error("choices vanish")
	}
}

func TestEvidenceIsListedStrongestFirst(t *testing.T) {
	t.Parallel()
	e := library(t).Choices(Filter{}).Evidence
	if len(e) < 3 || e[0].Value != string(Controlled) || e[0].Label != Controlled.Label() {
		t.Errorf("%+v", e)
	}
}

func TestOurAddressesAreThoseOfTheSite(t *testing.T) {
	t.Parallel()
	if guidePath != link.Guide || modelsPath != link.Models || guidePath+"/"+checklistSlug != link.GuideChecklist || modelsPath+"/feed.xml" != link.ModelsFeed {
		t.Error("paths differ from views/link")
	}
	for _, p := range []string{link.HospitalsPath, link.Treatments, link.Hubs, link.HowWeCheck, link.Ordering, link.Data, link.Help} {
		if !(Library{}).addresses()[p] {
			t.Errorf("%s is no address a text may name", p)
		}
	}
}
