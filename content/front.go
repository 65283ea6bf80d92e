package content

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"go.yaml.in/yaml/v3"

	"carecorridor/internal/when"
)

// front is the head of a file between two lines of "---". Unknown keys are refused.
type front struct {
	Number         int         `yaml:"number"`
	Slug           string      `yaml:"slug"`
	Title          string      `yaml:"title"`
	Summary        string      `yaml:"summary"`
	AuthorRole     string      `yaml:"author_role"`
	ClinicalReview string      `yaml:"clinical_review"`
	ReviewedOn     string      `yaml:"reviewed_on"`
	NextReview     string      `yaml:"next_review"`
	Sources        []source    `yaml:"sources"`
	History        []change    `yaml:"history"`
	Model          *modelFront `yaml:"model"`
}

type modelFront struct {
	Topic         string   `yaml:"topic"`
	Specialty     string   `yaml:"specialty"`
	Country       string   `yaml:"country"`
	Where         string   `yaml:"where"`
	EvidenceLevel string   `yaml:"evidence_level"`
	Problem       string   `yaml:"problem"`
	What          string   `yaml:"what"`
	Results       []string `yaml:"results"`
	CostPerCase   string   `yaml:"cost_per_case"`
	StaffMix      string   `yaml:"staff_mix"`
	CarbonNote    string   `yaml:"carbon_note"`
	Transfer      []string `yaml:"transfer"`
}

type source struct {
	ID        string `yaml:"id"`
	Title     string `yaml:"title"`
	Publisher string `yaml:"publisher"`
	URL       string `yaml:"url"`
	Date      string `yaml:"date"`
	Accessed  string `yaml:"accessed"`
	Note      string `yaml:"note"`
}

type change struct {
	On   string `yaml:"on"`
	What string `yaml:"what"`
}

// split parts a file into its head and its Markdown; line is the first line of the Markdown in the file.
func split(file []byte) (head front, body []byte, line int, err error) {
	rest, ok := bytes.CutPrefix(file, []byte("---\n"))
	if !ok {
		return head, nil, 0, errors.New(`front matter: want "---" on the first line`)
	}
	raw, body, ok := bytes.Cut(rest, []byte("\n---\n"))
	if !ok {
		return head, nil, 0, errors.New(`front matter: want a closing "---"`)
	}
	d := yaml.NewDecoder(bytes.NewReader(raw))
	d.KnownFields(true)
	if err := d.Decode(&head); err != nil {
		return head, nil, 0, fmt.Errorf("front matter: %w", err)
	}
	return head, body, bytes.Count(raw, []byte("\n")) + 4, nil
}

// page turns the head into a Page without its body, with everything that is wrong with it.
func (f front) page(name string) (Page, error) {
	var c collector
	p := Page{Slug: f.Slug, Title: f.Title, Summary: f.Summary, AuthorRole: f.AuthorRole, ClinicalReview: f.ClinicalReview}
	for _, field := range [][2]string{{"slug", f.Slug}, {"title", f.Title}, {"summary", f.Summary}, {"author_role", f.AuthorRole}} {
		c.check(strings.TrimSpace(field[1]) != "", "%s: missing", field[0])
	}
	c.check(f.Slug == name, "slug %q: want the name of the file, %q", f.Slug, name)
	c.check(!hasFigure(f.Summary), "summary: has a figure; figures need a source, put it in the text")
	p.ReviewedOn, p.NextReview = c.date("reviewed_on", f.ReviewedOn), c.date("next_review", f.NextReview)
	c.check(p.ReviewedOn.Before(p.NextReview), "next_review: want a day after reviewed_on")
	for i, s := range f.Sources {
		p.Sources = append(p.Sources, c.source(i, s))
	}
	for _, h := range f.History {
		p.History = append(p.History, Change{On: c.date("history", h.On), What: h.What})
	}
	c.check(len(p.History) > 0, "history: missing")
	return p, c.err()
}

func (c *collector) source(i int, s source) Source {
	want := fmt.Sprintf("s%d", i+1)
	c.check(s.ID == want, "source %q: want id %s", s.ID, want)
	c.check(s.Title != "" && s.Publisher != "", "source %s: title or publisher missing", want)
	c.check(secure(s.URL), "source %s: url %q: want https or http with a host", want, s.URL)
	out := Source{ID: s.ID, Title: s.Title, Publisher: s.Publisher, URL: s.URL, Date: s.Date, Note: s.Note}
	if s.Accessed == "" {
		c.check(s.Note != "", "source %s: accessed: missing; a source that we have not read ourselves says so in its note", want)
		return out
	}
	out.Accessed = c.date("source "+want+": accessed", s.Accessed)
	return out
}

// secure allows http for sources only: some archives have nothing else, and we cite what we read.
func secure(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && strings.Contains(u.Host, ".") && u.User == nil
}

// collector gathers every problem of a file, so that one run shows them all.
type collector struct{ problems []error }

func (c *collector) check(ok bool, format string, args ...any) {
	if !ok {
		c.problems = append(c.problems, fmt.Errorf(format, args...))
	}
}

func (c *collector) date(field, text string) when.Date {
	d, err := when.ParseDate(text)
	c.check(err == nil && d.Known(), "%s: date %q: want YYYY-MM-DD", field, text)
	return d
}

func (c *collector) err() error { return errors.Join(c.problems...) }
