package catalogue_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"carecorridor/catalogue"
	"carecorridor/catalogue/seed"
	"carecorridor/search/resolver"
)

// asked is one line of a question set. Filters hold city (or hub) name, state, accreditation, price_min, price_max,
// price_currency, sort, language and telehealth. Unknown lists words that must be said to mean nothing. Any slot marked
// as open is not judged.
type asked struct {
	ID          string         `json:"id"`
	Query       string         `json:"query"`
	Procedures  []string       `json:"expected_procedures"`
	Specialties []string       `json:"expected_specialties"`
	Filters     map[string]any `json:"filters"`

	Unknown   []string `json:"unknown"`
	Excluded  string   `json:"excluded"`
	Emergency bool     `json:"emergency"`
	KM        int      `json:"km"`
	UKPlace   string   `json:"uk"`
	AnyProc   bool     `json:"anyproc"`   // procedures and specialties are open
	AnySpec   bool     `json:"anyspec"`   // specialties are open
	AnyFilter bool     `json:"anyfilter"` // filters are open
}

// score counts right answers per slot; every slot must be exactly as expected to count in whole.
type score struct{ n, procedures, specialties, filters, whole int }

func (s score) percent() float64 { return 100 * float64(s.whole) / float64(max(s.n, 1)) }

// leastRelevance is the share of questions that must be understood whole, in percent.
const leastRelevance = 95

func TestGivenQuestionsAreUnderstood(t *testing.T) {
	t.Parallel()
	checkSet(t, "testdata/relevance_queries.jsonl")
}

func TestOwnQuestionsAreUnderstood(t *testing.T) {
	t.Parallel()
	checkSet(t, "testdata/resolver_cases.jsonl")
}

func TestSentencesOfReadersAreUnderstood(t *testing.T) {
	t.Parallel()
	checkSet(t, "testdata/reader_sentences.jsonl")
}

func checkSet(t *testing.T, file string) {
	t.Helper()
	r := seedResolver(t)
	var s score
	for _, a := range readAsked(t, file) {
		s.add(t, a, r.Resolve(a.Query))
	}
	t.Logf("%s: %d questions; procedures %d, specialties %d, filters %d, whole %d (%.1f %%)",
		file, s.n, s.procedures, s.specialties, s.filters, s.whole, s.percent())
	if s.n == 0 || s.percent() < leastRelevance {
		t.Errorf("%s: %.1f %% understood, want %d %%", file, s.percent(), leastRelevance)
	}
}

func (s *score) add(t *testing.T, a asked, got resolver.Resolution) {
	t.Helper()
	p := a.AnyProc || same(a.Procedures, got.Procedures)
	sp := a.AnyProc || a.AnySpec || same(a.Specialties, got.Specialties)
	f := (a.AnyFilter || maps.Equal(asText(a.Filters), filtersOf(got))) && a.rest(got)
	s.n++
	s.procedures += one(p)
	s.specialties += one(sp)
	s.filters += one(f)
	s.whole += one(p && sp && f)
	if !p || !sp || !f {
		t.Logf("%s %q\n want %v %v %v %v %s %t %d %s\n got  %v %v %v %v %s %t %g %s text %q suggested %v", a.ID, a.Query,
			a.Procedures, a.Specialties, a.Filters, a.Unknown, a.Excluded, a.Emergency, a.KM, a.UKPlace,
			got.Procedures, got.Specialties, filtersOf(got), got.Unknown, got.Excluded, got.Emergency, got.KM, got.UKPlace, got.Text, got.Suggested)
	}
}

// rest judges what is neither treatment nor filter: each word of Unknown must be said, in Unknown or as looked for in
// names.
func (a asked) rest(got resolver.Resolution) bool {
	said := append(strings.Fields(got.Text), strings.Fields(strings.Join(got.Unknown, " "))...)
	for _, w := range a.Unknown {
		if !slices.Contains(said, w) {
			return false
		}
	}
	return a.Excluded == got.Excluded && a.Emergency == got.Emergency && a.KM == int(math.Round(got.KM)) &&
		(a.UKPlace == "" || a.UKPlace == got.UKPlace)
}

func one(ok bool) int {
	if ok {
		return 1
	}
	return 0
}

func same(a, b []string) bool {
	a, b = slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b))
	return slices.Equal(a, b)
}

func asText(m map[string]any) map[string]string {
	out := map[string]string{}
	for k, v := range m {
		if n, ok := v.(float64); ok {
			v = int64(n)
		}
		out[k] = fmt.Sprint(v)
	}
	return out
}

// filtersOf writes a resolution with the keys of the question sets.
func filtersOf(r resolver.Resolution) map[string]string {
	m := map[string]string{}
	set := func(k, v string) {
		if v != "" {
			m[k] = v
		}
	}
	set("city", r.City.Name)
	if r.City.Name == "" {
		set("city", r.Hub.Name)
	}
	set("state", r.State.Name)
	set("accreditation", strings.Join(r.Accreditations, " "))
	set("language", strings.Join(r.Languages, " "))
	set("price_currency", r.Currency)
	set("sort", string(r.Sort))
	if r.PriceMin != nil {
		set("price_min", fmt.Sprint(*r.PriceMin))
	}
	if r.PriceMax != nil {
		set("price_max", fmt.Sprint(*r.PriceMax))
	}
	if slices.Contains(r.Features, "telemedicine") {
		set("telehealth", "true")
	}
	return m
}

func readAsked(t *testing.T, file string) []asked {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out []asked
	for line := range bytes.Lines(b) {
		var a asked
		if err := json.Unmarshal(line, &a); err != nil {
			t.Fatalf("%s: %v in %s", file, err, line)
		}
		out = append(out, a)
	}
	return out
}

func seedLexicon(t testing.TB) resolver.Data {
	t.Helper()
	b, err := seed.Read()
	if err != nil {
		t.Fatal(err)
	}
	return catalogue.Lexicon(b.Specialties, b.Procedures, b.Aliases, b.Cities, b.Hubs)
}

func seedResolver(t testing.TB) *resolver.Resolver {
	t.Helper()
	return resolver.New(seedLexicon(t))
}
