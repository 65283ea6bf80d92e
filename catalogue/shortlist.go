package catalogue

import (
	"context"
	"strconv"
	"strings"
	"time"

	"carecorridor/internal/fault"
	"carecorridor/internal/reference"
	"carecorridor/models"
)

// ShareDays is how long a shared shortlist can be opened (ux.md §6.6).
const ShareDays = 28

// codeTries is how often another code is made when one is taken: with 28 million of them, twice is rare.
const codeTries = 5

// SharedList is a copy of a shortlist as its code opens it.
type SharedList struct {
	Code  string
	IDs   []int64 // hospitals in the order of the list; some may be listed no longer
	Until time.Time
}

// ShareList keeps a copy of a list of hospitals, without notes, under a new code for ShareDays.
func (c *Catalogue) ShareList(ctx context.Context, ids []int64) (SharedList, error) {
	var words []string
	for _, id := range ids {
		words = append(words, strconv.FormatInt(id, 10))
	}
	row := models.SharedShortlist{Providers: strings.Join(words, ",")}
	var err error
	for range codeTries {
		row.Code = reference.New()
		err = c.store.Write(ctx, func(tx *models.Tx) error {
			row.ExpiresAt = tx.Now().AddDate(0, 0, ShareDays)
			return tx.AddSharedShortlist(&row)
		})
		if !fault.Is(err, fault.Conflict) {
			break
		}
	}
	return SharedList{Code: row.Code, IDs: ids, Until: row.ExpiresAt}, err
}

// SharedList opens a copy by its code as typed. A code that is wrong, unknown or ended is fault.Missing, all the same.
func (c *Catalogue) SharedList(ctx context.Context, typed string) (SharedList, error) {
	code, ok := reference.Parse(typed)
	if !ok {
		return SharedList{}, fault.New(fault.Missing, "shared shortlist", nil)
	}
	row, err := c.store.SharedShortlistByCode(ctx, code)
	if err != nil {
		return SharedList{}, err
	}
	out := SharedList{Code: row.Code, Until: row.ExpiresAt}
	for word := range strings.SplitSeq(row.Providers, ",") {
		if id, err := strconv.ParseInt(word, 10, 64); err == nil {
			out.IDs = append(out.IDs, id)
		}
	}
	return out, nil
}

// StopSharing forgets a copy.
func (c *Catalogue) StopSharing(ctx context.Context, code string) error {
	return c.store.Write(ctx, func(tx *models.Tx) error { return tx.DropSharedShortlist(code) })
}
