package handlers_test

import (
	"bytes"
	"maps"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"carecorridor/auth"
	"carecorridor/views/link"
)

// sendsFile posts a file to a referral.
func (w writing) sendsFile(kind, name string, content []byte) *visitor {
	w.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	_ = form.WriteField("kind", kind)
	part, err := form.CreateFormFile("file", name)
	if err == nil {
		_, err = part.Write(content)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	form.Close()
	return w.read(w.client.Post(w.base+w.on("attachments", "add"), form.FormDataContentType(), &body))
}

func TestDocumentsAreAddedListedAndRemoved(t *testing.T) {
	t.Parallel()
	w := alone(t).drafted(t, auth.Referrer)
	letter := []byte("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")
	w.sendsFile("lab", "blood <b>.pdf", letter).says("blood <b>.pdf", "Laboratory results", "Checking", "Nobody else can open it")
	w.open(w.on()).says("1 document still being checked for viruses")
	answer, err := w.client.Get(w.base + w.on("files", w.looks().Files[0].ID))
	if err != nil || answer.StatusCode != http.StatusOK || !strings.HasPrefix(answer.Header.Get("Content-Disposition"), "attachment") || answer.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%v %v", answer, err)
	}
	answer.Body.Close()
	w.sendsFile("lab", "virus.exe", []byte("MZ not a document"))
	if w.status != http.StatusUnprocessableEntity {
		t.Errorf("a program: status %d", w.status)
	}
	w.says("virus.exe", "blood <b>.pdf")
	w.open(w.on("attachments")).send("Remove blood <b>.pdf", nil)
	if n := len(w.looks().Files); n != 0 {
		t.Errorf("%d documents", n)
	}
	w.open(w.on("attachments")).post(w.on("attachments"), url.Values{"remove": {"gone"}}).at(w.on("attachments"))
}

func TestHospitalsAreChosenUpToFiveInThePatientsOrder(t *testing.T) {
	t.Parallel()
	s := alone(t)
	w := s.drafted(t, auth.Referrer).fills("clinical")
	w.open(w.on("hospitals")).says("None yet", "Total knee replacement")
	var all []string
	for _, b := range w.doc.Find("#treatment button[name=add]").EachIter() {
		all = append(all, b.AttrOr("value", ""))
	}
	if len(all) < 6 {
		t.Fatalf("%d hospitals offered", len(all))
	}
	for _, slug := range all[:5] {
		w.post(w.on("hospitals"), url.Values{"add": {slug}})
	}
	w.open(w.on("hospitals")).says("To choose another hospital, remove one first")
	if w.post(w.on("hospitals"), url.Values{"add": {all[5]}}); w.status != http.StatusUnprocessableEntity {
		t.Errorf("a sixth: %d", w.status)
	}
	w.post(w.on("hospitals"), url.Values{"up": {all[1]}})
	w.post(w.on("hospitals"), url.Values{"remove": {all[4]}})
	w.post(w.on("hospitals"), url.Values{"remove": {all[4]}}) // again
	got := w.looks().Hospitals
	if len(got) != 4 || got[0].Listed.Slug != all[1] || got[1].Listed.Slug != all[0] {
		t.Errorf("%d hospitals, first %+v", len(got), got[0].Listed)
	}
	w.open(w.on("hospitals") + "?code=nonsense").says("Enter the code as it was given to you")
	w.open(w.on("hospitals") + "?q=" + url.QueryEscape("no such hospital anywhere zzz")).says("No listed hospital has this name")
}

func TestAStateBehindTheFormGivesBackWhatWasTyped(t *testing.T) {
	t.Parallel()
	s := alone(t)
	w := s.drafted(t, auth.Referrer).whole()
	form := fieldsOf(w.open(w.on("pathway")).doc.Find("main form").First())
	w.open(w.on("end")).send("Delete this draft", url.Values{"reason": {"no_longer_needed"}}).at(link.ReferDashboard + "?done=ended")
	form.Set("nhs_decision", "Declined in May")
	if w.post(w.on("pathway"), form); w.status != http.StatusConflict {
		t.Errorf("status %d", w.status)
	}
	w.says("This can no longer be changed", "Declined in May")
}

func TestASessionThatEndsInAStepKeepsTheText(t *testing.T) {
	t.Parallel()
	s := alone(t)
	w := s.drafted(t, auth.Referrer)
	form := fieldsOf(w.open(w.on("pathway")).doc.Find("main form").First())
	maps.Copy(form, answersOf()["pathway"])
	form.Set("do", "save")
	s.clock.Set(s.clock.Now().Add(16 * time.Minute))
	w.post(w.on("pathway"), form).says("What you typed is kept")
	w.demo(s, auth.Referrer, 0).at("/account/unsent").says("/refer/")
	w.send("Send it now For the page "+w.on("pathway"), nil)
	if v := w.looks(); v.Pathway == nil || v.Pathway.Funding != "self_pay" {
		t.Errorf("kept %+v", v.Pathway)
	}
}

func TestTheSummaryIsAPDFNamedByTheReferenceAlone(t *testing.T) {
	t.Parallel()
	w := alone(t).drafted(t, auth.Referrer).fills("patient", "clinical")
	answer, err := w.client.Get(w.base + w.on("print"))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if name := answer.Header.Get("Content-Disposition"); answer.Header.Get("Content-Type") != "application/pdf" || !strings.Contains(name, w.reference) || strings.Contains(name, "ample") {
		t.Errorf("%v", answer.Header)
	}
}

func TestTheStartPageIsPublicAndSaysWhenNotTo(t *testing.T) {
	t.Parallel()
	v := visit(t, front(t)).open(link.Refer).says("Who can use this", "emergencies: call 999", "about 8 minutes", "Start now")
	if got := v.header.Get("Cache-Control"); !strings.HasPrefix(got, "public") {
		t.Errorf("Cache-Control %q", got)
	}
	if v.follow("Start now"); !strings.HasPrefix(v.path, "/sign-in") {
		t.Errorf("leads to %s", v.path)
	}
}
