package seed

import (
	"fmt"
	"io"
	"maps"
	"slices"

	"carecorridor/internal/when"
	"carecorridor/models"
)

// Counts says what a seed holds.
type Counts struct {
	Providers    map[string]int // by origin
	Certificates map[models.RegisterStatus]int
	Dated        []Span // every hospital certificate that its register called valid
	Towns        int
	Points       int // towns with a point
	Sources      int
}

// Span is the first and last day a certificate runs.
type Span struct{ From, To when.Date }

// Running counts the hospital certificates that run on a day.
func (c Counts) Running(on when.Date) (n int) {
	for _, s := range c.Dated {
		if !on.Before(s.From) && !s.To.Before(on) {
			n++
		}
	}
	return n
}

func (c *Counts) count(b Bundle) {
	c.Providers, c.Certificates = map[string]int{}, map[models.RegisterStatus]int{}
	for _, p := range slices.Concat(b.Providers, b.Samples) {
		c.Providers[p.Origin]++
		for _, a := range p.Accreditations {
			if p.Sample {
				continue
			}
			c.Certificates[a.RegisterStatus]++
			if a.RegisterStatus == models.RegisterValid && a.Level == "full" && a.ValidTo.Known() {
				c.Dated = append(c.Dated, Span{a.ValidFrom, a.ValidTo})
			}
		}
	}
	for _, t := range b.Cities {
		if c.Towns++; t.Lat != nil {
			c.Points++
		}
	}
	c.Sources = len(b.Sources)
}

func (c Counts) lines(p *printer, on when.Date) {
	for _, origin := range slices.Sorted(maps.Keys(c.Providers)) {
		p.line("%6d hospitals from %s", c.Providers[origin], origin)
	}
	for _, status := range slices.Sorted(maps.Keys(c.Certificates)) {
		p.line("%6d certificates %s", c.Certificates[status], status)
	}
	p.line("%6d hospital certificates run on %s", c.Running(on), on)
	p.line("%6d towns, %d with a point; %d sources", c.Towns, c.Points, c.Sources)
}

// Report says what a compile made, for people.
type Report struct {
	Counts
	ByNumber int      // register rows that are a curated hospital's, by certificate number
	ByName   int      // … by name and town
	Renewals int      // register rows that became a further certificate of a hospital already there
	Notes    []Note   // rows that were ambiguous or left out
	Unmapped []string // specialties of listings that no rule maps; they stay as words
}

// Note is a row that a person may want to look at.
type Note struct {
	File string
	Line int
	Row  string
	Why  string
}

// Write prints the report; on is the day to count running certificates for.
func (r Report) Write(w io.Writer, on when.Date) error {
	p := &printer{w: w}
	r.lines(p, on)
	p.line("%6d register rows belong to a curated hospital by number, %d by name and town", r.ByNumber, r.ByName)
	p.line("%6d register rows are a renewal of a row before them", r.Renewals)
	p.line("%6d specialties of listings stay as words", len(r.Unmapped))
	for _, n := range r.Notes {
		p.line("%s line %d: %s: %s", n.File, n.Line, n.Row, n.Why)
	}
	return p.err
}

// LoadReport says what a load did.
type LoadReport struct {
	Counts
	Wrote   models.Wrote // the zero Wrote: everything was there already
	Removed int          // sample hospitals taken away
}

// Write prints the report; on is the day to count running certificates for.
func (r LoadReport) Write(w io.Writer, on when.Date) error {
	p := &printer{w: w}
	r.lines(p, on)
	p.line("%6d rows added, %d changed, %d removed", r.Wrote.Added, r.Wrote.Changed, r.Wrote.Removed)
	if r.Removed > 0 {
		p.line("%6d sample hospitals taken away: the demonstration is off", r.Removed)
	}
	return p.err
}

// printer keeps the first error of a run of lines.
type printer struct {
	w   io.Writer
	err error
}

func (p *printer) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format+"\n", args...)
	}
}
