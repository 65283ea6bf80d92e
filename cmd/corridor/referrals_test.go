package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"carecorridor/internal/testdb"
	"carecorridor/internal/when"
	"carecorridor/referral"
)

func TestOtherTimesAreReadAndMistakesNamed(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "timers.json")
	read := func(content string) (referral.Timings, error) {
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return (&Config{TimersFile: file}).timings()
	}
	got, err := read(`{"triage_due": {"lasts": {"n": 1, "unit": "working_days"}, "rungs": [{"after": {"n": 1, "unit": "working_days"}, "to": ["coordinator"], "key": "triage_late"}]}}`)
	if err != nil || got[referral.TriageDue].Lasts.N != 1 || got[referral.DraftIdle].Lasts.N != 30 {
		t.Errorf("%+v, %v", got[referral.TriageDue], err)
	}
	for name, content := range map[string]string{
		"there is no timer": `{"tea_time": {"lasts": {"n": 1, "unit": "days"}}}`, "draft_idle": `{"draft_idle": {"lasts": {"n": 1, "unit": "days"}}}`,
		"unknown field": `{"triage_due": {"length": 1}}`, "unexpected EOF": `{`, "must be a number of hours": `{"triage_due": {"lasts": {"n": 1, "unit": "moons"}}}`,
	} {
		if _, err := read(content); err == nil || !strings.Contains(err.Error(), name) || !strings.Contains(err.Error(), "CORRIDOR_TIMERS_FILE") {
			t.Errorf("%s: %v", content, err)
		}
	}
}

// demoAt is an app with the demonstration's referrals, loaded twice, as a server has it that was started again.
func demoAt(t *testing.T, clock when.Clock) *app {
	t.Helper()
	ctx := context.Background()
	c := &Config{Addr: "127.0.0.1:0", Var: t.TempDir(), LogLevel: "error", MailFrom: "no-reply@carecorridor.example", Origin: "http://localhost"}
	if err := prepareDemo(ctx, c); err != nil {
		t.Fatal(err)
	}
	a, err := openAppAt(ctx, c, clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.close() })
	for _, open := range []func() error{a.openEnquiries, func() error { return a.openPeople(true) }, func() error { return a.people.LoadSamples(ctx) }, func() error { return a.openReferrals(true) },
		func() error { return a.loadReferralSamples(ctx) }, func() error { return a.loadReferralSamples(ctx) }} {
		if err := open(); err != nil {
			t.Fatal(err)
		}
	}
	return a
}

func TestTheDemonstrationHasAReferralInEachState(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	a := demoAt(t, when.System)
	for _, state := range referral.States {
		if ids, err := a.store.ReferralsIn(ctx, string(state)); err != nil || len(ids) == 0 || len(ids) > 4 {
			t.Errorf("%s: %d, %v", state, len(ids), err)
		}
	}
	if mails, err := os.ReadDir(filepath.Join(a.cfg.Var, "mail")); err == nil && len(mails) > 0 {
		t.Errorf("%d mails to people who are not there", len(mails))
	}
	if dry, err := a.referrals.Retain(ctx, true); err != nil || len(dry) != 0 {
		t.Errorf("%+v, %v", dry, err)
	}
}

func TestAReferralThatTimersStumbleOverPutsOffNoForgetting(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	var ahead time.Duration
	a := demoAt(t, func() time.Time { return when.System().Add(ahead) })
	db := testdb.SQL(t, a.cfg.Database())
	if _, err := db.Exec("UPDATE referrals SET progress = 'unreadable' WHERE state = 'triage'"); err != nil {
		t.Fatal(err)
	}
	ahead = 10 * 366 * 24 * time.Hour
	for range 2 { // the first time others are still to be closed
		if err := a.tendReferrals(ctx); err == nil {
			t.Error("trouble is not told")
		}
		ahead += 10 * 366 * 24 * time.Hour
	}
	if kept := testdb.Cells(t, db, "SELECT reference FROM referrals WHERE state = 'closed' AND erased_at IS NULL"); len(kept) > 0 {
		t.Errorf("kept too long: %v", kept)
	}
}
