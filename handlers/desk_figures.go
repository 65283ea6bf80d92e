package handlers

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/catalogue"
	"carecorridor/desk"
	"carecorridor/internal/check"
	"carecorridor/internal/money"
	"carecorridor/views"
	deskview "carecorridor/views/desk"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

// deskFigures are the figures that a trip is added up from, kind by kind.
func (h *Handlers) deskFigures(c echo.Context, who auth.Actor) error {
	all, err := h.cfg.Desk.Figures(c.Request().Context(), who)
	if err != nil {
		return err
	}
	v := deskview.Page{Title: "Reference data", Lead: []string{"What a whole trip is added up from. A newer figure needs its source and date, and counts at once on every page. Older ones are kept."}}
	for _, k := range desk.FigureKinds {
		t := ui.StackTable{Caption: k.Title, Head: []ui.Column{{Text: "What"}, {Text: "Figure"}, {Text: "Date of the source"}, {Text: "From"}}}
		for _, f := range all {
			if f.Kind == k.Kind {
				t.Rows = append(t.Rows, h.figureRow(f))
			}
		}
		s := deskview.Section{ID: k.Kind, Title: k.Title, Parts: []views.Part{ui.Worklist{Table: t, Empty: ui.Empty{Title: "No figure"}}}}
		if k.Kind == "airfare" && auth.Can(who.Role, auth.ReferenceEdit) {
			s.Parts = append(s.Parts, deskview.Links{{Text: "Add a fare of another route or airline", Href: link.DeskNewFare}})
		}
		v.Parts = append(v.Parts, s)
	}
	return h.deskPage(c, http.StatusOK, who, link.DeskFigures, v, nil)
}

func (h *Handlers) figureRow(f desk.Figure) ui.Row {
	as := ui.Cell{Text: firstOf(asOfWords(f.AsOf), "No date given")}
	switch f.Age {
	case catalogue.Stale:
		as.Note = "More than 90 days old"
	case catalogue.MaybeStale:
		as.Note = "May be more than 90 days old"
	}
	from := ui.Cell{Text: "Compiled data"}
	if f.Desk {
		from.Text = "The desk"
	}
	if !f.Known() {
		as, from = ui.Cell{Text: "None", Missing: true}, ui.Cell{Text: "No source held", Missing: true}
	}
	return ui.Row{Cells: []ui.Cell{{Link: ui.Link{Text: figureTitle(f), Href: link.DeskFigure(f.Key)}, Note: f.Per}, {Text: firstOf(amountWords(f.Kind, f.Unit, f.Low, f.Typical, f.High), "Not known"), Missing: !f.Known()}, as, from}}
}

func figureTitle(f desk.Figure) string {
	if f.Kind == catalogue.FigureRate {
		return "Pounds into " + currencyName[f.Scope]
	}
	if f.Scope != "" && f.Scope != "India" && !strings.Contains(f.Item, f.Scope) {
		return figureItem(f.Item) + ", " + f.Scope
	}
	return figureItem(f.Item)
}

// figureItem begins with a capital letter, but for the e of e-Medical.
func figureItem(item string) string {
	if strings.HasPrefix(item, "e-") {
		return item
	}
	return upperFirst(item)
}

// amountWords is "£447", "$20 to $45", "from £447".
func amountWords(kind, unit string, low, typical, high *float64) string {
	one := func(f *float64) string {
		if kind == catalogue.FigureRate {
			return strconv.FormatFloat(*f, 'f', -1, 64) + " " + unit + " for £1"
		}
		if *f != float64(int64(*f)) {
			return currencySign(money.Currency(unit)) + strconv.FormatFloat(*f, 'f', 2, 64)
		}
		return currencySign(money.Currency(unit)) + money.Group(int64(*f), money.Currency(unit))
	}
	switch {
	case low != nil && high != nil:
		words := one(low) + " to " + one(high)
		if typical != nil {
			words += ", usually " + one(typical)
		}
		return words
	case typical != nil:
		return one(typical)
	case low != nil:
		return "from " + one(low)
	case high != nil:
		return "up to " + one(high)
	}
	return ""
}

