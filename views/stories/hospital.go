package stories

import (
	"carecorridor/views"
	"carecorridor/views/chart"
	"carecorridor/views/link"
	"carecorridor/views/ui"

	"github.com/a-h/templ"
)

func init() {
	full := sampleHospital()
	add(
		Story{Name: "hospital/sample", Page: profile(full)},
		Story{Name: "hospital/real", Page: profile(registerHospital())},
		Story{Name: "hospital/unconfirmed", Page: profile(unconfirmedHospital())},
		Story{Name: "hospital/paused", Page: profile(pausedHospital())},
		Story{Name: "hospital/nothing", Page: profile(views.Hospital{Name: "Hospital with a name alone"})},
		Story{Name: "hospital/hostile", Page: profile(hostileHospital())},
	)
}

func profile(h views.Hospital) templ.Component {
	return views.HospitalPage(around(h.Name, "/hospitals/example", ui.Link{Text: "Find a hospital", Href: link.HospitalsPath}), h)
}

var registerSource = views.Anchor{Text: "NABH hospital register", URL: "https://example.org/nabh"}

// sampleHospital has everything a listing can hold.
func sampleHospital() views.Hospital {
	return views.Hospital{
		Name: "Coromandel Example Orthopaedic Centre", Lead: "Orthopaedic and spine hospital in Chennai, Tamil Nadu. 180 beds.", Sample: true, Checked: "22 November 2026",
		Marks: []views.Mark{{Text: "NABH until March 2028", Look: views.LookOK}, {Text: "NABH nursing ends in 41 days", Look: views.LookWarn}, {Text: "JCI reported, not checked", Look: views.LookNone}},
		Quote: views.HospitalQuote{Title: "Knee replacement here", Hint: "One side, single room", Rows: []views.QuoteRow{{Label: "Hospital package", Value: "£5,450"}, {Label: "Flights for 2", Value: "£1,180"}, {Label: "Hotel, 10 nights", Value: "£720"}},
			Total: &views.QuoteRow{Label: "Whole trip, about", Value: "£8,020"}, More: views.Anchor{Text: "Change what the trip includes", URL: "/trip-cost"}, Ask: views.Anchor{Text: "Ask for a quote", URL: "/enquiry/start"}},
		Prices: views.HospitalPrices{ValidUntil: "30 April 2027", Rate: "£1 is ₹126.66, June 2026 average.", CSV: views.Anchor{Text: "Prices as CSV", URL: "/hospitals/example/prices.csv"}, Packages: []views.PackageRow{
			{Name: "Knee replacement, one side", URL: "/treatments/total-knee-replacement", Detail: "Cemented implant", Room: "Single", Stay: "4 nights", Days: "16 days", Price: "£5,450", PriceINR: "₹6,90,000", Until: "30 April 2027",
				Included: []string{"Surgeon, anaesthetist, theatre", "Implant", "Taxes"}, Excluded: []string{"Flights and hotel"}, OnTop: []string{"Intensive care: £210 a night if you need it", "Blood products: £60 to £140 a unit"}},
			{Name: "Hip replacement, one side", Room: "Single", Price: "£5,700", Until: "30 April 2027", Included: []string{"Implant"}}}},
		Certificates: views.HospitalCertificates{How: views.Anchor{Text: "How we check", URL: link.HowWeCheck}, Rows: []views.CertificateRow{
			{Body: "NABH", Programme: "Hospital", Number: "SAMPLE-1", Status: views.Mark{Text: "Running", Look: views.LookOK}, Until: "14 March 2028", Checked: "27 September 2025", How: "Register", Source: registerSource, ListedAs: "Coromandel Example Orthopaedic Centre, Chennai",
				History: []views.Event{{On: "27 September 2025", ISO: "2025-09-27", What: "On the register, valid until 14 March 2028."}}},
			{Body: "NABH", Programme: "Nursing", Number: "SAMPLE-2", Status: views.Mark{Text: "Ends in 41 days", Look: views.LookWarn}, Until: "2 January 2027", Checked: "27 September 2025", How: "Register", Source: registerSource},
			{Body: "JCI", Programme: "Hospital", Status: views.Mark{Text: "Reported, not checked", Look: views.LookNone}, Checked: "31 July 2015", How: "News report", Source: views.Anchor{Text: "The report", URL: "https://example.org/news"}}}},
		Lists: views.HospitalLists{Specialties: []views.SpecialtyRow{{Name: views.Anchor{Text: "Orthopaedics", URL: "/hospitals?specialty=orthopaedics"}, ListedAs: "Joint replacement", Evidence: "Hospital says"}, {Name: views.Anchor{Text: "Spine surgery"}, Evidence: "Directory"}},
			Treatments: []views.Anchor{{Text: "Total knee replacement", URL: "/treatments/total-knee-replacement"}}, Languages: []string{"English", "Tamil", "Hindi"},
			Services: []views.Fact{{Label: "Interpreter", Value: "Yes", Evidence: "Hospital says"}, {Label: "Video consultation", Unknown: "Not published"}},
			Facts:    []views.Fact{{Label: "Beds", Value: "180", Evidence: "Directory", Note: "About 2016", Source: views.Anchor{Text: "National Hospital Directory"}}}},
		Location: views.HospitalLocation{Rows: []views.Fact{{Label: "Address", Value: "1 Example Road, Chennai 600001"}, {Label: "Airport", Value: "Chennai (MAA), 9 km", Note: "Computed in a straight line from the middle of the PIN area, good to several km"}, {Label: "Hub"}},
			Map: &chart.Map{ID: "where", Title: "Map of India with one dot:", Dots: []chart.Dot{{Name: "Chennai", Lat: 13.08, Lng: 80.27, Current: true}}}},
		Aftercare: views.HospitalAftercare{Dated: "3 November 2026", Guide: views.Anchor{Text: "If something goes wrong", URL: "/guide/problems"}, Rows: []views.Fact{{Label: "Follow-up in the UK", Value: "Video review at 2, 6 and 12 weeks."}, {Label: "If you need another operation", Value: "Hospital cost covered for 90 days."}, {Label: "Complaints"}}},
		Sources:   []views.SourceRow{{What: "Certificates", Source: registerSource, Publisher: "NABH", Published: "2025-09-27", Retrieved: "22 November 2026"}, {What: "Beds", Source: views.Anchor{Text: "National Hospital Directory"}, Retrieved: "22 November 2026", Note: "About 2016"}},
		History:   []views.Event{{On: "18 October 2026", ISO: "2026-10-18", What: "Knee replacement, one side, changed from £5,290 to £5,450."}, {On: "2 May 2026", ISO: "2026-05-02", What: "First published."}},
		Refer:     views.Anchor{Text: "Refer a patient to this hospital", URL: "/refer"}, Report: views.Anchor{Text: "Report a problem with this listing", URL: "/hospitals/example/report"},
	}
}

