package seed

import (
	"time"

	"carecorridor/internal/slug"
	"carecorridor/internal/when"
	"carecorridor/models"
)

var (
	origins  = []string{"curated", "nabh_register", "nabh_dental_register"}
	evidence = []string{"hospital_says", "certificate_seen", "register", "third_party", "not_published"}
	seenIn   = []string{"register_snapshot", "news_or_hospital_page", "blog_or_syndicated", "social_post", "facilitator_listing", "sample"}
)

func (r *reader) providers() error {
	return each(r.fsys, providersFile, func(p providerRec) error {
		out, err := r.provider(p)
		r.Providers = append(r.Providers, out)
		return first(err, oneOf("origin", p.Origin, origins...), realOnly(p))
	})
}

func (r *reader) samples() error {
	return each(r.fsys, samplesFile, func(p providerRec) error {
		out, err := r.provider(p)
		r.Samples = append(r.Samples, out)
		return first(err, oneOf("origin", p.Origin, "sample"), sampleOnly(p))
	})
}

// realOnly refuses what nobody may say of a real hospital here: a price, or a sample's evidence.
func realOnly(p providerRec) error {
	if len(p.Packages) > 0 {
		return wrong("packages", "a real hospital's price comes from the hospital, never from the seed")
	}
	for _, c := range p.Certificates {
		if c.Evidence == "sample" {
			return wrong("certificates.evidence", "sample evidence on a real hospital")
		}
	}
	return nil
}

// sampleOnly wants everything invented to say so.
func sampleOnly(p providerRec) error {
	for _, c := range p.Certificates {
		if c.Evidence != "sample" || len(c.Number) < 8 || c.Number[:7] != "SAMPLE-" {
			return wrong("certificates.number", "%q: a sample's certificate is evidence sample, number SAMPLE-…", c.Number)
		}
	}
	return nil
}

func (r *reader) provider(p providerRec) (out models.ProviderBundle, err error) {
	id, err := r.add("provider", p.Slug)
	if err == nil && !slug.Valid(p.Slug) {
		err = wrong("slug", "%q is not a slug", p.Slug)
	}
	out.Provider = models.Provider{ID: id, Slug: p.Slug, Name: p.Name, Kind: p.Kind, Grouping: p.Group, Origin: p.Origin,
		Sample: p.Origin == "sample", State: models.Published, CheckedOn: p.Checked, Version: 1}
	if err := first(err, filled("name", p.Name), filled("kind", p.Kind)); err != nil {
		return out, err
	}
	for _, part := range []func(*models.ProviderBundle, providerRec) error{r.site, r.certificates, r.facts, r.lists, r.packages, r.changes} {
		if err := part(&out, p); err != nil {
			return out, err
		}
	}
	return out, nil
}

func (r *reader) site(out *models.ProviderBundle, p providerRec) error {
	s := p.Site
	src, err := r.source(s.Source)
	if err == nil {
		_, err = r.must("city", "city", s.City)
	}
	if err == nil && s.Airport != "" {
		_, err = r.must("airport", "airport", s.Airport)
	}
	out.Main = models.Site{ProviderID: out.ID, Main: true, Name: p.Name, Address: s.Address, CitySlug: s.City, Postcode: s.PIN,
		Lat: s.Lat, Lng: s.Lng, CoordPrecision: s.Precision, CoordNote: s.CoordNote, AirportIATA: optional(s.Airport),
		AirportKM: s.AirportKM, SourceID: &src}
	out.Sites = []models.Site{out.Main}
	return within("site", first(err, point(s.Lat, s.Lng),
		oneOf("precision", s.Precision, "", "site", "street", "pincode_area", "pincode_area_coarse", "directory")))
}

func (r *reader) certificates(out *models.ProviderBundle, p providerRec) error {
	for _, c := range p.Certificates {
		src, err := r.source(c.Source)
		err = first(err, oneOf("body", c.Body, "JCI", "NABH", "NABL"), oneOf("level", c.Level, "full", "entry", "laboratory"),
			oneOf("status", string(c.Status), "valid_at_snapshot", "lapsed_or_moved", "suspended", "reported", "claimed_unverified", "mentioned"),
			oneOf("evidence", c.Evidence, seenIn...), span("valid_to", c.ValidFrom, c.ValidTo))
		if err != nil {
			return within("certificates", err)
		}
		r.certs++
		out.Accreditations = append(out.Accreditations, models.AccreditationBundle{Accreditation: models.Accreditation{ID: r.certs, ProviderID: out.ID, Body: c.Body,
			Programme: c.Programme, Level: c.Level, Number: c.Number, ReferenceNo: c.Reference, ValidFrom: c.ValidFrom, ValidTo: c.ValidTo,
			RegisterStatus: c.Status, CheckedOn: c.Checked, Evidence: c.Evidence, ListedName: c.ListedName, Note: c.Note, SourceID: src}})
	}
	return nil
}

func (r *reader) facts(out *models.ProviderBundle, p providerRec) error {
	for _, f := range p.Facts {
		src, err := r.source(f.Source)
		err = first(err, filled("name", f.Name), filled("value", f.Value), oneOf("scope", f.Scope, "hospital", "group"),
			oneOf("confidence", f.Confidence, "", "low", "medium"), oneOf("evidence", f.Evidence, evidence...))
		if err != nil {
			return within("facts", err)
		}
		out.Facts = append(out.Facts, models.Fact{ProviderID: out.ID, Name: f.Name, Value: f.Value, Scope: f.Scope,
			Confidence: f.Confidence, Evidence: f.Evidence, AsOf: f.AsOf, Note: f.Note, SourceID: src})
	}
	return nil
}

// instant is noon in India of a day that stands in a file: a change has a time in the store.
func instant(d when.Date) time.Time { return d.Time().Add(6*time.Hour + 30*time.Minute) }
