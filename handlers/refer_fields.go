package handlers

import (
	"carecorridor/internal/nhs"
	"carecorridor/referral"
	"carecorridor/referral/record"
	"carecorridor/views/ui"
)

var (
	yesOrNo    = []ui.Choice{{Value: "yes", Text: "Yes"}, {Value: "no", Text: "No"}}
	yesUnknown = []ui.Choice{{Value: string(record.IsYes), Text: "Yes"}, {Value: string(record.IsNo), Text: "No"}, {Value: string(record.NotKnown), Text: "Not known"}}
	carriers   = []ui.Choice{{Value: string(record.Carries), Text: "Positive"}, {Value: string(record.Clear), Text: "Negative"}, {Value: string(record.NeverTest), Text: "Not tested"}, {Value: string(record.CarrierNot), Text: "Not known"}}
)

// referPages are the pages with questions, in the order of the list of sections.
var referPages = []referPage{pagePatient, pageConsent, pagePathway, pageClinical, pageMedicines, pageTravel}

func on(part referral.Part, items []referItem) []referItem {
	for i := range items {
		items[i].part = part
	}
	return items
}

var pagePatient = referPage{slug: "patient", title: "Patient details", task: "Patient details", items: on(referral.InPatient, []referItem{
	{field: "nhs_number", label: "NHS number", hint: "10 digits, for example 999 000 0018. Spaces and dashes are fine.", width: "10"},
	{field: "no_nhs_number", kind: oneOf, label: "Why is there no NHS number?", fold: "I do not know the NHS number", options: []ui.Choice{{Value: string(nhs.NumberNotKnown), Text: "The patient has one, and I do not know it"},
		{Value: string(nhs.OtherNation), Text: "The patient has a number of Scotland or Northern Ireland"}, {Value: string(nhs.OverseasPatient), Text: "The patient has none"}}},
	{field: "title", label: "Title", width: "5", optional: true},
	{field: "given", label: "First names, as in the passport"},
	{field: "family", label: "Last name, as in the passport"},
	{field: "born", kind: aDate, label: "Date of birth", hint: "For example, 14 5 1958."},
	{field: "sex", kind: oneOfRow, label: "Sex recorded for care", options: []ui.Choice{{Value: "female", Text: "Female"}, {Value: "male", Text: "Male"}, {Value: "other", Text: "Other"}, {Value: "unknown", Text: "Not known"}}},
	{field: "known_as", label: "Name they are known by", optional: true, fold: "Another name, or a note on sex or gender"},
	{field: "sex_note", label: "Note on sex or gender, if it matters for care", optional: true, fold: "Another name, or a note on sex or gender"},
	{field: "address", kind: someLines, label: "Home address", rows: 3},
	{field: "postcode", label: "Postcode", width: "10"},
	{field: "email", label: "Patient’s email address", hint: "We send the link for consent here. Mails say nothing about health.", typed: "email"},
	{field: "phone", label: "Patient’s phone number", typed: "tel", width: "20"},
	{field: "gp_code", label: "ODS code of the GP practice", hint: "For example, V81999.", width: "10"},
	{field: "gp_name", label: "Name of the GP practice", optional: true},
	{field: "no_gp", kind: yesBox, label: "The patient has no GP"},
	{field: "gp_share", kind: oneOf, label: "What should the GP get? The patient can change this", options: []ui.Choice{{Value: string(referral.GPAll), Text: "All letters"}, {Value: string(referral.GPDischargeOnly), Text: "The discharge package alone"},
		{Value: string(referral.GPNothing), Text: "Nothing", Hint: "The patient is warned about what can happen when the GP does not know."}, {Value: string(referral.GPNone), Text: "There is no GP"}}},
	{field: "language", kind: fromList, label: "Language the patient prefers", listOf: "languages"},
	{field: "interpreter", kind: oneOfRow, label: "Is an interpreter needed?", options: yesOrNo},
	{field: "adjustments", kind: someLines, label: "Reasonable adjustments, such as for sight, hearing or walking", optional: true, rows: 2},
	{field: "safeguarding", kind: oneOfRow, label: "Is there a safeguarding concern?", options: []ui.Choice{{Value: string(record.NoConcern), Text: "No"}, {Value: string(record.Concern), Text: "Yes"}}},
	{field: "concern", kind: someLines, label: "What is the concern?", hint: "Only our clinical safety reviewer reads it.", optional: true, rows: 3, fold: "Describe a safeguarding concern"},
	{field: "contact.name", label: "Name", fold: "Somebody to contact in an emergency (optional)"},
	{field: "contact.relation", label: "Relation to the patient", fold: "Somebody to contact in an emergency (optional)"},
	{field: "contact.phone", label: "Phone number", typed: "tel", width: "20", fold: "Somebody to contact in an emergency (optional)"},
	{field: "contact.agreed", kind: yesBox, label: "This person agreed to be contacted", fold: "Somebody to contact in an emergency (optional)"},
})}

