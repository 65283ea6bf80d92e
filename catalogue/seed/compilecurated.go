package seed

import (
	"cmp"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"carecorridor/catalogue/directory"
	"carecorridor/catalogue/seed/gazetteer"
	"carecorridor/internal/when"
	"carecorridor/models"
)

type curatedIn struct {
	ID             string               `json:"id"`
	Name           string               `json:"official_name"`
	Group          string               `json:"group"`
	Type           string               `json:"provider_type"`
	Ownership      string               `json:"ownership"`
	City           string               `json:"city"`
	State          string               `json:"state"`
	Address        string               `json:"address"`
	PIN            string               `json:"pincode"`
	Lat            *float64             `json:"latitude"`
	Lng            *float64             `json:"longitude"`
	Precision      string               `json:"coord_precision"`
	CoordSource    string               `json:"coord_source"`
	Year           *int                 `json:"year_established"`
	YearConfidence string               `json:"year_confidence"`
	Beds           *int                 `json:"beds"`
	BedsConfidence string               `json:"beds_confidence"`
	BedsNote       string               `json:"beds_note"`
	Accreditations []certificateIn      `json:"accreditations"`
	Specialties    []string             `json:"specialties"`
	Tags           []string             `json:"specialty_tags"`
	Services       map[string]serviceIn `json:"international_patient_services"`
	IntlNotes      []string             `json:"international_patient_notes"`
	CareModel      string               `json:"care_model_note"`
	UKLink         string               `json:"uk_link"`
	Website        string               `json:"website"`
	WebsiteScope   string               `json:"website_scope"`
	Phone          string               `json:"phone"`
	Airport        string               `json:"nearest_airport_iata"`
	AirportKM      *float64             `json:"nearest_airport_km"`
	StatedKM       *float64             `json:"stated_airport_km"`
	Notes          []string             `json:"notes"`
	Sources        []sourceIn           `json:"sources"`
}

type certificateIn struct {
	Body       string `json:"body"`
	Programme  string `json:"programme"`
	Number     string `json:"number"`
	Reference  string `json:"reference_no"`
	ValidFrom  string `json:"valid_from"`
	ValidTo    string `json:"valid_to"`
	Status     string `json:"status"`
	AsOf       string `json:"as_of"`
	Evidence   string `json:"evidence"`
	ListedName string `json:"listed_name"`
	Note       string `json:"note"`
}

type serviceIn struct {
	Available *bool  `json:"available"`
	Scope     string `json:"scope"`
	Detail    string `json:"detail"`
	AsOf      string `json:"as_of"`
}

type sourceIn struct {
	URL       string   `json:"url"`
	Via       string   `json:"via"`
	Snapshot  string   `json:"snapshot"`
	Published string   `json:"published"`
	Accessed  string   `json:"accessed"`
	Fields    []string `json:"fields"`
}

func (c *compiler) readCurated() error {
	return eachJSON(c.dir, providersFile, func(p curatedIn) error {
		place := gazetteer.Find(p.City, p.State)
		if p.Lat != nil && p.Lng != nil {
			c.towns.curated[townKey(place)] = append(c.towns.curated[townKey(place)], directory.Point{Lat: *p.Lat, Lng: *p.Lng})
		}
		name := display(p.Name)
		rec := providerRec{Name: name.Name, Kind: cmp.Or(p.Type, "unknown"), Group: p.Group, Origin: "curated", Checked: collected,
			Site: c.curatedSite(p)}
		if err := c.curatedCertificates(&rec, p); err != nil {
			return err
		}
		if name.RunBy != "" {
			src := c.from(p, "official_name")
			rec.Facts = append(rec.Facts, factRec{Name: "run_by", Value: name.RunBy, Scope: "hospital", Evidence: c.evidence(p, src),
				AsOf: c.src.used[src].Published, Source: src})
		}
		c.curatedFacts(&rec, p)
		c.curatedSpecialties(&rec, p)
		c.curated = append(c.curated, rec)
		c.curatedPlaces = append(c.curatedPlaces, place)
		return nil
	})
}

// from is the source key of the first source that lists any of the fields, else our own curation.
func (c *compiler) from(p curatedIn, fields ...string) string {
	for _, s := range p.Sources {
		if slices.ContainsFunc(fields, func(f string) bool { return slices.Contains(s.Fields, f) }) {
			return c.citeCurated(s)
		}
	}
	return c.src.dataset(curation)
}

