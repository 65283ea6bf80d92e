package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"math"
	"net/url"
	"slices"
	"strings"
	"time"

	"carecorridor/auth"
	"carecorridor/catalogue"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	currency "carecorridor/internal/money"
	"carecorridor/internal/when"
	"carecorridor/models"
)

// FigureKinds are the kinds of figures that the desk keeps, in the order they are shown: those that a trip is added up from.
var FigureKinds = []struct{ Kind, Title string }{
	{"airfare", "Flights"}, {"visa", "Visa"}, {catalogue.FigureRate, "Exchange rates"}, {"lodging", "Rooms near the hospital"}, {"food", "Food"}, {"local_transport", "Local travel"},
	{"pre_op_tests", "Tests before the operation"}, {"uk_consultation", "Consultation in the UK"},
}

// Rates are the pairs whose rate the desk keeps: what one pound buys.
var Rates = []string{"INR", "USD", "EUR"}

// Figure is one figure as it counts now.
type Figure struct {
	Key      string // of its page
	Kind     string
	Item     string
	Scope    string
	Unit     string
	Low      *float64
	Typical  *float64
	High     *float64
	Per      string
	AsOf     string // as the source states it
	Note     string
	SourceID int64
	Desk     bool // the desk's own, not the compiled one
	Age      catalogue.Age
}

// Known reports whether there is any figure.
func (f Figure) Known() bool { return f.Low != nil || f.Typical != nil || f.High != nil }

// FigureKey is a short name of a figure, for its address.
func FigureKey(kind, item, scope string) string {
	sum := sha256.Sum256([]byte(kind + "\n" + item + "\n" + scope))
	return hex.EncodeToString(sum[:6])
}

func isMoney(unit string) bool { return slices.Contains([]string{"GBP", "INR", "USD", "EUR"}, unit) }

// Figures are those that count now, kind by kind. ReferenceView.
func (s *Service) Figures(ctx context.Context, who auth.Actor) ([]Figure, error) {
	if err := auth.May(who, auth.ReferenceView, ""); err != nil {
		return nil, err
	}
	rows, err := s.Store.ReferenceFigures(ctx)
	if err != nil {
		return nil, err
	}
	newest := map[string]models.ReferenceFigure{}
	for _, r := range rows {
		newest[FigureKey(r.Kind, r.Item, r.Scope)] = r
	}
	desks := func(key, asOf string) bool {
		r, ok := newest[key]
		return ok && !r.Empty() && r.AsOf == asOf
	}
	ref := s.Catalogue.Reference()
	var out []Figure
	for _, k := range FigureKinds {
		if k.Kind == catalogue.FigureRate {
			out = append(out, s.rates(ref, desks)...)
			continue
		}
		for _, c := range ref.TripCosts {
			if c.Kind != k.Kind || !isMoney(c.Unit) {
				continue
			}
			key := FigureKey(c.Kind, c.Item, c.Scope)
			f := Figure{Key: key, Kind: c.Kind, Item: c.Item, Scope: c.Scope, Unit: c.Unit, Low: c.Low, Typical: c.Typical, High: c.High, Per: c.Per, AsOf: c.AsOf, Note: c.Note,
				SourceID: c.SourceID, Desk: desks(key, c.AsOf)}
			if f.Known() {
				f.Age = catalogue.AgeOf(c.AsOf, s.today())
			}
			out = append(out, f)
		}
	}
	return out, nil
}

func (s *Service) rates(ref *catalogue.Reference, desks func(key, asOf string) bool) (out []Figure) {
	for _, quote := range Rates {
		f := Figure{Key: FigureKey(catalogue.FigureRate, "GBP", quote), Kind: catalogue.FigureRate, Item: "GBP", Scope: quote, Unit: quote, Per: "for 1 pound"}
		if row, ok := ref.NewestRate("GBP", currency.Currency(quote)); ok {
			f.Typical, f.AsOf, f.SourceID = &row.Rate, row.Period, row.SourceID
			f.Desk = desks(f.Key, f.AsOf)
			f.Age = catalogue.AgeOf(row.Period, s.today())
		}
		out = append(out, f)
	}
	return out
}

// PastFigure is a figure that the desk wrote, with its source.
type PastFigure struct {
	models.ReferenceFigure
	Source models.Source // zero when the figure was taken back
}

