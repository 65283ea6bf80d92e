package referral

import (
	"slices"
	"strconv"
	"strings"
)

// carry works out what an admitted event does. c.F is a copy of its own.
func carry(c Case, in Input) Outcome {
	before := c.F.clone()
	var was *Provider
	id := ""
	if c.P != nil {
		id = c.P.ID
		was = before.Provider(id)
	}
	c.F.Version++
	c.F.State = c.Line.Target(before.State)
	if c.F.State == Closed && before.State != Closed {
		c.F.Ending = c.Line.Ending
	}
	out := Outcome{Event: c.Line.Event, Provider: id, From: before.State, To: c.F.State, Version: c.F.Version, Ending: c.F.Ending}
	reply(c, in)
	if effect := effects[c.Line.Event]; effect != nil {
		effect(c, in)
	}
	out.Ending = c.F.Ending
	c.judge()
	bump(c, before)
	if !c.Line.Quiet {
		c.F.Edited = c.F.Version
	}
	out.Disclose = disclosures(c, before)
	out.Responses = changedResponses(before, *c.F)
	out.Set, out.Cleared = difference(c.F.Flags, before.Flags), difference(before.Flags, c.F.Flags)
	out.Clocks = c.clocks(before, in)
	out.Notices = notices(c, before, in)
	out.Silence = c.F.Ending == EndDeceased || c.Line.Event == RecordDeath
	out.Revoke = revoked(before, *c.F)
	out.Erase = c.F.Erasure.Done && !before.Erasure.Done
	out.Audit = audited(c, in, before, was)
	out.After = *c.F
	out.Then = follow(out)
	return out
}

// reply moves the hospitals' responses as the hospitals' table says.
func reply(c Case, in Input) {
	for i := range c.F.Providers {
		p := &c.F.Providers[i]
		for _, r := range Replies {
			if r.Event == c.Line.Event && r.To != Same && r.reaches(c, p, in) && slices.Contains(r.From, p.Response) &&
				r.If.Holds(Case{c.Who, c.F, p, c.Line}) {
				p.Response = r.To
				break
			}
		}
	}
}

func (r Reply) reaches(c Case, p *Provider, in Input) bool {
	switch r.On {
	case This:
		return p == c.P
	case Others:
		return p != c.P
	case Named:
		return slices.Contains(in.Hospitals, p.ID)
	}
	return true
}

// judge sets the flag that follows from the hospitals: one that takes part is in doubt.
func (c Case) judge() {
	doubt := slices.ContainsFunc(c.F.Providers, func(p Provider) bool { return p.Response.Live() && p.Eligibility.OnHold })
	c.F.flag(AccreditationHold, doubt && c.F.State != Closed)
}

// flag sets or clears one.
func (f *Facts) flag(x Flag, on bool) {
	f.Flags = slices.DeleteFunc(f.Flags, func(y Flag) bool { return x == y })
	if on {
		f.Flags = append(f.Flags, x)
	}
}

// bump gives a new version to every hospital's row that the event was about or changed.
func bump(c Case, before Facts) {
	for i := range c.F.Providers {
		p := &c.F.Providers[i]
		was := before.Provider(p.ID)
		if p == c.P && !c.Line.Quiet || was != nil && (was.Response != p.Response || was.Disclosed.Hash() != p.Disclosed.Hash()) {
			p.Version++
		}
	}
}

func changedResponses(before, after Facts) (out []ResponseChange) {
	for _, p := range after.Providers {
		was := Unsent
		if b := before.Provider(p.ID); b != nil {
			was = b.Response
		}
		if was != p.Response {
			out = append(out, ResponseChange{p.ID, was, p.Response, p.Version})
		}
	}
	return out
}

func difference(a, b []Flag) (out []Flag) {
	for _, x := range a {
		if !slices.Contains(b, x) {
			out = append(out, x)
		}
	}
	return out
}

func revoked(before, after Facts) (out []string) {
	for _, p := range before.Providers {
		if before.MayRead(p.ID) && !after.MayRead(p.ID) {
			out = append(out, p.ID)
		}
	}
	return out
}

