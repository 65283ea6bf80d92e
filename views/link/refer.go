package link

import "net/url"

// Pages of NHS referrers (ux.md §4), and the desk's page about them.
const (
	ReferDashboard    = "/refer/dashboard"
	ReferNew          = "/refer/new"
	ReferVerification = "/refer/verification"
	ReferMailbox      = "/refer/verification/mailbox"
	DeskReferrers     = "/desk/referrers"
)

// Referral is a referral's task list; parts go below it, e.g. "patient" or "timeline".
func Referral(reference string, parts ...string) string { return below(join(Refer, reference), parts) }

// ReferralFile is a document of a referral.
func ReferralFile(reference, id string) string { return Referral(reference, "files", id) }

// ReferWork is the dashboard with what was chosen; empty parts are left out.
func ReferWork(parts map[string]string) string {
	v := url.Values{}
	for name, value := range parts {
		if value != "" {
			v.Set(name, value)
		}
	}
	if len(v) == 0 {
		return ReferDashboard
	}
	return ReferDashboard + "?" + v.Encode()
}

// DeskReferrer is the check of one person.
func DeskReferrer(person string) string { return join(DeskReferrers, person) }
