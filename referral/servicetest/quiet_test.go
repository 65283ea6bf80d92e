package servicetest

import (
	"errors"
	"strconv"
	"testing"

	"carecorridor/internal/fault"
	"carecorridor/referral"
	"carecorridor/referral/discharge"
)

func TestAReminderAndAMessageLeaveOpenFormsGood(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.Draft, 0)
		v := w.look(w.Referrer, id)
		w.clock.pass(24 * aDay) // the draft's reminder is due on day 23
		if done, err := w.Tend(ctx); err != nil || done.Fired == 0 {
			w.t.Fatal(done, err)
		}
		if got := w.look(w.Referrer, id).Version; got == v.Version {
			w.t.Fatal("no reminder went out")
		}
		step := referral.Step{Part: referral.InClinical, Clinical: *v.Clinical}
		step.Clinical.Question = "Typed while the reminder went out"
		saved, err := w.SaveStep(ctx, w.Referrer, id, v.Version, step)
		if err != nil || !saved.OK() {
			w.t.Fatal(saved, err)
		}
		step.Clinical.Question = "From a form that somebody else's change made old"
		if _, err = w.SaveStep(ctx, w.admin, id, v.Version, step); !errors.Is(err, referral.ErrStale) {
			w.t.Error(err)
		}
	})
}

func TestAHospitalsOfferIsNotLostToAMessageOfThePatient(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.WithProviders, 0)
		h := w.Hospitals[0]
		w.do(h.Desk, id, referral.Open, referral.Input{})
		seen := w.versioned(h.Doctor, id, referral.Input{Text: "Which knee?"})
		w.do(w.patient(id), id, referral.Message, referral.Input{Provider: w.row(id, "marina").ID, Text: "Any news?"})
		if done, err := w.Do(ctx, h.Doctor, id, referral.Ask, seen); err != nil || !done.OK() {
			w.t.Error(done, err)
		}
		if _, err := w.Do(ctx, h.Doctor, id, referral.Decline, referral.Input{Version: seen.Version, Reason: referral.NoCapacity, Comment: "Full."}); !errors.Is(err, referral.ErrStale) {
			w.t.Error("a form from before the question:", err)
		}
	})
}

func TestAClinicianSignsTwentyReferralsADay(t *testing.T) {
	each(t, func(w *world) {
		sign := func(n int) error {
			id, err := w.To(ctx, referral.Draft, n, false)
			must(w.t, err)
			_, err = w.Do(ctx, w.fresh(w.Referrer), id, referral.SignOff, w.versioned(w.Referrer, id, referral.Input{Statement: true}))
			return err
		}
		for n := range referral.MaxSigned {
			must(w.t, sign(n))
		}
		wantKind(w.t, sign(20), fault.Conflict)
		w.clock.pass(aDay)
		must(w.t, sign(21))
	})
}

func TestADeathAfterTheEndStopsEveryMailAndKeepsTheEnding(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.Closed, 0)
		ending := w.look(w.Coordinator, id).Ending
		in := referral.Input{Source: "The practice phoned", On: w.today(), Confirmed: true}
		w.do(w.Coordinator, id, referral.RecordDeath, in)
		_, err := w.Do(ctx, w.Safety, id, referral.RecordDeath, w.versioned(w.Safety, id, referral.Input{Source: "The family", On: w.today(), Confirmed: true}))
		wantKind(w.t, err, fault.Conflict)
		v := w.look(w.Coordinator, id)
		if v.State != referral.Closed || v.Ending != ending {
			w.t.Errorf("%s %s", v.State, v.Ending)
		}
		must(w.t, w.AskLink(ctx, v.Reference, mailOfPatient))
		w.clock.pass(400 * aDay)
		_, err = w.Tend(ctx)
		must(w.t, err)
		w.deliver()
		if got := w.to(mailOfPatient); len(got) != 0 {
			w.t.Errorf("%v", got)
		}
	})
}

func TestTheAftercareProviderGetsTheirOwnLinkAndTheGPTheAnswerToAQuestion(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.Aftercare, 0)
		const gp, physio = "records@practice.example", "desk@physio.example"
		for to, address := range map[string]string{"gp": gp, "aftercare": physio} {
			if l, err := w.SetHandback(ctx, w.Coordinator, id, to, address); err != nil || !l.OK() {
				w.t.Fatal(l, err)
			}
		}
		w.deliver()
		practice, err := w.Receiver(ctx, w.linkIn(gp, referral.HandbackPath))
		must(w.t, err)
		provider, err := w.Receiver(ctx, w.linkIn(physio, referral.HandbackPath))
		must(w.t, err)
		if v := w.look(provider, id); v.Package == nil {
			w.t.Error("the aftercare provider has no package")
		} else if _, may := v.May(referral.Acknowledge, ""); may {
			w.t.Error("the aftercare provider may acknowledge for the GP")
		}
		_, err = w.Do(ctx, provider, id, referral.Acknowledge, referral.Input{Source: "Physiotherapist", Version: w.look(provider, id).Version})
		wantKind(w.t, err, fault.Missing)
		w.do(w.patient(id), id, referral.ReportComplication, referral.Input{Severity: discharge.Worrying, Text: "Mine alone."})
		w.do(practice, id, referral.ReportComplication, referral.Input{Severity: discharge.Recovered, Text: "Until when the anticoagulant?"})
		before := len(w.to(gp))
		w.do(w.Hospitals[0].Doctor, id, referral.ReplyComplication, referral.Input{Text: "Until day 35."})
		w.deliver()
		v := w.look(practice, id)
		if len(w.to(gp)) != before+1 || len(v.Words) != 1 || v.Words[0].Text != "Until day 35." || len(v.Complaints) != 1 {
			w.t.Errorf("%s mails, %+v, %+v", strconv.Itoa(len(w.to(gp))-before), v.Words, v.Complaints)
		}
		w.do(w.patient(id), id, referral.WithdrawConsent, referral.Input{Consent: referral.C5})
		_, err = w.Look(ctx, provider, id)
		wantKind(w.t, err, fault.Missing)
	})
}
