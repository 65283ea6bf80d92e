package link

import (
	"net/url"
	"reflect"
	"strings"
	"testing"
)

func TestQuerySurvivesTheAddress(t *testing.T) {
	t.Parallel()
	q := Query{Q: "knee & <script>", Treatment: []string{"knee-replacement"}, City: []string{"chennai", "delhi"}, PriceMin: "4,500",
		Currency: "GBP", Sort: "price", Page: 3, PerPage: 20, IncludeUnconfirmed: "1", IncludeSamples: "0", Feature: []string{"telemedicine"}}
	u, err := url.Parse(Hospitals(q))
	if err != nil {
		t.Fatal(err)
	}
	if got := ParseQuery(u.Query()); !reflect.DeepEqual(got, q) {
		t.Fatalf("got %+v\nwant %+v", got, q)
	}
	if len(q.Pairs()) != 12 {
		t.Fatalf("pairs: %v", q.Pairs())
	}
}

func TestEmptyQueryHasNoQuestionMark(t *testing.T) {
	t.Parallel()
	if got := Hospitals(ParseQuery(url.Values{"utm": {"x"}, "page": {"abc"}, "city": {" ", ""}})); got != "/hospitals" {
		t.Fatal(got)
	}
}

func TestRemovingAFilterLeavesTheOriginal(t *testing.T) {
	t.Parallel()
	q := Query{City: []string{"chennai", "delhi"}, Page: 4, PriceMin: "1"}
	r := q.Without("city", "chennai").Without("price_min", "")
	if Hospitals(r) != "/hospitals?city=delhi" || len(q.City) != 2 || q.City[0] != "chennai" || q.PriceMin != "1" {
		t.Fatalf("%v %v", r, q)
	}
	if got := Hospitals(r.With("city", "mumbai").With("city", "mumbai").With("q", "hip")); got != "/hospitals?q=hip&city=delhi&city=mumbai" {
		t.Fatal(got)
	}
}

func TestCanonicalForgetsOrderAndFirstPage(t *testing.T) {
	t.Parallel()
	if got := CanonicalHospitals(Query{Q: "hip", Sort: "price", Page: 1, PerPage: 50}); got != "/hospitals?q=hip" {
		t.Fatal(got)
	}
	if got := Hospitals(Query{Q: "hip"}.WithPage(1)) + Hospitals(Query{}.WithPage(2)); got != "/hospitals?q=hip/hospitals?page=2" {
		t.Fatal(got)
	}
}

func TestSlugsCannotLeaveTheirPath(t *testing.T) {
	t.Parallel()
	for _, u := range []string{Hospital("../admin?x=1#y"), Treatment(`"><script>`), Hub("a/b"), Model("x y")} {
		if strings.ContainsAny(u, `?#"<> `) || strings.Count(u, "/") != 2 {
			t.Errorf("address %q", u)
		}
	}
	if Compare("a", "b") != "/compare?h=a&h=b" || Compare() != "/compare" || TripCostOf("", "", "") != "/trip-cost" {
		t.Error("addresses with queries")
	}
}
