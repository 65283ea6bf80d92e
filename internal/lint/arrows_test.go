package lint_test

import (
	"go/ast"
	"slices"
	"strconv"
	"strings"
	"testing"

	"carecorridor/internal/lint"
)

// arrows says which folders of ours a folder may import: the longest matching key decides, and a value
// stands for itself and what is below it. Tests may import more. cmd may import everything.
var arrows = map[string][]string{
	"handlers":           {"auth", "catalogue", "referral", "fhir", "content", "desk", "enquiry", "feedback", "search", "views", "static", "models", "internal"},
	"views":              {"views", "static", "internal/money", "internal/when"},
	"auth":               {"letters", "models", "jobs", "internal"},
	"letters":            {"models", "jobs", "internal"},
	"audit":              {"models", "internal"},
	"rotation":           {"models", "internal"},
	"catalogue":          {"catalogue", "auth", "models", "jobs", "search", "internal"},
	"referral":           {"referral", "auth", "catalogue", "enquiry", "fhir", "letters", "models", "jobs", "internal"},
	"fhir":               {},
	"enquiry":            {"auth", "catalogue", "letters", "models", "jobs", "internal"},
	"feedback":           {"auth", "letters", "models", "jobs", "internal"},
	"desk":               {"auth", "audit", "catalogue", "content", "models", "jobs", "internal"},
	"models":             {"models", "jobs", "internal"},
	"jobs":               {"jobs", "internal"},
	"search":             {},
	"search/memory":      {"search"},
	"search/meili":       {"search"},
	"search/resolver":    {"search"},
	"search/searchtest":  {"search"},
	"content":            {"content", "internal"},
	"static":             {"static"},
	"internal":           {"internal"},
	"internal/testdb":    {"internal", "models", "jobs"},
	"internal/testmeili": {"internal", "search"},
	"e2e":                {},
}

// homes says where alone a library may be imported, tests included.
var homes = map[string][]string{
	"github.com/labstack/echo":              {"handlers", "cmd"},
	"gorm.io":                               {"models", "jobs", "internal/testdb", "cmd"},
	"database/sql":                          {"models", "jobs", "internal/testdb", "cmd"},
	"github.com/libtnb/sqlite":              {"models", "jobs", "internal/testdb", "cmd"},
	"modernc.org/sqlite":                    {"models", "jobs", "internal/testdb", "cmd"},
	"github.com/jackc/pgx":                  {"models", "jobs", "internal/testdb", "cmd"},
	"github.com/pressly/goose":              {"models"},
	"github.com/riverqueue/river":           {"jobs", "models", "cmd"},
	"github.com/a-h/templ":                  {"views", "handlers", "cmd"},
	"github.com/meilisearch/meilisearch-go": {"search/meili"},
	"github.com/RoaringBitmap/roaring":      {"search/memory"},
	"github.com/chromedp":                   {"e2e"},
	"github.com/yuin/goldmark":              {"content"},
	"github.com/microcosm-cc/bluemonday":    {"content"},
}

// small imports only the standard library: what a page or an index is must not hang on a library.
var small = []string{"search", "search/resolver", "internal/fault", "internal/money", "internal/when"}

func TestPackagesImportOnlyWhatTheArrowsAllow(t *testing.T) {
	t.Parallel()
	for _, f := range files(t) {
		allowed, known := arrowsOf(f.Dir)
		if f.Test || !known {
			continue
		}
		for _, path := range imports(f) {
			dir, ours := strings.CutPrefix(path, lint.Module+"/")
			if ours && dir != f.Dir && !under(dir, allowed...) {
				t.Errorf("%s: %s may not import %s", f.Path, f.Dir, dir)
			}
		}
	}
}

// Handlers may hold rows; opening, reading and writing the store is the catalogue's.
func TestHandlersNeverTouchTheStore(t *testing.T) {
	t.Parallel()
	for _, f := range written(t) {
		if f.Test || !under(f.Dir, "handlers") {
			continue
		}
		eachSelector(f, func(name string, n ast.Node) {
			if slices.Contains([]string{"models.Store", "models.Tx", "models.Open"}, name) {
				t.Errorf("%s: %s; ask the catalogue", f.At(n), name)
			}
		})
	}
}

func TestEveryFolderHasAnArrow(t *testing.T) {
	t.Parallel()
	for _, f := range files(t) {
		if _, known := arrowsOf(f.Dir); !known && !under(f.Dir, "cmd") {
			t.Errorf("%s: folder %s is in no arrow: say in arrows_test.go what it may import", f.Path, f.Dir)
		}
	}
}

func TestLibrariesStayInTheirHomes(t *testing.T) {
	t.Parallel()
	for _, f := range files(t) {
		for _, path := range imports(f) {
			for library, tops := range homes {
				if in(path, library) && !under(f.Dir, tops...) {
					t.Errorf("%s: %s belongs in %s only", f.Path, path, strings.Join(tops, ", "))
				}
			}
		}
	}
}

func TestSmallPackagesNeedOnlyTheStandardLibrary(t *testing.T) {
	t.Parallel()
	for _, f := range files(t) {
		for _, path := range imports(f) {
			first, _, _ := strings.Cut(path, "/")
			if strings.Contains(first, ".") && !f.Test && slices.Contains(small, f.Dir) {
				t.Errorf("%s: imports %s", f.Path, path)
			}
		}
	}
}

// arrowsOf is the entry of the longest key that holds dir.
func arrowsOf(dir string) (allowed []string, known bool) {
	best := -1
	for top, tops := range arrows {
		if under(dir, top) && len(top) > best {
			allowed, known, best = tops, true, len(top)
		}
	}
	return allowed, known
}

// in reports whether import path is the library, a later major version or a package of it.
// database/sql/driver only describes values, so it is not database/sql.
func in(path, library string) bool {
	return path == library || library != "database/sql" && strings.HasPrefix(path, library+"/")
}

func imports(f lint.File) []string {
	var paths []string
	for _, i := range f.AST.Imports {
		path, _ := strconv.Unquote(i.Path.Value)
		paths = append(paths, path)
	}
	return paths
}
