package models

// Specialty is a clinical specialty with its NHS codes.
type Specialty struct {
	Slug        string `gorm:"primaryKey"`
	Name        string
	PlainName   string
	NHSCode     string `gorm:"column:nhs_code"`     // main specialty / treatment function code
	RTTFunction string `gorm:"column:rtt_function"` // NHS England treatment function name
	SourceID    int64
}

// Alias is another word for a thing that Slug names. Kind: lay | abbreviation | misspelling |
// transliteration | us_spelling | generic.
type Alias struct {
	ID   int64
	Of   string `gorm:"column:of_kind"` // procedure | specialty | city | hub | state | accreditation | language | generic
	Slug string
	Kind string
	Term string
}

// Procedure is a treatment people search for.
type Procedure struct {
	Slug             string `gorm:"primaryKey"`
	Name             string
	SpecialtySlug    string
	OtherSpecialties string // slugs, space separated
	SourceID         int64
}

// ProcedureCode is a code in a terminology. System: OPCS-4 | SNOMED-CT | PM-JAY.
type ProcedureCode struct {
	ID            int64
	ProcedureSlug string
	System        string
	Code          string
	Term          string
	SourceID      int64
}

// ProcedureStay is one sourced span of days or weeks: hospital_days, india_days, recovery_weeks, …
type ProcedureStay struct {
	ID            int64
	ProcedureSlug string
	Measure       string
	Min, Max      int
	SourceID      int64
}
