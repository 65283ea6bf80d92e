package handlers

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"carecorridor/catalogue"
	"carecorridor/enquiry"
	"carecorridor/internal/check"
	"carecorridor/internal/when"
	"carecorridor/views"
	"carecorridor/views/ui"
)

// question is one step of the form: how what was said becomes form values, how those are asked for again, and
// how they are read. One shape for a first look, a change and a refused answer.
type question struct {
	title  string
	lead   []string
	values func(enquiry.Answers, enquiry.Contact) url.Values
	parts  func(h *Handlers, d drafted, v url.Values, bad check.List) []views.Part
	step   func(v url.Values) (enquiry.Step, check.List)
}

// drafted is what a step needs to know of the draft to ask its question.
type drafted struct {
	hospitals []enquiry.Chosen
	documents int
}

var questions = map[enquiry.StepName]question{
	enquiry.StepTreatment: {"Treatment and main problem", nil, treatmentValues, treatmentParts, treatmentStep},
	enquiry.StepDoctor:    {"Have you seen a UK doctor?", nil, doctorValues, doctorParts, doctorStep},
	enquiry.StepDates:     {"When could you travel?", []string{"Roughly is enough. It helps a hospital to say whether it has room."}, datesValues, datesParts, datesStep},
	enquiry.StepTravel:    {"Who is the treatment for?", nil, travelValues, travelParts, travelStep},
	enquiry.StepContact:   {"How can we reach you?", []string{"We use this to tell you about answers. A hospital does not see it until you accept its quote, unless you allow it earlier."}, contactValues, contactParts, contactStep},
	enquiry.StepConsent:   {"What do you agree to?", []string{"Each box is a separate choice. Nothing is ticked for you, and you can change your mind later."}, consentValues, consentParts, consentStep},
}

func treatmentValues(a enquiry.Answers, _ enquiry.Contact) url.Values {
	return url.Values{"treatment": {a.Treatment}, "problem": {a.Problem}}
}

func treatmentParts(h *Handlers, _ drafted, v url.Values, bad check.List) []views.Part {
	options := []ui.Option{{Text: "I do not know, or it is not in this list"}}
	for _, p := range h.cat.Reference().Procedures {
		options = append(options, ui.Option{Value: p.Slug, Text: p.Name, Selected: p.Slug == v.Get("treatment")})
	}
	slices.SortStableFunc(options[1:], func(a, b ui.Option) int { return strings.Compare(strings.ToLower(a.Text), strings.ToLower(b.Text)) })
	return []views.Part{
		ui.Field{ID: "treatment", Label: "Treatment you want to ask about", Type: "select", Options: options, Error: bad.On("treatment")},
		ui.Field{ID: "problem", Label: "Your main problem", Type: "textarea", Rows: 7, Value: v.Get("problem"), Error: bad.On("problem"),
			Hint: "In your own words and language: what is wrong, since when, what was tried, other illnesses and medicines. At most " + group(enquiry.MaxProblem) + " characters. Leave out your name and address."},
	}
}

func treatmentStep(v url.Values) (enquiry.Step, check.List) {
	s := enquiry.TreatmentStep{Treatment: v.Get("treatment"), Problem: v.Get("problem")}
	for _, k := range v["not_now"] {
		s.NotNow = append(s.NotNow, enquiry.StopKind(k))
	}
	return s, nil
}

func doctorValues(a enquiry.Answers, _ enquiry.Contact) url.Values {
	return url.Values{"doctor": {string(a.SeenDoctor)}}
}

func doctorParts(_ *Handlers, _ drafted, v url.Values, bad check.List) []views.Part {
	return []views.Part{radios("doctor", "Have you seen a UK doctor about this problem?", v, bad,
		ui.Choice{Value: "yes", Text: "Yes"}, ui.Choice{Value: "no", Text: "No", Hint: "You can go on. We advise you to see your GP before you decide on treatment."}, ui.Choice{Value: "not_sure", Text: "Not sure"})}
}

func doctorStep(v url.Values) (enquiry.Step, check.List) {
	return enquiry.DoctorStep{Seen: enquiry.SeenDoctor(v.Get("doctor"))}, nil
}

// radios is a group of radios with the chosen one marked.
func radios(name, legend string, v url.Values, bad check.List, options ...ui.Choice) ui.Choices {
	for i, o := range options {
		options[i].Checked = o.Value == v.Get(name) && v.Has(name)
	}
	return ui.Choices{ID: name, Name: name, Legend: legend, Error: bad.On(name), Options: options}
}

func datesValues(a enquiry.Answers, _ enquiry.Contact) url.Values {
	v := url.Values{}
	putDate(v, "earliest", a.Earliest)
	putDate(v, "latest", a.Latest)
	if a.DatesOpen {
		v.Set("open", "yes")
	}
	return v
}

