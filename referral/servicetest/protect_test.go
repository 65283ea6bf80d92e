package servicetest

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"carecorridor/auth"
	"carecorridor/internal/fault"
	"carecorridor/internal/files"
	"carecorridor/internal/testdb"
	"carecorridor/internal/when"
	"carecorridor/referral"
	"carecorridor/referral/discharge"
	"carecorridor/referral/sample"
)

func TestADocumentThatNoScannerCanJudgeKeepsNoOtherWaiting(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.Draft, 0)
		w.scanner.say = ""
		w.attach(w.Referrer, id, "stuck")
		w.clock.pass(time.Minute)
		w.attach(w.Referrer, id, "fine")
		w.scanner.say, w.scanner.fails = files.Safe, "stuck"
		if done, err := w.Tend(ctx); err == nil || done.Scanned != 1 {
			w.t.Error(done, err)
		}
	})
}

func TestAWithdrawalCountsWhateverHappenedMeanwhile(t *testing.T) {
	each(t, func(w *world) {
		for n, e := range []referral.Event{referral.SuspendConsent, referral.Withdraw} {
			id := w.at(referral.WithProviders, n)
			seen := w.look(w.patient(id), id).Version
			var all sync.WaitGroup
			for _, h := range w.Hospitals {
				all.Go(func() { w.do(h.Desk, id, referral.Open, referral.Input{}) })
			}
			all.Wait()
			if done, err := w.Do(ctx, w.patient(id), id, e, referral.Input{Version: seen}); err != nil || !done.OK() {
				w.t.Errorf("%s: %v %v", e, done, err)
			}
		}
	})
}

func TestProofOfIdentityAndNamesOfFilesWaitForAnAcceptance(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.WithProviders, 0)
		who := w.Hospitals[0].Desk
		w.do(who, id, referral.Open, referral.Input{})
		for kind, name := range map[string]string{"id": "passport-Meena-Sample.pdf", "lab": "Meena-Sample-blood.pdf"} {
			saved, err := w.Service.Attach(ctx, w.patient(id), id, kind, name, strings.NewReader(string(sample.Letter)+kind))
			if err != nil || !saved.OK() {
				w.t.Fatal(saved, err)
			}
		}
		mine := w.look(w.patient(id), id)
		row := mine.Hospitals[0].ID
		if _, err := w.GiveConsents(ctx, w.patient(id), id, mine.Version, []referral.ConsentChoice{{Code: referral.C2, Hospital: row}, {Code: referral.C3, Hospital: row}}, "link"); err != nil {
			w.t.Fatal(err)
		}
		v := w.look(who, id)
		if len(v.Files) != 1 || v.Files[0].Kind != "lab" || v.Files[0].Name != "lab-1.pdf" {
			w.t.Errorf("%+v", v.Files)
		}
	})
}

func TestAReferrerWhomThePatientShutOutEndsNothing(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.WithProviders, 0)
		w.do(w.patient(id), id, referral.WithdrawConsent, referral.Input{Consent: referral.C4})
		for e, in := range map[referral.Event]referral.Input{referral.Cancel: {Reason: "no_longer_needed", Comment: "They said so."}, referral.RecordDeath: {Source: "The family", On: w.today(), Confirmed: true}} {
			_, err := w.Do(ctx, w.fresh(w.Referrer), id, e, w.versioned(w.Referrer, id, in))
			wantKind(w.t, err, fault.Conflict)
		}
	})
}

