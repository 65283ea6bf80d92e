package handlers_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"carecorridor/auth"
	"carecorridor/internal/files"
	"carecorridor/internal/when"
	"carecorridor/referral"
	"carecorridor/referral/discharge"
	"carecorridor/views/ui"
)

func TestAHospitalOpensReadsAndAsksWhileItsTimeStandsStill(t *testing.T) {
	t.Parallel()
	w := alone(t).walk(t)
	id := w.to(referral.WithProviders)
	ref := w.reference(id)
	at := "/portal/referrals/" + ref
	v := w.s.as(t, auth.ProviderEditor).open("/portal/referrals").says(ref, "New, not opened", "Total knee replacement")
	if strings.Contains(v.words(), "Meena") {
		t.Error("the worklist shows a name before acceptance")
	}
	v.follow(ref).says("It is not opened yet", "your name and the time are recorded")
	if strings.Contains(v.words(), "Crepitus") {
		t.Error("an unopened referral shows the record")
	}
	v.send("Open the referral", nil).at(at+"?done=open").says("Crepitus, bends to 95 degrees", "Opened by Vikram Iyer (sample)", "Looking at this page is recorded")
	for _, secret := range []string{"Meena", "Sample Street", "999 000", "patient0@", "Ashworth"} {
		if strings.Contains(v.words(), secret) {
			t.Errorf("before acceptance the hospital reads %q", secret)
		}
	}
	if v.doc.Find(".cc-watermark[aria-hidden=true] svg text").Length() == 0 {
		t.Error("there is no watermark")
	}
	v.follow("Ask a question").send("Send the question", nil).refused("text")
	v.send("Send the question", url.Values{"text": {"Which knee is it?"}}).at(at+"?done=ask").says("Your question is open", "Stands still")
	v.open(at + "/messages").says("Which knee is it?")
	if got := w.look(id).Hospitals[0]; got.Response != referral.InfoRequested {
		t.Errorf("response %q", got.Response)
	}
}

func TestAnotherHospitalAndAWithdrawnConsentFindNothing(t *testing.T) {
	t.Parallel()
	w := alone(t).walk(t)
	id := w.to(referral.WithProviders)
	at := "/portal/referrals/" + w.reference(id)
	own := w.s.as(t, auth.ProviderClinician).open(at).send("Open the referral", nil)
	other := w.s.asOther(t, auth.ProviderClinician)
	for n, path := range []string{at, at + "/messages", at + "/offer", at + "/discharge", at + "/letter", at + "/do/ask"} {
		if other.open(path); other.status != http.StatusNotFound {
			t.Errorf("another hospital at %s: %d", path, other.status)
		}
		if got := w.trail(id, "referral.refused"); got != n+1 {
			t.Errorf("%s: %d rows of refusals", path, got)
		}
	}
	if other.post(at+"/do/ask", url.Values{"text": {"x"}, "version": {"1"}}); other.status != http.StatusNotFound {
		t.Errorf("another hospital asks: %d", other.status)
	}
	own.open(at).says("Crepitus")
	w.patientDoes(id, referral.SuspendConsent, referral.Input{})
	if own.open(at); own.status != http.StatusForbidden || strings.Contains(own.words(), "Crepitus") {
		t.Errorf("paused: %d", own.status)
	}
	own.says("The patient has paused sharing")
	w.patientDoes(id, referral.ResumeConsent, referral.Input{})
	w.patientDoes(id, referral.WithdrawHospital, referral.Input{Provider: w.look(id).Hospitals[0].ID})
	if own.open(at); own.status != http.StatusNotFound {
		t.Errorf("withdrawn: %d", own.status)
	}
	own.open("/portal/referrals?show=all").says("Confirm that your copies are deleted").follow(w.reference(id)).send("All our copies are deleted", nil).says("The deletion is confirmed")
	if own.open(at + "/deleted"); own.status != http.StatusNotFound {
		t.Errorf("asked again: %d", own.status)
	}
}

