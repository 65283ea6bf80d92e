package pricelist

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"strings"
	"time"

	"carecorridor/internal/money"
)

// How far apart figures may be before somebody is asked.
const (
	MaxRateGap  = 0.05 // pounds and rupees, by the reference rate
	MaxOffRange = 10   // times off the indicative range
)

// ask is what is probably wrong with a row and may be right.
func (r Row) ask(k Reference) (out []Question) {
	add := func(code Code, field string, about []string, say string, args ...any) {
		q := Question{Field: field, Code: code, Say: fmt.Sprintf(say, args...), about: about}
		sum := sha256.Sum256([]byte(r.ID + "|" + r.Key() + "|" + string(code) + "|" + q.Say))
		q.ID = hex.EncodeToString(sum[:8])
		out = append(out, q)
	}
	r.askRate(k, add)
	r.askRange(k, add)
	r.askLeftOut(add)
	r.askOnTop(add)
	return out
}

type asker func(code Code, field string, about []string, say string, args ...any)

func (r Row) askRate(k Reference, add asker) {
	if r.GBP == nil || r.INR == nil || *r.GBP <= 0 || *r.INR <= 0 || k.Rate == nil {
		return
	}
	pounds := money.Amount{Minor: *r.INR, Currency: money.INR}.Convert(k.Rate.Invert())
	gap := float64(pounds.Minor)/float64(*r.GBP) - 1
	if math.Abs(gap) <= MaxRateGap {
		return
	}
	way := "more"
	if gap < 0 {
		way = "less"
	}
	add(RatesDiffer, FieldINR, []string{FieldGBP, FieldINR}, "%s is about %s at ₹%.2f for £1, the average of %s. That is %.0f%% %s than %s. Patients pay the price in pounds. Are both right?",
		money.Amount{Minor: *r.INR, Currency: money.INR}, pounds.RoundTo(1), k.Rate.PerUnit, month(k.Rate.Period), math.Abs(gap)*100, way, money.Amount{Minor: *r.GBP, Currency: money.GBP})
}

func (r Row) askRange(k Reference, add asker) {
	span := k.procedures[r.Procedure].Indicative
	if r.GBP == nil || span == nil || *r.GBP <= span.High.Minor*MaxOffRange && *r.GBP*MaxOffRange >= span.Low.Minor {
		return
	}
	way := "more than 10 times"
	if *r.GBP < span.Low.Minor {
		way = "less than a tenth of"
	}
	add(OutOfRange, FieldGBP, []string{FieldGBP, FieldProcedure}, "%s is %s what is usual in India for this treatment: %s to %s. Is it right?",
		money.Amount{Minor: *r.GBP, Currency: money.GBP}, way, span.Low.RoundTo(1), span.High.RoundTo(1))
}

// askLeftOut: domain.md §9.2 A7. An implant is often not needed; the rest nearly always is.
func (r Row) askLeftOut(add asker) {
	var labels, about []string
	for _, item := range Items {
		about = append(about, FieldIncludes+item.Key)
		if r.Includes[item.Key].Is == No && item.Key != "implant" && !r.always(item.Key) && item.Key != "stay" {
			labels = append(labels, item.Label)
		}
	}
	if len(labels) > 0 {
		add(LeftOut, FieldIncludes+keyOf(labels[0]), about, "The price leaves out: %s. What every patient pays must be in the price. Does this treatment never need them?", strings.Join(labels, "; "))
	}
}

func keyOf(label string) string {
	for _, item := range Items {
		if item.Label == label {
			return item.Key
		}
	}
	return ""
}

func (r Row) askOnTop(add asker) {
	about := []string{FieldGBP, FieldOnTop}
	charges := append([]Charge(nil), r.OnTop...)
	for _, item := range Items {
		if c := r.Includes[item.Key].Charge; c != nil {
			about = append(about, FieldIncludes+item.Key)
			charges = append(charges, Charge{Label: item.Label, Amount: c.Amount})
		}
	}
	for _, c := range charges {
		if r.GBP != nil && c.Amount != nil && c.Amount.Currency == money.GBP && c.Amount.Minor > *r.GBP {
			add(LargeOnTop, FieldOnTop, about, "“%s” at %s is more than the price itself, %s. Is it right?", short(c.Label), *c.Amount, money.Amount{Minor: *r.GBP, Currency: money.GBP})
		}
	}
}

// month is "June 2026" for "2026-06".
func month(period string) string {
	t, err := time.Parse("2006-01", period)
	if err != nil {
		return period
	}
	return t.Format("January 2006")
}
