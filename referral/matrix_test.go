package referral_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"carecorridor/auth"
	"carecorridor/internal/fault"
	"carecorridor/referral"
	"carecorridor/referral/visa"
)

var (
	update       = flag.Bool("update", false, "write golden files anew")
	letterNumber = visa.NewNumber()
)

// golden compares with a file of testdata, or writes it.
func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != got {
		t.Errorf("%s is out of date: run this test with -update and read the difference", path)
	}
}

// ready are facts in which a line can be followed, and the hospital it is about.
func ready(line referral.Transition, s referral.State, r auth.Role) (referral.Facts, auth.Actor, string) {
	f, who := facts(s), actor(r, noon)
	provider := ""
	if line.About == referral.OneHospital {
		provider = "h1"
		if from := responsesFor(line.Event); len(from) > 0 && !slices.Contains(from, f.Provider("h1").Response) {
			*f.Provider("h1") = hospitalAt("h1", pick(from), noon)
		}
	}
	for _, g := range line.Guards {
		satisfy(g, &f, f.Provider(provider), who, line)
	}
	return f, who, provider
}

// responsesFor are those an event about one hospital starts from.
func responsesFor(e referral.Event) (out []referral.Response) {
	for _, r := range referral.Replies {
		if r.Event == e && r.On == referral.This {
			out = append(out, r.From...)
		}
	}
	return out
}

// pick prefers a response of a hospital that has the referral.
func pick(from []referral.Response) referral.Response {
	for _, r := range from {
		if r != referral.Unsent {
			return r
		}
	}
	return from[0]
}

// Every state, every event, every role: allowed exactly where the table has a line, and the list of what is allowed is
// a file that a person reads.
func TestEveryStateEventAndRoleIsAllowedOrRefused(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	cases := 0
	for _, s := range append([]referral.State{referral.None}, referral.States...) {
		fmt.Fprintf(&out, "## %s\n", orNew(s))
		for _, e := range referral.Events {
			moves := map[string][]string{}
			var order []string
			for _, r := range referral.Roles {
				cases++
				to, ok := try(t, s, e, r)
				if !ok {
					continue
				}
				if moves[to] == nil {
					order = append(order, to)
				}
				moves[to] = append(moves[to], string(r))
			}
			for _, to := range order {
				fmt.Fprintf(&out, "%-20s %-28s %s\n", e, to, strings.Join(moves[to], " "))
			}
		}
		out.WriteString("\n")
	}
	if want := 13 * len(referral.Events) * 13; cases != want || len(referral.Roles) != 13 {
		t.Fatalf("%d cases, want %d", cases, want)
	}
	golden(t, "testdata/matrix.txt", out.String())
}

func orNew(s referral.State) string {
	if s == referral.None {
		return "(new)"
	}
	return string(s)
}

// try does one case and says where it led, ok false when it was refused.
func try(t *testing.T, s referral.State, e referral.Event, r auth.Role) (string, bool) {
	t.Helper()
	line, inTable := referral.Line(e, s, r)
	if !inTable {
		refused(t, s, e, r)
		return "", false
	}
	f, who, provider := ready(line, s, r)
	for _, h := range []string{provider} {
		in := input(f, e, h, who)
		o, err := referral.Apply(who, f, e, in, noon)
		if err != nil {
			t.Errorf("%s %s %s: %v", s, e, r, err)
			return "", false
		}
		if o.From != s || o.To != line.Target(s) || o.Ending != endingOf(line, f) || o.Version != f.Version+1 {
			t.Errorf("%s %s %s: %s > %s, %q, version %d", s, e, r, o.From, o.To, o.Ending, o.Version)
		}
		if !slices.ContainsFunc(referral.AllowedActions(who, f), func(a referral.Action) bool { return a.Event == e && a.Provider == h }) {
			t.Errorf("%s %s %s: done, but not offered", s, e, r)
		}
	}
	to := string(line.Target(s))
	if line.Ending != "" {
		to += " (" + string(line.Ending) + ")"
	}
	return to, true
}

func endingOf(line referral.Transition, f referral.Facts) referral.Ending {
	if f.State == referral.Closed {
		return f.Ending
	}
	return line.Ending
}

