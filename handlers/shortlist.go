package handlers

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"carecorridor/catalogue"
	"carecorridor/catalogue/listing"
	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

func (h *Handlers) shortlistRoutes() []route {
	return []route{
		h.own("GET", link.Shortlist, h.shortlist),
		h.own("POST", link.ShortlistAdd, h.shortlistAdd),
		h.own("POST", link.ShortlistDrop, h.shortlistDrop),
		h.own("POST", link.ShortlistNote, h.shortlistNote),
		h.own("GET", link.ShortlistClear, h.shortlistAsk),
		h.own("POST", link.ShortlistClear, h.shortlistClear),
		h.own("POST", link.ShortlistShare, h.shortlistShare),
		h.own("GET", link.ShortlistOpen, h.sharedForm),
		h.own("GET", link.ShortlistOpen+"/:code", h.slow(h.sharedList)),
	}
}

// saveToggle is the button that puts a hospital on the shortlist: the same for everybody, whatever they keep.
func saveToggle(slug string) *ui.Toggle {
	return &ui.Toggle{Action: link.ShortlistAdd, Name: "h", Value: slug, Text: "Add to shortlist"}
}

// done are the banners after a change, by the word in the address.
var done = map[string]string{
	"added": "The hospital is on your shortlist.", "there": "The hospital was on your shortlist already.", "removed": "The hospital is off your shortlist.",
	"noted": "Your note is kept.", "cleared": "Your shortlist is empty, and its cookie is gone.", "shared": "Your list can be opened with the code below.",
	"stopped": "The code no longer opens your list.",
}

func (h *Handlers) shortlist(c echo.Context) error {
	list, ok := h.readList(c)
	if !ok {
		if err := h.keepList(c, list); err != nil {
			return err
		}
	}
	v, err := h.presentShortlist(c, list)
	if err != nil {
		return err
	}
	f := h.listFrame("Your shortlist")
	switch text := done[c.QueryParam("done")]; {
	case !ok:
		f.Notice = &ui.Banner{Title: "Important", Text: []string{"We could not read the shortlist that your browser kept. It may have been too old. You can start a new one."}}
	case text != "":
		f.Notice = &ui.Banner{Title: "Done", Success: true, Text: []string{text}}
	}
	if back := backTo(c.QueryParam("back")); back != "" && f.Notice != nil {
		f.Notice.Links = []ui.Link{{Text: "Back to where you were", Href: back}}
	}
	return show(c, http.StatusOK, views.ShortlistPage(f, v))
}

func (h *Handlers) listFrame(title string) views.Frame {
	f := h.frame(title, link.Shortlist, "")
	f.NoIndex = true
	f.Breadcrumb = crumbs(ui.Link{Text: "Find a hospital", Href: link.HospitalsPath})
	return f
}

func (h *Handlers) presentShortlist(c echo.Context, list *shortlist) (views.Shortlist, error) {
	cards, err := h.cat.Cards(c.Request().Context(), list.ids(), "")
	if err != nil {
		return views.Shortlist{}, err
	}
	v := views.Shortlist{Cards: h.listCards(cards), Compare: link.Compare(), Drop: link.ShortlistDrop, Note: link.ShortlistNote, Clear: link.ShortlistClear,
		Share: link.ShortlistShare, Find: link.HospitalsPath, Open: link.ShortlistOpen, Days: listDays, ShareDays: catalogue.ShareDays, Most: mostListed, Longest: longestNote}
	if h.cfg.Enquiries != nil {
		v.Ask = link.Enquiry()
	}
	for i, card := range cards {
		v.Cards[i].Note = list.Items[list.at(card.ID)].Note
	}
	v.Gone = len(list.Items) - len(cards)
	if list.Code != "" && h.clock().Before(list.Until) {
		v.Shared = &views.SharedCode{Code: list.Code, Address: h.cfg.Origin + link.SharedShortlist(list.Code), Path: link.SharedShortlist(list.Code), Until: longDate(list.Until)}
	}
	return v, nil
}

