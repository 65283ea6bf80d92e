package catalogue

import (
	"testing"

	"carecorridor/internal/when"
	"carecorridor/models"
)

func day(t testing.TB, s string) when.Date {
	t.Helper()
	d, err := when.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestACertificateIsJudgedByTheDay(t *testing.T) {
	t.Parallel()
	cert := models.Accreditation{Body: "NABH", Level: "full", RegisterStatus: models.RegisterValid,
		ValidFrom: day(t, "2023-03-23"), ValidTo: day(t, "2027-03-22")}
	for _, c := range []struct {
		today    string
		want     Standing
		label    string
		accredit bool
	}{
		{"2023-03-22", NotYet, "NABH starts 23 March 2023", false},
		{"2023-03-23", Running, "NABH until March 2027", true},
		{"2027-01-20", Running, "NABH until March 2027", true},
		{"2027-01-21", Running, "NABH ends in 60 days", true},
		{"2027-03-22", Running, "NABH ends in 0 days", true},
		{"2027-03-23", Unconfirmed, "NABH renewal not confirmed", false},
	} {
		got := Judge(cert, day(t, c.today))
		if got.Standing != c.want || got.Label() != c.label || got.Accredits() != c.accredit {
			t.Errorf("%s: %s %q accredits=%v, want %s %q %v", c.today, got.Standing, got.Label(), got.Accredits(), c.want, c.label, c.accredit)
		}
	}
}

func TestOnlyARegisterEarnsAStanding(t *testing.T) {
	t.Parallel()
	today := day(t, "2026-11-22")
	for status, want := range map[models.RegisterStatus]Standing{
		models.RegisterSuspended: Suspended, models.RegisterLapsed: Lapsed, models.RegisterReported: Reported,
		models.RegisterClaimed: Claimed, models.RegisterMentioned: Claimed, "anything else": Claimed,
	} {
		a := models.Accreditation{Body: "JCI", Level: "full", RegisterStatus: status, ValidTo: day(t, "2030-01-01")}
		if got := Judge(a, today); got.Standing != want || got.Accredits() {
			t.Errorf("%s: %s, accredits=%v", status, got.Standing, got.Accredits())
		}
	}
	lab := models.Accreditation{Body: "NABL", Level: "laboratory", RegisterStatus: models.RegisterValid, ValidTo: day(t, "2030-01-01")}
	if Judge(lab, today).Accredits() {
		t.Error("a laboratory certificate is not hospital accreditation")
	}
	undated := models.Accreditation{Body: "NABH", Level: "full", RegisterStatus: models.RegisterValid}
	if got := Judge(undated, today).Standing; got != Reported {
		t.Errorf("a certificate without an end date is only reported, got %s", got)
	}
}
