package handlers

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"carecorridor/content"
	"carecorridor/desk"
	"carecorridor/internal/when"
	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

const guideTitle = "Travel and safety guide"

func (h *Handlers) guideRoutes() []route {
	return []route{
		h.page(link.Guide, h.guide),
		h.page(link.GuideChecklist, h.guideChecklist),
		h.page("/guide/:slug", h.guideChapter),
	}
}

func (h *Handlers) guide(c echo.Context) (*answer, error) {
	f := h.frame(guideTitle, link.Guide, link.Guide)
	f.Description = "What to think about before, during and after treatment in India. Every fact has its source."
	f.Breadcrumb = crumbs()
	counts, err := h.reviews(c)
	if err != nil {
		return nil, err
	}
	return html(c, http.StatusOK, views.GuideHubPage(f, views.GuideHub{Chapters: h.chapters(""), Checklist: h.checklistLink(), Reviewed: h.oldestReview(counts).Long()}))
}

// chapters lists all chapters, the one with slug current marked.
func (h *Handlers) chapters(current string) []views.GuideEntry {
	var out []views.GuideEntry
	for _, ch := range h.cfg.Texts.Chapters() {
		out = append(out, views.GuideEntry{Number: ch.Number, Title: ch.Title, Summary: ch.Summary, URL: link.GuideChapter(ch.Slug), Current: ch.Slug == current})
	}
	return out
}

func (h *Handlers) checklistLink() views.Anchor {
	return views.Anchor{Text: h.cfg.Texts.Checklist().Title, URL: link.GuideChecklist}
}

// oldestReview is the day on or after which every chapter was checked.
func (h *Handlers) oldestReview(counts desk.Reviews) when.Date {
	var oldest when.Date
	for _, ch := range h.cfg.Texts.Chapters() {
		ch.Page = counts.Guide(ch.Page)
		if !oldest.Known() || ch.ReviewedOn.Before(oldest) {
			oldest = ch.ReviewedOn
		}
	}
	return oldest
}

func (h *Handlers) guideChapter(c echo.Context) (*answer, error) {
	slug := c.Param("slug")
	ch, ok := h.cfg.Texts.Chapter(slug)
	if !ok {
		return nil, missing(append(nearTexts(slug, h.chapterLinks()), ui.Link{Text: guideTitle, Href: link.Guide}))
	}
	counts, err := h.reviews(c)
	if err != nil {
		return nil, err
	}
	ch.Page = counts.Guide(ch.Page)
	all := h.chapterLinks()
	v := views.GuideChapter{Number: ch.Number, Of: len(all), Title: ch.Title, Lead: ch.Summary, Contents: contentsOf(ch.Page), Body: string(ch.Body),
		Chapters: h.chapters(slug), Checklist: h.checklistLink(), Sources: citedOf(ch.Page), Reviewed: reviewedOf(ch.Page)}
	if i := ch.Number - 2; i >= 0 {
		v.Prev = views.Anchor{Text: all[i].Text, URL: all[i].Href}
	}
	if i := ch.Number; i < len(all) {
		v.Next = views.Anchor{Text: all[i].Text, URL: all[i].Href}
	}
	return html(c, http.StatusOK, views.GuideChapterPage(h.textFrame(ch.Page, link.GuideChapter(slug), ui.Link{Text: guideTitle, Href: link.Guide}), v))
}

func (h *Handlers) chapterLinks() []ui.Link {
	var out []ui.Link
	for _, ch := range h.cfg.Texts.Chapters() {
		out = append(out, ui.Link{Text: ch.Title, Href: link.GuideChapter(ch.Slug)})
	}
	return out
}

func (h *Handlers) guideChecklist(c echo.Context) (*answer, error) {
	k := h.cfg.Texts.Checklist()
	counts, err := h.reviews(c)
	if err != nil {
		return nil, err
	}
	k.Page = counts.Guide(k.Page)
	v := views.GuideChecklist{Title: k.Title, Lead: k.Summary, Body: string(k.Body), Blanks: []string{"Hospital and city", "Arrived", "Left"},
		Back: views.Anchor{Text: "Back to the guide", URL: link.Guide}, Reviewed: reviewedOf(k.Page), Address: bareHost(h.cfg.Origin) + link.GuideChecklist}
	return html(c, http.StatusOK, views.GuideChecklistPage(h.textFrame(k.Page, link.GuideChecklist, ui.Link{Text: guideTitle, Href: link.Guide}), v))
}

// textFrame surrounds a text of the guide or the models of care; parent is the page it hangs under.
func (h *Handlers) textFrame(p content.Page, canonical string, parent ui.Link) views.Frame {
	f := h.frame(p.Title, canonical, parent.Href)
	f.Description = p.Summary
	f.Breadcrumb = crumbs(parent)
	f.JSONLD = []string{h.crumbLD(f.Breadcrumb)}
	return f
}

// bareHost is an origin as people write it.
func bareHost(origin string) string {
	return strings.TrimPrefix(strings.TrimPrefix(origin, "https://"), "http://")
}

func citedOf(p content.Page) []views.Cited {
	var out []views.Cited
	for _, s := range p.Sources {
		out = append(out, views.Cited{ID: s.ID, Source: views.Anchor{Text: s.Title, URL: s.URL}, Publisher: s.Publisher, Date: s.Date, Read: s.Accessed.Long(), Note: s.Note})
	}
	return out
}

func reviewedOf(p content.Page) views.Reviewed {
	r := views.Reviewed{Author: p.AuthorRole, Clinical: p.ClinicalReview, On: p.ReviewedOn.Long(), Next: p.NextReview.Long()}
	for _, change := range p.History {
		r.History = append(r.History, views.Event{On: change.On.Long(), ISO: change.On.String(), What: change.What})
	}
	return r
}

func contentsOf(p content.Page) []views.Anchor {
	var out []views.Anchor
	for _, heading := range p.Contents {
		out = append(out, views.Anchor{Text: heading.Text, URL: "#" + heading.ID})
	}
	return out
}

// nearTexts are the pages whose title or address shares a word of four letters or more with a slug nobody has.
func nearTexts(slug string, all []ui.Link) []ui.Link {
	var out []ui.Link
	for _, l := range all {
		known := strings.ToLower(l.Text + " " + words(l.Href))
		for w := range strings.FieldsSeq(strings.ToLower(words(slug))) {
			if len(w) >= 4 && strings.Contains(known, w[:4]) {
				out = append(out, l)
				break
			}
		}
	}
	return out[:min(5, len(out))]
}
