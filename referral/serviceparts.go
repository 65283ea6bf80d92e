package referral

import (
	"cmp"
	"slices"
	"time"

	"carecorridor/auth"
	"carecorridor/models"
	"carecorridor/referral/discharge"
	"carecorridor/referral/visa"
)

// hospitals of the shortlist; of its own people, theirs alone.
func (l lens) hospitals(v *View) error {
	d := l.d
	if l.side == "receiver" {
		return nil
	}
	for i, row := range d.p.Providers {
		p := d.f.Providers[i]
		if l.side == "hospital" && p.ID != l.own {
			continue
		}
		h := HospitalView{ID: p.ID, Org: p.Org, Version: p.Version, Response: p.Response, Listed: listedOf(row), SentAt: p.SentAt, Disclosed: p.Disclosed.Items, OnHold: p.Eligibility.OnHold,
			Deleted: p.Deleted, MayRead: d.f.MayRead(p.ID), QuoteUntil: p.QuoteUntil}
		if row.OpenedAt != nil {
			h.OpenedAt = *row.OpenedAt
		}
		if l.side == "desk" && p.Response == Unsent {
			h.Ineligible = p.Eligibility.Check(d.f.Today(), d.f.Travel.windowEnd(d.f.Today()))
		}
		var err error
		if h.Offers, err = l.offers(p); err != nil {
			return err
		}
		v.Hospitals = append(v.Hospitals, h)
	}
	return nil
}

// offers of a hospital. A referrer reads the opinion and not the price: that is between patient and hospital.
func (l lens) offers(p Provider) (out []OfferView, err error) {
	if l.side == "referrer" && !l.trusted {
		return nil, nil
	}
	for _, row := range l.d.p.Offers {
		if row.HospitalID != p.ID {
			continue
		}
		var body offerBody
		if err := l.d.s.openJSON("referral_offers", "body", row.ID, row.Body, &body); err != nil {
			return nil, err
		}
		o := OfferView{Number: row.Number, Advice: row.Kind == "advice", Text: body.Text, Quote: body.Quote, By: row.ByPerson, At: row.At, Hash: row.Hash,
			Newest: row.Number == p.Quote, InDate: p.inDate(l.d.f) && row.Number == p.Quote, Read: row.Number <= p.OpinionRead}
		if body.Quote != nil {
			o.ByName = body.Quote.By.Name
		}
		if l.side == "referrer" {
			o.Quote = nil
		}
		out = append(out, o)
	}
	return out, nil
}

func (l lens) consents(v *View) error {
	d := l.d
	if l.side == "receiver" {
		return nil
	}
	for i, c := range d.f.Consents {
		row := d.p.Consents[i]
		if l.side == "hospital" && c.Provider != l.own || l.side == "referrer" && c.Code == C6 {
			continue
		}
		out := ConsentView{Code: c.Code, Hospital: c.Provider, Items: c.Items, Version: row.WordingVersion, Words: row.Wording, At: c.GivenAt, Withdrawn: c.WithdrawnAt, InForce: c.inForce(d.f.Now)}
		if p := d.f.Provider(c.Provider); p != nil {
			out.Covers = c.covers(p.Disclosed.and(d.f.Set.Items...))
		}
		v.Consents = append(v.Consents, out)
	}
	if l.side != "hospital" && d.f.State.Rank() < WithProviders.Rank() {
		v.Lacking = d.f.MissingToSend()
	}
	return nil
}

// chosen reports whether what comes after acceptance is the reader's business.
func (l lens) chosen() bool {
	c := l.d.f.Chosen()
	return l.side != "hospital" || c != nil && c.ID == l.own
}

func (l lens) travel(v *View) error {
	d := l.d
	if !l.chosen() || l.side == "receiver" {
		return nil
	}
	v.Travel, v.CoolingOff = d.f.Travel, d.f.CoolingOffEnds()
	if d.f.State.Rank() >= Accepted.Rank() {
		for _, r := range Gates {
			got := d.f.Travel.Gates[r.Gate]
			v.Gates = append(v.Gates, GateView{Gate: r.Gate, Title: r.Title, Evidence: r.Evidence, Passed: r.passed(got, d.f.Now), At: got.At, Mine: slices.Contains(r.Who, l.who.Role)})
		}
	}
	if n := len(d.p.Letters); n > 0 && l.side != "referrer" {
		row := d.p.Letters[n-1]
		v.Letter = &LetterView{Number: row.Number, Issued: row.IssuedAt}
		if row.RevokedAt != nil {
			v.Letter.Revoked = *row.RevokedAt
		}
		if l.side == "desk" {
			return nil
		}
		v.Letter.Words = &visa.Letter{}
		return d.s.openJSON("referral_letters", "body", row.ID, row.Body, v.Letter.Words)
	}
	return nil
}

// care is what happened from the discharge on.
func (l lens) care(v *View) error {
	d := l.d
	if !l.chosen() || l.side == "referrer" && !l.trusted {
		return nil
	}
	v.Care = d.f.Care
	if n := len(d.p.Packages); n > 0 {
		row := d.p.Packages[n-1]
		v.Package, v.PackageAt = &discharge.Package{}, row.At
		if err := d.s.openJSON("discharge_packages", "body", row.ID, row.Body, v.Package); err != nil {
			return err
		}
		if a, ok := v.Package.Alert(); ok {
			v.Alert = &a
		}
	}
	for _, row := range d.p.Aftercare {
		a := AftercareView{DoneBy: auth.Role(row.DoneByRole), Unreached: row.Unreached}
		if err := d.s.openJSON("aftercare_items", "body", row.ID, row.Body, &a.PlanItem); err != nil {
			return err
		}
		a.Due = row.DueOn
		if row.DoneAt != nil {
			a.Done = *row.DoneAt
		}
		v.Aftercare = append(v.Aftercare, a)
	}
	if err := l.complications(v); err != nil {
		return err
	}
	if l.side == "hospital" && len(d.p.Packages) == 0 && d.f.State.Rank() >= Admitted.Rank() {
		return l.draft(v)
	}
	return l.handbacks(v)
}

// draft of the discharge package, with what it lacks.
func (l lens) draft(v *View) error {
	d := l.d
	v.Draft = &discharge.Package{}
	if err := d.s.section(d.p.Sections, sectionDischarge, v.Draft); err != nil {
		return err
	}
	if err := d.judgePackage(l.who, v.Draft); err != nil {
		return err
	}
	plan, err := d.plan(v.Draft)
	if err != nil {
		return err
	}
	for _, item := range plan {
		v.Aftercare = append(v.Aftercare, AftercareView{PlanItem: item})
	}
	v.DraftFound = append(v.Draft.Check(d.f.Today()), discharge.CheckPlan(plan)...)
	return nil
}

func (l lens) complications(v *View) error {
	for _, row := range l.d.p.Complications {
		if l.side == "receiver" && auth.Role(row.ByRole) != Receiver {
			continue
		}
		text, err := l.d.s.openText("complications", "body", row.ID, row.Body)
		if err != nil {
			return err
		}
		c := ComplicationView{ID: row.ID, Severity: discharge.Severity(row.Severity), Text: text, By: auth.Role(row.ByRole), At: row.At}
		if row.RepliedAt != nil {
			c.Replied = *row.RepliedAt
		}
		if row.ReviewedAt != nil {
			c.Reviewed = *row.ReviewedAt
		}
		v.Complaints = append(v.Complaints, c)
	}
	return nil
}

