-- Notices to an aftercare provider that the patient named, and how often one person did something lately.
-- +goose Up
-- SQLite cannot change a constraint: the table is made again and takes the rows.
CREATE TABLE referral_notices_new (
    id TEXT NOT NULL CONSTRAINT referral_notices_pkey PRIMARY KEY CONSTRAINT referral_notices_id_filled CHECK (id <> ''),
    referral_id TEXT NOT NULL CONSTRAINT referral_notices_referral_fkey REFERENCES referrals,
    hospital_id TEXT NOT NULL,
    to_kind TEXT NOT NULL CONSTRAINT referral_notices_to_kind_known CHECK (to_kind IN ('patient', 'person', 'gp', 'aftercare')),
    person TEXT NOT NULL,
    key TEXT NOT NULL CONSTRAINT referral_notices_key_filled CHECK (key <> ''),
    state TEXT NOT NULL CONSTRAINT referral_notices_state_known CHECK (state IN ('waiting', 'joined', 'sent', 'refused', 'dropped')),
    at DATETIME NOT NULL,
    done_at DATETIME,
    read_at DATETIME,
    CONSTRAINT referral_notices_done_whole CHECK ((state IN ('waiting', 'joined')) = (done_at IS NULL)),
    CONSTRAINT referral_notices_person_whole CHECK ((to_kind = 'person') = (person <> ''))
);
INSERT INTO referral_notices_new SELECT id, referral_id, hospital_id, to_kind, person, key, state, at, done_at, read_at FROM referral_notices;
DROP TABLE referral_notices;
ALTER TABLE referral_notices_new RENAME TO referral_notices;
CREATE INDEX referral_notices_referral ON referral_notices (referral_id);
CREATE INDEX referral_notices_person ON referral_notices (person, read_at);
CREATE INDEX referral_notices_state ON referral_notices (state, at);
CREATE INDEX referral_events_person ON referral_events (by_person, event, at);
