package handlers

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"carecorridor/catalogue"
	"carecorridor/models"
	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

// tripPage is one question with the answers so far.
func (h *Handlers) tripPage(c echo.Context, a *tripAnswers, step string) (*answer, error) {
	q := views.TripQuestion{Number: slices.Index(tripSteps, step) + 1, Of: len(tripSteps), Action: link.TripCost, Answers: h.tripSoFar(a), Back: tripBack(a, step)}
	q.Keep = keepTrip(a.Trip, step)
	h.ask(c.Request().Context(), a, step, &q)
	f := h.frame(q.Title, link.TripCost, link.TripCost)
	f.Description = "What treatment in India may cost in all: the hospital, flights, visas, room, food, insurance and a reserve, beside UK prices and the NHS wait."
	f.Breadcrumb = crumbs(ui.Link{Text: tripTitle, Href: link.TripCost})
	if len(c.QueryParams()) == 0 {
		f.Breadcrumb = crumbs()
	} else {
		f.NoIndex = true
	}
	if say := a.problems[step]; say != "" {
		f.Errors = &ui.ErrorSummary{Problems: []ui.Problem{{Text: say, FieldID: step}}}
	}
	return html(c, http.StatusOK, views.TripQuestionPage(f, q))
}

// keepTrip is the other answers as hidden inputs, and the name of the question this form answers.
func keepTrip(t link.Trip, step string) []ui.Hidden {
	own := []string{step}
	if step == "hospital" {
		own = append(own, "hub")
	}
	out := []ui.Hidden{{Name: "asked", Value: step}}
	for _, p := range t.Pairs(own...) {
		out = append(out, ui.Hidden{Name: p.Key, Value: p.Value})
	}
	return out
}

func tripBack(a *tripAnswers, step string) views.Anchor {
	if i := slices.Index(tripSteps, step); i > 0 {
		return views.Anchor{Text: "Back to the question before", URL: link.TripQuestion(a.Trip, tripSteps[i-1])}
	}
	return views.Anchor{}
}

// dontKnow is the way on without an answer.
func dontKnow(a *tripAnswers, key, text string) views.Anchor {
	return views.Anchor{Text: text, URL: link.TripQuestion(a.With(key, link.TripUnknown), "")}
}

func (h *Handlers) ask(ctx context.Context, a *tripAnswers, step string, q *views.TripQuestion) {
	ref := h.cat.Reference()
	switch step {
	case "treatment":
		askTreatment(a, q)
		h.pricedHere(a, q)
	case "hospital":
		askHospital(ref, a, q)
	case "from":
		askAirport(ref, a, q)
	case "people":
		q.Title = "Who travels with you?"
		q.Choices = tripChoices(a, step, q.Title, "Most people need someone with them after an operation.", tripPeople)
	case "nights":
		askNights(ref, a, q)
	case "room":
		h.askRoom(ref, a, q)
	case "month":
		h.askMonth(a, q)
	case "insurance":
		q.Title = "Will you buy insurance that covers planned treatment?"
		q.Choices = tripChoices(a, step, q.Title, "Ordinary travel insurance leaves planned treatment out. Special cover exists. We hold no price for it.",
			[]ui.Choice{{Value: "yes", Text: "Yes"}, {Value: "no", Text: "No"}, {Value: link.TripUnknown, Text: "I don’t know"}})
	}
}

var tripPeople = []ui.Choice{{Value: "1", Text: "Nobody, I go alone"}, {Value: "2", Text: "1 person"}, {Value: "3", Text: "2 people"}, {Value: "4", Text: "3 people"},
	{Value: link.TripUnknown, Text: "I don’t know", Hint: "We count 1 person with you."}}

// tripChoices is a question answered by one of a list, the answer given before marked.
func tripChoices(a *tripAnswers, step, legend, hint string, options []ui.Choice) *ui.Choices {
	ch := &ui.Choices{ID: step, Name: step, Legend: legend, Hint: hint, Error: a.problems[step], PageHeading: true, Options: slices.Clone(options)}
	for i, o := range ch.Options {
		ch.Options[i].Checked = o.Value == a.value(step)
	}
	return ch
}

