package plain_test

import (
	"testing"

	"carecorridor/internal/plain"
)

func TestWordsThatLookTheSameAreTheSame(t *testing.T) {
	t.Parallel()
	for got, want := range map[string]string{
		"０７７００\u200b900\u2060１２３": "07700900123", "९८४००१२३४५": "9840012345", "٠١٢٣٤٥٦٧٨٩": "0123456789", "rao＠example．com": "rao@example.com", "wеstеrn uniоn": "western union",
		"a\u00adb\ufe0f": "ab", "20–30—40−50": "20-30-40-50", "a\u00a0b\u3000c": "a b c", "can’t": "can't", "line\nline": "line\nline", "घुटने में दर्द": "घुटने में दर्द",
	} {
		if x := plain.Text(got); x != want {
			t.Errorf("%q: %q, want %q", got, x, want)
		}
	}
}

func TestNamesThatLookTheSameAreTheSame(t *testing.T) {
	t.Parallel()
	if a, b := plain.Name("Sam\u200bple  Öz"), plain.Name(" sample O\u0308z "); a != b || a != "SAMPLE ÖZ" {
		t.Errorf("%q, %q", a, b)
	}
}

func TestJoinersOfIndianLettersAreNotInvisible(t *testing.T) {
	t.Parallel()
	for _, r := range "क्\u200dष\u200c" {
		if plain.Invisible(r) {
			t.Errorf("%U", r)
		}
	}
	for _, r := range "\u200b\u2066\u202e\ufeff\u00ad\u3164" {
		if !plain.Invisible(r) {
			t.Errorf("%U is seen", r)
		}
	}
}
