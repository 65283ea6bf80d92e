package handlers

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"carecorridor/catalogue"
	"carecorridor/internal/fault"
	"carecorridor/models"
	"carecorridor/views"
	"carecorridor/views/chart"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

// hospital is the profile of one listing.
func (h *Handlers) hospital(c echo.Context) (*answer, error) {
	p, err := h.profile(c)
	if err != nil {
		return nil, err
	}
	f := h.frame(p.Name, link.Hospital(p.Slug), link.HospitalsPath)
	f.Description = fmt.Sprintf("%s in %s: certificates with dates, what it lists, published prices and where every fact comes from.", p.Name, p.City.Name)
	f.Breadcrumb = crumbs(ui.Link{Text: "Find a hospital", Href: link.HospitalsPath})
	f.NoIndex = p.Sample || !p.Confirmed()
	f.JSONLD = []string{h.hospitalLD(p), h.crumbLD(f.Breadcrumb)}
	v := h.presentHospital(p)
	if v.Feedback, err = h.hospitalFeedback(c.Request().Context(), p.ID, p.Sample); err != nil {
		return nil, err
	}
	if err := h.keptByHospital(c, p, &v); err != nil {
		return nil, err
	}
	if v.Feedback != nil {
		v.Report = views.Anchor{Text: "Report a problem with this listing", URL: link.HospitalReport(p.Slug)}
	}
	return html(c, http.StatusOK, views.HospitalPage(f, v))
}

// profile loads a listing; a slug nobody has gets names that are close, a withdrawn listing is gone.
func (h *Handlers) profile(c echo.Context) (catalogue.Profile, error) {
	p, err := h.cat.Profile(c.Request().Context(), c.Param("slug"))
	if fault.Is(err, fault.Missing) {
		return p, missing(h.nearHospitals(c))
	}
	return p, err
}

func (h *Handlers) nearHospitals(c echo.Context) []ui.Link {
	var out []ui.Link
	if found, err := h.index.Suggest(c.Request().Context(), words(c.Param("slug")), perKind); err == nil {
		for _, s := range found {
			out = append(out, ui.Link{Text: s.Text, Href: h.suggestionHref(s)})
		}
	}
	return append(out[:min(5, len(out))], ui.Link{Text: "All hospitals", Href: link.HospitalsPath})
}

func (h *Handlers) presentHospital(p catalogue.Profile) views.Hospital {
	v := views.Hospital{Name: p.Name, Lead: leadLine(p), Sample: p.Sample, Marks: marks(p.Certificates), Checked: catalogue.RegisterSeen(p.Certificates).Long(),
		Quote: h.quote(p), Prices: h.prices(p), Certificates: h.certificateRows(p), Lists: h.lists(p), Location: h.location(p), Aftercare: aftercare(p), Alliance: alliance(p),
		Sources: profileSources(p), History: h.history(p.Changes),
		Save: saveToggle(p.Slug), Compare: views.Anchor{Text: "Compare with other hospitals", URL: link.Hospitals(link.Query{Compare: []string{p.Slug}})}}
	if !p.Confirmed() {
		v.Notice = &views.Notice{Title: "We cannot confirm that this hospital is accredited today", Text: []string{"No certificate we hold runs today. It may have been renewed since our copy of the register. Ask the hospital for its certificate, and check it with the body that issued it."},
			Links: []views.Anchor{{Text: "How we check hospitals", URL: link.HowWeCheck}}}
	}
	return v
}

func leadLine(p catalogue.Profile) string {
	kind := firstOf(kindNames[p.Kind], "Hospital or clinic")
	if p.Kind == "dental" {
		kind = "Dental clinic or college"
	}
	line := fmt.Sprintf("%s in %s", kind, p.City.Name)
	if p.City.State != "" && p.City.State != p.City.Name {
		line += ", " + p.City.State
	}
	if p.Apart != "" {
		return line + ". Another listing has the same name and town. This one: " + p.Apart + "."
	}
	return line + "."
}

// marks are the badges under the name; a claimed certificate never earns one (brief §5).
func marks(cs []catalogue.Certificate) []views.Mark {
	looks := map[ui.Tone]views.Look{ui.Checked: views.LookOK, ui.Warn: views.LookWarn, ui.Bad: views.LookBad, ui.Neutral: views.LookNone}
	var out []views.Mark
	for _, b := range badges(cs) {
		out = append(out, views.Mark{Text: b.Text, Look: looks[b.Tone]})
	}
	return out
}

