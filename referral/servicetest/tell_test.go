package servicetest

import (
	"strings"
	"testing"

	"carecorridor/internal/fault"
	"carecorridor/referral"
)

// deliver sends what waits, as the queue would: each notice and each letter by its id.
func (w *world) deliver() (failed int) {
	w.t.Helper()
	for _, query := range []string{"SELECT id FROM referral_notices WHERE state = 'waiting' ORDER BY at, id", "SELECT id FROM mails WHERE outcome = 'waiting' ORDER BY created_at, id"} {
		for _, id := range w.ids(query) {
			var err error
			if strings.Contains(query, "notices") {
				err = w.Tell(ctx, w.mail, id)
			} else {
				_, err = w.SendMail(ctx, w.mail, id)
			}
			if err != nil {
				failed++
			}
		}
	}
	return failed
}

// to are the mails to an address.
func (w *world) to(address string) (out []string) {
	for _, m := range w.mail.all {
		if m.To == address {
			out = append(out, m.Text)
		}
	}
	return out
}

// linkIn is the last link of a kind in an address's mails.
func (w *world) linkIn(address, path string) string {
	w.t.Helper()
	all := w.to(address)
	for i := len(all) - 1; i >= 0; i-- {
		if _, after, ok := strings.Cut(all[i], path); ok {
			link, _, _ := strings.Cut(after, "\n")
			return strings.TrimSpace(link)
		}
	}
	w.t.Fatalf("no %s in %d mails to %s", path, len(all), address)
	return ""
}

func (w *world) codeIn(address string) string {
	w.t.Helper()
	all := w.to(address)
	for i := len(all) - 1; i >= 0; i-- {
		if _, after, ok := strings.Cut(all[i], "Your code is "); ok {
			return after[:6]
		}
	}
	w.t.Fatal("no code")
	return ""
}

const mailOfPatient = "patient0@sample.example"

func TestAPatientComesInByLinkAndCodeOnce(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.AwaitingConsent, 0)
		w.deliver()
		link := w.linkIn(mailOfPatient, referral.PatientPath)
		must(w.t, w.SendCode(ctx, link))
		w.deliver()
		code := w.codeIn(mailOfPatient)
		for _, wrong := range []string{"", "000000", code + "1"} {
			if wrong == code {
				continue
			}
			_, err := w.EnterCode(ctx, link, wrong)
			wantKind(w.t, err, fault.Missing)
		}
		s, err := w.EnterCode(ctx, link, " "+code[:3]+" "+code[3:])
		if err != nil || s.Referral != id || s.Token == "" {
			w.t.Fatal(s, err)
		}
		who, session, err := w.Patient(ctx, s.Token)
		if err != nil || who.Person != id || !who.Fresh(w.clock.Now()) || session.Reference == "" {
			w.t.Fatal(who, err)
		}
		w.look(who, id)
		_, err = w.EnterCode(ctx, link, code)
		wantKind(w.t, err, fault.Missing) // used up
		wantKind(w.t, w.SendCode(ctx, link), fault.Missing)
		w.clock.pass(29 * 60e9)
		if _, _, err := w.Patient(ctx, s.Token); err != nil {
			w.t.Error("29 idle minutes:", err)
		}
		w.clock.pass(31 * 60e9)
		_, _, err = w.Patient(ctx, s.Token)
		wantKind(w.t, err, fault.Missing)
	})
}

func TestCodesAreFewAndTriesAreCounted(t *testing.T) {
	each(t, func(w *world) {
		w.at(referral.AwaitingConsent, 0)
		w.deliver()
		link := w.linkIn(mailOfPatient, referral.PatientPath)
		must(w.t, w.SendCode(ctx, link))
		w.deliver()
		code := w.codeIn(mailOfPatient)
		wrong := "111111"
		if wrong == code {
			wrong = "222222"
		}
		for range 5 {
			_, err := w.EnterCode(ctx, link, wrong)
			wantKind(w.t, err, fault.Missing)
		}
		_, err := w.EnterCode(ctx, link, code)
		wantKind(w.t, err, fault.Missing) // five wrong ones: it is spent
		for range 4 {
			must(w.t, w.SendCode(ctx, link))
		}
		wantKind(w.t, w.SendCode(ctx, link), fault.TooMany)
		w.clock.pass(61 * 60e9)
		must(w.t, w.SendCode(ctx, link))
		w.deliver()
		code = w.codeIn(mailOfPatient)
		w.clock.pass(16 * 60e9)
		_, err = w.EnterCode(ctx, link, code)
		wantKind(w.t, err, fault.Missing) // too old
	})
}

