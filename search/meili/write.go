package meili

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	client "github.com/meilisearch/meilisearch-go"

	"carecorridor/search"
)

// batch is how many documents go in one call.
const batch = 2000

// sentDocs remembers what was sent under a ticket until somebody waits for it.
type sentDocs struct {
	mu    sync.Mutex
	tasks map[int64][]sentBatch
}

type sentBatch struct {
	task int64
	docs []search.Doc
}

// remembered is how many tickets nobody waited for are kept.
const remembered = 128

func (s *sentDocs) put(ticket int64, b []sentBatch) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.tasks == nil || len(s.tasks) >= remembered {
		s.tasks = map[int64][]sentBatch{}
	}
	s.tasks[ticket] = b
}

func (s *sentDocs) take(ticket int64) []sentBatch {
	s.mu.Lock()
	defer s.mu.Unlock()
	b, ok := s.tasks[ticket]
	delete(s.tasks, ticket)
	if !ok {
		return []sentBatch{{task: ticket}}
	}
	return b
}

// Upsert sends whole documents; Wait says when they are found.
func (e *Engine) Upsert(ctx context.Context, docs []search.Doc) (search.Ticket, error) {
	for _, d := range docs {
		if err := d.Check(); err != nil {
			return search.Ticket{}, err
		}
	}
	if err := e.prepare(ctx); err != nil {
		return search.Ticket{}, err
	}
	var sent []sentBatch
	for len(docs) > 0 {
		n := min(batch, len(docs))
		task, err := e.add(ctx, e.providers(), docs[:n])
		if err != nil {
			return search.Ticket{}, err
		}
		sent, docs = append(sent, sentBatch{task, docs[:n]}), docs[n:]
	}
	if len(sent) == 0 {
		return search.Ticket{ID: none}, nil
	}
	k := sent[len(sent)-1].task
	e.sent.put(k, sent)
	return search.Ticket{ID: k}, nil
}

// none is the ticket of nothing at all.
const none = -1

func (e *Engine) add(ctx context.Context, uid string, docs []search.Doc) (int64, error) {
	rows := make([]document, len(docs))
	for i, d := range docs {
		rows[i] = documentOf(d)
	}
	return e.addRows(ctx, uid, rows)
}

func (e *Engine) addRows(ctx context.Context, uid string, rows any) (int64, error) {
	t, err := again(ctx, "add documents", func() (*client.TaskInfo, error) {
		return e.api.Index(uid).AddDocumentsWithContext(ctx, rows, nil)
	})
	if err != nil {
		return 0, err
	}
	return t.TaskUID, nil
}

// Delete removes documents by id.
func (e *Engine) Delete(ctx context.Context, ids []string) (search.Ticket, error) {
	if len(ids) == 0 {
		return search.Ticket{ID: none}, nil
	}
	if err := e.prepare(ctx); err != nil {
		return search.Ticket{}, err
	}
	t, err := again(ctx, "delete documents", func() (*client.TaskInfo, error) {
		return e.api.Index(e.providers()).DeleteDocumentsWithContext(ctx, ids, nil)
	})
	if err != nil {
		return search.Ticket{}, err
	}
	return search.Ticket{ID: t.TaskUID}, nil
}

// Wait returns when everything sent under k is applied. One document the server refuses fails its whole
// batch there; the others are sent again without it and the error names it.
func (e *Engine) Wait(ctx context.Context, k search.Ticket) error {
	if k.ID == none {
		return nil
	}
	defer e.changed()
	var errs []error
	for _, b := range e.sent.take(k.ID) {
		failed, err := e.finished(ctx, b.task)
		if failed && len(b.docs) > 0 {
			err = bisect(b.docs, err, func(docs []search.Doc) (bool, error) {
				task, err := e.add(ctx, e.providers(), docs)
				if err != nil {
					return false, err
				}
				return e.finished(ctx, task)
			})
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// bisect sends the halves of docs, which were refused together for cause, until single documents are to
// blame. send reports whether they were refused; other errors end it.
func bisect(docs []search.Doc, cause error, send func([]search.Doc) (refused bool, err error)) error {
	if len(docs) == 1 {
		return &search.DocError{ID: docs[0].ID, Reason: cause.Error()}
	}
	var errs []error
	for _, half := range [][]search.Doc{docs[:len(docs)/2], docs[len(docs)/2:]} {
		refused, err := send(half)
		if refused {
			err = bisect(half, err, send)
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// finished waits for a task. A failed task is no error to the client, but it is to us.
func (e *Engine) finished(ctx context.Context, id int64) (failed bool, err error) {
	t, err := e.api.WaitForTaskWithContext(ctx, id, 10*time.Millisecond)
	if err != nil {
		return false, mapped(ctx, "task", err)
	}
	if t.Status == client.TaskStatusSucceeded || t.Error.Code == "index_not_found" {
		return false, nil
	}
	return true, fmt.Errorf("meilisearch task %d %s: %s: %s", id, t.Status, t.Error.Code, t.Error.Message)
}
