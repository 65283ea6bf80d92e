package fhir

import (
	"net/url"
	"strings"
)

func (b *builder) patient() Patient {
	p := b.c.Person
	out := Patient{ResourceType: "Patient", ID: id(b.c.ID, "patient"), Name: []HumanName{{Use: "official", Family: p.Family, Given: p.Given}}, Gender: p.Gender, BirthDate: p.Born}
	if p.NHSNumber != "" { // we trace nothing: the number is present and was not verified
		untraced := CodeableConcept{Coding: []Coding{{numberStatusCode, "02", "Number present but not traced"}}}
		out.Identifier = []Identifier{{System: NHSNumberSystem, Value: p.NHSNumber, Extension: []Extension{{URL: numberStatusURL, ValueCodeableConcept: &untraced}}}}
	}
	for _, t := range []ContactPoint{{"phone", p.Phone}, {"email", p.Email}} {
		if t.Value != "" {
			out.Telecom = append(out.Telecom, t)
		}
	}
	if len(p.AddressLines) > 0 || p.Postcode != "" {
		out.Address = []Address{{Line: p.AddressLines, PostalCode: p.Postcode, Country: "GB"}}
	}
	if p.Practice != "" {
		gp := Reference{Display: p.Practice, Type: "Organization"}
		if p.PracticeODS != "" {
			gp.Identifier = &Identifier{System: ODSSystem, Value: p.PracticeODS}
		}
		out.GeneralPractitioner = []Reference{gp}
	}
	if p.Language != "" {
		out.Communication = []Communication{{CodeableConcept{Coding: []Coding{{System: "urn:ietf:bcp:47", Code: p.Language}}}, true}}
	}
	return out
}

func (b *builder) practice() Organization {
	o := Organization{ResourceType: "Organization", ID: id(b.c.ID, "practice"), Name: b.c.Practice.Name}
	if b.c.Practice.Code != "" {
		o.Identifier = []Identifier{{System: ODSSystem, Value: b.c.Practice.Code}}
	}
	return o
}

func (b *builder) request() ServiceRequest {
	a := b.c.Asked
	r := ServiceRequest{
		ResourceType: "ServiceRequest", ID: id(b.c.ID, "request"), Meta: &Meta{VersionID: b.c.Version},
		Identifier: []Identifier{{Type: &CodeableConcept{Coding: []Coding{{"http://terminology.hl7.org/CodeSystem/v2-0203", "PLAC", "Placer Identifier"}}}, System: ReferenceSystem, Value: b.c.Reference}},
		Status:     RequestStatus(b.c.State, b.c.Ending), Intent: "plan", Priority: "routine", Subject: *b.ref("patient", ""),
		AuthoredOn: a.AuthoredOn, Requester: b.ref("patient", ""),
	}
	if a.Treatment != "" {
		r.Code = &CodeableConcept{Text: a.Treatment}
	}
	if a.TreatmentCode != "" {
		r.Code = &CodeableConcept{Text: a.Treatment, Coding: []Coding{{System: "http://snomed.info/sct", Code: a.TreatmentCode}}}
	}
	if !b.c.Self {
		r.Requester = b.ref("practice", "")
	}
	if a.Earliest != "" {
		r.OccurrencePeriod = &Period{a.Earliest, a.Latest}
	}
	if a.Condition != "" {
		r.ReasonCode = []CodeableConcept{{Text: a.Condition}}
	}
	if a.Question != "" {
		r.Note = []Annotation{{a.Question}}
	}
	for _, h := range b.c.Hospitals {
		r.Performer = append(r.Performer, *b.ref("hospital", h.ID))
	}
	for _, d := range b.c.Documents {
		r.SupportingInfo = append(r.SupportingInfo, *b.ref("document", d.ID))
	}
	for _, a := range b.c.Consents {
		r.SupportingInfo = append(r.SupportingInfo, *b.ref("consent", a.ID))
	}
	return r
}

