package fhir

// Bundle of resources; ours are documents, so that the first entry is a Composition.
type Bundle struct {
	ResourceType string      `json:"resourceType"`
	ID           string      `json:"id,omitempty"`
	Identifier   *Identifier `json:"identifier,omitempty"`
	Type         string      `json:"type"`
	Timestamp    string      `json:"timestamp,omitempty"`
	Entry        []Entry     `json:"entry,omitempty"`
}

// Entry of a bundle.
type Entry struct {
	FullURL  string `json:"fullUrl"`
	Resource any    `json:"resource"`
}

// Composition heads a document.
type Composition struct {
	ResourceType string            `json:"resourceType"`
	ID           string            `json:"id,omitempty"`
	Identifier   *Identifier       `json:"identifier,omitempty"`
	Status       string            `json:"status"`
	Type         CodeableConcept   `json:"type"`
	Category     []CodeableConcept `json:"category,omitempty"`
	Subject      *Reference        `json:"subject,omitempty"`
	Date         string            `json:"date"`
	Author       []Reference       `json:"author"`
	Title        string            `json:"title"`
	Section      []Section         `json:"section,omitempty"`
}

// Section of a Composition.
type Section struct {
	Title string           `json:"title"`
	Code  *CodeableConcept `json:"code,omitempty"`
	Text  *Narrative       `json:"text,omitempty"`
	Entry []Reference      `json:"entry,omitempty"`
}

// Patient who is referred.
type Patient struct {
	ResourceType        string          `json:"resourceType"`
	ID                  string          `json:"id,omitempty"`
	Identifier          []Identifier    `json:"identifier,omitempty"`
	Name                []HumanName     `json:"name,omitempty"`
	Telecom             []ContactPoint  `json:"telecom,omitempty"`
	Gender              string          `json:"gender,omitempty"`
	BirthDate           string          `json:"birthDate,omitempty"`
	Address             []Address       `json:"address,omitempty"`
	GeneralPractitioner []Reference     `json:"generalPractitioner,omitempty"`
	Communication       []Communication `json:"communication,omitempty"`
}

// Communication is a language of a patient.
type Communication struct {
	Language  CodeableConcept `json:"language"`
	Preferred bool            `json:"preferred,omitempty"`
}

// Organization is a practice, a hospital or this site.
type Organization struct {
	ResourceType string       `json:"resourceType"`
	ID           string       `json:"id,omitempty"`
	Identifier   []Identifier `json:"identifier,omitempty"`
	Name         string       `json:"name"`
}

// ServiceRequest is the referral.
type ServiceRequest struct {
	ResourceType     string            `json:"resourceType"`
	ID               string            `json:"id,omitempty"`
	Meta             *Meta             `json:"meta,omitempty"`
	Identifier       []Identifier      `json:"identifier,omitempty"`
	Status           string            `json:"status"`
	Intent           string            `json:"intent"`
	Category         []CodeableConcept `json:"category,omitempty"`
	Priority         string            `json:"priority,omitempty"`
	Code             *CodeableConcept  `json:"code,omitempty"`
	Subject          Reference         `json:"subject"`
	OccurrencePeriod *Period           `json:"occurrencePeriod,omitempty"`
	AuthoredOn       string            `json:"authoredOn,omitempty"`
	Requester        *Reference        `json:"requester,omitempty"`
	Performer        []Reference       `json:"performer,omitempty"`
	ReasonCode       []CodeableConcept `json:"reasonCode,omitempty"`
	SupportingInfo   []Reference       `json:"supportingInfo,omitempty"`
	Note             []Annotation      `json:"note,omitempty"`
}

