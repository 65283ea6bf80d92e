package views

import (
	"carecorridor/views/chart"
	"carecorridor/views/ui"
)

// Hospital is the profile of one listing (ux.md §6.3). Every decision is the caller's; an empty part is
// shown as not known or not published, never left out.
type Hospital struct {
	Name    string
	Lead    string // one line: kind, city, state, beds when known
	Sample  bool   // an invented hospital: badge and caution
	Paused  bool   // withdrawn, or its last certificate ended: prices and quote card are hidden
	Notice  *Notice
	Marks   []Mark // certificates only; a claimed certificate never earns one
	Checked string // "22 November 2026": last day the listing was compared with its sources

	Quote        HospitalQuote
	Prices       HospitalPrices
	Certificates HospitalCertificates
	Lists        HospitalLists
	Location     HospitalLocation
	Aftercare    HospitalAftercare
	Feedback     *HospitalFeedback // nil: this site takes none
	Alliance     []Fact            // telemedicine, infection control, sustainability, teaching, research: statements, never scores
	Sources      []SourceRow
	History      []Event
	PriceHistory []PriceStep // newest first
	Photos       []HospitalPhoto
	Clinicians   []ClinicianRow
	Measures     []MeasureRow
	Save         *ui.Toggle
	Compare      Anchor // "" URL hides it
	Report       Anchor // "" URL hides the report card
	Refer        Anchor // "" URL hides the referrer card
}

// HospitalQuote is the card beside the name.
type HospitalQuote struct {
	Title     string // "Prices at this hospital", "No price published"
	Hint      string // one line under the title
	Rows      []QuoteRow
	Total     *QuoteRow // drawn larger, e.g. "Whole trip, about"
	Note      string    // e.g. "Indicative range for India. Not a price of this hospital."
	Ask       Anchor    // main button; "" URL hides it
	Shortlist Anchor
	More      Anchor // e.g. "Work out your trip cost"
}

// QuoteRow is a label with an amount in words.
type QuoteRow struct{ Label, Value string }

// HospitalPrices is either the hospital's own packages or the honest statement that it has published none.
type HospitalPrices struct {
	Packages   []PackageRow
	ValidUntil string // "30 April 2027", when all packages share it
	Rate       string // exchange rate sentence, once: "£1 is ₹126.66, June 2026 average."
	CSV        Anchor
	None       string // why there are no packages, when it is not that none was published
	// Indicative ranges for treatments this hospital lists, shown when Packages is empty.
	Indicative []IndicativeRow
	// Official tariffs are context: what the state pays, not what a visitor pays.
	Official []OfficialRow
}

// PackageRow is one package with its full price.
type PackageRow struct {
	Name     string
	URL      string // treatment page, or ""
	Detail   string // room variant or implant
	Room     string
	Stay     string // "4 nights", "" when not stated
	Days     string // days in India, "" when not stated
	Price    string // "£5,450", full price
	PriceINR string // "₹6,90,000" as stated, "about ₹6,90,100" when converted
	Until    string // valid until
	Included []string
	Excluded []string
	OnTop    []string // "Intensive care: £210 a night if you need it"
}

// IndicativeRow is the range published for a treatment in India by several sources.
type IndicativeRow struct {
	Treatment Anchor
	Range     string   // "£4,980 to £7,400"; "" when fewer than 3 sources
	Basis     string   // "5 sources, 2019 to 2025"
	Singles   []string // each price by itself, when fewer than 3 sources
	Sources   []Anchor // where the figures were read
}

// OfficialRow is one tariff of a public scheme.
type OfficialRow struct {
	Treatment string
	Scheme    string // "CGHS 2025, NABH rate"
	Amount    string // in rupees and pounds
	Source    Anchor
}

// HospitalCertificates is the accreditation part.
type HospitalCertificates struct {
	Rows []CertificateRow
	How  Anchor // "How we check"
}

// CertificateRow is one certificate as it is known (brief §5).
type CertificateRow struct {
	Body      string
	Programme string
	Number    string // "" is shown as "Not known"
	Status    Mark   // in words: "Running", "Renewal not confirmed", "Reported, not checked"
	Until     string // long date, "" when not known
	Checked   string // long date of the register snapshot or report
	How       string // "NABH register snapshot", "News report"
	Source    Anchor
	ListedAs  string // the register's own wording of the name
	Note      string
	History   []Event
}

// HospitalLists is what the hospital lists: never a statement about quality.
type HospitalLists struct {
	Specialties []SpecialtyRow
	Treatments  []Anchor // treatments with a package or a sourced statement
	Services    []Fact   // interpreters, airport pick-up, telemedicine …
	Languages   []string
	Facts       []Fact // beds, year opened, group, website, phone
}

// SpecialtyRow is a specialty as listed.
type SpecialtyRow struct {
	Name     Anchor // our name, linked to a search when there is one
	ListedAs string // the source's words when they differ
	Evidence string
}

// HospitalLocation is where it is.
type HospitalLocation struct {
	Rows []Fact     // address, PIN code, hub, airport with computed distance
	Map  *chart.Map // one dot; nil hides it
}

// HospitalAftercare is what the hospital promises in writing.
type HospitalAftercare struct {
	Dated string // day of the written promise, "" when there is none
	Rows  []Fact
	Guide Anchor // "If something goes wrong"
}

// PriceStep is one change of a package's full price.
type PriceStep struct {
	On, ISO  string
	Package  string
	Old, New string // "£5,290", or that it was not offered
	Until    string // valid until, of the new price
}

// HospitalPhoto is a picture that the alliance checked.
type HospitalPhoto struct{ URL, Alt, Taken string }

// ClinicianRow is somebody who treats there, as a council's register names them.
type ClinicianRow struct {
	Name, Qualification, Register, Checked string
	Link                                   Anchor // of the register's entry
}

// MeasureRow is a count out of a count; the share is worked out by us.
type MeasureRow struct {
	Title, Count, Share, Period, Method, Checked string
	Treatment                                    Anchor // zero when it is about all
}
