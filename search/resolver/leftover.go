package resolver

import (
	"slices"
	"strings"
)

// leftovers puts into Text the words nobody used that may be a hospital's name: names known as such, words beside
// "hospital", and, when no treatment was understood, whatever means nothing else. Every other word or number that
// means something and was not used is Unknown; only grammar and talk ("please", "my mum") are passed over.
func (r *Resolver) leftovers(s *scratch, out *Resolution) {
	s.seq.reset(s.toks)
	q := &s.seq
	treats := len(out.Procedures)+len(out.Specialties) > 0
	nothing := !treats && len(out.Places)+len(out.Chips) == 0
	var text []string
	for i := 0; i < q.len(); i++ {
		t := q.token(i)
		switch {
		case t.heard:
		case t.kind == number:
			if countedOut(q, i) {
				out.Unknown = append(out.Unknown, t.raw)
			}
		case r.mayBeName(q, i, treats):
			text = append(text, t.norm)
		case r.tell(t, treats, nothing, out):
			out.Unknown = append(out.Unknown, t.raw)
		}
	}
	out.Text = strings.Join(text, " ")
}

// mayBeName is true of a word of a hospital's name, or that could be one. A name that is also an everyday word ("care",
// "max") is one only when "hospital" follows it.
func (r *Resolver) mayBeName(q *sequence, i int, treats bool) bool {
	t := q.token(i)
	known := r.vocab.words.find(fold(t.norm)) != noWord || r.vocab.known[t.norm]
	if r.vocab.names[t.norm] {
		return !known || i+1 < q.len() && hospitalWord(q.token(i+1).norm)
	}
	if known || t.repaired || len(t.norm) < 3 || strings.ContainsAny(t.norm, "0123456789") {
		return false
	}
	return besideHospital(q, i) || !treats && !r.vocab.everyday[t.norm]
}

func besideHospital(q *sequence, i int) bool {
	return i+1 < q.len() && hospitalWord(q.token(i+1).norm) || i > 0 && hospitalWord(q.token(i-1).norm)
}

// tell is true of a word that must be said not to have been used.
func (r *Resolver) tell(t *token, treats, nothing bool, out *Resolution) bool {
	id := r.vocab.words.find(fold(t.norm))
	if scales[t.norm] > 0 {
		return false
	}
	if id == noWord {
		return !r.vocab.known[t.norm] && len(t.norm) > 2
	}
	switch role := r.vocab.words.roles[id]; {
	case role == aside || r.vocab.words.asides[id]:
		return true
	case role >= person || r.vocab.words.everyday[id]:
		return false
	case role == weak:
		return nothing
	case role == act || role == mod:
		return !treats
	}
	if t.norm == "cancer" || t.norm == "tumour" {
		return !treats
	}
	return !slices.ContainsFunc(out.Procedures, func(p string) bool { return r.lex.profiles[p][id] })
}

// Numbers that only count or grade what stands beside them are passed over.
var (
	beforeCount = set("type", "stage", "grade", "level", "class", "phase", "on", "top", "no", "number", "age", "aged", "size", "t", "l", "c", "covid",
		"hes", "shes", "is", "im", "am", "mum", "mom", "dad", "mother", "father", "wife", "husband", "gran", "nan")
	afterCount = set("year", "years", "yr", "yrs", "yo", "old", "day", "days", "week", "weeks", "month", "months", "level", "levels",
		"times", "star", "person", "people", "adults", "adult", "stones", "hours", "kids", "children", "teeth", "tooth", "implants", "knees",
		"hips", "eyes", "sessions", "cycles", "stents", "vessel", "valves")
)

// leastTold is the smallest number that is told whatever stands beside it.
const leastTold = 100

// countedOut is true of a number that was not used and must be said so.
func countedOut(q *sequence, i int) bool {
	n, ok := numeric(q.token(i).norm)
	if !ok || n >= leastTold {
		return !(i+1 < q.len() && afterCount[q.token(i+1).norm])
	}
	return !(i > 0 && beforeCount[q.token(i-1).norm] || i+1 < q.len() && afterCount[q.token(i+1).norm])
}
