package meili

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"

	client "github.com/meilisearch/meilisearch-go"

	"carecorridor/search"
)

// few is how many matches are fetched and put in order here without looking for better bounds first.
const few = 200

// allHits is more than any catalogue holds; see maxTotalHits in the settings.
const allHits = 1_000_000

// ranged reports whether Meilisearch's own price order would be wrong: it sorts by the smallest price of
// all, which with a lower end need not be the one inside the band that is shown.
func (r *request) ranged() bool {
	return r.q.Sort == search.PriceAsc && r.q.Price.Min != nil && *r.q.Price.Min > 0 && r.q.PerPage > 0
}

// rangeAll makes main bring the matches with their prices, to be put in order here: a few, or with text,
// where nearness of the words comes first, all.
func (r *request) rangeAll(main *client.SearchRequest) {
	size := int64(few)
	if r.q.Text != "" {
		size = allHits
		main.ShowRankingScoreDetails = true
	}
	main.HitsPerPage, main.Page, main.Sort = &size, 1, nil
	r.uses[0] = func(p *search.Page, a client.SearchResponse) (err error) {
		p.Total = int(a.TotalHits)
		p.Pages = (p.Total + r.q.PerPage - 1) / r.q.PerPage
		if r.many = p.Total > len(a.Hits); !r.many {
			p.Hits, err = r.sorted(a.Hits, (r.q.Page-1)*r.q.PerPage)
		}
		return err
	}
}

// sorted is one page of hits from number start on, in the order of the price that is shown.
func (r *request) sorted(hits client.Hits, start int) ([]search.Hit, error) {
	all := make([]found, 0, len(hits))
	for _, h := range hits {
		f, err := r.read(h)
		if err != nil {
			return nil, err
		}
		if f.typos, err = typos(h); err != nil {
			return nil, err
		}
		all = append(all, f)
	}
	slices.SortFunc(all, func(a, b found) int {
		return cmp.Or(cmp.Compare(a.typos, b.typos), cmp.Compare(a.From, b.From), cmp.Compare(a.ord, b.ord))
	})
	var out []search.Hit
	start = min(max(start, 0), len(all))
	for _, f := range all[start:min(start+r.q.PerPage, len(all))] {
		out = append(out, f.Hit)
	}
	return out, nil
}

// typos is how many edits the text needed for h, 0 without text.
func typos(h client.Hit) (int, error) {
	raw, ok := h["_rankingScoreDetails"]
	if !ok {
		return 0, nil
	}
	var d struct {
		Typo struct {
			TypoCount int `json:"typoCount"`
		} `json:"typo"`
	}
	if err := json.Unmarshal(raw, &d); err != nil {
		return 0, fmt.Errorf("ranking details: %w", err)
	}
	return d.Typo.TypoCount, nil
}
