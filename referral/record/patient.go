package record

import (
	"net/mail"
	"slices"
	"strings"

	"carecorridor/internal/check"
	"carecorridor/internal/nhs"
	"carecorridor/internal/when"
)

// Patient is who the referral is for (domain.md §3.2).
type Patient struct {
	hidden
	NHSNumber    string       `json:"nhs_number"` // 10 digits, or "" with NoNumber
	NoNumber     nhs.NoNumber `json:"no_nhs_number"`
	Title        string       `json:"title"`
	Given        string       `json:"given"` // as in the passport
	Family       string       `json:"family"`
	KnownAs      string       `json:"known_as"`
	Born         when.Date    `json:"born"`
	Sex          Sex          `json:"sex"` // for care alone
	SexNote      string       `json:"sex_note"`
	Address      string       `json:"address"`
	Postcode     string       `json:"postcode"`
	Email        string       `json:"email"`
	Phone        string       `json:"phone"`
	Contact      Contact      `json:"contact"`
	NoGP         bool         `json:"no_gp"`
	GPCode       string       `json:"gp_code"` // ODS code of the practice
	GPName       string       `json:"gp_name"`
	GPShare      string       `json:"gp_share"` // one of referral.GPShares
	Language     string       `json:"language"` // BCP 47
	Interpreter  YesNo        `json:"interpreter"`
	Adjustments  string       `json:"adjustments"` // reasonable adjustments, in words
	Safeguarding Safeguarding `json:"safeguarding"`
	Concern      string       `json:"concern"`
	Capacity     Capacity     `json:"capacity"`
}

// Contact is somebody to reach in an emergency, who knows of this.
type Contact struct {
	Name     string `json:"name"`
	Relation string `json:"relation"`
	Phone    string `json:"phone"`
	Agreed   bool   `json:"agreed"`
}

// Sex as care needs it.
type Sex string

// Sexes are the choices (FHIR administrative gender).
var Sexes = []Sex{"female", "male", "other", "unknown"}

// YesNo is an answer that is not given until it is given.
type YesNo string

// Answers.
const (
	Unanswered YesNo = ""
	Yes        YesNo = "yes"
	No         YesNo = "no"
)

// Answered reports whether somebody said either.
func (a YesNo) Answered() bool { return a == Yes || a == No }

// Safeguarding answers whether there is a concern. One goes to the safety reviewer.
type Safeguarding string

// Answers about safeguarding.
const (
	NoConcern Safeguarding = "none"
	Concern   Safeguarding = "concern"
)

// Capacity says whether the patient can decide about this.
type Capacity string

// Capacities. NotAble stops: see StopCapacity.
const (
	Able      Capacity = "yes"
	Supported Capacity = "supported" // with help to understand and say
	NotAble   Capacity = "no"
)

// CanConsent reports whether the patient decides in person.
func (c Capacity) CanConsent() bool { return c == Able || c == Supported }

// Rules are what a deployment allows.
type Rules struct {
	Today        when.Date
	TestNumbers  bool // NHS numbers from 999 000 0000: never in production
	ByReferrer   bool // a clinician writes, who knows more than a patient has to
	MaxHospitals int
	Oncology     bool // the treatment that is asked for is one of cancer care
}

// Check the patient's details. Fields are the JSON names, contact.name and so on.
func (p Patient) Check(r Rules) (l check.List) {
	p.checkNumber(&l, r)
	name(&l, "given", "first names as in the passport", p.Given)
	name(&l, "family", "last name as in the passport", p.Family)
	line(&l, "title", "title", p.Title)
	line(&l, "known_as", "name they are known by", p.KnownAs)
	checkBorn(&l, p.Born, r.Today)
	choose(&l, "sex", "Select the sex recorded for care", p.Sex, Sexes...)
	line(&l, "sex_note", "note", p.SexNote)
	text(&l, "address", "address", p.Address, true)
	_, ok := nhs.ParsePostcode(p.Postcode)
	l.Need(ok, "postcode", "Enter a full UK postcode, such as LE1 6HX")
	checkEmail(&l, "email", p.Email)
	_, ok = nhs.ParsePhone(p.Phone)
	l.Need(ok, "phone", "Enter a phone number, such as 07700 900123 or +44 7700 900123")
	p.checkContact(&l)
	p.checkGP(&l, r)
	l.Need(languageShape.MatchString(p.Language), "language", "Select the language")
	choose(&l, "interpreter", "Select yes if an interpreter is needed", p.Interpreter, Yes, No)
	text(&l, "adjustments", "adjustments", p.Adjustments, false)
	choose(&l, "safeguarding", "Select whether there is a safeguarding concern", p.Safeguarding, NoConcern, Concern)
	text(&l, "concern", "safeguarding concern", p.Concern, p.Safeguarding == Concern)
	choose(&l, "capacity", "Select whether the patient can decide about this", p.Capacity, Able, Supported, NotAble)
	return l
}