func datesParts(_ *Handlers, _ drafted, v url.Values, bad check.List) []views.Part {
	return []views.Part{
		dateFields("earliest", "Earliest date you could travel", "For example 12 1 2027. Visas and vaccinations take 4 to 6 weeks.", v, bad),
		dateFields("latest", "Latest date you could travel", "For example 30 6 2027.", v, bad),
		views.CheckBox{ID: "open", Name: "open", Text: "I do not know yet", Checked: v.Get("open") == "yes"},
	}
}

func datesStep(v url.Values) (enquiry.Step, check.List) {
	if v.Get("open") == "yes" {
		return enquiry.DatesStep{Open: true}, nil
	}
	var bad check.List
	s := enquiry.DatesStep{Earliest: readDate(v, "earliest", "the earliest date", &bad), Latest: readDate(v, "latest", "the latest date", &bad)}
	return s, bad
}

func travelValues(a enquiry.Answers, _ enquiry.Contact) url.Values {
	v := url.Values{}
	if a.For != "" {
		v = url.Values{"for": {string(a.For)}, "companions": {strconv.Itoa(a.Companions)}}
	}
	return v
}

func travelParts(_ *Handlers, _ drafted, v url.Values, bad check.List) []views.Part {
	return []views.Part{
		radios("for", "Who is the treatment for?", v, bad, ui.Choice{Value: string(enquiry.ForSelf), Text: "Me"},
			ui.Choice{Value: string(enquiry.ForOther), Text: "Another adult", Hint: "They know of this enquiry and agree to it."},
			ui.Choice{Value: string(enquiry.ForUnder18), Text: "Somebody under 18"}),
		radios("companions", "How many people would travel along?", v, bad, ui.Choice{Value: "0", Text: "Nobody"}, ui.Choice{Value: "1", Text: "1 person"}, ui.Choice{Value: "2", Text: "2 people"}),
	}
}

func travelStep(v url.Values) (enquiry.Step, check.List) {
	n, err := strconv.Atoi(v.Get("companions"))
	if err != nil {
		n = -1
	}
	return enquiry.TravelStep{For: enquiry.For(v.Get("for")), Companions: n}, nil
}

func contactValues(_ enquiry.Answers, c enquiry.Contact) url.Values {
	v := url.Values{"name": {c.Name}, "email": {c.Email}, "phone": {c.Phone}, "by": {string(c.By)}, "when": {string(c.When)}}
	if c.When == "" {
		v.Set("when", string(enquiry.AnyTime))
	}
	return v
}

func contactParts(_ *Handlers, _ drafted, v url.Values, bad check.List) []views.Part {
	return []views.Part{
		ui.Field{ID: "name", Label: "Full name", Value: v.Get("name"), Error: bad.On("name"), Autocomplete: "name"},
		ui.Field{ID: "email", Label: "Email address", Type: "email", Value: v.Get("email"), Error: bad.On("email"), Autocomplete: "email", Hint: "We mail you a link to this enquiry. Our mails never name a hospital or a treatment."},
		ui.Field{ID: "phone", Label: "Telephone number", Type: "tel", Value: v.Get("phone"), Error: bad.On("phone"), Autocomplete: "tel", Optional: true, Width: "20"},
		radios("by", "How do you want to be contacted?", v, bad, ui.Choice{Value: string(enquiry.ByEmail), Text: "By email"}, ui.Choice{Value: string(enquiry.ByPhone), Text: "By telephone"}),
		ui.Field{ID: "when", Label: "When may somebody call you? (UK time)", Type: "select", Error: bad.On("when"), Options: selected(v.Get("when"),
			ui.Option{Value: string(enquiry.AnyTime), Text: "Any time"}, ui.Option{Value: string(enquiry.Morning), Text: "8am to 12 noon"},
			ui.Option{Value: string(enquiry.Afternoon), Text: "12 noon to 5pm"}, ui.Option{Value: string(enquiry.Evening), Text: "5pm to 8pm"})},
	}
}

func contactStep(v url.Values) (enquiry.Step, check.List) {
	return enquiry.ContactStep{Contact: enquiry.Contact{Name: v.Get("name"), Email: v.Get("email"), Phone: v.Get("phone"), By: enquiry.ContactBy(v.Get("by")), When: enquiry.ContactDay(v.Get("when"))}}, nil
}

func consentValues(a enquiry.Answers, _ enquiry.Contact) url.Values {
	v := url.Values{"send": slices.Clone(a.Consents.Send)}
	for name, given := range map[string]bool{"direct_contact": a.Consents.DirectContact, "keep_copy": a.Consents.KeepCopy, "feedback": a.Consents.Feedback} {
		if given {
			v.Set(name, "yes")
		}
	}
	return v
}

