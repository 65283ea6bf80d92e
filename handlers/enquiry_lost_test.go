package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// lostCookies are the ways in which a browser may lose its draft.
var lostCookies = map[string]string{"missing": "", "tampered": "AAAA.BBBB", "hostile": strings.Repeat("x", 3000)}

func TestWhatWasTypedSurvivesALostDraft(t *testing.T) {
	t.Parallel()
	s := alone(t)
	for name, cookie := range lostCookies {
		t.Run(name, func(t *testing.T) {
			v := visit(t, s)
			v.open("/enquiry/start?h="+sampleA+"&treatment=cabg").send("Start now", nil).send("Continue", nil)
			v.forgets("enquiry", "/enquiry", cookie).send("Save and continue", url.Values{"problem": {problem}})
			if v.status != http.StatusUnprocessableEntity || v.doc.Find("#problem").Text() != problem || v.doc.Find("#treatment option[selected]").AttrOr("value", "") != "cabg" {
				t.Fatalf("status %d, problem %q", v.status, v.doc.Find("#problem").Text())
			}
			v.says("Your unfinished enquiry could not be opened", "is not saved yet")
			if about := strings.Contains(v.words(), "sent no cookie"); about != (cookie == "") {
				t.Errorf("the wrong reason: %s", v.words())
			}
			v.send("Save and continue", nil).at("/enquiry/hospitals") // saved now; the hospitals are asked again
			v.send("Search", url.Values{"q": {"marigold shore"}}).send("Add Marigold Shore Hospital", nil).send("Continue", nil).at("/enquiry/doctor")
			if got := v.open("/enquiry/treatment").doc.Find("#problem").Text(); got != problem {
				t.Errorf("%q is kept", got)
			}
		})
	}
}

func TestALostDraftHoldsNothingBeforeTheButtonIsPressedAgain(t *testing.T) {
	t.Parallel()
	v := visit(t, alone(t))
	v.post("/enquiry/contact", person)
	v.says("is not saved yet")
	if v.doc.Find("#name").AttrOr("value", "") != "Asha Patel" {
		t.Error("what was typed is gone")
	}
	if v.open("/enquiry/contact"); v.doc.Find("#name").AttrOr("value", "") != "" {
		t.Error("it was stored although the page says that it is not")
	}
}

func TestHospitalsChosenSurviveALostDraft(t *testing.T) {
	t.Parallel()
	s := alone(t)
	v := visit(t, s)
	v.open("/enquiry/start?h="+sampleA).send("Start now", nil).send("Search", url.Values{"q": {"hooghly view"}})
	v.forgets("enquiry", "/enquiry", "").send("Add Hooghly View Hospital", nil).says("could not be opened", "Marigold Shore Hospital", "Hooghly View Hospital")
	v.send("Continue", nil).at("/enquiry/treatment")
	v.forgets("enquiry", "/enquiry", "x").open("/enquiry/doctor")
	if v.status != http.StatusNotFound {
		t.Errorf("status %d", v.status)
	}
	v.says("could not be opened", "Nothing has been sent")
}

func TestFilesSurviveALostDraft(t *testing.T) {
	t.Parallel()
	v := visit(t, alone(t)).toConsent(sampleA).open("/enquiry/records")
	v.forgets("enquiry", "/enquiry", "").uploadAll(file{"report.pdf", pdfFile}, file{"run.exe", []byte("MZ\x90\x00")})
	v.refused("file").says("could not be opened", "report.pdf", "run.exe is not a PDF")
	v.open("/enquiry/records").says("report.pdf")
}

func TestAFormOfAnEnquiryThatWasSentMeanwhileIsGivenBack(t *testing.T) {
	t.Parallel()
	v := visit(t, alone(t)).sent(sampleA)
	v.post("/enquiry/treatment", url.Values{"problem": {"Typed in the other tab"}})
	if v.status != http.StatusConflict {
		t.Errorf("status %d", v.status)
	}
	v.says("This enquiry was sent already", "Typed in the other tab").follow("See the confirmation").says("Enquiry sent")
}

func TestHospitalsThatCannotBeAskedAreNamedAndTheOthersKept(t *testing.T) {
	t.Parallel()
	s := alone(t)
	const gone = "banyan-lane-heart-institute-bengaluru"
	withdraw(t, s, gone)
	v := visit(t, s)
	v.post("/enquiry/start", url.Values{"h": {sampleA, "no-such-hospital", gone, hooghly}, "treatment": {"cabg"}})
	v.says("Marigold Shore Hospital", "Hooghly View Hospital", "We know no hospital called “no such hospital”, so it is left out.", "is no longer listed, so it is left out.")
	v.send("Continue", nil).at("/enquiry/treatment?treatment=cabg")
	v.open("/enquiry/start?"+url.Values{"h": {"no-such-hospital", sampleA}}.Encode()).says("We know no hospital called “no such hospital”", "Marigold Shore Hospital")

	w := visit(t, s)
	w.post("/enquiry/start", url.Values{"h": {"no-such-hospital"}}).says("so it is left out", "None yet")
	four := []string{sampleA, hooghly, medanta, otherSample(t, s)}
	if four[3] == hooghly {
		t.Fatal("the fourth is one of the others")
	}
	x := visit(t, s).post("/enquiry/start", url.Values{"h": four})
	x.says("is left out: you can ask up to 3 hospitals at once.")
	if n := x.doc.Find("button[name=remove]").Length(); n != 3 {
		t.Errorf("%d are kept", n)
	}
}

