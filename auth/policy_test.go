package auth

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"carecorridor/internal/fault"
)

var update = flag.Bool("update", false, "write docs/permissions.md anew")

const permissions = "../docs/permissions.md"

// actions are all that the table has, in its order.
func actions() []Action {
	var out []Action
	for _, r := range Policy {
		if !slices.Contains(out, r.Action) {
			out = append(out, r.Action)
		}
	}
	return out
}

// The document is what May says, asked for every role, action and nearness: not the table read once more.
func TestTheDocumentOfPermissionsIsWhatThePolicySays(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString("# Who may do what\n\nWritten by `go test ./auth -run Permissions -update` from the one policy table (auth/policytable.go).\n\n" +
		"**any**: whosever it is. **org**: what belongs to the organisation acted for. **own**: the person's own account, referral or work.\n" +
		"An empty cell is refused (403); what is further away than the cell says is not there (404).\n\n| action |")
	for _, r := range Roles {
		fmt.Fprintf(&b, " %s |", strings.ReplaceAll(string(r), "_", " "))
	}
	b.WriteString("\n| --- |" + strings.Repeat(" --- |", len(Roles)) + "\n")
	for _, act := range actions() {
		fmt.Fprintf(&b, "| `%s` |", act)
		for _, r := range Roles {
			fmt.Fprintf(&b, " %s |", reach(t, r, act))
		}
		b.WriteByte('\n')
	}
	if *update {
		if err := os.WriteFile(permissions, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(permissions)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != b.String() {
		t.Errorf("%s is not what the policy says: run go test ./auth -run Permissions -update and look at what changed", permissions)
	}
}

// reach asks May from afar to near, and holds every answer to be of one shape: once near enough, always.
func reach(t *testing.T, r Role, act Action) string {
	t.Helper()
	a := Actor{Person: "p", Org: "o", Role: r}
	out := ""
	for _, near := range []struct {
		on   Relation
		word string
	}{{"", "any"}, {OwnOrg, "org"}, {OwnRecord, "own"}} {
		err := May(a, act, near.on)
		switch {
		case err == nil && out == "":
			out = near.word
		case err != nil && out != "":
			t.Errorf("%s %s: allowed for %s and refused nearer", r, act, out)
		case err != nil && fault.Is(err, fault.Forbidden) == Can(r, act):
			t.Errorf("%s %s on %q: %v", r, act, near.on, err)
		case err != nil && !fault.Is(err, fault.Forbidden) && !fault.Is(err, fault.Missing):
			t.Errorf("%s %s on %q: %v", r, act, near.on, err)
		}
	}
	if (out != "") != Can(r, act) {
		t.Errorf("%s %s: %q, and Can says %v", r, act, out, Can(r, act))
	}
	return out
}

func TestNobodyAndUnknownRolesMayDoNothing(t *testing.T) {
	t.Parallel()
	for _, act := range actions() {
		for _, a := range []Actor{{}, {Person: "p"}, {Role: Administrator}, {Person: "p", Role: "root"}} {
			if err := May(a, act, OwnRecord); !fault.Is(err, fault.Forbidden) {
				t.Errorf("%+v %s: %v", a, act, err)
			}
		}
	}
	if err := May(Actor{Person: "p", Role: Administrator}, "no.such.action", OwnRecord); !fault.Is(err, fault.Forbidden) {
		t.Error(err)
	}
}

func TestNearnessIsNeverGuessedFromWhatIsEmpty(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a           Actor
		org, person string
		want        Relation
	}{
		{Actor{Person: "p", Org: "o"}, "o", "p", OwnRecord},
		{Actor{Person: "p", Org: "o"}, "o", "q", OwnOrg},
		{Actor{Person: "p", Org: "o"}, "x", "q", ""},
		{Actor{Person: "p"}, "", "", ""},
		{Actor{}, "", "", ""},
	} {
		if got := Near(c.a, c.org, c.person); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
}

func TestEveryRoleWithAnAccountBelongsToOneKindOfOrganisation(t *testing.T) {
	t.Parallel()
	for _, r := range Roles {
		k := KindOf(r)
		if (k == "") != (r == Patient) || Can(r, AccountOwn) == (r == Patient) {
			t.Errorf("%s: %q", r, k)
		}
		if k != "" && (!slices.Contains(RolesFor(k), r) || !slices.Contains(RolesFor(k), managerOf(k))) {
			t.Errorf("%s is not among %v", r, RolesFor(k))
		}
	}
}
