package handlers_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"carecorridor/auth"
	"carecorridor/handlers"
	"carecorridor/internal/mail"
	"carecorridor/internal/testdb"
	"carecorridor/models"
	"carecorridor/referral"
	"carecorridor/referral/sample"
)

// mark is in every personal field of the referral that this file sends; other words are those of fields with a shape of
// their own.
const mark = "zqmark"

var marked = regexp.MustCompile(`(?i)` + mark + `|900\s?987|999\s?000\s?0018|ZQ1\s?1ZQ`)

// eavesdropper keeps every address that the site gives: asked for, led to, linked to, and where forms go.
type eavesdropper struct {
	mu   sync.Mutex
	seen []string
}

// RoundTrip passes a request on and reads along.
func (e *eavesdropper) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(answer.Body)
	answer.Body.Close()
	answer.Body = io.NopCloser(bytes.NewReader(body))
	e.mu.Lock()
	defer e.mu.Unlock()
	e.seen = append(e.seen, r.URL.String(), answer.Header.Get("Location"), answer.Header.Get("Content-Disposition"))
	if strings.HasPrefix(answer.Header.Get("Content-Type"), "text/html") {
		if doc, err := goquery.NewDocumentFromReader(bytes.NewReader(body)); err == nil {
			for _, x := range doc.Find("[href], [action], [src], [formaction]").EachIter() {
				for _, name := range []string{"href", "action", "src", "formaction"} {
					e.seen = append(e.seen, x.AttrOr(name, ""))
				}
			}
		}
	}
	return answer, err
}

// No personal word of a referral is anywhere but in the pages of those who may read it: not in a log, a mail, an address, the
// index, a job, the trail or any column in clear.
func TestNoPersonalWordOfAReferralLeavesItsPages(t *testing.T) {
	t.Parallel()
	testdb.EachURL(t, func(t *testing.T, dbURL string) {
		t.Parallel()
		s, err := build(dbURL)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.store.Close() })
		var said safeBuffer
		s.Handler = handlers.New(s.cat, s.index, s.cfg, s.clock.Now, slog.New(slog.NewTextHandler(&said, &slog.HandlerOptions{Level: slog.LevelDebug})), s.store.Ping)
		ears := &eavesdropper{}
		w := s.walk(t)
		mails := w.wholeCase(ears, func() []string {
			return testdb.Cells(t, testdb.SQL(t, dbURL), "SELECT id FROM referral_notices WHERE state = 'waiting'")
		})
		if said.Len() == 0 || len(mails) < 2 || len(ears.seen) < 5000 {
			t.Fatalf("%d bytes of log, %d mails, %d addresses: too little was heard", said.Len(), len(mails), len(ears.seen))
		}
		for _, m := range mails {
			silent(t, "a mail", m.Subject+"\n"+m.Text)
		}
		silent(t, "the log", said.String())
		for _, x := range ears.seen {
			silent(t, "an address", x)
		}
		for table, rows := range testdb.Dump(t, dbURL) {
			silent(t, "table "+table, rows)
		}
		for doc, err := range s.cat.Source(t.Context(), nil).Docs {
			if err != nil {
				t.Fatal(err)
			}
			plain, _ := json.Marshal(doc)
			silent(t, "the index", string(plain))
		}
	})
}

func silent(t *testing.T, where, text string) {
	t.Helper()
	if at := marked.FindStringIndex(text); at != nil {
		t.Errorf("%s says %q", where, text[max(0, at[0]-80):min(len(text), at[1]+80)])
	}
}

// safeBuffer is written by many requests at once.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

// Write keeps what is said.
func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *safeBuffer) String() string { b.mu.Lock(); defer b.mu.Unlock(); return b.b.String() }
func (b *safeBuffer) Len() int       { b.mu.Lock(); defer b.mu.Unlock(); return b.b.Len() }

const markedMail = mark + "mail@sample.example"

