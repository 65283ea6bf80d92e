package handlers

import (
	"carecorridor/catalogue"
	"carecorridor/models"
)

type apiFact struct {
	Name       string `json:"name"`
	Value      string `json:"value"`
	Scope      string `json:"scope"`
	Confidence string `json:"confidence"`
	Evidence   string `json:"evidence"`
	AsOf       string `json:"as_of"`
	Source     string `json:"source"`
}

type apiPackage struct {
	Treatment   string   `json:"treatment"`
	Name        string   `json:"name"`
	Room        string   `json:"room"`
	StayNights  *int     `json:"stay_nights"`
	DaysInIndia *int     `json:"days_in_india"`
	INR         int64    `json:"inr"`
	GBP         int64    `json:"gbp"`
	ValidTo     string   `json:"valid_to"`
	Included    []string `json:"included"`
	Excluded    []string `json:"excluded"`
}

type apiPosition struct {
	Lat       float64 `json:"lat"`
	Lng       float64 `json:"lng"`
	Precision string  `json:"precision"`
}

type apiProfileAnswer struct {
	Slug           string           `json:"slug"`
	Name           string           `json:"name"`
	Kind           string           `json:"kind"`
	City           string           `json:"city"`
	State          string           `json:"state"`
	Hub            string           `json:"hub"`
	Address        string           `json:"address"`
	Postcode       string           `json:"postcode"`
	Position       *apiPosition     `json:"position"`
	Sample         bool             `json:"sample"`
	Confirmed      bool             `json:"confirmed"`
	CheckedOn      string           `json:"checked_on"`
	Accreditations []apiCertificate `json:"accreditations"`
	Specialties    []string         `json:"specialties"`
	Languages      []string         `json:"languages"`
	Packages       []apiPackage     `json:"packages"`
	Facts          []apiFact        `json:"facts"`
	Sources        []apiSource      `json:"sources"`
}

type apiSource struct {
	Title     string `json:"title"`
	Publisher string `json:"publisher"`
	URL       string `json:"url"`
	Licence   string `json:"licence"`
	Published string `json:"published"`
	Retrieved string `json:"retrieved"`
}

func apiProfile(p catalogue.Profile) apiProfileAnswer {
	a := apiProfileAnswer{Slug: p.Slug, Name: p.Name, Kind: p.Kind, City: p.City.Name, State: p.City.State, Hub: p.Hub.Name, Address: p.Main.Address, Postcode: p.Main.Postcode,
		Sample: p.Sample, Confirmed: p.Confirmed(), CheckedOn: p.CheckedOn.String(), Accreditations: apiCertificates(p.Certificates),
		Specialties: []string{}, Languages: []string{}, Packages: []apiPackage{}, Facts: []apiFact{}, Sources: []apiSource{}}
	if p.Main.Lat != nil && p.Main.Lng != nil {
		a.Position = &apiPosition{*p.Main.Lat, *p.Main.Lng, p.Main.CoordPrecision}
	}
	for _, s := range p.Specialties {
		a.Specialties = append(a.Specialties, s.SpecialtySlug)
	}
	for _, l := range p.Languages {
		a.Languages = append(a.Languages, upperFirst(l.Language))
	}
	for _, k := range p.Packages {
		if k.Price != nil {
			a.Packages = append(a.Packages, apiPackageOf(k))
		}
	}
	for _, f := range p.Facts {
		a.Facts = append(a.Facts, apiFact{f.Name, f.Value, f.Scope, f.Confidence, f.Evidence, f.AsOf, sourceName(p.Sources[f.SourceID])})
	}
	for _, s := range sortedSources(p.Sources) {
		a.Sources = append(a.Sources, apiSource{s.Title, s.Publisher, s.URL, s.Licence, s.PublishedOn, s.RetrievedOn.String()})
	}
	return a
}

func apiPackageOf(k catalogue.OwnPackage) apiPackage {
	row := packageRow(k)
	rupees, _ := k.Rupees()
	return apiPackage{k.ProcedureSlug, k.Name, k.Room, k.StayNights, k.DaysInIndia, rupees.Minor / 100, k.Price.GBP.RoundTo(1).Minor / 100, k.ValidTo.String(), orEmpty(row.Included), orEmpty(row.Excluded)}
}

func sourceName(s models.Source) string { return firstOf(s.URL, s.Title) }
