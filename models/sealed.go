package models

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"

	"carecorridor/internal/seal"
)

// SealedColumn is a column whose values internal/seal sealed for the place {Table, Column, the text of ID}. ID is
// unique.
type SealedColumn struct{ Table, Column, ID string }

// SealedColumns are all of them: keys rotate by this list, and a test compares it with the migrations. What is
// sealed and not here, or in the bucket of documents, is lost when an old key is destroyed.
var SealedColumns = []SealedColumn{
	{"enquiries", "answers", "id"},
	{"enquiries", "contact", "id"},
	{"enquiry_files", "name", "id"},
	{"enquiry_messages", "body", "id"},
	{"quotes", "body", "id"},
	{"mails", "letter", "id"},
	{"reports", "email", "id"},
	{"people", "email", "id"},
	{"people", "name", "id"},
	{"people", "password", "id"},
	{"totp_secrets", "secret", "id"},
	{"passkeys", "label", "id"},
	{"invitations", "email", "id"},
	{"sessions", "data", "id"},
	{"challenges", "data", "id"},
	{"identities", "subject", "id"},
	{"referrals", "nhs_number", "id"},
	{"referrals", "person_key", "id"},
	{"referral_sections", "body", "id"},
	{"referral_files", "name", "id"},
	{"referral_entries", "body", "id"},
	{"referral_offers", "body", "id"},
	{"referral_letters", "body", "id"},
	{"discharge_packages", "body", "id"},
	{"handbacks", "address", "id"},
	{"handbacks", "acknowledged_by", "id"},
	{"aftercare_items", "body", "id"},
	{"complications", "body", "id"},
	{"professional_checks", "number", "person_id"},
	{"professional_checks", "asked_number", "person_id"},
}

// BlindIndex is a column that holds seal.Box.Index of a sealed column of the same row.
type BlindIndex struct{ Table, Column, ID, Sealed, Purpose string }

// BlindIndexes are all of them.
var BlindIndexes = []BlindIndex{
	{"people", "email_index", "id", "email", "people.email"},
	{"invitations", "email_index", "id", "email", "people.email"},
	{"identities", "subject_index", "id", "subject", "identities.subject"},
	{"referrals", "nhs_number_index", "id", "nhs_number", "referrals.nhs_number"},
	{"referrals", "person_key_index", "id", "person_key", "referrals.person_key"},
}

// DocumentTables are those whose id names a content in the bucket of documents.
var DocumentTables = []string{"enquiry_files", "listing_files", "referral_files"}

// StaleValue is a value that was made with another key than the newest.
type StaleValue struct {
	ID    string
	Value []byte
	Aside []byte // of a blind index: the sealed value that it is the index of
	key   any    // of the row, as the database has it
}

// Renewed is what became of a batch of stale values.
type Renewed struct {
	Changed int
	Left    []string // ids of rows whose value cannot be made anew
	After   any      // where the next batch begins; nil when this was the last
}

// ErrLeft is what a renewing function returns for a value that must stay as it is.
var ErrLeft = errors.New("value is left as it is")

// Reseal seals at most n values of a column anew that do not begin with prefix, from after on. The rows' versions
// do not move: what people know of the row is the same.
func (s *Store) Reseal(ctx context.Context, c SealedColumn, prefix []byte, after any, n int, anew func(StaleValue) ([]byte, error)) (Renewed, error) {
	return s.renew(ctx, column{c.Table, c.Column, c.ID, c.Column}, prefix, after, n, anew)
}

// Reindex is Reseal for a blind index.
func (s *Store) Reindex(ctx context.Context, b BlindIndex, prefix []byte, after any, n int, anew func(StaleValue) ([]byte, error)) (Renewed, error) {
	return s.renew(ctx, column{b.Table, b.Column, b.ID, b.Sealed}, prefix, after, n, anew)
}

// column that is renewed, and the one read with it.
type column struct{ table, name, id, aside string }

