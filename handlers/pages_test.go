package handlers_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

func TestKneeReplacementUnderSixThousandNearChennaiIsAnsweredHonestly(t *testing.T) {
	doc := front(t).page(t, ask("knee replacement under £6,000 near Chennai"))
	if h := text(doc.Find("h1")); h != "Total knee replacement in Chennai" {
		t.Errorf("heading %q", h)
	}
	cards := doc.Find("#results article")
	if cards.Length() == 0 {
		t.Fatal("no cards")
	}
	cards.Each(func(_ int, card *goquery.Selection) {
		if !strings.Contains(text(card), "Sample, not a real hospital") {
			t.Errorf("only samples publish prices in this data, but a card without the mark came: %.120s", text(card))
		}
		if !strings.Contains(text(card), "£") {
			t.Errorf("a card inside a price limit must show its price: %.120s", text(card))
		}
	})
	if !strings.Contains(text(doc.Find("#results")), "publish no price, so a price limit leaves them out") {
		t.Error("hospitals without a price are left out without a word")
	}
}

func TestWithoutAPriceLimitRealHospitalsShowTheIndicativeRange(t *testing.T) {
	doc := front(t).page(t, ask("knee replacement chennai")+"&include_samples=0")
	cards := doc.Find("#results article")
	if cards.Length() == 0 {
		t.Fatal("no real hospital")
	}
	cards.Each(func(_ int, card *goquery.Selection) {
		words := text(card)
		if !strings.Contains(words, "No price published") || !strings.Contains(words, "Indicative range in India") || !strings.Contains(words, "not this hospital's price") {
			t.Errorf("card says %.300s", words)
		}
		if strings.Contains(words, "Sample") {
			t.Errorf("a sample among real hospitals: %.100s", words)
		}
	})
}

func TestAnyQueryStringIsAnswered(t *testing.T) {
	s := front(t)
	for _, q := range hostile {
		for _, path := range []string{"/hospitals?q=" + url.QueryEscape(q), "/hospitals?city=" + url.QueryEscape(q) + "&price_min=" + url.QueryEscape(q) + "&sort=" + url.QueryEscape(q),
			"/api/v1/search?q=" + url.QueryEscape(q) + "&near=" + url.QueryEscape(q) + "&km=" + url.QueryEscape(q), "/hospitals/suggest?q=" + url.QueryEscape(q), "/treatments?q=" + url.QueryEscape(q)} {
			w := s.get(t, path)
			if w.Code != http.StatusOK && !(w.Code == http.StatusUnprocessableEntity && strings.HasPrefix(path, "/api/")) {
				t.Errorf("%.80q in %.20s: status %d", q, path, w.Code)
			}
			if strings.Contains(w.Body.String(), "<script>alert") {
				t.Errorf("%q came back alive", q)
			}
		}
	}
	if w := s.get(t, "/hospitals?q=%zz&%=;&page=%00"); w.Code != http.StatusOK {
		t.Errorf("a broken query string: status %d", w.Code)
	}
}

