package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"carecorridor/auth"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/internal/when"
	"carecorridor/models"
)

// openPeople wires accounts to an app whose store is open.
func (a *app) openPeople(demo bool) error {
	box, err := a.cfg.box()
	if err != nil {
		return err
	}
	services, err := a.cfg.signInServices()
	if err != nil {
		return fmt.Errorf("CORRIDOR_OIDC_FILE: %w", err)
	}
	origin := a.cfg.Origin
	if origin == "" {
		origin = "http://" + reachable(a.cfg.Addr)
	}
	a.people, err = auth.New(auth.Options{Store: a.store, Box: box, Clock: a.clock, Origin: origin, Breached: a.cfg.BreachedFile, OIDC: services, Demo: demo,
		Limits: auth.Limits{StaffIdle: a.cfg.SessionIdle, ReferrerIdle: a.cfg.SessionIdle, Absolute: a.cfg.SessionLength}})
	return err
}

// signInServices reads the list of sign-in services of others.
func (c *Config) signInServices() ([]auth.OIDCProvider, error) {
	if c.OIDCFile == "" {
		return nil, nil
	}
	text, err := os.ReadFile(c.OIDCFile)
	if err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(strings.NewReader(string(text)))
	decoder.DisallowUnknownFields()
	var all []auth.OIDCProvider
	return all, decoder.Decode(&all)
}

// tellPerson and tendPeople are workers of the queue.
func (a *app) tellPerson(ctx context.Context, id string) error { return a.people.TellPerson(ctx, id) }
func (a *app) tendPeople(ctx context.Context) error            { return a.people.Tend(ctx) }

// examinePeople asks whether somebody can administer the site, and whether what sign-in needs can be opened.
func (c *Config) examinePeople(ctx context.Context, store *models.Store, say func(string, error, string)) {
	a := &app{cfg: c, log: c.logger(), clock: when.System, store: store}
	if err := a.openPeople(false); err != nil {
		say("accounts", err, "")
		return
	}
	n, err := administrators(ctx, store)
	good := fmt.Sprintf("%d administrators, %d sign-in services of others", n, len(a.people.Providers()))
	if n == 0 {
		good = "no administrator yet: corridor user add-administrator makes the first one"
	}
	say("accounts", err, good)
}

// administrators counts those who can act outside the demonstration.
func administrators(ctx context.Context, store *models.Store) (n int, err error) {
	held, err := store.HeldBy(ctx, "")
	if err != nil {
		return 0, err
	}
	people, err := store.PeopleRows(ctx)
	for _, p := range people {
		if !p.Sample && p.State == "active" && slices.ContainsFunc(held, func(h models.HeldRow) bool {
			return h.PersonID == p.ID && h.Role == string(auth.Administrator) && h.State == "active"
		}) {
			n++
		}
	}
	return n, err
}

type userCommand struct {
	AddAdministrator userAdd   `cmd:"" help:"Make an administrator and print the one-time link to set password and second factor."`
	List             userList  `cmd:"" help:"List accounts with their roles."`
	Lock             userLock  `cmd:"" help:"Keep somebody from signing in, and end their sessions."`
	Unlock           userFree  `cmd:"" help:"Let somebody sign in again, and forget wrong tries."`
	ResetFactors     userReset `cmd:"" help:"Forget somebody's second factors and print the one-time link to set up new ones."`
}

// withPeople runs f over the configured database.
func withPeople(ctx context.Context, c *Config, f func(*auth.Service, auth.Actor) error) error {
	a := &app{cfg: c, log: c.logger(), clock: when.System}
	var err error
	if a.store, err = openStore(ctx, c, a.log, nil); err != nil {
		return err
	}
	defer a.store.Close()
	if err := a.readySchema(ctx); err != nil {
		return err
	}
	if err := a.openPeople(false); err != nil {
		return err
	}
	return plainly(f(a.people, a.people.Console()))
}

// plainly prefers the sentence for the reader: the rest is for the log.
func plainly(err error) error {
	var e *fault.E
	if errors.As(err, &e) && e.Say != "" {
		return errors.New(e.Say)
	}
	return err
}

