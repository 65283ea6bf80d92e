package meili

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"

	client "github.com/meilisearch/meilisearch-go"

	"carecorridor/search"
)

//go:embed settings_providers.json
var providerSettings []byte

//go:embed settings_suggest.json
var suggestSettings []byte

// next is added to the name of an index that is being built.
const next = "_next"

// prepare makes the indexes when they are not there, with their settings: an index the server makes by
// itself on the first document could be neither filtered nor sorted.
func (e *Engine) prepare(ctx context.Context) error {
	if e.prepared.Load() {
		return nil
	}
	for uid, settings := range map[string][]byte{e.providers(): providerSettings, e.suggest(): suggestSettings} {
		_, err := e.api.GetIndexWithContext(ctx, uid)
		if err = mapped(ctx, "index", err); errors.Is(err, search.ErrNotReady) {
			err = e.create(ctx, uid, settings)
		}
		if err != nil {
			return err
		}
	}
	e.prepared.Store(true)
	return nil
}

// create makes an index with its settings and waits for both.
func (e *Engine) create(ctx context.Context, uid string, settings []byte) error {
	t, err := again(ctx, "create index", func() (*client.TaskInfo, error) {
		return e.api.CreateIndexWithContext(ctx, &client.IndexConfig{Uid: uid, PrimaryKey: "id"})
	})
	if err != nil {
		return err
	}
	if _, err := e.finished(ctx, t.TaskUID); err != nil {
		return err
	}
	return e.configure(ctx, uid, settings)
}

// configure sends settings as they stand in the file: the client cannot express all of them.
func (e *Engine) configure(ctx context.Context, uid string, settings []byte) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPatch, e.opts.URL+"/indexes/"+uid+"/settings", bytes.NewReader(settings))
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+e.opts.Key)
	req.Header.Set("Content-Type", "application/json")
	res, err := e.http.Do(req)
	if err != nil {
		return mapped(ctx, "settings", err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(res.Body, 1<<16))
	if err != nil || res.StatusCode != http.StatusAccepted {
		return fmt.Errorf("meilisearch settings of %s: %w: status %d: %.200s", uid, search.ErrUnavailable, res.StatusCode, body)
	}
	id, err := taskID(body)
	if err != nil {
		return err
	}
	_, err = e.finished(ctx, id)
	return err
}

// Rebuild fills new indexes beside those in use and swaps them; the names in use never disappear and
// readers see the old or the new whole.
func (e *Engine) Rebuild(ctx context.Context, src search.Source) (search.BuildInfo, error) {
	e.rebuilding.Lock()
	defer e.rebuilding.Unlock()
	start := e.opts.Clock()
	info, err := e.fill(ctx, src)
	if err != nil {
		// The half-made index is nobody's; the next rebuild deletes it again should this not get through.
		_ = e.discard(context.WithoutCancel(ctx))
		return search.BuildInfo{}, err
	}
	if err := e.swap(ctx); err != nil {
		return search.BuildInfo{}, err
	}
	e.changed()
	info.Took = e.opts.Clock().Sub(start)
	return info, nil
}

func (e *Engine) fill(ctx context.Context, src search.Source) (info search.BuildInfo, err error) {
	if err := e.discard(ctx); err != nil {
		return info, err
	}
	for uid, settings := range map[string][]byte{e.providers(): providerSettings, e.suggest(): suggestSettings} {
		if err := e.create(ctx, uid+next, settings); err != nil {
			return info, err
		}
	}
	moved := func(n int) {
		if src.Moved != nil {
			src.Moved(n)
		}
	}
	docs, first, err := pour(src.Docs, moved, func(d search.Doc) (document, error) { return documentOf(d), d.Check() },
		func(rows []document) (int64, error) { return e.addRows(ctx, e.providers()+next, rows) })
	if err != nil {
		return info, err
	}
	entries, second, err := pour(src.Entries, nil, func(x search.Entry) (suggestion, error) { return suggestionOf(x), nil },
		func(rows []suggestion) (int64, error) { return e.addRows(ctx, e.suggest()+next, rows) })
	if err != nil {
		return info, err
	}
	for _, id := range append(first, second...) {
		if _, err := e.finished(ctx, id); err != nil {
			return info, err
		}
	}
	return search.BuildInfo{Docs: docs, Entries: entries}, nil
}

// pour sends what in yields in batches and gives their tasks.
func pour[T, R any](in iter.Seq2[T, error], moved func(int), row func(T) (R, error), send func([]R) (int64, error)) (n int, tasks []int64, err error) {
	if in == nil {
		return 0, nil, nil
	}
	rows := make([]R, 0, batch)
	flush := func() error {
		if len(rows) == 0 {
			return nil
		}
		id, err := send(rows)
		tasks, n, rows = append(tasks, id), n+len(rows), rows[:0]
		if moved != nil {
			moved(n)
		}
		return err
	}
	for v, err := range in {
		if err != nil {
			return n, tasks, err
		}
		r, err := row(v)
		if err != nil {
			return n, tasks, err
		}
		if rows = append(rows, r); len(rows) == batch {
			if err := flush(); err != nil {
				return n, tasks, err
			}
		}
	}
	return n, tasks, flush()
}

// swap puts the new indexes in the place of the old ones in one task and deletes the old.
func (e *Engine) swap(ctx context.Context) error {
	if err := e.prepare(ctx); err != nil {
		return err
	}
	t, err := again(ctx, "swap indexes", func() (*client.TaskInfo, error) {
		return e.api.SwapIndexesWithContext(ctx, []*client.SwapIndexesParams{
			{Indexes: []string{e.providers(), e.providers() + next}},
			{Indexes: []string{e.suggest(), e.suggest() + next}},
		})
	})
	if err != nil {
		return err
	}
	if _, err := e.finished(ctx, t.TaskUID); err != nil {
		return err
	}
	return e.discard(ctx)
}

// discard deletes what an earlier rebuild left.
func (e *Engine) discard(ctx context.Context) error {
	for _, uid := range []string{e.providers() + next, e.suggest() + next} {
		t, err := again(ctx, "delete index", func() (*client.TaskInfo, error) {
			return e.api.DeleteIndexWithContext(ctx, uid)
		})
		if err != nil {
			return err
		}
		if _, err := e.finished(ctx, t.TaskUID); err != nil {
			return err
		}
	}
	return nil
}

func taskID(body []byte) (int64, error) {
	var t struct {
		TaskUID int64 `json:"taskUid"`
	}
	if err := json.Unmarshal(body, &t); err != nil {
		return 0, fmt.Errorf("meilisearch task: %w", err)
	}
	return t.TaskUID, nil
}
