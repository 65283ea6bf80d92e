package resolver

// unit is one meaning in the question: words first to last of the sequence.
type unit struct {
	id          wordID
	first, last int
}

// units reads the sequence from the left, longest phrase first, joining words that people write apart ("gall bladder").
func (w *words) units(q *sequence, into []unit) []unit {
	into = into[:0]
	for i := 0; i < q.len(); {
		u := w.unitAt(q, i)
		into = append(into, u)
		i = u.last + 1
	}
	return into
}

func (w *words) unitAt(q *sequence, i int) unit {
	for j := min(i+w.longest, q.len()) - 1; j > i; j-- {
		if id, ok := w.phrases[q.run(i, j)]; ok {
			return unit{id, i, j}
		}
	}
	if id := w.joined(q, i); id != noWord {
		return unit{id, i, i + 1}
	}
	return unit{w.single(q.token(i)), i, i}
}

// shortestJoin is the length from which two words may be read as one.
const shortestJoin = 7

func (w *words) joined(q *sequence, i int) wordID {
	if i+1 >= q.len() || q.token(i+1).kind == number || q.token(i).kind == number {
		return noWord
	}
	a, b := q.token(i).norm, q.token(i+1).norm
	if len(a)+len(b) < shortestJoin || len(a) < 2 || len(b) < 2 {
		return noWord
	}
	if id := w.find(fold(a + b)); id != noWord && w.roles[id].strong() {
		return id
	}
	return noWord
}

func (w *words) single(t *token) wordID {
	if t.kind == number {
		return noWord
	}
	return w.find(fold(t.norm))
}
