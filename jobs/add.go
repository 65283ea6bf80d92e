package jobs

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Add queues a job in tx unless the same one already waits. A job that runs is not waiting: it may have
// read the data before tx changes it. That is why River's own uniqueness, which counts running jobs, is not used.
func (q *Queue) Add(ctx context.Context, tx *sql.Tx, job Args) error {
	if tx == nil {
		return errNoTx
	}
	waits, err := q.waits(ctx, tx, job)
	if err != nil || waits {
		return err
	}
	if _, err := q.client.InsertTx(ctx, tx, job, nil); err != nil {
		return fmt.Errorf("job %s: %w", job.Kind(), err)
	}
	return nil
}

// waits finds the same job waiting and, on PostgreSQL, locks its row until the commit: nobody can start it
// before the change it is to see is there. SQLite has one writer at a time, which does the same.
func (q *Queue) waits(ctx context.Context, tx *sql.Tx, job Args) (bool, error) {
	const waiting = "SELECT id FROM river_job WHERE kind = $1 AND state IN ('available', 'scheduled', 'retryable', 'pending')"
	query, args := waiting, []any{job.Kind()}
	key, value := job.same()
	if key != "" && q.lite {
		query, args = query+" AND json_extract(args, '$."+key+"') = $2", append(args, value)
	} else if key != "" {
		kind := "bigint"
		if _, text := value.(string); text {
			kind = "text"
		}
		query, args = query+" AND args @> jsonb_build_object('"+key+"', $2::"+kind+")", append(args, value)
	}
	query += " LIMIT 1"
	if !q.lite {
		query += " FOR UPDATE SKIP LOCKED"
	}
	var id int64
	err := tx.QueryRowContext(ctx, query, args...).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("job %s: %w", job.Kind(), err)
	}
	return true, nil
}
