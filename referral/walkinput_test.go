package referral_test

import (
	"errors"
	"slices"

	"carecorridor/auth"
	"carecorridor/internal/when"
	"carecorridor/referral"
	"carecorridor/referral/sample"
)

// input is a complete one, with choices at random where there are some.
func (w *walker) input(a referral.Action, who auth.Actor) referral.Input {
	in := input(w.f, a.Event, a.Provider, who)
	switch a.Event {
	case referral.GiveConsent:
		in.Consent = referral.ConsentCodes[w.r.Intn(6)]
		in.Provider = w.f.Providers[w.r.Intn(len(w.f.Providers))].ID
		if lacking := w.f.MissingToSend(); len(lacking) > 0 {
			in.Consent = lacking[0].Code
			if lacking[0].Provider != "" {
				in.Provider = lacking[0].Provider
			}
		}
		if p := w.f.Provider(in.Provider); p.Response == referral.Selected {
			in.Items = append(in.Items, referral.PartPassport)
		}
	case referral.WithdrawConsent:
		for _, code := range []referral.ConsentCode{referral.C4, referral.C5, referral.C6} {
			if w.f.Agreed(code, "") {
				in.Consent = code
			}
		}
		if !w.f.Agreed(in.Consent, "") {
			w.f.Consents = append(w.f.Consents, referral.Consent{Code: in.Consent, GivenAt: w.now})
		}
	case referral.PassGate:
		in.Gate = referral.Gate(a.Options[w.r.Intn(len(a.Options))])
		for _, g := range w.f.OpenGates() {
			if slices.Contains(a.Options, string(g)) {
				in.Gate = g
			}
		}
		r, _ := referral.RuleOf(in.Gate)
		in.Evidence = map[string]string{}
		for _, name := range r.Evidence {
			in.Evidence[name] = "1"
		}
		if in.Gate == referral.G4 && w.f.Choice.GPShare == "" {
			w.f.Choice.GPShare = referral.GPAll
		}
	case referral.AddDocument:
		in.Document = "doc-" + string(rune('1'+w.r.Intn(6)))
	case referral.FailGate:
		in.Gate = referral.Gates[w.r.Intn(9)].Gate
	case referral.AddHospital:
		*in.New = hospitalAt("h9", referral.Unsent, w.now)
		if w.f.Provider("h9") != nil {
			*in.New = hospitalAt("h8", referral.Unsent, w.now)
		}
		if w.f.Provider(in.New.ID) != nil {
			*in.New = hospitalAt("h7", referral.Unsent, w.now)
		}
	case referral.Offer:
		in.Quote.ValidUntil = when.DateOf(w.now).AddDays(31)
	case referral.Discharge:
		if d := w.f.Today(); w.f.Care.AdmittedOn.Known() {
			in.Package = sample.Package(w.f.Care.AdmittedOn, d)
		}
	}
	return in
}

// offersWhatItDoes: for everybody, AllowedActions is exactly what Apply accepts.
func (w *walker) offersWhatItDoes() {
	for _, who := range w.people() {
		offered := referral.AllowedActions(who, w.f)
		for _, e := range referral.Events {
			for _, h := range append([]string{""}, ids(w.f)...) {
				in := w.input(referral.Action{Event: e, Provider: h, Options: gateOptions(who.Role)}, who)
				_, err := referral.Apply(who, w.f, e, in, w.now)
				var problems *referral.Problems
				if errors.As(err, &problems) {
					err = nil // possible, with other words
				}
				line, _ := referral.Line(e, w.f.State, who.Role)
				if line.About == referral.TheReferral && h != "" || line.About == referral.OneHospital && h == "" || slices.Contains([]auth.Role{auth.ProviderOwner, auth.ProviderEditor, auth.ProviderClinician}, who.Role) && "org-"+h != who.Org {
					continue
				}
				has := slices.ContainsFunc(offered, func(a referral.Action) bool { return a.Event == e && a.Provider == h })
				if has != (err == nil) {
					w.t.Fatalf("step %d, %s, %s %s by %s: offered %v, but %v", w.steps, w.f.State, e, h, who.Role, has, err)
				}
			}
		}
	}
}

func gateOptions(r auth.Role) []string {
	for _, g := range referral.Gates {
		if slices.Contains(g.Who, r) {
			return []string{string(g.Gate)}
		}
	}
	return []string{"G1"}
}

func ids(f referral.Facts) (out []string) {
	for _, p := range f.Providers {
		out = append(out, p.ID)
	}
	return out
}
