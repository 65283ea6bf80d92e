package listing_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"carecorridor/catalogue"
	"carecorridor/catalogue/listing"
	"carecorridor/internal/testdb"
	"carecorridor/internal/testmeili"
	"carecorridor/internal/when"
	"carecorridor/jobs"
	"carecorridor/models"
	"carecorridor/search"
	"carecorridor/search/meili"
)

// Steps of an approval at which the process is killed.
const (
	beforeCommit  = "before the commit"
	afterCommit   = "after the commit"
	whileIndexing = "while the index is written"
	afterIndexing = "after the index was written"
)

// The test starts itself again as a process that dies: these say where and with which database.
const (
	crashAt    = "CORRIDOR_TEST_CRASH_AT"
	crashDB    = "CORRIDOR_TEST_CRASH_DB"
	crashIndex = "CORRIDOR_TEST_CRASH_INDEX" // prefix of the index in Meilisearch, which outlives both
)

func TestACrashBetweenAnyTwoStepsLosesNothing(t *testing.T) {
	if os.Getenv(crashAt) != "" {
		t.Fatal(approveAndDie(t.Context(), os.Getenv(crashDB), os.Getenv(crashAt))) // it must not come this far
	}
	t.Parallel()
	for _, step := range []string{beforeCommit, afterCommit, whileIndexing, afterIndexing} {
		t.Run(strings.ReplaceAll(step, " ", "_"), func(t *testing.T) {
			t.Parallel()
			testdb.EachURL(t, func(t *testing.T, url string) { crash(t, url, step) })
		})
	}
}

// crash sends a price for checking, lets another process approve it and die at a step, and looks whether this one finishes the work.
func crash(t *testing.T, url, step string) {
	s := openStore(t, url)
	w := newWorld(t, s, &clock{now: when.System()})
	k := "package/" + key(w.draft(w.asha()), "package", "procedure", "knee")
	w.set(w.asha(), k+"/price_gbp", "9999")
	w.send(w.asha())
	cat, err := catalogue.Open(t.Context(), s, when.System, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	_, _, prefix := testmeili.Server(t)
	index := engine(prefix)
	if _, err := index.Rebuild(t.Context(), cat.Source(t.Context(), nil)); err != nil {
		t.Fatal(err)
	}
	if found(t, index, 999_900) {
		t.Fatal("the price is public before its check")
	}
	child := exec.Command(os.Args[0], "-test.run=^TestACrashBetweenAnyTwoStepsLosesNothing$")
	child.Env = append(os.Environ(), crashAt+"="+step, crashDB+"="+url, crashIndex+"="+prefix)
	out, err := child.CombinedOutput()
	var died *exec.ExitError
	if !errors.As(err, &died) || died.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
		t.Fatalf("the other process was not killed: %v\n%s", err, out)
	}
	work(t, s, cat, index)
	want := step != beforeCommit
	for deadline := time.Now().Add(90 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		if found(t, index, 999_900) == want && time.Now().Before(deadline) {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("killed %s: the price is found: %v", step, !want)
		}
	}
	after := w.waitingOrNone()
	if approved := after == 0; approved != want {
		t.Errorf("killed %s: %d wait", step, after)
	}
}

func (w *world) waitingOrNone() int {
	page, err := w.Queue(w.t.Context(), vera, listing.Filter{})
	if err != nil {
		w.t.Fatal(err)
	}
	return page.Total
}

// engine is Meilisearch: what it was told stays when a server dies.
func engine(prefix string) *search.Index {
	return search.NewIndex(meili.New(meili.Options{URL: os.Getenv("CORRIDOR_TEST_MEILI"), Key: os.Getenv("CORRIDOR_TEST_MEILI_KEY"), Prefix: prefix, Clock: when.System}), when.System, 0)
}

func openStore(t *testing.T, url string) *models.Store {
	t.Helper()
	s, err := models.Open(t.Context(), url, models.Options{Clock: when.System})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// found reports whether the price, in rupees at 100 for a pound, is what the index knows.
func found(t *testing.T, index *search.Index, rupees int64) bool {
	t.Helper()
	page, err := index.Search(t.Context(), search.Query{IncludeSamples: true, Procedures: []string{"knee"}, Node: "knee", Price: search.Range{Min: &rupees, Max: &rupees}})
	if err != nil {
		t.Fatal(err)
	}
	return page.Total == 1
}

func work(t *testing.T, s *models.Store, cat *catalogue.Catalogue, index *search.Index) {
	t.Helper()
	r, err := s.Work(context.WithoutCancel(t.Context()), jobs.Workers{
		IndexProvider:      func(ctx context.Context, id int64) error { return cat.Index(ctx, index, []int64{id}) },
		RebuildIndex:       func(context.Context) error { return nil },
		ExpireCertificates: func(context.Context) error { return nil },
	}, jobs.Options{Poll: 20 * time.Millisecond, Timeout: time.Second, RescueAfter: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Stop(context.Background()) })
}

// approveAndDie is the other process.
func approveAndDie(ctx context.Context, url, step string) error {
	s, err := models.Open(ctx, url, models.Options{Clock: when.System})
	if err != nil {
		return err
	}
	cat, err := catalogue.Open(ctx, s, when.System, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	die := func() { _ = syscall.Kill(os.Getpid(), syscall.SIGKILL); select {} }
	o := listing.Options{Store: s, Catalogue: cat, Clock: when.System}
	service, err := listing.New(o)
	if err != nil {
		return err
	}
	page, err := service.Queue(ctx, vera, listing.Filter{})
	if err != nil || len(page.Items) != 1 {
		return fmt.Errorf("%d items wait, %v", len(page.Items), err)
	}
	d := approval(page.Items[0])
	if step == beforeCommit {
		return s.Write(ctx, func(tx *models.Tx) error { // the end before anything is kept
			if err := tx.KeepListing(page.Items[0].Provider); err != nil {
				return err
			}
			die()
			return nil
		})
	}
	if _, problems, err := service.Decide(ctx, vera, d); err != nil || !problems.OK() {
		return fmt.Errorf("%v %v", problems, err)
	}
	if step == afterCommit {
		die()
	}
	index := engine(os.Getenv(crashIndex))
	_, err = s.Work(ctx, jobs.Workers{
		IndexProvider: func(ctx context.Context, id int64) error {
			if step == afterIndexing {
				if err := cat.Index(ctx, index, []int64{id}); err != nil {
					return err
				}
			}
			die()
			return nil
		},
		RebuildIndex: func(context.Context) error { return nil }, ExpireCertificates: func(context.Context) error { return nil },
	}, jobs.Options{Poll: 20 * time.Millisecond})
	if err != nil {
		return err
	}
	time.Sleep(time.Minute)
	return errors.New("no job ran")
}
