package enquiry

import (
	"context"
	"fmt"

	"carecorridor/catalogue"
)

// FromCatalogue is the directory of the site. Contacts holds checked addresses by slug; none of a real hospital is
// known unless it is there. Sample hospitals answer under a domain that no mail can reach (RFC 2606).
func FromCatalogue(c *catalogue.Catalogue, contacts map[string]string) Directory {
	return site{c, contacts}
}

type site struct {
	catalogue *catalogue.Catalogue
	contacts  map[string]string
}

// Listing reads the profile.
func (d site) Listing(ctx context.Context, slug string) (Listing, error) {
	p, err := d.catalogue.Profile(ctx, slug)
	if err != nil {
		return Listing{}, err
	}
	l := Listing{Slug: p.Slug, Name: p.Name, Sample: p.Sample, Email: d.contacts[slug]}
	if p.Sample {
		l.Email = fmt.Sprintf("hospital-%d@sample.invalid", p.ID) // no hospital's name in any mail, headers included
	}
	return l, nil
}

// Treatment is a procedure of the catalogue.
func (d site) Treatment(slug string) (string, bool) {
	p, ok := d.catalogue.Reference().Procedure(slug)
	return p.Name, ok
}
