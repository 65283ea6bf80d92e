package models

import (
	"context"

	"golang.org/x/sync/errgroup"
	"gorm.io/gorm"
)

// ProviderBundle is a provider with everything that hangs on it. Reads fill Main, City and Hub and keep
// rows in order; PutProviders reads the rows and ignores those three.
type ProviderBundle struct {
	Provider
	Sites          []Site // the main one first
	Facts          []Fact
	Specialties    []ProviderSpecialty
	Languages      []ProviderLanguage
	Procedures     []ProviderProcedure
	Accreditations []AccreditationBundle
	Packages       []PackageBundle
	Changes        []Change // newest first

	// What only profiles read, and PutProviders ignores.
	Clinicians []Clinician
	Measures   []QualityMeasure
	Photos     []Photo

	Main Site // the main site; the zero Site when there is none
	City City // of the main site
	Hub  Hub  // of that city; the zero Hub when there is none
}

// AccreditationBundle is a certificate with its history, oldest first.
type AccreditationBundle struct {
	Accreditation
	Events []AccreditationEvent
}

// PackageBundle is a package with its lines in their order.
type PackageBundle struct {
	Package
	Items []PackageItem
}

// Certificates are the certificates without their history.
func (b *ProviderBundle) Certificates() []Accreditation {
	out := make([]Accreditation, len(b.Accreditations))
	for i, a := range b.Accreditations {
		out[i] = a.Accreditation
	}
	return out
}

// EachProvider reads all published providers with an id above afterID, by id, batch at a time, with what a search
// document needs: sites, facts, specialties, languages, procedures, certificates, and packages that are live and valid
// today (key, procedure, amount, currency and dates only). Changes, events and package lines are left out. The next batch
// is read while f works.
func (s *Store) EachProvider(ctx context.Context, afterID int64, batch int, f func([]ProviderBundle) error) error {
	batch = min(max(batch, 1), 2000)
	ctx, cancel := context.WithCancel(ctx)
	ready := make(chan []ProviderBundle, 1)
	var reading errgroup.Group
	reading.Go(func() error {
		defer close(ready)
		return s.batches(ctx, afterID, batch, ready)
	})
	defer func() { cancel(); _ = reading.Wait() }() // f's own error is told; the reader's comes below
	for bundles := range ready {
		if err := f(bundles); err != nil {
			return err
		}
	}
	return asFault("read providers", reading.Wait())
}

func (s *Store) batches(ctx context.Context, afterID int64, batch int, ready chan<- []ProviderBundle) error {
	for {
		var heads []Provider
		err := s.read(ctx).Where("id > ? AND state = ?", afterID, Published).Order("id").Limit(batch).Find(&heads).Error
		if err != nil || len(heads) == 0 {
			return err
		}
		bundles, err := s.documents(ctx, heads)
		if err != nil {
			return err
		}
		select {
		case ready <- bundles:
		case <-ctx.Done():
			return ctx.Err()
		}
		afterID = heads[len(heads)-1].ID
	}
}

// ProviderBundles reads the same as EachProvider for the ids given, by id. One that is not published or
// not there is left out: it belongs out of the index. At most 2,000 ids.
func (s *Store) ProviderBundles(ctx context.Context, ids []int64) ([]ProviderBundle, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var heads []Provider
	err := s.read(ctx).Where("id IN ? AND state = ?", ids, Published).Order("id").Find(&heads).Error
	if err != nil || len(heads) == 0 {
		return nil, asFault("read providers", err)
	}
	return s.documents(ctx, heads)
}

func (s *Store) documents(ctx context.Context, heads []Provider) ([]ProviderBundle, error) {
	bundles, ids := make([]ProviderBundle, len(heads)), make([]int64, len(heads))
	for i, p := range heads {
		bundles[i].Provider, ids[i] = p, p.ID
	}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(parallelReads)
	db := s.read(ctx)
	for _, step := range []func() error{
		func() error { return s.livePrices(ctx, ids, bundles) },
		func() error { return fill(db, ids, "body, valid_to DESC NULLS LAST, id", bundles, accreditationsOf) },
		func() error {
			return first(func() error { return fill(db, ids, "main DESC, id", bundles, sitesOf) },
				func() error { return places(db, bundles) })
		},
		func() error { return fill(db, ids, "id", bundles, factsOf) },
		func() error { return fill(db, ids, "specialty_slug", bundles, specialtiesOf) },
		func() error { return fill(db, ids, "language", bundles, languagesOf) },
		func() error { return fill(db, ids, "procedure_slug", bundles, proceduresOf) },
	} {
		group.Go(step)
	}
	return bundles, asFault("read providers", group.Wait())
}