func refused(t *testing.T, s referral.State, e referral.Event, r auth.Role) {
	t.Helper()
	who := actor(r, noon)
	for _, f := range []referral.Facts{facts(s)} {
		for _, h := range []string{"", "h1"} {
			_, err := referral.Apply(who, f, e, input(f, e, h, who), noon)
			want := fault.Conflict
			if !referral.Ever(e, r) {
				want = fault.Forbidden
			}
			if kind := fault.KindOf(err); err == nil || kind != want && kind != fault.Missing {
				t.Errorf("%s %s %s: %v, want %v", s, e, r, err, want)
			}
			if slices.ContainsFunc(referral.AllowedActions(who, f), func(a referral.Action) bool { return a.Event == e }) {
				t.Errorf("%s %s %s: offered", s, e, r)
			}
		}
	}
}

func TestTheTableHasOneLineForEachMove(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, line := range referral.Table {
		for _, s := range line.From {
			for _, r := range line.Who {
				key := fmt.Sprint(line.Event, "|", s, "|", r)
				if seen[key] {
					t.Errorf("%s stands twice", key)
				}
				seen[key] = true
				if !slices.Contains(referral.Roles, r) || s != referral.None && !slices.Contains(referral.States, s) {
					t.Errorf("%s: no such role or state", key)
				}
			}
		}
		if (line.To == referral.Closed) != (line.Ending != "") {
			t.Errorf("%s: closes without an ending, or ends without closing", line.Event)
		}
	}
}

func TestThePolicyTableAllowsWhatTheWorkflowOffers(t *testing.T) {
	t.Parallel()
	for _, line := range referral.Table {
		for _, r := range line.Who {
			account := r != referral.System && r != referral.Receiver
			if account != (line.Policy != "") || account && !auth.Can(r, line.Policy) {
				t.Errorf("%s by %s: policy %q", line.Event, r, line.Policy)
			}
		}
	}
}

func eachHospital(f *referral.Facts, do func(*referral.Provider)) {
	for i := range f.Providers {
		do(&f.Providers[i])
	}
}

// Each guard of each line, broken alone, takes the event away: not offered, refused with its words, and nothing else.
func TestEachGuardOfEachLineStopsIt(t *testing.T) {
	t.Parallel()
	cases := 0
	eachLine(func(line referral.Transition, s referral.State, r auth.Role) {
		for _, g := range line.Guards {
			f, who, provider := ready(line, s, r)
			breakIt, known := violate[g]
			if !known {
				t.Fatalf("no way to break %q", g)
			}
			breakIt(&f, f.Provider(provider))
			cases++
			if referral.Allowed(who, f, line.Event, provider) {
				t.Errorf("%s %s %s: allowed though not %q", s, line.Event, r, g)
			}
			_, err := referral.Apply(who, f, line.Event, input(f, line.Event, provider, who), noon)
			if kind := fault.KindOf(err); err == nil || kind != fault.Conflict && kind != fault.Missing {
				t.Errorf("%s %s %s: %v though not %q", s, line.Event, r, err, g)
			}
			if f.Provider(provider) != nil || provider == "" {
				if fault.KindOf(err) == fault.Conflict && !slices.Contains(referral.Waiting(who, f, line.Event, provider), g) {
					t.Errorf("%s %s %s: does not say that it waits for %q", s, line.Event, r, g)
				}
			}
		}
	})
	t.Logf("%d guards on lines", cases)
}

// Each flag of each line stops it.
func TestEachFlagOfEachLineStopsIt(t *testing.T) {
	t.Parallel()
	eachLine(func(line referral.Transition, s referral.State, r auth.Role) {
		for _, flag := range referral.Flags {
			f, who, provider := ready(line, s, r)
			f.Flags = append(f.Flags, flag)
			stops := slices.Contains(line.Stops, flag) || slices.ContainsFunc(line.Guards, func(g referral.Guard) bool {
				return flag == referral.SafetyHold && g == referral.NotHeld || flag == referral.ConsentSuspended && g == referral.NotSuspended || flag == referral.LegalHold && g == referral.ErasureNotHeld
			})
			if referral.Allowed(who, f, line.Event, provider) == stops {
				t.Errorf("%s %s %s: allowed %v with %s", s, line.Event, r, !stops, flag)
			}
		}
	})
}

