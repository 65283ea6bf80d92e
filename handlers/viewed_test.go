package handlers_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"carecorridor/auth"
)

func TestPageViewsAndShortlistsOfAHospitalAreCountedWithoutTheVisitor(t *testing.T) {
	t.Parallel()
	s := alone(t)
	who := s.person(t, auth.ProviderOwner, 0)
	page := s.slugOf(t, who.Provider)
	for range 5 { // the first is drawn, the others are held ready
		s.get(t, page)
	}
	s.get(t, page, "If-None-Match", s.get(t, page).Header().Get("ETag"))
	s.get(t, page, "Sec-Purpose", "prefetch")
	s.get(t, page, "User-Agent", "Mozilla/5.0 (compatible; ExampleBot/2.1)")
	s.do(t, http.MethodHead, page)
	s.get(t, page+"/prices.csv")
	s.get(t, page+"-not")
	for range 6 {
		v := visit(t, s)
		v.post("/shortlist/add", url.Values{"h": {strings.TrimPrefix(page, "/hospitals/")}})
		v.post("/shortlist/add", url.Values{"h": {strings.TrimPrefix(page, "/hospitals/")}})
	}
	if err := s.listings.FlushViews(context.Background()); err != nil {
		t.Fatal(err)
	}
	months, err := s.listings.Activity(context.Background(), who, who.Provider, 1)
	if err != nil || months[0].Views != 7 || months[0].Shortlists != 6 {
		t.Errorf("%+v %v, want 7 views and 6 shortlists", months, err)
	}
	v := s.as(t, auth.ProviderOwner)
	v.open("/portal/activity").says("Page views by month", "Shortlists by month", "no cookie, no address")
	if csv := (office{v}).body(t, "/portal/activity.csv"); !strings.Contains(csv, "2026-11,7,6,0,") {
		t.Errorf("%s", csv)
	}
}
