package auth

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/models"
)

// States of an organisation.
const (
	OrgActive = "active"
	OrgPaused = "paused" // nobody acts for it for now
	OrgClosed = "closed"
)

// maxOrgName in characters.
const maxOrgName = 200

// Organisations by name.
func (s *Service) Organisations(ctx context.Context, who Actor) ([]Organisation, error) {
	if err := May(who, OrganisationView, ""); err != nil {
		return nil, err
	}
	rows, err := s.Store.OrganisationRows(ctx)
	var out []Organisation
	for _, r := range rows {
		o := organisationOf(&r.Organisation)
		o.People = r.People
		out = append(out, o)
	}
	return out, err
}

// Organisation reads one, that the actor may see: their own, or any.
func (s *Service) Organisation(ctx context.Context, who Actor, id string) (Organisation, error) {
	if !Can(who.Role, OrganisationView) && (id == "" || id != who.Org) {
		return Organisation{}, fault.New(fault.Missing, "organisation", nil)
	}
	o, err := s.Store.OrganisationByID(ctx, id)
	if err != nil {
		return Organisation{}, err
	}
	return organisationOf(o), nil
}

func organisationOf(o *models.Organisation) Organisation {
	out := Organisation{ID: o.ID, Version: o.Version, Kind: Kind(o.Kind), Name: o.Name, EmailDomain: o.EmailDomain, State: o.State}
	if o.ProviderID != nil {
		out.Provider = *o.ProviderID
	}
	if o.OdsCode != nil {
		out.ODS = *o.OdsCode
	}
	return out
}

// shape brings what was typed into one shape and notes what is wrong with it.
func (o *Organisation) shape(l *check.List) {
	o.Name = norm.NFC.String(strings.TrimSpace(o.Name))
	o.ODS = strings.ToUpper(strings.TrimSpace(o.ODS))
	o.EmailDomain = strings.TrimPrefix(strings.ToLower(strings.TrimSpace(o.EmailDomain)), "@")
	l.Need(o.Kind == Hospital || o.Kind == Practice, "kind", "Choose what kind of organisation it is")
	l.Need(!check.Blank(o.Name), "name", "Enter the organisation's name")
	l.Line("name", "The name", o.Name, maxOrgName)
	if o.Kind == Practice {
		l.Need(odsOK(o.ODS), "ods", "Enter the ODS code: 3 to 10 letters and digits, like A12345")
	}
	l.Need(o.EmailDomain == "" || address("a@"+o.EmailDomain) != "", "email_domain", "Enter the part of an address after @, like nhs.net, or leave it empty")
	l.Need(slices.Contains([]string{OrgActive, OrgPaused, OrgClosed}, o.State), "state", "Choose whether the organisation is active, paused or closed")
}

// odsOK: the shape of an ODS code; whether it is in use is the register's to say.
func odsOK(code string) bool {
	odd := func(r rune) bool { return (r < 'A' || r > 'Z') && (r < '0' || r > '9') }
	return len(code) >= 3 && len(code) <= 10 && !strings.ContainsFunc(code, odd)
}

// AddOrganisation adds o and gives its id. Fields of the problems: kind, name, provider, ods, email_domain. Needs a fresh second factor.
func (s *Service) AddOrganisation(ctx context.Context, who Actor, o Organisation) (id string, l check.List, err error) {
	if err := May(who, OrganisationAdmin, ""); err != nil {
		return "", nil, err
	}
	if err := s.Fresh(who); err != nil {
		return "", nil, err
	}
	o.State = OrgActive
	o.shape(&l)
	if o.Kind == Hospital {
		_, err := s.Store.ProviderByID(ctx, o.Provider)
		l.Need(err == nil, "provider", "Choose the hospital's listing")
		if ignoreMissing(err) != nil {
			return "", nil, err
		}
	}
	if !l.OK() {
		return "", l, nil
	}
	err = s.Store.Write(ctx, func(tx *models.Tx) error {
		id, err = addOrganisation(tx, o)
		if err != nil {
			return err
		}
		return audit(tx, who, OrganisationAdmin, "organisation", id, "", "what", "add", "kind", string(o.Kind))
	})
	if fault.Is(err, fault.Conflict) {
		l.Add(map[Kind]string{Hospital: "provider", Practice: "ods"}[o.Kind], "There is an organisation for this already")
		return "", l, nil
	}
	return id, nil, err
}

func addOrganisation(tx *models.Tx, o Organisation) (string, error) {
	row := &models.Organisation{ID: newID(), Kind: string(o.Kind), Name: o.Name, EmailDomain: o.EmailDomain, State: o.State}
	if o.Kind == Hospital {
		row.ProviderID = &o.Provider
	}
	if o.Kind == Practice {
		row.OdsCode = &o.ODS
	}
	return row.ID, tx.AddOrganisation(row)
}

// SaveOrganisation writes name, email domain and state under the version read. While an organisation is not active nobody acts for
// it. Needs a fresh second factor.
func (s *Service) SaveOrganisation(ctx context.Context, who Actor, o Organisation) (check.List, error) {
	if err := May(who, OrganisationAdmin, ""); err != nil {
		return nil, err
	}
	if err := s.Fresh(who); err != nil {
		return nil, err
	}
	now, err := s.Store.OrganisationByID(ctx, o.ID)
	if err != nil {
		return nil, err
	}
	known := organisationOf(now)
	known.Name, known.EmailDomain, known.State = o.Name, o.EmailDomain, o.State
	var l check.List
	known.shape(&l)
	if known.Kind == Alliance {
		l = nil
		l.Need(known.State == OrgActive, "state", "The alliance itself cannot be paused or closed")
	}
	if !l.OK() {
		return l, nil
	}
	err = s.Store.Write(ctx, func(tx *models.Tx) error {
		row, err := tx.OrganisationForUpdate(o.ID)
		if err != nil {
			return err
		}
		if row.Version != o.Version {
			return ErrMoved
		}
		was := row.State
		row.Name, row.EmailDomain, row.State = known.Name, known.EmailDomain, known.State
		if err := tx.SaveOrganisation(row); err != nil {
			return err
		}
		ended := 0
		if row.State != OrgActive {
			if ended, err = tx.EndSessionsFor(row.ID); err != nil {
				return err
			}
		}
		return audit(tx, who, OrganisationAdmin, "organisation", row.ID, "", "what", "save", "state", row.State, "was", was, "sessions", strconv.Itoa(ended))
	})
	return nil, moved(err)
}
