package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

const (
	kneeTrip   = "/trip-cost/result?treatment=total-knee-replacement"
	sampleTrip = kneeTrip + "&hospital=marigold-shore-hospital-chennai"
)

// lineOf is the row of the itemised table whose heading begins with label.
func lineOf(t *testing.T, doc *goquery.Document, label string) *goquery.Selection {
	t.Helper()
	row := doc.Find("main table").First().Find("tbody tr").FilterFunction(func(_ int, r *goquery.Selection) bool { return strings.HasPrefix(text(r.Find("th")), label) })
	if row.Length() != 1 {
		t.Fatalf("%d lines called %q", row.Length(), label)
	}
	return row
}

func TestATripIsAskedOneQuestionAPage(t *testing.T) {
	s := front(t)
	at, seen := "/trip-cost", 0
	for _, answer := range []url.Values{{"q": {"knee replacement"}}, {"hub": {"chennai"}, "name": {""}}, {"from": {"MAN"}}, {"people": {"3"}}, {"nights": {"15 to 21"}}, {"room": {"3-star"}}, {"month": {"2027-03"}}, {"insurance": {"unknown"}}} {
		doc := s.page(t, at)
		seen++
		if doc.Find("main h1").Length() != 1 || doc.Find("main form").Length() != 1 {
			t.Fatalf("%s: want one question and one form", at)
		}
		doc.Find("main form input[type=hidden]").Each(func(_ int, in *goquery.Selection) {
			name, _ := in.Attr("name")
			value, _ := in.Attr("value")
			answer.Set(name, value)
		})
		at = "/trip-cost?" + answer.Encode()
		for range 3 {
			w := s.get(t, at)
			if w.Code != http.StatusSeeOther {
				break
			}
			at = w.Header().Get("Location")
		}
	}
	if seen != 8 || !strings.HasPrefix(at, "/trip-cost/result?") {
		t.Fatalf("after %d questions at %s", seen, at)
	}
	if h := text(s.page(t, at).Find("h1")); h != "What a trip for total knee replacement may cost" {
		t.Errorf("heading %q", h)
	}
}

func TestARealHospitalWithoutAPriceShowsTheIndicativeRange(t *testing.T) {
	s := front(t)
	doc := s.page(t, kneeTrip+"&hub=chennai")
	words := text(lineOf(t, doc, "Treatment"))
	if !strings.Contains(words, "Indicative range in India") || !strings.Contains(words, "sources with their dates") {
		t.Errorf("treatment line: %s", words)
	}
	whole := text(lineOf(t, doc, "Whole trip"))
	onPage := s.page(t, "/treatments/total-knee-replacement")
	for _, end := range []string{"£5,350", "£9,630"} {
		if !strings.Contains(whole, end) || !strings.Contains(text(onPage.Find("main table").First()), end) {
			t.Errorf("%s is not on both the trip page and the treatment page; trip page: %s", end, whole)
		}
	}
}

func TestASampleHospitalsPackageIsThePriceAndSaidToBeInvented(t *testing.T) {
	s := front(t)
	doc := s.page(t, sampleTrip+"&people=2&nights=unknown")
	words := text(lineOf(t, doc, "Treatment"))
	if !strings.Contains(words, "own package") || !strings.Contains(words, "Listing checked") || strings.Contains(words, "Indicative") {
		t.Errorf("treatment line: %s", words)
	}
	if !strings.Contains(text(doc.Find("main")), "Sample, not a real hospital") {
		t.Error("an invented price without the mark")
	}
	card := text(s.page(t, "/hospitals?treatment=total-knee-replacement&q=marigold+shore").Find("#results article").First())
	likely := text(lineOf(t, doc, "Whole trip").Find("td").Eq(1))
	if !strings.Contains(card, likely) {
		t.Errorf("the card and the trip page disagree: %q is not in %q", likely, card)
	}
	if !strings.Contains(text(lineOf(t, doc, "What may come on top")), "one of each") {
		t.Error("charges on top are not named")
	}
}

