package enquiry

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/internal/files"
	"carecorridor/models"
)

// Draft is an enquiry that is being written. It is kept sealed on the server; the browser holds Token alone.
type Draft struct {
	Answers Answers
	Contact Contact
	Files   []File
	Token   string    // for the cookie; renewed by every save
	Expires time.Time // when it is dropped unless something is saved
}

// Missing are the steps still to be done, in order. Empty means that it can be sent.
func (d Draft) Missing() []StepName {
	var out []StepName
	for _, s := range Steps {
		if !slices.Contains(d.Answers.Done, s) {
			out = append(out, s)
		}
	}
	return out
}

// StartDraft begins an enquiry.
func (s *Service) StartDraft(ctx context.Context) (Draft, error) {
	id := newID()
	answers, err := s.sealJSON(answersPlace(id), Answers{})
	if err != nil {
		return Draft{}, err
	}
	e := &models.Enquiry{ID: id, State: string(IsDraft), Answers: answers}
	if err := s.Store.Write(ctx, func(tx *models.Tx) error { return tx.AddEnquiry(e) }); err != nil {
		return Draft{}, err
	}
	return s.draft(ctx, e)
}

// Draft reads the one a token names. A token that fails, a draft that is gone and one that was sent are ErrLink;
// see Receipt for the last.
func (s *Service) Draft(ctx context.Context, token string) (Draft, error) {
	id, err := s.idOf(forDraft, token)
	if err != nil {
		return Draft{}, err
	}
	e, err := s.Store.EnquiryByID(ctx, id)
	if err != nil {
		return Draft{}, hideMissing(err)
	}
	if e.State != string(IsDraft) || s.stale(e) {
		return Draft{}, ErrLink
	}
	return s.draft(ctx, e)
}

func (s *Service) stale(e *models.Enquiry) bool {
	return e.UpdatedAt.Before(s.days(-s.Terms.DraftDays))
}

func (s *Service) draft(ctx context.Context, e *models.Enquiry) (d Draft, err error) {
	if d.Answers, d.Contact, err = s.open(e); err != nil {
		return d, err
	}
	parts, err := s.Store.PartsOf(ctx, e.ID)
	if err != nil {
		return d, err
	}
	if d.Files, err = s.filesOf(parts.Files); err != nil {
		return d, err
	}
	d.Token = s.link(forDraft, e.ID, s.Terms.DraftDays)
	d.Expires = e.UpdatedAt.AddDate(0, 0, s.Terms.DraftDays)
	return d, nil
}

// open reads the sealed columns.
func (s *Service) open(e *models.Enquiry) (a Answers, c Contact, err error) {
	if err = s.openJSON(answersPlace(e.ID), e.Answers, &a); err == nil {
		err = s.openJSON(contactPlace(e.ID), e.Contact, &c)
	}
	return a, c, err
}

// close writes the sealed columns into e, not yet into the database.
func (s *Service) close(e *models.Enquiry, a Answers, c Contact) (err error) {
	if e.Answers, err = s.sealJSON(answersPlace(e.ID), a); err == nil {
		e.Contact, err = s.sealJSON(contactPlace(e.ID), c)
	}
	return err
}

// SaveStep checks and keeps one step. What is refused is not stored, not even in part.
func (s *Service) SaveStep(ctx context.Context, token string, step Step) (Draft, Refused, error) {
	before, err := s.Draft(ctx, token)
	if err != nil {
		return before, Refused{}, err
	}
	step, refused, err := s.admit(ctx, before.Answers, step)
	if err != nil || !refused.OK() {
		return before, refused, err
	}
	id, err := s.idOf(forDraft, token)
	if err != nil {
		return before, Refused{}, err
	}
	var saved *models.Enquiry
	err = s.Store.Write(ctx, func(tx *models.Tx) error {
		e, err := s.draftForUpdate(tx, id)
		if err != nil {
			return err
		}
		a, c, err := s.open(e)
		if err != nil {
			return err
		}
		step.apply(&a, &c)
		a.finish(step.Name())
		if err := s.close(e, a, c); err != nil {
			return err
		}
		saved = e
		return tx.SaveEnquiry(e)
	})
	if err != nil {
		return before, Refused{}, err
	}
	d, err := s.draft(ctx, saved)
	return d, Refused{}, err
}

// draftForUpdate locks a draft; one that was sent or dropped meanwhile is ErrLink.
func (s *Service) draftForUpdate(tx *models.Tx, id string) (*models.Enquiry, error) {
	e, err := tx.EnquiryForUpdate(id)
	if err != nil {
		return nil, hideMissing(err)
	}
	if e.State != string(IsDraft) {
		return nil, ErrLink
	}
	return e, nil
}

