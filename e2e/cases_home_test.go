//go:build e2e

package e2e

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/chromedp/chromedp"

	"carecorridor/internal/when"
	"carecorridor/referral/discharge"
)

// prepares: dates, passport, letter, conditions, and the 14 days to think again.
func (p *play) prepares() {
	p.t.Helper()
	p.is("Vikram Iyer")
	p.portal()
	p.follows("Propose dates")
	p.fits()
	day := when.DateOf(p.w.Now())
	answers := []referAnswer{{"text", "Dr Leela Rao"}}
	for name, d := range map[string]when.Date{"arrive": day.AddDays(45), "admit": day.AddDays(46), "leave": day.AddDays(66)} {
		answers = append(answers, dayAnswers(name, "-", d)...)
	}
	p.does("Propose these dates", answers...)
	p.patient()
	p.go1("/care/travel/dates")
	p.press("Agree to these dates")
	p.agrees() // for the passport
	p.go1("/care/travel/passport")
	p.does("Save", append(dayAnswers("expires", "_", day.AddDays(2000)), referAnswer{"number", "990000001"}, referAnswer{"by_mission", "no"})...)
	p.confirms()
	p.gates(day)
	p.is("Vikram Iyer")
	p.portal("letter")
	p.does("Issue the letter", referAnswer{"hospital_address", "1 Beach Road"}, referAnswer{"hospital_number", "Sample 1"}, referAnswer{"doctor_council", "Sample Medical Council"}, referAnswer{"contact_name", "International desk"}, referAnswer{"contact_phone", "+91 44 0000 0000"},
		referAnswer{"contact_email", "desk@sample.example"})
	p.follows("Public page of the letter")
	p.says("valid")
	p.fits()
	p.is("Dr Leela Rao")
	for _, answers := range [][]referAnswer{{{"gate", "G2"}, {"evidence.date", day.Long()}, {"evidence.clinician", "Dr Leela Rao"}, {"evidence.result", "Fit for the operation"}}, {{"gate", "G9"}, {"evidence.earliest_day", "14 days after"}, {"evidence.companion", "Husband"}, {"evidence.airline_form", "Needed"}}} {
		p.portal("do", "pass_gate")
		p.does("Save the evidence", append(answers, dayAnswers("on", "-", day)...)...)
	}
	p.w.pass(p.t, 16*oneDay)
	p.is("Ben Carter")
	p.desk("do", "pass_gate")
	p.does("Save the evidence", append([]referAnswer{{"evidence.register", "NABH portal"}, {"evidence.date", "today"}}, dayAnswers("on", "-", when.DateOf(p.w.Now()))...)...)
	p.says("Ready to travel")
}

// gates are the patient's own conditions.
func (p *play) gates(day when.Date) {
	p.t.Helper()
	for gate, answers := range map[string][]referAnswer{
		"G1": append(dayAnswers("evidence.date", "_", day), []referAnswer{{"evidence.clinician", "Dr Leela Rao"}, {"evidence.language", "English"}, {"evidence.interpreter", "no"}}...),
		"G3": {{"evidence.who_does_what_in_the_UK", "A private clinic in Leicester"}, {"evidence.cost", "£400"}, {"evidence.who_pays_for_complications", "The hospital for 30 days"}}, "G4": nil,
		"G5": {{"evidence.insurer", "Sample Insurance"}, {"evidence.policy_covers_treatment", "yes"}, {"evidence.insurer_told", "yes"}}, "G6": {{"evidence.visa_class", "e-Medical visa"}, {"evidence.attendants", "1"}},
		"G7": append(dayAnswers("evidence.date", "_", day), referAnswer{"evidence.given_by", "Travel clinic"}),
	} {
		p.go1("/care/travel/check/" + gate)
		button := "Save"
		if gate == "G4" {
			button = "This is my decision"
		}
		p.does(button, answers...)
	}
}

