-- How often the page of a listing was opened, and how often it was put on a shortlist, by Indian day. Nothing says who did.
-- +goose Up
CREATE TABLE listing_views (
    provider_id bigint NOT NULL CONSTRAINT listing_views_provider_fkey REFERENCES providers ON DELETE CASCADE,
    day text NOT NULL CONSTRAINT listing_views_day_whole CHECK (length(day) = 10),
    kind text NOT NULL CONSTRAINT listing_views_kind_known CHECK (kind IN ('page', 'shortlist')),
    n bigint NOT NULL CONSTRAINT listing_views_n_counted CHECK (n >= 1),
    CONSTRAINT listing_views_pkey PRIMARY KEY (provider_id, day, kind)
);
