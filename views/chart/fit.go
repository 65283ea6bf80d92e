package chart

import (
	"math"
	"strings"
	"unicode/utf8"
)

// textWidth estimates how wide words are set in the site's face. It errs on the wide side: a label that
// might not fit is moved, never cut.
func textWidth(words string, l letters) float64 {
	em := 0.0
	for _, r := range words {
		switch {
		case strings.ContainsRune(" .,'|il:;!’", r):
			em += 0.28
		case strings.ContainsRune("tfrjI()-", r):
			em += 0.38
		case r >= 'A' && r <= 'Z', r == 'm', r == 'w', r > 0x2fff:
			em += 0.72
		default:
			em += 0.55
		}
	}
	if l.bold {
		em *= 1.04
	}
	return em * l.size
}

// wrap breaks words into at most most lines of width w; what is left over ends in an ellipsis. The whole
// text is always in the title and the table.
func wrap(words string, l letters, w float64, most int) []string {
	var lines []string
	for _, word := range strings.Fields(words) {
		last := len(lines) - 1
		if last >= 0 && textWidth(lines[last]+" "+word, l) <= w {
			lines[last] += " " + word
			continue
		}
		if len(lines) == most {
			lines[last] = clip(lines[last]+" …", l, w)
			break
		}
		lines = append(lines, clip(word, l, w))
	}
	return lines
}

// clip shortens words to w.
func clip(words string, l letters, w float64) string {
	if textWidth(words, l) <= w {
		return words
	}
	for words != "" && textWidth(words+"…", l) > w {
		_, n := utf8.DecodeLastRuneInString(words)
		words = words[:len(words)-n]
	}
	return strings.TrimRight(words, " ") + "…"
}

// axis is a scale from 0 with round steps.
type axis struct {
	max, step float64
	x0, x1    float64
}

// x is where v lies.
func (a axis) x(v float64) float64 { return a.x0 + (a.x1-a.x0)*v/a.max }

// newAxis makes an axis from 0 that holds top in at most steps round steps.
func newAxis(top float64, steps int, x0, x1 float64) axis {
	if top <= 0 {
		return axis{max: 1, step: 1, x0: x0, x1: x1}
	}
	unit := math.Pow(10, math.Floor(math.Log10(top))-1)
	for {
		for _, m := range []float64{1, 2, 2.5, 5} {
			step := m * unit
			if n := math.Ceil(top/step - 1e-9); n <= float64(steps) && step >= 1 {
				return axis{max: step * math.Max(n, 1), step: step, x0: x0, x1: x1}
			}
		}
		unit *= 10
	}
}

// ticks are the values of the grid lines, 0 and the end included.
func (a axis) ticks() []float64 {
	var out []float64
	for v := 0.0; v <= a.max*1.0001; v += a.step {
		out = append(out, v)
	}
	return out
}
