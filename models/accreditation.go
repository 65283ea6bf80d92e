package models

import "carecorridor/internal/when"

// Accreditation is one certificate, kept apart from all others (domain.md §7.2). A certificate is "running"
// only when RegisterStatus is RegisterValid and today is inside ValidFrom..ValidTo; anything past ValidTo is
// "renewal not confirmed" (brief §5).
type Accreditation struct {
	ID             int64
	ProviderID     int64
	Body           string // JCI | NABH | NABL
	Programme      string
	Level          string // full | entry | laboratory | other
	Number         string
	ReferenceNo    string
	ValidFrom      when.Date
	ValidTo        when.Date
	RegisterStatus RegisterStatus
	CheckedOn      when.Date // the day of the register snapshot or evidence
	Evidence       string    // register_snapshot | news_or_hospital_page | blog_or_syndicated | social_post | facilitator_listing | sample
	ListedName     string
	Note           string
	SourceID       int64
}

// RegisterStatus is what the evidence said on CheckedOn.
type RegisterStatus string

// Register statuses.
const (
	RegisterValid     RegisterStatus = "valid_at_snapshot"
	RegisterLapsed    RegisterStatus = "lapsed_or_moved"
	RegisterSuspended RegisterStatus = "suspended"
	RegisterReported  RegisterStatus = "reported"
	RegisterClaimed   RegisterStatus = "claimed_unverified"
	RegisterMentioned RegisterStatus = "mentioned"
)

// AccreditationEvent is one step of a certificate's history.
type AccreditationEvent struct {
	ID              int64
	AccreditationID int64
	On              when.Date `gorm:"column:happened_on"`
	Status          RegisterStatus
	Note            string
	SourceID        int64
}
