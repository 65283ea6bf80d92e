package lint_test

import (
	"go/ast"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestEveryPackageSaysWhatItIs(t *testing.T) {
	t.Parallel()
	said := map[string]bool{}
	for _, f := range files(t) {
		if f.Test && f.AST.Name.Name != "main" {
			continue
		}
		said[f.Dir] = said[f.Dir] || f.AST.Doc != nil
	}
	for dir, ok := range said {
		if !ok {
			t.Errorf("%s: no file of the package has a doc comment", dir)
		}
	}
}

func TestExportedThingsAreDocumented(t *testing.T) {
	t.Parallel()
	for _, f := range written(t) {
		if f.Test || f.AST.Name.Name == "main" {
			continue
		}
		for _, d := range f.AST.Decls {
			for _, name := range undocumented(d) {
				t.Errorf("%s: %s is exported and has no comment", f.At(name), name.Name)
			}
		}
	}
}

// undocumented are the exported names of a declaration that neither it nor its group explains. Methods of
// unexported types are left out, and those that only satisfy an interface of the standard library.
func undocumented(d ast.Decl) []*ast.Ident {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Doc == nil && d.Name.IsExported() && exportedReceiver(d) && !standard[d.Name.Name] {
			return []*ast.Ident{d.Name}
		}
	case *ast.GenDecl:
		if d.Doc != nil && d.Tok != token.TYPE {
			return nil
		}
		return undocumentedSpecs(d)
	}
	return nil
}

var standard = map[string]bool{"String": true, "Error": true, "Unwrap": true, "Len": true, "Less": true, "Swap": true, "TableName": true}

func exportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	kind := d.Recv.List[0].Type
	if s, ok := kind.(*ast.StarExpr); ok {
		kind = s.X
	}
	name, ok := kind.(*ast.Ident)
	return ok && name.IsExported()
}

func undocumentedSpecs(d *ast.GenDecl) []*ast.Ident {
	var bare []*ast.Ident
	for _, s := range d.Specs {
		switch s := s.(type) {
		case *ast.TypeSpec:
			if s.Doc == nil && s.Comment == nil && (d.Doc == nil || len(d.Specs) > 1) && s.Name.IsExported() {
				bare = append(bare, s.Name)
			}
		case *ast.ValueSpec:
			if s.Doc == nil && s.Comment == nil && s.Names[0].IsExported() {
				bare = append(bare, s.Names[0])
			}
		}
	}
	return bare
}

// local matches a Markdown link to a file of the tree.
var local = regexp.MustCompile(`\]\(([^)#:\s]+)(?:#[^)]*)?\)`)

func TestLinksBetweenDocumentsLeadSomewhere(t *testing.T) {
	t.Parallel()
	eachText(t, func(path, text string) {
		if under(filepath.Dir(path), "content") {
			return // content has its own rules for links
		}
		for _, m := range local.FindAllStringSubmatch(text, -1) {
			if _, err := os.Stat(filepath.Join(root(t), filepath.Dir(path), m[1])); err != nil {
				t.Errorf("%s: link to %s leads nowhere", path, m[1])
			}
		}
	}, ".md")
}

func TestEveryMakeTargetIsDescribed(t *testing.T) {
	t.Parallel()
	eachText(t, func(path, text string) {
		if path != "Makefile" {
			return
		}
		_, targets, _ := strings.Cut(text, ".PHONY:")
		targets, _, _ = strings.Cut(targets, "\n")
		if strings.TrimSpace(targets) == "" {
			t.Error("the Makefile lists no targets")
		}
		for _, target := range strings.Fields(targets) {
			if !regexp.MustCompile(`(?m)^` + target + `:.*## \S`).MatchString(text) {
				t.Errorf("make %s: no ## description", target)
			}
		}
	}, "Makefile")
}
