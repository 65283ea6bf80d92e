-- Notices to an aftercare provider that the patient named, and how often one person did something lately.
-- +goose Up
ALTER TABLE referral_notices DROP CONSTRAINT referral_notices_to_kind_known;
ALTER TABLE referral_notices ADD CONSTRAINT referral_notices_to_kind_known CHECK (to_kind IN ('patient', 'person', 'gp', 'aftercare'));
CREATE INDEX referral_events_person ON referral_events (by_person, event, at);
