package listing

import (
	"fmt"
	"slices"

	"carecorridor/internal/fault"
	"carecorridor/internal/when"
	"carecorridor/models"
)

// CertificateEvent is something that happens to a certificate.
type CertificateEvent string

// Events of a certificate.
const (
	Claim     CertificateEvent = "claim"      // the hospital sends it
	StartOn   CertificateEvent = "start"      // one person found it on the register; another looks
	Verify    CertificateEvent = "verify"     // found on the register, by two people where that is the rule
	FallDue   CertificateEvent = "fall_due"   // it is to be looked up again, or ends soon
	Expire    CertificateEvent = "expire"     // its last day is over
	Suspend   CertificateEvent = "suspend"    // the body says so
	Withdraw  CertificateEvent = "withdraw"   // the body says so
	NotRenew  CertificateEvent = "not_renew"  // the register shows no renewal
	CannotSee CertificateEvent = "cannot_see" // the register does not show it
)

// CertificateStep is one line of the table: from where an event leads where, what the public history says, and how the
// register's own status is shown from then on.
type CertificateStep struct {
	From  []models.CertificateState
	Event CertificateEvent
	To    models.CertificateState
	Says  string
	Shown models.RegisterStatus
}

const (
	unseen    = models.CertificateState("") // held from a register's copy, never checked by us
	claimed   = models.CertificateClaimed
	inProcess = models.CertificateInProcess
	verified  = models.CertificateVerified
	due       = models.CertificateDue
	expired   = models.CertificateExpired
	suspended = models.CertificateSuspended
	withdrawn = models.CertificateWithdrawn
	lapsed    = models.CertificateNotRenewed
	failed    = models.CertificateValFail
)

// CertificateTable is the whole status machine (domain.md §7.4): what is not here cannot happen.
var CertificateTable = []CertificateStep{
	{[]models.CertificateState{unseen, expired, suspended, withdrawn, lapsed, failed}, Claim, claimed, "The hospital sent a certificate to be checked", models.RegisterClaimed},
	{[]models.CertificateState{claimed}, StartOn, inProcess, "First check done, a second person looks", models.RegisterClaimed},
	{[]models.CertificateState{unseen, claimed, inProcess, verified, due, expired, suspended, withdrawn, lapsed, failed}, Verify, verified, "Checked with the body that issued it", models.RegisterValid},
	{[]models.CertificateState{verified}, FallDue, due, "To be checked again", models.RegisterValid},
	{[]models.CertificateState{unseen, verified, due}, Expire, expired, "Expired", models.RegisterValid},
	{[]models.CertificateState{unseen, verified, due, expired}, Suspend, suspended, "Suspended by the body that issued it", models.RegisterSuspended},
	{[]models.CertificateState{unseen, verified, due, expired, suspended}, Withdraw, withdrawn, "Withdrawn by the body that issued it", models.RegisterLapsed},
	{[]models.CertificateState{unseen, verified, due, expired, suspended}, NotRenew, lapsed, "Not renewed: no longer on the register", models.RegisterLapsed},
	{[]models.CertificateState{unseen, claimed, inProcess, verified, due}, CannotSee, failed, "Claimed, not confirmed by the body", models.RegisterClaimed},
}

// CertificateAfter is the step of an event; ok is false when it cannot happen from there.
func CertificateAfter(from models.CertificateState, e CertificateEvent) (CertificateStep, bool) {
	i := slices.IndexFunc(CertificateTable, func(t CertificateStep) bool { return t.Event == e && slices.Contains(t.From, from) })
	if i < 0 {
		return CertificateStep{}, false
	}
	return CertificateTable[i], true
}

// Days between checks (domain.md §7.5), and how long before the next check or the last day a certificate falls due
// (§7.4).
const (
	CertificateDays = 90
	ClinicianDays   = 180
	DueBeforeCheck  = 30
	DueBeforeEnd    = 90
)

// verifiedBefore reports whether two people found this certificate on the register once.
func verifiedBefore(a *models.Accreditation) bool {
	return a != nil && slices.Contains([]models.CertificateState{verified, due, expired, suspended, lapsed}, a.State)
}

// step moves a certificate, with its public line of history on a day.
func (w *work) step(a *models.Accreditation, e CertificateEvent, on when.Date, note string) error {
	t, ok := CertificateAfter(a.State, e)
	if !ok {
		return fault.Say(fault.Conflict, "certificate", fmt.Sprintf("This certificate is %s: that cannot happen to it now", stateWords[a.State]))
	}
	a.State, a.StateOn, a.RegisterStatus = t.To, on, t.Shown
	if e == Verify {
		a.NextCheck = a.CheckedOn.AddDays(CertificateDays)
	}
	if err := w.tx.SaveAccreditation(a); err != nil {
		return err
	}
	return w.note(a, on, t.Shown, t.Says+note)
}

