package referral

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"carecorridor/auth"
	"carecorridor/internal/fault"
	"carecorridor/models"
)

// apply asks the rules and carries out what they say, with all that follows by itself. The input's version is that of
// the form; mark makes a repeat of it known.
func (d *deed) apply(who auth.Actor, e Event, in Input, mark string) (Outcome, error) {
	out, err := Apply(who, d.f, e, in, d.now)
	if err == nil && e == Chase && who.Role != System {
		err = d.remind(in, &out)
	}
	if err != nil {
		return out, err
	}
	if err := d.carry(who, in, out, mark); err != nil {
		return out, err
	}
	for _, f := range out.Then {
		if _, err := d.apply(Clockwork, f.Event, Input{Provider: f.Provider}, ""); err != nil {
			return out, err
		}
	}
	return out, nil
}

// carry writes one outcome. The audit row and the mail are part of the same transaction.
func (d *deed) carry(who auth.Actor, in Input, out Outcome, mark string) error {
	before := d.f
	d.f = out.After
	for _, step := range []func() error{
		func() error { return d.saveReferral(in, out) },
		func() error { return d.saveHospitals(in, before) },
		func() error { return d.saveConsents(before) },
		func() error { return d.payload(who, in, out, before) },
		func() error { return d.saveClocks(out) },
		func() error { return d.record(who, in, out, mark) },
		func() error { return d.entry(who, in, out) },
		func() error { return d.tell(who, in, out) },
		func() error { return d.audit(who, out) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	if !out.Erase {
		return nil
	}
	if err := d.sayErased(); err != nil {
		return err
	}
	return d.erase()
}

func (d *deed) saveReferral(in Input, out Outcome) error {
	r, f := d.r, d.f
	g := progress{f.Checks, f.Choice, f.Travel, f.Care, f.Erasure, f.Edited}
	plain, err := json.Marshal(g)
	if err != nil {
		return fault.New(fault.Broken, "referral progress", err)
	}
	r.State, r.Mode, r.Priority, r.Ending, r.Flags, r.Progress = string(f.State), string(f.Mode), string(f.Priority), string(f.Ending), joined(f.Flags), string(plain)
	if f.State == Closed && out.From != Closed {
		at := d.now
		r.ClosedAt, r.Reason = &at, string(in.Reason)
	}
	if r.SentAt == nil && f.State == Triage {
		at := d.now
		r.SentAt = &at
	}
	return d.tx.SaveReferral(r)
}

func joined[T ~string](all []T) string {
	words := make([]string, len(all))
	for i, x := range all {
		words[i] = string(x)
	}
	return strings.Join(words, " ")
}

// saveHospitals writes those of which anything moved, and adds one that was added.
func (d *deed) saveHospitals(in Input, before Facts) error {
	for i, p := range d.f.Providers {
		was := before.Provider(p.ID)
		if was == nil {
			continue // added by payload
		}
		if was.Version == p.Version && was.Response == p.Response && was.Eligibility.OnHold == p.Eligibility.OnHold && was.Quote == p.Quote && was.QuoteUntil == p.QuoteUntil &&
			was.OpinionRead == p.OpinionRead && was.Deleted == p.Deleted && was.SentAt.Equal(p.SentAt) && was.Disclosed.Hash() == p.Disclosed.Hash() {
			continue
		}
		row := &d.p.Providers[i]
		row.Response, row.Version, row.Disclosed, row.OnHold = string(p.Response), p.Version, strings.Join(p.Disclosed.Items, " "), p.Eligibility.OnHold
		row.Quote, row.QuoteUntil, row.OpinionRead = p.Quote, p.QuoteUntil, p.OpinionRead
		row.SentAt = optional(p.SentAt)
		if p.Response == Opened && row.OpenedAt == nil {
			row.OpenedAt = optional(d.now)
		}
		if p.Deleted != (row.DeletedAt != nil) {
			row.DeletedAt = nil
			if p.Deleted {
				row.DeletedAt = optional(d.now)
			}
		}
		if !p.Eligibility.OnHold {
			row.HoldWhy = ""
		} else if !was.Eligibility.OnHold {
			row.HoldWhy = clipped(in.Text, 200)
		}
		if err := d.tx.SaveReferralProvider(row); err != nil {
			return err
		}
	}
	return nil
}

// optional is a moment that may be none.
func optional(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

func clipped(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most])
	}
	return s
}

