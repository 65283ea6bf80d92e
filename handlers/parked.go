package handlers

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/internal/fault"
	"carecorridor/views/account"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

// A form that is sent after its session ended is kept for the same person: sealed, on the server, without passwords
// and files (ux.md §6.11). After signing in again they see what they typed and send it by one button.

// park keeps the form that was sent without a session, for the person whose session the cookie's was. It says how that
// went, in the words of the sign-in page.
func (h *Handlers) park(c echo.Context) string {
	token := cookieOf(c, h.sessionCookie())
	if h.cfg.People == nil || token == "" || !keepable(c) {
		return "lost"
	}
	kept, err := h.cfg.People.KeepForm(c.Request().Context(), token, formSent(c))
	if err != nil {
		h.log.ErrorContext(c.Request().Context(), "form not kept", "route", c.Path(), "error", err.Error())
	}
	if !kept {
		return "lost"
	}
	return "kept"
}

// parkFor keeps the form that was sent for somebody who is signed in, and gives the page to go on from.
func (h *Handlers) parkFor(c echo.Context, who auth.Actor) (string, error) {
	if !keepable(c) {
		return link.Account, nil
	}
	kept, err := h.cfg.People.KeepFormFor(c.Request().Context(), who, formSent(c))
	if err != nil || !kept {
		return link.Account, err
	}
	return link.AccountUnsent, nil
}

// keepable: what is sent to the account itself is passwords, codes and buttons.
func keepable(c echo.Context) bool {
	path := c.Request().URL.Path
	return path != link.Account && !strings.HasPrefix(path, link.Account+"/")
}

// mostRead of a form with files is read to find its fields.
const mostRead = 4 << 20

// formSent reads the fields of a form, whether a handler read them before or not.
func formSent(c echo.Context) auth.KeptForm {
	r := c.Request()
	f := auth.KeptForm{Path: r.URL.RequestURI(), Fields: url.Values{}}
	media, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	f.Parts = media == "multipart/form-data"
	switch {
	case r.PostForm != nil || r.MultipartForm != nil:
		f.Fields = r.PostForm
		if r.MultipartForm != nil {
			f.Fields, f.Files = r.MultipartForm.Value, len(r.MultipartForm.File) > 0
		}
	case f.Parts:
		r.Body = http.MaxBytesReader(c.Response(), r.Body, mostRead)
		f.Fields, f.Files = fieldsOf(r)
	default:
		_ = r.ParseForm() // what can be read is kept
		f.Fields = r.PostForm
	}
	f.Fields = withoutSecrets(f.Fields)
	return f
}

// fieldsOf reads the fields of a form with files and passes over the files.
func fieldsOf(r *http.Request) (fields url.Values, files bool) {
	fields = url.Values{}
	parts, err := r.MultipartReader()
	for err == nil {
		var p *multipart.Part
		if p, err = parts.NextPart(); err != nil {
			break
		}
		if p.FileName() != "" {
			files = true
			continue
		}
		value, readErr := io.ReadAll(p)
		if err = readErr; err == nil {
			fields.Add(p.FormName(), string(value))
		}
	}
	return fields, files || !errors.Is(err, io.EOF) // cut short: it held more than fields
}

// withoutSecrets leaves out what is never kept.
func withoutSecrets(in url.Values) url.Values {
	out := url.Values{}
	for name, values := range in {
		if low := strings.ToLower(name); !strings.Contains(low, "password") && !strings.Contains(low, "passcode") && low != "otp" {
			out[name] = values
		}
	}
	return out
}

// keptForms shows what was kept.
func (h *Handlers) keptForms(c echo.Context, s auth.Session) error {
	kept, err := h.cfg.People.KeptForms(c.Request().Context(), s.Actor)
	if err != nil {
		return err
	}
	var v account.Unsent
	for _, k := range kept {
		v.Forms = append(v.Forms, account.UnsentForm{Title: "For the page " + pathOnly(k.Path), Kept: ukTime(k.Kept), Until: ukTime(k.Until), Typed: typed(k.Fields), Files: k.Files,
			Send: link.Unsent(k.ID) + "/send", Drop: link.Unsent(k.ID) + "/delete"})
	}
	return show(c, http.StatusOK, account.UnsentPage(h.accountFrame("What you typed is kept", s.Actor), v))
}

