package handlers

import (
	"fmt"
	"slices"

	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

// chosen are the hospitals that the address of a results page keeps for comparing. They live in the address
// alone, so that the page stays the same for everybody who opens it.
func chosen(q link.Query) []string { return q.Compare[:min(mostCompared, len(q.Compare))] }

// choices puts the controls of comparing and keeping on a card.
func choices(card ui.ResultCard, q link.Query) ui.ResultCard {
	slug, now := card.ID, chosen(q)
	q.Compare = now
	switch {
	case slices.Contains(now, slug):
		card.Compare = &ui.Toggle{Href: link.Hospitals(q.WithoutCompare(slug)) + "#r-" + slug, Text: "Remove from comparison", On: true}
	case len(now) < mostCompared:
		card.Compare = &ui.Toggle{Href: link.Hospitals(q.WithCompare(slug)) + "#r-" + slug, Text: "Compare"}
	}
	card.Shortlist = saveToggle(slug)
	return card
}

// compareBar says how many are chosen; nil when none is.
func compareBar(q link.Query, pricedAs string) *views.CompareBar {
	now := chosen(q)
	if len(now) == 0 {
		return nil
	}
	none := q
	none.Compare = nil
	b := &views.CompareBar{Text: plural(len(now), "hospital") + " chosen to compare", Hint: fmt.Sprintf("You can choose up to %d.", mostCompared),
		Clear: ui.Link{Text: "Clear", Href: link.Hospitals(none), Hidden: "the hospitals chosen to compare"}}
	switch len(now) {
	case 1:
		b.Hint = "Choose at least 1 more. " + b.Hint
	case mostCompared:
		b.Hint = "That is the most that fit side by side."
	}
	if len(now) >= fewestCompared {
		b.Link = ui.Link{Text: "Compare them side by side", Href: link.CompareFor(pricedAs, "", now...)}
	}
	return b
}
