package feedback_test

import (
	"strings"
	"testing"

	"carecorridor/feedback"
	"carecorridor/internal/fault"
)

func TestNothingIsPublicBeforeAModeratorDecides(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.send(t, "The bill was right.")
		if s := w.summary(t); len(s.Comments) != 0 {
			t.Fatalf("%+v", s)
		}
		must(t, w.Publish(ctx, w.waiting(t).ID, "Asha"))
		s := w.summary(t)
		if len(s.Comments) != 1 || s.Comments[0].Text != "The bill was right." || s.Comments[0].Reason != "" || s.Comments[0].Stayed != "2026-10" {
			t.Fatalf("%+v", s)
		}
	})
}

func TestARedactionOnlyTakesWordsOutAndSaysWhy(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.send(t, "Dr Rao was kind. Dr Rao called me.")
		id := w.waiting(t).ID
		const why = "It named a member of staff."
		want(t, w.Redact(ctx, id, []string{"Dr Nair"}, why, "Asha"), fault.Invalid)
		want(t, w.Redact(ctx, id, nil, why, "Asha"), fault.Invalid)
		want(t, w.Redact(ctx, id, []string{"Dr Rao was kind. Dr Rao called me."}, why, "Asha"), fault.Invalid)
		want(t, w.Redact(ctx, id, []string{"Dr Rao"}, "", "Asha"), fault.Invalid)
		want(t, w.Redact(ctx, id, []string{"Dr Rao"}, why, " "), fault.Invalid)
		must(t, w.Redact(ctx, id, []string{"Dr Rao"}, why, "Asha"))
		c := w.summary(t).Comments[0]
		if c.Text != "[removed] was kind. [removed] called me." || c.Reason != why || c.Refused {
			t.Errorf("%+v", c)
		}
	})
}

func TestARefusedCommentShowsOnlyTheReason(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for range feedback.MinAnswers - 1 {
			w.send(t, "")
		}
		w.send(t, "The surgeon cured me.")
		must(t, w.Refuse(ctx, w.waiting(t).ID, "It claims a clinical result.", "Asha"))
		s := w.summary(t)
		if c := s.Comments[0]; c.Text != "" || !c.Refused || c.Reason != "It claims a clinical result." {
			t.Errorf("%+v", c)
		}
		if s.Figures == nil || s.Figures.Answered != 5 {
			t.Error("refusing a comment changed the figures")
		}
	})
}

func TestWhoDecidedIsRecordedAndStays(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.send(t, "The bill was right.")
		id := w.waiting(t).ID
		must(t, w.Refuse(ctx, id, "A mistake of the moderator.", "Asha"))
		must(t, w.Publish(ctx, id, "Ben"))
		log, err := w.Log(ctx, id)
		if err != nil || len(log) != 2 || log[0].ByWhom != "Asha" || log[0].Decision != "refused" || log[1].ByWhom != "Ben" || !log[1].At.Equal(now) {
			t.Fatalf("%+v, %v", log, err)
		}
		want(t, w.Publish(ctx, id+1000, "Ben"), fault.Missing)
	})
}

func TestAHospitalRespondsOnceToAPublicComment(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.send(t, "The bill was higher.")
		c := w.waiting(t)
		respond := func(text string) error { _, err := w.Respond(ctx, c.Feedback, text, "Marina office"); return err }
		want(t, respond("Not yet public."), fault.Conflict)
		must(t, w.Publish(ctx, c.ID, "Asha"))
		want(t, respond(" "), fault.Invalid)
		want(t, respond(strings.Repeat("x", feedback.MaxComment+1)), fault.Invalid)
		must(t, respond("First wording."))
		if r := w.summary(t).Comments[0].Response; r != nil {
			t.Fatalf("held, and shown: %+v", r)
		}
		must(t, respond("We are sorry. The room was changed."))
		must(t, w.Publish(ctx, w.waiting(t).ID, "Asha"))
		if r := w.summary(t).Comments[0].Response; r == nil || r.Text != "We are sorry. The room was changed." {
			t.Errorf("%+v", r)
		}
		want(t, respond("Another one."), fault.Conflict)
	})
}

func TestFeedbackThatIsTakenBackIsGone(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for range feedback.MinAnswers - 1 {
			w.send(t, "")
		}
		w.send(t, "The bill was right.")
		c := w.waiting(t)
		must(t, w.Publish(ctx, c.ID, "Asha"))
		must(t, w.Withdraw(ctx, c.Feedback, "Asha"))
		if s := w.summary(t); s.Figures != nil || len(s.Comments) != 0 {
			t.Errorf("%+v", s)
		}
		all, err := w.Queue(ctx, true)
		if err != nil || len(all) != 1 || all[0].Body != "" || all[0].Shown != "" {
			t.Errorf("%+v, %v", all, err)
		}
		want(t, w.Publish(ctx, c.ID, "Asha"), fault.Conflict)
	})
}

func TestFlagsPointToWordsAndDecideNothing(t *testing.T) {
	t.Parallel()
	for text, why := range map[string]string{
		"They cured my knee":            "clinical result",
		"I had an INFECTION after":      "clinical result",
		"Dr. Rao was kind":              "name a person",
		"call +91 98400 12345":          "contact details",
		"see www.example.org":           "contact details",
		"this was negligence":           "accuse",
		"a discount for a good review":  "reward",
		"they offered gender selection": "must not be advertised",
	} {
		f := feedback.Flags(text)
		if len(f) != 1 || !strings.Contains(f[0].Why, why) || !strings.Contains(text, f[0].Words[0]) {
			t.Errorf("%q: %+v", text, f)
		}
	}
	for _, text := range []string{"", "The bill matched and the doctor explained the risks.", "बिल वही था", "I paid 5,450 pounds as quoted in October 2026"} {
		if f := feedback.Flags(text); f != nil {
			t.Errorf("%q: %+v", text, f)
		}
	}
}
