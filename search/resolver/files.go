package resolver

import (
	"embed"
	"strings"
)

//go:embed data/*.tsv
var embedded embed.FS

// row is one line of a word list: what it is, what it stands for, and the words.
type row struct {
	kind, value string
	terms       []string
}

type files struct {
	words, treatments, places, slots, signs []row
	names, everyday                         []string
}

func readFiles() files {
	return files{
		words: append(rows("words"), rows("scripts")...), treatments: rows("treatments"), places: rows("places"), slots: rows("slots"),
		signs: rows("signs"), everyday: terms(lines("everyday")),
		names: terms(lines("names")),
	}
}

func rows(name string) []row {
	var out []row
	for _, l := range lines(name) {
		kind, rest, _ := strings.Cut(l, "\t")
		value, list, _ := strings.Cut(rest, "\t")
		out = append(out, row{kind: kind, value: value, terms: terms([]string{list})})
	}
	return out
}

func terms(lines []string) []string {
	var out []string
	for _, l := range lines {
		for t := range strings.SplitSeq(l, ";") {
			if t = strings.TrimSpace(t); t != "" {
				out = append(out, t)
			}
		}
	}
	return out
}

// lines are those of an embedded list that are not empty or remarks. A missing list is a fault of the build.
func lines(name string) []string {
	b, err := embedded.ReadFile("data/" + name + ".tsv")
	if err != nil {
		panic("word list missing from the build: " + err.Error())
	}
	var out []string
	for l := range strings.Lines(string(b)) {
		if l = strings.TrimRight(l, "\r\n"); l != "" && !strings.HasPrefix(l, "#") {
			out = append(out, l)
		}
	}
	return out
}

// phrase is s as tokens joined by spaces, the key of every phrase table.
func phrase(s string) string {
	var b strings.Builder
	for _, t := range tokenise(s) {
		if t.kind == mark {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(t.norm)
	}
	return b.String()
}
