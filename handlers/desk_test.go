package handlers_test

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"carecorridor/auth"
	"carecorridor/catalogue/listing"
	"carecorridor/models"
)

// office is somebody of the staff at work.
type office struct{ *visitor }

// page opens a page that must be there.
func (o office) page(t testing.TB, path string) *goquery.Document {
	t.Helper()
	if o.open(path); o.visitor.status != http.StatusOK {
		t.Fatalf("%s: status %d\n%.300s", path, o.visitor.status, text(o.doc.Find("main")))
	}
	return o.doc
}

func (o office) status(t testing.TB, path string) int {
	t.Helper()
	o.open(path)
	return o.visitor.status
}

// post sends a form that is answered with a status.
func (o office) post(t testing.TB, path string, form url.Values, status int) *goquery.Document {
	t.Helper()
	if o.visitor.post(path, form); o.visitor.status != status {
		t.Fatalf("%s: status %d, want %d\n%.400s", path, o.visitor.status, status, text(o.doc.Find("main")))
	}
	return o.doc
}

// leads sends a form and gives the address that it leads to.
func (o office) leads(t testing.TB, path string, form url.Values) string {
	t.Helper()
	o.visitor.post(path, form)
	return o.path
}

// posts sends a form that leads to an address.
func (o office) posts(t testing.TB, path string, form url.Values, to string) {
	t.Helper()
	if got := o.leads(t, path, form); got != to || o.visitor.status != http.StatusOK {
		t.Fatalf("%s leads to %s (%d), want %s\n%.400s", path, got, o.visitor.status, to, text(o.doc.Find("main")))
	}
}

func (o office) body(t testing.TB, path string) string {
	t.Helper()
	answer, err := o.client.Get(o.base + path)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	b, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// proposed sends one changed value of the first hospital for checking and gives the id of the check.
func (s *site) proposed(t testing.TB, path listing.Path, value string) string {
	t.Helper()
	ctx, who := context.Background(), s.actor(t, auth.ProviderEditor, 0)
	d, err := s.listings.Draft(ctx, who, who.Provider)
	if err != nil {
		t.Fatal(err)
	}
	s.send(t, who, listing.Edit{Path: path, Seen: d.Value(path), Value: value})
	page, err := s.listings.Queue(ctx, s.actor(t, auth.Verifier, 0), listing.Filter{Provider: who.Provider})
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range page.Items {
		if i.Unit == path.Unit() || strings.HasPrefix(string(path), i.Unit) {
			return i.ID
		}
	}
	t.Fatalf("no check of %s waits: %+v", path, page.Items)
	return ""
}

func (s *site) send(t testing.TB, who auth.Actor, edits ...listing.Edit) {
	t.Helper()
	ctx := context.Background()
	saved, err := s.listings.Save(ctx, who, who.Provider, edits, false)
	if err != nil || !saved.OK() || !saved.Problems.OK() {
		t.Fatal(saved, err)
	}
	sent, bad, err := s.listings.Send(ctx, who, who.Provider, nil)
	if err != nil || !bad.OK() {
		t.Fatal(sent, bad, err)
	}
}

// decision is the form of a check, as its page has it, with a verdict.
func decision(t testing.TB, v office, id string, with ...string) url.Values {
	t.Helper()
	return answered(formAt(v.page(t, "/desk/checks/"+id), "/desk/checks/"+id), with...)
}

// formAt is the values that the form of an action is made with, boxes that are not ticked left out.
func formAt(doc *goquery.Document, action string) url.Values {
	v := url.Values{}
	doc.Find(`form[action="` + action + `"]`).Find("input, textarea, select").Each(func(_ int, f *goquery.Selection) {
		name, _ := f.Attr("name")
		kind, _ := f.Attr("type")
		switch {
		case name == "" || (kind == "checkbox" || kind == "radio") && f.AttrOr("checked", "none") == "none" || kind == "file":
		case f.Is("select"):
			v.Add(name, f.Find("option[selected]").AttrOr("value", ""))
		case f.Is("textarea"):
			v.Add(name, f.Text())
		default:
			v.Add(name, f.AttrOr("value", ""))
		}
	})
	return v
}

func TestAnApprovalIsPublicAndARefusalReachesTheHospital(t *testing.T) {
	t.Parallel()
	s := alone(t)
	who := s.actor(t, auth.ProviderEditor, 0)
	v := office{s.as(t, auth.Verifier)}
	id := s.proposed(t, "about/beds", "333")
	list := v.page(t, "/desk/checks")
	if row := text(list.Find("main table tbody tr").First()); !strings.Contains(row, "Beds") || !strings.Contains(row, "Sent by the hospital") {
		t.Errorf("queue: %q", row)
	}
	page := v.page(t, "/desk/checks/"+id)
	if words := text(page.Find(".cc-versions")); !strings.Contains(words, "333") || !strings.Contains(words, "Public now") {
		t.Errorf("side by side: %q", words)
	}
	again := v.post(t, "/desk/checks/"+id, decision(t, v, id, "verdict", "approve"), http.StatusUnprocessableEntity)
	if !strings.Contains(text(again.Find("[data-error-summary]")), "Tick") {
		t.Errorf("no checklist is needed: %q", text(again.Find("[data-error-summary]")))
	}
	v.posts(t, "/desk/checks/"+id, decision(t, v, id, "verdict", "approve", "ticked", "register"), "/desk/checks?done=approved")
	if got := text(s.page(t, s.slugOf(t, who.Provider)).Find("#history")); !strings.Contains(got, "Hospital details: beds changed from 144 to 333") {
		t.Errorf("history: %q", got)
	}
	id = s.proposed(t, "about/website", "https://example.org/hospital")
	v.posts(t, "/desk/checks/"+id, decision(t, v, id, "verdict", "send_back", "reason", "The address does not open."), "/desk/checks?done=sent_back")
	d, err := s.listings.Draft(context.Background(), who, who.Provider)
	if err != nil || len(d.Changes) != 1 || d.Changes[0].Reason != "The address does not open." {
		t.Errorf("%+v %v", d.Changes, err)
	}
}

// slugOf is the page of a listing, fresh.
func (s *site) slugOf(t testing.TB, provider int64) string {
	t.Helper()
	p, err := s.store.ProviderByID(context.Background(), provider)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cat.Refresh(context.Background()); err != nil {
		t.Fatal(err)
	}
	return "/hospitals/" + p.Slug
}

func TestARefusalNeedsAReasonAndKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	s := alone(t)
	v := office{s.as(t, auth.Verifier)}
	id := s.proposed(t, "about/website", "https://example.org/hospital")
	doc := v.post(t, "/desk/checks/"+id, decision(t, v, id, "verdict", "reject", "ticked", "register"), http.StatusUnprocessableEntity)
	if doc.Find("#reason[aria-invalid]").Length() != 1 || doc.Find(`input[value=reject][checked]`).Length() != 1 || doc.Find(`input[value=register][checked]`).Length() != 1 {
		t.Error(text(doc.Find("main")))
	}
}

