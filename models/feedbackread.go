package models

import (
	"context"

	"gorm.io/gorm"

	"carecorridor/internal/fault"
)

// ProviderByID reads a provider's own row, published or not. Unknown is fault.Missing.
func (s *Store) ProviderByID(ctx context.Context, id int64) (*Provider, error) {
	p := &Provider{}
	err := s.read(ctx).Where("id = ?", id).Take(p).Error
	return p, asFault("provider", err)
}

// FeedbackInvitationByID reads an invitation. Unknown is fault.Missing.
func (s *Store) FeedbackInvitationByID(ctx context.Context, id string) (*FeedbackInvitation, error) {
	i := &FeedbackInvitation{}
	if badText(id) != "" {
		return i, fault.New(fault.Missing, "feedback invitation", nil)
	}
	err := s.read(ctx).Where("id = ?", id).Take(i).Error
	return i, asFault("feedback invitation", err)
}

const feedbackCounts = `SELECT
	(SELECT count(*) FROM feedback_invitations WHERE provider_id = ?) AS invited, count(*) AS answered,
	coalesce(sum(CASE WHEN bill = 'yes' THEN 1 ELSE 0 END), 0) AS bill_yes,
	coalesce(sum(CASE WHEN bill = 'partly' THEN 1 ELSE 0 END), 0) AS bill_partly,
	coalesce(sum(CASE WHEN bill = 'no' THEN 1 ELSE 0 END), 0) AS bill_no,
	coalesce(sum(CASE WHEN contact = 'yes' THEN 1 ELSE 0 END), 0) AS contact_yes,
	coalesce(sum(CASE WHEN contact = 'partly' THEN 1 ELSE 0 END), 0) AS contact_partly,
	coalesce(sum(CASE WHEN contact = 'no' THEN 1 ELSE 0 END), 0) AS contact_no,
	coalesce(sum(CASE WHEN risks = 'yes' THEN 1 ELSE 0 END), 0) AS risks_yes,
	coalesce(sum(CASE WHEN risks = 'partly' THEN 1 ELSE 0 END), 0) AS risks_partly,
	coalesce(sum(CASE WHEN risks = 'no' THEN 1 ELSE 0 END), 0) AS risks_no,
	coalesce(min(stayed), '') AS first, coalesce(max(stayed), '') AS last
	FROM feedback WHERE provider_id = ? AND withdrawn_at IS NULL`

// FeedbackCounts counts invitations and answers of a provider.
func (s *Store) FeedbackCounts(ctx context.Context, provider int64) (FeedbackCounts, error) {
	var n FeedbackCounts
	err := s.read(ctx).Raw(feedbackCounts, provider, provider).Scan(&n).Error
	return n, asFault("count feedback", err)
}

// FeedbackDecided reads at most n texts of a provider that a moderator has decided about and nobody took back,
// the newest stay first, each response after its comment.
func (s *Store) FeedbackDecided(ctx context.Context, provider int64, n int) ([]FeedbackWords, error) {
	return scanWords(feedbackWords(s.read(ctx)).Where("f.provider_id = ? AND f.withdrawn_at IS NULL AND t.state IN ('published', 'redacted', 'refused')", provider).
		Order("f.stayed DESC, t.feedback_id DESC, t.kind, t.id").Limit(n))
}

// FeedbackQueue reads every text that waits for a moderator, oldest first; with all also those decided.
func (s *Store) FeedbackQueue(ctx context.Context, all bool) ([]FeedbackWords, error) {
	db := feedbackWords(s.read(ctx)).Order("t.written_at, t.id")
	if !all {
		db = db.Where("t.state = 'held'")
	}
	return scanWords(db)
}

// FeedbackDecisions reads the log of one text, oldest first.
func (s *Store) FeedbackDecisions(ctx context.Context, text int64) ([]FeedbackDecision, error) {
	var rows []FeedbackDecision
	err := s.read(ctx).Where("text_id = ?", text).Order("id").Find(&rows).Error
	return rows, asFault("feedback decisions", err)
}

func feedbackWords(db *gorm.DB) *gorm.DB {
	return db.Table("feedback_texts AS t").Select("t.*, f.provider_id, f.stayed, p.slug, p.name").
		Joins("JOIN feedback AS f ON f.id = t.feedback_id").Joins("JOIN providers AS p ON p.id = f.provider_id")
}

func scanWords(db *gorm.DB) ([]FeedbackWords, error) {
	var rows []FeedbackWords
	err := db.Scan(&rows).Error
	return rows, asFault("feedback texts", err)
}
