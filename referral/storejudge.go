package referral

import (
	"encoding/json"
	"strings"

	"carecorridor/internal/fault"
	"carecorridor/internal/nhs"
	"carecorridor/internal/plain"
	"carecorridor/internal/when"
	"carecorridor/models"
	"carecorridor/referral/record"
)

// doctorDays is how long the check of a clinician's registration counts (domain.md §7.5).
const doctorDays = 180

// highAssurance is the level of identity of NHS Care Identity (CIS2) that makes R3 (domain.md §1.4).
const highAssurance = "3"

// assuredOf a person is the level of identity that the service they signed in with vouches for now; "" for none.
func assuredOf(tx *models.Tx, person string) (string, error) {
	a, err := tx.AssertionOf(person)
	if fault.Is(err, fault.Missing) {
		return "", nil
	}
	return a.Level, err
}

// ladderOf a referrer. Without a person who saw the practice as active there is no rung; a register that refused leaves
// the first. mailbox says whether it is at a domain that counts, assured is assuredOf them.
func ladderOf(c *models.ProfessionalCheck, mailbox bool, assured string) Ladder {
	switch {
	case c == nil || c.PracticeEvidence == "":
		return Ladder{}
	case c.State == "checked" && assured == highAssurance:
		return Ladder{Level: 3, MailboxOn: c.MailboxOn, CheckedOn: c.CheckedOn}
	case !mailbox || !c.MailboxOn.Known():
		return Ladder{}
	case c.State == "checked":
		return Ladder{Level: 2, MailboxOn: c.MailboxOn, CheckedOn: c.CheckedOn}
	}
	return Ladder{Level: 1, MailboxOn: c.MailboxOn}
}

// mailbox is the address of a person's account.
func (s *Service) mailbox(tx *models.Tx, person string) (string, error) {
	sealed, err := tx.AddressOf(person)
	if err != nil {
		return "", err
	}
	return s.openText("people", "email", person, sealed)
}

// ladder is how far a referrer has climbed, as this transaction sees it.
func (s *Service) ladder(tx *models.Tx, person string) (Ladder, error) {
	c, err := tx.ProfessionalCheck(person)
	if err != nil || c == nil {
		return Ladder{}, err
	}
	address, err := s.mailbox(tx, person)
	if err != nil {
		return Ladder{}, err
	}
	assured, err := assuredOf(tx, person)
	return ladderOf(c, s.Mailboxes.Counts(address), assured), err
}

func checkedDoctor(c *models.ProfessionalCheck, today when.Date) bool {
	return c != nil && c.State == "checked" && fresh(c.CheckedOn, today, doctorDays)
}

// eligibility of a hospital from what the directory and the agreements hold (domain.md §7.6). Nothing is assumed: what
// is not recorded counts against it.
func (s *Service) eligibility(tx *models.Tx, row models.ReferralProvider, treatment string, today when.Date) (e Eligibility, err error) {
	id := int64(0)
	if row.ProviderID != nil {
		id = *row.ProviderID
	}
	facts, err := tx.HospitalFacts(id, row.Org)
	if err != nil || !facts.Published {
		return e, err
	}
	for _, a := range facts.Accreditations {
		if counts(a, facts.Sample) && e.AccreditedUntil.Before(a.ValidTo) {
			e.AccreditedUntil = a.ValidTo
		}
	}
	t, _ := s.Directory.Treatment(treatment)
	for _, c := range facts.Clinicians {
		if c.SpecialtySlug == nil || t.Specialty == "" || *c.SpecialtySlug == t.Specialty {
			e.CheckedDoctors++
		}
	}
	e.PricesOf = facts.PricesOf
	switch {
	case facts.Sample && e.PricesOf.Known():
		e.PricesOf = today // an invented price does not age
	case today.Before(e.PricesOf):
		e.PricesOf = when.Date{}
	}
	if terms := facts.Terms; terms != nil {
		e.Mechanism, e.RiskReviewedOn = Mechanism(terms.Mechanism), terms.RiskReviewedOn
		e.EmergencyContact, e.ComplaintOfficer, e.SevereCaseOpen = terms.EmergencyContact != "", terms.ComplaintOfficer != "", terms.SevereCase
	}
	return e, nil
}

// counts: the alliance itself checked the certificate. A sample's is checked by being a sample.
func counts(a models.Accreditation, sample bool) bool {
	return a.State == models.CertificateVerified || a.State == models.CertificateDue || sample && a.State == ""
}

