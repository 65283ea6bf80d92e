package meili

import (
	"context"
	"encoding/json"
	"fmt"

	client "github.com/meilisearch/meilisearch-go"

	"carecorridor/search"
)

// Suggest asks for every kind in one round trip, at most perKind lines of each.
func (e *Engine) Suggest(ctx context.Context, text string, perKind int) ([]search.Suggestion, error) {
	q, err := search.Query{Text: text}.Normalise()
	if err != nil || q.Text == "" {
		return nil, err
	}
	queries := make([]*client.SearchRequest, len(search.Kinds))
	for i, k := range search.Kinds {
		queries[i] = &client.SearchRequest{
			IndexUID: e.suggest(), Query: q.Text, MatchingStrategy: client.All,
			Limit: int64(max(perKind, 1)), Filter: equal("kind", string(k)),
		}
	}
	answer, err := again(ctx, "suggest", func() (*client.MultiSearchResponse, error) {
		return e.api.MultiSearchWithContext(ctx, &client.MultiSearchRequest{Queries: queries})
	})
	if err != nil {
		return nil, err
	}
	var out []search.Suggestion
	for _, r := range answer.Results {
		for _, h := range r.Hits {
			s, err := readSuggestion(h)
			if err != nil {
				return nil, fmt.Errorf("%w: %w", search.ErrUnavailable, err)
			}
			out = append(out, s)
		}
	}
	return out, nil
}

func readSuggestion(h client.Hit) (s search.Suggestion, err error) {
	for key, into := range map[string]any{"kind": &s.Kind, "slug": &s.Slug, "text": &s.Text, "sub": &s.Sub} {
		if err := json.Unmarshal(h[key], into); err != nil {
			return s, fmt.Errorf("suggestion %s: %w", key, err)
		}
	}
	return s, nil
}
