package servicetest

import (
	"slices"
	"strings"
	"testing"

	"carecorridor/auth"
	"carecorridor/internal/fault"
	"carecorridor/internal/files"
	"carecorridor/internal/testdb"
	"carecorridor/models"
	"carecorridor/referral"
	"carecorridor/referral/record"
	"carecorridor/referral/sample"
)

// refusals counts rows of the trail that say that somebody was turned away.
func (w *world) trail(id, action string) (n int) {
	w.t.Helper()
	page, err := w.store.AuditPage(ctx, models.AuditFilter{Subject: id, Action: action}, 1000)
	must(w.t, err)
	return len(page.Rows)
}

func TestAnotherOrganisationGetsNothingAndIsRecorded(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.WithProviders, 0)
		reference := w.look(w.Coordinator, id).Reference
		marina := w.row(id, "marina")
		kaveri := actorOf("owner-kaveri", "org-kaveri", auth.ProviderOwner)
		outsiders := []auth.Actor{w.otherReferrer, sample.PatientOf("another-referral", noon), actorOf("x", "org-nowhere", auth.ProviderOwner)}
		for i, who := range outsiders {
			for _, name := range []string{id, reference, strings.ToLower(reference)} {
				_, err := w.Look(ctx, who, name)
				wantKind(w.t, err, fault.Missing)
			}
			_, err := w.Do(ctx, w.fresh(who), id, referral.Message, referral.Input{Provider: marina.ID, Text: "Hello"})
			wantKind(w.t, err, fault.Missing)
			if got := w.trail(id, "referral.refused"); got != 4*(i+1) {
				w.t.Errorf("%s: %d rows of refusals", who.Role, got)
			}
		}
		if _, err := w.Look(ctx, w.otherReferrer, "CC-2222-22"); !fault.Is(err, fault.Missing) {
			w.t.Error(err)
		}
		if v := w.look(kaveri, id); len(v.Hospitals) != 1 {
			w.t.Errorf("kaveri sees %d hospitals", len(v.Hospitals))
		}
		list, err := w.Worklist(ctx, w.otherReferrer, referral.WorkFilter{})
		must(w.t, err)
		if list.Total != 0 || len(list.Rows) != 0 || len(list.Counts) != 0 {
			w.t.Errorf("%+v", list)
		}
	})
}

func TestAHospitalNeverLearnsOfAnotherOrOfWhoThePatientIs(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.WithProviders, 0)
		who := w.Hospitals[0].Desk
		w.do(who, id, referral.Open, referral.Input{})
		w.do(w.Hospitals[1].Desk, id, referral.Open, referral.Input{})
		w.do(w.Hospitals[1].Desk, id, referral.Ask, referral.Input{Text: "Which knee is it, please?"})
		v := w.look(who, id)
		if len(v.Hospitals) != 1 || v.Hospitals[0].Org != who.Org || v.Patient.Family != "" || v.Patient.Given != "" || v.Patient.Email != "" || v.Patient.NHSNumber != "" || v.Patient.Born.Known() ||
			v.Passport != nil || v.OrgName != "" || v.Preferences.Budget != "" || v.Clinical == nil || v.Age < 18 || v.Pathway != nil {
			w.t.Errorf("%+v", v)
		}
		for _, x := range v.Words {
			w.t.Errorf("reads words of another thread: %s", x.Event)
		}
		own := v.Hospitals[0].ID
		for _, e := range v.Timeline {
			if e.Hospital != "" && e.Hospital != own || strings.HasPrefix(string(e.Event), "give_consent") {
				w.t.Errorf("sees %s of %q", e.Event, e.Hospital)
			}
		}
		if len(v.Timeline) == 0 || len(v.Consents) == 0 {
			w.t.Errorf("sees %d events and %d consents of its own", len(v.Timeline), len(v.Consents))
		}
		for _, c := range v.Consents {
			if c.Hospital != own {
				w.t.Errorf("sees consent %s", c.Code)
			}
		}
		list, err := w.Worklist(ctx, who, referral.WorkFilter{})
		must(w.t, err)
		if len(list.Rows) != 1 || list.Rows[0].Name != "" || list.Rows[0].Treatment != "Knee replacement" || list.Rows[0].Clinician != "" {
			w.t.Errorf("%+v", list.Rows)
		}
	})
}

