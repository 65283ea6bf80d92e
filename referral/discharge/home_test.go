package discharge_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"carecorridor/internal/when"
	"carecorridor/referral/discharge"
)

func TestTheAlertHasTheSameDatesOnCardLetterAndFlag(t *testing.T) {
	t.Parallel()
	a, ok := whole().Alert()
	if !ok {
		t.Fatal("a night in hospital raises no alert")
	}
	until := discharged.AddDays(365)
	if a.From != discharged || a.Until != until {
		t.Errorf("%s to %s", a.From, a.Until)
	}
	for name, text := range map[string]string{"card": a.Card, "letter": a.GPParagraph} {
		for _, want := range []string{until.Long(), "Sample Hospital", "Chennai", "India", admitted.Long(), discharged.Long()} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %q is missing in %q", name, want, text)
			}
		}
	}
	f := a.Flag("urn:uuid:patient")
	if f.Period.Start != a.From.String() || f.Period.End != a.Until.String() || f.Subject.Reference != "urn:uuid:patient" || f.Category[0].Coding[0].Code != "IR" {
		t.Errorf("flag %+v", f)
	}
	if text, err := json.Marshal(f); err != nil || !strings.Contains(string(text), `"2026-10-05"`) {
		t.Errorf("%s, %v", text, err)
	}
	want := []when.Date{{Year: 2026, Month: time.November, Day: 12}, {Year: 2027, Month: time.April, Day: 12}, {Year: 2027, Month: time.September, Day: 12}}
	if !slices.Equal(a.Reminders, want) {
		t.Errorf("reminders %v", a.Reminders)
	}
}

func TestWithoutANightThereIsNoAlert(t *testing.T) {
	t.Parallel()
	p := whole()
	p.Stay.Admitted, p.Infection.Facility.Admitted, p.Procedures[0].On, p.Infection.Night = discharged, discharged, discharged, discharge.No
	if l := p.Check(today); !l.OK() {
		t.Error(l)
	}
	if a, ok := p.Alert(); ok || a.Card != "" {
		t.Errorf("%+v", a)
	}
}

func TestANightInAnotherHospitalAbroadInTheYearBeforeRaisesTheAlert(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		country string
		back    int // days from that discharge to this one
		nights  int
		want    bool
	}{"weeks ago": {"IN", 30, 3, true}, "in the United Kingdom": {"GB", 30, 3, false}, "two years ago": {"IN", 700, 3, false}, "a day case": {"IN", 30, 0, false}} {
		p := whole()
		p.Stay.Admitted, p.Infection.Facility.Admitted, p.Procedures[0].On, p.Infection.Night = discharged, discharged, discharged, discharge.No
		out := discharged.AddDays(-c.back)
		p.Infection.Elsewhere, p.Infection.Others = discharge.Yes, []discharge.Facility{{Name: "Other Hospital", City: "Pune", Country: c.country, Admitted: out.AddDays(-c.nights), Discharged: out}}
		if l := p.Check(today); !l.OK() {
			t.Fatal(l)
		}
		a, ok := p.Alert()
		if ok != c.want || ok && (!strings.Contains(a.Card, "Other Hospital, Pune") || a.From != discharged) {
			t.Errorf("%s: %v, %s", name, ok, a.Card)
		}
	}
}

func TestANightIsNotLostByWhatTheInfectionBlockSays(t *testing.T) {
	t.Parallel()
	p := whole()
	p.Infection.Night, p.Infection.Facility.Admitted = discharge.No, p.Infection.Facility.Discharged
	a, ok := p.Alert()
	if !ok || p.Check(today).OK() {
		t.Error("a stay of a week without a night passes")
	}
	if !strings.Contains(a.Card, admitted.Long()) {
		t.Errorf("the card has the days of the stay: %s", a.Card)
	}
}

func TestTheAlertSaysWhatTheLaboratoryFoundAndInfersNothing(t *testing.T) {
	t.Parallel()
	p := whole()
	a, _ := p.Alert()
	if !strings.Contains(a.GPParagraph, "not tested") {
		t.Error(a.GPParagraph)
	}
	p.Infection.Tested = discharge.Yes
	if a, _ = p.Alert(); !strings.Contains(a.GPParagraph, "none was found") {
		t.Error(a.GPParagraph)
	}
	p.Infection.Organisms = []discharge.Organism{{Name: discharge.Coded{Text: "Klebsiella pneumoniae, NDM"}}}
	if a, _ = p.Alert(); !strings.Contains(a.GPParagraph, "Klebsiella pneumoniae, NDM") || strings.Contains(a.Card, "Klebsiella") {
		t.Errorf("letter %q, card %q", a.GPParagraph, a.Card)
	}
}

