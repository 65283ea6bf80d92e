package handlers

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"carecorridor/catalogue"
	"carecorridor/search"
	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

// hospitals is the results page; htmx gets only the part under #results.
func (h *Handlers) hospitals(c echo.Context) (*answer, error) {
	f, err := h.find(c)
	if err != nil {
		return nil, err
	}
	v := h.presentHospitals(f)
	a, err := html(c, http.StatusOK, views.HospitalsPage(v))
	if wantsFragment(c.Request()) {
		a, err = html(c, http.StatusOK, views.HospitalsFragment(v))
	}
	if err != nil {
		return nil, err
	}
	if f.page.Fallback {
		a.control = notStored // it says that the usual search is down, and must not outlive that
	}
	a.vary = "Accept-Encoding, HX-Request, HX-Request-Type"
	return a, nil
}

func (h *Handlers) presentHospitals(f *finding) views.Hospitals {
	ref, q := h.cat.Reference(), f.question
	heading := headingOf(ref, q)
	v := views.Hospitals{Frame: h.frame(heading, link.CanonicalHospitals(f.asked), link.HospitalsPath), Heading: heading}
	v.Live, v.Breadcrumb = true, crumbs()
	v.NoIndex = f.asked.Q != "" || len(q.Problems) > 0 || f.asked.IncludeUnconfirmed != "" || f.asked.Compare != nil
	v.Description = heading + ": accredited hospitals with certificates checked and dated, prices with their source. No hospital can pay for its place."
	v.Lead = leadWords(f)
	if q.PricedAs != "" {
		p, _ := ref.Procedure(q.PricedAs)
		v.Links = append(v.Links, ui.Link{Text: "Compare with UK prices and NHS waits for " + lowerFirst(p.Name), Href: link.Treatment(p.Slug)})
	}
	if h.cfg.Demo && f.asked.IncludeSamples == "0" {
		v.Samples = &views.Strip{Tag: "Demonstration", Text: "Sample hospitals are hidden. All hospitals here are real.", Off: ui.Link{Text: "Show samples", Href: link.Hospitals(f.asked.With("include_samples", ""))}}
	} else if h.cfg.Demo {
		v.Samples.Off.Href = link.Hospitals(f.asked.With("include_samples", "0"))
	}
	v.Errors = priceErrors(q.Problems)
	v.Filters = h.filterPanel(f)
	v.Results = h.results(f)
	v.JSONLD = []string{h.crumbLD(v.Breadcrumb)}
	return v
}

func headingOf(ref *catalogue.Reference, q catalogue.Question) string {
	what := "Hospitals"
	if len(q.Procedures) > 0 {
		p, _ := ref.Procedure(q.Procedures[0])
		what = p.Name
	} else if len(q.Specialties) > 0 {
		s, _ := ref.Specialty(q.Specialties[0])
		what = s.Name
	}
	return what + " in " + firstOf(q.City, q.Hub, q.State, "India")
}

func leadWords(f *finding) string {
	switch {
	case f.question.Excluded != "":
		return "This treatment is not offered for travel."
	case f.page.Total == 1:
		return "1 hospital matches."
	}
	return group(f.page.Total) + " hospitals match."
}

// priceErrors lists the problems with typed figures on top; everything else is a note among the results.
func priceErrors(problems []catalogue.Problem) *ui.ErrorSummary {
	var s ui.ErrorSummary
	for _, p := range problems {
		if field, ok := fieldOf[p.Key]; ok && p.Value != "" {
			s.Problems = append(s.Problems, ui.Problem{Text: p.Say, FieldID: field})
		}
	}
	if s.Problems == nil {
		return nil
	}
	return &s
}

var fieldOf = map[string]string{"price_min": "price_min", "price_max": "price_max"}

