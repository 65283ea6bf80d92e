package models

import (
	"fmt"
	"reflect"

	"gorm.io/gorm/schema"

	"carecorridor/internal/fault"
)

// touch: what the public sees of provider id moved; saved says that its own row has the new version.
func (tx *Tx) touch(id int64, saved bool) {
	tx.moved = true
	tx.index[id] = tx.index[id] || saved
}

// Reindex queues the provider's search document and moves the generation: what is stored is the same, but
// what it means today is not.
func (tx *Tx) Reindex(id int64) { tx.touch(id, true) }

// SaveProvider writes p's own row, found by its ID, and moves Version and UpdatedAt. A Version that is
// not the stored one is fault.Conflict: somebody else saved in between. Slug and CreatedAt do not change.
func (tx *Tx) SaveProvider(p *Provider) error {
	fields := tableOf[Provider]().but("id", "slug", "created_at", "version")
	saved := *p
	saved.UpdatedAt = tx.now
	if err := guarded(tx, &saved, fields, p.ID, p.Version); err != nil {
		return err
	}
	saved.Version++
	keep(tx, p)
	*p = saved
	tx.touch(p.ID, true)
	return nil
}

// SavePackage adds p when its ID is 0, else writes it under the same guard as SaveProvider, and makes
// items its lines.
func (tx *Tx) SavePackage(p *Package, items []PackageItem) error {
	saved := *p
	if p.ID == 0 {
		id, err := nextIDs[Package](tx, 1)
		if err != nil {
			return err
		}
		saved.ID, saved.Version = id, 1
		if err := insert(tx, []Package{saved}); err != nil {
			return err
		}
	} else {
		fields := tableOf[Package]().but("id", "provider_id", "version")
		if err := guarded(tx, &saved, fields, p.ID, p.Version); err != nil {
			return err
		}
		saved.Version++
	}
	if err := tx.exec("DELETE FROM package_items WHERE package_id = ?", saved.ID); err != nil {
		return asFault("write package_items", err)
	}
	lines := make([]PackageItem, len(items))
	for i, item := range items {
		item.ID, item.PackageID = 0, saved.ID
		lines[i] = item
	}
	keep(tx, p)
	*p = saved
	tx.touch(p.ProviderID, false)
	return insert(tx, lines)
}

// guarded updates one row whose version is still the one read.
func guarded[T any](tx *Tx, row *T, fields []*schema.Field, id, version int64) error {
	t := tableOf[T]()
	set := make(map[string]any, len(fields)+1)
	for _, f := range fields {
		v, err := t.value(f, reflect.ValueOf(row).Elem())
		if err != nil {
			return err
		}
		set[f.DBName] = v
	}
	set["version"] = version + 1
	done := tx.db.Table(t.name).Where("id = ? AND version = ?", id, version).Updates(set)
	if done.Error != nil || done.RowsAffected == 1 {
		return asFault("write "+t.name, done.Error)
	}
	var n int64
	if err := tx.db.Table(t.name).Where("id = ?", id).Count(&n).Error; err != nil {
		return asFault("write "+t.name, err)
	}
	if n == 0 {
		return fault.New(fault.Missing, "write "+t.name, fmt.Errorf("no row %d", id))
	}
	return fault.New(fault.Conflict, "write "+t.name, fmt.Errorf("row %d: version %d is no longer the newest", id, version))
}

// Change adds a line to a listing's public history; At is Now when it is zero.
func (tx *Tx) Change(c Change) error {
	c.ID = 0
	if c.At.IsZero() {
		c.At = tx.now
	}
	tx.touch(c.ProviderID, false)
	return insert(tx, []Change{c})
}

// DropProviders removes every provider of an origin with all that hangs on it and says how many: the
// sample hospitals when the demonstration ends, a synthetic catalogue after a measurement.
func (tx *Tx) DropProviders(origin string) (int, error) {
	if err := tx.lock(); err != nil {
		return 0, err
	}
	done := tx.db.Where("origin = ?", origin).Delete(&Provider{})
	if done.Error != nil {
		return 0, asFault("write providers", done.Error)
	}
	n := int(done.RowsAffected)
	tx.wrote(Wrote{Removed: n})
	return n, nil
}

// shown is a value as a line of history has it.
func shown(p *Provider, f *schema.Field) string {
	v, err := tableOf[Provider]().value(f, reflect.ValueOf(p).Elem())
	if err != nil || v == nil {
		return ""
	}
	return fmt.Sprint(v)
}
