package models_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"carecorridor/internal/fault"
	"carecorridor/internal/testdb"
	queue "carecorridor/jobs"
	"carecorridor/models"
)

var sealed = []byte{1, 2, 3}

// asked is an enquiry to one hospital, with a row of every kind, all of them named "e".
func asked(tx *models.Tx) error {
	e := &models.Enquiry{ID: "e", State: "draft", Answers: sealed}
	if err := tx.AddEnquiry(e); err != nil {
		return err
	}
	at := tx.Now()
	e.Reference, e.State, e.SubmittedAt, e.Contact = ptr("CC-7K3M-9Q"), "open", &at, sealed
	for _, add := range []func() error{
		func() error { return tx.SaveEnquiry(e) },
		func() error {
			return tx.AddRecipient(&models.EnquiryRecipient{ID: "e", EnquiryID: "e", Ord: 1, HospitalSlug: "h", HospitalName: "H", State: "sent"})
		},
		func() error {
			return tx.AddConsent(&models.EnquiryConsent{ID: "e", EnquiryID: "e", RecipientID: ptr("e"), Kind: "send", Given: true, WordingVersion: "1", Wording: "Send?"})
		},
		func() error {
			return tx.AddFile(&models.EnquiryFile{ID: "e", EnquiryID: "e", Name: sealed, Kind: "application/pdf", Bytes: 1, Scan: "pending"})
		},
		func() error {
			return tx.AddMessage(&models.EnquiryMessage{ID: "e", RecipientID: "e", ByWhom: "patient", Body: sealed})
		},
		func() error { return tx.AddQuote(firstQuote()) },
		func() error {
			return tx.AddEvent(&models.EnquiryEvent{EnquiryID: "e", Event: "submit", ByWhom: "patient"})
		},
		func() error { return tx.AddMail(&models.Mail{ID: "e", Template: "x", Letter: sealed}) },
	} {
		if err := add(); err != nil {
			return err
		}
	}
	return nil
}

func firstQuote() *models.Quote {
	q := &models.Quote{ID: "e", RecipientID: "e", Number: 1, Currency: "GBP", TotalMinor: 1, Body: sealed}
	q.IssuedOn.Year, q.IssuedOn.Month, q.IssuedOn.Day = 2026, 11, 22
	q.ValidUntil = q.IssuedOn.AddDays(30)
	return q
}

var sealedColumns = map[string][]string{"enquiries": {"answers", "contact"}, "enquiry_files": {"name"}, "enquiry_messages": {"body"}, "quotes": {"body"}, "mails": {"letter"}}

func TestASealedColumnRefusesClearText(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		write(t, s, asked)
		for table, columns := range sealedColumns {
			for _, column := range columns {
				for name, value := range map[string]any{"text": "knee", "bytes": []byte("knee"), "empty": []byte{}, "a mark as text": "\x01knee"} {
					if name == "a mark as text" && s.Dialect() == models.Postgres {
						continue // PostgreSQL makes bytes of it: they bear the mark and do not open
					}
					err := s.Write(context.Background(), func(tx *models.Tx) error {
						return tx.Exec(fmt.Sprintf("UPDATE %s SET %s = ? WHERE id = 'e'", table, column), value)
					})
					if err == nil {
						t.Errorf("%s.%s took %s", table, column, name)
					}
				}
			}
		}
	})
}

func TestQuotesAndHistoryAreWrittenOnce(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		write(t, s, asked)
		for _, query := range []string{"UPDATE quotes SET total_minor = 2", "UPDATE quotes SET valid_until = '2030-01-01'", "UPDATE enquiry_events SET event = 'x'", "DELETE FROM enquiry_events"} {
			if err := s.Write(context.Background(), func(tx *models.Tx) error { return tx.Exec(query) }); err == nil {
				t.Errorf("%s passed", query)
			}
		}
	})
}

