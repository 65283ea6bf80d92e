package referral

import (
	"context"
	"fmt"

	"carecorridor/catalogue"
	"carecorridor/referral/discharge"
)

// FromCatalogue is the directory of the site.
func FromCatalogue(c *catalogue.Catalogue) Directory { return site{c} }

type site struct{ catalogue *catalogue.Catalogue }

// Listed reads the profile. What is kept is what the patient was shown: nothing is added.
func (d site) Listed(ctx context.Context, slug string) (Listed, error) {
	p, err := d.catalogue.Profile(ctx, slug)
	if err != nil {
		return Listed{}, err
	}
	l := Listed{Provider: p.ID, Slug: p.Slug, Name: p.Name, City: p.City.Name, Sample: p.Sample}
	for _, c := range p.Certificates {
		if c.Accredits() {
			l.Accredited = fmt.Sprintf("%s %s, until %s", c.Body, c.Programme, c.ValidTo.Long())
			break
		}
	}
	return l, nil
}

// Treatment is a procedure of the catalogue.
func (d site) Treatment(slug string) (Treatment, bool) {
	p, ok := d.catalogue.Reference().Procedure(slug)
	if !ok {
		return Treatment{Family: discharge.OtherFamily}, false
	}
	return Treatment{Name: p.Name, Specialty: p.SpecialtySlug, Family: discharge.FamilyOf(p.Slug, p.SpecialtySlug)}, true
}
