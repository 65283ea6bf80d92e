package listing

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"carecorridor/auth"
	"carecorridor/internal/when"
	"carecorridor/models"
)

// Few stands for a count of 1 to 4: too small to show (ux.md §6.14).
const Few = -1

// fewer than this many is Few.
const few = 5

// Month counts what happened in one month of India. It holds no personal data: of views and shortlists only how many
// there were is kept, because nobody is followed on this site.
type Month struct {
	Month       string // "2026-11"
	Views       int    // of the listing's page
	Shortlists  int    // how often it was put on one
	Enquiries   int
	Referrals   int // passed on to it
	Quotes      int
	Acceptances int
	AnswerHours int // median until the first answer; Few when fewer than 5 were answered
}

// MarshalJSON writes a hidden count as words, as every other file does.
func (m Month) MarshalJSON() ([]byte, error) {
	count := func(n int) any {
		if n == Few {
			return "1 to 4"
		}
		return n
	}
	hours := any(nil)
	if m.AnswerHours > 0 {
		hours = m.AnswerHours
	}
	return json.Marshal(map[string]any{"month": m.Month, "views": count(m.Views), "shortlists": count(m.Shortlists), "enquiries": count(m.Enquiries), "referrals": count(m.Referrals),
		"quotes": count(m.Quotes), "acceptances": count(m.Acceptances), "median_hours_to_first_answer": hours})
}

// Activity counts the last months, newest first; a count of 1 to 4 is Few. ListingView.
func (s *Service) Activity(ctx context.Context, who auth.Actor, provider int64, months int) ([]Month, error) {
	if err := auth.May(who, auth.ListingView, near(who, provider)); err != nil {
		return nil, err
	}
	return s.activity(ctx, provider, min(max(months, 1), 60))
}

func (s *Service) activity(ctx context.Context, provider int64, months int) ([]Month, error) {
	first := s.Today()
	first.Day = 1
	for range months - 1 {
		first = first.AddDays(-1)
		first.Day = 1
	}
	rows, err := s.Store.EnquiryActivity(ctx, provider, first.Time())
	if err != nil {
		return nil, err
	}
	by := map[string]*tally{}
	for _, r := range rows {
		note(by, r)
	}
	views, err := s.Store.ListingViews(ctx, provider, first)
	if err != nil {
		return nil, err
	}
	for _, v := range views {
		t := tallyOf(by, v.Month)
		if ViewKind(v.Kind) == PageView {
			t.viewed = int(v.N)
		} else {
			t.listed = int(v.N)
		}
	}
	passed, err := s.Store.ReferralsPassedTo(ctx, provider, first.Time())
	if err != nil {
		return nil, err
	}
	for _, at := range passed {
		tallyOf(by, at.In(when.IST).Format("2006-01")).referred++
	}
	out := make([]Month, 0, months)
	for day := s.Today(); len(out) < months; {
		day.Day = 1
		name := day.Time().Format("2006-01")
		t := by[name]
		if t == nil {
			t = &tally{}
		}
		out = append(out, Month{Month: name, Views: hide(t.viewed), Shortlists: hide(t.listed), Enquiries: hide(t.asked), Referrals: hide(t.referred), Quotes: hide(t.quoted), Acceptances: hide(t.taken), AnswerHours: median(t.waits)})
		day = day.AddDays(-1)
	}
	return out, nil
}

type tally struct {
	viewed, listed       int
	asked, quoted, taken int
	referred             int
	waits                []time.Duration
}

func tallyOf(by map[string]*tally, month string) *tally {
	if by[month] == nil {
		by[month] = &tally{}
	}
	return by[month]
}

// note counts each happening in the month in which it happened.
func note(by map[string]*tally, r models.EnquiryDates) {
	at := func(t time.Time) *tally { return tallyOf(by, t.In(when.IST).Format("2006-01")) }
	at(r.SentAt).asked++
	if r.QuotedAt != nil {
		at(*r.QuotedAt).quoted++
	}
	if r.AcceptedAt != nil {
		at(*r.AcceptedAt).taken++
	}
	if r.AnsweredAt != nil {
		t := at(*r.AnsweredAt)
		t.waits = append(t.waits, r.AnsweredAt.Sub(r.SentAt))
	}
}

func hide(n int) int {
	if n > 0 && n < few {
		return Few
	}
	return n
}

// median in whole hours, rounded up: Few when there are too few, 0 when there are none.
func median(waits []time.Duration) int {
	switch {
	case len(waits) == 0:
		return 0
	case len(waits) < few:
		return Few
	}
	slices.Sort(waits)
	m := waits[len(waits)/2]
	if len(waits)%2 == 0 {
		m = (m + waits[len(waits)/2-1]) / 2
	}
	return int((m + time.Hour - 1) / time.Hour)
}
