package main

import (
	"context"
	"fmt"
	"io"

	"carecorridor/feedback"
	"carecorridor/internal/when"
	"carecorridor/views/link"
)

// mostInput is the most that is read from standard input.
const mostInput = 1 << 20

func readAll(r io.Reader) ([]byte, error) { return io.ReadAll(io.LimitReader(r, mostInput)) }

type reportsCommand struct {
	List  reportsList  `cmd:"" default:"withargs" help:"List reports that wait, oldest first."`
	Close reportsClose `cmd:"" help:"Say what came of a report. Its email address is forgotten."`
}

type reportsList struct {
	All bool `help:"Also those closed."`
}

// Run lists.
func (l *reportsList) Run(ctx context.Context, c *Config) error {
	return withFeedback(ctx, c, func(s *feedback.Service) error {
		reports, err := s.Reports(ctx, l.All)
		for _, r := range reports {
			fmt.Printf("%s  %s  %s  %s%s\n%s\n", r.Reference, r.SentAt.In(when.IST).Format("2006-01-02 15:04 MST"), r.About, c.Origin, link.Hospital(r.Slug), indent(r.Words))
			if r.Address != "" {
				fmt.Printf("   wants an answer: %s\n", r.Address)
			}
			if r.ClosedAt != nil {
				fmt.Printf("   closed by %s: %s\n", r.ClosedBy, r.Outcome)
			}
		}
		if err == nil && len(reports) == 0 {
			fmt.Println("nothing waits")
		}
		return err
	})
}

type reportsClose struct {
	Reference string `arg:"" help:"CC-XXXX-XX, as listed."`
	Outcome   string `required:"" help:"What was done."`
	By        string `required:"" help:"Who closes it."`
}

// Run closes.
func (r *reportsClose) Run(ctx context.Context, c *Config) error {
	return withFeedback(ctx, c, func(s *feedback.Service) error { return s.CloseReport(ctx, r.Reference, r.Outcome, r.By) })
}
