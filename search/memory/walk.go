package memory

import "unicode/utf8"

// walk measures the restricted edit distance (insert, delete, change, swap neighbours) of one word to
// many, given in sorted order: rows of the table for a shared beginning are kept.
type walk struct {
	word   []rune
	k      int
	prefix bool
	last   []rune    // what rows were made for
	rows   [][]uint8 // rows[i][j]: edits between the first i runes of last and the first j of word
}

// far is more edits than anybody forgives.
const far = 100

func newWalk(word string, k int, prefix bool) *walk {
	w := &walk{word: []rune(word), k: k, prefix: prefix}
	first := make([]uint8, len(w.word)+1)
	for j := range first {
		first[j] = uint8(min(j, far))
	}
	w.rows = append(w.rows, first)
	return w
}

// step is the cost of term, far when more than k, and the beginning of term that already rules out
// every word sharing it, "" when none does.
func (w *walk) step(term string) (cost int, dead string) {
	best, depth := far, 0
	for at, r := range term {
		if depth >= len(w.last) || w.last[depth] != r {
			w.last = append(w.last[:depth], r)
			w.rows = append(w.rows[:depth+1], w.row(depth+1))
		}
		depth++
		row := w.rows[depth]
		if w.prefix {
			best = min(best, int(row[len(w.word)]))
		}
		if lowest(row) > w.k {
			return w.charge(best, term), term[:at+utf8.RuneLen(r)]
		}
	}
	if !w.prefix {
		best = int(w.rows[depth][len(w.word)])
	}
	return w.charge(best, term), ""
}

// charge counts a wrong first letter as two edits.
func (w *walk) charge(edits int, term string) int {
	first, _ := utf8.DecodeRuneInString(term)
	switch {
	case edits > w.k:
		return far
	case edits == 0 || first == w.word[0]:
		return edits
	case edits == 1 && w.k >= 2:
		return 2
	}
	return far
}

func (w *walk) row(i int) []uint8 {
	var row []uint8
	if i < cap(w.rows) {
		row = w.rows[:i+1][i]
	}
	if row == nil {
		row = make([]uint8, len(w.word)+1)
	}
	above := w.rows[i-1]
	row[0] = uint8(min(i, far))
	for j := 1; j <= len(w.word); j++ {
		d := above[j-1]
		if w.last[i-1] != w.word[j-1] {
			d++
		}
		d = min(d, above[j]+1, row[j-1]+1)
		if i > 1 && j > 1 && w.last[i-1] == w.word[j-2] && w.last[i-2] == w.word[j-1] {
			d = min(d, w.rows[i-2][j-2]+1)
		}
		row[j] = min(d, far)
	}
	return row
}

func lowest(row []uint8) int {
	low := row[0]
	for _, d := range row[1:] {
		low = min(low, d)
	}
	return int(low)
}
