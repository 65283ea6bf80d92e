package handlers

import (
	"fmt"
	"slices"
	"strings"

	"carecorridor/catalogue"
	"carecorridor/internal/money"
	"carecorridor/views"
	"carecorridor/views/link"
)

// comparedGroup is a group of rows and how they are made.
type comparedGroup struct {
	id, title string
	rows      func(*Handlers, *comparison) []views.CompareRow
}

// comparedGroups in the order of the page (ux.md §6.5).
var comparedGroups = []comparedGroup{
	{"price", "Price", (*Handlers).comparedPrices},
	{"dates", "Dates and stay", (*Handlers).comparedStay},
	{"accreditation", "Accreditation", (*Handlers).comparedCertificates},
	{"lists", "What it lists", (*Handlers).comparedLists},
	{"aftercare", "Aftercare", comparedFacts("aftercare.complication_policy", "aftercare.contact", "aftercare.discharge_letter", "aftercare.uk_follow_up")},
	{"way", "Getting there", (*Handlers).comparedWay},
	{"support", "Support", comparedFacts("service.interpreters", "service.airport_pickup", "service.visa_invitation_letter", "service.international_patient_desk",
		"service.accommodation_help", "service.companion_stay")},
	{"alliance", "What the alliance looks at", (*Handlers).comparedAlliance},
}

func (h *Handlers) comparedGroup(g comparedGroup, cmp *comparison) views.CompareGroup {
	out := views.CompareGroup{ID: g.id, Title: g.title, Rows: g.rows(h, cmp)}
	for i, r := range out.Rows {
		out.Rows[i].Differs = differs(r.Cells)
	}
	switch {
	case g.id != "price":
	case cmp.treatment == nil:
		out.Note = "Choose a treatment above to see its prices side by side."
	case cmp.treatment.India.Range != nil:
		out.Note = "Indicative range in India: " + spanWords(cmp.treatment.India.Range.RoundTo(roundStep)) + ". It is not the price of any of these hospitals."
		out.Link = views.Anchor{Text: "Where the range comes from", URL: link.Treatment(cmp.treatment.Slug) + "#prices"}
	}
	if g.id == "price" {
		out.Note = strings.TrimSpace(out.Note + " " + h.comparedRates(cmp))
	}
	return out
}

func differs(cells []views.CompareCell) bool {
	return slices.ContainsFunc(cells, func(c views.CompareCell) bool { return c.Text != cells[0].Text })
}

// row asks one question of every hospital.
func row(label string, cmp *comparison, answer func(catalogue.Profile) views.CompareCell) views.CompareRow {
	r := views.CompareRow{Label: label}
	for _, p := range cmp.hospitals {
		r.Cells = append(r.Cells, answer(p))
	}
	return r
}

// packageOf is a hospital's lowest live package for the treatment chosen, nil when there is none.
func (cmp *comparison) packageOf(p catalogue.Profile) *catalogue.OwnPackage {
	return lowest(slices.DeleteFunc(slices.Clone(p.Packages), func(k catalogue.OwnPackage) bool { return k.ProcedureSlug != cmp.slug() }))
}

// ofPackage is a row about the package for the treatment; a hospital without one has not published it.
func (cmp *comparison) ofPackage(label string, answer func(catalogue.OwnPackage) views.CompareCell) views.CompareRow {
	return row(label, cmp, func(p catalogue.Profile) views.CompareCell {
		if k := cmp.packageOf(p); k != nil {
			if c := answer(*k); c.Text != "" {
				return c
			}
		}
		return views.CompareCell{Unknown: notPublished}
	})
}

