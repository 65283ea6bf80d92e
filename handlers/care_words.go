package handlers

import (
	"slices"
	"time"

	"carecorridor/auth"
	"carecorridor/referral"
	"carecorridor/views"
	"carecorridor/views/ui"
)

// careStates are the states as a patient reads them.
var careStates = map[referral.State]struct {
	badge ui.Badge
	said  string
}{
	referral.Draft:           {ui.Badge{Tone: ui.Neutral, Text: "Not sent yet"}, "You are writing your request. Nobody else sees it."},
	referral.AwaitingConsent: {ui.Badge{Tone: ui.Warn, Text: "Waiting for you"}, "Your doctor’s practice has written your referral. It goes nowhere before you have read it and agreed."},
	referral.Triage:          {ui.Badge{Tone: ui.Info, Text: "Being checked"}, "Our coordinator checks that everything is there before it goes to the hospitals you chose."},
	referral.Returned:        {ui.Badge{Tone: ui.Warn, Text: "Something is missing"}, "We need something more before it can go to the hospitals."},
	referral.WithProviders:   {ui.Badge{Tone: ui.Info, Text: "With the hospitals"}, "The hospitals you chose are looking at it."},
	referral.Deciding:        {ui.Badge{Tone: ui.Info, Text: "Your decision"}, "Compare the answers and take your time. Nobody may press you."},
	referral.Accepted:        {ui.Badge{Tone: ui.Info, Text: "Offer accepted"}, "You and the hospital agree on dates and get everything ready for the journey."},
	referral.ReadyToTravel:   {ui.Badge{Tone: ui.Checked, Text: "Ready to travel"}, "You and the hospital have done everything on the checklist. We check the hospital once more in the last 7 days before you travel."},
	referral.Admitted:        {ui.Badge{Tone: ui.Info, Text: "In hospital"}, "The hospital has recorded that you were admitted."},
	referral.Treated:         {ui.Badge{Tone: ui.Info, Text: "Treated"}, "The hospital now prepares the papers that you take home."},
	referral.Aftercare:       {ui.Badge{Tone: ui.Info, Text: "Aftercare"}, "You have been discharged. Your aftercare goes on for 12 months."},
}

// endings are how a referral may have ended.
var endings = map[referral.Ending]string{
	referral.EndCompleted: "Your referral is complete.", referral.EndDeclined: "No hospital made an offer. You can start again with others, and you can talk to your GP about treatment in the UK.",
	referral.EndWithdrawn: "You withdrew this referral.", referral.EndCancelled: "This referral was cancelled.", referral.EndExpired: "This referral ended because nothing was done for a long time. You can start a new one.",
	referral.EndExcluded: "We cannot arrange this treatment.", referral.EndDeceased: "This referral has ended.", referral.EndEnteredInError: "This referral was made by mistake and has been closed.",
}

// responses are what a hospital did, as the patient reads it.
var responses = map[referral.Response]struct {
	badge ui.Badge
	said  string
}{
	referral.Unsent:        {ui.Badge{Tone: ui.Neutral, Text: "Not sent"}, "It has not been sent to this hospital."},
	referral.Sent:          {ui.Badge{Tone: ui.Neutral, Text: "Sent"}, "The hospital has it and has not opened it yet."},
	referral.Opened:        {ui.Badge{Tone: ui.Info, Text: "Opened"}, "The hospital is reading it."},
	referral.InfoRequested: {ui.Badge{Tone: ui.Warn, Text: "Has a question"}, "The hospital needs an answer from you. Until then its time to answer stands still."},
	referral.Offered:       {ui.Badge{Tone: ui.Info, Text: "Has answered"}, "Read the opinion and everything else before you decide."},
	referral.Declined:      {ui.Badge{Tone: ui.Neutral, Text: "Cannot offer it"}, ""},
	referral.Lapsed:        {ui.Badge{Tone: ui.Neutral, Text: "No answer in time"}, "The hospital did not answer in time, so it is no longer asked."},
	referral.WithdrawnFrom: {ui.Badge{Tone: ui.Neutral, Text: "Taken back"}, "You took it back from this hospital. It has to delete its copy."},
	referral.Selected:      {ui.Badge{Tone: ui.Checked, Text: "You chose it"}, "You accepted the offer of this hospital."},
	referral.NotSelected:   {ui.Badge{Tone: ui.Neutral, Text: "Not chosen"}, "The hospital was told that it was not chosen, and not which one was."},
}

