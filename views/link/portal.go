package link

import "net/url"

// Pages of the hospital portal (ux.md §4).
const (
	PortalPackages     = "/portal/listing/packages"
	PortalChanges      = "/portal/listing/changes"
	PortalSend         = "/portal/listing/send"
	PortalDiscard      = "/portal/listing/discard"
	PortalPreview      = "/portal/listing/preview"
	PortalChecks       = "/portal/listing/checks"
	PortalImport       = "/portal/packages/import"
	PortalImportApply  = "/portal/packages/import/apply"
	PortalTemplateCSV  = "/portal/packages/template.csv"
	PortalPricesCSV    = "/portal/packages/prices.csv"
	PortalEnquiries    = "/portal/enquiries"
	PortalReferrals    = "/portal/referrals"
	PortalActivity     = "/portal/activity"
	PortalActivityCSV  = "/portal/activity.csv"
	PortalExport       = "/portal/export"
	PortalTeam         = "/portal/team"
	PortalTeamInvite   = "/portal/team/invite"
	PortalTeamTakeBack = "/portal/team/take-back"
)

// PortalListing is a page of the listing's editor, such as "details" or "packages".
func PortalListing(page string) string { return join("/portal/listing", page) }

// PortalEntry is the form of one package, certificate, clinician, measure or photo.
func PortalEntry(page, key string) string { return join(PortalListing(page), key) }

// PortalFile is an uploaded file for its own hospital.
func PortalFile(id string) string { return join("/portal/files", id) }

// PortalPhoto is a photo of the draft, small.
func PortalPhoto(id string) string { return PortalFile(id) + "/small.jpg" }

// PortalEnquiry is a request that a member opens; parts go below it, e.g. "quote".
func PortalEnquiry(id string, parts ...string) string { return below(join(PortalEnquiries, id), parts) }

// PortalMember is a colleague's role.
func PortalMember(membership string) string { return join(PortalTeam, membership) }

// Numbered is a page of a list in parts.
func Numbered(path string, page string) string {
	return path + "?" + url.Values{"page": {page}}.Encode()
}