// mostOffered is how many treatments or hospitals are offered at once.
const mostOffered = 15

func askTreatment(a *tripAnswers, q *views.TripQuestion) {
	q.Title = "Which treatment are you thinking about?"
	q.Stop = a.stop
	if q.Stop != nil {
		q.Title = a.treatment.Name
		q.Back = views.Anchor{Text: "Choose another treatment", URL: link.TripQuestion(a.With("treatment", ""), "treatment")}
		return
	}
	if a.typed["treatment"] == "" {
		q.Lead = []string{fmt.Sprintf("%d short questions. You can answer “I don’t know” to each. We store nothing: your answers are only in the address of the page.", len(tripSteps))}
	}
	if found := a.candidates["treatment"]; len(found) > 0 {
		q.Title = "Which of these is it?"
		hint := ""
		if len(found) > mostOffered {
			hint = fmt.Sprintf("The first %d of %d. Use more words to find others.", mostOffered, len(found))
		}
		q.Choices = tripChoices(a, "treatment", q.Title, hint, found[:min(len(found), mostOffered)])
		q.Back = views.Anchor{Text: "None of these: use other words", URL: link.TripQuestion(a.With("treatment", ""), "treatment")}
		return
	}
	value := a.typed["treatment"]
	if a.treatment != nil && value == "" {
		value = a.treatment.Name
	}
	q.Search = &views.TripSearch{ID: "treatment", Name: "q", Label: "Treatment or condition", Hint: "For example, knee replacement or cataract. Your own words will do.",
		Value: value, Error: a.problems["treatment"], Suggest: link.TripSuggestOf(a.Trip, "treatment")}
	q.Skip = dontKnow(a, "treatment", "I don’t know yet")
	q.QuickOf, q.Quick = "Not sure what it is called?", []views.Anchor{{Text: "All treatments, A to Z by specialty", URL: link.Treatments}}
}

// pricedHere offers what the chosen hospital publishes a price for.
func (h *Handlers) pricedHere(a *tripAnswers, q *views.TripQuestion) {
	if a.profile == nil || q.Search == nil {
		return
	}
	var priced []views.Anchor
	for _, k := range a.profile.Packages {
		if p, ok := h.cat.Reference().Procedure(k.ProcedureSlug); ok && k.Price != nil {
			one := views.Anchor{Text: p.Name, URL: link.TripQuestion(a.With("treatment", p.Slug), "")}
			if !slices.Contains(priced, one) {
				priced = append(priced, one)
			}
		}
	}
	if len(priced) > 0 {
		q.QuickOf, q.Quick = a.profile.Name+" publishes a price for:", append(priced, q.Quick...)
	}
}

func askHospital(ref *catalogue.Reference, a *tripAnswers, q *views.TripQuestion) {
	q.Title = "Which hospital, or where in India?"
	if found := a.candidates["hospital"]; len(found) > 0 {
		q.Title = "Which of these hospitals?"
		q.Choices = tripChoices(a, "hospital", q.Title, "Not here? Add the city to the name.", found[:min(len(found), mostOffered)])
		q.Back = views.Anchor{Text: "None of these: use another name or a hub city", URL: link.TripQuestion(a.With("hub", ""), "hospital")}
		return
	}
	q.Lead = []string{"Only a hospital’s own package is its price. Without one we use the range that sources publish for India."}
	q.Search = &views.TripSearch{ID: "hospital", Name: "name", Label: "Hospital, if you have one in mind", Value: a.typed["hospital"], Error: a.problems["hospital"],
		Suggest: link.TripSuggestOf(a.With("hospital", ""), "hospital")}
	q.Or = "or"
	q.Field = &ui.Field{ID: "hub", Name: "hub", Label: "Any hospital in a hub city", Type: "select", Options: []ui.Option{{Text: "Choose a hub city"}}}
	for _, hub := range ref.Hubs {
		q.Field.Options = append(q.Field.Options, ui.Option{Value: hub.Slug, Text: hub.Name, Selected: a.Hub == hub.Slug})
	}
	q.Skip = dontKnow(a, "hub", "I don’t know yet")
	if a.profile != nil {
		q.Quick = []views.Anchor{{Text: "Keep " + a.profile.Name, URL: link.TripQuestion(a.Trip, "")}}
	}
}

