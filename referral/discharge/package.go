package discharge

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"

	"carecorridor/internal/when"
)

// Package is what a hospital hands over when the patient leaves. It is sealed where it is kept.
type Package struct {
	Identity    Identity     `json:"identity"`
	Matches     Matches      `json:"matches"` // worked out with Match, never sent by the hospital
	Known       Known        `json:"-"`       // what is recorded elsewhere, never sent by the hospital
	Family      Family       `json:"family"`
	Keyhole     bool         `json:"keyhole"`
	Stay        Stay         `json:"stay"`
	Clinician   Clinician    `json:"clinician"`
	Diagnoses   []Coded      `json:"diagnoses"`
	NothingDone bool         `json:"nothing_done"` // the treatment did not take place
	WhyNothing  string       `json:"why_nothing_done"`
	Procedures  []Procedure  `json:"procedures"`
	Implanted   YesNo        `json:"implanted"`
	Implants    []Implant    `json:"implants"`
	NoResults   bool         `json:"no_results"` // no test was sent
	Results     []Result     `json:"results"`
	NoMedicines bool         `json:"no_medicines"`
	Medicines   []Medicine   `json:"medicines"`
	NoAntibiot  bool         `json:"no_antibiotics"`
	Antibiotics []Antibiotic `json:"antibiotics"`
	NoAllergies bool         `json:"no_known_allergies"`
	Allergies   []Allergy    `json:"allergies"`
	Transfused  YesNo        `json:"transfused"`
	Products    string       `json:"products"`     // blood products and numbers
	TissueDonor string       `json:"tissue_donor"` // where tissue was used
	Wound       Wound        `json:"wound"`
	Clots       Clots        `json:"clots"`
	Flight      Flight       `json:"flight"`
	FollowUps   []FollowUp   `json:"follow_ups"`
	RedFlags    RedFlags     `json:"red_flags"`
	Infection   Infection    `json:"infection"`
	Copies      Copies       `json:"copies"`
	Language    string       `json:"language"`           // of the words: "en"
	Translated  []int        `json:"machine_translated"` // items whose words a machine translated
	CopyGiven   bool         `json:"copy_given"`
	CopySigned  bool         `json:"copy_signed"` // the patient signed for it
}

// Known is what the record says beside a package, which is held against it.
type Known struct {
	Admitted   when.Date // the day of admission as it was recorded
	NotTreated bool      // it was recorded that the treatment did not take place
	Family     Family    // of the treatment that was referred; OtherFamily or "" when nothing is known
	Clinicians []Registered
	Documents  []string // hashes of this hospital's own documents that were scanned and are safe
}

// Registered is a clinician whose registration was checked.
type Registered struct{ Name, Council, Number string }

// YesNo is an answer that is not given until it is given.
type YesNo string

// Answers.
const (
	Unanswered YesNo = ""
	Yes        YesNo = "yes"
	No         YesNo = "no"
)

// Identity is who the hospital treated, as it wrote it.
type Identity struct {
	Name   string    `json:"name"`
	Born   when.Date `json:"born"`
	Number string    `json:"number"` // passport or NHS number
}

// Matches says which parts of an Identity are those of the referral.
type Matches struct{ Name, Born, Number bool }

// Stay is when and where.
type Stay struct {
	Admitted    when.Date `json:"admitted"`
	Discharged  when.Date `json:"discharged"`
	Ward        string    `json:"ward"`
	Destination string    `json:"destination"`
}

// Clinician answers for the stay, at any hour.
type Clinician struct {
	Name    string `json:"name"`
	Council string `json:"council"`
	Number  string `json:"number"`
	Phone   string `json:"phone"` // 24 hours a day
	Email   string `json:"email"`
	Checked bool   `json:"checked"` // registration of who signs verified by us; never sent by the hospital
}

// Coded is words with a code, if there is one.
type Coded struct {
	Text   string `json:"text"`
	System string `json:"system"`
	Code   string `json:"code"`
}

