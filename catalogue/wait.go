package catalogue

import (
	"slices"
	"strings"

	"carecorridor/models"
)

// Wait is the newest NHS England wait for one treatment function (referral to treatment, all England).
type Wait struct {
	models.NHSWait
}

// HasMedian reports whether half-of-people figure is held; otherwise only the share within 18 weeks may be shown.
func (w Wait) HasMedian() bool { return w.MedianWeeks != nil }

// waitFor finds England's newest row for a specialty. A row that belongs to fewer specialties is nearer to
// the one asked for.
func waitFor(rows []models.NHSWait, specialty string) (Wait, bool) {
	var best *models.NHSWait
	for i, r := range rows {
		if r.AreaType != "England" || !slices.Contains(strings.Fields(r.SpecialtySlugs), specialty) {
			continue
		}
		if best == nil || r.Month > best.Month || r.Month == best.Month && nearer(r, *best) {
			best = &rows[i]
		}
	}
	if best == nil {
		return Wait{}, false
	}
	return Wait{*best}, true
}

func nearer(a, b models.NHSWait) bool {
	return len(strings.Fields(a.SpecialtySlugs)) < len(strings.Fields(b.SpecialtySlugs))
}