func (d *deed) saveConsents(before Facts) error {
	for i, c := range d.f.Consents {
		if i >= len(before.Consents) {
			if err := d.addConsent(c); err != nil {
				return err
			}
			continue
		}
		if before.Consents[i].WithdrawnAt.IsZero() && !c.WithdrawnAt.IsZero() {
			if err := d.tx.EndReferralConsent(d.p.Consents[i].ID, c.WithdrawnAt); err != nil {
				return err
			}
		}
	}
	return nil
}

func (d *deed) addConsent(c Consent) error {
	row := models.ReferralConsent{ID: newID(), ReferralID: d.r.ID, Code: string(c.Code), Items: strings.Join(c.Items, " "), WordingVersion: ConsentVersion,
		Wording: d.words[Lacking{c.Code, c.Provider}], Channel: d.via, GivenAt: c.GivenAt}
	if c.Provider != "" {
		row.HospitalID, row.SetHash = &c.Provider, Set{c.Items}.Hash()
	}
	if row.Channel == "" {
		row.Channel = "link"
	}
	d.p.Consents = append(d.p.Consents, row)
	return d.tx.AddReferralConsent(&row)
}

// saveClocks writes the timers that moved, each with the moment at which something is to be done next.
func (d *deed) saveClocks(out Outcome) error {
	for _, c := range out.Clocks {
		if c.Op == Stop {
			d.p.Clocks = slices.DeleteFunc(d.p.Clocks, func(r models.ReferralClock) bool { return r.Timer == string(c.Timer) && r.HospitalID == c.Provider })
			if err := d.tx.DropReferralClock(d.r.ID, string(c.Timer), c.Provider); err != nil {
				return err
			}
			continue
		}
		if err := d.saveClock(c); err != nil {
			return err
		}
	}
	return nil
}

func (d *deed) saveClock(c ClockChange) error {
	k := d.f.clock(c.Timer, c.Provider)
	if k == nil {
		return nil // it was stopped by the same event
	}
	at := slices.IndexFunc(d.p.Clocks, func(r models.ReferralClock) bool { return r.Timer == string(c.Timer) && r.HospitalID == c.Provider })
	if at < 0 {
		d.p.Clocks = append(d.p.Clocks, models.ReferralClock{ReferralID: d.r.ID, Timer: string(c.Timer), HospitalID: c.Provider})
		at = len(d.p.Clocks) - 1
	}
	row := &d.p.Clocks[at]
	if c.Op == Start {
		row.Done = ""
	}
	return d.putClock(k, row)
}

// putClock writes a timer as it stands.
func (d *deed) putClock(k *Clock, row *models.ReferralClock) error {
	pauses, err := json.Marshal(k.Pauses)
	if err != nil {
		return fault.New(fault.Broken, "referral clock", err)
	}
	cal := d.calendar(k.Provider)
	k.Due, _ = d.s.Timings.Due(*k, cal)
	row.Since, row.Base, row.Pauses, row.DueAt, row.NextAt = k.Since, k.Base, string(pauses), optional(k.Due), nil
	for _, fire := range d.s.Timings.Fires(*k, cal) {
		if !slices.Contains(strings.Fields(row.Done), strconv.Itoa(fire.Rung)) {
			row.NextAt = optional(fire.At)
			break
		}
	}
	return d.tx.PutReferralClock(row)
}

// record adds the line of history.
func (d *deed) record(who auth.Actor, in Input, out Outcome, mark string) error {
	facts, err := json.Marshal(out.Audit.Facts)
	if err != nil {
		return fault.New(fault.Broken, "referral event", err)
	}
	return d.tx.AddReferralEvent(&models.ReferralEvent{ReferralID: d.r.ID, Version: out.Version, Event: string(out.Event), HospitalID: out.Provider, FromState: string(out.From),
		ToState: string(out.To), Ending: string(out.Ending), Reason: string(in.Reason), ByRole: string(who.Role), ByPerson: who.Person, ByOrg: who.Org,
		SeenVersion: in.Version, Mark: mark, Facts: string(facts), At: d.now})
}

