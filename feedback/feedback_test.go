package feedback_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"carecorridor/feedback"
	"carecorridor/internal/fault"
	"carecorridor/internal/seal"
	"carecorridor/internal/testdb"
	"carecorridor/internal/token"
	"carecorridor/models"
)

var now = time.Date(2026, 11, 22, 9, 30, 0, 0, time.UTC)

const slug = "marina-chennai"

var ctx = context.Background()

// world is a service over a database with one listed hospital.
type world struct {
	*feedback.Service
	store    *models.Store
	signer   *token.Signer
	provider int64
	now      time.Time
}

// each runs f on both databases.
func each(t *testing.T, f func(t *testing.T, w *world)) {
	t.Helper()
	t.Parallel()
	w := &world{}
	testdb.EachWith(t, models.Options{Clock: func() time.Time { return w.now }}, func(t *testing.T, s *models.Store) {
		w.store, w.now = s, now
		w.open(t)
		f(t, w)
	})
}

func (w *world) open(t *testing.T) {
	t.Helper()
	must(t, w.store.Write(ctx, func(tx *models.Tx) error {
		if _, err := tx.PutCities([]models.City{{Slug: "chennai", Name: "Chennai", State: "Tamil Nadu"}}); err != nil {
			return err
		}
		one := []models.ProviderBundle{{Provider: models.Provider{Slug: slug, Name: "Marina", Kind: "unknown", Origin: "sample", Sample: true},
			Sites: []models.Site{{Main: true, CitySlug: "chennai"}}}}
		_, err := tx.PutProviders(one)
		w.provider = one[0].ID
		return err
	}))
	var err error
	w.signer, err = token.New([]byte(strings.Repeat("k", 32)))
	must(t, err)
	box, err := seal.New()
	must(t, err)
	w.Service = feedback.New(w.store, w.signer, box, func() time.Time { return w.now })
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func want(t testing.TB, err error, k fault.Kind) {
	t.Helper()
	if !fault.Is(err, k) {
		t.Fatalf("got %v (%v), want %v", err, fault.KindOf(err), k)
	}
}

func (w *world) invite(t testing.TB) string {
	t.Helper()
	link, err := w.Invite(ctx, feedback.Confirmed{Slug: slug, Stayed: "2026-10", By: "Asha"})
	must(t, err)
	return link
}

var satisfied = [3]feedback.Answer{feedback.Yes, feedback.Partly, feedback.No}

func (w *world) send(t testing.TB, comment string) {
	t.Helper()
	problems, err := w.Send(ctx, w.invite(t), feedback.Form{Answers: satisfied, Comment: comment})
	if err != nil || !problems.OK() {
		t.Fatal(problems, err)
	}
}

// waiting is the only text that waits.
func (w *world) waiting(t testing.TB) feedback.Item {
	t.Helper()
	q, err := w.Queue(ctx, false)
	if err != nil || len(q) != 1 {
		t.Fatalf("%+v, %v", q, err)
	}
	return q[0]
}

func (w *world) summary(t testing.TB) feedback.Summary {
	t.Helper()
	s, err := w.Summary(ctx, w.provider)
	must(t, err)
	return s
}

func (w *world) generation(t testing.TB) int64 {
	t.Helper()
	n, err := w.store.Generation(ctx)
	must(t, err)
	return n
}

func TestALinkIsUsedOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		link := w.invite(t)
		i, err := w.Open(ctx, link)
		if err != nil || i.Hospital != "Marina" || i.Stayed != "2026-10" || i.Used || !i.Sample {
			t.Fatalf("%+v, %v", i, err)
		}
		if problems, err := w.Send(ctx, link, feedback.Form{Answers: satisfied}); err != nil || !problems.OK() {
			t.Fatal(problems, err)
		}
		_, err = w.Send(ctx, link, feedback.Form{Answers: [3]feedback.Answer{"no", "no", "no"}})
		want(t, err, fault.Conflict)
		if i, err := w.Open(ctx, link); err != nil || !i.Used {
			t.Fatalf("%+v, %v", i, err)
		}
	})
}

func TestOfManySendingsAtOnceOneIsKept(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		link := w.invite(t)
		errs := make(chan error, 6)
		for range cap(errs) {
			go func() {
				_, err := w.Send(ctx, link, feedback.Form{Answers: satisfied, Comment: "Once"})
				errs <- err
			}()
		}
		kept := 0
		for range cap(errs) {
			if err := <-errs; err == nil {
				kept++
			} else {
				want(t, err, fault.Conflict)
			}
		}
		if q, err := w.Queue(ctx, true); kept != 1 || err != nil || len(q) != 1 {
			t.Errorf("kept %d, %d comments, %v", kept, len(q), err)
		}
	})
}

