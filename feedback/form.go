package feedback

import (
	"context"
	"slices"
	"strings"

	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/models"
)

// Form is what a person sends. Answers are by the question's place in Questions.
type Form struct {
	Answers [len(Questions)]Answer
	Comment string
}

// Check says what is wrong with f.
func (f Form) Check() check.List {
	var l check.List
	for i, q := range Questions {
		l.Need(slices.Contains(Answers, f.Answers[i]), q.Field, "Choose yes, partly or no: %s", lowerFirst(q.Text))
	}
	l.Text("comment", "Your comment", f.Comment, MaxComment)
	return l
}

// Send uses the link up and keeps what was sent; the comment waits for a moderator. A link that does not work is
// ErrLink. Sent a second time, with whatever content, it is fault.Conflict and the first stays.
func (s *Service) Send(ctx context.Context, token string, f Form) (check.List, error) {
	f.Comment = check.Lines(f.Comment)
	i, err := s.Open(ctx, token)
	if err != nil {
		return nil, err
	}
	if i.Used {
		return nil, fault.New(fault.Conflict, "send feedback", nil)
	}
	if problems := f.Check(); !problems.OK() {
		return problems, nil
	}
	return nil, s.store.Write(ctx, func(tx *models.Tx) error {
		row := models.Feedback{InvitationID: i.id, ProviderID: i.provider, Stayed: i.Stayed,
			Bill: string(f.Answers[0]), Contact: string(f.Answers[1]), Risks: string(f.Answers[2])}
		var comment *models.FeedbackText
		if strings.TrimSpace(f.Comment) != "" {
			comment = &models.FeedbackText{Kind: comments, Body: f.Comment}
		}
		return tx.AddFeedback(&row, comment)
	})
}

// lowerFirst puts a sentence inside another one; "I" stays.
func lowerFirst(s string) string {
	if strings.HasPrefix(s, "I ") {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}
