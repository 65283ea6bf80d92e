package stories

import (
	"context"
	"io"

	"carecorridor/views"
	"carecorridor/views/chart"
	"carecorridor/views/ui"

	"github.com/a-h/templ"
)

func init() {
	add(Story{Name: "parts/content", Page: page(contentParts()...)}, Story{Name: "parts/forms", Page: page(formParts(false)...)},
		Story{Name: "parts/forms-with-errors", Page: page(formParts(true)...)}, Story{Name: "parts/signed-in", Page: signedIn()})
}

// page puts components under a heading.
func page(list ...templ.Component) templ.Component {
	f := site("Parts")
	f.Breadcrumb = home()
	return framed(f, "Parts", list...)
}

func framed(f views.Frame, heading string, list ...templ.Component) templ.Component {
	body := templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		if _, err := io.WriteString(w, `<h1 class="cc-h1">`+heading+`</h1>`); err != nil {
			return err
		}
		return templ.Join(list...).Render(ctx, w)
	})
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return views.Page(f).Render(templ.WithChildren(ctx, body), w)
	})
}

func within(box func(ctx context.Context, w io.Writer) error, children templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error { return box(templ.WithChildren(ctx, children), w) })
}

func contentParts() []templ.Component {
	facts := []ui.Fact{{Label: "Airport", Value: "Chennai, 9 km", Note: "Computed in a straight line"}, {Label: "Visa", Value: "Not known. We asked on 2 May.", Missing: true},
		{Label: markup, Value: endless}, {Label: "Whole trip, about", Value: "£8,020", Number: true, Strong: true, Link: ui.Link{Text: "Change", Href: "/trip-cost", Hidden: "the trip"}}}
	table := ui.StackTable{Caption: "Package prices", ShowCaption: true, Head: []ui.Column{{Text: "Package"}, {Text: "Room"}, {Text: "Full price", Short: "Price", Number: true}},
		Rows: []ui.Row{{Cells: []ui.Cell{{Text: "Knee replacement", Note: "Cemented implant"}, {Text: "Single"}, {Text: "£5,450", Note: "₹6,26,750", Strong: true}}},
			{Cells: []ui.Cell{{Text: rightward}, {Text: "Not published", Missing: true}, {Body: ui.Badge{Tone: ui.Warn, Text: "Expires in 41 days"}.View()}, {Text: "one too many"}}}}}
	costs := chart.Costs{ID: "costs", Of: "knee replacement", Rows: []chart.CostRow{{Route: chart.NHS, Label: "NHS in England", Words: "you wait longer"},
		{Route: chart.UKSelfPay, Label: "UK, paying yourself", Range: &chart.Range{Low: 13500, High: 17200}}, {Route: chart.IndiaTrip, Label: "India, whole trip"}}}
	return []templ.Component{
		ui.Caution{Title: "Travelling may not be right for you if", List: []string{"you have had a blood clot", "nobody can travel with you"}, Link: ui.Link{Text: "Read more", Href: "/guide"}}.View(),
		ui.Contents{Links: []ui.Link{{Text: "Prices", Href: "#prices"}, {Text: "Getting there", Href: "#travel"}}}.View(),
		within(ui.Rail{ID: "prices", Title: "Prices", Text: []string{"Valid until 30 April 2027."}, Links: []ui.Link{{Text: "How we check", Href: "/about/how-we-check"}}}.View().Render, table.View()),
		within(ui.Rail{ID: "travel", Title: "Getting there"}.View().Render, ui.SummaryList(facts).View()),
		within(ui.Rail{ID: "history", Title: "Listing history"}.View().Render, ui.Timeline{Items: []ui.Step{{Title: "3 November 2026", DateTime: "2026-11-03", Text: "Certificates checked again.", State: "done"}, {Title: "Next", State: "key"}}}.View()),
		ui.QuoteCard{Title: "Ask for a written quote", Note: "Usually answers in 2 working days", Lines: facts[:2], Buttons: []ui.Button{{Text: "Ask for a quote", Href: "/enquiry/start"}, {Text: "Add to shortlist", Look: ui.Secondary, Icon: "plus", Name: "h", Value: "a"}}}.View(),
		ui.Figure{ID: "fig", Title: "A trip costs about half", Sub: "In pounds, sample figures", Wide: chart.CostFigure(costs), Table: &ui.StackTable{Caption: "Costs", Plain: true, Head: []ui.Column{{Text: "Route"}, {Text: "Lowest", Number: true}}, Rows: []ui.Row{{Cells: []ui.Cell{{Text: "NHS"}, {Text: "£0"}}}}}, Source: ui.SourceNote{Text: "Sample."}, CSV: ui.Link{Text: "Download as CSV", Href: "/treatments/knee/figures.csv"}}.View(),
		ui.Tiles([]ui.StatTile{{Value: "1,240", Label: "hospitals", Note: "with a certificate running today"}, {Value: "8", Label: "hub cities"}}),
		within(ui.Details{Summary: "Sources"}.View().Render, ui.SourceNote{Text: "One source.", Stale: true}.View()),
	}
}

func formParts(wrong bool) []templ.Component {
	say := func(s string) string {
		if wrong {
			return s
		}
		return ""
	}
	return []templ.Component{
		ui.ErrorSummary{Problems: []ui.Problem{{Text: "Enter your email address", FieldID: "email"}, {Text: "Something else"}}}.View(),
		ui.Field{ID: "email", Label: "Email address", Hint: "We only use it to answer you", Type: "email", Autocomplete: "email", Error: say("Enter your email address"), Value: markup}.View(),
		ui.Field{ID: "problem", Label: "Main problem", Type: "textarea", Optional: true, Value: rightward, Error: say("Use 1,000 characters or fewer")}.View(),
		ui.Field{ID: "budget", Label: "Budget", Prefix: "£", InputMode: "numeric", Error: say("Enter a number")}.View(),
		ui.Field{ID: "from", Label: "Airport", Type: "select", Options: []ui.Option{{Value: "LHR", Text: "London Heathrow"}, {Value: "MAN", Text: "Manchester", Selected: true}}, Error: say("Choose an airport")}.View(),
		ui.Choices{ID: "who", Name: "who", Legend: "Who travels with you?", Hint: "Choose one", Error: say("Choose who travels with you"), Options: []ui.Choice{{Value: "1", Text: "Nobody", Hint: "Not advised after surgery"}, {Value: "2", Text: "One person", Checked: true}}}.View(),
		ui.Choices{ID: "need", Name: "need", Legend: "What do you need?", Many: true, Options: []ui.Choice{{Value: "a", Text: "Step-free rooms"}}}.View(),
		ui.SearchBox{ID: "again", Action: "/hospitals", Text: "knee", Keep: []ui.Hidden{{Name: "hub", Value: "kochi"}}}.View(),
	}
}