func (h *Handlers) comparedPrices(cmp *comparison) []views.CompareRow {
	if cmp.treatment == nil {
		return []views.CompareRow{row("Published packages", cmp, func(p catalogue.Profile) views.CompareCell {
			n := 0
			for _, k := range p.Packages {
				if k.Price != nil {
					n++
				}
			}
			if n == 0 {
				return views.CompareCell{Unknown: notPublished}
			}
			return views.CompareCell{Text: plural(n, "package"), Notes: []string{"from " + lowest(p.Packages).Price.GBP.RoundTo(1).String()}}
		})}
	}
	var pence []int64
	price := cmp.ofPackage("Full hospital package", func(k catalogue.OwnPackage) views.CompareCell {
		pence = append(pence, k.Price.GBP.Minor)
		c := views.CompareCell{Text: k.Price.GBP.RoundTo(1).String(), Notes: []string{k.Name}}
		if k.Price.Amount.Currency != money.GBP {
			c.Notes = append(c.Notes, "set as "+k.Price.Amount.String())
		}
		return c
	})
	h.markLowest(&price, cmp, pence)
	return []views.CompareRow{price,
		cmp.ofPackage("Whole trip for 2, about", func(k catalogue.OwnPackage) views.CompareCell {
			trip, ok := h.packageTrip(catalogue.Card{Price: k.Price})
			if !ok {
				return views.CompareCell{}
			}
			c := views.CompareCell{Text: pounds(trip.Likely)}
			if without := notCounted("without", trip); without != "" {
				c.Notes = []string{without}
			}
			return c
		}),
		cmp.ofPackage("Price valid until", func(k catalogue.OwnPackage) views.CompareCell { return views.CompareCell{Text: k.ValidTo.Long()} }),
		cmp.ofPackage("Room", func(k catalogue.OwnPackage) views.CompareCell { return views.CompareCell{Text: k.Room} }),
		row("Listing checked", cmp, cmp.checkedCell),
		cmp.items("Included", "included"), cmp.items("Not included", "excluded"), cmp.ofPackage("What you may pay on top", h.onTopCell),
	}
}

// markLowest says which published price is the lowest, when there are at least two to compare.
func (h *Handlers) markLowest(r *views.CompareRow, cmp *comparison, pence []int64) {
	if len(pence) < fewestCompared {
		return
	}
	for i, p := range cmp.hospitals {
		k := cmp.packageOf(p)
		r.Cells[i].Lowest = k != nil && k.Price.GBP.Minor == slices.Min(pence)
	}
}

// comparedRates are the exchange rates behind every amount in pounds of the group.
func (h *Handlers) comparedRates(cmp *comparison) string {
	var used []money.Currency
	if t := cmp.treatment; t != nil {
		used = publishedIn(used, t.India.Figures...)
	}
	for _, p := range cmp.hospitals {
		packages := slices.DeleteFunc(slices.Clone(p.Packages), func(k catalogue.OwnPackage) bool {
			return k.Price == nil || cmp.treatment != nil && k.ProcedureSlug != cmp.slug()
		})
		used = packageCurrencies(used, packages...)
		for _, k := range packages {
			if trip, ok := h.packageTrip(catalogue.Card{Price: k.Price}); ok && cmp.treatment != nil {
				used = tripCurrencies(used, trip)
			}
		}
	}
	return h.rateWords(used)
}

// checkedCell says when the listing that holds the price was checked: the price is as old as that.
func (cmp *comparison) checkedCell(p catalogue.Profile) views.CompareCell {
	if cmp.packageOf(p) == nil || !p.CheckedOn.Known() {
		return views.CompareCell{Unknown: notPublished}
	}
	c := views.CompareCell{Text: p.CheckedOn.Long()}
	if p.Sample {
		c.Notes = []string{"invented for the demonstration"}
	}
	return c
}

// onTopCell is what may come on top in pounds, so that it can be compared, each with the amount the hospital set.
func (h *Handlers) onTopCell(k catalogue.OwnPackage) views.CompareCell {
	var out []string
	for _, x := range k.Items {
		if x.Kind == "included" || x.Kind == "excluded" {
			continue
		}
		words := chargeWords(x)
		if x.AmountMinor != nil && x.Currency != money.GBP {
			set := money.Amount{Minor: *x.AmountMinor, Currency: x.Currency}
			if gbp, ok := h.cat.Reference().Rates.ToGBP(set); ok {
				words = x.Label + ": " + gbp.RoundTo(1).String() + perWords(x.Per) + " (" + set.String() + ")"
			}
		}
		out = append(out, words)
	}
	return views.CompareCell{Text: strings.Join(out, "; ")}
}

