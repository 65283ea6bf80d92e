-- Money and waiting: hospitals' own packages, published prices, NHS waits, costs of the journey, exchange rates.
-- +goose Up
CREATE TABLE packages (
    id INTEGER NOT NULL CONSTRAINT packages_pkey PRIMARY KEY AUTOINCREMENT,
    provider_id INTEGER NOT NULL CONSTRAINT packages_provider_fkey REFERENCES providers ON DELETE CASCADE,
    procedure_slug TEXT NOT NULL CONSTRAINT packages_procedure_fkey REFERENCES procedures,
    name TEXT NOT NULL CONSTRAINT packages_name_filled CHECK (name <> ''),
    room TEXT NOT NULL,
    stay_nights INTEGER CONSTRAINT packages_stay_nights_positive CHECK (stay_nights >= 0),
    days_in_india INTEGER CONSTRAINT packages_days_in_india_positive CHECK (days_in_india >= 0),
    amount_minor INTEGER NOT NULL CONSTRAINT packages_amount_positive CHECK (amount_minor > 0),
    currency TEXT NOT NULL CONSTRAINT packages_currency_known CHECK (currency IN ('GBP', 'INR', 'USD', 'EUR')),
    valid_from DATE,
    valid_to DATE,
    live BOOLEAN NOT NULL,
    version INTEGER NOT NULL CONSTRAINT packages_version_positive CHECK (version >= 1),
    source_id INTEGER NOT NULL CONSTRAINT packages_source_fkey REFERENCES sources,
    CONSTRAINT packages_days_order CHECK (valid_from <= valid_to)
);
CREATE INDEX packages_provider ON packages (provider_id, procedure_slug);
CREATE INDEX packages_valid_to ON packages (valid_to);
CREATE INDEX packages_valid_from ON packages (valid_from);

CREATE TABLE package_items (
    id INTEGER NOT NULL CONSTRAINT package_items_pkey PRIMARY KEY AUTOINCREMENT,
    package_id INTEGER NOT NULL CONSTRAINT package_items_package_fkey REFERENCES packages ON DELETE CASCADE,
    kind TEXT NOT NULL CONSTRAINT package_items_kind_known CHECK (kind IN ('included', 'excluded', 'on_top')),
    label TEXT NOT NULL CONSTRAINT package_items_label_filled CHECK (label <> ''),
    amount_minor INTEGER CONSTRAINT package_items_amount_positive CHECK (amount_minor >= 0),
    currency TEXT NOT NULL CONSTRAINT package_items_currency_known CHECK (currency IN ('', 'GBP', 'INR', 'USD', 'EUR')),
    per TEXT NOT NULL,
    ord INTEGER NOT NULL,
    CONSTRAINT package_items_amount_whole CHECK (amount_minor IS NULL OR currency <> '')
);
CREATE INDEX package_items_package ON package_items (package_id);

CREATE TABLE price_evidence (
    id INTEGER NOT NULL CONSTRAINT price_evidence_pkey PRIMARY KEY AUTOINCREMENT,
    procedure_slug TEXT NOT NULL CONSTRAINT price_evidence_procedure_fkey REFERENCES procedures,
    country TEXT NOT NULL CONSTRAINT price_evidence_country_known CHECK (country IN ('IN', 'GB')),
    scope TEXT NOT NULL,
    payer_type TEXT NOT NULL CONSTRAINT price_evidence_payer_known CHECK (payer_type IN
        ('international_self_pay', 'domestic_self_pay', 'official_package', 'uk_private', 'nhs_cost',
         'hospital_published', 'international_trip_total', 'provider_cost_study')),
    currency TEXT NOT NULL CONSTRAINT price_evidence_currency_known CHECK (currency IN ('GBP', 'INR', 'USD', 'EUR')),
    low_minor INTEGER CONSTRAINT price_evidence_low_positive CHECK (low_minor >= 0),
    typical_minor INTEGER CONSTRAINT price_evidence_typical_positive CHECK (typical_minor >= 0),
    high_minor INTEGER CONSTRAINT price_evidence_high_positive CHECK (high_minor >= 0),
    includes TEXT NOT NULL,
    evidence_class TEXT NOT NULL CONSTRAINT price_evidence_class_known CHECK (evidence_class IN
        ('official', 'journal', 'provider', 'insurer', 'press', 'broker', 'aggregator', 'blog', 'facilitator', 'facilitator_repo')),
    as_of TEXT NOT NULL,
    source_id INTEGER NOT NULL CONSTRAINT price_evidence_source_fkey REFERENCES sources,
    CONSTRAINT price_evidence_order
        CHECK (low_minor <= typical_minor AND typical_minor <= high_minor AND low_minor <= high_minor),
    CONSTRAINT price_evidence_filled CHECK (low_minor IS NOT NULL OR typical_minor IS NOT NULL OR high_minor IS NOT NULL)
);