func (h *Handlers) deskFigure(c echo.Context, who auth.Actor) error {
	return h.showFigure(c, who, http.StatusOK, "", nil, nil)
}

// showFigure draws one figure with what the desk wrote of it; what says which of its forms was sent.
func (h *Handlers) showFigure(c echo.Context, who auth.Actor, status int, what string, form url.Values, bad check.List) error {
	ctx := c.Request().Context()
	f, past, err := h.cfg.Desk.FigureHistory(ctx, who, c.Param("key"))
	if err != nil {
		return err
	}
	var ids []string
	for _, p := range past {
		ids = append(ids, p.ByPerson)
	}
	names, err := h.cfg.Desk.NamesOf(ctx, ids...)
	if err != nil {
		return err
	}
	facts := ui.SummaryList{{Label: "Counts now", Value: firstOf(amountWords(f.Kind, f.Unit, f.Low, f.Typical, f.High), "Not known"), Note: f.Per, Missing: !f.Known()}}
	if f.Known() {
		src, _ := h.cat.Reference().Source(f.SourceID)
		facts = append(facts, ui.Fact{Label: "Date of the source", Value: firstOf(asOfWords(f.AsOf), "No date given")}, ui.Fact{Label: "Source", Value: firstOf(src.Publisher, "Not named"), Link: ui.Link{Text: firstOf(src.Title, "Source"), Href: webOnly(src.URL)}})
	}
	v := deskview.Page{Title: figureTitle(f), Parts: []views.Part{facts}}
	if auth.Can(who.Role, auth.ReferenceEdit) {
		v.Parts = append(v.Parts, figureForm(f, past, what, form, bad))
	}
	t := ui.StackTable{Caption: "What the desk wrote, newest first", Head: []ui.Column{{Text: "Written"}, {Text: "Figure"}, {Text: "Date of the source"}, {Text: "Source"}, {Text: "By"}}}
	for _, p := range past {
		cells := []ui.Cell{{Text: ukTime(p.At)}, {Text: amountWords(p.Kind, p.Unit, p.Low, p.Typical, p.High), Note: p.Note}, {Text: firstOf(asOfWords(p.AsOf), "None")}, {Link: ui.Link{Text: p.Source.Title, Href: webOnly(p.Source.URL)}, Note: p.Source.Publisher}, {Text: personWords(names, p.ByPerson)}}
		if p.Empty() {
			cells[1].Text, cells[3] = "Taken back", ui.Cell{Text: "None", Missing: true}
		}
		t.Rows = append(t.Rows, ui.Row{Cells: cells})
	}
	v.Parts = append(v.Parts, deskview.Section{ID: "history", Title: "History", Parts: []views.Part{ui.Worklist{Table: t, Empty: ui.Empty{Title: "The desk has written no figure", Text: []string{"What counts is the compiled data."}}}}})
	if auth.Can(who.Role, auth.ReferenceEdit) && len(past) > 0 && !past[0].Empty() {
		v.Parts = append(v.Parts, withdrawForm(f, past, what, form, bad))
	}
	return h.deskPage(c, status, who, link.DeskFigures, v, bad, ui.Link{Text: "Reference data", Href: link.DeskFigures})
}