// items is what a package holds of one kind.
func (cmp *comparison) items(label, kind string) views.CompareRow {
	return cmp.ofPackage(label, func(k catalogue.OwnPackage) views.CompareCell {
		parts := packageRow(k)
		list := map[string][]string{"included": parts.Included, "excluded": parts.Excluded}[kind]
		return views.CompareCell{Text: strings.Join(list, "; ")}
	})
}

func (h *Handlers) comparedStay(cmp *comparison) []views.CompareRow {
	count := func(n *int, unit string) views.CompareCell {
		if n == nil {
			return views.CompareCell{}
		}
		return views.CompareCell{Text: plural(*n, unit)}
	}
	rows := []views.CompareRow{row("Earliest date", cmp, func(catalogue.Profile) views.CompareCell {
		return views.CompareCell{Unknown: "Not known. Ask the hospital."}
	})}
	if cmp.treatment == nil {
		return rows
	}
	return append([]views.CompareRow{
		cmp.ofPackage("Nights in hospital", func(k catalogue.OwnPackage) views.CompareCell { return count(k.StayNights, "night") }),
		cmp.ofPackage("Days in India", func(k catalogue.OwnPackage) views.CompareCell { return count(k.DaysInIndia, "day") }),
	}, rows...)
}

// comparedCertificates has a row for every body that any of them is connected with.
func (h *Handlers) comparedCertificates(cmp *comparison) []views.CompareRow {
	rows := []views.CompareRow{row("Accredited today", cmp, func(p catalogue.Profile) views.CompareCell {
		if bodies := catalogue.RunningBodies(p.Certificates); len(bodies) > 0 {
			return views.CompareCell{Text: "Yes, by " + joinWords(bodies)}
		}
		return views.CompareCell{Unknown: "We cannot confirm it"}
	})}
	var bodies []string
	for _, p := range cmp.hospitals {
		for _, c := range p.Certificates {
			if !slices.Contains(bodies, c.Body) {
				bodies = append(bodies, c.Body)
			}
		}
	}
	slices.Sort(bodies)
	for _, body := range bodies {
		rows = append(rows, row(body, cmp, func(p catalogue.Profile) views.CompareCell { return certificateOf(p, body) }))
	}
	return rows
}

// certificateOf is the best certificate of a body: running ones come first in a profile.
func certificateOf(p catalogue.Profile, body string) views.CompareCell {
	i := slices.IndexFunc(p.Certificates, func(c catalogue.Certificate) bool { return c.Body == body })
	if i < 0 {
		return views.CompareCell{Unknown: "None that we know of"}
	}
	c := p.Certificates[i]
	out := views.CompareCell{Text: standingMarks[c.Standing].Text}
	if c.ValidTo.Known() {
		out.Text += ", until " + c.ValidTo.Long()
	}
	if c.EndsSoon() {
		out.Notes = append(out.Notes, fmt.Sprintf("ends in %s", plural(c.DaysLeft, "day")))
	}
	out.Notes = append(out.Notes, compact("programme: "+c.Programme, seenWords(c))...)
	return out
}

// seenWords says what the date of a certificate's evidence is: the day a register or another source said so, never the
// day somebody looked at the hospital.
func seenWords(c catalogue.Certificate) string {
	switch {
	case c.Evidence == "sample":
		return "invented for the demonstration"
	case !c.CheckedOn.Known():
		return ""
	case strings.HasPrefix(c.Evidence, "register"):
		return "as the register showed it on " + c.CheckedOn.Long()
	}
	return "as a source other than the register said on " + c.CheckedOn.Long()
}

