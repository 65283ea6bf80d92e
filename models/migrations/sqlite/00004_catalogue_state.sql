-- One row that moves with every public change: caches key on its generation.
-- +goose Up
CREATE TABLE catalogue_state (
    id INTEGER NOT NULL CONSTRAINT catalogue_state_pkey PRIMARY KEY CONSTRAINT catalogue_state_one_row CHECK (id = 1),
    generation INTEGER NOT NULL CONSTRAINT catalogue_state_generation_positive CHECK (generation >= 1),
    changed_at DATETIME NOT NULL
);
INSERT INTO catalogue_state (id, generation, changed_at) VALUES (1, 1, '2026-11-22 00:00:00+00:00');
