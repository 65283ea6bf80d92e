//go:build e2e

package e2e

import (
	"context"
	"log/slog"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"carecorridor/auth"
	"carecorridor/catalogue"
	"carecorridor/catalogue/listing"
	"carecorridor/catalogue/seed"
	"carecorridor/content"
	"carecorridor/desk"
	"carecorridor/enquiry"
	"carecorridor/feedback"
	"carecorridor/handlers"
	"carecorridor/internal/files"
	"carecorridor/internal/mail"
	"carecorridor/internal/seal"
	"carecorridor/internal/testdb"
	"carecorridor/internal/token"
	"carecorridor/internal/when"
	"carecorridor/models"
	"carecorridor/referral"
	"carecorridor/search"
	"carecorridor/search/memory"
)

// theatre is a site of its own on PostgreSQL, in this process, with a clock that the test moves and mails that it reads.
type theatre struct {
	base      string
	store     *models.Store
	waiting   func() []string // ids of notices that were not sent
	people    *auth.Service
	referrals *referral.Service
	hospital  auth.Actor // clinician of the sample hospital
	slug      string

	mu  sync.Mutex
	at  time.Time
	all []mail.Message
}

// Now is the theatre's clock; pass moves it on, and the clockwork does what is due.
func (w *theatre) Now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.at
}

func (w *theatre) pass(t *testing.T, d time.Duration) {
	t.Helper()
	w.mu.Lock()
	w.at = w.at.Add(d)
	w.mu.Unlock()
	_, err := w.referrals.Tend(context.Background())
	must(t, err)
}

// Send keeps a mail.
func (w *theatre) Send(_ context.Context, m mail.Message) error {
	w.all = append(w.all, m)
	return nil
}

// clean says that every document is.
type clean struct{}

func (clean) Scan(context.Context, []byte) (files.Scan, error) { return files.Safe, nil }

// postman delivers what waits.
func (w *theatre) postman(t *testing.T) {
	t.Helper()
	ctx := context.Background()
	for _, id := range w.waiting() {
		must(t, w.referrals.Tell(ctx, w, id))
	}
	ids, err := w.store.WaitingMails(ctx, 500)
	must(t, err)
	for _, id := range ids {
		_, err := w.referrals.SendMail(ctx, w, id)
		must(t, err)
	}
}

// mailed is what follows words in the newest mail that has them.
func (w *theatre) mailed(t *testing.T, to, words string) string {
	t.Helper()
	w.postman(t)
	for i := len(w.all) - 1; i >= 0; i-- {
		if _, rest, ok := strings.Cut(w.all[i].Text, words); ok && w.all[i].To == to {
			return strings.Fields(rest)[0]
		}
	}
	t.Fatalf("no mail to %s with %q among %d", to, words, len(w.all))
	return ""
}

func stage(t *testing.T, address string) *theatre {
	t.Helper()
	ctx, log := context.Background(), slog.New(slog.DiscardHandler)
	w := &theatre{at: time.Now().UTC().Truncate(time.Second)}
	var err error
	w.store, err = models.Open(ctx, address, models.Options{Clock: w.Now})
	must(t, err)
	t.Cleanup(func() { _ = w.store.Close() })
	db := testdb.SQL(t, address)
	w.waiting = func() []string {
		return testdb.Cells(t, db, "SELECT id FROM referral_notices WHERE state = 'waiting' ORDER BY at, id")
	}
	_, err = seed.Load(ctx, w.store, seed.Options{Samples: true})
	must(t, err)
	cat, err := catalogue.Open(ctx, w.store, w.Now, log)
	must(t, err)
	index := search.NewIndex(memory.New(w.Now), w.Now, 0)
	_, err = index.Rebuild(ctx, cat.Source(ctx, nil))
	must(t, err)
	texts, err := content.Load()
	must(t, err)
	tokens, err := token.New(make([]byte, 32))
	must(t, err)
	box, err := seal.New()
	must(t, err)
	cfg := handlers.Config{Texts: texts, Tokens: tokens, MailFolder: "var/mail", Demo: true, NoRateLimit: true, Feedback: feedback.New(w.store, tokens, box, w.Now)}
	cfg.Enquiries, err = enquiry.New(enquiry.Options{Store: w.store, Box: box, Tokens: tokens, Files: files.Memory(box), Directory: enquiry.FromCatalogue(cat, nil), Clock: w.Now})
	must(t, err)
	w.people, err = auth.New(auth.Options{Store: w.store, Box: box, Clock: w.Now, Origin: "https://example.org", Demo: true})
	must(t, err)
	must(t, w.people.LoadSamples(ctx))
	cfg.People = w.people
	cfg.Listings, err = listing.New(listing.Options{Store: w.store, Catalogue: cat, Clock: w.Now, Files: files.Memory(box), Names: w.people.Names, Belongs: w.people.Belongs})
	must(t, err)
	cfg.Desk, err = desk.New(desk.Options{Store: w.store, Catalogue: cat, Texts: texts, Clock: w.Now, Names: w.people.Names})
	must(t, err)
	w.referrals, err = referral.New(referral.Options{Store: w.store, Box: box, Files: files.Memory(box), Scanner: clean{}, Directory: referral.FromCatalogue(cat), Clock: w.Now, Origin: "https://example.org", Mailboxes: auth.MailDomains{auth.SampleDomain}, TestNumbers: true})
	must(t, err)
	cfg.Referrals = w.referrals
	server := httptest.NewServer(handlers.New(cat, index, cfg, w.Now, log, w.store.Ping))
	t.Cleanup(server.Close)
	w.base = server.URL
	w.furnish(t, cfg.Listings)
	return w
}

