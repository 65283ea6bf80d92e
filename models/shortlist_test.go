package models_test

import (
	"context"
	"testing"
	"time"

	"carecorridor/internal/fault"
	"carecorridor/internal/testdb"
	"carecorridor/models"
)

func share(t *testing.T, s *models.Store, code string, days int) error {
	t.Helper()
	return s.Write(context.Background(), func(tx *models.Tx) error {
		return tx.AddSharedShortlist(&models.SharedShortlist{Code: code, Providers: "3,1", ExpiresAt: tx.Now().AddDate(0, 0, days)})
	})
}

func TestASharedShortlistIsFoundByItsCodeAlone(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		ctx := context.Background()
		before, _ := s.Generation(ctx)
		if err := share(t, s, "CC-2222-22", 28); err != nil {
			t.Fatal(err)
		}
		got, err := s.SharedShortlistByCode(ctx, "CC-2222-22")
		if err != nil || got.Providers != "3,1" || got.ExpiresAt.Sub(got.CreatedAt) != 28*24*time.Hour {
			t.Fatalf("%+v, %v", got, err)
		}
		for _, code := range []string{"CC-2222-23", "", "\x00", "\xff"} {
			if _, err := s.SharedShortlistByCode(ctx, code); !fault.Is(err, fault.Missing) {
				t.Errorf("%q: %v", code, err)
			}
		}
		if after, _ := s.Generation(ctx); after != before {
			t.Error("sharing a list moved the catalogue")
		}
	})
}

func TestACodeIsTakenOnceAndCanBeDropped(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		ctx := context.Background()
		if err := share(t, s, "CC-2222-22", 28); err != nil {
			t.Fatal(err)
		}
		if err := share(t, s, "CC-2222-22", 28); !fault.Is(err, fault.Conflict) {
			t.Errorf("same code again: %v", err)
		}
		for range 2 {
			if err := s.Write(ctx, func(tx *models.Tx) error { return tx.DropSharedShortlist("CC-2222-22") }); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := s.SharedShortlistByCode(ctx, "CC-2222-22"); !fault.Is(err, fault.Missing) {
			t.Errorf("dropped: %v", err)
		}
	})
}

func TestAnEndedShortlistIsGone(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		if err := share(t, s, "CC-2222-22", -1); !fault.Is(err, fault.Invalid) {
			t.Errorf("ended before it began: %v", err)
		}
		err := s.Write(context.Background(), func(tx *models.Tx) error {
			return tx.AddSharedShortlist(&models.SharedShortlist{Code: "CC-2222-22", Providers: "1", ExpiresAt: tx.Now().Add(20 * time.Millisecond)})
		})
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(40 * time.Millisecond)
		if _, err := s.SharedShortlistByCode(context.Background(), "CC-2222-22"); !fault.Is(err, fault.Missing) {
			t.Errorf("ended: %v", err)
		}
		if err := share(t, s, "CC-2222-22", 1); err != nil {
			t.Errorf("an ended code is free again: %v", err)
		}
	})
}