func figureForm(f desk.Figure, past []desk.PastFigure, what string, form url.Values, bad check.List) views.Part {
	if what != "save" {
		form, bad = url.Values{"unit": {f.Unit}}, nil
	}
	keep := []ui.Hidden{{Name: "seen", Value: desk.Latest(past)}}
	if what == "save" && bad.On("") == "" && form.Get("seen") != "" {
		keep[0].Value = form.Get("seen")
	}
	var parts []views.Part
	if f.Kind == catalogue.FigureRate {
		keep = append(keep, ui.Hidden{Name: "unit", Value: f.Unit})
		parts = []views.Part{ui.Field{ID: "typical", Label: "What £1 buys, in " + currencyName[f.Scope], Value: form.Get("typical"), Error: firstOf(bad.On("typical"), bad.On("unit")), InputMode: "decimal", Width: "10"},
			ui.Field{ID: "as_of", Label: "Month of the average", Hint: "Year and month, such as 2026-10.", Value: form.Get("as_of"), Error: bad.On("as_of"), Width: "10"}}
	} else {
		parts = append(amountFields(f.Kind, form, bad), deskDay("as_of", "Date of the source", "For example, 20 11 2026.", form, bad))
	}
	parts = append(parts, sourceFields(form, bad)...)
	return deskview.Section{ID: "newer", Title: "Write a newer figure", Text: []string{"It counts at once, beside its source and date."},
		Parts: []views.Part{deskview.Form{Action: link.DeskFigure(f.Key), Keep: keep, Parts: parts, Buttons: []ui.Button{{Text: "Write figure"}}}}}
}

func amountFields(kind string, form url.Values, bad check.List) []views.Part {
	units := []ui.Option{{Value: "GBP", Text: "Pounds"}, {Value: "INR", Text: "Rupees"}, {Value: "USD", Text: "US dollars"}, {Value: "EUR", Text: "Euros"}}
	if kind == "airfare" {
		units = units[:1]
	}
	field := func(name, label string) ui.Field {
		return ui.Field{ID: name, Label: label, Value: form.Get(name), Error: bad.On(name), InputMode: "decimal", Width: "10", Optional: true}
	}
	return []views.Part{ui.Field{ID: "unit", Label: "Currency of the source", Type: "select", Options: selected(form.Get("unit"), units...), Error: bad.On("unit")},
		field("low", "Lowest"), field("typical", "Usual, or the only figure"), field("high", "Highest")}
}

func sourceFields(form url.Values, bad check.List) []views.Part {
	return []views.Part{
		ui.Field{ID: "title", Label: "Title of the source", Value: form.Get("title"), Error: bad.On("title")},
		ui.Field{ID: "publisher", Label: "Who published it", Value: form.Get("publisher"), Error: bad.On("publisher")},
		ui.Field{ID: "url", Label: "Web address", Hint: "Begins with https://", Value: form.Get("url"), Error: bad.On("url"), InputMode: "url"},
		ui.Field{ID: "note", Label: "Note", Hint: "What to know before relying on it.", Value: form.Get("note"), Error: bad.On("note"), Optional: true},
	}
}

func withdrawForm(f desk.Figure, past []desk.PastFigure, what string, form url.Values, bad check.List) views.Part {
	if what != "withdraw" {
		form, bad = url.Values{}, nil
	}
	return deskview.Section{ID: "withdraw", Title: "Take the figure back", Text: []string{"The compiled figure counts again, or none. The history stays."},
		Parts: []views.Part{deskview.Form{Action: link.DeskFigure(f.Key, "withdraw"), Keep: []ui.Hidden{{Name: "seen", Value: desk.Latest(past)}},
			Parts: []views.Part{ui.Field{ID: "why", Label: "Reason", Value: form.Get("why"), Error: bad.On("why")}}, Buttons: []ui.Button{{Text: "Take back", Look: ui.Secondary}}}}}
}

// figureSent reads a form of a figure.
func figureSent(form url.Values, key string) (desk.NewFigure, check.List) {
	n := desk.NewFigure{Key: key, From: form.Get("from"), To: form.Get("to"), Airline: form.Get("airline"), Unit: form.Get("unit"), Title: form.Get("title"), Publisher: form.Get("publisher"),
		URL: strings.TrimSpace(form.Get("url")), Note: form.Get("note"), Seen: form.Get("seen"), AsOf: strings.TrimSpace(form.Get("as_of")), BadNumber: map[string]string{}}
	for name, to := range map[string]**float64{"low": &n.Low, "typical": &n.Typical, "high": &n.High} {
		typed := strings.NewReplacer(",", "", " ", "", "£", "", "$", "", "€", "", "₹", "").Replace(form.Get(name))
		if typed == "" {
			continue
		}
		f, err := strconv.ParseFloat(typed, 64)
		if err != nil {
			n.BadNumber[name] = "Enter an amount in figures, such as 447 or 81.50"
			continue
		}
		*to = &f
	}
	var bad check.List
	if form.Has("as_of-day") {
		n.AsOf = readDay(form, "as_of", &bad).String()
	}
	return n, bad
}

