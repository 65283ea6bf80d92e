package models

import (
	"database/sql/driver"
	"time"

	"carecorridor/internal/when"
)

// Sealed is a column that holds sealed bytes, or nothing once its content was erased. Columns of type []byte
// whose doc says sealed are never empty. Neither is opened here: keys are the caller's (internal/seal).
type Sealed []byte

// Value writes empty as NULL on both databases.
func (s Sealed) Value() (driver.Value, error) {
	if len(s) == 0 {
		return nil, nil
	}
	return []byte(s), nil
}

// Enquiry is a patient's request to up to three hospitals; a draft until it is submitted. The id is made by
// the caller because sealed columns are bound to it.
type Enquiry struct {
	ID          string
	Reference   *string // CC-XXXX-XX; nil while a draft
	State       string  // draft | open | accepted | closed
	Answers     Sealed
	Contact     Sealed
	Version     int64
	CreatedAt   time.Time
	UpdatedAt   time.Time
	SubmittedAt *time.Time
	ClosedAt    *time.Time
	ErasedAt    *time.Time
}

// EnquiryRecipient is one hospital that was asked, with its own state (package enquiry has the table of them).
type EnquiryRecipient struct {
	ID           string
	EnquiryID    string
	Ord          int64 // 1..3, as the patient chose
	HospitalSlug string
	HospitalName string
	Sample       bool
	State        string
	Reason       string // code of a decline, else ""
	Version      int64
	CreatedAt    time.Time
	MovedAt      time.Time // of the last change of state or message
	OpenedAt     *time.Time
}

// EnquiryConsent is one answer to one question, with the words that were shown.
type EnquiryConsent struct {
	ID             string
	EnquiryID      string
	RecipientID    *string // of kind send alone
	Kind           string  // send | direct_contact | keep_copy | feedback
	Given          bool
	WordingVersion string
	Wording        string
	At             time.Time
	WithdrawnAt    *time.Time
}

// EnquiryFile is a document of the patient; its content is in the bucket under its id.
type EnquiryFile struct {
	ID        string
	EnquiryID string
	Name      []byte // sealed; for display only
	Kind      string // media type by content
	Bytes     int64  // of the content before sealing
	Scan      string // pending | safe | blocked
	ScannedAt *time.Time
	CreatedAt time.Time
}

// FileRemoval is a document whose content is still to be removed from the bucket.
type FileRemoval struct {
	ID string
	At time.Time
}

// EnquiryMessage is a line between a patient and one hospital.
type EnquiryMessage struct {
	ID          string
	RecipientID string
	ByWhom      string // patient | hospital
	Body        []byte // sealed
	At          time.Time
}

// EnquiryEvent is a line of an enquiry's history. It holds no personal data, stays after erasure, and the
// database refuses to change or remove it.
type EnquiryEvent struct {
	ID           int64
	EnquiryID    string
	RecipientOrd int64 // 0: the enquiry as a whole
	Event        string
	ByWhom       string // patient | hospital | system
	FromState    string
	ToState      string
	QuoteNumber  *int64
	At           time.Time
}

// Attempt counts tries in a span of time.
type Attempt struct {
	Name   string    `gorm:"primaryKey"` // a hash of what was tried
	SpanAt time.Time `gorm:"primaryKey"` // beginning of the span
	Tries  int64
}

// Quote is one version of one hospital's offer. The database refuses to change it.
type Quote struct {
	ID          string
	RecipientID string
	Number      int64 // 1, 2, …; the highest is the one that counts
	Currency    string
	TotalMinor  int64
	IssuedOn    when.Date
	ValidUntil  when.Date
	Body        []byte // sealed
	At          time.Time
}

// Mail waits to be sent, or says that it was.
type Mail struct {
	ID        string
	Template  string
	Letter    Sealed // address and values; nil once done
	CreatedAt time.Time
	DoneAt    *time.Time
	Outcome   string // waiting | sent | refused
}
