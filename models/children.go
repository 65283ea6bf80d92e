package models

import (
	"reflect"

	"gorm.io/gorm"
)

// ownerOf reads the provider_id of a row.
func ownerOf[T any]() func(*T) int64 {
	at := tableOf[T]().schema.FieldsByDBName["provider_id"].StructField.Index
	return func(row *T) int64 { return reflect.ValueOf(row).Elem().FieldByIndex(at).Int() }
}

// children loads everything that hangs on the providers: ten statements, however many providers.
func children(db *gorm.DB, ids []int64, bundles []ProviderBundle) error {
	return first(
		func() error { return fill(db, ids, "main DESC, id", bundles, sitesOf) },
		func() error { return fill(db, ids, "id", bundles, factsOf) },
		func() error { return fill(db, ids, "specialty_slug", bundles, specialtiesOf) },
		func() error { return fill(db, ids, "language", bundles, languagesOf) },
		func() error { return fill(db, ids, "procedure_slug", bundles, proceduresOf) },
		func() error { return fill(db, ids, "at DESC, id DESC", bundles, changesOf) },
		func() error { return fill(db, ids, "body, valid_to DESC NULLS LAST, id", bundles, accreditationsOf) },
		func() error { return fill(db, ids, "procedure_slug, id", bundles, packagesOf) },
		func() error { return events(db, ids, bundles) },
		func() error { return items(db, ids, bundles) },
	)
}

// people loads what only a profile shows: clinicians, quality measures and photos.
func people(db *gorm.DB, ids []int64, bundles []ProviderBundle) error {
	return first(
		func() error { return fill(db, ids, "name, id", bundles, cliniciansOf) },
		func() error { return fill(db, ids, "title, id", bundles, measuresOf) },
		func() error { return fill(db, ids, "id", bundles, photosOf) },
	)
}

func events(db *gorm.DB, ids []int64, bundles []ProviderBundle) error {
	at := make(map[int64]*AccreditationBundle)
	for i := range bundles {
		for k := range bundles[i].Accreditations {
			at[bundles[i].Accreditations[k].ID] = &bundles[i].Accreditations[k]
		}
	}
	if len(at) == 0 {
		return nil
	}
	var rows []AccreditationEvent
	if err := db.Where("accreditation_id IN (SELECT id FROM accreditations WHERE provider_id IN ?)", ids).Order("happened_on NULLS FIRST, id").Find(&rows).Error; err != nil {
		return err
	}
	for _, e := range rows {
		at[e.AccreditationID].Events = append(at[e.AccreditationID].Events, e)
	}
	return nil
}

func items(db *gorm.DB, ids []int64, bundles []ProviderBundle) error {
	at := make(map[int64]*PackageBundle)
	for i := range bundles {
		for k := range bundles[i].Packages {
			at[bundles[i].Packages[k].ID] = &bundles[i].Packages[k]
		}
	}
	if len(at) == 0 {
		return nil
	}
	var rows []PackageItem
	if err := db.Where("package_id IN (SELECT id FROM packages WHERE provider_id IN ?)", ids).Order("ord, id").Find(&rows).Error; err != nil {
		return err
	}
	for _, item := range rows {
		at[item.PackageID].Items = append(at[item.PackageID].Items, item)
	}
	return nil
}
