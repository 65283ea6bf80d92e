package views

import "carecorridor/views/ui"

// Failure is a page for what went wrong (ux.md §7): plain words, no codes in the heading, no red.
type Failure struct {
	Frame
	Heading string
	Text    []string
	Links   []ui.Link // alternatives: near names, the search page
	Lead    string    // over Links: "You may be looking for"
	Code    string    // reference for the people who look after the service; empty for none
}

// The words of each failure. Callers add the Frame and, where they know any, Links.

// NotFound is 404.
func NotFound(f Frame) Failure {
	return fail(f, "Page not found", "If you typed the web address, check it is correct.",
		"If you pasted the web address, check you copied all of it.", "If the web address is correct, the page may have moved.")
}

// Removed is 410.
func Removed(f Frame) Failure {
	return fail(f, "This page has been removed", "We no longer show this page. The information on it may be out of date, so we do not keep a copy here.")
}

// Denied is 403.
func Denied(f Frame) Failure {
	return fail(f, "You do not have access to this page", "Sign in with the account that has access, or ask the person who sent you the link.")
}

// Changed is 409.
func Changed(f Frame) Failure {
	return fail(f, "Someone else changed this", "Your change was not saved, because someone else saved a change after you opened the page.",
		"Go back, reload the page and make your change again.")
}

// TooMany is 429; wait is for example "1 minute".
func TooMany(f Frame, wait string) Failure {
	return fail(f, "Wait "+wait, "There have been too many requests from your connection.", "Wait "+wait+", then try again.")
}

// Broken is 500; kept says what happened to what the reader had entered.
func Broken(f Frame, kept string) Failure {
	return fail(f, "Sorry, there is a problem with the service", "Try again in a few minutes.", kept)
}

// Closed is 503; back says when the service returns, or is empty.
func Closed(f Frame, back string) Failure {
	return fail(f, "Sorry, the service is not available", "We are doing work on the service.", back)
}

func fail(f Frame, title string, text ...string) Failure {
	f.Title, f.NoIndex, f.Canonical = title, true, ""
	out := Failure{Frame: f, Heading: title}
	for _, s := range text {
		if s != "" {
			out.Text = append(out.Text, s)
		}
	}
	return out
}
