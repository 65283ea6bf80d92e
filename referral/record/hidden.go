package record

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strconv"
	"strings"

	"carecorridor/internal/check"
	"carecorridor/internal/plain"
)

// hidden makes what embeds it print and log as dots.
type hidden struct{}

const dots = "•••"

// Format prints dots for every verb.
func (hidden) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, dots) }

// LogValue gives dots to slog.
func (hidden) LogValue() slog.Value { return slog.StringValue(dots) }

// Limits of text, in characters (domain.md §3).
const (
	MaxName  = 100
	MaxLine  = 200
	MaxText  = 4000
	MaxAsked = 1000
)

// name checks a needed name of one line.
func name(l *check.List, field, what, s string) {
	l.Need(!check.Blank(s), field, "Enter the %s", what)
	l.Need(!strings.ContainsFunc(s, plain.Invisible), field, "The %s has a character that cannot be seen. Type it again instead of pasting it", what)
	l.Line(field, "The "+what, s, MaxName)
}

// text checks words that may be left out unless needed.
func text(l *check.List, field, what, s string, needed bool) {
	l.Need(!needed || !check.Blank(s), field, "Enter the %s", what)
	l.Text(field, "The "+what, check.Lines(s), MaxText)
}

// line checks one line that may be left out.
func line(l *check.List, field, what, s string) { l.Line(field, "The "+what, s, MaxLine) }

// choose checks that one of the options was taken.
func choose[T ~string](l *check.List, field, say string, got T, options ...T) {
	for _, o := range options {
		if o == got {
			return
		}
	}
	l.Add(field, "%s", say)
}

// maxList is how many entries of one kind are kept even while a part is not finished.
const maxList = 200

// Keepable says what of a part cannot be kept even for later: words longer than any answer may be, and characters that are
// no words. Fields are the JSON names.
func Keepable(part any) (l check.List) {
	b, err := json.Marshal(part)
	var all any
	if err == nil {
		err = json.Unmarshal(b, &all)
	}
	if err != nil {
		l.Add("", "This cannot be kept. Type it again")
		return l
	}
	keepable(&l, "", all)
	slices.SortFunc(l, func(a, b check.Problem) int { return strings.Compare(a.Field, b.Field) })
	return l
}

func keepable(l *check.List, at string, v any) {
	switch x := v.(type) {
	case string:
		l.Text(at, "This", check.Lines(x), MaxText)
	case []any:
		l.Need(len(x) <= maxList, at, "Use no more than %d entries", MaxEntries)
		for i, y := range x[:min(len(x), maxList)] {
			keepable(l, strings.TrimPrefix(at+"."+strconv.Itoa(i), "."), y)
		}
	case map[string]any:
		for name, y := range x {
			keepable(l, strings.TrimPrefix(at+"."+name, "."), y)
		}
	}
}
