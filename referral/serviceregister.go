package referral

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"carecorridor/auth"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/internal/nhs"
	"carecorridor/internal/when"
	"carecorridor/models"
)

func itoa(n int) string { return strconv.Itoa(n) }

// Agreement is what was agreed with a hospital (domain.md §7.6).
type Agreement struct {
	Org                                string
	Mechanism                          Mechanism
	SignedOn, RiskReviewedOn           when.Date
	EmergencyContact, ComplaintOfficer string
	Holidays                           []when.Date
	SevereCase                         bool
	Version                            int64
}

// Agreement with a hospital; the zero one when there is none yet. Whoever sees organisations at the desk.
func (s *Service) Agreement(ctx context.Context, who auth.Actor, org string) (a Agreement, err error) {
	if err := auth.May(who, auth.OrganisationView, auth.Any); err != nil {
		return a, err
	}
	err = s.Store.Write(ctx, func(tx *models.Tx) error {
		t, err := tx.HospitalTermsOf(org)
		a = Agreement{Org: org}
		if t != nil {
			a = Agreement{org, Mechanism(t.Mechanism), t.SignedOn, t.RiskReviewedOn, t.EmergencyContact, t.ComplaintOfficer, daysOf(t.Holidays), t.SevereCase, t.Version}
		}
		return err
	})
	return a, err
}

// SetAgreement writes it. Administrators. Fields: mechanism, signed_on, risk_reviewed_on, emergency_contact, complaint_officer.
func (s *Service) SetAgreement(ctx context.Context, who auth.Actor, a Agreement) (l check.List, err error) {
	if err := auth.May(who, auth.OrganisationAdmin, auth.Any); err != nil {
		return nil, err
	}
	if l = a.check(s.Today()); !l.OK() {
		return l, nil
	}
	return nil, s.Store.Write(ctx, func(tx *models.Tx) error {
		o, err := tx.OrganisationForUpdate(a.Org)
		if err != nil || o.Kind != string(auth.Hospital) {
			return firstError(err, fault.New(fault.Missing, "agreement", nil))
		}
		row := &models.HospitalTerms{OrgID: a.Org, Mechanism: string(a.Mechanism), SignedOn: a.SignedOn, RiskReviewedOn: a.RiskReviewedOn, EmergencyContact: a.EmergencyContact,
			ComplaintOfficer: a.ComplaintOfficer, SevereCase: a.SevereCase, Version: a.Version, UpdatedBy: who.Person}
		for _, d := range a.Holidays {
			row.Holidays = strings.TrimSpace(row.Holidays + " " + d.String())
		}
		if err := tx.PutHospitalTerms(row); err != nil {
			return err
		}
		return tx.Audit(models.Audited{Person: who.Person, Org: who.Org, Role: string(who.Role), Action: "organisation.agreement", On: "organisation", ID: a.Org,
			Facts: map[string]string{"mechanism": row.Mechanism, "version": strconv.FormatInt(row.Version, 10)}})
	})
}

func (a Agreement) check(today when.Date) (l check.List) {
	l.Need(slices.Contains([]Mechanism{NoMechanism, IDTASigned, AddendumSigned}, a.Mechanism), "mechanism", "Select what was signed")
	l.Need((a.Mechanism == NoMechanism) == !a.SignedOn.Known(), "signed_on", "Enter the day it was signed")
	l.Need(!today.Before(a.SignedOn), "signed_on", "The day must be today or in the past")
	l.Need(!today.Before(a.RiskReviewedOn), "risk_reviewed_on", "The day must be today or in the past")
	l.Line("emergency_contact", "The emergency contact", a.EmergencyContact, 200)
	l.Line("complaint_officer", "The complaint officer", a.ComplaintOfficer, 200)
	return l
}

// Registration is how far a professional is verified: referrers climb R0 to R3 (domain.md §1.4), hospitals' clinicians
// are checked or not.
type Registration struct {
	Person, Name, OrgName string
	Role                  auth.Role
	Level                 int
	Register              string // one of Registers; what waits for a check before what was checked
	Number                string
	State                 string // "" | asked | checked | refused; a check made before may count while a new one is asked for
	MailboxOn, CheckedOn  when.Date
	CheckedByName         string
	Evidence              string
	ODS                   string // code of a referrer's practice
	PracticeEvidence      string // where it was seen as active in the ODS directory, on the day of the check
	MailDomain            string // of the account's address
	MailCounts            bool   // as that of a referrer: see Options.Mailboxes
	MailboxOld            bool   // a mailed link was last used too long ago
	Fresh                 bool   // counts today
	Due                   bool   // was looked up, but too long ago
	Version               int64
}

// Registers of professionals. A council of India is named in words beside its number.
var Registers = []string{"GMC", "NMC", "HCPC", "GDC", "GPhC", "GOC", "Indian council"}

// registered are the roles whose registration is looked up.
var registered = []auth.Role{auth.Referrer, auth.ProviderClinician}

