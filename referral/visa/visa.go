// Package visa holds the invitation letter that an Indian medical visa asks for: its number, its fields, and what the
// public page says about a number, which is valid or not and nothing more. It is not the printed letter, and not advice
// about visas.
package visa

import (
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"strings"

	"carecorridor/internal/check"
	"carecorridor/internal/reference"
	"carecorridor/internal/when"
)

// numbers of letters have nine symbols at random, one of 26 million million: a number cannot be guessed, and knowing one
// proves nothing but that a letter was issued.
var numbers = reference.Kind{Prefix: "VL", Symbols: 10}

// NewNumber is a random number, such as VL-7K3M-9QWE-2X.
func NewNumber() string { return numbers.New() }

// ParseNumber reads a number as people type it: any case, with or without hyphens, spaces and the letters VL.
func ParseNumber(typed string) (number string, ok bool) { return numbers.Parse(typed) }

// Standing is what is kept of a number for the public page: no name, no hospital.
type Standing struct {
	Issued, Until when.Date
	Revoked       bool
}

// Valid reports whether a letter is in force on a day. A number that was never issued has no Standing: the page says the
// same of it as of one that was revoked or ran out.
func (s *Standing) Valid(today when.Date) bool {
	return s != nil && !s.Revoked && s.Issued.Known() && !today.Before(s.Issued) && !s.Until.Before(today)
}

// Letter is what the invitation says (domain.md §3.7).
type Letter struct {
	Number          string      `json:"number"`
	On              when.Date   `json:"on"`
	Until           when.Date   `json:"until"`
	Patient         Traveller   `json:"patient"`
	Attendants      []Traveller `json:"attendants"`
	Treatment       string      `json:"treatment"` // diagnosis and treatment
	Hospital        string      `json:"hospital"`
	HospitalAddress string      `json:"hospital_address"`
	HospitalNumber  string      `json:"hospital_number"` // registration
	Doctor          string      `json:"doctor"`
	DoctorCouncil   string      `json:"doctor_council"`
	DoctorNumber    string      `json:"doctor_number"`
	Arrive          when.Date   `json:"arrive"`
	Admit           when.Date   `json:"admit"`
	Leave           when.Date   `json:"leave"`
	Cost            string      `json:"cost"` // statement, with the currency
	ContactName     string      `json:"contact_name"`
	ContactPhone    string      `json:"contact_phone"`
	ContactEmail    string      `json:"contact_email"`
}

// Traveller is somebody the letter names.
type Traveller struct {
	Name     string `json:"name"` // as in the passport
	Passport string `json:"passport"`
	Relation string `json:"relation"` // of an attendant
}

// Limits of a letter.
const (
	MaxAttendants = 2 // for each medical visa
)

// Check a letter on the day it is issued. Fields are the JSON names; attendants.0.name and so on.
func (l Letter) Check(today when.Date) (p check.List) {
	_, ok := ParseNumber(l.Number)
	p.Need(ok, "number", "The letter needs a number")
	p.Need(l.On == today, "on", "The letter is dated today")
	for _, x := range []struct{ field, what, text string }{
		{"patient.name", "patient's name as in the passport", l.Patient.Name}, {"patient.passport", "patient's passport number", l.Patient.Passport},
		{"treatment", "diagnosis and treatment", l.Treatment}, {"hospital", "name of the hospital", l.Hospital}, {"hospital_address", "address of the hospital", l.HospitalAddress},
		{"hospital_number", "registration of the hospital", l.HospitalNumber}, {"doctor", "treating doctor", l.Doctor}, {"doctor_council", "doctor's council", l.DoctorCouncil},
		{"doctor_number", "doctor's registration number", l.DoctorNumber}, {"cost", "statement of the cost", l.Cost}, {"contact_name", "name to contact", l.ContactName},
		{"contact_phone", "phone number to contact", l.ContactPhone}, {"contact_email", "email address to contact", l.ContactEmail},
	} {
		p.Need(strings.TrimSpace(x.text) != "", x.field, "Enter the %s", x.what)
		p.Text(x.field, "The "+x.what, x.text, 500)
	}
	l.checkDays(&p, today)
	p.Need(len(l.Attendants) <= MaxAttendants, "attendants", "A medical visa allows up to %d attendants", MaxAttendants)
	for i, a := range l.Attendants {
		at := "attendants." + strconv.Itoa(i) + "."
		p.Need(strings.TrimSpace(a.Name) != "", at+"name", "Enter the name of attendant %d", i+1)
		p.Need(strings.TrimSpace(a.Passport) != "", at+"passport", "Enter the passport number of attendant %d", i+1)
		p.Need(strings.TrimSpace(a.Relation) != "", at+"relation", "Enter how attendant %d is related to the patient", i+1)
	}
	return p
}

func (l Letter) checkDays(p *check.List, today when.Date) {
	p.Need(l.Arrive.Known() && today.Before(l.Arrive), "arrive", "Enter the day of arrival, after today")
	p.Need(l.Admit.Known() && !l.Admit.Before(l.Arrive), "admit", "Enter the day of admission, on or after the arrival")
	p.Need(l.Leave.Known() && l.Admit.Before(l.Leave), "leave", "Enter the day of the journey home, after the admission")
	last := l.Leave
	p.Need(l.Until.Known() && !l.Until.Before(today) && !last.Before(l.Until), "until", "The letter is valid until the journey home or an earlier day")
}

// dots stand for a patient's details where they must not be written.
const dots = "•••"

// Format prints dots for every verb.
func (Letter) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, dots) }

// LogValue gives dots to slog.
func (Letter) LogValue() slog.Value { return slog.StringValue(dots) }
