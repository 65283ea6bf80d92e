package handlers

import (
	"net/url"
	"slices"

	"carecorridor/internal/check"
	"carecorridor/internal/when"
	"carecorridor/referral"
	"carecorridor/referral/record"
	"carecorridor/views"
	"carecorridor/views/ui"
)

// careCountries of a stay in hospital, and of a passport, by ISO 3166: those that patients here name most, and one for the rest.
var careCountries = []ui.Option{{Value: "GB", Text: "United Kingdom"}, {Value: "IN", Text: "India"}, {Value: "PK", Text: "Pakistan"}, {Value: "BD", Text: "Bangladesh"}, {Value: "LK", Text: "Sri Lanka"}, {Value: "NP", Text: "Nepal"}, {Value: "AE", Text: "United Arab Emirates"},
	{Value: "TR", Text: "Turkey"}, {Value: "ES", Text: "Spain"}, {Value: "FR", Text: "France"}, {Value: "IE", Text: "Ireland"}, {Value: "IT", Text: "Italy"}, {Value: "PT", Text: "Portugal"}, {Value: "GR", Text: "Greece"}, {Value: "CY", Text: "Cyprus"}, {Value: "DE", Text: "Germany"},
	{Value: "PL", Text: "Poland"}, {Value: "RO", Text: "Romania"}, {Value: "BG", Text: "Bulgaria"}, {Value: "LT", Text: "Lithuania"}, {Value: "NG", Text: "Nigeria"}, {Value: "GH", Text: "Ghana"}, {Value: "KE", Text: "Kenya"}, {Value: "ZA", Text: "South Africa"},
	{Value: "US", Text: "United States"}, {Value: "CA", Text: "Canada"}, {Value: "AU", Text: "Australia"}, {Value: "TH", Text: "Thailand"}, {Value: "EG", Text: "Egypt"}, {Value: "ZZ", Text: "Another country"}}

var stepSafety = careStepDef{
	name: "safety", title: "Questions for your safety", part: referral.InSafety,
	lead:   []string{"Each question is about a risk of operations or long flights. “I do not know” is an answer."},
	fields: []string{"vte", "anticoagulants", "mrsa", "cpe", "c_auris", "blood_borne", "overnight_abroad", "overnight_uk", "stays", "anaesthetic_problems", "fit_to_fly", "implants", "frailty"},
	lists:  []entryList{stayList, implantList},
	values: safetyValues, parts: safetyParts, read: readSafety,
}

// safetyAsked are the questions that are answered with yes, no or not known, and words.
var safetyAsked = []struct {
	id, legend, words string
	answer            func(*record.Safety) *record.Answer
}{
	{"vte", "Did you ever have a blood clot, or does one run in your family?", "What happened?", func(s *record.Safety) *record.Answer { return &s.Clots }},
	{"anticoagulants", "Do you take a medicine that thins the blood?", "Which one?", func(s *record.Safety) *record.Answer { return &s.Anticoagulants }},
	{"anaesthetic_problems", "Did you or a relative have problems with an anaesthetic?", "What happened?", func(s *record.Safety) *record.Answer { return &s.Anaesthetic }},
	{"overnight_abroad", "Did you stay overnight in a hospital or care home outside the UK in the last 12 months?", "", func(s *record.Safety) *record.Answer { return &s.Abroad }},
	{"overnight_uk", "Did you stay overnight in a UK hospital in the last 12 months?", "", func(s *record.Safety) *record.Answer { return &s.UKHospital }},
}

// safetyCarried are the questions about germs and viruses.
var safetyCarried = []struct {
	id, legend string
	carrier    func(*record.Safety) *record.Carrier
}{
	{"mrsa", "Were you tested for MRSA, a germ that some antibiotics do not kill?", func(s *record.Safety) *record.Carrier { return &s.MRSA }},
	{"cpe", "Were you tested for CPE, germs of the gut that most antibiotics do not kill?", func(s *record.Safety) *record.Carrier { return &s.CPE }},
	{"c_auris", "Were you tested for Candida auris, a fungus?", func(s *record.Safety) *record.Carrier { return &s.CAuris }},
	{"blood_borne", "Were you tested for hepatitis B, hepatitis C or HIV?", func(s *record.Safety) *record.Carrier { return &s.BloodBorne }},
}

