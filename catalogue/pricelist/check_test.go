package pricelist_test

import (
	"strings"
	"testing"

	"carecorridor/catalogue/pricelist"
	"carecorridor/internal/money"
	"carecorridor/internal/when"
)

func TestAFullPriceHasNothingWrong(t *testing.T) {
	t.Parallel()
	if problems, questions := pricelist.Check(knee(), known); len(problems)+len(questions) > 0 {
		t.Errorf("%+v %+v", problems, questions)
	}
	day := variant(func(r *pricelist.Row) { r.Nights, r.Days, r.Room = of(0), of(1), "" })
	if problems, _ := pricelist.Check(day, known); len(problems) > 0 {
		t.Errorf("a day case: %+v", problems)
	}
}

func charge(a money.Amount) *pricelist.Charge { return &pricelist.Charge{Amount: &a} }

func TestEachRuleSaysWhatToPutRight(t *testing.T) {
	t.Parallel()
	type row = pricelist.Row
	for _, c := range []struct {
		field, want string
		change      func(*row)
	}{
		{"procedure", "Enter the treatment", func(r *row) { r.Procedure = "" }},
		{"procedure", "not a treatment in our list", func(r *row) { r.Procedure = "phrenology" }},
		{"procedure", "never listed for travel", func(r *row) { r.Procedure = "kidney-transplant" }},
		{"name", "Enter the name", func(r *row) { r.Name = " " }},
		{"name", "Enter the name", func(r *row) { r.Name = "\u200b\u2060" }},
		{"name", "120 characters or fewer. You have written 5,000", func(r *row) { r.Name = strings.Repeat("x", 5000) }},
		{"name", "control character", func(r *row) { r.Name = "Knee\u202eeenk" }},
		{"name", "lost when the file was saved", func(r *row) { r.Name = "Knee \ufffd one" }},
		{"room", "Select the room", func(r *row) { r.Room = "Deluxe" }},
		{"room", "Select the room", func(r *row) { r.Room = "" }},
		{"room", "no night", func(r *row) { r.Room = "Day case" }},
		{"price_gbp", "Enter the full price", func(r *row) { r.GBP = nil }},
		{"price_gbp", "£20 to £500,000", func(r *row) { r.GBP = of(int64(0)) }},
		{"price_gbp", "£20 to £500,000", func(r *row) { r.GBP = of(int64(-5)) }},
		{"price_gbp", "£20 to £500,000", func(r *row) { r.GBP = of(int64(19_99)) }},
		{"price_gbp", "£20 to £500,000", func(r *row) { r.GBP = of(int64(500_000_01)) }},
		{"price_inr", "₹1,000 to ₹10,00,00,000", func(r *row) { r.INR = of(int64(0)) }},
		{"valid_to", "Enter the date", func(r *row) { r.To = when.Date{} }},
		{"valid_to", "ended on 21 November 2026", func(r *row) { r.To, r.From = today.AddDays(-1), when.Date{} }},
		{"valid_to", "by 22 November 2028", func(r *row) { r.To = when.Date{Year: 2028, Month: 11, Day: 23} }},
		{"valid_from", "after the last day", func(r *row) { r.From = r.To.AddDays(1) }},
		{"stay_nights", "0 to 90", func(r *row) { r.Nights = nil }},
		{"stay_nights", "0 to 90", func(r *row) { r.Nights = of(91) }},
		{"days_in_india", "1 to 365", func(r *row) { r.Days = of(0) }},
		{"days_in_india", "at least 6 days", func(r *row) { r.Days = of(5) }},
		{"assessed_at", "Say where", func(r *row) { r.AssessedAt = "" }},
		{"assessed_when", "Say when", func(r *row) { r.AssessedWhen = "" }},
		{"implant", "name an implant", func(r *row) { r.Includes["implant"] = pricelist.Answer{Is: pricelist.No} }},
		{"includes.taxes", "Everybody pays this", func(r *row) { r.Includes["taxes"] = pricelist.Answer{Is: pricelist.No} }},
		{"includes.taxes", "Everybody pays this", func(r *row) {
			r.Includes["taxes"] = pricelist.Answer{Is: pricelist.OnTop, Charge: charge(money.Whole(5, money.GBP))}
		}},
		{"includes.stay", "Everybody pays this", func(r *row) { r.Includes["stay"] = pricelist.Answer{Is: pricelist.No} }},
		{"includes.surgeon", "yes, no, or on top", func(r *row) { delete(r.Includes, "surgeon") }},
		{"includes.tests", "part of the full price", func(r *row) {
			r.Includes["tests"] = pricelist.Answer{Is: pricelist.OnTop, Charge: &pricelist.Charge{Must: true}}
		}},
		{"includes.tests", "more than 0", func(r *row) {
			r.Includes["tests"] = pricelist.Answer{Is: pricelist.OnTop, Charge: charge(money.Whole(0, money.GBP))}
		}},
		{"includes.tests", "how much", func(r *row) { r.Includes["tests"] = pricelist.Answer{Is: pricelist.OnTop} }},
		{"on_top", "everybody pays (Blood)", func(r *row) { r.OnTop = []pricelist.Charge{{Label: "Blood", Must: true}} }},
		{"on_top", "pounds or rupees", func(r *row) { r.OnTop = []pricelist.Charge{{Label: "Blood", Amount: of(money.Whole(5, money.USD))}} }},
		{"on_top", "before the colon", func(r *row) { r.OnTop = []pricelist.Charge{{Amount: of(money.Whole(5, money.GBP))}} }},
		{"on_top", "1 or 2 words", func(r *row) { r.OnTop[0].Per = "night (2)" }},
		{"also_included", "twice", func(r *row) { r.Also = []string{"Meals", "meals"} }},
		{"not_included", "20 entries at most. There are 21", func(r *row) { r.LeavesOut = make([]string, 21) }},
	} {
		problems, _ := pricelist.Check(variant(c.change), known)
		found := false
		for _, p := range problems {
			found = found || p.Field == c.field && strings.Contains(p.Say, c.want)
		}
		if !found {
			t.Errorf("%s %q is not among %+v", c.field, c.want, problems)
		}
	}
}