// stays: admission, treatment, the whole package, signed.
func (p *play) stays() {
	p.t.Helper()
	p.w.pass(p.t, 30*oneDay)
	p.is("Vikram Iyer")
	p.portal("do", "admit")
	admitted := when.DateOf(p.w.Now())
	p.does("Record the admission", append(dayAnswers("on", "-", admitted), referAnswer{"hospital_number", "MRN-1"}, referAnswer{"form_iii_filed", "yes"})...)
	p.says("In hospital")
	p.w.pass(p.t, oneDay)
	p.is("Vikram Iyer")
	p.portal("do", "treat")
	operated := when.DateOf(p.w.Now())
	p.does("Record it", append(dayAnswers("on", "-", operated), referAnswer{"done", "yes"})...)
	p.w.pass(p.t, 5*oneDay)
	p.is("Dr Leela Rao")
	p.writes(admitted, operated)
	p.portal("discharge")
	if all := eval[string](p.t, p.recorder, `document.querySelector('.cc-missing ul')?.innerText ?? ''`); all != "" {
		p.t.Fatalf("still missing: %s", all)
	}
	p.says("Nothing is missing")
	p.press("Sign and send the package")
	p.says("Overseas-care alert until")
	p.portal()
}

// writes fills every page of the package.
func (p *play) writes(admitted, operated when.Date) {
	p.t.Helper()
	out := when.DateOf(p.w.Now())
	p.portal("discharge")
	p.says("What is still missing")
	page := func(slug string, answers ...referAnswer) {
		p.t.Helper()
		p.portal("discharge", slug)
		p.does("Save and see what is missing", answers...)
	}
	page("stay", append(dayAnswers("stay.discharged", "-", out), []referAnswer{{"stay.ward", "Orthopaedic ward"}, {"stay.destination", "Hotel"}, {"clinician.name", "Dr Sample Rao"}, {"clinician.council", "Sample Medical Council"}, {"clinician.number", "00000"}, {"clinician.phone", "+914400000000"}, {"clinician.email", "ward@sample.example"}}...)...)
	page("treatment", append(dayAnswers("procedures.0.on", "-", operated), []referAnswer{{"implanted", "yes"}, {"diagnoses.0.text", "Osteoarthritis of the right knee"}, {"procedures.0.name.text", "Total replacement of the right knee"}, {"procedures.0.side", "right"}, {"procedures.0.surgeon", "Dr Leela Rao"},
		{"procedures.0.anaesthesia", "Spinal"}, {"procedures.0.findings", "Worn cartilage"}, {"procedures.0.complications", "None"}, {"implants.0.maker", "Sample Implants"}, {"implants.0.model", "Knee 1"}, {"implants.0.lot", "L-1"}, {"implants.0.udi", "(01)0"}, {"implants.0.mri", "conditional"}, {"implants.0.card", "yes"}}...)...)
	page("results", append(dayAnswers("results.0.by", "-", out.AddDays(14)), []referAnswer{{"results.0.name", "Histology"}, {"results.0.owner", "Dr Leela Rao"}}...)...)
	page("medicines", append(append(dayAnswers("antibiotics.0.from", "-", operated), dayAnswers("antibiotics.0.to", "-", operated)...), []referAnswer{{"no_known_allergies", "yes"}, {"antibiotics.0.agent", "Cefuroxime"}, {"antibiotics.0.indication", "Prevention"}, {"antibiotics.0.culture", "not taken"},
		{"medicines.0.drug", "Paracetamol"}, {"medicines.0.dose", "1 g"}, {"medicines.0.route", "by mouth"}, {"medicines.0.frequency", "4 times a day"}, {"medicines.0.form", "tablet"}, {"medicines.0.duration", "14 days"}, {"medicines.0.indication", "Pain"}, {"medicines.0.change", "started"}, {"medicines.0.why", "Pain"},
		{"medicines.0.uk_equivalent", "Paracetamol 500 mg"}}...)...)
	page("home", append(append(dayAnswers("flight.earliest", "-", operated.AddDays(14)), dayAnswers("follow_ups.0.on", "-", out.AddDays(14))...), []referAnswer{{"transfused", "no"}, {"wound.state", "Clean"}, {"wound.remains", "nothing"}, {"clots.plan", "Tablets"}, {"clots.anticoagulant", "none"},
		{"flight.conditions", "Aisle seat"}, {"flight.medif", "yes"}, {"red_flags.signs", "Fever"}, {"red_flags.do", "Call 111"}, {"red_flags.phone", "+914400000000"}, {"follow_ups.0.what", "Full blood count"}, {"follow_ups.0.ordered_by", "Sample Clinic"}, {"follow_ups.0.paid_by", "Patient"}}...)...)
	page("infection", append(append(dayAnswers("infection.facility.admitted", "-", admitted), dayAnswers("infection.facility.discharged", "-", out)...), []referAnswer{{"infection.overnight", "yes"}, {"infection.units", "ward"}, {"infection.devices", "Cannula in a vein"}, {"infection.tested", "no"},
		{"infection.isolated", "no"}, {"infection.elsewhere", "no"}}...)...)
	p.portal("discharge", "copies")
	note := filepath.Join(p.t.TempDir(), "operation-note.pdf")
	must(p.t, os.WriteFile(note, []byte("%PDF-1.4\n%"+p.code+"\n%%EOF\n"), 0o600))
	must(p.t, chromedp.Do(p.ctx, chromedp.SetUploadFiles(chromedp.CSS(`#file`), []string{note})))
	p.press("Add the document")
	p.says("operation-note.pdf")
	eval[chromedp.Void](p.t, p.recorder, `(() => { const s = document.querySelector('select[name="copies.operation_note"]'); s.value = [...s.options].find(o => o.text === 'operation-note.pdf').value })()`)
	p.does("Save and see what is missing", referAnswer{"copy_given", "yes"}, referAnswer{"copy_signed", "yes"})
	var plan []referAnswer
	for _, item := range discharge.Template(discharge.Joint) {
		for name, value := range map[string]string{"provider": "Sample Clinic", "where": "Leicester", "cost": "included", "paid_by": "Patient"} {
			plan = append(plan, referAnswer{"items." + item.Code + "." + name, value})
		}
	}
	page("aftercare", plan...)
}