func consentParts(_ *Handlers, d drafted, v url.Values, bad check.List) []views.Part {
	parts := []views.Part{views.Subheading{Text: "Send to these hospitals", Note: "Nothing is sent to a hospital that you do not tick."}}
	for i, hospital := range d.hospitals {
		box := views.CheckBox{ID: "send", Name: "send", Value: hospital.Slug, Text: enquiry.SendWording(hospital.Name, d.documents), Checked: slices.Contains(v["send"], hospital.Slug)}
		if i == 0 {
			box.Error = bad.On("send")
		} else {
			box.ID += "-" + strconv.Itoa(i+1)
		}
		parts = append(parts, box)
	}
	return append(parts, views.Subheading{Text: "Your other choices", Note: "You can leave these empty."},
		views.CheckBox{ID: "direct_contact", Name: "direct_contact", Text: enquiry.DirectContactWording, Checked: v.Get("direct_contact") == "yes"},
		views.CheckBox{ID: "keep_copy", Name: "keep_copy", Text: enquiry.KeepCopyWording, Checked: v.Get("keep_copy") == "yes"},
		views.CheckBox{ID: "feedback", Name: "feedback", Text: enquiry.FeedbackWording, Checked: v.Get("feedback") == "yes"})
}

func consentStep(v url.Values) (enquiry.Step, check.List) {
	return enquiry.ConsentStep{Consents: enquiry.Consents{Send: v["send"], DirectContact: v.Get("direct_contact") == "yes", KeepCopy: v.Get("keep_copy") == "yes", Feedback: v.Get("feedback") == "yes"}}, nil
}

func selected(value string, options ...ui.Option) []ui.Option {
	for i, o := range options {
		options[i].Selected = o.Value == value
	}
	return options
}

func putDate(v url.Values, name string, d when.Date) {
	if d.Known() {
		v.Set(name+"_day", strconv.Itoa(d.Day))
		v.Set(name+"_month", strconv.Itoa(int(d.Month)))
		v.Set(name+"_year", strconv.Itoa(d.Year))
	}
}

func dateFields(name, legend, hint string, v url.Values, bad check.List) views.DateFields {
	return views.DateFields{ID: name, Name: name, Legend: legend, Hint: hint, Error: bad.On(name), Day: v.Get(name + "_day"), Month: v.Get(name + "_month"), Year: v.Get(name + "_year")}
}

// readDate reads the three inputs; all empty is the unknown date, anything else that is no date a problem.
func readDate(v url.Values, name, what string, bad *check.List) when.Date {
	day, month, year := strings.TrimSpace(v.Get(name+"_day")), strings.TrimSpace(v.Get(name+"_month")), strings.TrimSpace(v.Get(name+"_year"))
	if day+month+year == "" {
		return when.Date{}
	}
	d, err := when.ParseDate(year + "-" + twoDigits(month) + "-" + twoDigits(day))
	if err != nil {
		bad.Add(name, "Enter %s as day, month and year, for example 12 1 2027", what)
	}
	return d
}

func twoDigits(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

// excludedWords says why a treatment is not offered, and what to do instead.
func excludedWords(why catalogue.Exclusion) (heading string, text []string) {
	switch why {
	case catalogue.SolidOrganTransplant:
		return "We do not arrange organ transplants", []string{"Organ transplants abroad carry risks for the donor and for you, and the law in the UK and in India is strict. Talk to your NHS transplant team."}
	case enquiry.OrganTrade:
		return "We cannot help with this", []string{"Buying or selling an organ is a crime in the UK and in India. If somebody offers you an organ, or asks for yours, you can talk to the Modern Slavery and Exploitation Helpline, 08000 121 700."}
	case enquiry.Surrogacy:
		return "We do not arrange surrogacy", []string{"Indian law does not allow surrogacy for people who live abroad as a paid service. A solicitor for family law can tell you what is possible in the UK."}
	case enquiry.SexSelection:
		return "We cannot help with this", []string{"Indian law forbids choosing or telling the sex of a child before birth."}
	case enquiry.AssistedDying:
		return "We cannot help with this", []string{"If you are thinking about ending your life, call 116 123 to talk to Samaritans at any time, or 111 and choose option 2. In an emergency call 999."}
	case enquiry.UnprovenCell:
		return "We do not list unproven cell treatments", []string{"Cell treatments that have not been shown to work can do harm. Ask a UK specialist about treatments and trials that are approved."}
	}
	return "We cannot help with this treatment", []string{"It is not offered for travel. Talk to your GP about what is possible."}
}
