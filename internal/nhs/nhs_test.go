package nhs_test

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"

	"carecorridor/internal/nhs"
)

func TestAnNHSNumberIsReadAsPeopleTypeIt(t *testing.T) {
	t.Parallel()
	for _, typed := range []string{"9990000018", "999 000 0018", "999-000-0018", " 999 0000018 ", "999–000–0018", "999\u00a0000\u00a00018"} {
		n, flaw := nhs.ParseNumber(typed, true)
		if flaw != "" || n != "9990000018" || n.String() != "999 000 0018" || !n.Test() {
			t.Errorf("%q: %q, %q", typed, n, flaw)
		}
	}
}

// The vectors of domain.md §3.2, computed apart from the code.
func TestNHSNumbersOfTheSpecification(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]nhs.Flaw{
		"9990000018": "", "9990000050": "", "9434765919": "", // the second has the check digit 11, written 0
		"9990000019": nhs.WrongCheck, "1111111111": nhs.Repeated, "9999999999": nhs.Repeated, "0000000000": nhs.Repeated,
		"": nhs.NotTenDigits, "999000001": nhs.NotTenDigits, "99900000181": nhs.NotTenDigits, "99900000I8": nhs.NotTenDigits, "९९९००००१८०": nhs.NotTenDigits,
		"999.000.0018": nhs.NotTenDigits, strings.Repeat("9", 60): nhs.NotTenDigits,
	} {
		if _, flaw := nhs.ParseNumber(typed, true); flaw != want {
			t.Errorf("%q: %q, want %q", typed, flaw, want)
		}
	}
	for d := range 10 { // 999000000x: the check would be 10, so that no last digit is right
		if n, flaw := nhs.ParseNumber(fmt.Sprintf("999000000%d", d), true); flaw == "" {
			t.Errorf("%s passes", n)
		}
	}
}

func TestTestNumbersPassOnlyWhereTheyAreAllowed(t *testing.T) {
	t.Parallel()
	if _, flaw := nhs.ParseNumber("999 000 0018", false); flaw != nhs.TestNumber {
		t.Errorf("flaw %q", flaw)
	}
	if n, flaw := nhs.ParseNumber("943 476 5919", false); flaw != "" || n.Test() {
		t.Errorf("a number that may be issued: %q, %q", n, flaw)
	}
}

// Modulo 11 finds every single wrong digit and every two neighbours that changed places.
func TestOneSlipOfThePenIsFound(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewSource(1))
	for range 300 {
		n := number(r)
		for i := range n {
			for d := byte('0'); d <= '9'; d++ {
				wrong := n[:i] + string(d) + n[i+1:]
				if _, flaw := nhs.ParseNumber(wrong, true); wrong != n && flaw == "" {
					t.Fatalf("%s passes for %s", wrong, n)
				}
			}
			if i > 0 && n[i] != n[i-1] {
				wrong := n[:i-1] + string(n[i]) + string(n[i-1]) + n[i+1:]
				if _, flaw := nhs.ParseNumber(wrong, true); flaw == "" {
					t.Fatalf("%s passes for %s", wrong, n)
				}
			}
		}
	}
}

func number(r *rand.Rand) string {
	for {
		head := fmt.Sprintf("4%08d", r.Intn(100_000_000))
		for d := range 10 {
			if n, flaw := nhs.ParseNumber(fmt.Sprintf("%s%d", head, d), false); flaw == "" {
				return string(n)
			}
		}
	}
}

func TestOrganisationCodesHaveTheirForm(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{"C82009": "C82009", "rwe": "RWE", " 8hr 50 ": "8HR50"} {
		if got, ok := nhs.ParseODS(typed); !ok || got != want {
			t.Errorf("%q: %q, %v", typed, got, ok)
		}
	}
	for _, typed := range []string{"", "AB", "C82/09", strings.Repeat("A", 13)} {
		if _, ok := nhs.ParseODS(typed); ok {
			t.Errorf("%q passes", typed)
		}
	}
}

func TestRegistrationNumbersHaveTheFormOfTheirCouncil(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		council   nhs.Council
		typed     string
		want      string
		shouldBeo bool
	}{
		{nhs.GMC, "7012345", "7012345", true}, {nhs.GMC, "C7012345", "7012345", true}, {nhs.GMC, "701 2345", "7012345", true},
		{nhs.GMC, "701234", "", false}, {nhs.GMC, "70123456", "", false}, {nhs.GMC, "D7012345", "", false},
		{nhs.NMC, "12a3456e", "12A3456E", true}, {nhs.GDC, "12345", "12345", true}, {nhs.HCPC, "P!", "", false},
	} {
		got, ok := nhs.ParseRegistration(c.council, c.typed)
		if ok != c.shouldBeo || ok && got != c.want {
			t.Errorf("%s %q: %q, %v", c.council, c.typed, got, ok)
		}
	}
}

func TestPostcodesAreWrittenOneWay(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{"le16hx": "LE1 6HX", "SW1A 1AA": "SW1A 1AA", "m1 1ae": "M1 1AE", "B33 8TH": "B33 8TH", "EC1A-1BB": "EC1A 1BB", "gir 0aa": "GIR 0AA"} {
		if got, ok := nhs.ParsePostcode(typed); !ok || got != want {
			t.Errorf("%q: %q, %v", typed, got, ok)
		}
	}
	for _, typed := range []string{"", "LE1", "600001", "QA1 1AA", "LE1 6CX", "12345"} {
		if got, ok := nhs.ParsePostcode(typed); ok {
			t.Errorf("%q is read as %q", typed, got)
		}
	}
}

func TestPhoneNumbersAreBritishUnlessTheySayOtherwise(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{"07911 123456": "+447911123456", "+91 98765 43210": "+919876543210", "(0116) 496 0123": "+441164960123"} {
		if got, ok := nhs.ParsePhone(typed); !ok || got != want {
			t.Errorf("%q: %q, %v", typed, got, ok)
		}
	}
	for _, typed := range []string{"", "12", "phone", "07911 1234567890"} {
		if got, ok := nhs.ParsePhone(typed); ok {
			t.Errorf("%q is read as %q", typed, got)
		}
	}
}

func FuzzParseNumber(f *testing.F) {
	f.Add("999 000 0018")
	f.Fuzz(func(t *testing.T, typed string) {
		n, flaw := nhs.ParseNumber(typed, true)
		if (flaw == "") != (len(n) == 10) {
			t.Fatalf("%q: %q, %q", typed, n, flaw)
		}
		if again, flaw2 := nhs.ParseNumber(n.String(), true); flaw == "" && (again != n || flaw2 != "") {
			t.Fatalf("%q gives %q, which gives %q", typed, n, again)
		}
	})
}
