package auth

import (
	"context"
	"time"

	"carecorridor/internal/fault"
	"carecorridor/models"
)

// seenEvery is how exact the note is that a session is in use: not every request is worth a write.
const seenEvery = 20 * time.Second

// maxData of the pages' own values in a session.
const maxData = 4 << 10

// errNoRole: the account is fine and may do nothing.
var errNoRole = fault.Say(fault.Forbidden, "sign in", "You have no role here now. Ask the person who manages your organisation's accounts")

// idle is how long a session of a role may rest.
func (s *Service) idle(r Role) time.Duration {
	if KindOf(r) == Practice {
		return s.Limits.ReferrerIdle
	}
	return s.Limits.StaffIdle
}

// Who holds a session token; ErrSession when nobody does. Call it once for each request: it notes that the session is in use.
func (s *Service) Who(ctx context.Context, token string) (Session, error) {
	if token == "" {
		return Session{}, ErrSession
	}
	row, err := s.Store.SessionByToken(ctx, hashOf(token))
	if err != nil {
		return Session{}, hide(err, ErrSession)
	}
	idleAt := row.SeenAt.Add(s.idle(Role(row.Role)))
	if row.PersonState != "active" || row.MembershipState != "active" || row.OrgState != "active" || !s.now().Before(idleAt) || row.Sample && !s.Demo {
		return Session{}, ErrSession
	}
	out := Session{Until: row.ExpiresAt.UTC(), IdleAt: idleAt.UTC()}
	if out.Actor, err = s.actor(row); err != nil {
		return Session{}, err
	}
	if len(row.Data) > 0 {
		data, err := s.open("sessions", "data", row.ID, row.Data)
		if err != nil {
			return Session{}, err
		}
		out.Data = []byte(data)
	}
	if s.now().Sub(row.SeenAt) >= seenEvery {
		err = s.Store.Write(ctx, func(tx *models.Tx) error { return tx.SeeSession(row.ID) })
		out.IdleAt = s.now().Add(s.idle(out.Role))
	}
	return out, err
}

func (s *Service) actor(row *models.SessionRow) (Actor, error) {
	a := Actor{Person: row.PersonID, Org: row.OrgID, OrgName: row.OrgName, Role: Role(row.Role), Session: row.ID, Membership: row.MembershipID}
	if row.ProviderID != nil {
		a.Provider = *row.ProviderID
	}
	if row.SteppedUpAt != nil {
		a.SteppedUp = row.SteppedUpAt.UTC()
	}
	var err error
	a.Name, err = s.nameOf(row.PersonID, row.PersonName)
	return a, err
}

// enter begins a session for somebody whose factors were all right, in the role they acted in last. confirmed is when they gave them, nil
// when nobody knows.
func (s *Service) enter(tx *models.Tx, p *models.Person, how string, v Visit, confirmed *time.Time) (SignedIn, error) {
	held, err := tx.HeldBy(p.ID)
	if err != nil {
		return SignedIn{}, err
	}
	last, err := tx.LastMembership(p.ID)
	if err != nil {
		return SignedIn{}, err
	}
	var as *models.HeldRow
	for i, h := range held {
		if usable(h) && (as == nil || h.ID == last) {
			as = &held[i]
		}
	}
	if as == nil {
		return SignedIn{}, errNoRole
	}
	token, hash := newToken()
	row := models.Session{ID: newID(), TokenHash: hash, PersonID: p.ID, MembershipID: as.ID, Agent: agentOf(v.Agent),
		SteppedUpAt: confirmed, ExpiresAt: tx.Now().Add(s.Limits.Absolute)}
	if err := tx.AddSession(&row); err != nil {
		return SignedIn{}, err
	}
	if err := tx.Audit(models.Audited{Person: p.ID, Org: as.OrgID, Role: as.Role, Action: "account.sign_in", On: "session", ID: row.ID,
		Facts: map[string]string{"by": how}}); err != nil {
		return SignedIn{}, err
	}
	return s.signedIn(row, *as, p, token)
}

// enterNow is enter for factors that were given this moment.
func (s *Service) enterNow(tx *models.Tx, p *models.Person, how string, v Visit) (SignedIn, error) {
	now := tx.Now()
	return s.enter(tx, p, how, v, &now)
}

// usable: the person can act in the role now.
func usable(h models.HeldRow) bool { return h.State == "active" && h.OrgState == "active" }

func (s *Service) signedIn(row models.Session, as models.HeldRow, p *models.Person, token string) (SignedIn, error) {
	a, err := s.actor(&models.SessionRow{Session: row, PersonName: p.Name, Role: as.Role, OrgID: as.OrgID, OrgName: as.OrgName, ProviderID: as.ProviderID})
	return SignedIn{Token: token, Actor: a, Until: row.ExpiresAt}, err
}

// renew gives the actor's session a new token after change changed it: whoever learnt the old one has nothing.
func (s *Service) renew(tx *models.Tx, who Actor, change func(*models.Session) error) (out SignedIn, err error) {
	row, err := tx.SessionForUpdate(who.Person, who.Session)
	if err != nil {
		return out, hide(err, ErrSession)
	}
	if err := change(row); err != nil {
		return out, err
	}
	var token string
	token, row.TokenHash = newToken()
	if err := tx.SaveSession(row); err != nil {
		return out, err
	}
	held, err := tx.HeldBy(who.Person)
	if err != nil {
		return out, err
	}
	for _, h := range held {
		if h.ID == row.MembershipID && usable(h) {
			p, err := tx.PersonForUpdate(who.Person)
			if err != nil {
				return out, err
			}
			return s.signedIn(*row, h, p, token)
		}
	}
	return out, ErrSession
}

// SetData keeps the pages' own small values (up to 4 KiB, sealed) with the session.
func (s *Service) SetData(ctx context.Context, who Actor, data []byte) error {
	if len(data) > maxData {
		return fault.New(fault.Invalid, "session data", nil)
	}
	return s.Store.Write(ctx, func(tx *models.Tx) error {
		row, err := tx.SessionForUpdate(who.Person, who.Session)
		if err != nil {
			return hide(err, ErrSession)
		}
		row.Data = nil
		if len(data) > 0 {
			if row.Data, err = s.seal("sessions", "data", row.ID, string(data)); err != nil {
				return err
			}
		}
		return tx.SaveSession(row)
	})
}

// SignOut ends a session. One that has ended already is no error.
func (s *Service) SignOut(ctx context.Context, token string) error {
	row, err := s.Store.SessionByToken(ctx, hashOf(token))
	if err != nil {
		return hide(err, nil)
	}
	return s.Store.Write(ctx, func(tx *models.Tx) error {
		if _, err := tx.EndSession(row.PersonID, row.ID); err != nil {
			return err
		}
		return tx.Audit(models.Audited{Person: row.PersonID, Org: row.OrgID, Role: row.Role, Action: "account.sign_out", On: "session", ID: row.ID})
	})
}