// comesHome: the patient and the GP have the package, a complication is answered and reviewed, the schedule is done, and the
// coordinator closes.
func (p *play) comesHome() {
	p.t.Helper()
	p.is("Ben Carter")
	p.desk("handback")
	p.does("Save the address", referAnswer{"to", "gp"}, referAnswer{"address", "records@practice.example"})
	p.patient()
	p.go1("/care/discharge")
	p.says("Total replacement of the right knee")
	p.fits()
	p.press("I have received it")
	p.go1("/care/card")
	p.says("I stayed overnight in a hospital in India")
	p.fits()
	p.go1("/care/problem")
	p.says("999")
	p.fits()
	p.recorder.answer(p.t, append(dayAnswers("since", "_", when.DateOf(p.w.Now())), referAnswer{"severity", "worrying"}, referAnswer{"what", "The wound is red."}))
	p.press("Tell the hospital and Care Corridor")
	p.is("Dr Leela Rao")
	p.portal("do", "reply_complication")
	p.does("Send the answer", referAnswer{"text", "Send a photo and see your GP today."})
	p.is("Dr Ruth Hughes")
	p.desk("do", "review_complication")
	p.does("Save the review", referAnswer{"text", "Treated in time."})
	p.withoutCookies(p.t)
	at, err := url.Parse(p.w.mailed(p.t, "records@practice.example", "https://example.org"))
	must(p.t, err)
	p.go1(at.Path)
	p.says("Overseas healthcare alert")
	p.fits()
	p.does("Acknowledge these papers", referAnswer{"by", "Dr Practice, GP"})
	for range discharge.Template(discharge.Joint) {
		p.w.pass(p.t, 30*oneDay)
		p.is("Vikram Iyer")
		p.go1("/portal/referrals/" + p.code + "/do/record_follow_up")
		eval[chromedp.Void](p.t, p.recorder, `document.querySelector('input[name=item]').checked = true`)
		p.press("Record it")
	}
	p.is("Ben Carter")
	p.desk()
	if eval[bool](p.t, p.recorder, `document.body.innerText.includes('Ask the patient how it went')`) {
		p.follows("Ask the patient how it went")
		p.press("Ask")
	}
	p.desk("do", "complete")
	p.press("Close the referral")
	p.says("Closed: completed")
	p.is("Helen Marsh")
	p.go1("/desk/access-log?reference=" + p.code)
	p.says("The hospital opened it")
	p.fits()
	for _, m := range p.w.all {
		for _, secret := range []string{"knee", "Meena", "Sample Hospital", "India", "surgery"} {
			if strings.Contains(strings.ToLower(m.Subject+m.Text), strings.ToLower(secret)) {
				p.t.Errorf("a mail to %s says %q:\n%s", m.To, secret, m.Text)
			}
		}
	}
}
