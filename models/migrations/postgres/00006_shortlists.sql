-- Copies of shortlists that can be opened with a code until they end. Nothing here says whose they are.
-- +goose Up
CREATE TABLE shared_shortlists (
    code text NOT NULL CONSTRAINT shared_shortlists_pkey PRIMARY KEY CONSTRAINT shared_shortlists_code_filled CHECK (code <> ''),
    providers text NOT NULL CONSTRAINT shared_shortlists_providers_filled CHECK (providers <> ''),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT shared_shortlists_instants_order CHECK (created_at < expires_at)
);
CREATE INDEX shared_shortlists_expires_at ON shared_shortlists (expires_at);