func safetyIn(v referral.View) (s record.Safety) {
	if v.Safety != nil {
		s = *v.Safety
	}
	return s
}

func safetyValues(v referral.View) url.Values {
	s := safetyIn(v)
	out := url.Values{"fit_to_fly": {string(s.FitToFly)}, "no_implants": yesIf(s.NoImplants)}
	for _, q := range safetyAsked {
		a := q.answer(&s)
		out.Set(q.id, string(a.Is))
		out.Set(q.id+".words", a.Words)
	}
	for _, q := range safetyCarried {
		out.Set(q.id, string(*q.carrier(&s)))
	}
	for _, x := range s.Stays {
		stayList.add(out, map[string]string{"facility": x.Facility, "country": x.Country}, map[string]when.Date{"from": x.From, "to": x.To})
	}
	for _, x := range s.Implants {
		implantList.add(out, map[string]string{"what": x.What, "mri": x.MRI}, nil)
	}
	return out
}

func safetyParts(_ *Handlers, v url.Values, bad check.List) []views.Part {
	var out []views.Part
	for _, q := range safetyAsked {
		out = append(out, radios(q.id, q.legend, v, bad, ui.Choice{Value: "yes", Text: "Yes"}, ui.Choice{Value: "no", Text: "No"}, ui.Choice{Value: "not_known", Text: "I do not know"}))
		if q.words != "" {
			f := optional1(area1(q.id+".words", "If yes: "+lowerFirst(q.words), "", 2, v, bad))
			out = append(out, f)
		}
	}
	out = slices.Concat(out, stayList.parts(v, bad))
	for _, q := range safetyCarried {
		out = append(out, radios(q.id, q.legend, v, bad, ui.Choice{Value: string(record.NeverTest), Text: "I was not tested"}, ui.Choice{Value: string(record.Clear), Text: "Yes, and it was not found"},
			ui.Choice{Value: string(record.Carries), Text: "Yes, and it was found"}, ui.Choice{Value: string(record.CarrierNot), Text: "I do not know"}))
	}
	out = append(out, radios("fit_to_fly", "Can you fly for 10 hours?", v, bad, ui.Choice{Value: "yes", Text: "Yes"}, ui.Choice{Value: "with_arrangements", Text: "Yes, with help or more room"}, ui.Choice{Value: "no", Text: "No"}, ui.Choice{Value: "not_assessed", Text: "I do not know"}))
	return slices.Concat(out, implantList.parts(v, bad))
}

func readSafety(v url.Values, view referral.View) (referral.Step, check.List) {
	var bad check.List
	s := safetyIn(view)
	for _, q := range safetyAsked {
		*q.answer(&s) = record.Answer{Is: record.Known(v.Get(q.id)), Words: check.Lines(v.Get(q.id + ".words"))}
	}
	for _, q := range safetyCarried {
		*q.carrier(&s) = record.Carrier(v.Get(q.id))
	}
	s.FitToFly, s.NoImplants, s.Stays, s.Implants = record.FitToFly(v.Get("fit_to_fly")), v.Get("no_implants") == "yes", nil, nil
	for i := range stayList.rows(v) {
		s.Stays = append(s.Stays, record.Stay{Facility: stayList.get(v, i, "facility"), Country: stayList.get(v, i, "country"), From: stayList.date(v, i, "from", "the first day of the stay", &bad), To: stayList.date(v, i, "to", "the last day of the stay", &bad)})
	}
	for i := range implantList.rows(v) {
		s.Implants = append(s.Implants, record.Implant{What: implantList.get(v, i, "what"), MRI: implantList.get(v, i, "mri")})
	}
	return referral.Step{Part: referral.InSafety, Safety: s}, bad
}
