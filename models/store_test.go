package models_test

import (
	"context"
	"testing"

	"carecorridor/internal/testdb"
	"carecorridor/models"
)

func TestAFreshDatabaseHasTheSchemaOfTheProgram(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		if err := s.CheckSchema(context.Background()); err != nil {
			t.Fatal(err)
		}
		if n, err := s.Generation(context.Background()); err != nil || n != 1 {
			t.Fatalf("generation %d, %v", n, err)
		}
	})
}
