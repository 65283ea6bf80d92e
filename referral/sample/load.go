package sample

import (
	"context"
	"fmt"
	"slices"
	"time"

	"carecorridor/auth"
	"carecorridor/internal/fault"
	"carecorridor/internal/seal"
	"carecorridor/internal/when"
	"carecorridor/models"
	"carecorridor/referral"
)

// practiceODS is the sample practice's code, which the NHS itself uses for "no known practice".
const practiceODS = "V81999"

// ahead is how long before now each sample begins, so that its walk ends shortly before now.
var ahead = map[referral.State]time.Duration{referral.Accepted: 4 * aDay, referral.ReadyToTravel: 21 * aDay, referral.Admitted: 52 * aDay, referral.Treated: 53 * aDay, referral.Aftercare: 59 * aDay, referral.Closed: 72 * aDay}

// Load adds the demonstration's referrals, one in each state and some by patients alone, with invented people at the sample
// hospitals that list what they need, by the methods that people use and a clock that begins in the past. Nobody is told anything. It does nothing when
// there is any referral, or when the sample people are not there yet.
func Load(ctx context.Context, o referral.Options) (added int, err error) {
	n, err := o.Store.CountReferrals(ctx)
	if err != nil || n > 0 {
		return 0, err
	}
	now := o.Clock()
	at := now
	w, err := Walk(ctx, o, func() time.Time { return at }, func(d time.Duration) { at = at.Add(d) })
	if err != nil || w == nil {
		return 0, err
	}
	all := w.Hospitals
	for i, x := range scenes {
		at = now.Add(-3*aDay - ahead[x.state])
		w.Treatment, w.Hospitals = x.about, offering(all, x.about)
		if len(w.Hospitals) == 0 {
			continue // no sample hospital lists it
		}
		if _, err := w.To(ctx, x.state, i, x.bySelf); err != nil {
			return added, err
		}
		added++
	}
	w.Hospitals = all
	// their registrations were looked up long before the oldest sample; from now on they count as recent
	return added, o.Store.Write(ctx, func(tx *models.Tx) error { return w.checks(tx, o.Box, when.DateOf(now)) })
}

// Walk is a walker with the demonstration's people and a clock of its own, that tells nobody anything; nil when the sample
// people are not there.
func Walk(ctx context.Context, o referral.Options, now func() time.Time, pass func(time.Duration)) (*Walker, error) {
	real := o.Clock()
	w := &Walker{Treatment: knee, Now: now, Pass: pass}
	o.Clock, o.Quiet, o.TestNumbers = now, true, true
	var err error
	if w.Service, err = referral.New(o); err != nil {
		return nil, err
	}
	w.Answered = w.ContactAnswered
	ready := false
	err = o.Store.Write(ctx, func(tx *models.Tx) error { ready, err = w.cast(tx, o.Box, real); return err })
	if err != nil || !ready {
		return nil, err
	}
	return w, nil
}

// cast finds the sample people and makes their hospitals ones that may be sent something. ready is false when they are
// not there.
func (w *Walker) cast(tx *models.Tx, box *seal.Box, now time.Time) (ready bool, err error) {
	practice, err := tx.PracticeOf(practiceODS)
	if fault.Is(err, fault.Missing) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	for into, x := range map[*auth.Actor]struct {
		org string
		r   auth.Role
	}{&w.Referrer: {practice.ID, auth.Referrer}, &w.Coordinator: {"", auth.Coordinator}, &w.Safety: {"", auth.SafetyReviewer}} {
		if *into, err = actor(tx, x.org, x.r); err != nil {
			return false, err
		}
	}
	listings, err := tx.SampleListings(2)
	if err != nil {
		return false, err
	}
	for _, l := range slices.Backward(listings) { // the general hospital is chosen
		h, err := w.hospital(tx, l.ID, when.DateOf(now))
		if err != nil {
			return false, err
		}
		w.Hospitals = append(w.Hospitals, h)
	}
	if w.Referrer.Person == "" || w.Coordinator.Person == "" || len(w.Hospitals) < 2 || w.Hospitals[0].Doctor.Person == "" || w.Hospitals[1].Doctor.Person == "" {
		return false, nil
	}
	return true, w.checks(tx, box, when.DateOf(now).AddDays(-80))
}

// actor in a role; the zero one when there is nobody.
func actor(tx *models.Tx, org string, r auth.Role) (auth.Actor, error) {
	ids, err := tx.PeopleIn(org, string(r))
	if err != nil || len(ids) == 0 {
		return auth.Actor{}, err
	}
	a := auth.Actor{Person: ids[0], Org: org, Role: r}
	if org == "" {
		o, err := tx.Alliance()
		if err != nil {
			return a, err
		}
		a.Org = o.ID
	}
	return a, nil
}

func (w *Walker) hospital(tx *models.Tx, provider int64, today when.Date) (h Hospital, err error) {
	b, err := tx.ListingForUpdate(provider)
	if err != nil {
		return h, err
	}
	o, err := tx.OrganisationOf(provider)
	if fault.Is(err, fault.Missing) {
		return h, nil
	}
	if err != nil {
		return h, err
	}
	h.Slug = b.Slug
	if h.Desk, err = actor(tx, o.ID, auth.ProviderOwner); err != nil {
		return h, err
	}
	if h.Doctor, err = actor(tx, o.ID, auth.ProviderClinician); err != nil {
		return h, err
	}
	terms, err := tx.HospitalTermsOf(o.ID)
	if err == nil && terms == nil {
		err = tx.PutHospitalTerms(&models.HospitalTerms{OrgID: o.ID, Mechanism: string(referral.IDTASigned), SignedOn: today.AddDays(-200), RiskReviewedOn: today.AddDays(-120),
			EmergencyContact: "+91 00 0000 0000 (sample)", ComplaintOfficer: "Sample complaint officer", UpdatedBy: "sample"})
	}
	if err != nil || len(b.Accreditations) == 0 {
		return h, err
	}
	specialty := "orthopaedics"
	if h.lists = listed(b); len(h.lists) > 0 {
		t, _ := w.Directory.Treatment(h.lists[0])
		specialty = t.Specialty
	}
	return h, tx.PutClinician(models.Clinician{ID: fmt.Sprintf("sample-%d", provider), ProviderID: provider, Name: "Dr Sample Rao", Qualification: "Invented, for the demonstration", Council: "Sample Medical Council",
		RegistrationNo: "00000", SpecialtySlug: &specialty, State: models.CertificateVerified, CheckedOn: today.AddDays(-10), NextCheck: today.AddDays(170), SourceID: b.Accreditations[0].SourceID})
}

// checks says that the registrations of those who sign were looked up on a day.
func (w *Walker) checks(tx *models.Tx, box *seal.Box, on when.Date) error {
	for _, who := range []auth.Actor{w.Referrer, w.Hospitals[0].Doctor, w.Hospitals[1].Doctor} {
		c, err := tx.ProfessionalCheck(who.Person)
		if err != nil {
			return err
		}
		if c == nil {
			c = &models.ProfessionalCheck{PersonID: who.Person}
		}
		c.PracticeEvidence = "Invented, for the demonstration"
		c.Level, c.Register, c.MailboxOn, c.CheckedOn, c.CheckedBy, c.Evidence, c.State = 2, "Sample register", on, on, "sample", "Invented, for the demonstration", "checked"
		if c.Number, err = box.Seal(seal.Place{Table: "professional_checks", Column: "number", ID: who.Person}, []byte("0000000")); err != nil {
			return err
		}
		if err := tx.PutProfessionalCheck(c); err != nil {
			return err
		}
	}
	return nil
}
