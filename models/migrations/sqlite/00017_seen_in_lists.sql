-- Whom a worklist showed which patient today: asked each time a worklist is read.
-- +goose Up
CREATE INDEX audit_rows_listed ON audit_rows (person, at, subject) WHERE action = 'referral.list' AND subject <> '';
