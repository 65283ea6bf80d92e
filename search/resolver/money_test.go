package resolver

import (
	"fmt"
	"testing"
)

func TestMoneyIsReadTheWayPeopleWriteIt(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"under £6,000":                    "-6000 GBP",
		"under 6k":                        "-6000 GBP",
		"6k":                              "-6000 GBP",
		"6000 pounds":                     "-6000 GBP",
		"3000 quid":                       "-3000 GBP",
		"GBP6000":                         "-6000 GBP",
		"below 5 lakh":                    "-500000 INR",
		"4.5 lakhs":                       "-450000 INR",
		"1.5 lac rupees":                  "-150000 INR",
		"2 crore":                         "-20000000 INR",
		"Rs. 60000":                       "-60000 INR",
		"rs5000":                          "-5000 INR",
		"max 5,00,000":                    "-500000 INR",
		"₹5,00,000":                       "-500000 INR",
		"60000 inr":                       "-60000 INR",
		"$8000":                           "-8000 USD",
		"8k dollars":                      "-8000 USD",
		"under €7500":                     "-7500 EUR",
		"budget of 5000":                  "-5000 GBP",
		"5 lakh se kam":                   "-500000 INR",
		"3 lakh tak":                      "-300000 INR",
		"no more than £4500":              "-4500 GBP",
		"between 4 and 6 lakh":            "400000-600000 INR",
		"from £2000 to £4000":             "2000-4000 GBP",
		"£2-4k":                           "2000-4000 GBP",
		"between 3000 and 5000":           "3000-5000 GBP",
		"over £2000":                      "2000- GBP",
		"at least 3 lakh":                 "300000- INR",
		"over £2000 under £5000":          "2000-5000 GBP",
		"3 level fusion":                  "",
		"2nd opinion":                     "",
		"stage 4":                         "",
		"age 65":                          "",
		"under 18 years":                  "",
		"within 200 km":                   "",
		"under 16":                        "",
		"over 60":                         "",
		"3000 grafts":                     "",
		"price":                           "",
		"knee replacement in 2026":        "",
		"99999999999999999999999999 lakh": "-1000000000000 INR",
	} {
		r := read(t, text)
		got := ""
		if r.Currency != "" {
			got = fmt.Sprintf("%s-%s %s", text64(r.PriceMin), text64(r.PriceMax), r.Currency)
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func text64(n *int64) string {
	if n == nil {
		return ""
	}
	return fmt.Sprint(*n)
}

func TestPriceWordsAloneSetNoLimit(t *testing.T) {
	t.Parallel()
	r := read(t, "cheap knee op price cost charges")
	if r.Currency != "" || r.Sort != "" || r.Text != "" {
		t.Errorf("%+v", r)
	}
	if got := read(t, "cheapest knee op").Sort; got != "price" {
		t.Errorf("cheapest: sort %q", got)
	}
}

func TestPriceChipHoldsTheWordsTyped(t *testing.T) {
	t.Parallel()
	c := read(t, "knee op under £6,000 in chennai").Chips[0]
	if c != (Chip{SlotPrice, "-6000 GBP", "Up to £6,000", "under £6,000"}) {
		t.Errorf("%+v", c)
	}
}
