package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"carecorridor/feedback"
	"carecorridor/internal/when"
	"carecorridor/views/link"
)

// feedbackService wires feedback and reports to an open app.
func (a *app) feedbackService() (*feedback.Service, error) {
	tokens, err := a.cfg.signer()
	if err != nil {
		return nil, err
	}
	box, err := a.cfg.box()
	if err != nil {
		return nil, err
	}
	s := feedback.New(a.store, tokens, box, a.clock)
	s.Origin = a.cfg.Origin
	return s, nil
}

// withFeedback runs f over the configured database.
func withFeedback(ctx context.Context, c *Config, f func(*feedback.Service) error) error {
	a, err := openApp(ctx, c)
	if err != nil {
		return err
	}
	defer a.close()
	s, err := a.feedbackService()
	if err != nil {
		return err
	}
	return f(s)
}

type feedbackCommand struct {
	Invite   feedbackInvite   `cmd:"" help:"Print the one-time link for a confirmed stay."`
	Respond  feedbackRespond  `cmd:"" help:"Keep a hospital's response to a published comment, for a moderator."`
	Withdraw feedbackWithdraw `cmd:"" help:"Take one person's feedback back for good, at their request."`
	Moderate feedbackModerate `cmd:"" help:"List comments and responses, and decide what the public sees."`
}

type feedbackInvite struct {
	Slug   string `arg:"" help:"Hospital, as in its address."`
	Stayed string `required:"" help:"Month in which the stay ended, for example 2026-10."`
	By     string `required:"" help:"Who confirmed the stay."`
	Days   int    `help:"How many days the link works; 0 for the usual number."`
}

// Run prints the link alone, so that it can be piped.
func (i *feedbackInvite) Run(ctx context.Context, c *Config) error {
	return withFeedback(ctx, c, func(s *feedback.Service) error {
		token, err := s.Invite(ctx, feedback.Confirmed{Slug: i.Slug, Stayed: i.Stayed, By: i.By, Days: i.Days})
		if err == nil {
			fmt.Println(c.Origin + link.Feedback(token))
		}
		return err
	})
}

type feedbackRespond struct {
	Feedback int64  `arg:"" help:"Number of the feedback, from the moderators' list."`
	Text     string `required:"" help:"The response; - reads it from standard input."`
	By       string `required:"" help:"Who sent it for the hospital."`
}

// Run keeps the response and says its number.
func (r *feedbackRespond) Run(ctx context.Context, c *Config) error {
	text, err := given(r.Text)
	if err != nil {
		return err
	}
	return withFeedback(ctx, c, func(s *feedback.Service) error {
		id, err := s.Respond(ctx, r.Feedback, text, r.By)
		if err == nil {
			fmt.Printf("response %d waits for a moderator\n", id)
		}
		return err
	})
}

type feedbackWithdraw struct {
	Feedback int64  `arg:"" help:"Number of the feedback, from the moderators' list."`
	By       string `required:"" help:"Who does this."`
}

// Run withdraws.
func (w *feedbackWithdraw) Run(ctx context.Context, c *Config) error {
	return withFeedback(ctx, c, func(s *feedback.Service) error { return s.Withdraw(ctx, w.Feedback, w.By) })
}

type feedbackModerate struct {
	List    moderateList    `cmd:"" default:"withargs" help:"List texts that wait, with words to look at twice."`
	Publish moderatePublish `cmd:"" help:"Publish a text as it was written."`
	Redact  moderateRedact  `cmd:"" help:"Publish a text without some words, with a public reason."`
	Refuse  moderateRefuse  `cmd:"" help:"Do not publish a text, with a public reason."`
	Log     moderateLog     `cmd:"" help:"Say who decided what about a text."`
}

type moderateList struct {
	All bool `help:"Also those decided about."`
}

// Run lists.
func (l *moderateList) Run(ctx context.Context, c *Config) error {
	return withFeedback(ctx, c, func(s *feedback.Service) error {
		items, err := s.Queue(ctx, l.All)
		for _, i := range items {
			fmt.Printf("%d  %s  %s on feedback %d, %s, stayed %s\n%s\n", i.ID, i.State, i.Kind, i.Feedback, i.Hospital, i.Stayed, indent(i.Body))
			if i.Shown != "" && i.Shown != i.Body {
				fmt.Printf("   shown as:\n%s\n", indent(i.Shown))
			}
			if i.Reason != "" {
				fmt.Printf("   reason: %s\n", i.Reason)
			}
			for _, f := range i.Flags {
				fmt.Printf("   look twice: %s: %s\n", f.Why, strings.Join(f.Words, ", "))
			}
		}
		if err == nil && len(items) == 0 {
			fmt.Println("nothing waits")
		}
		return err
	})
}

type moderatePublish struct {
	ID int64  `arg:"" help:"Number of the text, from the list."`
	By string `required:"" help:"Who decides."`
}

// Run publishes.
func (p *moderatePublish) Run(ctx context.Context, c *Config) error {
	return withFeedback(ctx, c, func(s *feedback.Service) error { return s.Publish(ctx, p.ID, p.By) })
}

type moderateRedact struct {
	ID     int64    `arg:"" help:"Number of the text, from the list."`
	Remove []string `required:"" sep:"none" help:"Words to take out, exactly as written; may be given again."`
	Reason string   `required:"" help:"Public reason."`
	By     string   `required:"" help:"Who decides."`
}

// Run publishes with parts taken out.
func (r *moderateRedact) Run(ctx context.Context, c *Config) error {
	return withFeedback(ctx, c, func(s *feedback.Service) error { return s.Redact(ctx, r.ID, r.Remove, r.Reason, r.By) })
}

type moderateRefuse struct {
	ID     int64  `arg:"" help:"Number of the text, from the list."`
	Reason string `required:"" help:"Public reason."`
	By     string `required:"" help:"Who decides."`
}

// Run refuses.
func (r *moderateRefuse) Run(ctx context.Context, c *Config) error {
	return withFeedback(ctx, c, func(s *feedback.Service) error { return s.Refuse(ctx, r.ID, r.Reason, r.By) })
}

type moderateLog struct {
	ID int64 `arg:"" help:"Number of the text, from the list."`
}

// Run prints the log, oldest first.
func (l *moderateLog) Run(ctx context.Context, c *Config) error {
	return withFeedback(ctx, c, func(s *feedback.Service) error {
		log, err := s.Log(ctx, l.ID)
		for _, d := range log {
			fmt.Println(strings.TrimSpace(fmt.Sprintf("%s  %s by %s  %s", d.At.In(when.IST).Format("2006-01-02 15:04 MST"), d.Decision, d.ByWhom, d.Reason)))
		}
		return err
	})
}

// indent sets a text apart, and makes control characters that a terminal would obey harmless.
func indent(text string) string {
	clean := strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f || r >= 0x80 && r < 0xa0 {
			return '�'
		}
		return r
	}, text)
	return "   | " + strings.ReplaceAll(clean, "\n", "\n   | ")
}

// given is text from the command line, or from standard input when it is "-".
func given(text string) (string, error) {
	if text != "-" {
		return text, nil
	}
	b, err := readAll(os.Stdin)
	return strings.TrimRight(string(b), "\r\n"), err
}
