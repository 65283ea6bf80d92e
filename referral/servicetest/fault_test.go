package servicetest

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"carecorridor/auth"
	"carecorridor/internal/fault"
	"carecorridor/internal/mail"
	"carecorridor/internal/testdb"
	"carecorridor/jobs"
	"carecorridor/models"
	"carecorridor/referral"
	"carecorridor/referral/record"
	"carecorridor/referral/sample"
)

const aDay = 24 * time.Hour

func count(v referral.View, e referral.Event) (n int) {
	for _, x := range v.Timeline {
		if x.Event == e {
			n++
		}
	}
	return n
}

func TestADoubleClickIsOneEffect(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.Triage, 0)
		in := w.versioned(w.Coordinator, id, referral.Input{Reason: referral.InfoIncomplete, Comment: "Please add the X-ray."})
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				done, err := w.Do(ctx, w.Coordinator, id, referral.Return, in)
				if err != nil || !done.OK() || done.State != referral.Returned {
					w.t.Error(done, err)
				}
			})
		}
		all.Wait()
		v := w.look(w.Coordinator, id)
		if v.State != referral.Returned || count(v, referral.Return) != 1 || len(v.Words) != 1 {
			w.t.Errorf("%s, %d returns, %d comments", v.State, count(v, referral.Return), len(v.Words))
		}
	})
}

func TestTheSameMessageTwiceIsOneAndALaterOneIsNew(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.WithProviders, 0)
		w.do(w.Hospitals[0].Desk, id, referral.Open, referral.Input{})
		row := w.row(id, "marina").ID
		news := referral.Input{Provider: row, Text: "Any news?"}
		for i := range 3 {
			done := w.do(w.patient(id), id, referral.Message, news)
			if done.Repeated != (i > 0) {
				w.t.Errorf("try %d: %+v", i, done)
			}
		}
		w.do(w.Hospitals[0].Desk, id, referral.Message, referral.Input{Text: "Tomorrow."})
		if done := w.do(w.patient(id), id, referral.Message, news); done.Repeated {
			w.t.Error("an answer came between")
		}
		w.clock.pass(2 * time.Hour)
		if done := w.do(w.patient(id), id, referral.Message, news); done.Repeated {
			w.t.Error("two hours later")
		}
	})
}

func TestAStaleFormIsAConflictAndLosesNothing(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.Draft, 0)
		v := w.look(w.Referrer, id)
		step := referral.Step{Part: referral.InClinical, Clinical: *v.Clinical}
		step.Clinical.Question = "First tab"
		saved, err := w.SaveStep(ctx, w.Referrer, id, v.Version, step)
		if err != nil || !saved.OK() {
			w.t.Fatal(saved, err)
		}
		again, err := w.SaveStep(ctx, w.Referrer, id, v.Version, step)
		if err != nil || again.Version != saved.Version {
			w.t.Errorf("the same form twice: %+v, %v", again, err)
		}
		step.Clinical.Question = "Second tab"
		_, err = w.SaveStep(ctx, w.admin, id, v.Version, step)
		if !errors.Is(err, referral.ErrStale) {
			w.t.Error(err)
		}
		if got := w.look(w.Referrer, id).Clinical.Question; got != "First tab" {
			w.t.Error(got)
		}
	})
}

func TestOfTwoAcceptancesAtOnceOneWins(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.WithProviders, 0)
		for _, h := range w.Hospitals[:2] {
			w.do(h.Desk, id, referral.Open, referral.Input{})
			w.do(h.Doctor, id, referral.Offer, referral.Input{Text: "Suitable.", Quote: sample.Quote(w.Today())})
		}
		w.do(w.Hospitals[2].Desk, id, referral.Open, referral.Input{})
		w.do(w.Hospitals[2].Doctor, id, referral.Decline, referral.Input{Reason: referral.NoCapacity, Comment: "Full."})
		w.do(w.patient(id), id, referral.ReadRisks, referral.Input{})
		v := w.look(w.patient(id), id)
		for _, h := range v.Hospitals[:2] {
			w.do(w.patient(id), id, referral.ReadOpinion, referral.Input{Provider: h.ID, Number: 1})
		}
		v = w.look(w.patient(id), id)
		errs := make([]error, 2)
		var all sync.WaitGroup
		for i, h := range v.Hospitals[:2] {
			all.Go(func() {
				_, errs[i] = w.Do(ctx, w.patient(id), id, referral.Accept, referral.Input{Provider: h.ID, Version: h.Version, Number: 1})
			})
		}
		all.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
			} else if !fault.Is(err, fault.Conflict) {
				w.t.Error(err)
			}
		}
		after := w.look(w.patient(id), id)
		if won != 1 || after.State != referral.Accepted || after.Chosen() == nil {
			w.t.Errorf("%d won, %s", won, after.State)
		}
	})
}

