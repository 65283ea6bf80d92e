package handlers

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/referral"
	"carecorridor/views"
	"carecorridor/views/care"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

// careRoutes are the patient's own pages, the GP's page of a handback, and the public page about visa letters.
func (h *Handlers) careRoutes() []route {
	if h.cfg.Referrals == nil {
		return nil
	}
	return slices.Concat(h.careEntryRoutes(), h.careRequestRoutes(), h.careConsentRoutes(), h.careChoiceRoutes(), h.careTravelRoutes(), h.careHomeRoutes(), h.careRecordRoutes(), h.handbackRoutes(), h.visaRoutes())
}

// inCare is a patient with a session, and the referral as they may see it.
type inCare struct {
	auth.Actor
	session referral.PatientSession
	view    referral.View
}

// asPatient is a page for who has a session of a patient (a one-time link and a code: patients have no account). There is
// one referral in a session, so no address names one: another's cannot be asked for. Nobody with a session is led to the
// entrance and back; a form that is sent without one stays on the page until the code is given.
func (h *Handlers) asPatient(method, path string, do func(echo.Context, inCare) error) route {
	return h.own(method, path, h.caring(do))
}

func (h *Handlers) caring(do func(echo.Context, inCare) error) echo.HandlerFunc {
	return func(c echo.Context) error {
		p, err := h.patientOf(c)
		if errors.Is(err, referral.ErrLink) {
			return h.careEnded(c)
		}
		if err == nil {
			p.view, err = h.cfg.Referrals.Look(c.Request().Context(), p.Actor, p.session.Referral)
		}
		if err == nil {
			err = do(c, p)
		}
		if errors.Is(err, referral.ErrStepUp) || errors.Is(err, auth.ErrStepUp) {
			return h.careStepUp(c, p)
		}
		return err
	}
}

// patientOf is who holds the session of the cookie; referral.ErrLink when nobody does.
func (h *Handlers) patientOf(c echo.Context) (inCare, error) {
	token := cookieOf(c, h.careCookie())
	if token == "" {
		return inCare{}, referral.ErrLink
	}
	who, s, err := h.cfg.Referrals.Patient(c.Request().Context(), token)
	s.Token = token
	return inCare{Actor: who, session: s}, err
}

// careCookie holds the token of a patient's session until the browser is closed; the session itself ends sooner.
func (h *Handlers) careCookie() string { return h.hostCookie("care") }

func (h *Handlers) keepCare(c echo.Context, token string) {
	h.setCookie(c, h.careCookie(), token, "/", 0)
}

func (h *Handlers) dropCare(c echo.Context) { h.setCookie(c, h.careCookie(), "", "/", 0) }

// careFrame surrounds a patient's own page: before it are the pages that lead back.
func (h *Handlers) careFrame(p inCare, title string, before ...ui.Link) views.Frame {
	f := h.frame(title, "", "")
	f.NoIndex = true
	f.Breadcrumb = before
	f.Bar = &views.AccountBar{Idle: int(h.cfg.Referrals.Terms.PatientIdle.Seconds()), Stay: link.CareStay, SignOut: link.CareLeave,
		Section: "Referral " + p.view.Reference, Name: "You are signed in", Nav: careNav(p.view, title)}
	return f
}

// mine is the way back to the first page.
func (p inCare) mine() ui.Link { return ui.Link{Text: "Your referral", Href: link.Care} }

// careNav are the pages that exist at this stage.
func careNav(v referral.View, title string) []views.NavItem {
	items := []views.NavItem{{Text: "Your referral", Href: link.Care}, {Text: "Documents", Href: link.CareDocuments}, {Text: "What you agree to", Href: link.CareConsents}}
	if v.Chosen() != nil {
		items = append(items, views.NavItem{Text: "Before you travel", Href: link.CareTravel})
	}
	if v.Package != nil || len(v.Aftercare) > 0 {
		items = append(items, views.NavItem{Text: "Aftercare", Href: link.CareAftercare})
	}
	items = append(items, views.NavItem{Text: "Who looked", Href: link.CareLooked})
	for i := range items {
		items[i].Current = items[i].Text == title || i == 0 && title == "Your referral "+v.Reference
	}
	return items
}

