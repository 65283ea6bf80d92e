package handlers

import (
	"carecorridor/catalogue"
	"carecorridor/internal/money"
)

// apiTrip is a whole trip for two people in pounds; each column is the sum of its lines.
type apiTrip struct {
	Low     int64 `json:"low"`
	Likely  int64 `json:"likely"`
	High    int64 `json:"high"`
	Sources int   `json:"sources"`
}

// apiTripLine is one cost of a trip. What is not known has no amounts: never zero.
type apiTripLine struct {
	Key    string   `json:"key"`
	Label  string   `json:"label"`
	Known  bool     `json:"known"`
	Low    *int64   `json:"low"`
	Likely *int64   `json:"likely"`
	High   *int64   `json:"high"`
	Note   string   `json:"note"`
	AsOf   string   `json:"as_of"`
	Age    string   `json:"age"`
	Source []string `json:"sources"`
}

// apiAges are the words for how old a figure is.
var apiAges = map[catalogue.Age]string{catalogue.Fresh: "fresh", catalogue.MaybeStale: "may_be_old", catalogue.Stale: "old", catalogue.Undated: "not_stated"}

func (h *Handlers) apiAge(asOf string) string { return apiAges[catalogue.AgeOf(asOf, h.cat.Today())] }

func (h *Handlers) apiTripLines(trip catalogue.TripEstimate) []apiTripLine {
	out := []apiTripLine{}
	for _, l := range trip.Lines {
		one := apiTripLine{Key: l.Key, Label: l.Label, Known: l.Known, Note: l.Note, AsOf: l.AsOf, Source: []string{}}
		if l.Known {
			one.Low, one.Likely, one.High = wholePounds(l.Low), wholePounds(l.Likely), wholePounds(l.High)
		}
		if l.AsOf != "" {
			one.Age = apiAges[l.Age]
		}
		for _, id := range l.SourceIDs {
			if s, ok := h.cat.Reference().Source(id); ok {
				one.Source = append(one.Source, sourceName(s))
			}
		}
		out = append(out, one)
	}
	return out
}

// wholePounds is an amount that was rounded to pounds already.
func wholePounds(a money.Amount) *int64 {
	n := a.Minor / 100
	return &n
}
