package contact_test

import (
	"testing"

	"carecorridor/referral/contact"
)

// letters are what clinicians and patients write, full of dates, doses, values and numbers of other kinds.
var letters = []string{
	"", "The pain started in 2024, 3 times a week.", "Blood pressure 140/90, weight 82.5 kg, dose 1000 mg", "Operation on 14/05/2019 and 20/11/2022",
	"CT on 2026-11-20 10:30, MRI on 2026-11-21 at 09:15:00", "from 12.10.2026 - 14.10.2026", "blood counts 120 130 140 150", "BP 120/80, 130/85, 140/90 and 118/76", "BP 120/80 130/85 140/90 on 12/10/26, 13/10/26",
	"SpO2 98 97 96 95 99 on air", "Hb 118 g/L, WBC 9,800, platelets 250,000, CRP 4.2, ferritin 88", "HbA1c 48, 52, 55, 60, 61 mmol/mol", "creatinine 88 91 95 102 110 120 umol/L", "glucose 5.6 6.1 7.2 8.0 9.9 10.4",
	"INR 2.1, 2.4, 2.6, 2.2 on 01/02/2026, 08/02/2026, 15/02/2026", "Warfarin 3 mg, 4 mg, 3 mg, 5 mg", "1 tablet 3 times a day for 14 days (42 tablets)", "500 mg 8-hourly, 250 mg 12-hourly", "from 08:00-12:00 and 14:00-18:00 daily",
	"NHS number 485 777 3456, please check", "NHS no: 943 476 5919", "GMC 7012345", "MRN-0012345", "LE1 6HX and SW1A 1AA", "knee pain since 2019.In 2020 it got worse", "It hurts at night.No fever.It is worse on stairs", "walks 400 m. Climbs 20 steps, e.g. at home",
	"L4/L5 disc, L5/S1 fusion", "T1-T2-T3 signal on MRI", "signal change at C5/6", "Look at the dot on the X-ray", "seen at Leicester, then at home", "the outlook is good", "aspirin 75 mg o.d., bisoprolol 2.5 mg b.d.", "Range 0-120, then 5-110",
	"Score 07/10, 08/10, 09/10 and 6/10", "size 12 x 14 x 16 mm, 120 x 130 mm", "DEXA T-score -2.5, -2.7, -3.1", "I called my GP in March", "We need a phone consultation", "the telephone interpreter was booked for 12/11/2026 at 14:00", "ICD-10 M17.1, SNOMED 239873007",
	"age 68, height 165, weight 72, BMI 26.4, PR 72, RR 16, SpO2 98%, temp 36.8", "Ejection fraction 35-40%, 2024: 45-50%", "Range of motion 0-5-110", "PSA 4.1 (2022), 5.6 (2023), 7.8 (2024), 9.0 (2025)", "eGFR 60 58 55 52 (2021 2022 2023 2024)",
	"UBRN 000000070000", "hospital no 0001234567", "SpO2 98 97 96 95", "O2 98 97 96 95 at rest",
	"call 111 if the wound is red, 999 for chest pain", "Zone 2 and zone 3, at 10 o'clock", "घुटने में 4 साल से दर्द, 2022-05-14 को एक्स-रे",
}

func TestMedicalWordsPass(t *testing.T) {
	t.Parallel()
	for _, words := range letters {
		if k := contact.Find(words); k != contact.None {
			t.Errorf("%q: a %s", words, k)
		}
		if contact.Payment(words) {
			t.Errorf("%q: payment", words)
		}
	}
}