func (b *builder) task(h Hospital) Task {
	t := Task{
		ResourceType: "Task", ID: id(b.c.ID, "task", h.ID), BasedOn: []Reference{*b.ref("request", "")}, Status: TaskStatus(h.Response, b.c.State, b.c.Ending),
		BusinessStatus: &CodeableConcept{Coding: []Coding{{System: StateSystem, Code: b.c.State}}, Text: h.Response}, Intent: "order",
		Code:  &CodeableConcept{Coding: []Coding{{"http://hl7.org/fhir/CodeSystem/task-code", "fulfill", "Fulfill the focal request"}}},
		Focus: b.ref("request", ""), For: b.ref("patient", ""), AuthoredOn: h.SentAt, LastModified: h.ChangedAt, Requester: b.ref("site", ""), Owner: b.ref("hospital", h.ID),
	}
	if h.CaseNumber != "" {
		t.Identifier = []Identifier{{Type: &CodeableConcept{Coding: []Coding{{"http://terminology.hl7.org/CodeSystem/v2-0203", "FILL", "Filler Identifier"}}}, Value: h.CaseNumber}}
	}
	reason := h.Reason
	if reason == "" && b.c.State == "closed" {
		reason = b.c.Reason
	}
	if reason != "" {
		t.StatusReason = &CodeableConcept{Coding: []Coding{{System: ReasonSystem, Code: reason}}, Text: reason}
	}
	if h.DueAt != "" {
		t.Restriction = &Restriction{&Period{End: h.DueAt}}
	}
	return t
}

func (b *builder) consent(a Agreement) Consent {
	out := Consent{
		ResourceType: "Consent", ID: id(b.c.ID, "consent", a.ID), Status: "active",
		Scope:    CodeableConcept{Coding: []Coding{{"http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy", "Privacy Consent"}}},
		Category: []CodeableConcept{{Coding: []Coding{{System: ConsentSystem, Code: a.Code}}, Text: a.Words}},
		Patient:  b.ref("patient", ""), DateTime: a.GivenAt, Performer: []Reference{*b.ref("patient", "")},
		PolicyRule: &CodeableConcept{Coding: []Coding{{"http://terminology.hl7.org/CodeSystem/v3-ActCode", "OPTIN", "opt-in"}}},
		Provision:  &Provision{Type: "permit", Period: &Period{a.GivenAt, a.EndedAt}},
	}
	if a.EndedAt != "" {
		out.Status = "inactive"
	}
	if a.Hospital != "" {
		out.Provision.Actor = []ProvisionActor{{CodeableConcept{Coding: []Coding{{"http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "IRCP", "information recipient"}}}, *b.ref("hospital", a.Hospital)}}
	}
	for _, i := range a.Items {
		out.Provision.Data = append(out.Provision.Data, ProvisionData{"instance", Reference{Display: i}})
	}
	return out
}

func (b *builder) document(d Document) DocumentReference {
	return DocumentReference{
		ResourceType: "DocumentReference", ID: id(b.c.ID, "document", d.ID), Status: "current", Type: &CodeableConcept{Text: d.Kind}, Subject: b.ref("patient", ""), Date: d.At,
		Content: []DocumentContent{{Extension: []Extension{{URL: HashURL, ValueString: d.SHA256}}, Attachment: Attachment{ContentType: d.Type, Title: d.Name, URL: strings.ReplaceAll(url.PathEscape(d.Place), "%2F", "/")}}},
	}
}

// event: what was read is R, everything else changed something.
func (b *builder) event(e Event) AuditEvent {
	action := "U"
	if e.Read {
		action = "R"
	}
	by := AuditAgent{Requestor: true}
	if e.Role != "" {
		by.Role = []CodeableConcept{{Text: e.Role}}
	}
	if name := joined(e.Who, e.Organisation); name != "" { // not of the patient and of the clockwork, and nothing may be empty
		by.Who = &Reference{Display: name}
	}
	return AuditEvent{
		ResourceType: "AuditEvent", ID: id(b.c.ID, "audit", e.ID), Type: Coding{"http://terminology.hl7.org/CodeSystem/audit-event-type", "rest", "RESTful Operation"},
		Subtype: []Coding{{System: Base + "CodeSystem/audit-action", Code: e.Action}}, Action: action, Recorded: e.At,
		Agent: []AuditAgent{by}, Source: AuditSource{*b.ref("site", "")}, Entity: []AuditEntity{{b.ref("request", "")}},
	}
}

func joined(who, org string) string {
	if who == "" || org == "" {
		return who + org
	}
	return who + ", " + org
}
