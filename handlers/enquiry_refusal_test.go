package handlers_test

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestEmergenciesAndExclusionsStopBeforeAnythingIsStored(t *testing.T) {
	t.Parallel()
	v := visit(t, alone(t))
	v.open("/enquiry/start?h="+sampleA).send("Start now", nil).send("Continue", nil)
	for words, want := range map[string]string{"crushing chest pain now": "Call 999", "I want to die": "116 123", "suspected cancer in my lung": "See your GP first", "buy a kidney": "is a crime", "we want gender selection": "Indian law forbids"} {
		v.open("/enquiry/treatment").send("Save and continue", url.Values{"problem": {words}}).says(want, "Nothing has been sent to a hospital")
		v.send("Change what I wrote", nil)
		if got := v.doc.Find("textarea").Text(); got != words {
			t.Errorf("typed words came back as %q", got)
		}
		if got := v.open("/enquiry/treatment").doc.Find("textarea").Text(); got != "" {
			t.Errorf("%q was stored", got)
		}
	}
	v.send("Save and continue", url.Values{"problem": {"bad knee"}, "treatment": {"kidney-transplant"}}).says("We do not arrange organ transplants")
	if strings.Contains(v.words(), "This does not apply") {
		t.Error("an excluded treatment can be continued")
	}
	v.open("/enquiry/treatment").send("Save and continue", url.Values{"problem": {"suspected cancer was ruled in"}}).send("This does not apply: continue", nil).at("/enquiry/doctor")
	v.open("/enquiry/travel").send("Save and continue", url.Values{"for": {"under_18"}, "companions": {"1"}}).says("under 18")
}

func TestWrongFilesAreRefusedByNameAndTheRestIsKept(t *testing.T) {
	t.Parallel()
	v := visit(t, alone(t)).toConsent(sampleA)
	v.open("/enquiry/records").says("at most 25 MB each, and 10 files")
	v.upload("report <1>.pdf", pdfFile).at("/enquiry/records").says("report <1>.pdf")
	v.upload("run.exe", []byte("MZ\x90\x00\x03")).refused("file").says("run.exe is not a PDF", "report <1>.pdf")
	v.upload("empty.pdf", nil).refused("file").says("empty.pdf is empty", "report <1>.pdf")
	big := append(bytes.Clone(pdfFile), make([]byte, 25<<20)...)
	v.upload("scan.pdf", big).refused("file").says("scan.pdf is larger than 25 MB", "report <1>.pdf")
	v.upload("huge.pdf", append(big, make([]byte, 40<<20)...)).refused("file").says("huge.pdf is larger than 25 MB", "report <1>.pdf")
	v.post("/enquiry/records/add", url.Values{"file": {"no file"}}).refused("file")
	v.uploadAll(file{"one.pdf", pdfFile}, file{"two.exe", []byte("MZ\x90\x00\x03")}, file{"three.pdf", big}, file{"four.pdf", pdfFile}).refused("file").
		says("two.exe is not a PDF", "three.pdf is larger than 25 MB", "one.pdf", "four.pdf")
	for _, name := range []string{"one.pdf", "four.pdf"} {
		v.open("/enquiry/records").send("Remove "+name, nil).at("/enquiry/records")
	}
	v.uploadAll(file{"five.pdf", pdfFile}, file{"six.pdf", pdfFile}).at("/enquiry/records").says("five.pdf", "six.pdf").send("Remove five.pdf", nil).send("Remove six.pdf", nil)
	v.open("/enquiry/records").send("Remove report <1>.pdf", nil).at("/enquiry/records")
	if strings.Contains(v.words(), "report") && v.doc.Find("button:contains(Remove)").Length() > 0 {
		t.Error("the file is still there")
	}
}

func TestARealHospitalWithoutAContactGetsNothing(t *testing.T) {
	t.Parallel()
	s := alone(t)
	slug := strings.TrimPrefix(s.page(t, "/hospitals?include_samples=0").Find("#results article h3 a").First().AttrOr("href", ""), "/hospitals/")
	v := visit(t, s)
	v.open("/enquiry/start?h=" + slug).says("We hold no checked contact for this hospital yet")
	v.toConsent(slug).send("Save and continue", url.Values{"send": {slug}}).says("nothing is sent to it", "Print a letter")
	v.follow("Print a letter").says("Request for a written quote", "घुटने में दर्द")
	v.open("/enquiry/check").send("Send my enquiry", nil).at("/enquiry/sent").says("Not sent")
	if strings.Contains(v.words(), "Sent to") || v.doc.Find(".cc-demo a").Length() != 0 {
		t.Errorf("it looks as if something was sent: %s", v.words())
	}
	v.follow("See your enquiry").says("Not sent", "nothing has been sent to it")
}

