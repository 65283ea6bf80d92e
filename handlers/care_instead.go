package handlers

import (
	"carecorridor/referral"
	"carecorridor/views/care"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

// inCareOf is the hospital that looks after the patient or did: it must be able to hand over, so its consents are not taken
// back alone. Nil before the admission.
func (p inCare) inCareOf() *referral.HospitalView {
	if x := p.view.Chosen(); x != nil && p.view.Care.AdmittedOn.Known() {
		return x
	}
	return nil
}

// insteadOfTakingBack says what somebody can do who no longer wants that hospital to have their record.
func (h *Handlers) insteadOfTakingBack(p inCare, x *referral.HospitalView) care.Section {
	name := x.Listed.Name
	s := care.Section{ID: "instead", Title: "If you no longer want " + name + " to have your record", Text: []string{"You are or were in its care, and it must be able to hand you over to your doctors at home. So you cannot take back what you agreed to for it alone. You can do this instead:"}}
	pause := "Pause all sharing. From that moment it can open nothing of your record here. Your referral goes on, and you can end the pause at any time."
	if p.view.Package == nil {
		pause += " During a pause it cannot send your discharge papers here: have them given to you on paper."
	}
	s.List = append(s.List, pause)
	if p.may(referral.Withdraw, "") {
		s.List = append(s.List, "Withdraw the whole referral. Everything here ends, your aftercare dates and reminders too, and it is told to stop and to delete its copies.")
	} else {
		s.List = append(s.List, "Have your data deleted. Two of our staff must agree.")
	}
	s.List = append(s.List, "Ask us to restrict what is done with your record, or complain about its use.", "Ask the hospital itself about its own record of your treatment. It keeps that as the law there asks of it, whatever you choose here.")
	if p.may(referral.WriteToDesk, "") {
		s.Links = append(s.Links, ui.Link{Text: "Write to Care Corridor", Href: link.CareMessages})
	}
	s.Links = append(s.Links, ui.Link{Text: "Questions and complaints about your data", Href: link.Privacy})
	if p.may(referral.RequestErasure, "") {
		s.Links = append(s.Links, ui.Link{Text: "Have my data deleted", Href: link.CareErase})
	}
	return s
}