// actor is the sample person of a role.
func (w *theatre) actor(t *testing.T, role auth.Role) auth.Actor {
	t.Helper()
	all, err := w.people.DemoActors(context.Background())
	must(t, err)
	for _, a := range all {
		if a.Role == role {
			in, err := w.people.SignInAs(context.Background(), a.Person, auth.Visit{Address: "192.0.2.1", Agent: "test"})
			must(t, err)
			return in.Actor
		}
	}
	t.Fatalf("no sample %s", role)
	return auth.Actor{}
}

// furnish is what was settled before: the hospital signed, its clinician and the referrer were found on their registers.
func (w *theatre) furnish(t *testing.T, listings *listing.Service) {
	t.Helper()
	ctx, today := context.Background(), when.DateOf(w.Now())
	w.hospital = w.actor(t, auth.ProviderClinician)
	o, err := listings.Overview(ctx, w.hospital, w.hospital.Provider)
	must(t, err)
	w.slug = o.Slug
	_, err = w.referrals.SetAgreement(ctx, w.actor(t, auth.Administrator), referral.Agreement{Org: w.hospital.Org, Mechanism: referral.IDTASigned, SignedOn: today.AddDays(-60), RiskReviewedOn: today.AddDays(-50),
		EmergencyContact: "+91 44 0000 0000", ComplaintOfficer: "Sample Officer"})
	must(t, err)
	specialty, year := "orthopaedics", 2010
	must(t, w.store.Write(ctx, func(tx *models.Tx) error {
		ids, _, err := tx.PutSources([]models.Source{{ID: 1, Key: "referral-test", Kind: "sample", Title: "Invented"}})
		if err != nil {
			return err
		}
		return tx.PutClinician(models.Clinician{ID: "clinician-of-a-test", ProviderID: w.hospital.Provider, Name: "Dr Sample Rao", Qualification: "MS", Council: "Sample Medical Council", RegistrationNo: "00000", RegisteredYear: &year,
			SpecialtySlug: &specialty, State: models.CertificateVerified, CheckedOn: today.AddDays(-10), NextCheck: today.AddDays(400), SourceID: ids[1]})
	}))
	verifier := w.actor(t, auth.Verifier)
	for who, register := range map[auth.Actor][2]string{w.hospital: {"Indian council", "TNMC 12345"}, w.actor(t, auth.Referrer): {"GMC", "1234567"}} {
		_, err := w.referrals.AskRegistration(ctx, who, register[0], register[1])
		must(t, err)
		all, err := w.referrals.Registrations(ctx, verifier)
		must(t, err)
		for _, r := range all {
			if r.Person == who.Person {
				_, err = w.referrals.CheckRegistration(ctx, verifier, referral.RegistrationRuling{Person: r.Person, Version: r.Version, Found: true, Evidence: "The register's own page", PracticeActive: true, PracticeEvidence: "ODS directory", On: w.referrals.Today()})
				must(t, err)
			}
		}
	}
}