func TestAfterAcceptanceTheChosenHospitalSeesTheNameAndTheOthersNothing(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.Deciding, 0)
		for _, h := range w.Hospitals[1:] {
			if v := w.look(h.Desk, id); v.Patient.Family != "" {
				w.t.Error("declined, and sees the name")
			}
		}
		h := w.row(id, "marina")
		w.do(w.patient(id), id, referral.ReadOpinion, referral.Input{Provider: h.ID, Number: 1})
		w.do(w.patient(id), id, referral.ReadRisks, referral.Input{})
		w.do(w.patient(id), id, referral.Accept, referral.Input{Provider: h.ID, Number: 1})
		if v := w.look(w.Hospitals[0].Desk, id); v.Patient.Family != sample.Patient(0).Family || v.Patient.Email == "" || v.Passport != nil {
			w.t.Errorf("%+v", *v.Patient)
		}
	})
}

func TestConsentIsAskedAtEachReading(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.WithProviders, 0)
		who, other := w.Hospitals[0].Desk, w.Hospitals[1].Desk
		w.do(who, id, referral.Open, referral.Input{})
		w.do(w.patient(id), id, referral.SuspendConsent, referral.Input{})
		_, err := w.Look(ctx, who, id)
		wantKind(w.t, err, fault.Forbidden)
		w.do(w.patient(id), id, referral.ResumeConsent, referral.Input{})
		w.look(who, id)
		w.do(w.patient(id), id, referral.WithdrawHospital, referral.Input{Provider: w.row(id, "marina").ID})
		_, err = w.Look(ctx, who, id)
		wantKind(w.t, err, fault.Missing)
		w.look(other, id)
		list, err := w.Worklist(ctx, who, referral.WorkFilter{})
		must(w.t, err)
		if len(list.Rows) != 1 || !list.Rows[0].MustDelete || list.Rows[0].Treatment != "" || list.Rows[0].Age != -1 {
			w.t.Errorf("%+v", list.Rows)
		}
		done, err := w.Do(ctx, who, id, referral.ConfirmDeleted, referral.Input{})
		if err != nil || !done.OK() {
			w.t.Fatal(done, err)
		}
		list, err = w.Worklist(ctx, who, referral.WorkFilter{})
		must(w.t, err)
		if len(list.Rows) != 0 {
			w.t.Errorf("%+v", list.Rows)
		}
	})
}

func TestADocumentAddedAfterConsentIsNotSeenUntilItIsAgreedTo(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.WithProviders, 0)
		who := w.Hospitals[0].Desk
		w.do(who, id, referral.Open, referral.Input{})
		w.attach(w.patient(id), id, "later")
		if v := w.look(who, id); len(v.Files) != 0 {
			w.t.Fatalf("%+v", v.Files)
		}
		mine := w.look(w.patient(id), id)
		file := mine.Files[0].ID
		_, err := w.OpenFile(ctx, who, id, file)
		wantKind(w.t, err, fault.Missing)
		done, err := w.GiveConsents(ctx, w.patient(id), id, mine.Version, []referral.ConsentChoice{{Code: referral.C2, Hospital: mine.Hospitals[0].ID}, {Code: referral.C3, Hospital: mine.Hospitals[0].ID}}, "link")
		if err != nil || !done.OK() {
			w.t.Fatal(done, err)
		}
		got, err := w.OpenFile(ctx, who, id, file)
		if err != nil || !strings.HasSuffix(string(got.Content), "later") {
			w.t.Error(err)
		}
		_, err = w.OpenFile(ctx, w.Hospitals[1].Desk, id, file)
		wantKind(w.t, err, fault.Missing)
	})
}

func TestAnUnscannedDocumentOpensForItsSenderAlone(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.WithProviders, 0)
		w.scanner.say = ""
		w.attach(w.patient(id), id, "x-ray")
		file := w.look(w.patient(id), id).Files[0]
		if file.Scan != record.ScanPending || !file.MayOpen {
			w.t.Errorf("%+v", file)
		}
		if _, err := w.OpenFile(ctx, w.patient(id), id, file.ID); err != nil {
			w.t.Error(err)
		}
		for _, who := range []auth.Actor{w.Coordinator, w.Referrer, w.Safety} {
			_, err := w.OpenFile(ctx, who, id, file.ID)
			wantKind(w.t, err, fault.Forbidden)
		}
		done, err := w.Tend(ctx)
		if err != nil && done.Scanned != 0 {
			w.t.Error("judged while the scanner is away")
		}
		w.scanner.say = files.Safe
		if done, err := w.Tend(ctx); err != nil || done.Scanned != 1 {
			w.t.Error(done, err)
		}
		if _, err := w.OpenFile(ctx, w.Coordinator, id, file.ID); err != nil {
			w.t.Error(err)
		}
	})
}