// problems makes what is wrong with a form an error.
func problems(l check.List) error {
	if l.OK() {
		return nil
	}
	return errors.New(l.String())
}

type userAdd struct {
	Email string `required:"" help:"Email address of the new administrator."`
	Name  string `required:"" help:"Full name, as colleagues know it."`
}

// Run prints the link alone, so that it can be piped.
func (u *userAdd) Run(ctx context.Context, c *Config) error {
	return withPeople(ctx, c, func(s *auth.Service, who auth.Actor) error {
		link, l, err := s.AddAdministrator(ctx, who, u.Email, u.Name)
		if err = errors.Join(problems(l), err); err != nil {
			return err
		}
		if link == "" {
			fmt.Println("this person has an account already and is an administrator from now on: they sign in as before")
			return nil
		}
		fmt.Fprintln(os.Stderr, "for this person alone; it works once, within 24 hours:")
		fmt.Println(link)
		return nil
	})
}

type userList struct{}

// Run lists.
func (userList) Run(ctx context.Context, c *Config) error {
	return withPeople(ctx, c, func(s *auth.Service, who auth.Actor) error {
		all, err := s.People(ctx, who)
		for _, p := range all {
			var marks []string
			if p.Locked {
				marks = append(marks, "locked")
			}
			if !p.SecondSet {
				marks = append(marks, "no second factor")
			}
			fmt.Printf("%s  %s  since %s  %s\n", safe(p.Email), safe(p.Name), p.Created.Format(time.DateOnly), strings.Join(marks, ", "))
			for _, h := range p.Roles {
				state := ""
				if h.Paused {
					state = "  (paused)"
				}
				fmt.Printf("    %s, %s%s\n", strings.ReplaceAll(string(h.Role), "_", " "), safe(h.OrgName), state)
			}
		}
		if err == nil && len(all) == 0 {
			fmt.Println("nobody has an account: corridor user add-administrator makes the first one")
		}
		return err
	})
}

// safe makes characters harmless that a terminal would obey.
func safe(text string) string { return strings.TrimPrefix(indent(text), "   | ") }

// whom finds an account by its address.
func whom(ctx context.Context, s *auth.Service, who auth.Actor, email string) (string, error) {
	id, err := s.PersonByEmail(ctx, who, email)
	if fault.Is(err, fault.Missing) {
		return "", fmt.Errorf("nobody has an account with the address %s", safe(email))
	}
	return id, err
}

type userLock struct {
	Email string `arg:"" help:"Email address of the account."`
	Why   string `required:"" help:"Reason, for the audit trail."`
}

// Run locks.
func (u *userLock) Run(ctx context.Context, c *Config) error {
	return withPeople(ctx, c, func(s *auth.Service, who auth.Actor) error {
		id, err := whom(ctx, s, who, u.Email)
		if err != nil {
			return err
		}
		return s.Lock(ctx, who, id, u.Why)
	})
}

type userFree struct {
	Email string `arg:"" help:"Email address of the account."`
	Why   string `required:"" help:"Reason, for the audit trail."`
}

// Run unlocks.
func (u *userFree) Run(ctx context.Context, c *Config) error {
	return withPeople(ctx, c, func(s *auth.Service, who auth.Actor) error {
		id, err := whom(ctx, s, who, u.Email)
		if err != nil {
			return err
		}
		return s.Unlock(ctx, who, id, u.Why)
	})
}

type userReset struct {
	Email string `arg:"" help:"Email address of the account."`
	Why   string `required:"" help:"Reason, for the audit trail."`
}

// Run prints the link alone.
func (u *userReset) Run(ctx context.Context, c *Config) error {
	return withPeople(ctx, c, func(s *auth.Service, who auth.Actor) error {
		id, err := whom(ctx, s, who, u.Email)
		if err != nil {
			return err
		}
		link, err := s.ResetFactors(ctx, who, id, u.Why)
		if err == nil {
			fmt.Fprintln(os.Stderr, "for this person alone; it works once, within 24 hours:")
			fmt.Println(link)
		}
		return err
	})
}