// wholeCase is a request of a patient's own from the first page to an accepted offer, with a file, questions and messages, wrong
// forms and other people's eyes; every browser is listened to. It gives all mails.
func (w *walking) wholeCase(ears *eavesdropper, waiting func() []string) []mail.Message {
	w.t.Helper()
	listen := func(v *visitor) *visitor { v.client.Transport = ears; return v }
	v := listen(visit(w.t, w.s))
	fillRequest(w.t, v)
	v.open("/care/request/you").send("Save and continue", url.Values{"given": {"Zqmarkgiven"}, "family": {"Zqmarkfamily"}, "no_nhs_number": {}, "nhs_number": {"999 000 0018"}, "address": {"1 Zqmark Road\nLeicester"},
		"postcode": {"not a postcode zqmark"}, "email": {markedMail}, "phone": {"07700 900987"}})
	if v.status != http.StatusUnprocessableEntity {
		w.t.Fatalf("a wrong postcode: %d", v.status)
	}
	v.send("Save and continue", url.Values{"postcode": {"LE1 6HX"}}).at("/care/request")
	v.open("/care/request/problem").send("Save and continue", url.Values{"problem": {"Zqmarkproblem: my right knee hurts."}, "question": {"Zqmarkquestion: can you replace it?"}})
	v.sendDocument("imaging", "zqmarkfile.pdf", pdfFile)
	own := w.Cast.Hospitals[0].Slug
	v.open("/care/request/hospitals").submit("/care/request/hospitals", url.Values{"add": {own}})
	var all []string
	for _, b := range v.open("/care/consents").doc.Find("input[name=agree]").EachIter() {
		all = append(all, b.AttrOr("value", ""))
	}
	v.submit("/care/consents", url.Values{"agree": all}).send("Continue", url.Values{"code": {codeIn(w.t, w.s.careMail(w.t))}}).at("/care/consents?done=given")
	list, err := w.Worklist(context.Background(), w.Referrer, referral.WorkFilter{})
	if err != nil || len(list.Rows) != 0 {
		w.t.Fatal("somebody else's practice lists it", err)
	}
	ref := text(v.open("/care").doc.Find("main")) // the reference is on the page
	ref = regexp.MustCompile(`CC-[0-9A-Z]{4}-[0-9A-Z]{2}`).FindString(ref)
	row, err := w.s.store.ReferralByReference(context.Background(), strings.ToUpper(ref))
	if err != nil {
		w.t.Fatal(ref, err)
	}
	w.scanned(row.ID)
	v.open("/care/request/check").send("Send my request", nil).at("/care?done=sent")
	w.staffAnswer(listen, row.ID, ref)
	v.open("/care/messages").submit("/care/messages", url.Values{"text": {"Zqmarkmessage to the desk"}})
	for _, p := range carePages {
		v.open(p.path)
	}
	for _, role := range []auth.Role{auth.Referrer, auth.Verifier, auth.Auditor, auth.Administrator} {
		x := listen(w.s.as(w.t, role))
		for _, at := range []string{"/refer/", "/desk/referrals/", "/portal/referrals/"} {
			x.open(at + ref).open(at + ref + "/files/none")
		}
	}
	return append(w.s.careMail(w.t), w.toldAll(waiting())...)
}

// scanned lets the documents of a referral be safe: this site has no scanner.
func (w *walking) scanned(id string) {
	w.t.Helper()
	if err := w.s.store.Write(context.Background(), func(tx *models.Tx) error {
		p, err := tx.ReferralParts(id)
		for _, f := range p.Files {
			if err == nil {
				_, err = tx.SetReferralScan(f.ID, "safe")
			}
		}
		return err
	}); err != nil {
		w.t.Fatal(err)
	}
}

// staffAnswer is the desk's and the hospital's part, in their own browsers.
func (w *walking) staffAnswer(listen func(*visitor) *visitor, id, ref string) {
	w.t.Helper()
	desk := listen(w.s.as(w.t, auth.Coordinator)).open("/desk/referrals").follow(ref).says("Zqmarkgiven", "zqmarkfile.pdf")
	desk.follow("Send it to hospitals").send("Send it to the hospitals I ticked", url.Values{"hospitals": {w.look(id).Hospitals[0].ID}})
	at := "/portal/referrals/" + ref
	h := listen(w.s.as(w.t, auth.ProviderClinician)).open("/portal/referrals").follow(ref).send("Open the referral", nil).says("Zqmarkproblem", "Zqmarkquestion")
	h.follow("Ask a question").send("Send the question", url.Values{"text": {"Zqmarkask: which knee is it?"}}).at(at + "?done=ask")
	h.open(at + "/messages")
	desk.open("/desk/referrals/" + ref + "/messages").open("/desk/referrals?reference=" + ref)
	patient := sample.PatientOf(id, w.s.clock.Now())
	w.patientDoes(id, referral.Answer, referral.Input{Provider: w.look(id).Hospitals[0].ID, Text: "Zqmarkanswer: the right one."})
	other := listen(w.s.asOther(w.t, auth.ProviderClinician))
	if other.open(at); other.status != http.StatusNotFound {
		w.t.Errorf("another hospital: %d as %s", other.status, patient.Person)
	}
}

// toldAll sends every notice that waits; samples have no mailbox, so those of the patient leave.
func (w *walking) toldAll(ids []string) []mail.Message {
	w.t.Helper()
	var out postbag
	for _, id := range ids {
		if err := w.Tell(context.Background(), &out, id); err != nil {
			w.t.Fatal(err)
		}
	}
	return out
}
