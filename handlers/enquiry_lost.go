package handlers

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"carecorridor/enquiry"
	"carecorridor/internal/fault"
	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

// A form that was filled in is never thrown away because of a cookie: it comes back as it was typed, with a new draft
// behind it and the reason over it. Nothing of it is kept before its own button is pressed again.

// step does something with the draft that a browser is writing.
type step func(echo.Context, enquiry.Draft) error

// lostKey is where a page finds why the draft it was sent from could not be opened.
const lostKey = "lost draft"

// saving is drafting for a form: without a draft, again shows the same form with what was typed.
func (h *Handlers) saving(save, again step) echo.HandlerFunc {
	return func(c echo.Context) error {
		token := cookieOf(c, draftCookie)
		d, err := h.cfg.Enquiries.Draft(c.Request().Context(), token)
		if err == nil {
			h.keepDraft(c, d.Token, draftDays)
			err = save(c, d)
		}
		if !errors.Is(err, enquiry.ErrLink) {
			return err
		}
		if _, sent := h.cfg.Enquiries.Receipt(c.Request().Context(), token); sent == nil {
			return h.sentMeanwhile(c)
		}
		fresh, err := h.cfg.Enquiries.StartDraft(c.Request().Context())
		if err != nil {
			return err
		}
		h.keepDraft(c, fresh.Token, draftDays)
		c.Set(lostKey, lostWords(token))
		return again(c, fresh)
	}
}

// lostWords says what happened. A cookie that leads nowhere may be old, changed or another's: which one is not told.
func lostWords(token string) string {
	if token == "" {
		return "Your browser sent no cookie for your unfinished enquiry: it was deleted, it is older than 7 days, or cookies are blocked. If you see this page again, allow cookies for this site"
	}
	return "The cookie that your browser sent leads to no unfinished enquiry: it was deleted 7 days after your last change, or the cookie was changed"
}

// lost is the summary over a form that came back without its draft, nil for any other.
func lost(c echo.Context) *ui.ErrorSummary {
	why, ok := c.Get(lostKey).(string)
	if !ok {
		return nil
	}
	return &ui.ErrorSummary{Title: "Your unfinished enquiry could not be opened", Problems: []ui.Problem{{Text: why},
		{Text: "What you just entered is below and is not saved yet. Go on from here: we have started a new enquiry and ask the other questions again"}}}
}

// withLost puts why the draft was lost over whatever else is wrong.
func withLost(c echo.Context, bad *ui.ErrorSummary) *ui.ErrorSummary {
	why := lost(c)
	if why != nil && bad != nil {
		why.Problems = append(why.Problems, bad.Problems...)
	}
	if why != nil {
		return why
	}
	return bad
}

// sentMeanwhile answers a form of an enquiry that was sent in another tab: what was typed is shown, and is not part of it.
func (h *Handlers) sentMeanwhile(c echo.Context) error {
	var form url.Values
	if !strings.HasPrefix(c.Request().Header.Get("Content-Type"), "multipart/") { // files are not read to be thrown away
		form, _ = c.FormParams() // a form that cannot be read has nothing to give back
	}
	return h.unsent(c, views.EnquiryUnsent{Heading: "This enquiry was sent already", Typed: typedWords(form["problem"], form["name"], form["email"], form["phone"]),
		Text:  []string{"You sent it from another page. What you entered here was not added to it: you can write it to the hospitals from your enquiry."},
		Links: []views.Anchor{{Text: "See the confirmation", URL: link.EnquiryStep("sent")}, {Text: "Start a new enquiry", URL: link.Enquiry()}}}, h.enquiryFrame(""))
}

// unsent gives words back that were not taken because things have changed.
func (h *Handlers) unsent(c echo.Context, v views.EnquiryUnsent, f views.Frame) error {
	f.Title = v.Heading
	return show(c, http.StatusConflict, views.EnquiryUnsentPage(f, v))
}

// typedWords are the texts that hold anything.
func typedWords(fields ...[]string) []string {
	var out []string
	for _, values := range fields {
		for _, s := range values {
			if strings.TrimSpace(s) != "" {
				out = append(out, s)
			}
		}
	}
	return out
}

// mostNamed is how many hospitals of one address are looked up.
const mostNamed = 20

// namedSlugs are the hospitals that an address or a form names, each once.
func namedSlugs(list []string) []string {
	var out []string
	for _, s := range list {
		if s = cleanText(s); s != "" && !slices.Contains(out, s) && len(out) < mostNamed {
			out = append(out, s)
		}
	}
	return out
}

// sifted keeps what may be asked of the hospitals named, at most three, and says of each other one why it is left out.
// known are names of hospitals that were listed once.
func (h *Handlers) sifted(c echo.Context, slugs []string, known []enquiry.Chosen) (keep, left, notes []string, err error) {
	for _, slug := range slugs {
		l, err := h.cfg.Enquiries.Directory.Listing(c.Request().Context(), slug)
		name := shortened(words(slug))
		if i := slices.IndexFunc(known, func(k enquiry.Chosen) bool { return k.Slug == slug }); i >= 0 {
			name = known[i].Name
		}
		switch {
		case fault.Is(err, fault.Gone), fault.Is(err, fault.Missing) && name != shortened(words(slug)):
			notes = append(notes, fmt.Sprintf("“%s” is no longer listed, so it is left out.", name))
		case fault.Is(err, fault.Missing):
			notes = append(notes, fmt.Sprintf("We know no hospital called “%s”, so it is left out.", name))
		case err != nil:
			return nil, nil, nil, err
		case len(keep) >= enquiry.MaxHospitals:
			notes = append(notes, fmt.Sprintf("%s is left out: you can ask up to %d hospitals at once.", l.Name, enquiry.MaxHospitals))
		default:
			keep = append(keep, slug)
			continue
		}
		left = append(left, slug)
	}
	return keep, left, notes, nil
}
