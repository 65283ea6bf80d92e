// Package letters keeps mail sealed in the database from the transaction that makes it necessary until it is sent: both
// are kept, or neither. It is not for the sending itself (internal/mail) nor for words: each package that writes has its own.
package letters

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"
	"text/template"

	"github.com/google/uuid"

	"carecorridor/internal/fault"
	"carecorridor/internal/mail"
	"carecorridor/internal/seal"
	"carecorridor/jobs"
	"carecorridor/models"
)

// Letter is what is sealed until the mail is sent. No letter names a condition, a treatment or a hospital: a mailbox is
// read by others (domain.md §4.4).
type Letter struct {
	To     string            `json:"to"`
	Link   string            `json:"link"`             // full address, or ""
	Values map[string]string `json:"values,omitempty"` // other words of the template, such as a day
}

// Office posts and sends the letters of one package.
type Office struct {
	store     *models.Store
	box       *seal.Box
	templates *template.Template
}

// New makes an office whose templates are the *.txt files of dir in files: the first line is the subject. A template's name
// is its file's without ending, and no two packages may use the same.
func New(store *models.Store, box *seal.Box, files fs.FS, dir string) (*Office, error) {
	t, err := template.New("").Option("missingkey=error").ParseFS(files, dir+"/*.txt")
	if err != nil {
		return nil, fmt.Errorf("letters: %w", err)
	}
	return &Office{store, box, t}, nil
}

func place(id string) seal.Place { return seal.Place{Table: "mails", Column: "letter", ID: id} }

// Post keeps a letter and queues the job that sends it. A letter to nobody is none.
func (o *Office) Post(tx *models.Tx, name string, l Letter) error {
	if l.To == "" {
		return nil
	}
	if _, err := o.render(name, l); err != nil {
		return err // now, while somebody sees it
	}
	plain, err := json.Marshal(l)
	if err != nil {
		return fault.New(fault.Broken, "letter", err)
	}
	m := &models.Mail{ID: uuid.Must(uuid.NewV7()).String(), Template: name}
	if m.Letter, err = o.box.Seal(place(m.ID), plain); err != nil {
		return err
	}
	if err := tx.AddMail(m); err != nil {
		return err
	}
	return tx.Later(jobs.SendMail{ID: m.ID})
}

// Send hands one letter over; mine is false when another package wrote it, and then nothing is done. A letter that was sent is
// not sent again; an address that the other side refuses for good ends the letter.
func (o *Office) Send(ctx context.Context, sender mail.Sender, id string) (mine bool, err error) {
	m, err := o.store.MailByID(ctx, id)
	if err != nil {
		return fault.Is(err, fault.Missing), ignoreMissing(err)
	}
	if o.templates.Lookup(m.Template+".txt") == nil {
		return false, nil
	}
	if m.Outcome != "waiting" {
		return true, nil
	}
	var l Letter
	plain, err := o.box.Open(place(id), m.Letter)
	if err == nil {
		err = json.Unmarshal(plain, &l)
	}
	if err != nil {
		return true, fault.New(fault.Broken, "letter", err)
	}
	message, err := o.render(m.Template, l)
	if err != nil {
		return true, err
	}
	message.ID = id
	outcome := "sent"
	if err := sender.Send(ctx, message); mail.Refused(err) {
		outcome = "refused"
	} else if err != nil {
		return true, fmt.Errorf("mail %s: %w", id, err)
	}
	return true, o.store.Write(ctx, func(tx *models.Tx) error { return tx.MailDone(id, outcome) })
}

func ignoreMissing(err error) error {
	if fault.Is(err, fault.Missing) {
		return nil
	}
	return err
}

// render makes the words.
func (o *Office) render(name string, l Letter) (mail.Message, error) {
	var b bytes.Buffer
	if err := o.templates.ExecuteTemplate(&b, name+".txt", l); err != nil {
		return mail.Message{}, fault.New(fault.Broken, "letter", err)
	}
	subject, text, _ := strings.Cut(b.String(), "\n")
	return mail.Message{To: l.To, Subject: subject, Text: strings.TrimLeft(text, "\n")}, nil
}
