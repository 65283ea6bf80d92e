package link

import (
	"slices"
	"strconv"
)

// Pages of the alliance's desk.
const (
	Desk              = "/desk"
	DeskChecks        = "/desk/checks"
	DeskEnding        = "/desk/ending"
	DeskRegister      = "/desk/register"
	DeskOrganisations = "/desk/organisations"
	DeskNewOrg        = "/desk/organisations/new"
	DeskPeople        = "/desk/people"
	DeskTexts         = "/desk/texts"
	DeskFigures       = "/desk/figures"
	DeskNewFare       = "/desk/figures/new"
	DeskProblems      = "/desk/problems"
	DeskFeedback      = "/desk/feedback"
	DeskStatistics    = "/desk/statistics"
	DeskAudit         = "/desk/audit"
	DeskAuditCSV      = "/desk/audit.csv"
	DeskAuditVerify   = "/desk/audit/verify"
)

// DeskCheck is one check; more are "evidence".
func DeskCheck(id string, more ...string) string { return under(DeskChecks, id, more) }

// DeskFile opens an uploaded file.
func DeskFile(id string) string { return join("/desk/files", id) }

// DeskOrganisation is one organisation; more are "invite".
func DeskOrganisation(id string, more ...string) string {
	return under(DeskOrganisations, id, more)
}

// DeskInvitation takes an invitation back.
func DeskInvitation(id string) string { return join("/desk/invitations", id) }

// DeskPerson is one account; more are "lock", "unlock", "factors".
func DeskPerson(id string, more ...string) string { return under(DeskPeople, id, more) }

// DeskRole is one role that somebody holds.
func DeskRole(membership string) string { return join("/desk/roles", membership) }

// DeskText is one text that is reviewed, by its name "guide/choosing".
func DeskText(page string) string { return DeskTexts + "/" + page }

// DeskReview decides about a review.
func DeskReview(id string) string { return join("/desk/reviews", id) }

// DeskFigure is one figure of the reference data; more are "withdraw".
func DeskFigure(key string, more ...string) string { return under(DeskFigures, key, more) }

// DeskProblem is one reported problem; more are "assign", "note", "close".
func DeskProblem(ref string, more ...string) string {
	return under(DeskProblems, ref, more)
}

// DeskFeedbackText is one comment or response.
func DeskFeedbackText(id int64) string { return join(DeskFeedback, strconv.FormatInt(id, 10)) }

// DeskStatisticsCSV is one table of the reports as a file.
func DeskStatisticsCSV(table string) string { return join(DeskStatistics, table+".csv") }

// DeskAuditRow is one row of the audit trail.
func DeskAuditRow(seq int64) string { return join("/desk/audit/rows", strconv.FormatInt(seq, 10)) }

// HospitalPhoto is a public photo of a hospital in a width.
func HospitalPhoto(file string, width int) string {
	return join("/photos", file+"_"+strconv.Itoa(width)+".jpg")
}

// under is an address below another one.
func under(base, id string, more []string) string {
	for _, part := range slices.Concat([]string{id}, more) {
		base = join(base, part)
	}
	return base
}
