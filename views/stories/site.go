package stories

import (
	"strings"

	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

// Words that break pages which trust their input: markup, direction marks, stacked accents, no spaces.
var (
	markup    = `<script>alert(1)</script>"'&<img src=x onerror=alert(1)>`
	rightward = "مستشفى النور \u202eabc\u202c 1234"
	stacked   = "Zạ̈̇̃̄͐l̶̡̢̛͙͚g̷̨̧̛͓͔o hospital"
	endless   = strings.Repeat("Thiruvananthapuram", 278) // 5,004 letters without a space
	wordy     = strings.Repeat("Institute of Orthopaedics and ", 167)
)

// site is the frame of an ordinary page.
func site(title string) views.Frame {
	return views.Frame{
		Title: title, Description: "Compare full prices, checked accreditation and aftercare.",
		Origin: "https://carecorridor.example", Canonical: "/",
		Nav: []views.NavItem{
			{Text: "Find a hospital", Href: link.HospitalsPath, Current: true}, {Text: "Treatments and prices", Href: link.Treatments},
			{Text: "Travel and safety", Href: link.Guide}, {Text: "Models of care", Href: link.Models}, {Text: "For NHS referrers", Href: link.Refer},
		},
		Account: []views.NavItem{{Text: "Sign in", Href: link.SignIn}},
		Footer: []views.FooterGroup{
			{Title: "Patients", Links: []ui.Link{{Text: "Find a hospital", Href: link.HospitalsPath}, {Text: "Treatments and prices", Href: link.Treatments}, {Text: "Hub cities", Href: link.Hubs}}},
			{Title: "Professionals", Links: []ui.Link{{Text: "Models of care library", Href: link.Models}, {Text: "Open data and API", Href: link.API}}},
			{Title: "How we work", Links: []ui.Link{{Text: "How we check hospitals", Href: link.HowWeCheck}, {Text: "How we order results", Href: link.Ordering}, {Text: "Where the data comes from", Href: link.Data}}},
			{Title: "Help", Links: []ui.Link{{Text: "Help", Href: link.Help}, {Text: "Accessibility statement", Href: link.Accessibility}, {Text: "Privacy and your data", Href: link.Privacy}}},
		},
		PrintLine: "carecorridor.example, figures as of 22 November 2026 in India",
	}
}

// demo is an ordinary page while sample hospitals are shown.
func demo(f views.Frame) views.Frame {
	f.Samples = &views.Strip{Tag: "Sample hospitals shown", Text: "Some hospitals here are invented, so that every part of the site can be tried. Each one is marked “Sample”.",
		Off: ui.Link{Text: "Hide samples", Href: "/hospitals?include_samples=0"}}
	return f
}

func home() []ui.Link { return []ui.Link{{Text: "Home", Href: link.Home}} }