// contactChecked is the box that says the patient's address was read back; it is kept with the referral, not in the record.
const contactChecked = "contact_checked"

var pageConsent = referPage{slug: "consent", title: "Consent to share records", task: "Consent to share records",
	lead: []string{"The patient consents, not you. After you sign, they read each consent and give it or not: by a link that we mail, or here with you on this device. Each hospital is a consent of its own, and they can withdraw at any time: sharing stops at once."},
	items: on(referral.InPatient, []referItem{
		{field: "capacity", kind: oneOf, label: "Can the patient decide about this?", options: []ui.Choice{{Value: string(record.Able), Text: "Yes"},
			{Value: string(record.Supported), Text: "Yes, with support", Hint: "With help to understand, remember or say what they decide."},
			{Value: string(record.NotAble), Text: "No, or a best-interests decision is needed", Hint: "You cannot go on here. We tell you whom to contact."}}},
	})}

var pagePathway = referPage{slug: "pathway", title: "Funding and pathway", task: "Funding and pathway", items: on(referral.InPathway, []referItem{
	{field: "kind", kind: oneOf, label: "What is asked for?", options: []ui.Choice{{Value: string(record.SelfFunded), Text: "Treatment that the patient pays for"}, {Value: string(record.SecondOpinion), Text: "A second opinion"},
		{Value: string(record.NHSPays), Text: "Treatment that the NHS pays for"}, {Value: string(record.UrgentCare), Text: "Urgent care, or a suspected cancer"}}},
	{field: "priority", kind: oneOfRow, label: "How soon?", hint: "Hospitals answer a routine referral in 5 working days, a soon one in 2.", options: []ui.Choice{{Value: "routine", Text: "Routine"}, {Value: "soon", Text: "Soon"}}},
	{field: "funding", kind: oneOfRow, label: "Who pays?", options: []ui.Choice{{Value: string(record.PaysSelf), Text: "The patient"}, {Value: string(record.PaysInsurer), Text: "An insurer"}, {Value: string(record.PaysEmployer), Text: "An employer"}, {Value: string(record.PaysCharity), Text: "A charity"}}},
	{field: "insurer", label: "Name of the insurer", optional: true},
	{field: "nhs_wait", kind: oneOf, label: "Is the patient waiting for the NHS?", hint: "Nobody should give up a place on an NHS list before they have decided.", options: []ui.Choice{{Value: string(record.NotWaiting), Text: "Not waiting"}, {Value: string(record.Waiting), Text: "On a waiting list"},
		{Value: string(record.NotSeenYet), Text: "Referred, not seen yet"}, {Value: string(record.NHSDischarge), Text: "Discharged"}, {Value: string(record.WaitUnknown), Text: "Not known"}}},
	{field: "nhs_decision", kind: someLines, label: "What the NHS decided, if it did", optional: true, rows: 2, fold: "NHS decision and e-RS number (optional)"},
	{field: "ubrn", label: "e-RS number (UBRN)", hint: "12 digits. We do not look it up.", optional: true, width: "20", fold: "NHS decision and e-RS number (optional)"},
	{field: "conflict", kind: oneOf, label: "Do you have a conflict of interest?", hint: "Good medical practice 94 to 96.", options: []ui.Choice{{Value: string(record.NoConflict), Text: "No"}, {Value: string(record.HasConflict), Text: "Yes, and I declare it"}, {Value: string(record.IsPaid), Text: "I am paid for this referral"}}},
	{field: "conflict_of", kind: someLines, label: "Your conflict of interest", hint: "The patient can read it.", optional: true, rows: 2},
})}

