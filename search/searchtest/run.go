package searchtest

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"carecorridor/search"
)

// Open gives an engine nobody else writes to; it is closed by the test that asked for it.
type Open func(t *testing.T) search.Engine

// Run is the contract of search engines (search.md §11). Reading cases share one engine that holds a
// thousand hospitals and the fixtures of fixtures.go; writing cases get their own.
func Run(t *testing.T, open Open) {
	w := Catalogue(1000, 10, 1)
	big := append(slices.Clone(w.Docs), Fixtures()...)
	e := opened(t, open)
	rebuild(t, e, search.Source{Docs: Stream(big...), Entries: Stream(append(w.Entries, fixtureEntries...)...)})
	s := &suite{engine: e, docs: big, world: w}
	for name, c := range map[string]func(*suite, *testing.T){
		"price and treatment hold on one package":         (*suite).samePackage,
		"the cheapest matching package decides the order": (*suite).cheapestDecides,
		"ties go by ord": (*suite).ties,
		"a walk of all pages meets each provider once":         (*suite).walk,
		"a page past the end is empty":                         (*suite).pastTheEnd,
		"counts are providers, not packages":                   (*suite).providersCount,
		"bands include both ends and hold on one package":      (*suite).bands,
		"an unknown value finds nothing":                       (*suite).unknown,
		"hostile words are inert":                              (*suite).hostile,
		"the radius has an edge and no antimeridian":           (*suite).radius,
		"names are found by words, beginnings and near misses": (*suite).names,
		"suggestions are grouped, capped and without repeats":  (*suite).suggestions,
		"four hundred random questions agree with the oracle":  (*suite).random,
		"a cancelled question says so":                         (*suite).cancelled,
	} {
		t.Run(name, func(t *testing.T) { c(s, t) })
	}
	for name, c := range writing {
		t.Run(name, func(t *testing.T) { c(t, opened(t, open)) })
	}
}

type suite struct {
	engine search.Engine
	docs   []search.Doc
	world  World
}

func opened(t *testing.T, open Open) search.Engine {
	t.Helper()
	e := open(t)
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return e
}

func rebuild(t *testing.T, e search.Engine, src search.Source) {
	t.Helper()
	if _, err := e.Rebuild(context.Background(), src); err != nil {
		t.Fatalf("rebuild: %v", err)
	}
}

func ask(t *testing.T, e search.Engine, q search.Query) search.Page {
	t.Helper()
	ctx, done := context.WithTimeout(context.Background(), 20*time.Second)
	defer done()
	p, err := e.Search(ctx, q)
	if err != nil {
		t.Fatalf("search %+v: %v", q, err)
	}
	return p
}

// Same reports every difference between got and the answer worked out by hand, ids in order included.
// Providers less than two metres apart in distance may swap under Nearest: an engine may not tell them
// apart.
func Same(t *testing.T, q search.Query, got, want search.Page) {
	t.Helper()
	if got.Total != want.Total || got.Pages != want.Pages || got.Number != want.Number {
		t.Errorf("%s: total, pages, number %d %d %d, want %d %d %d",
			Show(q), got.Total, got.Pages, got.Number, want.Total, want.Pages, want.Number)
	}
	sameHits(t, q, got.Hits, want.Hits)
	for _, f := range q.Facets {
		if !slices.Equal(got.Facets[f], want.Facets[f]) {
			t.Errorf("%s: facet %s\n got %v\nwant %v", Show(q), f, got.Facets[f], want.Facets[f])
		}
	}
	if !slices.Equal(got.Bands, want.Bands) {
		t.Errorf("%s: bands %v, want %v", Show(q), got.Bands, want.Bands)
	}
}

func sameHits(t *testing.T, q search.Query, got, want []search.Hit) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %d hits, want %d", Show(q), len(got), len(want))
		return
	}
	for i := range got {
		g, w := got[i], want[i]
		near := q.Sort == search.Nearest && g.KM != nil && w.KM != nil && math.Abs(*g.KM-*w.KM) < 0.002
		if !near && (g.ID != w.ID || g.From != w.From || (g.KM == nil) != (w.KM == nil)) {
			t.Errorf("%s: hit %d is %+v, want %+v", Show(q), i, g, w)
			return
		}
		if g.KM != nil && w.KM != nil && math.Abs(*g.KM-*w.KM) > 0.005**w.KM+0.002 {
			t.Errorf("%s: hit %d is %v km away, want %v", Show(q), i, *g.KM, *w.KM)
		}
	}
}

// Show writes q with what its pointers point to.
func Show(q search.Query) string {
	n := func(p *int64) string {
		if p == nil {
			return "*"
		}
		return fmt.Sprint(*p)
	}
	near := "-"
	if q.Near != nil {
		near = fmt.Sprint(*q.Near)
	}
	return fmt.Sprintf("{text %q node %s %s..%s proc %v spec %v place %v %v %v lang %v feat %v acc %v near %s all %v %v sort %s page %d/%d}",
		q.Text, q.Node, n(q.Price.Min), n(q.Price.Max), q.Procedures, q.Specialties, q.Cities, q.States, q.Hubs,
		q.Languages, q.Features, q.Accreditations, near, q.IncludeUnconfirmed, q.IncludeSamples, q.Sort, q.Page, q.PerPage)
}

func (s *suite) random(t *testing.T) {
	for _, q := range s.world.Queries(450, 7) {
		Same(t, q, ask(t, s.engine, q), Answer(s.docs, q))
		if t.Failed() {
			return
		}
	}
}

func (s *suite) cancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := s.engine.Search(ctx, search.Query{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	ctx, done := context.WithDeadline(context.Background(), time.Unix(1, 0))
	defer done()
	if _, err := s.engine.Search(ctx, search.Query{}); !errors.Is(err, search.ErrTimeout) {
		t.Errorf("past its deadline: %v", err)
	}
}
