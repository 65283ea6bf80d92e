package handlers_test

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// figuresOf reads the three amounts of a line in whole pounds; ok is false when none is held.
func figuresOf(t *testing.T, row *goquery.Selection) (out [3]int, ok bool) {
	t.Helper()
	cells := row.Find("td")
	if cells.Length() != 3 {
		return out, false
	}
	cells.Each(func(i int, cell *goquery.Selection) {
		n, err := strconv.Atoi(strings.NewReplacer("£", "", ",", "").Replace(text(cell)))
		if err != nil {
			t.Fatalf("%q: %v", text(cell), err)
		}
		out[i] = n
	})
	return out, true
}

func TestWhoAddsUpThePrintedLinesGetsThePrintedTotal(t *testing.T) {
	s := front(t)
	for _, query := range []string{kneeTrip, sampleTrip, sampleTrip + "&people=1", sampleTrip + "&people=3&room=4-5-star&from=LHR&insurance=no", kneeTrip + "&nights=11+to+17&people=4",
		"/trip-cost/result?treatment=total-hip-replacement", "/trip-cost/result?treatment=cabg&people=3"} {
		doc := s.page(t, query)
		var sum [3]int
		doc.Find("main table").First().Find("tbody tr").Each(func(_ int, row *goquery.Selection) {
			if figures, ok := figuresOf(t, row); ok && !strings.HasPrefix(text(row), "Whole trip") {
				for i, n := range figures {
					sum[i] += n
				}
			}
		})
		if total, ok := figuresOf(t, lineOf(t, doc, "Whole trip")); !ok || total != sum {
			t.Errorf("%s: the lines add up to %v, the total says %v", query, sum, total)
		}
	}
}

func TestTheQuoteCardAndTheTreatmentCardAddUp(t *testing.T) {
	s := front(t)
	amounts := regexp.MustCompile(`£([\d,]+)(?: to £([\d,]+))?`)
	for _, path := range []string{"/hospitals/marigold-shore-hospital-chennai", "/treatments/total-knee-replacement"} {
		found := false
		s.page(t, path).Find("main .cc-card, main aside, main section, main div").EachWithBreak(func(_ int, card *goquery.Selection) bool {
			rows := card.Find("dl").First().Children()
			last := rows.Last()
			if !strings.HasPrefix(text(last), "Whole trip for 2") {
				return true
			}
			low, high := 0, 0
			rows.Slice(0, rows.Length()-1).Each(func(_ int, row *goquery.Selection) {
				l, h := ends(t, amounts, text(row.Find("dd")))
				low, high = low+l, high+h
			})
			wantLow, wantHigh := ends(t, amounts, text(last.Find("dd")))
			if low != wantLow || high != wantHigh {
				t.Errorf("%s: the lines add up to %d and %d, the total says %d and %d", path, low, high, wantLow, wantHigh)
			}
			found = true
			return false
		})
		if !found {
			t.Errorf("%s: no card with a total", path)
		}
	}
}

// ends reads "£1,230 to £4,560" or "£1,230"; words without an amount are nothing.
func ends(t *testing.T, pattern *regexp.Regexp, words string) (low, high int) {
	t.Helper()
	m := pattern.FindStringSubmatch(words)
	if m == nil {
		return 0, 0
	}
	low, _ = strconv.Atoi(strings.ReplaceAll(m[1], ",", ""))
	high = low
	if m[2] != "" {
		high, _ = strconv.Atoi(strings.ReplaceAll(m[2], ",", ""))
	}
	return low, high
}

func TestDaysInIndiaAreOneMoreThanNights(t *testing.T) {
	s := front(t)
	for query, want := range map[string][]string{
		kneeTrip:                          {"15 to 21 days", "14 to 20 nights", "Room near the hospital, 14 to 20 nights", "Food, 15 to 21 days", "arrive on the first day"},
		sampleTrip:                        {"16 days", "15 nights", "Room near the hospital, 15 nights", "no bed for whoever comes with you"},
		sampleTrip + "&people=1":          {"Room near the hospital, 10 nights", "holds your bed for 5 nights"},
		kneeTrip + "&nights=9":            {"You gave 9 nights in India, which is 10 days", "Room near the hospital, 9 nights", "Food, 10 days"},
		sampleTrip + "&people=1&nights=9": {"Room near the hospital, 4 nights", "Food, 10 days"},
	} {
		main := text(s.page(t, query).Find("main"))
		for _, words := range want {
			if !strings.Contains(main, words) {
				t.Errorf("%s: %q is not said", query, words)
			}
		}
	}
}

func TestTheWaitAndTheUKPriceShowTheirAge(t *testing.T) {
	doc := front(t).page(t, kneeTrip)
	for _, label := range []string{"UK, paying yourself", "waiting in England"} {
		row := doc.Find("main dl > div").FilterFunction(func(_ int, r *goquery.Selection) bool { return strings.Contains(text(r.Find("dt")), label) })
		if mark := text(row.Find(".cc-source--stale")); !strings.Contains(mark, "check it") {
			t.Errorf("%s: its age is said as %q in %q", label, mark, text(row))
		}
	}
}

func TestPaperNamesTheDayOfItsFiguresAsIndias(t *testing.T) {
	s := front(t)
	for _, path := range []string{"/hospitals/aster-medcity-kochi", kneeTrip, "/treatments/total-knee-replacement/summary"} {
		doc := s.page(t, path)
		words := text(doc.Find(".cc-print-only").Last()) + text(doc.Find(".cc-sheet__foot"))
		if all := regexp.MustCompile(`(figures as of )?\d{1,2} [A-Z][a-z]+ 20\d\d( in India)?$`).FindStringSubmatch(words); all == nil || all[1] == "" || all[2] == "" {
			t.Errorf("%s: %q", path, words)
		}
	}
}
