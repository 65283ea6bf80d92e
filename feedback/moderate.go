package feedback

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/models"
)

// State of a text.
type State string

// States. Held is not public; of a refused text only the reason is.
const (
	Held      State = "held"
	Published State = "published"
	Redacted  State = "redacted"
	Refused   State = "refused"
	Withdrawn State = "withdrawn"
)

// Removed stands where a moderator took words out.
const Removed = "[removed]"

// Item is a text in the moderators' list.
type Item struct {
	ID       int64
	Feedback int64
	Slug     string
	Hospital string
	Stayed   string
	Kind     string // comment | response
	Body     string
	State    State
	Shown    string
	Reason   string
	Flags    []Flag
	Version  int64
	Written  time.Time
	By       string // who sent a response for the hospital
}

// Queue lists the texts that wait, oldest first; with all every text there is.
func (s *Service) Queue(ctx context.Context, all bool) ([]Item, error) {
	rows, err := s.store.FeedbackQueue(ctx, all)
	if err != nil {
		return nil, err
	}
	var out []Item
	for _, r := range rows {
		out = append(out, Item{ID: r.ID, Feedback: r.FeedbackID, Slug: r.Slug, Hospital: r.Name, Stayed: r.Stayed, Kind: r.Kind, Body: r.Body,
			State: State(r.State), Shown: r.Shown, Reason: r.Reason, Flags: Flags(r.Body),
			Version: r.Version, Written: r.WrittenAt.UTC(), By: r.WrittenBy})
	}
	return out, nil
}

// Log reads who decided what about a text, oldest first.
func (s *Service) Log(ctx context.Context, text int64) ([]models.FeedbackDecision, error) {
	return s.store.FeedbackDecisions(ctx, text)
}

// Publish shows a text as it was written.
func (s *Service) Publish(ctx context.Context, text int64, by string) error {
	return s.decide(ctx, text, by, func(t *models.FeedbackText) error {
		t.State, t.Shown, t.Reason = string(Published), t.Body, ""
		return nil
	})
}

// Redact shows a text without some words and with a public reason. A moderator can only take words out: each of
// them must stand in the text.
func (s *Service) Redact(ctx context.Context, text int64, words []string, reason, by string) error {
	if err := asError("redact feedback", reasoned(reason)); err != nil {
		return err
	}
	return s.decide(ctx, text, by, func(t *models.FeedbackText) error {
		shown, err := without(t.Body, words)
		t.State, t.Shown, t.Reason = string(Redacted), shown, reason
		return err
	})
}

// Refuse does not show a text, and says in public why.
func (s *Service) Refuse(ctx context.Context, text int64, reason, by string) error {
	if err := asError("refuse feedback", reasoned(reason)); err != nil {
		return err
	}
	return s.decide(ctx, text, by, func(t *models.FeedbackText) error {
		t.State, t.Shown, t.Reason = string(Refused), "", reason
		return nil
	})
}

func reasoned(reason string) check.List {
	var l check.List
	l.Need(len(strings.TrimSpace(reason)) >= 10, "reason", "Give a reason that the public can understand")
	l.Line("reason", "The reason", reason, MaxReason)
	return l
}

// without takes each of words out of body, wherever it stands.
func without(body string, words []string) (string, error) {
	shown := body
	for _, w := range words {
		if strings.TrimSpace(w) == "" || !strings.Contains(body, w) {
			return "", fault.New(fault.Invalid, "redact feedback", fmt.Errorf("the text does not hold the words %q", w))
		}
		shown = strings.ReplaceAll(shown, w, Removed)
	}
	if shown == body {
		return "", fault.New(fault.Invalid, "redact feedback", errors.New("say which words to take out"))
	}
	if strings.TrimSpace(strings.ReplaceAll(shown, Removed, "")) == "" {
		return "", fault.New(fault.Invalid, "redact feedback", errors.New("nothing would be left: refuse the text instead"))
	}
	return shown, nil
}

// decide changes a text and writes the log in one transaction. What was decided may be decided again; what was
// withdrawn may not.
func (s *Service) decide(ctx context.Context, text int64, by string, change func(*models.FeedbackText) error) error {
	if err := asError("moderate feedback", named(by)); err != nil {
		return err
	}
	return s.store.Write(ctx, func(tx *models.Tx) error {
		t, err := tx.FeedbackTextByID(text)
		if err != nil {
			return err
		}
		if t.State == string(Withdrawn) {
			return fault.New(fault.Conflict, "moderate feedback", fmt.Errorf("text %d was withdrawn by who wrote it", text))
		}
		if err := change(t); err != nil {
			return err
		}
		return record(tx, t, by)
	})
}

// record saves a decided text and its line in the log.
func record(tx *models.Tx, t *models.FeedbackText, by string) error {
	now := tx.Now()
	t.DecidedAt = &now
	if err := tx.SaveFeedbackText(t); err != nil {
		return err
	}
	return tx.AddFeedbackDecision(&models.FeedbackDecision{TextID: t.ID, Decision: t.State, Reason: t.Reason, ByWhom: by})
}

// Respond keeps the hospital's response to a comment that is public; it is held like a comment. One that waits or
// was refused is replaced by a newer one; one that is public is fault.Conflict.
func (s *Service) Respond(ctx context.Context, feedback int64, body, by string) (text int64, err error) {
	const op = "respond to feedback"
	body = check.Lines(body)
	problems := named(by)
	problems.Need(strings.TrimSpace(body) != "", "text", "Write the hospital's response")
	problems.Text("text", "The response", body, MaxComment)
	if err := asError(op, problems); err != nil {
		return 0, err
	}
	err = s.store.Write(ctx, func(tx *models.Tx) error {
		texts, err := tx.FeedbackTexts(feedback)
		if err != nil {
			return err
		}
		if len(texts) == 0 || !public(texts[0]) {
			return fault.New(fault.Conflict, op, fmt.Errorf("feedback %d has no public comment", feedback))
		}
		if len(texts) == 1 {
			t := models.FeedbackText{FeedbackID: feedback, Kind: responses, Body: body, WrittenBy: by}
			err := tx.AddFeedbackText(&t)
			text = t.ID
			return err
		}
		t := texts[1]
		if public(t) {
			return fault.New(fault.Conflict, op, fmt.Errorf("feedback %d has a public response", feedback))
		}
		t.Body, t.WrittenBy, t.State, t.Shown, t.Reason, t.DecidedAt = body, by, string(Held), "", "", nil
		text = t.ID
		return tx.SaveFeedbackText(&t)
	})
	return text, err
}

func public(t models.FeedbackText) bool {
	return t.State == string(Published) || t.State == string(Redacted)
}

// Withdraw takes one person's feedback back for good: its words are erased, the hospital's response too, and it
// counts in no figure (domain.md §4.2, consent C6).
func (s *Service) Withdraw(ctx context.Context, feedback int64, by string) error {
	if err := asError("withdraw feedback", named(by)); err != nil {
		return err
	}
	return s.store.Write(ctx, func(tx *models.Tx) error {
		f, err := tx.FeedbackByID(feedback)
		if err != nil {
			return err
		}
		if err := tx.WithdrawFeedback(f); err != nil {
			return err
		}
		texts, err := tx.FeedbackTexts(feedback)
		if err != nil {
			return err
		}
		for _, t := range texts {
			t.Body, t.Shown, t.Reason, t.State = "", "", "", string(Withdrawn)
			if err := record(tx, &t, by); err != nil {
				return err
			}
		}
		return nil
	})
}
