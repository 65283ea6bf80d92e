package enquiry

import (
	"context"
	"errors"
	"slices"
	"time"

	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/internal/reference"
	"carecorridor/models"
)

// Receipt is what the confirmation shows.
type Receipt struct {
	Reference string // CC-XXXX-XX
	Submitted time.Time
	Link      string // token of the tracking page; TrackPath(Reference, Link) is its address
	Email     string // where the link was sent
	Hospitals []Delivery
}

// Delivery says whether the request could be sent to a hospital.
type Delivery struct {
	Chosen
	Sent bool // false: no checked contact is held, the request waits and nothing left
}

// errTaken: the code exists already; another one is tried.
var errTaken = errors.New("reference is taken")

// Submit sends a draft. Sent twice, by two clicks or two tabs, it is one enquiry and both get its receipt.
// Steps that are missing, or right no longer, are problems on the step's name.
func (s *Service) Submit(ctx context.Context, token string) (Receipt, Refused, error) {
	id, err := s.idOf(forDraft, token)
	if err != nil {
		return Receipt{}, Refused{}, err
	}
	d, err := s.Draft(ctx, token)
	if errors.Is(err, ErrLink) {
		r, err := s.Receipt(ctx, token) // it was sent before
		return r, Refused{}, err
	}
	if err != nil {
		return Receipt{}, Refused{}, err
	}
	found, refused, err := s.review(ctx, d)
	if err != nil || !refused.OK() {
		return Receipt{}, refused, err
	}
	for range 5 {
		err = s.Store.Write(ctx, func(tx *models.Tx) error { return s.submit(tx, id, found) })
		if !errors.Is(err, errTaken) {
			break
		}
	}
	if err != nil {
		return Receipt{}, Refused{}, err
	}
	r, err := s.Receipt(ctx, token)
	return r, Refused{}, err
}

// review checks every step as if it were saved today: dates pass, hospitals are withdrawn.
func (s *Service) review(ctx context.Context, d Draft) (found map[string]Listing, _ Refused, err error) {
	var l check.List
	for _, name := range d.Missing() {
		l.Add(string(name), "This part is not finished")
	}
	a := d.Answers
	for _, step := range []Step{
		HospitalsStep{Slugs: a.slugs()}, TreatmentStep{Treatment: a.Treatment, Problem: a.Problem, NotNow: a.NotNow}, DoctorStep{a.SeenDoctor},
		DatesStep{a.Earliest, a.Latest, a.DatesOpen}, TravelStep{a.For, a.Companions}, ContactStep{d.Contact}, ConsentStep{Consents: a.Consents},
	} {
		_, refused, err := s.admit(ctx, a, step)
		if err != nil || refused.Stop != nil {
			return nil, refused, err
		}
		for _, p := range refused.Problems {
			if l.On(string(step.Name())) == "" {
				l.Add(string(step.Name()), "%s", p.Say)
			}
		}
	}
	if !l.OK() {
		return nil, Refused{Problems: l}, nil
	}
	found = map[string]Listing{}
	for _, slug := range a.Consents.Send {
		if found[slug], err = s.Directory.Listing(ctx, slug); err != nil {
			return nil, Refused{}, err
		}
	}
	return found, Refused{}, nil
}

func (a Answers) slugs() (out []string) {
	for _, c := range a.Hospitals {
		out = append(out, c.Slug)
	}
	return out
}

