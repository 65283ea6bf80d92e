package handlers_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"carecorridor/feedback"
)

const reviewed = "marigold-shore-hospital-chennai"

// post sends a form as a browser does.
func (s *site) post(t testing.TB, path string, form url.Values) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// invite gives the address of a form.
func (s *site) invite(t testing.TB) string {
	t.Helper()
	token, err := s.told.Invite(context.Background(), feedback.Confirmed{Slug: reviewed, Stayed: "2026-10", By: "Asha"})
	if err != nil {
		t.Fatal(err)
	}
	return "/feedback/" + token
}

func answers(comment string) url.Values {
	return url.Values{"bill": {"yes"}, "contact": {"partly"}, "risks": {"no"}, "comment": {comment}}
}

func (s *site) decide(t testing.TB, do func(ctx context.Context, text int64) error) {
	t.Helper()
	ctx := context.Background()
	waiting, err := s.told.Queue(ctx, false)
	if err != nil || len(waiting) != 1 {
		t.Fatalf("%+v, %v", waiting, err)
	}
	if err := do(ctx, waiting[0].ID); err != nil {
		t.Fatal(err)
	}
}

// fresh is the profile as the next refresh of the catalogue shows it.
func (s *site) fresh(t testing.TB) *goquery.Selection {
	t.Helper()
	if err := s.cat.Refresh(context.Background()); err != nil {
		t.Fatal(err)
	}
	return s.page(t, "/hospitals/"+reviewed).Find("#feedback")
}

func TestFeedbackIsSentOnceThroughItsLink(t *testing.T) {
	t.Parallel()
	s := alone(t)
	path := s.invite(t)
	page := s.page(t, path)
	if got := text(page.Find("main .cc-lead")); !strings.Contains(got, "Marigold Shore") || !strings.Contains(got, "October 2026") {
		t.Errorf("lead %q", got)
	}
	if n := page.Find("fieldset").Length(); n != 3 {
		t.Errorf("%d questions", n)
	}
	w := s.get(t, path)
	if w.Header().Get("Cache-Control") != "no-store" || w.Header().Get("Referrer-Policy") != "same-origin" || w.Header().Get("Set-Cookie") != "" {
		t.Errorf("headers %v", w.Header())
	}
	for range 2 { // a double click
		if w := s.post(t, path, answers("The bill was right.")); w.Code != http.StatusSeeOther || w.Header().Get("Location") != path {
			t.Fatalf("status %d to %s", w.Code, w.Header().Get("Location"))
		}
	}
	if got := text(s.page(t, path).Find("h1")); got != "Your feedback is sent" {
		t.Error(got)
	}
	if q, err := s.told.Queue(context.Background(), true); err != nil || len(q) != 1 {
		t.Errorf("%+v, %v", q, err)
	}
}

func TestAnIncompleteFeedbackFormKeepsWhatWasWritten(t *testing.T) {
	t.Parallel()
	s := alone(t)
	path := s.invite(t)
	w := s.post(t, path, url.Values{"bill": {"partly"}, "comment": {"<b>बिल</b> वही था"}})
	if w.Code != http.StatusUnprocessableEntity {
		t.Fatalf("status %d", w.Code)
	}
	doc, err := goquery.NewDocumentFromReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(doc.Find("title").Text(), "Error:") || doc.Find("[data-error-summary] li").Length() != 2 {
		t.Errorf("title %q, summary %q", doc.Find("title").Text(), text(doc.Find("[data-error-summary]")))
	}
	doc.Find("[data-error-summary] a").Each(func(_ int, a *goquery.Selection) {
		if to, _ := a.Attr("href"); doc.Find(to).Length() != 1 {
			t.Errorf("the summary leads to %q", to)
		}
	})
	if v, _ := doc.Find("input[name=bill][checked]").Attr("value"); v != "partly" || doc.Find("textarea").Text() != "<b>बिल</b> वही था" {
		t.Errorf("bill %q, comment %q", v, doc.Find("textarea").Text())
	}
}