// Purposes of the blind indexes by which duplicates are found; rotation of keys makes the columns anew with the same.
const (
	numberPurpose = "referrals.nhs_number"
	personPurpose = "referrals.person_key"
)

// personKey is what two records of one person have in common when a number is missing: last name and birth date, in
// one shape.
func personKey(p record.Patient) string {
	name := plain.Name(p.Family)
	if name == "" || !p.Born.Known() {
		return ""
	}
	return name + " " + p.Born.String()
}

// number is the NHS number in one shape, "" when there is none.
func number(p record.Patient) string {
	if n, flaw := nhs.ParseNumber(p.NHSNumber, true); flaw == "" {
		return string(n)
	}
	return ""
}

// personIndexes are by what the same person is looked up.
func (s *Service) personIndexes(p record.Patient) (numbers, keys [][]byte) {
	if n := number(p); n != "" {
		numbers = s.Box.Indexes(numberPurpose, n)
	}
	if k := personKey(p); k != "" {
		keys = s.Box.Indexes(personPurpose, k)
	}
	return numbers, keys
}

// indexPerson writes by what a referral is found as that of the same person.
func (d *deed) indexPerson() (err error) {
	r := d.r
	r.NhsNumber, r.NhsNumberIndex, r.PersonKey, r.PersonKeyIndex = nil, nil, nil, nil
	if n := number(d.rec.Patient); n != "" {
		r.NhsNumberIndex = d.s.Box.Index(numberPurpose, n)
		if r.NhsNumber, err = d.s.sealText("referrals", "nhs_number", r.ID, n); err != nil {
			return err
		}
	}
	if k := personKey(d.rec.Patient); k != "" {
		r.PersonKeyIndex = d.s.Box.Index(personPurpose, k)
		r.PersonKey, err = d.s.sealText("referrals", "person_key", r.ID, k)
	}
	return err
}

// redFlags are what a safety reviewer looks at before a referral goes on, by name.
func (w written) redFlags() []string {
	out := w.Safety.RedFlags()
	for _, m := range w.Clinical.ReviewMedicines() {
		out = append(out, "medicine:"+m)
	}
	if w.Patient.Safeguarding == record.Concern {
		out = append(out, "safeguarding")
	}
	for _, p := range w.Clinical.Unusual() {
		out = append(out, p.Field)
	}
	for _, code := range record.RedWords(w.Pathway, w.Clinical, w.Safety) {
		out = append(out, redWords(code))
	}
	return out
}

// redWords names a flag for words that raised a stop, whoever said that it is not so.
func redWords(code record.StopCode) string {
	if _, why, ok := strings.Cut(string(code), ":"); ok {
		return "words_of_" + why
	}
	return map[record.StopCode]string{record.StopEmergency: "words_of_an_emergency", record.StopCrisis: "words_of_despair", record.StopCancer: "words_of_a_suspected_cancer", record.StopUnderAge: "words_of_a_child"}[code]
}

// stopOf is what stops a record, nil for nothing.
func (s *Service) stopOf(w written, o Origin, today when.Date) *record.Stop {
	r := s.rules(o, today)
	t, known := s.Directory.Treatment(w.Clinical.Treatment)
	r.Oncology = known && strings.Contains(t.Specialty, "oncology")
	return record.StopFor(w.Patient, w.Pathway, w.Clinical, r, w.Stops...)
}

func daysOf(words string) (out []when.Date) {
	for x := range strings.FieldsSeq(words) {
		if d, err := when.ParseDate(x); err == nil {
			out = append(out, d)
		}
	}
	return out
}

// mark is a keyed hash by which the same input sent twice is known, without keeping it.
func (s *Service) mark(e Event, in any) string {
	plain, err := json.Marshal(in)
	if err != nil {
		return ""
	}
	return hexOf(s.Box.Index("referrals.mark", string(e)+" "+string(plain)))
}

// lookedUp is when and where the youngest certificate that counts was last seen on its register.
func (s *Service) lookedUp(tx *models.Tx, row models.ReferralProvider) (on when.Date, register string, err error) {
	if row.ProviderID == nil {
		return on, "", nil
	}
	facts, err := tx.HospitalFacts(*row.ProviderID, row.Org)
	for _, a := range facts.Accreditations {
		if counts(a, facts.Sample) && on.Before(a.CheckedOn) {
			on, register = a.CheckedOn, a.Body
		}
	}
	return on, register, err
}
