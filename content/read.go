package content

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// How long a text may go without being read over, in days. Guide texts speak of rules that change.
const (
	guideReviewDays = 190
	modelReviewDays = 370
)

func readChapter(files fs.FS, name string) (Chapter, error) {
	head, p, used, err := readPage(files, name, guideReviewDays)
	if err != nil {
		return Chapter{}, err
	}
	if head.Model != nil {
		return Chapter{}, fmt.Errorf("model: belongs to models of care only")
	}
	return Chapter{Page: p, Number: head.Number}, unused(p, used)
}

func readArticle(files fs.FS, name string) (Article, error) {
	head, p, used, err := readPage(files, name, modelReviewDays)
	if err != nil {
		return Article{}, err
	}
	if head.Model == nil {
		return Article{}, fmt.Errorf("model: missing")
	}
	a, err := head.Model.article(p, used)
	if err != nil {
		return Article{}, err
	}
	return a, unused(p, used)
}

// readPage reads a file into its head and its rendered page; used are the sources its text refers to.
func readPage(files fs.FS, name string, days int) (head front, p Page, used map[string]bool, err error) {
	file, err := fs.ReadFile(files, name)
	if err != nil {
		return head, p, nil, err
	}
	head, body, line, err := split(file)
	if err != nil {
		return head, p, nil, err
	}
	p, err = head.page(strings.TrimSuffix(path.Base(name), ".md"))
	if err != nil {
		return head, p, nil, err
	}
	if p.ReviewedOn.DaysUntil(p.NextReview) > days {
		return head, p, nil, fmt.Errorf("next_review: want at most %d days after reviewed_on", days)
	}
	doc, err := render(body, line, p.Sources)
	if err != nil {
		return head, p, nil, err
	}
	p.Body, p.Contents, p.Text = doc.body, doc.contents, doc.text
	return head, p, doc.used, nil
}

// article adds the summary box to the page and notes the sources it uses.
func (m modelFront) article(p Page, used map[string]bool) (Article, error) {
	var c collector
	field := func(name, text string) HTML {
		html, refs, err := renderField(text, p.Sources)
		c.check(err == nil, "%s: %w", name, err)
		for id := range refs {
			used[id] = true
		}
		return html
	}
	list := func(name string, texts []string) (out []HTML) {
		c.check(len(texts) > 0, "%s: missing", name)
		for _, t := range texts {
			out = append(out, field(name, t))
		}
		return out
	}
	a := Article{Page: p, Topic: m.Topic, Specialty: m.Specialty, Country: m.Country, Where: m.Where, Evidence: Evidence(m.EvidenceLevel)}
	c.check(slices.Contains(Topics, m.Topic), "topic %q: not one of Topics", m.Topic)
	c.check(a.Evidence.Label() != "", "evidence_level %q: not one of EvidenceLevels", m.EvidenceLevel)
	c.check(m.Specialty != "" && m.Country != "" && m.Where != "", "specialty, country or where: missing")
	a.Problem, a.What = field("problem", m.Problem), field("what", m.What)
	a.Results, a.Transfer = list("results", m.Results), list("transfer", m.Transfer)
	a.Cost, a.Staff, a.Carbon = field("cost_per_case", m.CostPerCase), field("staff_mix", m.StaffMix), field("carbon_note", m.CarbonNote)
	return a, c.err()
}

// unused refuses a source that no sentence refers to: it would look like support for all of them.
func unused(p Page, used map[string]bool) error {
	var c collector
	for _, s := range p.Sources {
		c.check(used[s.ID], "source %s: no sentence refers to it", s.ID)
	}
	return c.err()
}

func byNewest(a, b Article) int {
	return cmp.Or(b.ReviewedOn.Time().Compare(a.ReviewedOn.Time()), cmp.Compare(a.Title, b.Title))
}
