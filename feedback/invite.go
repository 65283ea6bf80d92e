package feedback

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"time"

	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/internal/when"
	"carecorridor/models"
)

// purpose keeps these tokens apart from all others signed with the same key.
const purpose = "feedback"

// Confirmed is a stay that somebody at the alliance has confirmed.
type Confirmed struct {
	Slug   string // of the hospital
	Stayed string // month the stay ended, "2026-10"
	By     string // who confirmed it
	Days   int    // how long the link works; LinkDays when 0
}

// Check says what is wrong with c on the day today.
func (c Confirmed) Check(today when.Date) check.List {
	var l check.List
	month, err := time.Parse(monthForm, c.Stayed)
	now := time.Date(today.Year, today.Month, 1, 0, 0, 0, 0, time.UTC)
	switch {
	case err != nil:
		l.Add("stayed", "Write the month of the stay as year and month, for example 2026-10")
	case month.After(now):
		l.Add("stayed", "The month of the stay must not be in the future")
	case month.Before(now.AddDate(0, -oldestStay, 0)):
		l.Add("stayed", "The stay must be in the last %d months", oldestStay)
	}
	l.Need(c.Days >= 0 && c.Days <= mostDays, "days", "The link must work for 1 to %d days", mostDays)
	return append(l, named(c.By)...)
}

// named wants the name of who acts.
func named(by string) check.List {
	var l check.List
	l.Need(strings.TrimSpace(by) != "", "by", "Say who does this")
	l.Line("by", "The name", by, 100)
	return l
}

// asError is the problems of an input that came from a command, as one error; nil when there are none.
func asError(op string, l check.List) error {
	if l.OK() {
		return nil
	}
	return fault.New(fault.Invalid, op, errors.New(l.String()))
}

// Invite makes the one-time token for a stay. Each token is another invitation and counts as one. A hospital that
// is not listed is fault.Missing, a withdrawn one fault.Gone.
func (s *Service) Invite(ctx context.Context, c Confirmed) (string, error) {
	const op = "invite to feedback"
	if err := asError(op, c.Check(when.TodayIndia(s.clock()))); err != nil {
		return "", err
	}
	p, err := s.store.ProfileBySlug(ctx, c.Slug)
	if err != nil {
		return "", fmt.Errorf("hospital %s: %w", c.Slug, err)
	}
	if c.Days == 0 {
		c.Days = LinkDays
	}
	i := models.FeedbackInvitation{ID: rand.Text(), ProviderID: p.ID, Stayed: c.Stayed, MadeBy: c.By}
	err = s.store.Write(ctx, func(tx *models.Tx) error {
		i.EndsAt = tx.Now().AddDate(0, 0, c.Days)
		return tx.AddFeedbackInvitation(&i)
	})
	if err != nil {
		return "", err
	}
	return s.signer.Sign(purpose, []byte(i.ID), i.EndsAt), nil
}

// Invitation is what the holder of a link may know.
type Invitation struct {
	Hospital, Slug string
	Sample         bool
	Stayed         string // "2026-10"
	Used           bool   // the answers were sent already
	id             string
	provider       int64
}

// Open reads the invitation behind a token; ErrLink when there is none.
func (s *Service) Open(ctx context.Context, token string) (Invitation, error) {
	id, err := s.signer.Verify(purpose, token, s.clock())
	if err != nil {
		return Invitation{}, ErrLink
	}
	row, err := s.store.FeedbackInvitationByID(ctx, string(id))
	if fault.Is(err, fault.Missing) {
		return Invitation{}, ErrLink
	}
	if err != nil {
		return Invitation{}, err
	}
	p, err := s.store.ProviderByID(ctx, row.ProviderID)
	if err != nil {
		return Invitation{}, err
	}
	return Invitation{Hospital: p.Name, Slug: p.Slug, Sample: p.Sample, Stayed: row.Stayed, Used: row.UsedAt != nil, id: row.ID, provider: p.ID}, nil
}
