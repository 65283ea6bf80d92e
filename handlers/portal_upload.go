package handlers

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/catalogue/listing"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/internal/files"
)

// Limits of the fields beside a file.
const (
	mostFields = 1000
	mostField  = 64 << 10
)

// entryForm reads the form of an entry. A file in it is kept at once and stands in the form by its id, so that it need
// not be chosen again when something else is wrong; one that cannot be kept is refused by its name.
func (h *Handlers) entryForm(c echo.Context, who auth.Actor, in listing.Section) (form url.Values, bad check.List, err error) {
	if !multipartForm(c) {
		form, err = c.FormParams()
		if err != nil {
			return nil, nil, fault.New(fault.Invalid, "form", err)
		}
		return form, nil, nil
	}
	purpose := map[string]string{"photo": listing.ForPhoto, "certificate": listing.ForCertificate}[in.Name]
	var stray check.List
	var id string
	form, err = readParts(c, func(part *multipart.Part) error {
		u, problems, err := h.cfg.Listings.AddFile(c.Request().Context(), who, who.Provider, purpose, part)
		for _, p := range problems {
			stray = append(stray, check.Problem{Say: "“" + files.DisplayName(part.FileName()) + "”: " + p.Say})
		}
		if len(problems) == 0 {
			id = u.ID
		}
		return err
	})
	if errors.Is(err, errTooMuch) {
		stray, err = check.List{{Say: "The file is larger than 25 MB. Choose a smaller one"}}, nil
	}
	if err != nil {
		return nil, nil, err
	}
	at := filePath(form, in)
	for _, p := range stray {
		bad = append(bad, check.Problem{Field: string(at), Say: p.Say})
	}
	if id != "" && at != "" {
		form.Set(string(at), id)
	}
	return form, bad, nil
}

// filePath is the path of the form's file field.
func filePath(form url.Values, in listing.Section) listing.Path {
	for _, e := range editsOf(form, []string{in.Name}, "") {
		if f, ok := in.Field(e.Path.Field()); ok && f.Kind == listing.File {
			return e.Path
		}
	}
	return ""
}

func multipartForm(c echo.Context) bool {
	media, _, _ := mime.ParseMediaType(c.Request().Header.Get("Content-Type"))
	return media == "multipart/form-data"
}

var errTooMuch = errors.New("the body is larger than a form may be")

// readParts reads a form with files as it arrives: nothing of a file is ever written down unsealed. What is left of a
// body that is too large is thrown away, so that the browser hears the answer.
func readParts(c echo.Context, file func(*multipart.Part) error) (form url.Values, err error) {
	defer func() {
		if drain, ok := c.Get(drainKey).(func()); ok {
			drain()
		}
	}()
	reader, err := c.Request().MultipartReader()
	if err != nil {
		return nil, fault.New(fault.Invalid, "form", err)
	}
	form = url.Values{}
	for n := 0; n < mostFields; n++ {
		part, err := reader.NextPart()
		if errors.Is(err, io.EOF) {
			return form, nil
		}
		if err == nil && part.FileName() != "" {
			err = file(part)
		} else if err == nil {
			err = addField(form, part)
		}
		if tooMuch := new(http.MaxBytesError); errors.As(err, &tooMuch) {
			return form, errTooMuch
		}
		if said := new(fault.E); err != nil && !errors.As(err, &said) {
			err = fault.New(fault.Invalid, "form", err)
		}
		if err != nil {
			return form, err
		}
	}
	return nil, fault.New(fault.Invalid, "form of too many fields", nil)
}

func addField(form url.Values, part *multipart.Part) error {
	value, err := io.ReadAll(io.LimitReader(part, mostField))
	if err == nil && part.FormName() != "" {
		form.Add(part.FormName(), string(value))
	}
	return err
}

// portalFile gives an uploaded file to its own hospital.
func (h *Handlers) portalFile(c echo.Context, who auth.Actor) error {
	content, media, err := h.cfg.Listings.File(c.Request().Context(), who, c.Param("id"))
	if err != nil {
		return err
	}
	name := "file"
	if k, ok := files.KindOf(media); ok {
		name += k.Ending
	}
	return download(c, name, media, content)
}

// portalPhoto gives a photo of the draft, small.
func (h *Handlers) portalPhoto(c echo.Context, who auth.Actor) error {
	content, err := h.cfg.Listings.OwnPhoto(c.Request().Context(), who, c.Param("id"), listing.PhotoWidths[0])
	if err != nil {
		return err
	}
	c.Response().Header().Set("Content-Security-Policy", "default-src 'none'; sandbox")
	return c.Blob(http.StatusOK, "image/jpeg", content)
}
