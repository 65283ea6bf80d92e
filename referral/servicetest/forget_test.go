package servicetest

import (
	"strings"
	"testing"

	"carecorridor/internal/fault"
	"carecorridor/internal/testdb"
	"carecorridor/referral"
	"carecorridor/referral/sample"
)

func TestErasureNeedsTwoPersonsAndALegalHoldStopsIt(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.Triage, 0)
		w.attach(w.patient(id), id, "letter")
		file := w.look(w.patient(id), id).Files[0].ID
		w.do(w.patient(id), id, referral.Withdraw, referral.Input{})
		w.do(w.patient(id), id, referral.RequestErasure, referral.Input{})
		w.do(w.administrator, id, referral.HoldErasure, w.closed(id, referral.Input{Text: "A complaint is open."}))
		_, err := w.Do(ctx, w.fresh(w.Coordinator), id, referral.ApproveErasure, w.closed(id, referral.Input{Text: "Asked by the patient."}))
		wantKind(w.t, err, fault.Conflict)
		w.do(w.administrator, id, referral.ReleaseErasure, w.closed(id, referral.Input{Text: "It is settled."}))
		w.do(w.Coordinator, id, referral.ApproveErasure, w.closed(id, referral.Input{Text: "Asked by the patient."}))
		_, err = w.Do(ctx, w.fresh(w.Coordinator), id, referral.ApproveErasure, w.closed(id, referral.Input{Text: "Once more."}))
		wantKind(w.t, err, fault.Conflict) // the same person
		w.do(w.administrator, id, referral.ApproveErasure, w.closed(id, referral.Input{Text: "I have looked."}))
		_, err = w.Look(ctx, w.patient(id), id)
		wantKind(w.t, err, fault.Missing)
		for _, table := range []string{"referral_sections", "referral_files", "referral_entries", "referral_offers", "referral_letters", "patient_links", "patient_sessions"} {
			if n := w.ids("SELECT count(*) FROM " + table)[0]; n != "0" {
				w.t.Errorf("%s keeps %s rows", table, n)
			}
		}
		if r, err := w.store.ReferralByID(ctx, id); err != nil || r.ErasedAt == nil || len(r.NhsNumber) > 0 || r.Ending != "withdrawn" {
			w.t.Error(r, err)
		}
		if _, err := w.Tend(ctx); err != nil {
			w.t.Error(err)
		}
		if _, err := w.options.Files.Get(ctx, file); err == nil {
			w.t.Error("the document is still in the bucket")
		}
		if len(w.ids("SELECT id FROM referral_consents")) == 0 || len(w.ids("SELECT id FROM referral_events")) == 0 {
			w.t.Error("the evidence of consent and the history must stay")
		}
	})
}

// The patient who asked is told once, at the address that is deleted with the rest; nothing else is in that mail.
func TestThePatientIsToldThatWhatTheyAskedForIsDeleted(t *testing.T) {
	each(t, func(w *world) {
		id := w.erased(0)
		address := sample.Patient(0).Email
		for table, content := range testdb.Dump(w.t, w.url) {
			if strings.Contains(content, address) {
				w.t.Errorf("the address is in clear in %s", table)
			}
		}
		w.mail.down = true
		if w.deliver() == 0 {
			w.t.Fatal("no letter waits")
		}
		w.mail.down = false
		w.mail.all = nil
		for range 2 {
			w.deliver()
		}
		if mails := w.to(address); len(mails) != 1 || strings.Contains(mails[0], "ospital") || strings.Contains(mails[0], "eferral") || strings.Contains(mails[0], id) {
			w.t.Errorf("%q", mails)
		}
		if left := w.ids("SELECT id FROM mails WHERE letter IS NOT NULL"); len(left) > 0 {
			w.t.Errorf("%d letters are kept after they were sent", len(left))
		}
	})
}

