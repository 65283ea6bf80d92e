-- Hospitals, what is known of them, their certificates and the history of each listing.
-- +goose Up
CREATE TABLE providers (
    id INTEGER NOT NULL CONSTRAINT providers_pkey PRIMARY KEY AUTOINCREMENT,
    slug TEXT NOT NULL CONSTRAINT providers_slug_filled CHECK (slug <> ''),
    name TEXT NOT NULL CONSTRAINT providers_name_filled CHECK (name <> ''),
    kind TEXT NOT NULL CONSTRAINT providers_kind_filled CHECK (kind <> ''),
    "grouping" TEXT NOT NULL,
    origin TEXT NOT NULL CONSTRAINT providers_origin_known
        CHECK (origin IN ('curated', 'nabh_register', 'nabh_dental_register', 'directory', 'sample', 'synthetic')),
    sample BOOLEAN NOT NULL,
    state TEXT NOT NULL CONSTRAINT providers_state_known CHECK (state IN ('published', 'withdrawn')),
    checked_on DATE,
    version INTEGER NOT NULL CONSTRAINT providers_version_positive CHECK (version >= 1),
    created_at DATETIME NOT NULL,
    updated_at DATETIME NOT NULL,
    CONSTRAINT providers_slug_once UNIQUE (slug),
    CONSTRAINT providers_sample_marked CHECK (sample = (origin = 'sample'))
);
CREATE INDEX providers_updated ON providers (updated_at);

CREATE TABLE sites (
    id INTEGER NOT NULL CONSTRAINT sites_pkey PRIMARY KEY AUTOINCREMENT,
    provider_id INTEGER NOT NULL CONSTRAINT sites_provider_fkey REFERENCES providers ON DELETE CASCADE,
    main BOOLEAN NOT NULL,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    city_slug TEXT NOT NULL CONSTRAINT sites_city_fkey REFERENCES cities,
    postcode TEXT NOT NULL,
    lat REAL CONSTRAINT sites_lat_range CHECK (lat BETWEEN -90 AND 90),
    lng REAL CONSTRAINT sites_lng_range CHECK (lng BETWEEN -180 AND 180),
    coord_precision TEXT NOT NULL CONSTRAINT sites_coord_precision_known
        CHECK (coord_precision IN ('', 'site', 'street', 'pincode_area', 'pincode_area_coarse', 'directory', 'district', 'city')),
    coord_note TEXT NOT NULL,
    airport_iata TEXT CONSTRAINT sites_airport_fkey REFERENCES airports,
    airport_km REAL CONSTRAINT sites_airport_km_positive CHECK (airport_km >= 0),
    source_id INTEGER CONSTRAINT sites_source_fkey REFERENCES sources,
    CONSTRAINT sites_point_whole CHECK ((lat IS NULL) = (lng IS NULL))
);
CREATE INDEX sites_provider ON sites (provider_id);
CREATE INDEX sites_city ON sites (city_slug);
CREATE UNIQUE INDEX sites_one_main ON sites (provider_id) WHERE main;

CREATE TABLE facts (
    id INTEGER NOT NULL CONSTRAINT facts_pkey PRIMARY KEY AUTOINCREMENT,
    provider_id INTEGER NOT NULL CONSTRAINT facts_provider_fkey REFERENCES providers ON DELETE CASCADE,
    name TEXT NOT NULL CONSTRAINT facts_name_filled CHECK (name <> ''),
    value TEXT NOT NULL,
    scope TEXT NOT NULL CONSTRAINT facts_scope_known CHECK (scope IN ('hospital', 'group')),
    confidence TEXT NOT NULL CONSTRAINT facts_confidence_known CHECK (confidence IN ('', 'low', 'medium', 'high')),
    evidence TEXT NOT NULL CONSTRAINT facts_evidence_known
        CHECK (evidence IN ('hospital_says', 'certificate_seen', 'register', 'third_party', 'not_published')),
    as_of TEXT NOT NULL,
    note TEXT NOT NULL,
    source_id INTEGER NOT NULL CONSTRAINT facts_source_fkey REFERENCES sources
);
CREATE INDEX facts_provider ON facts (provider_id);

CREATE TABLE provider_specialties (
    provider_id INTEGER NOT NULL CONSTRAINT provider_specialties_provider_fkey REFERENCES providers ON DELETE CASCADE,
    specialty_slug TEXT NOT NULL CONSTRAINT provider_specialties_specialty_fkey REFERENCES specialties,
    listed_as TEXT NOT NULL,
    source_id INTEGER NOT NULL CONSTRAINT provider_specialties_source_fkey REFERENCES sources,
    CONSTRAINT provider_specialties_pkey PRIMARY KEY (provider_id, specialty_slug)
);

