-- Listings that hospitals keep: drafts, checks with evidence, clinicians, measures, photos, price history, and what is known of a certificate.
-- +goose Up
ALTER TABLE providers ADD COLUMN kept boolean NOT NULL DEFAULT false;

ALTER TABLE accreditations ADD COLUMN key text NOT NULL DEFAULT '';
ALTER TABLE accreditations ADD COLUMN state text NOT NULL DEFAULT '' CONSTRAINT accreditations_state_known CHECK (state IN
    ('', 'claimed', 'in_process', 'verified', 'due', 'expired', 'suspended', 'withdrawn', 'not_renewed', 'val_fail'));
ALTER TABLE accreditations ADD COLUMN state_on date;
ALTER TABLE accreditations ADD COLUMN scope text NOT NULL DEFAULT '';
ALTER TABLE accreditations ADD COLUMN legal_entity text NOT NULL DEFAULT '';
ALTER TABLE accreditations ADD COLUMN site_address text NOT NULL DEFAULT '';
ALTER TABLE accreditations ADD COLUMN method text NOT NULL DEFAULT '' CONSTRAINT accreditations_method_known CHECK (method IN
    ('', 'register_lookup', 'api', 'email_from_body', 'phone_logged'));
ALTER TABLE accreditations ADD COLUMN next_check date;
ALTER TABLE accreditations ADD COLUMN file text NOT NULL DEFAULT '';
CREATE INDEX accreditations_next_check ON accreditations (next_check);

ALTER TABLE packages ADD COLUMN key text NOT NULL DEFAULT '';
ALTER TABLE packages ADD COLUMN rupees_minor bigint CONSTRAINT packages_rupees_positive CHECK (rupees_minor > 0);
ALTER TABLE packages ADD COLUMN implant text NOT NULL DEFAULT '';
ALTER TABLE packages ADD COLUMN assessed_at text NOT NULL DEFAULT '';
ALTER TABLE packages ADD COLUMN assessed_when text NOT NULL DEFAULT '';
ALTER TABLE packages ADD COLUMN paused boolean NOT NULL DEFAULT false CONSTRAINT packages_paused_not_live CHECK (NOT (paused AND live));

CREATE TABLE clinicians (
    id text NOT NULL CONSTRAINT clinicians_pkey PRIMARY KEY CONSTRAINT clinicians_id_filled CHECK (id <> ''),
    provider_id bigint NOT NULL CONSTRAINT clinicians_provider_fkey REFERENCES providers ON DELETE CASCADE,
    name text NOT NULL CONSTRAINT clinicians_name_filled CHECK (name <> ''),
    qualification text NOT NULL,
    council text NOT NULL CONSTRAINT clinicians_council_filled CHECK (council <> ''),
    registration_no text NOT NULL CONSTRAINT clinicians_registration_filled CHECK (registration_no <> ''),
    registered_year bigint CONSTRAINT clinicians_year_range CHECK (registered_year BETWEEN 1940 AND 2100),
    specialty_slug text CONSTRAINT clinicians_specialty_fkey REFERENCES specialties,
    link text NOT NULL,
    state text NOT NULL CONSTRAINT clinicians_state_known CHECK (state IN ('verified', 'due', 'val_fail')),
    checked_on date,
    next_check date,
    source_id bigint NOT NULL CONSTRAINT clinicians_source_fkey REFERENCES sources
);
CREATE INDEX clinicians_provider ON clinicians (provider_id);
CREATE INDEX clinicians_next_check ON clinicians (next_check);

CREATE TABLE quality_measures (
    id text NOT NULL CONSTRAINT quality_measures_pkey PRIMARY KEY CONSTRAINT quality_measures_id_filled CHECK (id <> ''),
    provider_id bigint NOT NULL CONSTRAINT quality_measures_provider_fkey REFERENCES providers ON DELETE CASCADE,
    title text NOT NULL CONSTRAINT quality_measures_title_filled CHECK (title <> ''),
    procedure_slug text CONSTRAINT quality_measures_procedure_fkey REFERENCES procedures,
    numerator bigint NOT NULL CONSTRAINT quality_measures_numerator_positive CHECK (numerator >= 0),
    denominator bigint NOT NULL CONSTRAINT quality_measures_denominator_positive CHECK (denominator > 0),
    period_from date,
    period_to date,
    method text NOT NULL CONSTRAINT quality_measures_method_filled CHECK (method <> ''),
    checked_on date,
    source_id bigint NOT NULL CONSTRAINT quality_measures_source_fkey REFERENCES sources,
    CONSTRAINT quality_measures_part_of_whole CHECK (numerator <= denominator),
    CONSTRAINT quality_measures_period_whole CHECK (period_from IS NOT NULL AND period_to IS NOT NULL AND period_from <= period_to)
);
CREATE INDEX quality_measures_provider ON quality_measures (provider_id);