CREATE TABLE nhs_waits (
    id INTEGER NOT NULL CONSTRAINT nhs_waits_pkey PRIMARY KEY AUTOINCREMENT,
    area_type TEXT NOT NULL,
    area_name TEXT NOT NULL,
    function_code TEXT NOT NULL,
    function_name TEXT NOT NULL,
    month TEXT NOT NULL CONSTRAINT nhs_waits_month_shape CHECK (length(month) = 7),
    incomplete INTEGER CONSTRAINT nhs_waits_incomplete_positive CHECK (incomplete >= 0),
    within_18 INTEGER CONSTRAINT nhs_waits_within_18_positive CHECK (within_18 >= 0),
    pct_within_18 REAL CONSTRAINT nhs_waits_pct_within_18_range CHECK (pct_within_18 BETWEEN 0 AND 100),
    median_weeks REAL CONSTRAINT nhs_waits_median_weeks_positive CHECK (median_weeks >= 0),
    p92_weeks REAL CONSTRAINT nhs_waits_p92_weeks_positive CHECK (p92_weeks >= 0),
    over_52 INTEGER CONSTRAINT nhs_waits_over_52_positive CHECK (over_52 >= 0),
    specialty_slugs TEXT NOT NULL,
    note TEXT NOT NULL,
    source_id INTEGER NOT NULL CONSTRAINT nhs_waits_source_fkey REFERENCES sources
);

CREATE TABLE trip_costs (
    id INTEGER NOT NULL CONSTRAINT trip_costs_pkey PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CONSTRAINT trip_costs_kind_filled CHECK (kind <> ''),
    item TEXT NOT NULL CONSTRAINT trip_costs_item_filled CHECK (item <> ''),
    scope TEXT NOT NULL,
    unit TEXT NOT NULL CONSTRAINT trip_costs_unit_known CHECK (unit IN ('GBP', 'INR', 'USD', 'EUR', 'PCT', 'DAYS', 'HOURS', 'COUNT')),
    low REAL CONSTRAINT trip_costs_low_positive CHECK (low >= 0),
    typical REAL CONSTRAINT trip_costs_typical_positive CHECK (typical >= 0),
    high REAL CONSTRAINT trip_costs_high_positive CHECK (high >= 0),
    per TEXT NOT NULL,
    includes TEXT NOT NULL,
    as_of TEXT NOT NULL,
    note TEXT NOT NULL,
    source_id INTEGER NOT NULL CONSTRAINT trip_costs_source_fkey REFERENCES sources,
    CONSTRAINT trip_costs_order CHECK (low <= typical AND typical <= high AND low <= high)
);

CREATE TABLE fx_rates (
    id INTEGER NOT NULL CONSTRAINT fx_rates_pkey PRIMARY KEY AUTOINCREMENT,
    period TEXT NOT NULL CONSTRAINT fx_rates_period_shape CHECK (length(period) IN (4, 7)),
    kind TEXT NOT NULL CONSTRAINT fx_rates_kind_known CHECK (kind IN ('monthly_average', 'annual_average')),
    base TEXT NOT NULL CONSTRAINT fx_rates_base_known CHECK (base IN ('GBP', 'INR', 'USD', 'EUR')),
    quote TEXT NOT NULL CONSTRAINT fx_rates_quote_known CHECK (quote IN ('GBP', 'INR', 'USD', 'EUR')),
    rate REAL NOT NULL CONSTRAINT fx_rates_rate_positive CHECK (rate > 0),
    method TEXT NOT NULL,
    source_id INTEGER NOT NULL CONSTRAINT fx_rates_source_fkey REFERENCES sources,
    CONSTRAINT fx_rates_pair CHECK (base <> quote),
    CONSTRAINT fx_rates_once UNIQUE (period, kind, base, quote)
);
