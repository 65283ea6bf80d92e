package chart

// Range is two ends in whole pounds, both inclusive.
type Range struct{ Low, High int64 }

// Mid is the middle of r.
func (r Range) Mid() float64 { return float64(r.Low+r.High) / 2 }

// Route is one way to be treated.
type Route string

// Routes, in the order they are drawn.
const (
	NHS          Route = "nhs"
	UKSelfPay    Route = "uk"
	IndiaPackage Route = "india-package"
	IndiaTrip    Route = "india-trip"
)

// Costs is the data of Figure 1. Rows are drawn in the order given.
type Costs struct {
	ID    string // unique on the page; letters, digits and hyphens
	Of    string // "knee replacement", used in sentences
	Rows  []CostRow
	Basis string // "2026-06 exchange rate", ends the table's caption; may be empty
}

// CostRow is one route with what is known of its price. Range and Singles are both empty when nothing is
// known; then Unknown is written. The NHS row has neither: it is free.
type CostRow struct {
	Route   Route
	Label   string  // "UK, paying yourself"
	Note    string  // "5 sources, 2019 to 2025"
	Range   *Range  // nil when no range may be given
	Singles []int64 // prices by themselves, when there are fewer than 3 sources
	Unknown string  // "Not known"; the default when empty
	Words   string  // words after the value, e.g. "you wait longer"
}

// Waits is the data of Figure 2, in weeks from today.
type Waits struct {
	ID    string
	NHS   NHSWait
	UK    *float64 // weeks to a private operation; nil when nobody publishes it
	India Journey
}

// NHSWait is what the statistics hold. All nil: the wait is not known.
type NHSWait struct {
	Service     string   // "Trauma and orthopaedics"
	Month       string   // "January 2026"
	Median      *float64 // half of the people waiting have waited this long or less
	Later       *float64 // the share LaterOf has waited this long or less
	LaterOf     string   // "92 in 100"
	PctWithin18 *float64 // share that has waited 18 weeks or less, when there is no median
	Varies      string   // words instead of figures, e.g. "Depends on your area"
}

// Journey is a trip to India. A nil part is not known.
type Journey struct {
	PrepareWeeks *Span // scans, quote, visa
	HospitalDays *Span
	IndiaDays    *Span // all days in India, hospital included
}

// Span is two ends, both inclusive, in the unit its field names.
type Span struct{ Min, Max float64 }

// LadderRow is one treatment of the home page's ladder. A nil range is said in words.
type LadderRow struct {
	ID    string
	Name  string
	India *Range // whole trip, or package when India is labelled so
	UK    *Range
	// IndiaSaid and UKSaid are written when there is no range: "UK price not known" when empty.
	IndiaSaid, UKSaid string
}

// Histogram is the data of the price picture on the results page.
type Histogram struct {
	ID       string
	Currency string // sign, "£"
	Of       string // "hospitals"
	Bins     []Bin  // 9 to 12, equal steps, ascending
}

// Bin counts providers with a price from Low up to, not including, High (whole units).
type Bin struct {
	Low, High int64
	N         int
	Selected  bool
}

// Map is the data of the hub map.
type Map struct {
	ID    string
	Title string // what the map shows and where the same facts stand in words
	Dots  []Dot
}

// Dot is one place. Text stands inside the dot: a number of the list beside it, or a count.
type Dot struct {
	Name     string
	Text     string
	Lat, Lng float64
	Current  bool // drawn filled dark: the place the page is about
}

// Months is the data of monthly bars. A nil value is a month without figures.
type Months struct {
	ID   string
	Of   string // "Enquiries"
	Bars []Month
}

// Month is one bar.
type Month struct {
	Label string // "Nov"
	Long  string // "November 2026"
	N     *int
}
