package link

import "net/url"

// Feedback is the form behind a one-time link.
func Feedback(token string) string { return join("/feedback", token) }

// HospitalReportSent confirms a report by its reference.
func HospitalReportSent(slug, reference string) string {
	return HospitalReport(slug) + "/sent?" + url.Values{"reference": {reference}}.Encode()
}