// entry keeps what was written with the event, unless it has a place of its own.
func (d *deed) entry(who auth.Actor, in Input, out Outcome) error {
	w := wordsOf(in, out.Event)
	if w == nil {
		return nil
	}
	row := models.ReferralEntry{ID: newID(), ReferralID: d.r.ID, Event: string(out.Event), Version: out.Version, ByRole: string(who.Role), ByPerson: who.Person, ByOrg: who.Org, At: d.now,
		Payment: in.offersPayment(out.Event) || out.Event == WriteToDesk && SpeaksOfPayment(w.Text)}
	if out.Provider != "" {
		row.HospitalID = &out.Provider
	} else if c := d.f.Chosen(); c != nil && slices.Contains(choicePapers, out.Event) {
		row.HospitalID = &c.ID
	}
	switch side(who.Role) {
	case "patient":
		row.ReadPatientAt = optional(d.now)
	case "referrer":
		row.ReadReferrerAt = optional(d.now)
	case "hospital":
		row.ReadHospitalAt = optional(d.now)
	default:
		row.ReadDeskAt = optional(d.now)
	}
	var err error
	if row.Body, err = d.s.sealJSON("referral_entries", "body", row.ID, w); err != nil {
		return err
	}
	return d.tx.AddReferralEntry(&row)
}

// choicePapers are events about the journey, which belong to the thread of the chosen hospital.
var choicePapers = []Event{PassGate, FailGate, ConfirmDates, Postpone, Reaccept}

// wordsOf an input that are kept as an entry; nil for none.
func wordsOf(in Input, e Event) *Words {
	w := &Words{Text: in.Text, Comment: in.Comment, Source: in.Source}
	switch e {
	case Offer, Advise, ReportComplication, Chase, GiveConsent, Acknowledge:
		return nil // each has a table of its own, or no words
	case PassGate, FailGate:
		w.Gate, w.Evidence = in.Gate, in.Evidence
	case Admit:
		w.Number = in.Admission.HospitalNumber
	case Treat:
		w.Done, w.Text = &in.Procedure.Done, in.Procedure.Why
	case RecordFollowUp:
		w.Item = in.Item
	case RecordDeath:
		w.On = in.On
	case WriteToDesk:
		w.To = in.To
	}
	if w.Text == "" && w.Comment == "" && w.Source == "" && w.Gate == "" && w.Number == "" && w.Done == nil {
		return nil
	}
	return w
}

// audit writes the trail: the event, and what anybody was given with it.
func (d *deed) audit(who auth.Actor, out Outcome) error {
	if err := d.tx.Audit(models.Audited{Person: who.Person, Org: who.Org, Role: string(who.Role), Action: out.Audit.Action, On: "referral", ID: d.r.ID, Subject: d.r.ID,
		Why: out.Audit.Why, Facts: out.Audit.Facts}); err != nil {
		return err
	}
	for _, x := range out.Disclose {
		facts := map[string]string{"to": string(x.To), "hospital": x.Provider, "set": x.Set.Hash(), "items": strconv.Itoa(len(x.Set.Items)), "consents": joined(x.Consents)}
		if err := d.tx.Audit(models.Audited{Person: who.Person, Org: who.Org, Role: string(who.Role), Action: "referral.disclose", On: "referral", ID: d.r.ID, Subject: d.r.ID, Facts: facts}); err != nil {
			return err
		}
	}
	return nil
}

// side of a role: who shares its reading.
func side(r auth.Role) string {
	switch {
	case r == auth.Patient:
		return "patient"
	case slices.Contains(practice, r):
		return "referrer"
	case slices.Contains(hospital, r):
		return "hospital"
	case r == Receiver:
		return "receiver"
	}
	return "desk"
}
