package handlers_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"carecorridor/auth"
	"carecorridor/catalogue"
	"carecorridor/catalogue/listing"
	"carecorridor/catalogue/seed"
	"carecorridor/content"
	alliance "carecorridor/desk"
	"carecorridor/enquiry"
	"carecorridor/feedback"
	"carecorridor/handlers"
	"carecorridor/internal/files"
	"carecorridor/internal/seal"
	"carecorridor/internal/testdb"
	"carecorridor/internal/token"
	"carecorridor/models"
	"carecorridor/referral"
	"carecorridor/search"
	"carecorridor/search/memory"
)

// site is the whole front door over a real database and a real engine.
type site struct {
	http.Handler
	store  *models.Store
	cat    *catalogue.Catalogue
	index  *search.Index
	engine *memory.Engine
	clock  *movable
	told   *feedback.Service

	enquiries *enquiry.Service
	people    *auth.Service
	listings  *listing.Service
	referrals *referral.Service
	desk      *alliance.Service
	cfg       handlers.Config
}

// movable is a clock that a test can set.
type movable struct {
	mu  sync.Mutex
	now time.Time
}

func (m *movable) Now() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.now
}

func (m *movable) Set(t time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now = t
}

var morning = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// shared is one site for all tests that only read; its database lies in sharedDir.
var shared = sync.OnceValues(func() (s *site, err error) {
	if sharedDir, err = os.MkdirTemp("", "corridor-front-*"); err != nil {
		return nil, err
	}
	return build("sqlite:" + filepath.Join(sharedDir, "front.db"))
})

var sharedDir string

func TestMain(m *testing.M) {
	m.Run()
	os.RemoveAll(sharedDir)
}

// front is the shared site; a test that changes anything makes its own with alone.
func front(t testing.TB) *site {
	t.Helper()
	s, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func alone(t testing.TB) *site {
	t.Helper()
	s, err := build("sqlite:" + filepath.Join(t.TempDir(), "front.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.store.Close() })
	return s
}

// each runs f on a site of its own on SQLite and on one on PostgreSQL.
func each(t *testing.T, f func(t *testing.T, s *site)) {
	t.Helper()
	testdb.EachURL(t, func(t *testing.T, url string) {
		t.Parallel()
		s, err := build(url)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.store.Close() })
		f(t, s)
	})
}

// build makes a site with the real seed and the samples on a database.
func build(url string) (*site, error) {
	ctx := context.Background()
	s := &site{clock: &movable{now: morning}}
	log := slog.New(slog.DiscardHandler)
	var err error
	if s.store, err = models.Open(ctx, url, models.Options{Clock: s.clock.Now}); err != nil {
		return nil, err
	}
	if err = s.store.Migrate(ctx); err != nil {
		return nil, err
	}
	if _, err = seed.Load(ctx, s.store, seed.Options{Samples: true}); err != nil {
		return nil, err
	}
	if s.cat, err = catalogue.Open(ctx, s.store, s.clock.Now, log); err != nil {
		return nil, err
	}
	s.engine = memory.New(s.clock.Now)
	s.index = search.NewIndex(s.engine, s.clock.Now, 0)
	if _, err = s.index.Rebuild(ctx, s.cat.Source(ctx, nil)); err != nil {
		return nil, err
	}
	texts, err := content.Load()
	if err != nil {
		return nil, err
	}
	tokens, err := token.New(make([]byte, 32))
	if err != nil {
		return nil, err
	}
	box, err := seal.New()
	if err != nil {
		return nil, err
	}
	s.told = feedback.New(s.store, tokens, box, s.clock.Now)
	if s.enquiries, err = enquiry.New(enquiry.Options{Store: s.store, Box: box, Tokens: tokens, Files: files.Memory(box), Directory: enquiry.FromCatalogue(s.cat, nil), Clock: s.clock.Now}); err != nil {
		return nil, err
	}
	if s.people, err = auth.New(auth.Options{Store: s.store, Box: box, Clock: s.clock.Now, Origin: "https://carecorridor.example", Demo: true}); err != nil {
		return nil, err
	}
	if err = s.people.LoadSamples(ctx); err != nil {
		return nil, err
	}
	if s.listings, err = listing.New(listing.Options{Store: s.store, Catalogue: s.cat, Clock: s.clock.Now, Files: files.Memory(box), Names: s.people.Names, Belongs: s.people.Belongs}); err != nil {
		return nil, err
	}
	if s.desk, err = alliance.New(alliance.Options{Store: s.store, Catalogue: s.cat, Texts: texts, Clock: s.clock.Now, Names: s.people.Names}); err != nil {
		return nil, err
	}
	if s.referrals, err = referral.New(referral.Options{Store: s.store, Box: box, Files: files.Memory(box), Directory: referral.FromCatalogue(s.cat), Clock: s.clock.Now, Origin: "https://carecorridor.example", Mailboxes: auth.MailDomains{auth.SampleDomain}, TestNumbers: true}); err != nil {
		return nil, err
	}
	s.cfg = handlers.Config{Origin: "https://carecorridor.example", Texts: texts, Tokens: tokens, Feedback: s.told, Enquiries: s.enquiries, People: s.people, Listings: s.listings, Referrals: s.referrals, Desk: s.desk, MailFolder: "var/mail", Demo: true, NoRateLimit: true}
	s.Handler = handlers.New(s.cat, s.index, s.cfg, s.clock.Now, log, s.store.Ping)
	return s, nil
}

func (s *site) get(t testing.TB, path string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	return s.do(t, http.MethodGet, path, header...)
}

func (s *site) do(t testing.TB, method, path string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

func (s *site) page(t testing.TB, path string) *goquery.Document {
	t.Helper()
	w := s.get(t, path)
	if w.Code != http.StatusOK {
		t.Fatalf("%s: status %d\n%.300s", path, w.Code, w.Body)
	}
	doc, err := goquery.NewDocumentFromReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func ask(q string) string { return "/hospitals?" + url.Values{"q": {q}}.Encode() }

func text(s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }
