package models

import (
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strings"
)

// cardQueries are one query in two dialects: only the names of the JSON functions differ.
var cardQueries = map[Dialect]string{
	Postgres: strings.NewReplacer("OBJECT(", "json_build_object(", "LIST(", "json_agg(").Replace(cardQuery),
	SQLite:   strings.NewReplacer("OBJECT(", "json_object(", "LIST(", "json_group_array(").Replace(cardQuery),
}

// cardQuery: the keys of its objects are the fields of Accreditation and CardPackage.
const cardQuery = `
SELECT p.id, p.slug, p.name, p.kind, p."grouping", p.origin, p.sample, p.checked_on, p.version, p.updated_at,
	coalesce(s.address, ''), coalesce(s.postcode, ''), s.lat, s.lng, coalesce(s.coord_precision, ''),
	coalesce(s.airport_iata, ''), s.airport_km,
	coalesce(c.slug, ''), coalesce(c.name, ''), coalesce(c.state, ''), coalesce(h.slug, ''), coalesce(h.name, ''),
	(SELECT LIST(OBJECT('ID', a.id, 'ProviderID', a.provider_id, 'Body', a.body, 'Programme', a.programme, 'Level', a.level,
		'Number', a.number, 'ReferenceNo', a.reference_no, 'ValidFrom', a.valid_from, 'ValidTo', a.valid_to,
		'RegisterStatus', a.register_status, 'CheckedOn', a.checked_on, 'Evidence', a.evidence,
		'ListedName', a.listed_name, 'Note', a.note, 'SourceID', a.source_id, 'State', a.state, 'StateOn', a.state_on)
		ORDER BY a.body, a.valid_to DESC NULLS LAST, a.id) FROM accreditations a WHERE a.provider_id = p.id),
	(SELECT LIST(ps.specialty_slug) FROM provider_specialties ps WHERE ps.provider_id = p.id),
	(SELECT LIST(pl.language) FROM provider_languages pl WHERE pl.provider_id = p.id),
	(SELECT count(*) FROM packages k WHERE k.provider_id = p.id AND ` + livePackage + `),
	(SELECT LIST(OBJECT('ID', q.id, 'ProcedureSlug', q.procedure_slug, 'Name', q.name, 'Room', q.room,
		'StayNights', q.stay_nights, 'DaysInIndia', q.days_in_india, 'AmountMinor', q.amount_minor,
		'Currency', q.currency, 'ValidTo', q.valid_to) ORDER BY q.amount_minor, q.id)
		FROM (SELECT k.*, row_number() OVER (PARTITION BY k.currency ORDER BY k.amount_minor, k.id) AS place
			FROM packages k WHERE k.provider_id = p.id AND (? = '' OR k.procedure_slug = ?) AND ` + livePackage + `) q
		WHERE q.place = 1)
FROM providers p
LEFT JOIN sites s ON s.provider_id = p.id AND s.main
LEFT JOIN cities c ON c.slug = s.city_slug
LEFT JOIN hubs h ON h.slug = c.hub_slug
WHERE p.id IN ? AND p.state = 'published'`

func scanCard(rows *sql.Rows) (c Card, err error) {
	var accreditations, specialties, languages, cheapest []byte
	err = rows.Scan(&c.ID, &c.Slug, &c.Name, &c.Kind, &c.Grouping, &c.Origin, &c.Sample, &c.CheckedOn, &c.Version, &c.UpdatedAt,
		&c.Address, &c.Postcode, &c.Lat, &c.Lng, &c.CoordPrecision, &c.AirportIATA, &c.AirportKM,
		&c.CitySlug, &c.City, &c.State, &c.HubSlug, &c.Hub,
		&accreditations, &specialties, &languages, &c.Packages, &cheapest)
	if err != nil {
		return c, err
	}
	c.UpdatedAt = c.UpdatedAt.UTC()
	err = errors.Join(list(accreditations, &c.Accreditations), list(specialties, &c.Specialties),
		list(languages, &c.Languages), list(cheapest, &c.Cheapest))
	slices.Sort(c.Specialties)
	slices.Sort(c.Languages)
	return c, err
}

// list reads a JSON array; PostgreSQL gives NULL for one without members.
func list[T any](text []byte, to *[]T) error {
	if len(text) == 0 {
		return nil
	}
	return json.Unmarshal(text, to)
}
