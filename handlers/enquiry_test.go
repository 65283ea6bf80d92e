package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

const (
	sampleA = "marigold-shore-hospital-chennai"
	problem = "Worn right knee, घुटने में दर्द since 2023.\nTablets help little."
)

var (
	dates   = url.Values{"earliest_day": {"12"}, "earliest_month": {"1"}, "earliest_year": {"2027"}, "latest_day": {"30"}, "latest_month": {"6"}, "latest_year": {"2027"}}
	person  = url.Values{"name": {"Asha Patel"}, "email": {"asha@example.org"}, "by": {"email"}}
	pdfFile = []byte("%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")
)

// toConsent walks the form with hospitals until the boxes of consent.
func (v *visitor) toConsent(hospitals ...string) *visitor {
	v.t.Helper()
	v.open("/enquiry/start?" + url.Values{"h": hospitals, "treatment": {"total-knee-replacement"}}.Encode())
	v.send("Start now", nil).at("/enquiry/hospitals?treatment=total-knee-replacement")
	v.send("Continue", nil).at("/enquiry/treatment?treatment=total-knee-replacement")
	v.send("Save and continue", url.Values{"problem": {problem}}).at("/enquiry/doctor")
	v.send("Save and continue", url.Values{"doctor": {"not_sure"}}).at("/enquiry/dates")
	v.send("Save and continue", dates).at("/enquiry/travel")
	v.send("Save and continue", url.Values{"for": {"self"}, "companions": {"1"}}).at("/enquiry/contact")
	v.send("Save and continue", person).at("/enquiry/records")
	return v.send("Continue without records", nil).at("/enquiry/consent")
}

// toConsentOpen is toConsent for a day on which the dates of the tests are too near.
func (v *visitor) toConsentOpen(hospital string) *visitor {
	v.t.Helper()
	v.open("/enquiry/start?h="+hospital).send("Start now", nil).send("Continue", nil)
	v.send("Save and continue", url.Values{"problem": {problem}}).send("Save and continue", url.Values{"doctor": {"yes"}}).send("Save and continue", url.Values{"open": {"yes"}})
	v.send("Save and continue", url.Values{"for": {"self"}, "companions": {"0"}}).send("Save and continue", person)
	return v.send("Continue without records", nil).at("/enquiry/consent")
}

// sent walks the whole form and sends it.
func (v *visitor) sent(hospitals ...string) *visitor {
	v.t.Helper()
	v.toConsent(hospitals...)
	v.send("Save and continue", url.Values{"send": hospitals}).at("/enquiry/check")
	return v.send("Send my enquiry", nil).at("/enquiry/sent")
}

var goodQuote = url.Values{
	"currency": {"INR"}, "label": {"Surgeon, theatre and implant", "Room for 5 nights", "Single room", "Blood, a unit"}, "kind": {"mandatory", "mandatory", "optional", "may_come_on_top"},
	"amount": {"4,00,000", "50000", "20000", ""}, "total": {"₹4,50,000"}, "valid_until_day": {"31"}, "valid_until_month": {"1"}, "valid_until_year": {"2027"}, "stay_nights": {"5"}, "days_in_india": {"21"},
	"complications": {"included_30d"}, "complications_text": {"In our hospital."}, "refund": {"All, until the day before."}, "excludes": {"Flights."}, "assessed_at": {"By video"}, "assessed_when": {"Within 2 weeks"},
	"by_name": {"Dr Invented"}, "by_role": {"Surgeon"}, "no_commission": {"yes"},
}

// changed is a copy of the good quote with other values.
func changed(with url.Values) url.Values {
	out := url.Values{}
	for _, from := range []url.Values{goodQuote, with} {
		for k, v := range from {
			out[k] = v
		}
	}
	return out
}

// quoted answers as the hospital whose link is on the patient's page.
func (v *visitor) quoted(answer string, quote url.Values) {
	v.t.Helper()
	hospital := v.another().open(answer)
	if hospital.doc.Find("main form button").Length() > 0 {
		hospital.send("Open the request", nil)
	}
	hospital.follow("Give a").send("Preview the quote", quote).says("Check the quote before you give it", "₹4,50,000")
	hospital.send("Give this quote to the patient", nil).at(answer)
}

