package handlers

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"carecorridor/enquiry"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

const trackTitle = "See your enquiry"

func (h *Handlers) trackRoutes() []route {
	if h.cfg.Enquiries == nil {
		return nil
	}
	at := func(rest string) string { return link.Track + "/:code" + rest }
	return []route{
		h.own("GET", link.Track, h.trackForm),
		h.own("POST", link.Track, h.trackSendLink),
		h.own("GET", link.Track+"/sent", h.trackSent),
		h.own("GET", at(""), h.tracking(h.track)),
		h.own("GET", at("/quotes"), h.tracking(h.trackQuotes)),
		h.own("GET", at("/quote/:n/:version"), h.tracking(h.trackQuote)),
		h.own("GET", at("/quote/:n/:version/pdf"), h.tracking(h.trackQuotePDF)),
		h.own("GET", at("/file/:file"), h.tracking(h.trackFile)),
		h.own("GET", at("/accept/:n/:version"), h.tracking(h.acceptForm)),
		h.own("POST", at("/accept/:n/:version"), h.tracking(h.accept)),
		h.own("GET", at("/decline/:n"), h.tracking(h.turnDownForm)),
		h.own("POST", at("/decline/:n"), h.tracking(h.turnDown)),
		h.own("GET", at("/ask/:n"), h.tracking(h.messageForm)),
		h.own("POST", at("/ask/:n"), h.tracking(h.message)),
		h.own("GET", at("/withdraw"), h.tracking(h.withdrawForm)),
		h.own("POST", at("/withdraw"), h.tracking(h.withdraw)),
		h.own("GET", at("/withdraw/:n"), h.tracking(h.withdrawForm)),
		h.own("POST", at("/withdraw/:n"), h.tracking(h.withdraw)),
		h.own("GET", at("/delete"), h.tracking(h.deleteForm)),
		h.own("POST", at("/delete"), h.tracking(h.deleteData)),
	}
}

// trackCookie holds the token of the mailed link, below the address of its enquiry alone.
const (
	trackCookie = "track"
	trackDays   = 28
)

// tracked is an enquiry with what opened it.
type tracked struct {
	enquiry.Tracked
	code, link string
}

// at is an address below this enquiry.
func (t tracked) at(parts ...string) string { return link.Tracking(t.Reference, parts...) }

// placeOf is the place of a hospital in addresses, from 1.
func placeOf(i int) string { return strconv.Itoa(i + 1) }

// hospital is the one the address names.
func (t tracked) hospital(c echo.Context) (enquiry.TrackedHospital, int, error) {
	n, err := strconv.Atoi(c.Param("n"))
	if err != nil || n < 1 || n > len(t.Hospitals) {
		return enquiry.TrackedHospital{}, 0, fault.New(fault.Missing, "hospital of an enquiry", err)
	}
	return t.Hospitals[n-1], n - 1, nil
}

// tracking opens an enquiry by the mailed link. The token of the link goes into a cookie at once, so that it is in no
// address that is written down, shared or printed.
func (h *Handlers) tracking(next func(echo.Context, tracked) error) echo.HandlerFunc {
	return func(c echo.Context) error {
		mailed := c.QueryParam("link")
		t := tracked{code: c.Param("code"), link: firstOf(mailed, cookieOf(c, trackCookie))}
		var err error
		t.Tracked, err = h.cfg.Enquiries.Track(c.Request().Context(), t.code, t.link)
		if errors.Is(err, enquiry.ErrLink) {
			return h.deadTrack(c)
		}
		if err != nil {
			return err
		}
		h.setCookie(c, trackCookie, t.Link, link.Tracking(t.Reference), trackDays*24*time.Hour)
		if mailed != "" || t.code != t.Reference {
			return c.Redirect(http.StatusSeeOther, t.at())
		}
		return next(c, t)
	}
}

func (h *Handlers) deadTrack(c echo.Context) error {
	return h.deadLink(c, "This link no longer works", "A link in our mails works for 28 days after we sent the mail. A browser that has opened it shows your enquiry until 28 days after your last visit. With your code and your email address you can have a new link mailed.", views.Anchor{Text: "Get a new link", URL: link.Track})
}

func (h *Handlers) trackForm(c echo.Context) error {
	return h.showTrackForm(c, http.StatusOK, nil)
}

func (h *Handlers) showTrackForm(c echo.Context, status int, bad check.List) error {
	f := h.frame(trackTitle, "", "")
	f.NoIndex, f.Breadcrumb, f.Errors = true, crumbs(), problemsOf(bad)
	return show(c, status, views.EnquiryFormPage(f, views.EnquiryForm{Heading: trackTitle, Action: link.Track, Submit: "Mail me a link",
		Lead: []string{"Enter your code and the email address you gave us. If they belong together, we mail you a link that opens your enquiry."},
		Parts: []views.Part{
			ui.Field{ID: "code", Label: "Your code", Hint: "For example CC-7K3M-9Q. It is on the confirmation.", Value: c.FormValue("code"), Error: bad.On("code"), Width: "10", Autocomplete: "off"},
			ui.Field{ID: "email", Label: "Email address", Type: "email", Value: c.FormValue("email"), Error: bad.On("email"), Autocomplete: "email"},
		}}))
}