func askAirport(ref *catalogue.Reference, a *tripAnswers, q *views.TripQuestion) {
	q.Title = "Which UK airport would you use?"
	var options []ui.Choice
	for _, air := range ref.Airports {
		if air.Role == "uk_gateway" {
			options = append(options, ui.Choice{Value: air.IATA, Text: air.Name, Hint: a.nonStop(ref, air)})
		}
	}
	slices.SortFunc(options, func(x, y ui.Choice) int { return strings.Compare(x.Text, y.Text) })
	hint := "A route is shown as a source reported it. Check with the airline."
	if to := a.destination(ref); to != nil && !slices.ContainsFunc(options, func(o ui.Choice) bool { return strings.HasPrefix(o.Hint, "Non-stop") }) {
		hint = "We hold no non-stop flight from these airports to " + to.Name + "."
		for i := range options {
			options[i].Hint = ""
		}
	}
	q.Choices = tripChoices(a, "from", q.Title, hint, append(options, ui.Choice{Value: link.TripUnknown, Text: "I don’t know"}))
}

// destination is the hub travelled to, nil when it is open.
func (a *tripAnswers) destination(ref *catalogue.Reference) *models.Hub {
	if a.hub != nil {
		return a.hub
	}
	if a.profile != nil {
		if hub, ok := ref.Hub(deref(a.profile.City.HubSlug)); ok {
			return &hub
		}
	}
	return nil
}

// nonStop says which non-stop flights were reported from an airport to where the reader goes.
func (a *tripAnswers) nonStop(ref *catalogue.Reference, air models.Airport) string {
	var there, any []models.Route
	to := a.destination(ref)
	for _, r := range ref.Routes {
		if r.Origin != air.IATA || routeStatus[r.Status].said == "" || r.Status == "historic_unconfirmed" {
			continue
		}
		any = append(any, r)
		if dest, ok := ref.Airport(r.Destination); ok && to != nil && deref(dest.HubSlug) == to.Slug {
			there = append(there, r)
		}
	}
	switch {
	case len(there) > 0:
		return fmt.Sprintf("Non-stop to %s, %s", to.Name, routeStatus[there[0].Status].said)
	case to != nil:
		return "We hold no non-stop flight to " + to.Name
	}
	var cities []string
	for _, r := range any {
		if dest, ok := ref.Airport(r.Destination); ok && !slices.Contains(cities, dest.City) {
			cities = append(cities, dest.City)
		}
	}
	if len(cities) == 0 {
		return "We hold no non-stop flight to India"
	}
	return "Non-stop flights were reported to " + joinWords(cities)
}

// stay is the sourced stay of the trip: the hospital's own packages', else the treatment's. own reports which.
func (a *tripAnswers) stay() (s catalogue.Stay, own bool) {
	var times []catalogue.PackageTime
	for _, k := range a.packages() {
		times = append(times, catalogue.PackageTime{DaysInIndia: k.DaysInIndia, StayNights: k.StayNights})
	}
	t := catalogue.Treatment{}
	if a.treatment != nil {
		t = *a.treatment
	}
	return catalogue.StayFor(t, times...)
}

// packages are the hospital's own live packages for the treatment.
func (a *tripAnswers) packages() []catalogue.OwnPackage {
	var out []catalogue.OwnPackage
	if a.profile == nil || a.treatment == nil {
		return nil
	}
	for _, k := range a.profile.Packages {
		if k.Price != nil && k.ProcedureSlug == a.treatment.Slug {
			out = append(out, k)
		}
	}
	return out
}

