package models

import (
	"time"

	"carecorridor/internal/when"
)

// Referral is one referral: where it stands and who it belongs to. Package referral has the rules; the id is made by the caller because
// sealed columns are bound to it.
type Referral struct {
	ID               string
	Reference        string
	State            string
	Mode             string
	Origin           string
	Priority         string
	Ending           string // "" until closed
	Reason           string
	OrgID            *string // the practice; nil for a self-referral
	Clinician        string  // person id of the named clinician, ""
	CreatedBy        string  // person id; "" for the patient
	Flags            string  // space separated
	Progress         string  // JSON of what the rules keep; nothing personal
	NhsNumber        Sealed  // sealed
	NhsNumberIndex   Sealed
	PersonKey        Sealed // sealed; last name and birth date, for duplicates
	PersonKeyIndex   Sealed
	ContactCheckedAt *time.Time // the patient's address answered, or was checked with the patient
	Version          int64
	CreatedAt        time.Time
	UpdatedAt        time.Time
	SentAt           *time.Time
	ClosedAt         *time.Time
	ErasedAt         *time.Time
}

// ReferralSection is one part of the record, as it was last saved.
type ReferralSection struct {
	ID         string
	ReferralID string
	Name       string
	Body       []byte // sealed
	Version    int64
	ByPerson   string
	At         time.Time
}

// ReferralProvider is one hospital of a referral's shortlist.
type ReferralProvider struct {
	ID          string
	ReferralID  string
	Ord         int64
	Org         string // id of its organisation, or "listing:" and the id of its listing
	ProviderID  *int64
	Slug        string
	Name        string
	Sample      bool
	Response    string
	Version     int64
	Snapshot    string // JSON of the listing as it was chosen
	Disclosed   string // items it was given, space separated
	SentAt      *time.Time
	OpenedAt    *time.Time
	Quote       int64
	QuoteUntil  when.Date
	OpinionRead int64
	DeletedAt   *time.Time
	OnHold      bool
	HoldWhy     string
	CreatedAt   time.Time
	MovedAt     time.Time
}

// ReferralConsent is a consent with the words that were shown. The database lets it end and change in nothing else.
type ReferralConsent struct {
	ID             string
	ReferralID     string
	HospitalID     *string
	Code           string
	Items          string // space separated
	SetHash        string
	WordingVersion string
	Wording        string
	Channel        string
	GivenAt        time.Time
	WithdrawnAt    *time.Time
}

// ReferralFile is a document; its content is in the bucket under its id.
type ReferralFile struct {
	ID         string
	ReferralID string
	HospitalID *string
	Name       []byte // sealed
	Kind       string
	Media      string
	Bytes      int64
	Hash       string // SHA-256, hexadecimal
	Scan       string // pending | safe | blocked
	ScannedAt  *time.Time
	ByRole     string
	ByPerson   string
	ByOrg      string
	CreatedAt  time.Time
}

// ReferralEvent is a line of a referral's history. It holds no personal data, stays after erasure, and the database refuses to change it.
type ReferralEvent struct {
	ID          int64
	ReferralID  string
	Version     int64
	Event       string
	HospitalID  string // ""
	FromState   string
	ToState     string
	Ending      string
	Reason      string
	ByRole      string
	ByPerson    string
	ByOrg       string
	SeenVersion int64  // of the form it came from
	Mark        string // keyed hash of the input: the same sent twice is known
	Facts       string
	At          time.Time
}

// ReferralEntry is what somebody wrote with an event.
type ReferralEntry struct {
	ID             string
	ReferralID     string
	HospitalID     *string
	Event          string
	Version        int64
	Body           []byte // sealed
	ByRole         string
	ByPerson       string
	ByOrg          string
	Payment        bool // it speaks of payment
	At             time.Time
	ReadPatientAt  *time.Time
	ReadReferrerAt *time.Time
	ReadHospitalAt *time.Time
	ReadDeskAt     *time.Time
}

// ReferralOffer is one version of a hospital's opinion and quote, or advice. The database refuses to change it.
type ReferralOffer struct {
	ID         string
	ReferralID string
	HospitalID string
	Number     int64
	Kind       string // offer | advice
	Currency   string
	TotalMinor int64
	ValidUntil when.Date
	Body       []byte // sealed
	Hash       string
	ByPerson   string
	At         time.Time
}

// ReferralClock is a running timer.
type ReferralClock struct {
	ReferralID string `gorm:"primaryKey"`
	Timer      string `gorm:"primaryKey"`
	HospitalID string `gorm:"primaryKey"` // "" for the referral's own
	Since      time.Time
	Base       time.Time
	Pauses     string // JSON
	Done       string // numbers of the rungs done, space separated; -1 is the end
	DueAt      *time.Time
	NextAt     *time.Time
}

