package directory

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"

	"carecorridor/internal/slug"
	"carecorridor/internal/when"
	"carecorridor/models"
)

// Origin marks what Import stored.
const Origin = "directory"

// SourceKey is the key of the directory's own source.
const SourceKey = "national-hospital-directory"

// Options of Import.
type Options struct {
	Progress func(done, total int) // rows handled so far; may be nil
}

// perStep is how many hospitals are written between two calls of Progress.
const perStep = 1000

// Import reads a directory file and stores its usable, new hospitals as unaccredited reference listings
// of origin "directory", in one transaction. Hospitals that are known already, by name with PIN code or
// town, are skipped and counted; so a second run writes nothing. name is used in errors and the report.
func Import(ctx context.Context, s *models.Store, in io.Reader, name string, o Options) (Report, error) {
	content, err := Read(in, name)
	if err != nil {
		return Report{}, err
	}
	if o.Progress == nil {
		o.Progress = func(int, int) {}
	}
	known, err := knownHospitals(ctx, s)
	if err != nil {
		return Report{}, err
	}
	towns, err := s.Cities(ctx)
	if err != nil {
		return Report{}, err
	}
	hubs, err := s.Hubs(ctx)
	if err != nil {
		return Report{}, err
	}
	var report Report
	err = s.Write(ctx, func(tx *models.Tx) error {
		report = Report{Name: name, Lines: content.Lines, Rejected: content.Rejected, Repaired: content.Repaired}
		p := newPlan(known, towns, hubs, &report)
		for _, row := range content.Rows {
			p.take(row)
		}
		return p.write(ctx, tx, o.Progress)
	})
	if err != nil {
		return Report{}, err
	}
	return report, nil
}

// plan is what one import is going to store.
type plan struct {
	report  *Report
	known   *identities
	towns   map[string]models.City // by name and state
	slugs   map[string]bool        // of towns
	hubs    map[string]bool        // that the store holds: without the seed there are none
	used    map[string]bool        // slugs of hospitals that may not be taken
	added   map[string]models.City
	bundles []models.ProviderBundle
}

func newPlan(known *identities, towns []models.City, hubs []models.Hub, report *Report) *plan {
	p := &plan{report: report, known: known.clone(), towns: map[string]models.City{}, slugs: map[string]bool{}, hubs: map[string]bool{},
		used: maps.Clone(known.foreign), added: map[string]models.City{}}
	for _, t := range towns {
		p.towns[t.Name+"\n"+t.State], p.slugs[t.Slug] = t, true
	}
	for _, h := range hubs {
		p.hubs[h.Slug] = true
	}
	return p
}

// take plans one row, or counts why it is not needed. Rows stored by an earlier run are planned again, so
// that a correction of the file reaches them and an unchanged file changes nothing.
func (p *plan) take(row Row) {
	town := p.town(row)
	switch p.known.judge(row) {
	case isListed:
		p.report.Known++
		return
	case isRepeated:
		p.report.Repeated++
		return
	}
	s := slug.Of(row.Name, town.Name)
	if s == "" || p.used[s] {
		s = slug.Of(s+" "+town.State, "nhd "+row.Number)
	}
	if s == "" || p.used[s] {
		s = slug.Of("hospital", fmt.Sprintf("nhd line %d", row.Line))
	}
	p.used[s] = true
	p.bundles = append(p.bundles, bundle(row, s, town.Slug))
}

// town finds or plans the town of a row; a namesake in another state gets the state into its slug.
func (p *plan) town(row Row) models.City {
	key := row.City.Name + "\n" + row.City.State
	if t, ok := p.towns[key]; ok {
		return t
	}
	t := models.City{Slug: slug.Of(row.City.Name), Name: row.City.Name, State: row.City.State}
	if p.slugs[t.Slug] || t.Slug == "" {
		t.Slug = slug.Of(row.City.Name + " " + row.City.State)
	}
	if p.hubs[row.City.Hub] {
		t.HubSlug = &row.City.Hub
	}
	p.towns[key], p.slugs[t.Slug], p.added[t.Slug] = t, true, t
	return t
}

func (p *plan) write(ctx context.Context, tx *models.Tx, progress func(done, total int)) error {
	ids, w, err := tx.PutSources([]models.Source{source})
	if err != nil {
		return err
	}
	towns := make([]models.City, 0, len(p.added))
	for _, s := range slices.Sorted(maps.Keys(p.added)) {
		towns = append(towns, p.added[s])
	}
	more, err := tx.PutCities(towns)
	if err != nil {
		return err
	}
	p.report.Wrote, p.report.Towns = w.Plus(more), len(towns)
	progress(0, len(p.bundles))
	for start := 0; start < len(p.bundles); start += perStep {
		if err := ctx.Err(); err != nil {
			return err
		}
		end := min(start+perStep, len(p.bundles))
		step := p.bundles[start:end]
		for i := range step {
			sourced(&step[i], ids[source.ID])
		}
		w, err := tx.PutProviders(step)
		if err != nil {
			return err
		}
		p.report.Wrote = p.report.Wrote.Plus(w)
		progress(end, len(p.bundles))
	}
	p.report.Hospitals = len(p.bundles)
	return nil
}

// collected is the day the copy of the directory was read; the directory itself is of about 2016-17.
var collected = when.Date{Year: 2026, Month: 11, Day: 22}
