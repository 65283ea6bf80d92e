package enquiry

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"net/url"
	"strings"
	"text/template"

	"carecorridor/internal/fault"
	"carecorridor/internal/mail"
	"carecorridor/jobs"
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

var letterTemplates = template.Must(template.New("").Option("missingkey=error").ParseFS(letterFiles, "letters/*.txt"))

// letter is what is sealed until the mail is sent.
type letter struct {
	To   string `json:"to"`
	Link string `json:"link"` // full address, or "" for a mail without one
}

// TrackPath is the address of a patient's page.
func TrackPath(code, link string) string {
	return "/enquiry/track/" + url.PathEscape(code) + "?link=" + url.QueryEscape(link)
}

// AnswerPath is the address of a hospital's page.
func AnswerPath(link string) string { return "/answer/" + url.PathEscape(link) }

func (s *Service) tellPatient(tx *models.Tx, e *models.Enquiry, email, template string) error {
	l := letter{To: email}
	if template != letterErased {
		l.Link = s.Origin + TrackPath(*e.Reference, s.link(forTrack, e.ID, s.Terms.TrackDays))
	}
	return s.post(tx, template, l)
}

// tellHospital writes to the address the directory holds now; none held, nothing is written.
func (s *Service) tellHospital(d *deed, r *models.EnquiryRecipient, template string) error {
	l := letter{To: d.book[r.HospitalSlug]}
	if template != letterForget {
		l.Link = s.Origin + AnswerPath(s.link(forAnswer, r.ID, s.Terms.AnswerDays))
	}
	return s.post(d.tx, template, l)
}

// post keeps a letter and queues the job that sends it: both or neither.
func (s *Service) post(tx *models.Tx, template string, l letter) error {
	if l.To == "" {
		return nil
	}
	m := &models.Mail{ID: newID(), Template: template}
	var err error
	if m.Letter, err = s.sealJSON(letterPlace(m.ID), l); err != nil {
		return err
	}
	if err := tx.AddMail(m); err != nil {
		return err
	}
	return tx.Later(jobs.SendMail{ID: m.ID})
}

// SendMail is the worker of jobs.SendMail. A letter that was sent is not sent again; an address that the other
// side refuses for good ends the letter.
func (s *Service) SendMail(ctx context.Context, sender mail.Sender, id string) error {
	m, err := s.Store.MailByID(ctx, id)
	if fault.Is(err, fault.Missing) || err == nil && m.Outcome != "waiting" {
		return nil
	}
	if err != nil {
		return err
	}
	var l letter
	if err := s.openJSON(letterPlace(id), m.Letter, &l); err != nil {
		return err
	}
	message, err := render(m.Template, l)
	if err != nil {
		return err
	}
	message.ID = id
	outcome := "sent"
	if err := sender.Send(ctx, message); mail.Refused(err) {
		outcome = "refused"
	} else if err != nil {
		return fmt.Errorf("mail %s: %w", id, err)
	}
	return s.Store.Write(ctx, func(tx *models.Tx) error { return tx.MailDone(id, outcome) })
}

// render makes the words: the first line of a template is the subject.
func render(name string, l letter) (mail.Message, error) {
	var b bytes.Buffer
	if err := letterTemplates.ExecuteTemplate(&b, name+".txt", l); err != nil {
		return mail.Message{}, fmt.Errorf("letter: %w", err)
	}
	subject, text, _ := strings.Cut(b.String(), "\n")
	return mail.Message{To: l.To, Subject: subject, Text: strings.TrimLeft(text, "\n")}, nil
}
