package referral

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"slices"
	"time"

	"carecorridor/auth"
	"carecorridor/internal/fault"
	"carecorridor/internal/mail"
	"carecorridor/jobs"
	"carecorridor/models"
	"carecorridor/referral/record"
)

// Addresses that mails lead to. A link is all that a patient or a GP needs beside a code.
const (
	PatientPath  = "/care/link/"
	HandbackPath = "/handback/"
	signInPath   = "/sign-in"
)

// tell notes who has something to read. Everybody gets at most one mail for one event; those who have one waiting
// already get no other.
func (d *deed) tell(who auth.Actor, in Input, out Outcome) error {
	if out.Silence {
		if err := d.tx.DropNotices(d.r.ID); err != nil {
			return err
		}
		if err := d.tx.EndPatientSessions(d.r.ID); err != nil {
			return err
		}
	}
	if out.Ending == EndEnteredInError {
		if err := d.tx.EndPatientSessions(d.r.ID); err != nil {
			return err
		}
	}
	list := slices.Clone(out.Notices)
	if alarming(side(who.Role), in.Text) {
		list = append(list, Told{To: ToSafetyReviewer, Key: "red_words"}, Told{To: ToCoordinator, Key: "red_words"})
	}
	for _, t := range list {
		if err := d.notice(t, out.Provider); err != nil {
			return err
		}
	}
	return nil
}

// notice expands one recipient into people and keeps a row for each.
func (d *deed) notice(t Told, about string) error {
	kind, people, err := d.recipients(t, about)
	if err != nil {
		return err
	}
	for _, person := range people {
		if err := d.addNotice(kind, person, t); err != nil {
			return err
		}
	}
	return nil
}

func (d *deed) addNotice(kind, person string, t Told) error {
	row := models.ReferralNotice{ID: newID(), ReferralID: d.r.ID, HospitalID: t.Provider, ToKind: kind, Person: person, Key: t.Key, State: "waiting", At: d.now}
	whom := kind + " " + person
	once := whom + " " + t.Key + " " + t.Provider
	if d.told[once] {
		return nil // in two parts at once, such as owner and medical director, or several reminders after a standstill
	}
	d.told[once] = true
	waits, err := d.tx.NoticeWaits(d.r.ID, kind, person)
	if err != nil {
		return err
	}
	if d.s.Quiet {
		row.State, row.DoneAt = "dropped", optional(d.now)
	} else if waits || d.told[whom] {
		row.State = "joined"
	}
	d.told[whom] = true
	if err := d.tx.AddNotice(&row); err != nil || row.State != "waiting" {
		return err
	}
	return d.tx.Later(jobs.TellReferral{ID: row.ID})
}

// recipients are the people behind a recipient; "" is the patient or the GP.
func (d *deed) recipients(t Told, about string) (kind string, people []string, err error) {
	in := func(org string, roles ...auth.Role) ([]string, error) {
		words := make([]string, len(roles))
		for i, r := range roles {
			words[i] = string(r)
		}
		return d.tx.PeopleIn(org, words...)
	}
	switch t.To {
	case ToPatient:
		return "patient", []string{""}, nil
	case ToGP:
		return "gp", []string{""}, nil
	case ToAftercare: // only when one was named: nobody is asked to name one
		rows, err := d.tx.HandbacksOf(d.r.ID)
		if slices.ContainsFunc(rows, func(h models.Handback) bool { return h.ToKind == FromAftercare && len(h.Address) > 0 }) {
			return FromAftercare, []string{""}, err
		}
		return FromAftercare, nil, err
	case ToReferrer:
		people = []string{d.f.Clinician}
		if d.r.CreatedBy != "" && d.r.CreatedBy != d.f.Clinician {
			people = append(people, d.r.CreatedBy)
		}
		people = slices.DeleteFunc(people, func(p string) bool { return p == "" })
	case ToHospital:
		people, err = in(d.orgOf(t.Provider), hospital...)
	case ToMedicalHead:
		if people, err = in(d.orgOf(firstOf(t.Provider, about)), auth.ProviderOwner); len(people) == 0 && err == nil {
			people, err = in("", auth.Coordinator)
		}
	case ToCoordinator:
		people, err = in("", auth.Coordinator)
	case ToSafetyReviewer:
		people, err = in("", auth.SafetyReviewer)
	case ToDPO:
		people, err = in("", auth.Administrator)
	}
	return "person", people, err
}

// orgOf a hospital's row, or of the chosen one's; never "", which would be the alliance.
func (d *deed) orgOf(provider string) string {
	p := d.f.Provider(provider)
	if p == nil {
		p = d.f.Chosen()
	}
	if p == nil {
		return "none"
	}
	return p.Org
}

func firstOf(all ...string) string {
	for _, s := range all {
		if s != "" {
			return s
		}
	}
	return ""
}

// newToken is a secret for a mail or a browser, and the hash by which it is known here: 256 random bits need no key.
func newToken() (token string, hash []byte) {
	raw := make([]byte, 32)
	_, _ = rand.Read(raw) // never fails (crypto/rand)
	token = base64.RawURLEncoding.EncodeToString(raw)
	return token, tokenHash(token)
}

// keptToken is a secret that is made anew from what it is for, by a key that no database holds: sent again it is the same.
func (s *Service) keptToken(what, of string) string {
	return base64.RawURLEncoding.EncodeToString(s.Box.Index("referrals.token."+what, of))
}

