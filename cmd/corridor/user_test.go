package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"carecorridor/auth"
)

func TestTheFirstAdministratorIsMadeOnTheCommandLine(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "var")
	user := func(args ...string) (string, int) {
		t.Helper()
		return said(t, append([]string{"user"}, append(args, "--var", folder, "--log-level", "error", "--origin", "https://corridor.example")...)...)
	}
	if out, status := user("list"); status != 0 || !strings.Contains(out, "nobody has an account") {
		t.Fatalf("status %d: %s", status, out)
	}
	out, status := user("add-administrator", "--email", "ada@corridor.example", "--name", "Ada Root")
	if status != 0 || !strings.Contains(out, "\nhttps://corridor.example"+auth.PasswordPath("")) {
		t.Fatalf("status %d: %s", status, out)
	}
	for _, wrong := range [][]string{{"add-administrator", "--email", "nonsense", "--name", "X"}, {"add-administrator", "--email", "ada@corridor.example", "--name", "Ada"},
		{"lock", "nobody@corridor.example", "--why", "gone"}, {"lock", "ada@corridor.example", "--why", "gone"}, {"lock", "ada@corridor.example"}} {
		if out, status := user(wrong...); status == 0 {
			t.Errorf("%v: %s", wrong, out)
		}
	}
	user("add-administrator", "--email", "bo@corridor.example", "--name", "Bo Second")
	if out, status := user("lock", "BO@corridor.example", "--why", "left"); status != 0 {
		t.Errorf("status %d: %s", status, out)
	}
	out, status = user("list")
	if status != 0 || !strings.Contains(out, "bo@corridor.example  Bo Second") || !strings.Contains(out, "locked, no second factor") || !strings.Contains(out, "administrator, Care Corridor") {
		t.Errorf("status %d: %s", status, out)
	}
	if out, status := user("unlock", "bo@corridor.example", "--why", "back"); status != 0 {
		t.Errorf("status %d: %s", status, out)
	}
	if out, status := user("reset-factors", "bo@corridor.example", "--why", "lost phone"); status != 0 || !strings.Contains(out, auth.PasswordPath("")) {
		t.Errorf("status %d: %s", status, out)
	}
	if out, status := said(t, "audit", "verify", "--var", folder, "--log-level", "error"); status != 0 {
		t.Errorf("status %d: %s", status, out)
	}
	for _, name := range []string{"corridor.db", "corridor.db-wal"} {
		held, err := os.ReadFile(filepath.Join(folder, name))
		if err == nil && (strings.Contains(string(held), "ada@corridor") || strings.Contains(string(held), "Ada Root")) {
			t.Errorf("%s holds a name or an address in the open", name)
		}
	}
}

func TestSignInServicesAreReadFromAFileAndNothingUnknownIsTaken(t *testing.T) {
	path := filepath.Join(t.TempDir(), "oidc.json")
	for text, good := range map[string]bool{
		`[{"id":"cis2","name":"CIS2","issuer":"https://id.example","client_id":"x","secret":"y","second":["AAL2_ANY"]}]`: true,
		`[{"id":"cis2","nmae":"CIS2"}]`: false,
		`{}`:                            false,
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		c := &Config{OIDCFile: path}
		if all, err := c.signInServices(); (err == nil) != good || good && (len(all) != 1 || all[0].ClientID != "x") {
			t.Errorf("%s: %+v, %v", text, all, err)
		}
	}
}