func (h *Handlers) deskFigureSave(c echo.Context, who auth.Actor) error {
	form, err := c.FormParams()
	if err != nil {
		return err
	}
	n, bad := figureSent(form, c.Param("key"))
	again := func(status int, l check.List) error { return h.showFigure(c, who, status, "save", form, l) }
	_, l, err := h.cfg.Desk.ProposeFigure(c.Request().Context(), who, n)
	if err != nil {
		return deskAgain(err, again)
	}
	if l = merged(bad, l); !l.OK() {
		return again(http.StatusUnprocessableEntity, l)
	}
	return h.toDesk(c, link.DeskFigure(c.Param("key")), "figure")
}

func (h *Handlers) deskFigureWithdraw(c echo.Context, who auth.Actor) error {
	form, err := c.FormParams()
	if err != nil {
		return err
	}
	again := func(status int, l check.List) error { return h.showFigure(c, who, status, "withdraw", form, l) }
	l, err := h.cfg.Desk.WithdrawFigure(c.Request().Context(), who, c.Param("key"), form.Get("seen"), form.Get("why"))
	if err != nil {
		return deskAgain(err, again)
	}
	if !l.OK() {
		return again(http.StatusUnprocessableEntity, l)
	}
	return h.toDesk(c, link.DeskFigure(c.Param("key")), "withdrawn")
}

func (h *Handlers) deskNewFare(c echo.Context, who auth.Actor) error {
	return h.showNewFare(c, who, http.StatusOK, url.Values{"unit": {"GBP"}}, nil)
}

func (h *Handlers) showNewFare(c echo.Context, who auth.Actor, status int, form url.Values, bad check.List) error {
	parts := []views.Part{
		ui.Field{ID: "from", Label: "From, in the UK", Hint: "Such as Birmingham.", Value: form.Get("from"), Error: bad.On("from")}, ui.Field{ID: "to", Label: "To, in India", Hint: "Such as Chennai.", Value: form.Get("to"), Error: bad.On("to")},
		ui.Field{ID: "airline", Label: "Airline", Value: form.Get("airline"), Error: bad.On("airline")}}
	parts = append(parts, amountFields("airfare", form, bad)...)
	parts = append(parts, deskDay("as_of", "Date of the source", "For example, 20 11 2026.", form, bad))
	v := deskview.Page{Title: "Add a return fare", Lead: []string{"For one person, there and back, in economy class."},
		Parts: []views.Part{deskview.Form{Action: link.DeskNewFare, Parts: append(parts, sourceFields(form, bad)...), Buttons: []ui.Button{{Text: "Add fare"}}, Other: ui.Link{Text: "Cancel", Href: link.DeskFigures}}}}
	return h.deskPage(c, status, who, link.DeskFigures, v, bad, ui.Link{Text: "Reference data", Href: link.DeskFigures})
}

func (h *Handlers) deskAddFare(c echo.Context, who auth.Actor) error {
	form, err := c.FormParams()
	if err != nil {
		return err
	}
	n, bad := figureSent(form, "")
	key, l, err := h.cfg.Desk.ProposeFigure(c.Request().Context(), who, n)
	if err != nil {
		return err
	}
	if l = merged(bad, l); !l.OK() {
		return h.showNewFare(c, who, http.StatusUnprocessableEntity, form, l)
	}
	return h.toDesk(c, link.DeskFigure(key), "figure")
}
