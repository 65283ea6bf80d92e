package models

import (
	"time"

	"carecorridor/internal/money"
	"carecorridor/internal/when"
)

// Clinician is somebody who treats at a hospital, as the hospital listed and the alliance checked them.
type Clinician struct {
	ID             string
	ProviderID     int64
	Name           string
	Qualification  string
	Council        string
	RegistrationNo string
	RegisteredYear *int
	SpecialtySlug  *string
	Link           string // of the register's entry, or ""
	State          CertificateState
	CheckedOn      when.Date
	NextCheck      when.Date
	SourceID       int64
}

// QualityMeasure is a count out of a count; the ratio is always worked out by us.
type QualityMeasure struct {
	ID            string
	ProviderID    int64
	Title         string
	ProcedureSlug *string
	Numerator     int64
	Denominator   int64
	PeriodFrom    when.Date
	PeriodTo      when.Date
	Method        string
	CheckedOn     when.Date
	SourceID      int64
}

// Photo is a picture on a profile; its content is in the bucket under FileID.
type Photo struct {
	ID         string
	ProviderID int64
	FileID     string
	Alt        string
	TakenYear  *int
	CheckedOn  when.Date
	SourceID   int64
}

// ListingFile is a file that a hospital or a checker gave.
type ListingFile struct {
	ID         string
	ProviderID int64
	Purpose    string // certificate | photo | evidence
	Media      string
	Bytes      int64
	Hash       string // SHA-256, hexadecimal
	Scan       string // pending | safe | blocked
	ByPerson   string
	CreatedAt  time.Time
}

// ListingDraft is one value that a hospital proposes beside the public one.
type ListingDraft struct {
	ProviderID     int64  `gorm:"primaryKey;autoIncrement:false"`
	Path           string `gorm:"primaryKey"`
	Base           string // the public value when it was written
	Value          string
	State          string // draft | sent | sent_back | rejected
	Reason         string
	ByPerson       string
	At             time.Time
	VerificationID *string
}

// Verification is one change that waits for, or had, a check by the alliance.
type Verification struct {
	ID         string
	ProviderID *int64 // nil: a hospital that is not listed yet
	Name       string // of that hospital, or of the entry when its changes do not name it, else ""
	Kind       string // change | register | recheck
	Unit       string // "about/phone", "package/p12"
	Finding    string // of a register: renewed | lapsed | suspended | withdrawn | new | renamed
	Fresh      bool   // the entry is not public yet
	Fields     string // JSON: path, old and new of each
	SecondWhy  string // why a second person is needed, or ""
	State      string // waiting | second | approved | sent_back | rejected | withdrawn
	Evidence   string // JSON
	Ticked     string // codes of the checklist, space separated
	Reason     string
	Org        string // that sent it, or ""
	SentBy     string // ids of the people who wrote it, space separated
	SentAt     time.Time
	FirstBy    string
	FirstAt    *time.Time
	DecidedBy  string
	DecidedAt  *time.Time
	Mark       *string // makes a finding of a register one, however often the file is read
	Version    int64
}

// CertificateReminder says that the owners were told of an end; days 0 is the day after it.
type CertificateReminder struct {
	AccreditationID int64  `gorm:"primaryKey;autoIncrement:false"`
	Until           string `gorm:"primaryKey"` // the last day, "2026-11-22"
	Days            int64  `gorm:"primaryKey;autoIncrement:false"`
	Told            int64
	At              time.Time
}

// PriceChange is one step of a price's public history. The database refuses to change it.
type PriceChange struct {
	ID            int64
	ProviderID    int64
	PackageKey    string
	ProcedureSlug string
	Name          string
	At            time.Time
	OldMinor      *int64
	OldCurrency   money.Currency
	NewMinor      *int64
	NewCurrency   money.Currency
	ValidTo       when.Date
}
