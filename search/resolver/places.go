package resolver

import "strings"

// buildSlots compiles the catalogue's places, bodies and languages with the embedded lists. A word of the lists wins.
func buildSlots(d Data, f files) *slotTable {
	t := &slotTable{phrases: map[string]slotWord{}, uk: map[string]slotWord{}, byName: map[string]int{}}
	for _, p := range d.Places {
		t.addPlace(p)
	}
	for _, a := range d.Accreditations {
		t.addAll(SlotAccreditation, officialName(a.Name, f.slots, SlotAccreditation), a.Aliases)
	}
	for _, l := range d.Languages {
		t.addAll(SlotLanguage, officialName(l.Name, f.slots, SlotLanguage), l.Aliases)
	}
	for _, r := range f.slots {
		t.addAll(r.kind, r.value, r.terms)
	}
	for _, r := range f.places {
		t.addListed(r)
	}
	return t
}

// officialName spells a value as the list does.
func officialName(name string, list []row, slot string) string {
	for _, r := range list {
		if r.kind == slot && strings.EqualFold(r.value, name) {
			return r.value
		}
	}
	return name
}

func (t *slotTable) addAll(slot, value string, terms []string) {
	if slot == SlotAccreditation || slot == SlotLanguage {
		t.set(phrase(value), slotWord{slot: slot, value: value})
	}
	for _, s := range terms {
		t.set(phrase(s), slotWord{slot: slot, value: value})
	}
}

func (t *slotTable) set(p string, w slotWord) {
	if p == "" {
		return
	}
	t.phrases[p] = w
	t.longest = max(t.longest, countWords(p))
}

// addPlace adds a place of the catalogue. A city wins over a hub of its name; a hub of two names ("Kochi/Kerala") is
// found by neither.
func (t *slotTable) addPlace(p Place) {
	name := phrase(p.Name)
	i := len(t.places)
	t.places = append(t.places, p)
	if old, ok := t.byName[name]; !ok || t.places[old].Kind != City {
		t.byName[name] = i
	}
	if strings.Contains(p.Name, "/") {
		return
	}
	for _, s := range append([]string{p.Name}, p.Aliases...) {
		key := phrase(s)
		if have, ok := t.phrases[key]; ok && have.slot == SlotPlace && t.places[have.place].Kind == City && s != p.Name {
			continue
		}
		if len(key) > 2 {
			t.set(key, slotWord{slot: SlotPlace, value: p.Slug, place: t.byName[name]})
		}
	}
}

// addListed adds a line of places.tsv to the place of that name, or makes it.
func (t *slotTable) addListed(r row) {
	if r.kind == "uk" || r.kind == slotUKWord {
		for _, s := range r.terms {
			t.uk[phrase(s)] = slotWord{slot: r.kind, value: r.value}
		}
		return
	}
	i := t.placeNamed(r)
	for _, s := range r.terms {
		t.wellKnown = append(t.wellKnown, phrase(s))
		t.set(phrase(s), slotWord{slot: SlotPlace, value: t.places[i].Slug, place: i})
	}
}

func (t *slotTable) placeNamed(r row) int {
	kind := PlaceKind(r.kind)
	if i, ok := t.byName[phrase(r.value)]; ok && (kind == City || t.places[i].Kind == kind) {
		return i
	}
	if w, ok := t.phrases[phrase(r.value)]; ok && w.slot == SlotPlace && t.places[w.place].Kind == kind {
		return w.place // the catalogue has it under its new name
	}
	t.places = append(t.places, Place{Kind: kind, Slug: strings.ReplaceAll(phrase(r.value), " ", "-"), Name: r.value})
	return len(t.places) - 1
}

// readUK remembers where the person lives, from words that treatments did not use.
func (t *slotTable) readUK(s *scratch, out *Resolution) {
	s.seq.reset(s.toks)
	q := &s.seq
	for i := 0; i < q.len(); i++ {
		for j := min(i+3, q.len()) - 1; j >= i; j-- {
			w, ok := t.uk[q.run(i, j)]
			if !ok || w.slot == slotUKWord && !(i > 0 && placeWord(q.token(i-1).norm)) {
				continue
			}
			q.use(i, j)
			if out.UKPlace == "" {
				out.UKPlace = w.value
				out.chip(SlotUK, w.value, "From "+w.value, q.typed(i, j))
			}
			i = j
			break
		}
	}
}

func placeWord(w string) bool {
	switch w {
	case "in", "from", "near", "to", "at", "of":
		return true
	}
	return false
}
