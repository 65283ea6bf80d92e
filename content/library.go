package content

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"carecorridor/internal/when"
)

//go:embed guide/*.md models/*.md
var files embed.FS

// checklistSlug names the one file of the guide that is no chapter.
const checklistSlug = "checklist"

// Library is every text, in order. It does not change once loaded: share it.
type Library struct {
	chapters  []Chapter
	checklist Checklist
	articles  []Article
}

// Load reads and checks the texts that are built in. Its error names every file and line that breaks a rule.
func Load() (Library, error) { return load(files) }

// Chapters of the guide, in reading order.
func (l Library) Chapters() []Chapter { return slices.Clone(l.chapters) }

// Chapter by slug.
func (l Library) Chapter(slug string) (Chapter, bool) {
	return find(l.chapters, func(c Chapter) bool { return c.Slug == slug })
}

// Checklist is the printable list.
func (l Library) Checklist() Checklist { return l.checklist }

// Article by slug.
func (l Library) Article(slug string) (Article, bool) {
	return find(l.articles, func(a Article) bool { return a.Slug == slug })
}

// Pages is every text there is: chapters, checklist, articles.
func (l Library) Pages() []Page {
	var out []Page
	for _, c := range l.chapters {
		out = append(out, c.Page)
	}
	out = append(out, l.checklist.Page)
	for _, a := range l.articles {
		out = append(out, a.Page)
	}
	return out
}

// Overdue lists the texts whose next review lies before today.
func (l Library) Overdue(today when.Date) []Page {
	return slices.DeleteFunc(l.Pages(), func(p Page) bool { return !p.NextReview.Before(today) })
}

func load(files fs.FS) (Library, error) {
	var l Library
	var problems []error
	keep := func(name string, err error) bool {
		if err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", name, err))
		}
		return err == nil
	}
	names, err := fs.Glob(files, "guide/*.md")
	for _, name := range names {
		keep(name, l.addGuide(files, name))
	}
	keep("guide", err)
	names, err = fs.Glob(files, "models/*.md")
	for _, name := range names {
		a, err := readArticle(files, name)
		if keep(name, err) {
			l.articles = append(l.articles, a)
		}
	}
	keep("models", err)
	slices.SortFunc(l.chapters, func(a, b Chapter) int { return a.Number - b.Number })
	slices.SortFunc(l.articles, byNewest)
	keep("texts", l.whole())
	return l, errors.Join(problems...)
}

func (l *Library) addGuide(files fs.FS, name string) error {
	c, err := readChapter(files, name)
	if err != nil {
		return err
	}
	if c.Slug == checklistSlug {
		l.checklist = Checklist{c.Page}
	} else {
		l.chapters = append(l.chapters, c)
	}
	return nil
}

// whole checks what no single file can: the numbers of the chapters and the links between texts.
func (l *Library) whole() error {
	var problems []error
	for i, c := range l.chapters {
		if c.Number != i+1 {
			problems = append(problems, fmt.Errorf("chapter %s: number %d, want %d", c.Slug, c.Number, i+1))
		}
	}
	if l.checklist.Slug == "" {
		problems = append(problems, errors.New("checklist: missing"))
	}
	known := l.addresses()
	for _, p := range l.Pages() {
		for _, to := range localLinks(p.Body) {
			if !known[to] {
				problems = append(problems, fmt.Errorf("%s: link to %s, which is no page", p.Slug, to))
			}
		}
	}
	return errors.Join(problems...)
}

func find[T any](all []T, is func(T) bool) (T, bool) {
	if i := slices.IndexFunc(all, is); i >= 0 {
		return all[i], true
	}
	var none T
	return none, false
}