func TestWhatIsProbablyWrongIsAsked(t *testing.T) {
	t.Parallel()
	type row = pricelist.Row
	for _, c := range []struct {
		code   pricelist.Code
		field  string
		change func(*row)
		want   string
	}{
		{pricelist.RatesDiffer, "price_inr", func(r *row) { r.INR = of(int64(5_26_750_00)) }, "₹5,26,750 is about £4,214 at ₹125.00 for £1, the average of June 2026. That is 32% less than £6,200."},
		{pricelist.RatesDiffer, "price_inr", func(r *row) { r.INR = of(int64(8_15_000_00)) }, "5% more than £6,200"},
		{pricelist.OutOfRange, "price_gbp", func(r *row) { r.GBP, r.INR = of(int64(70_001_00)), nil }, "£70,001 is more than 10 times what is usual"},
		{pricelist.OutOfRange, "price_gbp", func(r *row) {
			r.GBP, r.INR, r.OnTop, r.Includes["tests"] = of(int64(399_00)), nil, nil, pricelist.Answer{Is: pricelist.Yes}
		}, "less than a tenth of"},
		{pricelist.LeftOut, "includes.surgeon", func(r *row) { r.Includes["surgeon"] = pricelist.Answer{Is: pricelist.No} }, "leaves out: Surgeon's fee."},
		{pricelist.LargeOnTop, "on_top", func(r *row) { r.OnTop[0].Amount = of(money.Whole(6201, money.GBP)) }, "more than the price itself, £6,200"},
	} {
		problems, questions := pricelist.Check(variant(c.change), known)
		if len(problems) > 0 || len(questions) != 1 || questions[0].Code != c.code || questions[0].Field != c.field || !strings.Contains(questions[0].Say, c.want) || len(questions[0].ID) != 16 {
			t.Errorf("%s: %+v %+v", c.code, problems, questions)
		}
	}
}

func TestNothingIsAskedNearTheRate(t *testing.T) {
	t.Parallel()
	for _, inr := range []int64{7_36_500_00, 8_13_700_00} { // 4.97 % either side
		if _, q := pricelist.Check(variant(func(r *pricelist.Row) { r.INR = of(inr) }), known); len(q) > 0 {
			t.Errorf("%d: %+v", inr, q)
		}
	}
	bare := pricelist.Know(nil, nil, today)
	if _, q := pricelist.Check(variant(func(r *pricelist.Row) { r.INR = of(int64(1_000_00)) }), bare); len(q) > 0 {
		t.Errorf("without a rate: %+v", q)
	}
}

func TestAnAnswerCountsForItsValuesOnly(t *testing.T) {
	t.Parallel()
	ask := func(inr int64) string {
		_, q := pricelist.Check(variant(func(r *pricelist.Row) { r.INR = of(inr) }), known)
		return q[0].ID
	}
	first, again, other := ask(5_00_000_00), ask(5_00_000_00), ask(5_01_000_00)
	if first != again || first == other {
		t.Error("IDs of questions do not follow the values")
	}
}
