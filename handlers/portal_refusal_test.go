package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"carecorridor/auth"
)

// theirs are addresses below the portal of the second hospital's own things.
func (s *site) theirs(t testing.TB) []string {
	t.Helper()
	b := s.asOther(t, auth.ProviderEditor)
	draft := b.open("/portal/listing/surgeons/new")
	name, _ := draft.field("/name")
	b.send("Save draft", url.Values{name: {"Dr Other"}})
	slug := strings.TrimPrefix(b.open("/portal").link("See the live listing"), "/hospitals/")
	visit(t, s).sent(slug)
	photo := b.open("/portal/listing/photos/new")
	alt, _ := photo.field("/alt")
	b.sendFile("/portal/listing/photos/new", with(fieldsOf(photo.doc.Find("main form")), alt, "The entrance"), "entrance.png", pngOf(640, 480))
	var out []string
	b.open("/portal/listing/photos")
	out = append(out, b.link("Change"), b.doc.Find(".cc-entry img").AttrOr("src", "none"), strings.TrimSuffix(b.doc.Find(".cc-entry img").AttrOr("src", "none"), "/small.jpg"))
	for _, page := range []string{"packages", "accreditation", "surgeons"} {
		b.open("/portal/listing/" + page)
		out = append(out, b.doc.Find("main a[href^='/portal/listing/"+page+"/']").First().AttrOr("href", "none"))
	}
	request := b.open("/portal/enquiries").link("CC-")
	out = append(out, request, request+"/ask", request+"/quote", request+"/decline")
	owner := s.asOther(t, auth.ProviderOwner).open("/portal/team")
	return append(out, owner.link("Change "))
}

func TestEverythingOfAnotherHospitalIsNotThere(t *testing.T) {
	t.Parallel()
	s := alone(t)
	mine, others := s.as(t, auth.ProviderOwner), s.asOther(t, auth.ProviderOwner)
	for _, path := range s.theirs(t) {
		if path == "none" {
			t.Fatal("the second hospital lacks something")
		}
		if mine.open(path); mine.status != http.StatusNotFound {
			t.Errorf("GET %s: status %d", path, mine.status)
		}
		if strings.HasSuffix(path, ".jpg") || strings.Contains(path, "/files/") {
			continue
		}
		if mine.post(path, url.Values{"do": {"save"}, "message": {"x"}, "version": {"1"}}); mine.status != http.StatusNotFound && mine.status != http.StatusMethodNotAllowed {
			t.Errorf("POST %s: status %d", path, mine.status)
		}
		if others.open(path); others.status != http.StatusOK && others.status != http.StatusConflict { // a request that is not opened yet
			t.Errorf("GET %s by its own hospital: status %d", path, others.status)
		}
	}
	for _, path := range []string{"/portal/listing/packages/p999999", "/portal/listing/nothing", "/portal/files/01a2032d-eec1-74c4-bb75-c0a58fbe93ee", "/portal/enquiries/x", "/portal/team/x"} {
		if mine.open(path); mine.status != http.StatusNotFound {
			t.Errorf("GET %s: status %d", path, mine.status)
		}
	}
}

func TestEachRoleOfAHospitalDoesWhatItIsFor(t *testing.T) {
	t.Parallel()
	s := alone(t)
	owner, editor, clinician := s.as(t, auth.ProviderOwner), s.as(t, auth.ProviderEditor), s.as(t, auth.ProviderClinician)
	for _, c := range []struct {
		path     string
		post     bool
		allowed  []*visitor
		refused  []*visitor
		fallible int // status when the role may and the form is empty
	}{
		{"/portal", false, []*visitor{owner, editor, clinician}, nil, 200},
		{"/portal/listing/packages", false, []*visitor{owner, editor, clinician}, nil, 200},
		{"/portal/enquiries", false, []*visitor{owner, editor, clinician}, nil, 200},
		{"/portal/listing/details", true, []*visitor{owner, editor}, []*visitor{clinician}, 200},
		{"/portal/listing/packages", true, []*visitor{owner, editor}, []*visitor{clinician}, 200},
		{"/portal/packages/import", false, []*visitor{owner, editor}, []*visitor{clinician}, 200},
		{"/portal/listing/send", true, []*visitor{owner, editor}, []*visitor{clinician}, 200},
		{"/portal/export", false, []*visitor{owner}, []*visitor{editor, clinician}, 200},
		{"/portal/team", false, []*visitor{owner}, []*visitor{editor, clinician}, 200},
		{"/portal/team/invite", true, []*visitor{owner}, []*visitor{editor, clinician}, 422},
	} {
		try := func(v *visitor) int {
			if c.post {
				return v.post(c.path, url.Values{"do": {"save"}}).status
			}
			return v.open(c.path).status
		}
		for _, v := range c.allowed {
			if got := try(v); got != c.fallible {
				t.Errorf("%s: status %d, want %d", c.path, got, c.fallible)
			}
		}
		for _, v := range c.refused {
			if got := try(v); got != http.StatusForbidden {
				t.Errorf("%s: status %d, want 403", c.path, got)
			}
		}
	}
	for _, page := range []string{"details", "packages", "surgeons", "treatments", "aftercare"} {
		if n := clinician.open("/portal/listing/" + page).doc.Find("main form input, main form textarea").Length(); n != 0 || clinician.status != 200 {
			t.Errorf("%s offers a clinician %d inputs", page, n)
		}
	}
	for _, role := range []auth.Role{auth.Referrer, auth.ReferrerAdmin, auth.Verifier, auth.Administrator} {
		v := s.as(t, role)
		if v.open("/portal").status != http.StatusForbidden {
			t.Errorf("%s opens the portal: status %d", role, v.status)
		}
		if v.open("/portal/team"); v.status != http.StatusForbidden && v.status != http.StatusNotFound {
			t.Errorf("%s opens the team of a hospital: status %d", role, v.status)
		}
	}
}

