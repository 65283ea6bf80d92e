package stories

import (
	"github.com/a-h/templ"

	"carecorridor/views"
	"carecorridor/views/account"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

func init() {
	add(
		Story{Name: "account/sign-in", Page: account.FormPage(signingIn("Sign in"), signInForm())},
		Story{Name: "account/sign-in-refused", Page: account.FormPage(refused(signingIn("Sign in"), "email", "Enter your email address, such as name@example.org"), signInRefused())},
		Story{Name: "account/password-refused", Page: account.FormPage(refused(signingIn("Enter your password"), "password", wrongPassword), passwordForm())},
		Story{Name: "account/factor", Page: account.FormPage(signingIn("Confirm that it is you"), factorForm())},
		Story{Name: "account/set-up", Page: account.FormPage(signingIn("Set up how you confirm that it is you"), setUpForm())},
		Story{Name: "account/codes", Page: account.FormPage(own("Keep your recovery codes"), codesForm())},
		Story{Name: "account/invitation", Page: account.FormPage(refused(signingIn("You are invited"), "name", "Enter your full name"), invitationForm())},
		Story{Name: "account/overview", Page: account.OverviewPage(own("Your account"), overview())},
		Story{Name: "account/overview-new", Page: account.OverviewPage(own("Your account"), newOverview())},
		Story{Name: "account/unsent", Page: account.UnsentPage(own("What you typed is kept"), unsent())},
		Story{Name: "account/unsent-none", Page: account.UnsentPage(own("What you typed is kept"), account.Unsent{})},
		Story{Name: "account/remove", Page: account.FormPage(own("Remove a passkey"), account.Form{Heading: "Remove a passkey", Lead: []string{"The passkey “" + endless + "” no longer signs you in here."},
			Action: "/account/passkeys/1", Submit: "Remove", Danger: true, Other: ui.Link{Text: "No, keep it", Href: link.Account}})},
	)
}

const wrongPassword = "The email address or password is wrong, or there were too many tries. Check both and try again, or wait a while"

func signingIn(title string) views.Frame {
	f := site(title)
	f.Breadcrumb, f.NoIndex, f.Work = home(), true, true
	return f
}

func own(title string) views.Frame {
	f := signingIn(title)
	f.Bar = &views.AccountBar{Section: "Your account", Name: "Priya Example", Role: "listing editor", Organisation: "Example Orthopaedic Centre", Nav: []views.NavItem{{Text: "Hospital portal", Href: link.Portal}},
		Account: ui.Link{Text: "Your account", Href: link.Account}, SignOut: link.SignOut, Idle: 900, Stay: link.AccountStay}
	return f
}

func refused(f views.Frame, field, say string) views.Frame {
	f.Errors = &ui.ErrorSummary{Problems: []ui.Problem{{Text: say, FieldID: field}}}
	return f
}

func signInForm() account.Form {
	return account.Form{Heading: "Sign in", Action: link.SignIn, Lead: []string{"For people at listed hospitals, referrers in the UK, and our own staff. You need an invitation."},
		Parts: []views.Part{ui.Field{ID: "email", Label: "Email address", Type: "email", Autocomplete: "username"}},
		After: []views.Part{way{}}, Last: []views.Part{account.Demo{Action: link.SignInDemo, Mail: "var/mail", Groups: []account.DemoGroup{
			{Name: "Example Orthopaedic Centre", People: []account.DemoPerson{{ID: "1", Name: "Priya Example (sample)", Role: "Listing editor"}, {ID: "2", Name: rightward, Role: "Hospital clinician"}}},
			{Name: stacked, People: []account.DemoPerson{{ID: "3", Name: endless, Role: "Verifier"}}}}}},
		Links: []ui.Link{{Text: "I forgot my password", Href: link.SignInForgot}}, Foot: []string{"Patients need no account."}}
}

// way is a sign-in service of others.
type way struct{}

func (way) View() templ.Component {
	return account.Way(ui.Button{Text: "Sign in with Example ID", Href: link.SignInOIDC("example"), Look: ui.Secondary})
}

func signInRefused() account.Form {
	f := signInForm()
	f.Parts = []views.Part{ui.Field{ID: "email", Label: "Email address", Type: "email", Autocomplete: "username", Value: markup, Error: "Enter your email address, such as name@example.org"}}
	f.After, f.Last = nil, nil
	return f
}

func passwordForm() account.Form {
	return account.Form{Heading: "Enter your password", Action: link.SignInPassword, Parts: []views.Part{
		ui.Field{ID: "email", Label: "Email address", Type: "email", Autocomplete: "username", Value: "priya@example.org"},
		ui.Field{ID: "password", Label: "Password", Type: "password", Autocomplete: "current-password", Error: wrongPassword}},
		Links: []ui.Link{{Text: "I forgot my password", Href: link.SignInForgot}}}
}

func factorForm() account.Form {
	return account.Form{Heading: "Confirm that it is you", Action: link.SignInFactor,
		Parts: []views.Part{ui.Field{ID: "code", Label: "Code", Hint: "The 6-digit code that your authenticator app shows for Care Corridor.", Width: "10", InputMode: "numeric", Autocomplete: "one-time-code"}},
		After: []views.Part{account.Passkey{Title: "Or use your passkey", Begin: "/b", Action: "/a", Text: "Use a passkey", Without: "You have a passkey, but this browser cannot use it here."}},
		Links: []ui.Link{{Text: "I cannot use these: use a recovery code", Href: "?by=recovery"}}}
}

func setUpForm() account.Form {
	return account.Form{Heading: "Set up how you confirm that it is you", Action: link.SignInEnrol, Lead: []string{"A password alone is not enough where people’s records are."},
		Before: []views.Part{views.Subheading{Text: "With an authenticator app"}, account.App{Size: 8, Path: "M0 0h1v1h-1zM3 4h4v2h-4z", Secret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"}},
		Parts:  []views.Part{ui.Field{ID: "code", Label: "Code from the app", Width: "10", InputMode: "numeric"}},
		After: []views.Part{account.Passkey{New: true, Title: "Or with a passkey", Begin: "/b", Action: "/a", Text: "Make a passkey", Lead: "Your phone, computer or security key keeps it.", Without: "This browser cannot make passkeys here.",
			Label: ui.Field{ID: "label", Label: "Name of the passkey", Value: "My passkey", Width: "20"}}}}
}

func codesForm() account.Form {
	return account.Form{Heading: "Keep your recovery codes", Lead: []string{"If you lose your phone or passkey, one of these codes signs you in instead. Each works once."},
		Before: []views.Part{account.Codes{"7K3M-9QWX-2HTA", "4PLR-8NCV-6JDE", "9BXS-3GKY-5MWT"}, account.Keep{File: "/codes.txt"}}, Action: link.AccountNewCodes, Submit: "I have kept my codes"}
}

func invitationForm() account.Form {
	return account.Form{Heading: "You are invited to " + wordy, Action: "/invitation/x", Submit: "Accept and go on", Lead: []string{"Set up your account in 2 steps."},
		Before: []views.Part{ui.SummaryList{{Label: "Organisation", Value: endless}, {Label: "Email address", Value: "priya@example.org", Note: "You sign in with this address."}}},
		Parts:  []views.Part{ui.Field{ID: "name", Label: "Your full name", Error: "Enter your full name", Autocomplete: "name"}, ui.Field{ID: "password", Label: "Choose a password", Hint: "12 characters or more.", Type: "password", Autocomplete: "new-password"}}}
}

func newOverview() account.Overview {
	return account.Overview{
		You:        ui.SummaryList{{Label: "Name", Value: "Priya Example", Link: ui.Link{Text: "Change", Hidden: "your name", Href: link.AccountName}}, {Label: "Organisation", Value: "Example Orthopaedic Centre"}},
		SignIn:     ui.SummaryList{{Label: "Password", Value: "Not set", Missing: true}},
		App:        ui.SummaryList{{Label: "Authenticator app", Value: "Not set up", Link: ui.Link{Text: "Set up", Hidden: "an authenticator app", Href: link.AccountApp}}},
		AddPasskey: ui.Link{Text: "Add a passkey", Href: link.AccountNewKey},
		Sessions: ui.StackTable{Caption: "Your sessions", Head: []ui.Column{{Text: "Browser"}, {Text: "Role"}, {Text: "Last used"}, {Text: "Action"}},
			Rows: []ui.Row{{Cells: []ui.Cell{{Text: "Firefox on Windows"}, {Text: "Listing editor", Note: "Example Orthopaedic Centre"}, {Text: "22 November 2026, 9:12am UK", Note: "Began 22 November 2026, 9:00am UK"}, {Text: "This session"}}}}},
	}
}

func overview() account.Overview {
	v := newOverview()
	v.RoleAction, v.Unsent = link.AccountRole, ui.Link{Text: "See what you typed", Href: link.AccountUnsent}
	v.Roles = []account.Role{{Value: "1", Text: "Listing editor", Organisation: "Example Orthopaedic Centre", Current: true}, {Value: "2", Text: "Hospital clinician", Organisation: endless}, {Value: "3", Text: "Verifier", Organisation: "Care Corridor", Paused: true}}
	v.Passkeys = ui.StackTable{Caption: "Your passkeys", Head: []ui.Column{{Text: "Name"}, {Text: "Added"}, {Text: "Last used"}, {Text: "Action"}},
		Rows: []ui.Row{{Cells: []ui.Cell{{Text: rightward}, {Text: "3 November 2026"}, {Text: "Not yet", Missing: true}, {Link: ui.Link{Text: "Remove", Hidden: "passkey 1", Href: link.Passkey("1")}}}}}}
	end := account.Press{Action: link.AccountSession("1"), Button: ui.Button{Text: "End", Hidden: "the session in Safari on iPhone", Look: ui.Secondary}}
	v.Sessions.Rows = append(v.Sessions.Rows, ui.Row{Cells: []ui.Cell{{Text: "Safari on iPhone"}, {Text: "Listing editor", Note: stacked}, {Text: "21 November 2026, 9:12am UK", Note: "Began 21 November 2026, 9:00am UK"}, {Body: end.View()}}})
	v.EndOthers = &account.Press{Action: link.AccountEndOthers, Button: ui.Button{Text: "End all other sessions", Look: ui.Secondary}}
	return v
}

func unsent() account.Unsent {
	return account.Unsent{Forms: []account.UnsentForm{{Title: "For the page /portal/packages/knee", Kept: "22 November 2026, 9:00am UK", Until: "23 November 2026, 9:00am UK", Files: true,
		Typed: ui.SummaryList{{Label: "Price", Value: "₹4,50,000"}, {Label: "Note", Value: markup}, {Label: "Text", Value: endless}}, Send: link.Unsent("1") + "/send", Drop: link.Unsent("1") + "/delete"}}}
}
