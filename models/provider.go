package models

import (
	"time"

	"carecorridor/internal/when"
)

// Provider is a hospital or clinic. Its id is also its search document's id and the last tie-break of any order.
type Provider struct {
	ID        int64
	Slug      string
	Name      string
	Kind      string // multi_specialty | dental | eye | cancer | cardiac | ayush | … | unknown; the curator's classification
	Grouping  string // hospital group as the curator knows it, or ""
	Origin    string // curated | nabh_register | nabh_dental_register | directory | sample | synthetic
	Sample    bool
	State     ListingState // published | withdrawn
	CheckedOn when.Date    // last day the alliance compared the listing with its sources
	Kept      bool         // changed here by its hospital or a check: the compiled seed does not write over it
	Version   int64        // moves by one on every published change
	CreatedAt time.Time
	UpdatedAt time.Time
}

// ListingState says whether the public may see a listing.
type ListingState string

// Listing states.
const (
	Published ListingState = "published"
	Withdrawn ListingState = "withdrawn"
)

// Site is one place of a provider; exactly one is Main.
type Site struct {
	ID             int64
	ProviderID     int64
	Main           bool
	Name           string
	Address        string
	CitySlug       string
	Postcode       string // PIN code
	Lat, Lng       *float64
	CoordPrecision string // site | street | pincode_area | pincode_area_coarse | directory | district | city | ""
	CoordNote      string
	AirportIATA    *string  `gorm:"column:airport_iata"`
	AirportKM      *float64 `gorm:"column:airport_km"` // computed great circle
	SourceID       *int64
}

// Fact is one sourced statement about a provider. Name is a key such as beds, year_established, phone,
// website, uk_link, care_model, service.telemedicine, specialty_listed, aftercare.uk_follow_up.
type Fact struct {
	ID         int64
	ProviderID int64
	Name       string
	Value      string
	Scope      string // hospital | group
	Confidence string // medium | low | "" (as sourced)
	Evidence   string // hospital_says | certificate_seen | register | third_party | not_published
	AsOf       string // as stated by the source
	Note       string
	SourceID   int64
}

// ProviderSpecialty says a provider lists a specialty.
type ProviderSpecialty struct {
	ProviderID    int64  `gorm:"primaryKey"`
	SpecialtySlug string `gorm:"primaryKey"`
	ListedAs      string // the source's own words
	SourceID      int64
}

// ProviderProcedure is a sourced statement that a provider does a procedure. It carries no price.
type ProviderProcedure struct {
	ProviderID    int64  `gorm:"primaryKey"`
	ProcedureSlug string `gorm:"primaryKey"`
	SourceID      int64
}

// ProviderLanguage says staff speak a language.
type ProviderLanguage struct {
	ProviderID int64  `gorm:"primaryKey"`
	Language   string `gorm:"primaryKey"` // lower case English name
	SourceID   int64
}

// Change is one line of a listing's public history.
type Change struct {
	ID         int64
	ProviderID int64
	At         time.Time
	What       string // plain sentence
	Field      string
	OldValue   string
	NewValue   string
	SourceID   *int64
}
