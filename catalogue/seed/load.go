package seed

import (
	"context"
	"slices"

	"carecorridor/models"
)

// Options of Load.
type Options struct {
	Samples  bool                  // also the invented hospitals; without it those there already are removed
	Progress func(done, total int) // providers handled so far; may be nil
}

// perStep is how many providers are written between two calls of Progress.
const perStep = 250

// Load puts the embedded seed into a migrated store, in one transaction: all of it or nothing. Running it
// again writes nothing and moves no generation. Hospitals that are not in the seed are left alone.
func Load(ctx context.Context, s *models.Store, o Options) (LoadReport, error) {
	b, err := Read()
	if err != nil {
		return LoadReport{}, err
	}
	return LoadBundle(ctx, s, b, o)
}

// LoadBundle loads a seed that was read and checked by ReadFS. b is not changed.
func LoadBundle(ctx context.Context, s *models.Store, b Bundle, o Options) (report LoadReport, err error) {
	if o.Progress == nil {
		o.Progress = func(int, int) {}
	}
	if !o.Samples {
		b.Samples = nil
	}
	err = s.Write(ctx, func(tx *models.Tx) error {
		report = LoadReport{} // Write may try again
		return load(ctx, tx, b, o, &report)
	})
	if err != nil {
		return LoadReport{}, err
	}
	report.count(b)
	return report, nil
}

func load(ctx context.Context, tx *models.Tx, b Bundle, o Options, report *LoadReport) error {
	ids, w, err := tx.PutSources(slices.Clone(b.Sources))
	if err != nil {
		return err
	}
	report.Wrote = w
	if err := reference(tx, b, ids, report); err != nil {
		return err
	}
	if !o.Samples {
		if report.Removed, err = tx.DropProviders("sample"); err != nil {
			return err
		}
	}
	all := slices.Concat(b.Providers, b.Samples)
	o.Progress(0, len(all))
	for start := 0; start < len(all); start += perStep {
		if err := ctx.Err(); err != nil {
			return err
		}
		end := min(start+perStep, len(all))
		w, err := tx.PutProviders(exchangeProviders(ids, all[start:end]))
		if err != nil {
			return err
		}
		report.Wrote = report.Wrote.Plus(w)
		o.Progress(end, len(all))
	}
	return nil
}

// reference writes everything but the providers, in the order that references allow.
func reference(tx *models.Tx, b Bundle, ids models.SourceIDs, report *LoadReport) error {
	for _, put := range []func() (models.Wrote, error){
		step(ids, b.Hubs, tx.PutHubs), step(ids, b.Airports, tx.PutAirports), step(ids, b.Cities, tx.PutCities),
		step(ids, b.Routes, tx.PutRoutes), step(ids, b.Specialties, tx.PutSpecialties), step(ids, b.Procedures, tx.PutProcedures),
		step(ids, b.Codes, tx.PutProcedureCodes), step(ids, b.Stays, tx.PutProcedureStays), step(ids, b.Aliases, tx.PutAliases),
		step(ids, b.PriceEvidence, tx.PutPriceEvidence), step(ids, b.NHSWaits, tx.PutNHSWaits),
		step(ids, b.TripCosts, tx.PutTripCosts), step(ids, b.FXRates, tx.PutFXRates),
	} {
		w, err := put()
		if err != nil {
			return err
		}
		report.Wrote = report.Wrote.Plus(w)
	}
	return nil
}

// step is a write of a copy of rows with the store's own source ids.
func step[T any](ids models.SourceIDs, rows []T, put func([]T) (models.Wrote, error)) func() (models.Wrote, error) {
	return func() (models.Wrote, error) {
		rows := slices.Clone(rows)
		if err := models.Exchange(ids, rows); err != nil {
			return models.Wrote{}, err
		}
		return put(rows)
	}
}
