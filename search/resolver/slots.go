package resolver

import (
	"strings"

	"carecorridor/search"
)

// slotTable holds the words for everything but treatments.
type slotTable struct {
	phrases map[string]slotWord
	uk      map[string]slotWord
	longest int
	places  []Place
	treats  func(string) bool // true of words that name a treatment ("jaipur foot")
	byName  map[string]int

	wellKnown []string // place names that a slip of the pen may have meant
}

// slotWord is what a phrase stands for.
type slotWord struct {
	slot  string
	value string
	place int
}

const (
	slotSpeak  = "speak"
	slotUKWord = "ukword"
)

// read takes places, certificates, languages, features and orders out of the question.
func (t *slotTable) read(s *scratch, out *Resolution) {
	s.seq.reset(s.toks)
	q := &s.seq
	refused := -1
	for i := 0; i < q.len(); {
		w, j, ok := t.at(q, i)
		if !ok || !t.wanted(q, w, i, j) {
			i++
			continue
		}
		if from, to, no := t.refused(q, i, j, refused); no {
			deny(q, from, to, out)
			i, refused = to+1, j
			continue
		}
		t.put(s, w, i, j, out)
		q.use(i, j)
		i = j + 1
	}
	t.tidy(out)
}

// refused is where the words begin and end that say a slot is not wanted.
func (t *slotTable) refused(q *sequence, i, j, last int) (from, to int, ok bool) {
	if goesOn(q, last, i) {
		return i, j, true
	}
	from, ok = negated(q, i)
	if to, after := negatedAfter(q, j); after {
		return from, to, true
	}
	return from, j, ok
}

// at is the longest phrase at i.
func (t *slotTable) at(q *sequence, i int) (slotWord, int, bool) {
	for j := min(i+t.longest, q.len()) - 1; j >= i; j-- {
		if w, ok := t.phrases[q.run(i, j)]; ok {
			return w, j, true
		}
	}
	return slotWord{}, i, false
}

// wanted refuses what only looks like a slot: "english" without speaking, a city that is part of a hospital's name.
func (t *slotTable) wanted(q *sequence, w slotWord, i, j int) bool {
	switch w.slot {
	case slotSpeak:
		return false
	case SlotLanguage:
		return w.value != "English" || t.speaks(q, i-1) || t.speaks(q, j+1)
	case SlotPlace:
		if t.places[w.place].Kind == City && t.treats != nil && (j+1 < q.len() && t.treats(q.run(i, j+1)) || i > 0 && t.treats(q.run(i-1, j))) {
			return false
		}
		return !(i == j && j+1 < q.len() && eponyms[q.token(i).norm] && hospitalWord(q.token(j+1).norm))
	}
	return true
}

// eponyms are cities that hospitals elsewhere are called after.
var eponyms = map[string]bool{"manipal": true, "krishna": true, "bombay": true, "poona": true, "anand": true, "madras": true}

func hospitalWord(w string) bool { return w == "hospital" || w == "hospitals" || w == "institute" }

func (t *slotTable) speaks(q *sequence, i int) bool {
	return i >= 0 && i < q.len() && t.phrases[q.token(i).norm].slot == slotSpeak
}

func (t *slotTable) put(s *scratch, w slotWord, i, j int, out *Resolution) {
	typed := s.seq.typed(i, j)
	switch w.slot {
	case SlotPlace:
		t.putPlace(s, w, i, typed, out)
	case SlotAccreditation:
		out.Accreditations = add(out.Accreditations, w.value)
		out.chip(w.slot, w.value, w.value, typed)
	case SlotLanguage:
		if k := j + 1; t.speaks(&s.seq, k) {
			s.seq.use(k, k)
		} else if k = i - 1; t.speaks(&s.seq, k) {
			s.seq.use(k, k)
		}
		out.Languages = add(out.Languages, w.value)
		out.chip(w.slot, w.value, w.value+" spoken", typed)
	case SlotFeature:
		out.Features = add(out.Features, w.value)
		out.chip(w.slot, w.value, "Remote consultation", typed)
	case SlotSort:
		out.Sort = search.Sort(w.value)
		out.chip(w.slot, w.value, sortLabels[out.Sort], typed)
	}
}

var sortLabels = map[search.Sort]string{
	search.PriceAsc: "Lowest price first", search.Nearest: "Nearest first", search.NameAsc: "By name",
}

func (t *slotTable) putPlace(s *scratch, w slotWord, i int, typed string, out *Resolution) {
	p := t.places[w.place]
	for _, have := range out.Places {
		if have.Kind == p.Kind && have.Name == p.Name {
			return
		}
	}
	out.Places = append(out.Places, p)
	out.chip(SlotPlace, p.Slug, p.Name, typed)
	if nearWord(&s.seq, i-1) || i >= 2 && nearWord(&s.seq, i-2) {
		out.Near = true
	}
}

func nearWord(q *sequence, i int) bool {
	if i < 0 {
		return false
	}
	switch q.token(i).norm {
	case "near", "nearby", "nearest", "close", "closest", "around", "paas", "kol", "nazdeek":
		return true
	}
	return false
}

// tidy sets City, Hub and State from Places, the most exact of those that lie in each other.
func (t *slotTable) tidy(out *Resolution) {
	for _, p := range out.Places {
		switch {
		case p.Kind == City && out.City.Name == "":
			out.City = p
		case p.Kind == Hub && out.Hub.Name == "":
			out.Hub = p
		case p.Kind == State && out.State.Name == "":
			out.State = p
		}
	}
	if out.City.Name != "" && (out.Hub.Slug == out.City.Hub || out.Hub.Slug == "") {
		out.Hub = Place{}
	}
	if inside := out.City.State; inside != "" && strings.EqualFold(inside, out.State.Name) {
		out.State = Place{}
	}
	if out.Hub.Name != "" && strings.EqualFold(out.Hub.State, out.State.Name) {
		out.State = Place{}
	}
	if len(out.Places) > 1 {
		out.Places = kept(out)
	}
}

// kept are the places that are not merely around another one.
func kept(out *Resolution) []Place {
	var list []Place
	for _, p := range out.Places {
		if around(p, out.Places) {
			continue
		}
		list = append(list, p)
	}
	return list
}

func around(p Place, all []Place) bool {
	for _, q := range all {
		if q.Kind == City && p.Kind == State && strings.EqualFold(q.State, p.Name) ||
			q.Kind == City && p.Kind == Hub && q.Hub == p.Slug ||
			q.Kind == Hub && p.Kind == State && strings.EqualFold(q.State, p.Name) {
			return true
		}
	}
	return false
}
