package referral_test

import (
	"slices"
	"testing"
	"time"

	"carecorridor/auth"
	"carecorridor/internal/when"
	"carecorridor/internal/workday"
	"carecorridor/referral"
	"carecorridor/referral/sample"
)

func at(y int, m time.Month, d, h int) time.Time { return time.Date(y, m, d, h, 0, 0, 0, time.UTC) }

func TestATimerEndsOnTheDayItSays(t *testing.T) {
	t.Parallel()
	pause := func(from, to time.Time) referral.Pause { return referral.Pause{From: from, To: to} }
	for name, c := range map[string]struct {
		base   time.Time
		span   referral.Span
		pauses []referral.Pause
		want   time.Time
	}{
		"five working days":                       {noon, referral.Span{N: 5, Unit: referral.WorkingDays}, nil, at(2026, 11, 16, 12)},
		"over Christmas and New Year":             {at(2026, 12, 23, 12), referral.Span{N: 5, Unit: referral.WorkingDays}, nil, at(2027, 1, 4, 12)},
		"over Republic Day":                       {at(2027, 1, 25, 12), referral.Span{N: 1, Unit: referral.WorkingDays}, nil, at(2027, 1, 27, 12)},
		"from a Saturday":                         {at(2026, 11, 14, 12), referral.Span{N: 1, Unit: referral.WorkingDays}, nil, at(2026, 11, 16, 12)},
		"days keep the wall clock in spring":      {at(2027, 3, 27, 12), referral.Span{N: 1, Unit: referral.Days}, nil, at(2027, 3, 28, 11)},
		"hours do not":                            {at(2027, 3, 27, 12), referral.Span{N: 24, Unit: referral.Hours}, nil, at(2027, 3, 28, 12)},
		"a month from the 31st":                   {at(2027, 1, 31, 9), referral.Span{N: 1, Unit: referral.Months}, nil, at(2027, 2, 28, 9)},
		"a month in a leap year":                  {at(2028, 1, 31, 9), referral.Span{N: 1, Unit: referral.Months}, nil, at(2028, 2, 29, 9)},
		"before its day":                          {at(2026, 11, 30, 0), referral.Span{N: -28, Unit: referral.Days}, nil, at(2026, 11, 2, 0)},
		"a pause over two working days":           {noon, referral.Span{N: 5, Unit: referral.WorkingDays}, []referral.Pause{pause(at(2026, 11, 10, 9), at(2026, 11, 12, 9))}, at(2026, 11, 18, 12)},
		"an hour's pause counts as a day":         {noon, referral.Span{N: 5, Unit: referral.WorkingDays}, []referral.Pause{pause(at(2026, 11, 10, 9), at(2026, 11, 10, 10))}, at(2026, 11, 17, 12)},
		"a pause of calendar days is exact":       {noon, referral.Span{N: 10, Unit: referral.Days}, []referral.Pause{pause(at(2026, 11, 10, 9), at(2026, 11, 10, 10))}, at(2026, 11, 19, 13)},
		"two pauses add up":                       {noon, referral.Span{N: 2, Unit: referral.WorkingDays}, []referral.Pause{pause(at(2026, 11, 9, 13), at(2026, 11, 10, 13)), pause(at(2026, 11, 11, 9), at(2026, 11, 12, 9))}, at(2026, 11, 13, 12)},
		"a pause after the end changes nothing":   {noon, referral.Span{N: 1, Unit: referral.Days}, []referral.Pause{pause(at(2026, 11, 20, 9), at(2026, 11, 21, 9))}, at(2026, 11, 10, 12)},
		"a pause still open after the end either": {noon, referral.Span{N: 1, Unit: referral.Days}, []referral.Pause{{From: at(2026, 11, 20, 9)}}, at(2026, 11, 10, 12)},
	} {
		if got, ok := referral.Due(c.base, c.span, c.pauses, workday.Both); !ok || !got.Equal(c.want) {
			t.Errorf("%s: %s, %v, want %s", name, got, ok, c.want)
		}
	}
	if _, ok := referral.Due(noon, referral.Span{N: 5, Unit: referral.Days}, []referral.Pause{{From: at(2026, 11, 10, 9)}}, workday.Both); ok {
		t.Error("a clock that stands still has no end")
	}
}

func TestAHospitalsOwnHolidayMovesItsClock(t *testing.T) {
	t.Parallel()
	own := workday.Both.With(when.Date{Year: 2026, Month: 11, Day: 10})
	usual := referral.Usual()
	clock := referral.Clock{Timer: referral.DecisionDue, Provider: "h1", Since: noon, Base: noon}
	a, _ := usual.Due(clock, workday.Both)
	b, _ := usual.Due(clock, own)
	if !b.Equal(a.Add(24 * time.Hour)) {
		t.Errorf("%s and %s", a, b)
	}
}