func TestAHospitalThatIsWithdrawnWhileAnEnquiryIsWrittenIsNamedAndLeavesIt(t *testing.T) {
	t.Parallel()
	s := alone(t)
	v := visit(t, s)
	v.open("/enquiry/start?h="+sampleA+"&h="+hooghly).send("Start now", nil)
	withdraw(t, s, hooghly)
	v.open("/enquiry/hospitals").says("“Hooghly View Hospital", "is no longer listed, so it is left out.").send("Continue", nil).at("/enquiry/treatment")
	if words := v.open("/enquiry/hospitals").words(); strings.Contains(words, "Hooghly") {
		t.Errorf("it is still part of the enquiry: %s", words)
	}
}

func TestAQuoteOrMessageSentTwiceLooksLikeOnce(t *testing.T) {
	t.Parallel()
	v := visit(t, alone(t)).sent(sampleA)
	answer := v.link("Answer for")
	h := v.another().open(answer).send("Open the request", nil)
	form := changed(url.Values{"do": {"give"}, "seen": {"0"}})
	for range 3 {
		h.post(answer+"/quote", form).at(answer)
		h.post(answer+"/ask", url.Values{"message": {"Send an X-ray, please."}}).at(answer)
	}
	if words := h.words(); strings.Contains(words, "Version 2") || strings.Count(words, "Send an X-ray, please.") != 1 {
		t.Errorf("kept twice: %s", words)
	}
	mine := strings.Split(v.follow("See your enquiry").path, "?")[0]
	for range 3 {
		v.post(mine+"/ask/1", url.Values{"message": {"Here it is."}}).at(mine)
	}
	if strings.Count(v.words(), "Here it is.") != 1 {
		t.Error("the patient's message is kept twice")
	}
	for range 2 {
		v.post(mine+"/accept/1/1", nil).at(mine).says("Quote accepted")
	}
	v.open(mine + "/accept/1/1").at(mine)
	for range 2 {
		v.post(mine+"/withdraw/1", nil).at(mine)
	}
}

func TestAQuoteThatAColleagueWasFasterWithIsShownBesideHis(t *testing.T) {
	t.Parallel()
	v := visit(t, alone(t)).sent(sampleA)
	answer := v.link("Answer for")
	h := v.another().open(answer).send("Open the request", nil)
	h.post(answer+"/quote", changed(url.Values{"do": {"give"}, "seen": {"0"}, "excludes": {"Flights and visas."}}))
	h.post(answer+"/quote", changed(url.Values{"do": {"give"}, "seen": {"0"}, "excludes": {"My own words."}}))
	if h.status != http.StatusConflict || h.doc.Find("#excludes").Text() != "My own words." {
		t.Fatalf("status %d, %q", h.status, h.doc.Find("#excludes").Text())
	}
	h.says("Version 1 was given since you opened this form", "Flights and visas.")
	h.send("Preview the quote", nil).send("Give this quote to the patient", nil).at(answer).says("Version 2")
}

func TestAMessageToARequestThatEndedIsGivenBack(t *testing.T) {
	t.Parallel()
	v := visit(t, alone(t)).sent(sampleA)
	answer := v.link("Answer for")
	h := v.another().open(answer).send("Open the request", nil)
	mine := strings.Split(v.follow("See your enquiry").path, "?")[0]
	v.post(mine+"/withdraw", nil).at(mine)
	h.post(answer+"/ask", url.Values{"message": {"Words of the hospital"}}).says("This has changed since you opened the page", "Words of the hospital")
	if h.status != http.StatusConflict {
		t.Errorf("status %d", h.status)
	}
	v.post(mine+"/ask/1", url.Values{"message": {"Words of the patient"}}).says("This has changed since you opened the page", "Words of the patient")
}

func TestHistoryWithoutNamesCountsTheHospitals(t *testing.T) {
	t.Parallel()
	s := alone(t)
	v := visit(t, s).sent(sampleA)
	tracking := v.link("See your enquiry")
	v.open(tracking).follow("Delete my data").send("Delete my data", nil).says("is told to delete its copy")
	v.another().open(tracking).says("The request was sent to hospital 1.")
	s.clock.Set(morning.Add(29 * 24 * time.Hour))
	v.another().open(tracking).says("works for 28 days after we sent the mail", "until 28 days after your last visit")
}

func TestAComparisonLeadsToAnEnquiry(t *testing.T) {
	t.Parallel()
	s := alone(t)
	v := visit(t, s)
	v.open(compared(shore, hooghly)+"&treatment=total-knee-replacement").follow("Ask these hospitals for a quote").says("You want to ask", "Marigold Shore Hospital", "Hooghly View Hospital")
	v.send("Start now", nil).at("/enquiry/hospitals?treatment=total-knee-replacement")
	v.open(compared(shore, hooghly, medanta, otherSample(t, s))).says("up to 3 hospitals at once").follow("Ask the first 3")
	if n := v.doc.Find(".cc-chosen li").Length(); n != 3 {
		t.Errorf("%d are asked", n)
	}
}