// parallelReads is how many statements a batch reads at once; each fills fields of its own.
const parallelReads = 3

// first runs steps until one fails.
func first(steps ...func() error) error {
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// fill loads the rows of one kind for all providers in one statement and hands each bundle its own.
func fill[T any](db *gorm.DB, ids []int64, order string, bundles []ProviderBundle, put func(*ProviderBundle, T)) error {
	var rows []T
	if err := db.Where("provider_id IN ?", ids).Order("provider_id, " + order).Find(&rows).Error; err != nil {
		return err
	}
	at := make(map[int64]*ProviderBundle, len(bundles))
	for i := range bundles {
		at[bundles[i].ID] = &bundles[i]
	}
	owner := ownerOf[T]()
	for i := range rows {
		put(at[owner(&rows[i])], rows[i])
	}
	return nil
}

func sitesOf(b *ProviderBundle, r Site) {
	if b.Sites = append(b.Sites, r); r.Main {
		b.Main = r
	}
}
func factsOf(b *ProviderBundle, r Fact)                    { b.Facts = append(b.Facts, r) }
func specialtiesOf(b *ProviderBundle, r ProviderSpecialty) { b.Specialties = append(b.Specialties, r) }
func languagesOf(b *ProviderBundle, r ProviderLanguage)    { b.Languages = append(b.Languages, r) }
func proceduresOf(b *ProviderBundle, r ProviderProcedure)  { b.Procedures = append(b.Procedures, r) }
func changesOf(b *ProviderBundle, r Change)                { b.Changes = append(b.Changes, r) }
func accreditationsOf(b *ProviderBundle, r Accreditation) {
	b.Accreditations = append(b.Accreditations, AccreditationBundle{Accreditation: r})
}
func packagesOf(b *ProviderBundle, r Package) {
	b.Packages = append(b.Packages, PackageBundle{Package: r})
}

func cliniciansOf(b *ProviderBundle, r Clinician)    { b.Clinicians = append(b.Clinicians, r) }
func measuresOf(b *ProviderBundle, r QualityMeasure) { b.Measures = append(b.Measures, r) }
func photosOf(b *ProviderBundle, r Photo)            { b.Photos = append(b.Photos, r) }

// places finds the city and hub of each main site: two statements, however many providers.
func places(db *gorm.DB, bundles []ProviderBundle) error {
	slugs := make(map[string]City)
	for i := range bundles { // by index: a copy would read what others are filling
		slugs[bundles[i].Main.CitySlug] = City{}
	}
	var cities []City
	if err := db.Where("slug IN ?", keys(slugs)).Find(&cities).Error; err != nil {
		return err
	}
	var hubs []Hub
	if err := db.Find(&hubs).Error; err != nil {
		return err
	}
	for _, c := range cities {
		slugs[c.Slug] = c
	}
	for i := range bundles {
		b := &bundles[i]
		b.City = slugs[b.Main.CitySlug]
		for _, h := range hubs {
			if b.City.HubSlug != nil && h.Slug == *b.City.HubSlug {
				b.Hub = h
			}
		}
	}
	return nil
}

func keys[K comparable, V any](m map[K]V) []K {
	out := make([]K, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	return out
}

// livePrices reads only what a price list holds: there are ten times as many packages as providers.
func (s *Store) livePrices(ctx context.Context, ids []int64, bundles []ProviderBundle) error {
	at := make(map[int64]*ProviderBundle, len(bundles))
	for i := range bundles {
		at[bundles[i].ID] = &bundles[i]
	}
	rows, err := s.read(ctx).Model(&Package{}).
		Select("id, provider_id, procedure_slug, amount_minor, currency, valid_from, valid_to").
		Where("provider_id IN ?", ids).Where(livePackage, s.today(), s.today()).Order("provider_id, id").Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		p := Package{Live: true}
		err := rows.Scan(&p.ID, &p.ProviderID, &p.ProcedureSlug, &p.AmountMinor, &p.Currency, &p.ValidFrom, &p.ValidTo)
		if err != nil {
			return err
		}
		packagesOf(at[p.ProviderID], p)
	}
	return rows.Err()
}

// livePackage is a price that may be shown on a day, given twice.
const livePackage = "live AND (valid_from IS NULL OR valid_from <= ?) AND (valid_to IS NULL OR valid_to >= ?)"
