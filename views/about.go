package views

// AboutChecks is "how we check hospitals", with the real dates of the registers held.
type AboutChecks struct {
	Registers []RegisterRow
	Counts    []QuoteRow // e.g. "Hospitals with a running certificate" "612"
	SoonDays  int        // a certificate this close to its end is shown as ending
	Links     []Anchor
}

// RegisterRow is one register or body of evidence.
type RegisterRow struct {
	Body     string
	What     string // "Hospital accreditation"
	Snapshot string // day of the copy we hold
	Rows     string // "1,629"
	Running  string // certificates that run today
	Use      string // what it may show on a listing
	Source   Anchor
}

// AboutOrdering is the exact rule of order.
type AboutOrdering struct {
	Points []OrderPoint // what counts to the evidence completeness and how much
	Sorts  []OrderPoint // the other orders and their tie-breaks
	Links  []Anchor
}

// OrderPoint is a name and what it means or weighs.
type OrderPoint struct{ Name, Means string }

// AboutData is every source of the catalogue.
type AboutData struct {
	AsOf    string // day of the catalogue
	Counts  []QuoteRow
	Sources []SourceRow
	Credits []SourceRow // maps, faces, components
	Rates   []QuoteRow  // exchange rates in use
	API     Anchor
}

// AboutText is a short page of plain words. Which one is fixed by its Topic.
type AboutText struct {
	Topic    Topic
	Contact  Anchor // how to reach us; "" URL says that there is no address yet
	Reviewed string // day the page was last read over
	Links    []Anchor
	Samples  bool // invented hospitals are switched on here
}

// Topic is one of the short pages.
type Topic string

// Topics.
const (
	TopicFunding       Topic = "funding"
	TopicHelp          Topic = "help"
	TopicAccessibility Topic = "accessibility"
	TopicPrivacy       Topic = "privacy"
	TopicCookies       Topic = "cookies"
	TopicTerms         Topic = "terms"
)

// Topics in the order of the footer.
var Topics = []Topic{TopicFunding, TopicHelp, TopicAccessibility, TopicPrivacy, TopicCookies, TopicTerms}

// APIDocs is the page about open data and the API.
type APIDocs struct {
	Base    string // "https://carecorridor.example/api/v1"
	OpenAPI Anchor
	Calls   []APICall
	Keys    []OrderPoint // query keys of the search and what they mean
	Sample  string       // an answer, pretty-printed JSON
	Licence string
	Data    Anchor
}

// APICall is one address.
type APICall struct {
	Method, Path, Does string
	Try                Anchor
}

// Title is the heading of a topic.
func (t Topic) Title() string {
	return map[Topic]string{TopicFunding: "Who pays for this service", TopicHelp: "Help", TopicAccessibility: "Accessibility statement",
		TopicPrivacy: "Privacy and your data", TopicCookies: "Cookies", TopicTerms: "Terms of use"}[t]
}
