package referral

import (
	"slices"

	"carecorridor/auth"
	"carecorridor/internal/when"
)

// Guard is a condition on the facts, in the words of the table and of a refusal: "Not possible yet: …".
type Guard string

// Always holds.
const Always Guard = ""

// Guards of writing and sending.
const (
	WrittenBySelf     Guard = "the patient wrote it"
	WrittenByReferrer Guard = "a referrer wrote it"
	NamedClinician    Guard = "the named clinician does it in person"
	LadderClimbed     Guard = "the referrer is verified (R2) and was found on the professional register in the last 90 days"
	NothingPaid       Guard = "nobody is paid for the referral"
	WholeRecord       Guard = "every required answer is given"
	FilesSafe         Guard = "every document has been scanned and is safe"
	ContactWorks      Guard = "the patient's contact details are checked"
	OfAge             Guard = "the patient is 18 or over"
	CanConsent        Guard = "the patient can decide about this"
	NotExcluded       Guard = "the treatment may be arranged here"
	NotUrgent         Guard = "the priority is routine or soon"
	FewOpen           Guard = "the patient has fewer than 3 other open referrals"
	SendingAgreed     Guard = "consent covers this referral and at least 1 hospital"
	ReferrerMaySee    Guard = "the patient lets the referrer send and receive information"
	NotShutOut        Guard = "the patient has not ended the referrer's part"
	FewToday          Guard = "the clinician has signed fewer than 20 referrals today"
)

// Guards of triage and sending on.
const (
	FlagsSettled      Guard = "every warning sign has been looked at"
	FlagsOpen         Guard = "a warning sign waits"
	DuplicatesSettled Guard = "every possible duplicate has been settled"
	DuplicatesOpen    Guard = "a possible duplicate waits"
	SomebodyToSendTo  Guard = "a hospital that the patient agreed to is eligible and has not been sent it"
	RoomForOneMore    Guard = "fewer than 5 hospitals are chosen"
	TimeIsUp          Guard = "its time has run out"
	SafetyHeld        Guard = "a safety hold is on"
	NotHeld           Guard = "no safety hold is on"
	Suspended         Guard = "sharing is suspended"
	NotSuspended      Guard = "sharing is not suspended"
	ErasureHeld       Guard = "a legal hold is on"
	ErasureNotHeld    Guard = "no legal hold is on"
	WasRouted         Guard = "a hospital has had it"
	ErrorReported     Guard = "another person reported that it should never have been"
	NobodyHadIt       Guard = "no hospital has had it"
	WithinADay        Guard = "it was made in the last 24 hours"
	ErasureAsked      Guard = "the patient asked for erasure"
	ErasureNotAsked   Guard = "erasure has not been asked for"
	SecondPerson      Guard = "this person has not approved it already"
	DeathNotKnown     Guard = "the patient's death is not recorded"
	DeathKnown        Guard = "the patient's death is recorded"
	NotForgotten      Guard = "nothing of it was erased"
)

// Guards of hospitals and the choice.
const (
	AsksAdvice       Guard = "it asks for advice"
	AsksTreatment    Guard = "it asks for treatment"
	StillEligible    Guard = "the hospital is still eligible"
	Trusted          Guard = "the hospital's accreditation is not in doubt"
	Doubted          Guard = "the hospital's accreditation is in doubt"
	StillAgreed      Guard = "the patient's consent for this hospital is in force"
	CheckedDoctor    Guard = "the clinician's registration with a state medical council is checked"
	AnyOffer         Guard = "at least 1 hospital has answered"
	EverybodySpoke   Guard = "every hospital has answered or time has run out, and at least 1 offered"
	NobodyLeft       Guard = "no hospital is left, and at least 1 said no or did not answer"
	NobodyWanted     Guard = "the patient took it back from every hospital"
	HadACopy         Guard = "the hospital had a copy and has not confirmed its deletion"
	OfferStands      Guard = "its offer is in date, agreed to and not in doubt"
	IdentityAgreed   Guard = "consent for this hospital covers name and contact details"
	PassportAgreed   Guard = "consent for this hospital covers the passport details"
	QuoteInDate      Guard = "the quote is in date"
	QuoteOutOfDate   Guard = "the quote is out of date"
	OpinionWasRead   Guard = "the patient has read the newest opinion and quote"
	RisksWereRead    Guard = "the patient has read the page about risks, aftercare and the 14 days to think again"
	CoolingOffOver   Guard = "the 14 days to think again are over"
	ChangeWaits      Guard = "a change waits for the patient's answer"
	NoChangeWaits    Guard = "no change waits for the patient's answer"
	DatesAreProposed Guard = "the hospital proposed dates"
	DatesAreAgreed   Guard = "the dates are agreed"
	GPDecided        Guard = "the patient has decided what the GP gets"
	PassportGiven    Guard = "the passport details are given"
	LetterInForce    Guard = "a visa letter is in force"
	NoLetterOwed     Guard = "a visa letter that ended has been issued anew"
	AllGatesPassed   Guard = "gates G1 to G9 are passed"
)

