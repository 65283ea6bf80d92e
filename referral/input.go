package referral

import (
	"carecorridor/internal/when"
	"carecorridor/referral/discharge"
	"carecorridor/referral/record"
)

// Input is what comes with an event. Each event reads the fields that its Needs name and no others.
type Input struct {
	Provider string // id of the hospital's row, for events about one; a hospital may leave it out
	// Version is that of the referral when the form was shown, or for an event about one hospital that of its
	// Provider. Lines that only add, and the clockwork, do not send one.
	Version   int64
	Step      string   // Amend: name of the step that changed
	Document  string   // AddDocument, RemoveDocument: hash of the file
	Statement bool     // SignOff: "what I wrote is complete and true to my knowledge"
	Changed   []string // Resubmit: names of the steps that changed
	Reason    Reason
	Comment   string
	To        Recipient // WriteToDesk by the desk: ToPatient or ToReferrer alone, "" for both
	Text      string    // a question, an answer, a message, why: in the sender's words
	Consent   ConsentCode
	Items     []string // GiveConsent for a hospital: what the consent lists
	GPShare   GPShare
	Warned    bool      // the warning about the choice was read
	Hospitals []string  // Route: ids of the rows
	New       *Provider // AddHospital
	Timer     Timer     // Chase
	Rung      int       // Chase: which of the timer's rungs
	Quote     *Quote    // Offer
	Number    int64     // Accept, ReadOpinion: number of the quote that was read
	Dates     Dates
	Passport  *record.Passport
	Letter    string // IssueLetter: its number
	Gate      Gate
	Evidence  map[string]string // by the names of the GateRule
	On        when.Date         // ArriveHome, PassGate, RecordDeath: the day
	Admission *Admission
	Procedure *ProcedureDone
	Package   *discharge.Package
	Item      string // RecordFollowUp: code of the schedule's item
	Unreached bool   // RecordFollowUp: the patient did not answer
	Severity  discharge.Severity
	Source    string // RecordDeath: who said so
	Confirmed bool   // RecordDeath: it was confirmed
}

// Admission is what a hospital records when the patient comes in.
type Admission struct {
	On             when.Date `json:"on"`
	HospitalNumber string    `json:"hospital_number"`
	FormFiled      bool      `json:"form_iii_filed"` // the report of a foreign patient, within 24 hours (domain.md §0.9)
}

// ProcedureDone says whether the treatment took place.
type ProcedureDone struct {
	Done bool      `json:"done"`
	On   when.Date `json:"on"`
	Why  string    `json:"why"` // when it did not
}