// offered are the fields of a whole quote.
func (s *site) offered() url.Values {
	until := when.DateOf(s.clock.Now()).AddDays(60)
	return url.Values{"text": {"A replacement of the right knee is suitable."}, "currency": {"GBP"}, "label": {"Operation", "Room, 5 nights", "Intensive care"}, "kind": {"mandatory", "mandatory", "may_come_on_top"}, "amount": {"4,500", "950", ""}, "total": {"5,450"},
		"valid_until_day": {strconv.Itoa(until.Day)}, "valid_until_month": {strconv.Itoa(int(until.Month))}, "valid_until_year": {strconv.Itoa(until.Year)}, "includes": {"room", "surgeon"}, "excludes": {"Flights and visa."}, "family": {"joint_replacement"},
		"anaesthesia": {"regional"}, "stay_nights": {"5"}, "earliest_flight_days": {"14"}, "days_in_india": {"21"}, "assessed_at": {"by video"}, "assessed_when": {"any weekday"}, "complications": {"included_30d"}, "complications_text": {"Treated without a charge."},
		"refund": {"Everything until admission."}, "by_role": {"Orthopaedic surgeon"}, "by_registration": {"TNMC 12345"}, "no_commission": {"yes"}}
}

func TestAClinicianSignsAnOpinionWithAWholeQuoteAndAnEditorDoesNot(t *testing.T) {
	t.Parallel()
	w := alone(t).walk(t)
	id := w.to(referral.WithProviders)
	at := "/portal/referrals/" + w.reference(id)
	editor := w.s.as(t, auth.ProviderEditor).open(at).send("Open the referral", nil)
	if strings.Contains(editor.words(), "Give an opinion") || strings.Contains(editor.words(), "Decline") {
		t.Error("an editor is offered what a clinician does")
	}
	for _, path := range []string{at + "/offer", at + "/do/decline"} {
		if editor.post(path, w.s.offered()); editor.status != http.StatusForbidden && editor.status != http.StatusConflict {
			t.Errorf("an editor at %s: %d", path, editor.status)
		}
	}
	v := w.s.as(t, auth.ProviderClinician).open(at).follow("Give an opinion and a quote")
	v.send("Preview it as the patient reads it", url.Values{"label": {"Operation"}, "kind": {"mandatory"}, "amount": {"x"}}).refused("text", "row-0-amount", "excludes")
	form := w.s.offered()
	form.Set("total", "5,400")
	v.send("Work out the total", form).says("The charges that must be paid add up to £5,450, but the total is £5,400. Make them the same.")
	v.send("Preview it as the patient reads it", nil).refused("total")
	v.send("Preview it as the patient reads it", url.Values{"total": {"5,450"}}).says("What the patient will read", "Total £5,450", "A replacement of the right knee is suitable.", "Not known")
	v.send("Go back and change it", nil).says("The total is the same")
	v.send("Preview it as the patient reads it", nil).send("Sign and give it to the patient", nil).at(at+"?done=offer").says("Offer given", "Version 1", "Newest, in date", "Signed by")
	if got := w.look(id); got.State != referral.Deciding || got.Hospitals[0].Newest().Quote.TotalMinor != 545000 {
		t.Errorf("%s %+v", got.State, got.Hospitals[0].Newest())
	}
	v.follow("Give a newer opinion and quote").says("Version 1 was given on", "The total is the same")
	form = w.s.offered()
	form.Set("total", "5,500")
	form["amount"] = []string{"4,550", "950", ""}
	v.send("Preview it as the patient reads it", form).send("Sign and give it to the patient", nil).says("Version 2", "Version 1").follow("Version 1").says("Replaced", "£5,450")
}

