package stories

import (
	"strconv"

	"carecorridor/views"
	"carecorridor/views/chart"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

func init() {
	up := ui.Link{Text: "Hub cities", Href: link.Hubs}
	add(
		Story{Name: "hubs/all", Page: views.HubsPage(around("Hub cities", link.Hubs), sampleHubs())},
		Story{Name: "hubs/none", Page: views.HubsPage(around("Hub cities", link.Hubs), views.Hubs{})},
		Story{Name: "hub/full", Page: views.HubPage(around("Chennai", "/hubs/chennai", up), sampleHub())},
		Story{Name: "hub/little-known", Page: views.HubPage(around("Goa", "/hubs/goa", up), views.Hub{Name: "Goa", All: views.Anchor{Text: "All hub cities", URL: link.Hubs}, Hospitals: views.TreatmentHospitals{Title: "No hospital yet"}})},
	)
}

func sampleHubs() views.Hubs {
	h := views.Hubs{Total: 180, Credit: chart.MapCredit, Map: chart.Map{ID: "hubs", Title: "Map of India with numbered hub cities; the table beside it says the same."}}
	for i, p := range []struct {
		name     string
		lat, lng float64
		n        int
	}{{"Delhi NCR", 28.57, 77.10, 38}, {"Bengaluru", 13.2, 77.71, 24}, {"Mumbai", 19.09, 72.87, 23}, {"Hyderabad", 17.24, 78.43, 18}, {"Kochi / Kerala", 10.15, 76.4, 17}, {"Chennai", 12.99, 80.17, 16}, {"Ahmedabad", 23.08, 72.63, 8},
		{"Kolkata", 22.65, 88.45, 7}, {"Coimbatore", 11.03, 77.04, 6}, {"Pune", 18.58, 73.92, 6}, {"Jaipur", 26.82, 75.81, 6}, {"Chandigarh", 30.67, 76.79, 4}, {"Madurai", 9.83, 78.09, 3}, {"Lucknow", 26.76, 80.89, 2}, {"Vellore", 12.91, 79.13, 1}, {"Goa", 15.38, 73.83, 1}} {
		h.Map.Dots = append(h.Map.Dots, chart.Dot{Name: p.name, Text: strconv.Itoa(i + 1), Lat: p.lat, Lng: p.lng})
		row := views.HubRow{Number: i + 1, Name: p.name, URL: "/hubs/x", State: "State", Hospitals: p.n}
		if i < 5 {
			row.Flights = "Non-stop from London, announced in 2025"
		}
		h.Rows = append(h.Rows, row)
	}
	return h
}

func sampleHub() views.Hub {
	return views.Hub{Name: "Chennai", Lead: "16 hospitals within reach of Chennai International Airport.", All: views.Anchor{Text: "All hub cities", URL: link.Hubs},
		Map:       &chart.Map{ID: "hub", Title: "Map of India with one dot:", Dots: []chart.Dot{{Name: "Chennai", Lat: 12.99, Lng: 80.17, Current: true}}},
		Hospitals: views.TreatmentHospitals{Title: "16 hospitals", Rows: []views.QuoteRow{{Label: "With a running certificate", Value: "12"}}, See: views.Anchor{Text: "See hospitals", URL: "/hospitals?hub=chennai"}},
		Cities:    []views.HubCity{{Name: views.Anchor{Text: "Chennai", URL: "/hospitals?city=chennai"}, Count: 15}, {Name: views.Anchor{Text: mixed}, Count: 1}},
		Airports:  []views.AirportRow{{Name: "Chennai International Airport", Code: "MAA", City: "Chennai", Counted: true}},
		RouteNote: "These are reports, not a timetable. Check with the airline.",
		Routes: []views.RouteRow{{From: "London Heathrow", To: "Chennai", Airline: "British Airways", Status: views.Mark{Text: "Reported in 2014, not confirmed", Look: views.LookWarn}, Distance: "8,230 km, computed", Source: views.Anchor{Text: "OpenFlights", URL: "https://example.org"}},
			{From: "London Heathrow", To: "Chennai", Airline: "Example Air", Weekly: "7 a week", Since: "26 October 2025", Hours: "10 hours 20 minutes", Distance: "8,230 km, computed", Status: views.Mark{Text: "Announced in 2025", Look: views.LookInfo}, Reported: "9 October 2025"}},
		Specialties: []views.HubCity{{Name: views.Anchor{Text: "Orthopaedics", URL: "/hospitals?hub=chennai&specialty=orthopaedics"}, Count: 9}},
		Sources:     []views.SourceRow{{What: "Airports", Source: views.Anchor{Text: "OpenFlights", URL: "https://example.org"}, Licence: "ODbL", Retrieved: "22 November 2026"}}}
}
