package handlers

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"carecorridor/catalogue"
	"carecorridor/internal/fault"
	"carecorridor/models"
	"carecorridor/search"
	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

// tripSteps are the questions in the order they are asked. "hospital" is answered by a hospital or a hub.
var tripSteps = []string{"treatment", "hospital", "from", "people", "nights", "room", "month", "insurance"}

// tripAnswers is what a reader answered, and what of it could be used.
type tripAnswers struct {
	link.Trip
	typed      map[string]string      // words of the two search boxes
	candidates map[string][]ui.Choice // by question: when the words may mean several
	problems   map[string]string      // by question: what to do
	settled    bool                   // words were understood: the address can be written without them
	stop       *views.Exclusion

	treatment             *catalogue.Treatment
	profile               *catalogue.Profile
	hub                   *models.Hub
	airport               *models.Airport
	people                int // 0 when not said
	nightsLow, nightsHigh int // 0 when not said
	month                 time.Time
}

// readTrip reads the address. It fails only when the database does.
func (h *Handlers) readTrip(c echo.Context) (*tripAnswers, error) {
	v := c.QueryParams()
	a := &tripAnswers{Trip: link.ParseTrip(v), typed: map[string]string{"treatment": cleanText(v.Get("q")), "hospital": cleanText(v.Get("name"))}, candidates: map[string][]ui.Choice{}, problems: map[string]string{}}
	for _, one := range []*string{&a.Treatment, &a.Hospital, &a.Hub, &a.From, &a.People, &a.Nights, &a.Room, &a.Month, &a.Insurance} {
		*one = cleanText(*one)
	}
	a.readTreatment(h.cat.Reference())
	if err := h.readHospital(c, a); err != nil {
		return nil, err
	}
	a.readTravel(h.cat.Reference())
	a.readNights()
	a.readMonth(h.clock())
	return a, nil
}

// open names the question to show: the one asked for, one that was sent without a usable answer, else the first
// that is open; "" when none is.
func (a *tripAnswers) open(step, asked string) string {
	if slices.Contains(tripSteps, step) {
		return step
	}
	if slices.Contains(tripSteps, asked) && (a.missing(asked) || a.problems[asked] != "") {
		if a.missing(asked) && a.problems[asked] == "" && len(a.candidates[asked]) == 0 {
			a.problems[asked] = askAgain[asked]
		}
		return asked
	}
	if a.stop != nil {
		return "treatment"
	}
	for _, s := range tripSteps {
		if a.problems[s] != "" {
			return s
		}
	}
	for _, s := range tripSteps {
		if a.missing(s) {
			return s
		}
	}
	return ""
}

// askAgain is what is said when a question was sent without an answer.
var askAgain = map[string]string{
	"treatment": "Enter a treatment, or say that you do not know", "hospital": "Enter a hospital, choose a hub city, or say that you do not know",
	"from": "Choose an airport, or say that you do not know", "people": "Choose how many people travel", "nights": "Enter the nights in India, or say that you do not know",
	"room": "Choose a kind of room", "month": "Choose a month, or say that you do not know", "insurance": "Choose yes, no or I don’t know",
}

// missing reports that a question has no answer yet.
func (a *tripAnswers) missing(step string) bool {
	switch step {
	case "treatment":
		return a.Treatment == ""
	case "hospital":
		return a.Hospital == "" && a.Hub == ""
	}
	return a.value(step) == ""
}

// value is the raw answer to a question with one key.
func (a *tripAnswers) value(step string) string {
	return map[string]string{"treatment": a.Treatment, "from": a.From, "people": a.People, "nights": a.Nights, "room": a.Room, "month": a.Month, "insurance": a.Insurance}[step]
}

// readTreatment takes a slug, or words that mean exactly one treatment.
func (a *tripAnswers) readTreatment(ref *catalogue.Reference) {
	if a.Treatment == link.TripUnknown {
		return
	}
	if _, ok := ref.Treatment(a.Treatment); a.Treatment != "" && !ok {
		a.typed["treatment"], a.Treatment = words(a.Treatment), ""
	}
	if a.Treatment == "" && a.typed["treatment"] != "" {
		a.understand(ref)
	}
	t, ok := ref.Treatment(a.Treatment)
	if !ok {
		return
	}
	a.treatment = &t
	if ex, excluded := exclusions[catalogue.ExclusionOf(t.Slug)]; excluded {
		a.stop = &ex
	}
}

// understand reads the words typed for a treatment.
func (a *tripAnswers) understand(ref *catalogue.Reference) {
	typed := a.typed["treatment"]
	if meant := ref.Resolver.Resolve(typed).Procedures; len(meant) == 1 {
		a.Treatment, a.settled = meant[0], true
		return
	}
	var found []ui.Choice
	for slug := range wantedTreatments(ref, typed) {
		t, _ := ref.Treatment(slug)
		hint := strings.Join(ref.LayTerms(slug)[:min(3, len(ref.LayTerms(slug)))], ", ")
		found = append(found, ui.Choice{Value: slug, Text: t.Name, Hint: hint})
	}
	slices.SortFunc(found, func(x, y ui.Choice) int {
		return cmp.Or(cmp.Compare(sourcesOf(ref, y.Value), sourcesOf(ref, x.Value)), strings.Compare(x.Text, y.Text))
	})
	switch len(found) {
	case 0:
		a.problems["treatment"] = fmt.Sprintf("We do not know a treatment called “%s”. Use other words, or look in the list of all treatments", clip(typed))
	case 1:
		a.Treatment, a.settled = found[0].Value, true
	default:
		a.candidates["treatment"] = found
	}
}