func TestATripLeadsToAQuoteOfItsHospital(t *testing.T) {
	s := front(t)
	for trip, ask := range map[string]string{
		sampleTrip + "&people=2&nights=unknown":                                        "/enquiry/start?h=marigold-shore-hospital-chennai&treatment=total-knee-replacement",
		"/trip-cost/result?treatment=unknown&hospital=marigold-shore-hospital-chennai": "/enquiry/start?h=marigold-shore-hospital-chennai",
	} {
		if n := s.page(t, trip).Find(`main aside a[href="` + ask + `"]`).Length(); n != 1 {
			t.Errorf("%s: %d links to %s", trip, n, ask)
		}
	}
	if n := s.page(t, kneeTrip+"&hub=chennai").Find(`main a[href^="/enquiry/start"]`).Length(); n != 0 {
		t.Errorf("%d quotes offered of no hospital", n)
	}
}

func TestUnknownLinesSayAskAndNeverZero(t *testing.T) {
	doc := front(t).page(t, kneeTrip+"&insurance=yes")
	for _, label := range []string{"e-Medical visa", "Insurance"} {
		words := text(lineOf(t, doc, label))
		if !strings.Contains(words, "Not known, ask") || strings.Contains(words, "£0") {
			t.Errorf("%s: %s", label, words)
		}
		if !strings.Contains(text(doc.Find("main")), "leaves out what is not known: e-Medical visa") {
			t.Error("the total does not say what it leaves out")
		}
	}
	if words := text(lineOf(t, front(t).page(t, kneeTrip+"&insurance=no"), "Insurance")); !strings.Contains(words, "Left out, as you chose") {
		t.Errorf("declined insurance: %s", words)
	}
}

func TestEveryKnownLineHasASourceADateAndItsAge(t *testing.T) {
	doc := front(t).page(t, sampleTrip)
	doc.Find("main table").First().Find("tbody tr").Each(func(_ int, row *goquery.Selection) {
		words := text(row)
		if !strings.Contains(words, "£") || strings.HasPrefix(words, "Reserve") || strings.HasPrefix(words, "Whole trip") {
			return
		}
		if !strings.Contains(words, "Dated ") && !strings.Contains(words, "Date not stated") && !strings.Contains(words, "checked ") {
			t.Errorf("no date: %s", words)
		}
	})
	flights := lineOf(t, doc, "Return flights")
	if !strings.Contains(text(flights), "more than 90 days old, check it") || flights.Find("a[href^='https://']").Length() == 0 {
		t.Errorf("an old fare without its age or its source: %s", text(flights))
	}
	if main := text(doc.Find("main")); !strings.Contains(main, "Exchange rate: £1 is US$") {
		t.Error("the rates that were used are not shown")
	}
}

func TestWhenNothingCanBeTotalledThePageSaysWhatToAskFor(t *testing.T) {
	s := front(t)
	for query, want := range map[string]string{
		"treatment=unknown":                      "The treatment. Choose one",
		"treatment=unknown&nights=10":            "The treatment. Choose one",
		"treatment=cardiac-rehabilitation":       "The price. Fewer than 3 sources",
		"treatment=cardiac-rehabilitation&from=": "The time in India. Ask how many nights",
	} {
		main := text(s.page(t, "/trip-cost/result?"+query).Find("main"))
		if !strings.Contains(main, "We cannot give you a whole-trip total") || !strings.Contains(main, want) || !strings.Contains(main, "Cannot be added up yet") {
			t.Errorf("%s: want %q in %.700s", query, want, main)
		}
		if strings.Contains(main, "£0") && !strings.Contains(main, "NHS") {
			t.Errorf("%s: a zero", query)
		}
	}
}