// erased is a referral that was withdrawn and whose erasure two persons approved.
func (w *world) erased(n int) string {
	w.t.Helper()
	id := w.at(referral.Triage, n)
	w.do(w.patient(id), id, referral.Withdraw, referral.Input{})
	w.do(w.patient(id), id, referral.RequestErasure, referral.Input{})
	w.deliver()
	w.do(w.Coordinator, id, referral.ApproveErasure, w.closed(id, referral.Input{Text: "Asked by the patient."}))
	w.do(w.administrator, id, referral.ApproveErasure, w.closed(id, referral.Input{Text: "I have looked."}))
	return id
}

// closed gives an input the version that the row has: administrators do not look at records.
func (w *world) closed(id string, in referral.Input) referral.Input {
	r, err := w.store.ReferralByID(ctx, id)
	must(w.t, err)
	in.Version = r.Version
	return in
}

func TestRetentionForgetsInItsTimeAndADryRunForgetsNothing(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.Triage, 0)
		w.do(w.patient(id), id, referral.Withdraw, referral.Input{})
		draft := w.at(referral.Draft, 1)
		w.clock.pass(31 * aDay)
		if _, err := w.Tend(ctx); err != nil { // the draft ends by itself
			w.t.Fatal(err)
		}
		dry, err := w.Retain(ctx, true)
		if err != nil || len(dry) != 1 || dry[0].What != referral.ForgetDraft {
			w.t.Fatalf("%+v, %v", dry, err)
		}
		if r, _ := w.store.ReferralByID(ctx, draft); r.ErasedAt != nil || r.Ending != "expired" {
			w.t.Errorf("%+v", r)
		}
		if real, err := w.Retain(ctx, false); err != nil || len(real) != 1 {
			w.t.Fatal(real, err)
		}
		if again, err := w.Retain(ctx, false); err != nil || len(again) != 0 {
			w.t.Error(again, err)
		}
		w.clock.pass(2 * 365 * aDay)
		w.do(w.administrator, id, referral.HoldErasure, w.closed(id, referral.Input{Text: "A claim is open."}))
		if held, err := w.Retain(ctx, false); err != nil || len(held) != 1 || !held[0].Held || held[0].What != referral.ForgetUntreated {
			w.t.Errorf("%+v, %v", held, err)
		}
		if r, err := w.store.ReferralByID(ctx, id); err != nil || r.ErasedAt != nil {
			w.t.Error("forgotten while a legal hold is on", err)
		}
		w.do(w.administrator, id, referral.ReleaseErasure, w.closed(id, referral.Input{Text: "It is over."}))
		if _, err := w.Retain(ctx, false); err != nil {
			w.t.Fatal(err)
		}
		if r, _ := w.store.ReferralByID(ctx, id); r.ErasedAt == nil || r.Clinician == "" {
			w.t.Errorf("%+v", r)
		}
		w.clock.pass(8 * 366 * aDay)
		if _, err := w.Retain(ctx, false); err != nil {
			w.t.Fatal(err)
		}
		if r, _ := w.store.ReferralByID(ctx, id); r.Clinician != "" || r.OrgID != nil {
			w.t.Errorf("%+v", r)
		}
	})
}

func TestThePassportIsForgottenNinetyDaysAfterTheJourney(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.Aftercare, 0)
		if v := w.look(w.patient(id), id); v.Passport == nil || v.Letter.Words == nil {
			w.t.Fatal("no passport to begin with")
		}
		w.clock.pass(60 * aDay)
		if got, err := w.Retain(ctx, false); err != nil || len(got) != 0 {
			w.t.Fatalf("%+v, %v", got, err)
		}
		w.clock.pass(60 * aDay)
		if got, err := w.Retain(ctx, false); err != nil || len(got) != 1 || got[0].What != referral.ForgetPassport {
			w.t.Fatalf("%+v, %v", got, err)
		}
		if v := w.look(w.patient(id), id); v.Passport != nil || v.Patient == nil || v.Letter.Words.Patient.Passport != "" {
			w.t.Error("it is still there")
		}
	})
}
