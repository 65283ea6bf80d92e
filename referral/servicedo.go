package referral

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"carecorridor/auth"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/internal/reference"
	"carecorridor/models"
	"carecorridor/referral/discharge"
	"carecorridor/referral/record"
)

// problemsOf an input that was not taken; nil when something else is wrong, or nothing.
func problemsOf(err error) check.List {
	var p *Problems
	if errors.As(err, &p) {
		return p.List
	}
	return nil
}

// refusedOnly leaves out what is told as problems.
func refusedOnly(err error) error {
	if problemsOf(err) != nil {
		return nil
	}
	return err
}

// refuse makes problems an error that undoes the transaction.
func refuse(l check.List) error {
	if l.OK() {
		return nil
	}
	return fault.New(fault.Invalid, "referral", &Problems{l})
}

// idOf a referral by its id or its reference as typed.
func (s *Service) idOf(ctx context.Context, idOrReference string) (string, error) {
	code, ok := reference.Parse(idOrReference)
	if !ok {
		return idOrReference, nil
	}
	r, err := s.Store.ReferralByReference(ctx, code)
	if err != nil {
		return "", err
	}
	return r.ID, nil
}

// acting holds a referral for one action. One that is another's is fault.Missing, and that somebody tried is kept.
func (s *Service) acting(ctx context.Context, who auth.Actor, idOrReference string, do func(*deed) error) error {
	id, err := s.idOf(ctx, idOrReference)
	if err != nil {
		return err
	}
	there := false
	err = s.Store.Write(ctx, func(tx *models.Tx) error {
		d, err := s.begin(tx, id, who)
		if there = err == nil; err != nil {
			return err
		}
		return do(d)
	})
	if there && fault.Is(err, fault.Missing) {
		err = errors.Join(err, s.noteRefused(ctx, who, id))
	}
	return err
}

// noteRefused keeps that somebody tried to open or change what is not theirs.
func (s *Service) noteRefused(ctx context.Context, who auth.Actor, id string) error {
	return s.Store.Write(ctx, func(tx *models.Tx) error {
		return tx.Audit(models.Audited{Person: who.Person, Org: who.Org, Role: string(who.Role), Action: "referral.refused", On: "referral", ID: id, Subject: id})
	})
}

// Do carries out one event of the table: return, route, hold, open, ask, answer, offer, decline, accept, dates, gates,
// admission, discharge, complication, withdrawal and all others that have no method of their own. Done twice by the same person
// with the same words and version it is done once. The service itself fills what only it knows: who matches a discharge
// package, what a consent lists.
func (s *Service) Do(ctx context.Context, who auth.Actor, id string, e Event, in Input) (done Done, err error) {
	if slices.Contains(ownMethods, e) {
		return done, fault.New(fault.Invalid, "referral "+string(e), errors.New("it has a method of its own"))
	}
	err = s.acting(ctx, who, id, func(d *deed) error {
		done, err = d.do(who, e, in)
		return err
	})
	return done, refusedOnly(err)
}

// ownMethods are events that need more than an Input.
var ownMethods = []Event{Create, Amend, AddDocument, RemoveDocument, AddHospital, IssueLetter, PrepareDischarge}

func (d *deed) do(who auth.Actor, e Event, in Input) (Done, error) {
	mark := d.s.mark(e, unversioned(in))
	if again, err := d.repeated(who, e, in, mark); again || err != nil {
		return Done{Repeated: again, State: d.f.State, Version: d.f.Version}, err
	}
	if err := d.prepare(who, e, &in); err != nil {
		return Done{Problems: problemsOf(err)}, err
	}
	out, err := d.apply(who, e, in, mark)
	if l := problemsOf(err); !l.OK() && e == Discharge && in.Package.OfAnother() {
		return Done{Problems: l, State: d.f.State, Version: d.f.Version}, d.noteWrongPatient(who, *in.Package)
	}
	if err != nil {
		return Done{Problems: problemsOf(err)}, err
	}
	done := Done{State: d.f.State, Version: d.f.Version, Letter: in.Letter}
	if out.Event == Discharge {
		done.Package = in.Package.Hash()
	}
	return done, nil
}

func unversioned(in Input) Input {
	in.Version = 0
	return in
}

// sameWords is how long the same words again are the same message.
const sameWords = time.Hour

// repeated reports whether this very input was carried out before: a second click, a page sent again.
func (d *deed) repeated(who auth.Actor, e Event, in Input, mark string) (bool, error) {
	prev, err := d.tx.MarkedReferralEvent(d.r.ID, who.Person, mark)
	if err != nil || prev == nil || who.Role == System || prev.ByRole != string(who.Role) { // who holds a handback's link is not the patient
		return false, err
	}
	if line, ok := Line(e, State(prev.FromState), who.Role); !ok || !line.Adds {
		return prev.SeenVersion == in.Version, nil
	}
	last, err := d.tx.LastReferralEvent(d.r.ID, string(System))
	return err == nil && last != nil && last.Version == prev.Version && d.now.Sub(prev.At) < sameWords, err
}

