package auth

import (
	"context"
	"errors"
	"slices"

	"carecorridor/internal/fault"
	"carecorridor/models"
)

// samplePractices have the codes the NHS itself uses for "no known practice" and "no practice applies", so that they are nobody's.
var samplePractices = []struct{ name, ods string }{{"Sample Road Surgery (sample)", "V81999"}, {"Example Lane Practice (sample)", "V81998"}}

// sample is an invented person. at is which of the sample hospitals or practices they act for, from 0.
type sample struct {
	email, name string
	role        Role
	at          int
}

// samples are one for each role, and more at a second hospital and a second practice, so that what is another's can be tried.
var samples = []sample{
	{"owner@demo.example", "Asha Nair (sample)", ProviderOwner, 0},
	{"editor@demo.example", "Vikram Iyer (sample)", ProviderEditor, 0},
	{"clinician@demo.example", "Dr Leela Rao (sample)", ProviderClinician, 0},
	{"owner2@demo.example", "Farah Khan (sample)", ProviderOwner, 1},
	{"editor2@demo.example", "Rohan Das (sample)", ProviderEditor, 1},
	{"clinician2@demo.example", "Dr Arjun Bose (sample)", ProviderClinician, 1},
	{"referrer@demo.example", "Dr Tom Ashworth (sample)", Referrer, 0},
	{"practice@demo.example", "Grace Okafor (sample)", ReferrerAdmin, 0},
	{"referrer2@demo.example", "Dr Amina Yusuf (sample)", Referrer, 1},
	{"practice2@demo.example", "Colin Reid (sample)", ReferrerAdmin, 1},
	{"coordinator@demo.example", "Ben Carter (sample)", Coordinator, 0},
	{"safety@demo.example", "Dr Ruth Hughes (sample)", SafetyReviewer, 0},
	{"verifier@demo.example", "Meera Shah (sample)", Verifier, 0},
	{"verifier2@demo.example", "Owen Price (sample)", Verifier, 0},
	{"auditor@demo.example", "Helen Marsh (sample)", Auditor, 0},
	{"administrator@demo.example", "Sam Whitfield (sample)", Administrator, 0},
}

// LoadSamples adds the demonstration's people: one for each role, at sample hospitals, a sample practice and the alliance. A database with
// accounts of real people alone is fault.Conflict. Those that
// are there already stay as they are. They have no password: only SignInAs lets them in.
func (s *Service) LoadSamples(ctx context.Context) error {
	if !s.Demo {
		return fault.New(fault.Forbidden, "sample people", nil)
	}
	return s.Store.Write(ctx, func(tx *models.Tx) error {
		real, begun, err := tx.Peopled()
		if err != nil {
			return err
		}
		if real && !begun {
			return fault.New(fault.Conflict, "sample people", errors.New("this database holds accounts of real people; the demonstration, where anybody signs in as anybody, needs a database of its own"))
		}
		hospitals, err := s.sampleHospitals(tx)
		if err != nil {
			return err
		}
		practices, err := samplePracticesOf(tx)
		if err != nil {
			return err
		}
		alliance, err := s.alliance(tx)
		if err != nil {
			return err
		}
		for _, one := range samples {
			orgs := map[Kind][]string{Hospital: hospitals, Practice: practices, Alliance: {alliance}}[KindOf(one.role)]
			if one.at >= len(orgs) {
				continue
			}
			if err := s.loadSample(tx, one, orgs[one.at]); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Service) loadSample(tx *models.Tx, one sample, org string) error {
	p, err := tx.PersonByEmail(s.indexes(one.email))
	if fault.Is(err, fault.Missing) {
		p, err = s.addPerson(tx, one.email, one.name, "", true)
	}
	if err != nil {
		return err
	}
	held, err := tx.HeldBy(p.ID)
	if err != nil || slices.ContainsFunc(held, func(h models.HeldRow) bool { return h.OrgID == org && h.Role == string(one.role) }) {
		return err
	}
	return s.grant(tx, p, org, one.role, models.Audited{Role: "system"})
}

// sampleHospitals are the organisations of the first two sample listings.
func (s *Service) sampleHospitals(tx *models.Tx) ([]string, error) {
	listings, err := tx.SampleListings(2)
	var out []string
	for _, p := range listings {
		o, e := tx.OrganisationOf(p.ID)
		id := o.ID
		if fault.Is(e, fault.Missing) {
			id, e = addOrganisation(tx, Organisation{Kind: Hospital, Name: p.Name, Provider: p.ID, State: OrgActive})
		}
		if e != nil {
			return nil, e
		}
		out = append(out, id)
	}
	return out, err
}

func samplePracticesOf(tx *models.Tx) ([]string, error) {
	var out []string
	for _, p := range samplePractices {
		o, err := tx.PracticeOf(p.ods)
		id := o.ID
		if fault.Is(err, fault.Missing) {
			id, err = addOrganisation(tx, Organisation{Kind: Practice, Name: p.name, ODS: p.ods, State: OrgActive})
		}
		if err != nil {
			return nil, err
		}
		out = append(out, id)
	}
	return out, nil
}

// DemoActors are the sample people; nobody unless Options.Demo.
func (s *Service) DemoActors(ctx context.Context) ([]DemoActor, error) {
	if !s.Demo {
		return nil, nil
	}
	rows, err := s.Store.PeopleRows(ctx)
	if err != nil {
		return nil, err
	}
	held, err := s.Store.HeldBy(ctx, "")
	if err != nil {
		return nil, err
	}
	var out []DemoActor
	for _, h := range held {
		at := slices.IndexFunc(rows, func(r models.PersonRow) bool { return r.ID == h.PersonID && r.Sample && r.State == "active" })
		if at < 0 || !usable(h) {
			continue
		}
		name, err := s.nameOf(h.PersonID, rows[at].Name)
		if err != nil {
			return nil, err
		}
		out = append(out, DemoActor{Person: h.PersonID, Name: name, Role: Role(h.Role), OrgName: h.OrgName})
	}
	slices.SortStableFunc(out, func(a, b DemoActor) int { return slices.Index(Roles, a.Role) - slices.Index(Roles, b.Role) })
	return out, nil
}

// SignInAs signs in as a sample person without password. Refused unless Options.Demo, and for anybody who is not a sample.
func (s *Service) SignInAs(ctx context.Context, person string, v Visit) (out SignedIn, err error) {
	if !s.Demo {
		return out, fault.New(fault.Missing, "sample sign-in", nil)
	}
	err = s.Store.Write(ctx, func(tx *models.Tx) error {
		p, err := tx.PersonForUpdate(person)
		if err == nil && (!p.Sample || p.State != "active") {
			err = fault.New(fault.Missing, "sample sign-in", nil)
		}
		if err != nil {
			return err
		}
		out, err = s.enterNow(tx, p, "demo", v)
		return err
	})
	return out, err
}
