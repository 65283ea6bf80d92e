-- Who did or read what: a chain of rows in which each holds the hash of the one before (docs/decisions/0011-audit.md).
-- +goose Up
CREATE TABLE audit_rows (
    seq bigint NOT NULL CONSTRAINT audit_rows_pkey PRIMARY KEY CONSTRAINT audit_rows_seq_positive CHECK (seq >= 1),
    at timestamptz NOT NULL,
    person text NOT NULL,
    org text NOT NULL,
    role text NOT NULL,
    action text NOT NULL CONSTRAINT audit_rows_action_filled CHECK (action <> ''),
    on_kind text NOT NULL CONSTRAINT audit_rows_on_kind_filled CHECK (on_kind <> ''),
    on_id text NOT NULL,
    subject text NOT NULL,
    why text NOT NULL,
    facts text NOT NULL CONSTRAINT audit_rows_facts_filled CHECK (facts <> ''),
    prev_hash bytea NOT NULL CONSTRAINT audit_rows_prev_hash_whole CHECK (octet_length(prev_hash) = 32),
    hash bytea NOT NULL CONSTRAINT audit_rows_hash_whole CHECK (octet_length(hash) = 32)
);
CREATE INDEX audit_rows_subject ON audit_rows (subject, seq) WHERE subject <> '';
CREATE INDEX audit_rows_on ON audit_rows (on_kind, on_id, seq);
CREATE INDEX audit_rows_person ON audit_rows (person, seq);
CREATE INDEX audit_rows_action ON audit_rows (action, seq);
CREATE INDEX audit_rows_at ON audit_rows (at);

-- The end of the chain: without it, nobody would miss rows taken from the end. It moves with each row and never else.
CREATE TABLE audit_head (
    id bigint NOT NULL CONSTRAINT audit_head_pkey PRIMARY KEY CONSTRAINT audit_head_one CHECK (id = 1),
    seq bigint NOT NULL CONSTRAINT audit_head_seq_counted CHECK (seq >= 0),
    hash bytea NOT NULL CONSTRAINT audit_head_hash_whole CHECK (octet_length(hash) = 32)
);
INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, decode(repeat('00', 32), 'hex'));

-- +goose StatementBegin
CREATE FUNCTION audit_moves_head() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE audit_head SET seq = NEW.seq, hash = NEW.hash WHERE id = 1 AND seq = NEW.seq - 1 AND hash = NEW.prev_hash;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'audit row % does not follow the head', NEW.seq USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE FUNCTION audit_head_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.id <> 1 OR NEW.seq <> OLD.seq + 1 OR NOT EXISTS
        (SELECT 1 FROM audit_rows WHERE seq = NEW.seq AND hash = NEW.hash AND prev_hash = OLD.hash) THEN
        RAISE EXCEPTION 'audit_head moves with a row only' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER audit_rows_moves_head AFTER INSERT ON audit_rows FOR EACH ROW EXECUTE FUNCTION audit_moves_head();
CREATE TRIGGER audit_rows_written_once BEFORE UPDATE OR DELETE ON audit_rows FOR EACH ROW EXECUTE FUNCTION written_once();
CREATE TRIGGER audit_rows_kept BEFORE TRUNCATE ON audit_rows FOR EACH STATEMENT EXECUTE FUNCTION written_once();
CREATE TRIGGER audit_head_follows BEFORE UPDATE ON audit_head FOR EACH ROW EXECUTE FUNCTION audit_head_follows();
CREATE TRIGGER audit_head_one BEFORE INSERT OR DELETE ON audit_head FOR EACH ROW EXECUTE FUNCTION written_once();
CREATE TRIGGER audit_head_kept BEFORE TRUNCATE ON audit_head FOR EACH STATEMENT EXECUTE FUNCTION written_once();

-- A row here lets the same transaction seal columns anew that are otherwise written once; no transaction leaves one behind.
CREATE TABLE resealing (
    id bigint NOT NULL CONSTRAINT resealing_pkey PRIMARY KEY CONSTRAINT resealing_one CHECK (id = 1)
);
-- +goose StatementBegin
CREATE FUNCTION written_once_but_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) - TG_ARGV = to_jsonb(OLD) - TG_ARGV AND EXISTS (SELECT 1 FROM resealing) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% rows are written once', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
-- +goose StatementEnd
DROP TRIGGER quotes_written_once ON quotes;
CREATE TRIGGER quotes_written_once BEFORE UPDATE ON quotes FOR EACH ROW EXECUTE FUNCTION written_once_but_sealed('body');
