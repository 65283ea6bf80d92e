package referral

import (
	"context"
	"embed"
	"io"
	"time"

	"carecorridor/auth"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/internal/when"
	"carecorridor/models"
	"carecorridor/referral/discharge"
)

//go:embed letters/*.txt
var letterFiles embed.FS

var errLater = fault.New(fault.Busy, "referral", nil)

// NewReferral is what a practice begins with.
type NewReferral struct {
	Mode      Mode
	Clinician string // person id of the named clinician; the actor when they are one and it is ""
}

// Started is a new draft.
type Started struct{ ID, Reference string }

// Start makes a draft for a practice.
func (s *Service) Start(ctx context.Context, who auth.Actor, n NewReferral) (Started, error) {
	return Started{}, errLater
}

// StartSelf makes a draft of a patient who writes alone, and a session for their browser. Consents ask for a code first.
func (s *Service) StartSelf(ctx context.Context, mode Mode) (PatientSession, error) {
	return PatientSession{}, errLater
}

// SaveStep keeps one part of the record. A version that is not the newest is ErrStale.
func (s *Service) SaveStep(ctx context.Context, who auth.Actor, id string, version int64, step Step) (Saved, error) {
	return Saved{}, errLater
}

// NameClinician says who signs. A practice's people only.
func (s *Service) NameClinician(ctx context.Context, who auth.Actor, id string, version int64, person string) (Saved, error) {
	return Saved{}, errLater
}

// Choose makes hospitals the shortlist, in the patient's order, while nobody has it. Field of problems: hospitals.
func (s *Service) Choose(ctx context.Context, who auth.Actor, id string, version int64, slugs []string) (Saved, error) {
	return Saved{}, errLater
}

// AddHospital is the patient's choice of one more hospital later on (event AddHospital). Field: hospital.
func (s *Service) AddHospital(ctx context.Context, who auth.Actor, id string, version int64, slug string) (Done, error) {
	return Done{}, errLater
}

// Attach takes one document. Fields: files, kind. A hospital's people add copies to a discharge package with it.
func (s *Service) Attach(ctx context.Context, who auth.Actor, id, kind, name string, from io.Reader) (Saved, error) {
	return Saved{}, errLater
}

// RemoveFile takes a document out of a draft or a returned referral.
func (s *Service) RemoveFile(ctx context.Context, who auth.Actor, id string, version int64, file string) (Done, error) {
	return Done{}, errLater
}

// FileContent is a document with what is in it.
type FileContent struct {
	FileView
	Content []byte
}

// OpenFile opens a document: recorded.
func (s *Service) OpenFile(ctx context.Context, who auth.Actor, id, file string) (FileContent, error) {
	return FileContent{}, errLater
}

// Do carries out one event of the table: return, route, hold, open, ask, answer, offer, decline, accept, dates, gates, letter,
// admission, discharge, complication, withdrawal and all others. The service itself fills what only it knows: the number of a
// letter, who matches a discharge package, what a consent lists.
func (s *Service) Do(ctx context.Context, who auth.Actor, id string, e Event, in Input) (Done, error) {
	return Done{}, errLater
}

// Look is what somebody may see of a referral now, by its id or its reference. Every look is recorded; one at what is
// another's is recorded too, and fault.Missing.
func (s *Service) Look(ctx context.Context, who auth.Actor, idOrReference string) (View, error) {
	return View{}, errLater
}

// WorkFilter chooses lines of a worklist; what is zero does not matter.
type WorkFilter struct {
	States     []State
	Responses  []Response // hospitals
	Flag       Flag
	LateOnly   bool
	Mine       bool // practices: where the actor is the named clinician
	Reference  string
	Sort       string // due (default) | newest | oldest | name
	Page, Size int    // from 1; 50
}

// Worklist is one page of what waits for somebody.
type Worklist struct {
	Rows   []WorkRow
	Total  int
	Counts map[State]int // of all that the actor may see
}