func TestAHospitalRecordsADeathOnlyOfItsOwnInpatientByItsClinicianInPerson(t *testing.T) {
	each(t, func(w *world) {
		in := func() referral.Input {
			return referral.Input{Source: "Our ward", On: w.today(), Confirmed: true}
		}
		chosen := w.at(referral.Accepted, 0)
		_, err := w.Do(ctx, w.fresh(w.Hospitals[0].Doctor), chosen, referral.RecordDeath, w.versioned(w.Hospitals[0].Doctor, chosen, in()))
		wantKind(w.t, err, fault.Conflict)
		id := w.at(referral.Treated, 1)
		_, err = w.Do(ctx, w.fresh(w.Hospitals[0].Desk), id, referral.RecordDeath, w.versioned(w.Hospitals[0].Desk, id, in()))
		wantKind(w.t, err, fault.Forbidden)
		if _, err = w.Do(ctx, w.Hospitals[0].Doctor, id, referral.RecordDeath, w.versioned(w.Hospitals[0].Doctor, id, in())); !errors.Is(err, referral.ErrStepUp) {
			w.t.Error(err)
		}
		w.do(w.Hospitals[0].Doctor, id, referral.RecordDeath, in())
	})
}

func TestADeathNeedsWhoToldItAndTheDay(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.Triage, 0)
		for field, in := range map[string]referral.Input{
			"source": {On: w.today(), Confirmed: true}, "on": {Source: "The family", Confirmed: true}, "confirmed": {Source: "The family", On: w.today()},
		} {
			done, err := w.Do(ctx, w.Coordinator, id, referral.RecordDeath, w.versioned(w.Coordinator, id, in))
			if err != nil || len(done.Problems) != 1 || done.Problems.On(field) == "" {
				w.t.Errorf("%s: %v, %v", field, done.Problems, err)
			}
		}
		done, err := w.Do(ctx, w.Coordinator, id, referral.RecordDeath, w.versioned(w.Coordinator, id, referral.Input{Source: "The family", On: w.today().AddDays(2), Confirmed: true}))
		if err != nil || done.Problems.On("on") == "" {
			w.t.Errorf("a day to come: %v, %v", done.Problems, err)
		}
	})
}

// An end is one-way; what is taken back is the death: the patient is told, comes in again and finds what was kept.
func TestADeathRecordedInErrorIsTakenBackBySafety(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.Accepted, 0)
		w.do(w.Coordinator, id, referral.RecordDeath, referral.Input{Source: "Somebody", On: w.today(), Confirmed: true})
		reference := w.look(w.Coordinator, id).Reference
		sent := func() int { w.deliver(); return len(w.to(mailOfPatient)) }
		before := sent()
		must(w.t, w.AskLink(ctx, reference, mailOfPatient))
		if sent() != before {
			w.t.Error("a link was mailed")
		}
		why := referral.Input{Text: "Another person of that name."}
		_, err := w.Do(ctx, w.fresh(w.Coordinator), id, referral.RetractDeath, w.versioned(w.Coordinator, id, why))
		wantKind(w.t, err, fault.Forbidden)
		_, err = w.Do(ctx, w.Safety, id, referral.RetractDeath, w.versioned(w.Safety, id, why))
		if !errors.Is(err, referral.ErrStepUp) {
			w.t.Error(err)
		}
		w.do(w.Safety, id, referral.RetractDeath, why)
		v := w.look(w.Safety, id)
		if v.State != referral.Closed || v.Ending != referral.EndCancelled || v.Care.Died {
			w.t.Errorf("%s %s %v", v.State, v.Ending, v.Care.Died)
		}
		if sent() != before+1 {
			w.t.Error("the patient was not told")
		}
		must(w.t, w.AskLink(ctx, reference, mailOfPatient))
		if sent() != before+2 {
			w.t.Error("no link was mailed")
		}
		_, err = w.Do(ctx, w.fresh(w.Safety), id, referral.RetractDeath, w.versioned(w.Safety, id, referral.Input{Text: "Once more."}))
		wantKind(w.t, err, fault.Conflict)
	})
}

func TestAReferralEnteredInErrorIsLocked(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.Triage, 0)
		w.do(w.Coordinator, id, referral.Void, referral.Input{Text: "The wrong patient."})
		_, err := w.Look(ctx, w.patient(id), id)
		wantKind(w.t, err, fault.Missing)
		if v := w.look(w.Referrer, id); v.Clinical != nil || v.Patient.Family != "" || len(v.Words) != 0 || v.Reference == "" {
			w.t.Errorf("%+v", v)
		}
	})
}