func TestCodesAndLinksGiveNoOracle(t *testing.T) {
	t.Parallel()
	s := alone(t)
	v := visit(t, s).sent(sampleA)
	code := text(v.doc.Find(".cc-done__code"))
	tracking, answering := v.link("See your enquiry"), v.link("Answer for")
	for _, c := range []struct{ code, email string }{{code, "asha@example.org"}, {code, "other@example.org"}, {"CC-7K3M-9Q", "asha@example.org"}} {
		o := v.another().open("/enquiry/track")
		if o.send("Mail me a link", url.Values{"code": {c.code}, "email": {c.email}}); o.path != "/enquiry/track/sent" && o.status != http.StatusUnprocessableEntity {
			t.Errorf("%v: %s, %d", c, o.path, o.status)
		}
	}
	v.another().open("/enquiry/track").send("Mail me a link", url.Values{"code": {"CC-1111-11"}, "email": {"x"}}).refused("code", "email")
	var dead []string
	for _, path := range []string{"/enquiry/track/" + code, "/enquiry/track/CC-2345-67", "/enquiry/track/" + code + "?link=abc", tracking[:len(tracking)-4] + "AAAA", strings.Replace(tracking, code, "CC-2222-22", 1),
		"/enquiry/track/" + code + "/delete", "/enquiry/track/%00"} {
		o := v.another().open(path)
		if o.status != http.StatusNotFound {
			t.Errorf("%s: %d", path, o.status)
		}
		if path != "/enquiry/track/%00" {
			dead = append(dead, o.words())
		}
	}
	for _, words := range dead[1:] {
		if words != dead[0] {
			t.Errorf("a dead link says why:\n%s\n%s", dead[0], words)
		}
	}
	for _, path := range []string{answering + "x", answering[:len(answering)-4] + "AAAA", "/answer/" + tracking[strings.Index(tracking, "link=")+5:], "/answer/x"} {
		if o := v.another().open(path); o.status != http.StatusNotFound || !strings.Contains(o.words(), "This link no longer works") {
			t.Errorf("%s: %d", path, o.status)
		}
	}
	if o := v.another().post("/enquiry/check", nil); o.status != http.StatusNotFound {
		t.Errorf("sending without a draft: %d", o.status)
	}
	s.clock.Set(morning.AddDate(0, 0, 29))
	if o := v.another().open(tracking); o.status != http.StatusNotFound {
		t.Errorf("a link after 29 days: %d", o.status)
	}
}

func TestTooManyWrongTriesForACodeAreSlowedDown(t *testing.T) {
	t.Parallel()
	v := visit(t, alone(t)).sent(sampleA)
	code, good := text(v.doc.Find(".cc-done__code")), v.link("See your enquiry")
	o := v.another()
	for range 12 {
		o.open("/enquiry/track/" + code + "?link=abc")
	}
	if o.status != http.StatusTooManyRequests {
		t.Errorf("status %d", o.status)
	}
	v.another().open(good).at("/enquiry/track/" + code)
}

func TestAHospitalsQuoteIsCheckedLineByLine(t *testing.T) {
	t.Parallel()
	v := visit(t, alone(t)).sent(sampleA)
	answer := v.link("Answer for")
	h := v.another().open(answer).send("Open the request", nil).follow("Give a quote")
	for name, c := range map[string]struct {
		fill   url.Values
		fields []string
	}{
		"total":      {url.Values{"total": {"400000"}}, []string{"total"}},
		"no number":  {url.Values{"total": {"much"}, "amount": {"4,00,000", "a lot", "1", ""}}, []string{"total", "row-1-amount"}},
		"no label":   {url.Values{"label": {"Surgeon", "", "x", "y"}}, []string{"row-1-label"}},
		"no lines":   {url.Values{"label": {""}, "amount": {""}, "kind": {"mandatory"}}, []string{"lines"}},
		"date":       {url.Values{"valid_until_day": {"1"}, "valid_until_month": {"12"}, "valid_until_year": {"2026"}}, []string{"valid_until"}},
		"terms":      {url.Values{"refund": {""}, "complications": {""}, "excludes": {"x\x00"}, "by_name": {""}}, []string{"refund", "complications", "excludes", "by_name"}},
		"commission": {url.Values{"no_commission": {""}}, []string{"no_commission"}},
		"nights":     {url.Values{"stay_nights": {"many"}}, []string{"stay_nights"}},
	} {
		h.open(answer+"/quote").send("Preview the quote", changed(c.fill)).refused(c.fields...)
		if got := h.doc.Find("#assessed_at").AttrOr("value", ""); got != "By video" {
			t.Errorf("%s: what was right is lost: %q", name, got)
		}
	}
	h.open(answer+"/quote").send("Add 4 more lines", goodQuote)
	if n := h.doc.Find("fieldset.cc-quoteline").Length(); n != 8 {
		t.Errorf("%d lines", n)
	}
	h.send("Preview the quote", nil).send("Change it", nil).send("Preview the quote", nil).send("Give this quote to the patient", nil).at(answer).says("Version 1, ₹4,50,000")
	h.follow("Give a newer quote").send("Preview the quote", changed(url.Values{"refund": {"Half."}})).send("Give this quote to the patient", nil).says("Version 2")
	h.follow("Version 1").says("Replaced by a newer version", "All, until the day before.")
}

