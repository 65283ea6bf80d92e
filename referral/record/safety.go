package record

import (
	"slices"
	"strconv"
	"strings"

	"carecorridor/internal/check"
	"carecorridor/internal/when"
)

// Safety are the questions before anybody travels (domain.md §3.4, ux.md §6.12). Each is answered; "not known" is an
// answer where it can be.
type Safety struct {
	hidden
	Clots          Answer    `json:"vte"`            // a blood clot before, or a condition that makes one likely
	Anticoagulants Answer    `json:"anticoagulants"` // takes one
	MRSA           Carrier   `json:"mrsa"`
	CPE            Carrier   `json:"cpe"`
	CAuris         Carrier   `json:"c_auris"`
	BloodBorne     Carrier   `json:"blood_borne"`
	Abroad         Answer    `json:"overnight_abroad"` // a night in a healthcare facility outside the UK in 12 months
	UKHospital     Answer    `json:"overnight_uk"`     // a night in a UK hospital in 12 months: India asks the same
	Stays          []Stay    `json:"stays"`
	Anaesthetic    Answer    `json:"anaesthetic_problems"` // difficult airway, malignant hyperthermia in the family
	FitToFly       FitToFly  `json:"fit_to_fly"`
	Frailty        string    `json:"frailty"` // by a named tool; a referrer's alone
	NoImplants     bool      `json:"no_implants"`
	Implants       []Implant `json:"implants"`
}

// Answer to a safety question. Words are needed with a yes.
type Answer struct {
	Is    Known  `json:"is"`
	Words string `json:"words"`
}

// Known is yes, no or not known.
type Known string

// Answers.
const (
	IsYes    Known = "yes"
	IsNo     Known = "no"
	NotKnown Known = "not_known"
)

// Carrier says whether somebody carries or carried a resistant organism.
type Carrier string

// Carriers.
const (
	Carries    Carrier = "positive"
	Clear      Carrier = "negative"
	NeverTest  Carrier = "not_tested"
	CarrierNot Carrier = "not_known"
)

// Stay in a facility.
type Stay struct {
	Facility string    `json:"facility"`
	Country  string    `json:"country"` // ISO 3166 alpha-2
	From     when.Date `json:"from"`
	To       when.Date `json:"to"`
}

// FitToFly is the referrer's or patient's view. The airline decides.
type FitToFly string

// Views.
const (
	FitYes       FitToFly = "yes"
	FitWithCare  FitToFly = "with_arrangements"
	FitNo        FitToFly = "no"
	FitNotJudged FitToFly = "not_assessed"
)

// Implant or device in the body, for an MRI scanner's sake.
type Implant struct {
	What string `json:"what"`
	MRI  string `json:"mri"` // safe, conditional, unsafe, unknown
}

// Check the answers. Fields are the JSON names; words at vte.words and so on.
func (s Safety) Check(r Rules) (l check.List) {
	for _, q := range []struct {
		field, say string
		a          Answer
	}{
		{"vte", "Select whether there was a blood clot or a condition that makes one likely", s.Clots},
		{"anticoagulants", "Select whether the patient takes a medicine that thins the blood", s.Anticoagulants},
		{"anaesthetic_problems", "Select whether there were problems with an anaesthetic, or in the family", s.Anaesthetic},
		{"overnight_abroad", "Select whether the patient stayed overnight in a healthcare facility outside the UK in the last 12 months", s.Abroad},
		{"overnight_uk", "Select whether the patient stayed overnight in a UK hospital in the last 12 months", s.UKHospital},
	} {
		choose(&l, q.field, q.say, q.a.Is, IsYes, IsNo, NotKnown)
		text(&l, q.field+".words", "details", q.a.Words, q.a.Is == IsYes && !strings.HasPrefix(q.field, "overnight"))
	}
	for _, q := range []struct {
		field, what string
		c           Carrier
	}{{"mrsa", "MRSA", s.MRSA}, {"cpe", "CPE", s.CPE}, {"c_auris", "Candida auris", s.CAuris}, {"blood_borne", "hepatitis B, hepatitis C or HIV", s.BloodBorne}} {
		choose(&l, q.field, "Select what is known about "+q.what, q.c, Carries, Clear, NeverTest, CarrierNot)
	}
	s.checkStays(&l, r.Today)
	choose(&l, "fit_to_fly", "Select whether the patient is fit to fly", s.FitToFly, FitYes, FitWithCare, FitNo, FitNotJudged)
	text(&l, "frailty", "frailty and the tool it was measured with", s.Frailty, false)
	either(&l, "implants", "Enter implants and devices, or select that there are none", s.NoImplants, len(s.Implants))
	for i, x := range s.Implants {
		at := "implants." + strconv.Itoa(i) + "."
		name(&l, at+"what", "implant or device", x.What)
		choose(&l, at+"mri", "Select whether it may go into an MRI scanner", x.MRI, "safe", "conditional", "unsafe", "unknown")
	}
	return l
}

