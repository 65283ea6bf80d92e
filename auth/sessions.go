package auth

import (
	"context"
	"strconv"

	"carecorridor/internal/fault"
	"carecorridor/models"
)

// own asks the policy whether the actor may see and change their own sign-in.
func own(who Actor) error { return May(who, AccountOwn, Near(who, "", who.Person)) }

// fresh is own for what is dangerous: the second factor was given lately.
func (s *Service) fresh(who Actor) error {
	if err := own(who); err != nil {
		return err
	}
	return s.Fresh(who)
}

// Fresh is ErrStepUp when the actor must confirm first that it is still them (domain.md §1.5: consent, accepting a quote, passports,
// bulk export, decisions of verification, and all that changes who may sign in).
func (s *Service) Fresh(who Actor) error {
	if who.Fresh(s.now()) {
		return nil
	}
	return ErrStepUp
}

// audit says that the actor did something.
func audit(tx *models.Tx, who Actor, action Action, on, id, why string, facts ...string) error {
	a := models.Audited{Person: who.Person, Org: who.Org, Role: string(who.Role), Action: string(action), On: on, ID: id, Why: why, Facts: map[string]string{}}
	for i := 0; i+1 < len(facts); i += 2 {
		a.Facts[facts[i]] = facts[i+1]
	}
	return tx.Audit(a)
}

// Roles are the roles the person holds.
func (s *Service) Roles(ctx context.Context, who Actor) ([]Held, error) {
	if err := own(who); err != nil {
		return nil, err
	}
	rows, err := s.Store.HeldBy(ctx, who.Person)
	var out []Held
	for _, r := range rows {
		h := heldOf(r)
		h.Current = r.ID == who.Membership
		out = append(out, h)
	}
	return out, err
}

func heldOf(r models.HeldRow) Held {
	return Held{Membership: r.ID, Org: r.OrgID, OrgName: r.OrgName, Kind: Kind(r.OrgKind), Role: Role(r.Role), Paused: !usable(r)}
}

// Switch lets the person act in another role they hold; the session's token is renewed.
func (s *Service) Switch(ctx context.Context, who Actor, membership string) (out SignedIn, err error) {
	if err := own(who); err != nil {
		return out, err
	}
	held, err := s.Roles(ctx, who)
	if err != nil {
		return out, err
	}
	may := false
	for _, h := range held {
		may = may || h.Membership == membership && !h.Paused
	}
	if !may {
		return out, fault.New(fault.Missing, "switch role", nil)
	}
	err = s.Store.Write(ctx, func(tx *models.Tx) error {
		out, err = s.renew(tx, who, func(row *models.Session) error {
			row.MembershipID, row.Data = membership, nil
			return nil
		})
		if err != nil {
			return err
		}
		return audit(tx, out.Actor, AccountOwn, "session", who.Session, "", "what", "switch")
	})
	return out, err
}

// Sessions of the person, the newest first.
func (s *Service) Sessions(ctx context.Context, who Actor) ([]SessionLine, error) {
	if err := own(who); err != nil {
		return nil, err
	}
	rows, err := s.Store.SessionsOf(ctx, who.Person)
	var out []SessionLine
	for _, r := range rows {
		if !s.now().Before(r.SeenAt.Add(s.idle(Role(r.Role)))) {
			continue // ended by itself
		}
		out = append(out, SessionLine{ID: r.ID, Agent: r.Agent, OrgName: r.OrgName, Role: Role(r.Role), Created: r.CreatedAt, Seen: r.SeenAt, Current: r.ID == who.Session})
	}
	return out, err
}

// EndSession ends one of the person's own sessions at once.
func (s *Service) EndSession(ctx context.Context, who Actor, id string) error {
	if err := own(who); err != nil {
		return err
	}
	return s.Store.Write(ctx, func(tx *models.Tx) error {
		mine, err := tx.EndSession(who.Person, id)
		if err == nil && !mine {
			err = fault.New(fault.Missing, "end session", nil)
		}
		if err != nil {
			return err
		}
		return audit(tx, who, AccountOwn, "session", id, "", "what", "end")
	})
}

// EndOthers ends all of the person's sessions but this one and says how many.
func (s *Service) EndOthers(ctx context.Context, who Actor) (n int, err error) {
	if err := own(who); err != nil {
		return 0, err
	}
	err = s.Store.Write(ctx, func(tx *models.Tx) error {
		if n, err = tx.EndSessions(who.Person, who.Session); err != nil {
			return err
		}
		return audit(tx, who, AccountOwn, "person", who.Person, "", "what", "end_others", "sessions", strconv.Itoa(n))
	})
	return n, err
}
