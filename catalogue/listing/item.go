package listing

import (
	"time"

	"carecorridor/internal/when"
)

// Kind says why something waits for a check.
type Kind string

// Kinds of checks.
const (
	KindChange   Kind = "change"   // a hospital sent it
	KindRegister Kind = "register" // a newer register says something else than we hold
	KindRecheck  Kind = "recheck"  // it was checked long ago
)

// ItemState is where a check stands.
type ItemState string

// States of a check. The last four are ends.
const (
	Waiting       ItemState = "waiting"
	WaitingSecond ItemState = "second" // one person approved; another must
	ItemApproved  ItemState = "approved"
	ItemSentBack  ItemState = "sent_back"
	ItemRejected  ItemState = "rejected"
	ItemWithdrawn ItemState = "withdrawn" // changed or taken back by the hospital before it was decided
)

// Diff is one field of a check, old beside new.
type Diff struct {
	Path  Path   `json:"path"`
	Label string `json:"label"` // as Sections has it
	Old   string `json:"old"`
	New   string `json:"new"`
	By    string `json:"by,omitempty"` // who wrote it
}

// Method is how something was compared with who issued it (domain.md §7.2).
type Method string

// Methods.
const (
	RegisterLookup Method = "register_lookup"
	API            Method = "api"
	EmailFromBody  Method = "email_from_body"
	PhoneLogged    Method = "phone_logged"

	HospitalStatement Method = "hospital_statement" // what the hospital sent, signed in, as it stands in the check
	HospitalLetter    Method = "hospital_letter"
	HospitalPage      Method = "hospital_page"
)

// MethodText is a method with its wording.
type MethodText struct {
	Method Method
	Text   string
}

// Methods are all of them.
var Methods = []MethodText{
	{RegisterLookup, "Looked up on the body’s own register"}, {API, "Asked the body’s register by machine"},
	{EmailFromBody, "Email from the body"}, {PhoneLogged, "Telephone call to the body, logged"},
}

// HospitalMethods are the sources of what is the hospital's own to say: its prices.
var HospitalMethods = []MethodText{
	{HospitalStatement, "The hospital’s own statement, sent from its signed-in account"}, {HospitalLetter, "Price list, letter or report signed by the hospital"},
	{HospitalPage, "The hospital’s own page"},
}

// Evidence is what a decision rests on.
type Evidence struct {
	Method    Method    `json:"method,omitempty"`
	URL       string    `json:"url,omitempty"` // of the register's or hospital's own page; for RegisterLookup, API and HospitalPage
	Retrieved when.Date `json:"retrieved,omitzero"`
	Hash      string    `json:"hash,omitempty"` // SHA-256 of the file or snapshot, hexadecimal
	File      string    `json:"file,omitempty"` // id of an uploaded file
	Note      string    `json:"note,omitempty"` // such as the row of a register file
}

// Item is one change that waits for, or had, a check.
type Item struct {
	ID          string
	Version     int64
	Kind        Kind
	State       ItemState
	Provider    int64 // 0: a hospital that is not listed yet
	Slug, Name  string
	Unit        string // "about/phone", "package/p12"
	Section     string
	Title       string // what it is about, in words
	Finding     string // of a register: renewed | lapsed | suspended | withdrawn | new | renamed
	New         bool   // the entry is not public yet
	Fields      []Diff
	NeedsSecond bool
	SecondWhy   string // in words, "" when one person is enough
	Checks      []Check
	Ticked      []string // codes ticked by the first person
	Evidence    Evidence // the hospital's or register's at first, then what the checker gave
	Proposers   []string // ids of people; empty for a register or a re-check
	SentAt      time.Time
	Reason      string
	FirstBy     string
	FirstAt     *time.Time
	DecidedBy   string
	DecidedAt   *time.Time
}

// Check is one line of the checklist of an item.
type Check struct{ Code, Text string }

// Verdict is what a checker says.
type Verdict string

// Verdicts.
const (
	Approve  Verdict = "approve"
	SendBack Verdict = "send_back" // the hospital may change it and send it again; a reason is needed
	Reject   Verdict = "reject"    // a reason is needed
)

// Decision is one person's answer to an item.
type Decision struct {
	Item     string
	Version  int64 // of the item as it was shown; another one is fault.Conflict
	Verdict  Verdict
	Reason   string
	Ticked   []string // codes of the checklist; to approve all are needed
	Evidence Evidence // needed to approve a certificate, a clinician, a price or an outcome figure
	// Found is what the register shows instead when a re-check is rejected, one of FoundWays; "" is CannotSee.
	Found CertificateEvent
}

// Filter narrows the queue; the zero Filter is everything that waits.
type Filter struct {
	States   []ItemState // none: Waiting and WaitingSecond
	Section  string
	Kind     Kind
	Provider int64
	// Mine leaves out what the person may not decide: own entries, own organisation, own first approval.
	Mine  bool
	After string // id of the last item of the page before
	Limit int    // 50 when 0, at most 200
}

// Page is a part of the queue.
type Page struct {
	Items  []Item
	Total  int       // of the filter, all pages
	Oldest time.Time // when the oldest waiting one was sent; zero when none waits
	More   bool
}

// Group is what one hospital sent, as the queue groups it.
type Group struct {
	Provider   int64
	Slug, Name string
	Items      int
	Oldest     time.Time
}
