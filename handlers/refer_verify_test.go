package handlers_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"carecorridor/auth"
	"carecorridor/referral"
	"carecorridor/views/link"
)

// referrer is a new clinician of a practice of their own, by the pages of invitation and setting up.
func (s *site) referrer(t testing.TB, email string) *member {
	t.Helper()
	ctx, office := context.Background(), s.people.Console()
	org, l, err := s.people.AddOrganisation(ctx, office, auth.Organisation{Kind: auth.Practice, Name: "Mill Lane Surgery", ODS: "A12345"})
	if err != nil || !l.OK() {
		t.Fatal(l, err)
	}
	if l, err = s.people.Invite(ctx, office, auth.InviteForm{Org: org, Email: email, Role: auth.Referrer}); err != nil || !l.OK() {
		t.Fatal(l, err)
	}
	m := &member{visitor: visit(t, s), s: s, email: email}
	m.open(linkTo(t, s.letters(t), email)).send("Accept and go on", url.Values{"name": {"Dr Jo Bell"}, "password": {goodPassword}})
	return m.enrol()
}

// A mailbox is shown again by a link of its own: looking at it shows nothing, and it signs nobody in.
func TestAMailboxIsShownAgainByALinkThatDoesNothingElse(t *testing.T) {
	t.Parallel()
	s := alone(t)
	m := s.referrer(t, "jo@demo.example")
	m.send("I have kept my codes", nil)
	if words := m.open(link.ReferVerification).words(); strings.Contains(words, "Mail me a link") {
		t.Error("a link is offered before there is a registration to count for")
	}
	m.send("Ask for a check", url.Values{"number": {"7654321"}})
	s.clock.Set(s.clock.Now().AddDate(0, 0, referral.MailboxMaxDays+1))
	m.signIn(m.visitor)
	m.open(link.ReferVerification).says("Show that the mailbox is still yours").send("Mail me a link to show that this mailbox is mine", nil).
		at(link.ReferVerification + "?done=mailed").says("We have mailed you a link")
	to := linkTo(t, s.letters(t), m.email)
	scanner := visit(t, s)
	for range 2 {
		if scanner.open(to).says("This mailbox is mine"); scanner.header.Get("Referrer-Policy") != "no-referrer" {
			t.Error("the link is told to the next page")
		}
	}
	m.open(link.ReferVerification).says("Show that the mailbox is still yours")
	scanner.send("This mailbox is mine", nil).at("/sign-in/mailbox").says("Thank you")
	if scanner.open(link.Account); !strings.HasPrefix(scanner.path, "/sign-in") {
		t.Errorf("the link opened %s", scanner.path)
	}
	if words := m.open(link.ReferVerification).words(); strings.Contains(words, "Show that the mailbox is still yours") {
		t.Error("the mailbox that was shown does not count")
	}
	if scanner.open(to).says("This link no longer works"); scanner.status != http.StatusNotFound {
		t.Errorf("used: %d", scanner.status)
	}
	if scanner.post(to, nil).says("This link no longer works"); scanner.status != http.StatusNotFound {
		t.Errorf("used again: %d", scanner.status)
	}
	for range 4 {
		m.post(link.ReferMailbox, nil)
	}
	if m.post(link.ReferMailbox, nil).says("Wait 1 hour"); m.status != http.StatusTooManyRequests {
		t.Errorf("asked six times: %d", m.status)
	}
	if v := s.as(t, auth.ReferrerAdmin).post(link.ReferMailbox, nil); v.status != http.StatusConflict {
		t.Errorf("an administrator of a practice: %d", v.status)
	}
}

// Whoever changes a number signs on with the check they have until the new number is decided.
func TestANewNumberTakesNothingAwayBeforeItIsDecided(t *testing.T) {
	t.Parallel()
	s := alone(t)
	w := s.drafted(t, auth.Referrer).whole()
	s.checked(t)
	w.open(link.ReferVerification).send("Ask for a check", url.Values{"number": {"7654321"}}).says("or until our verifier has decided", "7654321", "for the number given before")
	s.as(t, auth.Verifier).open(link.DeskReferrers).says("Waits for a check").follow("Dr Tom Ashworth").says("7654321", "for the number given before")
	if w.post(w.on("check"), url.Values{"statement": {"yes"}, "how": {"link"}, "version": {w.version()}}); w.signed() != 1 {
		t.Errorf("status %d, signed %d times", w.status, w.signed())
	}
}