func TestEachComplicationHasItsOwnAnswerAndReview(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.Aftercare, 0)
		report := func(text string) {
			w.do(w.patient(id), id, referral.ReportComplication, referral.Input{Severity: discharge.Urgent, Text: text})
		}
		report("The wound is red.")
		report("I have a fever now.")
		w.do(w.Safety, id, referral.ReviewComplication, referral.Input{Text: "Seen."})
		v := w.look(w.Coordinator, id)
		if v.Care.Complications != 1 || v.Complaints[0].Reviewed.IsZero() || !v.Complaints[1].Reviewed.IsZero() || !slices.ContainsFunc(v.Clocks, func(c referral.ClockView) bool { return c.Timer == referral.ComplicationDue }) {
			w.t.Errorf("%d wait for review, %+v, %+v", v.Care.Complications, v.Complaints, v.Clocks)
		}
		for i := range 2 {
			w.do(w.Hospitals[0].Doctor, id, referral.ReplyComplication, referral.Input{Text: "Answer " + string(rune('1'+i))})
		}
		_, err := w.Do(ctx, w.Hospitals[0].Doctor, id, referral.ReplyComplication, referral.Input{Text: "Once more"})
		wantKind(w.t, err, fault.Conflict)
		if v = w.look(w.Coordinator, id); v.Complaints[0].Replied.IsZero() || v.Complaints[1].Replied.IsZero() {
			w.t.Errorf("%+v", v.Complaints)
		}
	})
}

func TestAReminderByHandReachesWhoIsWaitedFor(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.WithProviders, 0)
		w.deliver()
		row := w.row(id, "marina").ID
		before := len(w.to("owner-marina@staff.example"))
		w.do(w.Coordinator, id, referral.Chase, referral.Input{Timer: referral.OpenDue, Provider: row})
		w.deliver()
		if got := len(w.to("owner-marina@staff.example")) - before; got != 1 || len(w.to("owner-lotus@staff.example")) != 1 {
			w.t.Errorf("%d mails", got)
		}
		done, err := w.Do(ctx, w.Coordinator, id, referral.Chase, w.versioned(w.Coordinator, id, referral.Input{Timer: "bogus<script>"}))
		if err != nil || done.Problems.On("timer") == "" {
			w.t.Error(done, err)
		}
	})
}

func TestACorrectedAddressShutsOutWhoReadsTheOldMailbox(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.AwaitingConsent, 0)
		w.deliver()
		link := w.linkIn(mailOfPatient, referral.PatientPath)
		must(w.t, w.SendCode(ctx, link))
		w.deliver()
		s, err := w.EnterCode(ctx, link, w.codeIn(mailOfPatient))
		must(w.t, err)
		v := w.look(w.Referrer, id)
		step := referral.Step{Part: referral.InPatient, Patient: *v.Patient, ContactChecked: true}
		step.Patient.Email = "right@sample.example"
		if saved, err := w.SaveStep(ctx, w.Referrer, id, v.Version, step); err != nil || !saved.OK() {
			w.t.Fatal(saved, err)
		}
		_, _, err = w.Patient(ctx, s.Token)
		wantKind(w.t, err, fault.Missing)
	})
}

func TestEveryMailOfAHandbackOpensThePapers(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.Aftercare, 0)
		const gp = "records@practice.example"
		_, err := w.SetHandback(ctx, w.Coordinator, id, "gp", gp)
		must(w.t, err)
		w.deliver()
		first := w.linkIn(gp, referral.HandbackPath)
		w.clock.pass(4 * aDay)
		_, err = w.Tend(ctx)
		must(w.t, err)
		w.deliver()
		for _, link := range []string{first, w.linkIn(gp, referral.HandbackPath)} {
			_, err = w.Receiver(ctx, link)
			must(w.t, err)
		}
		_, err = w.SetHandback(ctx, w.Coordinator, id, "gp", "other@practice.example")
		must(w.t, err)
		w.deliver()
		_, err = w.Receiver(ctx, first)
		wantKind(w.t, err, fault.Missing) // it went to somebody else
	})
}