func TestALinkThatIsForgedOldOrOfAnotherPurposeDoesNotWork(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		link := w.invite(t)
		other, err := token.New([]byte(strings.Repeat("x", 32)))
		must(t, err)
		later := now.AddDate(1, 0, 0)
		for what, bad := range map[string]string{"empty": "", "cut": link[:len(link)-2], "changed": "A" + link[1:], "noise": "%%%/../",
			"another key": other.Sign("feedback", []byte("x"), later), "another purpose": w.signer.Sign("shortlist", []byte("x"), later),
			"no such row": w.signer.Sign("feedback", []byte("x"), later), "a NUL": w.signer.Sign("feedback", []byte{0, 255}, later)} {
			if _, err := w.Open(ctx, bad); bad != link && !errors.Is(err, feedback.ErrLink) {
				t.Errorf("%s: %v", what, err)
			}
		}
		w.now = now.AddDate(0, 0, feedback.LinkDays).Add(time.Hour)
		if _, err := w.Send(ctx, link, feedback.Form{Answers: satisfied}); !errors.Is(err, feedback.ErrLink) {
			t.Errorf("an old link: %v", err)
		}
	})
}

func TestOnlyAConfirmedStayIsInvited(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for what, c := range map[string]feedback.Confirmed{
			"no month":      {Slug: slug, By: "Asha"},
			"no such month": {Slug: slug, By: "Asha", Stayed: "2026-13"},
			"future":        {Slug: slug, By: "Asha", Stayed: "2026-12"},
			"long ago":      {Slug: slug, By: "Asha", Stayed: "2024-10"},
			"nobody":        {Slug: slug, Stayed: "2026-10"},
			"too long":      {Slug: slug, By: "Asha", Stayed: "2026-10", Days: 1000},
		} {
			if _, err := w.Invite(ctx, c); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: %v", what, err)
			}
		}
		_, err := w.Invite(ctx, feedback.Confirmed{Slug: "no-such", By: "Asha", Stayed: "2026-10"})
		want(t, err, fault.Missing)
	})
}

func TestEveryQuestionNeedsAnAnswer(t *testing.T) {
	t.Parallel()
	f := feedback.Form{Answers: [3]feedback.Answer{"yes", "", "perhaps"}}
	l := f.Check()
	if len(l) != 2 || l.On("contact") == "" || l.On("risks") == "" {
		t.Error(l)
	}
}

func TestACommentIsKeptExactlyInAnyScript(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		const comment = "बिल वही था। शफ़ाء\n\t“Good”  & <b>bold</b> 👩🏽‍⚕️ "
		w.send(t, strings.ReplaceAll(comment, "\n", "\r\n"))
		if got := w.waiting(t).Body; got != comment {
			t.Errorf("%q", got)
		}
		f := feedback.Form{Answers: satisfied, Comment: strings.Repeat("अ", feedback.MaxComment)}
		if !f.Check().OK() {
			t.Error(f.Check())
		}
		for what, bad := range map[string]string{"long": f.Comment + "अ", "NUL": "a\x00b", "bell": "a\ab", "broken": "a\xffb"} {
			f.Comment = bad
			if f.Check().On("comment") == "" {
				t.Errorf("%s passes", what)
			}
		}
	})
}

func TestUnderFiveAnswersThereAreNoFigures(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.invite(t)
		for range feedback.MinAnswers - 1 {
			w.send(t, "")
		}
		if s := w.summary(t); s.Figures != nil {
			t.Fatalf("%+v", s.Figures)
		}
		w.send(t, "   \n ")
		f := w.summary(t).Figures
		if f == nil || f.Invited != 6 || f.Answered != 5 || f.First != "2026-10" || f.Counts[0].Yes != 5 || f.Counts[1].Partly != 5 || f.Counts[2].No != 5 || f.Counts[2].Yes != 0 {
			t.Fatalf("%+v", f)
		}
		if q, err := w.Queue(ctx, true); err != nil || len(q) != 0 {
			t.Errorf("a blank comment was kept: %+v, %v", q, err)
		}
	})
}

func TestEveryChangeMovesTheGeneration(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		var item feedback.Item
		before := w.generation(t)
		for i, act := range []func(){
			func() { w.invite(t) },
			func() { w.send(t, "The bill was right.") },
			func() { item = w.waiting(t); must(t, w.Publish(ctx, item.ID, "Asha")) },
			func() { must(t, w.Redact(ctx, item.ID, []string{"bill"}, "It named a sum.", "Asha")) },
			func() { must(t, w.Withdraw(ctx, item.Feedback, "Asha")) },
		} {
			act()
			if after := w.generation(t); after <= before {
				t.Errorf("change %d: generation %d after %d", i, after, before)
			} else {
				before = after
			}
		}
	})
}
