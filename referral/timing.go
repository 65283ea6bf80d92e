package referral

import (
	"slices"
	"time"

	"carecorridor/internal/check"
)

// Calendar counts working days; internal/workday has those of England, India and both, with a hospital's own holidays.
type Calendar interface {
	// Add is the same time of day so many working days later. Add of 0 days is t itself.
	Add(t time.Time, days int) time.Time
}

// Unit of a Span.
type Unit string

// Units. WorkingDays go by a Calendar, Days and Months by the patient's clock on the wall.
const (
	Hours       Unit = "hours"
	Days        Unit = "days"
	WorkingDays Unit = "working_days"
	Months      Unit = "months"
)

// Span is a length of time; a negative one is before.
type Span struct {
	N    int  `json:"n"`
	Unit Unit `json:"unit"`
}

// Rung is one thing said while a timer runs: a reminder, or an escalation when it is said to somebody above.
type Rung struct {
	After Span        `json:"after"` // from the timer's base
	To    []Recipient `json:"to"`
	Key   string      `json:"key"`
}

// Timing is how one timer runs.
type Timing struct {
	Lasts Span   `json:"lasts"`
	Rungs []Rung `json:"rungs"`
	Ends  Event  `json:"ends,omitempty"` // what the clockwork does when it ends; "" for nothing but the rungs
}

// Timings is the configuration of all timers (brief §7: configuration, not code).
type Timings map[Timer]Timing

// Usual is what holds unless configured otherwise (domain.md §2.2).
func Usual() Timings {
	return Timings{
		DraftIdle:        {Span{30, Days}, rungs("draft_ends", []Recipient{ToCreator}, Days, 23), Expire},
		ConsentLink:      {Span{14, Days}, rungs("consent_waits", []Recipient{ToPatient}, Days, 3, 7, 12), Expire},
		TriageDue:        {Span{2, WorkingDays}, rungs("triage_late", []Recipient{ToCoordinator}, WorkingDays, 2), ""},
		TriageDueFlagged: {Span{1, WorkingDays}, rungs("triage_late", []Recipient{ToCoordinator, ToSafetyReviewer}, WorkingDays, 1), ""},
		ReturnedIdle:     {Span{28, Days}, rungs("returned_waits", []Recipient{ToCreator}, Days, 7, 14, 21), Expire},
		OpenDue: {Span{3, WorkingDays}, slices.Concat(rungs("not_opened", []Recipient{ToHospital}, WorkingDays, 1),
			rungs("not_opened", []Recipient{ToMedicalHead, ToCoordinator}, WorkingDays, 3)), ""},
		DecisionDue: {Span{5, WorkingDays}, slices.Concat(rungs("answer_due", []Recipient{ToHospital}, WorkingDays, 3),
			rungs("answer_late", []Recipient{ToHospital, ToCoordinator}, WorkingDays, 5)), ""},
		DecisionDueSoon: {Span{2, WorkingDays}, slices.Concat(rungs("answer_due", []Recipient{ToHospital}, WorkingDays, 1),
			rungs("answer_late", []Recipient{ToHospital, ToCoordinator}, WorkingDays, 2)), ""},
		LapseDue:        {Span{10, WorkingDays}, rungs("answer_last_call", []Recipient{ToHospital, ToMedicalHead}, WorkingDays, 8), Lapse},
		QuestionDue:     {Span{10, Days}, rungs("question_waits", []Recipient{ToPatient, ToReferrer}, Days, 3, 7), QuestionLapse},
		QuoteEnds:       {Span{0, Days}, rungs("quote_ends", []Recipient{ToPatient}, Days, -7), ""},
		DecidingIdle:    {Span{60, Days}, rungs("decision_waits", []Recipient{ToPatient}, Days, 14, 30, 50), Expire},
		CoolingOff:      {Span{CoolingOffDays + 1, Days}, nil, Ready},
		DatesDue:        {Span{5, WorkingDays}, rungs("dates_late", []Recipient{ToHospital, ToCoordinator}, WorkingDays, 5), ""},
		ReacceptDue:     {Span{7, Days}, slices.Concat(rungs("change_waits", []Recipient{ToPatient}, Days, 3), rungs("change_waits", []Recipient{ToPatient, ToCoordinator}, Days, 7)), ""},
		TravelNear:      {Span{0, Days}, rungs("travel_near", []Recipient{ToPatient, ToHospital, ToReferrer}, Days, -28, -14, -7, -3), ""},
		NotAdmitted:     {Span{3, Days}, rungs("not_admitted", []Recipient{ToCoordinator, ToHospital}, Days, 3), ""},
		DischargeDue:    {Span{72, Hours}, slices.Concat(rungs("package_late", []Recipient{ToHospital, ToCoordinator}, Hours, 24), rungs("package_late", []Recipient{ToMedicalHead, ToSafetyReviewer}, Hours, 72)), ""},
		GPAcknowledge:   {Span{14, Days}, slices.Concat(rungs("package_waits", []Recipient{ToGP}, Days, 3, 7), rungs("send_a_letter", []Recipient{ToCoordinator}, Days, 14)), ""},
		FirstContact:    {Span{72, Hours}, slices.Concat(rungs("first_contact", []Recipient{ToHospital}, Hours, 48), rungs("first_contact_late", []Recipient{ToCoordinator}, Hours, 72)), ""},
		AlertReminder:   {Span{12, Months}, rungs("overseas_care_alert", []Recipient{ToPatient}, Months, 1, 6, 11), ""},
		ComplicationDue: {Span{24, Hours}, rungs("complication_unanswered", []Recipient{ToHospital, ToMedicalHead, ToSafetyReviewer}, Hours, 24), ""},
		ReviewDue:       {Span{1, WorkingDays}, rungs("complication_unreviewed", []Recipient{ToSafetyReviewer, ToCoordinator}, WorkingDays, 1), ""},
		HoldReview:      {Span{2, WorkingDays}, rungs("hold_to_review", []Recipient{ToSafetyReviewer}, WorkingDays, 2), ""},
		DeletionDue:     {Span{72, Hours}, rungs("deletion_unconfirmed", []Recipient{ToHospital, ToCoordinator}, Hours, 72), ""},
		ClosureDue:      {Span{12, Months}, rungs("ready_to_close", []Recipient{ToCoordinator}, Months, 12), ""},
	}
}