func TestADocumentSentTwiceIsThereOnce(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.Draft, 0)
		for range 3 {
			w.attach(w.Referrer, id, "same")
		}
		v := w.look(w.Referrer, id)
		if len(v.Files) != 1 || count(v, referral.AddDocument) != 1 {
			w.t.Errorf("%d files", len(v.Files))
		}
		done, err := w.RemoveFile(ctx, w.Referrer, id, v.Version, v.Files[0].ID)
		if err != nil || !done.OK() || len(w.look(w.Referrer, id).Files) != 0 {
			w.t.Error(done, err)
		}
		done, err = w.RemoveFile(ctx, w.Referrer, id, v.Version, v.Files[0].ID)
		if err != nil || !done.Repeated {
			w.t.Error(done, err)
		}
	})
}

// A process that is killed after the commit has left the notice and its job; one that is killed before has left nothing.
func TestAKilledProcessLosesNoNotice(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.Draft, 0)
		dying, die := context.WithCancel(ctx)
		die()
		if _, err := w.Do(dying, w.fresh(w.Referrer), id, referral.SignOff, w.versioned(w.Referrer, id, referral.Input{Statement: true})); err == nil {
			w.t.Fatal("it was done all the same")
		}
		if v := w.look(w.Referrer, id); v.State != referral.Draft || len(w.ids("SELECT id FROM referral_notices")) != 0 {
			w.t.Error("half of it is there")
		}
		w.do(w.Referrer, id, referral.SignOff, referral.Input{Statement: true})
		// nobody has told the patient: the process is gone. Another one starts and works the queue.
		told := make(chan string, 10)
		runner, err := w.store.Work(ctx, jobs.Workers{
			IndexProvider: func(context.Context, int64) error { return nil }, RebuildIndex: func(context.Context) error { return nil }, ExpireCertificates: func(context.Context) error { return nil },
			TellReferral: func(ctx context.Context, notice string) error {
				err := w.Tell(ctx, senderFunc(func(m mail.Message) error { told <- m.To; return nil }), notice)
				return err
			},
		}, jobs.Options{Poll: 10 * time.Millisecond})
		must(w.t, err)
		defer func() { must(w.t, runner.Stop(ctx)) }()
		select {
		case to := <-told:
			if to != mailOfPatient {
				w.t.Error(to)
			}
		case <-time.After(20 * time.Second):
			w.t.Error("nobody was told")
		}
	})
}

type senderFunc func(mail.Message) error

func (f senderFunc) Send(_ context.Context, m mail.Message) error { return f(m) }

func TestAHospitalThatLosesItsCertificateIsHeldAndItsPatientsTold(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.Accepted, 0)
		w.deliver()
		before := len(w.to(mailOfPatient))
		flag := func() {
			must(w.t, w.store.Write(ctx, func(tx *models.Tx) error { return w.FlagHospital(tx, w.providers["marina"], "suspended") }))
		}
		flag()
		flag() // said twice it is one
		v := w.look(w.patient(id), id)
		if !slices.Contains(v.Flags, referral.AccreditationHold) || v.State != referral.Accepted || count(v, referral.HoldProvider) != 1 {
			w.t.Errorf("%v, %s", v.Flags, v.State)
		}
		w.deliver()
		if len(w.to(mailOfPatient)) != before+1 {
			w.t.Errorf("%d mails", len(w.to(mailOfPatient))-before)
		}
		_, err := w.Do(ctx, w.Hospitals[0].Desk, id, referral.ProposeDates, w.versioned(w.Hospitals[0].Desk, id, referral.Input{Text: "Dr Rao", Dates: referral.Dates{Arrive: w.Today().AddDays(40), Admit: w.Today().AddDays(41), Leave: w.Today().AddDays(60)}}))
		wantKind(w.t, err, fault.Conflict)
		must(w.t, w.store.Write(ctx, func(tx *models.Tx) error { return w.ClearHospital(tx, w.providers["marina"], w.verifier) }))
		if v = w.look(w.patient(id), id); slices.Contains(v.Flags, referral.AccreditationHold) {
			w.t.Error("the hold was not lifted")
		}
	})
}

func TestAVisaLetterSaysOnlyValidOrNot(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.ReadyToTravel, 0)
		number := w.look(w.patient(id), id).Letter.Number
		for _, x := range []struct {
			number string
			valid  bool
		}{{number, true}, {strings.ToLower(number), true}, {number[:len(number)-1] + "2", false}, {"VL-2222-2222-22", false}, {"", false}, {"x'; --", false}} {
			if got, err := w.LetterValid(ctx, x.number); err != nil || got != x.valid && x.number != number[:len(number)-1]+"2" {
				w.t.Errorf("%q: %v, %v", x.number, got, err)
			}
		}
		w.do(w.Coordinator, id, referral.RevokeLetter, referral.Input{Text: "The dates changed."})
		if got, err := w.LetterValid(ctx, number); err != nil || got {
			w.t.Error(got, err)
		}
	})
}

