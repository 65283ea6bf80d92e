package enquiry_test

import (
	"context"
	"log/slog"
	"os"
	"sync"
	"testing"
	"time"

	"carecorridor/catalogue"
	"carecorridor/enquiry"
	"carecorridor/internal/fault"
	"carecorridor/internal/files"
	"carecorridor/internal/mail"
	"carecorridor/internal/seal"
	"carecorridor/internal/testdb"
	"carecorridor/internal/token"
	"carecorridor/models"
)

var ctx = context.Background()

// clock of a test; it stands until it is moved.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.now }

func (c *clock) set(t time.Time) { c.mu.Lock(); defer c.mu.Unlock(); c.now = t }

func (c *clock) pass(days int) { c.mu.Lock(); defer c.mu.Unlock(); c.now = c.now.AddDate(0, 0, days) }

// desk is a service on a database with three sample hospitals and a real one without a contact.
type desk struct {
	*enquiry.Service
	t      *testing.T
	store  *models.Store
	clock  *clock
	box    *seal.Box
	bucket *files.Store
}

// each runs f on both databases.
func each(t *testing.T, f func(d *desk)) {
	t.Helper()
	t.Parallel()
	c := &clock{}
	testdb.EachWith(t, models.Options{Clock: c.Now}, func(t *testing.T, s *models.Store) {
		c.set(midNovember) // one database after the other
		f(newDesk(t, s, c, nil))
	})
}

func newDesk(t *testing.T, s *models.Store, c *clock, change func(*enquiry.Options)) *desk {
	t.Helper()
	must(t, s.Write(ctx, furnish))
	cat, err := catalogue.Open(ctx, s, c.Now, slog.New(slog.DiscardHandler))
	must(t, err)
	box, err := seal.New()
	must(t, err)
	signer, err := token.New(make([]byte, 32))
	must(t, err)
	o := enquiry.Options{Store: s, Box: box, Tokens: signer, Files: files.Memory(box), Directory: enquiry.FromCatalogue(cat, nil), Clock: c.Now, Origin: "https://example.org"}
	if change != nil {
		change(&o)
	}
	service, err := enquiry.New(o)
	must(t, err)
	return &desk{service, t, s, c, box, o.Files}
}

func furnish(tx *models.Tx) error {
	ids, _, err := tx.PutSources([]models.Source{{ID: 1, Key: "page", Kind: "page", Title: "Page"}})
	if err != nil {
		return err
	}
	if _, err := tx.PutSpecialties([]models.Specialty{{Slug: "orthopaedics", Name: "Orthopaedics", SourceID: ids[1]}}); err != nil {
		return err
	}
	if _, err := tx.PutProcedures([]models.Procedure{{Slug: "knee", Name: "Knee replacement", SpecialtySlug: "orthopaedics", SourceID: ids[1]},
		{Slug: "kidney-transplant", Name: "Kidney transplant", SpecialtySlug: "orthopaedics", SourceID: ids[1]}}); err != nil {
		return err
	}
	var all []models.ProviderBundle
	for _, slug := range []string{"marina", "nilgiri", "kaveri", "real"} {
		p := models.Provider{Slug: slug, Name: slug + " Hospital", Kind: "unknown", Origin: "sample", Sample: true}
		if slug == "real" {
			p.Origin, p.Sample = "curated", false
		}
		all = append(all, models.ProviderBundle{Provider: p})
	}
	_, err = tx.PutProviders(all)
	return err
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantKind(t *testing.T, err error, k fault.Kind) {
	t.Helper()
	if !fault.Is(err, k) {
		t.Fatalf("got %v (%v), want %v", err, fault.KindOf(err), k)
	}
}

func (d *desk) save(token string, steps ...enquiry.Step) {
	d.t.Helper()
	for _, s := range steps {
		_, refused, err := d.SaveStep(ctx, token, s)
		must(d.t, err)
		if !refused.OK() {
			d.t.Fatalf("%s: %v, %+v", s.Name(), refused.Problems, refused.Stop)
		}
	}
}

// problem is written in three scripts, over two lines.
const problem = "Right knee, worn joint.\n\tघुटने में दर्द, முழங்கால் வலி"

// written is a draft with every step done, to some of the hospitals.
func (d *desk) written(consent enquiry.Consents, slugs ...string) (token string) {
	d.t.Helper()
	draft, err := d.StartDraft(ctx)
	must(d.t, err)
	consent.Send = slugs
	d.save(draft.Token, enquiry.HospitalsStep{Slugs: slugs}, enquiry.TreatmentStep{Treatment: "knee", Problem: problem}, enquiry.DoctorStep{Seen: enquiry.SeenYes},
		enquiry.DatesStep{Open: true}, enquiry.TravelStep{For: enquiry.ForSelf, Companions: 1}, enquiry.ContactStep{Contact: ann()}, enquiry.RecordsStep{},
		enquiry.ConsentStep{Consents: consent})
	return draft.Token
}

// sent is an enquiry, and the links of its hospitals by slug.
func (d *desk) sent(consent enquiry.Consents, slugs ...string) (enquiry.Receipt, map[string]string) {
	d.t.Helper()
	receipt, refused, err := d.Submit(ctx, d.written(consent, slugs...))
	must(d.t, err)
	if !refused.OK() {
		d.t.Fatal(refused.Problems)
	}
	return receipt, d.links(receipt)
}

func (d *desk) links(r enquiry.Receipt) map[string]string {
	d.t.Helper()
	byID, err := d.SampleLinks(ctx, r.Reference, r.Link)
	must(d.t, err)
	out := map[string]string{}
	for _, h := range d.track(r).Hospitals {
		if byID[h.ID] != "" {
			out[h.Hospital.Slug] = byID[h.ID]
		}
	}
	return out
}

func (d *desk) track(r enquiry.Receipt) enquiry.Tracked {
	d.t.Helper()
	t, err := d.Track(ctx, r.Reference, r.Link)
	must(d.t, err)
	return t
}

// of is one hospital of an enquiry as its patient sees it.
func (d *desk) of(r enquiry.Receipt, slug string) enquiry.TrackedHospital {
	d.t.Helper()
	for _, h := range d.track(r).Hospitals {
		if h.Hospital.Slug == slug {
			return h
		}
	}
	d.t.Fatalf("%s was not asked", slug)
	return enquiry.TrackedHospital{}
}

// quoted opens the request and gives a first quote.
func (d *desk) quoted(link string) {
	d.t.Helper()
	must(d.t, d.OpenRequest(ctx, link))
	o := offer()
	o.ValidUntil = d.Today().AddDays(60)
	_, l, err := d.GiveQuote(ctx, link, 0, o)
	must(d.t, err)
	if !l.OK() {
		d.t.Fatal(l)
	}
}

// postbox is where letters go in tests of words and order.
type postbox struct {
	mu   sync.Mutex
	all  []mail.Message
	fail error
}

// Send keeps the message.
func (p *postbox) Send(_ context.Context, m mail.Message) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.fail != nil {
		return p.fail
	}
	p.all = append(p.all, m)
	return nil
}

var midNovember = time.Date(2026, 11, 22, 9, 30, 0, 123456000, time.UTC)

func eventually(t *testing.T, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatal("not within 30 s")
}

// readAll is a file's content, "" when there is none.
func readAll(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return string(b)
}
