package models

import (
	"reflect"
	"slices"
	"strings"

	"gorm.io/gorm/schema"
)

// compare collects what of b differs from what is stored.
func (r *providerRows) compare(tx *Tx, old, b *ProviderBundle) error {
	b.ID, b.CreatedAt = old.ID, old.CreatedAt
	if b.State == "" {
		b.State = Published
	}
	lines, err := headLines(&old.Provider, &b.Provider)
	parts := []bool{
		replace(r, &r.sites, old.Sites, b.Sites, b.ID, &err),
		replace(r, &r.facts, old.Facts, b.Facts, b.ID, &err),
		replace(r, &r.specialties, old.Specialties, b.Specialties, b.ID, &err),
		replace(r, &r.languages, old.Languages, b.Languages, b.ID, &err),
		replace(r, &r.procedures, old.Procedures, b.Procedures, b.ID, &err),
		r.replaceCertificates(old, b, &err),
		r.replacePackages(old, b, &err),
	}
	for i, what := range []string{"Address or place updated", "Facts updated", "Specialties updated", "Languages updated",
		"Treatments updated", "Certificates updated", "Prices updated"} {
		if parts[i] {
			lines = append(lines, Change{What: what})
		}
	}
	added := missing(old.Changes, b.Changes, &err)
	if err != nil || len(lines)+len(added) == 0 {
		b.Version, b.UpdatedAt = old.Version, old.UpdatedAt
		return err
	}
	for i := range lines {
		lines[i].At = tx.now
	}
	b.Version, b.UpdatedAt = old.Version+1, tx.now
	r.changed = append(r.changed, b.Provider)
	r.changes = owned(owned(r.changes, added, b.ID), lines, b.ID)
	tx.touch(b.ID, true)
	return nil
}

// headLines are the lines of history for what differs in the provider's own row.
func headLines(old, now *Provider) (lines []Change, err error) {
	words := map[string]string{"name": "Name changed", "kind": "Kind of hospital changed", "grouping": "Hospital group changed",
		"origin": "Origin of the listing changed", "sample": "Sample mark changed", "state": "Listing state changed",
		"checked_on": "Compared with its sources"}
	t := tableOf[Provider]()
	for _, f := range t.fields {
		what, ours := words[f.DBName]
		if !ours {
			continue
		}
		a, e1 := t.content([]*schema.Field{f}, reflect.ValueOf(old).Elem())
		b, e2 := t.content([]*schema.Field{f}, reflect.ValueOf(now).Elem())
		if e1 != nil || e2 != nil {
			return nil, errorOf(e1, e2)
		}
		if a != b {
			lines = append(lines, Change{What: what, Field: f.DBName, OldValue: shown(old, f), NewValue: shown(now, f)})
		}
	}
	return lines, nil
}

func errorOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// replace collects now in place of old when they differ as sets.
func replace[T any](r *providerRows, to *[]T, old, now []T, id int64, err *error) bool {
	if *err != nil {
		return false
	}
	t := tableOf[T]()
	fields := t.but("id", "provider_id")
	a, e1 := contents(t, fields, old)
	b, e2 := contents(t, fields, now)
	if *err = errorOf(e1, e2); *err != nil || slices.Equal(a, b) {
		return false
	}
	r.empty(t.name, id)
	*to = owned(*to, now, id)
	return true
}

func (r *providerRows) empty(table string, id int64) {
	if r.emptied == nil {
		r.emptied = make(map[string][]int64)
	}
	r.emptied[table] = append(r.emptied[table], id)
}

// contents are the content keys of rows in an order of their own.
func contents[T any](t *table, fields []*schema.Field, rows []T) ([]string, error) {
	out := make([]string, len(rows))
	for i := range rows {
		var err error
		if out[i], err = t.content(fields, reflect.ValueOf(&rows[i]).Elem()); err != nil {
			return nil, err
		}
	}
	slices.Sort(out)
	return out, nil
}

func (r *providerRows) replaceCertificates(old, b *ProviderBundle, err *error) bool {
	a := nestedContents(old.Accreditations, err, "id", "provider_id")
	n := nestedContents(b.Accreditations, err, "id", "provider_id")
	if *err != nil || slices.Equal(a, n) {
		return false
	}
	r.empty("accreditations", b.ID)
	r.nested = append(r.nested, b)
	return true
}

func (r *providerRows) replacePackages(old, b *ProviderBundle, err *error) bool {
	a := nestedContents(old.Packages, err, "id", "provider_id", "version")
	n := nestedContents(b.Packages, err, "id", "provider_id", "version")
	if *err != nil || slices.Equal(a, n) {
		return false
	}
	for i := range b.Packages {
		p := &b.Packages[i]
		p.Version = 1
		for _, o := range old.Packages {
			if o.ProcedureSlug == p.ProcedureSlug && o.Name == p.Name && o.Room == p.Room {
				p.Version = max(p.Version, o.Version+1)
			}
		}
	}
	r.empty("packages", b.ID)
	r.priced = append(r.priced, b)
	return true
}

// nested are a row and the rows below it.
type nested interface {
	keys(but ...string) (string, error)
}

func (a AccreditationBundle) keys(but ...string) (string, error) {
	return nestedKey(&a.Accreditation, a.Events, "accreditation_id", but)
}

func (p PackageBundle) keys(but ...string) (string, error) {
	return nestedKey(&p.Package, p.Items, "package_id", but)
}

func nestedKey[P, C any](parent *P, rows []C, owner string, but []string) (string, error) {
	pt, ct := tableOf[P](), tableOf[C]()
	head, e1 := pt.content(pt.but(but...), reflect.ValueOf(parent).Elem())
	below, e2 := contents(ct, ct.but("id", owner), rows)
	return head + "{" + strings.Join(below, "|") + "}", errorOf(e1, e2)
}

func nestedContents[T nested](rows []T, err *error, but ...string) []string {
	out := make([]string, len(rows))
	for i, row := range rows {
		key, e := row.keys(but...)
		*err = errorOf(*err, e)
		out[i] = key
	}
	slices.Sort(out)
	return out
}

// missing are the lines of now that old does not have.
func missing(old, now []Change, err *error) (out []Change) {
	if *err != nil {
		return nil
	}
	t := tableOf[Change]()
	fields := t.but("id", "provider_id")
	have, e := contents(t, fields, old)
	*err = e
	for i := range now {
		key, e := t.content(fields, reflect.ValueOf(&now[i]).Elem())
		*err = errorOf(*err, e)
		if _, found := slices.BinarySearch(have, key); !found {
			out = append(out, now[i])
		}
	}
	return out
}
