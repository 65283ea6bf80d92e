package handlers

import (
	"net/url"
	"slices"
	"strings"

	"carecorridor/internal/check"
	"carecorridor/internal/nhs"
	"carecorridor/internal/when"
	"carecorridor/referral"
	"carecorridor/referral/record"
	"carecorridor/views"
	"carecorridor/views/ui"
)

// careStepDef is one page of the request that a patient writes: how what was said becomes form values, how those are
// asked for, and how they are read into the part of the record that they belong to. One shape for a first look, a change,
// and a refused answer.
type careStepDef struct {
	name, title string
	lead        []string
	part        referral.Part
	fields      []string // of the record's checks that are on this page; "medicines" stands for all below it
	lists       []entryList
	values      func(referral.View) url.Values
	parts       func(*Handlers, url.Values, check.List) []views.Part
	read        func(url.Values, referral.View) (referral.Step, check.List)
}

// careGroup is steps under one heading of the list.
type careGroup struct {
	title string
	steps []string
}

var careGroups = []careGroup{
	{"About you", []string{"you", "care"}},
	{"What you ask for", []string{"way", "problem"}},
	{"Your health", []string{"health", "safety"}},
	{"Your journey", []string{"journey"}},
}

// careOrder is every step in the order in which they are asked.
var careOrder = func() (out []string) {
	for _, g := range careGroups {
		out = append(out, g.steps...)
	}
	return out
}()

var careSteps = func() map[string]careStepDef {
	out := map[string]careStepDef{}
	for _, s := range []careStepDef{stepYou, stepCare, stepWay, stepProblem, stepHealth, stepSafety, stepJourney} {
		out[s.name] = s
	}
	return out
}()

// mine reports whether a field of the record is asked on this page.
func (s careStepDef) mine(field string) bool {
	return slices.ContainsFunc(s.fields, func(own string) bool { return field == own || strings.HasPrefix(field, own+".") })
}

// check is what the record finds in the part as it would be kept.
func (s careStepDef) check(step referral.Step, r record.Rules) check.List {
	switch s.part {
	case referral.InPatient:
		return step.Patient.Check(r)
	case referral.InPathway:
		return step.Pathway.Check(r)
	case referral.InClinical:
		return step.Clinical.Check(r)
	case referral.InSafety:
		return step.Safety.Check(r)
	}
	return step.Preferences.Check(r)
}

// unusual are values that are possible and seldom.
func (s careStepDef) unusual(step referral.Step) (out check.List) {
	if s.part == referral.InClinical {
		for _, p := range step.Clinical.Unusual() {
			if s.mine(p.Field) {
				out = append(out, p)
			}
		}
	}
	return out
}

// status of the page in the list of parts.
func (s careStepDef) status(v referral.View) string {
	open := 0
	for _, p := range v.Problems[s.part] {
		if p.Field == string(s.part) {
			return "Not yet started"
		}
		if s.mine(p.Field) {
			open++
		}
	}
	if open == 0 {
		return "Completed"
	}
	for _, values := range s.values(v) {
		if strings.TrimSpace(strings.Join(values, "")) != "" {
			return "In progress"
		}
	}
	return "Not yet started"
}

// compact takes the empty rows out of the lists of a form, so that a row's place is the entry's.
func (s careStepDef) compact(v url.Values) {
	for _, l := range s.lists {
		l.compact(v)
	}
}

