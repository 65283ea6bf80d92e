package resolver

import "strings"

// leftovers puts into Text the words nobody used that may be a hospital's name: names known as such, and words that
// mean nothing else. A name that is also an ordinary word ("care", "max") counts only before "hospital".
func (r *Resolver) leftovers(s *scratch, out *Resolution) {
	s.seq.reset(s.toks)
	q := &s.seq
	var b strings.Builder
	for i := 0; i < q.len(); i++ {
		t := q.token(i)
		if t.kind == number || !r.keeps(q, i) {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(t.norm)
	}
	out.Text = b.String()
}

func (r *Resolver) keeps(q *sequence, i int) bool {
	t := q.token(i)
	ordinary := r.vocab.words.find(fold(t.norm)) != noWord || r.vocab.known[t.norm]
	if r.vocab.names[t.norm] {
		return !ordinary || i+1 < q.len() && hospitalWord(q.token(i+1).norm)
	}
	if ordinary || len(t.norm) < 3 {
		return false
	}
	return !strings.ContainsAny(t.norm, "0123456789") && r.slots.uk[t.norm].slot == ""
}
