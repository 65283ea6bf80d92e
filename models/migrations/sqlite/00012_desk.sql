-- The alliance's desk: who reviewed a text, and newer figures of a journey with their sources.
-- +goose Up
CREATE TABLE content_reviews (
    id TEXT NOT NULL CONSTRAINT content_reviews_pkey PRIMARY KEY CONSTRAINT content_reviews_id_filled CHECK (id <> ''),
    page TEXT NOT NULL CONSTRAINT content_reviews_page_filled CHECK (page <> ''),
    text_hash TEXT NOT NULL CONSTRAINT content_reviews_text_hash_shape CHECK (length(text_hash) = 64),
    role TEXT NOT NULL CONSTRAINT content_reviews_role_filled CHECK (role <> ''),
    clinical BOOLEAN NOT NULL,
    reviewed_on DATE,
    next_review DATE,
    note TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT content_reviews_state_known CHECK (state IN ('proposed', 'published', 'refused')),
    by_person TEXT NOT NULL CONSTRAINT content_reviews_by_filled CHECK (by_person <> ''),
    at DATETIME NOT NULL,
    decided_by TEXT NOT NULL,
    decided_at DATETIME,
    reason TEXT NOT NULL,
    version INTEGER NOT NULL CONSTRAINT content_reviews_version_positive CHECK (version >= 1),
    CONSTRAINT content_reviews_days_order CHECK (reviewed_on IS NOT NULL AND next_review IS NOT NULL AND reviewed_on < next_review),
    CONSTRAINT content_reviews_decided_whole CHECK ((decided_at IS NULL) = (state = 'proposed') AND (decided_at IS NULL) = (decided_by = '')),
    CONSTRAINT content_reviews_two_people CHECK (state <> 'published' OR decided_by <> by_person),
    CONSTRAINT content_reviews_refusal_says_why CHECK (state <> 'refused' OR reason <> '')
);
CREATE INDEX content_reviews_page ON content_reviews (page, at);
CREATE UNIQUE INDEX content_reviews_one_open ON content_reviews (page) WHERE state = 'proposed';

-- Each row replaces the one before for the same thing, and the compiled figure; without figures the compiled one counts again.
CREATE TABLE reference_figures (
    id INTEGER NOT NULL CONSTRAINT reference_figures_pkey PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CONSTRAINT reference_figures_kind_filled CHECK (kind <> ''),
    item TEXT NOT NULL CONSTRAINT reference_figures_item_filled CHECK (item <> ''),
    scope TEXT NOT NULL,
    unit TEXT NOT NULL CONSTRAINT reference_figures_unit_known CHECK (unit IN ('GBP', 'INR', 'USD', 'EUR')),
    low REAL CONSTRAINT reference_figures_low_positive CHECK (low >= 0),
    typical REAL CONSTRAINT reference_figures_typical_positive CHECK (typical >= 0),
    high REAL CONSTRAINT reference_figures_high_positive CHECK (high >= 0),
    per TEXT NOT NULL,
    as_of TEXT NOT NULL CONSTRAINT reference_figures_as_of_shape CHECK (length(as_of) IN (0, 7, 10)),
    note TEXT NOT NULL,
    source_id INTEGER CONSTRAINT reference_figures_source_fkey REFERENCES sources,
    by_person TEXT NOT NULL CONSTRAINT reference_figures_by_filled CHECK (by_person <> ''),
    at DATETIME NOT NULL,
    CONSTRAINT reference_figures_order CHECK (low <= typical AND typical <= high AND low <= high),
    CONSTRAINT reference_figures_sourced CHECK (low IS NULL AND typical IS NULL AND high IS NULL OR source_id IS NOT NULL AND as_of <> '')
);
CREATE INDEX reference_figures_of ON reference_figures (kind, item, scope, id);
-- +goose StatementBegin
CREATE TRIGGER reference_figures_written_once BEFORE UPDATE ON reference_figures
BEGIN
    SELECT RAISE(ABORT, 'reference_figures rows are written once');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER reference_figures_kept BEFORE DELETE ON reference_figures
BEGIN
    SELECT RAISE(ABORT, 'reference_figures rows are written once');
END;
-- +goose StatementEnd