func (h *Handlers) comparedLists(cmp *comparison) []views.CompareRow {
	var rows []views.CompareRow
	if t := cmp.treatment; t != nil {
		rows = append(rows, row(t.Name, cmp, func(p catalogue.Profile) views.CompareCell {
			if slices.Contains(p.ProcedureSlugs(), t.Slug) {
				return views.CompareCell{Text: "Listed"}
			}
			for _, s := range p.Specialties {
				if s.SpecialtySlug == t.SpecialtySlug {
					return views.CompareCell{Text: "Lists " + strings.ToLower(t.Specialty.Name), Notes: []string{"ask whether it does this"}}
				}
			}
			return views.CompareCell{Unknown: "Not listed in our sources"}
		}))
	}
	rows = append(rows, row("Kind", cmp, func(p catalogue.Profile) views.CompareCell {
		return views.CompareCell{Text: kindNames[p.Kind], Notes: []string{"our classification"}}
	}), row("Specialties", cmp, func(p catalogue.Profile) views.CompareCell {
		var slugs []string
		for _, s := range p.Specialties {
			slugs = append(slugs, s.SpecialtySlug)
		}
		return views.CompareCell{Text: strings.Join(h.specialtyNames(slugs), ", ")}
	}), row("Languages", cmp, func(p catalogue.Profile) views.CompareCell {
		var names []string
		for _, l := range p.Languages {
			names = append(names, upperFirst(l.Language))
		}
		return views.CompareCell{Text: strings.Join(names, ", "), Unknown: notPublished}
	}))
	return append(rows, comparedFacts("beds", "year_established")(h, cmp)...)
}

func (h *Handlers) comparedWay(cmp *comparison) []views.CompareRow {
	ref := h.cat.Reference()
	return []views.CompareRow{
		row("City", cmp, func(p catalogue.Profile) views.CompareCell {
			return views.CompareCell{Text: strings.Trim(p.City.Name+", "+p.City.State, ", ")}
		}),
		row("Hub city", cmp, func(p catalogue.Profile) views.CompareCell {
			hub, _ := ref.Hub(deref(p.City.HubSlug))
			return views.CompareCell{Text: hub.Name}
		}),
		row("Airport", cmp, func(p catalogue.Profile) views.CompareCell {
			a, ok := ref.Airport(deref(p.Main.AirportIATA))
			if !ok || p.Main.AirportKM == nil {
				return views.CompareCell{}
			}
			return views.CompareCell{Text: a.Name, Notes: []string{"about " + distance(*p.Main.AirportKM) + " km in a straight line"}}
		}),
		row("Flights from the UK", cmp, func(p catalogue.Profile) views.CompareCell {
			return views.CompareCell{Text: flightWords(ref, routesTo(ref, deref(p.City.HubSlug))), Unknown: "No non-stop flight that we know of"}
		}),
	}
}

// comparedFacts has a row for each of the named statements.
func comparedFacts(names ...string) func(*Handlers, *comparison) []views.CompareRow {
	return func(_ *Handlers, cmp *comparison) []views.CompareRow {
		var rows []views.CompareRow
		for _, name := range names {
			rows = append(rows, row(factLabel(name), cmp, func(p catalogue.Profile) views.CompareCell { return factCell(p, name) }))
		}
		return rows
	}
}

// factCell is a statement with who says so.
func factCell(p catalogue.Profile, name string) views.CompareCell {
	for _, f := range p.Facts {
		if f.Name == name && f.Evidence != "not_published" {
			r := factRow(p, f)
			return views.CompareCell{Text: r.Value, Notes: compact(r.Evidence, r.Note)}
		}
	}
	return views.CompareCell{Unknown: notPublished}
}

// comparedAlliance has the rows of the profile's own section.
func (h *Handlers) comparedAlliance(cmp *comparison) []views.CompareRow {
	var rows []views.CompareRow
	for i, t := range allianceTopics {
		rows = append(rows, row(t.label, cmp, func(p catalogue.Profile) views.CompareCell {
			for _, f := range p.Facts {
				if allianceTopic(f.Name) == i && f.Evidence != "not_published" {
					return factCell(p, f.Name)
				}
			}
			return views.CompareCell{Unknown: notPublished}
		}))
	}
	return rows
}

// compact leaves out empty words.
func compact(parts ...string) []string {
	return slices.DeleteFunc(parts, func(s string) bool { return s == "" })
}
