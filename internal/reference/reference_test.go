package reference_test

import (
	"regexp"
	"strings"
	"testing"

	"carecorridor/internal/reference"
)

var shape = regexp.MustCompile(`^CC-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{2}$`)

func TestACodeHasNoLetterThatLooksLikeAnother(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for range 2000 {
		code := reference.New()
		if !shape.MatchString(code) {
			t.Fatal(code)
		}
		seen[code] = true
	}
	if len(seen) < 1990 {
		t.Errorf("%d different codes of 2000", len(seen))
	}
}

func TestACodeIsReadAsPeopleTypeIt(t *testing.T) {
	t.Parallel()
	code := reference.New()
	bare := strings.ReplaceAll(code, "-", "")
	for _, typed := range []string{code, strings.ToLower(code), " " + code + "\n", bare, bare[2:], bare[:2] + " " + bare[2:5] + " " + bare[5:],
		strings.ReplaceAll(code, "-", "–")} {
		if got, ok := reference.Parse(typed); !ok || got != code {
			t.Errorf("%q: %q, %v", typed, got, ok)
		}
	}
	for _, typed := range []string{"", "CC", "CC--", code + "2", bare[:7], "XX" + bare[2:], strings.Repeat("2", 50), "CC-0000-00"} {
		if got, ok := reference.Parse(typed); ok {
			t.Errorf("%q is read as %q", typed, got)
		}
	}
}

func TestOneSlipOfThePenIsAlwaysFound(t *testing.T) {
	t.Parallel()
	const symbols = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
	for range 100 {
		code := reference.New()
		bare := strings.ReplaceAll(code, "-", "")[2:]
		for i := range bare {
			for _, other := range symbols {
				if wrong := bare[:i] + string(other) + bare[i+1:]; wrong != bare {
					refused(t, wrong)
				}
			}
			for j := i + 1; j < len(bare); j++ {
				b := []byte(bare)
				b[i], b[j] = b[j], b[i]
				if string(b) != bare {
					refused(t, string(b))
				}
			}
		}
	}
}

func refused(t *testing.T, wrong string) {
	t.Helper()
	if _, ok := reference.Parse(wrong); ok {
		t.Errorf("%s passes", wrong)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(reference.New())
	f.Add("cc 7k3m 9q")
	f.Add("\xff\x00CC")
	f.Fuzz(func(t *testing.T, typed string) {
		code, ok := reference.Parse(typed)
		if !ok {
			if code != "" {
				t.Fatalf("%q is refused and read as %q", typed, code)
			}
			return
		}
		if !shape.MatchString(code) {
			t.Fatalf("%q gives %q", typed, code)
		}
		if again, ok := reference.Parse(code); !ok || again != code {
			t.Fatalf("%q gives %q, which gives %q", typed, code, again)
		}
	})
}
