package auth

import "slices"

// Actions. The words are what the audit trail says.
const (
	// Everybody with an account.
	AccountOwn Action = "account.own" // see and change one's own sign-in, sessions and factors

	// Hospitals and their listings.
	ListingView       Action = "listing.view"   // the portal: draft, to-dos, activity
	ListingEdit       Action = "listing.edit"   // change the draft
	ListingSend       Action = "listing.send"   // send it for checking
	ListingExport     Action = "listing.export" // everything the organisation owns
	TeamManage        Action = "team.manage"    // invite, change roles, remove; own organisation
	EnquiryAnswer     Action = "enquiry.answer" // the portal's door to enquiries sent to the hospital
	VerificationView  Action = "verification.view"
	VerificationCheck Action = "verification.check" // approve, send back, reject
	RegisterImport    Action = "register.import"

	// The alliance's desk.
	DeskView          Action = "desk.view"
	OrganisationView  Action = "organisation.view"
	OrganisationAdmin Action = "organisation.manage" // add, pause, close
	PeopleManage      Action = "people.manage"       // any organisation's accounts
	ReferenceView     Action = "reference.view"
	ReferenceEdit     Action = "reference.edit" // flights, visa, rates
	ContentReview     Action = "content.review"
	ReportHandle      Action = "report.handle" // problems reported by visitors
	FeedbackModerate  Action = "feedback.moderate"
	FeedbackReply     Action = "feedback.reply" // a hospital's right of reply
	StatisticsView    Action = "statistics.view"
	AuditRead         Action = "audit.read"

	// Referrals.
	ReferralCreate    Action = "referral.create"
	ReferralView      Action = "referral.view"     // what is in it
	ReferralStanding  Action = "referral.standing" // how it stands at the desk, without its record
	ReferralEdit      Action = "referral.edit"     // draft, amend, attach
	ReferralSign      Action = "referral.sign"     // the clinical statement; sends it
	ReferralConsent   Action = "referral.consent"
	ReferralDecide    Action = "referral.decide" // accept or turn down an offer
	ReferralWithdraw  Action = "referral.withdraw"
	ReferralCancel    Action = "referral.cancel"
	ReferralTriage    Action = "referral.triage"  // return, route, chase
	ReferralHold      Action = "referral.hold"    // place and lift a safety hold, exclude
	ReferralAnswer    Action = "referral.answer"  // hospital: ask, dates, admission
	ReferralOpinion   Action = "referral.opinion" // hospital: the clinician's offer, decline, discharge
	ReferralMessage   Action = "referral.message"
	ReferralExport    Action = "referral.export"
	ReferralErase     Action = "referral.erase"      // ask for it (patient), approve it (two of the staff)
	ReferralBreak     Action = "referral.breakglass" // open without a worklist reason, with an alert
	ReferralLegalHold Action = "referral.legalhold"
	ReferrerVerify    Action = "referrer.verify" // the ladder R0 to R3
	AccessLogView     Action = "accesslog.view"  // who looked at a record
)

// staff are the alliance's roles.
var staff = []Role{Coordinator, SafetyReviewer, Verifier, Auditor, Administrator}

// hospital are the roles of a hospital's organisation.
var hospital = []Role{ProviderOwner, ProviderEditor, ProviderClinician}

// Policy is the whole of it: who may do what to things how near. What is not here is refused (brief §8).
var Policy = slices.Concat(
	to(AccountOwn, OwnRecord, slices.Concat(hospital, staff, []Role{Referrer, ReferrerAdmin})...),

	to(ListingView, OwnOrg, hospital...),
	to(ListingEdit, OwnOrg, ProviderOwner, ProviderEditor),
	to(ListingSend, OwnOrg, ProviderOwner, ProviderEditor),
	to(ListingExport, OwnOrg, ProviderOwner),
	to(TeamManage, OwnOrg, ProviderOwner, ReferrerAdmin),
	to(EnquiryAnswer, OwnOrg, ProviderOwner, ProviderEditor, ProviderClinician),
	to(FeedbackReply, OwnOrg, ProviderOwner, ProviderEditor),

	to(VerificationView, Any, Verifier, Auditor, Administrator),
	to(VerificationCheck, Any, Verifier),
	to(RegisterImport, Any, Verifier, Administrator),

	to(DeskView, Any, staff...),
	to(OrganisationView, Any, staff...),
	to(OrganisationAdmin, Any, Administrator),
	to(PeopleManage, Any, Administrator),
	to(ReferenceView, Any, staff...),
	to(ReferenceEdit, Any, Verifier, Administrator),
	to(ContentReview, Any, SafetyReviewer, Administrator),
	to(ReportHandle, Any, Coordinator, Verifier),
	to(FeedbackModerate, Any, Coordinator, Verifier),
	to(StatisticsView, Any, staff...),
	to(AuditRead, Any, Auditor, Administrator),

	to(ReferralCreate, OwnOrg, Referrer, ReferrerAdmin),
	to(ReferralCreate, OwnRecord, Patient),
	to(ReferralView, OwnOrg, Referrer, ReferrerAdmin, ProviderOwner, ProviderEditor, ProviderClinician),
	to(ReferralView, OwnRecord, Patient),
	to(ReferralView, Any, Coordinator, SafetyReviewer),
	to(ReferralStanding, Any, Coordinator, SafetyReviewer, Verifier, Administrator),
	to(ReferralEdit, OwnOrg, Referrer, ReferrerAdmin),
	to(ReferralEdit, OwnRecord, Patient),
	to(ReferralSign, OwnOrg, Referrer),
	to(ReferralSign, OwnRecord, Patient),
	to(ReferralConsent, OwnRecord, Patient),
	to(ReferralDecide, OwnRecord, Patient),
	to(ReferralWithdraw, OwnRecord, Patient),
	to(ReferralCancel, OwnOrg, Referrer),
	to(ReferralCancel, Any, Coordinator, SafetyReviewer),
	to(ReferralTriage, Any, Coordinator, SafetyReviewer),
	to(ReferralHold, Any, SafetyReviewer),
	to(ReferralAnswer, OwnOrg, ProviderOwner, ProviderEditor, ProviderClinician),
	to(ReferralOpinion, OwnOrg, ProviderClinician),
	to(ReferralMessage, OwnOrg, Referrer, ReferrerAdmin, ProviderOwner, ProviderEditor, ProviderClinician),
	to(ReferralMessage, OwnRecord, Patient),
	to(ReferralMessage, Any, Coordinator, SafetyReviewer),
	to(ReferralExport, OwnOrg, Referrer),
	to(ReferralExport, OwnRecord, Patient),
	to(ReferralErase, OwnRecord, Patient),
	to(ReferralErase, Any, Coordinator, Administrator),
	to(ReferralBreak, Any, SafetyReviewer),
	to(ReferralLegalHold, Any, Administrator),
	to(ReferrerVerify, Any, Verifier),
	to(AccessLogView, OwnRecord, Patient),
	to(AccessLogView, Any, Auditor),
)

func to(act Action, on Relation, roles ...Role) []Rule {
	var out []Rule
	for _, r := range roles {
		out = append(out, Rule{act, r, on})
	}
	return out
}
