package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// expect runs the program and wants its status and every word.
func expect(t *testing.T, status int, words []string, args ...string) {
	t.Helper()
	out, got := said(t, append(args, "--log-level", "error")...)
	if got != status {
		t.Errorf("%v: status %d, want %d: %s", args, got, status, out)
	}
	for _, w := range words {
		if !strings.Contains(out, w) {
			t.Errorf("%v: %q is not said in %s", args, w, out)
		}
	}
}

func TestTheAuditTrailIsVerifiedAnchoredAndExported(t *testing.T) {
	dir := t.TempDir()
	folder, anchors, rows := filepath.Join(dir, "var"), filepath.Join(dir, "anchors"), filepath.Join(dir, "rows.jsonl")
	expect(t, 0, nil, "migrate", "--var", folder)
	expect(t, 1, []string{"no rows"}, "audit", "anchor", anchors, "--var", folder)
	expect(t, 0, []string{"0 rows, never verified"}, "doctor", "--var", folder)
	expect(t, 0, []string{"whole: 0 rows"}, "audit", "verify", "--var", folder)
	expect(t, 0, nil, "audit", "anchor", anchors, "--var", folder)
	expect(t, 0, []string{"whole: 1 rows, 1 anchors"}, "audit", "verify", "--anchor", anchors, "--var", folder)
	expect(t, 0, []string{"2 rows written"}, "audit", "export", rows, "--var", folder)
	if text, err := os.ReadFile(rows); err != nil || strings.Count(string(text), `"action":"audit.verify"`) != 2 {
		t.Errorf("%s, %v", text, err)
	}
	expect(t, 1, []string{"exists"}, "audit", "export", rows, "--var", folder)
	expect(t, 1, []string{".jsonl or .csv"}, "audit", "export", filepath.Join(dir, "rows.xml"), "--var", folder)
	expect(t, 0, []string{"0 rows written"}, "audit", "export", filepath.Join(dir, "rows.csv"), "--from", "2001-01-01", "--to", "2001-12-31", "--var", folder)
	expect(t, 0, []string{"4 rows, verified on"}, "doctor", "--var", folder)

	forged := filepath.Join(dir, "forged")
	text, err := os.ReadFile(anchors)
	if err == nil {
		err = os.WriteFile(forged, []byte(strings.Replace(string(text), `"seq":1`, `"seq":2`, 1)), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	expect(t, 1, []string{"line 1: not signed"}, "audit", "verify", "--anchor", forged, "--var", folder)
}

func TestKeysAreRotatedFromTheCommandLine(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "var")
	expect(t, 0, nil, "migrate", "--var", folder)
	expect(t, 0, []string{"sealing", "index", "primary"}, "keys", "list", "--var", folder)
	expect(t, 0, []string{"added: sealing"}, "keys", "rotate", "--add-only", "--var", folder)
	expect(t, 0, []string{"rotation of sealing is not finished"}, "doctor", "--var", folder)
	expect(t, 0, []string{"promoted: sealing", "disabled: sealing", "destroyed: sealing"}, "keys", "rotate", "--settle", "0s", "--retire", "--var", folder)
	expect(t, 0, []string{"keys", "kept in clear"}, "doctor", "--var", folder)
	if out, _ := said(t, "keys", "list", "--var", folder); strings.Count(out, "primary") != 2 || strings.Contains(out, "disabled") {
		t.Error(out)
	}
}

func TestAConfiguredKeysetMustExistAndMayBeEncrypted(t *testing.T) {
	dir := t.TempDir()
	folder, keyset, kek := filepath.Join(dir, "var"), filepath.Join(dir, "sealing.json"), filepath.Join(dir, "kek.json")
	expect(t, 0, nil, "migrate", "--var", folder)
	settings := []string{"--keyset-file", keyset, "--kek-file", kek, "--var", folder}
	expect(t, 1, []string{"CORRIDOR_KEYSET_FILE", "corridor keys make"}, append([]string{"keys", "list"}, settings...)...)
	expect(t, 0, nil, "keys", "kek", kek)
	expect(t, 1, nil, "keys", "kek", kek)
	expect(t, 0, []string{"are ready"}, append([]string{"keys", "make"}, settings...)...)
	expect(t, 0, []string{"primary"}, append([]string{"keys", "list"}, settings...)...)
	expect(t, 0, []string{"encrypted with CORRIDOR_KEK_FILE"}, append([]string{"doctor"}, settings...)...)
	again := filepath.Join(dir, "again.json")
	expect(t, 0, nil, append([]string{"keys", "copy", again, "--with-kek", kek}, settings...)...)
	expect(t, 0, []string{"primary"}, "keys", "list", "--keyset-file", again, "--kek-file", kek, "--var", folder)
	expect(t, 1, []string{"WRONG"}, "doctor", "--keyset-file", keyset, "--var", folder)
}
