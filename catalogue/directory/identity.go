package directory

import (
	"context"
	"maps"

	"carecorridor/catalogue/seed/gazetteer"
	"carecorridor/models"
)

// verdict is what the catalogue knows of a row's hospital.
type verdict int

const (
	isNew verdict = iota
	isListed
	isRepeated
)

// identities tells hospitals apart: by name with PIN code, and by name with town.
type identities struct {
	listed  map[string]bool // hospitals of other origins
	foreign map[string]bool // their slugs
	seen    map[string]bool // rows of this file
}

func (k *identities) clone() *identities {
	return &identities{k.listed, k.foreign, map[string]bool{}}
}

// keys of a hospital. The town's is used only where a PIN code is missing on either side or agrees: two
// clinics of one name in a city with different PIN codes are two clinics.
func keys(name, pin string, town, state string) (byPIN, byTown string) {
	n := gazetteer.Key(name)
	if pin != "" {
		byPIN = "pin\n" + n + "\n" + pin
	}
	return byPIN, "town\n" + n + "\n" + town + "\n" + state
}

func (k *identities) judge(row Row) verdict {
	byPIN, byTown := keys(row.Name, row.PIN, row.City.Name, row.City.State)
	if byPIN != "" && k.listed[byPIN] || k.listed[byTown] {
		return isListed
	}
	own := byPIN
	if own == "" {
		own = byTown
	}
	if k.seen[own] {
		return isRepeated
	}
	k.seen[own] = true
	return isNew
}

// knownHospitals reads the hospitals that did not come from a directory.
func knownHospitals(ctx context.Context, s *models.Store) (*identities, error) {
	k := &identities{listed: map[string]bool{}, foreign: map[string]bool{}}
	err := s.EachProvider(ctx, 0, 1000, func(batch []models.ProviderBundle) error {
		for _, b := range batch {
			if b.Origin == Origin {
				continue
			}
			k.foreign[b.Slug] = true
			if !b.Sample {
				maps.Copy(k.listed, names(b))
			}
		}
		return nil
	})
	return k, err
}

// names are the keys of a listed hospital under its own name and its registers' wordings.
func names(b models.ProviderBundle) map[string]bool {
	out := map[string]bool{}
	all := []string{b.Name}
	for _, c := range b.Accreditations {
		if c.ListedName != "" && c.Level == "full" {
			all = append(all, c.ListedName)
		}
	}
	for _, n := range all {
		byPIN, byTown := keys(n, b.Main.Postcode, b.City.Name, b.City.State)
		out[byTown] = true
		if byPIN != "" {
			out[byPIN] = true
		}
	}
	return out
}
