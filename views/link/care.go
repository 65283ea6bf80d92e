package link

import "net/url"

// Pages of a patient's own referral. A session is for one referral, so its address holds no name of it.
const (
	Care            = "/care"
	CareNew         = "/care/new"
	CareAsk         = "/care/link"
	CareAsked       = "/care/link/sent"
	CareCode        = "/care/code"
	CareAgain       = "/care/again"
	CareLeave       = "/care/leave"
	CareLeft        = "/care/left"
	CareStay        = "/care/stay"
	CareDemo        = "/care/demonstration"
	CareSteps       = "/care/request"
	CareHospitals   = "/care/request/hospitals"
	CareCheck       = "/care/request/check"
	CareDocuments   = "/care/documents"
	CareUpload      = "/care/documents/add"
	CareConsents    = "/care/consents"
	CareGP          = "/care/gp"
	CarePause       = "/care/pause"
	CareMessages    = "/care/messages"
	CareCompare     = "/care/compare"
	CareRisks       = "/care/risks"
	CareAddHospital = "/care/hospitals"
	CareChooseAgain = "/care/choose-again"
	CareReferral    = "/care/become-a-referral"
	CareEnough      = "/care/advice-was-enough"
	CareWithdraw    = "/care/withdraw"
	CareTravel      = "/care/travel"
	CareDates       = "/care/travel/dates"
	CareReaccept    = "/care/travel/change"
	CarePostpone    = "/care/travel/postpone"
	CarePassport    = "/care/travel/passport"
	CareLetter      = "/care/travel/letter"
	CareLetterPDF   = "/care/travel/letter.pdf"
	CarePack        = "/care/travel/pack"
	CarePackage     = "/care/discharge"
	CareCard        = "/care/card"
	CareAftercare   = "/care/aftercare"
	CareHome        = "/care/aftercare/home"
	CareProblem     = "/care/problem"
	CareLooked      = "/care/who-looked"
	CareExport      = "/care/export"
	CareErase       = "/care/erase"
	VisaLetter      = "/visa-letter"
	Handback        = "/handback"
)

// CareLink is the address in a patient's mail.
func CareLink(token string) string { return join(CareAsk, token) }

// CareStep is a page of the request that a patient writes.
func CareStep(step string) string { return join(CareSteps, step) }

// CareHospital is a hospital of the patient's list by its place in it, from "1"; parts go below it.
func CareHospital(place string, parts ...string) string {
	return below(join("/care/hospital", place), parts)
}

// CareFile is one of the patient's documents.
func CareFile(id string) string { return join(CareDocuments, id) }

// CareGate is one condition before the journey.
func CareGate(gate string) string { return join("/care/travel/check", gate) }

// CareItem is one item of the aftercare schedule.
func CareItem(code string) string { return join(CareAftercare, code) }

// VisaLetterOf is the public page about one letter's number, as the letter's QR code holds it.
func VisaLetterOf(number string) string { return join(VisaLetter, number) }

// HandbackOf is the address in a GP's mail; parts go below the page that it opens.
func HandbackOf(token string) string { return join(Handback, token) }

// HandbackPart is a page of an opened handback.
func HandbackPart(part string) string { return join(Handback+"/package", part) }

// CareBack is a page that leads back to another of the patient's own afterwards.
func CareBack(page, back string) string {
	if back == "" {
		return page
	}
	return page + "?" + url.Values{"back": {back}}.Encode()
}
