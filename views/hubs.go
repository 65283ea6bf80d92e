package views

import "carecorridor/views/chart"

// Hubs is the list of hub cities with a map.
type Hubs struct {
	Total  int // hospitals in all hubs
	Map    chart.Map
	Rows   []HubRow
	Credit string // credit line of the outline
}

// HubRow is one hub.
type HubRow struct {
	Number    int // on the map
	Name      string
	URL       string
	State     string
	Hospitals int
	Airport   string
	Flights   string // "Non-stop from London, announced in 2025", or "" for none reported
}

// Hub is one hub city.
type Hub struct {
	Name        string
	Lead        string
	Map         *chart.Map
	Hospitals   TreatmentHospitals
	Cities      []HubCity
	Airports    []AirportRow
	Routes      []RouteRow
	RouteNote   string // what the status words mean
	Specialties []HubCity
	Sources     []SourceRow
	All         Anchor // list of hubs
}

// HubCity is a name with a count.
type HubCity struct {
	Name  Anchor
	Count int
}

// AirportRow is an airport of the hub.
type AirportRow struct {
	Name, Code, City string
	Counted          bool // distances are measured from it
}

// RouteRow is a non-stop route from the UK as one source reported it.
type RouteRow struct {
	From, To string
	Airline  string
	Weekly   string // "28 a week", "" when not reported
	Since    string
	Hours    string // flying time when a source stated it
	Distance string // "6,731 km, computed"
	Status   Mark   // "Announced in 2025", "Reported in 2021, check it still flies"
	Reported string // day of the report
	Source   Anchor
}
