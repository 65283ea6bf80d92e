package listing

import (
	"strconv"
	"strings"

	"carecorridor/catalogue/pricelist"
	"carecorridor/models"
)

// facts are the statements that are fields, by path; "about/beds" is the fact "beds".
var facts = map[Path]string{
	"about/phone": "phone", "about/website": "website", "about/beds": "beds", "about/year_established": "year_established",
	"about/note": "note", "about/emergency": "contact.emergency", "about/complaints": "contact.complaints",
}

// statements are sections whose entries are facts: prefix of the fact's name, and the field its value is.
var statements = map[string]struct{ prefix, field string }{
	"aftercare": {"aftercare.", "promise"}, "service": {"service.", "offered"}, "amr": {"amr.", "value"},
}

// PackageKey is the key of a package's entry.
func PackageKey(p models.Package) string {
	if p.Key != "" {
		return p.Key
	}
	return "p" + strconv.FormatInt(p.ID, 10)
}

// CertificateKey is the key of a certificate's entry.
func CertificateKey(a models.Accreditation) string {
	if a.Key != "" {
		return a.Key
	}
	return "c" + strconv.FormatInt(a.ID, 10)
}

// flatten writes what is public of a listing as values.
func flatten(b *models.ProviderBundle, k pricelist.Reference) Values {
	v := Values{}
	set := func(value string, section, key, field string) {
		if value != "" {
			v[PathOf(section, key, field)] = value
		}
	}
	set(b.Name, "about", "", "name")
	set(b.Main.Address, "about", "", "address")
	set(b.Main.Postcode, "about", "", "postcode")
	flattenFacts(v, b.Facts)
	for _, r := range b.Specialties {
		set("yes", "specialty", r.SpecialtySlug, "listed")
	}
	for _, r := range b.Procedures {
		set("yes", "procedure", r.ProcedureSlug, "listed")
	}
	for _, r := range b.Languages {
		set("yes", "language", r.Language, "listed")
	}
	for _, p := range b.Packages {
		flattenPackage(v, p, k)
	}
	for _, a := range b.Accreditations {
		key := CertificateKey(a.Accreditation)
		for field, value := range certificateFields(a.Accreditation) {
			set(value, "certificate", key, field)
		}
	}
	flattenPeople(v, b)
	return v
}

func flattenFacts(v Values, rows []models.Fact) {
	at := map[string]Path{}
	for p, name := range facts {
		at[name] = p
	}
	join := func(p Path, value string) {
		if v[p] != "" && value != "" {
			value = v[p] + "\n" + value
		}
		if value != "" {
			v[p] = value
		}
	}
	for _, f := range rows {
		if f.Scope != "hospital" {
			continue // what a group says of all its hospitals is not the hospital's own to change
		}
		if p, ok := at[f.Name]; ok {
			join(p, f.Value)
		}
		for section, s := range statements {
			if key, ok := strings.CutPrefix(f.Name, s.prefix); ok && key != "" {
				join(PathOf(section, key, s.field), f.Value)
				join(PathOf(section, key, "note"), f.Note)
			}
		}
	}
}

func flattenPackage(v Values, p models.PackageBundle, k pricelist.Reference) {
	row := rowOf(p)
	for _, field := range pricelist.Fields() {
		text := fieldText(row, field, k)
		if field != pricelist.FieldID && text != "" {
			v[PathOf("package", PackageKey(p.Package), field)] = text
		}
	}
}

func certificateFields(a models.Accreditation) map[string]string {
	entity := a.LegalEntity
	if entity == "" {
		entity = a.ListedName
	}
	return map[string]string{"body": a.Body, "programme": a.Programme, "level": a.Level, "number": a.Number, "scope": a.Scope, "legal_entity": entity,
		"site_address": a.SiteAddress, "valid_from": a.ValidFrom.String(), "valid_to": a.ValidTo.String(), "file": a.File}
}

func flattenPeople(v Values, b *models.ProviderBundle) {
	put := func(section, key string, fields map[string]string) {
		for field, value := range fields {
			if value != "" {
				v[PathOf(section, key, field)] = value
			}
		}
	}
	for _, c := range b.Clinicians {
		put("clinician", c.ID, map[string]string{"name": c.Name, "qualification": c.Qualification, "council": c.Council, "registration": c.RegistrationNo,
			"year": number(c.RegisteredYear), "specialty": text(c.SpecialtySlug), "link": c.Link})
	}
	for _, m := range b.Measures {
		put("measure", m.ID, map[string]string{"title": m.Title, "procedure": text(m.ProcedureSlug), "numerator": strconv.FormatInt(m.Numerator, 10),
			"denominator": strconv.FormatInt(m.Denominator, 10), "period_from": m.PeriodFrom.String(), "period_to": m.PeriodTo.String(), "method": m.Method})
	}
	for _, p := range b.Photos {
		put("photo", p.ID, map[string]string{"file": p.FileID, "alt": p.Alt, "taken": number(p.TakenYear)})
	}
}

func number(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
