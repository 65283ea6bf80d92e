package referral

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"time"
)

// ConsentCode is one of six separate consents (domain.md §4.2). None is ever bundled with another or ticked before.
type ConsentCode string

// Consents.
const (
	C1 ConsentCode = "C1" // the site may process my health data to prepare a referral
	C2 ConsentCode = "C2" // this hospital may have these items
	C3 ConsentCode = "C3" // and they may be sent to India
	C4 ConsentCode = "C4" // my referrer may send and receive information
	C5 ConsentCode = "C5" // my GP or aftercare provider gets the discharge package
	C6 ConsentCode = "C6" // I may be asked how it went, and a review may be published
)

// ConsentCodes are all of them.
var ConsentCodes = []ConsentCode{C1, C2, C3, C4, C5, C6}

// PerHospital reports whether a consent is given for one hospital and one set of items.
func (c ConsentCode) PerHospital() bool { return c == C2 || c == C3 }

// Consent is one that was given. Items are what it lists: names of answers and hashes of documents.
type Consent struct {
	Code        ConsentCode
	Provider    string   // id of the hospital's row, for C2 and C3
	Items       []string // for C2 and C3
	GivenAt     time.Time
	WithdrawnAt time.Time // zero while in force
}

// Set is what would be, or was, disclosed to a hospital: parts of the record and hashes of documents.
type Set struct{ Items []string }

// Parts of the record that a set may list beside documents.
const (
	PartClinical = "part:clinical" // reason, history, medicines, allergies, safety questions; age and sex
	PartIdentity = "part:identity" // name and birth date: after acceptance
	PartContact  = "part:contact"  // address, phone and email: after acceptance
	PartPassport = "part:passport" // for the visa letter: after acceptance
	PartPackage  = "part:package"  // the discharge package: homewards
)

// and is a set with more items.
func (s Set) and(items ...string) Set {
	return Set{slices.Compact(slices.Sorted(slices.Values(slices.Concat(s.Items, items))))}
}

// ConsentSet is what C2 and C3 list for a hospital before sending: what it gets now, and the name and contact details
// that it gets if its offer is accepted.
func (f Facts) ConsentSet() Set { return f.Set.and(PartIdentity, PartContact) }

// Hash is the fingerprint of a set, the same in any order of its items.
func (s Set) Hash() string {
	items := slices.Clone(s.Items)
	slices.Sort(items)
	h := sha256.New()
	for _, i := range slices.Compact(items) {
		h.Write([]byte(i))
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil))
}

// covers reports whether a consent lists everything in a set. One that lists more still holds: consent is asked again
// when the scope grows, not when something is taken out.
func (c Consent) covers(s Set) bool {
	return !slices.ContainsFunc(s.Items, func(i string) bool { return !slices.Contains(c.Items, i) })
}

func (c Consent) inForce(now time.Time) bool {
	return !c.GivenAt.After(now) && (c.WithdrawnAt.IsZero() || c.WithdrawnAt.After(now))
}

// Agreed reports whether a consent without a set is in force; provider is "" for all but C2 and C3.
func (f Facts) Agreed(code ConsentCode, provider string) bool {
	return slices.ContainsFunc(f.Consents, func(c Consent) bool {
		return c.Code == code && c.Provider == provider && c.inForce(f.Now)
	})
}

// AgreedFor reports whether C1, C2 and C3 are in force for one hospital and everything in a set. This is the
// question to ask each time a hospital reads, not only when it is sent something.
func (f Facts) AgreedFor(provider string, s Set) bool {
	return f.Agreed(C1, "") && f.agreedHospital(C2, provider, s) && f.agreedHospital(C3, provider, s)
}

func (f Facts) agreedHospital(code ConsentCode, provider string, s Set) bool {
	return slices.ContainsFunc(f.Consents, func(c Consent) bool {
		return c.Code == code && c.Provider == provider && c.inForce(f.Now) && c.covers(s)
	})
}

// MayRead reports whether a hospital may read what it was given, now: it takes part, consent is in force for the very
// set, and the patient has not suspended sharing.
func (f Facts) MayRead(provider string) bool {
	p := f.Provider(provider)
	return p != nil && p.Response.Live() && !p.SentAt.IsZero() && f.AgreedFor(p.ID, p.Disclosed) &&
		!f.Has(ConsentSuspended) && f.Ending != EndEnteredInError
}

// Lacking is one consent that is still to be given.
type Lacking struct {
	Code     ConsentCode
	Provider string
}

// MissingToSend are the consents without which a referral cannot be sent: C1, C4 where a referrer wrote it, and C2
// with C3 for at least one hospital. Where no hospital has both, what each of them lacks is listed.
func (f Facts) MissingToSend() (out []Lacking) {
	if !f.Agreed(C1, "") {
		out = append(out, Lacking{Code: C1})
	}
	if f.Origin == ByReferrer && !f.Agreed(C4, "") {
		out = append(out, Lacking{Code: C4})
	}
	return append(out, f.missingHospitals()...)
}

func (f Facts) missingHospitals() (open []Lacking) {
	if len(f.Providers) == 0 {
		return []Lacking{{Code: C2}, {Code: C3}}
	}
	for _, p := range f.Providers {
		before := len(open)
		for _, code := range []ConsentCode{C2, C3} {
			if !f.agreedHospital(code, p.ID, f.Set) {
				open = append(open, Lacking{code, p.ID})
			}
		}
		if len(open) == before {
			return nil
		}
	}
	return open
}

// Routable are the hospitals that could be sent the referral now: chosen, not sent, agreed to for the present set,
// and eligible.
func (f Facts) Routable() (ids []string) {
	for _, p := range f.Providers {
		if p.Response == Unsent && f.AgreedFor(p.ID, f.Set) && len(p.Eligibility.Check(f.Today(), f.Travel.windowEnd(f.Today()))) == 0 {
			ids = append(ids, p.ID)
		}
	}
	return ids
}
