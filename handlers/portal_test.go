package handlers_test

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"carecorridor/auth"
	"carecorridor/catalogue/listing"
	"carecorridor/internal/fault"
)

// person is a sample person as services know them.
func (s *site) person(t testing.TB, role auth.Role, nth int) auth.Actor {
	t.Helper()
	in, err := s.people.SignInAs(t.Context(), s.sample(t, role, nth).Person, auth.Visit{Address: "192.0.2.1", Agent: "test"})
	if err != nil {
		t.Fatal(err)
	}
	return in.Actor
}

// field is the value of an input by the end of its name.
func (v *visitor) field(end string) (name, value string) {
	v.t.Helper()
	v.doc.Find("main input, main select, main textarea").EachWithBreak(func(_ int, f *goquery.Selection) bool {
		if n := f.AttrOr("name", ""); strings.HasSuffix(n, end) && !strings.HasPrefix(n, "seen:") {
			name, value = n, f.AttrOr("value", text(f))
			return false
		}
		return true
	})
	if name == "" {
		v.t.Fatalf("%s (%d) has no field that ends in %q:\n%.800s", v.path, v.status, end, v.words())
	}
	return name, value
}

// form is what the page's form with an id would send.
func (v *visitor) form(id string) url.Values { return fieldsOf(v.doc.Find("form#" + id)) }

func with(values url.Values, pairs ...string) url.Values {
	for i := 0; i < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	return values
}

// approve lets the alliance approve everything that waits.
func (s *site) approve(t testing.TB) {
	t.Helper()
	ctx := context.Background()
	people := []auth.Actor{s.person(t, auth.Verifier, 0), s.person(t, auth.Verifier, 1)}
	page, err := s.listings.Queue(ctx, people[0], listing.Filter{Kind: listing.KindChange})
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range page.Items {
		for _, who := range people {
			d := listing.Decision{Item: item.ID, Version: item.Version, Verdict: listing.Approve, Evidence: listing.Evidence{Method: listing.RegisterLookup, URL: "https://register.example/1", Retrieved: s.listings.Today(), Hash: strings.Repeat("0a", 32)}}
			if ways := item.Methods(); len(ways) > 0 {
				d.Evidence.Method = ways[0].Method
			}
			for _, c := range item.Checks {
				d.Ticked = append(d.Ticked, c.Code)
			}
			if item, _, err = s.listings.Decide(ctx, who, d); err != nil {
				t.Fatal(err)
			}
			if !item.NeedsSecond || item.State == listing.ItemApproved {
				break
			}
		}
	}
	if err := s.cat.Refresh(ctx); err != nil {
		t.Fatal(err)
	}
}

func TestAnEditorChangesAPriceAndItIsLiveAfterTheCheck(t *testing.T) {
	t.Parallel()
	s := alone(t)
	v := s.as(t, auth.ProviderEditor)
	v.open("/portal").says("To do", "How whole your listing is").follow("See the live listing")
	public := v.path
	v.open("/portal/listing/packages").says("Packages and prices", "What a full price must include")
	name, _ := v.field("price_gbp")
	v.post("/portal/listing/packages", with(v.form("prices"), name, "£1,900", "do", "save")).at("/portal/listing/packages?done=saved")
	v.says("Draft, not live", "1 change from the live listing", "Changed")
	if _, got := v.field("price_gbp"); got != "1,900" {
		t.Errorf("the field shows %q", got)
	}
	if s.page(t, public).Find("main").Text(); strings.Contains(text(s.page(t, public).Find("main")), "£1,900") {
		t.Error("a draft is public")
	}
	v.open("/portal/listing/preview").says("£1,900")
	if v.header.Get("Cache-Control") != "no-store" || !strings.Contains(text(v.doc.Find(".cc-strip")), "Preview") {
		t.Errorf("preview: %s, %s", v.header.Get("Cache-Control"), text(v.doc.Find(".cc-strip")))
	}
	v.open("/portal/listing/changes").says("Full price, £", "£1,860", "£1,900", "You at 2:30pm today")
	v.post("/portal/listing/send", nil).at("/portal/listing/changes?done=sent").says("Being checked")
	v.post("/portal/listing/send", nil).at("/portal/listing/changes?done=unsent")
	v.open("/portal/listing/checks").says("Waits for a check")
	s.approve(t)
	if !strings.Contains(text(s.page(t, public).Find("#prices")), "£1,900") {
		t.Error("the approved price is not public")
	}
	v.open("/portal/listing/changes").says("Nothing has changed")
}

