package views

import (
	"strings"
	"testing"

	"carecorridor/views/chart"

	"github.com/a-h/templ"
)

func rendered(t *testing.T, c templ.Component) string {
	t.Helper()
	var b strings.Builder
	if err := c.Render(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func holds(t *testing.T, page string, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(page, w) {
			t.Errorf("the page does not say %q", w)
		}
	}
}

func lacks(t *testing.T, page string, words ...string) {
	t.Helper()
	for _, w := range words {
		if strings.Contains(page, w) {
			t.Errorf("the page says %q", w)
		}
	}
}

func priced() Hospital {
	return Hospital{Name: "Example", Quote: HospitalQuote{Title: "Quote card"},
		Prices: HospitalPrices{Packages: []PackageRow{{Name: "Knee", Price: "£5,450", Included: []string{"Implant"}}}}}
}

func TestWhatAListingDoesNotHoldIsSaid(t *testing.T) {
	t.Parallel()
	page := rendered(t, HospitalPage(Frame{}, Hospital{Name: "Example", Location: HospitalLocation{Rows: []Fact{{Label: "Airport"}}}}))
	holds(t, page, "This hospital has not published a price", "We know of no certificate", "Specialties are not known", "Not published. The hospital has made no written promise",
		"No source is held", "Results of treatment", "<dt class=\"cc-summary-list__key\">Airport</dt><dd class=\"cc-summary-list__value cc-np\"><bdi>Not known</bdi>")
	lacks(t, page, `<h2 class="cc-h3"></h2>`, "cc-badge--ok")
}

func TestAnOwnPriceIsShownWithWhatItLeavesOpen(t *testing.T) {
	t.Parallel()
	page := rendered(t, HospitalPage(Frame{}, priced()))
	holds(t, page, "£5,450", "Implant", "The hospital has not said.")
	lacks(t, page, "has not published a price", "Indicative")
}

func TestAPausedListingShowsNoPrice(t *testing.T) {
	t.Parallel()
	h := priced()
	h.Paused, h.Notice = true, &Notice{Title: "This listing is paused"}
	page := rendered(t, HospitalPage(Frame{}, h))
	holds(t, page, "This listing is paused")
	lacks(t, page, "£5,450", "Quote card", "#prices")
}

func TestASampleHospitalSaysSoBeforeAnythingElse(t *testing.T) {
	t.Parallel()
	h := priced()
	h.Sample, h.Marks = true, []Mark{{Text: "NABH until March 2028", Look: LookOK}}
	page := rendered(t, HospitalPage(Frame{}, h))
	sample, certificate := strings.Index(page, "Sample, not a real hospital"), strings.Index(page, "NABH until March 2028")
	if sample < 0 || sample > certificate {
		t.Errorf("sample badge at %d, certificate at %d", sample, certificate)
	}
	holds(t, page, "This hospital is invented")
}

func TestAnIndicativeRangeIsNeverTheHospitalsPrice(t *testing.T) {
	t.Parallel()
	h := Hospital{Prices: HospitalPrices{Indicative: []IndicativeRow{{Treatment: Anchor{Text: "Knee"}, Range: "£4,980 to £7,400"}, {Treatment: Anchor{Text: "Hip"}, Singles: []string{"£5,000"}}, {Treatment: Anchor{Text: "Spine"}}}}}
	page := rendered(t, HospitalPage(Frame{}, h))
	holds(t, page, "has not published a price", "They are not this hospital’s prices", "£4,980 to £7,400", "Too few sources for a range")
}

func TestAnExcludedTreatmentStops(t *testing.T) {
	t.Parallel()
	v := Treatment{Name: "Kidney transplant", Excluded: &Exclusion{Reason: "Why not.", Law: "A law.", Signposts: []Anchor{{Text: "NHS", URL: "https://www.nhs.uk/"}}},
		Hospitals: TreatmentHospitals{Title: "9 hospitals"}, Specialty: Anchor{Text: "Kidneys", URL: "/hospitals?specialty=x"}, Costs: chart.Costs{ID: "c"}}
	page := rendered(t, TreatmentPage(Frame{}, v))
	holds(t, page, "We do not list hospitals for this", "Why not.", "A law.", "https://www.nhs.uk/", "999")
	lacks(t, page, "9 hospitals", "/hospitals?specialty", "cc-fig")
}

func TestLongPriceListsStayShortUntilAsked(t *testing.T) {
	t.Parallel()
	v := Treatment{Name: "Knee", IndiaPrices: PriceList{Rows: make([]PriceRow, shownPrices+3)}}
	page := rendered(t, TreatmentPage(Frame{}, v))
	holds(t, page, "Show 3 more prices", "Too few sources for a range", "No date given")
	v.IndiaPrices.Rows = v.IndiaPrices.Rows[:shownPrices]
	lacks(t, rendered(t, TreatmentPage(Frame{}, v)), "more price")
}

func TestTheKeyNamesOnlyWhatIsDrawn(t *testing.T) {
	t.Parallel()
	if key := (Treatment{}).waitKey(); len(key) > 0 {
		t.Errorf("key of nothing: %v", key)
	}
	span, week := &chart.Span{Min: 1, Max: 2}, 3.0
	all := chart.Waits{NHS: chart.NHSWait{Median: &week}, UK: &week, India: chart.Journey{PrepareWeeks: span, HospitalDays: span, IndiaDays: span}}
	if key := (Treatment{Waits: all}).waitKey(); len(key) != 5 {
		t.Errorf("key of everything: %v", key)
	}
}

func TestTheSummaryKeepsToOneSheet(t *testing.T) {
	t.Parallel()
	v := TreatmentSummary{Name: "Knee", Sources: make([]string, 40), Stays: make([]StayRow, 40), Codes: make([]CodeRow, 40)}
	v.Sources[0] = strings.Repeat("x", 500)
	page := rendered(t, TreatmentSummaryPage(Frame{}, v))
	holds(t, page, "35 more sources", "one side of A4")
	lacks(t, page, strings.Repeat("x", 100))
}

func TestSearchForATreatmentSaysWhatItFound(t *testing.T) {
	t.Parallel()
	holds(t, rendered(t, TreatmentsPage(Frame{}, Treatments{Query: "<b>knea", Action: "/treatments"})), "0 treatments", "&lt;b&gt;knea", "We could not find that treatment")
	one := Treatments{Query: "knee", Found: 1, Action: "/treatments", Groups: []TreatmentGroup{{ID: "o", Name: "Orthopaedics", Items: []TreatmentItem{{Name: "Knee", URL: "/treatments/knee", Excluded: true}}}}}
	holds(t, rendered(t, TreatmentsPage(Frame{}, one)), "1 treatment<", "Not offered for travel")
}

func TestEveryTopicHasAPage(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, topic := range Topics {
		page := rendered(t, AboutTextPage(Frame{}, AboutText{Topic: topic}))
		if topic.Title() == "" || seen[page] || len(page) < 1500 {
			t.Errorf("topic %s has no page of its own", topic)
		}
		seen[page] = true
	}
	holds(t, rendered(t, AboutTextPage(Frame{}, AboutText{Topic: TopicHelp})), "no public address")
}

func TestARouteSaysHowCurrentItIs(t *testing.T) {
	t.Parallel()
	h := Hub{Name: "Chennai", Routes: []RouteRow{{From: "London", To: "Chennai", Status: Mark{Text: "Reported in 2021, check it still flies", Look: LookWarn}}}}
	holds(t, rendered(t, HubPage(Frame{}, h)), "Reported in 2021, check it still flies", "No date given", "No airport is held")
	holds(t, rendered(t, HubPage(Frame{}, Hub{Name: "Goa"})), "No source that we hold reports a non-stop flight")
}

func TestManySourcesOfAKindStandInAList(t *testing.T) {
	t.Parallel()
	a := AboutData{Sources: []SourceRow{{What: "Register", Source: Anchor{Text: "The register"}}}}
	for range tableRows + 1 {
		a.Sources = append(a.Sources, SourceRow{What: "Page", Source: Anchor{Text: "A page", URL: "https://example.org/"}, Licence: "Facts quoted"})
	}
	page := rendered(t, AboutDataPage(Frame{}, a))
	holds(t, page, "Page: all 41 sources", "No date given; Facts quoted")
	if n := strings.Count(page, "rowheader"); n != 1 {
		t.Errorf("%d rows in the table, want the register alone", n)
	}
	if n := strings.Count(page, "https://example.org/"); n != tableRows+1 {
		t.Errorf("%d pages are listed", n)
	}
}

func TestDotsOfTheHubMapCarryTheTablesNumbers(t *testing.T) {
	t.Parallel()
	h := Hubs{Rows: []HubRow{{Number: 7, Name: "Goa", Hospitals: 2}}, Map: chart.Map{Dots: []chart.Dot{{Name: "Goa", Text: "2", Lat: 15.4, Lng: 73.8}}}}
	if got := h.numbered().Dots[0].Text; got != "7" || h.Map.Dots[0].Text != "2" {
		t.Errorf("dot says %q, the given map now %q", got, h.Map.Dots[0].Text)
	}
}
