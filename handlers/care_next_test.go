package handlers_test

import (
	"strings"
	"testing"
	"time"

	"carecorridor/auth"
	"carecorridor/referral"
)

func TestAPatientReadsByWhenDatesComeAndWhenTheJourneyIs(t *testing.T) {
	t.Parallel()
	w := alone(t).walk(t)
	id := w.to(referral.Accepted)
	w.enter(id).open("/care/travel").says("The hospital has not proposed dates yet", "The hospital proposes dates by")
	w = alone(t).walk(t)
	id = w.to(referral.ReadyToTravel)
	v := w.enter(id).says("You arrive in India on " + w.look(id).Travel.Confirmed.Arrive.Long())
	if strings.Contains(v.words(), "Everything on the checklist is done. You arrive") {
		t.Errorf("the check of the hospital comes again: %.600s", v.words())
	}
	v.says("You gave your consent.", "We check the hospital once more in the last 7 days before you travel.")
}

func TestATimelineOfThePracticeSaysOnceThatItIsTheNextDayInIndia(t *testing.T) {
	t.Parallel()
	s := alone(t)
	s.clock.Set(time.Date(2026, 11, 22, 21, 0, 0, 0, time.UTC))
	w := s.drafted(t, auth.Referrer)
	w.open(w.on("timeline"))
	if !strings.Contains(w.words(), "India the next day") || strings.Contains(w.words(), "the next day the next day") {
		t.Errorf("times: %.900s", w.words())
	}
}

// What a checklist was given as evidence is read in the checklist: a badge of new messages leads to messages.
func TestNewMessagesAreMessages(t *testing.T) {
	t.Parallel()
	w := alone(t).walk(t)
	id := w.to(referral.ReadyToTravel)
	v := w.enter(id)
	said := strings.Contains(v.words(), "new message")
	if v.open("/care/hospital/1"); said && strings.Contains(v.words(), "Nothing has been written yet") {
		t.Errorf("new messages that are not there: %.900s", v.words())
	}
	if n := w.look(id).Unread; n != 0 {
		t.Errorf("the desk has %d new messages, nobody wrote one", n)
	}
}

func TestTheDeskSeesWhatAftercareIsOverdue(t *testing.T) {
	t.Parallel()
	w := alone(t).walk(t)
	id := w.to(referral.Aftercare)
	first := w.look(id).Aftercare[0].Due
	w.s.clock.Set(first.AddDays(2).Time().Add(9 * time.Hour))
	v := w.s.as(t, auth.Coordinator).open("/desk/referrals/" + w.reference(id))
	if text := v.doc.Find("#aftercare").Text(); !strings.Contains(text, "Overdue") || !strings.Contains(text, "To come") {
		t.Errorf("aftercare: %.900s", text)
	}
}

// What was noted of a certificate on the day a hospital was chosen may have ended since, and no page shows it as today's.
func TestAnAccreditationNotedWhenAHospitalWasChosenSaysSo(t *testing.T) {
	t.Parallel()
	w := alone(t).walk(t)
	id := w.to(referral.Deciding)
	noted := w.look(id).Hospitals[0].Listed.Accredited
	if noted == "" {
		t.Fatal("nothing was noted")
	}
	w.enter(id).open("/care/compare").says("Accreditation when you chose it " + noted)
	w.s.as(t, auth.Referrer).open("/refer/" + w.reference(id) + "/hospitals").says("When chosen: " + noted)
}
