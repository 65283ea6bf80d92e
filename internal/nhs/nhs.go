// Package nhs reads the numbers and codes that British health care writes: NHS numbers, organisation codes,
// registration numbers, postcodes and phone numbers. It says whether something has the right form; it looks nothing
// up, and a right form is no proof that somebody exists.
package nhs

import (
	"regexp"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// Flaw is what is wrong with something typed, as a sentence that says what to do.
type Flaw string

// Flaws of an NHS number.
const (
	NotTenDigits Flaw = "Enter an NHS number of 10 digits, such as 999 000 0018"
	WrongCheck   Flaw = "These digits are not an NHS number. Check them against the letter"
	TestNumber   Flaw = "This NHS number is for tests only. Enter the patient's own"
	Repeated     Flaw = "These digits are not an NHS number. They are all the same"
)

// Number is an NHS number of 10 digits, checked.
type Number string

// ParseNumber reads an NHS number as people type it, with spaces or hyphens. The last digit must check the others
// (weights 10 to 2, modulo 11). Numbers from 999 000 0000 are never issued: they pass where tests are allowed only.
func ParseNumber(typed string, allowTest bool) (n Number, flaw Flaw) {
	digits := bare(typed)
	if len(typed) > 40 || len(digits) != 10 || strings.Trim(digits, "0123456789") != "" {
		return "", NotTenDigits
	}
	if strings.Trim(digits, digits[:1]) == "" {
		return "", Repeated
	}
	if !checks(digits) {
		return "", WrongCheck
	}
	if strings.HasPrefix(digits, "999") && !allowTest {
		return "", TestNumber
	}
	return Number(digits), ""
}

func checks(digits string) bool {
	sum := 0
	for i := range 9 {
		sum += int(digits[i]-'0') * (10 - i)
	}
	check := 11 - sum%11
	if check == 11 {
		check = 0
	}
	return check != 10 && check == int(digits[9]-'0')
}

// bare drops the spaces and dashes people put between digits.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \u00a0\t-‐‑–—", r) {
			return -1
		}
		return r
	}, s)
}

// String is how a person reads it: 3-3-4.
func (n Number) String() string {
	if len(n) != 10 {
		return string(n)
	}
	return string(n[:3] + " " + n[3:6] + " " + n[6:])
}

// Test reports whether a number is of the range that is never issued.
func (n Number) Test() bool { return strings.HasPrefix(string(n), "999") }

// NoNumber is why somebody has no NHS number to give (UK Core).
type NoNumber string

// Reasons.
const (
	NumberNotKnown  NoNumber = "nhs-number-not-known"
	OverseasPatient NoNumber = "overseas-patient"
	OtherNation     NoNumber = "devolved-nation" // Scotland and Northern Ireland have numbers of their own
)

// NoNumbers are all reasons.
var NoNumbers = []NoNumber{NumberNotKnown, OverseasPatient, OtherNation}

var odsShape = regexp.MustCompile(`^[A-Z0-9]{3,12}$`)

// ParseODS reads the code of an organisation. Only a look-up says that it exists.
func ParseODS(typed string) (code string, ok bool) {
	code = strings.ToUpper(bare(typed))
	return code, len(typed) <= 40 && odsShape.MatchString(code)
}

// Council is a register of UK health professionals.
type Council string

// Councils.
const (
	GMC  Council = "GMC"
	NMC  Council = "NMC"
	HCPC Council = "HCPC"
	GDC  Council = "GDC"
	GPhC Council = "GPhC"
	GOC  Council = "GOC"
)

// Councils are all of them, in the order they are offered.
var Councils = []Council{GMC, NMC, HCPC, GDC, GPhC, GOC}

var (
	gmcShape   = regexp.MustCompile(`^\d{7}$`)
	otherShape = regexp.MustCompile(`^[A-Z0-9]{4,12}$`)
)

// ParseRegistration reads a registration number. The GMC's has 7 digits, and is read with the C of a consultant code;
// the form of the others is not settled, so that letters and digits pass.
func ParseRegistration(c Council, typed string) (number string, ok bool) {
	number = strings.ToUpper(bare(typed))
	if len(typed) > 40 {
		return "", false
	}
	if c != GMC {
		return number, otherShape.MatchString(number)
	}
	if strings.HasPrefix(number, "C") && len(number) == 8 {
		number = number[1:]
	}
	return number, gmcShape.MatchString(number)
}

// postcodeShape is the form of British postcodes, and the one of the Girobank that is not of that form.
var postcodeShape = regexp.MustCompile(`^(GIR0AA|(?:[A-PR-UWYZ][0-9][0-9A-HJKPSTUW]?|[A-PR-UWYZ][A-HK-Y][0-9][0-9ABEHMNPRVWXY]?)[0-9][ABD-HJLNP-UW-Z]{2})$`)

// ParsePostcode reads a British postcode and writes it with one space: "le1 6hx" is "LE1 6HX".
func ParsePostcode(typed string) (code string, ok bool) {
	code = strings.ToUpper(bare(typed))
	if len(typed) > 40 || !postcodeShape.MatchString(code) {
		return "", false
	}
	return code[:len(code)-3] + " " + code[len(code)-3:], true
}

// invented reports a number of the range that Ofcom keeps for drama, 07700 900000 to 900999: our own examples use it, and
// the library does not know it.
func invented(n *phonenumbers.PhoneNumber) bool {
	return n.GetCountryCode() == 44 && n.GetNationalNumber()/1000 == 7700900
}

// ParsePhone reads a phone number, British unless it says otherwise, and writes it as E.164: "+447700900123".
func ParsePhone(typed string) (e164 string, ok bool) {
	if len(typed) > 40 {
		return "", false
	}
	n, err := phonenumbers.Parse(typed, "GB")
	if err != nil || !phonenumbers.IsValidNumber(n) && !invented(n) {
		return "", false
	}
	return phonenumbers.Format(n, phonenumbers.E164), true
}
