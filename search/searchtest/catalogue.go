// Package searchtest is the contract of search engines as tests (Run), with what they need: a synthetic
// catalogue that is the same for the same seed, random questions, and the answers worked out by going
// through every document. Benchmarks use the same catalogue. It is not for demonstration data.
package searchtest

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"strconv"

	"carecorridor/search"
)

// World is a made-up catalogue: no hospital in it exists.
type World struct {
	Docs    []search.Doc
	Entries []search.Entry
	vocab   []string
}

// Catalogue makes n hospitals with that many packages each. The same arguments always give the same.
func Catalogue(n, packages int, seed uint64) World {
	r := rand.New(rand.NewPCG(seed, 0xC0FFEE))
	w := World{vocab: vocabulary(r, 200+n/10)}
	for i := range n {
		w.Docs = append(w.Docs, w.hospital(r, int64(i+1), packages))
	}
	w.Entries = w.entries()
	return w
}

// vocabulary is pronounceable words of six letters, all different.
func vocabulary(r *rand.Rand, n int) []string {
	const heads, tails = "bdgjkmnprstv", "aeiou"
	seen := map[string]bool{}
	var out []string
	for len(out) < n {
		b := make([]byte, 0, 6)
		for range 3 {
			b = append(b, heads[r.IntN(len(heads))], tails[r.IntN(len(tails))])
		}
		if w := string(b); !seen[w] {
			seen[w] = true
			out = append(out, w)
		}
	}
	return out
}

func (w *World) hospital(r *rand.Rand, id int64, packages int) search.Doc {
	t := towns[min(r.IntN(len(towns)), r.IntN(len(towns)))]
	d := search.Doc{
		ID: strconv.FormatInt(id, 10), Ord: id,
		Name: fmt.Sprintf("%s %s %s", w.word(r), w.word(r), pick(r, "Hospital", "Clinic", "Institute", "Centre")),
		City: t.slug, CityName: t.name, State: t.state, Hub: t.hub,
		Languages:      some(r, 0.3, "hindi", "tamil", "telugu", "bengali", "arabic", "french", "russian"),
		Accreditations: some(r, 0.35, "JCI", "NABH", "NABH Dental"),
		Features:       some(r, 0.25, "telemedicine", "amr-stewardship", "step-free", "companion-room"),
		Doctors:        []string{"Dr " + w.word(r) + " " + w.word(r)},
		Complete:       r.IntN(21) * 5, Shuffle: r.Int64N(1 << 52), Sample: r.IntN(20) == 0,
	}
	d.Languages = append(d.Languages, "english")
	d.Confirmed = len(d.Accreditations) > 0
	if r.IntN(25) > 0 {
		lat, lng := round5(t.lat+r.Float64()*0.4-0.2), round5(t.lng+r.Float64()*0.4-0.2)
		d.Lat, d.Lng = &lat, &lng
	}
	w.stock(r, &d, packages)
	return d
}

// stock gives d packages of a few specialties, one in five repeating a procedure it has.
func (w *World) stock(r *rand.Rand, d *search.Doc, packages int) {
	d.Prices = map[search.Node][]int64{}
	var had [][2]int
	for range packages {
		s := r.IntN(len(treatments))
		p := r.IntN(len(treatments[s].procedures))
		if len(had) > 0 && r.IntN(5) == 0 {
			again := had[r.IntN(len(had))]
			s, p = again[0], again[1]
		}
		had = append(had, [2]int{s, p})
		sp, proc := treatments[s].specialty, treatments[s].procedures[p]
		price := int64(20000+s*15000+p*30000) * int64(50+r.IntN(100)) / 100 / 100 * 100
		d.Specialties, d.Procedures = append(d.Specialties, sp), append(d.Procedures, proc)
		for _, n := range []search.Node{search.Node(proc), search.SpecialtyNode(sp), search.Any} {
			d.Prices[n] = append(d.Prices[n], price)
		}
	}
	for range 2 {
		d.Specialties = append(d.Specialties, treatments[r.IntN(len(treatments))].specialty)
	}
	for _, list := range []*[]string{&d.Specialties, &d.Procedures} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	for _, list := range d.Prices {
		slices.Sort(list)
	}
}

// entries is the suggestions that go with the documents.
func (w *World) entries() []search.Entry {
	var out []search.Entry
	for _, t := range treatments {
		out = append(out, search.Entry{Kind: search.KindSpecialty, Slug: t.specialty, Text: title(t.specialty), Weight: 50})
		for _, p := range t.procedures {
			out = append(out, search.Entry{
				Kind: search.KindProcedure, Slug: p, Text: title(p), Sub: title(t.specialty), Weight: 60,
				Aliases: aliases[p],
			})
		}
	}
	for _, t := range towns {
		out = append(out, search.Entry{Kind: search.KindPlace, Slug: t.slug, Text: t.name, Sub: t.state, Aliases: t.old, Weight: 40})
	}
	for _, d := range w.Docs {
		out = append(out, search.Entry{Kind: search.KindProvider, Slug: "h" + d.ID, Text: d.Name, Sub: d.CityName, Weight: d.Complete})
	}
	return out
}

// Source streams w.
func (w World) Source() search.Source {
	return search.Source{Docs: Stream(w.Docs...), Entries: Stream(w.Entries...), Total: len(w.Docs)}
}

// Stream is a sequence without errors.
func Stream[T any](items ...T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, v := range items {
			if !yield(v, nil) {
				return
			}
		}
	}
}
