-- Where facts come from, places, and the words of medicine.
-- +goose Up
CREATE TABLE sources (
    id INTEGER NOT NULL CONSTRAINT sources_pkey PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL CONSTRAINT sources_key_filled CHECK (key <> ''),
    kind TEXT NOT NULL CONSTRAINT sources_kind_known CHECK (kind IN ('dataset', 'register', 'page', 'alliance', 'sample')),
    title TEXT NOT NULL CONSTRAINT sources_title_filled CHECK (title <> ''),
    publisher TEXT NOT NULL,
    url TEXT NOT NULL,
    licence TEXT NOT NULL,
    published_on TEXT NOT NULL,
    retrieved_on DATE,
    note TEXT NOT NULL,
    CONSTRAINT sources_key_once UNIQUE (key)
);

-- Hubs and airports name each other, so one end waits for the commit.
CREATE TABLE hubs (
    slug TEXT NOT NULL CONSTRAINT hubs_pkey PRIMARY KEY CONSTRAINT hubs_slug_filled CHECK (slug <> ''),
    name TEXT NOT NULL CONSTRAINT hubs_name_filled CHECK (name <> ''),
    state TEXT NOT NULL,
    airport TEXT NOT NULL CONSTRAINT hubs_airport_fkey REFERENCES airports DEFERRABLE INITIALLY DEFERRED,
    lat REAL NOT NULL CONSTRAINT hubs_lat_range CHECK (lat BETWEEN -90 AND 90),
    lng REAL NOT NULL CONSTRAINT hubs_lng_range CHECK (lng BETWEEN -180 AND 180),
    ord INTEGER NOT NULL,
    source_id INTEGER NOT NULL CONSTRAINT hubs_source_fkey REFERENCES sources
);

CREATE TABLE airports (
    iata TEXT NOT NULL CONSTRAINT airports_pkey PRIMARY KEY CONSTRAINT airports_iata_shape CHECK (length(iata) = 3),
    name TEXT NOT NULL CONSTRAINT airports_name_filled CHECK (name <> ''),
    city TEXT NOT NULL,
    country TEXT NOT NULL,
    lat REAL NOT NULL CONSTRAINT airports_lat_range CHECK (lat BETWEEN -90 AND 90),
    lng REAL NOT NULL CONSTRAINT airports_lng_range CHECK (lng BETWEEN -180 AND 180),
    role TEXT NOT NULL CONSTRAINT airports_role_known CHECK (role IN ('india_hub', 'uk_gateway')),
    hub_slug TEXT CONSTRAINT airports_hub_fkey REFERENCES hubs,
    source_id INTEGER NOT NULL CONSTRAINT airports_source_fkey REFERENCES sources
);

CREATE TABLE cities (
    slug TEXT NOT NULL CONSTRAINT cities_pkey PRIMARY KEY CONSTRAINT cities_slug_filled CHECK (slug <> ''),
    name TEXT NOT NULL CONSTRAINT cities_name_filled CHECK (name <> ''),
    state TEXT NOT NULL,
    hub_slug TEXT CONSTRAINT cities_hub_fkey REFERENCES hubs,
    lat REAL CONSTRAINT cities_lat_range CHECK (lat BETWEEN -90 AND 90),
    lng REAL CONSTRAINT cities_lng_range CHECK (lng BETWEEN -180 AND 180),
    point_note TEXT NOT NULL,
    aliases TEXT NOT NULL,
    CONSTRAINT cities_point_whole CHECK ((lat IS NULL) = (lng IS NULL))
);
CREATE INDEX cities_hub ON cities (hub_slug);

CREATE TABLE routes (
    id INTEGER NOT NULL CONSTRAINT routes_pkey PRIMARY KEY AUTOINCREMENT,
    origin TEXT NOT NULL CONSTRAINT routes_origin_fkey REFERENCES airports,
    destination TEXT NOT NULL CONSTRAINT routes_destination_fkey REFERENCES airports,
    airline TEXT NOT NULL,
    weekly_flights INTEGER CONSTRAINT routes_weekly_flights_positive CHECK (weekly_flights > 0),
    effective_from TEXT NOT NULL,
    status TEXT NOT NULL CONSTRAINT routes_status_known
        CHECK (status IN ('announced_2025', 'reported_2024', 'reported_2021', 'historic_unconfirmed')),
    hours_reported TEXT NOT NULL,
    great_circle_km INTEGER NOT NULL CONSTRAINT routes_great_circle_km_positive CHECK (great_circle_km >= 0),
    source_id INTEGER NOT NULL CONSTRAINT routes_source_fkey REFERENCES sources
);