func TestNobodysMailboxIsFilledWithCodesOfManyDrafts(t *testing.T) {
	each(t, func(w *world) {
		tooMany := 0
		for range 6 {
			s, err := w.StartSelf(ctx, referral.ForReferral)
			must(w.t, err)
			who := auth.Actor{Person: s.Referral, Role: auth.Patient}
			v := w.look(who, s.Referral)
			saved, err := w.SaveStep(ctx, who, s.Referral, v.Version, referral.Step{Part: referral.InPatient, Patient: sample.Patient(0)})
			if err != nil || !saved.OK() {
				w.t.Fatal(saved.Problems, err)
			}
			for range 5 {
				if err := w.SendStepUpCode(ctx, who); fault.Is(err, fault.TooMany) {
					tooMany++
				} else if err != nil {
					w.t.Fatal(err)
				}
			}
		}
		w.deliver()
		if n := len(w.to(mailOfPatient)); n > 10 || tooMany != 20 {
			w.t.Errorf("%d mails, %d refused", n, tooMany)
		}
	})
}

func TestDaysOfAStayAreInOrder(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.ReadyToTravel, 0)
		h := w.Hospitals[0].Desk
		admit := func(on when.Date) (referral.Done, error) {
			return w.Do(ctx, h, id, referral.Admit, w.versioned(h, id, referral.Input{Admission: &referral.Admission{On: on, HospitalNumber: "MRN 1", FormFiled: true}}))
		}
		for _, days := range []int{-300, -30} { // before there was a referral, and before there was an acceptance
			if done, err := admit(w.today().AddDays(days)); err != nil || done.Problems.On("on") == "" {
				w.t.Errorf("%d days: %+v, %v", days, done, err)
			}
		}
		in := w.today()
		if done, err := admit(in); err != nil || !done.OK() {
			w.t.Fatal(done, err)
		}
		w.clock.pass(2 * aDay)
		treat := func(on when.Date) (referral.Done, error) {
			return w.Do(ctx, h, id, referral.Treat, w.versioned(h, id, referral.Input{Procedure: &referral.ProcedureDone{Done: true, On: on}}))
		}
		if done, err := treat(in.AddDays(-1)); err != nil || done.Problems.On("on") == "" {
			w.t.Errorf("treated before the admission: %+v, %v", done, err)
		}
		if done, err := treat(in); err != nil || !done.OK() {
			w.t.Error(done, err)
		}
	})
}

func TestAHospitalDeletesItsCopyWhenAdviceEndsOrBecomesAReferral(t *testing.T) {
	each(t, func(w *world) {
		for n, e := range []referral.Event{referral.EndAdvice, referral.Convert} {
			id := w.at(referral.WithProviders, n)
			if _, err := testdb.SQL(w.t, w.url).Exec("UPDATE referrals SET mode = 'advice' WHERE id = '" + id + "'"); err != nil {
				w.t.Fatal(err)
			}
			h := w.Hospitals[0]
			w.do(h.Desk, id, referral.Open, referral.Input{})
			w.do(h.Doctor, id, referral.Advise, referral.Input{Text: "Exercise first."})
			w.do(w.patient(id), id, referral.Compare, referral.Input{})
			w.do(w.patient(id), id, e, referral.Input{})
			v := w.look(w.Coordinator, id)
			due := 0
			for _, c := range v.Clocks {
				if c.Timer == referral.DeletionDue {
					due++
				}
			}
			if due != len(w.Hospitals) {
				w.t.Errorf("%s: %d hospitals are to delete", e, due)
			}
			if _, err := w.Look(ctx, h.Doctor, id); !fault.Is(err, fault.Missing) {
				w.t.Errorf("%s: %v", e, err)
			}
			if told := w.ids("SELECT person FROM referral_notices WHERE key = 'stop_and_delete' AND referral_id = '" + id + "'"); len(told) == 0 {
				w.t.Errorf("%s: nobody is told", e)
			}
			w.do(h.Desk, id, referral.ConfirmDeleted, referral.Input{})
		}
	})
}