func TestAWrongAnswerIsKeptAndSaid(t *testing.T) {
	s := front(t)
	for query, want := range map[string]struct{ field, value, say string }{
		"asked=nights&nights=abc":     {"#nights", "abc", "Enter the nights as a number"},
		"asked=nights&nights=0":       {"#nights", "0", "Nights must be from 1 to"},
		"asked=nights&nights=900":     {"#nights", "900", "Nights must be from 1 to"},
		"asked=nights&nights=21+to+3": {"#nights", "21 to 3", "lower one"},
		"asked=nights&nights=":        {"#nights", "14 to 20", "Enter the nights in India"},
		"asked=people&people=9":       {"", "", "Choose how many people travel"},
		"asked=people&people=-1":      {"", "", "Choose how many people travel"},
		"asked=from&from=XXX":         {"", "", "Choose an airport"},
		"asked=month&month=1999-01":   {"", "", "Choose a month"},
		"asked=room&room=palace":      {"", "", "Choose a kind of room"},
		"asked=insurance&insurance=x": {"", "", "Choose yes, no or"},
	} {
		doc := s.page(t, "/trip-cost?treatment=total-knee-replacement&hub=chennai&"+query)
		if !strings.HasPrefix(doc.Find("title").Text(), "Error:") || !strings.Contains(text(doc.Find(".cc-error-summary")), want.say) {
			t.Errorf("%s: title %q, summary %q", query, doc.Find("title").Text(), text(doc.Find(".cc-error-summary")))
		}
		if want.field != "" {
			if v, _ := doc.Find(want.field).Attr("value"); v != want.value {
				t.Errorf("%s: %q was typed, %q is shown", query, want.value, v)
			}
		}
		href, _ := doc.Find(".cc-error-summary a").Attr("href")
		if href == "" || doc.Find(href).Length() != 1 {
			t.Errorf("%s: the summary leads to %q", query, href)
		}
	}
}

func TestWrongAnswersInAResultLeadBackToTheirQuestion(t *testing.T) {
	s := front(t)
	for query, want := range map[string]string{"treatment=total-knee-replacement&nights=abc": "nights=abc", "treatment=total-knee-replacement&people=99": "people=99", "": "/trip-cost", "treatment=kidney-transplant": "kidney-transplant"} {
		w := s.get(t, "/trip-cost/result?"+query)
		if w.Code != http.StatusSeeOther || !strings.Contains(w.Header().Get("Location"), want) || strings.Contains(w.Header().Get("Location"), "result") {
			t.Errorf("%s: %d to %q", query, w.Code, w.Header().Get("Location"))
		}
	}
}

func TestAnythingInATripsAddressIsAnswered(t *testing.T) {
	s := front(t)
	for _, bad := range hostile {
		for _, key := range []string{"treatment", "hospital", "hub", "from", "people", "nights", "room", "month", "insurance", "q", "name", "step", "asked", "of"} {
			for _, path := range []string{"/trip-cost", "/trip-cost/result", "/trip-cost/suggest"} {
				v := url.Values{"treatment": {"total-knee-replacement"}, "hub": {"chennai"}}
				v.Set(key, bad)
				if key == "q" {
					v.Del("treatment")
				}
				w := s.get(t, path+"?"+v.Encode())
				if w.Code != http.StatusOK && w.Code != http.StatusSeeOther {
					t.Errorf("%s %s=%.40q: status %d", path, key, bad, w.Code)
				}
				if strings.Contains(w.Body.String(), "<script>alert") {
					t.Errorf("%s %s=%q came back alive", path, key, bad)
				}
			}
		}
	}
}

func TestATransplantStopsTheTrip(t *testing.T) {
	doc := front(t).page(t, "/trip-cost?treatment=kidney-transplant")
	if doc.Find("main form").Length() != 0 || !strings.Contains(text(doc.Find("main")), "NHS Blood and Transplant") {
		t.Errorf("a transplant goes on: %.300s", text(doc.Find("main")))
	}
}