func TestContactDetailsAreFoundHoweverTheyAreWritten(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]contact.Kind{
		"Write to me at meena@sample.example": contact.Email, "meena (at) sample (dot) example": contact.Email, "rao at example dot com": contact.Email, "rao＠example.com": contact.Email, "rao{at}example{dot}com": contact.Email,
		"rao @ example . com": contact.Email, "my gmail is drrao": contact.Email, "rao\u200b@exam\u00adple.com": contact.Email, "rao[at]example.com": contact.Email,
		"Ring 07700 900 123": contact.Phone, "+91 98765-43210": contact.Phone, "Please call me on +91 98400 12345": contact.Phone, "07700/900/123": contact.Phone, "07700,900,123": contact.Phone, "07700_900_123": contact.Phone,
		"07700–900–123": contact.Phone, "０７７００９００１２３": contact.Phone, "07\u200b700\u200b900123": contact.Phone, "0 7 7 0 0 9 0 0 1 2 3, call": contact.None, "call 0 7 7 0 0 9 0 0 1 2 3": contact.Phone, "98400 12345": contact.Phone,
		"9840012345": contact.Phone, "919840012345": contact.Phone, "91 98400 12345": contact.Phone, "0091 98400 12345": contact.Phone, "(0116) 496 0123": contact.Phone, "044 2829 0200": contact.Phone, "९८४०० १२३४५": contact.Phone,
		"O7700 9OO123": contact.Phone, "my no. is 98 400 123 45": contact.Phone, "rao[@]example[.]com": contact.Email, "@drrao": contact.Messenger, "WA me": contact.Messenger,
		"zero seven seven zero zero nine zero zero one two three": contact.Phone, "07.700.900.123": contact.Phone, "07 70 09 00 12 3": contact.Phone, "mobile: 98 40 01 23 45": contact.Phone, "447700900123": contact.Phone, "12/10/2026, 07700 900123": contact.Phone,
		"see www.sample.example": contact.Link, "https://sample.example/x": contact.Link, "wa.me/447700900123": contact.Link, "example.com/contact": contact.Link, "look at apollo.co.in": contact.Link, "hospital.example.org": contact.Link, "bit.ly/3xyz": contact.Link,
		"whatsapp me when you are free": contact.Messenger, "Instagram drrao": contact.Messenger, "Whats App": contact.Messenger, "find me on Facebook": contact.Messenger, "message me on Signal": contact.Messenger, "Wh\u0430tsApp": contact.Messenger,
	} {
		if k := contact.Find(words); k != want {
			t.Errorf("%q: %q, want %q", words, k, want)
		}
	}
}

// ordinary are lines with many digits, codes or single letters, each of a kind that clinicians write and that must pass.
var ordinary = []string{
	"order no 0451234567", "Order number is 0123456789", "Lab sample 0098765432 of Monday", "specimen 0712345678, received 14/05/2026", "Hospital number: 0312345678", "UHID 0112233445", "accession no. 0261120045", "0451234567 is on the label of the box",
	"NHS number 943 476 5919", "NHS No. 9434765919", "The reference is CC-7K3M-9Q", "Your reference CC-2222-22 of 12/10/2026", "ICD-10 M17.1, M16.0, Z96.651", "ICD-11 FA01.0 & 5A11", "OPCS-4 W40.1, W37.9, Z84.6, Y53.4", "SNOMED CT 609588000, 239873007 and 900000000000207008",
	"LOINC 60591-5, 11450-4 and 48765-2", "UDI (01)08717648200274(17)271231(10)A213B1", "GMC 7012345, NMC 12A3456E", "MCI 2010/03/1234", "policy no 0123456789, excess 250",
	"one tablet, two times a day, for 7 days", "two to three 500 mg tablets, one at night", "zero pain at rest, eight of 10 on stairs", "one 10 mg, then two 20 mg, then three 40 mg", "Pain score: one on Monday, two on Tuesday, three on Wednesday", "double vision for two days, triple therapy for seven days",
	"Oh, it hurts. Oh oh, the stairs!", "grade one at 12 months, two at 24 months, three at 36 months", "seven or eight of us in 2019, 2020 and 2021", "on 2 L of O 2 at night", "a 5 x 6 x 7 cm mass at L 4", "T 1 , T 2 , S T I R", "A V R , M V R and C A B G in 2019", "M.B.B.S., F.R.C.S. (Orth)", "blood group O positive, K negative",
	"reviewed @ 10:00 in clinic. In the evening better", "heart rate 80, at the rate of 2 ml per hour", "infusion at a rate of 10 ml/h. No reaction", "t.d.s. p.r.n. q.d.s. b.d. o.d.", "K 4.1 , Na 138 , Cl 101 , Mg 0.8", "vitamin D 3 , B 12 , C", "Hb 11.8 ( 12.0 - 15.0 ) at 09:30", "from 0600 to 2200, then 0800 to 2000",
	"HbA1c 48 (6.5%), 0.9% saline 1000 ml at 125 ml/h", "09:00 10 ml, 13:00 20 ml, 17:00 30 ml", "12/10/2026 14/10/2026 16/10/2026 0900 1300", "dose 0.5 mg, 0.25 mg, 0.125 mg on 01/02/26",
}

func TestOrdinaryLinesWithManyFiguresPass(t *testing.T) {
	t.Parallel()
	for _, words := range ordinary {
		if k := contact.Find(words); k != contact.None {
			t.Errorf("%q: a %s", words, k)
		}
	}
}

