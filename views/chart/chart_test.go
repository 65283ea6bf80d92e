package chart

import (
	"encoding/xml"
	"flag"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden drawings again")

func f(v float64) *float64 { return &v }
func n(v int) *int         { return &v }

// knee is sample data: every number is invented.
func knee() Costs {
	return Costs{ID: "costs", Of: "knee replacement", Basis: "June 2026 rate", Rows: []CostRow{
		{Route: NHS, Label: "NHS in England", Note: "Free at the point of use", Words: "you wait longer"},
		{Route: UKSelfPay, Label: "UK, paying yourself", Note: "31 hospitals", Range: &Range{13500, 17200}},
		{Route: IndiaPackage, Label: "India, hospital package", Note: "24 hospitals", Range: &Range{4980, 7400}},
		{Route: IndiaTrip, Label: "India, whole trip for 2", Note: "Package, travel, hotel, insurance", Range: &Range{6100, 9400}, Words: "plus visas and insurance"},
	}}
}

// scarce is what most treatments look like: little is known.
func scarce() Costs {
	return Costs{ID: "scarce", Rows: []CostRow{
		{Route: NHS, Label: "NHS in England", Words: "you wait longer"},
		{Route: UKSelfPay, Label: "UK, paying yourself", Singles: []int64{9200, 11450}},
		{Route: IndiaPackage, Label: "India, hospital package <script>", Unknown: "No hospital has published a price"},
		{Route: IndiaTrip, Label: "India, whole trip for 2"},
	}}
}

func wait() Waits {
	return Waits{ID: "waits", NHS: NHSWait{Service: "Trauma and orthopaedics", Month: "January 2026", Median: f(15.06), Later: f(42.49), LaterOf: "92 in 100"},
		UK: f(5), India: Journey{PrepareWeeks: &Span{4, 6}, HospitalDays: &Span{5, 7}, IndiaDays: &Span{15, 21}}}
}

func hubs() Map {
	return Map{ID: "hubs", Title: "Outline map of India with hub cities.", Dots: []Dot{
		{"Delhi NCR", "1", 28.57, 77.10, false}, {"Mumbai", "2", 19.09, 72.87, false}, {"Chennai", "3", 12.99, 80.17, true},
		{"Bengaluru", "4", 13.2, 77.71, false}, {"Hyderabad", "5", 17.24, 78.43, false}, {"Kolkata", "6", 22.65, 88.45, false},
		{"Ahmedabad", "7", 23.08, 72.63, false}, {"Kochi / Kerala", "8", 10.15, 76.4, false}, {"Coimbatore", "9", 11.03, 77.04, false},
		{"Pune", "10", 18.58, 73.92, false}, {"Jaipur", "11", 26.82, 75.81, false}, {"Chandigarh", "12", 30.67, 76.79, false},
		{"Madurai", "13", 9.83, 78.09, false}, {"Lucknow", "14", 26.76, 80.89, false}, {"Vellore", "15", 12.91, 79.13, false}, {"Goa", "16", 15.38, 73.83, false}}}
}

func prices() Histogram {
	h := Histogram{ID: "prices", Currency: "£"}
	for i, c := range []int{1, 2, 4, 6, 5, 3, 2, 0, 1} {
		h.Bins = append(h.Bins, Bin{int64(4000 + 500*i), int64(4500 + 500*i), c, i > 0 && i < 6})
	}
	return h
}

func months() Months {
	m := Months{ID: "months", Of: "Enquiries"}
	for i, s := range []string{"Jun", "Jul", "Aug", "Sep", "Oct", "Nov"} {
		m.Bars = append(m.Bars, Month{s, s + " 2026", n(i * 7)})
	}
	m.Bars[2].N = nil
	return m
}

func drawings() map[string]SVG {
	none := Waits{ID: "none", NHS: NHSWait{PctWithin18: f(57.9), Service: "Urology"}, India: Journey{IndiaDays: &Span{15, 21}}}
	long := Waits{ID: "long", NHS: NHSWait{Median: f(61), Later: f(104), LaterOf: "92 in 100"}, India: Journey{PrepareWeeks: &Span{4, 4}}}
	ladder := Ladder([]LadderRow{{ID: "l1", Name: "Knee replacement", India: &Range{6100, 9400}, UK: &Range{13500, 17200}}, {ID: "l2", Name: "Cataract", India: &Range{1700, 2600}}, {ID: "l3", UK: &Range{16500, 26000}}})
	out := map[string]SVG{"histogram": DrawHistogram(prices(), HistogramWidth), "histogram-none": DrawHistogram(Histogram{}, HistogramWidth)}
	pairs := map[string]Pair{"costs": CostFigure(knee()), "costs-scarce": CostFigure(scarce()), "costs-nothing": CostFigure(Costs{ID: "x"}),
		"waits": WaitFigure(wait()), "waits-share": WaitFigure(none), "waits-long": WaitFigure(long), "waits-unknown": WaitFigure(Waits{ID: "u"}),
		"ladder-1": ladder[0], "ladder-2": ladder[1], "ladder-3": ladder[2], "map": MapFigure(hubs()), "months": MonthFigure(months())}
	for name, p := range pairs {
		out[name+"-wide"], out[name+"-narrow"] = p.Wide, p.Narrow
	}
	return out
}

func TestDrawingsMatchTheirGoldenFiles(t *testing.T) {
	t.Parallel()
	for name, svg := range drawings() {
		path := filepath.Join("testdata", name+".svg")
		if *update {
			if err := os.WriteFile(path, []byte(svg+"\n"), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if string(svg)+"\n" != string(want) {
			t.Errorf("%s differs from its golden file; look at it, then run go test -update", name)
		}
	}
}

func TestDrawingsAreWellFormedAndSelfContained(t *testing.T) {
	t.Parallel()
	ids := map[string]string{}
	for name, svg := range drawings() {
		for dec := xml.NewDecoder(strings.NewReader(string(svg))); ; {
			tok, err := dec.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			start, ok := tok.(xml.StartElement)
			if !ok {
				continue
			}
			for _, a := range start.Attr {
				switch {
				case a.Name.Local == "style", strings.HasPrefix(a.Name.Local, "on"), start.Name.Local == "style", start.Name.Local == "script":
					t.Errorf("%s: <%s %s> is refused by the content policy", name, start.Name.Local, a.Name.Local)
				case a.Name.Local == "id" && ids[a.Value] != "" && !strings.HasPrefix(name, "histogram"):
					t.Errorf("%s and %s both use the id %q", name, ids[a.Value], a.Value)
				case a.Name.Local == "id":
					ids[a.Value] = name
				}
			}
		}
	}
}

func TestTextIsNeverSmallerThan14Pixels(t *testing.T) {
	t.Parallel()
	size := regexp.MustCompile(`font-size="([0-9.]+)"`)
	view := regexp.MustCompile(`viewBox="\S+ \S+ (\S+) `)
	for name, svg := range drawings() {
		across, _ := strconv.ParseFloat(view.FindStringSubmatch(string(svg))[1], 64)
		column := across // its own width, or the narrowest column it is drawn in: on a phone of 320 px, or beside something
		switch {
		case strings.HasPrefix(name, "map-wide"):
			column = 428
		case strings.HasPrefix(name, "map-narrow"):
			column = 280
		case strings.HasPrefix(name, "ladder") && strings.HasSuffix(name, "narrow"):
			column = 238
		case strings.HasSuffix(name, "narrow"):
			column = 258
		case across == float64(Wide):
			column = 650
		}
		for _, m := range size.FindAllStringSubmatch(string(svg), -1) {
			if px, _ := strconv.ParseFloat(m[1], 64); px*column/across < 13.9 {
				t.Errorf("%s: text of %s units is %.1f px", name, m[1], px*column/across)
			}
		}
	}
}

func TestEveryNumberIsInTheTitle(t *testing.T) {
	t.Parallel()
	for title, numbers := range map[string][]string{
		knee().Title():    {"£0", "£13,500 to £17,200", "£4,980 to £7,400", "£6,100 to £9,400"},
		scarce().Title():  {"£9,200 and £11,450", "too few for a range", "No hospital has published a price", "India, whole trip for 2: Not known"},
		wait().Title():    {"about 15 weeks", "92 in 100 about 42 weeks", "about 5 weeks", "4 to 6 weeks", "5 to 7 days", "15 to 21 days"},
		prices().Title():  {"£5,500 to £6,000: 6", "£8,000 to £8,500: 1"},
		months().Title():  {"Jul 2026: 7", "Aug 2026: not known"},
		(Waits{}).Title(): {"NHS in England: not known", "no published figure", "days in hospital not known"},
	} {
		for _, want := range numbers {
			if !strings.Contains(title, want) {
				t.Errorf("%q is not in %q", want, title)
			}
		}
	}
}

func TestHeadlineFollowsTheRatioOfMiddles(t *testing.T) {
	t.Parallel()
	for trip, want := range map[int64]string{200: "less than a third", 300: "about a third", 350: "about a third", 351: "about half", 600: "about half",
		601: "somewhat less", 850: "somewhat less", 900: "about the same", 1100: "about the same", 1101: "more than"} {
		c := Costs{Rows: []CostRow{{Route: UKSelfPay, Range: &Range{1000, 1000}}, {Route: IndiaTrip, Range: &Range{trip, trip}}}}
		if got := c.Headline(); !strings.Contains(got, want) {
			t.Errorf("trip %d of 1000: %q, want %q", trip, got, want)
		}
	}
	if got := scarce().Headline(); strings.Contains(got, "half") || strings.Contains(got, "third") {
		t.Errorf("compared what is not known: %q", got)
	}
}

func TestWhatIsNotKnownIsSaidAndNotDrawn(t *testing.T) {
	t.Parallel()
	svg := string(CostRanges(Costs{Rows: []CostRow{{Route: IndiaTrip, Label: "India"}}}, Wide))
	if strings.Contains(svg, "<rect") || !strings.Contains(svg, "Not known") {
		t.Errorf("an unknown price was drawn: %s", svg)
	}
	svg = string(WaitTravel(Waits{}, Wide))
	if strings.Contains(svg, "<rect") || strings.Count(svg, "ot known") < 3 {
		t.Errorf("an unknown wait was drawn: %s", svg)
	}
}

func TestTableAndCSVHoldTheSameNumbers(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	if err := knee().Table().CSV(&b); err != nil {
		t.Fatal(err)
	}
	if want := "\"India, hospital package\",\"£4,980\",\"£7,400\",24 hospitals"; !strings.Contains(b.String(), want) {
		t.Errorf("no %s in\n%s", want, b.String())
	}
	b.Reset()
	hostile := Costs{Rows: []CostRow{{Route: UKSelfPay, Label: "=cmd()", Range: &Range{1, 2}}}}
	if err := hostile.Table().CSV(&b); err != nil || !strings.Contains(b.String(), "'=cmd()") {
		t.Errorf("a formula got into the CSV: %v\n%s", err, b.String())
	}
	if rows := (Waits{}).Table().Rows; len(rows) != 5 || rows[1][2] != "Not known" {
		t.Errorf("unknown waits: %v", rows)
	}
}

func TestAxesStartAtZeroAndHoldTheLargestPrice(t *testing.T) {
	t.Parallel()
	for _, top := range []float64{1, 3, 49, 950, 9400, 17200, 26000, 101000, 1e7} {
		a := newAxis(top, 4, 0, 100)
		if a.max < top || a.max > 2.6*top+4 || len(a.ticks()) < 2 || len(a.ticks()) > 5 {
			t.Errorf("%v: axis to %v in %d ticks", top, a.max, len(a.ticks()))
		}
	}
}

func BenchmarkTreatmentFigures(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		_ = CostFigure(knee())
		_ = WaitFigure(wait())
	}
}
