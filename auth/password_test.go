package auth

import (
	"context"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"

	"carecorridor/internal/check"
	"carecorridor/internal/fault"
)

// Not parallel: it counts memory, of which each comparison takes what the hash's parameters say.
func TestComparingWithNoPasswordIsTheSameWorkAsWithOne(t *testing.T) {
	h, ctx := newHasher(4), context.Background()
	hash, err := h.hash(ctx, "lantern orchard velvet 9")
	if err != nil {
		t.Fatal(err)
	}
	if p, _, _, err := argon2id.DecodeHash(h.dummy()); err != nil || *p != *hashing {
		t.Errorf("what stands in for a hash has parameters %+v, %v", p, err)
	}
	taken := func(hash string) uint64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if ok, _, err := h.matches(ctx, "wrong", hash); ok || err != nil {
			t.Fatal(ok, err)
		}
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	whole := uint64(hashing.Memory) << 10
	if known, unknown := taken(hash), taken(""); known < whole || unknown < whole {
		t.Errorf("bytes taken: known %d, unknown %d, want %d", known, unknown, whole)
	}
}

func TestPasswordsAreMatchedInAnyUnicodeForm(t *testing.T) {
	t.Parallel()
	h, ctx := newHasher(1), context.Background()
	hash, err := h.hash(ctx, "cafe\u0301 lantern 9")
	if err != nil {
		t.Fatal(err)
	}
	for password, want := range map[string]bool{"caf\u00e9 lantern 9": true, "cafe lantern 9": false, "": false, strings.Repeat("x", 1<<20): false} {
		if ok, old, err := h.matches(ctx, password, hash); ok != want || old || err != nil {
			t.Errorf("%.20q: %v, %v, %v", password, ok, old, err)
		}
	}
	if ok, old, err := h.matches(ctx, "x", "$argon2id$v=19$m=1024,t=1,p=1$c2FsdHNhbHRzYWx0c2FsdA$MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI"); ok || !old || err != nil {
		t.Error(ok, old, err)
	}
	ctx, cancel := context.WithCancel(ctx)
	leave, _ := h.slot(ctx)
	defer leave()
	cancel()
	if _, _, err := h.matches(ctx, "x", hash); err == nil {
		t.Error("a second one was computed at once")
	}
}

func TestPasswordsThatAreEasyToGuessAreRefused(t *testing.T) {
	t.Parallel()
	s := &Service{}
	for password, want := range map[string]string{
		"short":                    "12 characters or more",
		"12345678901":              "12 characters or more",
		strings.Repeat("a", 129):   "128 characters or fewer",
		"password1234":             "easy to guess",
		"Password123!":             "easy to guess",
		"qwertyuiop123":            "easy to guess",
		"aaaaaaaaaaaaaaaa":         "easy to guess",
		"abcabcabcabcabc":          "easy to guess",
		"123456789012345":          "easy to guess",
		"jo.grant1980":             "easy to guess",
		"Grant Jo practice!":       "easy to guess",
		"carecorridor99":           "easy to guess",
		"bad\xffencoding of text":  "cannot be read",
		"lantern orchard velvet 9": "",
		"zwölf Boxkämpfer jagen":   "",
		"मेरा पासवर्ड लंबा है":           "",
		"correct horse battery staple":   "",
		"\x00\x01 control 7 tern orchid": "",
	} {
		var l check.List
		s.needPassword(&l, "password", password, "Jo Grant", "jo.grant@practice.example")
		if got := l.On("password"); (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("%q: %q, want %q", password, got, want)
		}
	}
	began := time.Now()
	var l check.List
	s.needPassword(&l, "password", strings.Repeat("P4s5w0rd!a", 12)+"12345678", strings.Repeat("name ", 20))
	if d := time.Since(began); d > 20*time.Second { // without a bound it is minutes
		t.Errorf("rating took %v", d)
	}
}

func TestTooManyPasswordsAtOnceAreRefusedInsteadOfHeld(t *testing.T) {
	t.Parallel()
	h := newHasher(1)
	leave, err := h.slot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ended, end := context.WithCancel(t.Context())
	var waiting sync.WaitGroup
	for range queued {
		waiting.Go(func() {
			if _, err := h.slot(ended); !fault.Is(err, fault.Busy) {
				t.Errorf("a place was free: %v", err)
			}
		})
	}
	for len(h.queue) < cap(h.queue) {
		time.Sleep(time.Millisecond)
	}
	patient, giveUp := context.WithTimeout(t.Context(), 20*time.Second)
	defer giveUp()
	if _, err := h.slot(patient); !fault.Is(err, fault.Busy) || patient.Err() != nil {
		t.Errorf("the one beyond the queue waited: %v", err)
	}
	end()
	waiting.Wait()
	leave()
	if leave, err = h.slot(t.Context()); err != nil || len(h.queue) != 1 {
		t.Errorf("places are lost: %v, %d", err, len(h.queue))
	}
	leave()
}