func TestADocumentFoundUnsafeLaterIsClosedAndItsSenderTold(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.Draft, 0)
		w.scanner.say = ""
		w.attach(w.Referrer, id, "bad")
		w.scanner.say = files.Blocked
		if done, err := w.Tend(ctx); err != nil || done.Scanned != 1 {
			w.t.Fatal(done, err)
		}
		v := w.look(w.Referrer, id)
		if v.Files[0].Scan != record.ScanThreat || v.Files[0].MayOpen || !v.Files[0].MayRemove {
			w.t.Errorf("%+v", v.Files[0])
		}
		news, err := w.News(ctx, w.Referrer)
		if err != nil || len(news) != 0 { // Look has read them
			w.t.Error(news, err)
		}
		saved, err := w.Service.Attach(ctx, w.Referrer, id, "lab", "b.pdf", strings.NewReader(string(sample.Letter)+"again"))
		if err != nil || saved.Problems.On("files") == "" {
			w.t.Error(saved, err)
		}
	})
}

func TestAHospitalKnowsOfNoDocumentThatNoScannerHasFoundSafe(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.WithProviders, 0)
		w.scanner.say = ""
		w.attach(w.patient(id), id, "not looked at yet")
		row := w.row(id, "marina").ID
		done, err := w.GiveConsents(ctx, w.patient(id), id, w.look(w.patient(id), id).Version, []referral.ConsentChoice{{Code: referral.C2, Hospital: row}, {Code: referral.C3, Hospital: row}}, "link")
		if err != nil || !done.OK() {
			w.t.Fatal(done, err)
		}
		w.do(w.Hospitals[0].Desk, id, referral.Open, referral.Input{})
		before := len(w.look(w.Hospitals[0].Desk, id).Files)
		w.scanner.say = files.Safe
		if done, err := w.Tend(ctx); err != nil || done.Scanned != 1 {
			w.t.Fatal(done, err)
		}
		if after := len(w.look(w.Hospitals[0].Desk, id).Files); after != before+1 {
			w.t.Errorf("the hospital knows of %d documents, then of %d", before, after)
		}
	})
}

// secrets are words of the record that must be nowhere but sealed.
func secrets(n int) []string {
	p := sample.Patient(n)
	return []string{p.NHSNumber, p.Given, p.Email, p.Address, "Pain in the right knee", "Osteoarthritis", "Paracetamol", "patient" + "0@", "Which knee", "result.pdf", sample.Passport(n, sample.Patient(n).Born).Number}
}

func TestNothingOfAPatientIsReadableInTheDatabaseOrInMail(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.Aftercare, 0)
		w.attach(w.patient(id), id, "result")
		w.do(w.patient(id), id, referral.ReportComplication, referral.Input{Severity: "worrying", Text: "The wound on the right knee is red. Pain in the right knee."})
		w.deliver()
		for _, m := range w.mail.all {
			for _, s := range append(secrets(0), "Hospital", "knee", "marina", "wound") {
				if strings.Contains(m.Subject+m.Text, s) {
					w.t.Errorf("mail to %s says %q: %s", m.To, s, m.Text)
				}
			}
		}
		if len(w.mail.all) == 0 {
			w.t.Error("no mail at all")
		}
		for table, text := range testdb.Dump(w.t, w.url) {
			for _, s := range secrets(0) {
				if strings.Contains(text, s) && !(table == "providers" || table == "procedures") {
					w.t.Errorf("%s holds %q in clear", table, s)
				}
			}
		}
	})
}

func TestWhoLookedIsThePatientsToRead(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.WithProviders, 0)
		w.look(w.Hospitals[0].Desk, id)
		lines, err := w.WhoLooked(ctx, w.patient(id), id)
		must(w.t, err)
		seen := slices.IndexFunc(lines, func(l referral.Looked) bool {
			return l.What == "referral.view" && l.By == auth.ProviderOwner && l.Org == "Hospital marina" && l.Person == "Name of owner-marina"
		})
		if seen < 0 {
			w.t.Errorf("%+v", lines)
		}
		_, err = w.WhoLooked(ctx, sample.PatientOf("other", noon), id)
		wantKind(w.t, err, fault.Missing)
		_, err = w.WhoLooked(ctx, w.Coordinator, id)
		wantKind(w.t, err, fault.Forbidden)
		if _, err = w.WhoLooked(ctx, w.auditor, id); err != nil {
			w.t.Error(err)
		}
	})
}

