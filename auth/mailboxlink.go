package auth

import (
	"context"

	"carecorridor/internal/when"
	"carecorridor/letters"
	"carecorridor/models"
)

// mailboxLink is the challenge of a link that shows whose a mailbox is, and does nothing else.
const mailboxLink = "mailbox"

// MailMailboxLink mails the actor a link that shows, once used, that the mailbox of their account is theirs (domain.md §1.4,
// R1). ErrTooMany when links were asked for too often.
func (s *Service) MailMailboxLink(ctx context.Context, who Actor, v Visit) error {
	if err := own(who); err != nil {
		return err
	}
	var open bool
	err := s.Store.Write(ctx, func(tx *models.Tx) error {
		p, err := tx.PersonForUpdate(who.Person)
		if err != nil {
			return err
		}
		email, err := s.emailOf(p.ID, p.Email)
		if err != nil {
			return err
		}
		if open, err = s.countLink(tx, email, v); err != nil || !open {
			return err
		}
		token, err := s.begin(tx, mailboxLink, p.ID, nil, s.Limits.LinkTime)
		if err != nil {
			return err
		}
		if err := s.write(tx, p, "account_mailbox", letters.Letter{Link: s.Origin + MailboxPath(token), Values: map[string]string{"For": spanOf(s.Limits.LinkTime)}}); err != nil {
			return err
		}
		return audit(tx, who, AccountOwn, "person", p.ID, "", "what", "ask_mailbox_link")
	})
	if err == nil && !open {
		err = ErrTooMany
	}
	return err
}

// MailboxLinkWorks reports whether a link that shows a mailbox still does, else ErrLink.
func (s *Service) MailboxLinkWorks(ctx context.Context, token string) error {
	_, err := s.Store.ChallengeByToken(ctx, hashOf(token), mailboxLink)
	return hide(err, ErrLink)
}

// ShowMailbox uses up a mailed link, and every other of the same person. Whoever holds it need not be signed in, and is not afterwards.
func (s *Service) ShowMailbox(ctx context.Context, token string) error {
	return s.Store.Write(ctx, func(tx *models.Tx) error {
		c, err := tx.TakeChallenge(mailboxLink, hashOf(token))
		if err != nil {
			return hide(err, ErrLink)
		}
		p, err := tx.PersonForUpdate(*c.PersonID)
		if err != nil {
			return err
		}
		if p.State != "active" {
			return ErrLink
		}
		if err := tx.DropChallenges(p.ID, mailboxLink); err != nil {
			return err
		}
		if err := tx.MailboxProved(p.ID, when.DateOf(s.now())); err != nil {
			return err
		}
		return tx.Audit(models.Audited{Person: p.ID, Action: string(AccountOwn), On: "person", ID: p.ID, Facts: map[string]string{"what": "mailbox_by_link"}})
	})
}