var stepYou = careStepDef{
	name: "you", title: "Who you are", part: referral.InPatient,
	lead:   []string{"Give your names as they are in your passport. We do not show hospitals this page until you accept an offer."},
	fields: []string{"given", "family", "title", "known_as", "born", "sex", "sex_note", "nhs_number", "no_nhs_number", "address", "postcode", "email", "phone"},
	values: func(v referral.View) url.Values {
		p := patientIn(v)
		out := url.Values{"given": {p.Given}, "family": {p.Family}, "known_as": {p.KnownAs}, "sex": {string(p.Sex)}, "nhs_number": {p.NHSNumber}, "no_nhs_number": {string(p.NoNumber)},
			"address": {p.Address}, "postcode": {p.Postcode}, "email": {p.Email}, "phone": {p.Phone}}
		putDate(out, "born", p.Born)
		return out
	},
	parts: func(_ *Handlers, v url.Values, bad check.List) []views.Part {
		born := dateFields("born", "Date of birth", "For example 14 5 1958.", v, bad)
		return []views.Part{
			text1("given", "First names", "", v, bad, "given-name"), text1("family", "Last name", "", v, bad, "family-name"),
			optional1(text1("known_as", "Name you are called by", "", v, bad, "nickname")), born,
			radios("sex", "Sex recorded for your care", v, bad, ui.Choice{Value: "female", Text: "Female"}, ui.Choice{Value: "male", Text: "Male"}, ui.Choice{Value: "other", Text: "Other"}, ui.Choice{Value: "unknown", Text: "I prefer not to say"}),
			width1(text1("nhs_number", "NHS number", "10 digits, for example 999 000 0018. It is in the NHS app and on letters from the NHS.", v, bad, "off"), "20"),
			radios("no_nhs_number", "If you have no NHS number to give, why?", v, nil, ui.Choice{Value: "nhs-number-not-known", Text: "I do not know it"}, ui.Choice{Value: "devolved-nation", Text: "I live in Scotland or Northern Ireland"}, ui.Choice{Value: "overseas-patient", Text: "I never had one"}),
			area1("address", "Address", "", 4, v, bad), width1(text1("postcode", "Postcode", "", v, bad, "postal-code"), "10"),
			mail1(text1("email", "Email address", "We mail links and codes to it, so nobody else should read it. Our mails never name a hospital or a health problem.", v, bad, "email")),
			phone1(text1("phone", "Telephone number", "", v, bad, "tel")),
		}
	},
	read: func(v url.Values, view referral.View) (referral.Step, check.List) {
		var bad check.List
		p := patientIn(view)
		p.Given, p.Family, p.KnownAs, p.Sex = one(v, "given"), one(v, "family"), one(v, "known_as"), record.Sex(v.Get("sex"))
		p.NHSNumber, p.NoNumber = one(v, "nhs_number"), noNumber(v)
		p.Address, p.Postcode, p.Email, p.Phone = check.Lines(v.Get("address")), postcode1(one(v, "postcode")), one(v, "email"), one(v, "phone")
		p.Born = readDate(v, "born", "your date of birth", &bad)
		return referral.Step{Part: referral.InPatient, Patient: p}, bad
	},
}

var stepCare = careStepDef{
	name: "care", title: "Your GP and what helps you", part: referral.InPatient,
	lead:   []string{"Treatment abroad is safer when your GP knows of it. You decide what they get."},
	fields: []string{"gp_code", "gp_name", "gp_share", "language", "interpreter", "adjustments", "safeguarding", "concern", "capacity", "contact"},
	values: func(v referral.View) url.Values {
		p := patientIn(v)
		return url.Values{"no_gp": yesIf(p.NoGP), "gp_code": {p.GPCode}, "gp_name": {p.GPName}, "gp_share": {p.GPShare}, "language": {p.Language}, "interpreter": {string(p.Interpreter)}, "adjustments": {p.Adjustments},
			"safeguarding": {string(p.Safeguarding)}, "concern": {p.Concern}, "capacity": {string(p.Capacity)},
			"contact.name": {p.Contact.Name}, "contact.relation": {p.Contact.Relation}, "contact.phone": {p.Contact.Phone}, "contact.agreed": yesIf(p.Contact.Agreed)}
	},
	parts: careParts,
	read: func(v url.Values, view referral.View) (referral.Step, check.List) {
		p := patientIn(view)
		p.NoGP, p.GPCode, p.GPName, p.GPShare = v.Get("no_gp") == "yes", one(v, "gp_code"), one(v, "gp_name"), v.Get("gp_share")
		p.Language, p.Interpreter, p.Adjustments = v.Get("language"), record.YesNo(v.Get("interpreter")), check.Lines(v.Get("adjustments"))
		p.Safeguarding, p.Concern, p.Capacity = record.Safeguarding(v.Get("safeguarding")), check.Lines(v.Get("concern")), record.Capacity(v.Get("capacity"))
		p.Contact = record.Contact{Name: one(v, "contact.name"), Relation: one(v, "contact.relation"), Phone: one(v, "contact.phone"), Agreed: v.Get("contact.agreed") == "yes"}
		return referral.Step{Part: referral.InPatient, Patient: p}, nil
	},
}

