package auth

import (
	"context"
	"errors"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"
	"github.com/trustelem/zxcvbn"
	"golang.org/x/text/unicode/norm"

	"carecorridor/internal/check"
	"carecorridor/internal/fault"
)

// Lengths of a password in characters. No kind of character is asked for, none is refused (NIST SP 800-63B, ASVS 5.0 V6.2).
const (
	minPassword = 12
	maxPassword = 128
)

// easyGuesses is how many guesses a password must outlast, by zxcvbn's count: its "safely unguessable".
const easyGuesses = 1e8

// rated is how much of a password is rated: more can only make it harder to guess, and costs time.
const rated = 64

// unknownPart is how many characters must remain without the words that others know of the person.
const unknownPart = 8

// hashing is argon2id as OWASP's cheat sheet for passwords has it: 19 MiB, two passes, one lane.
var hashing = &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// queued is how many more may wait for each password that is computed: about two seconds of work. Whoever comes beyond them is told at once
// that the site is busy, and holds no memory meanwhile.
const queued = 64

// hasher computes so many passwords at once, no more: each takes memory.
type hasher struct {
	slots chan struct{}
	queue chan struct{} // those who wait and those who are at it
	dummy func() string // compared with when there is no account
}

func newHasher(atOnce int) *hasher {
	return &hasher{make(chan struct{}, atOnce), make(chan struct{}, atOnce*(1+queued)), sync.OnceValue(func() string {
		token, _ := newToken()
		hash, err := argon2id.CreateHash(token, hashing)
		if err != nil {
			panic("auth: " + err.Error()) // only when the machine has no randomness
		}
		return hash
	})}
}

func (h *hasher) slot(ctx context.Context) (leave func(), err error) {
	select {
	case h.queue <- struct{}{}:
	default:
		return nil, fault.New(fault.Busy, "password", errors.New("too many at once"))
	}
	select {
	case h.slots <- struct{}{}:
		return func() { <-h.slots; <-h.queue }, nil
	case <-ctx.Done():
		<-h.queue
		return nil, fault.New(fault.Busy, "password", ctx.Err())
	}
}

// hash of a password, with its parameters and salt.
func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	leave, err := h.slot(ctx)
	if err != nil {
		return "", err
	}
	defer leave()
	hash, err := argon2id.CreateHash(norm.NFC.String(password), hashing)
	if err != nil {
		return "", fault.New(fault.Broken, "password", err)
	}
	return hash, nil
}

// matches does the same work whatever it is given: with no hash it compares with one that nobody's password has. old reports that
// the hash was made with other parameters than today's.
func (h *hasher) matches(ctx context.Context, password, hash string) (ok, old bool, err error) {
	leave, err := h.slot(ctx)
	if err != nil {
		return false, false, err
	}
	defer leave()
	if utf8.RuneCountInString(password) > maxPassword {
		password = ""
	}
	known := hash != ""
	if !known {
		hash = h.dummy()
	}
	ok, made, err := argon2id.CheckHash(norm.NFC.String(password), hash)
	if err != nil {
		return false, false, fault.New(fault.Broken, "password", err)
	}
	return ok && known, *made != *hashing, nil
}

// needPassword notes what is wrong with a new password. about are words others may know of the person.
func (s *Service) needPassword(l *check.List, field, password string, about ...string) {
	if !utf8.ValidString(password) {
		l.Add(field, "The password has characters that cannot be read. Type it instead of pasting it")
		return
	}
	password = norm.NFC.String(password)
	switch n := utf8.RuneCountInString(password); {
	case n < minPassword:
		l.Add(field, "The password must be %d characters or more. Three or four words with nothing to do with each other are easy to remember", minPassword)
	case n > maxPassword:
		l.Add(field, "The password must be %d characters or fewer", maxPassword)
	case guessable(password, about):
		l.Add(field, "This password is easy to guess: it is often used, or made of names, dates or a pattern. Choose three or four words with nothing to do with each other")
	case s.breached.holds(password):
		l.Add(field, "This password is known from a data breach elsewhere. Choose another one, and change it wherever you use it")
	}
}

// guessable asks zxcvbn, whose lists are passwords from breaches, names and words, and the patterns people make. It counts every further
// word as a surprise, so what is known of the person is looked at apart.
func guessable(password string, about []string) bool {
	known := []string{"care", "corridor", "hospital", "india"}
	for _, a := range about {
		known = append(known, strings.FieldsFunc(strings.ToLower(a), func(r rune) bool { return strings.ContainsRune("@. -_+", r) })...)
	}
	rest := strings.ToLower(password)
	for _, word := range known {
		if utf8.RuneCountInString(word) > 2 {
			rest = strings.ReplaceAll(rest, word, " ")
		}
	}
	if utf8.RuneCountInString(strings.Join(strings.Fields(rest), "")) < unknownPart {
		return true
	}
	some := []rune(password)
	return zxcvbn.PasswordStrength(string(some[:min(len(some), rated)]), known).Guesses < easyGuesses
}
