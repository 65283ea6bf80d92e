// Package fault names the kinds of failure the product knows. It is not for field problems of a
// form: those are values in internal/check.
package fault

import (
	"errors"
	"fmt"
)

// Kind says what a failure means to the caller; handlers map it to one HTTP status.
type Kind uint8

// Broken is the zero kind: anything nobody classified is our own failure.
const (
	Broken    Kind = iota // 500
	Invalid               // 422
	Missing               // 404
	Forbidden             // 403
	Conflict              // 409
	Busy                  // 503
	TooMany               // 429
	Gone                  // 410
)

var names = [...]string{"broken", "invalid", "missing", "forbidden", "conflict", "busy", "too many", "gone"}

// String is the word used in logs.
func (k Kind) String() string { return names[k] }

// E is a failure of a kind. Op and Err are for the log; Say is a sentence for the reader, or empty.
type E struct {
	Kind Kind
	Op   string
	Say  string
	Err  error
}

func (e *E) Error() string {
	if e.Err == nil {
		return fmt.Sprintf("%s: %s", e.Op, e.Kind)
	}
	return fmt.Sprintf("%s: %s: %v", e.Op, e.Kind, e.Err)
}

// Unwrap gives the cause.
func (e *E) Unwrap() error { return e.Err }

// New makes a failure of kind k in operation op with an optional cause.
func New(k Kind, op string, err error) error { return &E{Kind: k, Op: op, Err: err} }

// Say makes a failure whose sentence may be shown to the reader.
func Say(k Kind, op, sentence string) error { return &E{Kind: k, Op: op, Say: sentence} }

// KindOf is the kind of the outermost E in err, Broken when there is none.
func KindOf(err error) Kind {
	var e *E
	if errors.As(err, &e) {
		return e.Kind
	}
	return Broken
}

// Is reports whether err is of kind k.
func Is(err error, k Kind) bool { return err != nil && KindOf(err) == k }
