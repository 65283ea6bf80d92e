package search_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"carecorridor/internal/when"
	"carecorridor/search"
	"carecorridor/search/memory"
	"carecorridor/search/searchtest"
)

// sick is a memory engine that fails as told.
type sick struct {
	search.Engine
	err   error
	asked int
}

func (s *sick) Search(ctx context.Context, q search.Query) (search.Page, error) {
	s.asked++
	switch {
	case errors.Is(s.err, search.ErrTimeout):
		<-ctx.Done()
		return search.Page{}, s.err
	case s.err != nil:
		return search.Page{}, s.err
	}
	return s.Engine.Search(ctx, q)
}

func (s *sick) Upsert(ctx context.Context, docs []search.Doc) (search.Ticket, error) {
	if s.err != nil {
		return search.Ticket{}, s.err
	}
	return s.Engine.Upsert(ctx, docs)
}

func (s *sick) Rebuild(ctx context.Context, src search.Source) (search.BuildInfo, error) {
	if s.err != nil {
		return search.BuildInfo{}, s.err
	}
	return s.Engine.Rebuild(ctx, src)
}

func pair(err error) (*search.Failover, *sick, *memory.Engine) {
	first, second := &sick{Engine: memory.New(when.System), err: err}, memory.New(when.System)
	return &search.Failover{Primary: first, Fallback: second, Deadline: 20 * time.Millisecond, Clock: when.System}, first, second
}

func TestTheFallbackAnswersWhileTheFirstEngineIsDown(t *testing.T) {
	w := searchtest.Catalogue(50, 2, 1)
	for _, cause := range []error{search.ErrUnavailable, search.ErrTimeout, search.ErrNotReady} {
		f, first, _ := pair(cause)
		if _, err := f.Rebuild(t.Context(), w.Source()); !errors.Is(err, cause) {
			t.Fatalf("rebuild: %v", err)
		}
		for range 3 {
			p, err := f.Search(t.Context(), search.Query{IncludeSamples: true, IncludeUnconfirmed: true})
			if err != nil || p.Total != 50 || !p.Fallback || p.Engine != memory.Name {
				t.Fatalf("%v: %+v, %v", cause, p, err)
			}
		}
		if first.asked != 1 {
			t.Errorf("%v: an engine that is down was asked %d times in two seconds", cause, first.asked)
		}
	}
}

func TestAQuestionThatIsWrongIsNotAskedElsewhere(t *testing.T) {
	f, _, _ := pair(search.ErrInvalidQuery)
	if _, err := f.Search(t.Context(), search.Query{}); !errors.Is(err, search.ErrInvalidQuery) {
		t.Error(err)
	}
	f, first, _ := pair(search.ErrUnavailable)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := f.Search(ctx, search.Query{}); err == nil || first.asked != 1 {
		t.Error("a visitor who left still made the fallback work")
	}
}

func TestTheFirstEngineIsAskedAgainAfterItsRest(t *testing.T) {
	now := time.Unix(1000, 0)
	f, first, _ := pair(search.ErrUnavailable)
	f.Clock = func() time.Time { return now }
	_, _ = f.Search(t.Context(), search.Query{})
	now = now.Add(3 * time.Second)
	_, _ = f.Search(t.Context(), search.Query{})
	if first.asked != 2 {
		t.Errorf("asked %d times", first.asked)
	}
}

func TestWritesReachBothEngines(t *testing.T) {
	w := searchtest.Catalogue(60, 2, 1)
	f, first, second := pair(nil)
	if info, err := f.Rebuild(t.Context(), w.Source()); err != nil || info.Docs != 60 {
		t.Fatalf("%+v, %v", info, err)
	}
	gone := w.Docs[0].ID
	k, err := f.Delete(t.Context(), []string{gone})
	if err != nil || f.Wait(t.Context(), k) != nil {
		t.Fatal(err)
	}
	first.err = search.ErrUnavailable
	if _, err := f.Upsert(t.Context(), w.Docs[:1]); err == nil {
		t.Error("a write the first engine did not take must be tried again by the caller")
	}
	for name, c := range map[string]struct {
		e    search.Engine
		want int
	}{"first": {first.Engine, 59}, "fallback": {second, 60}} {
		p, err := c.e.Search(t.Context(), search.Query{IncludeSamples: true, IncludeUnconfirmed: true})
		if err != nil || p.Total != c.want {
			t.Errorf("%s holds %d, want %d (%v)", name, p.Total, c.want, err)
		}
	}
}

func TestABrokenSourceLeavesBothEnginesAsTheyWere(t *testing.T) {
	w, broke := searchtest.Catalogue(300, 2, 1), errors.New("broke")
	f, first, second := pair(nil)
	if _, err := f.Rebuild(t.Context(), w.Source()); err != nil {
		t.Fatal(err)
	}
	src := search.Source{Docs: func(yield func(search.Doc, error) bool) {
		_ = yield(w.Docs[0], nil) && yield(search.Doc{}, broke)
	}, Entries: w.Source().Entries}
	if _, err := f.Rebuild(t.Context(), src); !errors.Is(err, broke) {
		t.Fatal(err)
	}
	for _, e := range []search.Engine{first.Engine, second} {
		if h := e.Health(t.Context()); h.Docs != 300 {
			t.Errorf("%d documents left", h.Docs)
		}
	}
}

func TestTheIndexNormalisesAndSetsADeadline(t *testing.T) {
	first := &sick{Engine: memory.New(when.System), err: search.ErrTimeout}
	x := search.NewIndex(first, when.System, 10*time.Millisecond)
	if _, err := x.Search(t.Context(), search.Query{Node: "no node"}); !errors.Is(err, search.ErrInvalidQuery) || first.asked != 0 {
		t.Errorf("%v, asked %d", err, first.asked)
	}
	if _, err := x.Search(context.Background(), search.Query{}); !errors.Is(err, search.ErrTimeout) {
		t.Error(err)
	}
}
