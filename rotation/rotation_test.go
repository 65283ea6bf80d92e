package rotation_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"carecorridor/internal/files"
	"carecorridor/internal/seal"
	"carecorridor/internal/testdb"
	"carecorridor/models"
	"carecorridor/rotation"
)

// site is a database with sealed rows, a keyset in a file, and two replicas that have it open.
type site struct {
	*rotation.Rotation
	t     *testing.T
	other *seal.Box // of a replica that runs meanwhile
}

func eachSite(t *testing.T, f func(s *site)) {
	testdb.Each(t, func(t *testing.T, store *models.Store) {
		path := filepath.Join(t.TempDir(), "sealing")
		box, err := seal.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		other, err := seal.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		documents, err := files.Folder(t.TempDir(), box)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = documents.Close() })
		f(&site{&rotation.Rotation{Store: store, Box: box, Documents: documents, Settle: 20 * time.Millisecond}, t, other})
	})
}

func (s *site) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func answers(id string) seal.Place {
	return seal.Place{Table: "enquiries", Column: "answers", ID: id}
}

// draft adds an enquiry whose answers are its id.
func draft(store *models.Store, box *seal.Box, id string) error {
	sealed, err := box.Seal(answers(id), []byte(id))
	if err != nil {
		return err
	}
	return store.Write(context.Background(), func(tx *models.Tx) error {
		return tx.AddEnquiry(&models.Enquiry{ID: id, State: "draft", Answers: sealed})
	})
}

// whole adds n drafts, each with a document in the bucket and one with a rendition beside it, one quote, and one person by an address.
func (s *site) whole(n int) {
	s.t.Helper()
	ctx := context.Background()
	for i := range n {
		id := fmt.Sprintf("e%04d", i)
		s.must(draft(s.Store, s.Box, id))
		s.must(s.Documents.Put(ctx, id, []byte("content of "+id)))
		name, err := s.Box.Seal(seal.Place{Table: "enquiry_files", Column: "name", ID: id}, []byte("scan.pdf"))
		s.must(err)
		s.must(s.Store.Write(ctx, func(tx *models.Tx) error {
			return tx.AddFile(&models.EnquiryFile{ID: id, EnquiryID: id, Name: name, Kind: "application/pdf", Bytes: 9, Scan: "pending"})
		}))
	}
	s.must(s.Documents.Put(ctx, "e0000-640", []byte("a picture, smaller")))
	s.quote()
	s.person("ann", "Ann@Example.org", "ann@example.org")
}

func (s *site) quote() {
	s.t.Helper()
	q := &models.Quote{ID: "q", RecipientID: "r", Number: 1, Currency: "GBP", TotalMinor: 1}
	q.IssuedOn.Year, q.IssuedOn.Month, q.IssuedOn.Day = 2026, 11, 22
	q.ValidUntil = q.IssuedOn.AddDays(30)
	body, err := s.Box.Seal(seal.Place{Table: "quotes", Column: "body", ID: "q"}, []byte("offer"))
	s.must(err)
	q.Body = body
	s.must(s.Store.Write(context.Background(), func(tx *models.Tx) error {
		r := &models.EnquiryRecipient{ID: "r", EnquiryID: "e0000", Ord: 1, HospitalSlug: "h", HospitalName: "H", State: "held"}
		if err := tx.AddRecipient(r); err != nil {
			return err
		}
		return tx.AddQuote(q)
	}))
}

// person adds an account whose address is sealed as typed and indexed as indexed.
func (s *site) person(id, typed, indexed string) {
	s.t.Helper()
	email, err := s.Box.Seal(seal.Place{Table: "people", Column: "email", ID: id}, []byte(typed))
	s.must(err)
	name, err := s.Box.Seal(seal.Place{Table: "people", Column: "name", ID: id}, []byte("Ann"))
	s.must(err)
	s.must(s.Store.Write(context.Background(), func(tx *models.Tx) error {
		return tx.AddPerson(&models.Person{ID: id, Email: email, EmailIndex: s.Box.Index("people.email", indexed), Name: name, State: "active"})
	}))
}

// found is the id of the person with an address, as another replica looks it up.
func (s *site) found(email string) (id string) {
	s.t.Helper()
	s.must(s.Store.Write(context.Background(), func(tx *models.Tx) error {
		p, err := tx.PersonByEmail(s.other.Indexes("people.email", email))
		if err == nil {
			id = p.ID
		}
		return err
	}))
	return id
}