func (l lens) handbacks(v *View) error {
	if l.side == "hospital" {
		return nil
	}
	for _, row := range l.d.p.Handbacks {
		h := HandbackView{To: row.ToKind, Chased: row.Chased, NeedsAddress: len(row.Address) == 0}
		for to, from := range map[*time.Time]*time.Time{&h.Sent: row.SentAt, &h.Opened: row.OpenedAt, &h.Acknowledged: row.AcknowledgedAt, &h.Letter: row.LetterAt} {
			if from != nil {
				*to = *from
			}
		}
		var err error
		if h.AcknowledgedBy, err = l.d.s.openText("handbacks", "acknowledged_by", row.ID, row.AcknowledgedBy); err != nil {
			return err
		}
		if l.side == "desk" {
			if h.Address, err = l.d.s.openText("handbacks", "address", row.ID, row.Address); err != nil {
				return err
			}
		}
		v.Handbacks = append(v.Handbacks, h)
	}
	return nil
}

// neutral are events that the chosen hospital may know of although they are not about it.
var neutral = []Event{ConfirmDates, PassGate, Ready, ArriveHome, ConfirmReceipt, Acknowledge, Hold, LiftHold, SuspendConsent, ResumeConsent, ReportComplication, ReviewComplication, RecordFollowUp, Complete}

func (l lens) timeline(v *View) error {
	rows, err := l.d.tx.ReferralEvents(l.d.r.ID)
	for _, e := range rows {
		mine := e.HospitalID == l.own
		switch {
		case l.side == "receiver", l.side == "hospital" && !mine && !(l.chosen() && e.HospitalID == "" && slices.Contains(neutral, Event(e.Event))):
			continue
		case Event(e.Event) == Chase && l.side != "desk", Event(e.Event) == WriteToDesk && l.side != "desk" && l.side != side(auth.Role(e.ByRole)) && side(auth.Role(e.ByRole)) != "desk":
			continue
		}
		x := EventView{Event: Event(e.Event), Hospital: e.HospitalID, From: State(e.FromState), To: State(e.ToState), Ending: Ending(e.Ending), Reason: Reason(e.Reason), By: auth.Role(e.ByRole),
			ByPerson: e.ByPerson, At: e.At, Version: e.Version}
		if l.side == "hospital" {
			x.From, x.To = asHospital(x.From), asHospital(x.To)
			x.Version = 0 // those that are missing would tell of others
		}
		if l.side == "hospital" && e.ByOrg != l.who.Org || l.side == "patient" {
			x.ByPerson = ""
		}
		if l.side == "referrer" || l.side == "patient" {
			x.Step = stepIn(e.Facts)
		}
		v.Timeline = append(v.Timeline, x)
	}
	return err
}

// asHospital is a state as a hospital may know it: that the patient compares would tell of another's answer.
func asHospital(s State) State {
	if s == Deciding {
		return WithProviders
	}
	return s
}

// Who reads the words that came with an event.
var (
	threadWords  = []Event{Message, Ask, Answer, Decline, MaterialChange, ProposeDates, Postpone, RevokeLetter, ReplyComplication, ReviewComplication, PassGate, FailGate, Treat, Reaccept}
	creatorWords = []Event{WriteToDesk, Return, Cancel, Withdraw, FailGate}
	hospitalOnly = []Event{Admit}
)

func (l lens) entries(v *View) error {
	rows, err := l.d.tx.ReferralEntries(l.d.r.ID)
	if err != nil {
		return err
	}
	for _, row := range rows {
		w := WordsView{ID: row.ID, Event: Event(row.Event), By: auth.Role(row.ByRole), ByPerson: row.ByPerson, At: row.At, Payment: row.Payment && l.side == "desk", Read: l.hasRead(row)}
		if row.HospitalID != nil {
			w.Hospital = *row.HospitalID
		}
		if err := l.d.s.openJSON("referral_entries", "body", row.ID, row.Body, &w.Words); err != nil {
			return err
		}
		if !l.reads(row, w.To) {
			continue
		}
		if !w.Read && w.Text+w.Comment != "" && slices.Contains(Spoken, w.Event) {
			v.Unread++
			if h := v.Hospital(w.Hospital); h != nil {
				h.Unread++
			}
		}
		if w.Event == PassGate {
			for i := range v.Gates {
				if v.Gates[i].Gate == w.Gate {
					v.Gates[i].Given = w.Evidence // the newest last
				}
			}
		}
		v.Words = append(v.Words, w)
	}
	return nil
}

