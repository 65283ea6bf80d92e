package feedback

import (
	"context"
	"time"

	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/internal/when"
)

// sampler is who acts in the demonstration.
const sampler = "Demonstration"

// said is one invented answer. The second word of a decision is what it takes out.
type said struct {
	months   int // before today
	answers  [len(Questions)]Answer
	comment  string
	remove   string // words a moderator takes out
	reason   string // alone: the comment is refused
	response string
}

// samples are invented answers about invented hospitals: one with figures, one with too few answers for any.
var samples = map[string][]said{
	"marigold-shore-hospital-chennai": {
		{months: 7, answers: [3]Answer{Yes, Yes, Yes}, comment: "The final bill was the sum in the quote, with two extra physiotherapy sessions that I had asked for."},
		{months: 6, answers: [3]Answer{Partly, Yes, Yes}, comment: "The room cost more than quoted because I stayed one night longer. I was told on the day.",
			response: "Thank you. The quote now says what one more night costs."},
		{months: 5, answers: [3]Answer{Yes, No, Partly}, comment: "Nurse Devi was kind. At home nobody answered the aftercare number for two days.",
			remove: "Nurse Devi", reason: "It named a member of staff."},
		{months: 4, answers: [3]Answer{Yes, Yes, Yes}, comment: "बिल वही था जो बताया गया था, और घर लौटने पर किसे फ़ोन करना है यह लिखकर दिया गया।"},
		{months: 3, answers: [3]Answer{Yes, Yes, Partly}, comment: "They cured me completely and will cure you.", reason: "It made a claim about the result of treatment, which a comment cannot show."},
		{months: 3, answers: [3]Answer{Yes, Partly, Yes}},
		{months: 2, answers: [3]Answer{No, Yes, Yes}},
	},
	"banyan-lane-heart-institute-bengaluru": {
		{months: 4, answers: [3]Answer{Yes, Yes, Yes}},
		{months: 2, answers: [3]Answer{Yes, Partly, Yes}, comment: "Risks were drawn on paper, which helped me to ask questions."},
	},
}

// LoadSamples gives sample hospitals invented feedback, once. Real hospitals never get any.
func (s *Service) LoadSamples(ctx context.Context) error {
	for slug, all := range samples {
		p, err := s.store.ProfileBySlug(ctx, slug)
		if fault.Is(err, fault.Missing) || fault.Is(err, fault.Gone) {
			continue
		}
		if err != nil {
			return err
		}
		n, err := s.store.FeedbackCounts(ctx, p.ID)
		if err != nil {
			return err
		}
		if !p.Sample || n.Invited > 0 {
			continue
		}
		for _, one := range all {
			if err := s.loadSample(ctx, slug, one); err != nil {
				return err
			}
		}
		if _, err := s.inviteSample(ctx, slug, 1); err != nil { // not answered
			return err
		}
	}
	return nil
}

func (s *Service) inviteSample(ctx context.Context, slug string, months int) (string, error) {
	today := when.TodayIndia(s.clock())
	month := time.Date(today.Year, today.Month, 1, 0, 0, 0, 0, time.UTC).AddDate(0, -months, 0)
	return s.Invite(ctx, Confirmed{Slug: slug, Stayed: month.Format(monthForm), By: sampler})
}

func (s *Service) loadSample(ctx context.Context, slug string, one said) error {
	token, err := s.inviteSample(ctx, slug, one.months)
	if err != nil {
		return err
	}
	var problems check.List
	if problems, err = s.Send(ctx, token, Form{one.answers, one.comment}); err == nil {
		err = asError("sample feedback", problems)
	}
	if err != nil || one.comment == "" {
		return err
	}
	return s.decideSample(ctx, slug, one)
}

// decideSample moderates what loadSample just sent, the only text that waits for this hospital.
func (s *Service) decideSample(ctx context.Context, slug string, one said) error {
	waiting, err := s.Queue(ctx, false)
	if err != nil {
		return err
	}
	for _, i := range waiting {
		switch {
		case i.Slug != slug:
			continue
		case i.Kind == responses:
			err = s.Publish(ctx, i.ID, sampler)
		case one.remove != "":
			err = s.Redact(ctx, i.ID, []string{one.remove}, one.reason, sampler)
		case one.reason != "":
			err = s.Refuse(ctx, i.ID, one.reason, sampler)
		default:
			err = s.Publish(ctx, i.ID, sampler)
		}
		if err == nil && one.response != "" && i.Kind == comments {
			if _, err = s.Respond(ctx, i.Feedback, one.response, sampler); err == nil {
				err = s.decideSample(ctx, slug, said{})
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}