var standingMarks = map[catalogue.Standing]views.Mark{
	catalogue.Running:     {Text: "Running", Look: views.LookOK},
	catalogue.Unconfirmed: {Text: "Renewal not confirmed", Look: views.LookWarn},
	catalogue.Expired:     {Text: "Expired", Look: views.LookNone},
	catalogue.NotYet:      {Text: "Not started yet", Look: views.LookNone},
	catalogue.Suspended:   {Text: "Suspended", Look: views.LookBad},
	catalogue.Lapsed:      {Text: "No longer on the register", Look: views.LookBad},
	catalogue.Reported:    {Text: "Reported, not checked", Look: views.LookNone},
	catalogue.Claimed:     {Text: "Claimed by a seller, not checked", Look: views.LookNone},
}

var evidenceHow = map[string]string{"register_snapshot": "Our copy of the body's register", "news_or_hospital_page": "News report or the hospital's own page",
	"facilitator_listing": "A company that sells trips", "social_post": "A post on social media", "sample": "Invented for the demonstration"}

func (h *Handlers) certificateRows(p catalogue.Profile) views.HospitalCertificates {
	out := views.HospitalCertificates{How: views.Anchor{Text: "How we check hospitals", URL: link.HowWeCheck}}
	for _, c := range p.Certificates {
		s := p.Sources[c.SourceID]
		row := views.CertificateRow{Body: c.Body, Programme: c.Programme, Number: c.Number, Status: standingMarks[c.Standing], Until: c.ValidTo.Long(), Checked: c.CheckedOn.Long(),
			How: firstOf(evidenceHow[c.Evidence], c.Evidence), Source: views.Anchor{Text: firstOf(s.Title, "Source"), URL: webOnly(s.URL)}, Note: c.Note}
		if c.ListedName != "" && c.ListedName != p.Name {
			row.ListedAs = c.ListedName
		}
		if c.EndsSoon() {
			row.Status = views.Mark{Text: fmt.Sprintf("Ends in %s", plural(c.DaysLeft, "day")), Look: views.LookWarn}
		}
		for _, e := range p.Events[c.ID] {
			row.History = append(row.History, views.Event{On: e.On.Long(), ISO: e.On.String(), What: firstOf(e.Note, string(e.Status))})
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

func (h *Handlers) lists(p catalogue.Profile) views.HospitalLists {
	ref := h.cat.Reference()
	var out views.HospitalLists
	for _, s := range p.Specialties {
		known, ok := ref.Specialty(s.SpecialtySlug)
		if !ok {
			continue
		}
		out.Specialties = append(out.Specialties, views.SpecialtyRow{Name: specialtyAnchor(known), ListedAs: firstOf(s.ListedAs, known.Name), Evidence: firstOf(p.Sources[s.SourceID].Title, "Source not named")})
	}
	for _, slug := range p.ProcedureSlugs() {
		if t, ok := ref.Procedure(slug); ok {
			out.Treatments = append(out.Treatments, views.Anchor{Text: t.Name, URL: link.Treatment(slug)})
		}
	}
	for _, l := range p.Languages {
		out.Languages = append(out.Languages, upperFirst(l.Language))
	}
	for _, f := range p.Facts {
		switch {
		case allianceTopic(f.Name) >= 0: // in a section of their own
		case strings.HasPrefix(f.Name, "service."):
			out.Services = append(out.Services, factRow(p, f))
		case !strings.HasPrefix(f.Name, "aftercare.") && factNames[f.Name] != "":
			out.Facts = append(out.Facts, factRow(p, f))
		}
	}
	for _, name := range []string{"beds", "year_established", "website"} {
		if !slices.ContainsFunc(p.Facts, func(f models.Fact) bool { return f.Name == name }) {
			out.Facts = append(out.Facts, views.Fact{Label: factNames[name]})
		}
	}
	return out
}

var factNames = map[string]string{"beds": "Beds", "year_established": "Opened", "phone": "Telephone", "website": "Website", "care_model": "Model of care", "note": "Note", "aftercare.uk_follow_up": "Follow-up in the UK", "service.airport_pickup": "Airport pick-up",
	"international_note": "International patients"}

var evidenceSaid = map[string]string{"hospital_says": "Hospital says", "certificate_seen": "Certificate seen", "register": "Register", "third_party": "Third party", "not_published": "Not published", "sample": "Invented"}

func factRow(p catalogue.Profile, f models.Fact) views.Fact {
	s := p.Sources[f.SourceID]
	row := views.Fact{Label: factLabel(f.Name), Value: sayYes(f.Value), Note: f.Note, Evidence: evidenceSaid[f.Evidence], Source: views.Anchor{Text: firstOf(s.Title, "Source"), URL: webOnly(s.URL)}}
	var notes []string
	if f.Scope == "group" {
		notes = append(notes, "said of the whole hospital group")
	}
	if f.Confidence == "low" {
		notes = append(notes, "weak source")
	}
	if as := asOfWords(f.AsOf); as != "" {
		notes = append(notes, "as of "+as)
	}
	if f.Note != "" {
		notes = append(notes, f.Note)
	}
	row.Note = strings.Join(notes, "; ")
	return row
}

// sayYes writes the plain answer of a statement as a word.
func sayYes(value string) string {
	if value == "yes" {
		return "Yes"
	}
	return value
}

// factLabel turns a key into words: "service.airport_pickup" is "Airport pickup".
func factLabel(name string) string {
	if known, ok := factNames[name]; ok {
		return known
	}
	_, last, _ := strings.Cut(name, ".")
	return upperFirst(strings.ReplaceAll(firstOf(last, name), "_", " "))
}

var precisionWords = map[string]string{"site": "position of the hospital itself", "street": "position of the street", "pincode_area": "middle of the PIN code area, good to a few kilometres",
	"pincode_area_coarse": "middle of a wide PIN code area", "directory": "position from an old directory", "district": "middle of the district", "sample": "invented position"}

func (h *Handlers) location(p catalogue.Profile) views.HospitalLocation {
	s := p.Main
	rows := []views.Fact{{Label: "Address", Value: s.Address}, {Label: "City", Value: strings.Trim(p.City.Name+", "+p.City.State, ", ")}, {Label: "PIN code", Value: s.Postcode}}
	if hub, ok := h.cat.Reference().Hub(deref(p.City.HubSlug)); ok {
		rows = append(rows, views.Fact{Label: "Hub city", Value: hub.Name})
	}
	airport := views.Fact{Label: "Airport"}
	if a, ok := h.cat.Reference().Airport(deref(s.AirportIATA)); ok && s.AirportKM != nil {
		airport.Value = fmt.Sprintf("%s, about %s km in a straight line", a.Name, distance(*s.AirportKM))
		airport.Note = "Computed by us from the " + firstOf(precisionWords[s.CoordPrecision], "position held") + "." + noFlight(h.cat.Reference(), a.IATA)
	}
	out := views.HospitalLocation{Rows: append(rows, airport)}
	if s.Lat != nil && s.Lng != nil {
		out.Map = &chart.Map{ID: "place", Title: "Map of India with a dot at " + p.City.Name, Dots: []chart.Dot{{Name: p.City.Name, Lat: *s.Lat, Lng: *s.Lng, Current: true}}}
	}
	return out
}

// noFlight warns of an airport to which no source reports a non-stop flight from the UK.
func noFlight(ref *catalogue.Reference, iata string) string {
	for _, r := range ref.Routes {
		if r.Destination == iata && r.Status != "historic_unconfirmed" {
			return ""
		}
	}
	return " No source we hold reports a non-stop flight from the UK to it."
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func aftercare(p catalogue.Profile) views.HospitalAftercare {
	out := views.HospitalAftercare{Guide: views.Anchor{Text: "Guide: if something goes wrong", URL: link.GuideChapter("if-something-goes-wrong")}}
	for _, f := range p.Facts {
		if strings.HasPrefix(f.Name, "aftercare.") {
			out.Rows = append(out.Rows, factRow(p, f))
			out.Dated = firstOf(out.Dated, asOfWords(f.AsOf))
		}
	}
	return out
}

func profileSources(p catalogue.Profile) []views.SourceRow {
	what := map[int64][]string{}
	note := func(id int64, words string) {
		if !slices.Contains(what[id], words) {
			what[id] = append(what[id], words)
		}
	}
	for _, c := range p.Certificates {
		note(c.SourceID, "Certificates")
	}
	for _, f := range p.Facts {
		note(f.SourceID, factLabel(f.Name))
	}
	for _, s := range p.Specialties {
		note(s.SourceID, "Specialties")
	}
	for _, k := range p.Packages {
		note(k.SourceID, "Prices")
	}
	if p.Main.SourceID != nil {
		note(*p.Main.SourceID, "Address and position")
	}
	var out []views.SourceRow
	for id, words := range what {
		if s, ok := p.Sources[id]; ok {
			slices.Sort(words)
			out = append(out, sourceRow(s, strings.Join(words, ", ")))
		}
	}
	sortSources(out)
	return out
}