// Procedure is one that was done.
type Procedure struct {
	Name          Coded     `json:"name"`
	Paired        bool      `json:"paired"` // of an organ or limb that there are two of
	Side          string    `json:"side"`   // left, right or both
	On            when.Date `json:"on"`
	Surgeon       string    `json:"surgeon"`
	Anaesthesia   string    `json:"anaesthesia"`
	Findings      string    `json:"findings"`
	Complications string    `json:"complications"` // "none" when there were none
}

// Implant is a device that stays.
type Implant struct {
	Maker string `json:"maker"`
	Model string `json:"model"`
	Lot   string `json:"lot"` // lot or serial number
	UDI   string `json:"udi"`
	MRI   string `json:"mri"` // safe, conditional, unsafe, unknown
	Card  bool   `json:"card"`
}

// Result of a test: final, or pending with somebody who will send it.
type Result struct {
	Name  string    `json:"name"`
	Final bool      `json:"final"`
	Words string    `json:"words"`
	Owner string    `json:"owner"`
	By    when.Date `json:"by"`
}

// Medicine at discharge.
type Medicine struct {
	Drug         string `json:"drug"` // generic name
	Dose         string `json:"dose"`
	Route        string `json:"route"`
	Frequency    string `json:"frequency"`
	Form         string `json:"form"`
	Duration     string `json:"duration"`
	Indication   string `json:"indication"`
	Change       string `json:"change"` // continued, started, changed, stopped
	Why          string `json:"why"`
	UKEquivalent string `json:"uk_equivalent"` // name in the United Kingdom, or "none"
	Code         string `json:"code"`          // dm+d, where it was found
}

// Antibiotic that was given.
type Antibiotic struct {
	Agent      string    `json:"agent"`
	ATC        string    `json:"atc"`
	From       when.Date `json:"from"`
	To         when.Date `json:"to"`
	Indication string    `json:"indication"`
	Culture    string    `json:"culture"` // result, or "not taken"
}

// Allergy or adverse reaction.
type Allergy struct {
	Agent    string `json:"agent"`
	Reaction string `json:"reaction"`
	New      bool   `json:"new"`
}

// Wound says what remains and who removes it.
type Wound struct {
	State    string    `json:"state"`
	Remains  string    `json:"remains"` // drains and sutures, or "nothing"
	RemoveOn when.Date `json:"remove_on"`
	Remover  string    `json:"remover"`
}

// Clots is the plan against blood clots.
type Clots struct {
	Plan          string    `json:"plan"`
	Anticoagulant string    `json:"anticoagulant"` // or "none"
	StopOn        when.Date `json:"stop_on"`
	LongTerm      bool      `json:"long_term"` // no stop date by design
}

// Flight is the fit-to-fly statement.
type Flight struct {
	Earliest   when.Date `json:"earliest"`
	Conditions string    `json:"conditions"` // or "none"
	AirForm    YesNo     `json:"medif"`      // the airline's medical form
}

// FollowUp is one test or visit at home.
type FollowUp struct {
	What      string    `json:"what"`
	On        when.Date `json:"on"`
	OrderedBy string    `json:"ordered_by"`
	PaidBy    string    `json:"paid_by"`
}

// RedFlags are the signs to act on.
type RedFlags struct {
	Signs string `json:"signs"`
	Do    string `json:"do"`
	Phone string `json:"phone"`
}

// Copies are hashes of the documents that go with it.
type Copies struct {
	OperationNote string `json:"operation_note"`
	Lab           string `json:"lab"`
	Imaging       string `json:"imaging"`
	ConsentForm   string `json:"consent_form"`
	FinalBill     string `json:"final_bill"`
}

// Hash is the fingerprint of the whole package.
func (p Package) Hash() string {
	b, err := json.Marshal(p)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// dots stand for a patient's record where it must not be written.
const dots = "•••"

// Format prints dots: a package never gets into a log by accident.
func (Package) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, dots) }

// LogValue gives dots to slog.
func (Package) LogValue() slog.Value { return slog.StringValue(dots) }
