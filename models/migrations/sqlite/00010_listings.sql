-- Listings that hospitals keep: drafts, checks with evidence, clinicians, measures, photos, price history, and what is known of a certificate.
-- +goose Up
ALTER TABLE providers ADD COLUMN kept BOOLEAN NOT NULL DEFAULT 0;

ALTER TABLE accreditations ADD COLUMN key TEXT NOT NULL DEFAULT '';
ALTER TABLE accreditations ADD COLUMN state TEXT NOT NULL DEFAULT '' CONSTRAINT accreditations_state_known CHECK (state IN
    ('', 'claimed', 'in_process', 'verified', 'due', 'expired', 'suspended', 'withdrawn', 'not_renewed', 'val_fail'));
ALTER TABLE accreditations ADD COLUMN state_on DATE;
ALTER TABLE accreditations ADD COLUMN scope TEXT NOT NULL DEFAULT '';
ALTER TABLE accreditations ADD COLUMN legal_entity TEXT NOT NULL DEFAULT '';
ALTER TABLE accreditations ADD COLUMN site_address TEXT NOT NULL DEFAULT '';
ALTER TABLE accreditations ADD COLUMN method TEXT NOT NULL DEFAULT '' CONSTRAINT accreditations_method_known CHECK (method IN
    ('', 'register_lookup', 'api', 'email_from_body', 'phone_logged'));
ALTER TABLE accreditations ADD COLUMN next_check DATE;
ALTER TABLE accreditations ADD COLUMN file TEXT NOT NULL DEFAULT '';
CREATE INDEX accreditations_next_check ON accreditations (next_check);

ALTER TABLE packages ADD COLUMN key TEXT NOT NULL DEFAULT '';
ALTER TABLE packages ADD COLUMN rupees_minor INTEGER CONSTRAINT packages_rupees_positive CHECK (rupees_minor > 0);
ALTER TABLE packages ADD COLUMN implant TEXT NOT NULL DEFAULT '';
ALTER TABLE packages ADD COLUMN assessed_at TEXT NOT NULL DEFAULT '';
ALTER TABLE packages ADD COLUMN assessed_when TEXT NOT NULL DEFAULT '';
ALTER TABLE packages ADD COLUMN paused BOOLEAN NOT NULL DEFAULT 0 CONSTRAINT packages_paused_not_live CHECK (NOT (paused AND live));

CREATE TABLE clinicians (
    id TEXT NOT NULL CONSTRAINT clinicians_pkey PRIMARY KEY CONSTRAINT clinicians_id_filled CHECK (id <> ''),
    provider_id INTEGER NOT NULL CONSTRAINT clinicians_provider_fkey REFERENCES providers ON DELETE CASCADE,
    name TEXT NOT NULL CONSTRAINT clinicians_name_filled CHECK (name <> ''),
    qualification TEXT NOT NULL,
    council TEXT NOT NULL CONSTRAINT clinicians_council_filled CHECK (council <> ''),
    registration_no TEXT NOT NULL CONSTRAINT clinicians_registration_filled CHECK (registration_no <> ''),
    registered_year INTEGER CONSTRAINT clinicians_year_range CHECK (registered_year BETWEEN 1940 AND 2100),
    specialty_slug TEXT CONSTRAINT clinicians_specialty_fkey REFERENCES specialties,
    link TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT clinicians_state_known CHECK (state IN ('verified', 'due', 'val_fail')),
    checked_on DATE,
    next_check DATE,
    source_id INTEGER NOT NULL CONSTRAINT clinicians_source_fkey REFERENCES sources
);
CREATE INDEX clinicians_provider ON clinicians (provider_id);
CREATE INDEX clinicians_next_check ON clinicians (next_check);

