package directory

import "carecorridor/models"

// source is where every row comes from; its ID is provisional.
var source = models.Source{ID: 1, Key: SourceKey, Kind: "dataset", Title: "National Hospital Directory with geo code and additional parameters",
	Publisher: "Government of India, data.gov.in",
	URL:       "https://data.gov.in/resources/national-hospital-directory-geo-code-and-additional-parameters-updated-till-last-month",
	Licence:   "to be checked with data.gov.in before redistribution", PublishedOn: "2016", RetrievedOn: collected,
	Note: "The directory is of about 2016-17; copied in github.com/nikhil-dhumal/EquiHealth at f1b88de. Telephone numbers may be stale."}

// Source describes the directory itself; its ID means nothing.
func Source() models.Source { return source }

// bundle is the hospital of a row. A point shared by many rows is the middle of a district: it is kept with
// that precision, which no distance is measured from. Source ids are filled in by sourced.
func bundle(row Row, slugged, town string) models.ProviderBundle {
	site := models.Site{Main: true, Name: row.Name, Address: row.Address, CitySlug: town, Postcode: row.PIN}
	if row.Point != nil {
		site.Lat, site.Lng = &row.Point.Lat, &row.Point.Lng
		site.CoordPrecision, site.CoordNote = "directory", "point of the National Hospital Directory"
		if row.Shared {
			site.CoordPrecision, site.CoordNote = "district", "middle of the district: many rows of the directory share this point"
		}
	}
	b := models.ProviderBundle{
		Provider: models.Provider{Slug: slugged, Name: row.Name, Kind: "unknown", Origin: Origin, State: models.Published},
		Sites:    []models.Site{site},
	}
	if row.Phone != "" {
		b.Facts = []models.Fact{{Name: "phone", Value: row.Phone, Scope: "hospital", Evidence: "third_party", AsOf: source.PublishedOn,
			Note: "may be stale"}}
	}
	return b
}

func sourced(b *models.ProviderBundle, id int64) {
	for i := range b.Sites {
		b.Sites[i].SourceID = &id
	}
	for i := range b.Facts {
		b.Facts[i].SourceID = id
	}
}
