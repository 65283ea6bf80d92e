package models

import (
	"context"
	"time"

	"carecorridor/internal/fault"
)

// ContentReviews are all reviews, newest first.
func (s *Store) ContentReviews(ctx context.Context) ([]ContentReview, error) {
	var rows []ContentReview
	err := s.read(ctx).Order("at DESC, id DESC").Find(&rows).Error
	return rows, asFault("content reviews", err)
}

// PublishedReviews are those that count, newest first.
func (s *Store) PublishedReviews(ctx context.Context) ([]ContentReview, error) {
	var rows []ContentReview
	err := s.read(ctx).Where("state = 'published'").Order("reviewed_on DESC, decided_at DESC, id DESC").Find(&rows).Error
	return rows, asFault("content reviews", err)
}

// ReferenceFigures are all figures of the desk, oldest first.
func (s *Store) ReferenceFigures(ctx context.Context) ([]ReferenceFigure, error) {
	var rows []ReferenceFigure
	err := s.read(ctx).Order("id").Find(&rows).Error
	for i := range rows {
		rows[i].At = rows[i].At.UTC()
	}
	return rows, asFault("reference figures", err)
}

// ReportByReference reads a report beside its listing. Unknown is fault.Missing.
func (s *Store) ReportByReference(ctx context.Context, reference string) (*ReportLine, error) {
	r := &ReportLine{}
	err := s.read(ctx).Table("reports AS r").Select("r.*, p.slug, p.name").Joins("JOIN providers AS p ON p.id = r.provider_id").
		Where("r.reference = ?", reference).Take(r).Error
	return r, asFault("report", err)
}

// FeedbackProvider is the listing that a text is about. Unknown is fault.Missing.
func (s *Store) FeedbackProvider(ctx context.Context, text int64) (int64, error) {
	var ids []int64
	err := s.read(ctx).Table("feedback_texts AS t").Joins("JOIN feedback AS f ON f.id = t.feedback_id").Where("t.id = ?", text).Pluck("f.provider_id", &ids).Error
	if err == nil && len(ids) == 0 {
		return 0, fault.New(fault.Missing, "feedback text", nil)
	}
	if err != nil {
		return 0, asFault("feedback text", err)
	}
	return ids[0], nil
}

// ReportNotes of a report, oldest first.
func (s *Store) ReportNotes(ctx context.Context, report string) ([]ReportNote, error) {
	var rows []ReportNote
	err := s.read(ctx).Where("report_id = ?", report).Order("id").Find(&rows).Error
	return rows, asFault("report notes", err)
}

// DeskCounts is what waits, with the instant since which it does; zero when nothing does.
type DeskCounts struct {
	Checks, Reports, Texts, Reviews       int
	OldestCheck, OldestReport, OldestText time.Time
}

// DeskCounts counts what waits for the desk.
func (s *Store) DeskCounts(ctx context.Context) (DeskCounts, error) {
	var n DeskCounts
	count := func(table, column, where string, to *int, oldest *time.Time) error {
		var n int64
		db := s.read(ctx).Table(table).Where(where)
		if err := db.Count(&n).Error; err != nil || n == 0 {
			return err
		}
		*to = int(n)
		if oldest == nil {
			return nil
		}
		var at []time.Time
		err := s.read(ctx).Table(table).Where(where).Order(column).Limit(1).Pluck(column, &at).Error
		if len(at) > 0 {
			*oldest = at[0].UTC()
		}
		return err
	}
	err := first(
		func() error {
			return count("verifications", "sent_at", "state IN ('waiting', 'second')", &n.Checks, &n.OldestCheck)
		},
		func() error { return count("reports", "sent_at", "closed_at IS NULL", &n.Reports, &n.OldestReport) },
		func() error { return count("feedback_texts", "written_at", "state = 'held'", &n.Texts, &n.OldestText) },
		func() error { return count("content_reviews", "at", "state = 'proposed'", &n.Reviews, nil) },
	)
	return n, asFault("desk counts", err)
}

// CheckDates of every check sent since an instant, samples among them.
func (s *Store) CheckDates(ctx context.Context, since time.Time) ([]CheckDates, error) {
	var rows []CheckDates
	err := s.read(ctx).Table("verifications").Select("kind, state, sent_at, first_at, decided_at").Where("sent_at >= ?", since.UTC()).Order("sent_at, id").Scan(&rows).Error
	return rows, asFault("check dates", err)
}

// FeedbackDates of every text written since an instant.
func (s *Store) FeedbackDates(ctx context.Context, since time.Time) ([]FeedbackDates, error) {
	var rows []FeedbackDates
	err := s.read(ctx).Table("feedback_texts").Select("kind, state, written_at, decided_at").Where("written_at >= ?", since.UTC()).Order("written_at, id").Scan(&rows).Error
	return rows, asFault("feedback dates", err)
}

// ReportsSince are the reports sent since an instant, oldest first.
func (s *Store) ReportsSince(ctx context.Context, since time.Time) ([]ReportLine, error) {
	var rows []ReportLine
	err := s.read(ctx).Table("reports AS r").Select("r.*, p.slug, p.name").Joins("JOIN providers AS p ON p.id = r.provider_id").
		Where("r.sent_at >= ?", since.UTC()).Order("r.sent_at, r.id").Scan(&rows).Error
	return rows, asFault("reports", err)
}

// EnquirySteps are when things happened to a request, without anything of the patient.
type EnquirySteps struct {
	EnquiryDates
	OpenedAt *time.Time
	Sample   bool
}

// EnquirySteps gives the dates of every request that reached a hospital since an instant, oldest first.
func (s *Store) EnquirySteps(ctx context.Context, since time.Time) ([]EnquirySteps, error) {
	type line struct {
		EnquiryID string
		Ord       int64
		Sample    bool
		Event     string
		At        time.Time
	}
	var lines []line
	err := s.read(ctx).Raw(`SELECT r.enquiry_id, r.ord, r.sample, v.event, v.at FROM enquiry_recipients r
		JOIN enquiry_events v ON v.enquiry_id = r.enquiry_id AND v.recipient_ord = r.ord
		WHERE r.state <> 'held' AND r.created_at >= ? AND v.event IN ('deliver', 'submit', 'open', 'quote', 'ask_more', 'decline', 'accept')
		ORDER BY r.enquiry_id, r.ord, v.id`, since.UTC()).Scan(&lines).Error
	var out []EnquirySteps
	for i, l := range lines {
		if i == 0 || l.EnquiryID != lines[i-1].EnquiryID || l.Ord != lines[i-1].Ord {
			out = append(out, EnquirySteps{EnquiryDates: EnquiryDates{SentAt: l.At.UTC()}, Sample: l.Sample})
		}
		one, at := &out[len(out)-1], l.At.UTC()
		if l.Event == "open" && one.OpenedAt == nil {
			one.OpenedAt = &at
		}
		one.note(l.Event, at)
	}
	return out, asFault("enquiry steps", err)
}
