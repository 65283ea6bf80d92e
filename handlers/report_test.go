package handlers_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

const reportPath = "/hospitals/" + reviewed + "/report"

// reportForm is the form as the page gives it, filled in.
func (s *site) reportForm(t testing.TB, words string) url.Values {
	t.Helper()
	mark, _ := s.page(t, reportPath).Find("input[name=mark]").Attr("value")
	if len(mark) < 20 {
		t.Fatalf("mark %q", mark)
	}
	return url.Values{"mark": {mark}, "about": {"price"}, "words": {words}, "email": {""}}
}

func TestAProblemIsReportedFromTheProfileWithoutSigningIn(t *testing.T) {
	t.Parallel()
	s := alone(t)
	if href, _ := s.page(t, "/hospitals/"+reviewed).Find(`main a[href$="/report"]`).Attr("href"); href != reportPath {
		t.Fatalf("the profile leads to %q", href)
	}
	form := s.reportForm(t, "यह कीमत पुरानी है\r\nSee their page.")
	first, again := s.post(t, reportPath, form), s.post(t, reportPath, form)
	to := first.Header().Get("Location")
	if first.Code != http.StatusSeeOther || again.Header().Get("Location") != to {
		t.Fatalf("status %d to %q and %q", first.Code, to, again.Header().Get("Location"))
	}
	all, err := s.told.Reports(context.Background(), false)
	if err != nil || len(all) != 1 || all[0].Words != "यह कीमत पुरानी है\nSee their page." {
		t.Fatalf("%+v, %v", all, err)
	}
	if got := text(s.page(t, to).Find("main")); !strings.Contains(got, all[0].Reference) {
		t.Error(got)
	}
	if w := s.get(t, reportPath); w.Header().Get("Set-Cookie") != "" || w.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("headers %v", w.Header())
	}
}

func TestAnIncompleteReportKeepsWhatWasWritten(t *testing.T) {
	t.Parallel()
	s := alone(t)
	form := s.reportForm(t, "short")
	form.Del("about")
	form.Set("email", "nobody")
	w := s.post(t, reportPath, form)
	doc, err := goquery.NewDocumentFromReader(w.Body)
	if err != nil || w.Code != http.StatusUnprocessableEntity {
		t.Fatalf("status %d, %v", w.Code, err)
	}
	email, _ := doc.Find("#email").Attr("value")
	mark, _ := doc.Find("input[name=mark]").Attr("value")
	if doc.Find("[data-error-summary] li").Length() != 3 || email != "nobody" || doc.Find("#words").Text() != "short" || mark != form.Get("mark") {
		t.Errorf("%s, email %q, mark %q", text(doc.Find("main")), email, mark)
	}
}

func TestAReportNeedsAListing(t *testing.T) {
	t.Parallel()
	s := alone(t)
	for _, path := range []string{"/hospitals/no-such/report", "/hospitals/no-such/report/sent?reference=CC-2222-22"} {
		if w := s.get(t, path); w.Code != http.StatusNotFound {
			t.Errorf("%s: status %d", path, w.Code)
		}
	}
	if w := s.get(t, reportPath+"/sent?reference=%3Cb%3E"); w.Code != http.StatusSeeOther || w.Header().Get("Location") != reportPath {
		t.Errorf("a confirmation of nothing: status %d", w.Code)
	}
	withdraw(t, s, reviewed)
	if w := s.post(t, reportPath, url.Values{"about": {"price"}, "words": {"Something is wrong"}}); w.Code != http.StatusGone {
		t.Errorf("a withdrawn listing: status %d", w.Code)
	}
}
