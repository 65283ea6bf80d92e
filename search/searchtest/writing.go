package searchtest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"carecorridor/search"
)

// writing is the cases that change what an engine holds.
var writing = map[string]func(*testing.T, search.Engine){
	"an upsert replaces whole documents":             upserts,
	"a deleted provider is found no more":            deletes,
	"a document the engine cannot take is named":     refuses,
	"an interrupted rebuild leaves the old index":    interrupted,
	"readers see the old or the new index":           swaps,
	"readers and a writer do not disturb each other": together,
	"an engine nobody filled says so or is empty":    unfilled,
	"changes keep agreeing with the oracle":          changes,
}

func write(t *testing.T, e search.Engine, docs []search.Doc, gone []string) {
	t.Helper()
	ctx := context.Background()
	if len(docs) > 0 {
		k, err := e.Upsert(ctx, docs)
		if err == nil {
			err = e.Wait(ctx, k)
		}
		if err != nil {
			t.Fatalf("upsert: %v", err)
		}
	}
	if len(gone) > 0 {
		k, err := e.Delete(ctx, gone)
		if err == nil {
			err = e.Wait(ctx, k)
		}
		if err != nil {
			t.Fatalf("delete: %v", err)
		}
	}
}

func upserts(t *testing.T, e search.Engine) {
	rebuild(t, e, search.Source{Docs: Stream(Fixtures()...)})
	d := fixture(2, "Packages", "Fair", map[search.Node][]int64{"check": {50}})
	d.Specialties, d.Accreditations = []string{"mending"}, []string{"JCI"}
	d.Prices["sp-mending"] = []int64{50}
	write(t, e, []search.Doc{d, fixture(99, "Packages", "Fresh", map[search.Node][]int64{"knee": {10}})}, nil)
	s := &suite{engine: e}
	s.finds(t, knees(search.Range{Max: ptr(6000)}), 99, 3, 4)
	p := s.finds(t, search.Query{Specialties: []string{"mending"}, PerPage: 5, Facets: search.AllFacets}, 2)
	if got := p.Facets[search.FacetAccreditation]; !slices.Equal(got, []search.Count{{Value: "JCI", N: 1}}) {
		t.Errorf("accreditations after the upsert: %v", got)
	}
	q := knees(upTo(100))
	if got := ask(t, e, q).Facets[search.FacetSpecialty]; !slices.Contains(got, search.Count{Value: "mending", N: 1}) {
		t.Errorf("a new specialty is not counted: %v", got)
	}
}

func ptr(n int64) *int64 { return &n }

func deletes(t *testing.T, e search.Engine) {
	rebuild(t, e, search.Source{Docs: Stream(Fixtures()...)})
	write(t, e, nil, []string{fmt.Sprint(fixtureID + 3), "123456789"})
	s := &suite{engine: e}
	s.finds(t, knees(upTo(6000)), 2, 4)
	s.finds(t, search.Query{Text: "cheapest", PerPage: 5})
	if got := ask(t, e, search.Query{}).Total; got != len(Fixtures())-1 {
		t.Errorf("%d left", got)
	}
}

func refuses(t *testing.T, e search.Engine) {
	rebuild(t, e, search.Source{Docs: Stream(Fixtures()...)})
	bad := fixture(77, "Packages", "Bad", nil)
	lat := 91.0
	bad.Lat, bad.Lng = &lat, &lat
	ctx := context.Background()
	k, err := e.Upsert(ctx, []search.Doc{fixture(76, "Packages", "Good", nil), bad})
	if err == nil {
		err = e.Wait(ctx, k)
	}
	var blamed *search.DocError
	if !errors.As(err, &blamed) || blamed.ID != bad.ID || !errors.Is(err, search.ErrInvalidDoc) {
		t.Errorf("a point off the earth was answered with %v", err)
	}
}

var errSource = errors.New("source broke")

func broken(docs []search.Doc) iter.Seq2[search.Doc, error] {
	return func(yield func(search.Doc, error) bool) {
		for _, d := range docs {
			if !yield(d, nil) {
				return
			}
		}
		yield(search.Doc{}, errSource)
	}
}

