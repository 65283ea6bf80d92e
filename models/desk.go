package models

import (
	"time"

	"carecorridor/internal/when"
)

// ContentReview says that somebody in a role looked at a text as it stands. Published by another person it counts
// instead of the dates in the text's own head, as long as the text is the same.
type ContentReview struct {
	ID         string
	Page       string // "guide/choosing", "models/jaipur-foot"
	TextHash   string // SHA-256 of the words reviewed, hexadecimal
	Role       string
	Clinical   bool // the role is a clinician's
	ReviewedOn when.Date
	NextReview when.Date
	Note       string
	State      string // proposed | published | refused
	ByPerson   string
	At         time.Time
	DecidedBy  string
	DecidedAt  *time.Time
	Reason     string // of a refusal
	Version    int64
}

// ReferenceFigure is a newer figure of a journey or a rate. The database refuses to change it: what is newer is another
// row. Without figures it says that the compiled figure counts again.
type ReferenceFigure struct {
	ID       int64
	Kind     string // kind of the trip cost, or "rate"
	Item     string // of the trip cost; of a rate the base currency
	Scope    string // of the trip cost; of a rate the quote currency
	Unit     string
	Low      *float64
	Typical  *float64
	High     *float64
	Per      string
	AsOf     string // day or month of the source
	Note     string
	SourceID *int64
	ByPerson string
	At       time.Time
}

// Empty reports whether the row takes the desk's figure back.
func (f ReferenceFigure) Empty() bool { return f.Low == nil && f.Typical == nil && f.High == nil }

// ReportNote is what somebody at the desk wrote down about a report. The public never sees it.
type ReportNote struct {
	ID       int64
	ReportID string
	Note     string
	ByPerson string
	At       time.Time
}

// CheckDates are when a check was sent and decided.
type CheckDates struct {
	Kind      string
	State     string
	SentAt    time.Time
	FirstAt   *time.Time
	DecidedAt *time.Time
}

// FeedbackDates are when a text was written and decided about.
type FeedbackDates struct {
	Kind      string
	State     string
	WrittenAt time.Time
	DecidedAt *time.Time
}
