package referral

import (
	"slices"

	"carecorridor/auth"
	"carecorridor/internal/fault"
	"carecorridor/models"
	"carecorridor/referral/discharge"
)

// offerBody is what is sealed of an offer or advice.
type offerBody struct {
	Text  string `json:"text"`
	Quote *Quote `json:"quote"`
}

// payload keeps what came with an event, beyond its facts.
func (d *deed) payload(who auth.Actor, in Input, out Outcome, before Facts) error {
	if before.Travel.Letter && !out.After.Travel.Letter {
		if err := d.tx.RevokeLetters(d.r.ID); err != nil {
			return err
		}
	}
	switch out.Event {
	case AddHospital:
		return d.addHospital(in.New)
	case Offer, Advise:
		return d.addOffer(who, in, out)
	case GivePassport:
		return d.putSection(sectionPassport, who, in.Passport)
	case Discharge:
		return d.addPackage(who, in, out)
	case Deliver, Acknowledge, SendLetter:
		return d.moveHandback(in, out.Event)
	case RecordFollowUp:
		return d.followUp(who, in)
	case ReportComplication:
		return d.addComplication(who, in, out)
	case ReplyComplication, ReviewComplication:
		return d.tx.AnswerComplication(d.r.ID, out.Event == ReviewComplication)
	}
	if out.To == Closed && out.From != Closed && out.Ending != EndCompleted || slices.Contains([]Event{RevokeLetter, ChooseAgain}, out.Event) {
		return d.tx.RevokeLetters(d.r.ID)
	}
	return nil
}

// putSection writes a part of the record and counts its version.
func (d *deed) putSection(name string, who auth.Actor, v any) error {
	row := models.ReferralSection{ID: newID(), ReferralID: d.r.ID, Name: name}
	at := slices.IndexFunc(d.p.Sections, func(x models.ReferralSection) bool { return x.Name == name })
	if at >= 0 {
		row = d.p.Sections[at]
	}
	var err error
	if row.Body, err = d.s.sealJSON("referral_sections", "body", row.ID, v); err != nil {
		return err
	}
	row.Version, row.ByPerson, row.At = row.Version+1, who.Person, d.now
	if at < 0 {
		d.p.Sections = append(d.p.Sections, row)
	} else {
		d.p.Sections[at] = row
	}
	return d.tx.PutSection(&row)
}

// section reads one that is not part of the form; v stays as it is when there is none.
func (s *Service) section(rows []models.ReferralSection, name string, v any) error {
	for _, x := range rows {
		if x.Name == name {
			return s.openJSON("referral_sections", "body", x.ID, x.Body, v)
		}
	}
	return nil
}

// addHospital adds the row of a hospital that the rules have added.
func (d *deed) addHospital(p *Provider) error {
	row := d.newHospital
	if row == nil || row.ID != p.ID {
		return fault.New(fault.Broken, "add hospital", nil)
	}
	d.p.Providers = append(d.p.Providers, *row)
	return d.tx.AddReferralProvider(row)
}

func (d *deed) addOffer(who auth.Actor, in Input, out Outcome) error {
	p := d.f.Provider(out.Provider)
	row := models.ReferralOffer{ID: newID(), ReferralID: d.r.ID, HospitalID: p.ID, Number: p.Quote, Kind: "advice", ByPerson: who.Person, At: d.now}
	body := offerBody{Text: in.Text}
	if out.Event == Offer {
		body.Quote = in.Quote
		row.Kind, row.Currency, row.TotalMinor, row.ValidUntil = "offer", string(in.Quote.Currency), in.Quote.TotalMinor, in.Quote.ValidUntil
	}
	var err error
	if row.Hash, err = hashJSON(body); err != nil {
		return err
	}
	if row.Body, err = d.s.sealJSON("referral_offers", "body", row.ID, body); err != nil {
		return err
	}
	return d.tx.AddReferralOffer(&row)
}