// WorkRow is one line. A hospital sees name only after acceptance.
type WorkRow struct {
	ID, Reference string
	State         State
	Ending        Ending
	Response      Response // hospitals
	Provider      string   // row id, hospitals
	Priority      Priority
	Origin        Origin
	Mode          Mode
	Flags         []Flag
	Name          string
	Age           int
	Treatment     string
	Clinician     string
	PracticeName  string
	Created       time.Time
	Updated       time.Time
	Due           time.Time // of what is due first on the actor's side; zero for nothing
	DueTimer      Timer
	Late          bool
	Unread        int
	RedFlags      int
	Duplicates    int
}

// Worklist is what waits for the actor's side: practice, hospital or desk.
func (s *Service) Worklist(ctx context.Context, who auth.Actor, f WorkFilter) (Worklist, error) {
	return Worklist{}, errLater
}

// PatientSession is a patient's browser. Token belongs into a cookie.
type PatientSession struct {
	Token     string
	Referral  string
	Reference string
	IdleAt    time.Time
	Until     time.Time
}

// AskLink mails a new link when the address is that of the referral. It answers the same either way.
func (s *Service) AskLink(ctx context.Context, reference, email string) error { return errLater }

// SendCode mails a code to the patient a link belongs to. ErrLink, ErrTooMany.
func (s *Service) SendCode(ctx context.Context, link string) error { return errLater }

// EnterCode opens a session with a link and the code that was mailed. The link is used up.
func (s *Service) EnterCode(ctx context.Context, link, code string) (PatientSession, error) {
	return PatientSession{}, errLater
}

// Patient is who holds a session. A session that ended is ErrLink.
func (s *Service) Patient(ctx context.Context, token string) (auth.Actor, PatientSession, error) {
	return auth.Actor{}, PatientSession{}, errLater
}

// SendStepUpCode mails a code to a signed-in patient; StepUp takes it.
func (s *Service) SendStepUpCode(ctx context.Context, who auth.Actor) error { return errLater }

// StepUp makes a session fresh for ten minutes.
func (s *Service) StepUp(ctx context.Context, token, code string) error { return errLater }

// LeavePatient ends a session.
func (s *Service) LeavePatient(ctx context.Context, token string) error { return errLater }

// LinkForPatient is a one-time link for a patient who is present (consent "here now"); the code still goes to their mail.
func (s *Service) LinkForPatient(ctx context.Context, who auth.Actor, id string) (link string, err error) {
	return "", errLater
}

// ConsentText is one consent as it would be given now: the exact words that are stored with it.
type ConsentText struct {
	Code     ConsentCode
	Hospital string // row id, for C2 and C3
	Name     string // of the hospital
	Version  string
	Words    string
	Items    []string // for C2 and C3: what it lists
	InForce  bool     // and covers everything that would be shared
	Needed   bool     // to send
}

// ConsentTexts are all that the patient may be asked.
func (s *Service) ConsentTexts(ctx context.Context, who auth.Actor, id string) ([]ConsentText, error) {
	return nil, errLater
}

// ConsentChoice is one consent that was ticked.
type ConsentChoice struct {
	Code     ConsentCode
	Hospital string
}

// GiveConsents gives the ticked consents, each as an event of its own, all or none. channel is link or here.
func (s *Service) GiveConsents(ctx context.Context, who auth.Actor, id string, version int64, given []ConsentChoice, channel string) (Done, error) {
	return Done{}, errLater
}

// Looked is one line of who looked at a record.
type Looked struct {
	At     time.Time
	By     auth.Role
	Org    string // name of the organisation
	Person string // name, of professionals; "" for the site itself
	What   string // action
	Why    string
}

// WhoLooked are all reads and changes of a record, newest first.
func (s *Service) WhoLooked(ctx context.Context, who auth.Actor, id string) ([]Looked, error) {
	return nil, errLater
}

// Export writes everything of a referral as a zip: FHIR bundle, a PDF, the documents.
func (s *Service) Export(ctx context.Context, who auth.Actor, id string, w io.Writer) error {
	return errLater
}

