package seed

import (
	"carecorridor/internal/money"
	"carecorridor/internal/when"
	"carecorridor/models"
)

// The files of a compiled seed, in the order they are read: each may refer to the ones before it.
const (
	sourcesFile     = "sources.jsonl"
	airportsFile    = "airports.jsonl"
	hubsFile        = "hubs.jsonl"
	citiesFile      = "cities.jsonl"
	routesFile      = "routes.jsonl"
	specialtiesFile = "specialties.jsonl"
	proceduresFile  = "procedures.jsonl"
	aliasesFile     = "aliases.jsonl"
	pricesFile      = "prices.jsonl"
	waitsFile       = "nhs_waits.jsonl"
	tripFile        = "trip_costs.jsonl"
	ratesFile       = "fx_rates.jsonl"
	providersFile   = "providers.jsonl"
	samplesFile     = "samples.jsonl" // written by hand, never by Compile
)

type sourceRec struct {
	Key       string    `json:"key"`
	Kind      string    `json:"kind"`
	Title     string    `json:"title"`
	Publisher string    `json:"publisher,omitempty"`
	URL       string    `json:"url,omitempty"`
	Licence   string    `json:"licence,omitempty"`
	Published string    `json:"published"`
	Retrieved when.Date `json:"retrieved,omitzero"`
	Note      string    `json:"note,omitempty"`
}

type hubRec struct {
	Slug    string  `json:"slug"`
	Name    string  `json:"name"`
	State   string  `json:"state"`
	Airport string  `json:"airport"`
	Lat     float64 `json:"lat"`
	Lng     float64 `json:"lng"`
	Source  string  `json:"source"`
}

type cityRec struct {
	Slug    string   `json:"slug"`
	Name    string   `json:"name"`
	State   string   `json:"state"`
	Hub     string   `json:"hub,omitempty"`
	Lat     *float64 `json:"lat,omitempty"`
	Lng     *float64 `json:"lng,omitempty"`
	Point   string   `json:"point,omitempty"`
	Aliases []string `json:"aliases,omitempty"`
}

type airportRec struct {
	IATA    string  `json:"iata"`
	Name    string  `json:"name"`
	City    string  `json:"city"`
	Country string  `json:"country"`
	Lat     float64 `json:"lat"`
	Lng     float64 `json:"lng"`
	Role    string  `json:"role"`
	Hub     string  `json:"hub,omitempty"`
	Source  string  `json:"source"`
}

type routeRec struct {
	Origin      string `json:"origin"`
	Destination string `json:"destination"`
	Airline     string `json:"airline"`
	Weekly      *int   `json:"weekly,omitempty"`
	From        string `json:"from,omitempty"`
	Status      string `json:"status"`
	Hours       string `json:"hours,omitempty"`
	KM          int    `json:"km"`
	Source      string `json:"source"`
}

type specialtyRec struct {
	Slug      string `json:"slug"`
	Name      string `json:"name"`
	PlainName string `json:"plain_name"`
	NHSCode   string `json:"nhs_code,omitempty"`
	RTT       string `json:"rtt_function,omitempty"`
	Source    string `json:"source"`
}

type procedureRec struct {
	Slug      string    `json:"slug"`
	Name      string    `json:"name"`
	Specialty string    `json:"specialty"`
	Other     []string  `json:"other,omitempty"`
	Source    string    `json:"source"`
	Codes     []codeRec `json:"codes,omitempty"`
	Stays     []stayRec `json:"stays,omitempty"`
}

type codeRec struct {
	System string `json:"system"`
	Code   string `json:"code"`
	Term   string `json:"term"`
	Source string `json:"source"`
}

type stayRec struct {
	Measure string `json:"measure"`
	Min     int    `json:"min"`
	Max     int    `json:"max"`
	Source  string `json:"source"`
}

// aliasRec holds the other words of one concept by kind; a term under several concepts is ambiguous.
type aliasRec struct {
	Of    string              `json:"of"`
	Slug  string              `json:"slug"`
	Terms map[string][]string `json:"terms"`
}

// priceRec amounts are minor units of Currency, as published.
type priceRec struct {
	Procedure string         `json:"procedure"`
	Country   string         `json:"country"`
	Scope     string         `json:"scope"`
	Payer     string         `json:"payer"`
	Currency  money.Currency `json:"currency"`
	Low       *int64         `json:"low,omitempty"`
	Typical   *int64         `json:"typical,omitempty"`
	High      *int64         `json:"high,omitempty"`
	Includes  string         `json:"includes,omitempty"`
	Class     string         `json:"class"`
	AsOf      string         `json:"as_of"`
	Source    string         `json:"source"`
}

type waitRec struct {
	AreaType    string   `json:"area_type"`
	Area        string   `json:"area"`
	Code        string   `json:"code,omitempty"`
	Function    string   `json:"function"`
	Month       string   `json:"month"`
	Incomplete  *int     `json:"incomplete,omitempty"`
	Within18    *int     `json:"within_18,omitempty"`
	PctWithin18 *float64 `json:"pct_within_18,omitempty"`
	MedianWeeks *float64 `json:"median_weeks,omitempty"`
	P92Weeks    *float64 `json:"p92_weeks,omitempty"`
	Over52      *int     `json:"over_52,omitempty"`
	Specialties []string `json:"specialties,omitempty"`
	Note        string   `json:"note,omitempty"`
	Source      string   `json:"source"`
}

