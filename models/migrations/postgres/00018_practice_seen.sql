-- Where a verifier saw that a referrer's practice is active in the ODS directory, on the day of the check; empty for others.
-- +goose Up
ALTER TABLE professional_checks ADD COLUMN practice_evidence text NOT NULL DEFAULT '';