func (s *Service) registrationOf(c *models.ProfessionalCheck, r auth.Role, address, assured string) (out Registration, err error) {
	out = Registration{Role: r, MailDomain: auth.DomainOf(address), MailCounts: s.Mailboxes.Counts(address)}
	if c == nil {
		return out, nil
	}
	ladder := ladderOf(c, out.MailCounts, assured)
	out.Person, out.Level, out.Register, out.State, out.MailboxOn, out.CheckedOn, out.Evidence, out.Version = c.PersonID, ladder.Level, c.Register, c.State, c.MailboxOn, c.CheckedOn, c.Evidence, c.Version
	out.PracticeEvidence = c.PracticeEvidence
	out.Fresh = ladder.MaySign(s.Today())
	out.MailboxOld = ladder.Level < 3 && !fresh(c.MailboxOn, s.Today(), MailboxMaxDays)
	out.Due = c.State == "checked" && !onRegister(c.CheckedOn, s.Today())
	if r == auth.ProviderClinician {
		out.Fresh = checkedDoctor(c, s.Today())
		out.Due = c.State == "checked" && !out.Fresh
	}
	if c.AskedRegister != "" {
		out.State, out.Due, out.Register = "asked", false, c.AskedRegister
		out.Number, err = s.openText("professional_checks", "asked_number", c.PersonID, c.AskedNumber)
		return out, err
	}
	out.Number, err = s.openText("professional_checks", "number", c.PersonID, c.Number)
	return out, err
}

// Registration is the actor's own.
func (s *Service) Registration(ctx context.Context, who auth.Actor) (out Registration, err error) {
	if err := auth.May(who, auth.AccountOwn, auth.OwnRecord); err != nil {
		return out, err
	}
	var names map[string]string
	err = s.Store.Write(ctx, func(tx *models.Tx) error {
		c, err := tx.ProfessionalCheck(who.Person)
		if err != nil {
			return err
		}
		address, err := s.mailbox(tx, who.Person)
		if err != nil {
			return err
		}
		assured, err := assuredOf(tx, who.Person)
		if err != nil {
			return err
		}
		out, err = s.registrationOf(c, who.Role, address, assured)
		if c != nil && err == nil {
			names, _, err = s.names(ctx, []string{c.CheckedBy}, nil)
			out.CheckedByName = names[c.CheckedBy]
		}
		return err
	})
	out.Person, out.Name, out.OrgName = who.Person, who.Name, who.OrgName
	return out, err
}

// AskRegistration gives register and number to be looked up. Fields: register, number.
func (s *Service) AskRegistration(ctx context.Context, who auth.Actor, register, typed string) (l check.List, err error) {
	if err := auth.May(who, auth.AccountOwn, auth.OwnRecord); err != nil {
		return nil, err
	}
	if !slices.Contains(registered, who.Role) {
		return nil, fault.New(fault.Forbidden, "registration", nil)
	}
	l.Need(slices.Contains(Registers, register), "register", "Select the register")
	l.Need(strings.TrimSpace(typed) != "", "number", "Enter your registration number")
	l.Line("number", "The registration number", typed, 100)
	if register == "GMC" && typed != "" {
		_, ok := nhs.ParseRegistration(nhs.GMC, typed)
		l.Need(ok, "number", "Enter the GMC number, 7 digits")
	}
	if !l.OK() {
		return l, nil
	}
	return nil, s.Store.Write(ctx, func(tx *models.Tx) error {
		c, err := tx.ProfessionalCheck(who.Person)
		if err != nil {
			return err
		}
		if c == nil {
			p, err := tx.PersonForUpdate(who.Person)
			if err != nil {
				return err
			}
			c = &models.ProfessionalCheck{PersonID: who.Person, MailboxOn: when.DateOf(p.CreatedAt)} // an account is opened by a mailed link
		}
		if err := s.putAsked(c, register, strings.TrimSpace(typed)); err != nil {
			return err
		}
		if err := tx.PutProfessionalCheck(c); err != nil {
			return err
		}
		return tx.Audit(models.Audited{Person: who.Person, Org: who.Org, Role: string(who.Role), Action: "registration.ask", On: "person", ID: who.Person, Facts: map[string]string{"register": register}})
	})
}

// putAsked notes what waits for a check. A check that was made stays beside it, and counts as long as it would have, until the new one is decided.
func (s *Service) putAsked(c *models.ProfessionalCheck, register, number string) (err error) {
	if c.State == "checked" {
		c.AskedRegister = register
		c.AskedNumber, err = s.sealText("professional_checks", "asked_number", c.PersonID, number)
		return err
	}
	c.Level, c.Register, c.State, c.CheckedOn, c.CheckedBy, c.Evidence, c.PracticeEvidence = 1, register, "asked", when.Date{}, "", "", ""
	c.Number, err = s.sealText("professional_checks", "number", c.PersonID, number)
	return err
}