func askNights(ref *catalogue.Reference, a *tripAnswers, q *views.TripQuestion) {
	q.Title = "How many nights would you stay in India?"
	stay, own := a.stay()
	f := &ui.Field{ID: "nights", Name: "nights", Label: "Nights, hospital included", InputMode: "text", Width: "10", Autocomplete: "off", Error: a.problems["nights"],
		Hint: "We hold no source for this treatment. Enter 14, or 14 to 21, or say that you do not know.", Value: a.Nights}
	q.Skip = dontKnow(a, "nights", "I don’t know: leave it out")
	if low, high := stay.Nights(); low > 0 {
		of := "Our source"
		if own {
			of = a.profile.Name
		}
		f.Hint = fmt.Sprintf("%s says %s in India. That is %s, which we filled in. You can change it, for example to 14 or to 14 to 21.", of, plainDays(stay), plainNights(low, high))
		q.Skip = dontKnow(a, "nights", "I don’t know: use "+plainNights(low, high))
		if a.Nights == "" || a.Nights == link.TripUnknown {
			f.Value = nightsValue(low, high)
		}
		if !own {
			q.Sources = a.staySources(ref)
		}
	} else if a.Nights == link.TripUnknown {
		f.Value = ""
	}
	q.Field = f
}

// staySources is the page that states the treatment's days in India.
func (a *tripAnswers) staySources(ref *catalogue.Reference) []views.Anchor {
	if src, ok := ref.Source(a.treatment.DaysSource); ok {
		return []views.Anchor{{Text: src.Title, URL: webOnly(src.URL)}}
	}
	return nil
}

func nightsValue(low, high int) string {
	if low == high {
		return strconv.Itoa(low)
	}
	return fmt.Sprintf("%d to %d", low, high)
}

func plainNights(low, high int) string {
	if low == high {
		return plural(low, "night")
	}
	return fmt.Sprintf("%d to %d nights", low, high)
}

func plainDays(s catalogue.Stay) string {
	if s.DaysLow == s.DaysHigh {
		return plural(s.DaysLow, "day")
	}
	return fmt.Sprintf("%d to %d days", s.DaysLow, s.DaysHigh)
}

// roomNames are the kinds of room in words.
var roomNames = map[catalogue.Room]string{catalogue.RoomBudget: "Budget: a guest house near the hospital", catalogue.RoomMiddle: "Middle: a 3-star hotel near the hospital", catalogue.RoomComfort: "Comfort: a 4 to 5-star hotel near the hospital"}

func (h *Handlers) askRoom(ref *catalogue.Reference, a *tripAnswers, q *views.TripQuestion) {
	q.Title = "What kind of room would you like?"
	var options []ui.Choice
	for _, r := range catalogue.Rooms {
		o := ui.Choice{Value: string(r), Text: roomNames[r]}
		if price, ok := catalogue.RoomANight(r, ref); ok {
			o.Hint = "About " + price.RoundTo(1).String() + " a night for 2 beds, as a source gave it"
		}
		options = append(options, o)
	}
	q.Choices = tripChoices(a, "room", q.Title, "For whoever comes with you, and for you before and after your time in hospital.",
		append(options, ui.Choice{Value: link.TripUnknown, Text: "I don’t know", Hint: "We count from budget to comfort."}))
}

func (h *Handlers) askMonth(a *tripAnswers, q *views.TripQuestion) {
	q.Title = "When would you travel?"
	q.Field = &ui.Field{ID: "month", Name: "month", Label: "Month", Type: "select", Error: a.problems["month"],
		Hint: "We use it to see whether prices and certificates still run then. We hold no fares by month.", Options: []ui.Option{{Text: "Choose a month"}}}
	for _, m := range monthsFrom(h.clock()) {
		q.Field.Options = append(q.Field.Options, ui.Option{Value: m, Text: monthWords(m), Selected: m == a.Month})
	}
	q.Skip = dontKnow(a, "month", "I don’t know yet")
}

// tripSoFar lists the answers given, each with the way to change it.
func (h *Handlers) tripSoFar(a *tripAnswers) []views.TripAnswer {
	var out []views.TripAnswer
	for _, one := range h.tripAnswered(a) {
		if one.Value != "" {
			out = append(out, one)
		}
	}
	return out
}
