package meili

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"

	client "github.com/meilisearch/meilisearch-go"

	"carecorridor/search"
)

// allHits is more than any catalogue holds; see maxTotalHits in the settings.
const allHits = 1_000_000

// ranged reports whether Meilisearch's own price order would be wrong: it sorts by the smallest price of
// all, which with a lower end need not be the one inside the band that is shown.
func (r *request) ranged() bool {
	return r.q.Sort == search.PriceAsc && r.q.Price.Min != nil && *r.q.Price.Min > 0 && r.q.PerPage > 0
}

// rangeAll makes main bring every match with its prices, to be put in order here.
func (r *request) rangeAll(main *client.SearchRequest) {
	all := int64(allHits)
	main.HitsPerPage, main.Page, main.Sort = &all, 1, nil
	main.ShowRankingScoreDetails = r.q.Text != ""
	r.uses[0] = r.sortedHits
}

func (r *request) sortedHits(p *search.Page, a client.SearchResponse) error {
	p.Total = int(a.TotalHits)
	p.Pages = (p.Total + r.q.PerPage - 1) / r.q.PerPage
	all := make([]found, 0, len(a.Hits))
	for _, h := range a.Hits {
		f, err := r.read(h)
		if err != nil {
			return err
		}
		if f.typos, err = typos(h); err != nil {
			return err
		}
		all = append(all, f)
	}
	slices.SortFunc(all, func(a, b found) int {
		return cmp.Or(cmp.Compare(a.typos, b.typos), cmp.Compare(a.From, b.From), cmp.Compare(a.ord, b.ord))
	})
	from := min((r.q.Page-1)*r.q.PerPage, len(all))
	for _, f := range all[from:min(from+r.q.PerPage, len(all))] {
		p.Hits = append(p.Hits, f.Hit)
	}
	return nil
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
