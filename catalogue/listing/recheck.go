package listing

import (
	"slices"

	"carecorridor/internal/fault"
	"carecorridor/models"
)

// FoundWays are what a second look at a register may show instead of the certificate; the first is meant when none is said.
var FoundWays = []CertificateEvent{CannotSee, Suspend, Withdraw, NotRenew}

// carryRecheck: it was looked up again and is as it was.
func (s *Service) carryRecheck(w *work, v *models.Verification, why *ruling) error {
	section, key, _ := Path(v.Unit + "/x").parts()
	if section == "clinician" {
		c, err := w.clinician(key)
		if err != nil {
			return err
		}
		c.State, c.CheckedOn = models.CertificateVerified, why.evidence.Retrieved
		c.NextCheck = c.CheckedOn.AddDays(ClinicianDays)
		return w.tx.PutClinician(*c)
	}
	a := w.certificate(key)
	if a == nil {
		return errGone
	}
	a.CheckedOn, a.Method = why.evidence.Retrieved, string(why.evidence.Method)
	src, err := w.checked(a.Body, why)
	if err != nil {
		return err
	}
	a.SourceID = src
	if err := w.step(a, Verify, s.Today(), ""); err != nil {
		return err
	}
	return s.offerAgain(w, *a)
}

var errGone = fault.Say(fault.Conflict, "verification", "What this is about is not listed any more. Reject it")

func (w *work) clinician(key string) (*models.Clinician, error) {
	i := slices.IndexFunc(w.b.Clinicians, func(c models.Clinician) bool { return c.ID == key })
	if i < 0 {
		return nil, errGone
	}
	return &w.b.Clinicians[i], nil
}

// refuseRecheck: the register does not show it as we do. The public history says so from today.
func (s *Service) refuseRecheck(w *work, v *models.Verification, d Decision) error {
	section, key, _ := Path(v.Unit + "/x").parts()
	if section == "clinician" {
		c, err := w.clinician(key)
		if err != nil {
			return nil // taken out meanwhile: nothing is left to refuse
		}
		c.State = models.CertificateValFail
		if err := w.tx.PutClinician(*c); err != nil {
			return err
		}
		return w.tx.Change(models.Change{ProviderID: w.b.ID, What: c.Name + ": registration not confirmed", Field: v.Unit})
	}
	a := w.certificate(key)
	if a == nil {
		return nil
	}
	found := d.Found
	if found == "" {
		found = FoundWays[0]
	}
	a.CheckedOn = s.Today()
	return s.lose(w, a, found)
}

// lose ends what a certificate stood for: its history, packages and open referrals follow in the same transaction.
func (s *Service) lose(w *work, a *models.Accreditation, e CertificateEvent) error {
	on := s.Today()
	if e == Expire {
		on = a.ValidTo.AddDays(1)
	}
	note := ""
	if e == Expire {
		note = " on " + a.ValidTo.Long()
	}
	if err := w.step(a, e, on, note); err != nil {
		return err
	}
	if err := w.tx.Change(models.Change{ProviderID: w.b.ID, What: a.Body + " certificate " + a.Number + ": " + lowerFirst(stateWords[a.State]) + note, Field: "certificate/" + CertificateKey(*a)}); err != nil {
		return err
	}
	if err := s.stopOffering(w); err != nil {
		return err
	}
	if s.Flag != nil {
		if err := s.Flag(w.tx, w.b.ID, string(a.State)); err != nil {
			return err
		}
	}
	return w.tx.KeepListing(w.b.ID)
}

// stopOffering pauses the packages when no accreditation runs any more.
func (s *Service) stopOffering(w *work) error {
	today := s.Today()
	for _, a := range w.b.Accreditations {
		if a.Level == "full" && a.RegisterStatus == models.RegisterValid && a.ValidTo.Known() && !a.ValidTo.Before(today) && !today.Before(a.ValidFrom) {
			return nil
		}
	}
	n, err := w.tx.PausePackages(w.b.ID, true)
	if err != nil || n == 0 {
		return err
	}
	return w.tx.Change(models.Change{ProviderID: w.b.ID, What: "Prices not shown: no accreditation runs", Field: "package"})
}
