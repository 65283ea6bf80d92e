package lint_test

import (
	"go/ast"
	"go/parser"
	"testing"
)

func TestTheLongestArrowDecides(t *testing.T) {
	t.Parallel()
	allowed, known := arrowsOf("search/memory")
	if !known || !under("search", allowed...) || under("models", allowed...) {
		t.Errorf("search/memory: %v, %v", allowed, known)
	}
	if allowed, _ := arrowsOf("search"); len(allowed) != 0 {
		t.Errorf("search: %v", allowed)
	}
	if _, known := arrowsOf("searching"); known {
		t.Error("a longer name is another folder")
	}
}

func TestALibraryIsKnownByItsPath(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]bool{"database/sql": true, "database/sql/driver": false} {
		if in(path, "database/sql") != want {
			t.Error(path)
		}
	}
	if !in("github.com/labstack/echo/v4/middleware", "github.com/labstack/echo") || in("github.com/labstack/echoes", "github.com/labstack/echo") {
		t.Error("echo")
	}
}

func TestUnwelcomeWordsAreFound(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"Save up to 80%", "a world-class team", "the cheapest knee", "Click here", "Please wait"} {
		if !unwelcome.MatchString(bad) {
			t.Errorf("%q passes", bad)
		}
	}
	for _, good := range []string{"sort=best", "Lowest price first", "pleased", "Holidaying"} {
		if unwelcome.MatchString(good) {
			t.Errorf("%q is refused", good)
		}
	}
}

func TestMachinePathsAreFound(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"/" + "work/main", `"/` + `root/go"`, "see /" + "tmp/x", "registry" + ".npmjs.org", "/" + "home/ann/x"} {
		if !here.MatchString(bad) {
			t.Errorf("%q passes", bad)
		}
	}
	for _, good := range []string{"https://example.org/work/a", "/workflow", "${TMPDIR:-/tmp}", "/home"} {
		if here.MatchString(good) {
			t.Errorf("%q is refused", good)
		}
	}
}

func TestSkippingIsFound(t *testing.T) {
	t.Parallel()
	for call, want := range map[string]bool{"t.Skip": true, "b.SkipNow": true, "scan.Skip": false, "t.Run": false} {
		e, err := parser.ParseExpr(call)
		if s, ok := e.(*ast.SelectorExpr); err != nil || !ok || isSkip(s) != want {
			t.Error(call, err)
		}
	}
}
