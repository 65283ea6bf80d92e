package enquiry

import (
	"context"
	"embed"
	"fmt"
	"net/url"

	"carecorridor/internal/mail"
	"carecorridor/letters"
	"carecorridor/models"
)

// Templates of mail. None may name a condition, a treatment or a hospital: a mailbox is read by others (domain.md §4.4).
const (
	letterReceived = "patient_received"
	letterNews     = "patient_news"
	letterLink     = "patient_link"
	letterErased   = "patient_erased"
	letterRequest  = "hospital_request"
	letterReply    = "hospital_news"
	letterClosed   = "hospital_closed"
	letterForget   = "hospital_erased"
)

//go:embed letters/*.txt
var letterFiles embed.FS

// TrackPath is the address of a patient's page.
func TrackPath(code, link string) string {
	return "/enquiry/track/" + url.PathEscape(code) + "?link=" + url.QueryEscape(link)
}

// AnswerPath is the address of a hospital's page.
func AnswerPath(link string) string { return "/answer/" + url.PathEscape(link) }

func (s *Service) tellPatient(tx *models.Tx, e *models.Enquiry, email, template string) error {
	l := letters.Letter{To: email}
	if template != letterErased {
		l.Link = s.Origin + TrackPath(*e.Reference, s.link(forTrack, e.ID, s.Terms.TrackDays))
	}
	return s.office.Post(tx, template, l)
}

// tellHospital writes to the address the directory holds now; none held, nothing is written.
func (s *Service) tellHospital(d *deed, r *models.EnquiryRecipient, template string) error {
	l := letters.Letter{To: d.book[r.HospitalSlug]}
	if template != letterForget {
		l.Link = s.Origin + AnswerPath(s.link(forAnswer, r.ID, s.Terms.AnswerDays))
	}
	return s.office.Post(d.tx, template, l)
}

// SendMail is the last of those that the worker of jobs.SendMail asks: a letter that is nobody's is an error.
func (s *Service) SendMail(ctx context.Context, sender mail.Sender, id string) error {
	mine, err := s.office.Send(ctx, sender, id)
	if err == nil && !mine {
		err = fmt.Errorf("mail %s: no package has its template", id)
	}
	return err
}
