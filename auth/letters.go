package auth

import (
	"context"
	"embed"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"carecorridor/internal/fault"
	"carecorridor/internal/mail"
	"carecorridor/jobs"
	"carecorridor/letters"
	"carecorridor/models"
)

//go:embed letters/*.txt
var letterFiles embed.FS

// SendMail is a worker of jobs.SendMail for the letters of accounts; mine is false for others'.
func (s *Service) SendMail(ctx context.Context, sender mail.Sender, id string) (mine bool, err error) {
	return s.office.Send(ctx, sender, id)
}

// mailLink writes a letter with a fresh link to choose a password.
func (s *Service) mailLink(tx *models.Tx, p *models.Person, template string) error {
	token, err := s.begin(tx, "password", p.ID, nil, s.Limits.LinkTime)
	if err != nil {
		return err
	}
	return s.write(tx, p, template, letters.Letter{Link: s.Origin + PasswordPath(token), Values: map[string]string{"For": spanOf(s.Limits.LinkTime)}})
}

// tellChanged writes that a sign-in has changed.
func (s *Service) tellChanged(tx *models.Tx, p *models.Person) error {
	return s.write(tx, p, "account_changed", letters.Letter{Link: s.Origin + ForgotPath})
}

func (s *Service) write(tx *models.Tx, p *models.Person, template string, l letters.Letter) error {
	if p.Sample {
		return nil // nobody reads it
	}
	var err error
	if l.To, err = s.emailOf(p.ID, p.Email); err != nil {
		return err
	}
	return s.office.Post(tx, template, l)
}

// spanOf is a time in words: "1 hour", "30 minutes".
func spanOf(d time.Duration) string {
	count := func(n int, word string) string {
		if n == 1 {
			return "1 " + word
		}
		return fmt.Sprintf("%d %ss", n, word)
	}
	if d%time.Hour == 0 {
		return count(int(d/time.Hour), "hour")
	}
	return count(int(d/time.Minute), "minute")
}

// later queues a letter to whoever has an address, if anybody has.
func (s *Service) later(tx *models.Tx, about, email string) error {
	return tx.Later(jobs.TellPerson{ID: about + ":" + hex.EncodeToString(s.Box.Index(EmailPurpose, email))})
}

// TellPerson is the worker of jobs.TellPerson.
func (s *Service) TellPerson(ctx context.Context, id string) error {
	about, digits, _ := strings.Cut(id, ":")
	index, err := hex.DecodeString(digits)
	if err != nil {
		return fault.New(fault.Invalid, "tell person", fmt.Errorf("id is not about a person"))
	}
	return s.Store.Write(ctx, func(tx *models.Tx) error {
		p, err := tx.PersonByEmail([][]byte{index})
		if fault.Is(err, fault.Missing) || err == nil && (p.State != "active" || p.Sample) {
			return nil
		}
		if err != nil {
			return err
		}
		template := "account_" + about
		if err := s.mailLink(tx, p, template); err != nil {
			return err
		}
		return tx.Audit(models.Audited{Role: "system", Action: "account.tell", On: "person", ID: p.ID, Facts: map[string]string{"what": about}})
	})
}

// keptDays is how long what has ended is kept, so that it can be looked into.
const keptDays = 30

// Tend is the worker of jobs.TendPeople.
func (s *Service) Tend(ctx context.Context) error {
	return s.Store.Write(ctx, func(tx *models.Tx) error { return tx.DropStaleSignIns(tx.Now().AddDate(0, 0, -keptDays)) })
}
