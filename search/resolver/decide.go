package resolver

import (
	"math/bits"
	"slices"
	"strings"
)

// decide turns finds into slots: a name beats a general name and a condition, or is narrowed by them; a specialty
// follows from the procedures unless a doctor or clinic of another is named; a bare body part counts only alone.
func (l *lexicon) decide(s *scratch, found []find, out *Resolution) {
	found = l.doubtful(s, l.opinions(s, found, out), out)
	best := bodyPart + 1
	for _, f := range found {
		best = min(best, rank(f.entry.tier))
	}
	var hints []string
	for _, f := range found {
		if rank(f.entry.tier) > best && f.entry.tier < specialty {
			hints = append(hints, f.entry.procedures...)
		}
	}
	if best == condition {
		hints = l.familiesOf(found)
	}
	for _, f := range found {
		switch t := f.entry.tier; {
		case t == specialty && (best == specialty || l.asksWhom(s, f)):
			l.giveSpecialties(s, f, out)
		case (rank(t) == best || t == family && s.compares) && t < specialty:
			l.giveProcedures(s, f, hints, out)
		case t == bodyPart && best == bodyPart:
			l.giveSpecialties(s, f, out)
		}
	}
	l.follow(s, found, best, out)
	l.explain(s, found, out)
}

// explain marks as read the words of names that were met, not taken, and belong to the specialties that were.
func (l *lexicon) explain(s *scratch, found []find, out *Resolution) {
	for _, f := range found {
		all := slices.Clone(f.entry.specialties)
		for _, p := range f.entry.procedures {
			all = append(all, l.procedures[p].Specialties...)
		}
		if slices.ContainsFunc(all, func(sp string) bool { return slices.Contains(out.Specialties, sp) }) {
			s.useMask(f.mask)
		}
	}
}

// surest is the length from which a repaired word alone may decide a treatment.
const surest = 7

// doubtful takes out what hangs on one short word that we repaired and nothing else speaks for, and suggests it instead.
func (l *lexicon) doubtful(s *scratch, found []find, out *Resolution) []find {
	if len(found) != 1 || bits.OnesCount64(found[0].strong) != 1 {
		return found
	}
	i := bits.TrailingZeros64(found[0].strong)
	if i >= len(s.units) || s.units[i].first != s.units[i].last {
		return found
	}
	t := s.seq.token(s.units[i].first)
	if !t.repaired || len(t.raw) >= surest || phonetic(fold(normal(t.raw))) == phonetic(fold(t.norm)) || s.corroborated(l.words, i) {
		return found
	}
	out.Suggested = append(out.Suggested, Correction{Typed: t.raw, Meant: t.norm})
	out.Unknown = append(out.Unknown, t.raw)
	out.DidYouMean = slices.DeleteFunc(out.DidYouMean, func(c Correction) bool { return c.Typed == t.raw })
	t.used = true
	return nil
}

// corroborated is true when another medical word of the question was typed as it is written.
func (s *scratch) corroborated(w *words, i int) bool {
	for k, u := range s.units {
		if k != i && u.id != noWord && w.roles[u.id] < filler && !s.seq.token(u.first).repaired {
			return true
		}
	}
	return false
}

// opinions settles what "second opinion" is about: the treatment named with it, which then is asked for at a distance;
// with cancer, a scan or nothing else, the second opinion itself.
func (l *lexicon) opinions(s *scratch, found []find, out *Resolution) []find {
	at := slices.IndexFunc(found, func(f find) bool { return l.isRemote(f.entry.procedures) })
	if at < 0 || len(found) < 2 {
		return found
	}
	about := slices.ContainsFunc(found, func(f find) bool {
		return f.entry.tier < bodyPart && !l.isRemote(f.entry.procedures) && !l.ofCancer(f.entry)
	}) || !slices.ContainsFunc(found, func(f find) bool { return !l.isRemote(f.entry.procedures) && l.ofCancer(f.entry) })
	if !about {
		for _, f := range found {
			s.useMask(f.mask)
		}
		return found[at : at+1]
	}
	out.Features = add(out.Features, l.remote[found[at].entry.procedures[0]])
	return slices.Delete(slices.Clone(found), at, at+1)
}

func (l *lexicon) isRemote(procedures []string) bool {
	return len(procedures) == 1 && l.remote[procedures[0]] != ""
}

// ofCancer is true of what a second opinion on cancer may speak of: cancers, cancer doctors, scans.
func (l *lexicon) ofCancer(e *entry) bool {
	for _, slug := range e.procedures {
		for _, sp := range l.procedures[slug].Specialties {
			if strings.HasSuffix(sp, "oncology") || sp == "diagnostics" {
				return true
			}
		}
	}
	return slices.ContainsFunc(e.specialties, func(sp string) bool { return strings.HasSuffix(sp, "oncology") || sp == "diagnostics" })
}