func TestAnEnquiryIsSentAnsweredComparedAndAccepted(t *testing.T) {
	t.Parallel()
	s := alone(t)
	second := otherSample(t, s)
	v := visit(t, s).toConsent(sampleA, second)
	v.send("Save and continue", url.Values{"send": {sampleA, second}}).at("/enquiry/check").says("घुटने में दर्द", "asha@example.org", "12 January 2027 to 30 June 2027")
	v.send("Send my enquiry", nil).at("/enquiry/sent").says("Enquiry sent", "CC-", "Demonstration: be the hospital")
	v.follow("See your enquiry")
	code := strings.TrimPrefix(v.path, "/enquiry/track/")
	if strings.ContainsAny(code, "?&") || !strings.HasPrefix(code, "CC-") {
		t.Fatalf("the address holds more than the code: %s", v.path)
	}
	var answers []string
	v.doc.Find(".cc-demo a").Each(func(_ int, a *goquery.Selection) { answers = append(answers, a.AttrOr("href", "")) })
	if len(answers) != 2 {
		t.Fatalf("%d answer links", len(answers))
	}
	hospital := v.another().open(answers[0])
	if strings.Contains(hospital.words(), "Worn right knee") {
		t.Error("the request is shown before it was opened")
	}
	hospital.send("Open the request", nil).says("Worn right knee, घुटने में दर्द since 2023.", "1 person")
	if words := hospital.words(); strings.Contains(words, "Asha") || strings.Contains(words, "asha@") {
		t.Error("the hospital sees who the patient is before the quote is accepted")
	}
	hospital.follow("Write to the patient").send("Send", url.Values{"message": {"Can you send an X-ray?"}})
	v.open("/enquiry/track/"+code).says("Can you send an X-ray?", "The hospital needs more from you")
	v.follow("Answer the hospital").send("Send", url.Values{"message": {"No, sorry."}}).at("/enquiry/track/" + code).says("No, sorry.")
	v.quoted(answers[0], goodQuote)
	v.quoted(answers[1], changed(url.Values{"excludes": {"Flights and hotel."}}))
	v.open("/enquiry/track/"+code).follow("Compare 2 quotes").says("₹4,50,000", "Flights and hotel.", "differs", "Blood, a unit: not known")
	v.open("/enquiry/track/"+code).follow("Read the quote").says("What you must pay", "Included for 30 days", "Newest version, in date")
	v.follow("Accept the quote").says("sees your name").send("Accept this quote", nil).at("/enquiry/track/"+code).says("Quote accepted", "You accepted the quote")
	if words := hospital.open(answers[0]).words(); !strings.Contains(words, "Asha Patel") {
		t.Error("the accepted hospital does not see how to reach the patient")
	}
	hospital.another().open(answers[1]).says("This request has ended")
	if v.doc.Find(".cc-demo").Length() == 0 || v.header.Get("Cache-Control") != "no-store" {
		t.Errorf("Cache-Control %q", v.header.Get("Cache-Control"))
	}
}

func TestAnEnquirySentTwiceIsOne(t *testing.T) {
	t.Parallel()
	v := visit(t, alone(t)).sent(sampleA)
	first := text(v.doc.Find(".cc-done__code"))
	if again := text(v.post("/enquiry/check", nil).at("/enquiry/sent").doc.Find(".cc-done__code")); again != first || first == "" {
		t.Errorf("%q and %q", first, again)
	}
	v.open("/enquiry/treatment").at("/enquiry/sent")
}

func TestAnyStepCanBeLeftAndResumed(t *testing.T) {
	t.Parallel()
	v := visit(t, alone(t))
	v.open("/enquiry/start?h="+sampleA).send("Start now", nil).send("Continue", nil).send("Save and continue", url.Values{"problem": {problem}, "treatment": {"cabg"}}).at("/enquiry/doctor")
	v.open("/").open("/enquiry/start").says("You have an unfinished enquiry").follow("Continue your enquiry").at("/enquiry/doctor")
	if got := v.open("/enquiry/treatment").doc.Find("textarea").Text(); got != problem {
		t.Errorf("kept %q", got)
	}
	if got := v.doc.Find("select option[selected]").AttrOr("value", ""); got != "cabg" {
		t.Errorf("kept %q", got)
	}
	v.another().open("/enquiry/treatment").at("/enquiry/start")
}