CREATE TABLE specialties (
    slug TEXT NOT NULL CONSTRAINT specialties_pkey PRIMARY KEY CONSTRAINT specialties_slug_filled CHECK (slug <> ''),
    name TEXT NOT NULL CONSTRAINT specialties_name_filled CHECK (name <> ''),
    plain_name TEXT NOT NULL,
    nhs_code TEXT NOT NULL,
    rtt_function TEXT NOT NULL,
    source_id INTEGER NOT NULL CONSTRAINT specialties_source_fkey REFERENCES sources
);

CREATE TABLE procedures (
    slug TEXT NOT NULL CONSTRAINT procedures_pkey PRIMARY KEY CONSTRAINT procedures_slug_filled CHECK (slug <> ''),
    name TEXT NOT NULL CONSTRAINT procedures_name_filled CHECK (name <> ''),
    specialty_slug TEXT NOT NULL CONSTRAINT procedures_specialty_fkey REFERENCES specialties,
    other_specialties TEXT NOT NULL,
    source_id INTEGER NOT NULL CONSTRAINT procedures_source_fkey REFERENCES sources
);

CREATE TABLE aliases (
    id INTEGER NOT NULL CONSTRAINT aliases_pkey PRIMARY KEY AUTOINCREMENT,
    of_kind TEXT NOT NULL CONSTRAINT aliases_of_known
        CHECK (of_kind IN ('procedure', 'specialty', 'city', 'hub', 'state', 'accreditation', 'language', 'generic')),
    slug TEXT NOT NULL,
    kind TEXT NOT NULL CONSTRAINT aliases_kind_known
        CHECK (kind IN ('lay', 'abbreviation', 'misspelling', 'transliteration', 'us_spelling', 'generic')),
    term TEXT NOT NULL CONSTRAINT aliases_term_filled CHECK (term <> ''),
    CONSTRAINT aliases_once UNIQUE (of_kind, slug, kind, term)
);

CREATE TABLE procedure_codes (
    id INTEGER NOT NULL CONSTRAINT procedure_codes_pkey PRIMARY KEY AUTOINCREMENT,
    procedure_slug TEXT NOT NULL CONSTRAINT procedure_codes_procedure_fkey REFERENCES procedures,
    system TEXT NOT NULL CONSTRAINT procedure_codes_system_known CHECK (system IN ('OPCS-4', 'SNOMED-CT', 'PM-JAY')),
    code TEXT NOT NULL CONSTRAINT procedure_codes_code_filled CHECK (code <> ''),
    term TEXT NOT NULL,
    source_id INTEGER NOT NULL CONSTRAINT procedure_codes_source_fkey REFERENCES sources,
    CONSTRAINT procedure_codes_once UNIQUE (procedure_slug, system, code, term, source_id)
);

CREATE TABLE procedure_stays (
    id INTEGER NOT NULL CONSTRAINT procedure_stays_pkey PRIMARY KEY AUTOINCREMENT,
    procedure_slug TEXT NOT NULL CONSTRAINT procedure_stays_procedure_fkey REFERENCES procedures,
    measure TEXT NOT NULL CONSTRAINT procedure_stays_measure_filled CHECK (measure <> ''),
    min INTEGER NOT NULL CONSTRAINT procedure_stays_min_positive CHECK (min >= 0),
    max INTEGER NOT NULL,
    source_id INTEGER NOT NULL CONSTRAINT procedure_stays_source_fkey REFERENCES sources,
    CONSTRAINT procedure_stays_order CHECK (min <= max),
    CONSTRAINT procedure_stays_once UNIQUE (procedure_slug, measure, source_id)
);