// listCards are hospitals in short, as a shortlist shows them.
func (h *Handlers) listCards(cards []catalogue.Card) []views.ListCard {
	out := make([]views.ListCard, 0, len(cards))
	for _, card := range cards {
		v := views.ListCard{Slug: card.Slug, Name: card.Name, URL: link.Hospital(card.Slug), Place: placeWords(foundCard{Card: card}, catalogue.Question{}), Sample: card.Sample,
			Marks: marks(card.Certificates), Price: "No price published"}
		if !card.Confirmed() {
			v.Caution = "We cannot confirm that it is accredited today."
		}
		if card.Price != nil {
			v.Price = fmt.Sprintf("Packages from %s (%s)", card.Price.GBP.RoundTo(1), card.Price.Name)
		}
		out = append(out, v)
	}
	return out
}

// hospitalOf loads the hospital that a form names.
func (h *Handlers) hospitalOf(c echo.Context) (catalogue.Profile, error) {
	return h.cat.Profile(c.Request().Context(), cleanText(c.FormValue("h")))
}

func (h *Handlers) shortlistAdd(c echo.Context) error {
	p, err := h.hospitalOf(c)
	if err != nil {
		return err
	}
	list, _ := h.readList(c)
	if list.at(p.ID) >= 0 {
		return toList(c, "there")
	}
	if len(list.Items) >= mostListed {
		return h.refuse(c, list, fmt.Sprintf("A shortlist holds %d hospitals. Remove one to add another.", mostListed), "")
	}
	list.Items = append(list.Items, listed{ID: p.ID})
	h.seen(p.Slug, listing.ShortlistView)
	return h.kept(c, list, "added", "")
}

func (h *Handlers) shortlistDrop(c echo.Context) error {
	list, _ := h.readList(c)
	if c.FormValue("gone") != "" {
		return h.dropGone(c, list)
	}
	p, err := h.hospitalOf(c)
	if err != nil {
		return err
	}
	if i := list.at(p.ID); i >= 0 {
		list.Items = append(list.Items[:i], list.Items[i+1:]...)
	}
	return h.kept(c, list, "removed", "")
}

// dropGone takes off what is listed no longer.
func (h *Handlers) dropGone(c echo.Context, list *shortlist) error {
	cards, err := h.cat.Cards(c.Request().Context(), list.ids(), "")
	if err != nil {
		return err
	}
	left := &shortlist{Code: list.Code, Until: list.Until}
	for _, card := range cards {
		left.Items = append(left.Items, list.Items[list.at(card.ID)])
	}
	return h.kept(c, left, "removed", "")
}

func (h *Handlers) shortlistNote(c echo.Context) error {
	p, err := h.hospitalOf(c)
	if err != nil {
		return err
	}
	list, _ := h.readList(c)
	i := list.at(p.ID)
	if i < 0 {
		return toList(c, "")
	}
	note := strings.ReplaceAll(c.FormValue("note"), "\r\n", "\n")
	list.Items[i].Note = strings.TrimSpace(note)
	if say := noteProblem(note); say != "" {
		return h.refuse(c, list, say, p.Slug)
	}
	err = h.keepList(c, list)
	if errors.Is(err, errFull) {
		return h.refuse(c, list, "Your notes together are longer than a browser keeps for one site. Shorten this one, or another one.", p.Slug)
	}
	if err != nil {
		return err
	}
	return toList(c, "noted")
}

