package referral

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"carecorridor/auth"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/internal/reference"
	"carecorridor/models"
	"carecorridor/referral/record"
)

// NewReferral is what a practice begins with.
type NewReferral struct {
	Mode      Mode
	Clinician string // person id of the named clinician; the actor when they are one and it is ""

	// Click is how soon a second start of the same kind by the same person is the same click again: the empty draft that
	// the first one made is used. 0: every start is one.
	Click time.Duration
}

// Started is a new draft.
type Started struct{ ID, Reference string }

// referenceTries is how often another code is made when one is taken: with 28 million of them, twice is rare.
const referenceTries = 5

// ErrManyDrafts: the person has started as many referrals today as one person does.
var ErrManyDrafts = fault.Say(fault.TooMany, "start referral", fmt.Sprintf("You have started %d referrals today, the most that one person starts in a day. You can go on with those, and start more tomorrow.", MaxStarted))

// Start makes a draft for a practice; ErrManyDrafts beyond MaxStarted on one day. The person's own row is locked
// meanwhile, so that starts of one person come one after the other, whichever server they reach.
func (s *Service) Start(ctx context.Context, who auth.Actor, n NewReferral) (Started, error) {
	if n.Clinician == "" && who.Role == auth.Referrer {
		n.Clinician = who.Person
	}
	f := Facts{ID: newID(), Mode: modeOf(n.Mode), Origin: ByReferrer, Priority: Routine, ReferrerOrg: who.Org, Clinician: n.Clinician}
	return s.create(ctx, who, f, func(tx *models.Tx) (Started, error) { return s.startedAlready(tx, who, f, n.Click) }, nil)
}

// startedAlready is the draft of the click before, if it was one; ErrManyDrafts when there is no room for another.
func (s *Service) startedAlready(tx *models.Tx, who auth.Actor, f Facts, click time.Duration) (Started, error) {
	if _, err := tx.PersonForUpdate(who.Person); err != nil {
		return Started{}, err
	}
	now := s.now()
	today, err := tx.ReferralsBegunBy(who.Person, startOfDay(now), now.Add(time.Minute)) // the other server's clock may be a little ahead
	if err != nil {
		return Started{}, err
	}
	for _, r := range today {
		if r.Version == 1 && State(r.State) == Draft && r.OrgID != nil && *r.OrgID == who.Org && r.Mode == string(f.Mode) && r.Clinician == f.Clinician && now.Sub(r.CreatedAt) < click {
			return Started{r.ID, r.Reference}, nil
		}
	}
	if len(today) >= MaxStarted {
		return Started{}, ErrManyDrafts
	}
	return Started{}, nil
}

func modeOf(m Mode) Mode {
	if m == ForAdvice {
		return m
	}
	return ForReferral
}

// create makes the row of a new referral, unless already finds the one that is meant; more is done in the same transaction.
func (s *Service) create(ctx context.Context, who auth.Actor, f Facts, already func(*models.Tx) (Started, error), more func(*deed) error) (Started, error) {
	out, err := Apply(who, f, Create, Input{}, s.now())
	if err != nil {
		return Started{}, err
	}
	var started Started
	for range referenceTries {
		started = Started{f.ID, reference.New()}
		err = s.Store.Write(ctx, func(tx *models.Tx) error {
			if err := s.belongs(tx, f); err != nil {
				return err
			}
			if already != nil {
				if was, err := already(tx); err != nil || was.ID != "" {
					started = was
					return err
				}
			}
			return s.insert(tx, who, started.Reference, out, more)
		})
		if !fault.Is(err, fault.Conflict) {
			break
		}
	}
	return started, err
}

// belongs refuses a named clinician who does not sign for the practice.
func (s *Service) belongs(tx *models.Tx, f Facts) error {
	if f.Origin != ByReferrer || f.Clinician == "" {
		return nil
	}
	signers, err := tx.PeopleIn(f.ReferrerOrg, string(auth.Referrer))
	if err == nil && !slices.Contains(signers, f.Clinician) {
		return fault.New(fault.Missing, "referral clinician", nil)
	}
	return err
}

