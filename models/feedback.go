package models

import "time"

// FeedbackInvitation lets one person whose stay is confirmed give feedback once. The id is random and made by
// the caller; the person holds it in a signed link.
type FeedbackInvitation struct {
	ID         string
	ProviderID int64
	Stayed     string // month of the stay, "2026-10"
	MadeBy     string // who confirmed the stay
	MadeAt     time.Time
	EndsAt     time.Time
	UsedAt     *time.Time
}

// Feedback is one person's answers to the three fixed questions: yes, partly or no.
type Feedback struct {
	ID           int64
	InvitationID string
	ProviderID   int64
	Stayed       string
	Bill         string // the bill matched the quote
	Contact      string // I knew who to call when I got home
	Risks        string // risks were explained in a way I understood
	SentAt       time.Time
	WithdrawnAt  *time.Time // taken back: counts in no figure, its words are gone
}

// TableName is not countable.
func (Feedback) TableName() string { return "feedback" }

// FeedbackText is the comment of a person, or the hospital's response to it. Only Shown is ever public.
type FeedbackText struct {
	ID         int64
	FeedbackID int64
	Kind       string // comment | response
	Body       string // as written; "" once withdrawn
	State      string // held | published | redacted | refused | withdrawn
	Shown      string // published as is, or with parts taken out
	Reason     string // public reason of a redaction or refusal
	Version    int64
	WrittenBy  string // of a response: who sent it for the hospital
	WrittenAt  time.Time
	DecidedAt  *time.Time
}

// FeedbackDecision is a line of the moderators' log. The database refuses to change it.
type FeedbackDecision struct {
	ID       int64
	TextID   int64
	Decision string // published | redacted | refused | withdrawn
	Reason   string
	ByWhom   string
	At       time.Time
}

// FeedbackCounts are figures of one provider; withdrawn feedback counts as invited, not as answered.
type FeedbackCounts struct {
	Invited, Answered                    int
	BillYes, BillPartly, BillNo          int
	ContactYes, ContactPartly, ContactNo int
	RisksYes, RisksPartly, RisksNo       int
	First, Last                          string // earliest and latest month of stay among the answers
}

// FeedbackWords is a text beside the feedback and the listing it belongs to.
type FeedbackWords struct {
	FeedbackText
	ProviderID int64
	Slug, Name string
	Stayed     string
}