func tokenHash(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// Tell is the worker of jobs.TellReferral: it mails one notice. Address and link come about now: a patient who died, or
// changed their address, is not written to at the old one. What was sent is not sent again.
func (s *Service) Tell(ctx context.Context, sender mail.Sender, id string) error {
	began := s.now()
	n, err := s.Store.NoticeByID(ctx, id)
	if fault.Is(err, fault.Missing) || err == nil && n.State != "waiting" {
		return nil
	}
	if err != nil {
		return err
	}
	to, link, err := s.addressOf(ctx, n)
	if err != nil {
		return err
	}
	state := "sent"
	switch {
	case to == "":
		state = "dropped"
	default:
		m := mail.Message{ID: id, To: to, Subject: "You have a new message", Text: "You have a new message. Sign in to read it:\n\n" + s.Origin + link + "\n"}
		if err := sender.Send(ctx, m); mail.Refused(err) {
			state = "refused"
		} else if err != nil {
			return fmt.Errorf("notice %s: %w", id, err)
		}
	}
	return s.Store.Write(ctx, func(tx *models.Tx) error { return s.told(tx, n, state, began) })
}

// told notes what became of a mail that was begun at a moment. What joined it later gets a mail of its own: the person may
// have read the first one, and been here, before it was there. The referral's lock lets nothing join unseen.
func (s *Service) told(tx *models.Tx, n *models.ReferralNotice, state string, began time.Time) error {
	if _, err := tx.ReferralForUpdate(n.ReferralID); err != nil {
		return err
	}
	if err := tx.NoticeDone(n, state, began); err != nil {
		return err
	}
	next, err := tx.NextNotice(n)
	if err != nil || next == "" {
		return err
	}
	return tx.Later(jobs.TellReferral{ID: next})
}

// staleAfter is when the queue has given a mail up: it tries for about a day, and longer where each try hangs.
const staleAfter = 4 * day

// tellAnew puts notices in the queue again whose mail was given up. They would wait for ever, and keep every later mail to the
// same person about the same referral waiting with them.
func (s *Service) tellAnew(ctx context.Context) error {
	return s.Store.Write(ctx, func(tx *models.Tx) error {
		rows, err := tx.StaleNotices(s.now().Add(-staleAfter), batch)
		if err != nil {
			return err
		}
		for _, old := range rows {
			anew := models.ReferralNotice{ID: newID(), ReferralID: old.ReferralID, HospitalID: old.HospitalID, ToKind: old.ToKind, Person: old.Person, Key: old.Key, State: "waiting", At: s.now(), ReadAt: old.ReadAt}
			if err := tx.NoticeReplaced(&old); err != nil {
				return err
			}
			if err := tx.AddNotice(&anew); err != nil {
				return err
			}
			if err := tx.Later(jobs.TellReferral{ID: anew.ID}); err != nil {
				return err
			}
		}
		return nil
	})
}

// addressOf is where a notice goes and where its link leads; "" when there is nobody to write to.
func (s *Service) addressOf(ctx context.Context, n *models.ReferralNotice) (to, link string, err error) {
	switch n.ToKind {
	case "person":
		p, err := s.Store.PersonByID(ctx, n.Person)
		if err != nil || p.State != "active" || p.Sample {
			return "", "", err // the demonstration's people have no mailbox
		}
		to, err = s.openText("people", "email", p.ID, p.Email)
		return to, signInPath, err
	case "gp", FromAftercare:
		return s.handbackAddress(ctx, n.ReferralID, n.ToKind)
	}
	return s.patientAddress(ctx, n.ReferralID, n.ID)
}

func (s *Service) patientAddress(ctx context.Context, id, notice string) (to, link string, err error) {
	err = s.Store.Write(ctx, func(tx *models.Tx) error {
		rows, err := tx.SectionsOf(id)
		if err != nil {
			return err
		}
		var p record.Patient
		if err := s.section(rows, string(InPatient), &p); err != nil || p.Email == "" {
			return err
		}
		token := s.keptToken("patient_links", notice)
		hash := tokenHash(token)
		to, link = p.Email, PatientPath+token
		if known, err := tx.PatientLinkKnown(hash); err != nil || known {
			return err // a mail that is tried again is the same mail
		}
		return tx.AddPatientLink(&models.PatientLink{ID: newID(), ReferralID: id, TokenHash: hash, CreatedAt: s.now(), ExpiresAt: s.now().AddDate(0, 0, s.Terms.LinkDays)})
	})
	return to, link, err
}

// handbackAddress is the link of the package's way home. It stays the same for an address, so that every mail that a
// practice filed opens the papers; another address has another.
func (s *Service) handbackAddress(ctx context.Context, id, kind string) (to, link string, err error) {
	err = s.Store.Write(ctx, func(tx *models.Tx) error {
		to, link = "", ""
		rows, err := tx.HandbacksOf(id)
		at := slices.IndexFunc(rows, func(h models.Handback) bool { return h.ToKind == kind })
		if err != nil || at < 0 {
			return err
		}
		h := &rows[at]
		if to, err = s.openText("handbacks", "address", h.ID, h.Address); err != nil || to == "" {
			return err
		}
		token := s.keptToken("handbacks", h.ID+" "+to)
		hash := tokenHash(token)
		until := s.now().AddDate(0, 0, s.Terms.HandbackDays)
		h.TokenHash, h.ExpiresAt, h.Chased = hash, &until, h.Chased+1
		if h.SentAt == nil {
			h.SentAt, h.Chased = optional(s.now()), 0
		}
		link = HandbackPath + token
		return tx.PutHandback(h)
	})
	return to, link, err
}
