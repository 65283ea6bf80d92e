package handlers_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"carecorridor/auth"
	"carecorridor/referral"
)

func TestReferralsAreTheFirstThingAHospitalHasToDo(t *testing.T) {
	t.Parallel()
	s := alone(t)
	w := s.walk(t)
	if words := s.as(t, auth.ProviderOwner).open("/portal").words(); strings.Contains(words, "See to") {
		t.Errorf("nothing waits: %.600s", words)
	}
	w.to(referral.WithProviders)
	v := s.as(t, auth.ProviderOwner).open("/portal").says("See to 1 referral", "The first is due in ")
	if first := text(v.doc.Find("#to-do li").First()); !strings.Contains(first, "referral") {
		t.Errorf("the first thing is %q", first)
	}
	if words := s.asOther(t, auth.ProviderOwner).open("/portal").words(); strings.Contains(words, "See to") {
		t.Error("another hospital's work")
	}
	s.clock.Set(time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC))
	s.as(t, auth.ProviderOwner).open("/portal").says("1 referral is past due")
}

func TestAReferrerWhoSignsInSeesTheReferralsOfThePractice(t *testing.T) {
	t.Parallel()
	s := alone(t)
	visit(t, s).post("/sign-in/demonstration", url.Values{"person": {s.sample(t, auth.Referrer, 0).Person}}).at("/refer/dashboard")
}
