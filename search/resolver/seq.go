package resolver

import "strings"

// sequence is the question's tokens that are still free, with one string of them joined by spaces, so that any run of
// words is a substring of it and looking one up makes no garbage.
type sequence struct {
	toks  []token
	at    []int // indexes into toks
	text  string
	start []int
	end   []int
}

func (q *sequence) reset(toks []token) {
	q.toks, q.at, q.start, q.end = toks, q.at[:0], q.start[:0], q.end[:0]
	var b strings.Builder
	b.Grow(128)
	for i := range toks {
		if toks[i].used || toks[i].kind == mark {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		q.at, q.start = append(q.at, i), append(q.start, b.Len())
		b.WriteString(toks[i].norm)
		q.end = append(q.end, b.Len())
	}
	q.text = b.String()
}

// run is words i to j, both included.
func (q *sequence) run(i, j int) string { return q.text[q.start[i]:q.end[j]] }

func (q *sequence) len() int { return len(q.at) }

func (q *sequence) token(i int) *token { return &q.toks[q.at[i]] }

// use marks words i to j as understood.
func (q *sequence) use(i, j int) {
	for ; i <= j; i++ {
		q.token(i).used = true
	}
}

// typed is what the person wrote for words i to j.
func (q *sequence) typed(i, j int) string {
	var b strings.Builder
	for k := i; k <= j; k++ {
		if k > i {
			b.WriteByte(' ')
		}
		b.WriteString(q.token(k).raw)
	}
	return b.String()
}
