// Package personal holds text about a person so that it cannot be written by accident: printing, logging and
// encoding it give dots, and only Reveal gives the text. It is not encryption (internal/seal).
package personal

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
)

// Dots stand for what is not shown.
const Dots = "•••"

// Text is a name, an address, an NHS number or the like. It must not be the key of a map that becomes JSON: there
// encoding/json asks no method of it.
type Text string

// Reveal is the text itself: for the page of somebody who may read it, and for sealing.
func (t Text) Reveal() string { return string(t) }

// String gives dots, or "" for nothing.
func (t Text) String() string {
	if t == "" {
		return ""
	}
	return Dots
}

// Format gives dots for every verb; fmt would otherwise print the text for %q, %x and %#v.
func (t Text) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, t.String()) }

// LogValue gives dots to slog.
func (t Text) LogValue() slog.Value { return slog.StringValue(t.String()) }

// MarshalText gives dots to XML, to keys of maps and to others that encode.
func (t Text) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// MarshalJSON gives dots. What is sealed as JSON must be made from Reveal.
func (t Text) MarshalJSON() ([]byte, error) { return json.Marshal(t.String()) }
