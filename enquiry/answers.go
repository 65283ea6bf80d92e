package enquiry

import (
	"net/mail"
	"slices"
	"strings"

	"github.com/nyaruka/phonenumbers"

	"carecorridor/internal/check"
	"carecorridor/internal/when"
)

// Limits of what a patient may write, in characters, and of what may be asked.
const (
	MaxHospitals  = 3
	MaxProblem    = 1000
	MaxName       = 100
	MaxEmail      = 254
	MaxMessage    = 2000
	MaxCompanions = 2  // attendant visas (domain.md §3.5)
	EarliestDays  = 28 // visa and vaccinations take 4 to 6 weeks (domain.md §3.5)
	LatestDays    = 730
)

// Answers are what the patient said, apart from how to reach them.
type Answers struct {
	Hospitals     []Chosen   `json:"hospitals"`
	Treatment     string     `json:"treatment"`      // slug; "" when the patient does not know
	TreatmentName string     `json:"treatment_name"` // as the directory named it then
	Problem       string     `json:"problem"`        // exactly as written
	SeenDoctor    SeenDoctor `json:"seen_doctor"`
	Earliest      when.Date  `json:"earliest"`
	Latest        when.Date  `json:"latest"`
	DatesOpen     bool       `json:"dates_open"` // "I do not know yet"
	For           For        `json:"for"`
	Companions    int        `json:"companions"`
	Consents      Consents   `json:"consents"`
	NotNow        []StopKind `json:"not_now"` // warnings that the patient read and said do not apply
	Done          []StepName `json:"done"`
}

// Chosen is a hospital as the patient chose it.
type Chosen struct {
	Slug   string `json:"slug"`
	Name   string `json:"name"`
	Sample bool   `json:"sample"`
}

// SeenDoctor answers "have you seen a UK doctor about this?". No answer blocks.
type SeenDoctor string

// Answers about a UK doctor.
const (
	SeenYes     SeenDoctor = "yes"
	SeenNo      SeenDoctor = "no"
	SeenNotSure SeenDoctor = "not_sure"
)

// For says who is to be treated.
type For string

// Who is to be treated. Under 18 stops: see UnderAge.
const (
	ForSelf    For = "self"
	ForOther   For = "other_adult" // who knows of this and agrees
	ForUnder18 For = "under_18"
)

// Contact is how to reach the patient. Hospitals see it only after a quote was accepted, or with consent.
type Contact struct {
	Name  string     `json:"name"`
	Email string     `json:"email"`
	Phone string     `json:"phone"` // E.164, or "" when not given
	By    ContactBy  `json:"by"`
	When  ContactDay `json:"when"`
}

// ContactBy is how the patient wants to be reached.
type ContactBy string

// Ways to reach a patient.
const (
	ByEmail ContactBy = "email"
	ByPhone ContactBy = "phone"
)

// ContactDay is when the patient wants to be called, UK time.
type ContactDay string

// Times to call.
const (
	AnyTime   ContactDay = "any"
	Morning   ContactDay = "morning"   // 8am to 12 noon
	Afternoon ContactDay = "afternoon" // 12 noon to 5pm
	Evening   ContactDay = "evening"   // 5pm to 8pm
)

// StepName names a step of the form; it is also the last part of its address.
type StepName string

// Steps, in the order of the form.
const (
	StepHospitals StepName = "hospitals"
	StepTreatment StepName = "treatment"
	StepDoctor    StepName = "doctor"
	StepDates     StepName = "dates"
	StepTravel    StepName = "travel"
	StepContact   StepName = "contact"
	StepRecords   StepName = "records"
	StepConsent   StepName = "consent"
)

// Steps are all of them in order.
var Steps = []StepName{StepHospitals, StepTreatment, StepDoctor, StepDates, StepTravel, StepContact, StepRecords, StepConsent}

// Next is the step after s, "" after the last: then come the answers to check.
func (s StepName) Next() StepName {
	if at := slices.Index(Steps, s); at >= 0 && at+1 < len(Steps) {
		return Steps[at+1]
	}
	return ""
}

// Step is the input of one step. Check says what is wrong with it on a day, British time.
type Step interface {
	Name() StepName
	Check(today when.Date) check.List
	apply(*Answers, *Contact)
}

// HospitalsStep chooses 1 to 3 hospitals by slug. Field: hospitals.
type HospitalsStep struct {
	Slugs []string
	found []Chosen // by the service
}

// Name of the step.
func (HospitalsStep) Name() StepName { return StepHospitals }

// Check counts them.
func (s HospitalsStep) Check(when.Date) (l check.List) {
	l.Need(len(s.Slugs) > 0, "hospitals", "Choose at least 1 hospital")
	l.Need(len(s.Slugs) <= MaxHospitals, "hospitals", "Choose no more than %d hospitals", MaxHospitals)
	return l
}

func (s HospitalsStep) apply(a *Answers, _ *Contact) { a.Hospitals = s.found }

// TreatmentStep says what is wrong and what is wanted. Fields: treatment, problem.
type TreatmentStep struct {
	Treatment string // slug, or "" when not known
	Problem   string
	NotNow    []StopKind // warnings that the patient read and says do not apply
	name      string     // of the treatment, by the service
}

// Name of the step.
func (TreatmentStep) Name() StepName { return StepTreatment }

// Check the words. The treatment itself is checked against the directory when it is saved.
func (s TreatmentStep) Check(when.Date) (l check.List) {
	l.Need(!check.Blank(s.Problem), "problem", "Describe the main problem in your own words")
	l.Text("problem", "The main problem", check.Lines(s.Problem), MaxProblem)
	return l
}