func TestTheQuoteIsAlsoAFile(t *testing.T) {
	t.Parallel()
	v := visit(t, alone(t)).sent(sampleA)
	v.quoted(v.link("Answer for"), goodQuote)
	v.follow("See your enquiry").follow("Read the quote")
	answer, err := v.client.Get(v.base + v.link("Download this quote"))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	head := make([]byte, 5)
	_, _ = answer.Body.Read(head)
	if string(head) != "%PDF-" || !strings.Contains(answer.Header.Get("Content-Disposition"), "attachment") || answer.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%q %v", head, answer.Header)
	}
}

func TestAPatientDeclinesWithdrawsAndDeletes(t *testing.T) {
	t.Parallel()
	s := alone(t)
	v := visit(t, s).sent(sampleA)
	answer := v.link("Answer for")
	v.quoted(answer, goodQuote)
	mine := strings.Split(v.follow("See your enquiry").path, "?")[0]
	if words := v.follow("Decline the quote").words(); strings.Contains(words, "other request") {
		t.Errorf("there is no other request: %s", words)
	}
	v.send("Decline this quote", nil).at(mine).says("Not chosen")
	v.another().open(answer).says("This request has ended")
	v.follow("Delete my data").says("You cannot get them back").send("Delete my data", nil).says("Your data are deleted")
	if o := v.another().open(answer); o.status != http.StatusNotFound {
		t.Errorf("the hospital's link after erasure: %d", o.status)
	}

	w := visit(t, s).sent(sampleA)
	w.follow("See your enquiry").follow("Withdraw my enquiry").says("Your request to Marigold Shore Hospital", "The hospital that has your request is told")
	if words := w.words(); strings.Contains(words, "other requests") || strings.Contains(words, "all hospitals") {
		t.Errorf("there is one hospital: %s", words)
	}
	w.send("Withdraw", nil).says("Withdrawn", "Closed")
	w.open(strings.Split(w.path, "?")[0] + "/accept/1/1")
	if w.status != http.StatusNotFound {
		t.Errorf("accepting what does not exist: %d", w.status)
	}
}

func TestAHospitalDeclinesWithAReason(t *testing.T) {
	t.Parallel()
	v := visit(t, alone(t)).sent(sampleA)
	h := v.another().open(v.link("Answer for")).send("Open the request", nil)
	h.follow("Decline").send("Decline", nil).refused("reason")
	h.send("Decline", url.Values{"reason": {"other"}}).refused("comment")
	h.send("Decline", url.Values{"reason": {"no_capacity"}}).says("This request has ended")
	v.follow("See your enquiry").says("Declined by the hospital", "There is no room in the time wished")
}

func TestALateAnswerIsSaid(t *testing.T) {
	t.Parallel()
	s := alone(t)
	v := visit(t, s).sent(sampleA)
	tracking := v.link("See your enquiry")
	v.says("27 November 2026")
	s.clock.Set(morning.Add(8 * 24 * time.Hour))
	v.open(tracking).says("An answer was expected by 27 November 2026")
}

func TestHolidaysAreNoDaysToAnswerOn(t *testing.T) {
	t.Parallel()
	s := alone(t)
	s.clock.Set(time.Date(2026, time.December, 23, 9, 0, 0, 0, time.UTC))
	visit(t, s).toConsentOpen(sampleA).send("Save and continue", url.Values{"send": {sampleA}}).send("Send my enquiry", nil).says("By 4 January 2027")
}

func TestHospitalsAreAddedAndRemovedByName(t *testing.T) {
	t.Parallel()
	v := visit(t, alone(t))
	v.open("/enquiry").at("/enquiry/start").send("Start now", nil).at("/enquiry/hospitals").says("None yet")
	v.send("Search", url.Values{"q": {"marigold shore"}}).send("Add Marigold Shore Hospital", nil).at("/enquiry/hospitals").says("Marigold Shore Hospital")
	v.send("Remove Marigold Shore Hospital", nil).refused("chosen")
	v.open("/enquiry/hospitals?q=zzzzqqqq").says("No listed hospital has this name")
	v.post("/enquiry/hospitals", url.Values{"add": {"no-such"}}).refused("chosen")
}

func TestTheShortlistIsOfferedInTheForm(t *testing.T) {
	t.Parallel()
	v := visit(t, alone(t))
	v.post("/shortlist/add", url.Values{"h": {sampleA}})
	v.open("/enquiry/start").send("Start now", nil).says("From your shortlist", "Marigold Shore Hospital").send("Add Marigold Shore Hospital", nil)
	if strings.Contains(v.words(), "From your shortlist") {
		t.Error("a chosen hospital is offered again")
	}
}
