package main

import (
	"fmt"
	"io"
	"runtime"
	"text/tabwriter"
	"time"

	"carecorridor/cmd/corridor/drive"
)

// results is everything found, by size of the catalogue and name.
type results map[key]result

type key struct {
	n    int
	name string
}

type result struct {
	drive.Figures
	value float64
	cost  cost
}

func (t results) put(n int, name string, value float64) { t[key{n, name}] = result{value: value} }

func (t results) costs(n int, s served) {
	for kind, c := range s.Costs {
		t[key{n, "cost " + kind}] = result{cost: c}
	}
}

// better keeps the faster of the rounds.
func (t results) better(n int, name string, f drive.Figures) {
	if old, ok := t[key{n, name}]; !ok || f.PerSecond() > old.PerSecond() {
		t[key{n, name}] = result{Figures: f}
	}
}

// shown are the rows of the table in order; a name without figures is left out.
var shown = []string{"search c1", "search c16", "search gzip c16", "meili search c1", "meili search c16", "raw meili c1", "raw meili c16",
	"raw meili, one query c1", "raw meili, one query c16", "bare search c1", "bare search c16", "suggest c1", "suggest c16", "meili suggest c16",
	"profile c1", "profile c16", "bare profile c1", "bare profile c16", "cached c1", "cached c16", "bare cached c1", "bare cached c16",
	"304 c1", "304 c16", "bare 304 c1", "bare 304 c16"}

func (t results) print(w io.Writer, small, large int) {
	fmt.Fprintf(w, "\n%s/%s, %d processors, %s. Searches and profiles are never answered from the cache of pages. cN: N clients at once.\n\n", runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version())
	out := tabwriter.NewWriter(w, 0, 8, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(out, "hospitals\twhat\ta second\tp50 ms\tp99 ms\tbytes\t")
	for _, n := range []int{small, large} {
		for _, name := range shown {
			if r, ok := t[key{n, name}]; ok {
				fmt.Fprintf(out, "%d\t%s\t%.0f\t%.2f\t%.2f\t%d\t\n", n, name, r.PerSecond(), ms(r.P50), ms(r.P99), r.Bytes)
			}
		}
	}
	_ = out.Flush()
	fmt.Fprintln(w)
	out = tabwriter.NewWriter(w, 0, 8, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(out, "hospitals\tone request\tallocations\tkB\t")
	for _, n := range []int{small, large} {
		for _, kind := range []string{"search", "suggest", "profile", "cached", "304"} {
			if r, ok := t[key{n, "cost " + kind}]; ok {
				fmt.Fprintf(out, "%d\t%s\t%.0f\t%.1f\t\n", n, kind, r.cost.Allocs, r.cost.Bytes/1024)
			}
		}
	}
	_ = out.Flush()
	t.goals(w, small, large)
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// goals judges what was measured, one line a goal (docs/performance.md says what each is).
func (t results) goals(w io.Writer, small, large int) {
	rate := func(n int, name string) float64 { return t[key{n, name}].PerSecond() }
	p99 := func(n int, name string) float64 { return ms(t[key{n, name}].P99) }
	value := func(name string) float64 { return t[key{large, name}].value }
	out := tabwriter.NewWriter(w, 0, 8, 2, ' ', 0)
	fmt.Fprintln(out, "\ngoal\twhat\tmeasured\twanted\t")
	over := func(goal, what string, have, than, want float64) { judge(out, goal, what, have, than, want, true) }
	under := func(goal, what string, have, than, want float64) { judge(out, goal, what, have, than, want, false) }
	over("P1", "search page ÷ raw Meilisearch (one query), L c16", rate(large, "search c16"), rate(large, "raw meili, one query c16"), 10)
	under("P1", "p99 of the same", p99(large, "search c16"), p99(large, "raw meili, one query c16"), 0.3)
	over("P2", "page through Meilisearch ÷ raw (same queries), L c16", rate(large, "meili search c16"), rate(large, "raw meili c16"), 0.95)
	over("P3", "repeated page ÷ bare Echo, c16", rate(large, "cached c16"), rate(large, "bare cached c16"), 0.7)
	over("P3", "304 ÷ bare Echo, c16", rate(large, "304 c16"), rate(large, "bare 304 c16"), 0.9)
	over("P4", "profile ÷ bare Echo, L c16", rate(large, "profile c16"), rate(large, "bare profile c16"), 0.5)
	under("P5", "cost of a search, L ÷ S, c16", rate(small, "search c16"), rate(large, "search c16"), 1.5)
	under("P7", "load into PostgreSQL ÷ COPY", value("load"), value("copy"), 2)
	under("P7", "Meilisearch rebuild ÷ plain indexing", value("meili rebuild"), value("meili plain"), 1.2)
	under("P7", "memory engine start, s", value("start"), 1, 3)
	under("P8", "commit to memory engine, p99 ms", p99(large, "commit to memory"), 1, 50)
	under("P8", "commit to Meilisearch, p99 ms", p99(large, "commit to meili"), 1, 1000)
	under("P9", "memory at start, MB", value("rss idle"), 1, 400)
	under("P9", "memory after the load, MB", value("rss after"), 1, 400)
	under("P10", "allocations of a cached page", t[key{large, "cost cached"}].cost.Allocs, 1, 10)
	under("P10", "allocations of an uncached search", t[key{large, "cost search"}].cost.Allocs, 1, 300)
	_ = out.Flush()
	fmt.Fprintf(w, "\nBehind P7: load %.1f s, COPY %.1f s; Meilisearch rebuild %.1f s, plain indexing %.1f s.\n", value("load"), value("copy"), value("meili rebuild"), value("meili plain"))
	for _, n := range []int{small, large} {
		if d := t[key{n, "differ"}].value; d > 0 {
			fmt.Fprintf(w, "WARNING: the engines differ on %.0f of %d questions over %d hospitals.\n", d, questionCount, n)
		}
	}
}

// judge prints have ÷ than beside want; nothing is said to be met that was not measured.
func judge(w io.Writer, goal, what string, have, than, want float64, over bool) {
	sign, verdict := "≤", "not met"
	if over {
		sign = "≥"
	}
	if have <= 0 || than <= 0 {
		fmt.Fprintf(w, "%s\t%s\t–\t%s %g\tnot measured\n", goal, what, sign, want)
		return
	}
	if ratio := have / than; over == (ratio >= want) || ratio == want {
		verdict = "met"
	}
	fmt.Fprintf(w, "%s\t%s\t%.2f\t%s %g\t%s\n", goal, what, have/than, sign, want, verdict)
}