// Guards of the way home.
const (
	SchedulePlanned    Guard = "an aftercare schedule exists and every item has somebody who does it"
	NotDelivered       Guard = "the package was not delivered yet"
	NotAcknowledged    Guard = "nobody has acknowledged the package"
	WasDelivered       Guard = "the package was delivered"
	GPIsTold           Guard = "the patient agreed that the GP gets the package"
	LinkAgreed         Guard = "the patient agrees that who has the link gets the package"
	ReceiptOpen        Guard = "the patient has not confirmed the package"
	ComplicationOpen   Guard = "a complication waits for review"
	ReplyOwed          Guard = "a complication waits for the hospital's answer"
	NoComplicationOpen Guard = "no complication waits for review"
	HandedBack         Guard = "the patient has the package, and the GP acknowledged it or gets none by choice"
	FollowUpOver       Guard = "the last follow-up is done, or the patient did not answer 3 times"
	AlertWasSent       Guard = "the overseas-care alert was sent, if there was a night in hospital"
	FeedbackWasAsked   Guard = "feedback was asked for, if the patient agreed to be asked"
	FeedbackAgreed     Guard = "the patient agreed to be asked, and was not asked yet"
)

// Case is one question to the guards: who, on which referral, about which hospital, by which line.
type Case struct {
	Who  auth.Actor
	F    *Facts
	P    *Provider // nil when it is not about one
	Line Transition
}

// Limits of the guards.
const (
	MaxHospitals    = 5  // brief §7
	MaxOpen         = 3  // of one patient (domain.md §9.2)
	MaxSigned       = 20 // by one clinician on one London day (domain.md §9.2)
	MaxStarted      = 30 // by one person on one London day
	RegisterMaxDays = 90 // domain.md §1.4
	MailboxMaxDays  = 180
	AdultAge        = 18
)

// guards says how each is decided.
var guards map[Guard]func(Case) bool

func init() {
	guards = map[Guard]func(Case) bool{Always: func(Case) bool { return true }}
	for _, part := range []map[Guard]func(Case) bool{writingGuards, triageGuards, hospitalGuards, travelGuards, homeGuards} {
		for g, f := range part {
			guards[g] = f
		}
	}
}

// Holds reports whether a guard is satisfied. An unknown guard is not.
func (g Guard) Holds(c Case) bool {
	f, known := guards[g]
	return known && f(c)
}

var writingGuards = map[Guard]func(Case) bool{
	WrittenBySelf:     func(c Case) bool { return c.F.Origin == BySelf },
	WrittenByReferrer: func(c Case) bool { return c.F.Origin == ByReferrer },
	NamedClinician:    func(c Case) bool { return c.F.Clinician == c.Who.Person && c.F.Clinician != "" },
	LadderClimbed:     func(c Case) bool { return c.F.Writing.Referrer.MaySign(c.F.Today()) },
	NothingPaid:       func(c Case) bool { return !c.F.Writing.Paid },
	WholeRecord:       func(c Case) bool { return c.F.Writing.Problems == 0 },
	FilesSafe:         func(c Case) bool { return c.F.Writing.FilesPending == 0 && c.F.Writing.FilesUnsafe == 0 },
	ContactWorks:      func(c Case) bool { return c.F.Writing.ContactChecked },
	OfAge:             func(c Case) bool { return Age(c.F.Writing.Born, c.F.Today()) >= AdultAge },
	CanConsent:        func(c Case) bool { return c.F.Writing.CanConsent },
	NotExcluded:       func(c Case) bool { return c.F.Writing.Stop == "" },
	NotUrgent:         func(c Case) bool { return slices.Contains(Priorities, c.F.Priority) },
	FewOpen:           func(c Case) bool { return c.F.Writing.OpenElsewhere < MaxOpen },
	SendingAgreed:     func(c Case) bool { return len(c.F.MissingToSend()) == 0 },
	ReferrerMaySee:    func(c Case) bool { return c.F.Origin == ByReferrer && c.F.Agreed(C4, "") },
	NotShutOut:        func(c Case) bool { return c.F.Agreed(C4, "") || !c.F.asked() },
	FewToday:          func(c Case) bool { return c.F.Writing.SignedToday < MaxSigned },
}

