package meili_test

import (
	"context"
	"testing"

	"carecorridor/internal/testmeili"
	"carecorridor/internal/when"
	"carecorridor/search"
	"carecorridor/search/meili"
	"carecorridor/search/searchtest"
)

func open(t *testing.T) search.Engine { return opened(t) }

func opened(t testing.TB) *meili.Engine {
	url, key, prefix := testmeili.Server(t)
	e := meili.New(meili.Options{URL: url, Key: key, Prefix: prefix, Clock: search.Clock(when.System)})
	t.Cleanup(func() {
		if err := e.Drop(context.Background()); err != nil {
			t.Errorf("drop: %v", err)
		}
	})
	return e
}

func TestMeilisearchKeepsTheContract(t *testing.T) { searchtest.Run(t, open) }