// whole is what a package's form needs beside treatment, name, room, price and stay.
func whole(v *visitor) url.Values {
	v.t.Helper()
	name, _ := v.field("assessed_at")
	base := strings.TrimSuffix(name, "assessed_at")
	fill := url.Values{name: {"By video"}, base + "assessed_when": {"2 weeks before"}}
	for _, item := range []string{"taxes", "surgeon", "anaesthetist", "theatre", "implant", "consumables", "tests", "medicines", "stay"} {
		fill.Set(base+"includes."+item, "yes")
	}
	return fill
}

func TestPoundsAndRupeesFarApartAreAskedFirst(t *testing.T) {
	t.Parallel()
	v := alone(t).as(t, auth.ProviderEditor)
	v.open("/portal/listing/packages")
	name, _ := v.field("price_gbp")
	v.post("/portal/listing/packages", with(v.form("prices"), name, "2600", "do", "save"))
	v.says("Nothing is saved yet", "Are both right?")
	back := v.doc.Find("button[value=edit]").Closest("form")
	sure := v.doc.Find("button[value=save]").Closest("form")
	v.post("/portal/listing/packages", with(fieldsOf(back), "do", "edit"))
	if _, got := v.field("price_gbp"); v.status != 200 || got != "2600" {
		t.Errorf("going back shows %q", got)
	}
	v.post("/portal/listing/packages", with(fieldsOf(sure), "do", "save")).at("/portal/listing/packages?done=saved").says("Changed")
}

func TestTwoEditorsOfDifferentFieldsBothKeepTheirs(t *testing.T) {
	t.Parallel()
	s := alone(t)
	one, two := s.as(t, auth.ProviderEditor).open("/portal/listing/details"), s.as(t, auth.ProviderOwner).open("/portal/listing/details")
	one.send("Save draft", url.Values{"about/address": {"1 Beach Road"}}).at("/portal/listing/details?done=saved")
	two.send("Save draft", url.Values{"about/beds": {"150"}}).at("/portal/listing/details?done=saved")
	for field, want := range map[string]string{"about/address": "1 Beach Road", "about/beds": "150"} {
		if _, got := two.field(field); got != want {
			t.Errorf("%s is %q", field, got)
		}
	}
}

func TestTwoEditorsOfTheSameFieldSeeBothValuesAndChoose(t *testing.T) {
	t.Parallel()
	s := alone(t)
	one, two := s.as(t, auth.ProviderEditor).open("/portal/listing/details"), s.as(t, auth.ProviderOwner).open("/portal/listing/details")
	one.send("Save draft", url.Values{"about/address": {"1 Beach Road"}})
	two.send("Save draft", url.Values{"about/address": {"2 Harbour Street"}, "about/beds": {"150"}})
	if two.status != http.StatusConflict {
		t.Fatalf("status %d", two.status)
	}
	two.says("1 Beach Road", "2 Harbour Street", "Vikram Iyer (sample) changed this at 2:30pm today", "You wrote this", "Your other 1 change is saved")
	if words := text(two.doc.Find("main")); strings.Contains(words, "Street address: street address") {
		t.Error("the field is named twice")
	}
	two.send("Save what I chose", url.Values{"about/address": {"2 Harbour Street"}}).at("/portal/listing/details?done=saved")
	if _, got := two.field("about/address"); got != "2 Harbour Street" {
		t.Errorf("address is %q", got)
	}
	if _, got := two.field("about/beds"); got != "150" {
		t.Errorf("beds are %q", got)
	}
	one.open("/portal/listing/changes").says("2 Harbour Street", "Asha Nair (sample) at 2:30pm today")
}