func rungs(key string, to []Recipient, u Unit, after ...int) (out []Rung) {
	for _, n := range after {
		out = append(out, Rung{Span{n, u}, to, key})
	}
	return out
}

// Due is the moment a span after base ends, moved on by the pauses; ok is false while a pause is open, unless the span
// had ended before it. A pause counts in whole working days for a span of those, rounded up in favour of whoever
// waited, and to the second for any other.
func Due(base time.Time, s Span, pauses []Pause, cal Calendar) (due time.Time, ok bool) {
	due = s.after(base, cal)
	for _, p := range pauses {
		if !p.From.Before(due) {
			break
		}
		if p.To.IsZero() {
			return time.Time{}, false
		}
		if s.Unit != WorkingDays {
			due = due.Add(p.To.Sub(p.From))
			continue
		}
		due = cal.Add(due, workingDays(p, cal))
	}
	return due, true
}

// workingDays of a pause, rounded up.
func workingDays(p Pause, cal Calendar) (n int) {
	for cal.Add(p.From, n).Before(p.To) {
		n++
	}
	return n
}

func (s Span) after(t time.Time, cal Calendar) time.Time {
	switch s.Unit {
	case Hours:
		return t.Add(time.Duration(s.N) * time.Hour)
	case WorkingDays:
		return cal.Add(t, s.N)
	case Months:
		return addMonths(t, s.N)
	}
	return t.In(london).AddDate(0, 0, s.N).UTC()
}

// addMonths is the same day of a later month, or its last day when it has no such day.
func addMonths(t time.Time, n int) time.Time {
	here := t.In(london)
	to := here.AddDate(0, n, 0)
	if to.Day() != here.Day() {
		to = to.AddDate(0, 0, -to.Day())
	}
	return to.UTC()
}

// Due is when a clock ends; ok is false while it stands still.
func (t Timings) Due(c Clock, cal Calendar) (time.Time, bool) {
	timing, known := t[c.Timer]
	if !known {
		return time.Time{}, false
	}
	return Due(c.Base, timing.Lasts, c.Pauses, cal)
}

// Fire is one moment of a clock: a rung of its timing, or its end.
type Fire struct {
	At   time.Time
	Rung int // index, or -1 for the end
	To   []Recipient
	Key  string
	Ends Event // of the end
}

// Fires are all moments of a clock in the order of time. Those that would have been before the clock was started are
// left out: nobody is reminded of 28 days to go with 20 left. While the clock stands still those to come are left out.
// A rung's index is its own for good, so that it can be done once.
func (t Timings) Fires(c Clock, cal Calendar) (out []Fire) {
	timing := t[c.Timer]
	for i, r := range timing.Rungs {
		if at, ok := Due(c.Base, r.After, c.Pauses, cal); ok && !at.Before(c.Since) {
			out = append(out, Fire{At: at, Rung: i, To: r.To, Key: r.Key})
		}
	}
	if at, ok := t.Due(c, cal); ok && timing.Ends != "" {
		out = append(out, Fire{At: at, Rung: -1, Ends: timing.Ends})
	}
	slices.SortStableFunc(out, func(a, b Fire) int { return a.At.Compare(b.At) })
	return out
}

// Check a configuration: every timer has a timing, no rung comes after its end, and an end is an event of the
// clockwork. Fields are the names of timers.
func (t Timings) Check() (l check.List) {
	for name, usual := range Usual() {
		timing, ok := t[name]
		l.Need(ok, string(name), "This timer is missing")
		l.Need(!ok || timing.Ends == usual.Ends, string(name), "What follows when it ends cannot be changed")
		l.Need(!ok || timing.Lasts.N >= 0 && slices.Contains([]Unit{Hours, Days, WorkingDays, Months}, timing.Lasts.Unit), string(name), "Its length must be a number of hours, days, working_days or months")
		for _, r := range timing.Rungs {
			l.Need(r.After.Unit != timing.Lasts.Unit || r.After.N <= timing.Lasts.N, string(name), "A reminder comes after its end")
		}
	}
	slices.SortFunc(l, func(a, b check.Problem) int { return compare(a.Field+a.Say, b.Field+b.Say) })
	return l
}

func compare(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
