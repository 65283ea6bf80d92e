package referral

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"carecorridor/auth"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/internal/when"
	"carecorridor/internal/workday"
	"carecorridor/models"
	"carecorridor/referral/record"
)

// deed is one referral that nobody else changes meanwhile: its rows, what is in them, and what the rules need to know.
type deed struct {
	s   *Service
	tx  *models.Tx
	r   *models.Referral
	p   models.ReferralParts
	rec written
	f   Facts
	now time.Time

	newHospital *models.ReferralProvider // that is being added
	words       map[Lacking]string       // texts of the consents that are being given
	via         string                   // channel of those consents
	told        map[string]bool          // who has been told in this transaction
	holi        map[string]Calendar
}

// identityKind of documents shows who the patient is.
const identityKind = "id"

// progress is what the rules keep beside the rows: nothing in it is personal.
type progress struct {
	Checks  Checks  `json:"checks"`
	Choice  Choice  `json:"choice"`
	Travel  Travel  `json:"travel"`
	Care    Care    `json:"care"`
	Erasure Erasure `json:"erasure"`
	Edited  int64   `json:"edited,omitempty"`
}

// written is the record as it was opened.
type written struct {
	Patient     record.Patient
	Pathway     record.Pathway
	Clinical    record.Clinical
	Safety      record.Safety
	Preferences record.Preferences
	Passport    *record.Passport
	Stops       []record.StopCode // of words, read and answered
	saved       map[Part]when.Date
}

// Names of sections that are not parts of the form.
const (
	sectionPassport  = "passport"
	sectionStops     = "stops"
	sectionDischarge = "discharge"
	sectionPlan      = "aftercare"
)

// begin holds a referral and reads it. Unknown is fault.Missing.
func (s *Service) begin(tx *models.Tx, id string, who auth.Actor) (*deed, error) {
	r, err := tx.ReferralForUpdate(id)
	if err != nil {
		return nil, err
	}
	p, err := tx.ReferralParts(id)
	if err != nil {
		return nil, err
	}
	d := &deed{s: s, tx: tx, r: r, p: p, now: s.now(), told: map[string]bool{}, holi: map[string]Calendar{}}
	return d, d.read(who)
}

// read opens the record and works out the facts.
func (d *deed) read(who auth.Actor) (err error) {
	if d.rec, err = d.s.written(d.p.Sections); err != nil {
		return err
	}
	if d.f, err = d.s.factsOf(d.r, d.p, d.rec, d.now); err != nil {
		return err
	}
	for i := range d.f.Clocks {
		d.f.Clocks[i].Due, _ = d.s.Timings.Due(d.f.Clocks[i], d.calendar(d.f.Clocks[i].Provider))
	}
	return d.look(who)
}

// written opens the sections.
func (s *Service) written(rows []models.ReferralSection) (w written, err error) {
	w.saved = map[Part]when.Date{}
	for _, x := range rows {
		into := any(nil)
		switch x.Name {
		case string(InPatient):
			into = &w.Patient
		case string(InPathway):
			into = &w.Pathway
		case string(InClinical):
			into = &w.Clinical
		case string(InSafety):
			into = &w.Safety
		case string(InPreferences):
			into = &w.Preferences
		case sectionPassport:
			w.Passport = &record.Passport{}
			into = w.Passport
		case sectionStops:
			into = &w.Stops
		default:
			continue
		}
		if err = s.openJSON("referral_sections", "body", x.ID, x.Body, into); err != nil {
			return w, err
		}
		w.saved[Part(x.Name)] = when.DateOf(x.At.In(london))
	}
	return w, nil
}