// sourcesOf counts the sources of a price: what most people look for comes first.
func sourcesOf(ref *catalogue.Reference, slug string) int {
	t, _ := ref.Treatment(slug)
	return t.India.Sources
}

// readHospital takes a listing's slug, words that name one, or a hub.
func (h *Handlers) readHospital(c echo.Context, a *tripAnswers) error {
	if a.Hospital == link.TripUnknown {
		a.Trip = a.With("hub", link.TripUnknown)
	}
	if a.Hospital != "" {
		p, err := h.cat.Profile(c.Request().Context(), a.Hospital)
		switch {
		case err == nil:
			a.profile = &p
			a.Hub = ""
			return nil
		case !fault.Is(err, fault.Missing) && !fault.Is(err, fault.Gone):
			return err
		}
		a.typed["hospital"], a.Hospital = words(a.Hospital), ""
	}
	if a.typed["hospital"] != "" {
		return h.nameHospital(c, a)
	}
	if hub, ok := h.cat.Reference().Hub(a.Hub); ok {
		a.hub = &hub
	} else if a.Hub != "" && a.Hub != link.TripUnknown {
		a.Hub, a.problems["hospital"] = "", "Choose a hub city from the list"
	}
	return nil
}

// nameHospital looks for listings by the name typed: one of exactly that name is taken, others are offered.
func (h *Handlers) nameHospital(c echo.Context, a *tripAnswers) error {
	typed := a.typed["hospital"]
	found, err := h.namedLike(c, typed)
	if err != nil {
		return err
	}
	a.Hub = ""
	same := slices.DeleteFunc(slices.Clone(found), func(s search.Suggestion) bool { return !strings.EqualFold(s.Text, typed) })
	switch {
	case len(same) == 1:
		a.Trip, a.settled = a.With("hospital", same[0].Slug), true
	case len(found) == 0:
		a.problems["hospital"] = fmt.Sprintf("We do not list a hospital called “%s”. Check the name, or choose a hub city", clip(typed))
	default:
		for _, s := range found {
			a.candidates["hospital"] = append(a.candidates["hospital"], ui.Choice{Value: s.Slug, Text: s.Text, Hint: s.Sub})
		}
	}
	return nil
}

// clip shortens what was typed for use in a sentence.
func clip(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

// readTravel checks airport, people, room and insurance: each is one of a list.
func (a *tripAnswers) readTravel(ref *catalogue.Reference) {
	if a.From != "" && a.From != link.TripUnknown {
		if air, ok := ref.Airport(strings.ToUpper(a.From)); ok && air.Role == "uk_gateway" {
			a.From, a.airport = air.IATA, &air
		} else {
			a.problems["from"] = "Choose an airport from the list"
		}
	}
	if a.People != "" && a.People != link.TripUnknown {
		n, err := strconv.Atoi(a.People)
		if err != nil || n < 1 || n > catalogue.MaxTravellers {
			a.problems["people"] = fmt.Sprintf("Choose how many people travel, from 1 to %d", catalogue.MaxTravellers)
		} else {
			a.people = n
		}
	}
	if a.Room != "" && a.Room != link.TripUnknown && !slices.Contains(catalogue.Rooms, catalogue.Room(a.Room)) {
		a.problems["room"] = "Choose a kind of room from the list"
	}
	if a.Insurance != "" && !slices.Contains([]string{"yes", "no", link.TripUnknown}, a.Insurance) {
		a.problems["insurance"] = "Choose yes, no or I don’t know"
	}
}

// maxNights is the longest stay that can be worked out.
const maxNights = 180

var nightsPattern = regexp.MustCompile(`^(\d{1,3})(?:\s*(?:to|-|–)\s*(\d{1,3}))?(?:\s*nights?)?$`)

// readNights takes "14" and "14 to 21".
func (a *tripAnswers) readNights() {
	if a.Nights == "" || a.Nights == link.TripUnknown {
		return
	}
	m := nightsPattern.FindStringSubmatch(strings.ToLower(a.Nights))
	if m == nil {
		a.problems["nights"] = "Enter the nights as a number, such as 14, or as two numbers, such as 14 to 21"
		return
	}
	low, _ := strconv.Atoi(m[1])
	high := low
	if m[2] != "" {
		high, _ = strconv.Atoi(m[2])
	}
	switch {
	case low < 1 || high > maxNights || low > maxNights:
		a.problems["nights"] = fmt.Sprintf("Nights must be from 1 to %d", maxNights)
	case low > high:
		a.problems["nights"] = "The first number of nights must be the lower one"
	default:
		a.nightsLow, a.nightsHigh = low, high
	}
}

// tripMonths is how far ahead a trip can be planned.
const tripMonths = 18

// readMonth takes "2027-03".
func (a *tripAnswers) readMonth(now time.Time) {
	if a.Month == "" || a.Month == link.TripUnknown {
		return
	}
	m, err := time.Parse("2006-01", a.Month)
	if err != nil || !slices.Contains(monthsFrom(now), a.Month) {
		a.problems["month"] = "Choose a month from the list"
		return
	}
	a.month = m
}

// monthsFrom lists this month and those after it.
func monthsFrom(now time.Time) []string {
	first := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.UTC)
	var out []string
	for i := range tripMonths {
		out = append(out, first.AddDate(0, i, 0).Format("2006-01"))
	}
	return out
}
