package handlers

import (
	"encoding/json"
	"net/http"

	"github.com/labstack/echo/v4"

	"carecorridor/catalogue"
	"carecorridor/internal/money"
	"carecorridor/search"
)

// apiSlots is what was understood of a question.
type apiSlots struct {
	Procedures     []string `json:"procedures"`
	Specialties    []string `json:"specialties"`
	City           string   `json:"city"`
	Hub            string   `json:"hub"`
	State          string   `json:"state"`
	Accreditations []string `json:"accreditations"`
	PriceMin       *int64   `json:"price_min"`
	PriceMax       *int64   `json:"price_max"`
	Currency       string   `json:"currency"`
	Languages      []string `json:"languages"`
	Telehealth     bool     `json:"telehealth"`
	Sort           string   `json:"sort"`
}

type apiSearchAnswer struct {
	Slots     apiSlots              `json:"slots"`
	Text      string                `json:"text"`
	Total     int                   `json:"total"`
	Page      int                   `json:"page"`
	Pages     int                   `json:"pages"`
	PerPage   int                   `json:"per_page"`
	Hospitals []apiHospitalCard     `json:"hospitals"`
	Facets    map[string][]apiCount `json:"facets"`
	Problems  []apiProblem          `json:"problems"`
	Excluded  string                `json:"excluded"`
	Emergency bool                  `json:"emergency"`
	Unknown   []string              `json:"unknown"`
	Engine    string                `json:"engine"`
	Fallback  bool                  `json:"fallback"`
	AsOf      string                `json:"as_of"`
}

type apiCount struct {
	Value string `json:"value"`
	Count int    `json:"count"`
}

type apiProblem struct {
	Field   string `json:"field"`
	Value   string `json:"value"`
	Message string `json:"message"`
}

type apiPrice struct {
	INR       int64  `json:"inr"`
	GBP       int64  `json:"gbp"`
	Treatment string `json:"treatment"`
}

type apiCertificate struct {
	Body      string `json:"body"`
	Programme string `json:"programme"`
	Number    string `json:"number"`
	ValidFrom string `json:"valid_from"`
	ValidTo   string `json:"valid_to"`
	Status    string `json:"status"`
	CheckedOn string `json:"checked_on"`
}

type apiHospitalCard struct {
	Slug           string           `json:"slug"`
	Name           string           `json:"name"`
	City           string           `json:"city"`
	State          string           `json:"state"`
	Hub            string           `json:"hub"`
	Accreditations []apiCertificate `json:"accreditations"`
	FromPrice      *apiPrice        `json:"from_price"`
	DistanceKM     *float64         `json:"distance_km"`
	Specialties    []string         `json:"specialties"`
	Sample         bool             `json:"sample"`
	URL            string           `json:"url"`
}

// apiSearch answers the same question as the results page, for programs. What a program sends that cannot be used is
// refused: nobody is there to read a note.
func (h *Handlers) apiSearch(c echo.Context) (*answer, error) {
	count := map[string]int{}
	for key, values := range c.QueryParams() {
		count[key] = len(values)
	}
	found, err := h.find(c)
	if err != nil {
		return nil, err
	}
	if problems := refused(c.QueryParams(), count, found); len(problems) > 0 {
		return refusal(problems)
	}
	a, err := jsonAnswer(http.StatusOK, presentAPISearch(found))
	if err == nil && found.page.Fallback {
		a.control = notStored
	}
	return a, err
}

func presentAPISearch(f *finding) apiSearchAnswer {
	q := f.question
	a := apiSearchAnswer{Text: q.Text, Total: f.page.Total, Page: f.page.Number, Pages: f.page.Pages, PerPage: f.perPage, Engine: f.page.Engine, Fallback: f.page.Fallback,
		Excluded: string(q.Excluded), Emergency: q.Emergency, Unknown: orEmpty(q.Unknown), AsOf: f.today.String(), Hospitals: []apiHospitalCard{}, Problems: []apiProblem{}, Facets: map[string][]apiCount{},
		Slots: apiSlots{Procedures: orEmpty(q.Procedures), Specialties: orEmpty(q.Specialties), City: q.City, Hub: q.Hub, State: q.State, Accreditations: orEmpty(q.Accreditations),
			PriceMin: q.PriceMin, PriceMax: q.PriceMax, Languages: orEmpty(titledAll(q.Languages)), Telehealth: q.Telehealth, Sort: string(q.Search.Sort)}}
	if q.PriceMin != nil || q.PriceMax != nil {
		a.Slots.Currency = string(q.Currency)
	}
	for _, p := range q.Problems {
		a.Problems = append(a.Problems, apiProblem{p.Key, p.Value, p.Say})
	}
	for _, card := range f.cards {
		a.Hospitals = append(a.Hospitals, apiCard(card))
	}
	for facet, counts := range f.page.Facets {
		list := []apiCount{}
		for _, n := range counts {
			list = append(list, apiCount{n.Value, n.N})
		}
		a.Facets[string(facet)] = list
	}
	return a
}

func apiCard(card foundCard) apiHospitalCard {
	out := apiHospitalCard{Slug: card.Slug, Name: card.Name, City: card.City, State: card.StateName, Hub: card.Hub, Sample: card.Sample,
		Accreditations: apiCertificates(card.Certificates), Specialties: orEmpty(card.Specialties), DistanceKM: card.km, URL: "/hospitals/" + card.Slug}
	if card.Price != nil {
		out.FromPrice = &apiPrice{INR: card.Price.INR.Minor / 100, GBP: card.Price.GBP.RoundTo(1).Minor / 100, Treatment: card.Price.ProcedureSlug}
	}
	return out
}

