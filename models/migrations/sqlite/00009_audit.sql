-- Who did or read what: a chain of rows in which each holds the hash of the one before (docs/decisions/0011-audit.md).
-- +goose Up
CREATE TABLE audit_rows (
    seq INTEGER NOT NULL CONSTRAINT audit_rows_pkey PRIMARY KEY CONSTRAINT audit_rows_seq_positive CHECK (seq >= 1),
    at DATETIME NOT NULL,
    person TEXT NOT NULL,
    org TEXT NOT NULL,
    role TEXT NOT NULL,
    action TEXT NOT NULL CONSTRAINT audit_rows_action_filled CHECK (action <> ''),
    on_kind TEXT NOT NULL CONSTRAINT audit_rows_on_kind_filled CHECK (on_kind <> ''),
    on_id TEXT NOT NULL,
    subject TEXT NOT NULL,
    why TEXT NOT NULL,
    facts TEXT NOT NULL CONSTRAINT audit_rows_facts_filled CHECK (facts <> ''),
    prev_hash BLOB NOT NULL CONSTRAINT audit_rows_prev_hash_whole CHECK (typeof(prev_hash) = 'blob' AND length(prev_hash) = 32),
    hash BLOB NOT NULL CONSTRAINT audit_rows_hash_whole CHECK (typeof(hash) = 'blob' AND length(hash) = 32)
);
CREATE INDEX audit_rows_subject ON audit_rows (subject, seq) WHERE subject <> '';
CREATE INDEX audit_rows_on ON audit_rows (on_kind, on_id, seq);
CREATE INDEX audit_rows_person ON audit_rows (person, seq);
CREATE INDEX audit_rows_action ON audit_rows (action, seq);
CREATE INDEX audit_rows_at ON audit_rows (at);

-- The end of the chain: without it, nobody would miss rows taken from the end. It moves with each row and never else.
CREATE TABLE audit_head (
    id INTEGER NOT NULL CONSTRAINT audit_head_pkey PRIMARY KEY CONSTRAINT audit_head_one CHECK (id = 1),
    seq INTEGER NOT NULL CONSTRAINT audit_head_seq_counted CHECK (seq >= 0),
    hash BLOB NOT NULL CONSTRAINT audit_head_hash_whole CHECK (typeof(hash) = 'blob' AND length(hash) = 32)
);
INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, zeroblob(32));

-- +goose StatementBegin
CREATE TRIGGER audit_rows_moves_head AFTER INSERT ON audit_rows
BEGIN
    SELECT RAISE(ABORT, 'audit row does not follow the head')
    WHERE NOT EXISTS (SELECT 1 FROM audit_head WHERE id = 1 AND seq = NEW.seq - 1 AND hash = NEW.prev_hash);
    UPDATE audit_head SET seq = NEW.seq, hash = NEW.hash WHERE id = 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_rows_written_once BEFORE UPDATE ON audit_rows
BEGIN
    SELECT RAISE(ABORT, 'audit_rows rows are written once');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_rows_kept BEFORE DELETE ON audit_rows
BEGIN
    SELECT RAISE(ABORT, 'audit_rows rows are written once');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_head_follows BEFORE UPDATE ON audit_head
WHEN NEW.id <> 1 OR NEW.seq <> OLD.seq + 1 OR NOT EXISTS
    (SELECT 1 FROM audit_rows WHERE seq = NEW.seq AND hash = NEW.hash AND prev_hash = OLD.hash)
BEGIN
    SELECT RAISE(ABORT, 'audit_head moves with a row only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_head_one BEFORE INSERT ON audit_head
BEGIN
    SELECT RAISE(ABORT, 'audit_head rows are written once');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_head_kept BEFORE DELETE ON audit_head
BEGIN
    SELECT RAISE(ABORT, 'audit_head rows are written once');
END;
-- +goose StatementEnd

-- A row here lets the same transaction seal columns anew that are otherwise written once; no transaction leaves one behind.
CREATE TABLE resealing (
    id INTEGER NOT NULL CONSTRAINT resealing_pkey PRIMARY KEY CONSTRAINT resealing_one CHECK (id = 1)
);
DROP TRIGGER quotes_written_once;
-- +goose StatementBegin
CREATE TRIGGER quotes_written_once BEFORE UPDATE OF id, recipient_id, number, currency, total_minor, issued_on, valid_until, at ON quotes
BEGIN
    SELECT RAISE(ABORT, 'quotes rows are written once');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER quotes_body_written_once BEFORE UPDATE OF body ON quotes WHEN NOT EXISTS (SELECT 1 FROM resealing)
BEGIN
    SELECT RAISE(ABORT, 'quotes rows are written once');
END;
-- +goose StatementEnd