func (s Safety) checkStays(l *check.List, today when.Date) {
	stayed := s.Abroad.Is == IsYes || s.UKHospital.Is == IsYes
	l.Need(!stayed || len(s.Stays) > 0, "stays", "Enter where the patient stayed overnight")
	for i, x := range s.Stays {
		at := "stays." + strconv.Itoa(i) + "."
		name(l, at+"facility", "name of the facility", x.Facility)
		l.Need(countryShape.MatchString(x.Country), at+"country", "Select the country")
		l.Need(x.From.Known() && x.To.Known() && !x.To.Before(x.From) && !today.Before(x.To), at+"from", "Enter the first and last day of the stay, in the past")
	}
}

// RedFlags are answers that the safety reviewer looks at before anything is sent on, by their field.
func (s Safety) RedFlags() (out []string) {
	for field, yes := range map[string]bool{
		"vte": s.Clots.Is == IsYes, "anticoagulants": s.Anticoagulants.Is == IsYes, "anaesthetic_problems": s.Anaesthetic.Is == IsYes,
		"mrsa": s.MRSA == Carries, "cpe": s.CPE == Carries, "c_auris": s.CAuris == Carries, "fit_to_fly": s.FitToFly == FitNo,
	} {
		if yes {
			out = append(out, field)
		}
	}
	slices.Sort(out)
	return out
}

// Scan is what is known of a file. Until it is safe nobody but who sent it may open it (brief §11).
type Scan string

// Scans, as e-RS names them.
const (
	ScanPending Scan = "pending"
	ScanSafe    Scan = "available"
	ScanThreat  Scan = "threats_found"
	ScanFailed  Scan = "validation_failed"
)

// AttachmentKinds are the kinds of document.
var AttachmentKinds = []string{"referral_letter", "imaging", "lab", "pathology", "photo", "id", "consent", "other"}

// Limits of documents.
const (
	MaxFileBytes = 25 << 20
	MaxFiles     = 30
)

// Shortlist is which hospitals, in the patient's order.
type Shortlist struct {
	Hospitals []ShortlistEntry `json:"hospitals"`
}

// ShortlistEntry is one hospital, with what its listing said when it was chosen.
type ShortlistEntry struct {
	Slug     string `json:"slug"`
	Name     string `json:"name"`
	Snapshot string `json:"snapshot"` // version of the listing
	Why      string `json:"why"`      // the patient's reason, if given
}

// Check the shortlist. Field: hospitals.
func (s Shortlist) Check(r Rules) (l check.List) {
	l.Need(len(s.Hospitals) > 0, "hospitals", "Choose at least 1 hospital")
	l.Need(len(s.Hospitals) <= r.MaxHospitals, "hospitals", "Choose no more than %d hospitals", r.MaxHospitals)
	seen := map[string]bool{}
	for _, h := range s.Hospitals {
		l.Need(!seen[h.Slug], "hospitals", "%s is chosen twice", h.Name)
		seen[h.Slug] = true
		text(&l, "hospitals", "reason", h.Why, false)
	}
	return l
}