// live asks for the total as the page does while somebody writes: a part of the page, and nothing is kept.
func TestTheTotalIsWorkedOutWhileItIsWritten(t *testing.T) {
	t.Parallel()
	w := alone(t).walk(t)
	id := w.to(referral.WithProviders)
	at := "/portal/referrals/" + w.reference(id)
	v := w.s.as(t, auth.ProviderClinician).open(at).send("Open the referral", nil)
	form := w.s.offered()
	form.Set("do", "sum")
	r, err := http.NewRequest(http.MethodPost, v.base+at+"/offer", strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{"Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true", "HX-Request-Type": "partial", "Sec-Fetch-Site": "same-origin"} {
		r.Header.Set(name, value)
	}
	answer, err := v.client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != 200 || !bytes.Contains(body, []byte("add up to £5,450. The total is the same.")) || bytes.Contains(body, []byte("<html")) {
		t.Errorf("%d %v: %.300s", answer.StatusCode, err, body)
	}
	if offers := w.look(id).Hospitals[0].Offers; len(offers) != 0 {
		t.Errorf("%d offers", len(offers))
	}
}

func TestAHospitalDeclinesWithACodedReasonAndDeletesItsCopies(t *testing.T) {
	t.Parallel()
	w := alone(t).walk(t)
	id := w.to(referral.WithProviders)
	at := "/portal/referrals/" + w.reference(id)
	v := w.s.as(t, auth.ProviderClinician).open(at).send("Open the referral", nil).follow("Decline").send("Decline the referral", url.Values{"reason": {"no_capacity"}}).refused("comment")
	form := fieldsOf(v.doc.Find("main form").First())
	form.Set("comment", "No place in this time.")
	v.send("Decline the referral", form).at(at+"/deleted?done=decline").says("Declined. Delete your copies", "All our copies are deleted")
	v.post(at+"/do/decline", form).at(at + "/deleted?done=decline")
	got, err := w.Look(t.Context(), w.Coordinator, id)
	if err != nil || got.State != referral.Closed || got.Ending != referral.EndDeclined {
		t.Errorf("%s %s %v", got.State, got.Ending, err)
	}
	v.open("/portal/referrals?show=all").says("Confirm that your copies are deleted")
}

func TestMessagesHoldNoContactDetailsBeforeAcceptanceAndPaymentIsFlagged(t *testing.T) {
	t.Parallel()
	w := alone(t).walk(t)
	id := w.to(referral.WithProviders)
	at := "/portal/referrals/" + w.reference(id)
	v := w.s.as(t, auth.ProviderEditor).open(at).send("Open the referral", nil).follow("Read and write messages")
	v.send("Send message to the patient and the referrer", url.Values{"text": {"Write to desk@hospital.example"}}).refused("text")
	if got := v.doc.Find("#text").Text(); !strings.Contains(got, "desk@hospital.example") {
		t.Errorf("typed words are lost: %q", got)
	}
	v.send("Send message to the patient and the referrer", url.Values{"text": {"Please send the deposit by bank transfer."}}).at(at + "/messages?done=message").says("Please send the deposit")
	w.s.as(t, auth.Coordinator).open("/desk/referrals/"+w.reference(id)+"/messages").says("Please send the deposit", "This speaks of payment or a bank account")
}

func day(v url.Values, name string, d when.Date) {
	v.Set(name+"-day", strconv.Itoa(d.Day))
	v.Set(name+"-month", strconv.Itoa(int(d.Month)))
	v.Set(name+"-year", strconv.Itoa(d.Year))
}

func TestDatesLetterAndConditionsUpToTheJourney(t *testing.T) {
	t.Parallel()
	w := alone(t).walk(t)
	id := w.to(referral.ReadyToTravel)
	at := "/portal/referrals/" + w.reference(id)
	v := w.s.as(t, auth.ProviderEditor).open(at).says("SAMPLE, Meena", "Ready to travel", "Confirmed by the patient", "The hospital is still eligible", "The hospital has reviewed the test results", "Valid", "Can be taken back untilThe end of")
	if strings.Contains(v.words(), "G8") {
		t.Error("codes of the conditions are shown")
	}
	old := w.look(id).Letter.Number
	v.says(old)
	w.s.as(t, auth.Coordinator).open("/desk/referrals/"+w.reference(id)).says(old, "Revoke the visa invitation letter")
	answer, err := v.client.Get(v.base + at + "/letter.pdf")
	if err != nil {
		t.Fatal(err)
	}
	pdf, err := io.ReadAll(answer.Body)
	answer.Body.Close()
	if err != nil || answer.StatusCode != 200 || !bytes.HasPrefix(pdf, []byte("%PDF-")) || answer.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%d %v %.20s %s", answer.StatusCode, err, pdf, answer.Header.Get("Cache-Control"))
	}
	v.open(at+"/letter").says("Letter "+old+" is valid now", "What this site fills in").send("Issue the letter", url.Values{"treatment": {""}}).refused("treatment")
	v.send("Issue the letter", url.Values{"treatment": {"Replacement of the right knee"}, "attendant": {"Alan Sample", ""}, "attendant_passport": {"990000002", ""}, "attendant_relation": {"Husband", ""}}).at(at + "?done=issue_letter")
	fresh := w.look(id).Letter.Number
	if fresh == old {
		t.Error("the number is the old one")
	}
	for number, want := range map[string]bool{old: false, fresh: true} {
		if ok, err := w.LetterValid(context.Background(), number); ok != want || err != nil {
			t.Errorf("%s valid: %v %v", number, ok, err)
		}
	}
	v.follow("Revoke the visa invitation letter").send("Revoke the letter", url.Values{"text": {"The dates change."}}).says("Revoked", "Accepted, dates and conditions")
	if v.open(at + "/letter.pdf"); v.status != http.StatusNotFound {
		t.Errorf("a revoked letter: %d", v.status)
	}
	v.open(at+"/letter").send("Issue the letter", url.Values{"treatment": {"Replacement of the right knee"}}).says("Ready to travel")
	v.open(at).follow("Postpone the journey").send("Postpone", url.Values{"text": {"The surgeon is ill."}}).says("The journey is postponed", "Accepted, dates and conditions")
	day0, form := w.Today(), url.Values{"text": {"Dr Sample Rao"}}
	day(form, "arrive", day0.AddDays(20))
	day(form, "admit", day0.AddDays(10))
	day(form, "leave", day0.AddDays(40))
	v.follow("Propose dates").send("Propose these dates", form).refused("admit")
	day(form, "admit", day0.AddDays(21))
	v.send("Propose these dates", form).at(at + "?done=propose_dates")
}

