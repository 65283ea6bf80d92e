package handlers

import (
	"context"
	"strings"

	"github.com/maypok86/otter/v2"

	"carecorridor/catalogue"
	"carecorridor/views/ui"
)

// cardKey is all that a result card depends on. view is the version of the catalogue the card was judged for, so that
// none outlives a change of its hospital.
type cardKey struct {
	id                     int64
	procedure, place, view string
}

// readyBytes is the most that cards held drawn may take in memory.
const readyBytes = 32 << 20

func newCards() *otter.Cache[cardKey, *ui.ResultCard] {
	return otter.Must(&otter.Options[cardKey, *ui.ResultCard]{
		MaximumWeight: readyBytes,
		Weigher:       func(_ cardKey, c *ui.ResultCard) uint32 { return uint32(len(c.Ready) + 1024) },
	})
}

// readyCard is resultCard with its body drawn, once for each treatment and place it is measured from, and again
// whenever the catalogue moves.
func (h *Handlers) readyCard(card foundCard, q catalogue.Question) ui.ResultCard {
	key := cardKey{card.ID, q.PricedAs, placeWords(card, q), card.View}
	if held, ok := h.pages.cards.GetIfPresent(key); ok {
		return *held
	}
	out := h.resultCard(card, q)
	var body strings.Builder
	if err := out.Body().Render(context.Background(), &body); err == nil {
		out.Ready = body.String()
	}
	h.pages.cards.Set(key, &out)
	return out
}