func TestTheDatabaseRefusesEnquiriesThatCannotBe(t *testing.T) {
	t.Parallel()
	bentQuote := func(bend func(*models.Quote)) func(*models.Tx) error {
		return func(tx *models.Tx) error {
			q := firstQuote()
			q.ID, q.Number = "f", 2
			bend(q)
			return tx.AddQuote(q)
		}
	}
	run := func(query string) func(*models.Tx) error { return func(tx *models.Tx) error { return tx.Exec(query) } }
	cases := map[string]func(*models.Tx) error{
		"a quote of 29 days":           bentQuote(func(q *models.Quote) { q.ValidUntil = q.IssuedOn.AddDays(29) }),
		"a quote of nothing":           bentQuote(func(q *models.Quote) { q.TotalMinor = 0 }),
		"a quote in euros":             bentQuote(func(q *models.Quote) { q.Currency = "EUR" }),
		"a number twice":               bentQuote(func(q *models.Quote) { q.Number = 1 }),
		"a quote of nobody":            bentQuote(func(q *models.Quote) { q.RecipientID = "nobody" }),
		"a fourth hospital":            run("UPDATE enquiry_recipients SET ord = 4"),
		"an unknown state":             run("UPDATE enquiry_recipients SET state = 'maybe'"),
		"sent without a code":          run("UPDATE enquiries SET reference = NULL"),
		"closed without a date":        run("UPDATE enquiries SET state = 'closed'"),
		"erased and still there":       run("UPDATE enquiries SET erased_at = '2026-11-22 00:00:00+00:00'"),
		"a consent to nobody":          run("UPDATE enquiry_consents SET recipient_id = NULL"),
		"a letter done and still kept": run("UPDATE mails SET outcome = 'sent', done_at = '2026-11-22 00:00:00+00:00'"),
		"a hospital twice": func(tx *models.Tx) error {
			return tx.AddRecipient(&models.EnquiryRecipient{ID: "f", EnquiryID: "e", Ord: 2, HospitalSlug: "h", HospitalName: "H", State: "sent"})
		},
		"a code twice": func(tx *models.Tx) error {
			at := tx.Now()
			return tx.AddEnquiry(&models.Enquiry{ID: "f", State: "open", Reference: ptr("CC-7K3M-9Q"), SubmittedAt: &at})
		},
		"two accepted": func(tx *models.Tx) error {
			if err := tx.AddRecipient(&models.EnquiryRecipient{ID: "f", EnquiryID: "e", Ord: 2, HospitalSlug: "i", HospitalName: "I", State: "accepted"}); err != nil {
				return err
			}
			return tx.Exec("UPDATE enquiry_recipients SET state = 'accepted' WHERE id = 'e'")
		},
	}
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		write(t, s, asked)
		for name, bad := range cases {
			if err := s.Write(context.Background(), bad); !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.Conflict) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestAnEnquiryThatMovedIsAConflict(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		write(t, s, asked)
		e, err := s.EnquiryByID(context.Background(), "e")
		if err != nil {
			t.Fatal(err)
		}
		write(t, s, func(tx *models.Tx) error { twin := *e; return tx.SaveEnquiry(&twin) })
		wantKind(t, s.Write(context.Background(), func(tx *models.Tx) error { return tx.SaveEnquiry(e) }), fault.Conflict)
	})
}

func TestErasingLeavesTheRowAndItsHistory(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		write(t, s, asked)
		write(t, s, func(tx *models.Tx) error {
			e, err := tx.EnquiryForUpdate("e")
			if err != nil {
				return err
			}
			return tx.EraseEnquiry(e)
		})
		e, err := s.EnquiryByID(context.Background(), "e")
		if err != nil || e.Answers != nil || e.Contact != nil || e.ErasedAt == nil || *e.Reference != "CC-7K3M-9Q" {
			t.Errorf("%+v, %v", e, err)
		}
		p, err := s.PartsOf(context.Background(), "e")
		if err != nil || len(p.Events) != 1 || len(p.Recipients)+len(p.Consents)+len(p.Files)+len(p.Messages)+len(p.Quotes) > 0 {
			t.Errorf("%+v, %v", p, err)
		}
		if gone, err := s.FileRemovals(context.Background(), 9); err != nil || len(gone) != 1 || gone[0].ID != "e" {
			t.Errorf("%+v, %v", gone, err)
		}
	})
}

func TestTriesAreCountedInTheirSpan(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		for want := int64(1); want <= 3; want++ {
			write(t, s, func(tx *models.Tx) error {
				if got, err := tx.Try("code", 24*time.Hour); err != nil || got != want {
					t.Errorf("try %d is counted as %d, %v", want, got, err)
				}
				return nil
			})
		}
		if n, err := s.Tries(context.Background(), "code", 24*time.Hour); err != nil || n != 3 {
			t.Error(n, err)
		}
		write(t, s, func(tx *models.Tx) error { return tx.DropAttempts(time.Now().Add(time.Hour)) })
		if n, err := s.Tries(context.Background(), "code", 24*time.Hour); err != nil || n != 0 {
			t.Error(n, err)
		}
	})
}

func TestALetterIsQueuedOnce(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		write(t, s, func(tx *models.Tx) error {
			for _, id := range []string{"a", "b", "a"} {
				if err := tx.Later(queue.SendMail{ID: id}); err != nil {
					return err
				}
			}
			return nil
		})
		var n int
		if err := s.SQL().QueryRow("SELECT count(*) FROM river_job WHERE kind = 'send_mail'").Scan(&n); err != nil || n != 2 {
			t.Errorf("%d jobs, %v", n, err)
		}
	})
}
