package models

import (
	"fmt"
	"reflect"

	"carecorridor/internal/fault"
)

// putChunk is how many providers are compared and written at once: enough to keep statements few, few
// enough to keep memory small.
const putChunk = 1000

// PutProviders adds and changes providers by Slug; those not named stay. Each kind of child row of a
// provider is replaced as a set, and only when it differs; Changes are only ever added to. The ids in bundles are
// ignored and Provider.ID is set to the database's. A provider that is Kept is left as it is. Another that differs gets the
// next version and a line
// of history for every part that differs; a new one without history gets its first line. State "" is
// published. The same slug twice is fault.Conflict.
func (tx *Tx) PutProviders(bundles []ProviderBundle) (w Wrote, err error) {
	if err := tx.lock(); err != nil {
		return w, err
	}
	for start := 0; start < len(bundles); start += putChunk {
		done, err := tx.putProviders(bundles[start:min(start+putChunk, len(bundles))])
		if err != nil {
			return w, err
		}
		w = w.Plus(done)
	}
	return w, nil
}

func (tx *Tx) putProviders(bundles []ProviderBundle) (w Wrote, err error) {
	stored, err := tx.storedProviders(bundles)
	if err != nil {
		return w, err
	}
	var rows providerRows
	var added []*ProviderBundle
	seen := make(map[string]bool, len(bundles))
	for i := range bundles {
		b := &bundles[i]
		if seen[b.Slug] {
			return w, fault.New(fault.Conflict, "write providers", fmt.Errorf("slug %q: given twice", b.Slug))
		}
		seen[b.Slug] = true
		if old, ok := stored[b.Slug]; !ok {
			added = append(added, b)
		} else if old.Kept {
			b.Provider = old.Provider
		} else if err := rows.compare(tx, old, b); err != nil {
			return w, err
		}
	}
	w = Wrote{Added: len(added), Changed: len(rows.changed)}
	if err := rows.add(tx, added); err != nil {
		return w, err
	}
	return w, rows.write(tx)
}

// storedProviders reads what is there of the same slugs, children included, by slug.
func (tx *Tx) storedProviders(bundles []ProviderBundle) (map[string]*ProviderBundle, error) {
	slugs := make([]string, len(bundles))
	for i := range bundles {
		slugs[i] = bundles[i].Slug
		if reason := badText(slugs[i]); reason != "" {
			return nil, invalid("providers", "slug", reason)
		}
	}
	var heads []Provider
	if err := tx.db.Where("slug IN ?", slugs).Find(&heads).Error; err != nil {
		return nil, asFault("read providers", err)
	}
	whole := make([]ProviderBundle, len(heads))
	by := make(map[string]*ProviderBundle, len(heads))
	ids := make([]int64, len(heads))
	for i, p := range heads {
		whole[i].Provider, ids[i] = p, p.ID
		by[p.Slug] = &whole[i]
	}
	if len(heads) == 0 {
		return by, nil
	}
	return by, asFault("read providers", children(tx.db, ids, whole))
}

// providerRows collects what a chunk writes, table by table.
type providerRows struct {
	providers      []Provider
	sites          []Site
	facts          []Fact
	specialties    []ProviderSpecialty
	languages      []ProviderLanguage
	procedures     []ProviderProcedure
	accreditations []Accreditation
	events         []AccreditationEvent
	packages       []Package
	items          []PackageItem
	changes        []Change

	changed []Provider         // stored rows with new content
	emptied map[string][]int64 // table → providers whose rows there go before the new ones come
	nested  []*ProviderBundle  // whose certificates
	priced  []*ProviderBundle  // and packages come
}

// add collects new providers.
func (r *providerRows) add(tx *Tx, added []*ProviderBundle) error {
	if len(added) == 0 {
		return nil
	}
	id, err := nextIDs[Provider](tx, len(added))
	if err != nil {
		return err
	}
	for _, b := range added {
		b.ID, b.Version, b.CreatedAt, b.UpdatedAt = id, 1, tx.now, tx.now
		if b.State == "" {
			b.State = Published
		}
		r.providers = append(r.providers, b.Provider)
		r.sites = owned(r.sites, b.Sites, id)
		r.facts = owned(r.facts, b.Facts, id)
		r.specialties = owned(r.specialties, b.Specialties, id)
		r.languages = owned(r.languages, b.Languages, id)
		r.procedures = owned(r.procedures, b.Procedures, id)
		r.changes = owned(r.changes, history(b, tx), id)
		r.nested = append(r.nested, b)
		r.priced = append(r.priced, b)
		tx.touch(id, true)
		id++
	}
	return nil
}

func history(b *ProviderBundle, tx *Tx) []Change {
	if len(b.Changes) > 0 {
		return b.Changes
	}
	return []Change{{At: tx.now, What: "Listing added"}}
}

// owned appends copies of rows that belong to provider id and have no key of their own yet.
func owned[T any](to, rows []T, id int64) []T {
	if len(rows) == 0 {
		return to
	}
	t := tableOf[T]()
	owner := t.schema.FieldsByDBName["provider_id"].StructField.Index
	for _, row := range rows {
		to = append(to, row)
		v := reflect.ValueOf(&to[len(to)-1]).Elem()
		v.FieldByIndex(owner).SetInt(id)
		if t.id != nil {
			t.setID(v, 0)
		}
	}
	return to
}

// write sends everything, parents first.
func (r *providerRows) write(tx *Tx) error {
	for table, ids := range r.emptied {
		if err := tx.exec("DELETE FROM "+table+" WHERE provider_id IN ?", ids); err != nil {
			return asFault("write "+table, err)
		}
	}
	return first(
		func() error { return r.certificates(tx) },
		func() error { return r.prices(tx) },
		func() error { return insert(tx, r.providers) },
		func() error { return update(tx, r.changed) },
		func() error { return insert(tx, r.sites) },
		func() error { return insert(tx, r.facts) },
		func() error { return insert(tx, r.specialties) },
		func() error { return insert(tx, r.languages) },
		func() error { return insert(tx, r.procedures) },
		func() error { return insert(tx, r.accreditations) },
		func() error { return insert(tx, r.events) },
		func() error { return insert(tx, r.packages) },
		func() error { return insert(tx, r.items) },
		func() error { return insert(tx, r.changes) },
	)
}

// certificates gives certificates their keys, so that their events can name them.
func (r *providerRows) certificates(tx *Tx) error {
	n := 0
	for _, b := range r.nested {
		n += len(b.Accreditations)
	}
	if n == 0 {
		return nil
	}
	id, err := nextIDs[Accreditation](tx, n)
	for _, b := range r.nested {
		for _, a := range b.Accreditations {
			a.ID, a.ProviderID = id, b.ID
			r.accreditations = append(r.accreditations, a.Accreditation)
			for _, e := range a.Events {
				e.ID, e.AccreditationID = 0, id
				r.events = append(r.events, e)
			}
			id++
		}
	}
	return err
}

// prices gives packages their keys, so that their lines can name them.
func (r *providerRows) prices(tx *Tx) error {
	n := 0
	for _, b := range r.priced {
		n += len(b.Packages)
	}
	if n == 0 {
		return nil
	}
	id, err := nextIDs[Package](tx, n)
	for _, b := range r.priced {
		for _, p := range b.Packages {
			p.ID, p.ProviderID, p.Version = id, b.ID, max(p.Version, 1)
			r.packages = append(r.packages, p.Package)
			for _, item := range p.Items {
				item.ID, item.PackageID = 0, id
				r.items = append(r.items, item)
			}
			id++
		}
	}
	return err
}
