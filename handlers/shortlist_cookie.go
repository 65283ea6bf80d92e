package handlers

import (
	"bytes"
	"compress/flate"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"time"

	"github.com/labstack/echo/v4"
)

// Rules of the shortlist (ux.md §6.6).
const (
	mostListed   = 20
	listDays     = 90
	longestNote  = 300  // runes
	cookieRoom   = 3800 // bytes: browsers keep 4,096 with name and attributes
	listPurpose  = "shortlist"
	plainCookie  = "shortlist"
	secureCookie = "__Host-shortlist" // bound to this host over https by the browser itself
)

// shortlist is what one visitor keeps: hospitals with a note each, and the copy they share. It lives in their
// browser alone, signed so that what comes back is what was sent. It is not sealed: it is theirs to read.
type shortlist struct {
	Items []listed  `json:"i,omitempty"`
	Code  string    `json:"c,omitempty"` // of the copy shared
	Until time.Time `json:"u,omitzero"`  // end of that copy
}

type listed struct {
	ID   int64  `json:"i"`
	Note string `json:"n,omitempty"`
}

// errFull: the notes are more than a cookie holds.
var errFull = errors.New("shortlist too large for a cookie")

func (s *shortlist) at(id int64) int {
	return slices.IndexFunc(s.Items, func(l listed) bool { return l.ID == id })
}

func (s *shortlist) ids() []int64 {
	var out []int64
	for _, l := range s.Items {
		out = append(out, l.ID)
	}
	return out
}

func (h *Handlers) listCookie() string {
	if h.cfg.HTTPS {
		return secureCookie
	}
	return plainCookie
}

// readList gives the visitor's list; ok is false for a cookie that is forged, cut, too old or of another key, which
// are all the same to the reader.
func (h *Handlers) readList(c echo.Context) (list *shortlist, ok bool) {
	list = &shortlist{}
	cookie, err := c.Cookie(h.listCookie())
	if err != nil || cookie.Value == "" {
		return list, true
	}
	packed, err := h.cfg.Tokens.Verify(listPurpose, cookie.Value, h.clock())
	if err != nil {
		return list, false
	}
	plain, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(packed)), bodyOfList))
	if err != nil || json.Unmarshal(plain, list) != nil {
		return &shortlist{}, false
	}
	return list, true
}

// bodyOfList is more than any list within the rules unpacks to.
const bodyOfList = 64 << 10

// keepList sends the list to the browser for another 90 days, or takes the cookie away when nothing is left.
func (h *Handlers) keepList(c echo.Context, list *shortlist) error {
	cookie := &http.Cookie{Name: h.listCookie(), Path: "/", HttpOnly: true, Secure: h.cfg.HTTPS, SameSite: http.SameSiteLaxMode}
	if len(list.Items) == 0 {
		cookie.MaxAge = -1
		c.SetCookie(cookie)
		return nil
	}
	plain, err := json.Marshal(list)
	if err != nil {
		return err
	}
	var packed bytes.Buffer
	w, _ := flate.NewWriter(&packed, flate.BestCompression)
	_, _ = w.Write(plain)
	_ = w.Close()
	cookie.Value = h.cfg.Tokens.Sign(listPurpose, packed.Bytes(), h.clock().AddDate(0, 0, listDays))
	if len(cookie.Name)+len(cookie.Value) > cookieRoom {
		return errFull
	}
	cookie.MaxAge = listDays * 24 * 60 * 60
	c.SetCookie(cookie)
	return nil
}
