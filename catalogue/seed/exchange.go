package seed

import (
	"slices"

	"carecorridor/models"
)

// exchangeProviders copies providers with the store's source ids in every row below them.
func exchangeProviders(ids models.SourceIDs, in []models.ProviderBundle) []models.ProviderBundle {
	out := slices.Clone(in)
	for i := range out {
		b := &out[i]
		b.Sites = swapped(b.Sites, func(r *models.Site) { r.SourceID = swap(ids, r.SourceID) })
		b.Facts = swapped(b.Facts, func(r *models.Fact) { r.SourceID = ids[r.SourceID] })
		b.Specialties = swapped(b.Specialties, func(r *models.ProviderSpecialty) { r.SourceID = ids[r.SourceID] })
		b.Languages = swapped(b.Languages, func(r *models.ProviderLanguage) { r.SourceID = ids[r.SourceID] })
		b.Procedures = swapped(b.Procedures, func(r *models.ProviderProcedure) { r.SourceID = ids[r.SourceID] })
		b.Accreditations = swapped(b.Accreditations, func(r *models.AccreditationBundle) { r.SourceID = ids[r.SourceID] })
		b.Packages = swapped(b.Packages, func(r *models.PackageBundle) { r.SourceID = ids[r.SourceID] })
		b.Changes = swapped(b.Changes, func(r *models.Change) { r.SourceID = swap(ids, r.SourceID) })
	}
	return out
}

func swapped[T any](rows []T, change func(*T)) []T {
	rows = slices.Clone(rows)
	for i := range rows {
		change(&rows[i])
	}
	return rows
}

func swap(ids models.SourceIDs, id *int64) *int64 {
	if id == nil {
		return nil
	}
	to := ids[*id]
	return &to
}