// claimed sends a certificate of the first hospital that we have never shown.
func (s *site) claimed(t testing.TB) string {
	t.Helper()
	who := s.actor(t, auth.ProviderEditor, 0)
	file, bad, err := s.listings.AddFile(context.Background(), who, who.Provider, listing.ForCertificate, strings.NewReader("%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"))
	if err != nil || !bad.OK() {
		t.Fatal(bad, err)
	}
	var edits []listing.Edit
	for field, value := range map[string]string{"body": "NABH", "programme": "Hospital", "level": "full", "number": "H-2026-9001", "legal_entity": "Sample Trust", "valid_from": "2026-01-01", "valid_to": "2029-12-31", "file": file.ID} {
		edits = append(edits, listing.Edit{Path: listing.PathOf("certificate", "c9001", field), Value: value})
	}
	s.send(t, who, edits...)
	page, err := s.listings.Queue(context.Background(), s.actor(t, auth.Verifier, 0), listing.Filter{Section: "certificate", Provider: who.Provider})
	if err != nil || len(page.Items) != 1 {
		t.Fatal(page, err)
	}
	return page.Items[0].ID
}

var lookedUp = []string{"verdict", "approve", "method", "register_lookup", "url", "https://nabh.example/register", "retrieved-day", "22", "retrieved-month", "11", "retrieved-year", "2026", "hash", strings.Repeat("0a", 32),
	"ticked", "register", "ticked", "name", "ticked", "address", "ticked", "scope", "ticked", "dates"}

// answered is a form with fields put in place of what it was made with.
func answered(form url.Values, with ...string) url.Values {
	seen := map[string]bool{}
	for i := 0; i+1 < len(with); i += 2 {
		if !seen[with[i]] {
			form.Del(with[i])
		}
		seen[with[i]] = true
		form.Add(with[i], with[i+1])
	}
	return form
}