// onlyNew fails unless everything is under the primary keys and opens.
func (s *site) onlyNew(n int) {
	s.t.Helper()
	ctx := context.Background()
	for _, c := range models.SealedColumns {
		left, err := s.Store.CountStale(ctx, c.Table, c.Column, seal.Prefix(s.Box.Primary(seal.Sealing)))
		if err != nil || left != 0 {
			s.t.Errorf("%s.%s: %d under an old key, %v", c.Table, c.Column, left, err)
		}
	}
	for i := range n {
		id := fmt.Sprintf("e%04d", i)
		e, err := s.Store.EnquiryByID(ctx, id)
		s.must(err)
		if plain, err := s.other.Open(answers(id), e.Answers); err != nil || string(plain) != id || e.Version != 1 {
			s.t.Errorf("%s: %q, version %d, %v", id, plain, e.Version, err)
		}
		if content, err := s.Documents.Get(ctx, id); err != nil || string(content) != "content of "+id {
			s.t.Errorf("document %s: %q, %v", id, content, err)
		}
	}
	s.must(s.Documents.Each(ctx, func(id string, key uint32) error {
		if key != s.Box.Primary(seal.Sealing) {
			s.t.Errorf("document %s is under key %d", id, key)
		}
		return nil
	}))
	if id := s.found("ann@example.org"); id != "ann" {
		s.t.Errorf("found %q", id)
	}
}

func TestARotationGivesEverythingTheNewKey(t *testing.T) {
	t.Parallel()
	eachSite(t, func(s *site) {
		s.whole(250)
		was := s.Box.Primary(seal.Sealing)
		report, err := s.Run(context.Background())
		s.must(err)
		if len(report.Added) != 2 || len(report.Promoted) != 2 || len(report.Disabled) != 2 || report.Documents != 251 || report.Values != 504 || report.Left != nil {
			s.t.Errorf("%+v", report)
		}
		if s.Box.Primary(seal.Sealing) == was {
			s.t.Error("the old key is still the primary one")
		}
		s.onlyNew(250)
		retired, err := s.Retire(context.Background(), false)
		s.must(err)
		if len(retired.Destroyed) != 2 || len(s.Box.Keys(seal.Sealing)) != 1 || len(s.Box.Keys(seal.Indexing)) != 1 {
			s.t.Errorf("%+v", retired)
		}
		s.onlyNew(250)
		page, err := s.Store.AuditPage(context.Background(), models.AuditFilter{On: "key"}, 100)
		if s.must(err); len(page.Rows) != 8 {
			s.t.Errorf("%d audit rows", len(page.Rows))
		}
	})
}

func TestARotationIsNotNoticedByWhoWritesAndReads(t *testing.T) {
	t.Parallel()
	eachSite(t, func(s *site) {
		s.whole(120)
		var written atomic.Int64
		var sealing sync.RWMutex // held for reading from a value's sealing to its commit
		s.Progress = func(what string, _, _ int) {
			if strings.HasPrefix(what, "waiting") { // however slow the machine, as long as Settle promises
				for enough := written.Load() + 5; written.Load() < enough && !s.t.Failed(); {
					time.Sleep(time.Millisecond)
				}
				sealing.Lock()
				//lint:ignore SA2001 a barrier
				sealing.Unlock()
			}
		}
		committed := func(work func() error) error {
			sealing.RLock()
			defer sealing.RUnlock()
			return work()
		}
		stop := make(chan struct{})
		var all sync.WaitGroup
		busy := func(work func(n int) error) {
			all.Go(func() {
				for n := 0; ; n++ {
					select {
					case <-stop:
						return
					default:
						if err := work(n); err != nil {
							s.t.Errorf("%d: %v", n, err)
							return
						}
					}
				}
			})
		}
		busy(func(n int) error { // adds
			written.Add(1)
			return committed(func() error { return draft(s.Store, s.other, fmt.Sprintf("w%05d", n)) })
		})
		busy(func(n int) error {
			return committed(func() error { return rewrite(s, fmt.Sprintf("e%04d", n%120)) })
		})
		busy(func(n int) error { return reread(s, fmt.Sprintf("e%04d", n%120)) })
		busy(func(int) error {
			if s.found("ann@example.org") != "ann" {
				return errors.New("ann is not found")
			}
			return nil
		})
		report, err := s.Run(context.Background())
		close(stop)
		all.Wait()
		s.must(err)
		if len(report.Disabled) != 2 {
			s.t.Errorf("%+v", report)
		}
		for _, c := range models.SealedColumns {
			if left, err := s.Store.CountStale(context.Background(), c.Table, c.Column, seal.Prefix(s.Box.Primary(seal.Sealing))); err != nil || left != 0 {
				s.t.Errorf("%s.%s: %d under an old key, %v", c.Table, c.Column, left, err)
			}
		}
	})
}

// rewrite seals a row's answers anew as an editor does, with the other replica's keys.
func rewrite(s *site, id string) error {
	return s.Store.Write(context.Background(), func(tx *models.Tx) error {
		e, err := tx.EnquiryForUpdate(id)
		if err != nil {
			return err
		}
		if e.Answers, err = s.other.Seal(answers(id), []byte(id)); err != nil {
			return err
		}
		return tx.SaveEnquiry(e)
	})
}

