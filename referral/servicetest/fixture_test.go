package servicetest

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"time"

	"carecorridor/auth"
	"carecorridor/catalogue"
	"carecorridor/internal/fault"
	"carecorridor/internal/files"
	"carecorridor/internal/mail"
	"carecorridor/internal/seal"
	"carecorridor/internal/testdb"
	"carecorridor/internal/when"
	"carecorridor/models"
	"carecorridor/referral"
	"carecorridor/referral/sample"
)

var ctx = context.Background()

// noon of a Monday without a holiday anywhere near.
var noon = time.Date(2026, time.November, 9, 12, 0, 0, 0, time.UTC)

// clock goes where a test sends it.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = t
}

func (c *clock) pass(d time.Duration) { c.set(c.Now().Add(d)) }

// world is a site with two practices, three hospitals and the alliance.
type world struct {
	*sample.Walker
	t       *testing.T
	url     string
	store   *models.Store
	clock   *clock
	box     *seal.Box
	options referral.Options
	mail    *mailbox
	scanner *scanner

	admin, otherReferrer, verifier, administrator, administrator2, auditor, coordinator2 auth.Actor
	providers                                                                            map[string]int64 // listings by slug
}

// mailbox is a mail server that tests read, and that can be down.
type mailbox struct {
	mu   sync.Mutex
	down bool
	all  []mail.Message
}

func (m *mailbox) Send(_ context.Context, x mail.Message) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.down {
		return errors.New("mail server is down")
	}
	m.all = append(m.all, x)
	return nil
}

// scanner says what it was told to say; "" is a scanner that is away. It cannot judge what holds the words in fails.
type scanner struct {
	say   files.Scan
	fails string
}

func (s *scanner) Scan(_ context.Context, content []byte) (files.Scan, error) {
	if s.say == "" || s.fails != "" && bytes.Contains(content, []byte(s.fails)) {
		return files.Pending, errors.New("scanner is away")
	}
	return s.say, nil
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantKind(t testing.TB, err error, k fault.Kind) {
	t.Helper()
	if !fault.Is(err, k) {
		t.Errorf("got %v (%v), want %v", err, fault.KindOf(err), k)
	}
}

// each runs f on both databases.
func each(t *testing.T, f func(w *world)) {
	t.Helper()
	t.Parallel()
	testdb.EachURL(t, func(t *testing.T, url string) {
		t.Parallel()
		f(newWorld(t, url))
	})
}

func newWorld(t *testing.T, url string) *world {
	t.Helper()
	box, err := seal.New()
	must(t, err)
	return newSealedWorld(t, url, box)
}

// newSealedWorld is a site whose keys another process can have, too.
func newSealedWorld(t *testing.T, url string, box *seal.Box) *world {
	t.Helper()
	c := &clock{now: noon}
	store, err := models.Open(ctx, url, models.Options{Clock: c.Now})
	must(t, err)
	t.Cleanup(func() { _ = store.Close() })
	w := &world{t: t, url: url, store: store, clock: c, box: box, mail: &mailbox{}, scanner: &scanner{say: files.Safe}, providers: map[string]int64{}}
	must(t, store.Write(ctx, w.furnish))
	cat, err := catalogue.Open(ctx, store, c.Now, slog.New(slog.DiscardHandler))
	must(t, err)
	w.options = referral.Options{Store: store, Box: box, Files: files.Memory(box), Scanner: w.scanner, Directory: referral.FromCatalogue(cat), Clock: c.Now, Origin: "https://example.org", Mailboxes: auth.MailDomains{"staff.example"}, TestNumbers: true}
	w.Walker = &sample.Walker{Service: w.service(nil), Treatment: "knee-replacement", Now: c.Now, Pass: c.pass, Cast: w.cast(), Answered: w.service(func(o *referral.Options) { o.Quiet = true }).ContactAnswered}
	return w
}

func (w *world) service(change func(*referral.Options)) *referral.Service {
	w.t.Helper()
	o := w.options
	if change != nil {
		change(&o)
	}
	s, err := referral.New(o)
	must(w.t, err)
	return s
}

func actorOf(person, org string, r auth.Role) auth.Actor {
	return auth.Actor{Person: person, Org: org, Role: r}
}

func (w *world) cast() sample.Cast {
	w.admin = actorOf("admin", "practice-1", auth.ReferrerAdmin)
	w.otherReferrer = actorOf("referrer-2", "practice-2", auth.Referrer)
	w.verifier = actorOf("verifier", "alliance", auth.Verifier)
	w.administrator, w.administrator2 = actorOf("administrator", "alliance", auth.Administrator), actorOf("administrator-2", "alliance", auth.Administrator)
	w.auditor = actorOf("auditor", "alliance", auth.Auditor)
	w.coordinator2 = actorOf("coordinator-2", "alliance", auth.Coordinator)
	c := sample.Cast{Referrer: actorOf("referrer-1", "practice-1", auth.Referrer), Coordinator: actorOf("coordinator", "alliance", auth.Coordinator), Safety: actorOf("safety", "alliance", auth.SafetyReviewer)}
	for _, slug := range slugs {
		c.Hospitals = append(c.Hospitals, sample.Hospital{Slug: slug, Desk: actorOf("owner-"+slug, "org-"+slug, auth.ProviderOwner), Doctor: actorOf("doctor-"+slug, "org-"+slug, auth.ProviderClinician)})
	}
	return c
}

var slugs = []string{"marina", "lotus", "kaveri"}

// people of the site: id, organisation and role.
func people() (out [][3]string) {
	out = [][3]string{{"referrer-1", "practice-1", "referrer"}, {"admin", "practice-1", "referrer_admin"}, {"referrer-2", "practice-2", "referrer"}, {"coordinator", "alliance", "coordinator"},
		{"coordinator-2", "alliance", "coordinator"}, {"safety", "alliance", "safety_reviewer"}, {"verifier", "alliance", "verifier"}, {"administrator", "alliance", "administrator"},
		{"administrator-2", "alliance", "administrator"}, {"auditor", "alliance", "auditor"}}
	for _, slug := range slugs {
		out = append(out, [3]string{"owner-" + slug, "org-" + slug, "provider_owner"}, [3]string{"doctor-" + slug, "org-" + slug, "provider_clinician"}, [3]string{"editor-" + slug, "org-" + slug, "provider_editor"})
	}
	return out
}

func (w *world) furnish(tx *models.Tx) error {
	today := when.DateOf(noon)
	ids, _, err := tx.PutSources([]models.Source{{ID: 1, Key: "sample", Kind: "sample", Title: "Invented"}})
	if err != nil {
		return err
	}
	src := ids[1]
	for _, put := range []func() (models.Wrote, error){
		func() (models.Wrote, error) {
			return tx.PutCities([]models.City{{Slug: "chennai", Name: "Chennai", State: "Tamil Nadu"}})
		},
		func() (models.Wrote, error) {
			return tx.PutSpecialties([]models.Specialty{{Slug: "orthopaedics", Name: "Orthopaedics", SourceID: src}, {Slug: "cardiology", Name: "Cardiology", SourceID: src}})
		},
		func() (models.Wrote, error) {
			return tx.PutProcedures([]models.Procedure{{Slug: "knee-replacement", Name: "Knee replacement", SpecialtySlug: "orthopaedics", SourceID: src}})
		},
	} {
		if _, err := put(); err != nil {
			return err
		}
	}
	var all []models.ProviderBundle
	for _, slug := range slugs {
		all = append(all, models.ProviderBundle{
			Provider: models.Provider{Slug: slug, Name: "Hospital " + slug, Kind: "multi_specialty", Origin: "sample", Sample: true, State: models.Published},
			Sites:    []models.Site{{Main: true, CitySlug: "chennai", Address: "1 Beach Road", Postcode: "600001"}},
			Accreditations: []models.AccreditationBundle{{Accreditation: models.Accreditation{Body: "NABH", Programme: "Hospital", Level: "full", Number: "H-" + slug, ValidFrom: today.AddDays(-300), ValidTo: today.AddDays(900),
				RegisterStatus: models.RegisterValid, CheckedOn: today.AddDays(-2), Evidence: "sample", ListedName: "Hospital " + slug, SourceID: src}}},
			Packages: []models.PackageBundle{{Package: models.Package{ProcedureSlug: "knee-replacement", Name: "Knee", AmountMinor: 529000, Currency: "GBP", ValidFrom: today.AddDays(-30), ValidTo: today.AddDays(400), Live: true, SourceID: src}}},
		})
	}
	if _, err := tx.PutProviders(all); err != nil {
		return err
	}
	return w.furnishPeople(tx, all, src, today)
}

func (w *world) furnishPeople(tx *models.Tx, all []models.ProviderBundle, src int64, today when.Date) error {
	ods := []string{"V81999", "V81998"}
	orgs := []models.Organisation{{ID: "alliance", Kind: "alliance", Name: "Alliance", State: "active"}, {ID: "practice-1", Kind: "practice", Name: "Sample Road Surgery", OdsCode: &ods[0], State: "active"},
		{ID: "practice-2", Kind: "practice", Name: "Example Lane Practice", OdsCode: &ods[1], State: "active"}}
	for i := range all {
		w.providers[all[i].Slug] = all[i].ID
		orgs = append(orgs, models.Organisation{ID: "org-" + all[i].Slug, Kind: "hospital", Name: all[i].Name, ProviderID: &all[i].ID, State: "active"})
		year, specialty := 2010, "orthopaedics"
		c := models.Clinician{ID: "clinician-" + all[i].Slug, ProviderID: all[i].ID, Name: "Dr Sample Rao", Qualification: "MS", Council: "Sample Medical Council", RegistrationNo: "00000", RegisteredYear: &year,
			SpecialtySlug: &specialty, State: models.CertificateVerified, CheckedOn: today.AddDays(-10), NextCheck: today.AddDays(100), SourceID: src}
		if err := tx.PutClinician(c); err != nil {
			return err
		}
	}
	for i := range orgs {
		if err := tx.AddOrganisation(&orgs[i]); err != nil {
			return err
		}
	}
	for _, x := range people() {
		if err := w.addPerson(tx, x[0], x[1], x[2]); err != nil {
			return err
		}
	}
	for _, slug := range slugs {
		if err := tx.PutHospitalTerms(&models.HospitalTerms{OrgID: "org-" + slug, Mechanism: "idta_signed", SignedOn: today.AddDays(-60), RiskReviewedOn: today.AddDays(-50), EmergencyContact: "+91 44 0000 0000",
			ComplaintOfficer: "Sample Officer", UpdatedBy: "administrator"}); err != nil {
			return err
		}
		if err := w.verify(tx, "doctor-"+slug, today); err != nil {
			return err
		}
	}
	return errors.Join(w.verify(tx, "referrer-1", today), w.verify(tx, "referrer-2", today))
}

func (w *world) verify(tx *models.Tx, person string, today when.Date) error {
	number, err := w.box.Seal(seal.Place{Table: "professional_checks", Column: "number", ID: person}, []byte("0000000"))
	if err != nil {
		return err
	}
	return tx.PutProfessionalCheck(&models.ProfessionalCheck{PersonID: person, Level: 2, Register: "GMC", Number: number, MailboxOn: today.AddDays(-20), CheckedOn: today.AddDays(-5), CheckedBy: "verifier",
		Evidence: "register", PracticeEvidence: "ODS directory", State: "checked"})
}

func (w *world) addPerson(tx *models.Tx, id, org, role string) error {
	email, err := w.box.Seal(seal.Place{Table: "people", Column: "email", ID: id}, []byte(id+"@staff.example"))
	if err != nil {
		return err
	}
	name, err := w.box.Seal(seal.Place{Table: "people", Column: "name", ID: id}, []byte("Name of "+id))
	if err != nil {
		return err
	}
	if err := tx.AddPerson(&models.Person{ID: id, Email: email, EmailIndex: w.box.Index("people.email", id), Name: name, State: "active"}); err != nil {
		return err
	}
	return tx.AddMembership(&models.Membership{ID: "m-" + id, PersonID: id, OrgID: org, Role: role, State: "active"})
}

// at brings a referral to a state.
func (w *world) at(s referral.State, n int) string {
	w.t.Helper()
	id, err := w.To(ctx, s, n, false)
	must(w.t, err)
	return id
}

func (w *world) look(who auth.Actor, id string) referral.View {
	w.t.Helper()
	v, err := w.Look(ctx, w.fresh(who), id)
	must(w.t, err)
	return v
}

func (w *world) today() when.Date { return when.DateOf(w.clock.Now()) }

func (w *world) fresh(who auth.Actor) auth.Actor {
	who.SteppedUp = w.clock.Now()
	return who
}

func (w *world) patient(id string) auth.Actor { return sample.PatientOf(id, w.clock.Now()) }

// do is an event with the version that its actor sees; it fails unless it is done.
func (w *world) do(who auth.Actor, id string, e referral.Event, in referral.Input) referral.Done {
	w.t.Helper()
	done, err := w.Do(ctx, w.fresh(who), id, e, w.versioned(who, id, in))
	if err != nil || !done.OK() {
		w.t.Fatalf("%s by %s: %v, %v", e, who.Role, done.Problems, err)
	}
	return done
}

func (w *world) versioned(who auth.Actor, id string, in referral.Input) referral.Input {
	v, err := w.Look(ctx, w.fresh(who), id)
	if err != nil {
		return in
	}
	in.Version = v.Version
	if h := v.Hospital(in.Provider); h != nil {
		in.Version = h.Version
	} else if auth.KindOf(who.Role) == auth.Hospital && len(v.Hospitals) == 1 {
		in.Version = v.Hospitals[0].Version
	}
	return in
}

// row of a hospital, by its slug.
func (w *world) row(id, slug string) referral.HospitalView {
	w.t.Helper()
	for _, h := range w.look(w.patient(id), id).Hospitals {
		if h.Listed.Slug == slug {
			return h
		}
	}
	w.t.Fatalf("no row of %s", slug)
	return referral.HospitalView{}
}

func (w *world) attach(who auth.Actor, id, text string) {
	w.t.Helper()
	saved, err := w.Service.Attach(ctx, who, id, "lab", "result.pdf", bytes.NewReader(append(bytes.Clone(sample.Letter), text...)))
	if err != nil || !saved.OK() {
		w.t.Fatal(saved.Problems, err)
	}
}

// ids are the first column of what a query finds.
func (w *world) ids(query string) []string {
	w.t.Helper()
	return testdb.Cells(w.t, testdb.SQL(w.t, w.url), query)
}
