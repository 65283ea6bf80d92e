package meili

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	client "github.com/meilisearch/meilisearch-go"

	"carecorridor/search"
)

// facts is what questions need to know about the index beforehand.
type facts struct {
	specialties []string  // that any document lists
	asOf        time.Time // when the index last changed
	read        time.Time
}

// stale is how long facts are believed when another process may have written.
const stale = 30 * time.Second

// known gives facts no older than stale. While one caller fetches, others go on with what there is.
func (e *Engine) known(ctx context.Context) (*facts, error) {
	f := e.facts.Load()
	if f != nil && e.opts.Clock().Sub(f.read) < stale {
		return f, nil
	}
	if f == nil {
		e.asking.Lock()
	} else if !e.asking.TryLock() {
		return f, nil
	}
	defer e.asking.Unlock()
	if newer := e.facts.Load(); newer != nil && newer != f {
		return newer, nil
	}
	f, err := e.fetch(ctx)
	if err != nil {
		return nil, err
	}
	e.facts.Store(f)
	return f, nil
}

func (e *Engine) fetch(ctx context.Context) (*facts, error) {
	f := &facts{read: e.opts.Clock()}
	info, err := again(ctx, "index", func() (*client.IndexResult, error) {
		return e.api.GetIndexWithContext(ctx, e.providers())
	})
	if err != nil {
		return nil, err
	}
	f.asOf = info.UpdatedAt
	zero := int64(0)
	answer, err := again(ctx, "specialties", func() (*client.SearchResponse, error) {
		return e.api.Index(e.providers()).SearchWithContext(ctx, "", &client.SearchRequest{
			HitsPerPage: &zero, Page: 1, Facets: []string{attributes[search.FacetSpecialty]},
		})
	})
	if err != nil {
		return nil, err
	}
	var all map[string]map[string]int
	if err := json.Unmarshal(answer.FacetDistribution, &all); err != nil {
		return nil, mapped(ctx, "specialties", err)
	}
	for s := range all[attributes[search.FacetSpecialty]] {
		f.specialties = append(f.specialties, s)
	}
	slices.Sort(f.specialties)
	return f, nil
}

// changed forgets facts after a write of our own.
func (e *Engine) changed() { e.facts.Store(nil) }
