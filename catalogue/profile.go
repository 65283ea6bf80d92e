package catalogue

import (
	"context"
	"slices"

	"carecorridor/internal/money"
	"carecorridor/models"
)

// Profile is all the public may know of one listing, judged for today.
type Profile struct {
	*models.Profile
	Certificates []Certificate // running first, then by end date, latest first
	Events       map[int64][]models.AccreditationEvent
	Packages     []OwnPackage
	Apart        string // as Card.Apart
}

// OwnPackage is a hospital's package; Price is nil when it may not be shown as a price today.
type OwnPackage struct {
	models.PackageBundle
	Price *CardPrice
}

// Rupees is the price in rupees: as the hospital states it, else converted from the price of record. stated reports
// which. It is for packages with a Price.
func (k OwnPackage) Rupees() (price money.Amount, stated bool) {
	if k.RupeesMinor != nil {
		return money.Amount{Minor: *k.RupeesMinor, Currency: money.INR}, true
	}
	return k.Price.INR, k.Price.Amount.Currency == money.INR
}

// Profile loads a listing by slug. Unknown is fault.Missing, withdrawn fault.Gone.
func (c *Catalogue) Profile(ctx context.Context, slug string) (Profile, error) {
	row, err := c.store.ProfileBySlug(ctx, slug)
	if err != nil {
		return Profile{}, err
	}
	return c.Judged(row), nil
}

// Judged is a listing as it was read, judged for today: also one that is not public, for a preview.
func (c *Catalogue) Judged(row *models.Profile) Profile {
	s := c.state.Load()
	p := Profile{Profile: row, Events: map[int64][]models.AccreditationEvent{}}
	for _, a := range row.Accreditations {
		p.Certificates = append(p.Certificates, Judge(a.Accreditation, s.today))
		p.Events[a.ID] = a.Events
	}
	slices.SortStableFunc(p.Certificates, func(a, b Certificate) int {
		if a.Accredits() != b.Accredits() {
			if a.Accredits() {
				return -1
			}
			return 1
		}
		return b.ValidTo.Time().Compare(a.ValidTo.Time())
	})
	p.Apart = s.apart(row.Name, row.City.Slug, row.Main.Address, row.Main.Postcode, p.Certificates)
	for _, k := range row.Packages {
		own := OwnPackage{PackageBundle: k}
		if live(k.Package, s.today) {
			if own.Price = s.price(k.ProcedureSlug, k.Name, money.Amount{Minor: k.AmountMinor, Currency: k.Currency}, k.ValidTo); own.Price != nil {
				own.Price.StayNights, own.Price.DaysInIndia = k.StayNights, k.DaysInIndia
			}
		}
		p.Packages = append(p.Packages, own)
	}
	return p
}

// Confirmed reports whether at least one accrediting certificate runs.
func (p Profile) Confirmed() bool { return len(RunningBodies(p.Certificates)) > 0 }

// ProcedureSlugs are the treatments the hospital prices or is said to do, each once.
func (p Profile) ProcedureSlugs() []string {
	var out []string
	for _, k := range p.Packages {
		if k.Price != nil && !slices.Contains(out, k.ProcedureSlug) {
			out = append(out, k.ProcedureSlug)
		}
	}
	for _, r := range p.Procedures {
		if !slices.Contains(out, r.ProcedureSlug) {
			out = append(out, r.ProcedureSlug)
		}
	}
	return out
}
