package models_test

import (
	"context"
	"strings"
	"testing"

	"carecorridor/internal/fault"
	"carecorridor/internal/testdb"
	"carecorridor/internal/when"
	"carecorridor/models"
)

func TestFiguresOfTheDeskAreWrittenOnce(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		ctx, amount := context.Background(), 100.0
		err := s.Write(ctx, func(tx *models.Tx) error {
			src, err := tx.EnsureSource(models.Source{Key: "desk-1", Kind: "page", Title: "Fees"})
			if err != nil {
				return err
			}
			return tx.AddReferenceFigure(&models.ReferenceFigure{Kind: "visa", Item: "fee", Unit: "USD", Typical: &amount, AsOf: "2026-11-01", SourceID: &src, ByPerson: "p"})
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, query := range []string{"UPDATE reference_figures SET typical = 1", "DELETE FROM reference_figures"} {
			if _, err := s.SQL().Exec(query); err == nil || !strings.Contains(err.Error(), "written once") {
				t.Errorf("%s: %v", query, err)
			}
		}
		err = s.Write(ctx, func(tx *models.Tx) error {
			return tx.AddReferenceFigure(&models.ReferenceFigure{Kind: "visa", Item: "fee", Unit: "USD", Typical: &amount, AsOf: "2026-11-01", ByPerson: "p"})
		})
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("a figure without a source: %v", err)
		}
	})
}

func TestTheDatabaseRefusesAReviewOfOnePerson(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		ctx := context.Background()
		r := models.ContentReview{ID: "r", Page: "guide/choosing", TextHash: strings.Repeat("a", 64), Role: "Surgeon", ReviewedOn: when.Date{Year: 2026, Month: 1, Day: 1}, NextReview: when.Date{Year: 2027, Month: 1, Day: 1}, ByPerson: "ann"}
		if err := s.Write(ctx, func(tx *models.Tx) error { return tx.AddContentReview(&r) }); err != nil {
			t.Fatal(err)
		}
		decide := func(by string) error {
			return s.Write(ctx, func(tx *models.Tx) error {
				held, err := tx.ContentReviewForUpdate("r")
				if err != nil {
					return err
				}
				held.State, held.DecidedBy = "published", by
				return tx.DecideContentReview(held)
			})
		}
		if err := decide("ann"); !fault.Is(err, fault.Invalid) {
			t.Errorf("published by who recorded it: %v", err)
		}
		if err := decide("ben"); err != nil {
			t.Error(err)
		}
		again := r
		again.ID, again.State = "r2", ""
		if err := s.Write(ctx, func(tx *models.Tx) error { return tx.AddContentReview(&again) }); err != nil {
			t.Fatal(err)
		}
		third := r
		third.ID = "r3"
		if err := s.Write(ctx, func(tx *models.Tx) error { return tx.AddContentReview(&third) }); !fault.Is(err, fault.Conflict) {
			t.Errorf("a second one that waits for the same text: %v", err)
		}
	})
}
