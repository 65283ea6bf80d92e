package referral

import (
	"slices"
	"time"

	"carecorridor/internal/when"
)

// Facts is what the rules have to know of one referral. Whoever keeps it fills it from the rows, in the
// transaction that will write the Outcome. It holds no name, no text of a patient and no document.
type Facts struct {
	ID, Reference string
	Version       int64
	Edited        int64     // version of the last change that makes an open form stale; 0 is Version
	Now           time.Time // the moment of the question
	State         State
	Ending        Ending // of a closed one
	Mode          Mode
	Origin        Origin
	Priority      Priority
	CreatedAt     time.Time
	ReferrerOrg   string // organisation of the referrer, "" for a self-referral
	Clinician     string // person id of the named referring clinician
	Flags         []Flag
	Providers     []Provider // the shortlist, in the patient's order
	Consents      []Consent
	Set           Set // what would be disclosed now
	Writing       Writing
	Checks        Checks
	Choice        Choice
	Travel        Travel
	Care          Care
	Erasure       Erasure
	Clocks        []Clock
}

// Provider is one hospital of the shortlist.
type Provider struct {
	ID          string // of this hospital's row in this referral
	Org         string // its organisation
	Response    Response
	Version     int64
	Eligibility Eligibility
	Doctors     []string  // person ids of its clinicians whose registration is checked
	Disclosed   Set       // what it was given
	SentAt      time.Time // zero while unsent
	Quote       int64     // number of its newest quote, 0 for none
	QuoteUntil  when.Date // the last day it holds
	OpinionRead int64     // number of the quote, or advice, that the patient has read
	Deleted     bool      // it said that its copy is gone
}

// Writing is how far the record is filled in. Problems counts what record.Check found.
type Writing struct {
	Problems       int
	FilesPending   int       // not scanned yet
	FilesUnsafe    int       // found unsafe, or unreadable
	Born           when.Date // of the patient
	CanConsent     bool      // the patient decides, with or without support (record.Capacity)
	ContactChecked bool      // the patient's address or phone answered
	Referrer       Ladder
	Paid           bool   // the referrer declared a payment (GMP 96: stops)
	Stop           string // code of the record.Stop that a code or free text raised, "" for none
	OpenElsewhere  int    // other open referrals of the same person, by blind index
	SignedToday    int    // referrals that the named clinician signed today
}

// Ladder is how far a referrer is verified (domain.md §1.4).
type Ladder struct {
	Level     int       // 0 to 3
	MailboxOn when.Date // the mailbox of the practice was shown to be theirs
	CheckedOn when.Date // of the professional register
}

// Checks are what triage has to settle.
type Checks struct {
	RedFlags   int // found and not looked at
	Duplicates int // found by blind index and not settled
}

// Choice is what the patient read and decided.
type Choice struct {
	RisksReadAt   time.Time
	AcceptedAt    time.Time
	GPShare       GPShare
	ChangePending bool // the hospital changed something that the patient has to accept again
}

// GPShare is what the patient's GP gets.
type GPShare string

// Choices about the GP. Not sharing is allowed, after a warning (domain.md §3.2).
const (
	GPUnset         GPShare = ""
	GPAll           GPShare = "share_all"
	GPDischargeOnly GPShare = "share_discharge_only"
	GPNothing       GPShare = "do_not_share"
	GPNone          GPShare = "no_gp"
)

// GPShares are the choices, in the order they are offered.
var GPShares = []GPShare{GPAll, GPDischargeOnly, GPNothing, GPNone}

// Tells reports whether the GP gets the discharge package.
func (g GPShare) Tells() bool { return g == GPAll || g == GPDischargeOnly }

// Travel is what is settled before the journey.
type Travel struct {
	Window              when.Date // the last day of the patient's travel window
	Proposed, Confirmed Dates
	Passport            bool // given, sealed
	Letter              bool // a visa letter is in force
	LetterEnded         bool // one was taken back or fell with what it was for, and none was issued since
	Gates               map[Gate]GateResult
}

// Dates of the journey.
type Dates struct{ Arrive, Admit, Leave when.Date }

// Known reports whether the dates are set.
func (d Dates) Known() bool { return d.Arrive.Known() && d.Admit.Known() && d.Leave.Known() }

// GateResult is how a gate stands.
type GateResult struct {
	Passed bool
	At     time.Time // of the evidence
}

// Care is what happened from admission on.
type Care struct {
	AdmittedOn      when.Date
	NotTreated      bool // the hospital recorded that the treatment did not take place
	DischargedOn    when.Date
	Overnight       bool
	SchedulePlanned bool // an aftercare schedule exists, every item with an owner
	PatientHasIt    bool // the patient confirmed the package
	Delivered       bool // the package is at the GP's or aftercare provider's door
	Acknowledged    bool // by them, or a letter was sent instead
	Complications   int  // reported and not reviewed
	Unreplied       int  // reported and not answered by the hospital
	FollowUpsLeft   int
	Unreached       int // times the patient did not answer
	AlertSent       bool
	FeedbackAsked   bool
	AskedBy         string // handback whose holder reported something that is not reviewed: "gp" or FromAftercare
	Died            bool   // recorded; of a closed one the ending stays as it was
}

// Erasure is where a request to forget stands, and a report that a referral is wrong.
type Erasure struct {
	AskedAt    time.Time
	ApprovedBy []string // person ids
	Done       bool
	ErrorBy    string // person who reported that it should never have been
}

// Has reports whether a flag is set.
func (f Facts) Has(x Flag) bool { return slices.Contains(f.Flags, x) }

// Provider by the id of its row, nil when it is not on the shortlist.
func (f *Facts) Provider(id string) *Provider {
	at := slices.IndexFunc(f.Providers, func(p Provider) bool { return p.ID == id })
	if at < 0 || id == "" {
		return nil
	}
	return &f.Providers[at]
}

// Chosen is the hospital whose offer was accepted, nil before that.
func (f *Facts) Chosen() *Provider {
	at := slices.IndexFunc(f.Providers, func(p Provider) bool { return p.Response == Selected })
	if at < 0 {
		return nil
	}
	return &f.Providers[at]
}

// Today is the day it is in the United Kingdom, which is what a patient is told.
func (f Facts) Today() when.Date { return when.DateOf(f.Now.In(london)) }

// Routed reports whether any hospital was ever given anything.
func (f Facts) Routed() bool {
	return slices.ContainsFunc(f.Providers, func(p Provider) bool { return !p.SentAt.IsZero() })
}

// clone copies what Apply may change.
func (f Facts) clone() Facts {
	f.Flags, f.Providers, f.Consents = slices.Clone(f.Flags), slices.Clone(f.Providers), slices.Clone(f.Consents)
	f.Clocks = slices.Clone(f.Clocks)
	for i := range f.Clocks {
		f.Clocks[i].Pauses = slices.Clone(f.Clocks[i].Pauses)
	}
	gates := make(map[Gate]GateResult, len(f.Travel.Gates))
	for g, r := range f.Travel.Gates {
		gates[g] = r
	}
	f.Travel.Gates = gates
	f.Erasure.ApprovedBy = slices.Clone(f.Erasure.ApprovedBy)
	return f
}

// london is the zone of a patient's day. A machine without zones shows summer times an hour off.
var london = func() *time.Location {
	l, err := time.LoadLocation("Europe/London")
	if err != nil {
		return time.UTC
	}
	return l
}()