// submit is the one transaction. A draft that somebody sent or changed meanwhile is left as it is.
func (s *Service) submit(tx *models.Tx, id string, found map[string]Listing) error {
	e, err := tx.EnquiryForUpdate(id)
	if err != nil {
		return hideMissing(err)
	}
	if e.State != string(IsDraft) {
		return nil
	}
	a, c, err := s.open(e)
	if err != nil {
		return err
	}
	for _, slug := range a.Consents.Send {
		if _, checked := found[slug]; !checked {
			return ErrMoved
		}
	}
	code, now := reference.New(), tx.Now()
	e.Reference, e.State, e.SubmittedAt = &code, string(IsOpen), &now
	if err := tx.SaveEnquiry(e); fault.Is(err, fault.Conflict) {
		return errTaken
	} else if err != nil {
		return err
	}
	if err := tx.AddEvent(&models.EnquiryEvent{EnquiryID: id, Event: "submit", ByWhom: string(Patient), FromState: string(IsDraft), ToState: string(IsOpen)}); err != nil {
		return err
	}
	d := &deed{tx: tx, e: e, book: map[string]string{}}
	for slug, l := range found {
		d.book[slug] = l.Email
	}
	if err := s.addRecipients(d, a); err != nil {
		return err
	}
	return s.tellPatient(tx, e, c.Email, letterReceived)
}

func (s *Service) addRecipients(d *deed, a Answers) error {
	tx, id := d.tx, d.e.ID
	parts, err := tx.PartsOf(id)
	if err != nil {
		return err
	}
	ord := int64(0)
	for _, chosen := range a.Hospitals {
		if !slices.Contains(a.Consents.Send, chosen.Slug) {
			continue
		}
		ord++
		r := &models.EnquiryRecipient{ID: newID(), EnquiryID: id, Ord: ord, HospitalSlug: chosen.Slug, HospitalName: chosen.Name, Sample: chosen.Sample, State: string(Held)}
		if err := tx.AddRecipient(r); err != nil {
			return err
		}
		if err := addConsent(tx, id, &r.ID, "send", true, SendWording(chosen.Name, len(parts.Files))); err != nil {
			return err
		}
		if err := s.deliver(d, r); err != nil {
			return err
		}
	}
	for _, q := range []struct {
		kind  string
		given bool
		words string
	}{{"direct_contact", a.Consents.DirectContact, DirectContactWording}, {"keep_copy", a.Consents.KeepCopy, KeepCopyWording}, {"feedback", a.Consents.Feedback, FeedbackWording}} {
		if err := addConsent(tx, id, nil, q.kind, q.given, q.words); err != nil {
			return err
		}
	}
	return nil
}

func addConsent(tx *models.Tx, enquiry string, recipient *string, kind string, given bool, words string) error {
	return tx.AddConsent(&models.EnquiryConsent{ID: newID(), EnquiryID: enquiry, RecipientID: recipient, Kind: kind, Given: given, WordingVersion: WordingVersion, Wording: words})
}

// deliver sends the request to a hospital whose contact is known.
func (s *Service) deliver(d *deed, r *models.EnquiryRecipient) error {
	if d.book[r.HospitalSlug] == "" {
		return nil
	}
	if err := s.step(d, r, Deliver, System, nil); err != nil {
		return err
	}
	return s.tellHospital(d, r, letterRequest)
}

// Receipt is the confirmation of a draft that was sent, for as long as its token lasts.
func (s *Service) Receipt(ctx context.Context, token string) (Receipt, error) {
	id, err := s.idOf(forDraft, token)
	if err != nil {
		return Receipt{}, err
	}
	e, err := s.Store.EnquiryByID(ctx, id)
	if err != nil {
		return Receipt{}, hideMissing(err)
	}
	if e.Reference == nil || e.ErasedAt != nil {
		return Receipt{}, ErrLink
	}
	_, c, err := s.open(e)
	if err != nil {
		return Receipt{}, err
	}
	r := Receipt{Reference: *e.Reference, Submitted: *e.SubmittedAt, Link: s.link(forTrack, id, s.Terms.TrackDays), Email: c.Email}
	parts, err := s.Store.PartsOf(ctx, id)
	if err != nil {
		return Receipt{}, err
	}
	for _, x := range parts.Recipients {
		r.Hospitals = append(r.Hospitals, Delivery{Chosen{x.HospitalSlug, x.HospitalName, x.Sample}, State(x.State) != Held})
	}
	return r, nil
}