CREATE TABLE quality_measures (
    id TEXT NOT NULL CONSTRAINT quality_measures_pkey PRIMARY KEY CONSTRAINT quality_measures_id_filled CHECK (id <> ''),
    provider_id INTEGER NOT NULL CONSTRAINT quality_measures_provider_fkey REFERENCES providers ON DELETE CASCADE,
    title TEXT NOT NULL CONSTRAINT quality_measures_title_filled CHECK (title <> ''),
    procedure_slug TEXT CONSTRAINT quality_measures_procedure_fkey REFERENCES procedures,
    numerator INTEGER NOT NULL CONSTRAINT quality_measures_numerator_positive CHECK (numerator >= 0),
    denominator INTEGER NOT NULL CONSTRAINT quality_measures_denominator_positive CHECK (denominator > 0),
    period_from DATE,
    period_to DATE,
    method TEXT NOT NULL CONSTRAINT quality_measures_method_filled CHECK (method <> ''),
    checked_on DATE,
    source_id INTEGER NOT NULL CONSTRAINT quality_measures_source_fkey REFERENCES sources,
    CONSTRAINT quality_measures_part_of_whole CHECK (numerator <= denominator),
    CONSTRAINT quality_measures_period_whole CHECK (period_from IS NOT NULL AND period_to IS NOT NULL AND period_from <= period_to)
);
CREATE INDEX quality_measures_provider ON quality_measures (provider_id);

-- A file of a hospital; its content is in the bucket under its id, photos below it by width.
CREATE TABLE listing_files (
    id TEXT NOT NULL CONSTRAINT listing_files_pkey PRIMARY KEY CONSTRAINT listing_files_id_filled CHECK (id <> ''),
    provider_id INTEGER NOT NULL CONSTRAINT listing_files_provider_fkey REFERENCES providers ON DELETE CASCADE,
    purpose TEXT NOT NULL CONSTRAINT listing_files_purpose_known CHECK (purpose IN ('certificate', 'photo', 'evidence')),
    media TEXT NOT NULL CONSTRAINT listing_files_media_filled CHECK (media <> ''),
    bytes INTEGER NOT NULL CONSTRAINT listing_files_bytes_positive CHECK (bytes > 0),
    hash TEXT NOT NULL CONSTRAINT listing_files_hash_shape CHECK (length(hash) = 64),
    scan TEXT NOT NULL CONSTRAINT listing_files_scan_known CHECK (scan IN ('pending', 'safe', 'blocked')),
    by_person TEXT NOT NULL,
    created_at DATETIME NOT NULL
);
CREATE INDEX listing_files_provider ON listing_files (provider_id);
CREATE INDEX listing_files_scan ON listing_files (scan);

CREATE TABLE photos (
    id TEXT NOT NULL CONSTRAINT photos_pkey PRIMARY KEY CONSTRAINT photos_id_filled CHECK (id <> ''),
    provider_id INTEGER NOT NULL CONSTRAINT photos_provider_fkey REFERENCES providers ON DELETE CASCADE,
    file_id TEXT NOT NULL CONSTRAINT photos_file_fkey REFERENCES listing_files ON DELETE CASCADE,
    alt TEXT NOT NULL CONSTRAINT photos_alt_filled CHECK (alt <> ''),
    taken_year INTEGER CONSTRAINT photos_taken_range CHECK (taken_year BETWEEN 1950 AND 2100),
    checked_on DATE,
    source_id INTEGER NOT NULL CONSTRAINT photos_source_fkey REFERENCES sources
);
CREATE INDEX photos_provider ON photos (provider_id);

