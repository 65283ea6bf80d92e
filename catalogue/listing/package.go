package listing

import (
	"strings"

	"carecorridor/catalogue/pricelist"
	"carecorridor/internal/money"
	"carecorridor/models"
)

// notNeeded marks a standard item that an operation does without, as a line of a package.
const notNeeded = " (not needed)"

// rowOf is a package as price lists and forms have it.
func rowOf(p models.PackageBundle) pricelist.Row {
	r := pricelist.Row{ID: PackageKey(p.Package), Procedure: p.ProcedureSlug, Name: p.Name, Room: p.Room, From: p.ValidFrom, To: p.ValidTo,
		Nights: p.StayNights, Days: p.DaysInIndia, Implant: p.Implant, AssessedAt: p.AssessedAt, AssessedWhen: p.AssessedWhen}
	amount := p.AmountMinor
	switch p.Currency {
	case money.GBP:
		r.GBP, r.INR = &amount, p.RupeesMinor
	case money.INR:
		r.INR = &amount
	}
	for _, i := range p.Items {
		item, standard := standardItem(i.Label)
		switch {
		case standard && i.Kind == "included":
			r.Includes = answered(r.Includes, item, pricelist.Answer{Is: pricelist.Yes})
		case standard && i.Kind == "excluded" && strings.HasSuffix(i.Label, notNeeded):
			r.Includes = answered(r.Includes, item, pricelist.Answer{Is: pricelist.No})
		case standard && i.Kind == "on_top":
			c := chargeOf(i)
			c.Label = ""
			r.Includes = answered(r.Includes, item, pricelist.Answer{Is: pricelist.OnTop, Charge: &c})
		case i.Kind == "included":
			r.Also = append(r.Also, i.Label)
		case i.Kind == "excluded":
			r.LeavesOut = append(r.LeavesOut, i.Label)
		default:
			r.OnTop = append(r.OnTop, chargeOf(i))
		}
	}
	return r
}

func standardItem(label string) (key string, ok bool) {
	for _, i := range pricelist.Items {
		if label == i.Label || label == i.Label+notNeeded {
			return i.Key, true
		}
	}
	return "", false
}

func chargeOf(i models.PackageItem) pricelist.Charge {
	c := pricelist.Charge{Label: i.Label, Per: i.Per}
	if i.AmountMinor != nil {
		c.Amount = &money.Amount{Minor: *i.AmountMinor, Currency: i.Currency}
	}
	return c
}

// packageOf writes a row over a stored package and gives its lines. A package that is priced in another currency than
// £ and ₹ keeps its price when the row has none.
func packageOf(p models.Package, r pricelist.Row) (models.Package, []models.PackageItem) {
	p.ProcedureSlug, p.Name, p.Room, p.ValidFrom, p.ValidTo = r.Procedure, r.Name, r.Room, r.From, r.To
	p.StayNights, p.DaysInIndia, p.Implant, p.AssessedAt, p.AssessedWhen = r.Nights, r.Days, r.Implant, r.AssessedAt, r.AssessedWhen
	switch {
	case r.GBP != nil:
		p.AmountMinor, p.Currency, p.RupeesMinor = *r.GBP, money.GBP, r.INR
	case r.INR != nil:
		p.AmountMinor, p.Currency, p.RupeesMinor = *r.INR, money.INR, nil
	}
	var items []models.PackageItem
	add := func(kind string, c pricelist.Charge) {
		i := models.PackageItem{Kind: kind, Label: c.Label, Per: c.Per, Ord: len(items) + 1}
		if c.Amount != nil {
			i.AmountMinor, i.Currency = &c.Amount.Minor, c.Amount.Currency
		}
		items = append(items, i)
	}
	for _, i := range pricelist.Items {
		switch a := r.Includes[i.Key]; {
		case a.Is == pricelist.Yes:
			add("included", pricelist.Charge{Label: i.Label})
		case a.Is == pricelist.No:
			add("excluded", pricelist.Charge{Label: i.Label + notNeeded})
		case a.Is == pricelist.OnTop && a.Charge != nil:
			add("on_top", pricelist.Charge{Label: i.Label, Amount: a.Charge.Amount, Per: a.Charge.Per})
		}
	}
	for _, label := range r.Also {
		add("included", pricelist.Charge{Label: label})
	}
	for _, label := range r.LeavesOut {
		add("excluded", pricelist.Charge{Label: label})
	}
	for _, c := range r.OnTop {
		add("on_top", c)
	}
	return p, items
}

// rowFrom reads an entry of values as a row; the problems are by field.
func rowFrom(key string, entry map[string]string, k pricelist.Reference) (r pricelist.Row, problems map[string]string) {
	r.ID, problems = key, map[string]string{}
	for _, field := range pricelist.Fields() {
		if value := entry[field]; value != "" && field != pricelist.FieldID {
			if say := r.Set(field, value, k); say != "" {
				problems[field] = say
			}
		}
	}
	return r, problems
}

func answered(m map[string]pricelist.Answer, key string, a pricelist.Answer) map[string]pricelist.Answer {
	if m == nil {
		m = map[string]pricelist.Answer{}
	}
	m[key] = a
	return m
}
