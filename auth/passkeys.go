package auth

import (
	"context"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"carecorridor/internal/check"
	"carecorridor/models"
)

// beginStepPasskey keeps a ceremony with the sign-in that is on its way.
func (s *Service) beginStepPasskey(ctx context.Context, need Need, token string,
	start func(*models.Tx, *models.Person) (forBrowser, forUs []byte, err error)) (out []byte, err error) {
	c, err := s.Store.ChallengeByToken(ctx, hashOf(token), string(need))
	if err != nil {
		return nil, hide(err, ErrStep)
	}
	err = s.Store.Write(ctx, func(tx *models.Tx) error {
		p, err := tx.PersonForUpdate(*c.PersonID)
		if err != nil {
			return err
		}
		var d stepData
		if out, d.Passkey, err = start(tx, p); err != nil {
			return err
		}
		if err := s.putData(c, d); err != nil {
			return err
		}
		return tx.SaveChallenge(c)
	})
	return out, err
}

// BeginPasskey gives what navigator.credentials.get takes, as JSON.
func (s *Service) BeginPasskey(ctx context.Context, token string) ([]byte, error) {
	return s.beginStepPasskey(ctx, NeedFactor, token, s.askPasskey)
}

// BeginFirstPasskey gives what navigator.credentials.create takes, to a person whose step is NeedEnrol.
func (s *Service) BeginFirstPasskey(ctx context.Context, token string) ([]byte, error) {
	return s.beginStepPasskey(ctx, NeedEnrol, token, s.newPasskey)
}

// FinishFirstPasskey ends the sign-in with the new passkey; Codes of the result are shown once.
func (s *Service) FinishFirstPasskey(ctx context.Context, token, label string, answer []byte, v Visit) (SignedIn, error) {
	return s.first(ctx, token, "passkey", v, func(tx *models.Tx, p *models.Person, d stepData) error {
		label, l := labelOf(label)
		if !l.OK() {
			label = defaultLabel
		}
		return s.addPasskey(tx, p, label, d.Passkey, answer)
	})
}

const defaultLabel = "Passkey"

// labelOf is a person's own name for a passkey.
func labelOf(typed string) (string, check.List) {
	var l check.List
	label := norm.NFC.String(strings.TrimSpace(typed))
	if check.Blank(label) {
		label = defaultLabel
	}
	l.Line("label", "The name", label, maxLabel)
	return label, l
}

// sessionChallenge is the token of a ceremony that belongs to a session: nobody else can finish it.
func sessionChallenge(kind string, who Actor) []byte { return hashOf(kind + " " + who.Session) }

// beginOwn keeps a ceremony with the actor's session.
func (s *Service) beginOwn(ctx context.Context, who Actor, kind string,
	start func(*models.Tx, *models.Person) (forBrowser, forUs []byte, err error)) (out []byte, err error) {
	err = s.Store.Write(ctx, func(tx *models.Tx) error {
		p, err := tx.PersonForUpdate(who.Person)
		if err != nil {
			return err
		}
		var d stepData
		if out, d.Passkey, err = start(tx, p); err != nil {
			return err
		}
		return s.beginAs(tx, sessionChallenge(kind, who), kind, who.Person, d, s.Limits.StepTime)
	})
	return out, err
}

// finishOwn reads a ceremony of the actor's session; it is used up.
func (s *Service) finishOwn(tx *models.Tx, who Actor, kind string) (d stepData, err error) {
	c, err := tx.TakeChallenge(kind, sessionChallenge(kind, who))
	if err != nil {
		return d, hide(err, ErrFactor)
	}
	return d, s.dataOf(c, &d)
}

// BeginStepUp gives what navigator.credentials.get takes.
func (s *Service) BeginStepUp(ctx context.Context, who Actor) ([]byte, error) {
	if err := own(who); err != nil {
		return nil, err
	}
	return s.beginOwn(ctx, who, "passkey_ask", s.askPasskey)
}

// FinishStepUp is StepUpTOTP with a passkey.
func (s *Service) FinishStepUp(ctx context.Context, who Actor, answer []byte) (SignedIn, error) {
	return s.stepUp(ctx, who, "passkey", func(tx *models.Tx, p *models.Person) (bool, error) {
		d, err := s.finishOwn(tx, who, "passkey_ask")
		if err != nil {
			return false, err
		}
		return s.byPasskey(d.Passkey, answer)(tx, p)
	})
}

// NewPasskey gives what navigator.credentials.create takes. Needs a fresh second factor.
func (s *Service) NewPasskey(ctx context.Context, who Actor) ([]byte, error) {
	if err := s.fresh(who); err != nil {
		return nil, err
	}
	return s.beginOwn(ctx, who, "passkey_new", s.newPasskey)
}

// AddPasskey adds what the browser made. Needs a fresh second factor. Field of the problems: label.
func (s *Service) AddPasskey(ctx context.Context, who Actor, label string, answer []byte) (check.List, error) {
	label, l := labelOf(label)
	if !l.OK() {
		return l, nil
	}
	return nil, s.change(ctx, who, "add_passkey", true, func(tx *models.Tx, p *models.Person) error {
		d, err := s.finishOwn(tx, who, "passkey_new")
		if err != nil {
			return err
		}
		return s.addPasskey(tx, p, label, d.Passkey, answer)
	})
}

// RemovePasskey forgets one; ErrLastFactor when it is the only factor. Needs a fresh second factor.
func (s *Service) RemovePasskey(ctx context.Context, who Actor, id string) error {
	return s.change(ctx, who, "remove_passkey", false, func(tx *models.Tx, p *models.Person) error {
		f, err := tx.FactorsOf(p.ID)
		if err != nil {
			return err
		}
		if err := gone(slices.ContainsFunc(f.Passkeys, func(k models.Passkey) bool { return k.ID == id }), nil); err != nil {
			return err
		}
		if err := mayDrop(f, 0, 1); err != nil {
			return err
		}
		return gone(tx.DropPasskey(p.ID, id))
	})
}
