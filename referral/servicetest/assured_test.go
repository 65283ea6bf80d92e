package servicetest

import (
	"testing"
	"time"

	"carecorridor/internal/seal"
	"carecorridor/models"
)

// R3: who is signed in with a high level of identity needs no new proof of the mailbox, for as long as that counts.
func TestAHighLevelOfIdentityStandsForTheMailbox(t *testing.T) {
	each(t, func(w *world) {
		who, today := w.Referrer, w.Today()
		must(w.t, w.store.Write(ctx, func(tx *models.Tx) error {
			c, err := tx.ProfessionalCheck(who.Person)
			if err != nil {
				return err
			}
			c.MailboxOn = today.AddDays(-200)
			return tx.PutProfessionalCheck(c)
		}))
		level := func(step string, want int, fresh bool) {
			w.t.Helper()
			r, err := w.Registration(ctx, who)
			if err != nil || r.Level != want || r.Fresh != fresh {
				w.t.Errorf("%s: R%d, may sign %v, %v", step, r.Level, r.Fresh, err)
			}
		}
		level("mailbox too long ago", 2, false)
		w.vouch(who.Person, "2", w.clock.Now().Add(8*time.Hour))
		level("a lower level", 2, false)
		w.clock.pass(time.Minute)
		w.vouch(who.Person, "3", w.clock.Now().Add(8*time.Hour))
		level("a high level", 3, true)
		w.clock.pass(9 * time.Hour)
		level("after it ended", 2, false)
	})
}

// vouch is what a sign-in service says of somebody's level of identity.
func (w *world) vouch(person, level string, until time.Time) {
	w.t.Helper()
	id := "identity-" + level
	sealed, err := w.box.Seal(seal.Place{Table: "identities", Column: "subject", ID: id}, []byte(id))
	must(w.t, err)
	must(w.t, w.store.Write(ctx, func(tx *models.Tx) error {
		if err := tx.AddIdentity(&models.Identity{ID: id, PersonID: person, Issuer: "https://cis2.example/" + id, Subject: sealed, SubjectIndex: w.box.Index("identities.subject", id)}); err != nil {
			return err
		}
		return tx.AddAssertion(&models.IdentityAssertion{ID: id, IdentityID: id, Level: level, Method: "AAL2", ClaimsHash: make([]byte, 32), ExpiresAt: until})
	}))
}