// FigureHistory is a figure and what the desk wrote of it, newest first. Unknown is fault.Missing. ReferenceView.
func (s *Service) FigureHistory(ctx context.Context, who auth.Actor, key string) (Figure, []PastFigure, error) {
	all, err := s.Figures(ctx, who)
	if err != nil {
		return Figure{}, nil, err
	}
	rows, err := s.Store.ReferenceFigures(ctx)
	if err != nil {
		return Figure{}, nil, err
	}
	sources, err := s.Store.Sources(ctx)
	if err != nil {
		return Figure{}, nil, err
	}
	var past []PastFigure
	for _, r := range slices.Backward(rows) {
		if FigureKey(r.Kind, r.Item, r.Scope) != key {
			continue
		}
		p := PastFigure{ReferenceFigure: r}
		for _, src := range sources {
			if r.SourceID != nil && src.ID == *r.SourceID {
				p.Source = src
			}
		}
		past = append(past, p)
	}
	i := slices.IndexFunc(all, func(f Figure) bool { return f.Key == key })
	switch {
	case i >= 0:
		return all[i], past, nil
	case len(past) > 0: // a fare that the desk added and took back
		p := past[len(past)-1]
		return Figure{Key: key, Kind: p.Kind, Item: p.Item, Scope: p.Scope, Unit: p.Unit, Per: p.Per}, past, nil
	}
	return Figure{}, nil, fault.New(fault.Missing, "figure", nil)
}

// NewFigure is a figure somebody read in a source.
type NewFigure struct {
	Key                string // of the figure it replaces; "" for a new fare
	From, To, Airline  string // of a new fare
	Unit               string
	Low, Typical, High *float64
	AsOf               string // "2026-11-20", of a rate "2026-10"
	Title, Publisher   string // of the source
	URL, Note          string
	Seen               string // Latest of the figure as the form was made
	BadNumber          map[string]string
}

// maxFigure is more than anything here costs in any of the currencies.
const maxFigure = 10_000_000

// Latest names the newest row about a figure, for Seen: "0" when there is none.
func Latest(past []PastFigure) string {
	if len(past) == 0 {
		return "0"
	}
	return past[0].At.UTC().Format(time.RFC3339Nano)
}

// ProposeFigure writes a figure that counts at once and gives its key. ReferenceEdit. Fields of the problems: from, to,
// airline, unit, low, typical, high, as_of, title, publisher, url, note. Somebody else's newer one is fault.Conflict.
func (s *Service) ProposeFigure(ctx context.Context, who auth.Actor, n NewFigure) (key string, l check.List, err error) {
	if err := auth.May(who, auth.ReferenceEdit, ""); err != nil {
		return "", nil, err
	}
	f, past, err := s.target(ctx, who, n, &l)
	if err != nil {
		return "", nil, err
	}
	if n.Seen != Latest(past) && n.Key != "" {
		if len(past) > 0 && past[0].ByPerson == who.Person && n.same(past[0]) {
			return f.Key, nil, nil // sent twice
		}
		return "", nil, fault.Say(fault.Conflict, "figure", "Somebody wrote a newer figure since you opened the page. Look at it first")
	}
	s.figureProblems(n, f.Kind, &l)
	if !l.OK() {
		return "", l, nil
	}
	err = s.Store.Write(ctx, func(tx *models.Tx) error {
		src, err := tx.EnsureSource(n.source(s.today()))
		if err != nil {
			return err
		}
		row := &models.ReferenceFigure{Kind: f.Kind, Item: f.Item, Scope: f.Scope, Unit: n.Unit, Low: n.Low, Typical: n.Typical, High: n.High, Per: f.Per, AsOf: n.AsOf, Note: strings.TrimSpace(n.Note),
			SourceID: &src, ByPerson: who.Person}
		if err := tx.AddReferenceFigure(row); err != nil {
			return err
		}
		return tx.Audit(audited(who, string(auth.ReferenceEdit), "figure", f.Key, "", map[string]string{"what": "write", "kind": f.Kind, "as_of": n.AsOf}))
	})
	return f.Key, nil, err
}

func (n NewFigure) same(p PastFigure) bool {
	eq := func(a, b *float64) bool { return a == nil && b == nil || a != nil && b != nil && *a == *b }
	return eq(n.Low, p.Low) && eq(n.Typical, p.Typical) && eq(n.High, p.High) && n.AsOf == p.AsOf && n.Unit == p.Unit
}

// target is the figure meant, or a new fare.
func (s *Service) target(ctx context.Context, who auth.Actor, n NewFigure, l *check.List) (Figure, []PastFigure, error) {
	if n.Key != "" {
		return s.FigureHistory(ctx, who, n.Key)
	}
	from, to, airline := strings.TrimSpace(n.From), strings.TrimSpace(n.To), strings.TrimSpace(n.Airline)
	for _, x := range []struct{ field, value, say string }{{"from", from, "Enter the town in the UK, such as Birmingham"}, {"to", to, "Enter the town in India, such as Chennai"}, {"airline", airline, "Enter the airline"}} {
		l.Need(x.value != "", x.field, "%s", x.say)
		l.Line(x.field, "This", x.value, 60)
	}
	item := "return " + from + " to " + to + ", " + airline
	f := Figure{Key: FigureKey("airfare", item, to), Kind: "airfare", Item: item, Scope: to, Per: "per person"}
	if !l.OK() {
		return f, nil, nil
	}
	_, past, err := s.FigureHistory(ctx, who, f.Key)
	if fault.Is(err, fault.Missing) {
		return f, nil, nil
	}
	if err == nil {
		l.Add("airline", "This fare is in the list already. Open it there")
	}
	return f, past, err
}