func apiCertificates(cs []catalogue.Certificate) []apiCertificate {
	out := []apiCertificate{}
	for _, c := range cs {
		out = append(out, apiCertificate{c.Body, c.Programme, c.Number, c.ValidFrom.String(), c.ValidTo.String(), string(c.Standing), c.CheckedOn.String()})
	}
	return out
}

// apiHospital is one listing as data.
func (h *Handlers) apiHospital(c echo.Context) (*answer, error) {
	p, err := h.cat.Profile(c.Request().Context(), c.Param("slug"))
	if err != nil {
		return nil, err
	}
	return jsonAnswer(http.StatusOK, apiProfile(p))
}

// apiTreatment is one treatment as data.
func (h *Handlers) apiTreatment(c echo.Context) (*answer, error) {
	t, ok := h.cat.Reference().Treatment(c.Param("slug"))
	if !ok {
		return nil, missing(nil)
	}
	return jsonAnswer(http.StatusOK, h.apiTreatmentOf(t))
}

func jsonAnswer(status int, v any) (*answer, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return &answer{status: status, contentType: jsonType, control: publicData, robots: "noindex", body: append(b, '\n')}, nil
}

func orEmpty(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

func titledAll(s []string) []string {
	out := make([]string, 0, len(s))
	for _, v := range s {
		out = append(out, upperFirst(v))
	}
	return out
}

type apiSpan struct {
	Low     int64 `json:"low"`
	High    int64 `json:"high"`
	Sources int   `json:"sources"`
}

type apiFigure struct {
	Low       *float64 `json:"low_gbp"`
	High      *float64 `json:"high_gbp"`
	Original  string   `json:"original"`
	Scope     string   `json:"scope"`
	Evidence  string   `json:"evidence"`
	AsOf      string   `json:"as_of"`
	Age       string   `json:"age"`
	SourceURL string   `json:"source"`
}

type apiTreatmentAnswer struct {
	Slug       string        `json:"slug"`
	Name       string        `json:"name"`
	Specialty  string        `json:"specialty"`
	Excluded   string        `json:"excluded"`
	AlsoKnown  []string      `json:"also_known"`
	Codes      []apiCode     `json:"codes"`
	India      *apiSpan      `json:"india_indicative_gbp"`
	IndiaTrip  *apiTrip      `json:"india_whole_trip_gbp"`
	TripLines  []apiTripLine `json:"india_whole_trip_lines"`
	NotInTrip  []string      `json:"not_in_whole_trip"`
	IndiaPrice []apiFigure   `json:"india_figures"`
	UKPrice    []apiFigure   `json:"uk_figures"`
	Wait       *apiWait      `json:"nhs_wait"`
}

type apiCode struct {
	System string `json:"system"`
	Code   string `json:"code"`
	Term   string `json:"term"`
}

type apiWait struct {
	Function    string   `json:"treatment_function"`
	Month       string   `json:"month"`
	Age         string   `json:"age"`
	MedianWeeks *float64 `json:"median_weeks"`
	Within18    *float64 `json:"within_18_weeks_percent"`
}

func (h *Handlers) apiTreatmentOf(t catalogue.Treatment) apiTreatmentAnswer {
	ref := h.cat.Reference()
	a := apiTreatmentAnswer{Slug: t.Slug, Name: t.Name, Specialty: t.SpecialtySlug, Excluded: string(catalogue.ExclusionOf(t.Slug)), AlsoKnown: orEmpty(ref.LayTerms(t.Slug)), Codes: []apiCode{}, TripLines: []apiTripLine{}, NotInTrip: []string{}}
	for _, c := range ref.Codes(t.Slug) {
		a.Codes = append(a.Codes, apiCode{c.System, c.Code, c.Term})
	}
	a.UKPrice = h.apiFigures(t.UK.Figures)
	a.IndiaPrice = []apiFigure{}
	if w := t.Wait; w != nil {
		a.Wait = &apiWait{w.FunctionName, w.Month, h.apiAge(w.Month), w.MedianWeeks, w.PctWithin18}
	}
	if a.Excluded != "" {
		return a
	}
	a.IndiaPrice = h.apiFigures(t.India.Figures)
	if t.India.Range != nil {
		r := t.India.Range.RoundTo(roundStep)
		a.India = &apiSpan{r.Low.Minor / 100, r.High.Minor / 100, t.India.Sources}
	}
	trip := ref.IndicativeTrip(t, h.cat.Today())
	a.TripLines, a.NotInTrip = h.apiTripLines(trip), orEmpty(trip.Missing)
	if trip.Complete {
		a.IndiaTrip = &apiTrip{*wholePounds(trip.Low), *wholePounds(trip.Likely), *wholePounds(trip.High), t.India.Sources}
	}
	return a
}

func (h *Handlers) apiFigures(figures []catalogue.Quoted) []apiFigure {
	out := []apiFigure{}
	for _, q := range figures {
		s, _ := h.cat.Reference().Source(q.SourceID)
		out = append(out, apiFigure{floatOf(q.Low), floatOf(q.High), originalWords(q.PriceEvidence), q.Scope, q.EvidenceClass, q.AsOf, h.apiAge(q.AsOf), sourceName(s)})
	}
	return out
}

func floatOf(a *money.Amount) *float64 {
	if a == nil {
		return nil
	}
	f := float64(a.Minor) / 100
	return &f
}

var apiFacets = []search.Facet{search.FacetHub, search.FacetCity, search.FacetState, search.FacetAccreditation, search.FacetLanguage, search.FacetSpecialty, search.FacetFeature}
