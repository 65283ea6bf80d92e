package search

import (
	"errors"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func ptr(n int64) *int64 { return &n }

func TestQuestionsThatMeanTheSameBecomeEqual(t *testing.T) {
	a, err := Query{
		Text: "  Apollo,  CHENNAI ", Cities: []string{"Pune", "chennai ", "pune"}, Price: Range{ptr(9), ptr(3)}, Page: -1, PerPage: 900,
	}.Normalise()
	b, errB := Query{
		Text: "apollo chennai", Node: Any, Cities: []string{"chennai", "pune"}, Price: Range{ptr(3), ptr(9)}, Sort: Best, Page: 1, PerPage: 50,
	}.Normalise()
	if err != nil || errB != nil || !reflect.DeepEqual(a, b) {
		t.Errorf("%+v (%v)\n%+v (%v)", a, err, b, errB)
	}
}

func TestQuestionsNobodyCanMeanAreRefused(t *testing.T) {
	for name, q := range map[string]Query{
		"a node with a quote": {Node: `knee" OR "x`}, "a node with a dot": {Node: "a.b"}, "no latitude": {Near: &Near{Lat: 91}},
		"no number": {Near: &Near{Lat: math.NaN()}}, "a sort": {Sort: "rating"}, "a facet": {Facets: []Facet{"p.any"}},
	} {
		if _, err := q.Normalise(); !errors.Is(err, ErrInvalidQuery) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestNearestWithoutAPointIsTheUsualOrder(t *testing.T) {
	if q, err := (Query{Sort: Nearest}).Normalise(); err != nil || q.Sort != Best {
		t.Errorf("%v, %v", q.Sort, err)
	}
}

func TestWordsAreWhatPeopleType(t *testing.T) {
	for text, want := range map[string]string{
		"St. John's Médical-Centre": "st john s medical centre", "Zoe\u0308": "zoe", "AIIMS (2)": "aiims 2",
		"अपोलो अस्पताल": "अपोलो अस्पताल", "\xff a": "a", "Straße": "strasse", "": "",
	} {
		if got := NameKey(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

func TestDistanceKnowsTheAntimeridian(t *testing.T) {
	for _, c := range []struct{ lat1, lng1, lat2, lng2, want float64 }{
		{0, 179.9, 0, -179.9, 22.24}, {51.4700, -0.4543, 13.0827, 80.2707, 8230}, {90, 0, 90, 100, 0}, {1, 2, 1, 2, 0},
	} {
		if got := Distance(c.lat1, c.lng1, c.lat2, c.lng2); math.Abs(got-c.want) > c.want*0.005+1e-9 {
			t.Errorf("%v: %v km", c, got)
		}
	}
}

func TestDocumentsAnIndexCannotTakeAreNamed(t *testing.T) {
	good := Doc{ID: "12", Ord: 12, Prices: map[Node][]int64{"knee": {1, 2}}}
	if err := good.Check(); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*Doc){
		"id": func(d *Doc) { d.ID = "012" }, "ord": func(d *Doc) { d.Ord = 13 },
		"half a point": func(d *Doc) { f := 1.0; d.Lat = &f },
		"a point":      func(d *Doc) { f := 181.0; d.Lat, d.Lng = &f, &f },
		"a node":       func(d *Doc) { d.Prices = map[Node][]int64{"a b": {1}} },
		"order":        func(d *Doc) { d.Prices = map[Node][]int64{"a": {2, 1}} },
		"a price":      func(d *Doc) { d.Prices = map[Node][]int64{"a": {-1}} },
	} {
		d := good
		spoil(&d)
		var blamed *DocError
		if err := d.Check(); !errors.As(err, &blamed) || blamed.ID != d.ID || !errors.Is(err, ErrInvalidDoc) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzNormalise(f *testing.F) {
	f.Add("knee op \x00\xff", "knee", "a\"b", int64(5), int64(-5), 1.0, 2.0, 3.0, 7, 9)
	f.Fuzz(func(t *testing.T, text, node, value string, lo, hi int64, lat, lng, km float64, page, per int) {
		q := Query{
			Text: text, Node: Node(node), Cities: []string{value, text}, Features: []string{value}, Price: Range{&lo, &hi},
			Near: &Near{lat, lng, km}, Page: page, PerPage: per, Sort: Nearest,
		}
		once, err := q.Normalise()
		if err != nil {
			if !errors.Is(err, ErrInvalidQuery) {
				t.Fatal(err)
			}
			return
		}
		twice, err := once.Normalise()
		if err != nil || !reflect.DeepEqual(once, twice) {
			t.Fatalf("not settled: %+v, %+v, %v", once, twice, err)
		}
		if len(strings.Fields(once.Text)) > maxWords || !utf8.ValidString(once.Text) || strings.ContainsAny(once.Text, "\"-\x00") {
			t.Fatalf("text %q", once.Text)
		}
		if !slices.IsSorted(once.Cities) || len(once.Cities) == 0 || !utf8.ValidString(once.Cities[0]) {
			t.Fatalf("cities %q", once.Cities)
		}
		if once.Page < 1 || once.Page > MaxPage || once.PerPage < 0 || once.PerPage > MaxPerPage ||
			*once.Price.Min > *once.Price.Max || *once.Price.Min < 0 {
			t.Fatalf("limits: %+v", once)
		}
	})
}