CREATE TABLE provider_languages (
    provider_id INTEGER NOT NULL CONSTRAINT provider_languages_provider_fkey REFERENCES providers ON DELETE CASCADE,
    language TEXT NOT NULL CONSTRAINT provider_languages_language_filled CHECK (language <> ''),
    source_id INTEGER NOT NULL CONSTRAINT provider_languages_source_fkey REFERENCES sources,
    CONSTRAINT provider_languages_pkey PRIMARY KEY (provider_id, language)
);

CREATE TABLE provider_procedures (
    provider_id INTEGER NOT NULL CONSTRAINT provider_procedures_provider_fkey REFERENCES providers ON DELETE CASCADE,
    procedure_slug TEXT NOT NULL CONSTRAINT provider_procedures_procedure_fkey REFERENCES procedures,
    source_id INTEGER NOT NULL CONSTRAINT provider_procedures_source_fkey REFERENCES sources,
    CONSTRAINT provider_procedures_pkey PRIMARY KEY (provider_id, procedure_slug)
);

CREATE TABLE accreditations (
    id INTEGER NOT NULL CONSTRAINT accreditations_pkey PRIMARY KEY AUTOINCREMENT,
    provider_id INTEGER NOT NULL CONSTRAINT accreditations_provider_fkey REFERENCES providers ON DELETE CASCADE,
    body TEXT NOT NULL CONSTRAINT accreditations_body_filled CHECK (body <> ''),
    programme TEXT NOT NULL,
    level TEXT NOT NULL CONSTRAINT accreditations_level_known CHECK (level IN ('full', 'entry', 'laboratory', 'other')),
    number TEXT NOT NULL,
    reference_no TEXT NOT NULL,
    valid_from DATE,
    valid_to DATE,
    register_status TEXT NOT NULL CONSTRAINT accreditations_register_status_known CHECK (register_status IN
        ('valid_at_snapshot', 'lapsed_or_moved', 'suspended', 'reported', 'claimed_unverified', 'mentioned')),
    checked_on DATE,
    evidence TEXT NOT NULL CONSTRAINT accreditations_evidence_known CHECK (evidence IN
        ('register_snapshot', 'news_or_hospital_page', 'blog_or_syndicated', 'social_post', 'facilitator_listing', 'sample')),
    listed_name TEXT NOT NULL,
    note TEXT NOT NULL,
    source_id INTEGER NOT NULL CONSTRAINT accreditations_source_fkey REFERENCES sources,
    CONSTRAINT accreditations_days_order CHECK (valid_from <= valid_to)
);
CREATE INDEX accreditations_provider ON accreditations (provider_id);
CREATE INDEX accreditations_valid_to ON accreditations (valid_to);
CREATE INDEX accreditations_valid_from ON accreditations (valid_from);

CREATE TABLE accreditation_events (
    id INTEGER NOT NULL CONSTRAINT accreditation_events_pkey PRIMARY KEY AUTOINCREMENT,
    accreditation_id INTEGER NOT NULL CONSTRAINT accreditation_events_accreditation_fkey REFERENCES accreditations ON DELETE CASCADE,
    happened_on DATE,
    status TEXT NOT NULL CONSTRAINT accreditation_events_status_known CHECK (status IN
        ('valid_at_snapshot', 'lapsed_or_moved', 'suspended', 'reported', 'claimed_unverified', 'mentioned')),
    note TEXT NOT NULL,
    source_id INTEGER NOT NULL CONSTRAINT accreditation_events_source_fkey REFERENCES sources
);
CREATE INDEX accreditation_events_accreditation ON accreditation_events (accreditation_id);

CREATE TABLE changes (
    id INTEGER NOT NULL CONSTRAINT changes_pkey PRIMARY KEY AUTOINCREMENT,
    provider_id INTEGER NOT NULL CONSTRAINT changes_provider_fkey REFERENCES providers ON DELETE CASCADE,
    at DATETIME NOT NULL,
    what TEXT NOT NULL CONSTRAINT changes_what_filled CHECK (what <> ''),
    field TEXT NOT NULL,
    old_value TEXT NOT NULL,
    new_value TEXT NOT NULL,
    source_id INTEGER CONSTRAINT changes_source_fkey REFERENCES sources
);
CREATE INDEX changes_provider ON changes (provider_id);
