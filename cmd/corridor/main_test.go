package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// said runs the program as from a shell and gives what it printed and its exit status.
func said(t *testing.T, args ...string) (out string, status int) {
	t.Helper()
	file, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	stdout, stderr := os.Stdout, os.Stderr
	os.Stdout, os.Stderr = file, file
	defer func() { os.Stdout, os.Stderr = stdout, stderr }()
	status = run(args)
	b, err := os.ReadFile(file.Name())
	if err != nil {
		t.Fatal(err)
	}
	return string(b), status
}

func TestTheSeedLoadsOnceAndTheDoctorIsContent(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "var")
	if out, status := said(t, "seed", "load", "--samples", "--var", folder, "--log-level", "error"); status != 0 || !strings.Contains(out, "nabh_register") {
		t.Fatalf("status %d: %s", status, out)
	}
	if out, status := said(t, "seed", "load", "--samples", "--var", folder, "--log-level", "error"); status != 0 || !strings.Contains(out, " 0 rows added, 0 changed, 0 removed") {
		t.Errorf("a second load: status %d: %s", status, out)
	}
	out, status := said(t, "doctor", "--var", folder, "--log-level", "error")
	if status != 0 || !strings.Contains(out, "flag --var") || !strings.Contains(out, "hospitals and clinics") {
		t.Errorf("doctor: status %d: %s", status, out)
	}
}

func TestWrongSettingsAreAllNamedAndNothingStarts(t *testing.T) {
	t.Setenv("CORRIDOR_MEILI_KEY", "do-not-print-me")
	out, status := said(t, "doctor", "--var", t.TempDir(), "--addr", "nowhere", "--origin", "ftp://x", "--database-url", "mysql://x", "--referrer-domains", "nhs.net,*.nhs.uk", "--log-level", "error")
	if status == 0 {
		t.Error("the doctor is content")
	}
	for _, want := range []string{"CORRIDOR_ADDR", "CORRIDOR_ORIGIN", "CORRIDOR_DATABASE_URL", `CORRIDOR_REFERRER_DOMAINS: "*.nhs.uk"`, "environment CORRIDOR_MEILI_KEY", "(set, not shown)"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not said in %s", want, out)
		}
	}
	if strings.Contains(out, "do-not-print-me") {
		t.Error("a secret was printed")
	}
	if _, status := said(t, "nonsense"); status != 2 {
		t.Errorf("a wrong command line: status %d, want 2", status)
	}
}