func TestRemindersComeOnTheirDaysAndThoseOfThePastDoNot(t *testing.T) {
	t.Parallel()
	usual := referral.Usual()
	days := func(timer referral.Timer, since, base time.Time) (out []int) {
		for _, f := range usual.Fires(referral.Clock{Timer: timer, Since: since, Base: base}, workday.Both) {
			out = append(out, int(f.At.Sub(base).Hours()/24))
		}
		return out
	}
	for timer, want := range map[referral.Timer][]int{
		referral.ConsentLink: {3, 7, 12, 14}, referral.DraftIdle: {23, 30}, referral.ReturnedIdle: {7, 14, 21, 28}, referral.DecidingIdle: {14, 30, 50, 60}, referral.GPAcknowledge: {3, 7, 14},
	} {
		if got := days(timer, noon, noon); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", timer, got, want)
		}
	}
	arrive := noon.AddDate(0, 0, 20)
	if got := days(referral.TravelNear, noon, arrive); !slices.Equal(got, []int{-14, -7, -3}) {
		t.Errorf("with 20 days to go: %v", got)
	}
	fires := usual.Fires(referral.Clock{Timer: referral.TravelNear, Since: noon, Base: arrive}, workday.Both)
	if fires[0].Rung != 1 {
		t.Errorf("a rung keeps its index: %d", fires[0].Rung)
	}
}

func TestEscalationsGoUp(t *testing.T) {
	t.Parallel()
	fires := referral.Usual().Fires(referral.Clock{Timer: referral.OpenDue, Provider: "h1", Since: noon, Base: noon}, workday.Both)
	if len(fires) != 2 || !slices.Contains(fires[0].To, referral.ToHospital) || !slices.Contains(fires[1].To, referral.ToMedicalHead) || !fires[1].At.Equal(at(2026, 11, 12, 12)) {
		t.Errorf("%+v", fires)
	}
}

func TestAConfigurationOfTimersIsChecked(t *testing.T) {
	t.Parallel()
	if l := referral.Usual().Check(); !l.OK() {
		t.Fatal(l)
	}
	for name, spoil := range map[string]func(referral.Timings){
		"missing":         func(c referral.Timings) { delete(c, referral.LapseDue) },
		"another end":     func(c referral.Timings) { x := c[referral.LapseDue]; x.Ends = referral.Void; c[referral.LapseDue] = x },
		"no unit":         func(c referral.Timings) { x := c[referral.LapseDue]; x.Lasts.Unit = "moons"; c[referral.LapseDue] = x },
		"late reminder":   func(c referral.Timings) { x := c[referral.ConsentLink]; x.Lasts.N = 10; c[referral.ConsentLink] = x },
		"negative length": func(c referral.Timings) { x := c[referral.HoldReview]; x.Lasts.N = -1; c[referral.HoldReview] = x },
	} {
		c := referral.Usual()
		spoil(c)
		if c.Check().OK() {
			t.Errorf("%s passes", name)
		}
	}
}

func TestAQuestionStopsTheClockOfWhoAskedAlone(t *testing.T) {
	t.Parallel()
	f := facts(referral.Triage)
	o := must(t, f, actor(auth.Coordinator, noon), referral.Route, referral.Input{Version: f.Version, Hospitals: []string{"h1", "h2"}})
	f = o.After
	doctor := actor(auth.ProviderClinician, noon)
	f = must(t, f, doctor, referral.Open, referral.Input{Version: f.Provider("h1").Version}).After
	f.Now = noon.Add(time.Hour)
	o = must(t, f, doctor, referral.Ask, referral.Input{Version: f.Provider("h1").Version, Text: "Which side?"})
	due := func(f referral.Facts, h string) (time.Time, bool) {
		at := slices.IndexFunc(f.Clocks, func(c referral.Clock) bool { return c.Timer == referral.LapseDue && c.Provider == h })
		return referral.Usual().Due(f.Clocks[at], workday.Both)
	}
	if _, runs := due(o.After, "h1"); runs {
		t.Error("the clock of who asked runs on")
	}
	before, _ := due(f, "h2")
	if after, runs := due(o.After, "h2"); !runs || !after.Equal(before) {
		t.Error("the other hospital's clock was touched")
	}
	f = o.After
	f.Now = noon.AddDate(0, 0, 3)
	o = must(t, f, actor(auth.Patient, f.Now), referral.Answer, referral.Input{Provider: "h1", Version: f.Provider("h1").Version, Text: "The right one."})
	if h1, _ := due(o.After, "h1"); !h1.Equal(at(2026, 11, 26, 12)) { // 10 working days, and 3 for the question
		t.Errorf("%s", h1)
	}
}

func TestADeathStopsEveryClockAndEveryMessage(t *testing.T) {
	t.Parallel()
	for _, s := range referral.States[:11] {
		f := facts(s)
		for timer := range referral.Usual() {
			f.Clocks = append(f.Clocks, referral.Clock{Timer: timer, Since: noon, Base: noon})
		}
		o := must(t, f, actor(auth.Coordinator, noon), referral.RecordDeath, referral.Input{Version: f.Version, Source: "The family", Confirmed: true, On: when.DateOf(noon)})
		if !o.Silence || len(o.After.Clocks) > 0 || len(o.Notices) != 1 || o.Notices[0].To != referral.ToCoordinator || o.Ending != referral.EndDeceased {
			t.Errorf("%s: %+v, %v", s, o.Notices, o.After.Clocks)
		}
	}
}

func TestTheAlertsRemindersAreTheTimersRungs(t *testing.T) {
	t.Parallel()
	out := when.Date{Year: 2026, Month: 11, Day: 30}
	alert, ok := sample.Package(out.AddDays(-6), out).Alert()
	if !ok {
		t.Fatal("there was a night")
	}
	base := time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC)
	fires := referral.Usual().Fires(referral.Clock{Timer: referral.AlertReminder, Since: base, Base: base}, workday.Both)
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	for i, d := range alert.Reminders {
		if got := when.DateOf(fires[i].At.In(london)); got != d {
			t.Errorf("reminder %d on %s, timer on %s", i+1, d, got)
		}
	}
}