type tripRec struct {
	Kind     string   `json:"kind"`
	Item     string   `json:"item"`
	Scope    string   `json:"scope"`
	Unit     string   `json:"unit"`
	Low      *float64 `json:"low,omitempty"`
	Typical  *float64 `json:"typical,omitempty"`
	High     *float64 `json:"high,omitempty"`
	Per      string   `json:"per"`
	Includes string   `json:"includes,omitempty"`
	AsOf     string   `json:"as_of,omitempty"`
	Note     string   `json:"note,omitempty"`
	Source   string   `json:"source"`
}

type rateRec struct {
	Period string         `json:"period"`
	Kind   string         `json:"kind"`
	Base   money.Currency `json:"base"`
	Quote  money.Currency `json:"quote"`
	Rate   float64        `json:"rate"`
	Method string         `json:"method"`
	Source string         `json:"source"`
}

type providerRec struct {
	Slug         string           `json:"slug"`
	Name         string           `json:"name"`
	Kind         string           `json:"kind"`
	Group        string           `json:"group,omitempty"`
	Origin       string           `json:"origin"`
	Checked      when.Date        `json:"checked"`
	Site         siteRec          `json:"site"`
	Certificates []certificateRec `json:"certificates,omitempty"`
	Facts        []factRec        `json:"facts,omitempty"`
	Specialties  []specialtyRef   `json:"specialties,omitempty"`
	Procedures   []procedureRef   `json:"procedures,omitempty"`
	Languages    []languageRef    `json:"languages,omitempty"`
	Packages     []packageRec     `json:"packages,omitempty"`
	Changes      []changeRec      `json:"changes,omitempty"`
}

type siteRec struct {
	Address   string   `json:"address,omitempty"`
	City      string   `json:"city"`
	PIN       string   `json:"pin,omitempty"`
	Lat       *float64 `json:"lat,omitempty"`
	Lng       *float64 `json:"lng,omitempty"`
	Precision string   `json:"precision,omitempty"`
	CoordNote string   `json:"coord_note,omitempty"`
	Airport   string   `json:"airport,omitempty"`
	AirportKM *float64 `json:"airport_km,omitempty"`
	Source    string   `json:"source"`
}

type certificateRec struct {
	Body       string                `json:"body"`
	Programme  string                `json:"programme"`
	Level      string                `json:"level"`
	Number     string                `json:"number,omitempty"`
	Reference  string                `json:"reference,omitempty"`
	ValidFrom  when.Date             `json:"valid_from,omitzero"`
	ValidTo    when.Date             `json:"valid_to,omitzero"`
	Status     models.RegisterStatus `json:"status"`
	Checked    when.Date             `json:"checked,omitzero"`
	Evidence   string                `json:"evidence"`
	ListedName string                `json:"listed_name,omitempty"`
	Note       string                `json:"note,omitempty"`
	Source     string                `json:"source"`
}

type factRec struct {
	Name       string `json:"name"`
	Value      string `json:"value"`
	Scope      string `json:"scope"`
	Confidence string `json:"confidence,omitempty"`
	Evidence   string `json:"evidence"`
	AsOf       string `json:"as_of,omitempty"`
	Note       string `json:"note,omitempty"`
	Source     string `json:"source"`
}

type specialtyRef struct {
	Slug   string `json:"slug"`
	As     string `json:"as,omitempty"`
	Source string `json:"source"`
}

type procedureRef struct {
	Slug   string `json:"slug"`
	As     string `json:"as,omitempty"`
	Source string `json:"source"`
}

type languageRef struct {
	Language string `json:"language"`
	Source   string `json:"source"`
}

type packageRec struct {
	Procedure string         `json:"procedure"`
	Name      string         `json:"name"`
	Room      string         `json:"room,omitempty"`
	Nights    *int           `json:"nights,omitempty"`
	Days      *int           `json:"days,omitempty"`
	Amount    int64          `json:"amount"`
	Currency  money.Currency `json:"currency"`
	ValidFrom when.Date      `json:"valid_from"`
	ValidTo   when.Date      `json:"valid_to"`
	Rupees    *int64         `json:"rupees,omitempty"` // paise, beside a price in pounds
	Implant   string         `json:"implant,omitempty"`
	At        string         `json:"assessed_at,omitempty"`
	When      string         `json:"assessed_when,omitempty"`
	Items     []itemRec      `json:"items,omitempty"`
	Source    string         `json:"source"`
}

type itemRec struct {
	Kind     string         `json:"kind"`
	Label    string         `json:"label"`
	Amount   *int64         `json:"amount,omitempty"`
	Currency money.Currency `json:"currency,omitempty"`
	Per      string         `json:"per,omitempty"`
}

type changeRec struct {
	On     when.Date `json:"on"`
	What   string    `json:"what"`
	Field  string    `json:"field,omitempty"`
	Old    string    `json:"old,omitempty"`
	New    string    `json:"new,omitempty"`
	Source string    `json:"source"`
}