// Task is what one hospital was asked.
type Task struct {
	ResourceType   string           `json:"resourceType"`
	ID             string           `json:"id,omitempty"`
	Identifier     []Identifier     `json:"identifier,omitempty"`
	BasedOn        []Reference      `json:"basedOn,omitempty"`
	Status         string           `json:"status"`
	StatusReason   *CodeableConcept `json:"statusReason,omitempty"`
	BusinessStatus *CodeableConcept `json:"businessStatus,omitempty"`
	Intent         string           `json:"intent"`
	Code           *CodeableConcept `json:"code,omitempty"`
	Focus          *Reference       `json:"focus,omitempty"`
	For            *Reference       `json:"for,omitempty"`
	AuthoredOn     string           `json:"authoredOn,omitempty"`
	LastModified   string           `json:"lastModified,omitempty"`
	Requester      *Reference       `json:"requester,omitempty"`
	Owner          *Reference       `json:"owner,omitempty"`
	Restriction    *Restriction     `json:"restriction,omitempty"`
}

// Restriction of a task: until when it is to be answered.
type Restriction struct {
	Period *Period `json:"period,omitempty"`
}

// Consent that a patient gave.
type Consent struct {
	ResourceType     string            `json:"resourceType"`
	ID               string            `json:"id,omitempty"`
	Status           string            `json:"status"`
	Scope            CodeableConcept   `json:"scope"`
	Category         []CodeableConcept `json:"category"`
	Patient          *Reference        `json:"patient,omitempty"`
	DateTime         string            `json:"dateTime,omitempty"`
	Performer        []Reference       `json:"performer,omitempty"`
	SourceAttachment *Attachment       `json:"sourceAttachment,omitempty"`
	PolicyRule       *CodeableConcept  `json:"policyRule,omitempty"`
	Provision        *Provision        `json:"provision,omitempty"`
}

// Provision says to whom, for how long and what.
type Provision struct {
	Type   string           `json:"type,omitempty"`
	Period *Period          `json:"period,omitempty"`
	Actor  []ProvisionActor `json:"actor,omitempty"`
	Data   []ProvisionData  `json:"data,omitempty"`
}

// ProvisionActor is the recipient.
type ProvisionActor struct {
	Role      CodeableConcept `json:"role"`
	Reference Reference       `json:"reference"`
}

// ProvisionData is one thing that may be shown.
type ProvisionData struct {
	Meaning   string    `json:"meaning"`
	Reference Reference `json:"reference"`
}

// DocumentReference is one document; its content goes beside the bundle.
type DocumentReference struct {
	ResourceType string            `json:"resourceType"`
	ID           string            `json:"id,omitempty"`
	Identifier   []Identifier      `json:"identifier,omitempty"`
	Status       string            `json:"status"`
	Type         *CodeableConcept  `json:"type,omitempty"`
	Subject      *Reference        `json:"subject,omitempty"`
	Date         string            `json:"date,omitempty"`
	Content      []DocumentContent `json:"content"`
}

// DocumentContent is where a document is.
type DocumentContent struct {
	Extension  []Extension `json:"extension,omitempty"`
	Attachment Attachment  `json:"attachment"`
}

// AuditEvent is one time that somebody changed or read the record.
type AuditEvent struct {
	ResourceType string        `json:"resourceType"`
	ID           string        `json:"id,omitempty"`
	Type         Coding        `json:"type"`
	Subtype      []Coding      `json:"subtype,omitempty"`
	Action       string        `json:"action,omitempty"`
	Recorded     string        `json:"recorded"`
	Agent        []AuditAgent  `json:"agent"`
	Source       AuditSource   `json:"source"`
	Entity       []AuditEntity `json:"entity,omitempty"`
}

// AuditAgent is who did it.
type AuditAgent struct {
	Role      []CodeableConcept `json:"role,omitempty"`
	Who       *Reference        `json:"who,omitempty"`
	Requestor bool              `json:"requestor"`
}

// AuditSource is where it was recorded.
type AuditSource struct {
	Observer Reference `json:"observer"`
}

// AuditEntity is what it was about.
type AuditEntity struct {
	What *Reference `json:"what,omitempty"`
}
