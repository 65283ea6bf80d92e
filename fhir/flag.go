package fhir

// Flag warns whoever treats a patient.
type Flag struct {
	ResourceType string            `json:"resourceType"`
	ID           string            `json:"id,omitempty"`
	Meta         *Meta             `json:"meta,omitempty"`
	Extension    []Extension       `json:"extension,omitempty"`
	Status       string            `json:"status"`
	Category     []CodeableConcept `json:"category,omitempty"`
	Code         CodeableConcept   `json:"code"`
	Subject      Reference         `json:"subject"`
	Period       *Period           `json:"period,omitempty"`
	Author       *Reference        `json:"author,omitempty"`
}

// Stay is a night or more in a hospital abroad. Dates are YYYY-MM-DD.
type Stay struct {
	Patient              string // full URL or relative reference
	From, Until          string // of the warning: the day of discharge, and 365 days later
	Facility, City       string
	Country              string // ISO 3166 alpha-2
	Admitted, Discharged string
}

// Systems of our own. They are names, not addresses that must answer.
const (
	Base             = "https://carecorridor.example/fhir/"
	ReferenceSystem  = Base + "referral-reference"
	StateSystem      = Base + "CodeSystem/referral-state"
	ReasonSystem     = Base + "CodeSystem/reason-code"
	ConsentSystem    = Base + "CodeSystem/consent-type"
	OverseasStayURL  = Base + "StructureDefinition/overseas-stay"
	HashURL          = Base + "StructureDefinition/sha-256"
	flagCategorySys  = "https://fhir.nhs.uk/CodeSystem/message-category-flag" // BaRS categories: IR is Infection Risk
	alertText        = "Overnight stay in a healthcare facility outside the United Kingdom"
	countrySystem    = "urn:iso:std:iso:3166"
	NHSNumberSystem  = "https://fhir.nhs.uk/Id/nhs-number"
	ODSSystem        = "https://fhir.nhs.uk/Id/ods-organization-code"
	GMCSystem        = "https://fhir.hl7.org.uk/Id/gmc-number"
	numberStatusURL  = "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus"
	numberStatusCode = "https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatusEngland"
)

// OverseasStay is the 12-month warning that UK infection control asks for.
func OverseasStay(s Stay) Flag {
	return Flag{
		ResourceType: "Flag",
		Status:       "active",
		Category:     []CodeableConcept{{Coding: []Coding{{flagCategorySys, "IR", "Infection Risk"}}, Text: "Infection Risk"}},
		Code:         CodeableConcept{Text: alertText},
		Subject:      Reference{Reference: s.Patient},
		Period:       &Period{s.From, s.Until},
		Extension: []Extension{{URL: OverseasStayURL, Extension: []Extension{
			{URL: "country", ValueCodeableConcept: &CodeableConcept{Coding: []Coding{{System: countrySystem, Code: s.Country}}}},
			{URL: "facility", ValueString: s.Facility + ", " + s.City},
			{URL: "period", ValuePeriod: &Period{s.Admitted, s.Discharged}},
		}}},
	}
}
