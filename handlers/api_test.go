package handlers_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// refusalOf asks the API and gives the fields it refused.
func refusalOf(t *testing.T, s *site, query string) (code int, fields []string) {
	t.Helper()
	w := s.get(t, "/api/v1/search?"+query)
	var a struct {
		Error struct {
			Status   int
			Message  string
			Problems []struct{ Field, Message string }
		}
	}
	if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	for _, p := range a.Error.Problems {
		if p.Message == "" {
			t.Errorf("%s: %s is refused without a reason", query, p.Field)
		}
		fields = append(fields, p.Field)
	}
	if w.Code == http.StatusUnprocessableEntity && (a.Error.Status != w.Code || a.Error.Message == "" || w.Header().Get("Cache-Control") != "no-store") {
		t.Errorf("%s: %+v, kept as %q", query, a.Error, w.Header().Get("Cache-Control"))
	}
	return w.Code, fields
}

func TestTheAPIRefusesWhatItCannotUse(t *testing.T) {
	s := front(t)
	for query, want := range map[string][]string{
		"language=zzz": {"language"}, "language=hindi&language=zzz": {"language"},
		"km=20": {"km"}, "km=20&q=knee": {"km"}, "near=MAA&km=-1": {"km"}, "near=MAA&km=abc": {"km"}, "near=nowhere+at+all": {"near"},
		"page=abc": {"page"}, "page=-1": {"page"}, "page=0": {"page"}, "page=1.5": {"page"}, "page=99999999999999999999": {"page"}, "page=1000": {"page"},
		"per_page=0": {"per_page"}, "per_page=51": {"per_page"}, "per_page=x": {"per_page"},
		"include_unconfirmed=maybe": {"include_unconfirmed"}, "include_samples=no": {"include_samples"},
		"treatment=zzzz": {"treatment"}, "specialty=zzzz": {"specialty"}, "city=zzzz": {"city"}, "hub=zzzz": {"hub"}, "accreditation=ISO": {"accreditation"}, "feature=pool": {"feature"},
		"currency=XYZ": {"currency"}, "price_max=cheap": {"price_max"}, "price_min=-5": {"price_min"}, "price_min=900&price_max=100": {"price_min"},
		"sort=random": {"sort"}, "sort=nearest": {"sort"}, "langauge=hindi": {"langauge"}, "page=1&page=2": {"page"},
		"language=zzz&page=abc&include_unconfirmed=maybe&km=5":    {"include_unconfirmed", "km", "language", "page"},
		"city=" + strings.Repeat("chennai&city=", 25) + "chennai": {"city"},
	} {
		code, fields := refusalOf(t, s, query)
		if code != http.StatusUnprocessableEntity || !slices.Equal(fields, want) {
			t.Errorf("%.60s: status %d, refused %v, want %v", query, code, fields, want)
		}
	}
}

func TestTheAPIAnswersWhatItCanUse(t *testing.T) {
	s := front(t)
	for _, query := range []string{"", "q=zzqq+blorp", "q=nearest+hospital+for+zzz", "q=under+£+zzz", "language=Hindi", "language=bangla", "language=assamese", "language=welsh", "near=MAA", "near=MAA&km=30", "page=1", "page=2",
		"include_unconfirmed=1", "include_unconfirmed=0", "include_samples=0", "language=&page=&km=", "price_min=100&price_max=90000&currency=inr", "sort=name&per_page=50"} {
		if code, fields := refusalOf(t, s, strings.ReplaceAll(query, "£", url.QueryEscape("£"))); code != http.StatusOK {
			t.Errorf("%s: status %d, refused %v", query, code, fields)
		}
	}
}

func TestThePageSaysWhichLanguageItDoesNotKnow(t *testing.T) {
	s := front(t)
	doc := s.page(t, "/hospitals?language=zzz")
	if main := text(doc.Find("main")); !strings.Contains(main, "We do not know a language called “zzz”") || doc.Find("main article").Length() == 0 {
		t.Errorf("the page says %.400s", main)
	}
	if main := text(s.page(t, "/hospitals?km=20").Find("main")); !strings.Contains(main, "A distance needs a place") {
		t.Error("a distance without a place is dropped in silence")
	}
}

func TestTheAPIsTripAddsUpAndLeavesUnknownsEmpty(t *testing.T) {
	s := front(t)
	var a struct {
		Trip *struct {
			Low, Likely, High int64
		} `json:"india_whole_trip_gbp"`
		Lines []struct {
			Key, Label        string
			Known             bool
			Low, Likely, High *int64
			Note, Age         string
		} `json:"india_whole_trip_lines"`
		Missing []string `json:"not_in_whole_trip"`
	}
	if err := json.Unmarshal(s.get(t, "/api/v1/treatments/total-knee-replacement").Body.Bytes(), &a); err != nil || a.Trip == nil {
		t.Fatalf("%+v, %v", a, err)
	}
	var low, likely, high int64
	unknown := 0
	for _, l := range a.Lines {
		if !l.Known {
			unknown++
			if l.Low != nil || l.Likely != nil || l.High != nil || l.Note == "" || !slices.Contains(a.Missing, l.Label) {
				t.Errorf("%s is not known: %+v", l.Key, l)
			}
			continue
		}
		low, likely, high = low+*l.Low, likely+*l.Likely, high+*l.High
	}
	if low != a.Trip.Low || likely != a.Trip.Likely || high != a.Trip.High || unknown < 2 {
		t.Errorf("the lines add up to %d, %d, %d with %d unknown; the total is %+v", low, likely, high, unknown, *a.Trip)
	}
	page := text(lineOf(t, s.page(t, kneeTrip), "Whole trip"))
	if cells := strings.Fields(strings.NewReplacer("£", "", ",", "").Replace(page)); len(cells) != 5 || cells[2] != itoa(low) || cells[4] != itoa(high) {
		t.Errorf("the page says %q, the API %d to %d", page, low, high)
	}
}

func itoa(n int64) string { b, _ := json.Marshal(n); return string(b) }