// finish notes that a step is done. Other hospitals need the consent anew: it names them (domain.md §4.2).
func (a *Answers) finish(name StepName) {
	if !slices.Contains(a.Done, name) {
		a.Done = append(a.Done, name)
	}
	if name == StepHospitals {
		a.askConsentAgain(func(slug string) bool {
			return slices.ContainsFunc(a.Hospitals, func(c Chosen) bool { return c.Slug == slug })
		})
	}
}

// askConsentAgain takes back what was ticked unless every tick still holds and nobody new is chosen.
func (a *Answers) askConsentAgain(holds func(slug string) bool) {
	if len(a.Consents.Send) == len(a.Hospitals) && !slices.ContainsFunc(a.Consents.Send, func(slug string) bool { return !holds(slug) }) {
		return
	}
	a.Consents.Send = nil
	a.Done = slices.DeleteFunc(a.Done, func(n StepName) bool { return n == StepConsent })
}

// admit completes a step from the directory, checks it and looks for what must stop it.
func (s *Service) admit(ctx context.Context, a Answers, step Step) (Step, Refused, error) {
	step, more, err := s.complete(ctx, a, step)
	if err != nil {
		return step, Refused{}, err
	}
	problems := append(step.Check(s.Today()), more...)
	if !problems.OK() {
		return step, Refused{Problems: problems}, nil
	}
	switch x := step.(type) {
	case TreatmentStep:
		return step, Refused{Stop: screen(x.Treatment, x.Problem, x.NotNow)}, nil
	case TravelStep:
		if x.For == ForUnder18 {
			return step, Refused{Stop: &Stop{Kind: UnderAge}}, nil
		}
	}
	return step, Refused{}, nil
}

func (s *Service) complete(ctx context.Context, a Answers, step Step) (_ Step, l check.List, err error) {
	switch x := step.(type) {
	case HospitalsStep:
		x, l, err = s.completeHospitals(ctx, a, x)
		return x, l, err
	case TreatmentStep:
		name, known := s.Directory.Treatment(x.Treatment)
		l.Need(known || x.Treatment == "", "treatment", "Choose a treatment from the list, or select that you are not sure")
		x.name = name
		return x, l, nil
	case ConsentStep:
		x.chosen = a.Hospitals
		return x, nil, nil
	case DoctorStep, DatesStep, TravelStep, ContactStep, RecordsStep:
		return step, nil, nil
	}
	return step, nil, fault.New(fault.Broken, "save step", fmt.Errorf("step %T", step))
}

func (s *Service) completeHospitals(ctx context.Context, a Answers, x HospitalsStep) (HospitalsStep, check.List, error) {
	var l check.List
	x.Slugs = unique(x.Slugs)
	if len(x.Slugs) > MaxHospitals {
		return x, nil, nil // Check says so
	}
	for _, slug := range x.Slugs {
		found, err := s.Directory.Listing(ctx, slug)
		switch {
		case fault.Is(err, fault.Missing), fault.Is(err, fault.Gone):
			l.Add("hospitals", "“%s” is not listed. Choose another hospital", a.nameOf(slug))
		case err != nil:
			return x, nil, err
		default:
			x.found = append(x.found, Chosen{found.Slug, found.Name, found.Sample})
		}
	}
	return x, l, nil
}

// nameOf is a hospital as the patient chose it, else the words of its address.
func (a Answers) nameOf(slug string) string {
	for _, c := range a.Hospitals {
		if c.Slug == slug {
			return c.Name
		}
	}
	return strings.ReplaceAll(slug, "-", " ")
}

func unique(all []string) []string {
	var out []string
	for _, x := range all {
		if x != "" && !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}

// DropDraft forgets a draft at once.
func (s *Service) DropDraft(ctx context.Context, token string) error {
	id, err := s.idOf(forDraft, token)
	if err != nil {
		return err
	}
	err = s.Store.Write(ctx, func(tx *models.Tx) error {
		e, err := s.draftForUpdate(tx, id)
		if err != nil {
			return err
		}
		return tx.DropDraft(e)
	})
	if err == nil {
		s.sweep(ctx)
	}
	return err
}

// File is a document of an enquiry, without its content.
type File struct {
	ID    string
	Name  string // for display only
	Kind  files.Kind
	Bytes int64
	Scan  files.Scan
	At    time.Time
}

func (s *Service) filesOf(rows []models.EnquiryFile) ([]File, error) {
	out := make([]File, 0, len(rows))
	for _, r := range rows {
		name, err := s.Box.Open(namePlace(r.ID), r.Name)
		if err != nil {
			return nil, fault.New(fault.Broken, "open enquiry_files", err)
		}
		kind, _ := files.KindOf(r.Kind)
		out = append(out, File{ID: r.ID, Name: string(name), Kind: kind, Bytes: r.Bytes, Scan: files.Scan(r.Scan), At: r.CreatedAt})
	}
	return out, nil
}
