package referral

import (
	"time"

	"carecorridor/auth"
	"carecorridor/internal/check"
	"carecorridor/internal/when"
	"carecorridor/referral/discharge"
	"carecorridor/referral/record"
	"carecorridor/referral/visa"
)

// Part names a part of the record that is written and kept on its own.
type Part string

// Parts of the record, in the order in which they are asked.
const (
	InPatient     Part = "patient"
	InPathway     Part = "pathway"
	InClinical    Part = "clinical"
	InSafety      Part = "safety"
	InPreferences Part = "preferences"
)

// Parts are those that somebody fills in. Documents and hospitals are not parts: see Attach and Choose.
var Parts = []Part{InPatient, InPathway, InClinical, InSafety, InPreferences}

// Step is one page of the record as somebody filled it in: the value of its Part, and of no other.
type Step struct {
	Part        Part
	Patient     record.Patient
	Pathway     record.Pathway
	Clinical    record.Clinical
	Safety      record.Safety
	Preferences record.Preferences

	Leave          bool              // keep what is there and come back later: nothing is checked
	NotNow         []record.StopCode // stops of words that were read and answered
	ContactChecked bool              // patient, by a referrer: "I have checked the email address with the patient"
}

// Saved is what became of a step. Nothing was kept when there are problems or a stop.
type Saved struct {
	Version  int64
	Problems check.List
	Stop     *record.Stop
}

// OK reports whether the step was kept.
func (s Saved) OK() bool { return s.Problems.OK() && s.Stop == nil }

// Done is what became of an event.
type Done struct {
	Problems check.List // nothing was done
	Repeated bool       // it had been done before by the same person with the same words: nothing was done again
	State    State
	Version  int64
	Letter   string // number of the visa letter that was issued
	Package  string // hash of the discharge package
}

// OK reports whether it is done.
func (d Done) OK() bool { return d.Problems.OK() }

// View is what one person may see of one referral. What they may not see is left out: a hospital never learns of
// another one, and of the patient only what the consent in force lists.
type View struct {
	ID, Reference string
	Version       int64
	State         State
	Ending        Ending
	Reason        Reason
	Mode          Mode
	Origin        Origin
	Priority      Priority
	Flags         []Flag
	Created       time.Time
	Sent          time.Time // to the alliance, zero before
	Closed        time.Time
	Erased        bool
	Org           string // practice
	OrgName       string
	Clinician     string // person id
	ClinicianName string

	Patient     *record.Patient
	Pathway     *record.Pathway
	Clinical    *record.Clinical
	Safety      *record.Safety
	Preferences *record.Preferences
	Passport    *record.Passport
	Age         int // -1 when not known
	Sex         record.Sex
	Problems    map[Part]check.List // of the parts that may be written; a part that was never saved has its name as field
	Stop        *record.Stop        // what keeps it from being sent
	Contact     bool                // the patient's address is checked

	Files      []FileView
	Hospitals  []HospitalView
	Consents   []ConsentView
	Lacking    []Lacking // consents that are still needed to send
	GPShare    GPShare
	Travel     Travel
	Gates      []GateView
	CoolingOff time.Time // an acceptance can be taken back until then
	Care       Care
	Checks     Checks
	RisksRead  time.Time // when the patient read what can go wrong
	Erasure    Erasure
	Letter     *LetterView
	Package    *discharge.Package
	PackageAt  time.Time
	Draft      *discharge.Package // of the discharge package, for its hospital
	DraftFound check.List         // what the draft lacks
	Alert      *discharge.Alert
	Aftercare  []AftercareView
	Complaints []ComplicationView
	Handbacks  []HandbackView

	Actions  []Action
	Timeline []EventView // oldest first
	Words    []WordsView // messages, questions, reasons: oldest first
	Clocks   []ClockView
	Same     []SameView // other referrals of the same person: for the desk
	RedFlags []string   // fields with warning signs: for the desk
	Unread   int
}

// Spoken are the events whose words belong into a conversation and count as new until they are read. What a checklist was
// given, or an opinion, is read where it stands.
var Spoken = []Event{Ask, Answer, Message, WriteToDesk, MaterialChange, Decline, Return, ReplyComplication, ReportComplication, RevokeLetter, Postpone}

// spokenNames are Spoken as the rows have them.
var spokenNames = func() (out []string) {
	for _, e := range Spoken {
		out = append(out, string(e))
	}
	return out
}()

// Hospital by the id of its row, nil when it is not shown.
func (v View) Hospital(id string) *HospitalView {
	for i := range v.Hospitals {
		if v.Hospitals[i].ID == id {
			return &v.Hospitals[i]
		}
	}
	return nil
}

// Chosen is the hospital whose offer was accepted, nil when there is none or it is not shown.
func (v View) Chosen() *HospitalView {
	for i := range v.Hospitals {
		if v.Hospitals[i].Response == Selected {
			return &v.Hospitals[i]
		}
	}
	return nil
}