func (s *Service) insert(tx *models.Tx, who auth.Actor, code string, out Outcome, more func(*deed) error) error {
	f := out.After
	plain, err := json.Marshal(progress{Travel: Travel{Gates: map[Gate]GateResult{}}})
	if err != nil {
		return fault.New(fault.Broken, "referral progress", err)
	}
	r := &models.Referral{ID: f.ID, Reference: code, State: string(f.State), Mode: string(f.Mode), Origin: string(f.Origin), Priority: string(f.Priority), Clinician: f.Clinician,
		Progress: string(plain), CreatedAt: s.now()}
	if f.Origin == ByReferrer {
		r.OrgID, r.CreatedBy = &f.ReferrerOrg, who.Person
	}
	if err := tx.AddReferral(r); err != nil {
		return err
	}
	d, err := s.begin(tx, r.ID, who)
	if err != nil {
		return err
	}
	d.f = out.After
	for _, step := range []func() error{
		func() error { return d.saveClocks(out) }, func() error { return d.record(who, Input{}, out, "") }, func() error { return d.audit(who, out) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	if more != nil {
		return more(d)
	}
	return nil
}

// SaveStep keeps one part of the record. A version that is not the newest is ErrStale; the same step sent twice is kept once.
func (s *Service) SaveStep(ctx context.Context, who auth.Actor, id string, version int64, step Step) (saved Saved, err error) {
	err = s.acting(ctx, who, id, func(d *deed) error {
		saved, err = d.saveStep(who, version, step)
		return err
	})
	if saved.Stop != nil {
		return saved, nil
	}
	return saved, refusedOnly(err)
}

// errStopped undoes a transaction whose answer is a stop page.
var errStopped = fault.New(fault.Invalid, "referral stop", nil)

func (d *deed) saveStep(who auth.Actor, version int64, step Step) (Saved, error) {
	value, ok := step.value()
	if !ok {
		return Saved{}, fault.New(fault.Invalid, "referral step", fmt.Errorf("part %q", step.Part))
	}
	in := Input{Version: version, Step: string(step.Part)}
	mark := d.s.mark(Amend, []any{step.Part, value, step.Leave, step.ContactChecked})
	if again, err := d.repeated(who, Amend, in, mark); again || err != nil {
		return Saved{Version: d.f.Version}, err
	}
	was, from := d.rec.Patient, d.f.State
	d.rec.put(step)
	_, err := Apply(who, d.f, Amend, in, d.now) // who may not is told that, and nothing about the words
	if err != nil {
		return Saved{}, err
	}
	if saved := d.judge(step); saved.Stop != nil {
		return saved, errStopped
	} else if !saved.OK() {
		return saved, refuse(saved.Problems)
	}
	if step.Part == InPatient {
		if err := d.savePatient(who, was, step); err != nil {
			return Saved{}, err
		}
	}
	if step.Part == InPathway && slices.Contains(Priorities, Priority(step.Pathway.Priority)) {
		d.f.Priority = Priority(step.Pathway.Priority)
	}
	if _, err := d.apply(who, Amend, in, mark); err != nil {
		return Saved{}, err
	}
	if who.Role != auth.Patient && (d.f.State == Draft && from == AwaitingConsent || step.Part == InPatient && plainAddress(was.Email) != plainAddress(d.rec.Patient.Email)) {
		if err := d.tx.EndPatientSessions(d.r.ID); err != nil { // whoever reads the mailbox of before reads nothing more
			return Saved{}, err
		}
	}
	if len(step.NotNow) > 0 {
		if err := d.putSection(sectionStops, who, d.rec.Stops); err != nil {
			return Saved{}, err
		}
	}
	return Saved{Version: d.f.Version}, d.putSection(string(step.Part), who, value)
}

func (s Step) value() (any, bool) {
	switch s.Part {
	case InPatient:
		return s.Patient, true
	case InPathway:
		return s.Pathway, true
	case InClinical:
		return s.Clinical, true
	case InSafety:
		return s.Safety, true
	case InPreferences:
		return s.Preferences, true
	}
	return nil, false
}

func (w *written) put(s Step) {
	switch s.Part {
	case InPatient:
		w.Patient = s.Patient
	case InPathway:
		w.Pathway = s.Pathway
	case InClinical:
		w.Clinical = s.Clinical
	case InSafety:
		w.Safety = s.Safety
	case InPreferences:
		w.Preferences = s.Preferences
	}
	for _, code := range s.NotNow {
		if !slices.Contains(w.Stops, code) {
			w.Stops = append(w.Stops, code)
		}
	}
}

// judge says what is wrong with a step. What is left for later is not looked at, but for what stops a referral.
func (d *deed) judge(step Step) (saved Saved) {
	rules := d.s.rules(d.f.Origin, d.f.Today())
	if saved.Stop = d.s.stopOf(d.rec, d.f.Origin, d.f.Today()); saved.Stop != nil {
		return saved
	}
	if value, _ := step.value(); step.Leave {
		saved.Problems = record.Keepable(value)
		return saved
	}
	saved.Problems = d.rec.check(step.Part, rules)
	if step.Part == InPatient && d.f.Origin == ByReferrer {
		saved.Problems.Need(step.ContactChecked, "contact_checked", "Confirm that you have checked the email address with the patient")
	}
	return saved
}

// savePatient keeps by what the person is found again, and whether their address is checked: another address is not.
func (d *deed) savePatient(who auth.Actor, was record.Patient, step Step) error {
	if !strings.EqualFold(was.Email, step.Patient.Email) {
		d.r.ContactCheckedAt = nil
	}
	if step.ContactChecked && d.f.Origin == ByReferrer && step.Patient.Email != "" {
		d.r.ContactCheckedAt = optional(d.now)
	}
	if g := GPShare(step.Patient.GPShare); slices.Contains(GPShares, g) {
		d.f.Choice.GPShare = g
	}
	return d.indexPerson()
}

// NameClinician says who signs. A practice's people only.
func (s *Service) NameClinician(ctx context.Context, who auth.Actor, id string, version int64, person string) (saved Saved, err error) {
	err = s.acting(ctx, who, id, func(d *deed) error {
		saved = Saved{}
		if d.f.Origin != ByReferrer {
			return fault.New(fault.Missing, "referral clinician", nil)
		}
		if _, err := Apply(who, d.f, Amend, Input{Version: version, Step: "clinician"}, d.now); err != nil {
			return err
		}
		d.f.Clinician = person
		if err := s.belongs(d.tx, d.f); err != nil {
			saved.Problems = check.List{{Field: "clinician", Say: "Select a clinician of your practice"}}
			return refuse(saved.Problems)
		}
		d.r.Clinician = person
		_, err := d.apply(who, Amend, Input{Version: version, Step: "clinician"}, "")
		saved.Version = d.f.Version
		return err
	})
	return saved, refusedOnly(err)
}