func TestMonthsAreCountedToTheLastDay(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from   when.Date
		months int
		want   when.Date
	}{
		{when.Date{Year: 2027, Month: 1, Day: 31}, 1, when.Date{Year: 2027, Month: 2, Day: 28}}, {when.Date{Year: 2027, Month: 8, Day: 31}, 6, when.Date{Year: 2028, Month: 2, Day: 29}},
		{when.Date{Year: 2026, Month: 12, Day: 12}, 11, when.Date{Year: 2027, Month: 11, Day: 12}}, {when.Date{}, 3, when.Date{}},
	} {
		if got := discharge.AddMonths(c.from, c.months); got != c.want {
			t.Errorf("%s + %d: %s, want %s", c.from, c.months, got, c.want)
		}
	}
}

func TestEveryFamilyHasAScheduleFromTwoDaysToAYear(t *testing.T) {
	t.Parallel()
	for _, r := range discharge.FlightRules {
		plan := discharge.Plan(r.Family, discharged)
		codes := map[string]bool{}
		for i, x := range plan {
			if codes[x.Code] || x.What == "" || x.Doer == "" || i > 0 && x.Due.Before(plan[i-1].Due) {
				t.Errorf("%s: %+v", r.Family, x)
			}
			codes[x.Code] = true
		}
		first, last := plan[0], plan[len(plan)-1]
		if days := discharged.DaysUntil(first.Due); days < 2 || days > 3 || last.Due != discharge.AddMonths(discharged, 12) {
			t.Errorf("%s: from day %d to %s", r.Family, days, last.Due)
		}
	}
}

func TestAnItemWithoutAnOwnerIsShownBeforeAnythingIsAccepted(t *testing.T) {
	t.Parallel()
	plan := discharge.Plan(discharge.Joint, discharged)
	if l := discharge.CheckPlan(plan); l.On("items.wound_7d.provider") == "" || l.On("items.wound_7d.where") == "" || l.On("items.first_call.where") != "" {
		t.Error(l)
	}
	for i := range plan {
		plan[i].Provider, plan[i].Where, plan[i].Cost, plan[i].PaidBy = "Sample Clinic", "Leicester", "included", "Hospital"
	}
	if l := discharge.CheckPlan(plan); !l.OK() {
		t.Error(l)
	}
	if discharge.CheckPlan(nil).OK() {
		t.Error("no plan at all passes")
	}
}

func TestProceduresBelongToTheirFamilies(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		procedure, specialty string
		want                 discharge.Family
	}{
		{"total-knee-replacement", "orthopaedics", discharge.Joint}, {"acl-reconstruction", "orthopaedics", discharge.OtherBone}, {"cataract-surgery", "ophthalmology", discharge.Cataract},
		{"vitrectomy", "ophthalmology", discharge.OtherEye}, {"angioplasty", "cardiology", discharge.HeartVessels}, {"sleeve-gastrectomy", "bariatric-surgery", discharge.Bariatric},
		{"ivf", "fertility", discharge.Fertility}, {"something", "nowhere", discharge.OtherFamily},
	} {
		if got := discharge.FamilyOf(c.procedure, c.specialty); got != c.want {
			t.Errorf("%s: %s, want %s", c.procedure, got, c.want)
		}
	}
}

func TestWhoeverReportsSomethingUrgentReads999Or111First(t *testing.T) {
	t.Parallel()
	for s, call := range map[discharge.Severity]string{discharge.LifeThreat: "999", discharge.Urgent: "111", discharge.Worrying: "", discharge.Recovered: "", "unknown": "999"} {
		if a := discharge.AdviceFor(s); a.Call != call || a.Stop != (call != "") || a.Title == "" || a.Text == "" {
			t.Errorf("%s: %+v", s, a)
		}
	}
	c := discharge.Complication{Severity: discharge.Urgent, What: "Fever and redness", Since: today}
	if c.Check(today).On("read") == "" {
		t.Error("an urgent report passes before the advice is read")
	}
	c.Read = true
	if l := c.Check(today); !l.OK() {
		t.Error(l)
	}
	for field, spoil := range map[string]func(*discharge.Complication){
		"severity": func(c *discharge.Complication) { c.Severity = "bad" }, "what": func(c *discharge.Complication) { c.What = "" },
		"since": func(c *discharge.Complication) { c.Since = today.AddDays(1) },
	} {
		x := c
		spoil(&x)
		if x.Check(today).On(field) == "" {
			t.Errorf("%s passes", field)
		}
	}
}
