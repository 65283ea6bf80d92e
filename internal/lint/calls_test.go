package lint_test

import (
	"go/ast"
	"strings"
	"testing"

	"carecorridor/internal/lint"
)

// given names what code is handed instead of reaching for it, and where the reaching is done. Tests and
// the folders that only tests import may reach.
var given = map[string]struct {
	homes []string
	say   string
}{
	"time.Now":     {[]string{"cmd", "internal/when", "internal/obs"}, "take a when.Clock"},
	"os.Getenv":    {[]string{"cmd", "internal/obs"}, "take configuration from cmd"},
	"os.LookupEnv": {[]string{"cmd", "internal/obs"}, "take configuration from cmd"},
}

var testOnly = []string{"internal/testdb", "internal/testmeili", "internal/oidctest", "search/searchtest", "e2e"}

func TestClockAndEnvironmentAreGiven(t *testing.T) {
	t.Parallel()
	for _, f := range written(t) {
		if f.Test || under(f.Dir, testOnly...) {
			continue
		}
		eachSelector(f, func(name string, n ast.Node) {
			if rule, ok := given[name]; ok && !under(f.Dir, rule.homes...) {
				t.Errorf("%s: %s; %s", f.At(n), name, rule.say)
			}
		})
	}
}

func TestTheDefaultLogIsNotUsed(t *testing.T) {
	t.Parallel()
	for _, f := range written(t) {
		for _, path := range imports(f) {
			if path == "log" && !f.Test && !under(f.Dir, "cmd", "internal/obs") {
				t.Errorf("%s: imports log; take a *slog.Logger", f.Path)
			}
		}
	}
}

func TestNoTestIsSkipped(t *testing.T) {
	t.Parallel()
	for _, f := range files(t) {
		if !f.Test && !under(f.Dir, testOnly...) {
			continue
		}
		ast.Inspect(f.AST, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok && isSkip(s) {
				t.Errorf("%s: a test that needs something missing fails and says what", f.At(n))
			}
			return true
		})
	}
}

// isSkip knows t.Skip, b.SkipNow, f.Skipf and their like, by the usual names of the receiver.
func isSkip(s *ast.SelectorExpr) bool {
	x, ok := s.X.(*ast.Ident)
	return ok && len(x.Name) <= 2 && (s.Sel.Name == "Skip" || s.Sel.Name == "Skipf" || s.Sel.Name == "SkipNow")
}

func TestNothingIsLeftMarkedUnfinished(t *testing.T) {
	t.Parallel()
	marks := []string{"TO" + "DO", "FIX" + "ME", "XX" + "X:"}
	eachText(t, func(path, text string) {
		for i, line := range strings.Split(text, "\n") {
			for _, m := range marks {
				if strings.Contains(line, m) {
					t.Errorf("%s:%d: %s", path, i+1, m)
				}
			}
		}
	}, ".go", ".templ", ".sql", ".scss", ".css", "/src/app.js", ".sh", "Makefile")
}

// eachSelector gives every package.Name used as such.
func eachSelector(f lint.File, use func(name string, n ast.Node)) {
	ast.Inspect(f.AST, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok && x.Obj == nil {
				use(x.Name+"."+s.Sel.Name, n)
			}
		}
		return true
	})
}
