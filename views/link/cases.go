package link

import "net/url"

// Pages of referrals for the alliance's desk.
const (
	DeskReferrals  = "/desk/referrals"
	DeskSafeguards = "/desk/safeguards"
	DeskAccessLog  = "/desk/access-log"
)

// DeskReferral is a referral at the desk, by its reference; parts go below it, e.g. "messages".
func DeskReferral(reference string, parts ...string) string {
	return below(join(DeskReferrals, reference), parts)
}

// PortalReferral is a referral as its hospital sees it; parts go below it, e.g. "offer".
func PortalReferral(reference string, parts ...string) string {
	return below(join(PortalReferrals, reference), parts)
}

// DeskAgreement is what was agreed with a hospital about the transfer of data.
func DeskAgreement(org string) string { return join("/desk/agreements", org) }

// About adds the hospital's row to the address of an event that is about one hospital; "" leaves it as it is.
func About(path, row string) string {
	if row == "" {
		return path
	}
	return path + "?" + url.Values{"hospital": {row}}.Encode()
}

// Filtered is a page with what was chosen; empty parts are left out.
func Filtered(path string, parts map[string]string) string {
	v := url.Values{}
	for name, value := range parts {
		if value != "" {
			v.Set(name, value)
		}
	}
	if len(v) == 0 {
		return path
	}
	return path + "?" + v.Encode()
}