// ReferralNotice says that somebody has something to read, and whether they were mailed.
type ReferralNotice struct {
	ID         string
	ReferralID string
	HospitalID string
	ToKind     string
	Person     string
	Key        string
	State      string // waiting | joined | sent | refused | dropped
	At         time.Time
	DoneAt     *time.Time
	ReadAt     *time.Time
}

// ReferralLetter is a visa invitation letter.
type ReferralLetter struct {
	ID         string
	ReferralID string
	HospitalID string
	Number     string
	Body       Sealed // sealed
	UntilOn    when.Date
	IssuedBy   string
	IssuedAt   time.Time
	RevokedAt  *time.Time
}

// DischargePackage is a package as its clinician signed it. The database refuses to change it.
type DischargePackage struct {
	ID           string
	ReferralID   string
	HospitalID   string
	Number       int64
	Body         []byte // sealed
	Hash         string
	Overnight    bool
	DischargedOn when.Date
	SignedBy     string
	At           time.Time
}

// AmrAlert is the overseas-care alert of a stay with a night.
type AmrAlert struct {
	ID         string
	ReferralID string
	FromOn     when.Date
	UntilOn    when.Date
	At         time.Time
}

// Handback is the discharge package on its way to a GP or an aftercare provider.
type Handback struct {
	ID             string
	ReferralID     string
	ToKind         string
	Address        Sealed // sealed
	TokenHash      Sealed // of the link in force
	ExpiresAt      *time.Time
	SentAt         *time.Time
	OpenedAt       *time.Time
	AcknowledgedAt *time.Time
	AcknowledgedBy Sealed // sealed
	LetterAt       *time.Time
	Chased         int64
	CreatedAt      time.Time
}

// AftercareItem is one item of the aftercare schedule.
type AftercareItem struct {
	ID         string
	ReferralID string
	Ord        int64
	Code       string
	DueOn      when.Date
	Body       []byte // sealed
	Unreached  int64
	DoneAt     *time.Time
	DoneByRole string
}

// Complication is a report that something is wrong after the treatment.
type Complication struct {
	ID         string
	ReferralID string
	HospitalID *string
	Severity   string
	Body       []byte // sealed
	ByRole     string
	ByPerson   string
	At         time.Time
	RepliedAt  *time.Time
	ReviewedAt *time.Time
}

// PatientLink is a one-time link of a patient.
type PatientLink struct {
	ID         string
	ReferralID string
	TokenHash  []byte
	CreatedAt  time.Time
	ExpiresAt  time.Time
	UsedAt     *time.Time
}

// PatientCode is the newest code mailed to a patient.
type PatientCode struct {
	ReferralID string `gorm:"primaryKey"`
	CodeHash   []byte
	Tries      int64
	CreatedAt  time.Time
	ExpiresAt  time.Time
}

// PatientSession is a patient's browser.
type PatientSession struct {
	ID          string
	ReferralID  string
	TokenHash   []byte
	CreatedAt   time.Time
	SeenAt      time.Time
	SteppedUpAt *time.Time
	ExpiresAt   time.Time
	EndedAt     *time.Time
}

// HospitalTerms is what was agreed with a hospital's legal entity.
type HospitalTerms struct {
	OrgID            string `gorm:"primaryKey"`
	Mechanism        string
	SignedOn         when.Date
	RiskReviewedOn   when.Date
	EmergencyContact string
	ComplaintOfficer string
	Holidays         string // days, space separated
	SevereCase       bool
	Version          int64
	UpdatedBy        string
	UpdatedAt        time.Time
}

// ProfessionalCheck is a professional's registration as somebody looked it up.
type ProfessionalCheck struct {
	PersonID  string `gorm:"primaryKey"`
	Level     int64  // R0 to R3 of the ladder (domain.md §1.4); of hospitals' clinicians 2 when checked
	Register  string
	Number    Sealed    // sealed
	MailboxOn when.Date // the day the mailbox of the organisation answered
	CheckedOn when.Date
	CheckedBy string
	Evidence  string
	// PracticeEvidence is where a referrer's practice was seen as active in the ODS directory, on the same day.
	PracticeEvidence string
	State            string // asked | checked | refused
	// AskedRegister and AskedNumber wait for a check beside the one that was made.
	AskedRegister string
	AskedNumber   Sealed // sealed
	Version       int64
	UpdatedAt     time.Time
}

// TableName is the same in the plural.
func (HospitalTerms) TableName() string { return "hospital_terms" }