// A need that is missing is a problem at a field; the event stays offered and nothing happens.
func TestEachNeedOfEachLineIsAsked(t *testing.T) {
	t.Parallel()
	eachLine(func(line referral.Transition, s referral.State, r auth.Role) {
		f, who, provider := ready(line, s, r)
		whole := input(f, line.Event, provider, who)
		bare := referral.Input{Provider: provider, Version: whole.Version}
		_, err := referral.Apply(who, f, line.Event, bare, noon)
		var problems *referral.Problems
		asked := errors.As(err, &problems) && fault.Is(err, fault.Invalid) && !problems.List.OK()
		if needed := len(line.Needs) > 0 && !slices.Equal(line.Needs, []referral.Need{referral.ThisQuote}) || line.Event == referral.Accept; asked != needed {
			t.Errorf("%s %s %s: %v, want problems %v", s, line.Event, r, err, needed)
		}
	})
}

func eachLine(do func(referral.Transition, referral.State, auth.Role)) {
	for _, line := range referral.Table {
		for _, s := range line.From {
			for _, r := range line.Who {
				do(line, s, r)
			}
		}
	}
}

func TestStepUpIsAskedBeforeDangerousEvents(t *testing.T) {
	t.Parallel()
	asked := 0
	eachLine(func(line referral.Transition, s referral.State, r auth.Role) {
		f, who, provider := ready(line, s, r)
		who.SteppedUp = noon.Add(-auth.StepUpFor)
		_, err := referral.Apply(who, f, line.Event, input(f, line.Event, provider, who), noon)
		if errors.Is(err, referral.ErrStepUp) != line.StepUp {
			t.Errorf("%s %s %s: %v", s, line.Event, r, err)
		}
		if line.StepUp {
			asked++
		}
	})
	for _, e := range []referral.Event{referral.GiveConsent, referral.Accept, referral.GivePassport, referral.ApproveErasure} {
		if line, _ := lineOf(e); !line.StepUp {
			t.Errorf("%s asks for no second factor", e)
		}
	}
	if asked == 0 {
		t.Error("nothing asks")
	}
}

func lineOf(e referral.Event) (referral.Transition, bool) {
	at := slices.IndexFunc(referral.Table, func(t referral.Transition) bool { return t.Event == e })
	return referral.Table[at], at >= 0
}

func TestAStaleFormIsRefusedUnlessItOnlyAddsOrProtects(t *testing.T) {
	t.Parallel()
	eachLine(func(line referral.Transition, s referral.State, r auth.Role) {
		f, who, provider := ready(line, s, r)
		in := input(f, line.Event, provider, who)
		in.Version--
		_, err := referral.Apply(who, f, line.Event, in, noon)
		free := line.Adds || line.AtOnce || r == referral.System || s == referral.None
		if errors.Is(err, referral.ErrStale) == free {
			t.Errorf("%s %s %s: %v", s, line.Event, r, err)
		}
	})
}

func TestNotYoursLooksLikeNotThere(t *testing.T) {
	t.Parallel()
	eachLine(func(line referral.Transition, s referral.State, r auth.Role) {
		f, who, provider := ready(line, s, r)
		in := input(f, line.Event, provider, who)
		who.Person, who.Org = "stranger", "org-elsewhere"
		if slices.Contains([]auth.Role{auth.Coordinator, auth.SafetyReviewer, auth.Verifier, auth.Auditor, auth.Administrator, referral.System}, r) {
			return // the alliance sees all
		}
		if _, err := referral.Apply(who, f, line.Event, in, noon); !fault.Is(err, fault.Missing) {
			t.Errorf("%s %s %s by a stranger: %v", s, line.Event, r, err)
		}
		if got := referral.AllowedActions(who, f); len(got) > 0 {
			t.Errorf("%s %s: a stranger is offered %v", s, r, got)
		}
	})
}