func interrupted(t *testing.T, e search.Engine) {
	rebuild(t, e, search.Source{Docs: Stream(Fixtures()...), Entries: Stream(fixtureEntries...)})
	w := Catalogue(300, 3, 5)
	if _, err := e.Rebuild(context.Background(), search.Source{Docs: broken(w.Docs)}); !errors.Is(err, errSource) {
		t.Errorf("broken source: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	_, err := e.Rebuild(ctx, search.Source{Docs: func(yield func(search.Doc, error) bool) {
		cancel()
		Stream(w.Docs...)(yield)
	}})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled rebuild: %v", err)
	}
	if p := ask(t, e, search.Query{}); p.Total != len(Fixtures()) {
		t.Errorf("%d providers after two broken rebuilds, want the %d old ones", p.Total, len(Fixtures()))
	}
	rebuild(t, e, w.Source())
	if p := ask(t, e, search.Query{IncludeSamples: true, IncludeUnconfirmed: true}); p.Total != 300 {
		t.Errorf("%d providers after the next rebuild", p.Total)
	}
}

func swaps(t *testing.T, e search.Engine) {
	old, fresh := Catalogue(200, 3, 1), Catalogue(350, 3, 2)
	rebuild(t, e, old.Source())
	stop := make(chan struct{})
	var readers sync.WaitGroup
	var asked atomic.Int64
	for range 4 {
		readers.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				p, err := e.Search(context.Background(), search.Query{IncludeSamples: true, IncludeUnconfirmed: true, PerPage: 5})
				if asked.Add(1); err != nil || p.Total != 200 && p.Total != 350 || len(p.Hits) != 5 {
					t.Errorf("while swapping: total %d, %d hits, %v", p.Total, len(p.Hits), err)
					return
				}
			}
		})
	}
	rebuild(t, e, fresh.Source())
	rebuild(t, e, old.Source())
	rebuild(t, e, fresh.Source())
	close(stop)
	readers.Wait()
	if asked.Load() == 0 {
		t.Error("nobody asked meanwhile")
	}
}

func together(t *testing.T, e search.Engine) {
	w := Catalogue(300, 5, 3)
	rebuild(t, e, w.Source())
	var all sync.WaitGroup
	for i := range 16 {
		all.Go(func() {
			for _, q := range w.Queries(12, uint64(i)) {
				if _, err := e.Search(context.Background(), q); err != nil {
					t.Errorf("%s: %v", Show(q), err)
				}
				if _, err := e.Suggest(context.Background(), "ba", 3); err != nil {
					t.Errorf("suggest: %v", err)
				}
			}
		})
	}
	for i := range 5 {
		write(t, e, w.Docs[i*10:i*10+10], []string{w.Docs[100+i].ID})
	}
	all.Wait()
}

func unfilled(t *testing.T, e search.Engine) {
	p, err := e.Search(context.Background(), search.Query{})
	if !errors.Is(err, search.ErrNotReady) && (err != nil || p.Total != 0) {
		t.Errorf("before anything was written: %+v, %v", p, err)
	}
	if h := e.Health(context.Background()); h.OK {
		t.Errorf("nothing was built yet, but health is %+v", h)
	}
	rebuild(t, e, search.Source{})
	if p := ask(t, e, search.Query{Facets: search.AllFacets, PerPage: 5}); p.Total != 0 {
		t.Errorf("rebuilt from nothing: %+v", p)
	}
	if h := e.Health(context.Background()); !h.OK || h.Docs != 0 {
		t.Errorf("an empty catalogue is a catalogue: %+v", h)
	}
}

// changes turns one catalogue into another by upserts and deletes and asks on the way.
func changes(t *testing.T, e search.Engine) {
	w, next := Catalogue(120, 6, 8), Catalogue(160, 6, 9)
	rebuild(t, e, w.Source())
	docs := slices.Clone(w.Docs)
	for round := range 4 {
		var gone []string
		for i := range 10 {
			gone = append(gone, docs[len(docs)-1-i].ID)
		}
		docs = docs[:len(docs)-10]
		more := next.Docs[round*40 : round*40+40]
		for _, d := range more {
			if i := slices.IndexFunc(docs, func(o search.Doc) bool { return o.ID == d.ID }); i >= 0 {
				docs[i] = d
			} else {
				docs = append(docs, d)
			}
		}
		write(t, e, nil, gone)
		write(t, e, more, nil)
		for _, q := range next.Queries(25, uint64(round)) {
			Same(t, q, ask(t, e, q), Answer(docs, q))
		}
	}
}
