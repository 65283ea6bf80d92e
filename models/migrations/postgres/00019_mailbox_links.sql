-- A mailed link that shows a mailbox, and a number that waits for a check beside the one that counts.
-- +goose Up
ALTER TABLE challenges DROP CONSTRAINT challenges_kind_known;
ALTER TABLE challenges ADD CONSTRAINT challenges_kind_known CHECK (kind IN ('factor', 'enrol', 'password', 'mailbox', 'oidc', 'passkey_new', 'passkey_ask', 'form'));
ALTER TABLE professional_checks ADD COLUMN asked_register text NOT NULL DEFAULT '';
ALTER TABLE professional_checks ADD COLUMN asked_number bytea CONSTRAINT professional_checks_asked_number_sealed CHECK (substring(asked_number FROM 1 FOR 1) = '\x01'::bytea) CONSTRAINT professional_checks_asked_whole CHECK ((asked_register = '') = (asked_number IS NULL));