func TestBreakGlassNeedsAReasonAndIsReported(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.Draft, 0)
		w.do(w.Referrer, id, referral.Void, referral.Input{Text: "The wrong patient."})
		_, err := w.Look(ctx, w.Safety, id)
		wantKind(w.t, err, fault.Forbidden)
		_, l, err := w.BreakGlass(ctx, w.Safety, id, "because")
		if err != nil || l.On("why") == "" {
			w.t.Error(l, err)
		}
		_, _, err = w.BreakGlass(ctx, w.Coordinator, id, "I would like to see what is in there.")
		wantKind(w.t, err, fault.Forbidden)
		v, l, err := w.BreakGlass(ctx, w.Safety, id, "The patient phoned and says that they are unwell.")
		if err != nil || !l.OK() || v.Patient == nil {
			w.t.Error(l, err)
		}
		news, err := w.News(ctx, w.administrator)
		if err != nil || !slices.ContainsFunc(news, func(n referral.News) bool { return n.Key == "break_glass" }) || w.trail(id, "referral.breakglass") != 1 {
			w.t.Error(news, err)
		}
	})
}

// An end does not end what a patient may take back: pausing and each consent that is theirs to end work on.
func TestConsentCanBeTakenBackAfterTheEnd(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.Closed, 0)
		h := w.Hospitals[0].Desk
		if v := w.look(h, id); v.Clinical == nil {
			w.t.Fatal("the hospital reads nothing to begin with")
		}
		w.do(w.patient(id), id, referral.SuspendConsent, referral.Input{})
		_, err := w.Look(ctx, h, id)
		wantKind(w.t, err, fault.Forbidden)
		w.do(w.patient(id), id, referral.ResumeConsent, referral.Input{})
		w.look(h, id)
		for _, code := range []referral.ConsentCode{referral.C4, referral.C5} {
			w.do(w.patient(id), id, referral.WithdrawConsent, referral.Input{Consent: code})
		}
		for _, c := range w.look(w.patient(id), id).Consents {
			if c.InForce && (c.Code == referral.C4 || c.Code == referral.C5) {
				w.t.Errorf("%s is in force", c.Code)
			}
		}
		if v := w.look(w.patient(id), id); v.State != referral.Closed || v.Ending != referral.EndCompleted {
			w.t.Errorf("%s, %s", v.State, v.Ending)
		}
	})
}

// A draft was sent to nobody and no consent covers it: not even with a reason does the desk open it.
func TestNoReasonOpensADraft(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.Draft, 0)
		_, _, err := w.BreakGlass(ctx, w.Safety, id, "The patient phoned and says that they are unwell.")
		wantKind(w.t, err, fault.Missing)
		if w.trail(id, "referral.breakglass") != 0 || w.trail(id, "referral.refused") != 1 {
			w.t.Error("the try is not kept as refused")
		}
	})
}

// During a pause nothing new is sent to the GP: neither reminders nor the papers to an address that comes now.
func TestDuringAPauseNothingIsSentToTheGP(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.Aftercare, 0)
		const gp = "records@practice.example"
		w.do(w.patient(id), id, referral.SuspendConsent, referral.Input{})
		if l, err := w.SetHandback(ctx, w.Coordinator, id, "gp", gp); err != nil || l.On("address") == "" {
			w.t.Errorf("%v, %v", l, err)
		}
		_, err := w.Do(ctx, w.Coordinator, id, referral.Deliver, w.versioned(w.Coordinator, id, referral.Input{}))
		wantKind(w.t, err, fault.Conflict)
		w.do(w.patient(id), id, referral.ResumeConsent, referral.Input{})
		if l, err := w.SetHandback(ctx, w.Coordinator, id, "gp", gp); err != nil || !l.OK() {
			w.t.Fatal(l, err)
		}
		w.deliver()
		if n := len(w.to(gp)); n != 1 {
			w.t.Fatalf("%d mails after the pause", n)
		}
		w.do(w.patient(id), id, referral.SuspendConsent, referral.Input{})
		for range 10 { // the days on which the GP would be reminded
			w.clock.pass(aDay)
			if _, err := w.Tend(ctx); err != nil {
				w.t.Fatal(err)
			}
			w.deliver()
		}
		if n := len(w.to(gp)); n != 1 {
			w.t.Errorf("%d mails during the pause", n-1)
		}
	})
}