func TestWhatTheAllianceSentBackIsReadWithItsReason(t *testing.T) {
	t.Parallel()
	s := alone(t)
	v := s.as(t, auth.ProviderEditor).open("/portal/listing/details")
	v.send("Save draft", url.Values{"about/address": {"1 Beach Road"}})
	v.post("/portal/listing/send", nil)
	who := s.person(t, auth.Verifier, 0)
	page, err := s.listings.Queue(t.Context(), who, listing.Filter{Kind: listing.KindChange})
	if err != nil || len(page.Items) != 1 {
		t.Fatalf("%d wait, %v", len(page.Items), err)
	}
	if _, _, err := s.listings.Decide(t.Context(), who, listing.Decision{Item: page.Items[0].ID, Version: page.Items[0].Version, Verdict: listing.SendBack, Reason: "The register says Harbour Street."}); err != nil {
		t.Fatal(err)
	}
	v.open("/portal").says("Read why 1 change came back")
	v.open("/portal/listing/changes").says("Sent back", "The register says Harbour Street.")
	v.open("/portal/listing/checks").says("Sent back", "The register says Harbour Street.")
}

func TestATelephoneNumberGoesLiveWithoutACheck(t *testing.T) {
	t.Parallel()
	v := alone(t).as(t, auth.ProviderEditor).open("/portal/listing/details")
	v.send("Save draft", url.Values{"about/phone": {"044 5550 0123"}}).at("/portal/listing/details?done=saved")
	v.post("/portal/listing/send", nil).at("/portal/listing/changes?done=live").says("Nothing has changed")
	if _, got := v.open("/portal/listing/details").field("about/phone"); got != "+91 44 5550 0123" {
		t.Errorf("the telephone is %q", got)
	}
}

func TestWhatIsMissingIsSaidWhenItIsSent(t *testing.T) {
	t.Parallel()
	v := alone(t).as(t, auth.ProviderEditor).open("/portal/listing/surgeons/new")
	name, _ := v.field("/name")
	v.send("Save draft", url.Values{name: {"Dr Invented"}}).at("/portal/listing/surgeons?done=saved").says("Dr Invented", "New")
	v.post("/portal/listing/send", nil)
	if v.status != http.StatusUnprocessableEntity {
		t.Fatalf("status %d", v.status)
	}
	v.says("This is needed: Registration number").refused()
	if v.doc.Find(".cc-error-summary a").Length() == 0 {
		t.Error("the problems lead nowhere")
	}
	v.open("/portal/listing/surgeons").follow("Change")
	v.send("Take out of the listing Dr Invented", nil).at("/portal/listing/changes?done=discarded").says("Nothing has changed")
}

func TestANewEntrySentTwiceIsOne(t *testing.T) {
	t.Parallel()
	v := alone(t).as(t, auth.ProviderEditor).open("/portal/listing/quality/new")
	title, _ := v.field("/title")
	form := with(fieldsOf(v.doc.Find("main form")), title, "Infections of the wound within 90 days", strings.Replace(title, "/title", "/numerator", 1), "4", strings.Replace(title, "/title", "/denominator", 1), "1,240")
	v.post("/portal/listing/quality/new", form).at("/portal/listing/quality?done=saved").says("4 of 1,240 (0.3%)")
	v.post("/portal/listing/quality/new", form).at("/portal/listing/quality?done=nothing")
	if n := v.doc.Find(".cc-entry").Length(); n != 1 {
		t.Errorf("there are %d measures", n)
	}
}

