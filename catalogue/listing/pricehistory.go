package listing

import (
	"time"

	"carecorridor/internal/money"
	"carecorridor/internal/when"
)

// PriceChange is one step of a price's public history.
type PriceChange struct {
	At        time.Time
	Package   string // key of the entry
	Procedure string // slug
	Name      string
	Old, New  *money.Amount // nil: was not, or is no longer, offered
	ValidTo   when.Date
}
