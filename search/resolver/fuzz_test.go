package resolver

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

func FuzzResolveNeverPanics(f *testing.F) {
	for _, s := range []string{"", "knee op near chennai under 6k jci", "£", "5 5 5 lakh k", "between and", "\x00\xff\xfe", "ਗੋਡਾ घुटना",
		"-knee \"hip\" OR (x)", "🦵 op", "1,2,3.4.5", "6k6k6k", "for 5 year", "second opinion second opinion", "0- ", "''''"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r := small().Resolve(s)
		if r.PriceMin != nil && *r.PriceMin < 0 || r.PriceMax != nil && *r.PriceMax < 0 {
			t.Errorf("negative price of %q", s)
		}
		if utf8.ValidString(s) && !utf8.ValidString(r.Text) {
			t.Errorf("text %q of %q is not UTF-8", r.Text, s)
		}
		for _, c := range r.Chips {
			if c.Slot == "" || c.Value == "" && c.Slot != SlotPlace {
				t.Errorf("empty chip %+v of %q", c, s)
			}
		}
	})
}

func TestOfALongTextNoMoreThanTheLimitsIsRead(t *testing.T) {
	t.Parallel()
	for _, s := range []string{strings.Repeat("a", 10_000), strings.Repeat("kneereplasement ", 700), strings.Repeat("9", 10_000), strings.Repeat("\xff", 10_000), strings.Repeat("a ", 5000)} {
		r := small()
		if n := len(tokenise(s)); n > maxTokens {
			t.Errorf("%.20q…: %d tokens", s, n)
		}
		if long, cut := r.Resolve(s), r.Resolve(s[:maxBytes]); !reflect.DeepEqual(long, cut) {
			t.Errorf("%.20q…: %+v, its beginning %+v", s, long, cut)
		}
	}
}

func TestDistanceCountsASwapAsOneSlip(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		want int
	}{{"kideny", "kidney", 1}, {"knee", "knee", 0}, {"hart", "heart", 1}, {"abcd", "wxyz", 3}, {"ab", "abcdef", 3}} {
		if got := distance(c.a, c.b, 3); got != c.want {
			t.Errorf("%s, %s: got %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

func TestFoldJoinsSpellings(t *testing.T) {
	t.Parallel()
	for _, c := range [][2]string{{"haemorrhoids", "hemorrhoid"}, {"oedema", "edema"}, {"tumours", "tumor"}, {"centre", "center"},
		{"embolisation", "embolization"}, {"biopsies", "biopsy"}, {"paediatric", "pediatric"}, {"anaesthesia", "anesthesia"}} {
		if fold(c[0]) != fold(c[1]) {
			t.Errorf("%s folds to %s, %s to %s", c[0], fold(c[0]), c[1], fold(c[1]))
		}
	}
	if fold("pelvis") != "pelvis" || fold("uterus") != "uterus" {
		t.Error("singular words lost their ending")
	}
}