func careParts(_ *Handlers, v url.Values, bad check.List) []views.Part {
	return []views.Part{
		text1("gp_name", "Name and town of your GP practice", "", v, bad, "off"),
		optional1(width1(text1("gp_code", "Code of the practice", "A letter and 5 digits, such as A12345. It is on the practice’s page on nhs.uk.", v, bad, "off"), "10")),
		views.CheckBox{ID: "no_gp", Name: "no_gp", Text: "I have no GP", Checked: v.Get("no_gp") == "yes"},
		radios("gp_share", "What may your GP get?", v, bad, ui.Choice{Value: string(referral.GPAll), Text: "Word of my journey, and the papers after the treatment"}, ui.Choice{Value: string(referral.GPDischargeOnly), Text: "The papers after the treatment, and nothing before"},
			ui.Choice{Value: string(referral.GPNothing), Text: "Nothing", Hint: "Your GP may then not know what was done, which medicines you have, or that you must be tested for resistant germs."}, ui.Choice{Value: string(referral.GPNone), Text: "I have no GP"}),
		ui.Field{ID: "language", Label: "Language that you want to speak with the hospital", Type: "select", Options: selected(v.Get("language"), languages...), Error: bad.On("language")},
		radios("interpreter", "Do you need an interpreter?", v, bad, ui.Choice{Value: "yes", Text: "Yes"}, ui.Choice{Value: "no", Text: "No"}),
		optional1(area1("adjustments", "Is there anything that helps you?", "For example large print, a hearing loop, a wheelchair, more time.", 3, v, bad)),
		radios("capacity", "Do you decide about this treatment yourself?", v, bad, ui.Choice{Value: "yes", Text: "Yes"}, ui.Choice{Value: "supported", Text: "Yes, with help to understand it or to say what I want"}, ui.Choice{Value: "no", Text: "No, somebody decides for me"}),
		radios("safeguarding", "Is anybody pressing you to have this treatment, or are you afraid of somebody?", v, bad, ui.Choice{Value: "none", Text: "No"}, ui.Choice{Value: "concern", Text: "Yes, or I am not sure", Hint: "Only our safety reviewer reads what you write. In danger now, call 999."}),
		optional1(area1("concern", "What worries you?", "", 3, v, bad)),
		views.Subheading{Text: "Somebody to reach in an emergency", Note: "You can leave this empty. Ask them first."},
		optional1(text1("contact.name", "Their name", "", v, bad, "off")), optional1(text1("contact.relation", "Who they are to you", "", v, bad, "off")),
		optional1(phone1(text1("contact.phone", "Their telephone number", "", v, bad, "off"))),
		views.CheckBox{ID: "contact.agreed", Name: "contact.agreed", Text: "They agreed that we may call them", Checked: v.Get("contact.agreed") == "yes", Error: bad.On("contact.agreed")},
	}
}