func (h *Handlers) results(f *finding) views.Results {
	q := f.question
	r := views.Results{Chips: chipsOf(f), Order: h.orderOf(f), Source: ui.SourceNote{Text: "Certificates judged for " + f.today.Long() + ", the day in India."}}
	if f.page.Fallback {
		r.Engine = &ui.Banner{Title: "Important", Text: []string{"Our usual search is not answering. These results come from our stand-in, and may be less exact than usual."}}
	}
	if q.Emergency {
		r.Engine = emergency(r.Engine)
	}
	for _, w := range q.Read {
		r.Notes = append(r.Notes, views.Note{Text: fmt.Sprintf("We read “%s” as “%s”.", w.Typed, w.Meant)})
	}
	for _, w := range q.Unknown[:min(shownUnknown, len(q.Unknown))] {
		r.Unknown = append(r.Unknown, views.Unknown{Word: shortened(w), Means: append(suggested(f, w), h.near(w)...)})
	}
	for _, p := range q.Problems {
		if _, typed := fieldOf[p.Key]; !typed || p.Value == "" {
			r.Notes = append(r.Notes, views.Note{Text: p.Say, Link: problemLink(p)})
		}
	}
	r.Notes = append(r.Notes, h.notes(f)...)
	r.Compare = compareBar(f.asked, q.PricedAs)
	if q.Excluded != "" {
		r.Unknown, r.Empty = nil, excludedResults(q)
		return r
	}
	for _, card := range f.cards {
		r.Cards = append(r.Cards, choices(h.readyCard(card, q), f.asked))
	}
	if f.page.Total == 0 {
		r.Empty = h.noResults(f)
	} else {
		r.Showing, r.First = showing(f), (f.page.Number-1)*f.perPage+1
		r.Pages = pagesOf(f)
	}
	if len(r.Chips.Items) > 0 {
		var labels []string
		for _, c := range r.Chips.Items {
			labels = append(labels, c.Text)
		}
		r.FiltersIn = "Filters: " + strings.Join(labels, ", ")
	}
	return r
}

// shownUnknown is how many words that meant nothing are named.
const shownUnknown = 3

// near is what a word nothing was found for may have meant, and always a way on.
func (h *Handlers) near(word string) []ui.Link {
	return append(h.closest(word), ui.Link{Text: "All treatments", Href: link.Treatments})
}

// closest asks the engine for treatments and places that begin like the word.
func (h *Handlers) closest(word string) []ui.Link {
	r := []rune(word)
	found, err := h.index.Suggest(context.Background(), string(r[:min(len(r), 4)]), 1)
	if err != nil || len(r) < 3 {
		return nil
	}
	var out []ui.Link
	for _, s := range found {
		if s.Kind == search.KindProcedure || s.Kind == search.KindPlace {
			out = append(out, ui.Link{Text: s.Text, Href: h.suggestionHref(s)})
		}
	}
	return out
}

func problemLink(p catalogue.Problem) ui.Link {
	if p.Key == "treatment" || p.Key == "specialty" {
		return ui.Link{Text: "All treatments", Href: link.Treatments}
	}
	return ui.Link{}
}

// notes are what an honest answer must add: prices that are not published, certificates not confirmed, words not found.
func (h *Handlers) notes(f *finding) []views.Note {
	ref, q := h.cat.Reference(), f.question
	var out []views.Note
	if q.UKPlace != "" {
		out = append(out, views.Note{Text: fmt.Sprintf("We list hospitals in India. “%s” does not change the list.", q.UKPlace)})
	}
	for _, w := range q.Negated {
		out = append(out, views.Note{Text: fmt.Sprintf("You wrote “%s”. We cannot leave out what you do not want, so the list is not limited by it.", shortened(w))})
	}
	if len(q.Procedures) > 1 && q.PricedAs != "" {
		p, _ := ref.Procedure(q.PricedAs)
		out = append(out, views.Note{Text: fmt.Sprintf("Several treatments match. Prices here are for %s.", lowerFirst(p.Name)), Link: ui.Link{Text: "All treatments", Href: link.Treatments}})
	}
	if f.unpriced > 0 {
		listed := "match"
		if q.PricedAs != "" {
			p, _ := ref.Procedure(q.PricedAs)
			s, _ := ref.Specialty(p.SpecialtySlug)
			listed = "list " + strings.ToLower(s.Name)
		}
		text := fmt.Sprintf("%s more hospitals %s but publish no price, so a price limit leaves them out.", group(f.unpriced), listed)
		if f.unpriced == 1 {
			text = "1 more hospital matches but publishes no price, so a price limit leaves it out."
		}
		out = append(out, views.Note{Text: text, Link: ui.Link{Text: "Show them", Href: link.Hospitals(plainQuery(f).With("price_min", "").With("price_max", "").With("currency", ""))}})
	}
	if q.Text != "" {
		out = append(out, views.Note{Text: fmt.Sprintf("We looked for “%s” in the names of hospitals and cities.", shortened(q.Text))})
	}
	if f.asked.IncludeUnconfirmed != "1" && q.Excluded == "" {
		out = append(out, views.Note{Text: "Only hospitals with a certificate running today are listed.", Link: ui.Link{Text: "Also show hospitals whose renewal is not confirmed", Href: link.Hospitals(f.asked.With("include_unconfirmed", "1"))}})
	}
	return out
}