func pathOnly(address string) string {
	path, _, _ := strings.Cut(address, "?")
	return path
}

// unseen are fields that pages carry and nobody types.
var unseen = []string{"version", "do", "back", "key", "once", "step"}

// typed is the fields of a form as somebody reads them: in the order of their names.
func typed(fields url.Values) ui.SummaryList {
	var names []string
	for name := range fields {
		if !slices.Contains(unseen, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	var out ui.SummaryList
	for _, name := range names {
		if value := strings.TrimSpace(strings.Join(fields[name], "\n")); value != "" {
			out = append(out, ui.Fact{Label: upperFirst(strings.NewReplacer("_", " ", "-", " ", ".", " ").Replace(name)), Value: value})
		}
	}
	return out
}

// keptForm is the person's own that the address names.
func (h *Handlers) keptForm(c echo.Context, who auth.Actor) (auth.KeptForm, error) {
	kept, err := h.cfg.People.KeptForms(c.Request().Context(), who)
	if err != nil {
		return auth.KeptForm{}, err
	}
	at := slices.IndexFunc(kept, func(k auth.KeptForm) bool { return k.ID == c.Param("id") })
	if at < 0 {
		return auth.KeptForm{}, fault.New(fault.Missing, "kept form", nil)
	}
	return kept[at], nil
}

// keptSend sends a kept form to where it was meant for, as if its button had been pressed now. It is forgotten once
// the page has answered with more than a refusal: then the page has it, or shows it again.
func (h *Handlers) keptSend(c echo.Context, s auth.Session) error {
	k, err := h.keptForm(c, s.Actor)
	if err != nil {
		return err
	}
	r, err := again(c.Request(), k)
	if err != nil {
		return err
	}
	h.front.ServeHTTP(c.Response(), r)
	switch status := c.Response().Status; {
	case status < 400, status == http.StatusUnprocessableEntity, status == http.StatusConflict:
		if err := h.cfg.People.DropForm(c.Request().Context(), s.Actor, k.ID); err != nil {
			h.log.ErrorContext(c.Request().Context(), "kept form not dropped", "error", err.Error())
		}
	}
	return nil
}

// again is a kept form as a request in the name of the one that asks for it.
func again(from *http.Request, k auth.KeptForm) (*http.Request, error) {
	to, err := url.ParseRequestURI(k.Path)
	if err != nil || ownPath(k.Path) == "" {
		return nil, fault.New(fault.Broken, "kept form", err)
	}
	body, media := bytes.NewBufferString(k.Fields.Encode()), "application/x-www-form-urlencoded"
	if k.Parts {
		body.Reset()
		w := multipart.NewWriter(body)
		for name, values := range k.Fields {
			for _, v := range values {
				if err := w.WriteField(name, v); err != nil {
					return nil, err
				}
			}
		}
		if err := w.Close(); err != nil {
			return nil, err
		}
		media = w.FormDataContentType()
	}
	r := from.Clone(from.Context())
	r.URL, r.RequestURI = to, k.Path
	r.Form, r.PostForm, r.MultipartForm = nil, nil, nil
	r.Body, r.ContentLength = io.NopCloser(body), int64(body.Len())
	r.Header.Set("Content-Type", media)
	r.Header.Del("Content-Length")
	return r, nil
}

func (h *Handlers) keptDrop(c echo.Context, s auth.Session) error {
	if err := h.cfg.People.DropForm(c.Request().Context(), s.Actor, c.Param("id")); err != nil {
		return err
	}
	return h.toAccount(c, "deleted")
}