// careSaid is one line of the timeline in plain words; "" is not shown. by is who did it when it was not the reader.
func (p inCare) careSaid(e referral.EventView) string {
	you := e.By == auth.Patient
	who := map[bool]string{true: "You", false: "Your doctor’s practice"}[you]
	them := p.nameOf(e.Hospital)
	if e.Hospital == "" {
		if x := p.view.Chosen(); x != nil {
			them = x.Listed.Name
		} else {
			them = "the hospital"
		}
	}
	switch e.Event {
	case referral.Create:
		return who + " began this."
	case referral.AddDocument:
		return map[bool]string{true: "You added a document.", false: "A document was added."}[you]
	case referral.SignOff:
		return "Your doctor signed the referral and asked you to agree."
	case referral.Submit:
		return "You sent it to us."
	case referral.Resubmit:
		return who + " sent it to us again."
	case referral.GiveConsent:
		return "You gave your consent. What to, and to whom, stands under “What you agree to”."
	case referral.WithdrawConsent:
		return "You took back a consent."
	case referral.ChooseGPShare:
		return "You decided what your GP gets."
	case referral.SuspendConsent:
		return "You paused all sharing."
	case referral.ResumeConsent:
		return "You let sharing go on."
	case referral.Return:
		return "We sent it back: " + lowerFirst(referral.LabelOf(e.Reason)) + "."
	case referral.Exclude:
		return "We cannot arrange this treatment: " + lowerFirst(referral.LabelOf(e.Reason)) + "."
	case referral.Route:
		return "We sent it to the hospitals that you agreed to."
	case referral.AddHospital:
		return "You chose one more hospital."
	case referral.Hold:
		return "It was paused for a safety check."
	case referral.RecordDeath:
		return "A death was recorded, and everything stopped."
	case referral.RetractDeath:
		return "That record was wrong, and we took it back. We are sorry. This referral stays closed: you can start a new one."
	case referral.LiftHold:
		return "The safety check is done. It goes on."
	case referral.HoldProvider:
		return "We are checking the accreditation of " + them + ". Until then nothing moves forward with it."
	case referral.ClearProvider:
		return "The accreditation of " + them + " was checked and is in order."
	}
	return p.careSaidLater(e, who, them)
}