var stepWay = careStepDef{
	name: "way", title: "What you want and who pays", part: referral.InPathway,
	fields: []string{"kind", "priority", "funding", "insurer", "nhs_wait", "nhs_decision"},
	values: func(v referral.View) url.Values {
		var p record.Pathway
		if v.Pathway != nil {
			p = *v.Pathway
		}
		return url.Values{"kind": {string(p.Kind)}, "priority": {p.Priority}, "funding": {string(p.Funding)}, "insurer": {p.Insurer}, "nhs_wait": {string(p.NHSWait)}, "nhs_decision": {p.NHSDecision}}
	},
	parts: func(_ *Handlers, v url.Values, bad check.List) []views.Part {
		return []views.Part{
			radios("kind", "What do you want?", v, bad, ui.Choice{Value: string(record.SelfFunded), Text: "Treatment that I pay for, or my insurance"}, ui.Choice{Value: string(record.SecondOpinion), Text: "A second opinion only"},
				ui.Choice{Value: string(record.NHSPays), Text: "Treatment that the NHS should pay for"}, ui.Choice{Value: string(record.UrgentCare), Text: "Something urgent, or suspected cancer"}),
			radios("priority", "How soon?", v, bad, ui.Choice{Value: "routine", Text: "It is not pressing", Hint: "Hospitals answer within 5 working days."}, ui.Choice{Value: "soon", Text: "Soon", Hint: "It gets worse, or I am off work. Hospitals answer within 2 working days."}),
			radios("funding", "Who pays?", v, bad, ui.Choice{Value: "self_pay", Text: "I pay"}, ui.Choice{Value: "insurer", Text: "My insurance"}, ui.Choice{Value: "employer", Text: "My employer"}, ui.Choice{Value: "charity", Text: "A charity"}),
			optional1(text1("insurer", "Name of the insurer", "If your insurance pays.", v, bad, "off")),
			radios("nhs_wait", "Are you waiting for this on the NHS?", v, bad, ui.Choice{Value: "waiting", Text: "Yes, I am on a waiting list", Hint: "Keep your place until you have decided."}, ui.Choice{Value: "referred_not_seen", Text: "I was referred and have not been seen yet"},
				ui.Choice{Value: "none", Text: "No"}, ui.Choice{Value: "discharged", Text: "I was taken off the list"}, ui.Choice{Value: "unknown", Text: "I do not know"}),
			optional1(area1("nhs_decision", "What has the NHS told you?", "", 3, v, bad)),
		}
	},
	read: func(v url.Values, view referral.View) (referral.Step, check.List) {
		var p record.Pathway
		if view.Pathway != nil {
			p = *view.Pathway
		}
		p.Kind, p.Priority, p.Funding, p.Insurer = record.PathwayKind(v.Get("kind")), v.Get("priority"), record.Funding(v.Get("funding")), one(v, "insurer")
		p.NHSWait, p.NHSDecision = record.NHSWait(v.Get("nhs_wait")), check.Lines(v.Get("nhs_decision"))
		return referral.Step{Part: referral.InPathway, Pathway: p}, nil
	},
}

