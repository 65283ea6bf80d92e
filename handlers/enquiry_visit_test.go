package handlers_test

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// visitor is a browser without scripts: it keeps cookies, follows redirects and sends forms as they stand.
type visitor struct {
	t      testing.TB
	client *http.Client
	base   string
	doc    *goquery.Document
	status int
	path   string
	header http.Header
}

func visit(t testing.TB, s http.Handler) *visitor {
	t.Helper()
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return (&visitor{t: t, base: server.URL}).another()
}

// another is a second browser at the same site.
func (v *visitor) another() *visitor {
	jar, err := cookiejar.New(nil)
	if err != nil {
		v.t.Fatal(err)
	}
	return &visitor{t: v.t, base: v.base, client: &http.Client{Jar: jar}}
}

func (v *visitor) read(answer *http.Response, err error) *visitor {
	v.t.Helper()
	if err != nil {
		v.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	v.status, v.path, v.header = answer.StatusCode, answer.Request.URL.RequestURI(), answer.Header
	if v.doc, err = goquery.NewDocumentFromReader(bytes.NewReader(body)); err != nil {
		v.t.Fatal(err)
	}
	return v
}

func (v *visitor) open(path string) *visitor {
	v.t.Helper()
	return v.read(v.client.Get(v.base + path))
}

func (v *visitor) post(path string, form url.Values) *visitor {
	v.t.Helper()
	return v.read(v.client.PostForm(v.base+path, form))
}

// send fills the form whose button says words and presses it. What is not filled stays as the page has it.
func (v *visitor) send(words string, fill url.Values) *visitor {
	v.t.Helper()
	button := v.doc.Find("main form button").FilterFunction(func(_ int, b *goquery.Selection) bool { return text(b) == words })
	if button.Length() == 0 {
		v.t.Fatalf("%s (%d) has no button %q:\n%s", v.path, v.status, words, v.words())
	}
	form := button.First().Closest("form")
	values := fieldsOf(form)
	for name, list := range fill {
		values[name] = list
	}
	if name, ok := button.First().Attr("name"); ok {
		values[name] = append(values[name], button.First().AttrOr("value", ""))
	}
	action := form.AttrOr("action", "")
	if !strings.EqualFold(form.AttrOr("method", "get"), "post") {
		return v.open(action + "?" + values.Encode())
	}
	return v.post(action, values)
}

// fieldsOf is what a browser would send of a form that nobody touched.
func fieldsOf(form *goquery.Selection) url.Values {
	values := url.Values{}
	form.Find("input, textarea, select").Each(func(_ int, f *goquery.Selection) {
		name := f.AttrOr("name", "")
		switch kind := f.AttrOr("type", ""); {
		case name == "" || kind == "file":
		case kind == "radio" || kind == "checkbox":
			if _, on := f.Attr("checked"); on {
				values.Add(name, f.AttrOr("value", "on"))
			}
		case goquery.NodeName(f) == "textarea":
			values.Add(name, f.Text())
		case goquery.NodeName(f) == "select":
			chosen := f.Find("option[selected]")
			if chosen.Length() == 0 {
				chosen = f.Find("option")
			}
			values.Add(name, chosen.First().AttrOr("value", ""))
		default:
			values.Add(name, f.AttrOr("value", ""))
		}
	})
	return values
}

// file is a document as a browser sends it.
type file struct {
	name    string
	content []byte
}

// upload sends one file to the form of records.
func (v *visitor) upload(name string, content []byte) *visitor {
	v.t.Helper()
	return v.uploadAll(file{name, content})
}

// uploadAll sends files in one form.
func (v *visitor) uploadAll(files ...file) *visitor {
	v.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for _, f := range files {
		part, err := w.CreateFormFile("file", f.name)
		if err == nil {
			_, err = part.Write(f.content)
		}
		if err != nil {
			v.t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		v.t.Fatal(err)
	}
	return v.read(v.client.Post(v.base+"/enquiry/records/add", w.FormDataContentType(), &body))
}

// forgets takes a cookie from the browser, or puts another value in it.
func (v *visitor) forgets(name, path, value string) *visitor {
	v.t.Helper()
	at, err := url.Parse(v.base + path)
	if err != nil {
		v.t.Fatal(err)
	}
	age := 3600
	if value == "" {
		age = -1
	}
	v.client.Jar.SetCookies(at, []*http.Cookie{{Name: name, Value: value, Path: path, MaxAge: age}})
	return v
}

func (v *visitor) words() string { return text(v.doc.Find("main")) }

// says wants all the words on the page.
func (v *visitor) says(words ...string) *visitor {
	v.t.Helper()
	for _, w := range words {
		if !strings.Contains(v.words(), w) {
			v.t.Errorf("%s (%d) does not say %q:\n%.1500s", v.path, v.status, w, v.words())
		}
	}
	return v
}

// at wants the page to be the one at path.
func (v *visitor) at(path string) *visitor {
	v.t.Helper()
	if v.path != path || v.status != http.StatusOK {
		v.t.Fatalf("at %s with status %d, want %s:\n%.800s", v.path, v.status, path, v.words())
	}
	return v
}

// refused wants the page again with an error about each field.
func (v *visitor) refused(fields ...string) *visitor {
	v.t.Helper()
	if v.status != http.StatusUnprocessableEntity || !strings.HasPrefix(v.doc.Find("title").Text(), "Error: ") {
		v.t.Errorf("%s: status %d, title %q", v.path, v.status, v.doc.Find("title").Text())
	}
	for _, id := range fields {
		if v.doc.Find(".cc-error-summary a[href='#"+id+"']").Length() == 0 || v.doc.Find("[id='"+id+"']").Length() != 1 {
			v.t.Errorf("%s: no error that leads to %s: %s", v.path, id, text(v.doc.Find(".cc-error-summary")))
		}
	}
	return v
}

// link is the address of the link whose words begin so.
func (v *visitor) link(words string) string {
	v.t.Helper()
	a := v.doc.Find("main a").FilterFunction(func(_ int, a *goquery.Selection) bool { return strings.HasPrefix(text(a), words) })
	if a.Length() == 0 {
		v.t.Fatalf("%s has no link %q:\n%.1500s", v.path, words, v.words())
	}
	return a.First().AttrOr("href", "")
}

// follow goes where a link leads.
func (v *visitor) follow(words string) *visitor {
	v.t.Helper()
	return v.open(v.link(words))
}