func TestAdmissionTreatmentAndAWholePackageSignedByTheClinician(t *testing.T) {
	t.Parallel()
	w := alone(t).walk(t)
	w.s.referrals.Scanner = clean{}
	id := w.to(referral.ReadyToTravel)
	at := "/portal/referrals/" + w.reference(id)
	w.Pass(30 * 24 * time.Hour)
	admitted, form := w.Today(), url.Values{"hospital_number": {"MRN-1"}}
	day(form, "on", admitted)
	editor := w.s.as(t, auth.ProviderEditor).open(at).follow("Record the admission").send("Record the admission", form).refused(ui.IDOf("form_iii_filed"))
	form.Set("form_iii_filed", "yes")
	editor.send("Record the admission", form).at(at + "?done=admit").says("In hospital")
	w.Pass(24 * time.Hour)
	form = url.Values{"done": {"yes"}}
	day(form, "on", w.Today())
	w.s.as(t, auth.ProviderEditor).open(at).follow("Record the treatment").send("Record it", form).at(at + "?done=treat").says("Treated, discharge package due")
	operated := w.Today()
	w.Pass(5 * 24 * time.Hour)
	w.writePackage(w.s.as(t, auth.ProviderEditor), at, admitted, operated)
	v := w.s.as(t, auth.ProviderEditor).open(at + "/discharge").says("Item 3, responsible clinician: the registration of the clinician has not been checked")
	if v.post(at+"/discharge", url.Values{"version": {"1"}}); v.status != http.StatusForbidden {
		t.Errorf("an editor signs: %d", v.status)
	}
	clinician := w.s.as(t, auth.ProviderClinician).open(at+"/discharge").says("Nothing is missing", "You sign as Dr Leela Rao")
	clinician.send("Sign and send the package", nil).at(at+"?done=discharge").says("Aftercare", "Overseas-care alert until", "Total replacement of the right knee", "Results to come", "Histology, Dr Sample Rao")
	if got := w.look(id); got.State != referral.Aftercare || got.Alert == nil || len(got.Aftercare) == 0 {
		t.Errorf("%s %v %d", got.State, got.Alert, len(got.Aftercare))
	}
	if clinician.open(at + "/discharge"); clinician.status != http.StatusConflict {
		t.Errorf("the editor after signing: %d", clinician.status)
	}
}

