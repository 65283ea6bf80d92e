package models

import (
	"fmt"
	"reflect"

	"gorm.io/gorm/schema"

	"carecorridor/internal/fault"
)

// Wrote counts what a bulk write did. The zero Wrote: everything was there already.
type Wrote struct{ Added, Changed, Removed int }

// Any reports whether anything was written.
func (w Wrote) Any() bool { return w != Wrote{} }

// Plus adds two counts.
func (w Wrote) Plus(o Wrote) Wrote {
	return Wrote{w.Added + o.Added, w.Changed + o.Changed, w.Removed + o.Removed}
}

// SourceIDs maps the provisional ids of a bundle's sources to the database's.
type SourceIDs map[int64]int64

// PutSources adds and changes sources by Key, sets each row's ID to the database's, and says which
// provisional ID became which. Sources not named stay.
func (tx *Tx) PutSources(rows []Source) (SourceIDs, Wrote, error) {
	given := make([]int64, len(rows))
	for i := range rows {
		given[i] = rows[i].ID
		keep(tx, &rows[i].ID)
	}
	w, err := putKeyed(tx, rows, "key")
	ids := make(SourceIDs, len(rows))
	for i := range rows {
		ids[given[i]] = rows[i].ID
	}
	return ids, w, err
}

// Exchange replaces SourceID in rows of any struct type by the database's. An id the bundle does not have is fault.Invalid.
func Exchange[T any](ids SourceIDs, rows []T) error {
	field, ok := tableOf[T]().schema.FieldsByDBName["source_id"]
	if !ok {
		return nil
	}
	for i := range rows {
		v := reflect.ValueOf(&rows[i]).Elem().FieldByIndex(field.StructField.Index)
		if v.Kind() == reflect.Pointer {
			if v.IsNil() {
				continue
			}
			fresh := reflect.New(v.Type().Elem()) // the pointer may be shared by rows
			fresh.Elem().Set(v.Elem())
			v.Set(fresh)
			v = fresh.Elem()
		}
		id, ok := ids[v.Int()]
		if !ok {
			return fault.New(fault.Invalid, "exchange sources", fmt.Errorf("%s row %d: source %d is not in the bundle",
				tableOf[T]().name, i+1, v.Int()))
		}
		v.SetInt(id)
	}
	return nil
}

// PutHubs adds and changes hubs by Slug. Their airports may follow in the same transaction.
func (tx *Tx) PutHubs(rows []Hub) (Wrote, error) { return putKeyed(tx, rows, "slug") }

// PutAirports adds and changes airports by IATA code.
func (tx *Tx) PutAirports(rows []Airport) (Wrote, error) { return putKeyed(tx, rows, "iata") }

// PutCities adds and changes cities by Slug.
func (tx *Tx) PutCities(rows []City) (Wrote, error) { return putKeyed(tx, rows, "slug") }

// PutSpecialties adds and changes specialties by Slug.
func (tx *Tx) PutSpecialties(rows []Specialty) (Wrote, error) { return putKeyed(tx, rows, "slug") }

// PutProcedures adds and changes procedures by Slug.
func (tx *Tx) PutProcedures(rows []Procedure) (Wrote, error) { return putKeyed(tx, rows, "slug") }

// PutRoutes makes rows the whole table.
func (tx *Tx) PutRoutes(rows []Route) (Wrote, error) { return putSet(tx, rows) }

// PutAliases makes rows the whole table.
func (tx *Tx) PutAliases(rows []Alias) (Wrote, error) { return putSet(tx, rows) }

// PutProcedureCodes makes rows the whole table.
func (tx *Tx) PutProcedureCodes(rows []ProcedureCode) (Wrote, error) { return putSet(tx, rows) }

// PutProcedureStays makes rows the whole table.
func (tx *Tx) PutProcedureStays(rows []ProcedureStay) (Wrote, error) { return putSet(tx, rows) }

// PutPriceEvidence makes rows the whole table.
func (tx *Tx) PutPriceEvidence(rows []PriceEvidence) (Wrote, error) { return putSet(tx, rows) }

// PutNHSWaits makes rows the whole table.
func (tx *Tx) PutNHSWaits(rows []NHSWait) (Wrote, error) { return putSet(tx, rows) }

// PutTripCosts makes rows the whole table.
func (tx *Tx) PutTripCosts(rows []TripCost) (Wrote, error) { return putSet(tx, rows) }

// PutFXRates makes rows the whole table.
func (tx *Tx) PutFXRates(rows []FXRate) (Wrote, error) { return putSet(tx, rows) }