func (s *Service) figureProblems(n NewFigure, kind string, l *check.List) {
	l.Need(isMoney(n.Unit), "unit", "Select the currency of the source")
	if kind == "airfare" {
		l.Need(n.Unit == "" || n.Unit == "GBP", "unit", "Enter fares in pounds: trips are added up from fares sold in the UK")
	}
	any := false
	for _, x := range []struct {
		field string
		v     *float64
	}{{"low", n.Low}, {"typical", n.Typical}, {"high", n.High}} {
		if say := n.BadNumber[x.field]; say != "" {
			l.Add(x.field, "%s", say)
		}
		if x.v == nil {
			continue
		}
		any = true
		l.Need(!math.IsNaN(*x.v) && *x.v > 0 && *x.v <= maxFigure, x.field, "Enter an amount between 0 and 10,000,000")
	}
	l.Need(any || len(n.BadNumber) > 0, "typical", "Enter at least one figure")
	inOrder := func(a, b *float64) bool { return a == nil || b == nil || *a <= *b }
	l.Need(inOrder(n.Low, n.Typical) && inOrder(n.Typical, n.High) && inOrder(n.Low, n.High), "high", "The lowest figure must come first and the highest last")
	if kind == catalogue.FigureRate {
		month, err := time.Parse("2006-01", n.AsOf)
		l.Need(err == nil, "as_of", "Enter the month of the average, such as 2026-10")
		l.Need(err != nil || !s.now().Before(month), "as_of", "That month has not come yet")
		l.Need(n.Typical != nil, "typical", "Enter the rate")
	} else {
		on, err := when.ParseDate(n.AsOf)
		l.Need(err == nil && on.Known(), "as_of", "Enter the date of the source")
		l.Need(err != nil || !s.today().Before(on), "as_of", "That day has not come yet")
	}
	l.Need(strings.TrimSpace(n.Title) != "", "title", "Enter the title of the source")
	l.Line("title", "The title", n.Title, 200)
	l.Need(strings.TrimSpace(n.Publisher) != "", "publisher", "Enter who published it")
	l.Line("publisher", "The publisher", n.Publisher, 100)
	u, err := url.Parse(strings.TrimSpace(n.URL))
	l.Need(err == nil && (u.Scheme == "https" || u.Scheme == "http") && strings.Contains(u.Host, ".") && u.User == nil && len(n.URL) <= 500, "url", "Enter the web address of the source, beginning with https://")
	l.Line("note", "The note", strings.TrimSpace(n.Note), maxNote)
}

// source of a figure; the same page read on the same day is one source.
func (n NewFigure) source(today when.Date) models.Source {
	title, publisher, address := strings.TrimSpace(n.Title), strings.TrimSpace(n.Publisher), strings.TrimSpace(n.URL)
	sum := sha256.Sum256([]byte(strings.Join([]string{title, publisher, address, n.AsOf, today.String()}, "\n")))
	return models.Source{Key: "desk-" + hex.EncodeToString(sum[:8]), Kind: "page", Title: title, Publisher: publisher, URL: address, PublishedOn: n.AsOf, RetrievedOn: today}
}

// WithdrawFigure takes the desk's figure back: the compiled one counts again, or none. ReferenceEdit. Field of the problems: why.
func (s *Service) WithdrawFigure(ctx context.Context, who auth.Actor, key, seen, why string) (check.List, error) {
	if err := auth.May(who, auth.ReferenceEdit, ""); err != nil {
		return nil, err
	}
	_, past, err := s.FigureHistory(ctx, who, key)
	if err != nil {
		return nil, err
	}
	if len(past) == 0 || past[0].Empty() {
		return nil, fault.Say(fault.Conflict, "figure", "There is no figure of the desk to take back")
	}
	if Latest(past) != seen {
		return nil, fault.Say(fault.Conflict, "figure", "Somebody wrote a newer figure since you opened the page. Look at it first")
	}
	why = strings.TrimSpace(why)
	var l check.List
	l.Need(why != "", "why", "Say why the figure is taken back")
	l.Line("why", "The reason", why, maxNote)
	if !l.OK() {
		return l, nil
	}
	p := past[0]
	return nil, s.Store.Write(ctx, func(tx *models.Tx) error {
		row := &models.ReferenceFigure{Kind: p.Kind, Item: p.Item, Scope: p.Scope, Unit: p.Unit, Per: p.Per, Note: why, ByPerson: who.Person}
		if err := tx.AddReferenceFigure(row); err != nil {
			return err
		}
		return tx.Audit(audited(who, string(auth.ReferenceEdit), "figure", key, why, map[string]string{"what": "withdraw", "kind": p.Kind}))
	})
}