// clean is a scanner that finds nothing: a copy goes with a package only when it was scanned.
type clean struct{}

// Scan finds nothing.
func (clean) Scan(context.Context, []byte) (files.Scan, error) { return files.Safe, nil }

// addsCopy sends one document of the hospital's own.
func (v *visitor) addsCopy(path string, f file) *visitor {
	v.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	err := w.WriteField("kind", "other")
	part, no := w.CreateFormFile("file", f.name)
	if no == nil {
		_, no = part.Write(f.content)
	}
	if err = errors.Join(err, no, w.Close()); err != nil {
		v.t.Fatal(err)
	}
	return v.read(v.client.Post(v.base+path, w.FormDataContentType(), &body))
}

// writePackage fills every page of the editor.
func (w *walking) writePackage(v *visitor, at string, admitted, operated when.Date) {
	w.t.Helper()
	out := w.Today()
	v.open(at+"/discharge").says("What is still missing", "Item 9, antibiotics: enter the antibiotics, or that none were given")
	page := func(slug string, form url.Values) {
		w.t.Helper()
		v.open(at+"/discharge/"+slug).send("Save and see what is missing", form)
		if v.path != at+"/discharge?done=prepare_discharge" {
			w.t.Fatalf("%s: at %s with status %d:\n%.900s", slug, v.path, v.status, v.words())
		}
	}
	form := url.Values{"stay.ward": {"Orthopaedic ward"}, "stay.destination": {"Hotel"}, "clinician.name": {"Dr Leela Rao"}, "clinician.council": {"TNMC"}, "clinician.number": {"12345"}, "clinician.phone": {"+914400000000"}, "clinician.email": {"ward@sample.example"}}
	day(form, "stay.discharged", out)
	page("stay", form)
	form = url.Values{"family": {"joint_replacement"}, "implanted": {"yes"}, "diagnoses.0.text": {"Osteoarthritis of the right knee"}, "procedures.0.name.text": {"Total replacement of the right knee"}, "procedures.0.surgeon": {"Dr Leela Rao"}, "procedures.0.anaesthesia": {"Spinal"},
		"procedures.0.findings": {"Worn cartilage"}, "procedures.0.complications": {"None"}, "implants.0.maker": {"Sample Implants"}, "implants.0.model": {"Knee 1"}, "implants.0.lot": {"L-1"}, "implants.0.udi": {"(01)0"}, "implants.0.mri": {"conditional"}, "implants.0.card": {"yes"}}
	day(form, "procedures.0.on", operated)
	page("treatment", form)
	v.says("select the side of procedure 1").follow("Item 5, procedures: select the side").says("Error: Item 5") // the fields with problems are marked
	page("treatment", url.Values{"procedures.0.side": {"right"}})
	v.open(at+"/discharge/results").send("Add another result", url.Values{"results.0.name": {"Full blood count"}, "results.0.final": {"yes"}, "results.0.words": {"Haemoglobin 118 g/L"}}).says("Result 2")
	form = url.Values{"results.1.name": {"Histology"}, "results.1.owner": {"Dr Sample Rao"}}
	day(form, "results.1.by", out.AddDays(14))
	v.send("Save and see what is missing", form)
	form = url.Values{"no_known_allergies": {"yes"}, "antibiotics.0.agent": {"Cefuroxime"}, "antibiotics.0.indication": {"Prevention"}, "antibiotics.0.culture": {"not taken"}, "medicines.0.drug": {"Paracetamol"}, "medicines.0.dose": {"1 g"}, "medicines.0.route": {"by mouth"},
		"medicines.0.frequency": {"4 times a day"}, "medicines.0.form": {"tablet"}, "medicines.0.duration": {"14 days"}, "medicines.0.indication": {"Pain"}, "medicines.0.change": {"started"}, "medicines.0.why": {"Pain"}, "medicines.0.uk_equivalent": {"Paracetamol 500 mg"}}
	day(form, "antibiotics.0.from", operated)
	day(form, "antibiotics.0.to", operated)
	page("medicines", form)
	form = url.Values{"transfused": {"no"}, "wound.state": {"Clean"}, "wound.remains": {"nothing"}, "clots.plan": {"Tablets"}, "clots.anticoagulant": {"none"}, "flight.conditions": {"Aisle seat"}, "flight.medif": {"yes"}, "red_flags.signs": {"Fever"}, "red_flags.do": {"Call 111"}, "red_flags.phone": {"+914400000000"},
		"follow_ups.0.what": {"Full blood count"}, "follow_ups.0.ordered_by": {"Sample Clinic"}, "follow_ups.0.paid_by": {"Patient"}}
	day(form, "flight.earliest", operated.AddDays(14))
	day(form, "follow_ups.0.on", out.AddDays(14))
	page("home", form)
	form = url.Values{"infection.overnight": {"yes"}, "infection.units": {"ward", "theatre"}, "infection.devices": {"Cannula in a vein"}, "infection.tested": {"no"}, "infection.isolated": {"no"}, "infection.elsewhere": {"no"}}
	day(form, "infection.facility.admitted", admitted)
	day(form, "infection.facility.discharged", out)
	page("infection", form)
	v.open(at + "/discharge/copies")
	v.addsCopy(at+"/files", file{"operation-note.pdf", []byte("%PDF-1.4\n%%EOF\n")}).says("operation-note.pdf")
	hash := v.doc.Find("select[name='copies.operation_note'] option").FilterFunction(func(_ int, o *goquery.Selection) bool { return text(o) == "operation-note.pdf" }).AttrOr("value", "")
	page("copies", url.Values{"copies.operation_note": {hash}, "copy_given": {"yes"}, "copy_signed": {"yes"}})
	form = url.Values{}
	for _, item := range discharge.Template(discharge.Joint) {
		for name, value := range map[string]string{"provider": "Sample Clinic", "where": "Leicester", "cost": "included", "paid_by": "Patient"} {
			form.Set("items."+item.Code+"."+name, value)
		}
	}
	v.open(at + "/discharge").says("Nobody is named for: Wound check")
	page("aftercare", form)
}

