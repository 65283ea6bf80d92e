package pricelist

import (
	"strconv"
	"strings"

	"carecorridor/internal/money"
	"carecorridor/models"
)

// Of is the row of a package the catalogue holds. Its lines that name one of Items answer for it; the others are
// lists. The catalogue holds one price: pounds or rupees; one in another currency leaves both empty.
func Of(b models.PackageBundle) Row {
	r := Row{ID: strconv.FormatInt(b.ID, 10), Procedure: b.ProcedureSlug, Name: b.Name, Room: b.Room, From: b.ValidFrom, To: b.ValidTo, Nights: b.StayNights, Days: b.DaysInIndia}
	amount := b.AmountMinor
	switch b.Currency {
	case money.GBP:
		r.GBP = &amount
	case money.INR:
		r.INR = &amount
	}
	for _, item := range b.Items {
		r.add(item)
	}
	return r
}

// implantMark divides the item from make and model in the label of its line.
const implantMark = ": "

func (r *Row) add(line models.PackageItem) {
	charge := Charge{Label: line.Label, Per: line.Per}
	if line.AmountMinor != nil {
		charge.Amount = &money.Amount{Minor: *line.AmountMinor, Currency: line.Currency}
	}
	label, model, named := strings.Cut(line.Label, implantMark)
	item, ok := itemOf(line.Label)
	if !ok && named && label == implant().Label {
		item, ok, r.Implant = implant(), true, model
	}
	switch {
	case ok && line.Kind == "included":
		r.answer(item.Key, Answer{Is: Yes})
	case ok && line.Kind == "excluded":
		r.answer(item.Key, Answer{Is: No})
	case ok:
		charge.Label = ""
		r.answer(item.Key, Answer{OnTop, &charge})
	case line.Kind == "included":
		r.Also = append(r.Also, line.Label)
	case line.Kind == "excluded":
		r.LeavesOut = append(r.LeavesOut, line.Label)
	default:
		r.OnTop = append(r.OnTop, charge)
	}
}

func implant() Item { i, _ := itemOf("Implant or lens"); return i }

func itemOf(label string) (Item, bool) {
	for _, item := range Items {
		if fold(item.Label) == fold(label) {
			return item, true
		}
	}
	return Item{}, false
}

// Package is the row as the catalogue holds it: a price in pounds and its lines, in order. ID, ProviderID, Live, Version
// and SourceID are the caller's. The price in rupees and the assessment have no place in a package and are not in it.
func (r Row) Package() (models.Package, []models.PackageItem) {
	p := models.Package{ProcedureSlug: r.Procedure, Name: r.Name, Room: r.Room, StayNights: r.Nights, DaysInIndia: r.Days, Currency: money.GBP, ValidFrom: r.From, ValidTo: r.To}
	switch {
	case r.GBP != nil:
		p.AmountMinor = *r.GBP
	case r.INR != nil:
		p.AmountMinor, p.Currency = *r.INR, money.INR
	}
	var lines []models.PackageItem
	add := func(kind, label string, c Charge) {
		line := models.PackageItem{Kind: kind, Label: label, Currency: p.Currency, Per: c.Per, Ord: len(lines) + 1}
		if c.Amount != nil {
			minor := c.Amount.Minor
			line.AmountMinor, line.Currency = &minor, c.Amount.Currency
		}
		lines = append(lines, line)
	}
	for _, item := range Items {
		label := item.Label
		if item == implant() && r.Implant != "" {
			label += implantMark + r.Implant
		}
		switch a := r.Includes[item.Key]; {
		case a.Is == Yes:
			add("included", label, Charge{})
		case a.Is == No:
			add("excluded", label, Charge{})
		case a.Is == OnTop && a.Charge != nil:
			add("on_top", label, *a.Charge)
		}
	}
	for _, s := range r.Also {
		add("included", s, Charge{})
	}
	for _, s := range r.LeavesOut {
		add("excluded", s, Charge{})
	}
	for _, c := range r.OnTop {
		add("on_top", c.Label, c)
	}
	return p, lines
}
