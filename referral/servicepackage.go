package referral

import (
	"slices"

	"carecorridor/auth"
	"carecorridor/internal/files"
	"carecorridor/models"
	"carecorridor/referral/discharge"
)

// judgePackage sets what a hospital never says of itself.
func (d *deed) judgePackage(who auth.Actor, p *discharge.Package) error {
	referred := discharge.Identity{Name: d.rec.Patient.Given + " " + d.rec.Patient.Family, Born: d.rec.Patient.Born, Number: number(d.rec.Patient)}
	p.Matches = discharge.Match(p.Identity, referred)
	if w := d.rec.Passport; w != nil && !p.Matches.Number {
		referred.Number = w.Number
		p.Matches.Number = discharge.Match(p.Identity, referred).Number
	}
	c, err := d.tx.ProfessionalCheck(who.Person)
	if err != nil {
		return err
	}
	p.Clinician.Checked = checkedDoctor(c, d.f.Today())
	p.Known, err = d.known(who)
	return err
}

// noteWrongPatient keeps that somebody signed a package whose patient is not the referral's, and tells the safety reviewers:
// papers of two people may have been mixed up. The same package signed again is the same attempt.
func (d *deed) noteWrongPatient(who auth.Actor, p discharge.Package) error {
	a := models.Audited{Person: who.Person, Org: who.Org, Role: string(who.Role), Action: "referral.wrong_patient", On: "referral", ID: d.r.ID, Subject: d.r.ID,
		Facts: map[string]string{"package": d.s.mark(Discharge, p)}}
	if again, err := d.tx.AuditedBefore(a); err != nil || again {
		return err
	}
	if err := d.notice(Told{To: ToSafetyReviewer, Key: "wrong_patient"}, ""); err != nil {
		return err
	}
	return d.tx.Audit(a)
}

// judgeQuote sets what a quote is held against.
func (d *deed) judgeQuote(who auth.Actor, in *Input) (err error) {
	if in.Quote == nil {
		return nil
	}
	q := *in.Quote
	q.Known, err = d.known(who)
	in.Quote = &q
	return err
}

// known is what the record says beside what a hospital writes: for people of a hospital on the shortlist alone.
func (d *deed) known(who auth.Actor) (k discharge.Known, err error) {
	k.Admitted, k.NotTreated = d.f.Care.AdmittedOn, d.f.Care.NotTreated
	if t, ok := d.s.Directory.Treatment(d.rec.Clinical.Treatment); ok {
		k.Family = t.Family
	}
	at := slices.IndexFunc(d.p.Providers, func(p models.ReferralProvider) bool { return p.Org == who.Org && who.Org != "" })
	if at < 0 {
		return k, nil
	}
	for _, f := range d.p.Files {
		if f.HospitalID != nil && *f.HospitalID == d.p.Providers[at].ID && f.Scan == string(files.Safe) {
			k.Documents = append(k.Documents, f.Hash)
		}
	}
	k.Clinicians, err = d.registered(d.p.Providers[at])
	return k, err
}

// registered are the clinicians of a hospital whose registration was checked: those of its listing, and those of its people
// who sign here.
func (d *deed) registered(row models.ReferralProvider) (out []discharge.Registered, err error) {
	id := int64(0)
	if row.ProviderID != nil {
		id = *row.ProviderID
	}
	facts, err := d.tx.HospitalFacts(id, row.Org)
	for _, c := range facts.Doctors {
		if err == nil && checkedDoctor(&c, d.f.Today()) {
			var r discharge.Registered
			r, err = d.registration(c)
			out = append(out, r)
		}
	}
	for _, c := range facts.Clinicians {
		out = append(out, discharge.Registered{Name: c.Name, Council: c.Council, Number: c.RegistrationNo})
	}
	return out, err
}

// indianCouncil is the register of those that any Indian council keeps.
const indianCouncil = "Indian council"

// registration of a person as it was checked, under their own name.
func (d *deed) registration(c models.ProfessionalCheck) (r discharge.Registered, err error) {
	if c.Register != indianCouncil { // there the number begins with the council's name
		r.Council = c.Register
	}
	if r.Number, err = d.s.openText("professional_checks", "number", c.PersonID, c.Number); err != nil {
		return r, err
	}
	names, _, err := d.tx.NamesOf([]string{c.PersonID}, nil)
	if err == nil {
		r.Name, err = d.s.openText("people", "name", c.PersonID, names[c.PersonID])
	}
	return r, err
}