func (c *compiler) citeCurated(s sourceIn) string {
	for _, text := range []string{s.URL + " " + s.Via} {
		for _, m := range marks {
			if strings.Contains(text, m.text) {
				return c.src.dataset(m.key)
			}
		}
	}
	key := c.src.page(s.URL, s.Published)
	if on, err := when.ParseDate(s.Accessed); err == nil {
		c.src.retrieved(key, on)
	}
	return key
}

func (c *compiler) curatedSite(p curatedIn) siteRec {
	site := siteRec{Address: p.Address, PIN: p.PIN, Lat: p.Lat, Lng: p.Lng, Precision: p.Precision,
		Airport: p.Airport, AirportKM: p.AirportKM, Source: c.from(p, "address", "pincode", "latitude", "city")}
	if p.Lat != nil {
		site.CoordNote = fmt.Sprintf("%s; source: %s", precisionWords[p.Precision], c.src.used[c.from(p, "latitude")].Title)
	}
	return site
}

var precisionWords = map[string]string{
	"site": "the hospital itself", "street": "street of the address", "pincode_area": "middle of the PIN code area, good to several km",
	"pincode_area_coarse": "rough middle of the PIN code area, good to several km",
}

var evidenceRule = map[string]string{"register": "register", "dataset": "third_party", "alliance": "third_party", "page": "third_party"}

// evidence is "hospital says" when the page is on the hospital's own site, else by kind of source.
func (c *compiler) evidence(p curatedIn, key string) string {
	s := c.src.used[key]
	own, err := url.Parse(p.Website)
	page, errPage := url.Parse(s.URL)
	if err == nil && errPage == nil && s.Kind == "page" && page.Host != "" && own.Host != "" && sameSite(host(page), host(own)) {
		return "hospital_says"
	}
	return evidenceRule[s.Kind]
}

// sameSite reports whether two hosts share their registered name: the label before a public ending.
func sameSite(a, b string) bool { return siteName(a) == siteName(b) }

func siteName(h string) string {
	labels := strings.Split(h, ".")
	for len(labels) > 1 && len(labels[len(labels)-1]) <= 3 {
		labels = labels[:len(labels)-1]
	}
	return labels[len(labels)-1]
}

func (c *compiler) curatedFacts(rec *providerRec, p curatedIn) {
	add := func(name, value, scope, confidence, asOf, note string, fields ...string) {
		if value == "" {
			return
		}
		key := c.from(p, fields...)
		rec.Facts = append(rec.Facts, factRec{Name: name, Value: value, Scope: cmp.Or(scope, "hospital"), Confidence: confidence,
			Evidence: c.evidence(p, key), AsOf: cmp.Or(asOf, c.src.used[key].Published), Note: note, Source: key})
	}
	add("year_established", number(p.Year), "", p.YearConfidence, "", "", "year_established")
	add("beds", number(p.Beds), "", p.BedsConfidence, "", p.BedsNote, "beds")
	add("ownership", p.Ownership, "", "low", "", "our classification, not verified", "ownership")
	add("phone", p.Phone, "", "", "", "may be stale", "phone")
	add("website", p.Website, p.WebsiteScope, "", "", "", "website")
	add("uk_link", p.UKLink, "", "", "", "", "uk_link")
	add("care_model", p.CareModel, "", "", "", "", "care_model_note")
	if p.Beds == nil {
		add("beds_note", p.BedsNote, "", "", "", "", "beds_note")
	}
	if p.StatedKM != nil {
		add("stated_airport_km", strconv.FormatFloat(*p.StatedKM, 'f', -1, 64), "", "", "", "", "stated_airport_km")
	}
	for _, n := range p.IntlNotes {
		scope := "hospital"
		if rest, ok := strings.CutPrefix(n, "[group] "); ok {
			scope, n = "group", rest
		}
		add("international_note", n, scope, "", "", "", "international_patient_notes")
	}
	for _, n := range p.Notes {
		add("note", n, "", "", "", "", "notes")
	}
	for _, name := range slices.Sorted(maps.Keys(p.Services)) {
		if s := p.Services[name]; s.Available != nil {
			value := map[bool]string{true: "yes", false: "no"}[*s.Available]
			add("service."+name, value, s.Scope, "", s.AsOf, s.Detail, "international_patient_services")
		}
	}
}