var hostile = []string{"", " ", "\x00", "a\x00b", "\xff\xfe", "<script>alert(1)</script>", `"'; DROP TABLE providers; --`, `city = "x" OR 1=1`, `\`, `"`, "-knee", `"knee`,
	strings.Repeat("knee ", 2000), strings.Repeat("x", 10_000), "🦵🏥", "घुटना", "\u202eevil", "%25", "../../etc/passwd", "under £", "£99999999999999999999", "-5", "NaN", "1e400", "under -3 lakh", "page=-1"}

func TestPagePastTheEndShowsTheFirst(t *testing.T) {
	for _, page := range []string{"100000", "-3", "0", "x", "99999999999999999999"} {
		w := front(t).get(t, "/hospitals?page="+page)
		if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "<article") {
			t.Errorf("page %s: status %d, or no hospital on it", page, w.Code)
		}
	}
}

func TestWrongPriceIsKeptAndTheRestAnswered(t *testing.T) {
	doc := front(t).page(t, "/hospitals?treatment=total-knee-replacement&price_max=cheap")
	if v, _ := doc.Find("input[name=price_max]").Attr("value"); v != "cheap" {
		t.Errorf("what was typed is lost: %q", v)
	}
	if !strings.Contains(text(doc.Find("main")), "Enter a price in whole numbers") || doc.Find("#results article").Length() == 0 {
		t.Error("want the message and the results without the limit")
	}
	if !strings.HasPrefix(doc.Find("title").Text(), "Error:") {
		t.Errorf("title %q", doc.Find("title").Text())
	}
}

func TestUnknownSlugsOfferSomethingClose(t *testing.T) {
	for path, want := range map[string]string{"/treatments/knee-replacment": "/treatments/total-knee-replacement", "/hospitals/apolo-chennai": "/hospitals", "/hubs/atlantis": "/hubs", "/nothing/here": "/"} {
		w := front(t).get(t, path)
		doc, err := goquery.NewDocumentFromReader(w.Body)
		if err != nil || w.Code != http.StatusNotFound {
			t.Fatalf("%s: %d %v", path, w.Code, err)
		}
		if doc.Find(`main a[href="`+want+`"], header a[href="`+want+`"]`).Length() == 0 {
			t.Errorf("%s offers no way to %s", path, want)
		}
		if robots, _ := doc.Find("meta[name=robots]").Attr("content"); !strings.Contains(robots, "noindex") {
			t.Errorf("%s may be indexed", path)
		}
	}
}

func TestATransplantIsExplainedAndNotOffered(t *testing.T) {
	s := front(t)
	doc := s.page(t, ask("kidney transplant delhi"))
	if doc.Find("#results article").Length() != 0 || !strings.Contains(text(doc.Find("main")), "Not offered for travel") {
		t.Error("a transplant must show its reason and no hospital")
	}
	page := text(s.page(t, "/treatments/kidney-transplant").Find("main"))
	if strings.Contains(page, "See hospitals") || !strings.Contains(page, "NHS Blood and Transplant") {
		t.Errorf("treatment page: %.300s", page)
	}
}

func TestRemovingAChipKeepsTheRest(t *testing.T) {
	s := front(t)
	doc := s.page(t, ask("hip replacement jci mumbai"))
	href := ""
	doc.Find("#results a").Each(func(_ int, a *goquery.Selection) {
		if strings.HasPrefix(text(a), "JCI") {
			href, _ = a.Attr("href")
		}
	})
	if href == "" {
		t.Fatal("no chip for JCI")
	}
	u, err := url.Parse(href)
	if err != nil || u.Query().Get("treatment") != "total-hip-replacement" || u.Query().Get("city") != "mumbai" || u.Query().Get("accreditation") != "" {
		t.Fatalf("without JCI: %s (%v)", href, err)
	}
	if h := text(s.page(t, href).Find("h1")); h != "Total hip replacement in Mumbai" {
		t.Errorf("heading %q", h)
	}
}

func TestSamplesCanBeHiddenAndAreMarkedAndNotIndexed(t *testing.T) {
	s := front(t)
	doc := s.page(t, "/hospitals")
	off, _ := doc.Find(`a:contains("Hide samples")`).Attr("href")
	if off == "" {
		t.Fatal("no way to hide samples")
	}
	if strings.Contains(text(s.page(t, off).Find("#results")), "Sample, not a real hospital") {
		t.Error("samples are still there")
	}
	w := s.get(t, "/hospitals/marigold-shore-hospital-chennai")
	if !strings.Contains(w.Body.String(), "noindex") {
		t.Error("a sample's page may be indexed")
	}
	if strings.Contains(s.get(t, "/sitemap/hospitals-1.xml").Body.String(), "marigold-shore") {
		t.Error("a sample is in the site map")
	}
}

func TestStructuredDataIsValidJSON(t *testing.T) {
	for _, path := range []string{"/", "/hospitals", "/hospitals/marigold-shore-hospital-chennai", "/treatments/cabg", "/hubs/chennai"} {
		front(t).page(t, path).Find(`script[type="application/ld+json"]`).Each(func(_ int, s *goquery.Selection) {
			var v map[string]any
			if err := json.Unmarshal([]byte(s.Text()), &v); err != nil || v["@type"] == nil {
				t.Errorf("%s: %v in %.200s", path, err, s.Text())
			}
		})
	}
}

func TestListingsOfOneNameAndTownAreToldApart(t *testing.T) {
	s := front(t)
	seen := map[string]bool{}
	s.page(t, "/hospitals?q=manipal+hospital&city=bengaluru&include_unconfirmed=1").Find("#results article").Each(func(_ int, card *goquery.Selection) {
		if text(card.Find("h3")) != "Manipal Hospital" {
			return
		}
		if words := text(card); !strings.Contains(words, "NABH certificate H-") || seen[words] {
			t.Errorf("nothing tells this one apart: %.200s", words)
		} else {
			seen[words] = true
		}
	})
	if len(seen) != 2 {
		t.Errorf("%d cards called Manipal Hospital, want 2", len(seen))
	}
	for slug, want := range map[string]string{"ruby-hall-clinic-pune": "40, Sassoon Road", "manipal-hospital-bengaluru": "NABH certificate H-2008-0012", "manipal-hospital-bengaluru-h-2021-0807": "NABH certificate H-2021-0807"} {
		if lead := text(s.page(t, "/hospitals/"+slug).Find(".cc-lead").First()); !strings.Contains(lead, want) {
			t.Errorf("%s: %q does not name %q", slug, lead, want)
		}
	}
	if lead := text(s.page(t, "/hospitals/marigold-shore-hospital-chennai").Find(".cc-lead").First()); strings.Contains(lead, "same name") {
		t.Errorf("a name of its own: %q", lead)
	}
}

func TestNoSampleComesBeforeARealHospitalWhenNothingIsAsked(t *testing.T) {
	s := front(t)
	for _, path := range []string{"/hospitals", "/hospitals?treatment=total-knee-replacement", "/hospitals?hub=chennai"} {
		cards := s.page(t, path).Find("#results article")
		if cards.Length() != 10 || strings.Contains(text(cards), "Sample") {
			t.Errorf("%s: %d cards, or a sample among the first", path, cards.Length())
		}
	}
	if words := text(s.page(t, "/about/ordering").Find("main")); !strings.Contains(words, "sample hospitals count as having none") {
		t.Errorf("the rule is not said: %.300s", words)
	}
}

func TestTheFirstPageOpensTheDoorsForProfessionals(t *testing.T) {
	s := front(t)
	cards := s.page(t, "/").Find(`section[aria-labelledby="professionals"]`)
	for _, door := range []string{"/refer", "/portal", "/models-of-care"} {
		if cards.Find(`a[href="`+door+`"]`).Length() != 1 {
			t.Errorf("no door to %s", door)
		}
	}
}