func (s TreatmentStep) apply(a *Answers, _ *Contact) {
	a.Treatment, a.TreatmentName, a.Problem, a.NotNow = s.Treatment, s.name, check.Lines(s.Problem), s.NotNow
}

// DoctorStep: have you seen a UK doctor about this? Field: doctor.
type DoctorStep struct{ Seen SeenDoctor }

// Name of the step.
func (DoctorStep) Name() StepName { return StepDoctor }

// Check that one was chosen.
func (s DoctorStep) Check(when.Date) (l check.List) {
	l.Need(slices.Contains([]SeenDoctor{SeenYes, SeenNo, SeenNotSure}, s.Seen), "doctor", "Select yes, no or not sure")
	return l
}

func (s DoctorStep) apply(a *Answers, _ *Contact) { a.SeenDoctor = s.Seen }

// DatesStep: when could you travel? Fields: earliest, latest. With Open the dates are left out.
type DatesStep struct {
	Earliest, Latest when.Date
	Open             bool
}

// Name of the step.
func (DatesStep) Name() StepName { return StepDates }

// Check that the dates can be kept.
func (s DatesStep) Check(today when.Date) (l check.List) {
	if s.Open {
		return nil
	}
	first, last := today.AddDays(EarliestDays), today.AddDays(LatestDays)
	switch {
	case !s.Earliest.Known():
		l.Add("earliest", "Enter the earliest date you could travel, or select that you do not know yet")
	case s.Earliest.Before(first):
		l.Add("earliest", "The earliest date must be %s or later. Visas and vaccinations take 4 to 6 weeks", first.Long())
	}
	switch {
	case !s.Latest.Known():
		l.Add("latest", "Enter the latest date you could travel")
	case s.Latest.Before(s.Earliest):
		l.Add("latest", "The latest date must be the same as or after the earliest date")
	case last.Before(s.Latest):
		l.Add("latest", "The latest date must be %s or earlier", last.Long())
	}
	return l
}

func (s DatesStep) apply(a *Answers, _ *Contact) {
	a.Earliest, a.Latest, a.DatesOpen = s.Earliest, s.Latest, s.Open
	if s.Open {
		a.Earliest, a.Latest = when.Date{}, when.Date{}
	}
}

// TravelStep: who is treated and who travels along. Fields: for, companions.
type TravelStep struct {
	For        For
	Companions int // 0 to 2
}

// Name of the step.
func (TravelStep) Name() StepName { return StepTravel }

// Check both.
func (s TravelStep) Check(when.Date) (l check.List) {
	l.Need(slices.Contains([]For{ForSelf, ForOther, ForUnder18}, s.For), "for", "Select who the treatment is for")
	l.Need(s.Companions >= 0 && s.Companions <= MaxCompanions, "companions", "Select 0, 1 or %d people. India gives visas for up to %d companions", MaxCompanions, MaxCompanions)
	return l
}

func (s TravelStep) apply(a *Answers, _ *Contact) { a.For, a.Companions = s.For, s.Companions }

// ContactStep: how to reach you. Fields: name, email, phone, by, when.
type ContactStep struct{ Contact }

// Name of the step.
func (ContactStep) Name() StepName { return StepContact }

// Check that what was given can be used.
func (s ContactStep) Check(when.Date) (l check.List) {
	l.Need(!check.Blank(s.Contact.Name), "name", "Enter your full name")
	l.Line("name", "Your name", s.Contact.Name, MaxName)
	l.Need(emailOK(s.Email), "email", "Enter an email address in the right form, like name@example.com")
	_, phoneOK := phoneOf(s.Phone)
	l.Need(phoneOK, "phone", "Enter a phone number, like 07700 900982 or +44 7700 900982, or leave it empty")
	l.Need(s.By == ByEmail || s.By == ByPhone, "by", "Select how you want to be contacted")
	l.Need(s.By != ByPhone || !check.Blank(s.Phone), "phone", "Enter a phone number, or select email as the way to contact you")
	l.Need(slices.Contains([]ContactDay{AnyTime, Morning, Afternoon, Evening}, s.When), "when", "Select when you want to be contacted")
	return l
}

func (s ContactStep) apply(_ *Answers, c *Contact) {
	*c = s.Contact
	c.Name, c.Email = strings.TrimSpace(c.Name), strings.TrimSpace(c.Email)
	c.Phone, _ = phoneOf(c.Phone)
}

// emailOK: one bare address of ASCII with a dot in its domain. Names and comments around it are refused.
func emailOK(s string) bool {
	s = strings.TrimSpace(s)
	a, err := mail.ParseAddress(s)
	if err != nil || a.Address != s || a.Name != "" || len(s) > MaxEmail {
		return false
	}
	_, domain, _ := strings.Cut(s, "@")
	return strings.Contains(domain, ".") && !strings.ContainsAny(s, "\"[]\x7f \t") && !strings.ContainsFunc(s, func(r rune) bool { return r > 126 || r < 32 })
}

// phoneOf is a number as E.164; British when it names no country. Empty is fine and stays empty.
func phoneOf(s string) (string, bool) {
	if s = strings.TrimSpace(s); s == "" {
		return "", true
	}
	if len(s) > 40 {
		return "", false
	}
	n, err := phonenumbers.Parse(s, "GB")
	if err != nil || !phonenumbers.IsPossibleNumber(n) {
		return "", false
	}
	return phonenumbers.Format(n, phonenumbers.E164), true
}

// RecordsStep notes that the patient has said which documents to share, perhaps none.
type RecordsStep struct{}

// Name of the step.
func (RecordsStep) Name() StepName { return StepRecords }

// Check nothing: documents are optional.
func (RecordsStep) Check(when.Date) check.List { return nil }

func (RecordsStep) apply(*Answers, *Contact) {}
