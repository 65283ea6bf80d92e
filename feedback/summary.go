package feedback

import (
	"context"

	"carecorridor/models"
)

// Kinds of text.
const (
	comments  = "comment"
	responses = "response"
)

// Summary is what the public may know of a listing's feedback.
type Summary struct {
	Figures  *Figures // nil under MinAnswers answers
	Comments []Comment
}

// Figures are counts, never percentages or scores.
type Figures struct {
	Invited, Answered int
	First, Last       string // months of the stays, "2026-03"
	Counts            [len(Questions)]Count
}

// Count is how often each answer was given to a question.
type Count struct {
	Question        string
	Yes, Partly, No int
}

// Comment is a comment that a moderator has decided about.
type Comment struct {
	Stayed   string // "2026-10"
	Words           // of the patient
	Response *Words // of the hospital, once decided about
}

// Words are what may be read: Text, with a Reason when parts were taken out; or no Text and why not.
type Words struct {
	Text    string
	Reason  string
	Refused bool
}

// Summary reads a listing's feedback. Figures are left out here, not by the page, when there are too few answers.
func (s *Service) Summary(ctx context.Context, provider int64) (Summary, error) {
	n, err := s.store.FeedbackCounts(ctx, provider)
	if err != nil {
		return Summary{}, err
	}
	out := Summary{Figures: figures(n)}
	rows, err := s.store.FeedbackDecided(ctx, provider, mostComment)
	if err != nil {
		return Summary{}, err
	}
	last := int64(0)
	for _, r := range rows {
		w := Words{Text: r.Shown, Reason: r.Reason, Refused: r.State == string(Refused)}
		switch {
		case r.Kind == comments:
			out.Comments = append(out.Comments, Comment{Stayed: r.Stayed, Words: w})
			last = r.FeedbackID
		case r.FeedbackID == last: // a response stands under its comment only
			out.Comments[len(out.Comments)-1].Response = &w
		}
	}
	return out, nil
}

func figures(n models.FeedbackCounts) *Figures {
	if n.Answered < MinAnswers {
		return nil
	}
	return &Figures{Invited: n.Invited, Answered: n.Answered, First: n.First, Last: n.Last, Counts: [len(Questions)]Count{
		{Questions[0].Text, n.BillYes, n.BillPartly, n.BillNo},
		{Questions[1].Text, n.ContactYes, n.ContactPartly, n.ContactNo},
		{Questions[2].Text, n.RisksYes, n.RisksPartly, n.RisksNo},
	}}
}