// careSaidLater are the lines from the hospitals' answers on.
func (p inCare) careSaidLater(e referral.EventView, who, them string) string {
	words := map[referral.Event]string{
		referral.Open: them + " opened it.", referral.Ask: them + " asked a question.", referral.Answer: who + " answered " + them + ".",
		referral.QuestionLapse: "No answer came to the question of " + them + " in time. It goes on with what it has.", referral.Advise: them + " gave its advice.", referral.Offer: them + " gave an opinion and a quote.",
		referral.Decline: them + " cannot offer it: " + lowerFirst(referral.LabelOf(e.Reason)) + ".", referral.Lapse: them + " did not answer in time.", referral.WithdrawHospital: "You took it back from " + them + ".",
		referral.ConfirmDeleted: them + " confirmed that it deleted its copy.", referral.Compare: "The answers are ready to compare.", referral.ReadOpinion: "You read the opinion of " + them + ".", referral.ReadRisks: "You read what can go wrong.",
		referral.AskRequote: "You asked " + them + " for a new quote.", referral.Accept: "You accepted the offer of " + them + ".", referral.ChooseAgain: "You took back your acceptance and choose again.", referral.Convert: "You made it a request for treatment.",
		referral.EndAdvice: "The advice was enough.", referral.CloseDeclined: "No hospital made an offer.", referral.CloseUnwanted: "You took it back from every hospital.",
		referral.ProposeDates: them + " proposed dates.", referral.ConfirmDates: "You agreed to the dates.", referral.GivePassport: "You gave your passport details.", referral.IssueLetter: them + " issued your visa letter.", referral.RevokeLetter: "Your visa letter was taken back. It is no longer valid.",
		referral.PassGate: "One more point of the checklist is done.", referral.FailGate: "A point of the checklist is open again.", referral.MaterialChange: "Something important changed. You decide again.", referral.Reaccept: "You accepted the change.",
		referral.Ready: "Everything on the checklist is done. You are ready to travel.", referral.Postpone: "The dates were taken back.", referral.Admit: them + " admitted you.", referral.Treat: them + " recorded your treatment.", referral.Discharge: them + " discharged you and completed the papers.",
		referral.ConfirmReceipt: "You confirmed that you have the papers.", referral.Deliver: "The papers are released to your GP.", referral.Acknowledge: "Your GP confirmed the papers.", referral.SendLetter: "Your GP gets the papers by letter.", referral.ArriveHome: "You told us that you are home.",
		referral.RecordFollowUp: "A step of your aftercare was recorded.", referral.ReportComplication: "A problem after the treatment was reported.", referral.ReplyComplication: them + " answered about the problem.", referral.ReviewComplication: "Our safety reviewer looked at the problem.",
		referral.AskFeedback: "You were asked how it went.", referral.Complete: "The referral was completed.", referral.Withdraw: "You withdrew the referral.", referral.Cancel: "The referral was cancelled: " + lowerFirst(referral.LabelOf(e.Reason)) + ".",
		referral.Expire: "It ended because nothing was done for a long time.", referral.RequestErasure: "You asked us to delete your data.", referral.ApproveErasure: "Somebody approved that your data are deleted.",
	}
	return words[e.Event]
}

// careTimeline is the newest first. The same words one after the other are one line: six consents are one act.
func (p inCare) careTimeline() (t ui.Timeline) {
	last := ""
	for _, e := range slices.Backward(p.view.Timeline) {
		text := p.careSaid(e)
		if text == "" || text == last {
			continue
		}
		last = text
		state := "done"
		if len(t.Items) == 0 {
			state = "now"
		}
		t.Items = append(t.Items, ui.Step{Title: bothTimes(e.At), DateTime: e.At.UTC().Format(time.RFC3339), Text: upperFirst(text), State: state})
	}
	return t
}

// careThread are the words of a hospital's thread, or of the desk's with hospital "".
func (p inCare) careThread(hospital string) (out []views.Message) {
	for _, w := range p.view.Words {
		if w.Hospital != hospital || !slices.Contains(referral.Spoken, w.Event) {
			continue
		}
		text := firstOf(w.Text, w.Comment)
		if text == "" {
			continue
		}
		one := views.Message{From: p.speaker(w), When: bothTimes(w.At), ISO: w.At.UTC().Format(time.RFC3339), Text: text, Own: w.By == auth.Patient}
		if referral.SpeaksOfPayment(text) && w.By != auth.Patient {
			one.Caution = "This message seems to speak of a payment or a bank account. Care Corridor never asks for a deposit, and no hospital may before you accept. Pay only the hospital itself, after you have checked its account by telephone."
		}
		out = append(out, one)
	}
	return out
}

func (p inCare) speaker(w referral.WordsView) string {
	switch auth.KindOf(w.By) {
	case auth.Hospital:
		return p.nameOf(w.Hospital)
	case auth.Practice:
		return "Your doctor’s practice"
	case auth.Alliance:
		return "Care Corridor"
	}
	if w.By == auth.Patient {
		return "You"
	}
	return "Your GP or aftercare provider"
}