// prepare fills in what only the service knows.
func (d *deed) prepare(who auth.Actor, e Event, in *Input) error {
	switch e {
	case Submit, Resubmit, Convert:
		return d.findings()
	case GiveConsent:
		text, _ := d.consentText(in.Consent, in.Provider)
		in.Items = text.Items
		if !in.Consent.PerHospital() {
			in.Provider = ""
		}
		d.words = map[Lacking]string{{in.Consent, in.Provider}: text.Words}
	case Discharge:
		return d.prepareDischarge(who, in)
	case Offer:
		return d.judgeQuote(who, in)
	case RecordFollowUp:
		rows, err := d.tx.AftercareOf(d.r.ID)
		if err != nil {
			return err
		}
		open := slices.ContainsFunc(rows, func(r models.AftercareItem) bool { return r.Code == in.Item && r.DoneAt == nil })
		if !open && in.Item != "" {
			return refuse(check.List{{Field: "item", Say: "Select an item of the schedule that is not done yet"}})
		}
	}
	return nil
}

// findings are what triage has to settle: counted when a referral is sent, so that its timer knows.
func (d *deed) findings() error {
	same, err := d.same(true, true)
	d.f.Checks = Checks{RedFlags: len(d.rec.redFlags()), Duplicates: len(same)}
	return err
}

// prepareDischarge takes the draft when nothing was sent, and judges identity and clinician itself.
func (d *deed) prepareDischarge(who auth.Actor, in *Input) error {
	if in.Package == nil {
		in.Package = &discharge.Package{}
		if err := d.s.section(d.p.Sections, sectionDischarge, in.Package); err != nil {
			return err
		}
	}
	if err := d.judgePackage(who, in.Package); err != nil {
		return err
	}
	plan, err := d.plan(in.Package)
	if err != nil {
		return err
	}
	d.f.Care.SchedulePlanned, d.f.Care.FollowUpsLeft = discharge.CheckPlan(plan).OK(), len(plan)
	return nil
}

// SaveDischarge keeps the draft of a discharge package and the aftercare schedule. The problems are what is still
// missing: the draft is kept all the same.
func (s *Service) SaveDischarge(ctx context.Context, who auth.Actor, id string, version int64, p discharge.Package, plan []discharge.PlanItem) (saved Saved, err error) {
	err = s.acting(ctx, who, id, func(d *deed) error {
		saved = Saved{}
		if err := d.judgePackage(who, &p); err != nil {
			return err
		}
		dated(plan, &p)
		found := discharge.CheckPlan(plan)
		d.f.Care.SchedulePlanned, d.f.Care.FollowUpsLeft = found.OK(), len(plan)
		out, err := d.apply(who, PrepareDischarge, Input{Version: version}, "")
		if err != nil {
			return err
		}
		if err := d.putSection(sectionDischarge, who, p); err != nil {
			return err
		}
		if err := d.putSection(sectionPlan, who, plan); err != nil {
			return err
		}
		saved.Version, saved.Problems = d.f.Provider(out.Provider).Version, append(p.Check(d.f.Today()), found...)
		return nil
	})
	return saved, err
}

// alarming reports words that a safety reviewer reads: of an emergency or of somebody in despair, in what a patient or
// referrer wrote, and of what is not arranged here, whoever wrote it (domain.md §9.1).
func alarming(by string, words string) bool {
	for _, except := range [][]record.StopCode{nil, {record.StopEmergency, record.StopCrisis, record.StopCancer, record.StopUnderAge}} {
		stop := record.Screen(words, except...)
		if stop == nil {
			continue
		}
		theirs := by == "patient" || by == "referrer"
		if strings.HasPrefix(string(stop.Code), string(record.StopExcluded)) || theirs && (stop.Code == record.StopEmergency || stop.Code == record.StopCrisis) {
			return true
		}
	}
	return false
}

// Allowed reports whether somebody is offered an event now, and for which hospital: what buttons and the API ask. It
// reads nothing of the record and keeps no row.
func (s *Service) Allowed(ctx context.Context, who auth.Actor, idOrReference string, e Event) (ok bool, provider string, err error) {
	id, err := s.idOf(ctx, idOrReference)
	if err != nil {
		return false, "", err
	}
	err = s.Store.Write(ctx, func(tx *models.Tx) error {
		d, err := s.begin(tx, id, who)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(AllowedActions(who, d.f), func(a Action) bool { return a.Event == e })
		if ok = at >= 0; ok {
			provider = AllowedActions(who, d.f)[at].Provider
		}
		return nil
	})
	return ok, provider, err
}