func reread(s *site, id string) error {
	e, err := s.Store.EnquiryByID(context.Background(), id)
	if err == nil {
		_, err = s.other.Open(answers(id), e.Answers)
	}
	if err == nil {
		_, err = s.Documents.Get(context.Background(), id)
	}
	return err
}

func TestARotationThatWasEndedIsCarriedOn(t *testing.T) {
	t.Parallel()
	eachSite(t, func(s *site) {
		s.whole(250)
		var added []string
		for _, stopAt := range []string{"waiting until every replica has the new keys", "enquiries.answers", "enquiry_files.name", "waiting for work under the old keys to end"} {
			ctx, cancel := context.WithCancel(context.Background())
			s.Progress = func(what string, _, _ int) {
				if what == stopAt {
					cancel()
				}
			}
			report, err := s.Run(ctx)
			added = append(added, report.Added...)
			if err == nil || report.Disabled != nil {
				s.t.Errorf("ended at %q: %+v, %v", stopAt, report, err)
			}
			for i := range 250 {
				s.must(reread(s, fmt.Sprintf("e%04d", i)))
			}
			cancel()
		}
		s.Progress = nil
		report, err := s.Run(context.Background())
		s.must(err)
		if added = append(added, report.Added...); len(added) != 2 || len(report.Disabled) != 2 {
			s.t.Errorf("keys added %v; %+v", added, report)
		}
		s.onlyNew(250)
	})
}

func TestAKeyThatSomethingNeedsIsNotDestroyed(t *testing.T) {
	t.Parallel()
	eachSite(t, func(s *site) {
		ctx := context.Background()
		s.whole(3)
		s.must(s.Documents.Put(ctx, "stray", []byte("belongs to no row")))
		old := s.Box.Primary(seal.Sealing)
		late, err := s.Box.Seal(answers("late"), []byte("late"))
		s.must(err)
		report, err := s.Run(ctx)
		s.must(err)
		if report.Orphans != 1 {
			s.t.Errorf("%+v", report)
		}
		if _, err := s.Retire(ctx, false); err == nil {
			s.t.Error("destroyed a key that a document without a row needs")
		}
		s.must(s.Store.Write(ctx, func(tx *models.Tx) error {
			return tx.AddEnquiry(&models.Enquiry{ID: "late", State: "draft", Answers: late})
		}))
		if _, err := s.Retire(ctx, true); err == nil {
			s.t.Error("destroyed a key that a row needs")
		}
		s.must(s.Box.Enable(seal.Sealing, old)) // as the runbook says
		_, err = s.Run(ctx)
		s.must(err)
		_, err = s.Retire(ctx, true)
		s.must(err)
		e, err := s.Store.EnquiryByID(ctx, "late")
		s.must(err)
		if plain, err := s.other.Open(answers("late"), e.Answers); err != nil || string(plain) != "late" {
			s.t.Errorf("%q, %v", plain, err)
		}
	})
}

func TestAnIndexThatCannotBeMadeAnewKeepsItsKey(t *testing.T) {
	t.Parallel()
	eachSite(t, func(s *site) {
		s.whole(1)
		s.person("bob", "bob@example.org", "somebody.else@example.org")
		report, err := s.Run(context.Background())
		if err == nil || !slices.Equal(report.Unindexed, []string{"people.email_index bob"}) {
			s.t.Errorf("%+v, %v", report, err)
		}
		if id := s.found("somebody.else@example.org"); id != "bob" {
			s.t.Errorf("found %q", id)
		}
		s.onlyNew(1)
	})
}

func TestAValueThatNeverOpensStopsNoRotation(t *testing.T) {
	t.Parallel()
	eachSite(t, func(s *site) {
		ctx := context.Background()
		s.whole(150)
		foreign, err := seal.New()
		s.must(err)
		s.must(draft(s.Store, foreign, "foreign"))
		report, err := s.Run(ctx)
		s.must(err)
		if !slices.Equal(report.Left, []string{"enquiries.answers foreign"}) || len(report.Disabled) != 2 {
			s.t.Errorf("%+v", report)
		}
	})
}

func TestAKeyIsAddedAloneWhenReplicasHaveCopies(t *testing.T) {
	t.Parallel()
	eachSite(t, func(s *site) {
		was := s.Box.Primary(seal.Sealing)
		for range 2 {
			_, err := s.Add(context.Background())
			s.must(err)
		}
		if keys := s.Box.Keys(seal.Sealing); len(keys) != 2 || s.Box.Primary(seal.Sealing) != was {
			s.t.Errorf("%+v", keys)
		}
	})
}
