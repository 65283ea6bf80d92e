package record

import (
	"fmt"
	"io"
	"log/slog"
	"strings"

	"carecorridor/internal/check"
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
	l.Need(strings.TrimSpace(s) != "", field, "Enter the %s", what)
	l.Line(field, "The "+what, s, MaxName)
}

// text checks words that may be left out unless needed.
func text(l *check.List, field, what, s string, needed bool) {
	l.Need(!needed || strings.TrimSpace(s) != "", field, "Enter the %s", what)
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