// May reports whether an action is offered, and as what.
func (v View) May(e Event, provider string) (Action, bool) {
	for _, a := range v.Actions {
		if a.Event == e && (provider == "" || a.Provider == provider) {
			return a, true
		}
	}
	return Action{}, false
}

// FileView is one document.
type FileView struct {
	ID, Name, Kind, Media, Hash string
	Bytes                       int64
	Scan                        record.Scan
	By                          auth.Role
	At                          time.Time
	Hospital                    string // row id of the hospital that added it, "" for the patient's own set
	MayOpen, MayRemove          bool
}

// HospitalView is one hospital of the shortlist.
type HospitalView struct {
	ID, Org    string
	Version    int64
	Response   Response
	Listed     Listed // as it was when the patient chose it
	SentAt     time.Time
	OpenedAt   time.Time
	Disclosed  []string
	OnHold     bool
	Deleted    bool
	MayRead    bool
	Ineligible []Ineligible // for the desk, of one that was not sent
	Offers     []OfferView  // oldest first
	QuoteUntil when.Date
	Unread     int
}

// Newest offer, nil when there is none.
func (h HospitalView) Newest() *OfferView {
	if len(h.Offers) == 0 {
		return nil
	}
	return &h.Offers[len(h.Offers)-1]
}

// OfferView is one version of an opinion with its quote, or of advice.
type OfferView struct {
	Number int64
	Advice bool
	Text   string // the opinion
	Quote  *Quote // nil for advice
	By     string // person id
	ByName string
	At     time.Time
	Newest bool
	InDate bool
	Read   bool // by the patient
	Hash   string
}

// ConsentView is one consent that was given.
type ConsentView struct {
	Code      ConsentCode
	Hospital  string // row id, for C2 and C3
	Items     []string
	Version   string
	Words     string
	At        time.Time
	Withdrawn time.Time
	InForce   bool
	Covers    bool // C2 and C3: everything that would be shared today
}

// GateView is one condition before the journey.
type GateView struct {
	Gate     Gate
	Title    string
	Evidence []string // what has to be given
	Given    map[string]string
	Passed   bool
	At       time.Time
	Mine     bool // of the reader's role
}

// LetterView is the visa invitation letter in force, or the last one.
type LetterView struct {
	Number  string
	Issued  time.Time
	Revoked time.Time
	Words   *visa.Letter // for the patient and the hospital
}

// AftercareView is one item of the schedule.
type AftercareView struct {
	discharge.PlanItem
	Done      time.Time
	DoneBy    auth.Role
	Unreached int64
}

// ComplicationView is one report.
type ComplicationView struct {
	ID                string
	Severity          discharge.Severity
	Text              string
	By                auth.Role
	At                time.Time
	Replied, Reviewed time.Time
}

// HandbackView says how far the package came.
type HandbackView struct {
	To                         string // gp or aftercare
	Address                    string // for the desk
	Sent, Opened, Acknowledged time.Time
	AcknowledgedBy             string
	Letter                     time.Time
	Chased                     int64
	NeedsAddress               bool
}

// EventView is one line of the timeline.
type EventView struct {
	Event    Event
	Hospital string
	From, To State
	Ending   Ending
	Reason   Reason
	By       auth.Role
	ByPerson string // for the referral's own side and the desk
	At       time.Time
	Version  int64
	Step     string // Amend: which part, for those who write it
}

// WordsView is what somebody wrote with an event.
type WordsView struct {
	ID       string
	Event    Event
	Hospital string // row id of the thread, "" for the desk's
	By       auth.Role
	ByPerson string
	Words
	Payment bool // speaks of payment: for the desk
	At      time.Time
	Read    bool // by the reader's side
}

// Words are what was written, sealed where it is kept.
type Words struct {
	Text     string            `json:"text,omitempty"`
	Comment  string            `json:"comment,omitempty"`
	Gate     Gate              `json:"gate,omitempty"`
	Evidence map[string]string `json:"evidence,omitempty"`
	Number   string            `json:"number,omitempty"` // the hospital's own number for the patient
	Done     *bool             `json:"done,omitempty"`   // whether the treatment took place
	Source   string            `json:"source,omitempty"`
	On       when.Date         `json:"on,omitzero"` // the day of a death
	Item     string            `json:"item,omitempty"`
	To       Recipient         `json:"to,omitempty"` // WriteToDesk by the desk: to one side alone
}

// ClockView is one running timer.
type ClockView struct {
	Timer    Timer
	Hospital string
	Since    time.Time
	Due      time.Time // zero while it stands still
	Paused   bool
	Late     bool
}

// SameView is another referral of the same person.
type SameView struct {
	Reference string
	State     State
	Created   time.Time
	ByNumber  bool // the NHS number is the same; else name and birth date
}