// factsOf is what rows and record say, without what only other tables know.
func (s *Service) factsOf(r *models.Referral, p models.ReferralParts, w written, now time.Time) (Facts, error) {
	f := Facts{ID: r.ID, Reference: r.Reference, Version: r.Version, Now: now, State: State(r.State), Ending: Ending(r.Ending), Mode: Mode(r.Mode), Origin: Origin(r.Origin),
		Priority: Priority(r.Priority), CreatedAt: r.CreatedAt, Clinician: r.Clinician}
	if r.OrgID != nil {
		f.ReferrerOrg = *r.OrgID
	}
	for x := range strings.FieldsSeq(r.Flags) {
		f.Flags = append(f.Flags, Flag(x))
	}
	var g progress
	if err := json.Unmarshal([]byte(r.Progress), &g); err != nil {
		return f, fault.New(fault.Broken, "referral progress", err)
	}
	f.Checks, f.Choice, f.Travel, f.Care, f.Erasure, f.Edited = g.Checks, g.Choice, g.Travel, g.Care, g.Erasure, g.Edited
	f.Travel.Window = w.Preferences.Latest
	f.Set = Set{[]string{PartClinical}}.and(ownHashes(p.Files, f.State)...)
	for _, x := range p.Providers {
		f.Providers = append(f.Providers, providerOf(x))
	}
	for _, c := range p.Consents {
		f.Consents = append(f.Consents, consentOf(c))
	}
	for _, c := range p.Clocks {
		k, err := clockOf(c)
		if err != nil {
			return f, err
		}
		f.Clocks = append(f.Clocks, k)
	}
	f.Writing = s.writing(f, p, w, r.ContactCheckedAt != nil)
	return f, nil
}

// ownHashes are the documents that hospitals may be given. Proof of who the patient is waits for an acceptance, like the
// name (domain.md §3.2).
func ownHashes(files []models.ReferralFile, s State) (out []string) {
	for _, x := range files {
		if x.HospitalID == nil && (x.Kind != identityKind || s.Rank() >= Accepted.Rank()) {
			out = append(out, x.Hash)
		}
	}
	return out
}

func providerOf(x models.ReferralProvider) Provider {
	p := Provider{ID: x.ID, Org: x.Org, Response: Response(x.Response), Version: x.Version, Disclosed: Set{strings.Fields(x.Disclosed)}, Quote: x.Quote, QuoteUntil: x.QuoteUntil,
		OpinionRead: x.OpinionRead, Deleted: x.DeletedAt != nil}
	p.Eligibility.OnHold = x.OnHold
	if x.SentAt != nil {
		p.SentAt = *x.SentAt
	}
	return p
}

func consentOf(c models.ReferralConsent) Consent {
	out := Consent{Code: ConsentCode(c.Code), Items: strings.Fields(c.Items), GivenAt: c.GivenAt}
	if c.HospitalID != nil {
		out.Provider = *c.HospitalID
	}
	if c.WithdrawnAt != nil {
		out.WithdrawnAt = *c.WithdrawnAt
	}
	return out
}

func clockOf(c models.ReferralClock) (Clock, error) {
	k := Clock{Timer: Timer(c.Timer), Provider: c.HospitalID, Since: c.Since, Base: c.Base}
	if err := json.Unmarshal([]byte(c.Pauses), &k.Pauses); err != nil {
		return k, fault.New(fault.Broken, "referral clock", err)
	}
	return k, nil
}

// rules are what this deployment allows, on a day.
func (s *Service) rules(o Origin, today when.Date) record.Rules {
	return record.Rules{Today: today, TestNumbers: s.TestNumbers, ByReferrer: o == ByReferrer, MaxHospitals: MaxHospitals}
}

// problems of the parts. A part is judged by the day it was saved: a day of travel that was far enough ahead then stays
// right while a patient thinks.
func (s *Service) problems(o Origin, w written, today when.Date) map[Part]check.List {
	out := map[Part]check.List{}
	for _, part := range Parts {
		on, saved := w.saved[part]
		if !saved {
			out[part] = check.List{{Field: string(part), Say: "This part is not finished"}}
			continue
		}
		if part != InPreferences {
			on = today
		}
		if l := w.check(part, s.rules(o, on)); !l.OK() {
			out[part] = l
		}
	}
	return out
}

func (w written) check(part Part, r record.Rules) check.List {
	switch part {
	case InPatient:
		return w.Patient.Check(r)
	case InPathway:
		return w.Pathway.Check(r)
	case InClinical:
		return w.Clinical.Check(r)
	case InSafety:
		return w.Safety.Check(r)
	}
	return w.Preferences.Check(r)
}

