package models

import (
	"context"
	"time"
)

// EnquiryDates are when things happened to one request: no more is known of it here.
type EnquiryDates struct {
	SentAt     time.Time
	AnsweredAt *time.Time // the hospital's first quote, question or refusal
	QuotedAt   *time.Time // the first quote
	AcceptedAt *time.Time
}

// EnquiryActivity gives the dates of every request that reached a listing since an instant.
func (s *Store) EnquiryActivity(ctx context.Context, provider int64, since time.Time) ([]EnquiryDates, error) {
	type line struct {
		EnquiryID string
		Ord       int64
		Event     string
		At        time.Time
	}
	var lines []line
	err := s.read(ctx).Raw(`SELECT r.enquiry_id, r.ord, v.event, v.at FROM enquiry_recipients r
		JOIN providers p ON p.slug = r.hospital_slug AND p.id = ?
		JOIN enquiry_events v ON v.enquiry_id = r.enquiry_id AND v.recipient_ord = r.ord
		WHERE r.state <> 'held' AND r.created_at >= ? AND v.event IN ('deliver', 'submit', 'open', 'quote', 'ask_more', 'decline', 'accept')
		ORDER BY r.enquiry_id, r.ord, v.id`, provider, since).Scan(&lines).Error
	if err != nil {
		return nil, asFault("enquiry activity", err)
	}
	var out []EnquiryDates
	for i, l := range lines {
		if i == 0 || l.EnquiryID != lines[i-1].EnquiryID || l.Ord != lines[i-1].Ord {
			out = append(out, EnquiryDates{SentAt: l.At.UTC()})
		}
		out[len(out)-1].note(l.Event, l.At.UTC())
	}
	return out, nil
}

func (d *EnquiryDates) note(event string, at time.Time) {
	first := func(to **time.Time) {
		if *to == nil {
			*to = &at
		}
	}
	switch event {
	case "quote":
		first(&d.AnsweredAt)
		first(&d.QuotedAt)
	case "ask_more", "decline":
		first(&d.AnsweredAt)
	case "accept":
		first(&d.AcceptedAt)
	}
}

// OpenRequests are when each request was sent that waits for a hospital's answer, oldest first.
func (s *Store) OpenRequests(ctx context.Context, slug string) ([]time.Time, error) {
	var at []time.Time
	err := s.read(ctx).Table("enquiry_recipients").Where("hospital_slug = ? AND state IN ('sent', 'opened')", slug).Order("moved_at").Pluck("moved_at", &at).Error
	for i := range at {
		at[i] = at[i].UTC()
	}
	return at, asFault("open requests", err)
}
