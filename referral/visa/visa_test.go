package visa_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"carecorridor/internal/when"
	"carecorridor/referral/visa"
)

var today = when.Date{Year: 2026, Month: 11, Day: 9}

func letter() visa.Letter {
	return visa.Letter{
		Number: visa.NewNumber(), On: today, Until: today.AddDays(60), Patient: visa.Traveller{Name: "MEENA SAMPLE", Passport: "123456789"},
		Attendants: []visa.Traveller{{Name: "RAJ SAMPLE", Passport: "987654321", Relation: "husband"}}, Treatment: "Knee replacement for osteoarthritis", Hospital: "Sample Hospital",
		HospitalAddress: "1 Sample Road, Chennai", HospitalNumber: "TN-000", Doctor: "Dr Sample Rao", DoctorCouncil: "Sample Medical Council", DoctorNumber: "00000",
		Arrive: today.AddDays(40), Admit: today.AddDays(42), Leave: today.AddDays(62), Cost: "GBP 5,450", ContactName: "International desk", ContactPhone: "+914400000000", ContactEmail: "desk@sample.example",
	}
}

func TestANumberIsReadAsPeopleTypeItAndOneSlipIsFound(t *testing.T) {
	t.Parallel()
	n := visa.NewNumber()
	if !regexp.MustCompile(`^VL-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{2}$`).MatchString(n) {
		t.Fatal(n)
	}
	bare := strings.ReplaceAll(n, "-", "")
	for _, typed := range []string{n, strings.ToLower(n), " " + n + "\n", bare, bare[2:], strings.ReplaceAll(n, "-", " ")} {
		if got, ok := visa.ParseNumber(typed); !ok || got != n {
			t.Errorf("%q: %q", typed, got)
		}
	}
	for i := 2; i < len(bare); i++ {
		for _, other := range "23456789ABCDEFGHJKMNPQRSTUVWXYZ" {
			if wrong := bare[:i] + string(other) + bare[i+1:]; wrong != bare {
				if _, ok := visa.ParseNumber(wrong); ok {
					t.Fatalf("%s passes for %s", wrong, bare)
				}
			}
		}
	}
	for _, typed := range []string{"", "VL", "CC-7K3M-9Q", strings.Repeat("2", 61), "VL-0000-0000-00"} {
		if got, ok := visa.ParseNumber(typed); ok {
			t.Errorf("%q is read as %q", typed, got)
		}
	}
}

func TestALetterIsValidOrNotAndNothingElseIsSaid(t *testing.T) {
	t.Parallel()
	s := &visa.Standing{Issued: today, Until: today.AddDays(60)}
	for _, c := range []struct {
		s    *visa.Standing
		on   when.Date
		want bool
	}{
		{s, today, true}, {s, today.AddDays(60), true}, {s, today.AddDays(61), false}, {s, today.AddDays(-1), false},
		{&visa.Standing{Issued: today, Until: today.AddDays(60), Revoked: true}, today, false}, {nil, today, false}, {&visa.Standing{}, today, false},
	} {
		if got := c.s.Valid(c.on); got != c.want {
			t.Errorf("%+v on %s: %v", c.s, c.on, got)
		}
	}
}

func TestALetterNamesEverythingAVisaOfficeAsksFor(t *testing.T) {
	t.Parallel()
	if l := letter().Check(today); !l.OK() {
		t.Fatal(l)
	}
	for field, spoil := range map[string]func(*visa.Letter){
		"number": func(l *visa.Letter) { l.Number = "VL-0" }, "patient.passport": func(l *visa.Letter) { l.Patient.Passport = "" }, "doctor_number": func(l *visa.Letter) { l.DoctorNumber = " " },
		"arrive": func(l *visa.Letter) { l.Arrive = today }, "admit": func(l *visa.Letter) { l.Admit = l.Arrive.AddDays(-1) }, "leave": func(l *visa.Letter) { l.Leave = l.Admit },
		"until": func(l *visa.Letter) { l.Until = l.Leave.AddDays(1) }, "attendants.0.relation": func(l *visa.Letter) { l.Attendants[0].Relation = "" },
		"attendants": func(l *visa.Letter) { l.Attendants = make([]visa.Traveller, 3) }, "on": func(l *visa.Letter) { l.On = today.AddDays(-1) }, "cost": func(l *visa.Letter) { l.Cost = "" },
	} {
		l := letter()
		spoil(&l)
		if l.Check(today).On(field) == "" {
			t.Errorf("%s: %v", field, l.Check(today))
		}
	}
}

func TestALetterNeverPrints(t *testing.T) {
	t.Parallel()
	if s := fmt.Sprintf("%v %+v %#v", letter(), letter(), letter()); strings.Contains(s, "SAMPLE") || strings.Contains(s, "123456789") {
		t.Error(s)
	}
}
