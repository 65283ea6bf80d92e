// Package lint reads the product's own source and fails a test where it breaks a rule of the house: which
// package may import which, how long a file may be, which calls and words are not used. It is not for
// rules that gofmt, go vet or staticcheck know, and nothing imports it.
package lint

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Module is the import path of the product.
const Module = "carecorridor"

// unread are folders without source of ours, by their path from the root of the module.
var unread = []string{".git", ".cache", "var", "bin", "node_modules", "e2e/shots"}

// File is one Go source file of the tree.
type File struct {
	Path      string // from the root, with slashes
	Dir       string // its folder, "." at the root
	Test      bool   // a _test.go file
	Generated bool   // says "Code generated … DO NOT EDIT."
	Lines     int
	AST       *ast.File
	Set       *token.FileSet
}

// At is "path:line" of a node, as compilers print it.
func (f File) At(n ast.Node) string {
	return f.Path + ":" + strconv.Itoa(f.Set.Position(n.Pos()).Line)
}

// Root is the folder that holds go.mod, found from the folder a test runs in.
func Root() (string, error) {
	dir, err := os.Getwd()
	for err == nil {
		if _, missing := os.Stat(filepath.Join(dir, "go.mod")); missing == nil {
			return dir, nil
		}
		if filepath.Dir(dir) == dir {
			return "", fs.ErrNotExist
		}
		dir = filepath.Dir(dir)
	}
	return "", err
}

// Walk calls f with every file below root that is ours, by its path from root, in lexical order.
func Walk(root string, f func(path string) error) error {
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		if d.IsDir() && (slices.Contains(unread, rel) || d.Name() == "node_modules") {
			return fs.SkipDir
		}
		if d.IsDir() || !d.Type().IsRegular() {
			return nil
		}
		return f(rel)
	})
}

// GoFiles parses every Go file of the tree but those in testdata and in modules of their own.
func GoFiles(root string) ([]File, error) {
	var all []File
	err := Walk(root, func(path string) error {
		if !strings.HasSuffix(path, ".go") || strings.Contains(path, "testdata/") || strings.HasPrefix(path, "internal/tools/") {
			return nil
		}
		f, err := parse(root, path)
		all = append(all, f)
		return err
	})
	return all, err
}

func parse(root, path string) (File, error) {
	set := token.NewFileSet()
	tree, err := parser.ParseFile(set, filepath.Join(root, path), nil, parser.ParseComments)
	if err != nil {
		return File{}, err
	}
	dir := filepath.ToSlash(filepath.Dir(path))
	return File{
		Path: path, Dir: dir, Test: strings.HasSuffix(path, "_test.go"), Generated: ast.IsGenerated(tree),
		Lines: set.File(tree.Pos()).LineCount(), AST: tree, Set: set,
	}, nil
}