func (w *work) note(a *models.Accreditation, on when.Date, shown models.RegisterStatus, says string) error {
	return w.tx.AddAccreditationEvent(w.b.ID, models.AccreditationEvent{AccreditationID: a.ID, On: on, Status: shown, Note: says, SourceID: a.SourceID})
}

var stateWords = map[models.CertificateState]string{unseen: "known from the register's copy", claimed: "claimed", inProcess: "being checked", verified: "verified",
	due: "due to be checked again", expired: "expired", suspended: "suspended", withdrawn: "withdrawn", lapsed: "not renewed", failed: "not confirmed"}

// applyCertificate makes a checked certificate public. Its history says on which days it was sent, looked up first and
// verified.
func (s *Service) applyCertificate(w *work, key string, entry map[string]string, told int64, why *ruling) error {
	if why == nil {
		return fault.New(fault.Broken, "certificate", fmt.Errorf("approved by nobody"))
	}
	a := models.Accreditation{ProviderID: w.b.ID, Key: key, Evidence: "register_snapshot", RegisterStatus: models.RegisterClaimed, SourceID: told}
	if held := w.certificate(key); held != nil {
		a = *held
	}
	renewed := a.ID != 0 && a.ValidTo.Known() && a.ValidTo.String() < entry["valid_to"]
	a.Body, a.Programme, a.Level, a.Number, a.Scope = entry["body"], entry["programme"], entry["level"], entry["number"], entry["scope"]
	a.LegalEntity, a.ListedName, a.SiteAddress, a.File = entry["legal_entity"], entry["legal_entity"], entry["site_address"], entry["file"]
	a.ValidFrom, a.ValidTo = day(entry["valid_from"]), day(entry["valid_to"])
	a.CheckedOn, a.Method = why.evidence.Retrieved, string(why.evidence.Method)
	src, err := w.checked(a.Body, why)
	if err != nil {
		return err
	}
	a.SourceID = src
	if a.ID == 0 {
		if err := w.tx.SaveAccreditation(&a); err != nil {
			return err
		}
		if err := w.arrived(&a, why); err != nil {
			return err
		}
		a.State = inProcess
	}
	note := ""
	if renewed {
		note = ": renewed until " + a.ValidTo.Long()
	}
	if err := w.step(&a, Verify, s.Today(), note); err != nil {
		return err
	}
	return s.offerAgain(w, a)
}

// arrived writes the steps before a new certificate was verified, on the days they happened.
func (w *work) arrived(a *models.Accreditation, why *ruling) error {
	sent, _ := CertificateAfter(unseen, Claim)
	if err := w.note(a, when.TodayIndia(why.v.SentAt), sent.Shown, sent.Says); err != nil {
		return err
	}
	if why.v.FirstAt == nil {
		return nil
	}
	first, _ := CertificateAfter(claimed, StartOn)
	return w.note(a, when.TodayIndia(*why.v.FirstAt), first.Shown, first.Says)
}

// checked is the source of what we looked up ourselves.
func (w *work) checked(body string, why *ruling) (int64, error) {
	src := models.Source{Key: "check-" + why.v.ID, Kind: "register", Title: body + ": looked up by us", Publisher: body, URL: why.evidence.URL, RetrievedOn: why.evidence.Retrieved,
		Note: why.evidence.Note}
	if w.b.Sample {
		src.Kind, src.Title = "sample", body+": invented for the demonstration"
	}
	return w.tx.EnsureSource(src)
}

// offerAgain lets packages that were paused be offered, now that an accreditation runs, and open referrals go on.
func (s *Service) offerAgain(w *work, a models.Accreditation) error {
	today := s.Today()
	if a.Level != "full" || a.RegisterStatus != models.RegisterValid || a.ValidTo.Before(today) || a.ValidFrom.Known() && today.Before(a.ValidFrom) {
		return nil
	}
	n, err := w.tx.PausePackages(w.b.ID, false)
	if err == nil && n > 0 {
		err = w.tx.Change(models.Change{ProviderID: w.b.ID, What: "Prices shown again: an accreditation runs", Field: "package"})
	}
	if err == nil && s.Lift != nil && w.checker.Signed() {
		err = s.Lift(w.tx, w.b.ID, w.checker)
	}
	return err
}