-- A file of a hospital; its content is in the bucket under its id, photos below it by width.
CREATE TABLE listing_files (
    id text NOT NULL CONSTRAINT listing_files_pkey PRIMARY KEY CONSTRAINT listing_files_id_filled CHECK (id <> ''),
    provider_id bigint NOT NULL CONSTRAINT listing_files_provider_fkey REFERENCES providers ON DELETE CASCADE,
    purpose text NOT NULL CONSTRAINT listing_files_purpose_known CHECK (purpose IN ('certificate', 'photo', 'evidence')),
    media text NOT NULL CONSTRAINT listing_files_media_filled CHECK (media <> ''),
    bytes bigint NOT NULL CONSTRAINT listing_files_bytes_positive CHECK (bytes > 0),
    hash text NOT NULL CONSTRAINT listing_files_hash_shape CHECK (length(hash) = 64),
    scan text NOT NULL CONSTRAINT listing_files_scan_known CHECK (scan IN ('pending', 'safe', 'blocked')),
    by_person text NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX listing_files_provider ON listing_files (provider_id);
CREATE INDEX listing_files_scan ON listing_files (scan);

CREATE TABLE photos (
    id text NOT NULL CONSTRAINT photos_pkey PRIMARY KEY CONSTRAINT photos_id_filled CHECK (id <> ''),
    provider_id bigint NOT NULL CONSTRAINT photos_provider_fkey REFERENCES providers ON DELETE CASCADE,
    file_id text NOT NULL CONSTRAINT photos_file_fkey REFERENCES listing_files ON DELETE CASCADE,
    alt text NOT NULL CONSTRAINT photos_alt_filled CHECK (alt <> ''),
    taken_year bigint CONSTRAINT photos_taken_range CHECK (taken_year BETWEEN 1950 AND 2100),
    checked_on date,
    source_id bigint NOT NULL CONSTRAINT photos_source_fkey REFERENCES sources
);
CREATE INDEX photos_provider ON photos (provider_id);

CREATE TABLE verifications (
    id text NOT NULL CONSTRAINT verifications_pkey PRIMARY KEY CONSTRAINT verifications_id_filled CHECK (id <> ''),
    provider_id bigint CONSTRAINT verifications_provider_fkey REFERENCES providers ON DELETE CASCADE,
    name text NOT NULL,
    kind text NOT NULL CONSTRAINT verifications_kind_known CHECK (kind IN ('change', 'register', 'recheck')),
    unit text NOT NULL CONSTRAINT verifications_unit_filled CHECK (unit <> ''),
    finding text NOT NULL CONSTRAINT verifications_finding_known CHECK (finding IN
        ('', 'renewed', 'lapsed', 'suspended', 'withdrawn', 'new', 'renamed', 'remark')),
    fresh boolean NOT NULL,
    fields text NOT NULL,
    second_why text NOT NULL,
    state text NOT NULL CONSTRAINT verifications_state_known CHECK (state IN ('waiting', 'second', 'approved', 'sent_back', 'rejected', 'withdrawn')),
    evidence text NOT NULL,
    ticked text NOT NULL,
    reason text NOT NULL,
    org text NOT NULL,
    sent_by text NOT NULL,
    sent_at timestamptz NOT NULL,
    first_by text NOT NULL,
    first_at timestamptz,
    decided_by text NOT NULL,
    decided_at timestamptz,
    mark text CONSTRAINT verifications_mark_once UNIQUE,
    version bigint NOT NULL CONSTRAINT verifications_version_positive CHECK (version >= 1),
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
    provider_id bigint NOT NULL CONSTRAINT listing_drafts_provider_fkey REFERENCES providers ON DELETE CASCADE,
    path text NOT NULL CONSTRAINT listing_drafts_path_filled CHECK (path <> ''),
    base text NOT NULL,
    value text NOT NULL,
    state text NOT NULL CONSTRAINT listing_drafts_state_known CHECK (state IN ('draft', 'sent', 'sent_back', 'rejected')),
    reason text NOT NULL,
    by_person text NOT NULL,
    at timestamptz NOT NULL,
    verification_id text CONSTRAINT listing_drafts_verification_fkey REFERENCES verifications ON DELETE SET NULL,
    CONSTRAINT listing_drafts_pkey PRIMARY KEY (provider_id, path)
);

CREATE TABLE certificate_reminders (
    accreditation_id bigint NOT NULL CONSTRAINT certificate_reminders_accreditation_fkey REFERENCES accreditations ON DELETE CASCADE,
    until text NOT NULL CONSTRAINT certificate_reminders_until_shape CHECK (length(until) = 10),
    days bigint NOT NULL CONSTRAINT certificate_reminders_days_known CHECK (days IN (0, 7, 30, 60, 90)),
    told bigint NOT NULL CONSTRAINT certificate_reminders_told_positive CHECK (told >= 1),
    at timestamptz NOT NULL,
    CONSTRAINT certificate_reminders_pkey PRIMARY KEY (accreditation_id, until, days)
);

CREATE TABLE price_changes (
    id bigint GENERATED BY DEFAULT AS IDENTITY CONSTRAINT price_changes_pkey PRIMARY KEY,
    provider_id bigint NOT NULL CONSTRAINT price_changes_provider_fkey REFERENCES providers ON DELETE CASCADE,
    package_key text NOT NULL CONSTRAINT price_changes_package_filled CHECK (package_key <> ''),
    procedure_slug text NOT NULL,
    name text NOT NULL,
    at timestamptz NOT NULL,
    old_minor bigint CONSTRAINT price_changes_old_positive CHECK (old_minor > 0),
    old_currency text NOT NULL,
    new_minor bigint CONSTRAINT price_changes_new_positive CHECK (new_minor > 0),
    new_currency text NOT NULL,
    valid_to date,
    CONSTRAINT price_changes_differ CHECK (old_minor IS NOT NULL OR new_minor IS NOT NULL)
);
CREATE INDEX price_changes_provider ON price_changes (provider_id, at);
CREATE TRIGGER price_changes_written_once BEFORE UPDATE ON price_changes FOR EACH ROW EXECUTE FUNCTION written_once();
