package jobs

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
)

// dbTx is the transaction both drivers know.
type dbTx = *sql.Tx

// providerLock keeps advisory locks of this package apart from others' on the same database.
const providerLock int64 = 0x4343_4958 << 31

// oneAtATime lets a provider be indexed by one worker at a time, in all processes: of two that overlap, the
// one that read first could write last and leave the older document in the index.
func (q *Queue) oneAtATime(do func(ctx context.Context, id int64) error) func(context.Context, IndexProvider) error {
	var here keyed
	return func(ctx context.Context, a IndexProvider) error {
		if q.lite {
			defer here.lock(a.ID)()
			return do(ctx, a.ID)
		}
		conn, err := q.db.Conn(ctx)
		if err != nil {
			return fmt.Errorf("provider lock: %w", err)
		}
		defer conn.Close()
		if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock($1)", providerLock^a.ID); err != nil {
			return fmt.Errorf("provider lock: %w", err)
		}
		defer func() {
			_, _ = conn.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock($1)", providerLock^a.ID)
		}() // a connection that is gone has lost the lock already
		return do(ctx, a.ID)
	}
}

// keyed is a mutex for each key.
type keyed struct {
	mu   sync.Mutex
	held map[int64]*hold
}

type hold struct {
	sync.Mutex
	users int
}

func (k *keyed) lock(key int64) (unlock func()) {
	k.mu.Lock()
	if k.held == nil {
		k.held = make(map[int64]*hold)
	}
	h := k.held[key]
	if h == nil {
		h = &hold{}
		k.held[key] = h
	}
	h.users++
	k.mu.Unlock()
	h.Lock()
	return func() {
		h.Unlock()
		k.mu.Lock()
		defer k.mu.Unlock()
		if h.users--; h.users == 0 {
			delete(k.held, key)
		}
	}
}
