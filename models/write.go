package models

import (
	"context"
	"database/sql"
	"errors"
	"maps"
	"slices"
	"time"

	"gorm.io/gorm"

	"carecorridor/internal/when"
	"carecorridor/jobs"
)

// tries of a transaction that another one undid.
const tries = 3

// Tx is one transaction. It is for one goroutine and ends with the function it was given to.
type Tx struct {
	ctx   context.Context
	store *Store
	db    *gorm.DB
	conn  *sql.Conn
	sql   *sql.Tx
	now   time.Time
	locked,
	moved, rebuild bool
	index   map[int64]bool // provider → its own row has the new version already
	audited []AuditRow
	undo    []func() // gives the caller's values back as they were, when the attempt fails
}

// Now is the one instant of the transaction, UTC, in whole microseconds.
func (tx *Tx) Now() time.Time { return tx.now }

// Today is the Indian day of Now.
func (tx *Tx) Today() when.Date { return when.TodayIndia(tx.now) }

// Write runs f in one transaction: all of it is kept, or nothing. f may run up to three times when
// another transaction interferes, so it touches nothing but tx. Work for later (index, generation) is added just
// before the commit. A violated constraint is fault.Conflict when a key exists already, else fault.Invalid.
func (s *Store) Write(ctx context.Context, f func(*Tx) error) (err error) {
	for try := range tries {
		if try > 0 {
			if waitErr := pause(ctx, time.Duration(try)*20*time.Millisecond); waitErr != nil {
				break
			}
		}
		if err = s.attempt(ctx, f); !worthRetrying(err) {
			break
		}
	}
	return asFault("write", err)
}

func (s *Store) attempt(ctx context.Context, f func(*Tx) error) (err error) {
	conn, err := s.pool.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	begun, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() {
		if e := begun.Rollback(); err == nil && !errors.Is(e, sql.ErrTxDone) {
			err = e
		}
	}()
	tx := s.tx(ctx, conn, begun)
	defer func() {
		if err != nil {
			tx.restore()
		}
	}()
	if err := f(tx); err != nil {
		return err
	}
	if err := tx.settle(); err != nil {
		return err
	}
	if err := s.commit(ctx, conn, begun); err != nil {
		return err
	}
	if tx.moved && s.o.Moved != nil {
		s.o.Moved(Moved{Providers: slices.Sorted(maps.Keys(tx.index)), All: tx.all()})
	}
	return nil
}

// keep remembers a caller's value that the transaction changes: the next try must begin with the same.
func keep[T any](tx *Tx, v *T) {
	before := *v
	tx.undo = append(tx.undo, func() { *v = before })
}

func (tx *Tx) restore() {
	for _, undo := range slices.Backward(tx.undo) {
		undo()
	}
}

func (s *Store) tx(ctx context.Context, conn *sql.Conn, begun *sql.Tx) *Tx {
	db := s.db.Session(&gorm.Session{NewDB: true, Context: ctx})
	db.Statement.ConnPool = begun
	return &Tx{
		ctx: ctx, store: s, db: db, conn: conn, sql: begun,
		now: s.o.Clock().UTC().Truncate(time.Microsecond), index: map[int64]bool{},
	}
}

// commit ends SQLite's transaction by hand when a deferred foreign key refuses it: it would stay open in the pool.
func (s *Store) commit(ctx context.Context, conn *sql.Conn, begun *sql.Tx) error {
	err := begun.Commit()
	if err != nil && s.dialect == SQLite {
		_, _ = conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK") // the commit's own error is the one to tell
	}
	return err
}

// settle adds what follows from the writes: the next generation, the jobs of the index, and last the audit rows.
func (tx *Tx) settle() error {
	if err := tx.follow(); err != nil {
		return err
	}
	return tx.writeAudited()
}

func (tx *Tx) follow() error {
	if tx.moved {
		err := tx.exec("UPDATE catalogue_state SET generation = generation + 1, changed_at = ? WHERE id = 1", tx.now)
		if err != nil {
			return err
		}
	}
	if err := tx.version(); err != nil {
		return err
	}
	if tx.all() {
		return tx.Later(jobs.RebuildIndex{})
	}
	for _, id := range slices.Sorted(maps.Keys(tx.index)) {
		if err := tx.Later(jobs.IndexProvider{ID: id}); err != nil {
			return err
		}
	}
	return nil
}

// version moves providers whose other rows changed: a listing's version stands for all of it.
func (tx *Tx) version() error {
	var ids []int64
	for id, done := range tx.index {
		if !done {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	return tx.exec("UPDATE providers SET version = version + 1, updated_at = ? WHERE id IN ?", tx.now, ids)
}

func (tx *Tx) all() bool { return tx.rebuild || len(tx.index) > manyProviders }

// manyProviders is where making the index anew is less work than one job for each.
const manyProviders = 200

// BumpGeneration says that public data changed: the generation moves by one at the commit, however often it is said.
func (tx *Tx) BumpGeneration() { tx.moved = true }

// Later queues a job that exists only if the transaction is kept. One that already waits is not queued twice.
func (tx *Tx) Later(job jobs.Args) error {
	return asFault("queue job", tx.store.queue.Add(tx.ctx, tx.sql, job))
}

// exec runs one statement.
func (tx *Tx) exec(query string, args ...any) error { return tx.db.Exec(query, args...).Error }

func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