// addPackage keeps the signed package, the alert that follows from it, and the schedule.
func (d *deed) addPackage(who auth.Actor, in Input, out Outcome) error {
	row := models.DischargePackage{ID: newID(), ReferralID: d.r.ID, HospitalID: out.Provider, Number: 1, Hash: in.Package.Hash(), Overnight: in.Package.Overnight(),
		DischargedOn: in.Package.Stay.Discharged, SignedBy: who.Person, At: d.now}
	var err error
	if row.Body, err = d.s.sealJSON("discharge_packages", "body", row.ID, in.Package); err != nil {
		return err
	}
	if err := d.tx.AddDischargePackage(&row); err != nil {
		return err
	}
	if a, ok := in.Package.Alert(); ok {
		if err := d.tx.PutAmrAlert(&models.AmrAlert{ID: newID(), ReferralID: d.r.ID, FromOn: a.From, UntilOn: a.Until, At: d.now}); err != nil {
			return err
		}
	}
	return d.putSchedule(in.Package)
}

func (d *deed) putSchedule(p *discharge.Package) error {
	plan, err := d.plan(p)
	if err != nil {
		return err
	}
	var rows []models.AftercareItem
	for i, item := range plan {
		row := models.AftercareItem{ID: newID(), ReferralID: d.r.ID, Ord: int64(i + 1), Code: item.Code, DueOn: item.Due}
		if row.Body, err = d.s.sealJSON("aftercare_items", "body", row.ID, item); err != nil {
			return err
		}
		rows = append(rows, row)
	}
	return d.tx.PutAftercareItems(d.r.ID, rows)
}

// plan is the schedule as it was written, with the days that follow from a discharge.
func (d *deed) plan(p *discharge.Package) (items []discharge.PlanItem, err error) {
	if err := d.s.section(d.p.Sections, sectionPlan, &items); err != nil {
		return nil, err
	}
	return dated(items, p), nil
}

// dated gives the items of a template their days.
func dated(items []discharge.PlanItem, p *discharge.Package) []discharge.PlanItem {
	if p == nil || !p.Stay.Discharged.Known() {
		return items
	}
	usual := discharge.Plan(p.Family, p.Stay.Discharged)
	for i := range items {
		at := slices.IndexFunc(usual, func(u discharge.PlanItem) bool { return u.Code == items[i].Code })
		if at >= 0 && !items[i].Due.Known() {
			items[i].Due = usual[at].Due
		}
	}
	return items
}

func (d *deed) moveHandback(in Input, e Event) error {
	h, err := d.handback("gp")
	if err != nil {
		return err
	}
	switch e {
	case Acknowledge:
		h.AcknowledgedAt = optional(d.now)
		if h.AcknowledgedBy, err = d.s.sealText("handbacks", "acknowledged_by", h.ID, clipped(in.Source, 200)); err != nil {
			return err
		}
	case SendLetter:
		h.LetterAt = optional(d.now)
	}
	return d.tx.PutHandback(h)
}

// handback of a kind, new when there is none.
func (d *deed) handback(kind string) (*models.Handback, error) {
	rows, err := d.tx.HandbacksOf(d.r.ID)
	for i := range rows {
		if rows[i].ToKind == kind {
			return &rows[i], err
		}
	}
	return &models.Handback{ID: newID(), ReferralID: d.r.ID, ToKind: kind, CreatedAt: d.now}, err
}

func (d *deed) followUp(who auth.Actor, in Input) error {
	rows, err := d.tx.AftercareOf(d.r.ID)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(rows, func(r models.AftercareItem) bool { return r.Code == in.Item })
	row := &rows[at] // its being there was checked before the rules were asked
	if in.Unreached {
		row.Unreached++
	} else {
		row.DoneAt, row.DoneByRole = optional(d.now), string(who.Role)
	}
	return d.tx.SaveAftercareItem(row)
}

func (d *deed) addComplication(who auth.Actor, in Input, out Outcome) error {
	row := models.Complication{ID: newID(), ReferralID: d.r.ID, Severity: string(in.Severity), ByRole: string(who.Role), ByPerson: who.Person, At: d.now}
	if c := d.f.Chosen(); c != nil {
		row.HospitalID = &c.ID
	}
	var err error
	if row.Body, err = d.s.sealText("complications", "body", row.ID, in.Text); err != nil {
		return err
	}
	return d.tx.AddComplication(&row)
}
