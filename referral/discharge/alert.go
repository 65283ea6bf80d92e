package discharge

import (
	"fmt"
	"strings"
	"time"

	"carecorridor/fhir"
	"carecorridor/internal/when"
)

// AlertDays is how long the alert lasts: UK hospitals screen after a stay abroad in the previous year (domain.md §5.1).
const AlertDays = 365

// reminderMonths after discharge, when the patient is reminded.
var reminderMonths = []int{1, 6, 11}

// Alert is the overseas-care alert in all its forms, with the same dates in each.
type Alert struct {
	From, Until when.Date // day of discharge, and 365 days later
	Facility    Facility
	Organisms   []string
	Reminders   []when.Date
	// Card is what the patient carries. GPParagraph goes into the letter.
	Card, GPParagraph string
}

// Alert of a stay; ok is false when there was no night in hospital.
func (p Package) Alert() (a Alert, ok bool) {
	if !p.Overnight() {
		return Alert{}, false
	}
	a = Alert{From: p.Stay.Discharged, Until: p.Stay.Discharged.AddDays(AlertDays), Facility: p.Infection.Facility}
	a.Facility.Admitted, a.Facility.Discharged = p.Stay.Admitted, p.Stay.Discharged
	if other, elsewhere := p.abroad(); elsewhere && p.Infection.Night != Yes && !p.nights() {
		a.Facility = other
	}
	for _, o := range p.Infection.Organisms {
		a.Organisms = append(a.Organisms, o.Name.Text)
	}
	for _, m := range reminderMonths {
		a.Reminders = append(a.Reminders, AddMonths(a.From, m))
	}
	a.Card, a.GPParagraph = a.card(), a.paragraph(p.Infection)
	return a, true
}

func (a Alert) card() string {
	return fmt.Sprintf("I stayed overnight in a hospital in %s: %s, %s, from %s to %s. UK hospitals may need to test me for resistant germs. "+
		"I tell any UK hospital or care home before I am admitted, until %s.",
		country(a.Facility.Country), a.Facility.Name, a.Facility.City, a.Facility.Admitted.Long(), a.Facility.Discharged.Long(), a.Until.Long())
}

func (a Alert) paragraph(i Infection) string {
	found := "The hospital states that the patient was tested for resistant organisms and none was found."
	switch {
	case len(a.Organisms) > 0:
		found = fmt.Sprintf("The hospital's laboratory reported: %s. A copy of the report is attached.", strings.Join(a.Organisms, "; "))
	case i.Tested != Yes:
		found = "The hospital states that the patient was not tested for resistant organisms."
	}
	return fmt.Sprintf("Overseas healthcare alert, %s to %s: overnight stay at %s, %s, %s, from %s to %s. %s "+
		"UK guidance is to screen patients who stayed overnight in a healthcare facility outside the UK in the previous year.",
		a.From.Long(), a.Until.Long(), a.Facility.Name, a.Facility.City, country(a.Facility.Country), a.Facility.Admitted.Long(), a.Facility.Discharged.Long(), found)
}

// Flag is the alert as a FHIR resource about a patient, with the same dates.
func (a Alert) Flag(patient string) fhir.Flag {
	return fhir.OverseasStay(fhir.Stay{Patient: patient, From: a.From.String(), Until: a.Until.String(), Facility: a.Facility.Name, City: a.Facility.City,
		Country: a.Facility.Country, Admitted: a.Facility.Admitted.String(), Discharged: a.Facility.Discharged.String()})
}

// AddMonths is the same day of a later month, or that month's last day when it has no such day.
func AddMonths(d when.Date, months int) when.Date {
	if !d.Known() {
		return d
	}
	first := time.Date(d.Year, d.Month+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return when.Date{Year: first.Year(), Month: first.Month(), Day: min(d.Day, last)}
}

// country by its code; the code itself when we have no name for it.
func country(code string) string {
	if code == "IN" {
		return "India"
	}
	return code
}
