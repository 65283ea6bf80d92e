package desk

import (
	"context"
	"math"
	"slices"
	"time"

	"carecorridor/auth"
	"carecorridor/models"
)

// SpanDays is the time that statistics look back on: a year.
const SpanDays = 365

// Few stands for a count of 1 to 4 of what is about patients' care: too small to show (ux.md §6.14).
const Few = -1

// fewer than this many is Few.
const few = 5

// Step is how many reached a step; Few where that is hidden.
type Step struct {
	Name string
	N    int
}

// Funnel is how many of something went how far, and how long each step took.
type Funnel struct {
	Title string
	Steps []Step
	Times []Took
}

// Took is the time from one step to another. Median and P90 are of N; 0 when N is, or is Few.
type Took struct {
	Name        string
	N           int
	Median, P90 time.Duration
}

// took is the median and the 90th centile (nearest rank) of durations.
func took(name string, all []time.Duration) Took {
	t := Took{Name: name, N: len(all)}
	if t.N == 0 {
		return t
	}
	slices.Sort(all)
	rank := func(q float64) time.Duration { return all[max(0, int(math.Ceil(q*float64(len(all))))-1)] }
	t.Median, t.P90 = rank(0.5), rank(0.9)
	return t
}

// Monthly is how many of something there were in a month.
type Monthly struct {
	Month time.Time // its first instant, UTC
	N     int
}

// Complaint is a line of the log of reported problems.
type Complaint struct {
	Reference, Slug, Hospital, About, Outcome string
	Sent                                      time.Time
	Closed                                    *time.Time
	Handled                                   string // id of who closed it
}

// Statistics is a year of work in numbers. Nothing in it is about a person.
type Statistics struct {
	Since           time.Time
	Enquiries       Funnel
	Samples         int    // requests to sample hospitals, which are not counted
	Referrals       Funnel // counts of 1 to 4 are Few
	SampleReferrals int    // those to sample hospitals, which are not counted
	Alerts          []Step // overseas-care alerts; counts of 1 to 4 are Few
	Desk            []Took // checks, reports, feedback
	Checks          []Step // by what was decided
	SentEach        []Monthly
	ChecksEach      []Monthly
	ProblemsIn      []Monthly
	Complaints      []Complaint // newest first
}

// Statistics counts. StatisticsView. With samples the demonstration's own requests count, too.
func (s *Service) Statistics(ctx context.Context, who auth.Actor, samples bool) (st Statistics, err error) {
	if err := auth.May(who, auth.StatisticsView, ""); err != nil {
		return st, err
	}
	st.Since = s.today().AddDays(-SpanDays).Time()
	steps, err := s.Store.EnquirySteps(ctx, st.Since)
	if err != nil {
		return st, err
	}
	checks, err := s.Store.CheckDates(ctx, st.Since)
	if err != nil {
		return st, err
	}
	reports, err := s.Store.ReportsSince(ctx, st.Since)
	if err != nil {
		return st, err
	}
	texts, err := s.Store.FeedbackDates(ctx, st.Since)
	if err != nil {
		return st, err
	}
	if !samples {
		all := len(steps)
		steps = slices.DeleteFunc(steps, func(e models.EnquirySteps) bool { return e.Sample })
		st.Samples = all - len(steps)
	}
	st.enquiries(steps, s.months())
	st.checks(checks, s.months())
	st.reports(reports, s.months())
	st.Desk = append(st.Desk, tookText(texts))
	return st, s.countReferrals(ctx, &st, samples)
}

// monthsShown on a chart.
const monthsShown = 12

// months are the last twelve, the present one last.
func (s *Service) months() []Monthly {
	now := s.now()
	first := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.UTC)
	var out []Monthly
	for i := monthsShown - 1; i >= 0; i-- {
		out = append(out, Monthly{Month: first.AddDate(0, -i, 0)})
	}
	return out
}

