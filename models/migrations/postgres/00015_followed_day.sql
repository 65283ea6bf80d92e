-- The day up to which the shared index follows the calendar: a start does not go through the last weeks again.
-- +goose Up
ALTER TABLE catalogue_state ADD COLUMN followed_on date;
