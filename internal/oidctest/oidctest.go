// Package oidctest gives tests the OpenID provider that scripts/with-services started, and a browser that signs in
// there. It starts none itself, and is not for tests of what a provider may get wrong: ours is a good one.
package oidctest

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// Client is us at the provider.
type Client struct {
	Issuer string
	ID     string `json:"client_id"`
	Secret string `json:"client_secret"`
}

// Register makes a client whose people are sent back to redirect. A test without a provider fails: a skipped sign-in
// is no sign-in.
func Register(t testing.TB, redirect string) Client {
	t.Helper()
	c := Client{Issuer: strings.TrimRight(os.Getenv("CORRIDOR_TEST_OIDC"), "/")}
	if c.Issuer == "" {
		t.Fatal("CORRIDOR_TEST_OIDC is not set: run the tests by scripts/with-services go test ./...")
	}
	body, err := json.Marshal(map[string]any{"redirect_uris": []string{redirect}, "application_type": "web"})
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.Post(c.Issuer+"/reg", "application/json", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusCreated {
		t.Fatalf("client not registered: %s", answer.Status)
	}
	if err := json.NewDecoder(answer.Body).Decode(&c); err != nil {
		t.Fatal(err)
	}
	return c
}

// SignIn goes to the provider as a browser would, signs in as name, allows what is asked, and gives the address that
// the provider sends the browser back to. A name that begins with "mfa" brings a second factor, "unproven" an address
// that nobody checked.
func SignIn(t testing.TB, browser *http.Client, address, name string) string {
	t.Helper()
	back := ""
	stopping := *browser
	stopping.CheckRedirect = func(r *http.Request, _ []*http.Request) error {
		if r.URL.Query().Has("state") && !strings.HasPrefix(address, r.URL.Scheme+"://"+r.URL.Host+"/") {
			back = r.URL.String()
			return http.ErrUseLastResponse
		}
		return nil
	}
	answer, err := stopping.Get(address)
	for range 5 { // sign in, allow, and what else it may ask
		if err != nil {
			t.Fatal(err)
		}
		doc, at := read(t, answer), answer.Request.URL
		if back != "" {
			return back
		}
		form := doc.Find("form").First()
		to, _ := at.Parse(form.AttrOr("action", ""))
		fields := url.Values{}
		form.Find("input[name]").Each(func(_ int, in *goquery.Selection) { fields.Set(in.AttrOr("name", ""), in.AttrOr("value", "")) })
		if fields.Has("login") {
			fields.Set("login", name)
			fields.Set("password", "any")
		}
		answer, err = stopping.PostForm(to.String(), fields)
	}
	t.Fatal("the provider never sent the browser back")
	return ""
}

func read(t testing.TB, answer *http.Response) *goquery.Document {
	t.Helper()
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}
