package enquiry

import (
	"context"
	"time"

	"github.com/google/uuid"

	"carecorridor/auth"
	"carecorridor/internal/fault"
	"carecorridor/models"
)

// Waiting is one request in a hospital's inbox: when it came and where it stands, nothing of what the patient wrote.
type Waiting struct {
	ID        string
	Reference string
	State     State
	Submitted time.Time
	Moved     time.Time // when anything last happened to it
	Due       time.Time // when it lapses unless the hospital answers; zero when it does not wait for the hospital
}

// mostWaiting of one inbox.
const mostWaiting = 500

// Inbox lists the requests to the hospital that a member acts for: those that wait for it first, the oldest of them on
// top. EnquiryAnswer. Requests that were never delivered are not in it.
func (s *Service) Inbox(ctx context.Context, who auth.Actor) ([]Waiting, error) {
	slug, err := s.hospitalOf(ctx, who)
	if err != nil {
		return nil, err
	}
	rows, err := s.Store.RequestsTo(ctx, slug, mostWaiting)
	var out []Waiting
	for _, r := range rows {
		w := Waiting{ID: r.ID, Reference: r.Reference, State: State(r.State), Submitted: r.SubmittedAt.UTC(), Moved: r.MovedAt.UTC()}
		if w.State == Sent || w.State == Opened {
			w.Due = w.Moved.AddDate(0, 0, s.Terms.ReplyDays)
		}
		out = append(out, w)
	}
	return out, err
}

// memberDays is how long the key works that a member's request is opened with: it never leaves the server.
const memberDays = 1

// Enter opens a request by membership instead of by a mailed link, and gives the key that Answer and the other methods of
// a hospital take. EnquiryAnswer; a request to another hospital, or one that was not delivered, is fault.Missing. what is
// what the member is about to do ("read", "quote"), for the audit trail.
func (s *Service) Enter(ctx context.Context, who auth.Actor, id, what string) (key string, err error) {
	slug, err := s.hospitalOf(ctx, who)
	if err != nil {
		return "", err
	}
	if _, err := uuid.Parse(id); err != nil {
		return "", fault.New(fault.Missing, "enquiry", err)
	}
	r, err := s.Store.RecipientByID(ctx, id)
	if err != nil {
		return "", err
	}
	if r.HospitalSlug != slug || State(r.State) == Held {
		return "", fault.New(fault.Missing, "enquiry of another hospital", nil)
	}
	err = s.Store.Write(ctx, func(tx *models.Tx) error {
		return tx.Audit(models.Audited{Person: who.Person, Org: who.Org, Role: string(who.Role), Action: string(auth.EnquiryAnswer), On: "enquiry", ID: r.ID,
			Subject: r.EnquiryID, Facts: map[string]string{"what": what}})
	})
	return s.link(forAnswer, r.ID, memberDays), err
}

// hospitalOf is the slug of the listing that a member acts for.
func (s *Service) hospitalOf(ctx context.Context, who auth.Actor) (string, error) {
	if err := auth.May(who, auth.EnquiryAnswer, auth.Near(who, who.Org, "")); err != nil {
		return "", err
	}
	if who.Provider == 0 {
		return "", fault.New(fault.Missing, "enquiries of no hospital", nil)
	}
	p, err := s.Store.ProviderByID(ctx, who.Provider)
	if err != nil {
		return "", err
	}
	return p.Slug, nil
}
