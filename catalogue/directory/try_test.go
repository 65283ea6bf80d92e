package directory_test

import (
	"carecorridor/catalogue/directory"
	"carecorridor/catalogue/seed"
	"carecorridor/models"
	"context"
	"os"
	"testing"
	"time"
)

func TestTry(t *testing.T) {
	ctx := context.Background()
	s, err := models.Open(ctx, "sqlite:"+t.TempDir()+"/x.db", models.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := seed.Load(ctx, s, seed.Options{Samples: true}); err != nil {
		t.Fatal(err)
	}
	for i := range 2 {
		f, _ := os.Open("/work/shared/data/national_hospital_directory.csv")
		b := time.Now()
		r, err := directory.Import(ctx, s, f, "nhd.csv", directory.Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Log(time.Since(b))
		if i == 0 {
			r.Write(os.Stdout)
		}
		t.Log(r.Wrote)
		g, _ := s.Generation(ctx)
		t.Log(g)
	}
}