// seenVersion is the version that a form was shown with.
func seenVersion(c echo.Context) int64 {
	n, err := strconv.ParseInt(c.FormValue("version"), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

func versionField(n int64) ui.Hidden {
	return ui.Hidden{Name: "version", Value: strconv.FormatInt(n, 10)}
}

// happen carries out an event for the patient and goes on: to the page that follows, to again with what has to be put
// right, or to a page that says what changed meanwhile and gives back what was typed.
func (h *Handlers) happen(c echo.Context, p inCare, e referral.Event, in referral.Input, to string, again func(check.List) error) error {
	done, err := h.cfg.Referrals.Do(c.Request().Context(), p.Actor, p.view.ID, e, in)
	if moved := h.careMoved(c, p, err, in.Text, in.Comment); moved != nil {
		return moved()
	}
	if err != nil {
		return err
	}
	if !done.OK() {
		return again(done.Problems)
	}
	return c.Redirect(http.StatusSeeOther, to)
}

// careMoved is the page for what is not possible any more; nil for every other error and for none.
func (h *Handlers) careMoved(c echo.Context, p inCare, err error, typed ...string) func() error {
	if !fault.Is(err, fault.Conflict) {
		return nil
	}
	return func() error {
		text := []string{"What you wanted to do was not done. Your referral shows where it stands now, and what you can do."}
		if say := sentence(err, 0); !errors.Is(err, referral.ErrStale) && say != "" {
			text = append([]string{say}, text...)
		}
		f := h.careFrame(p, "", p.mine())
		f.Title = "This has changed since you opened the page"
		return h.unsent(c, views.EnquiryUnsent{Heading: f.Title, Text: text, Typed: typedWords(typed), Links: []views.Anchor{{Text: "Look at your referral again", URL: link.Care}}}, f)
	}
}

// ask shows a page with one question or decision; its button posts to the address of the page.
func (h *Handlers) careAsk(c echo.Context, status int, p inCare, v views.EnquiryForm, bad check.List, before ...ui.Link) error {
	if len(before) == 0 {
		before = []ui.Link{p.mine()}
	}
	f := h.careFrame(p, firstOf(v.Heading, "Your referral"), before...)
	f.Errors = problemsOf(bad)
	if v.Action == "" {
		v.Action = c.Request().URL.Path
	}
	if v.Other.URL == "" {
		last := before[len(before)-1]
		v.Other = views.Anchor{Text: "Go back", URL: last.Href}
	}
	return show(c, status, views.EnquiryFormPage(f, v))
}

// statusOf the page: 422 when something has to be put right.
func refusedStatus(bad check.List) int {
	if bad.OK() {
		return http.StatusOK
	}
	return http.StatusUnprocessableEntity
}

// hospitalAt is the hospital that the address names by its place in the patient's own list.
func (p inCare) hospitalAt(c echo.Context) (referral.HospitalView, string, error) {
	n, err := strconv.Atoi(c.Param("n"))
	if err != nil || n < 1 || n > len(p.view.Hospitals) {
		return referral.HospitalView{}, "", fault.New(fault.Missing, "hospital of a referral", err)
	}
	return p.view.Hospitals[n-1], strconv.Itoa(n), nil
}

// nameOf is a hospital's name by the id of its row.
func (p inCare) nameOf(id string) string {
	if x := p.view.Hospital(id); x != nil {
		return x.Listed.Name
	}
	return "a hospital"
}

// may reports whether the patient can do something now.
func (p inCare) may(e referral.Event, hospital string) bool {
	_, ok := p.view.May(e, hospital)
	return ok
}

// linkButton is a link drawn as a button between paragraphs.
type linkButton struct{ ui.Button }

// View draws it.
func (b linkButton) View() templ.Component { return care.ButtonLine(b.Button) }

func formatInt(n int64) string { return strconv.FormatInt(n, 10) }

// sprintf puts a name into words that have a place for one; others stay as they are.
func sprintf(words, name string) string { return strings.Replace(words, "%s", name, 1) }

func parseInt(s string) (int64, bool) {
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil
}
