// Package link makes every address of the site from typed parts, so that a page cannot link to an
// address that has no builder. It is not for addresses of other sites, and it does not know whether
// a page is switched on: callers leave out what does not exist yet.
package link

import (
	"net/url"
	"strings"
)

// Pages without parts (ux.md §4).
const (
	Home           = "/"
	HospitalsPath  = "/hospitals"
	Suggest        = "/hospitals/suggest"
	Treatments     = "/treatments"
	Hubs           = "/hubs"
	Shortlist      = "/shortlist"
	ShortlistAdd   = "/shortlist/add"
	ShortlistDrop  = "/shortlist/remove"
	ShortlistNote  = "/shortlist/note"
	ShortlistClear = "/shortlist/clear"
	ShortlistShare = "/shortlist/share"
	ShortlistOpen  = "/shortlist/shared"
	TripCost       = "/trip-cost"
	Guide          = "/guide"
	GuideChecklist = "/guide/checklist"
	Models         = "/models-of-care"
	ModelsFeed     = "/models-of-care/feed.xml"
	HowWeCheck     = "/about/how-we-check"
	Ordering       = "/about/ordering"
	Reviews        = "/about/reviews"
	Funding        = "/about/funding"
	Data           = "/about/data"
	Help           = "/help"
	Accessibility  = "/accessibility"
	Privacy        = "/privacy"
	Cookies        = "/cookies"
	Terms          = "/terms"
	Status         = "/status"
	Refer          = "/refer"
	SignIn         = "/sign-in"
	Portal         = "/portal"
	API            = "/about/api"
	OpenAPI        = "/openapi.json"
	APISearch      = "/api/v1/search"
	Sitemap        = "/sitemap.xml"
	Robots         = "/robots.txt"
)

// Hospital is the profile page of a provider.
func Hospital(slug string) string { return join(HospitalsPath, slug) }

// HospitalPricesCSV is the open data of one provider's packages.
func HospitalPricesCSV(slug string) string { return Hospital(slug) + "/prices.csv" }

// HospitalReport is the form to report a problem with a listing.
func HospitalReport(slug string) string { return Hospital(slug) + "/report" }

// Treatment is the page of one procedure.
func Treatment(slug string) string { return join(Treatments, slug) }

// TreatmentCSV is the figures of a treatment page as CSV.
func TreatmentCSV(slug string) string { return Treatment(slug) + "/figures.csv" }

// TreatmentSummary is the one-page sheet for the GP.
func TreatmentSummary(slug string) string { return Treatment(slug) + "/summary" }

// Hub is the page of a hub city.
func Hub(slug string) string { return join(Hubs, slug) }

// GuideChapter is a chapter of the travel and safety guide.
func GuideChapter(slug string) string { return join(Guide, slug) }

// Model is an article of the models of care library.
func Model(slug string) string { return join(Models, slug) }

// ModelCitation is the reference of an article in a citation format: "ris" or "bib".
func ModelCitation(slug, format string) string { return Model(slug) + "." + url.PathEscape(format) }

// Compare puts up to four hospitals side by side.
func Compare(slugs ...string) string {
	if len(slugs) == 0 {
		return "/compare"
	}
	return "/compare?" + url.Values{"h": slugs}.Encode()
}

// CompareFor is Compare with the prices of a treatment, and one group of rows alone; empty parts are left out.
func CompareFor(treatment, group string, slugs ...string) string {
	v := url.Values{}
	if len(slugs) > 0 {
		v["h"] = slugs
	}
	for key, value := range map[string]string{"treatment": treatment, "by": group} {
		if value != "" {
			v.Set(key, value)
		}
	}
	return strings.TrimSuffix("/compare?"+v.Encode(), "?")
}

// SharedShortlist is a copy of a shortlist that others may open.
func SharedShortlist(code string) string { return join(ShortlistOpen, code) }

// Enquiry starts an enquiry to the given hospitals.
func Enquiry(slugs ...string) string {
	if len(slugs) == 0 {
		return "/enquiry/start"
	}
	return "/enquiry/start?" + url.Values{"h": slugs}.Encode()
}

// EnquiryAbout starts an enquiry about a treatment; "" for none yet.
func EnquiryAbout(treatment string, slugs ...string) string {
	if treatment == "" {
		return Enquiry(slugs...)
	}
	return "/enquiry/start?" + url.Values{"h": slugs, "treatment": {treatment}}.Encode()
}

// EnquiryStep is a page of the enquiry form, e.g. "problem".
func EnquiryStep(step string) string { return join("/enquiry", step) }

// Track is where a patient comes back with code and email address.
const Track = "/enquiry/track"

// Tracking is the patient's own page of an enquiry; parts go below it, e.g. "quotes".
func Tracking(code string, parts ...string) string { return below(join(Track, code), parts) }

// Answering is a hospital's page of an enquiry, by signed link.
func Answering(token string, parts ...string) string { return below(join("/answer", token), parts) }

func below(base string, parts []string) string {
	for _, p := range parts {
		base = join(base, p)
	}
	return base
}

// TripCostOf opens the estimator with what is known filled in; empty parts are left out.
func TripCostOf(treatment, hospital, hub string) string {
	v := url.Values{}
	for k, s := range map[string]string{"treatment": treatment, "hospital": hospital, "hub": hub} {
		if s != "" {
			v.Set(k, s)
		}
	}
	return strings.TrimSuffix(TripCost+"?"+v.Encode(), "?")
}

// APITreatment is the JSON of a treatment page.
func APITreatment(slug string) string { return join("/api/v1/treatments", slug) }

func join(base, slug string) string { return base + "/" + url.PathEscape(slug) }