func TestContactDetailsAreFoundInWordsAndInLettersThatStandApart(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]contact.Kind{
		"oh seven seven double oh nine double oh one two three": contact.Phone, "oh 7700 nine oh oh 123": contact.Phone, "oh oh 44 7700 900 one two three": contact.Phone, "nine eight 400 one 2345": contact.Phone, "o seven 700 nine oh oh 123": contact.Phone,
		"07700 nine hundred": contact.None, "07700 nine oh oh 123": contact.Phone, "oh7700 nine zero zero 123": contact.Phone, "zero double seven double zero 900 one two three": contact.Phone, "plus four four 7700 nine double zero 123": contact.Phone,
		"my number: nine eight four 00 12345": contact.Phone, "ninety": contact.None, "oh oh": contact.None, "double seven": contact.None, "Naught 7 7 nought 0 9 zero zero 1 2 3": contact.Phone,
		"m e e n a @ s a m p l e . c o m": contact.Email, "meena @ s a m p l e . c o m": contact.Email, "m e e n a at s a m p l e dot c o m": contact.Email, "g m a i l : drrao": contact.Email, "it is r a o @ example . c o m, write": contact.Email, "rao @ s.a.m.p.l.e.c.o.m": contact.Email,
		"rao at the rate example dot in": contact.Email, "rao at rate of sample dot co dot in": contact.Email, "w w w . s a m p l e . o r g": contact.Link, "s a m p l e . c o . u k": contact.Link, "M E E N A @ S A M P L E . C O M": contact.Email,
		"order no 07700 900123": contact.Phone, "reference 07700900123": contact.Phone, "lab 98400 12345": contact.Phone, "(01162) 49601": contact.Phone, "01162 49601": contact.Phone, "0800 123456": contact.Phone, "call 0116249601": contact.Phone, "phone 0451234567": contact.Phone,
		"ring me: 01162-49601": contact.Phone, "044-2829 0200": contact.Phone, "my no. is 0116249601": contact.Phone, "0 1 1 6 2 4 9 6 0 1, mobile": contact.None,
	} {
		if k := contact.Find(words); k != want {
			t.Errorf("%q: %q, want %q", words, k, want)
		}
	}
}

func TestTalkOfPaymentIsFound(t *testing.T) {
	t.Parallel()
	for _, words := range []string{"Send the deposit to my bank account", "Use Western Union", "UPI is best", "GB33BUKB20201555555555", "gb33 bukb 2020 1555 5555 55", "20-15-55 55555555", "IFSC HDFC0001234", "hdfc0001234", "an advance payment is needed",
		"bank-transfer", "transfer £500 to my account", "pay the surgeon in cash", "pay me cash", "send £500 deposit", "GooglePay", "Western-Union", "a/c no 12345678", "account details", "wire the money", "pay outside this site", "advance of 50,000 rupees", "Zelle",
		"w\u200bestern uni\u043en", "Pay me directly", "Bitcoin please", "send 500 pounds", "₹50,000 advance", "deposit of £500"} {
		if !contact.Payment(words) {
			t.Errorf("%q is not noticed", words)
		}
	}
	for _, words := range []string{"I take an advanced painkiller", "The bank holiday suits me", "My insurance pays", "swiftly", "a swift recovery", "cryptogenic stroke", "bilateral cryptorchidism", "cryptococcal antigen negative", "advance care planning", "a calcium deposit of 3 mm",
		"deposits of uric acid", "embryo transfer", "transfer to the ward", "on account of pain", "the patient was transferred to intensive care", "Everything is refunded until the day of admission.", "pay attention to the wound", "I send the results", "GB12 is the lot of the implant we used then",
		"The total includes 5 nights; flights and visa are not included", "cash-flow of the limb"} {
		if contact.Payment(words) {
			t.Errorf("%q is noticed", words)
		}
	}
}

func TestAnAmountOfMoneyIsAPrice(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]bool{"The price is now 9,900 pounds": true, "£9,900": true, "INR 450000 more": true, "Rs. 5,000 a night": true, "2 lakhs": true, "The surgeon is ill": false, "5 nights instead of 4": false, "2.5 mg twice a day": false, "85 kg": false} {
		if contact.Price(words) != want {
			t.Errorf("%q: %v", words, !want)
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, s := range letters {
		f.Add(s)
	}
	f.Add("+ 0 (07700) 900123")
	f.Fuzz(func(_ *testing.T, s string) { contact.Find(s); contact.Payment(s) })
}