func counted(months []Monthly, at time.Time) {
	for i := range months {
		if m := months[i].Month; at.Year() == m.Year() && at.Month() == m.Month() {
			months[i].N++
		}
	}
}

func (st *Statistics) enquiries(all []models.EnquirySteps, months []Monthly) {
	var opened, answered, quoted, accepted int
	var toOpen, toAnswer, toQuote, toAccept []time.Duration
	since := func(to *[]time.Duration, n *int, from time.Time, at *time.Time) {
		if at != nil {
			*n++
			*to = append(*to, at.Sub(from))
		}
	}
	for _, e := range all {
		counted(months, e.SentAt)
		since(&toOpen, &opened, e.SentAt, e.OpenedAt)
		since(&toAnswer, &answered, e.SentAt, e.AnsweredAt)
		since(&toQuote, &quoted, e.SentAt, e.QuotedAt)
		from := e.SentAt
		if e.QuotedAt != nil {
			from = *e.QuotedAt
		}
		since(&toAccept, &accepted, from, e.AcceptedAt)
	}
	st.SentEach = months
	st.Enquiries = Funnel{Title: "Requests to hospitals",
		Steps: []Step{{"Sent", len(all)}, {"Opened by the hospital", opened}, {"Answered", answered}, {"Quoted", quoted}, {"Accepted by the patient", accepted}},
		Times: []Took{took("Sent to opened", toOpen), took("Sent to first answer", toAnswer), took("Sent to first quote", toQuote), took("Quote to accepted", toAccept)}}
}

func (st *Statistics) checks(all []models.CheckDates, months []Monthly) {
	var toDecide, toFirst []time.Duration
	counts := map[string]int{}
	for _, c := range all {
		counts[c.State]++
		if c.FirstAt != nil {
			toFirst = append(toFirst, c.FirstAt.Sub(c.SentAt))
		}
		if c.DecidedAt != nil && c.State != "withdrawn" {
			counted(months, c.DecidedAt.UTC())
			toDecide = append(toDecide, c.DecidedAt.Sub(c.SentAt))
		}
	}
	st.ChecksEach = months
	st.Desk = append(st.Desk, took("Check sent to decided", toDecide), took("Check sent to first of two people", toFirst))
	st.Checks = []Step{{"Waiting", counts["waiting"]}, {"Waiting for a second person", counts["second"]}, {"Approved", counts["approved"]}, {"Sent back", counts["sent_back"]},
		{"Rejected", counts["rejected"]}, {"Taken back by the hospital", counts["withdrawn"]}}
}

func (st *Statistics) reports(all []models.ReportLine, months []Monthly) {
	var toClose []time.Duration
	for _, r := range slices.Backward(all) {
		sent := r.SentAt.UTC()
		counted(months, sent)
		c := Complaint{Reference: r.Reference, Slug: r.Slug, Hospital: r.Name, About: r.About, Outcome: r.Outcome, Sent: sent, Handled: r.ClosedBy}
		if r.ClosedAt != nil {
			closed := r.ClosedAt.UTC()
			c.Closed = &closed
			toClose = append(toClose, closed.Sub(sent))
		}
		st.Complaints = append(st.Complaints, c)
	}
	st.ProblemsIn = months
	st.Desk = append(st.Desk, took("Problem reported to closed", toClose))
}

func tookText(all []models.FeedbackDates) Took {
	var times []time.Duration
	for _, t := range all {
		if t.DecidedAt != nil && t.State != "withdrawn" {
			times = append(times, t.DecidedAt.Sub(t.WrittenAt))
		}
	}
	return took("Feedback written to decided", times)
}

// Exported tells the audit trail that a table left the desk as a file.
func (s *Service) Exported(ctx context.Context, who auth.Actor, table string, rows int) error {
	return s.Store.Write(ctx, func(tx *models.Tx) error {
		return tx.Audit(audited(who, string(auth.StatisticsView), "statistics", table, "", map[string]string{"what": "export", "rows": itoa(rows)}))
	})
}