// putKeyed compares rows with the table by a natural key, adds what is missing, changes what differs and
// leaves the rest. A generated key is filled in. The same key twice in rows is fault.Conflict.
func putKeyed[T any](tx *Tx, rows []T, key string) (w Wrote, err error) {
	t := tableOf[T]()
	there, err := loadKeyed[T](tx, t, key)
	if err != nil {
		return w, err
	}
	var added, changed []*T
	seen := make(map[string]bool, len(rows))
	for i := range rows {
		row := reflect.ValueOf(&rows[i]).Elem()
		k := t.schema.FieldsByDBName[key].ReflectValueOf(tx.ctx, row).String()
		if seen[k] {
			return w, fault.New(fault.Conflict, "write "+t.name, fmt.Errorf("%s %q: given twice", key, k))
		}
		seen[k] = true
		same, known, err := t.against(row, there[k])
		switch {
		case err != nil:
			return w, err
		case !known:
			added = append(added, &rows[i])
		case !same:
			changed = append(changed, &rows[i])
		}
	}
	if err := insertAs(tx, t, added); err != nil {
		return w, err
	}
	if err := update(tx, values(changed)); err != nil {
		return w, err
	}
	return tx.wrote(Wrote{Added: len(added), Changed: len(changed)}), nil
}

// against gives row the id of the stored one, if there is one, and says whether the two are equal.
func (t *table) against(row, stored reflect.Value) (same, known bool, err error) {
	if !stored.IsValid() {
		return false, false, nil
	}
	if t.id != nil {
		t.setID(row, t.idOf(stored))
	}
	a, err := t.content(t.fields, row)
	if err != nil {
		return false, true, err
	}
	b, err := t.content(t.fields, stored)
	return a == b, true, err
}

func loadKeyed[T any](tx *Tx, t *table, key string) (map[string]reflect.Value, error) {
	if err := tx.lock(); err != nil {
		return nil, err
	}
	var stored []T
	if err := tx.db.Find(&stored).Error; err != nil {
		return nil, asFault("read "+t.name, err)
	}
	by := make(map[string]reflect.Value, len(stored))
	for i := range stored {
		row := reflect.ValueOf(&stored[i]).Elem()
		by[t.schema.FieldsByDBName[key].ReflectValueOf(tx.ctx, row).String()] = row
	}
	return by, nil
}

// insertAs adds rows, reserving ids for them when the key is generated.
func insertAs[T any](tx *Tx, t *table, rows []*T) error {
	if len(rows) == 0 {
		return nil
	}
	if t.id != nil {
		first, err := nextIDs[T](tx, len(rows))
		if err != nil {
			return err
		}
		for i, row := range rows {
			t.setID(reflect.ValueOf(row).Elem(), first+int64(i))
		}
	}
	return insert(tx, values(rows))
}

func values[T any](rows []*T) []T {
	out := make([]T, len(rows))
	for i, row := range rows {
		out[i] = *row
	}
	return out
}

// putSet makes rows the whole table: equal rows stay, others go and come. Equal rows given twice are one.
func putSet[T any](tx *Tx, rows []T) (Wrote, error) {
	if err := tx.lock(); err != nil {
		return Wrote{}, err
	}
	var stored []T
	if err := tx.db.Order("id").Find(&stored).Error; err != nil {
		return Wrote{}, asFault("read "+tableOf[T]().name, err)
	}
	t := tableOf[T]()
	added, gone, err := t.difference(reflect.ValueOf(stored), reflect.ValueOf(rows), t.but("id"))
	if err != nil {
		return Wrote{}, err
	}
	if err := remove[T](tx, gone); err != nil {
		return Wrote{}, err
	}
	fresh := make([]T, len(added))
	for i, at := range added {
		fresh[i] = rows[at]
		t.setID(reflect.ValueOf(&fresh[i]).Elem(), 0)
	}
	if err := insert(tx, fresh); err != nil {
		return Wrote{}, err
	}
	return tx.wrote(Wrote{Added: len(fresh), Removed: len(gone)}), nil
}

// difference gives the indexes of rows that are not stored and the ids of stored rows that are not among rows.
func (t *table) difference(stored, rows reflect.Value, fields []*schema.Field) (added []int, gone []int64, err error) {
	wanted := make(map[string]int, rows.Len())
	var order []string
	for i := range rows.Len() {
		k, err := t.content(fields, rows.Index(i))
		if err != nil {
			return nil, nil, err
		}
		if _, twice := wanted[k]; !twice {
			wanted[k] = i
			order = append(order, k)
		}
	}
	for i := range stored.Len() {
		k, err := t.content(fields, stored.Index(i))
		if err != nil {
			return nil, nil, err
		}
		if _, ok := wanted[k]; ok {
			delete(wanted, k)
		} else {
			gone = append(gone, t.idOf(stored.Index(i)))
		}
	}
	for _, k := range order {
		if at, ok := wanted[k]; ok {
			added = append(added, at)
		}
	}
	return added, gone, nil
}

// wrote marks the transaction: reference data is in every search document and suggestion.
func (tx *Tx) wrote(w Wrote) Wrote {
	if w.Any() {
		tx.moved, tx.rebuild = true, true
	}
	return w
}
