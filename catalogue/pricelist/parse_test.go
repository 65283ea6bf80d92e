package pricelist_test

import (
	"strings"
	"testing"

	"carecorridor/catalogue/pricelist"
	"carecorridor/internal/money"
)

func TestAmountsAreReadAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]money.Amount{
		"£6,200": money.Whole(6200, money.GBP), "6200.50": {Minor: 620050, Currency: money.GBP}, "6200.5": {Minor: 620050, Currency: money.GBP}, "GBP 6,200": money.Whole(6200, money.GBP),
		"6,200 GBP": money.Whole(6200, money.GBP), "£ 6 200": money.Whole(6200, money.GBP), "1,234,567": money.Whole(1234567, money.GBP), "gbp6200": money.Whole(6200, money.GBP), "0": money.Whole(0, money.GBP),
		"₹5,26,750": money.Whole(526750, money.INR), "Rs. 5 26 750/-": money.Whole(526750, money.INR), "INR 526750": money.Whole(526750, money.INR), "₹526,750": money.Whole(526750, money.INR),
		"Rs 1,00,00,000": money.Whole(1_00_00_000, money.INR), "₹\u202f5\u00a026\u2009750": money.Whole(526750, money.INR), "rs.5,26,750/=": money.Whole(526750, money.INR), "26,750 rupees": money.Whole(26750, money.INR),
	} {
		if got, say := pricelist.Money(s, money.GBP, money.INR); got != want || say != "" {
			t.Errorf("%q is read as %v, %q", s, got, say)
		}
	}
}

func TestADoubtfulAmountIsNotGuessed(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"": "Enter an amount", "₹5,26,75": "missing or too many", "6,20": "missing or too many", "62,00": "missing or too many", "1,2345": "missing or too many", "5,26 750": "missing or too many",
		"£5,26,750": "grouped as rupees", "-6200": "below 0", "£-5": "below 0", "−6": "below 0", "(6,200)": "below 0", "6.2k": "not an amount", "5.27 lakh": "not an amount", "about 6200": "not an amount",
		"6.200": "3 figures after the point", "6200.123": "3 figures", "6.2E+03": "in full", "=6200*1.1": "formula", "#REF!": "error here", "?5,26,750": "lost", "€6200": "euros", "US$ 50": "US dollars",
		"£6200 INR": "2 currencies", "9999999999999": "far too large", "12,": "not an amount", "५२६७५०": "not an amount", "6200 or 6300": "not an amount", "N/A": "not an amount",
		strings.Repeat("9", 4000): "too large", "£": "Enter an amount", "1..2": "not an amount",
	} {
		got, say := pricelist.Money(s, money.GBP, money.INR)
		if !strings.Contains(say, want) || len(say) > 250 {
			t.Errorf("%.40q is read as %v, %q", s, got, say)
		}
	}
	if _, say := pricelist.Money("£6200", money.INR); !strings.Contains(say, "in rupees (₹). This one is in pounds") {
		t.Error(say)
	}
}

func TestDatesAreReadAsSpreadsheetsWriteThem(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"31/12/2026", "2026-12-31", "31-Dec-2026", "31 December 2026", "31-12-2026", "31.12.2026", "31-dec-26", "2026-12-31 00:00:00", "2026-12-31T00:00:00Z", " 31/12/2026\u00a0"} {
		if got, say := pricelist.Day(s); got.String() != "2026-12-31" || say != "" {
			t.Errorf("%q is read as %s, %q", s, got, say)
		}
	}
	if got, _ := pricelist.Day("3/4/2027"); got.String() != "2027-04-03" {
		t.Error(got)
	}
	if got, _ := pricelist.Day("9 Sept 2027"); got.String() != "2027-09-09" {
		t.Error(got)
	}
}

func TestADoubtfulDateIsNotGuessed(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{"46387": "own number", "46387.0": "own number", "12/31/2026": "month before the day", "31/12/26": "all 4", "31/02/2027": "no day", "2027-02-29": "no day", "0/1/2027": "no day",
		"31/13/2026": "no day", "end of 2026": "not a date", "20261231": "not a date", "31 Dezember 2026": "not a date", "2026": "not a date", "31/12/1926": "no day", "=TODAY()": "not a date"} {
		if got, say := pricelist.Day(s); !strings.Contains(say, want) || got.Known() {
			t.Errorf("%q is read as %s, %q", s, got, say)
		}
	}
}

func TestAnswersAndChargesAreReadAndWrittenTheSame(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{"Yes": "yes", "included": "yes", "NO": "no", "on top: £210 per night": "on top: £210 per night", "On top  ₹2,500/unit": "on top: ₹2,500 per unit", "on top £210 a night": "on top: £210 per night",
		"on top: Rs 2500/- per unit": "on top: ₹2,500 per unit", "on top: 80": "on top: £80", "on top: £80, mandatory": "on top: £80 (mandatory)", "on-top: amount not known": "on top: amount not known", "": ""} {
		var r pricelist.Row
		if say := r.Set("includes.tests", s, known); say != "" || r.Text("includes.tests", known) != want {
			t.Errorf("%q is %q, %q", s, r.Text("includes.tests", known), say)
		}
	}
	for s, want := range map[string]string{"maybe": "yes, no, or on top", "on top": "how much", "on top: some": "not an amount", "on topping": "yes, no", "on top: -5": "below 0"} {
		var r pricelist.Row
		if say := r.Set("includes.tests", s, known); !strings.Contains(say, want) {
			t.Errorf("%q: %q", s, say)
		}
	}
}

func TestWhatMayComeOnTopIsReadLineByLine(t *testing.T) {
	t.Parallel()
	var r pricelist.Row
	if say := r.Set("on_top", "Intensive care: £210 per night\n\n Note: blood : ₹2,500 per unit\nTaxi: not known", known); say != "" {
		t.Fatal(say)
	}
	if len(r.OnTop) != 3 || r.OnTop[1].Label != "Note: blood" || *r.OnTop[1].Amount != money.Whole(2500, money.INR) || r.OnTop[2].Amount != nil {
		t.Errorf("%+v", r.OnTop)
	}
	for s, want := range map[string]string{"Intensive care": "no amount", "Care: lots": "not an amount", "A: £5; B: some": "line of its own", "A: -5": "below 0"} {
		if say := r.Set("on_top", s, known); !strings.Contains(say, want) {
			t.Errorf("%q: %q", s, say)
		}
	}
}

func TestATreatmentIsKnownByItsWords(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{"total-knee-replacement": "total-knee-replacement", "TOTAL  knee\u00a0replacement": "total-knee-replacement", "New knee": "total-knee-replacement"} {
		var r pricelist.Row
		if say := r.Set("procedure", s, known); say != "" || r.Procedure != want {
			t.Errorf("%q is %q, %q", s, r.Procedure, say)
		}
	}
	for s, want := range map[string]string{"joint replacement": "may be “Total knee replacement” or “Total hip replacement”", "knee replcement": "not a treatment in our list"} {
		var r pricelist.Row
		if say := r.Set("procedure", s, known); !strings.Contains(say, want) {
			t.Errorf("%q: %q", s, say)
		}
	}
}
