// Package views is the pages: one struct of words, numbers and links per page, and the templ function
// that draws it. It decides nothing, reads no database and knows no HTTP.
package views

import "carecorridor/views/ui"

// Frame is everything around the content of a page (ux.md §5.1). Pages embed it. Nav, Account and
// Footer are given by the caller, who lists only pages that exist.
type Frame struct {
	Title       string // without the site's name, which is added
	Failed      bool   // a form came back with problems: the title starts with "Error:"
	Description string
	Origin      string // "https://carecorridor.example": base of absolute addresses in the head; empty for none
	Canonical   string // path and query of this page's one address; empty for none
	Image       string // path of the Open Graph picture; the site's own when empty
	NoIndex     bool
	JSONLD      []string // each one JSON document; "</" inside is made harmless here

	Samples    *Strip
	Nav        []NavItem
	Account    []NavItem
	Footer     []FooterGroup
	Bar        *AccountBar // signed-in journeys: replaces the wide navigation
	Breadcrumb []ui.Link   // from Home to the parent; the last one is the back link of narrow screens
	Notice     *ui.Banner
	Errors     *ui.ErrorSummary
	Work       bool   // before there is a session: uses the parts of signed-in pages
	FullWidth  bool   // the page draws its own bands (home)
	Live       bool   // loads htmx: only for pages that use it
	PrintLine  string // "carecorridor.example/treatments/knee-replacement, figures as of 22 November 2026 in India"
}

// Strip is the line over every page while sample hospitals are shown; Off leads to the same without them.
type Strip struct {
	Tag  string // "Sample hospitals shown"
	Text string
	Off  ui.Link
}

// NavItem is one entry of the navigation; Current marks the section the page is in.
type NavItem struct {
	Text, Href string
	Current    bool
}

// FooterGroup is one column of the footer.
type FooterGroup struct {
	Title string
	Links []ui.Link
}

// AccountBar says who is signed in, for whom they act, and where they may go.
type AccountBar struct {
	Section                  string // "Hospital portal", "Alliance desk", "Referrals"
	Name, Role, Organisation string
	Nav                      []NavItem // the section's pages, on one line; long lists go into a side navigation
	Switch                   ui.Link   // to another role of the same person; may be empty
	Account                  ui.Link   // sign-in and security
	SignOut                  string    // address of the form; "" when there is no session to end
	Idle                     int       // seconds after which a session ends by itself; 0: nothing is said of it
	Stay                     string    // address that keeps the session
}