func TestANewLinkGoesOnlyToTheAddressOfTheReferral(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.AwaitingConsent, 0)
		code := w.look(w.Referrer, id).Reference
		w.deliver()
		before := len(w.mail.all)
		for _, x := range [][2]string{{code, "eve@example.com"}, {"CC-2222-22", mailOfPatient}, {"nonsense", mailOfPatient}, {code, ""}} {
			must(w.t, w.AskLink(ctx, x[0], x[1]))
		}
		w.deliver()
		if len(w.mail.all) != before {
			w.t.Error("a wrong guess was answered")
		}
		must(w.t, w.AskLink(ctx, strings.ToLower(code), " PATIENT0@sample.example "))
		w.deliver()
		if len(w.mail.all) != before+1 || w.mail.all[before].To != mailOfPatient {
			w.t.Error("the right one was not")
		}
		for range 7 {
			must(w.t, w.AskLink(ctx, code, "eve@example.com"))
		}
		wantKind(w.t, w.AskLink(ctx, code, mailOfPatient), fault.TooMany)
	})
}

func TestMailIsNeverLostAndNeverTwice(t *testing.T) {
	each(t, func(w *world) {
		w.mail.down = true
		id := w.at(referral.AwaitingConsent, 0)
		if failed := w.deliver(); failed == 0 || len(w.mail.all) != 0 {
			w.t.Fatal(failed, "failed")
		}
		w.mail.down = false
		if failed := w.deliver(); failed != 0 {
			w.t.Fatal("still failing")
		}
		n := len(w.to(mailOfPatient))
		for range 3 {
			w.deliver()
		}
		// what was settled is not sent again, even when the queue runs the job once more
		for _, notice := range w.ids("SELECT id FROM referral_notices") {
			must(w.t, w.Tell(ctx, w.mail, notice))
		}
		if n != 1 || len(w.to(mailOfPatient)) != 1 {
			w.t.Errorf("%d mails, then %d", n, len(w.to(mailOfPatient)))
		}
		_ = id
	})
}

func TestManyEventsAreOneMailUntilItIsSent(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.WithProviders, 0)
		w.deliver()
		before := len(w.to(mailOfPatient))
		for _, h := range w.Hospitals {
			w.do(h.Desk, id, referral.Open, referral.Input{})
		}
		w.deliver()
		if got := len(w.to(mailOfPatient)) - before; got != 1 {
			w.t.Errorf("%d mails", got)
		}
		news, err := w.News(ctx, w.patient(id))
		if err != nil || len(news) < 3 {
			w.t.Errorf("%d lines of news, %v", len(news), err)
		}
	})
}

func TestThePatientOfADeathIsNotWrittenTo(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.WithProviders, 0)
		w.do(w.Hospitals[0].Desk, id, referral.Open, referral.Input{})
		w.do(w.Coordinator, id, referral.RecordDeath, referral.Input{Source: "The practice phoned", On: w.today(), Confirmed: true})
		w.deliver()
		if got := w.to(mailOfPatient); len(got) != 0 {
			w.t.Errorf("%v", got)
		}
		w.clock.pass(60 * 24 * 3600e9)
		if _, err := w.Tend(ctx); err != nil {
			w.t.Fatal(err)
		}
		w.deliver()
		if got := w.to(mailOfPatient); len(got) != 0 {
			w.t.Errorf("%v", got)
		}
	})
}

func TestTheGPAcknowledgesByASecureLinkAndIsChased(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.Aftercare, 0)
		w.deliver()
		if v := w.look(w.Coordinator, id); len(v.Handbacks) != 1 || !v.Handbacks[0].NeedsAddress {
			w.t.Fatalf("%+v", v.Handbacks)
		}
		const gp = "records@practice.example"
		l, err := w.SetHandback(ctx, w.Coordinator, id, "gp", gp)
		if err != nil || !l.OK() {
			w.t.Fatal(l, err)
		}
		w.deliver()
		first := w.linkIn(gp, referral.HandbackPath)
		w.clock.pass(4 * 24 * 3600e9)
		if _, err := w.Tend(ctx); err != nil {
			w.t.Fatal(err)
		}
		w.deliver()
		second := w.linkIn(gp, referral.HandbackPath)
		if first != second || len(w.to(gp)) != 2 {
			w.t.Errorf("%d mails to the practice", len(w.to(gp)))
		}
		who, err := w.Receiver(ctx, second)
		must(w.t, err)
		v := w.look(who, id)
		if v.Package == nil || v.Alert == nil || v.Clinical != nil || v.Hospitals != nil || len(v.Words) != 0 {
			w.t.Errorf("%+v", v)
		}
		w.do(who, id, referral.Acknowledge, referral.Input{Source: "Dr Practice"})
		w.clock.pass(20 * 24 * 3600e9)
		if _, err := w.Tend(ctx); err != nil {
			w.t.Fatal(err)
		}
		w.deliver()
		if len(w.to(gp)) != 2 {
			w.t.Error("chased after the acknowledgement")
		}
	})
}
