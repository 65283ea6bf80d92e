package lint_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"carecorridor/internal/lint"
)

// root of the tree these tests read.
func root(t *testing.T) string {
	t.Helper()
	dir, err := lint.Root()
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// files are all Go files of the tree.
func files(t *testing.T) []lint.File {
	t.Helper()
	all, err := lint.GoFiles(root(t))
	if err != nil {
		t.Fatal(err)
	}
	if len(all) == 0 {
		t.Fatal("no Go files found")
	}
	return all
}

// written are the files people wrote.
func written(t *testing.T) []lint.File {
	t.Helper()
	var own []lint.File
	for _, f := range files(t) {
		if !f.Generated {
			own = append(own, f)
		}
	}
	return own
}

// eachText gives every text file of the tree whose path ends in one of the endings (all when there are none).
func eachText(t *testing.T, f func(path, text string), endings ...string) {
	t.Helper()
	base := root(t)
	err := lint.Walk(base, func(path string) error {
		if !endsIn(path, endings) {
			return nil
		}
		b, err := os.ReadFile(filepath.Join(base, path))
		if err != nil {
			return err
		}
		if head := b[:min(len(b), 8000)]; !strings.ContainsRune(string(head), 0) {
			f(path, string(b))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func endsIn(path string, endings []string) bool {
	for _, e := range endings {
		if strings.HasSuffix(path, e) {
			return true
		}
	}
	return len(endings) == 0
}

// under reports whether folder dir is one of the tops or below one.
func under(dir string, tops ...string) bool {
	for _, top := range tops {
		if dir == top || strings.HasPrefix(dir, top+"/") {
			return true
		}
	}
	return false
}
