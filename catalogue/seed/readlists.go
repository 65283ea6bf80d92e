package seed

import (
	"strings"

	"carecorridor/internal/money"
	"carecorridor/models"
)

func (r *reader) lists(out *models.ProviderBundle, p providerRec) error {
	seen := map[string]bool{}
	once := func(field, key string) error {
		if seen[field+key] {
			return wrong(field, "%q is there twice", key)
		}
		seen[field+key] = true
		return nil
	}
	for _, s := range p.Specialties {
		src, err := r.source(s.Source)
		_, no := r.must("specialty", "slug", s.Slug)
		if err := first(err, no, once("slug", s.Slug)); err != nil {
			return within("specialties", err)
		}
		out.Specialties = append(out.Specialties, models.ProviderSpecialty{ProviderID: out.ID, SpecialtySlug: s.Slug, ListedAs: s.As, SourceID: src})
	}
	for _, s := range p.Procedures {
		src, err := r.source(s.Source)
		_, no := r.must("procedure", "slug", s.Slug)
		if err := first(err, no, once("procedure", s.Slug)); err != nil {
			return within("procedures", err)
		}
		out.Procedures = append(out.Procedures, models.ProviderProcedure{ProviderID: out.ID, ProcedureSlug: s.Slug, SourceID: src})
	}
	for _, l := range p.Languages {
		src, err := r.source(l.Source)
		if l.Language != strings.ToLower(l.Language) {
			err = wrong("language", "%q is not in lower case", l.Language)
		}
		if err := first(err, filled("language", l.Language), once("language", l.Language)); err != nil {
			return within("languages", err)
		}
		out.Languages = append(out.Languages, models.ProviderLanguage{ProviderID: out.ID, Language: l.Language, SourceID: src})
	}
	return nil
}

func (r *reader) packages(out *models.ProviderBundle, p providerRec) error {
	for _, k := range p.Packages {
		src, err := r.source(k.Source)
		_, no := r.must("procedure", "procedure", k.Procedure)
		if k.Amount <= 0 {
			err = first(err, wrong("amount", "%d is not a price", k.Amount))
		}
		if k.Rupees != nil && (*k.Rupees <= 0 || k.Currency != money.GBP) {
			err = first(err, wrong("rupees", "%d is not a price beside one in pounds", *k.Rupees))
		}
		err = first(err, no, filled("name", k.Name), currency("currency", k.Currency), span("valid_to", k.ValidFrom, k.ValidTo),
			positive("nights", k.Nights), positive("days", k.Days))
		id := int64(len(out.Packages) + 1)
		items, bad := r.items(id, k)
		if err := first(err, bad); err != nil {
			return within("packages", err)
		}
		out.Packages = append(out.Packages, models.PackageBundle{Package: models.Package{ID: id, ProviderID: out.ID, ProcedureSlug: k.Procedure, Name: k.Name,
			Room: k.Room, StayNights: k.Nights, DaysInIndia: k.Days, AmountMinor: k.Amount, Currency: k.Currency, ValidFrom: k.ValidFrom,
			ValidTo: k.ValidTo, RupeesMinor: k.Rupees, Implant: k.Implant, AssessedAt: k.At, AssessedWhen: k.When, Live: true, Version: 1, SourceID: src}, Items: items})
	}
	return nil
}

func (r *reader) items(pkg int64, k packageRec) (out []models.PackageItem, err error) {
	for i, it := range k.Items {
		err = first(err, oneOf("kind", it.Kind, "included", "excluded", "on_top"), filled("label", it.Label))
		if it.Amount != nil {
			err = first(err, currency("currency", it.Currency))
		}
		if err != nil {
			return nil, within("items", err)
		}
		c := it.Currency
		if c == "" {
			c = k.Currency
		}
		out = append(out, models.PackageItem{PackageID: pkg, Kind: it.Kind, Label: it.Label, AmountMinor: it.Amount, Currency: c, Per: it.Per, Ord: i + 1})
	}
	return out, nil
}

func (r *reader) changes(out *models.ProviderBundle, p providerRec) error {
	for _, c := range p.Changes {
		src, err := r.source(c.Source)
		if !c.On.Known() {
			err = first(err, wrong("on", "no day"))
		}
		if err := first(err, filled("what", c.What)); err != nil {
			return within("changes", err)
		}
		out.Changes = append(out.Changes, models.Change{ProviderID: out.ID, At: instant(c.On), What: c.What, Field: c.Field,
			OldValue: c.Old, NewValue: c.New, SourceID: &src})
	}
	return nil
}
