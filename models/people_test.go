package models_test

import (
	"bytes"
	"context"
	"testing"
	"time"

	"carecorridor/internal/fault"
	"carecorridor/internal/testdb"
	"carecorridor/internal/when"
	"carecorridor/models"
)

var (
	sealedValue = []byte{1, 2, 3, 4, 5, 6}
	indexValue  = bytes.Repeat([]byte{7}, 20)
	hashValue   = bytes.Repeat([]byte{8}, 32)
)

func somebody(id string) *models.Person {
	return &models.Person{ID: id, Email: sealedValue, EmailIndex: append([]byte(id[:1]), indexValue[1:]...), Name: sealedValue, State: "active"}
}

func TestAccountsHoldOnlyWhatTheRulesAllow(t *testing.T) {
	t.Parallel()
	testdb.EachWith(t, fixed, func(t *testing.T, s *models.Store) {
		write(t, s, func(tx *models.Tx) error {
			for _, err := range []error{tx.AddPerson(somebody("a")), tx.AddOrganisation(&models.Organisation{ID: "alliance", Kind: "alliance", Name: "Us", State: "active"}),
				tx.AddMembership(&models.Membership{ID: "m", PersonID: "a", OrgID: "alliance", Role: "auditor", State: "active"})} {
				if err != nil {
					return err
				}
			}
			return nil
		})
		person := func(change func(*models.Person)) func(*models.Tx) error {
			p := somebody("b")
			change(p)
			return func(tx *models.Tx) error { return tx.AddPerson(p) }
		}
		org := func(o models.Organisation) func(*models.Tx) error {
			o.ID, o.Name = "o", "O"
			if o.State == "" {
				o.State = "active"
			}
			return func(tx *models.Tx) error { return tx.AddOrganisation(&o) }
		}
		for what, c := range map[string]struct {
			do   func(*models.Tx) error
			want fault.Kind
		}{
			"an address in the open":      {person(func(p *models.Person) { p.Email = []byte("b@x.example") }), fault.Invalid},
			"a name in the open":          {person(func(p *models.Person) { p.Name = []byte("Bo") }), fault.Invalid},
			"a hash in the open":          {person(func(p *models.Person) { p.Password, p.PasswordAt = models.Sealed("$argon2id$"), &p.CreatedAt }), fault.Invalid},
			"a password without its date": {person(func(p *models.Person) { p.Password = sealedValue }), fault.Invalid},
			"a short index":               {person(func(p *models.Person) { p.EmailIndex = hashValue }), fault.Invalid},
			"an unknown state":            {person(func(p *models.Person) { p.State = "gone" }), fault.Invalid},
			"the same address twice":      {person(func(p *models.Person) { p.EmailIndex = somebody("a").EmailIndex }), fault.Conflict},
			"a second alliance":           {org(models.Organisation{Kind: "alliance"}), fault.Conflict},
			"a paused alliance":           {org(models.Organisation{Kind: "alliance", State: "paused"}), fault.Invalid},
			"a practice without code":     {org(models.Organisation{Kind: "practice"}), fault.Invalid},
			"a hospital with a code":      {org(models.Organisation{Kind: "hospital", OdsCode: ptr("A12345")}), fault.Invalid},
			"a practice with a listing":   {org(models.Organisation{Kind: "practice", OdsCode: ptr("A12345"), ProviderID: ptr(int64(1))}), fault.Invalid},
			"a hospital without its rows": {org(models.Organisation{Kind: "hospital", ProviderID: ptr(int64(99))}), fault.Invalid},
			"a role twice": {func(tx *models.Tx) error {
				return tx.AddMembership(&models.Membership{ID: "n", PersonID: "a", OrgID: "alliance", Role: "auditor", State: "active"})
			}, fault.Conflict},
			"an unknown role": {func(tx *models.Tx) error {
				return tx.AddMembership(&models.Membership{ID: "n", PersonID: "a", OrgID: "alliance", Role: "patient", State: "active"})
			}, fault.Invalid},
			"a secret in the open": {func(tx *models.Tx) error {
				return tx.OfferTotp(&models.TotpSecret{ID: "t", PersonID: "a", Secret: []byte("JBSWY3DP")})
			}, fault.Invalid},
			"a session that ends before it": {func(tx *models.Tx) error {
				return tx.AddSession(&models.Session{ID: "s", TokenHash: hashValue, PersonID: "a", MembershipID: "m", ExpiresAt: now.Add(-time.Hour)})
			}, fault.Invalid},
			"an unknown challenge": {func(tx *models.Tx) error {
				return tx.AddChallenge(&models.Challenge{ID: "c", TokenHash: hashValue, Kind: "other", ExpiresAt: now.Add(time.Hour)})
			}, fault.Invalid},
		} {
			if err := s.Write(context.Background(), c.do); !fault.Is(err, c.want) {
				t.Errorf("%s: %v, want %s", what, err, c.want)
			}
		}
	})
}

func TestAnEndedRoleStaysAndMayBeGivenAgain(t *testing.T) {
	t.Parallel()
	testdb.EachWith(t, fixed, func(t *testing.T, s *models.Store) {
		write(t, s, func(tx *models.Tx) error {
			if err := tx.AddPerson(somebody("a")); err != nil {
				return err
			}
			return tx.AddOrganisation(&models.Organisation{ID: "o", Kind: "alliance", Name: "Us", State: "active"})
		})
		for _, id := range []string{"m", "n"} {
			write(t, s, func(tx *models.Tx) error {
				m := &models.Membership{ID: id, PersonID: "a", OrgID: "o", Role: "auditor", State: "active"}
				if err := tx.AddMembership(m); err != nil {
					return err
				}
				m.State = "ended"
				if err := tx.SaveMembership(m); err != nil || m.EndedAt == nil || m.Version != 2 {
					t.Errorf("%+v, %v", m, err)
				}
				_, err := tx.MembershipForUpdate(id)
				wantKind(t, err, fault.Missing)
				return nil
			})
		}
		if held, err := s.HeldBy(context.Background(), "a"); err != nil || len(held) != 0 {
			t.Errorf("%+v, %v", held, err)
		}
	})
}

func TestWhatEndedIsForgotten(t *testing.T) {
	t.Parallel()
	testdb.EachWith(t, models.Options{Clock: when.System}, func(t *testing.T, s *models.Store) {
		write(t, s, func(tx *models.Tx) error {
			for i, ends := range []time.Duration{time.Millisecond, time.Hour} {
				id := string(rune('a' + i))
				if err := tx.AddChallenge(&models.Challenge{ID: id, TokenHash: bytes.Repeat([]byte(id), 32), Kind: "oidc", ExpiresAt: tx.Now().Add(ends)}); err != nil {
					return err
				}
			}
			return nil
		})
		time.Sleep(5 * time.Millisecond)
		write(t, s, func(tx *models.Tx) error {
			return tx.DropStaleSignIns(tx.Now().Add(-24 * time.Hour))
		})
		var left string
		if err := s.SQL().QueryRow("SELECT max(id) FROM challenges HAVING count(*) = 1").Scan(&left); err != nil || left != "b" {
			t.Errorf("%q is left: %v", left, err)
		}
	})
}
