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

	Key         string           // of an entry that a hospital sent; "" of others
	State       CertificateState // "" until the alliance itself checked it
	StateOn     when.Date        // the day of the last transition
	Scope       string           // in the certificate's own words
	LegalEntity string
	SiteAddress string
	Method      string // register_lookup | api | email_from_body | phone_logged; "" when it was not checked by us
	NextCheck   when.Date
	File        string // id of the hospital's own copy
}

// CertificateState is where a certificate stands that the alliance checks (domain.md §7.4); catalogue/listing has the
// table of transitions.
type CertificateState string

// Certificate states.
const (
	CertificateClaimed    CertificateState = "claimed"
	CertificateInProcess  CertificateState = "in_process"
	CertificateVerified   CertificateState = "verified"
	CertificateDue        CertificateState = "due" // still verified; it is to be checked again
	CertificateExpired    CertificateState = "expired"
	CertificateSuspended  CertificateState = "suspended"
	CertificateWithdrawn  CertificateState = "withdrawn"
	CertificateNotRenewed CertificateState = "not_renewed"
	CertificateValFail    CertificateState = "val_fail" // it could not be confirmed
)

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
