-- Who at the desk looks into a reported problem, and what they found out.
-- +goose Up
ALTER TABLE reports ADD COLUMN assigned_to TEXT NOT NULL DEFAULT '';
CREATE TABLE report_notes (
    id INTEGER NOT NULL CONSTRAINT report_notes_pkey PRIMARY KEY AUTOINCREMENT,
    report_id TEXT NOT NULL CONSTRAINT report_notes_report_fkey REFERENCES reports ON DELETE CASCADE,
    note TEXT NOT NULL CONSTRAINT report_notes_note_filled CHECK (note <> ''),
    by_person TEXT NOT NULL CONSTRAINT report_notes_by_filled CHECK (by_person <> ''),
    at DATETIME NOT NULL
);
CREATE INDEX report_notes_report ON report_notes (report_id, id);