func TestAFirstCertificateNeedsASecondPerson(t *testing.T) {
	t.Parallel()
	s := alone(t)
	meera, owen := office{s.as(t, auth.Verifier)}, office{s.signedIn(t, auth.Verifier, 1)}
	id := s.claimed(t)
	at := "/desk/checks/" + id
	if words := text(meera.page(t, at).Find("main")); !strings.Contains(words, "Needed: it is the first time we show this certificate") {
		t.Error("the page does not say that two people are needed")
	}
	doc := meera.post(t, at, answered(decision(t, meera, id), "verdict", "approve"), http.StatusUnprocessableEntity)
	if words := text(doc.Find("[data-error-summary]")); doc.Find("#method[aria-invalid]").Length() != 1 || !strings.Contains(words, "Enter the day on which you checked it") {
		t.Errorf("evidence is not asked for: %s", words)
	}
	meera.posts(t, at, answered(decision(t, meera, id), lookedUp...), "/desk/checks?done=first")
	waits := meera.page(t, at)
	if words := text(waits.Find("main")); !strings.Contains(words, "First check by Meera Shah (sample)") || !strings.Contains(words, "Needs another person") || waits.Find(`input[value=approve]`).Length() != 0 {
		t.Errorf("%s", words)
	}
	form := answered(decision(t, owen, id), lookedUp...)
	refused := meera.post(t, at, form, http.StatusForbidden)
	if !strings.Contains(text(refused.Find("[data-error-summary]")), "Another person must approve it too") {
		t.Error(text(refused.Find("[data-error-summary]")))
	}
	owen.posts(t, at, answered(decision(t, owen, id), lookedUp...), "/desk/checks?done=approved")
	who := s.actor(t, auth.ProviderEditor, 0)
	history := text(s.page(t, s.slugOf(t, who.Provider)).Find("#accreditation"))
	for _, words := range []string{"The hospital sent a certificate to be checked", "First check done, a second person looks", "Checked with the body that issued it"} {
		if !strings.Contains(history, words) {
			t.Errorf("the public history does not say %q: %s", words, history)
		}
	}
}

func TestWhoWasSlowerSeesTheCheckAsItIsNow(t *testing.T) {
	t.Parallel()
	s := alone(t)
	meera, owen := office{s.as(t, auth.Verifier)}, office{s.signedIn(t, auth.Verifier, 1)}
	id := s.proposed(t, "about/beds", "334")
	form := decision(t, owen, id, "verdict", "reject", "reason", "There are fewer.")
	meera.posts(t, "/desk/checks/"+id, decision(t, meera, id, "verdict", "approve", "ticked", "register"), "/desk/checks?done=approved")
	doc := owen.post(t, "/desk/checks/"+id, form, http.StatusConflict)
	if !strings.Contains(text(doc.Find("main")), "This was decided") {
		t.Error(text(doc.Find("main")))
	}
}

func TestNobodyDecidesOfAHospitalTheyBelongTo(t *testing.T) {
	t.Parallel()
	s := alone(t)
	v := office{s.as(t, auth.Verifier)}
	id := s.proposed(t, "about/beds", "335")
	who := s.actor(t, auth.ProviderEditor, 0)
	err := s.store.Write(context.Background(), func(tx *models.Tx) error {
		return tx.AddMembership(&models.Membership{ID: "both", PersonID: s.sample(t, auth.Verifier, 0).Person, OrgID: who.Org, Role: string(auth.ProviderEditor), State: "paused"})
	})
	if err != nil {
		t.Fatal(err)
	}
	doc := v.page(t, "/desk/checks/"+id)
	if !strings.Contains(text(doc.Find("main")), "You have, or had, a role at this hospital") || doc.Find(`form[action="/desk/checks/`+id+`"]`).Length() != 0 {
		t.Error(text(doc.Find("main")))
	}
	form := decision(t, office{s.signedIn(t, auth.Verifier, 1)}, id, "verdict", "approve", "ticked", "register")
	v.post(t, "/desk/checks/"+id, form, http.StatusForbidden)
	if item, err := s.listings.Item(context.Background(), s.actor(t, auth.Auditor, 0), id); err != nil || item.State != listing.Waiting {
		t.Error(item.State, err)
	}
}
