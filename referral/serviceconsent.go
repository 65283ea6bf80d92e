package referral

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"carecorridor/auth"
	"carecorridor/internal/fault"
	"carecorridor/internal/when"
	"carecorridor/models"
)

// ConsentVersion of the texts below. A text is never changed in place: a new one has a new version, and every consent
// keeps the words that were shown.
const ConsentVersion = "2026-11"

// ConsentText is one consent as it would be given now: the exact words that are stored with it.
type ConsentText struct {
	Code     ConsentCode
	Hospital string // row id, for C2 and C3
	Name     string // of the hospital
	Version  string
	Words    string
	Items    []string // for C2 and C3: what it lists
	InForce  bool     // and covers everything that would be shared
	Needed   bool     // to send
}

// consentWords are the texts. Each is about one purpose, names who receives what, and says how to withdraw (domain.md §4.2).
func consentWords(code ConsentCode, hospital, city, docs string, passport bool) string {
	extra := ""
	if passport {
		extra = ", and your passport details for the visa letter"
	}
	switch code {
	case C1:
		return "I agree that Care Corridor may use the health information in this referral to prepare it and send it on. I can withdraw at any time. The referral then ends, and what is " +
			"not needed by law is deleted."
	case C2:
		return fmt.Sprintf("I agree that %s in %s, India, may have: the reason for the referral, my medical history, medicines, allergies and safety answers, my age and sex, and %s, "+
			"to give me an opinion and a quote. If I accept its offer it also gets my name and contact details%s. I can withdraw at any time. The hospital must then stop and delete its copy. "+
			"Other hospitals are not affected.", hospital, city, docs, extra)
	case C3:
		return fmt.Sprintf("I agree that Care Corridor sends this information, which is health information about me, to %s in India, for its opinion and treatment. The law there gives people abroad fewer rights than UK law does. A contract with the hospital asks for the same care "+
			"as in the UK, but a court or authority in India may ask for the information, and it may be hard to take action there. I can withdraw at any time.", hospital)
	case C4:
		return "I agree that the clinician who refers me may send information to this referral and receive opinions and the discharge package from it. If I withdraw, they no longer see what is new."
	case C5:
		return "I agree that my GP, or the aftercare provider I name, gets the discharge package after my treatment. If I withdraw, I must give it to them myself."
	case C6:
		return "I agree that I may be asked how it went, and that an anonymous review may be published. This is optional. I can withdraw, and what was published is taken down."
	}
	return ""
}

// documentWords list documents so that what was agreed to can be shown afterwards: kind, day and fingerprint, for their names
// may tell of the patient and consents are kept in clear.
func documentWords(all []models.ReferralFile, hashes []string) string {
	var words []string
	for _, f := range all {
		if f.HospitalID == nil && slices.Contains(hashes, f.Hash) {
			words = append(words, fmt.Sprintf("%s added %s (fingerprint %.8s)", strings.ReplaceAll(f.Kind, "_", " "), when.DateOf(f.CreatedAt.In(london)).Long(), f.Hash))
		}
	}
	switch len(words) {
	case 0:
		return "no documents"
	case 1:
		return "1 document: " + words[0]
	}
	return fmt.Sprintf("%d documents: %s", len(words), strings.Join(words, ", "))
}

// consentText of one consent as it would be given now.
func (d *deed) consentText(code ConsentCode, hospital string) (ConsentText, bool) {
	t := ConsentText{Code: code, Version: ConsentVersion}
	if !code.PerHospital() {
		t.Words = consentWords(code, "", "", "", false)
		t.InForce = d.f.Agreed(code, "")
		return t, slices.Contains(ConsentCodes, code) && hospital == ""
	}
	at := slices.IndexFunc(d.p.Providers, func(p models.ReferralProvider) bool { return p.ID == hospital })
	if at < 0 {
		return t, false
	}
	want := d.f.ConsentSet()
	passport := d.f.State.Rank() >= Accepted.Rank()
	if passport {
		want = want.and(PartPassport)
	}
	listed := listedOf(d.p.Providers[at])
	t.Hospital, t.Name, t.Items = hospital, d.p.Providers[at].Name, want.Items
	t.Words = consentWords(code, t.Name, cityOf(listed), documentWords(d.p.Files, ownHashes(d.p.Files, d.f.State)), passport)
	t.InForce = d.f.agreedHospital(code, hospital, want)
	return t, true
}

// ConsentTexts are all that the patient may be asked, C1 first, then C2 and C3 for each hospital, then C4 to C6.
func (s *Service) ConsentTexts(ctx context.Context, who auth.Actor, id string) (out []ConsentText, err error) {
	err = s.reading(ctx, who, id, "consents", func(d *deed) error {
		if who.Role != auth.Patient {
			return fault.New(fault.Forbidden, "referral consents", nil)
		}
		out = d.consentTexts()
		return nil
	})
	return out, err
}

func (d *deed) consentTexts() (out []ConsentText) {
	lacking := d.f.MissingToSend()
	add := func(code ConsentCode, hospital string) {
		if t, ok := d.consentText(code, hospital); ok {
			t.Needed = slices.Contains(lacking, Lacking{code, hospital})
			out = append(out, t)
		}
	}
	add(C1, "")
	for _, p := range d.f.Providers {
		if p.Response == Unsent || p.Response.Live() {
			add(C2, p.ID)
			add(C3, p.ID)
		}
	}
	if d.f.Origin == ByReferrer {
		add(C4, "")
	}
	add(C5, "")
	add(C6, "")
	return out
}

// ConsentChoice is one consent that was ticked.
type ConsentChoice struct {
	Code     ConsentCode
	Hospital string // row id, for C2 and C3
}

// GiveConsents gives the ticked consents, each as an event of its own, all or none. channel is link or here. What is in force
// already is not given again.
func (s *Service) GiveConsents(ctx context.Context, who auth.Actor, id string, version int64, given []ConsentChoice, channel string) (done Done, err error) {
	err = s.acting(ctx, who, id, func(d *deed) error {
		done = Done{State: d.f.State, Version: d.f.Version}
		d.via = channel
		mark := s.mark(GiveConsent, given)
		if prev, err := d.tx.MarkedReferralEvent(d.r.ID, who.Person, mark); err != nil || prev != nil && prev.SeenVersion == version {
			done.Repeated = err == nil
			return err
		}
		in := Input{Version: version}
		for _, c := range given {
			text, ok := d.consentText(c.Code, c.Hospital)
			if ok && text.InForce {
				continue
			}
			in.Consent, in.Provider = c.Code, c.Hospital
			if err := d.give(who, in, mark); err != nil {
				done.Problems = problemsOf(err)
				return err
			}
			in.Version, mark = d.f.Version, "" // the first of them stands for all
			done.State, done.Version = d.f.State, d.f.Version
		}
		return nil
	})
	return done, refusedOnly(err)
}

// give carries out one consent with the words that go with it.
func (d *deed) give(who auth.Actor, in Input, mark string) error {
	text, _ := d.consentText(in.Consent, in.Provider)
	if !in.Consent.PerHospital() {
		in.Provider = ""
	}
	in.Items = text.Items
	if d.words == nil {
		d.words = map[Lacking]string{}
	}
	d.words[Lacking{in.Consent, in.Provider}] = text.Words
	_, err := d.apply(who, GiveConsent, in, mark)
	return err
}

// cityOf words for a consent when a listing names none.
func cityOf(l Listed) string {
	if strings.TrimSpace(l.City) == "" {
		return "India"
	}
	return l.City
}
