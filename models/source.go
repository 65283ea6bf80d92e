package models

import "carecorridor/internal/when"

// Source is where facts come from: a register snapshot, a data set, a page. Key is stable across loads.
type Source struct {
	ID          int64
	Key         string
	Kind        string // dataset | register | page | alliance | sample
	Title       string
	Publisher   string
	URL         string
	Licence     string
	PublishedOn string // as the source states it: "2025-09-27", "2026-03", "2025", "n.d."
	RetrievedOn when.Date
	Note        string
}
