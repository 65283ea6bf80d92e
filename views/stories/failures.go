package stories

import (
	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

func init() {
	f := site("")
	f.Breadcrumb = home()
	missing := views.NotFound(f)
	missing.Lead, missing.Links = "You may be looking for", []ui.Link{{Text: markup, Href: link.Hospital("a")}, {Text: "Find a hospital", Href: link.HospitalsPath}}
	broken := views.Broken(f, "We have kept your answers for 14 days.")
	broken.Code = "7F3A-91"
	removed := views.Removed(f)
	removed.Lead, removed.Links = "Other hospitals near this one", []ui.Link{{Text: "Hospitals in Kochi", Href: link.Hub("kochi")}}
	for name, page := range map[string]views.Failure{
		"404": missing, "404-bare": views.NotFound(views.Frame{}), "410": removed, "403": views.Denied(f), "409": views.Changed(f),
		"429": views.TooMany(f, "1 minute"), "500": broken, "503": views.Closed(f, "It will be back at 6pm today."),
	} {
		add(Story{Name: "failure/" + name, Page: views.FailurePage(page)})
	}
}
