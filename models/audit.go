package models

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"carecorridor/internal/fault"
)

// Audited is one thing that somebody did or read, to be kept for ever. Nothing in it is personal but the ids:
// the audit trail is never erased.
type Audited struct {
	Person  string            // id of the account; "" when nobody is signed in or the site itself acts
	Org     string            // id of the organisation acted for
	Role    string            // role acted in, "system" for the site itself
	Action  string            // such as "listing.edit"; needed
	On      string            // kind of thing: "listing", "referral", "person" …; needed
	ID      string            // its id
	Subject string            // id of the referral when a patient's record was touched: patients read these rows
	Why     string            // stated reason, at most 1,000 characters
	Facts   map[string]string // small facts that are not personal: names of fields, versions, counts
}

// AuditRow is an Audited as it is kept: numbered without gaps, and holding the hash of the row before.
type AuditRow struct {
	Seq      int64 `gorm:"primaryKey;autoIncrement:false"`
	At       time.Time
	Person   string
	Org      string
	Role     string
	Action   string
	OnKind   string
	OnID     string
	Subject  string
	Why      string
	Facts    string // JSON object, keys in order; the hash is over this very text
	PrevHash []byte
	Hash     []byte
}

// AuditHead is the end of the chain.
type AuditHead struct {
	ID   int64 // 1
	Seq  int64 // of the newest row, 0 when there is none
	Hash []byte
}

// TableName: there is one.
func (AuditHead) TableName() string { return "audit_head" }

// Resealing is a row while a transaction seals columns anew (migration 00009).
type Resealing struct{ ID int64 }

// TableName is not countable.
func (Resealing) TableName() string { return "resealing" }

// Sizes of what a row may hold.
const (
	maxWhy   = 1000
	maxFacts = 8000
	maxWord  = 200 // ids, roles and actions
)

// Audit keeps a for ever, exactly if the transaction is kept. It is written just before the commit, because
// writers wait for each other at the end of the chain. Text that no database may hold, or too long, is fault.Invalid.
func (tx *Tx) Audit(a Audited) error {
	row, err := a.row()
	if err != nil {
		return err
	}
	row.At = tx.now
	tx.audited = append(tx.audited, row)
	return nil
}

func (a Audited) row() (AuditRow, error) {
	if a.Facts == nil {
		a.Facts = map[string]string{}
	}
	facts, err := json.Marshal(a.Facts) // keys come sorted
	if err != nil {
		return AuditRow{}, fault.New(fault.Invalid, "audit", err)
	}
	r := AuditRow{Person: a.Person, Org: a.Org, Role: a.Role, Action: a.Action, OnKind: a.On, OnID: a.ID,
		Subject: a.Subject, Why: a.Why, Facts: string(facts)}
	if a.Action == "" || a.On == "" {
		return r, invalid("audit_rows", "action", "action and kind of thing are needed")
	}
	for _, c := range r.texts() {
		most := maxWord
		switch c.name {
		case "why":
			most = maxWhy
		case "facts":
			most = maxFacts
		}
		if reason := badText(c.text); reason != "" {
			return r, invalid("audit_rows", c.name, reason)
		}
		if n := utf8.RuneCountInString(c.text); n > most {
			return r, invalid("audit_rows", c.name, fmt.Sprintf("%d characters, at most %d", n, most))
		}
	}
	return r, nil
}

type auditText struct{ name, text string }

// texts are the row's columns of text, in the order in which they are hashed.
func (r *AuditRow) texts() []auditText {
	return []auditText{{"person", r.Person}, {"org", r.Org}, {"role", r.Role}, {"action", r.Action}, {"on_kind", r.OnKind},
		{"on_id", r.OnID}, {"subject", r.Subject}, {"why", r.Why}, {"facts", r.Facts}}
}

// Sum is the hash that the row must have: SHA-256 over all its other columns. Lengths keep ("ab","c") and
// ("a","bc") apart.
func (r *AuditRow) Sum() []byte {
	out := []byte("corridor audit row 1")
	out = binary.BigEndian.AppendUint64(out, uint64(r.Seq))
	out = binary.BigEndian.AppendUint64(out, uint64(r.At.UnixMicro()))
	for _, c := range r.texts() {
		out = binary.BigEndian.AppendUint32(out, uint32(len(c.text)))
		out = append(out, c.text...)
	}
	out = binary.BigEndian.AppendUint32(out, uint32(len(r.PrevHash)))
	sum := sha256.Sum256(append(out, r.PrevHash...))
	return sum[:]
}

const auditColumns = "seq, at, person, org, role, action, on_kind, on_id, subject, why, facts, prev_hash, hash"

// auditBatch rows go in one statement.
const auditBatch = 100

// writeAudited puts what Audit collected at the end of the chain. The database itself moves the head with each
// row. It is plain SQL because everybody else waits meanwhile.
func (tx *Tx) writeAudited() error {
	if len(tx.audited) == 0 {
		return nil
	}
	query := "SELECT seq, hash FROM audit_head WHERE id = 1"
	if tx.store.dialect == Postgres {
		query += " FOR UPDATE"
	}
	var seq int64
	var hash []byte
	if err := tx.sql.QueryRowContext(tx.ctx, query).Scan(&seq, &hash); err != nil {
		return asFault("audit head", err)
	}
	for rows := range slices.Chunk(tx.audited, auditBatch) {
		args := make([]any, 0, 13*len(rows))
		for i := range rows {
			r := &rows[i]
			r.Seq, r.PrevHash = seq+1, hash
			r.Hash = r.Sum()
			seq, hash = r.Seq, r.Hash
			args = append(args, r.Seq, r.At, r.Person, r.Org, r.Role, r.Action, r.OnKind, r.OnID, r.Subject, r.Why, r.Facts, r.PrevHash, r.Hash)
		}
		_, err := tx.sql.ExecContext(tx.ctx, auditInsert(len(rows)), args...)
		if err != nil {
			return asFault("write audit_rows", err)
		}
	}
	return nil
}

// auditInsert is the statement for n rows.
func auditInsert(n int) string {
	b := []byte("INSERT INTO audit_rows (" + auditColumns + ") VALUES ")
	for i := range n * 13 {
		switch {
		case i == 0:
			b = append(b, '(')
		case i%13 == 0:
			b = append(b, "), ("...)
		default:
			b = append(b, ", "...)
		}
		b = strconv.AppendInt(append(b, '$'), int64(i+1), 10)
	}
	return string(append(b, ')'))
}
