package referral_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"carecorridor/auth"
	"carecorridor/referral"
)

// The document about the workflow is printed from the tables: run with -update after changing them.
func TestTheDocumentIsPrintedFromTheTables(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString("# States of a referral\n\nPrinted from the tables of package `referral` by its test (`go test ./referral -run Document -update`): change the tables, not this page.\n\n")
	diagram(&b, "The referral", referralMoves())
	b.WriteString("From every open state a patient may withdraw, and staff or a hospital may record a death; before admission the referrer or the alliance may cancel; " +
		"an entry in error is voided. These ends are not drawn.\n\n")
	diagram(&b, "One hospital's answer", replyMoves())
	transitions(&b)
	replies(&b)
	timers(&b)
	reasons(&b)
	gates(&b)
	golden(t, "../docs/referral-states.md", b.String())
}

type move struct{ from, to, label string }

func diagram(b *strings.Builder, title string, moves []move) {
	fmt.Fprintf(b, "## %s\n\n```mermaid\nstateDiagram-v2\n", title)
	type pair struct{ from, to string }
	labels, order := map[pair][]string{}, []pair{}
	for _, m := range moves {
		p := pair{m.from, m.to}
		if labels[p] == nil {
			order = append(order, p)
		}
		if !slices.Contains(labels[p], m.label) {
			labels[p] = append(labels[p], m.label)
		}
	}
	for _, p := range order {
		fmt.Fprintf(b, "    %s --> %s: %s\n", p.from, p.to, strings.Join(labels[p], ", "))
	}
	b.WriteString("```\n\n")
}

// referralMoves are the lines that lead to another state. Those that close from every open state are drawn once.
func referralMoves() (out []move) {
	for _, line := range referral.Table {
		for _, s := range line.From {
			to := line.Target(s)
			if to == s || to == referral.Closed && len(line.From) > 6 {
				continue
			}
			from := string(s)
			if s == referral.None {
				from = "[*]"
			}
			label := string(line.Event)
			if line.Ending != "" {
				label += " (" + string(line.Ending) + ")"
			}
			out = append(out, move{from, string(to), label})
		}
	}
	return append(out, move{string(referral.Closed), "[*]", "an end"})
}

func replyMoves() (out []move) {
	for _, r := range referral.Replies {
		for _, from := range r.From {
			if r.To == referral.Same || r.To == from {
				continue
			}
			out = append(out, move{shown(from), shown(r.To), string(r.Event)})
		}
	}
	return out
}

func shown(r referral.Response) string {
	if r == referral.Unsent {
		return "unsent"
	}
	return string(r)
}

func transitions(b *strings.Builder) {
	b.WriteString("## Transitions\n\n\"All\" is every state but closed. An event without a line for a role and a state is refused.\n\n" +
		"| event | from | to | who | needs to hold | comes with | stopped by | timers | told | recorded |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n")
	for _, t := range referral.Table {
		to := string(t.To)
		if t.Ending != "" {
			to += " (" + string(t.Ending) + ")"
		}
		event := string(t.Event)
		if t.About == referral.OneHospital {
			event += " (one hospital)"
		}
		if t.StepUp {
			event += " (second factor)"
		}
		fmt.Fprintf(b, "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |\n", event, states(t.From), to, roles(t.Who), list(t.Guards, "; "), list(t.Needs, "; "), list(t.Stops, ", "),
			clocks(t.Clocks), told(t.Tell), strings.Join(t.Records, ", "))
	}
}

func states(all []referral.State) string {
	if len(all) == len(referral.States)-1 && !slices.Contains(all, referral.Closed) {
		return "all"
	}
	if slices.Equal(all, []referral.State{referral.None}) {
		return "(new)"
	}
	return list(all, ", ")
}

func roles(all []auth.Role) string { return list(all, ", ") }

func list[T ~string](all []T, between string) string {
	s := make([]string, len(all))
	for i, x := range all {
		s[i] = string(x)
	}
	return strings.Join(s, between)
}

func clocks(ops []referral.ClockOp) string {
	var s []string
	for _, o := range ops {
		s = append(s, string(o.Op)+" "+string(o.Timer))
	}
	return strings.Join(s, ", ")
}

func told(ns []referral.Notice) string {
	var s []string
	for _, n := range ns {
		s = append(s, string(n.To)+": "+n.Key)
	}
	return strings.Join(s, ", ")
}

func replies(b *strings.Builder) {
	b.WriteString("\n## Hospitals' answers\n\n\"Same\" keeps the response and says from which ones the event is possible.\n\n| event | changes | from | to | if |\n| --- | --- | --- | --- | --- |\n")
	for _, r := range referral.Replies {
		var from []string
		for _, f := range r.From {
			from = append(from, shown(f))
		}
		fmt.Fprintf(b, "| %s | %s | %s | %s | %s |\n", r.Event, r.On, strings.Join(from, ", "), shown(r.To), r.If)
	}
}

func timers(b *strings.Builder) {
	b.WriteString("\n## Timers as they are unless configured otherwise\n\nWorking days are those of England and India together, without the hospital's own holidays.\n\n| timer | lasts | says | then |\n| --- | --- | --- | --- |\n")
	usual := referral.Usual()
	var names []string
	for name := range usual {
		names = append(names, string(name))
	}
	slices.Sort(names)
	for _, name := range names {
		t := usual[referral.Timer(name)]
		var says []string
		for _, r := range t.Rungs {
			says = append(says, fmt.Sprintf("%s: %s to %s", span(r.After), r.Key, list(r.To, " and ")))
		}
		fmt.Fprintf(b, "| %s | %s | %s | %s |\n", name, span(t.Lasts), strings.Join(says, "; "), t.Ends)
	}
}

func span(s referral.Span) string {
	if s.N == 0 {
		return "to its day"
	}
	return fmt.Sprintf("%d %s", s.N, strings.ReplaceAll(string(s.Unit), "_", " "))
}

func reasons(b *strings.Builder) {
	b.WriteString("\n## Reasons\n\n| code | words | for | who | comment |\n| --- | --- | --- | --- | --- |\n")
	for _, r := range referral.Reasons {
		comment := "if the event asks"
		if r.Comment {
			comment = "always"
		}
		fmt.Fprintf(b, "| %s | %s | %s | %s | %s |\n", r.Code, r.Label, list(r.For, ", "), roles(r.Who), comment)
	}
}

func gates(b *strings.Builder) {
	b.WriteString("\n## Gates before the journey\n\n| gate | title | evidence | who | holds for |\n| --- | --- | --- | --- | --- |\n")
	for _, g := range referral.Gates {
		days := "good"
		if g.Days > 0 {
			days = fmt.Sprintf("%d days", g.Days)
		}
		fmt.Fprintf(b, "| %s | %s | %s | %s | %s |\n", g.Gate, g.Title, strings.Join(g.Evidence, ", "), roles(g.Who), days)
	}
}
