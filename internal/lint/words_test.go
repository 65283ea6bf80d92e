package lint_test

import (
	"go/ast"
	"go/token"
	"regexp"
	"strings"
	"testing"
)

// unwelcome are words a patient never reads here (ux.md §10): promises, haste, and talk of bargains.
var unwelcome = regexp.MustCompile(`(?i)\b(save up to|world[- ]class|best (price|hospital|surgeon|doctor|deal)s?|cheap(er|est)?|holidays?|book now|` +
	`only \d+ left|guaranteed?|success rates?|medical tourism|click here|please|oops|state[- ]of[- ]the[- ]art|cutting[- ]edge)\b`)

func TestPagesUseNoUnwelcomeWords(t *testing.T) {
	t.Parallel()
	for _, f := range written(t) {
		if f.Test || !under(f.Dir, "views", "handlers") || under(f.Dir, "views/stories") {
			continue
		}
		ast.Inspect(f.AST, func(n ast.Node) bool {
			if s, ok := n.(*ast.BasicLit); ok && s.Kind == token.STRING && unwelcome.MatchString(s.Value) {
				t.Errorf("%s: %q", f.At(n), unwelcome.FindString(s.Value))
			}
			return true
		})
	}
	eachText(t, func(path, text string) {
		for i, line := range strings.Split(text, "\n") {
			if !strings.HasPrefix(strings.TrimSpace(line), "//") && unwelcome.MatchString(line) {
				t.Errorf("%s:%d: %q", path, i+1, unwelcome.FindString(line))
			}
		}
	}, ".templ")
}

// here are folders of one machine and addresses of package registries: a clone elsewhere has neither.
var here = regexp.MustCompile(`(^|[^a-zA-Z0-9.])/(?:(?:work|root|farm)/|home/[a-z]|tmp/[a-z])|proxy\.golang\.org|registry\.npmjs|deb\.debian\.org`)

func TestNoMachinePathOrRegistryIsInTheTree(t *testing.T) {
	t.Parallel()
	eachText(t, func(path, text string) {
		if strings.HasSuffix(path, "go.sum") {
			return
		}
		for i, line := range strings.Split(text, "\n") {
			if m := here.FindString(line); m != "" && !strings.Contains(line, "here = regexp") {
				t.Errorf("%s:%d: %q", path, i+1, strings.TrimSpace(m))
			}
		}
	})
}

func TestLockFilesNameNoAddress(t *testing.T) {
	t.Parallel()
	eachText(t, func(path, text string) {
		if strings.Contains(text, `"resolved"`) {
			t.Errorf("%s: has resolved addresses; make it with npm install --package-lock-only --omit-lockfile-registry-resolved", path)
		}
	}, "package-lock.json")
}