var stepJourney = careStepDef{
	name: "journey", title: "When you could travel", part: referral.InPreferences,
	fields: []string{"budget", "earliest", "latest", "companions", "diet", "faith", "clinician", "by_phone"},
	values: func(v referral.View) url.Values {
		var p record.Preferences
		out := url.Values{}
		if v.Preferences != nil {
			p = *v.Preferences
			out = url.Values{"budget": {p.Budget}, "diet": {p.Diet}, "faith": {p.Faith}, "clinician": {p.Clinician}, "by_phone": {string(p.ByPhone)}}
		}
		if p.Companions != nil {
			out.Set("companions", group(*p.Companions))
		}
		putDate(out, "earliest", p.Earliest)
		putDate(out, "latest", p.Latest)
		return out
	},
	parts: func(_ *Handlers, v url.Values, bad check.List) []views.Part {
		return []views.Part{
			dateFields("earliest", "First day you could travel", "Visas and vaccinations take 4 to 6 weeks.", v, bad), dateFields("latest", "Last day you could travel", "", v, bad),
			radios("companions", "How many people would travel with you?", v, bad, ui.Choice{Value: "0", Text: "Nobody"}, ui.Choice{Value: "1", Text: "1 person"}, ui.Choice{Value: "2", Text: "2 people", Hint: "No more than 2 get a visa to go with a patient."}),
			ui.Field{ID: "budget", Label: "What could the whole trip cost?", Hint: "Hospitals never see this.", Type: "select", Error: bad.On("budget"), Options: selected(v.Get("budget"),
				ui.Option{Value: "", Text: "Not said"}, ui.Option{Value: "under_5000", Text: "Under £5,000"}, ui.Option{Value: "5000_10000", Text: "£5,000 to £10,000"}, ui.Option{Value: "10000_20000", Text: "£10,000 to £20,000"}, ui.Option{Value: "over_20000", Text: "Over £20,000"}, ui.Option{Value: "untold", Text: "I prefer not to say"})},
			radios("by_phone", "May a hospital call you after you accept its offer?", v, bad, ui.Choice{Value: "yes", Text: "Yes"}, ui.Choice{Value: "no", Text: "No, in writing only"}),
			optional1(text1("diet", "What you eat or do not eat", "", v, bad, "off")), optional1(text1("faith", "What your faith needs", "", v, bad, "off")), optional1(text1("clinician", "Wish about your clinician", "For example a woman.", v, bad, "off")),
		}
	},
	read: func(v url.Values, _ referral.View) (referral.Step, check.List) {
		var bad check.List
		p := record.Preferences{Budget: v.Get("budget"), Diet: one(v, "diet"), Faith: one(v, "faith"), Clinician: one(v, "clinician"), ByPhone: record.YesNo(v.Get("by_phone"))}
		p.Earliest, p.Latest = readDate(v, "earliest", "the first day", &bad), readDate(v, "latest", "the last day", &bad)
		if s := v.Get("companions"); s == "0" || s == "1" || s == "2" {
			n := int(s[0] - '0')
			p.Companions = &n
		}
		return referral.Step{Part: referral.InPreferences, Preferences: p}, bad
	},
}

// languages to speak with a hospital, by their BCP 47 code; what is not here can be said as a wish.
var languages = []ui.Option{{Value: "en", Text: "English"}, {Value: "hi", Text: "Hindi"}, {Value: "pa", Text: "Punjabi"}, {Value: "gu", Text: "Gujarati"}, {Value: "bn", Text: "Bengali"}, {Value: "ta", Text: "Tamil"}, {Value: "te", Text: "Telugu"},
	{Value: "ml", Text: "Malayalam"}, {Value: "kn", Text: "Kannada"}, {Value: "mr", Text: "Marathi"}, {Value: "ur", Text: "Urdu"}, {Value: "cy", Text: "Welsh"}, {Value: "pl", Text: "Polish"}, {Value: "ro", Text: "Romanian"}, {Value: "ar", Text: "Arabic"}, {Value: "bfi", Text: "British Sign Language"}}

func patientIn(v referral.View) (p record.Patient) {
	if v.Patient != nil {
		p = *v.Patient
	}
	return p
}

func one(v url.Values, name string) string { return strings.TrimSpace(v.Get(name)) }

func yesIf(b bool) []string {
	if b {
		return []string{"yes"}
	}
	return nil
}

func text1(id, label, hint string, v url.Values, bad check.List, autocomplete string) ui.Field {
	return ui.Field{ID: id, Label: label, Hint: hint, Value: v.Get(id), Error: bad.On(id), Autocomplete: autocomplete}
}

func area1(id, label, hint string, rows int, v url.Values, bad check.List) ui.Field {
	return ui.Field{ID: id, Label: label, Hint: hint, Value: v.Get(id), Error: bad.On(id), Type: "textarea", Rows: rows}
}

func optional1(f ui.Field) ui.Field { f.Optional = true; return f }

func width1(f ui.Field, width string) ui.Field { f.Width = width; return f }

func mail1(f ui.Field) ui.Field { f.Type = "email"; return f }

func phone1(f ui.Field) ui.Field { f.Type, f.Width = "tel", "20"; return f }

// dayOf is a date in words, "" when it is not known.
func dayOf(d when.Date) string {
	if !d.Known() {
		return ""
	}
	return d.Long()
}

// postcode1 is a postcode as it is written; what is none is kept to be shown again.
func postcode1(typed string) string {
	if code, ok := nhs.ParsePostcode(typed); ok {
		return code
	}
	return typed
}