func (p Patient) checkNumber(l *check.List, r Rules) {
	if strings.TrimSpace(p.NHSNumber) == "" {
		choose(l, "nhs_number", "Enter the NHS number, or select why there is none", p.NoNumber, nhs.NoNumbers...)
		return
	}
	if _, flaw := nhs.ParseNumber(p.NHSNumber, r.TestNumbers); flaw != "" {
		l.Add("nhs_number", "%s", string(flaw))
	}
}

// AdultAge from which a patient may be referred.
const AdultAge = 18

func checkBorn(l *check.List, born, today when.Date) {
	switch {
	case !born.Known():
		l.Add("born", "Enter the date of birth, such as 14 5 1958")
	case today.Before(born):
		l.Add("born", "The date of birth must be in the past")
	case born.Before(when.Date{Year: today.Year - 130, Month: today.Month, Day: 1}):
		l.Add("born", "The date of birth is more than 130 years ago. Check the year")
	case today.Before(whenAdult(Patient{Born: born})):
		l.Add("born", "The patient must be %d or over", AdultAge)
	}
}

// whenAdult is the patient's 18th birthday.
func whenAdult(p Patient) when.Date {
	return when.Date{Year: p.Born.Year + AdultAge, Month: p.Born.Month, Day: p.Born.Day}
}

func (p Patient) checkContact(l *check.List) {
	c := p.Contact
	if c == (Contact{}) {
		return
	}
	name(l, "contact.name", "name of the person to contact", c.Name)
	line(l, "contact.relation", "relation", c.Relation)
	_, ok := nhs.ParsePhone(c.Phone)
	l.Need(ok, "contact.phone", "Enter the phone number of the person to contact")
	l.Need(c.Agreed, "contact.agreed", "Confirm that this person agreed to be contacted")
}

// shares are the choices about the GP, as in package referral.
var shares = []string{"share_all", "share_discharge_only", "do_not_share", "no_gp"}

// checkGP: a practice is named by its code; a patient who writes alone knows its name and need not know the code.
func (p Patient) checkGP(l *check.List, r Rules) {
	_, ok := nhs.ParseODS(p.GPCode)
	switch {
	case p.NoGP:
	case r.ByReferrer:
		l.Need(ok, "gp_code", "Select the GP practice, or that the patient has none")
	case strings.TrimSpace(p.GPCode) != "":
		l.Need(ok, "gp_code", "Check the code of the practice, or leave it out")
	default:
		l.Need(strings.TrimSpace(p.GPName) != "", "gp_name", "Enter the name and town of your GP practice, or select that you have none")
	}
	line(l, "gp_name", "name of the practice", p.GPName)
	l.Need(slices.Contains(shares, p.GPShare), "gp_share", "Select what the GP gets")
	l.Need(!p.NoGP || p.GPShare == "" || p.GPShare == "no_gp", "gp_share", "Without a GP nothing can be shared with one")
}

func checkEmail(l *check.List, field, s string) {
	a, err := mail.ParseAddress(s)
	ok := err == nil && a.Address == strings.TrimSpace(s) && len(s) <= 254 && strings.Contains(s[strings.LastIndex(s, "@")+1:], ".")
	l.Need(ok, field, "Enter an email address, such as name@example.com")
}