func number(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

func (c *compiler) curatedSpecialties(rec *providerRec, p curatedIn) {
	src := c.from(p, "specialties")
	has := map[string]bool{}
	listed := func(slugged, words, source string) {
		if !has[slugged] {
			has[slugged] = true
			rec.Specialties = append(rec.Specialties, specialtyRef{slugged, words, source})
		}
	}
	for _, words := range p.Specialties {
		slugs := c.specialties.listedAs(words)
		for _, s := range slugs {
			listed(s, words, src)
		}
		if proc, ok := c.procedures.listedAs(words); ok && !slices.ContainsFunc(rec.Procedures, func(r procedureRef) bool { return r.Slug == proc }) {
			rec.Procedures = append(rec.Procedures, procedureRef{proc, words, src})
		}
		if len(slugs) == 0 {
			c.report.Unmapped = append(c.report.Unmapped, words)
			rec.Facts = append(rec.Facts, factRec{Name: "specialty_listed", Value: words, Scope: "hospital", Evidence: c.evidence(p, src),
				AsOf: c.src.used[src].Published, Source: src})
		}
	}
	for _, tag := range p.Tags {
		if s, ok := c.specialties.tagged(tag); ok {
			listed(s, "", derived)
		}
	}
}

// curatedCertificates keeps JCI, NABH and NABL certificates; other awards become facts, they are no
// hospital accreditation. NABH rows that stand in a register are taken from there (compileProviders).
func (c *compiler) curatedCertificates(rec *providerRec, p curatedIn) error {
	for _, a := range p.Accreditations {
		level := levels[a.Body+" "+a.Programme]
		from, err1 := when.ParseDate(a.ValidFrom)
		to, err2 := when.ParseDate(a.ValidTo)
		if err := first(err1, err2); err != nil {
			return wrong("accreditations", "%v", err)
		}
		note, checked := a.Note, when.Date{}
		if d, err := when.ParseDate(a.AsOf); err == nil {
			checked = d
		} else {
			note = strings.TrimPrefix(note+"; evidence of "+a.AsOf, "; ")
		}
		src := c.certificateSource(p, a)
		if level == "" {
			rec.Facts = append(rec.Facts, factRec{Name: "award", Value: cmp.Or(a.Note, strings.TrimSpace(a.Body+" "+a.Programme)), Scope: "hospital",
				Evidence: "third_party", AsOf: cmp.Or(a.AsOf, "n.d."), Note: strings.TrimSpace(a.Body + " " + a.Programme), Source: src})
			continue
		}
		rec.Certificates = append(rec.Certificates, certificateRec{a.Body, cmp.Or(a.Programme, "Hospital"), level, a.Number, a.Reference, from, to,
			models.RegisterStatus(a.Status), checked, a.Evidence, a.ListedName, note, src})
	}
	for _, j := range c.jci[p.ID] {
		if !slices.ContainsFunc(rec.Certificates, func(have certificateRec) bool { return have.Body == "JCI" && have.Status == j.Status }) {
			rec.Certificates = append(rec.Certificates, j)
		}
	}
	return nil
}

// levels of the programmes that are hospital or laboratory accreditation.
var levels = map[string]string{"NABH Hospital": "full", "NABH Dental": "full", "JCI Hospital": "full",
	"NABL Medical laboratory (ISO 15189)": "laboratory", "NABL Medical laboratory": "laboratory"}

func (c *compiler) certificateSource(p curatedIn, a certificateIn) string {
	switch {
	case a.Evidence == "register_snapshot" && a.Body == "NABL":
		return c.src.dataset("nabl-600")
	case a.Evidence == "register_snapshot" && a.Programme == "Dental":
		return c.src.dataset(nabhDental)
	case a.Evidence == "register_snapshot":
		return c.src.dataset(nabhHospitals)
	case a.Status == "claimed_unverified":
		return c.src.dataset("facilitator-nile")
	}
	if j, ok := c.jciSource(p.ID, a); ok {
		return j
	}
	for _, s := range p.Sources {
		if slices.Contains(s.Fields, "accreditations") && s.Via == "stored public page" {
			return c.citeCurated(s)
		}
	}
	return c.from(p, "accreditations")
}