func shortened(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

func showing(f *finding) string {
	first := (f.page.Number-1)*f.perPage + 1
	if first == 1 && f.page.Total <= f.perPage {
		return "Showing all " + group(f.page.Total)
	}
	return fmt.Sprintf("Showing %s to %s of %s", group(first), group(min(first+f.perPage-1, f.page.Total)), group(f.page.Total))
}

func pagesOf(f *finding) ui.Pagination {
	p := ui.Pagination{Label: "Pages of results"}
	if f.page.Pages < 2 {
		return p
	}
	at := func(n int) string { return link.Hospitals(f.asked.WithPage(n)) }
	last := 0
	for n := 1; n <= f.page.Pages; n++ {
		if n > 1 && n < f.page.Pages && (n < f.page.Number-1 || n > f.page.Number+1) {
			continue
		}
		if n > last+1 {
			p.Items = append(p.Items, ui.PageItem{})
		}
		p.Items = append(p.Items, ui.PageItem{Number: n, Href: at(n), Current: n == f.page.Number})
		last = n
	}
	if f.page.Number > 1 {
		p.Prev = at(f.page.Number - 1)
	}
	if f.page.Number < f.page.Pages {
		p.Next = at(f.page.Number + 1)
	}
	return p
}

// plainQuery is the question with the words replaced by what they meant, so that one part can be taken away.
func plainQuery(f *finding) link.Query {
	out := f.asked
	out.Q, out.Treatment, out.Specialty, out.City, out.Hub, out.Accreditation, out.Language, out.Feature = f.question.Text, nil, nil, nil, nil, nil, nil, nil
	out.PriceMin, out.PriceMax, out.Currency, out.Near, out.KM, out.Page = "", "", "", "", "", 0
	for _, p := range f.question.Parts {
		out = addPart(out, f, p)
	}
	if s := f.question.Search.Sort; s != "" && s != search.Best {
		out.Sort = string(s)
	}
	return out
}

func addPart(q link.Query, f *finding, p catalogue.Part) link.Query {
	switch p.Key {
	case "treatment":
		q.Treatment = append(q.Treatment, p.Value)
	case "specialty":
		q.Specialty = append(q.Specialty, p.Value)
	case "city":
		q.City = append(q.City, p.Value)
	case "hub":
		q.Hub = append(q.Hub, p.Value)
	case "accreditation":
		q.Accreditation = append(q.Accreditation, p.Value)
	case "language":
		q.Language = append(q.Language, p.Value)
	case "feature":
		q.Feature = append(q.Feature, p.Value)
	case "near":
		q.Near, q.KM = p.Value, f.question.KM
	case "price":
		q.PriceMin, q.PriceMax, q.Currency = whole(f.question.PriceMin), whole(f.question.PriceMax), string(f.question.Currency)
	case "q":
		q.Q = strings.TrimSpace(q.Q + " " + p.Value)
	}
	return q
}

func whole(n *int64) string {
	if n == nil {
		return ""
	}
	return fmt.Sprint(*n)
}

func chipsOf(f *finding) ui.Chips {
	var out ui.Chips
	for _, p := range f.question.Parts {
		rest := *f
		rest.question.Parts = without(f.question.Parts, p)
		out.Items = append(out.Items, ui.Chip{Text: p.Label, RemoveHref: link.Hospitals(plainQuery(&rest))})
	}
	if f.question.Text != "" {
		out.Items = append(out.Items, ui.Chip{Text: "“" + shortened(f.question.Text) + "”", RemoveHref: link.Hospitals(plainQuery(f).With("q", ""))})
	}
	if len(out.Items) > 0 {
		out.ClearHref = link.Hospitals(link.Query{Compare: f.asked.Compare})
	}
	return out
}

func without(parts []catalogue.Part, gone catalogue.Part) []catalogue.Part {
	var out []catalogue.Part
	for _, p := range parts {
		if p != gone {
			out = append(out, p)
		}
	}
	return out
}

func excludedResults(q catalogue.Question) *views.NoResults {
	ex := exclusions[q.Excluded]
	none := &views.NoResults{Title: "Not offered for travel", Text: strings.TrimSpace(ex.Reason + " " + ex.Law), Help: ui.Link{Text: "See all treatments", Href: link.Treatments}}
	for _, s := range ex.Signposts {
		none.Signposts = append(none.Signposts, ui.Link{Text: s.Text, Href: s.URL})
	}
	if len(q.Procedures) > 0 {
		none.Help = ui.Link{Text: "Read more about this treatment", Href: link.Treatment(q.Procedures[0])}
	}
	return none
}

// emergency is the warning above everything else; what had to be said there already follows it.
func emergency(also *ui.Banner) *ui.Banner {
	b := &ui.Banner{Title: "If you or somebody else is unwell now", Text: []string{
		"Call 999 for chest pain, signs of a stroke, trouble breathing, heavy bleeding, or if a life is at risk. Call 111 for urgent advice. Do not wait for this site.",
		"If you are thinking about suicide, call Samaritans on 116 123 at any time, or 111 and choose option 2."}}
	if also != nil {
		b.Text = append(b.Text, also.Text...)
	}
	return b
}

// suggested is the question with a word put right, when we have a guess that is too weak to follow unasked.
func suggested(f *finding, word string) []ui.Link {
	for _, s := range f.question.Suggest {
		if s.Typed == word {
			q := strings.Replace(f.asked.Q, word, s.Meant, 1)
			return []ui.Link{{Text: "Search for “" + s.Meant + "”", Href: link.Hospitals(f.asked.With("q", q))}}
		}
	}
	return nil
}

func (h *Handlers) orderOf(f *finding) views.Order {
	now := f.question.Search.Sort
	option := func(s search.Sort, text string) ui.Option {
		return ui.Option{Value: string(s), Text: text, Selected: s == now}
	}
	o := views.Order{Action: link.HospitalsPath, Why: "No hospital can pay for its place.", Link: ui.Link{Text: "How we order results", Href: link.Ordering},
		Options: []ui.Option{option(search.Best, "Best match and most complete evidence"), option(search.PriceAsc, "Lowest full price"), option(search.NameAsc, "A to Z")}}
	if f.question.Search.Near != nil {
		o.Options = append(o.Options, option(search.Nearest, "Nearest to "+f.question.NearName))
	}
	for _, p := range f.asked.PairsWithout("sort", "page") {
		o.Keep = append(o.Keep, ui.Hidden{Name: p.Key, Value: p.Value})
	}
	o.WhyLong = whyOrder[now]
	return o
}

var whyOrder = map[search.Sort][]string{
	search.Best:     {"Hospitals with the most complete evidence come first: running certificates, published prices, a known position, a sourced list of specialties.", "Hospitals with the same points are shuffled once a day, so nobody stays on top by accident."},
	search.PriceAsc: {"Lowest own package price first. Hospitals that publish no price come last, because we never guess one."},
	search.Nearest:  {"Shortest straight line first. Hospitals whose position we do not know come last."},
	search.NameAsc:  {"By name, A to Z."},
}

// noResults says what each part costs by counting without it (ux.md §6.2).
func (h *Handlers) noResults(f *finding) *views.NoResults {
	return &views.NoResults{Title: "No hospitals match all your filters", Text: "Take one away to see more.",
		Remove: removals(f), Help: ui.Link{Text: "See all treatments", Href: link.Treatments}}
}

func removals(f *finding) []ui.Link {
	var out []ui.Link
	for _, chip := range chipsOf(f).Items {
		out = append(out, ui.Link{Text: "Remove " + chip.Text, Href: chip.RemoveHref})
	}
	return out
}
