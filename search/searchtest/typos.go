package searchtest

import (
	"strings"

	"carecorridor/search"
)

// Typos is how many edits it takes to find all words of text in d, -1 when they are not there. The last
// word may be the beginning of one.
func Typos(d search.Doc, text string) int {
	have := search.Words(d.Name + " " + d.CityName + " " + strings.Join(d.Doctors, " "))
	want := strings.Fields(text)
	sum := 0
	for i, w := range want {
		best := -1
		for _, h := range have {
			c := typos(h, w, i == len(want)-1)
			if c >= 0 && (best < 0 || c < best) {
				best = c
			}
		}
		if best < 0 {
			return -1
		}
		sum += best
	}
	return sum
}

func typos(have, want string, prefix bool) int {
	allowed := 0
	if len(want) >= 5 {
		allowed = 1
	}
	if len(want) >= 9 {
		allowed = 2
	}
	best := edits(have, want, prefix)
	if best > 0 && have[0] != want[0] {
		best++
	}
	if best > allowed {
		return -1
	}
	return best
}

// edits is the restricted Damerau-Levenshtein distance by its definition, with prefix to the beginning
// of have that is nearest.
func edits(have, want string, prefix bool) int {
	var d [64][64]int
	n := len(want)
	best := n
	for i := 0; i <= len(have); i++ {
		for j := 0; j <= n; j++ {
			switch {
			case i == 0 || j == 0:
				d[i][j] = i + j
			case have[i-1] == want[j-1]:
				d[i][j] = d[i-1][j-1]
			default:
				d[i][j] = 1 + min(d[i-1][j-1], d[i-1][j], d[i][j-1])
			}
			if i > 1 && j > 1 && have[i-1] == want[j-2] && have[i-2] == want[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
		best = min(best, d[i][n])
	}
	if prefix {
		return best
	}
	return d[len(have)][n]
}