// registerHospital is what most listings hold: a register entry and little else.
func registerHospital() views.Hospital {
	h := sampleHospital()
	return views.Hospital{Name: "Example Eye Hospital", Lead: "Eye hospital in Madurai, Tamil Nadu.", Checked: "22 November 2026", Marks: h.Marks[:1],
		Quote: views.HospitalQuote{Title: "No price published", Hint: "Ask the hospital for a written quote", Rows: []views.QuoteRow{{Label: "Published for India, cataract", Value: "£300 to £900"}}, Note: "An indicative range from 5 sources. It is not a price of this hospital."},
		Prices: views.HospitalPrices{Indicative: []views.IndicativeRow{{Treatment: views.Anchor{Text: "Cataract surgery", URL: "/treatments/cataract"}, Range: "£300 to £900", Basis: "5 sources, 2019 to 2025", Sources: []views.Anchor{{Text: "A price page", URL: "https://example.org/a"}}},
			{Treatment: views.Anchor{Text: "Corneal graft", URL: "/treatments/cornea"}, Singles: []string{"£1,100", "from £1,450"}, Basis: "2 sources, 2024"}},
			Official: []views.OfficialRow{{Treatment: "Phacoemulsification", Scheme: "CGHS 2025, NABH", Amount: "₹14,000 (£110)", Source: views.Anchor{Text: "CGHS rates", URL: "https://example.org/cghs"}}}},
		Certificates: views.HospitalCertificates{Rows: h.Certificates.Rows[:1]}, Location: views.HospitalLocation{Rows: []views.Fact{{Label: "Town", Value: "Madurai"}, {Label: "Address"}, {Label: "Airport"}}}, Sources: h.Sources[:1]}
}

func unconfirmedHospital() views.Hospital {
	h := registerHospital()
	h.Marks = []views.Mark{{Text: "NABH renewal not confirmed", Look: views.LookWarn}}
	h.Notice = &views.Notice{Title: "No certificate of this hospital is known to run today", Text: []string{"The NABH certificate that we know of ended on 29 October 2025. It may have been renewed since."}, Links: []views.Anchor{{Text: "What “renewal not confirmed” means", URL: link.HowWeCheck}}}
	h.Certificates.Rows = []views.CertificateRow{{Body: "NABH", Programme: "Hospital", Number: "H-0000-0000", Status: views.Mark{Text: "Renewal not confirmed", Look: views.LookWarn}, Until: "29 October 2025", Checked: "27 September 2025", How: "Register", Source: registerSource}}
	return h
}

func pausedHospital() views.Hospital {
	h := sampleHospital()
	h.Sample, h.Paused, h.Marks = false, true, []views.Mark{{Text: "Listing paused", Look: views.LookBad}}
	h.Notice = &views.Notice{Title: "This listing is paused", Text: []string{"Its JCI certificate ended on 3 November 2026. Prices and the quote are hidden until a new one is checked."}, Items: []string{"Treatment that was agreed before is a matter for you and the hospital."}}
	return h
}

func hostileHospital() views.Hospital {
	h := sampleHospital()
	h.Name, h.Lead, h.Prices.Packages[0].Name, h.Certificates.Rows[0].ListedAs = mixed, overlong, mixed, overlong
	h.Sources[0].Source = views.Anchor{Text: overlong, URL: "javascript:alert(1)"}
	h.Lists.Languages = []string{overlong}
	h.Prices.Packages[0].Price = "£99,99,99,999"
	return h
}