var pageClinical = referPage{slug: "clinical", title: "Reason for referral and history", task: "Reason for referral and history", items: on(referral.InClinical, []referItem{
	{field: "treatment", kind: fromList, label: "Treatment", listOf: "treatments"},
	{field: "condition.text", label: "Diagnosis or condition", at: "condition"},
	{field: "condition.code", label: "SNOMED CT code", optional: true, width: "20", at: "condition.code", fold: "Add a SNOMED CT code"},
	{field: "diagnosis", kind: oneOfRow, label: "How sure is the diagnosis?", options: []ui.Choice{{Value: string(record.Confirmed), Text: "Confirmed"}, {Value: string(record.Suspected), Text: "Suspected"}, {Value: string(record.SelfReported), Text: "As the patient says"}}},
	{field: "problem", kind: someLines, label: "Main problem", rows: 3},
	{field: "question", kind: someLines, label: "What do you want the hospital to answer?", rows: 2},
	{field: "history", kind: someLines, label: "History", hint: "What has been tried, and how the patient manages.", rows: 4},
	{field: "examination", kind: someLines, label: "Examination", rows: 3},
	{field: "investigations", kind: someLines, label: "Investigations with dates", hint: "You can add reports and scans later.", rows: 3},
	{field: "other_conditions", kind: manyItems, label: "Other conditions", entry: "Condition", none: "no_other_conditions", noneText: "None known", columns: []referItem{{field: "text", label: "Condition"}}},
	{field: "height_cm", kind: aNumber, label: "Height in cm", width: "5", row: "body"},
	{field: "weight_kg", kind: aNumber, label: "Weight in kg", width: "5", row: "body"},
	{field: "smoking", kind: oneOfRow, label: "Smoking", options: []ui.Choice{{Value: "never", Text: "Never"}, {Value: "former", Text: "Stopped"}, {Value: "current", Text: "Smokes"}, {Value: "unknown", Text: "Not known"}}},
	{field: "alcohol", kind: oneOfRow, label: "Alcohol", options: []ui.Choice{{Value: "none", Text: "None"}, {Value: "within_14_units", Text: "Up to 14 units a week"}, {Value: "over_14_units", Text: "More"}, {Value: "unknown", Text: "Not known"}}},
	{field: "pregnant", kind: oneOfRow, label: "Pregnancy", options: []ui.Choice{{Value: "not_applicable", Text: "Does not apply"}, {Value: "no", Text: "No"}, {Value: "yes", Text: "Yes"}, {Value: "possible", Text: "Possible"}}},
	{field: "living", kind: someLines, label: "Who helps at home", optional: true, rows: 2},
})}

