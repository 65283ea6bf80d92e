package meili

import (
	"context"
	"math"

	client "github.com/meilisearch/meilisearch-go"

	"carecorridor/search"
)

// window is a stretch of prices: below providers have their first price in the band under from, upto
// have it at most at to.
type window struct {
	from, to    int64
	below, upto int
}

// cuts is how many prices are tried in one round trip.
const cuts = 15

// narrowed finds the page asked for without fetching all matches: who has a price from the lower end up
// to t has the first price in the band at most at t, so counting for several t brackets the page.
func (r *request) narrowed(ctx context.Context, e *Engine, total int) ([]search.Hit, error) {
	start := (r.q.Page - 1) * r.q.PerPage
	if start >= total {
		return nil, nil
	}
	lo, hi := r.q.Price.Ends()
	w := window{lo, hi, 0, total}
	for w.upto-w.below > few && w.from < w.to {
		tried := between(w.from, w.to)
		counts, err := r.countsUpTo(ctx, e, lo, tried)
		if err != nil {
			return nil, err
		}
		closer := w.close(tried, counts, start, min(start+r.q.PerPage, total))
		if closer == w {
			break
		}
		w = closer
	}
	return r.fetch(ctx, e, w, lo, start)
}

// close is w drawn in to the tried prices nearest to the places start..end.
func (w window) close(tried []int64, counts []int, start, end int) window {
	for i, n := range counts {
		if n <= start {
			w.from, w.below = tried[i]+1, n
		} else if n >= end {
			w.to, w.upto = tried[i], n
			break
		}
	}
	return w
}

// between is prices from from up to but not with to, evenly spread in ratio.
func between(from, to int64) []int64 {
	var out []int64
	base := float64(max(from, 1))
	for i := 1; i <= cuts; i++ {
		p := int64(base * math.Pow(float64(to)/base, float64(i)/(cuts+1)))
		if p = max(p, from); p < to && (len(out) == 0 || p > out[len(out)-1]) {
			out = append(out, p)
		}
	}
	return out
}

func (r *request) countsUpTo(ctx context.Context, e *Engine, lo int64, prices []int64) ([]int, error) {
	ask := &request{index: r.index, q: r.q, parts: r.parts}
	out := make([]int, len(prices))
	for i, p := range prices {
		ask.query(both(r.parts.all(), priced(r.q.Node, search.Range{Min: &lo, Max: &p})), 0,
			func(_ *search.Page, a client.SearchResponse) error {
				out[i] = int(a.TotalHits)
				return nil
			})
	}
	_, err := ask.send(ctx, e)
	return out, err
}

// fetch brings everybody whose first price in the band lies in w and gives the page from them.
func (r *request) fetch(ctx context.Context, e *Engine, w window, lo int64, start int) (hits []search.Hit, err error) {
	filter := both(r.parts.all(), priced(r.q.Node, search.Range{Min: &w.from, Max: &w.to}))
	if below := w.from - 1; below >= lo {
		filter = both(filter, "NOT "+priced(r.q.Node, search.Range{Min: &lo, Max: &below}))
	}
	ask := &request{index: r.index, q: r.q, parts: r.parts}
	s := ask.query(filter, allHits, func(_ *search.Page, a client.SearchResponse) (err error) {
		hits, err = r.sorted(a.Hits, start-w.below)
		return err
	})
	s.AttributesToRetrieve = []string{"id", "ord", "_geo", "p." + string(r.q.Node)}
	_, err = ask.send(ctx, e)
	return hits, err
}
