package listing_test

import (
	"context"
	"log/slog"
	"path/filepath"
	"slices"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"carecorridor/auth"
	"carecorridor/catalogue"
	"carecorridor/catalogue/listing"
	"carecorridor/catalogue/seed"
	"carecorridor/catalogue/synthetic"
	"carecorridor/internal/when"
	"carecorridor/models"
	"carecorridor/search"
	"carecorridor/search/memory"
)

// benchProviders is the size of catalogue for which issue and budget give their second (brief §10).
const benchProviders = 30_000

// BenchmarkApprovalUntilFound approves prices in a catalogue of 30,000 hospitals on SQLite and says how long after the commit
// the memory engine of the same process finds each. Beside it stands how long the approval itself took.
func BenchmarkApprovalUntilFound(b *testing.B) {
	var follower atomic.Pointer[catalogue.Follower]
	ctx := b.Context()
	s, err := models.Open(ctx, "sqlite:"+filepath.Join(b.TempDir(), "corridor.db"), models.Options{Moved: func(models.Moved) {
		if f := follower.Load(); f != nil {
			f.Wake()
		}
	}})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	if err := s.Migrate(ctx); err != nil {
		b.Fatal(err)
	}
	if _, err := seed.Load(ctx, s, seed.Options{}); err != nil {
		b.Fatal(err)
	}
	if err := synthetic.Load(ctx, s, synthetic.Plan{Providers: benchProviders, Packages: 10, Seed: 1, Today: when.TodayIndia(when.System())}); err != nil {
		b.Fatal(err)
	}
	measureApprovals(b, s, &follower)
}

func measureApprovals(b *testing.B, s *models.Store, follower *atomic.Pointer[catalogue.Follower]) {
	ctx := b.Context()
	cat, err := catalogue.Open(ctx, s, when.System, slog.New(slog.DiscardHandler))
	if err != nil {
		b.Fatal(err)
	}
	engine := memory.New(when.System)
	if _, err := engine.Rebuild(ctx, cat.Source(ctx, nil)); err != nil {
		b.Fatal(err)
	}
	f := catalogue.NewFollower(cat, func(ctx context.Context, docs []search.Doc, _ []string) error {
		_, err := engine.Upsert(ctx, docs)
		return err
	}, func(context.Context) error { return nil })
	follower.Store(f)
	go f.Run(ctx, 25*time.Millisecond)
	service, err := listing.New(listing.Options{Store: s, Catalogue: cat, Clock: when.System})
	if err != nil {
		b.Fatal(err)
	}
	index := search.NewIndex(engine, when.System, 0)
	var found, decided []time.Duration
	for i := 0; b.Loop(); i++ {
		took, until := approveOne(b, s, service, index, i)
		decided, found = append(decided, took), append(found, until)
	}
	for name, d := range map[string][]time.Duration{"decide": decided, "found": found} {
		slices.Sort(d)
		b.ReportMetric(float64(d[len(d)/2].Microseconds())/1000, name+"-p50-ms")
		b.ReportMetric(float64(d[len(d)*99/100].Microseconds())/1000, name+"-p99-ms")
	}
}

func approveOne(b *testing.B, s *models.Store, service *listing.Service, index *search.Index, i int) (decide, found time.Duration) {
	ctx := b.Context()
	p, err := s.ProfileBySlug(ctx, "synthetic-0"+strconv.Itoa(1000+i*31%8000))
	if err != nil {
		b.Fatal(err)
	}
	who := auth.Actor{Person: "asha", Org: "org", Provider: p.ID, Role: auth.ProviderEditor}
	at := slices.IndexFunc(p.Packages, func(k models.PackageBundle) bool { return catalogue.ExclusionOf(k.ProcedureSlug) == "" })
	pounds := strconv.Itoa(400_000 + i)
	unit := "package/" + listing.PackageKey(p.Packages[at].Package)
	d, err := service.Draft(ctx, who, p.ID)
	if err != nil {
		b.Fatal(err)
	}
	path := listing.Path(unit + "/price_gbp")
	saved, err := service.Save(ctx, who, p.ID, []listing.Edit{{Path: path, Seen: d.Value(path), Value: pounds}}, true)
	if err != nil || !saved.OK() {
		b.Fatal(saved, err)
	}
	sent, problems, err := service.Send(ctx, who, p.ID, []string{unit})
	if err != nil || len(sent.Items) != 1 {
		b.Fatal(problems, err)
	}
	item, err := service.Item(ctx, vera, sent.Items[0])
	if err != nil {
		b.Fatal(err)
	}
	began := time.Now()
	if _, problems, err := service.Decide(ctx, vera, approval(item)); err != nil || !problems.OK() {
		b.Fatal(problems, err)
	}
	decide = time.Since(began)
	for committed := time.Now(); ; time.Sleep(200 * time.Microsecond) {
		page, err := index.Search(ctx, search.Query{Text: p.Name, IncludeUnconfirmed: true, IncludeSamples: true, Node: search.Any, Price: search.Range{Min: ptr(int64(30_000_000))}, PerPage: search.MaxPerPage})
		if err != nil {
			b.Fatal(err)
		}
		if slices.ContainsFunc(page.Hits, func(h search.Hit) bool { return h.ID == strconv.FormatInt(p.ID, 10) }) {
			return decide, time.Since(committed)
		}
		if time.Since(committed) > 20*time.Second {
			b.Fatalf("%s is not found", p.Slug)
		}
	}
}