func (s *Service) writing(f Facts, p models.ReferralParts, w written, contact bool) Writing {
	x := Writing{Born: w.Patient.Born, CanConsent: w.Patient.Capacity.CanConsent(), ContactChecked: contact, Paid: w.Pathway.Conflict == record.IsPaid}
	for _, l := range s.problems(f.Origin, w, f.Today()) {
		x.Problems += len(l)
	}
	if len(p.Providers) == 0 {
		x.Problems++
	}
	for _, file := range p.Files {
		switch {
		case file.HospitalID != nil:
		case file.Scan == "pending":
			x.FilesPending++
		case file.Scan != "safe":
			x.FilesUnsafe++
		}
	}
	if stop := s.stopOf(w, f.Origin, f.Today()); stop != nil {
		x.Stop = string(stop.Code)
	}
	return x
}

// look adds what other tables know, where the state can ask for it.
func (d *deed) look(who auth.Actor) error {
	f := &d.f
	if slices.Contains([]State{Draft, Returned}, f.State) && f.Clinician != "" {
		signed, err := d.tx.SignedBy(f.Clinician, string(SignOff), startOfDay(f.Now), f.Now)
		if err != nil {
			return err
		}
		f.Writing.SignedToday = signed
		if f.Writing.Referrer, err = d.s.ladder(d.tx, f.Clinician); err != nil {
			return err
		}
	}
	if slices.Contains([]State{Draft, AwaitingConsent, Returned, Deciding}, f.State) {
		same, err := d.same(true, false)
		if err != nil {
			return err
		}
		f.Writing.OpenElsewhere = len(same)
	}
	if slices.Contains(hospital, who.Role) {
		if err := d.lookDoctor(who); err != nil {
			return err
		}
	}
	return d.lookHospitals()
}

func (d *deed) lookDoctor(who auth.Actor) error {
	at := slices.IndexFunc(d.f.Providers, func(p Provider) bool { return p.Org == who.Org })
	if at < 0 || who.Role != auth.ProviderClinician {
		return nil
	}
	c, err := d.tx.ProfessionalCheck(who.Person)
	if err == nil && checkedDoctor(c, d.f.Today()) {
		d.f.Providers[at].Doctors = []string{who.Person}
	}
	return err
}

// lookHospitals fills what decides whether a hospital may be sent the referral, or may still be chosen and travelled to.
func (d *deed) lookHospitals() error {
	if d.f.State == Draft || d.f.State == AwaitingConsent || d.f.State.Rank() > ReadyToTravel.Rank() {
		return nil
	}
	for i, row := range d.p.Providers {
		p := d.f.Providers[i]
		if p.Response != Unsent && !p.Response.Live() || p.Response == Unsent && d.f.State.Rank() > Deciding.Rank() {
			continue
		}
		e, err := d.s.eligibility(d.tx, row, d.rec.Clinical.Treatment, d.f.Today())
		if err != nil {
			return err
		}
		e.OnHold = e.OnHold || row.OnHold
		d.f.Providers[i].Eligibility = e
	}
	return nil
}

// same are ids of other referrals of this person.
func (d *deed) same(open, sent bool) ([]string, error) {
	numbers, keys := d.s.personIndexes(d.rec.Patient)
	return d.tx.SamePerson(d.r.ID, numbers, keys, open, sent)
}

// calendar of a hospital: the site's, without its own holidays.
func (d *deed) calendar(hospital string) Calendar {
	base, ok := d.s.Calendar.(workday.Calendar)
	at := slices.IndexFunc(d.p.Providers, func(p models.ReferralProvider) bool { return p.ID == hospital })
	if !ok || at < 0 {
		return d.s.Calendar
	}
	if c, known := d.holi[hospital]; known {
		return c
	}
	d.holi[hospital] = base
	if t, err := d.tx.HospitalTermsOf(d.p.Providers[at].Org); err == nil && t != nil && t.Holidays != "" {
		d.holi[hospital] = base.With(daysOf(t.Holidays)...)
	}
	return d.holi[hospital]
}

// startOfDay is the midnight in London before a moment.
func startOfDay(t time.Time) time.Time {
	y, m, day := t.In(london).Date()
	return time.Date(y, m, day, 0, 0, 0, 0, london)
}

// died reports whether a referral's patient is recorded as dead.
func died(r *models.Referral) bool {
	var g progress
	return r.Ending == string(EndDeceased) || json.Unmarshal([]byte(r.Progress), &g) == nil && g.Care.Died
}