func TestAPackageIsWrittenWholeAndTakenOut(t *testing.T) {
	t.Parallel()
	s := alone(t)
	v := s.as(t, auth.ProviderEditor).open("/portal/listing/packages/new")
	name, _ := v.field("/name")
	base := strings.TrimSuffix(name, "name")
	fill := url.Values{base + "procedure": {"total-knee-replacement"}, name: {"Knee, one side"}, base + "room": {"Single room"}, base + "price_gbp": {"5,450"}, base + "valid_to-day": {"30"}, base + "valid_to-month": {"4"}, base + "valid_to-year": {"2027"},
		base + "stay_nights": {"5"}, base + "days_in_india": {"14"}, base + "on_top": {"Intensive care: £210 per night"}}
	for field, value := range whole(v) {
		fill[field] = value
	}
	fill.Set(base+"includes.tests", "on_top")
	fill.Set(base+"includes.tests-charge", "£120")
	v.send("Save draft", fill).at("/portal/listing/packages?done=saved").says("Knee, one side", "Includes 8 items", "New")
	v.post("/portal/listing/send", nil).at("/portal/listing/changes?done=sent")
	s.approve(t)
	v.open("/portal/listing/packages").follow("Knee, one side")
	if _, got := v.field("includes.tests-charge"); got != "£120" {
		t.Errorf("the charge is %q", got)
	}
	v.send("Take out of the listing Knee, one side", nil).at("/portal/listing/packages?done=removed").says("Taken out")
	v.follow("Knee, one side").send("Keep it in the listing", nil).at("/portal/listing/packages?done=restored").says("No change")
}

func TestTheTeamIsInvitedChangedAndNeverWithoutAnOwner(t *testing.T) {
	t.Parallel()
	s := alone(t)
	v := s.as(t, auth.ProviderOwner).open("/portal/team").says("Vikram Iyer (sample)", "Listing editor")
	v.follow("Invite somebody").send("Send the invitation", url.Values{"email": {"nobody"}}).refused("email", "role")
	v.send("Send the invitation", url.Values{"email": {"priya@hospital.example"}, "role": {"provider_editor"}}).at("/portal/team?done=invited").says("priya@hospital.example")
	v.send("Take back the invitation to priya@hospital.example", nil).at("/portal/team?done=taken-back")
	editor := s.as(t, auth.ProviderEditor).open("/portal")
	v.follow("Change Vikram Iyer").send("Save the role", url.Values{"role": {"provider_clinician"}}).at("/portal/team?done=role").says("Hospital clinician")
	if editor.open("/portal").path == "/portal" {
		t.Error("the session of a role that ended goes on")
	}
	me := s.person(t, auth.ProviderOwner, 0)
	if err := s.people.RemoveMember(t.Context(), me, me.Membership, 1); !fault.Is(err, fault.Conflict) {
		t.Errorf("the last owner went: %v", err)
	}
	v.follow("Change Vikram Iyer").send("Remove from the team", nil).at("/portal/team?done=out")
	if strings.Contains(v.words(), "Vikram") {
		t.Error("somebody who was removed is still in the team")
	}
}

func TestAnOwnerTakesEverythingOut(t *testing.T) {
	t.Parallel()
	s := front(t)
	v := s.as(t, auth.ProviderOwner).open("/portal/export").says("Nothing of patients is in it")
	answer, err := v.client.PostForm(v.base+"/portal/export", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.Header.Get("Content-Type") != "application/zip" {
		t.Fatalf("%s, %v", answer.Header.Get("Content-Type"), err)
	}
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil || len(z.File) < 5 {
		t.Fatalf("%v", err)
	}
}

func TestActivityHidesSmallCounts(t *testing.T) {
	t.Parallel()
	s := alone(t)
	v := s.as(t, auth.ProviderEditor)
	slug := strings.TrimPrefix(v.open("/portal").link("See the live listing"), "/hospitals/")
	visit(t, s).sent(slug)
	v.open("/portal/activity").says("Nov 2026 0 0 1 to 4 0")
	v.open("/portal/activity.csv")
	if !strings.HasPrefix(v.header.Get("Content-Type"), "text/csv") || v.header.Get("Cache-Control") != "no-store" {
		t.Errorf("%s, %s", v.header.Get("Content-Type"), v.header.Get("Cache-Control"))
	}
}