// BreakGlass opens what Look refuses the staff, with a reason that is reported and that the patient can read.
func (s *Service) BreakGlass(ctx context.Context, who auth.Actor, id, why string) (View, error) {
	return View{}, errLater
}

// SaveDischarge keeps the draft of a discharge package and the aftercare schedule. Problems are what is still missing: the
// draft is kept all the same.
func (s *Service) SaveDischarge(ctx context.Context, who auth.Actor, id string, version int64, p discharge.Package, plan []discharge.PlanItem) (Saved, error) {
	return Saved{}, errLater
}

// SetHandback says where the package goes: to is gp or aftercare, address an email address.
func (s *Service) SetHandback(ctx context.Context, who auth.Actor, id, to, address string) (check.List, error) {
	return nil, errLater
}

// Receiver is who holds the link of a handback; pass the actor to Look and Do (Acknowledge, RecordFollowUp, ReportComplication).
func (s *Service) Receiver(ctx context.Context, link string) (auth.Actor, error) {
	return auth.Actor{}, errLater
}

// LetterValid reports whether a visa letter's number is in force. It says nothing else about any number.
func (s *Service) LetterValid(ctx context.Context, number string) (bool, error) {
	return false, errLater
}

// Agreement is what was agreed with a hospital (domain.md §7.6).
type Agreement struct {
	Org                                string
	Mechanism                          Mechanism
	SignedOn, RiskReviewedOn           when.Date
	EmergencyContact, ComplaintOfficer string
	Holidays                           []when.Date
	SevereCase                         bool
	Version                            int64
}

// Agreement with a hospital; the zero one when there is none yet. Staff.
func (s *Service) Agreement(ctx context.Context, who auth.Actor, org string) (Agreement, error) {
	return Agreement{}, errLater
}

// SetAgreement writes it. Fields: mechanism, signed_on, risk_reviewed_on, emergency_contact, complaint_officer.
func (s *Service) SetAgreement(ctx context.Context, who auth.Actor, a Agreement) (check.List, error) {
	return nil, errLater
}

// Registration is how far a professional is verified: referrers climb R0 to R3 (domain.md §1.4), hospitals' clinicians are
// checked or not.
type Registration struct {
	Person, Name, OrgName string
	Role                  auth.Role
	Level                 int
	Register              string // GMC, NMC, HCPC, GDC, GPhC, GOC, or the council of a state
	Number                string
	State                 string // "" | asked | checked | refused
	MailboxOn, CheckedOn  when.Date
	CheckedByName         string
	Evidence              string
	Fresh                 bool // counts today
	Version               int64
}

// Registration is the actor's own.
func (s *Service) Registration(ctx context.Context, who auth.Actor) (Registration, error) {
	return Registration{}, errLater
}

// AskRegistration gives register and number to be looked up. Fields: register, number.
func (s *Service) AskRegistration(ctx context.Context, who auth.Actor, register, number string) (check.List, error) {
	return nil, errLater
}

// Registrations are those that wait for a check, or are due again, first; then the others. Verifiers.
func (s *Service) Registrations(ctx context.Context, who auth.Actor) ([]Registration, error) {
	return nil, errLater
}

// RegistrationRuling is what a verifier found on the register.
type RegistrationRuling struct {
	Person   string
	Version  int64
	Found    bool // name and number match, licence, no restricting conditions
	Register string
	Number   string
	Evidence string // where it was seen
	On       when.Date
}

// CheckRegistration records a human check. Fields: evidence, on, number.
func (s *Service) CheckRegistration(ctx context.Context, who auth.Actor, r RegistrationRuling) (check.List, error) {
	return nil, errLater
}

// FlagHospital holds the open referrals of a listing whose certificate ended, inside the transaction that ended it.
func (s *Service) FlagHospital(tx *models.Tx, provider int64, why string) error { return errLater }

// Tended counts what Tend did.
type Tended struct{ Fired, Scanned, Gates, Lifted, Told, Swept int }

// Tend does what time alone makes due: timers, scans, gates, holds that may end, sweeping.
func (s *Service) Tend(ctx context.Context) (Tended, error) { return Tended{}, errLater }
