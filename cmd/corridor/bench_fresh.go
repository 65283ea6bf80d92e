package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"carecorridor/catalogue"
	"carecorridor/cmd/corridor/drive"
	"carecorridor/internal/money"
	"carecorridor/models"
	"carecorridor/views/link"
)

// freshness measures how long after a commit the API finds a changed price: another process writes, the server follows.
func (b *bencher) freshness(ctx context.Context, c *benchCatalogue) error {
	changes := 100
	if b.Quick {
		changes = 20
	}
	if err := b.fresh(ctx, c, "commit to memory", changes); err != nil || b.Meili == "" || c.n != b.Large {
		return err
	}
	return b.fresh(ctx, c, "commit to meili", changes/4, "--meili-url="+b.Meili, "--meili-key="+b.MeiliKey)
}

func (b *bencher) fresh(ctx context.Context, c *benchCatalogue, name string, changes int, flags ...string) error {
	args := append([]string{"--var=" + c.dir}, flags...)
	s, err := start(ctx, append(args, "bench", "serve", "--jobs", "--prefix="+meiliPrefix(c.n))...)
	if err != nil {
		return err
	}
	defer s.stop()
	b.say("%s: %d changes", name, changes)
	var took []time.Duration
	for i := range changes {
		t, err := b.change(ctx, c, s, i)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		took = append(took, t)
	}
	b.say("%s: first %v, then %v", name, took[0], took[1:min(8, len(took))])
	slices.Sort(took)
	b.say("%s: p50 %v, p90 %v, slowest %v", name, took[len(took)/2], took[len(took)*9/10], took[len(took)-3:])
	b.table.better(c.n, name, drive.Figures{Requests: changes, Took: 1, P50: took[len(took)/2], P99: took[len(took)*99/100]})
	return nil
}

// change sets a price nobody else has and waits until exactly that price is found.
func (b *bencher) change(ctx context.Context, c *benchCatalogue, s *child, n int) (time.Duration, error) {
	p, err := c.store.ProfileBySlug(ctx, fmt.Sprintf("synthetic-%05d", n*31%c.n))
	if err != nil {
		return 0, err
	}
	offered := slices.IndexFunc(p.Packages, func(k models.PackageBundle) bool { return catalogue.ExclusionOf(k.ProcedureSlug) == "" })
	if offered < 0 {
		return 0, fmt.Errorf("%s offers nothing that may be travelled for", p.Slug)
	}
	turn++
	k, rupees := p.Packages[offered].Package, int64(50_000_000+turn)
	k.AmountMinor, k.Currency = rupees*100, money.INR
	if err := c.store.Write(ctx, func(tx *models.Tx) error { saved := k; return tx.SavePackage(&saved, nil) }); err != nil {
		return 0, err
	}
	committed := time.Now()
	v := values("treatment", k.ProcedureSlug, "price_min", fmt.Sprint(rupees), "currency", "INR", "include_unconfirmed", "1")
	for try := 0; time.Since(committed) < 20*time.Second; try++ {
		v.Set("price_max", fmt.Sprint(rupees+int64(try))) // another address each time, and no price is above: no cache answers
		found, err := s.answer(v)
		if err != nil {
			return 0, err
		}
		if found.Total == 1 && len(found.Hospitals) == 1 && found.Hospitals[0].Slug == p.Slug {
			return time.Since(committed), ctx.Err()
		}
		time.Sleep(time.Millisecond)
	}
	return 0, fmt.Errorf("price of %s not found: %s?%s", p.Slug, link.APISearch, v.Encode())
}