func TestEveryStepRefusesWhatItCannotUse(t *testing.T) {
	t.Parallel()
	v := visit(t, alone(t)).toConsent(sampleA)
	for _, c := range []struct {
		step   string
		fill   url.Values
		fields []string
	}{
		{"treatment", url.Values{"problem": {" "}}, []string{"problem"}},
		{"treatment", url.Values{"problem": {strings.Repeat("ध", 1001)}}, []string{"problem"}},
		{"treatment", url.Values{"problem": {"pain\x07"}}, []string{"problem"}},
		{"treatment", url.Values{"treatment": {"no-such"}}, []string{"treatment"}},
		{"doctor", url.Values{"doctor": {"perhaps"}}, []string{"doctor"}},
		{"dates", url.Values{"earliest_day": {"31"}, "earliest_month": {"2"}}, []string{"earliest"}},
		{"dates", url.Values{"earliest_day": {""}, "earliest_month": {""}, "earliest_year": {""}}, []string{"earliest"}},
		{"dates", url.Values{"latest_year": {"2026"}}, []string{"latest"}},
		{"travel", url.Values{"for": {""}, "companions": {"9"}}, []string{"for", "companions"}},
		{"contact", url.Values{"name": {""}, "email": {"asha"}, "phone": {"12"}, "by": {""}, "when": {"night"}}, []string{"name", "email", "phone", "by", "when"}},
		{"consent", url.Values{"send": {"someone-else"}}, []string{"send"}},
	} {
		v.open("/enquiry/"+c.step).send("Save and continue", c.fill).refused(c.fields...)
		if got := v.doc.Find("form[method=post] input[type=text][name=name]").AttrOr("value", "x"); c.step == "contact" && got != "" {
			t.Errorf("name is %q", got)
		}
	}
	if got := v.open("/enquiry/treatment").doc.Find("textarea").Text(); got != problem {
		t.Errorf("a refused answer was stored: %q", got)
	}
	v.open("/enquiry/nonsense")
	if v.status != http.StatusNotFound {
		t.Errorf("unknown step: %d", v.status)
	}
}

func TestARefusedAnswerIsShownAgainAsTyped(t *testing.T) {
	t.Parallel()
	v := visit(t, alone(t)).toConsent(sampleA)
	v.open("/enquiry/contact").send("Save and continue", url.Values{"name": {"<b>Zoë & 渡辺</b>"}, "email": {"nobody"}}).refused("email")
	if got := v.doc.Find("#name").AttrOr("value", ""); got != "<b>Zoë & 渡辺</b>" {
		t.Errorf("%q", got)
	}
	if got := v.doc.Find("#email").AttrOr("value", ""); got != "nobody" {
		t.Errorf("%q", got)
	}
}

// otherSample is a second invented hospital.
func otherSample(t *testing.T, s *site) string {
	t.Helper()
	found := ""
	s.page(t, "/hospitals?include_unconfirmed=1&treatment=total-knee-replacement&sort=price").Find("#results article").Each(func(_ int, a *goquery.Selection) {
		slug := strings.TrimPrefix(a.Find("h3 a").AttrOr("href", ""), "/hospitals/")
		if slug != sampleA && strings.Contains(text(a), "Sample, not a real hospital") {
			found = slug
		}
	})
	if found == "" {
		t.Fatal("no second sample hospital")
	}
	return found
}

func TestAnEnquiryThatReachedNoHospitalIsNotCalledSent(t *testing.T) {
	t.Parallel()
	v := visit(t, alone(t)).toConsent(medanta)
	v.send("Save and continue", url.Values{"send": {medanta}}).send("Send my enquiry", nil).at("/enquiry/sent")
	v.says("Enquiry kept, not sent to a hospital yet", "You can ask another hospital")
	if words := v.words(); strings.Contains(words, "Enquiry sent") || strings.Contains(words, "Read the quote here") {
		t.Errorf("said to be sent: %s", words)
	}
}
