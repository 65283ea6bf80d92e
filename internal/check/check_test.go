package check_test

import (
	"strings"
	"testing"

	"carecorridor/internal/check"
)

func TestTextInAnyScriptPassesUnchanged(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "Knee hurts\n\ton stairs", "घुटने में दर्द", "கால் வலி", "گھٹنے میں درد", "膝が痛い", "क्\u200dष 👩\u200d⚕️ \u202Bאבג\u202C"} {
		var l check.List
		if l.Text("problem", "The main problem", s, 1000); !l.OK() {
			t.Errorf("%q: %v", s, l)
		}
	}
}

func TestControlCharactersAreRefusedWithAReason(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{"ab\x00": "U+0000) at character 3", "\x1b[1m": "U+001B) at character 1", "é\u0085": "U+0085) at character 2",
		"a\rb": "U+000D", "\xff": "cannot be read"} {
		var l check.List
		if l.Text("problem", "The main problem", s, 1000); !strings.Contains(l.On("problem"), want) {
			t.Errorf("%q: %v", s, l)
		}
	}
}

func TestLengthIsCountedInCharacters(t *testing.T) {
	t.Parallel()
	var l check.List
	if l.Text("problem", "The main problem", strings.Repeat("घ", 1000), 1000); !l.OK() {
		t.Error(l)
	}
	l.Text("problem", "The main problem", strings.Repeat("घ", 1001), 1000)
	if got := l.On("problem"); got != "The main problem must be 1,000 characters or fewer. You have written 1,001" {
		t.Error(got)
	}
}

func TestALineIsOneLine(t *testing.T) {
	t.Parallel()
	var l check.List
	l.Line("name", "Your name", "a\nb", 10)
	if l.On("name") == "" || l.On("other") != "" {
		t.Error(l)
	}
}

func TestBrowserLinesBecomePlainLines(t *testing.T) {
	t.Parallel()
	if got := check.Lines("a\r\n\r\nb\rc"); got != "a\n\nb\rc" {
		t.Errorf("%q", got)
	}
}

func TestWordsThatCannotBeSeenAreBlank(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]bool{"": true, " \n\t": true, "\u200b\u200b": true, "\ufeff": true, "\u200d \u2060": true, "\u3164": true, "\ufe0f": true, "\u00ad": true,
		"a": false, "घुटना": false, "膝": false, "👩\u200d⚕️": false, "?": false, " 1": false} {
		if check.Blank(s) != want {
			t.Errorf("%q: blank %v", s, !want)
		}
	}
}

func TestAnOverrideOfDirectionIsRefused(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"Ann \u202Enoitarepo", "x\u202Dy"} {
		var l check.List
		if l.Text("name", "Your name", s, 100); l.OK() {
			t.Errorf("%q was taken", s)
		}
	}
}