// noteProblem says what is wrong with a note, "" when nothing is. Text in any script is kept as it is.
func noteProblem(note string) string {
	switch n := utf8.RuneCountInString(note); {
	case !utf8.ValidString(note) || strings.ContainsFunc(note, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' || r == 0x7f }):
		return "Your note has control characters that we cannot keep. Type it again."
	case n > longestNote:
		return fmt.Sprintf("A note can have %d letters. Shorten yours by %d.", longestNote, n-longestNote)
	}
	return ""
}

// refuse shows the list again with what is wrong; nothing is kept.
func (h *Handlers) refuse(c echo.Context, list *shortlist, say, slug string) error {
	v, err := h.presentShortlist(c, list)
	if err != nil {
		return err
	}
	f := h.listFrame("Your shortlist")
	f.Failed = true
	problem := ui.Problem{Text: say}
	for i := range v.Cards {
		if v.Cards[i].Slug == slug && slug != "" {
			v.Cards[i].Problem, problem.FieldID = say, "note-"+slug
		}
	}
	f.Errors = &ui.ErrorSummary{Problems: []ui.Problem{problem}}
	return show(c, http.StatusUnprocessableEntity, views.ShortlistPage(f, v))
}

// kept keeps the list and goes back to its page.
func (h *Handlers) kept(c echo.Context, list *shortlist, word, slug string) error {
	err := h.keepList(c, list)
	if errors.Is(err, errFull) {
		return h.refuse(c, list, "Your list with its notes is more than a browser keeps for one site. Shorten a note first.", slug)
	}
	if err != nil {
		return err
	}
	return toList(c, word)
}

// toList answers a form with the list's page (POST, redirect, GET), and remembers the page the form stood on.
func toList(c echo.Context, word string) error {
	v := url.Values{}
	if word != "" {
		v.Set("done", word)
	}
	if from, err := url.Parse(c.Request().Referer()); err == nil && from.Host == c.Request().Host {
		if back := backTo(from.RequestURI()); back != "" {
			v.Set("back", back)
		}
	}
	return c.Redirect(http.StatusSeeOther, strings.TrimSuffix(link.Shortlist+"?"+v.Encode(), "?"))
}

// backTo lets through addresses of our own public pages alone, so that no link of ours leads elsewhere.
func backTo(to string) string {
	u, err := url.Parse(to)
	if err != nil || u.Scheme != "" || u.Host != "" || len(to) > maxCachedKey {
		return ""
	}
	if u.Path == link.Compare() || u.Path == link.HospitalsPath || strings.HasPrefix(u.Path, link.HospitalsPath+"/") {
		return u.RequestURI()
	}
	return ""
}

func (h *Handlers) shortlistAsk(c echo.Context) error {
	list, _ := h.readList(c)
	f := h.listFrame("Clear your shortlist")
	f.Breadcrumb = append(f.Breadcrumb, ui.Link{Text: "Your shortlist", Href: link.Shortlist})
	return show(c, http.StatusOK, views.ShortlistClearPage(f, views.ShortlistClear{Count: plural(len(list.Items), "hospital"), Action: link.ShortlistClear, Back: link.Shortlist, Shared: list.Code != ""}))
}

func (h *Handlers) shortlistClear(c echo.Context) error {
	list, _ := h.readList(c)
	if list.Code != "" {
		if err := h.cat.StopSharing(c.Request().Context(), list.Code); err != nil {
			return err
		}
	}
	if err := h.keepList(c, &shortlist{}); err != nil {
		return err
	}
	return toList(c, "cleared")
}

// shortlistShare makes a code for the list as it stands, in place of an older one, or takes the code back.
func (h *Handlers) shortlistShare(c echo.Context) error {
	list, _ := h.readList(c)
	if len(list.Items) == 0 {
		return toList(c, "")
	}
	if list.Code != "" {
		if err := h.cat.StopSharing(c.Request().Context(), list.Code); err != nil {
			return err
		}
		list.Code = ""
	}
	if c.FormValue("stop") != "" {
		return h.kept(c, list, "stopped", "")
	}
	shared, err := h.cat.ShareList(c.Request().Context(), list.ids())
	if err != nil {
		return err
	}
	list.Code, list.Until = shared.Code, shared.Until
	return h.kept(c, list, "shared", "")
}
