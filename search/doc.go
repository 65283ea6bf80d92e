package search

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
)

// ErrInvalidDoc is in the chain of every error that blames one document.
var ErrInvalidDoc = errors.New("search document not valid")

// DocError says which document an engine would not take, and why.
type DocError struct {
	ID     string
	Reason string
}

func (e *DocError) Error() string { return fmt.Sprintf("search document %q: %s", e.ID, e.Reason) }

// Unwrap lets errors.Is find ErrInvalidDoc.
func (e *DocError) Unwrap() error { return ErrInvalidDoc }

// Check reports the first thing that makes d unfit for an index, nil when there is none. One bad
// document fails a whole batch in Meilisearch (search.md §8), so both engines ask first.
func (d Doc) Check() error {
	if n, err := strconv.ParseInt(d.ID, 10, 64); err != nil || n < 0 || strconv.FormatInt(n, 10) != d.ID || n != d.Ord {
		return &DocError{d.ID, fmt.Sprintf("id must be the decimal text of ord %d", d.Ord)}
	}
	if (d.Lat == nil) != (d.Lng == nil) {
		return &DocError{d.ID, "latitude without longitude"}
	}
	if d.Lat != nil && !validPoint(*d.Lat, *d.Lng) {
		return &DocError{d.ID, fmt.Sprintf("no point on earth: %v, %v", *d.Lat, *d.Lng)}
	}
	return d.checkPrices()
}

func (d Doc) checkPrices() error {
	for node, list := range d.Prices {
		if !node.Valid() {
			return &DocError{d.ID, fmt.Sprintf("price node %.40q", string(node))}
		}
		if !slices.IsSorted(list) {
			return &DocError{d.ID, fmt.Sprintf("prices of %s not ascending", node)}
		}
		if n := len(list); n > 0 && (list[0] < 0 || list[n-1] > MaxPrice) {
			return &DocError{d.ID, fmt.Sprintf("price of %s out of range", node)}
		}
	}
	return nil
}

// ShuffleRank is Shuffle as engines sort by it: 53 bits, all a JSON number keeps.
func (d Doc) ShuffleRank() int64 { return d.Shuffle & (1<<53 - 1) }

// From is the smallest of the ascending prices inside r; ok is false when there is none.
func From(prices []int64, r Range) (price int64, ok bool) {
	lo, hi := r.Ends()
	i, _ := slices.BinarySearch(prices, lo)
	if i == len(prices) || prices[i] > hi {
		return 0, false
	}
	return prices[i], true
}
