package listing_test

import (
	"context"
	"testing"

	"carecorridor/catalogue/listing"
)

func TestViewsAreCountedByMonthAndFewAreHidden(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		see := func(slug string, kind listing.ViewKind, n int) {
			for range n {
				w.Seen(slug, kind)
			}
		}
		flush := func() {
			t.Helper()
			if err := w.FlushViews(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		see("marina", listing.PageView, 7)
		see("marina", listing.ShortlistView, 2)
		see("nobody", listing.PageView, 9)
		flush()
		flush()
		see("marina", listing.PageView, 5)
		flush()
		w.clock.move(30)
		see("marina", listing.PageView, 6)
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		if err := w.FlushViews(gone); err == nil {
			t.Error("written by a request that is over")
		}
		flush()
		months, err := w.Activity(t.Context(), w.asha(), w.a, 2)
		if err != nil || len(months) != 2 {
			t.Fatal(months, err)
		}
		if m := months[0]; m.Month != "2026-12" || m.Views != 6 || m.Shortlists != 0 {
			t.Errorf("%+v", m)
		}
		if m := months[1]; m.Views != 12 || m.Shortlists != listing.Few {
			t.Errorf("%+v", m)
		}
		if other, err := w.Activity(t.Context(), w.chitra(), w.b, 2); err != nil || other[1].Views != 0 {
			t.Errorf("%+v %v", other, err)
		}
	})
}