var pageMedicines = referPage{slug: "medicines", title: "Medicines, allergies and safety checks", task: "Medicines, allergies and safety checks",
	lead: []string{"Say “none” where there is none: nothing is assumed."},
	items: append(on(referral.InClinical, []referItem{
		{field: "medicines", kind: manyItems, label: "Medicines", entry: "Medicine", none: "no_medicines", noneText: "No medicines are taken", columns: []referItem{{field: "drug", label: "Medicine"}, {field: "dose", label: "Dose"}, {field: "frequency", label: "How often"},
			{field: "route", label: "Route (optional)"}, {field: "reason", label: "Reason (optional)"}}},
		{field: "allergies", kind: manyItems, label: "Allergies and intolerances", entry: "Allergy", none: "no_known_allergies", noneText: "No known allergies", columns: []referItem{{field: "agent", label: "Allergic to"}, {field: "reaction", label: "Reaction"},
			{field: "severity", kind: fromList, label: "How severe", options: []ui.Choice{{Value: "mild", Text: "Mild"}, {Value: "moderate", Text: "Moderate"}, {Value: "severe", Text: "Severe"}, {Value: "unknown", Text: "Not known"}}}}},
		{field: "operations", kind: manyItems, label: "Operations so far", entry: "Operation", none: "no_operations", noneText: "No operations", columns: []referItem{{field: "what", label: "Operation"}, {field: "on", kind: aDate, label: "Date, if known"}, {field: "problems", label: "Problems, or with the anaesthetic (optional)"}}},
	}), on(referral.InSafety, []referItem{
		{field: "vte", kind: yesWords, details: "If yes, what it was and when", label: "A blood clot before, or a condition that makes one likely?", options: yesUnknown},
		{field: "anticoagulants", kind: yesWords, details: "If yes, which medicine", label: "Does the patient take a medicine that thins the blood?", options: yesUnknown},
		{field: "anaesthetic_problems", kind: yesWords, details: "If yes, what the problem was", label: "Problems with an anaesthetic, also in the family?", options: yesUnknown},
		{field: "mrsa", kind: oneOfRow, label: "MRSA", options: carriers},
		{field: "cpe", kind: oneOfRow, label: "CPE (carbapenemase-producing bacteria)", options: carriers},
		{field: "c_auris", kind: oneOfRow, label: "Candida auris", options: carriers},
		{field: "blood_borne", kind: oneOfRow, label: "Hepatitis B, hepatitis C or HIV", options: carriers},
		{field: "overnight_abroad", kind: yesWords, details: "If yes, anything to add about the stay abroad", label: "A night in a healthcare facility outside the UK in the last 12 months?", options: yesUnknown},
		{field: "overnight_uk", kind: yesWords, details: "If yes, anything to add about the stay in the UK", label: "A night in a UK hospital in the last 12 months?", options: yesUnknown},
		{field: "stays", kind: manyItems, label: "Where the patient stayed overnight", hint: "Only if you answered yes above.", entry: "Stay", columns: []referItem{{field: "facility", label: "Facility"}, {field: "country", kind: fromList, label: "Country", listOf: "countries"}, {field: "from", kind: aDate, label: "First day"}, {field: "to", kind: aDate, label: "Last day"}}},
		{field: "fit_to_fly", kind: oneOf, label: "Is the patient fit to fly?", hint: "The airline decides.", options: []ui.Choice{{Value: string(record.FitYes), Text: "Yes"}, {Value: string(record.FitWithCare), Text: "With arrangements"}, {Value: string(record.FitNo), Text: "No"}, {Value: string(record.FitNotJudged), Text: "Not assessed"}}},
		{field: "frailty", kind: someLines, label: "Frailty, and the tool it was measured with", optional: true, rows: 2},
		{field: "implants", kind: manyItems, label: "Implants and devices in the body", entry: "Implant", none: "no_implants", noneText: "No implants or devices", columns: []referItem{{field: "what", label: "Implant or device"},
			{field: "mri", kind: fromList, label: "In an MRI scanner", options: []ui.Choice{{Value: "safe", Text: "Safe"}, {Value: "conditional", Text: "Under conditions"}, {Value: "unsafe", Text: "Unsafe"}, {Value: "unknown", Text: "Not known"}}}}},
	})...)}

var pageTravel = referPage{slug: "travel", title: "Travel and preferences", task: "Travel and preferences", items: on(referral.InPreferences, []referItem{
	{field: "earliest", kind: aDate, label: "First day the patient could travel", hint: "A visa and vaccinations take 4 to 6 weeks."},
	{field: "latest", kind: aDate, label: "Last day the patient could travel"},
	{field: "companions", kind: oneOfRow, number: true, label: "How many people travel with the patient?", options: []ui.Choice{{Value: "0", Text: "Nobody"}, {Value: "1", Text: "1 person"}, {Value: "2", Text: "2 people"}}},
	{field: "by_phone", kind: oneOfRow, label: "May hospitals phone the patient?", options: yesOrNo},
	{field: "diet", label: "Diet", optional: true, fold: "Diet, faith and wishes (optional)"},
	{field: "faith", label: "Faith needs", optional: true, fold: "Diet, faith and wishes (optional)"},
	{field: "clinician", label: "Wish for a woman or a man as clinician", optional: true, fold: "Diet, faith and wishes (optional)"},
})}
