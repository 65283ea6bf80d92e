package auth

import (
	"crypto/sha1"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestEveryLineOfTheBreachedListIsFoundAndNoOther(t *testing.T) {
	t.Parallel()
	for _, end := range []string{"\n", "\r\n"} {
		var lines []string
		for i := range 500 {
			line := fmt.Sprintf("%X", sha1.Sum(fmt.Appendf(nil, "password %d", i)))
			if i%3 > 0 {
				line += fmt.Sprintf(":%d", i*i)
			}
			lines = append(lines, line)
		}
		slices.Sort(lines)
		path := filepath.Join(t.TempDir(), "breached.txt")
		if err := os.WriteFile(path, []byte(strings.Join(lines, end)), 0o600); err != nil {
			t.Fatal(err)
		}
		b, err := openBreached(path)
		if err != nil {
			t.Fatal(err)
		}
		defer b.file.Close()
		for i := range 500 {
			if !b.holds(fmt.Sprintf("password %d", i)) {
				t.Errorf("password %d is not found", i)
			}
			if b.holds(fmt.Sprintf("other %d", i)) {
				t.Errorf("other %d is found", i)
			}
		}
	}
}

func TestAFileThatIsNoBreachedListIsRefused(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "password\n", strings.Repeat("a", 40) + "\n", strings.Repeat("A", 41) + "\n", strings.Repeat("X", 40)} {
		path := filepath.Join(t.TempDir(), "list.txt")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := openBreached(path); err == nil {
			t.Errorf("%q was taken", text)
		}
	}
	if _, err := openBreached(filepath.Join(t.TempDir(), "missing")); err == nil {
		t.Error("a missing file was taken")
	}
	if b, err := openBreached(""); err != nil || b.holds("password") {
		t.Error(err)
	}
}
