package sample

import (
	"slices"

	"carecorridor/models"
	"carecorridor/referral"
)

// story is what a sample is about, in words.
type story struct{ problem, question, history, examination, investigations, opinion string }

// stories by treatment, all invented. What has none is told as a knee.
var stories = map[string]story{
	knee: {"Pain in the right knee for 4 years, worse on stairs", "Is a replacement right for me?", "Osteoarthritis of the right knee", "Crepitus, bends to 95 degrees", "X-ray in 2026: loss of joint space",
		"A replacement of the right knee is suitable. The risks were weighed."},
	hip: {"Pain in the left groin and thigh for 3 years, worse when walking", "Is a hip replacement right for me?", "Osteoarthritis of the left hip", "Little inward turning, pain at its end", "X-ray in 2026: loss of joint space",
		"A replacement of the left hip is suitable. The risks were weighed."},
	breast: {"A fibroadenoma of the left breast that grows slowly and hurts", "Can it be taken out, and what would it cost?", "Known since 2024, needle sample in 2026: fibroadenoma", "3 cm, smooth, moves freely", "Ultrasound and needle sample in 2026: fibroadenoma",
		"It can be taken out. The risks were weighed."},
}

// Treatments that the samples ask for.
const (
	knee   = "total-knee-replacement"
	hip    = "total-hip-replacement"
	breast = "lumpectomy"
)

func storyOf(treatment string) story {
	if s, ok := stories[treatment]; ok {
		return s
	}
	return stories[knee]
}

// scene is one sample of the demonstration.
type scene struct {
	state  referral.State
	about  string
	bySelf bool
}

// scenes are the demonstration's referrals: each state once, and some by patients alone. The package of the way home is one of a
// knee, so those that come so far are knees.
var scenes = []scene{
	{referral.Draft, knee, false}, {referral.AwaitingConsent, hip, false}, {referral.Triage, breast, false}, {referral.Returned, hip, false}, {referral.WithProviders, breast, false}, {referral.Deciding, knee, false},
	{referral.Accepted, hip, false}, {referral.ReadyToTravel, knee, false}, {referral.Admitted, knee, false}, {referral.Treated, knee, false}, {referral.Aftercare, knee, false}, {referral.Closed, knee, false},
	{referral.Draft, breast, true}, {referral.Deciding, hip, true}, {referral.WithProviders, knee, false}, {referral.WithProviders, hip, true}, {referral.WithProviders, breast, true},
}

// listed are the treatments of stories that a listing has a price for, the knee first.
func listed(b *models.ProviderBundle) (out []string) {
	for _, t := range []string{knee, hip, breast} {
		if slices.ContainsFunc(b.Packages, func(p models.PackageBundle) bool { return p.ProcedureSlug == t }) {
			out = append(out, t)
		}
	}
	return out
}

// offering are the hospitals that list a treatment: a sample asks no other.
func offering(all []Hospital, treatment string) (out []Hospital) {
	for _, h := range all {
		if slices.Contains(h.lists, treatment) {
			out = append(out, h)
		}
	}
	return out
}