func TestTheHospitalAnswersAComplicationAndTheReviewerSettlesIt(t *testing.T) {
	t.Parallel()
	w := alone(t).walk(t)
	id := w.to(referral.Aftercare)
	ref := w.reference(id)
	w.patientDoes(id, referral.ReportComplication, referral.Input{Severity: discharge.Worrying, Text: "The wound is red."})
	v := w.s.as(t, auth.ProviderClinician).open("/portal/referrals?show=home").says("Hospital answers a complication").follow(ref).says("The wound is red.", "Waits for the hospital")
	v.follow("Answer about a complication").send("Send the answer", url.Values{"text": {"Send a photo and see your GP today."}}).says("Answered, waits for review")
	desk := "/desk/referrals/" + ref
	if c := w.s.as(t, auth.Coordinator).post(desk+"/do/review_complication", url.Values{"text": {"x"}}); c.status != http.StatusForbidden {
		t.Errorf("a coordinator reviews: %d", c.status)
	}
	w.s.as(t, auth.SafetyReviewer).open(desk).follow("Review the complications").send("Save the review", url.Values{"text": {"Treated in time."}}).says("Reviewed")
	c := w.s.as(t, auth.Coordinator).open(desk+"/handback").says("Where the package goes").send("Save the address", url.Values{"to": {"gp"}, "address": {"nobody"}}).refused("address")
	c.send("Save the address", url.Values{"address": {"records@practice.example"}}).says("records@practice.example")
}
