package catalogue

import (
	"strings"

	"carecorridor/models"
)

// Point is one part of the evidence that orders results (brief §6, ux.md §6.2): its name as shown to readers,
// what it weighs, and when a listing has it.
type Point struct {
	Name   string
	Points int
	holds  func(b *models.ProviderBundle, certs []Certificate) bool
}

// CompletenessRule is the whole rule of the default order; the points add up to 100.
var CompletenessRule = []Point{
	{"A certificate that runs today, seen on the accrediting body's register", 30, func(_ *models.ProviderBundle, cs []Certificate) bool { return len(RunningBodies(cs)) > 0 }},
	{"A running certificate of a second accrediting body", 10, func(_ *models.ProviderBundle, cs []Certificate) bool { return len(RunningBodies(cs)) > 1 }},
	{"At least one own price, in writing and in date", 20, func(b *models.ProviderBundle, _ []Certificate) bool { return len(b.Packages) > 0 }},
	{"Specialties listed, with a source", 10, func(b *models.ProviderBundle, _ []Certificate) bool { return len(b.Specialties) > 0 }},
	{"Aftercare promised in writing", 10, hasFact("aftercare.")},
	{"Services for patients from abroad, with a source", 5, hasFact("service.")},
	{"Languages spoken", 5, func(b *models.ProviderBundle, _ []Certificate) bool { return len(b.Languages) > 0 }},
	{"Street address", 5, func(b *models.ProviderBundle, _ []Certificate) bool { return b.Main.Address != "" }},
	{"A position good to the street or better", 5, func(b *models.ProviderBundle, _ []Certificate) bool {
		return b.Main.CoordPrecision == "site" || b.Main.CoordPrecision == "street"
	}},
}

func hasFact(prefix string) func(*models.ProviderBundle, []Certificate) bool {
	return func(b *models.ProviderBundle, _ []Certificate) bool {
		for _, f := range b.Facts {
			if strings.HasPrefix(f.Name, prefix) {
				return true
			}
		}
		return false
	}
}

// completeness adds up the points of a listing. A sample's evidence is invented and counts nothing, so that samples come
// after real hospitals.
func completeness(b *models.ProviderBundle, certs []Certificate) int {
	if b.Sample {
		return 0
	}
	total := 0
	for _, p := range CompletenessRule {
		if p.holds(b, certs) {
			total += p.Points
		}
	}
	return total
}
