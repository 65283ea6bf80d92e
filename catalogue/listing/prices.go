package listing

import (
	"context"

	"carecorridor/auth"
	"carecorridor/catalogue/pricelist"
)

// PriceRows are a listing's packages with the draft over them, and what rows are held against: for the download of
// current prices and for the dry run of a file. Packages taken out in the draft are left out. ListingView.
func (s *Service) PriceRows(ctx context.Context, who auth.Actor, provider int64) ([]pricelist.Row, pricelist.Reference, error) {
	d, err := s.Draft(ctx, who, provider)
	if err != nil {
		return nil, pricelist.Reference{}, err
	}
	k := s.known()
	entries := map[string]map[string]string{}
	for p, value := range d.Values() {
		if p.Section() == "package" {
			if entries[p.Key()] == nil {
				entries[p.Key()] = map[string]string{}
			}
			entries[p.Key()][p.Field()] = value
		}
	}
	var rows []pricelist.Row
	for _, key := range d.Keys("package") {
		entry := entries[key]
		if entry == nil || entry[Removed] == "yes" {
			continue
		}
		row, _ := rowFrom(key, entry, k) // what cannot be read is left out of the row; the editor says so
		rows = append(rows, row)
	}
	return rows, k, nil
}

// ApplyPrices puts the edits of a plan into the draft. A new package is called by the ID of its row, so that a plan applied
// twice adds it once; without one it gets a key of its own. What another person changed since the plan was made is a
// Conflict; the plan's own questions were answered. ListingEdit.
func (s *Service) ApplyPrices(ctx context.Context, who auth.Actor, provider int64, edits []pricelist.Edit) (Saved, error) {
	k := s.known()
	var all []Edit
	for _, e := range edits {
		key, before := e.After.ID, pricelist.Row{}
		if e.Before != nil {
			key, before = e.Before.ID, *e.Before
		}
		if key == "" {
			key = NewKey()
		}
		for _, field := range pricelist.Fields() {
			if field == pricelist.FieldID {
				continue
			}
			seen, value := fieldText(before, field, k), fieldText(e.After, field, k)
			if seen != value {
				all = append(all, Edit{Path: PathOf("package", key, field), Seen: seen, Value: value})
			}
		}
	}
	return s.Save(ctx, who, provider, all, true)
}

// fieldText is a field as it is kept: the name of a treatment may change, its slug does not.
func fieldText(r pricelist.Row, field string, k pricelist.Reference) string {
	if field == pricelist.FieldProcedure {
		return r.Procedure
	}
	return r.Text(field, k)
}
