// Package sample holds invented values for tests and the demonstration: no person, hospital or stay in it exists.
package sample

import (
	"carecorridor/enquiry"
	"carecorridor/internal/money"
	"carecorridor/internal/when"
	"carecorridor/referral"
	"carecorridor/referral/discharge"
)

func ptr[T any](x T) *T { return &x }

// Clinicians are those of the sample hospital whose registration counts as checked.
var Clinicians = []discharge.Registered{{Name: "Dr Sample Rao", Council: "Sample Medical Council", Number: "00000"}}

// Quote is a complete one, given on a day.
func Quote(today when.Date) *referral.Quote {
	return &referral.Quote{
		Offer: enquiry.Offer{
			Currency: money.GBP, TotalMinor: 545000, ValidUntil: today.AddDays(60),
			Lines: []enquiry.Line{
				{Kind: enquiry.Mandatory, Label: "Operation, surgeon and anaesthetist", Minor: ptr(int64(450000))},
				{Kind: enquiry.Mandatory, Label: "Room, 5 nights", Minor: ptr(int64(95000))},
				{Kind: enquiry.OnTop, Label: "Intensive care, if needed, for each day"},
			},
			Complications: enquiry.Included30, ComplyText: "Treatment of complications in the first 30 days is included.",
			Refund: "Everything is refunded until the day of admission.", Excludes: "Flights and visa.",
			AssessedAt: "by video", AssessedWhen: "Any weekday", StayNights: ptr(5), DaysInIndia: ptr(21), NoCommission: true,
			By: enquiry.Signatory{Name: "Dr Sample Rao", Role: "Orthopaedic surgeon", Registration: "Sample Medical Council 00000"},
		},
		Known:  discharge.Known{Clinicians: Clinicians},
		Family: discharge.Joint, EarliestFlight: ptr(14), Includes: []string{"room", "surgeon", "anaesthetist", "implant", "medicines"}, Anaesthesia: "regional",
	}
}

// Package is a complete one, of a stay from admitted to discharged with an operation on the day after admission.
func Package(admitted, discharged when.Date) *discharge.Package {
	operated := admitted.AddDays(1)
	if discharged.Before(operated) {
		operated = discharged
	}
	place := discharge.Facility{Name: "Sample Hospital", City: "Chennai", Country: "IN", Admitted: admitted, Discharged: discharged}
	return &discharge.Package{
		Identity: discharge.Identity{Name: "Meena Sample", Born: when.Date{Year: 1958, Month: 5, Day: 14}, Number: "9990000018"},
		Matches:  discharge.Matches{Name: true, Born: true, Number: true}, Family: discharge.Joint,
		Known:     discharge.Known{Documents: []string{"0a1b"}, Clinicians: Clinicians},
		Stay:      discharge.Stay{Admitted: admitted, Discharged: discharged, Ward: "Orthopaedic ward", Destination: "Hotel nearby"},
		Clinician: discharge.Clinician{Name: "Dr Sample Rao", Council: "Sample Medical Council", Number: "00000", Phone: "+914400000000", Email: "ward@sample.example", Checked: true},
		Diagnoses: []discharge.Coded{{Text: "Osteoarthritis of the right knee", System: "http://snomed.info/sct", Code: "239873007"}},
		Procedures: []discharge.Procedure{{Name: discharge.Coded{Text: "Total replacement of the right knee"}, Paired: true, Side: "right", On: operated,
			Surgeon: "Dr Sample Rao", Anaesthesia: "Spinal", Findings: "Worn cartilage", Complications: "None"}},
		Implanted: discharge.Yes,
		Implants:  []discharge.Implant{{Maker: "Sample Implants", Model: "Knee 1", Lot: "L-001", UDI: "(01)00000000000000(10)L-001", MRI: "conditional", Card: true}},
		Results:   []discharge.Result{{Name: "Full blood count", Final: true, Words: "Haemoglobin 118 g/L"}, {Name: "Histology", Owner: "Dr Sample Rao", By: discharged.AddDays(14)}},
		Medicines: []discharge.Medicine{{Drug: "Paracetamol", Dose: "1 g", Route: "by mouth", Frequency: "4 times a day", Form: "tablet", Duration: "14 days", Indication: "Pain", Change: "started", Why: "Pain after the operation", UKEquivalent: "Paracetamol 500 mg tablets"},
			{Drug: "Apixaban", Dose: "2.5 mg", Route: "by mouth", Frequency: "2 times a day", Form: "tablet", Duration: "until " + operated.AddDays(14).Long(), Indication: "Against blood clots", Change: "started", Why: "After the operation", UKEquivalent: "Apixaban 2.5 mg tablets"}},
		Antibiotics: []discharge.Antibiotic{{Agent: "Cefuroxime", ATC: "J01DC02", From: operated, To: operated, Indication: "Prevention", Culture: "not taken"}},
		NoAllergies: true, Transfused: discharge.No,
		Wound:     discharge.Wound{State: "Clean and dry", Remains: "Clips", RemoveOn: discharged.AddDays(9), Remover: "Sample Aftercare Clinic, Leicester"},
		Clots:     discharge.Clots{Plan: "Tablets and stockings", Anticoagulant: "Apixaban 2.5 mg", StopOn: operated.AddDays(14)},
		Flight:    discharge.Flight{Earliest: operated.AddDays(14), Conditions: "Aisle seat", AirForm: discharge.Yes},
		FollowUps: []discharge.FollowUp{{What: "Full blood count and C-reactive protein", On: discharged.AddDays(14), OrderedBy: "Sample Aftercare Clinic", PaidBy: "Patient"}},
		RedFlags:  discharge.RedFlags{Signs: "Fever, redness, swelling of the calf, chest pain", Do: "Call 999 for chest pain, 111 for the others, then the hospital", Phone: "+914400000000"},
		Infection: discharge.Infection{Facility: place, Night: discharge.Yes, Units: []string{"ward", "theatre"}, Devices: []string{"Cannula in a vein"}, Tested: discharge.No, Isolated: discharge.No, Elsewhere: discharge.No},
		Copies:    discharge.Copies{OperationNote: "0a1b"}, Language: "en", CopyGiven: true, CopySigned: true,
	}
}