// audited is the audit row: where from, where to, which version, and what the line says it records.
func audited(c Case, in Input, before Facts, was *Provider) Record {
	facts := map[string]string{"from": string(before.State), "to": string(c.F.State), "version": strconv.FormatInt(c.F.Version, 10)}
	if c.F.Ending != "" {
		facts["ending"] = string(c.F.Ending)
	}
	if was != nil && c.P != nil && was.Response != c.P.Response {
		facts["response"] = string(was.Response) + " > " + string(c.P.Response)
	}
	for _, name := range c.Line.Records {
		facts[name] = recorded[name](c, in, before)
	}
	return Record{Action: "referral." + string(c.Line.Event), Why: string(in.Reason), Facts: facts}
}

// recorded says how each fact of the Records column is read. None is personal.
var recorded = map[string]func(c Case, in Input, before Facts) string{
	"origin":    func(c Case, _ Input, _ Facts) string { return string(c.F.Origin) },
	"mode":      func(c Case, _ Input, _ Facts) string { return string(c.F.Mode) },
	"step":      func(_ Case, in Input, _ Facts) string { return in.Step },
	"document":  func(_ Case, in Input, _ Facts) string { return in.Document },
	"statement": func(_ Case, in Input, _ Facts) string { return strconv.FormatBool(in.Statement) },
	"set":       func(c Case, _ Input, before Facts) string { return before.Set.Hash() },
	"changed":   func(_ Case, in Input, _ Facts) string { return strings.Join(in.Changed, " ") },
	"consent": func(_ Case, in Input, _ Facts) string {
		return strings.TrimSpace(string(in.Consent) + " " + in.Provider)
	},
	"choice":      func(_ Case, in Input, _ Facts) string { return string(in.GPShare) },
	"flags":       func(_ Case, _ Input, before Facts) string { return strconv.Itoa(before.Checks.RedFlags) },
	"duplicates":  func(_ Case, _ Input, before Facts) string { return strconv.Itoa(before.Checks.Duplicates) },
	"reason":      func(_ Case, in Input, _ Facts) string { return string(in.Reason) },
	"hospitals":   func(_ Case, in Input, _ Facts) string { return strings.Join(in.Hospitals, " ") },
	"hospital":    recordedHospital,
	"reported_by": func(_ Case, _ Input, before Facts) string { return before.Erasure.ErrorBy },
	"approvals":   func(c Case, _ Input, _ Facts) string { return strconv.Itoa(len(c.F.Erasure.ApprovedBy)) },
	"timer":       func(_ Case, in Input, _ Facts) string { return string(in.Timer) + " " + strconv.Itoa(in.Rung) },
	"quote":       recordedQuote,
	"cooling_off": func(_ Case, _ Input, before Facts) string {
		return strconv.FormatBool(before.Now.Before(before.CoolingOffEnds()))
	},
	"arrive":          func(c Case, _ Input, _ Facts) string { return c.F.Travel.Proposed.Arrive.String() },
	"letter":          func(_ Case, in Input, _ Facts) string { return in.Letter },
	"gate":            func(_ Case, in Input, _ Facts) string { return string(in.Gate) },
	"gates":           func(c Case, _ Input, _ Facts) string { return strconv.Itoa(len(Gates) - len(c.F.OpenGates())) },
	"admitted":        func(_ Case, in Input, _ Facts) string { return in.Admission.On.String() },
	"done":            func(_ Case, in Input, _ Facts) string { return strconv.FormatBool(in.Procedure.Done) },
	"package":         func(_ Case, in Input, _ Facts) string { return in.Package.Hash() },
	"overnight":       func(c Case, _ Input, _ Facts) string { return strconv.FormatBool(c.F.Care.Overnight) },
	"item":            func(_ Case, in Input, _ Facts) string { return in.Item },
	"severity":        func(_ Case, in Input, _ Facts) string { return string(in.Severity) },
	"follow_ups_left": func(c Case, _ Input, _ Facts) string { return strconv.Itoa(c.F.Care.FollowUpsLeft) },
	"source":          func(c Case, _ Input, _ Facts) string { return string(c.Who.Role) },
}

// recordedHospital is the one the event was about, the one added, or the chosen one.
func recordedHospital(c Case, in Input, before Facts) string {
	switch {
	case c.P != nil:
		return c.P.ID
	case in.New != nil:
		return in.New.ID
	case before.Chosen() != nil:
		return before.Chosen().ID
	}
	return in.Provider
}

func recordedQuote(c Case, _ Input, _ Facts) string {
	if c.P == nil {
		return ""
	}
	return strconv.FormatInt(c.P.Quote, 10)
}