var triageGuards = map[Guard]func(Case) bool{
	FlagsSettled:      func(c Case) bool { return c.F.Checks.RedFlags == 0 },
	FlagsOpen:         func(c Case) bool { return c.F.Checks.RedFlags > 0 },
	DuplicatesSettled: func(c Case) bool { return c.F.Checks.Duplicates == 0 },
	DuplicatesOpen:    func(c Case) bool { return c.F.Checks.Duplicates > 0 },
	SomebodyToSendTo:  func(c Case) bool { return len(c.F.Routable()) > 0 },
	RoomForOneMore:    func(c Case) bool { return len(c.F.Providers) < MaxHospitals },
	TimeIsUp:          timeIsUp,
	SafetyHeld:        func(c Case) bool { return c.F.Has(SafetyHold) },
	NotHeld:           func(c Case) bool { return !c.F.Has(SafetyHold) },
	Suspended:         func(c Case) bool { return c.F.Has(ConsentSuspended) },
	NotSuspended:      func(c Case) bool { return !c.F.Has(ConsentSuspended) },
	ErasureHeld:       func(c Case) bool { return c.F.Has(LegalHold) },
	ErasureNotHeld:    func(c Case) bool { return !c.F.Has(LegalHold) },
	WasRouted:         func(c Case) bool { return c.F.Routed() },
	NobodyHadIt:       func(c Case) bool { return !c.F.Routed() },
	ErrorReported: func(c Case) bool {
		return !c.F.Routed() || c.F.Erasure.ErrorBy != "" && c.F.Erasure.ErrorBy != c.Who.Person
	},
	WithinADay:      func(c Case) bool { return c.F.Now.Sub(c.F.CreatedAt) <= day },
	ErasureAsked:    func(c Case) bool { return !c.F.Erasure.AskedAt.IsZero() && !c.F.Erasure.Done },
	ErasureNotAsked: func(c Case) bool { return c.F.Erasure.AskedAt.IsZero() },
	DeathNotKnown:   func(c Case) bool { return !c.F.Care.Died && c.F.Ending != EndDeceased },
	DeathKnown:      func(c Case) bool { return c.F.Care.Died || c.F.Ending == EndDeceased },
	NotForgotten:    func(c Case) bool { return !c.F.Erasure.Done },
	SecondPerson:    func(c Case) bool { return !slices.Contains(c.F.Erasure.ApprovedBy, c.Who.Person) },
}

var homeGuards = map[Guard]func(Case) bool{
	SchedulePlanned: func(c Case) bool { return c.F.Care.SchedulePlanned },
	NotDelivered:    func(c Case) bool { return !c.F.Care.Delivered },
	NotAcknowledged: func(c Case) bool { return !c.F.Care.Acknowledged },
	WasDelivered:    func(c Case) bool { return c.F.Care.Delivered },
	GPIsTold:        func(c Case) bool { return c.F.Choice.GPShare.Tells() && c.F.Agreed(C5, "") },
	LinkAgreed: func(c Case) bool {
		return c.F.Agreed(C5, "") && (c.Who.Org == FromAftercare || c.F.Choice.GPShare.Tells())
	},
	ReceiptOpen:        func(c Case) bool { return !c.F.Care.PatientHasIt },
	ComplicationOpen:   func(c Case) bool { return c.F.Care.Complications > 0 },
	ReplyOwed:          func(c Case) bool { return c.F.Care.Unreplied > 0 },
	NoComplicationOpen: func(c Case) bool { return c.F.Care.Complications == 0 },
	HandedBack:         func(c Case) bool { return c.F.HandedBack() },
	FollowUpOver:       func(c Case) bool { return c.F.Care.FollowUpsLeft == 0 || c.F.Care.Unreached >= 3 },
	AlertWasSent:       func(c Case) bool { return !c.F.Care.Overnight || c.F.Care.AlertSent },
	FeedbackAgreed:     func(c Case) bool { return c.F.Agreed(C6, "") && !c.F.Care.FeedbackAsked },
	FeedbackWasAsked:   func(c Case) bool { return c.F.Care.FeedbackAsked || !c.F.Agreed(C6, "") },
}

// MaySign reports whether a referrer may sign a clinical statement on a day (domain.md §1.4, R2).
func (l Ladder) MaySign(today when.Date) bool {
	mailbox := l.Level >= 3 || fresh(l.MailboxOn, today, MailboxMaxDays)
	return l.Level >= 2 && mailbox && onRegister(l.CheckedOn, today)
}

// onRegister: a referrer was looked up on a day that counts.
func onRegister(on, today when.Date) bool {
	return on.Known() && !today.Before(on) && on.DaysUntil(today) <= RegisterMaxDays
}

// Age in whole years on a day, -1 when the birth date is not known or still to come.
func Age(born, today when.Date) int {
	if !born.Known() || today.Before(born) {
		return -1
	}
	years := today.Year - born.Year
	if today.Month < born.Month || today.Month == born.Month && today.Day < born.Day {
		years--
	}
	return years
}

// HandedBack reports whether care is back with the patient's own doctors: the patient confirmed the package, and the
// GP acknowledged it (or a letter was sent), or gets none by the patient's choice (domain.md §2.2 T27).
func (f Facts) HandedBack() bool {
	toGP := f.Choice.GPShare.Tells() && f.Agreed(C5, "")
	return f.Care.PatientHasIt && (f.Care.Acknowledged || !toGP)
}
