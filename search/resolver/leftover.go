package resolver

import "strings"

// leftovers puts into Text the words nobody used that may be a hospital's name: names known as such, words beside
// "hospital", and, when no treatment was understood, whatever means nothing else. The rest is Unknown.
func (r *Resolver) leftovers(s *scratch, out *Resolution) {
	s.seq.reset(s.toks)
	q := &s.seq
	understood := len(out.Procedures)+len(out.Specialties) > 0
	var b strings.Builder
	for i := 0; i < q.len(); i++ {
		t := q.token(i)
		if t.kind != word || r.ordinary(q, i) {
			continue
		}
		if understood && !r.vocab.names[t.norm] && !besideHospital(q, i) {
			out.Unknown = append(out.Unknown, t.raw)
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(t.norm)
	}
	out.Text = b.String()
}

// ordinary words never name a hospital. A name that is also an everyday word ("care", "max") is one unless "hospital"
// follows it.
func (r *Resolver) ordinary(q *sequence, i int) bool {
	t := q.token(i)
	known := r.vocab.words.find(fold(t.norm)) != noWord || r.vocab.known[t.norm]
	if r.vocab.names[t.norm] {
		return known && !(i+1 < q.len() && hospitalWord(q.token(i+1).norm))
	}
	return known || len(t.norm) < 3 || strings.ContainsAny(t.norm, "0123456789") || r.slots.uk[t.norm].slot != ""
}

func besideHospital(q *sequence, i int) bool {
	return i+1 < q.len() && hospitalWord(q.token(i+1).norm) || i > 0 && hospitalWord(q.token(i-1).norm)
}