func (s *Store) renew(ctx context.Context, c column, prefix []byte, after any, n int, anew func(StaleValue) ([]byte, error)) (done Renewed, err error) {
	err = s.Write(ctx, func(tx *Tx) error {
		done = Renewed{}
		if err := tx.exec("INSERT INTO resealing (id) VALUES (1)"); err != nil {
			return asFault("reseal", err)
		}
		rows, err := tx.stale(c, prefix, after, n)
		if err != nil {
			return asFault("reseal "+c.table, err)
		}
		for _, r := range rows {
			if err := tx.replace(c, r, anew, &done); err != nil {
				return err
			}
		}
		if len(rows) == n {
			done.After = rows[n-1].key
		}
		return asFault("reseal", tx.exec("DELETE FROM resealing"))
	})
	return done, err
}

func (tx *Tx) replace(c column, r StaleValue, anew func(StaleValue) ([]byte, error), done *Renewed) error {
	value, err := anew(r)
	if errors.Is(err, ErrLeft) || errors.Is(err, seal.ErrClosed) {
		done.Left = append(done.Left, r.ID)
		return nil
	}
	if err != nil {
		return err
	}
	done.Changed++
	_, err = tx.sql.ExecContext(tx.ctx, fmt.Sprintf("UPDATE %s SET %s = $1 WHERE %s = $2 AND %s = $3", c.table, c.name, c.id, c.name), value, r.key, r.Value)
	return asFault("reseal "+c.table, err)
}

// stale reads and locks. A row that somebody else is writing is passed over: the next round meets it.
func (tx *Tx) stale(c column, prefix []byte, after any, n int) ([]StaleValue, error) {
	query := fmt.Sprintf("SELECT %s, %s, %s FROM %s WHERE %s", c.id, c.name, c.aside, c.table, isStale(c.name, len(prefix)))
	args := []any{prefix, n}
	if after != nil {
		query += " AND " + c.id + " > $3"
		args = append(args, after)
	}
	query += " ORDER BY " + c.id + " LIMIT $2"
	if tx.store.dialect == Postgres {
		query += " FOR UPDATE SKIP LOCKED"
	}
	rows, err := tx.sql.QueryContext(tx.ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []StaleValue
	for rows.Next() {
		var r StaleValue
		if err := rows.Scan(&r.key, &r.Value, &r.Aside); err != nil {
			return nil, err
		}
		r.ID = fmt.Sprint(r.key)
		out = append(out, r)
	}
	return out, rows.Err()
}

func isStale(column string, prefix int) string {
	return fmt.Sprintf("%s IS NOT NULL AND substr(%s, 1, %d) <> $1", column, column, prefix)
}

// CountStale counts values of a column that do not begin with prefix.
func (s *Store) CountStale(ctx context.Context, table, column string, prefix []byte) (int, error) {
	return s.countValues(ctx, table, isStale(column, len(prefix)), prefix)
}

// CountWith counts values of a column that begin with prefix: those that need a key.
func (s *Store) CountWith(ctx context.Context, table, column string, prefix []byte) (int, error) {
	return s.countValues(ctx, table, fmt.Sprintf("substr(%s, 1, %d) = $1", column, len(prefix)), prefix)
}

func (s *Store) countValues(ctx context.Context, table, where string, prefix []byte) (n int, err error) {
	err = s.pool.QueryRowContext(ctx, "SELECT count(*) FROM "+table+" WHERE "+where, prefix).Scan(&n)
	return n, asFault("count "+table, err)
}

// rendition is the end of the name of a content that is kept beside the one of a row: a photo in another width.
var rendition = regexp.MustCompile(`-\d{2,5}$`)

// HasDocument reports whether some row names a content of the bucket, or the one that it is a rendition of.
func (s *Store) HasDocument(ctx context.Context, id string) (bool, error) {
	has, err := s.documentRow(ctx, id)
	if base := rendition.ReplaceAllString(id, ""); !has && err == nil && base != id {
		has, err = s.documentRow(ctx, base)
	}
	return has, err
}

func (s *Store) documentRow(ctx context.Context, id string) (bool, error) {
	for _, table := range DocumentTables {
		var one int
		err := s.pool.QueryRowContext(ctx, "SELECT 1 FROM "+table+" WHERE id = $1", id).Scan(&one)
		if !errors.Is(err, sql.ErrNoRows) {
			return err == nil, asFault("document", err)
		}
	}
	return false, nil
}