func TestResultsAreNotIndexedAndEachAnswerCanBeChanged(t *testing.T) {
	s := front(t)
	w := s.get(t, sampleTrip+"&people=2&from=LHR")
	if w.Header().Get("Set-Cookie") != "" {
		t.Error("a cookie")
	}
	doc := s.page(t, sampleTrip+"&people=2&from=LHR")
	if robots, _ := doc.Find("meta[name=robots]").Attr("content"); robots != "noindex" {
		t.Errorf("robots %q", robots)
	}
	if canonical, _ := doc.Find("link[rel=canonical]").Attr("href"); !strings.Contains(canonical, "/trip-cost/result?treatment=total-knee-replacement&hospital=") {
		t.Errorf("canonical %q", canonical)
	}
	changes := doc.Find("main aside a:contains('Change')")
	if changes.Length() != 8 {
		t.Fatalf("%d answers can be changed, want 8", changes.Length())
	}
	changes.Each(func(_ int, a *goquery.Selection) {
		href, _ := a.Attr("href")
		if s.page(t, href).Find("main form").Length() != 1 {
			t.Errorf("%s asks nothing", href)
		}
	})
}

func TestATripInAMonthAfterThePriceEndsSaysSo(t *testing.T) {
	s := front(t)
	if main := text(s.page(t, sampleTrip+"&month=2028-04").Find("main")); !strings.Contains(main, "The price may change before your trip") {
		t.Errorf("April 2028: %.400s", main)
	}
	if main := text(s.page(t, sampleTrip+"&month=2027-01").Find("main")); strings.Contains(main, "may change before your trip") {
		t.Error("the price still runs in January 2027")
	}
}

func TestHospitalsAndTreatmentsLeadToTheirTrip(t *testing.T) {
	s := front(t)
	for path, want := range map[string]string{
		"/hospitals/marigold-shore-hospital-chennai": "hospital=marigold-shore-hospital-chennai",
		"/treatments/total-knee-replacement":         "/trip-cost?treatment=total-knee-replacement",
	} {
		if s.page(t, path).Find(`main a[href^="/trip-cost"][href*="`+want+`"], main a[href="`+want+`"]`).Length() == 0 {
			t.Errorf("%s has no way to the cost of a trip", path)
		}
	}
	if s.page(t, "/").Find(`footer a[href="/trip-cost"]`).Length() == 0 {
		t.Error("the footer does not lead there")
	}
}

func TestSuggestionsKeepTheOtherAnswers(t *testing.T) {
	doc := front(t).page(t, "/trip-cost/suggest?of=hospital&treatment=total-knee-replacement&people=3&q=marigold")
	href, _ := doc.Find("a[role=option]").First().Attr("href")
	u, err := url.Parse(href)
	if err != nil || u.Query().Get("people") != "3" || u.Query().Get("treatment") != "total-knee-replacement" || u.Query().Get("hospital") == "" {
		t.Errorf("%q (%v)", href, err)
	}
}

func TestTreatmentPagesSayWhatTheNHSWillNotPayForWithSources(t *testing.T) {
	doc := front(t).page(t, "/treatments/total-knee-replacement")
	side := doc.Find("main aside")
	for _, want := range []string{"choice of hospital", "What the NHS will not pay for", "GHIC"} {
		if !strings.Contains(text(side), want) {
			t.Errorf("%q is not said: %.500s", want, text(side))
		}
	}
	if side.Find("a[href*='nhs.uk']").Length() < 2 {
		t.Error("the NHS lists name no source")
	}
	guides := doc.Find("main a[href^='/guide/']")
	if guides.Length() < 3 {
		t.Errorf("%d chapters of the guide, want 3", guides.Length())
	}
	guides.Each(func(_ int, a *goquery.Selection) {
		href, _ := a.Attr("href")
		if w := front(t).get(t, href); w.Code != http.StatusOK {
			t.Errorf("%s: status %d", href, w.Code)
		}
	})
}
