package seed

import (
	"fmt"
	"io"
	"maps"
	"slices"

	"carecorridor/internal/when"
	"carecorridor/models"
)

// Report says what a compile made, for people.
type Report struct {
	Providers    map[string]int // by origin
	Certificates map[models.RegisterStatus]int
	Dated        []Span   // first and last day of every accrediting certificate the register called valid
	ByNumber     int      // register rows that are a curated hospital's, by certificate number
	ByName       int      // … by name and town
	Renewals     int      // register rows that became a further certificate of a hospital already there
	Notes        []Note   // rows that were ambiguous or left out
	Unmapped     []string // listed specialties no rule maps; they stay as words
	Cities       int
	Points       int // cities with a point
	Sources      int
	Samples      int
}

// Note is a row that a person may want to look at.
type Note struct {
	File string
	Line int
	Row  string
	Why  string
}

// Span is the first and last day a certificate runs.
type Span struct{ From, To when.Date }

// Running counts the hospital certificates that run on a day.
func (r Report) Running(on when.Date) (n int) {
	for _, s := range r.Dated {
		if !on.Before(s.From) && !s.To.Before(on) {
			n++
		}
	}
	return n
}

func (r *Report) count(b Bundle) {
	r.Providers, r.Certificates = map[string]int{}, map[models.RegisterStatus]int{}
	for _, p := range b.Providers {
		r.Providers[p.Origin]++
		for _, a := range p.Accreditations {
			r.Certificates[a.RegisterStatus]++
			if a.RegisterStatus == models.RegisterValid && a.Level == "full" && a.ValidTo.Known() {
				r.Dated = append(r.Dated, Span{a.ValidFrom, a.ValidTo})
			}
		}
	}
	for _, c := range b.Cities {
		if r.Cities++; c.Lat != nil {
			r.Points++
		}
	}
	r.Sources, r.Samples = len(b.Sources), len(b.Samples)
}

// Write prints the report; on is the day to count running certificates for.
func (r Report) Write(w io.Writer, on when.Date) error {
	p := printer{w: w}
	for _, origin := range slices.Sorted(maps.Keys(r.Providers)) {
		p.line("%6d hospitals from %s", r.Providers[origin], origin)
	}
	p.line("%6d sample hospitals", r.Samples)
	for _, status := range slices.Sorted(maps.Keys(r.Certificates)) {
		p.line("%6d certificates %s", r.Certificates[status], status)
	}
	p.line("%6d hospital certificates run on %s", r.Running(on), on)
	p.line("%6d register rows matched a curated hospital by number, %d by name and town; %d renewals joined", r.ByNumber, r.ByName, r.Renewals)
	p.line("%6d towns, %d with a point; %d sources; %d listed specialties kept as words", r.Cities, r.Points, r.Sources, len(r.Unmapped))
	for _, n := range r.Notes {
		p.line("%s line %d: %s: %s", n.File, n.Line, n.Row, n.Why)
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
