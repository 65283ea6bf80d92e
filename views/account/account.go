// Package account is the pages of signing in, of invitations and of one's own account. Like package views it
// decides nothing: words, addresses and formats come from the caller. It is not for the pages of the work itself.
package account

import (
	"strings"

	"carecorridor/views"
	"carecorridor/views/ui"
)

// Form is a page with one question or one decision.
type Form struct {
	Caption string // over the heading: "Step 2 of 3"
	Heading string
	Lead    []string
	Before  []views.Part // outside the form
	Action  string       // empty: there is no form, only what is before and after
	Keep    []ui.Hidden
	Parts   []views.Part
	Submit  string // "Continue" when empty
	Danger  bool   // the button takes something away
	Other   ui.Link
	After   []views.Part // other ways, each with a form of its own
	Links   []ui.Link
	Foot    []string
	Last    []views.Part // under everything
}

// Press is a form that is one button.
type Press struct {
	Action string
	Keep   []ui.Hidden
	Button ui.Button
	Lead   string // over the button
}

// Passkey is a button that asks the browser for a passkey, or to make one, which takes scripts (account.js). Where there
// are none Without says what else there is.
type Passkey struct {
	New     bool   // make one; the person gives it a name first
	Begin   string // address that gives the browser what it needs, as JSON
	Action  string // address that takes the browser's answer
	Keep    []ui.Hidden
	Text    string // of the button
	Title   string // heading over it; empty for none
	Lead    string
	Without string
	Label   ui.Field // with New
}

// App is what an authenticator app needs, as a picture and in letters.
type App struct {
	Size   int    // of the picture in modules
	Path   string // of its dark modules, for an SVG
	Secret string // base32
}

// Codes are recovery codes, shown to be kept.
type Codes []string

// Keep is how to take codes along: a file, or paper.
type Keep struct{ File string }

// Demo is the demonstration's people, each a button.
type Demo struct {
	Action string
	Keep   []ui.Hidden
	Groups []DemoGroup
	Mail   string // where mails are written
}

// DemoGroup is the people of one organisation.
type DemoGroup struct {
	Name   string
	People []DemoPerson
}

// DemoPerson is one of them.
type DemoPerson struct{ ID, Name, Role string }

// Overview is one's own account.
type Overview struct {
	You, SignIn ui.SummaryList
	Roles       []Role
	RoleAction  string
	App         ui.SummaryList
	Passkeys    ui.StackTable // no rows: none
	AddPasskey  ui.Link
	Sessions    ui.StackTable
	EndOthers   *Press // nil when this session is the only one
	Unsent      ui.Link
}

// Role is one that the person holds.
type Role struct {
	Value, Text, Organisation string
	Current, Paused           bool
}

// Unsent is the forms that could not be sent.
type Unsent struct{ Forms []UnsentForm }

// UnsentForm is one of them with what was typed.
type UnsentForm struct {
	Title, Kept, Until string
	Typed              ui.SummaryList
	Files              bool // held files, which were not kept
	Send, Drop         string
}

func (f Form) button() ui.Button {
	b := ui.Button{Text: f.Submit}
	if b.Text == "" {
		b.Text = "Continue"
	}
	if f.Danger {
		b.Look = "danger"
	}
	return b
}

// spaced is the secret in groups of four, as people read it out.
func (a App) spaced() string {
	var parts []string
	for s := a.Secret; s != ""; {
		n := min(4, len(s))
		parts, s = append(parts, s[:n]), s[n:]
	}
	return strings.Join(parts, " ")
}
