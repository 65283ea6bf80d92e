package lint_test

import (
	"go/ast"
	"strings"
	"testing"
)

// Limits of architecture: a file of 400 lines or a function of 80 holds more than one thought.
const (
	maxFile     = 400
	maxFunction = 80
)

func TestNoFileIsLongerThanItsLimit(t *testing.T) {
	t.Parallel()
	for _, f := range written(t) {
		if f.Lines > maxFile {
			t.Errorf("%s: %d lines, at most %d", f.Path, f.Lines, maxFile)
		}
	}
	eachText(t, func(path, text string) {
		if n := strings.Count(text, "\n"); n > maxFile {
			t.Errorf("%s: %d lines, at most %d", path, n, maxFile)
		}
	}, ".templ")
}

func TestNoFunctionIsLongerThanItsLimit(t *testing.T) {
	t.Parallel()
	for _, f := range written(t) {
		for _, d := range f.AST.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			if n := f.Set.Position(fn.End()).Line - f.Set.Position(fn.Pos()).Line + 1; n > maxFunction {
				t.Errorf("%s: %s has %d lines, at most %d", f.At(fn), fn.Name.Name, n, maxFunction)
			}
		}
	}
}