// reads reports whether an entry is for the reader; to is whom the desk wrote to, "" both sides.
func (l lens) reads(row models.ReferralEntry, to Recipient) bool {
	e := Event(row.Event)
	if e == WriteToDesk && l.side != "desk" {
		return l.readsDesk(row, to)
	}
	if l.cover && l.side != "desk" {
		return row.ByOrg == l.who.Org
	}
	own := row.HospitalID != nil && *row.HospitalID == l.own
	switch l.side {
	case "desk":
		return true
	case "hospital":
		return own && (slices.Contains(threadWords, e) || slices.Contains(hospitalOnly, e))
	case "patient":
		return slices.Contains(threadWords, e) || slices.Contains(creatorWords, e)
	case "referrer":
		return slices.Contains(creatorWords, e) && (l.trusted || side(auth.Role(row.ByRole)) == "referrer") || l.trusted && slices.Contains(threadWords, e) && e != PassGate
	case "receiver":
		return slices.Contains([]Event{ReplyComplication, ReviewComplication}, e) && l.asked(row.At)
	}
	return false
}

// readsDesk: patient and practice each have their own thread with the desk. Neither reads what the other wrote, and the desk
// says to whom it answers (domain.md §9.2 A10).
func (l lens) readsDesk(row models.ReferralEntry, to Recipient) bool {
	by := side(auth.Role(row.ByRole))
	switch l.side {
	case "patient":
		return by == "patient" || by == "desk" && to != ToReferrer
	case "referrer":
		return by == "referrer" || by == "desk" && to != ToPatient && l.trusted
	}
	return false
}

// asked reports whether a GP or an aftercare provider had reported something by then: answers are theirs to read, too.
func (l lens) asked(then time.Time) bool {
	return slices.ContainsFunc(l.d.p.Complications, func(c models.Complication) bool { return auth.Role(c.ByRole) == Receiver && !c.At.After(then) })
}

func (l lens) hasRead(row models.ReferralEntry) bool {
	at := row.ReadDeskAt
	switch l.side {
	case "receiver":
		return true // nobody counts what is new by a link
	case "patient":
		at = row.ReadPatientAt
	case "referrer":
		at = row.ReadReferrerAt
	case "hospital":
		at = row.ReadHospitalAt
	}
	return at != nil
}

// desk is what the alliance has to settle, and everybody's own timers.
func (l lens) desk(v *View) error {
	d := l.d
	for _, k := range d.f.Clocks {
		if !l.owes(k) {
			continue
		}
		v.Clocks = append(v.Clocks, ClockView{Timer: k.Timer, Hospital: k.Provider, Since: k.Since, Due: k.Due, Paused: k.Paused(), Late: !k.Due.IsZero() && k.Due.Before(d.f.Now)})
	}
	slices.SortFunc(v.Clocks, func(a, b ClockView) int { return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.Timer, b.Timer)) })
	if l.side == "patient" || l.side == "desk" {
		v.Erasure = d.f.Erasure
	}
	if l.side != "desk" {
		return nil
	}
	v.Checks, v.RedFlags = d.f.Checks, d.rec.redFlags()
	numbers, keys := d.s.personIndexes(d.rec.Patient)
	byNumber, err := d.tx.SamePerson(d.r.ID, numbers, nil, false, true)
	if err != nil {
		return err
	}
	all, err := d.tx.SamePerson(d.r.ID, numbers, keys, false, true)
	if err != nil {
		return err
	}
	for _, id := range all {
		r, err := d.tx.ReferralPlain(id)
		if err != nil {
			return err
		}
		v.Same = append(v.Same, SameView{Reference: r.Reference, State: State(r.State), Created: r.CreatedAt, ByNumber: slices.Contains(byNumber, id)})
	}
	return nil
}