func TestEveryBadFeedbackLinkGetsTheSamePage(t *testing.T) {
	t.Parallel()
	s := alone(t)
	path := s.invite(t)
	bodies := map[string]bool{}
	for _, bad := range []string{"/feedback/x", path + "x", path[:len(path)-3], "/feedback/" + strings.Repeat("A", 900)} {
		w := s.get(t, bad)
		if w.Code != http.StatusNotFound || s.post(t, bad, answers("")).Code != http.StatusNotFound {
			t.Errorf("%s: status %d", bad, w.Code)
		}
		bodies[w.Body.String()] = true
	}
	if len(bodies) != 1 {
		t.Errorf("%d different pages", len(bodies))
	}
	s.clock.Set(morning.AddDate(0, 0, feedback.LinkDays+1))
	if w := s.get(t, path); w.Code != http.StatusNotFound || !bodies[w.Body.String()] {
		t.Errorf("an old link: status %d", w.Code)
	}
	if w := s.do(t, http.MethodPost, path, "Sec-Fetch-Site", "cross-site"); w.Code != http.StatusForbidden {
		t.Errorf("another site's form: status %d", w.Code)
	}
}

func TestAProfileShowsFeedbackFromFiveAnswersAndFollowsModeration(t *testing.T) {
	t.Parallel()
	s := alone(t)
	if got := text(s.fresh(t)); !strings.Contains(got, "Not enough replies yet") {
		t.Fatal(got)
	}
	s.invite(t) // never answered
	for range 4 {
		s.post(t, s.invite(t), answers(""))
	}
	s.post(t, s.invite(t), answers("Dr Rao told me.\nThe bill was <i>right</i>."))
	part := s.fresh(t)
	got := text(part)
	if !strings.Contains(got, "5 of 6 people invited have replied") || strings.Contains(got, "Dr Rao") || part.Find("tbody tr").Length() != 3 {
		t.Fatal(got)
	}
	s.decide(t, func(ctx context.Context, id int64) error {
		return s.told.Redact(ctx, id, []string{"Dr Rao"}, "It named a member of staff.", "Asha")
	})
	part = s.fresh(t)
	if got := part.Find("blockquote").Text(); got != "[removed] told me.\nThe bill was <i>right</i>." || !strings.Contains(text(part), "It named a member of staff.") {
		t.Fatalf("%q in %s", got, text(part))
	}
	all, err := s.told.Queue(context.Background(), true)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.told.Respond(context.Background(), all[0].Feedback, "Thank you for telling us.", "Office"); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(text(s.fresh(t)), "Thank you for telling us") {
		t.Error("a response is public before anybody read it")
	}
	s.decide(t, func(ctx context.Context, id int64) error { return s.told.Publish(ctx, id, "Asha") })
	if !strings.Contains(text(s.fresh(t)), "Thank you for telling us") {
		t.Error("no response")
	}
	if err := s.told.Refuse(context.Background(), all[0].ID, "It turned out not to be about the stay.", "Asha"); err != nil {
		t.Fatal(err)
	}
	if got := text(s.fresh(t)); strings.Contains(got, "told me") || !strings.Contains(got, "This comment is not shown. Reason: It turned out") {
		t.Error(got)
	}
}

func TestHowFeedbackIsCheckedIsAPublicPage(t *testing.T) {
	t.Parallel()
	s := front(t)
	got := text(s.page(t, "/about/reviews").Find("main"))
	for _, want := range []string{"Only people whose stay we have confirmed", "fewer than 5 replies", "The bill matched the quote", "The hospital’s response"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not said", want)
		}
	}
	if !strings.Contains(s.get(t, "/sitemap/pages.xml").Body.String(), "/about/reviews") {
		t.Error("not in the sitemap")
	}
}

func TestTheDemonstrationShowsEveryKindOfFeedbackOnce(t *testing.T) {
	t.Parallel()
	s := alone(t)
	for range 2 {
		if err := s.told.LoadSamples(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	part := s.fresh(t)
	got := text(part)
	for _, want := range []string{"7 of 8 people invited have replied", "The hospital’s response", "[removed] was kind", "This comment is not shown. Reason:"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in %s", want, got)
		}
	}
	if strings.Contains(got, "cured") || part.Find(".cc-comments > li").Length() != 5 {
		t.Error(got)
	}
	other := text(s.page(t, "/hospitals/banyan-lane-heart-institute-bengaluru").Find("#feedback"))
	if !strings.Contains(other, "Not enough replies yet") || !strings.Contains(other, "Risks were drawn on paper") {
		t.Error(other)
	}
	if q, err := s.told.Queue(context.Background(), false); err != nil || len(q) != 0 {
		t.Errorf("something waits: %+v, %v", q, err)
	}
}
