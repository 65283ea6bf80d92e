package sample

import (
	"fmt"

	"carecorridor/internal/when"
	"carecorridor/referral"
	"carecorridor/referral/record"
)

// names of invented people, in turn a woman’s and a man’s, as record.Sexes begins.
var (
	given  = []string{"Meena", "Alan", "Grace", "Imran", "Sofia", "Peter", "Leela", "Callum", "Fatima", "Dev", "Rose", "Hamish", "Ivy", "Samir"}
	family = []string{"Sample", "Example", "Specimen", "Testcase"}
)

// Number is the n-th NHS number of the range that is kept for tests and belongs to nobody (from 999 000 0000).
func Number(n int) string {
	for at := 1; ; at++ {
		nine := fmt.Sprintf("99900%04d", at)
		sum := 0
		for i, c := range nine {
			sum += int(c-'0') * (10 - i)
		}
		check := 11 - sum%11
		if check == 10 {
			continue // such numbers are never given
		}
		if n--; n < 0 {
			return fmt.Sprintf("%s%d", nine, check%11)
		}
	}
}

// Patient is the n-th invented person.
func Patient(n int) record.Patient {
	return record.Patient{NHSNumber: Number(n), Given: given[n%len(given)], Family: family[n%len(family)], Born: when.Date{Year: 1950 + n%40, Month: 5, Day: 1 + n%28}, Sex: record.Sexes[n%2],
		Address: fmt.Sprintf("%d Sample Street, Leicester", n+1), Postcode: "LE1 6HX", Email: fmt.Sprintf("patient%d@sample.example", n), Phone: "07700 900123", GPCode: "V81999",
		GPName: "Sample Road Surgery (sample)", GPShare: string(referral.GPAll), Language: "en", Interpreter: record.No, Safeguarding: record.NoConcern, Capacity: record.Able}
}

// Steps are the whole record of the n-th invented person, with a journey that may begin from a day on.
func Steps(n int, treatment string, today when.Date, bySelf bool) []referral.Step {
	no, one := record.Answer{Is: record.IsNo}, 1
	pathway := record.Pathway{Kind: record.SelfFunded, Priority: "routine", Funding: record.PaysSelf, NHSWait: record.Waiting, Conflict: record.NoConflict}
	wishes := record.Preferences{Earliest: today.AddDays(40), Latest: today.AddDays(180), Companions: &one, ByPhone: record.No}
	if bySelf {
		pathway.Conflict, wishes.Budget = "", "5000_10000"
	}
	s := storyOf(treatment)
	return []referral.Step{
		{Part: referral.InPatient, Patient: Patient(n), ContactChecked: !bySelf},
		{Part: referral.InPathway, Pathway: pathway},
		{Part: referral.InClinical, Clinical: record.Clinical{Problem: s.problem, Treatment: treatment, Question: s.question, Diagnosis: record.Confirmed,
			History: s.history, Examination: s.examination, Investigations: s.investigations, NoConditions: true, NoAllergies: true, NoOperations: true,
			HeightCM: 165, WeightKG: 72, Smoking: "never", Alcohol: "none", Pregnant: "not_applicable", Medicines: []record.Medicine{{Drug: "Paracetamol", Dose: "1 g", Frequency: "4 times a day"}}}},
		{Part: referral.InSafety, Safety: record.Safety{Clots: no, Anticoagulants: no, MRSA: record.Clear, CPE: record.NeverTest, CAuris: record.NeverTest, BloodBorne: record.CarrierNot, Abroad: no,
			UKHospital: no, Anaesthetic: no, FitToFly: record.FitYes, NoImplants: true}},
		{Part: referral.InPreferences, Preferences: wishes},
	}
}

// Passport is an invented one that holds for the journey.
func Passport(n int, today when.Date) *record.Passport {
	p := Patient(n)
	return &record.Passport{Name: p.Given + " " + p.Family, Number: fmt.Sprintf("99%07d", n), Country: "GB", Expires: today.AddDays(2000), ByMission: record.AncestryNo}
}