// rank orders tiers for winning: a condition is more particular than a general name.
func rank(t tier) tier {
	switch t {
	case family:
		return condition
	case condition:
		return family
	}
	return t
}

// familiesOf is what the general names among found allow, to narrow a condition with.
func (l *lexicon) familiesOf(found []find) []string {
	var out []string
	for _, f := range found {
		if f.entry.tier == family {
			out = append(out, f.entry.procedures...)
		}
	}
	return out
}

// asksWhom is true of a specialty named by a person or a place ("heart surgeon").
func (l *lexicon) asksWhom(s *scratch, f find) bool {
	for i, u := range s.units {
		if i < 64 && f.mask&(1<<i) != 0 && u.id != noWord && l.words.roles[u.id].who() {
			return true
		}
	}
	return false
}

func (l *lexicon) giveSpecialties(s *scratch, f find, out *Resolution) {
	list := f.entry.specialties
	for _, r := range f.rivals {
		list = union(slices.Clone(list), r.specialties)
	}
	out.Specialties = union(out.Specialties, list)
	typed := s.typedMask(f.mask)
	s.useMask(f.mask)
	out.chip(SlotSpecialty, strings.Join(list, " "), l.label(list, typed), typed)
}

func (l *lexicon) giveProcedures(s *scratch, f find, hints []string, out *Resolution) {
	list := slices.Clone(f.entry.procedures)
	for _, r := range f.rivals {
		if rank(r.tier) == rank(f.entry.tier) {
			list = union(list, r.procedures)
		}
	}
	list = narrow(list, hints)
	if len(list) > 1 && f.entry.tier == named {
		list = l.byContext(s, list, f.strong)
	}
	out.Procedures = union(out.Procedures, list)
	typed := s.typedMask(f.mask)
	s.useMask(f.mask)
	out.chip(SlotProcedure, strings.Join(list, " "), l.label(list, typed), typed)
}

// narrow keeps those of list that hints also name, all of it when none are.
func narrow(list, hints []string) []string {
	var both []string
	for _, p := range list {
		if slices.Contains(hints, p) {
			both = append(both, p)
		}
	}
	if len(both) == 0 {
		return list
	}
	return both
}

// byContext keeps the candidates spoken of with most of the question's other words: "RFA for back pain".
func (l *lexicon) byContext(s *scratch, list []string, taken uint64) []string {
	var kept []string
	var most float32
	for _, slug := range list {
		var sum float32
		for k, id := range s.ids {
			if s.masks[k]&taken == 0 && l.profiles[slug][id] {
				sum += max(l.words.weights[id], 0.1)
			}
		}
		switch {
		case sum > most:
			kept, most = append(kept[:0], slug), sum
		case sum == most:
			kept = append(kept, slug)
		}
	}
	return kept
}

// follow adds the specialties that come with the procedures, and what they imply.
func (l *lexicon) follow(s *scratch, found []find, best tier, out *Resolution) {
	for _, slug := range out.Procedures {
		p := l.procedures[slug]
		if len(p.Specialties) > 0 {
			out.Specialties = add(out.Specialties, p.Specialties[0])
		}
		out.Specialties = union(out.Specialties, l.knownSpecialties(l.shared[slug]))
		if f, ok := l.remote[slug]; ok {
			out.Features = add(out.Features, f)
		}
	}
	if best == rank(condition) && l.cancerWithoutAct(s, found) {
		out.Specialties = union(out.Specialties, l.knownSpecialties(cancerTeam))
	}
}

// cancerTeam treats a cancer of any organ together with the organ's surgeons.
var cancerTeam = []string{"medical-oncology", "surgical-oncology"}

// cancerWithoutAct is true when a cancer is named but no operation: the person may need any of the team.
func (l *lexicon) cancerWithoutAct(s *scratch, found []find) bool {
	if s.maskOf(l.words.find("cancer")) == 0 || s.maskOf(l.words.find("surgery")) != 0 {
		return false
	}
	for _, f := range found {
		if f.entry.tier != condition {
			continue
		}
		for _, slug := range f.entry.procedures {
			if slices.Contains(l.procedures[slug].Specialties, "surgical-oncology") {
				return !s.has(l.words, act) && !s.has(l.words, mod)
			}
		}
	}
	return false
}

// useMask marks the words of mask as understood.
func (s *scratch) useMask(mask uint64) {
	for i, u := range s.units {
		if i < 64 && mask&(1<<i) != 0 {
			s.seq.use(u.first, u.last)
		}
	}
}

// typedMask is what the person typed for the units of mask.
func (s *scratch) typedMask(mask uint64) string {
	if mask == 0 {
		return ""
	}
	var b strings.Builder
	for m := mask; m != 0; m &= m - 1 {
		i := bits.TrailingZeros64(m)
		if i >= len(s.units) {
			break
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(s.seq.typed(s.units[i].first, s.units[i].last))
	}
	return b.String()
}
