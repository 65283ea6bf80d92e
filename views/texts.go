package views

import "strconv"

func itoa(n int) string { return strconv.Itoa(n) }

// about is the small line under a source.
func (c Cited) about() string {
	s := c.Publisher
	if c.Date != "" {
		s += ", " + c.Date
	} else {
		s += ", no date given"
	}
	if c.Read != "" {
		s += ". Read on " + c.Read
	}
	s += "."
	if c.Note != "" {
		s += " " + c.Note
	}
	return s
}