// takeAsked puts what waited for a check in the place of what was checked before.
func (s *Service) takeAsked(c *models.ProfessionalCheck) error {
	if c.AskedRegister == "" {
		return nil
	}
	number, err := s.openText("professional_checks", "asked_number", c.PersonID, c.AskedNumber)
	if err != nil {
		return err
	}
	c.Register, c.AskedRegister, c.AskedNumber = c.AskedRegister, "", nil
	c.Number, err = s.sealText("professional_checks", "number", c.PersonID, number)
	return err
}

// Registrations are those that wait for a check or are due again, first; then the others. Verifiers.
func (s *Service) Registrations(ctx context.Context, who auth.Actor) ([]Registration, error) {
	if err := auth.May(who, auth.ReferrerVerify, auth.Any); err != nil {
		return nil, err
	}
	rows, err := s.Store.ProfessionalChecks(ctx)
	if err != nil {
		return nil, err
	}
	var out []Registration
	var people, orgs []string
	for _, r := range rows {
		people, orgs = append(people, r.PersonID, r.CheckedBy), append(orgs, r.OrgID)
	}
	names, of, err := s.names(ctx, people, orgs)
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		address, err := s.openText("people", "email", r.PersonID, r.Email)
		if err != nil {
			return nil, err
		}
		x, err := s.registrationOf(&r.ProfessionalCheck, auth.Role(r.Role), address, "")
		if err != nil {
			return nil, err
		}
		x.Name, x.OrgName, x.CheckedByName = names[r.PersonID], of[r.OrgID], names[r.CheckedBy]
		if r.OdsCode != nil {
			x.ODS = *r.OdsCode
		}
		out = append(out, x)
	}
	slices.SortStableFunc(out, func(a, b Registration) int { return rankOf(a) - rankOf(b) })
	return out, nil
}

// rankOf: asked first, then what counts no more, then the rest.
func rankOf(r Registration) int {
	switch {
	case r.State == "asked":
		return 0
	case r.Due:
		return 1
	}
	return 2
}

// RegistrationRuling is what a verifier found on the register.
type RegistrationRuling struct {
	Person   string
	Version  int64
	Found    bool // name and number match, licensed, no restricting conditions
	Evidence string
	On       when.Date

	// Of a referrer: their practice's code is active in the ODS directory (domain.md §1.4, R1), and where that was seen.
	PracticeActive   bool
	PracticeEvidence string
}

// counts reports whether the ruling lets somebody sign.
func (r RegistrationRuling) counts(referrer bool) bool {
	return r.Found && (!referrer || r.PracticeActive)
}

// CheckRegistration records a human check: of the register, and for a referrer of their practice. Nobody checks their
// own. Fields: evidence, on, practice_evidence.
func (s *Service) CheckRegistration(ctx context.Context, who auth.Actor, r RegistrationRuling) (l check.List, err error) {
	if err := auth.May(who, auth.ReferrerVerify, auth.Any); err != nil {
		return nil, err
	}
	l.Need(strings.TrimSpace(r.Evidence) != "", "evidence", "Enter where you saw the entry")
	l.Line("evidence", "Where you saw it", r.Evidence, 500)
	referrer, err := s.refers(ctx, r.Person)
	if err != nil {
		return nil, err
	}
	l.Need(!referrer || !r.Found || strings.TrimSpace(r.PracticeEvidence) != "", "practice_evidence", "Enter where you looked the practice up")
	l.Line("practice_evidence", "Where you looked the practice up", r.PracticeEvidence, 500)
	l.Need(r.On.Known() && !s.Today().Before(r.On), "on", "Enter the day you looked, today or in the past")
	if !l.OK() {
		return l, nil
	}
	return nil, s.Store.Write(ctx, func(tx *models.Tx) error {
		c, err := tx.ProfessionalCheck(r.Person)
		if err != nil || c == nil || r.Person == who.Person {
			return firstError(err, fault.New(fault.Missing, "registration", nil))
		}
		if err := s.takeAsked(c); err != nil {
			return err
		}
		c.Version, c.State, c.CheckedOn, c.CheckedBy, c.Evidence, c.PracticeEvidence = r.Version, "refused", r.On, who.Person, r.Evidence, ""
		if referrer && r.PracticeActive {
			c.PracticeEvidence = r.PracticeEvidence
		}
		if r.counts(referrer) {
			c.State, c.Level = "checked", max(c.Level, 2)
		}
		if err := tx.PutProfessionalCheck(c); err != nil {
			return err
		}
		return tx.Audit(models.Audited{Person: who.Person, Org: who.Org, Role: string(who.Role), Action: "registration.check", On: "person", ID: r.Person,
			Facts: map[string]string{"register": c.Register, "found": strconv.FormatBool(r.Found), "practice": strconv.FormatBool(c.PracticeEvidence != ""), "on": r.On.String()}})
	})
}

// refers reports whether somebody acts as a referrer.
func (s *Service) refers(ctx context.Context, person string) (bool, error) {
	held, err := s.Store.HeldBy(ctx, person)
	return slices.ContainsFunc(held, func(h models.HeldRow) bool { return h.Role == string(auth.Referrer) }), err
}