func TestBadInputIsSaidAtItsFieldAndNothingIsLost(t *testing.T) {
	t.Parallel()
	s := alone(t)
	v := s.as(t, auth.ProviderEditor)
	long := strings.Repeat("अ", 5000)
	for _, c := range []struct{ page, field, value, says string }{
		{"details", "about/name", long, "must be 200 characters or fewer. You have written 5,000"},
		{"details", "about/name", "Tarun\u202Eevil", "hidden control character"},
		{"details", "about/name", "a\x00b", "hidden control character"},
		{"details", "about/website", "javascript:alert(1)", "begins with https://"},
		{"details", "about/postcode", "60001", "6 digits"},
		{"details", "about/beds", "-5", "whole number from 1"},
		{"details", "about/phone", "call us", "telephone number"},
		{"packages", "price_gbp", "-100", ""},
		{"packages", "price_gbp", "99999999999", "must be"},
		{"packages", "price_gbp", "0", "must be"},
		{"packages", "price_inr", "=1+1", ""},
		{"packages", "valid_to", "31/02/2027", "There is no day"},
		{"packages", "valid_to", "1 January 2020", "ended on"},
	} {
		v.open("/portal/listing/" + c.page)
		name, was := v.field(c.field)
		form := fieldsOf(v.doc.Find("main form").First())
		v.post("/portal/listing/"+c.page, with(form, name, c.value, "do", "save"))
		if v.status != http.StatusUnprocessableEntity {
			t.Errorf("%s = %.20q: status %d at %s", c.field, c.value, v.status, v.path)
			continue
		}
		v.refused()
		if v.doc.Find("[aria-invalid]").Length() == 0 || !strings.Contains(v.words(), c.says) {
			t.Errorf("%s = %.20q is not said at the field: %s", c.field, c.value, text(v.doc.Find(".cc-error-summary")))
		}
		if _, got := v.field(c.field); got != c.value && !strings.ContainsRune(c.value, 0) {
			t.Errorf("%s = %.20q came back as %.20q", c.field, c.value, got)
		}
		v.open("/portal/listing/" + c.page)
		if _, got := v.field(c.field); got != was {
			t.Errorf("%s = %.20q is half saved: %.20q", c.field, c.value, got)
		}
	}
}

func TestADayBeforeTheFirstIsRefused(t *testing.T) {
	t.Parallel()
	v := alone(t).as(t, auth.ProviderEditor).open("/portal/listing/packages")
	v.open(v.doc.Find(".cc-prices a").AttrOr("href", "none"))
	from, _ := v.field("valid_from-day")
	base := strings.TrimSuffix(from, "valid_from-day")
	v.send("Save draft", url.Values{from: {"1"}, base + "valid_from-month": {"6"}, base + "valid_from-year": {"2027"}, base + "valid_to-day": {"1"}, base + "valid_to-month": {"5"}, base + "valid_to-year": {"2027"}})
	v.refused().says("is after the last day")
	if _, got := v.field("valid_from-month"); got != "6" {
		t.Errorf("the month came back as %q", got)
	}
}

func TestNamesInEveryScriptAreKept(t *testing.T) {
	t.Parallel()
	v := alone(t).as(t, auth.ProviderEditor)
	for _, name := range []string{"مستشفى المارينا", "अस्पताल मरीना", "Zoë Hospital", "A Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞"} {
		v.open("/portal/listing/details").send("Save draft", url.Values{"about/name": {name}})
		if _, got := v.field("about/name"); v.status != http.StatusOK || got == "" {
			t.Errorf("%q: status %d, kept as %q", name, v.status, got)
		}
	}
}

func TestAStrangeFieldIsNeverSaved(t *testing.T) {
	t.Parallel()
	v := alone(t).as(t, auth.ProviderEditor)
	v.post("/portal/listing/details", url.Values{"seen:about/owner": {""}, "about/owner": {"me"}, "do": {"save"}})
	if v.status != http.StatusUnprocessableEntity {
		t.Errorf("an unknown field: status %d", v.status)
	}
	v.post("/portal/listing/details", url.Values{"seen:package/p1/price_gbp": {""}, "package/p1/price_gbp": {"1"}, "do": {"save"}}).at("/portal/listing/details?done=nothing")
	v.post("/portal/listing/surgeons/new", url.Values{"once": {"x"}, "do": {"save"}})
	if v.status != http.StatusUnprocessableEntity {
		t.Errorf("a key of one's own: status %d", v.status)
	}
	v.post("/portal/listing/discard", url.Values{"unit": {"everything"}})
	if v.status != http.StatusUnprocessableEntity {
		t.Errorf("a unit that is none: status %d", v.status)
	}
}
