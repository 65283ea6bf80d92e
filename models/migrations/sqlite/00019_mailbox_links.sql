-- A mailed link that shows a mailbox, and a number that waits for a check beside the one that counts.
-- +goose Up
-- SQLite cannot change a constraint: the table is made again and takes the rows.
CREATE TABLE challenges_new (
    id TEXT NOT NULL CONSTRAINT challenges_pkey PRIMARY KEY CONSTRAINT challenges_id_filled CHECK (id <> ''),
    token_hash BLOB NOT NULL CONSTRAINT challenges_token_hash_once UNIQUE CONSTRAINT challenges_token_hash_whole CHECK (typeof(token_hash) = 'blob' AND length(token_hash) = 32),
    kind TEXT NOT NULL CONSTRAINT challenges_kind_known CHECK (kind IN ('factor', 'enrol', 'password', 'mailbox', 'oidc', 'passkey_new', 'passkey_ask', 'form')),
    person_id TEXT CONSTRAINT challenges_person_fkey REFERENCES people,
    data BLOB CONSTRAINT challenges_data_sealed CHECK (data IS NULL OR typeof(data) = 'blob' AND hex(substr(data, 1, 1)) = '01'),
    created_at DATETIME NOT NULL,
    expires_at DATETIME NOT NULL,
    CONSTRAINT challenges_instants_order CHECK (created_at < expires_at)
);
INSERT INTO challenges_new SELECT id, token_hash, kind, person_id, data, created_at, expires_at FROM challenges;
DROP TABLE challenges;
ALTER TABLE challenges_new RENAME TO challenges;
CREATE INDEX challenges_person ON challenges (person_id);
CREATE INDEX challenges_ends ON challenges (expires_at);
ALTER TABLE professional_checks ADD COLUMN asked_register TEXT NOT NULL DEFAULT '';
ALTER TABLE professional_checks ADD COLUMN asked_number BLOB CONSTRAINT professional_checks_asked_number_sealed CHECK (asked_number IS NULL OR typeof(asked_number) = 'blob' AND hex(substr(asked_number, 1, 1)) = '01') CONSTRAINT professional_checks_asked_whole CHECK ((asked_register = '') = (asked_number IS NULL));
