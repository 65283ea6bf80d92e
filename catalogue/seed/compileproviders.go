package seed

import (
	"fmt"
	"slices"
	"strings"

	"carecorridor/internal/slug"
)

// compileProviders joins the curated hospitals and the registers (docs/data/README.md, "Matching"): by
// certificate number, then by name and town where that is unique on both sides. Everything else in a
// register is a hospital of its own.
func (c *compiler) compileProviders() error {
	byNumber := map[string]*registerRow{}
	for i := range c.registers {
		byNumber[c.registers[i].cert.Number] = &c.registers[i]
	}
	for i := range c.curated {
		c.matchNumbers(&c.curated[i], byNumber)
	}
	c.matchNames()
	out := make([]providerRec, 0, len(c.curated)+len(c.registers))
	for i, rec := range c.curated {
		rec.Site.City = c.towns.visit(c.curatedPlaces[i])
		rec.Slug = c.slug(rec.Name, c.curatedPlaces[i].Name, "curated")
		out = append(out, rec)
	}
	for _, group := range c.groups() {
		out = append(out, c.registered(group))
	}
	return put(c.out, providersFile, out)
}

func (c *compiler) matchNumbers(rec *providerRec, byNumber map[string]*registerRow) {
	for i, cert := range rec.Certificates {
		row := byNumber[cert.Number]
		if cert.Body != "NABH" || row == nil || row.taken {
			continue
		}
		row.taken = true
		rec.Certificates[i] = row.cert
		c.report.ByNumber++
	}
}

// matchNames gives a curated hospital the register row of exactly its name and town, when no other curated
// hospital and no other row of the registers shares them, and the curator did not leave the row out
// knowingly: a note that names a certificate number says that its place was not certain.
func (c *compiler) matchNames() {
	curated, rows := map[string][]int{}, map[string][]int{}
	for i, rec := range c.curated {
		for _, name := range curatedNames(rec) {
			key := plain(name) + "\n" + townKey(c.curatedPlaces[i])
			if !slices.Contains(curated[key], i) {
				curated[key] = append(curated[key], i)
			}
		}
	}
	for i, row := range c.registers {
		rows[row.key()] = append(rows[row.key()], i)
	}
	for i := range c.registers {
		row := &c.registers[i]
		who := curated[row.key()]
		if row.taken || len(who) == 0 {
			continue
		}
		rec := &c.curated[who[0]]
		if len(who) > 1 || len(rows[row.key()]) > 1 || doubted(*rec, row.cert.Number) || slices.ContainsFunc(rec.Certificates, func(have certificateRec) bool {
			return have.Body == "NABH" && have.Number != "" && overlaps(have, row.cert)
		}) {
			c.note(*row, "same name and town as "+rec.Name+", but not certain which place: kept apart")
			continue
		}
		row.taken = true
		rec.Certificates = append(rec.Certificates, row.cert)
		c.report.ByName++
	}
}

// doubted reports whether a note of the hospital names the certificate as not assignable.
func doubted(rec providerRec, number string) bool {
	return slices.ContainsFunc(rec.Facts, func(f factRec) bool { return f.Name == "note" && strings.Contains(f.Value, number) })
}

func curatedNames(rec providerRec) []string {
	names := []string{rec.Name}
	for _, cert := range rec.Certificates {
		if cert.Body == "NABH" && cert.ListedName != "" {
			names = append(names, cert.ListedName)
		}
	}
	return names
}

func (r registerRow) key() string { return plain(r.listed) + "\n" + townKey(r.place) }

func (c *compiler) note(row registerRow, why string) {
	c.report.Notes = append(c.report.Notes, Note{row.file, row.line, fmt.Sprintf("%s, %s (%s)", row.listed, row.place.Name, row.cert.Number), why})
}

// groups puts register rows that are one hospital and its renewals together: the same register, name and
// town, and no two certificates in force at once. Otherwise each row stands alone and is noted.
func (c *compiler) groups() (out [][]registerRow) {
	at := map[string]int{}
	for _, row := range c.registers {
		if row.taken {
			continue
		}
		key := row.origin + "\n" + row.key()
		i, ok := at[key]
		switch {
		case !ok:
			at[key] = len(out)
			out = append(out, []registerRow{row})
		case slices.ContainsFunc(out[i], func(have registerRow) bool { return overlaps(have.cert, row.cert) }):
			c.note(row, "same name and town as "+out[i][0].cert.Number+" with both certificates in force: kept apart")
			out = append(out, []registerRow{row})
		default:
			out[i] = append(out[i], row)
			c.report.Renewals++
		}
	}
	return out
}

// registered makes the hospital of one group; the newest certificate gives its name.
func (c *compiler) registered(group []registerRow) providerRec {
	slices.SortStableFunc(group, func(a, b registerRow) int { return strings.Compare(b.cert.ValidTo.String(), a.cert.ValidTo.String()) })
	row := group[0]
	name := display(row.listed)
	rec := providerRec{Name: name.Name, Kind: "unknown", Origin: row.origin, Checked: row.cert.Checked,
		Site: siteRec{City: c.towns.visit(row.place), Source: row.cert.Source}, Slug: c.slug(name.Name, row.place.Name, row.cert.Number)}
	for _, r := range group {
		rec.Certificates = append(rec.Certificates, r.cert)
	}
	if row.origin == "nabh_dental_register" {
		rec.Kind = "dental"
		rec.Specialties = []specialtyRef{{"dental", "NABH Dental", row.cert.Source}}
	}
	for _, f := range []struct{ name, value string }{{"earlier_name", name.Earlier}, {"run_by", name.RunBy}} {
		if f.value != "" {
			rec.Facts = append(rec.Facts, factRec{Name: f.name, Value: f.value, Scope: "hospital", Evidence: "register",
				AsOf: row.cert.Checked.String(), Source: row.cert.Source})
		}
	}
	return rec
}

// slug is name and town, with the certificate number behind it when another hospital has it already.
func (c *compiler) slug(name, town, number string) string {
	s := slug.Of(name, town)
	if c.slugs[s] || s == "" {
		room := slug.Max - len(number) - 1
		if len(s) > room {
			s = strings.TrimRight(s[:room], "-")
		}
		s = slug.Of(s + " " + number)
	}
	c.slugs[s] = true
	return s
}
