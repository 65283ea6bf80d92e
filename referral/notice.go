package referral

import "slices"

// notices are the line's recipients as they are in this referral. Who may not be told is left out: a referrer whom the
// patient does not let take part, a GP who gets nothing, a hospital that knows of nothing.
func notices(c Case, before Facts, in Input) (out []Told) {
	for _, n := range c.Line.Tell {
		if in.To != "" && c.Line.Event == WriteToDesk && side(c.Who.Role) == "desk" && !in.reaches(n.To, c.F.Origin) {
			continue
		}
		if n.To == ToGP && c.Line.Event == ConfirmDates && c.F.Choice.GPShare != GPAll {
			continue // this GP gets the discharge package alone
		}
		for _, to := range resolve(n.To, c, before, in) {
			to.Key = n.Key
			if !slices.Contains(out, to) {
				out = append(out, to)
			}
		}
	}
	if before.Travel.Letter && !c.F.Travel.Letter && c.Line.Event != RevokeLetter {
		for _, to := range resolve(ToPatient, c, before, in) {
			out = append(out, Told{To: to.To, Key: "visa_letter_revoked"})
		}
		if c.Line.Event == GivePassport { // nothing else tells the hospital that another letter is needed
			for _, to := range resolve(ToHospital, c, before, in) {
				to.Key = "visa_letter_revoked"
				out = append(out, to)
			}
		}
	}
	if in.offersPayment(c.Line.Event) {
		out = append(out, Told{To: ToCoordinator, Key: "payment_words"})
	}
	return out
}

// reaches reports whether words of the desk are for a recipient.
func (in Input) reaches(r Recipient, o Origin) bool {
	if r == ToCreator {
		r = map[Origin]Recipient{BySelf: ToPatient, ByReferrer: ToReferrer}[o]
	}
	return r == in.To
}

func resolve(r Recipient, c Case, before Facts, in Input) []Told {
	switch r {
	case ToReferrer:
		return one(r, c.F.Origin == ByReferrer && (c.F.Agreed(C4, "") || !c.F.asked()))
	case ToCreator:
		if c.F.Origin == BySelf {
			return one(ToPatient, true)
		}
		return resolve(ToReferrer, c, before, in)
	case ToPatient:
		return one(r, !c.F.Care.Died && (c.F.Origin == BySelf || c.F.State != Draft || before.State != Draft))
	case ToGP:
		return one(r, c.F.Choice.GPShare.Tells() && c.F.Agreed(C5, "") && !c.F.Has(ConsentSuspended))
	case ToAftercare:
		return one(r, c.F.Agreed(C5, "") && !c.F.Has(ConsentSuspended))
	case ToWhoAsked:
		if before.Care.AskedBy == "" {
			return nil
		}
		return resolve(Recipient(before.Care.AskedBy), c, before, in)
	case ToHospital, ToOtherHospitals, ToHospitals:
		return toHospitals(r, c, before, in)
	}
	return one(r, true)
}

func one(r Recipient, ok bool) []Told {
	if !ok {
		return nil
	}
	return []Told{{To: r}}
}

// asked reports whether the patient was ever asked for consent to the referrer's part.
func (f Facts) asked() bool {
	return slices.ContainsFunc(f.Consents, func(c Consent) bool { return c.Code == C4 })
}

func toHospitals(r Recipient, c Case, before Facts, in Input) (out []Told) {
	about := c.P
	if about == nil {
		about = before.Chosen()
	}
	for i := range c.F.Providers {
		p := &c.F.Providers[i]
		is := about != nil && about.ID == p.ID
		switch {
		case p.SentAt.IsZero(), slices.Contains([]Event{LiftHold, ResumeConsent}, c.Line.Event) && !p.Response.Live():
		case r == ToHospital && is, r == ToOtherHospitals && !is && otherTold(c, before, p), r == ToHospitals && c.Line.Event != Route && !p.Deleted,
			r == ToHospitals && c.Line.Event == Route && slices.Contains(in.Hospitals, p.ID):
			out = append(out, Told{To: ToHospital, Provider: p.ID})
		}
	}
	return out
}

// otherTold: of an acceptance, those who had not been out of it before; of an admission, those who still have a copy.
func otherTold(c Case, before Facts, p *Provider) bool {
	if c.Line.Event == Admit {
		return !p.Deleted
	}
	return before.Provider(p.ID).Response != p.Response
}

// disclosures are what hospitals got that they did not have, and the package on its way to the GP or the referrer.
func disclosures(c Case, before Facts) (out []Disclosure) {
	for _, p := range c.F.Providers {
		var had Set
		if was := before.Provider(p.ID); was != nil {
			had = was.Disclosed
		}
		if fresh := minus(p.Disclosed, had); len(fresh.Items) > 0 {
			out = append(out, Disclosure{ToHospital, p.ID, fresh, []ConsentCode{C1, C2, C3}})
		}
	}
	pack := Set{[]string{PartPackage}}
	if c.Line.Event == Deliver {
		out = append(out, Disclosure{To: ToGP, Set: pack, Consents: []ConsentCode{C5}})
	}
	if c.Line.Event == Discharge && c.F.Origin == ByReferrer && c.F.Agreed(C4, "") {
		out = append(out, Disclosure{To: ToReferrer, Set: pack, Consents: []ConsentCode{C4}})
	}
	return out
}

func minus(a, b Set) (out Set) {
	for _, i := range a.Items {
		if !slices.Contains(b.Items, i) {
			out.Items = append(out.Items, i)
		}
	}
	return out
}