func TestTheLadderStopsAReferrerWhoWasNotChecked(t *testing.T) {
	each(t, func(w *world) {
		w.at(referral.Draft, 0)
		w.clock.pass(91 * aDay) // the check of the register is too old now
		if _, err := w.Tend(ctx); err != nil {
			w.t.Fatal(err)
		}
		id, err := w.To(ctx, referral.Draft, 1, false)
		must(w.t, err)
		_, err = w.Do(ctx, w.fresh(w.Referrer), id, referral.SignOff, w.versioned(w.Referrer, id, referral.Input{Statement: true}))
		wantKind(w.t, err, fault.Conflict)
		all, err := w.Registrations(ctx, w.verifier)
		must(w.t, err)
		at := slices.IndexFunc(all, func(r referral.Registration) bool { return r.Person == "referrer-1" })
		if at < 0 || all[at].Fresh || all[at].Number == "" {
			w.t.Fatalf("%+v", all)
		}
		ruling := referral.RegistrationRuling{Person: "referrer-1", Version: all[at].Version, Found: true, Evidence: "gmc-uk.org", PracticeActive: true, PracticeEvidence: "ODS directory", On: w.Today()}
		if l, err := w.CheckRegistration(ctx, w.verifier, ruling); err != nil || !l.OK() {
			w.t.Fatal(l, err)
		}
		w.do(w.Referrer, id, referral.SignOff, referral.Input{Statement: true})
		_, err = w.CheckRegistration(ctx, w.Referrer, ruling)
		wantKind(w.t, err, fault.Forbidden)
		_, err = w.CheckRegistration(ctx, w.verifier, ruling)
		wantKind(w.t, err, fault.Conflict) // stale
	})
}

func TestTheSamePersonTwiceIsFoundByBlindIndex(t *testing.T) {
	each(t, func(w *world) {
		first := w.at(referral.Triage, 0)
		second := w.at(referral.Triage, 0)
		w.at(referral.Triage, 1) // somebody else
		v := w.look(w.Coordinator, second)
		if v.Checks.Duplicates != 1 || len(v.Same) != 1 || !v.Same[0].ByNumber || v.Same[0].Reference != w.look(w.Coordinator, first).Reference {
			w.t.Errorf("%+v, %+v", v.Checks, v.Same)
		}
		_, err := w.Do(ctx, w.Coordinator, second, referral.Route, w.versioned(w.Coordinator, second, referral.Input{Hospitals: []string{v.Hospitals[0].ID}}))
		wantKind(w.t, err, fault.Conflict)
	})
}

func TestAStopPageKeepsNothing(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.Draft, 0)
		v := w.look(w.Referrer, id)
		step := referral.Step{Part: referral.InPathway, Pathway: *v.Pathway}
		step.Pathway.Kind = record.NHSPays
		saved, err := w.SaveStep(ctx, w.Referrer, id, v.Version, step)
		if err != nil || saved.Stop == nil || saved.Stop.Code != record.StopNHSFunded {
			w.t.Fatal(saved, err)
		}
		if after := w.look(w.Referrer, id); after.Pathway.Kind != record.SelfFunded || after.Version != v.Version {
			w.t.Error("the answer was kept")
		}
	})
}

func TestAdminsPrepareAndOnlyTheNamedClinicianSigns(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.Draft, 0)
		_, err := w.Do(ctx, w.fresh(w.admin), id, referral.SignOff, w.versioned(w.admin, id, referral.Input{Statement: true}))
		wantKind(w.t, err, fault.Forbidden)
		v := w.look(w.admin, id)
		saved, err := w.NameClinician(ctx, w.admin, id, v.Version, "referrer-2")
		if err != nil || saved.Problems.On("clinician") == "" {
			w.t.Error(saved, err)
		}
	})
}

var _ auth.Role

// A mail server that is away for days: the queue gives mails up, and they are tried again all the same. Later mails to the same
// person do not wait for them for ever.
func TestAMailThatTheQueueGaveUpIsTriedAgain(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.Triage, 0)
		waiting := func() []string {
			return w.ids("SELECT id FROM referral_notices WHERE state = 'waiting' AND to_kind = 'patient'")
		}
		old := waiting()
		if len(old) != 1 {
			w.t.Fatalf("%d mails to the patient wait", len(old))
		}
		_, err := testdb.SQL(w.t, w.url).Exec("DELETE FROM river_job")
		must(w.t, err)
		w.clock.pass(5 * aDay)
		for range 2 {
			if _, err := w.Tend(ctx); err != nil {
				w.t.Fatal(err)
			}
		}
		fresh := waiting()
		if len(fresh) != 1 || fresh[0] == old[0] {
			w.t.Fatalf("before %v, now %v", old, fresh)
		}
		if queued := strings.Join(w.ids("SELECT CAST(args AS text) FROM river_job WHERE kind = 'tell_referral'"), " "); !strings.Contains(queued, fresh[0]) {
			w.t.Error("it is not in the queue")
		}
		news, err := w.News(ctx, w.patient(id))
		must(w.t, err)
		keys := map[string]int{}
		for _, n := range news {
			if keys[n.Key]++; keys[n.Key] > 1 {
				w.t.Errorf("%s is news twice", n.Key)
			}
		}
		must(w.t, w.Tell(ctx, w.mail, old[0]))
		must(w.t, w.Tell(ctx, w.mail, fresh[0]))
		if n := len(w.to(sample.Patient(0).Email)); n != 1 {
			w.t.Errorf("%d mails", n)
		}
	})
}