// trackSendLink answers the same whether code and address belong together or not.
func (h *Handlers) trackSendLink(c echo.Context) error {
	bad, err := h.cfg.Enquiries.SendLink(c.Request().Context(), c.FormValue("code"), c.FormValue("email"))
	if err != nil {
		return err
	}
	if !bad.OK() {
		return h.showTrackForm(c, http.StatusUnprocessableEntity, bad)
	}
	return c.Redirect(http.StatusSeeOther, link.Track+"/sent")
}

func (h *Handlers) trackSent(c echo.Context) error {
	f := h.frame("Look in your mail", "", "")
	f.NoIndex, f.Breadcrumb = true, crumbs(ui.Link{Text: trackTitle, Href: link.Track})
	text := []string{"If the code and the email address belong together, we have mailed you a link. It works for 28 days from now, and you can always have a new one.", "Nothing came after 10 minutes? Look in the folder for unwanted mail, check the code, and try again."}
	if h.cfg.Demo && h.cfg.MailFolder != "" {
		text = append(text, "This is a demonstration: the mail is written to "+h.cfg.MailFolder+".")
	}
	return show(c, http.StatusOK, views.FailurePage(views.Failure{Frame: f, Heading: "Look in your mail", Text: text, Links: []ui.Link{{Text: "Try again", Href: link.Track}}}))
}

// track is the patient's page.
func (h *Handlers) track(c echo.Context, t tracked) error {
	v := views.Track{Code: t.Reference, State: progressMarks[t.Progress], Sent: ukTime(t.Submitted), Treatment: firstOf(t.Answers.TreatmentName, "Treatment not decided"), Answers: h.askedFacts(t.Answers, false)}
	v.Timeline = enquiryHistory(t.History, func(e enquiry.Happening) string { return happened(e, "You", t.name(e.Ord)) })
	if t.Erased {
		v.Treatment, v.Answers, v.State = "Details deleted", nil, views.Mark{Text: "Deleted", Look: views.LookNone}
		v.Closed = "Your data are deleted. Only the code, the dates and what happened remain."
	} else {
		v.Answers = append(v.Answers, contactFacts(t.Contact, nil)...)
		v.Actions = append(t.ownFiles(), views.Anchor{Text: "Delete my data", URL: t.at("delete")})
	}
	quotes := 0
	for i, one := range t.Hospitals {
		v.Hospitals = append(v.Hospitals, h.trackHospital(t, one, i))
		if one.Newest() != nil {
			quotes++
		}
	}
	if t.Progress == enquiry.IsOpen && !t.Erased {
		v.Actions = append([]views.Anchor{{Text: "Withdraw my enquiry", URL: t.at("withdraw")}}, v.Actions...)
	}
	if quotes > 1 {
		v.Compare = views.Anchor{Text: "Compare " + plural(quotes, "quote"), URL: t.at("quotes")}
	}
	if h.cfg.Demo {
		v.Demo = h.sampleAnswers(c, t)
	}
	return show(c, http.StatusOK, views.TrackPage(h.trackFrame("Your enquiry "+t.Reference), v))
}

func (h *Handlers) trackFrame(title string, before ...ui.Link) views.Frame {
	f := h.frame(title, "", "")
	f.NoIndex, f.Breadcrumb = true, crumbs(before...)
	return f
}

// mine is the way back from a page below the enquiry.
func (t tracked) mine() ui.Link { return ui.Link{Text: "Your enquiry", Href: t.at()} }

// name is the hospital that a line of history is about; after the data were deleted its number is left.
func (t tracked) name(ord int64) string {
	if ord >= 1 && ord <= int64(len(t.Hospitals)) {
		return t.Hospitals[ord-1].Hospital.Name
	}
	return "hospital " + strconv.FormatInt(ord, 10)
}

// ownFiles are the patient's own documents, to open again.
func (t tracked) ownFiles() []views.Anchor {
	var out []views.Anchor
	for _, f := range t.Files {
		out = append(out, views.Anchor{Text: "Open " + f.Name, URL: t.at("file", f.ID)})
	}
	return out
}

func (h *Handlers) sampleAnswers(c echo.Context, t tracked) []views.Anchor {
	tokens, err := h.cfg.Enquiries.SampleLinks(c.Request().Context(), t.Reference, t.Link)
	if err != nil {
		return nil // a help for trying the site, never a reason to fail
	}
	var out []views.Anchor
	for _, one := range t.Hospitals {
		if token, ok := tokens[one.ID]; ok {
			out = append(out, views.Anchor{Text: "Answer for " + one.Hospital.Name, URL: link.Answering(token)})
		}
	}
	return out
}

// demoAnswers are the same links on the confirmation.
func (h *Handlers) demoAnswers(c echo.Context, r enquiry.Receipt) []views.Anchor {
	t := tracked{code: r.Reference, link: r.Link}
	var err error
	if t.Tracked, err = h.cfg.Enquiries.Track(c.Request().Context(), r.Reference, r.Link); err != nil {
		return nil
	}
	return h.sampleAnswers(c, t)
}

func (h *Handlers) trackFile(c echo.Context, t tracked) error {
	content, err := h.cfg.Enquiries.TrackFile(c.Request().Context(), t.Reference, t.Link, c.Param("file"))
	if errors.Is(err, enquiry.ErrLink) {
		return h.deadTrack(c)
	}
	if err != nil {
		return err
	}
	return download(c, content.Name, content.Kind.Media, content.Bytes)
}
