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

// askBack is mailLink for somebody who may not be the one who asked. Who comes by a sign-in service and has no second factor here gets no
// link: with it, their mailbox alone would open the account.
func (s *Service) askBack(tx *models.Tx, p *models.Person, template string) error {
	f, err := tx.FactorsOf(p.ID)
	if err != nil {
		return err
	}
	linked, err := tx.HasIdentity(p.ID, s.issuers())
	if err == nil && linked && !f.Any() {
		return s.write(tx, p, "account_service", letters.Letter{Link: s.Origin + SignInPath})
	}
	if err != nil {
		return err
	}
	return s.mailLink(tx, p, template)
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

// later queues a letter to whoever has an address, if anybody has. While keys rotate an address has an index under each of them.
func (s *Service) later(tx *models.Tx, about, email string) error {
	var known []string
	for _, index := range s.indexes(email) {
		known = append(known, hex.EncodeToString(index))
	}
	return tx.Later(jobs.TellPerson{ID: about + ":" + strings.Join(known, ",")})
}

// TellPerson is the worker of jobs.TellPerson.
func (s *Service) TellPerson(ctx context.Context, id string) error {
	about, digits, _ := strings.Cut(id, ":")
	var indexes [][]byte
	for _, d := range strings.Split(digits, ",") {
		index, err := hex.DecodeString(d)
		if err != nil {
			return fault.New(fault.Invalid, "tell person", fmt.Errorf("id is not about a person"))
		}
		indexes = append(indexes, index)
	}
	return s.Store.Write(ctx, func(tx *models.Tx) error {
		p, err := tx.PersonByEmail(indexes)
		if fault.Is(err, fault.Missing) || err == nil && (p.State != "active" || p.Sample) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := s.askBack(tx, p, "account_"+about); err != nil {
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