CREATE TABLE verifications (
    id TEXT NOT NULL CONSTRAINT verifications_pkey PRIMARY KEY CONSTRAINT verifications_id_filled CHECK (id <> ''),
    provider_id INTEGER CONSTRAINT verifications_provider_fkey REFERENCES providers ON DELETE CASCADE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CONSTRAINT verifications_kind_known CHECK (kind IN ('change', 'register', 'recheck')),
    unit TEXT NOT NULL CONSTRAINT verifications_unit_filled CHECK (unit <> ''),
    finding TEXT NOT NULL CONSTRAINT verifications_finding_known CHECK (finding IN
        ('', 'renewed', 'lapsed', 'suspended', 'withdrawn', 'new', 'renamed', 'remark')),
    fresh BOOLEAN NOT NULL,
    fields TEXT NOT NULL,
    second_why TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT verifications_state_known CHECK (state IN ('waiting', 'second', 'approved', 'sent_back', 'rejected', 'withdrawn')),
    evidence TEXT NOT NULL,
    ticked TEXT NOT NULL,
    reason TEXT NOT NULL,
    org TEXT NOT NULL,
    sent_by TEXT NOT NULL,
    sent_at DATETIME NOT NULL,
    first_by TEXT NOT NULL,
    first_at DATETIME,
    decided_by TEXT NOT NULL,
    decided_at DATETIME,
    mark TEXT CONSTRAINT verifications_mark_once UNIQUE,
    version INTEGER NOT NULL CONSTRAINT verifications_version_positive CHECK (version >= 1),
    CONSTRAINT verifications_listed CHECK (provider_id IS NOT NULL OR finding = 'new'),
    CONSTRAINT verifications_decided_whole CHECK ((decided_at IS NULL) = (state IN ('waiting', 'second'))),
    CONSTRAINT verifications_second_whole CHECK (state <> 'second' OR first_at IS NOT NULL AND second_why <> ''),
    CONSTRAINT verifications_two_people CHECK (second_why = '' OR state <> 'approved' OR first_by <> decided_by AND first_by <> '' AND decided_by <> ''),
    CONSTRAINT verifications_refusal_says_why CHECK (state NOT IN ('sent_back', 'rejected') OR reason <> '')
);
CREATE INDEX verifications_queue ON verifications (state, sent_at, id);
CREATE INDEX verifications_provider ON verifications (provider_id, sent_at);
CREATE UNIQUE INDEX verifications_one_open ON verifications (provider_id, unit, kind) WHERE state IN ('waiting', 'second');

CREATE TABLE listing_drafts (
    provider_id INTEGER NOT NULL CONSTRAINT listing_drafts_provider_fkey REFERENCES providers ON DELETE CASCADE,
    path TEXT NOT NULL CONSTRAINT listing_drafts_path_filled CHECK (path <> ''),
    base TEXT NOT NULL,
    value TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT listing_drafts_state_known CHECK (state IN ('draft', 'sent', 'sent_back', 'rejected')),
    reason TEXT NOT NULL,
    by_person TEXT NOT NULL,
    at DATETIME NOT NULL,
    verification_id TEXT CONSTRAINT listing_drafts_verification_fkey REFERENCES verifications ON DELETE SET NULL,
    CONSTRAINT listing_drafts_pkey PRIMARY KEY (provider_id, path)
);

CREATE TABLE certificate_reminders (
    accreditation_id INTEGER NOT NULL CONSTRAINT certificate_reminders_accreditation_fkey REFERENCES accreditations ON DELETE CASCADE,
    until TEXT NOT NULL CONSTRAINT certificate_reminders_until_shape CHECK (length(until) = 10),
    days INTEGER NOT NULL CONSTRAINT certificate_reminders_days_known CHECK (days IN (0, 7, 30, 60, 90)),
    told INTEGER NOT NULL CONSTRAINT certificate_reminders_told_positive CHECK (told >= 1),
    at DATETIME NOT NULL,
    CONSTRAINT certificate_reminders_pkey PRIMARY KEY (accreditation_id, until, days)
);

CREATE TABLE price_changes (
    id INTEGER NOT NULL CONSTRAINT price_changes_pkey PRIMARY KEY AUTOINCREMENT,
    provider_id INTEGER NOT NULL CONSTRAINT price_changes_provider_fkey REFERENCES providers ON DELETE CASCADE,
    package_key TEXT NOT NULL CONSTRAINT price_changes_package_filled CHECK (package_key <> ''),
    procedure_slug TEXT NOT NULL,
    name TEXT NOT NULL,
    at DATETIME NOT NULL,
    old_minor INTEGER CONSTRAINT price_changes_old_positive CHECK (old_minor > 0),
    old_currency TEXT NOT NULL,
    new_minor INTEGER CONSTRAINT price_changes_new_positive CHECK (new_minor > 0),
    new_currency TEXT NOT NULL,
    valid_to DATE,
    CONSTRAINT price_changes_differ CHECK (old_minor IS NOT NULL OR new_minor IS NOT NULL)
);
CREATE INDEX price_changes_provider ON price_changes (provider_id, at);
-- +goose StatementBegin
CREATE TRIGGER price_changes_written_once BEFORE UPDATE ON price_changes
BEGIN
    SELECT RAISE(ABORT, 'price_changes rows are written once');
END;
-- +goose StatementEnd
