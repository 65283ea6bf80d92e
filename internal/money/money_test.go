package money

import "testing"

func TestAmountsReadAsPeopleWriteThem(t *testing.T) {
	for _, c := range []struct {
		a    Amount
		want string
	}{
		{Whole(5450, GBP), "£5,450"},
		{Whole(626750, INR), "₹6,26,750"},
		{Whole(10000000, INR), "₹1,00,00,000"},
		{Whole(1234567, GBP), "£1,234,567"},
		{Amount{1250, GBP}, "£12.50"},
		{Whole(0, GBP), "£0"},
		{Whole(999, INR), "₹999"},
		{Amount{-5005, USD}, "-US$50.05"},
	} {
		if got := c.a.String(); got != c.want {
			t.Errorf("%+v reads %q, want %q", c.a, got, c.want)
		}
	}
}

func TestConvertGoesBothWays(t *testing.T) {
	r := Rate{From: GBP, To: INR, PerUnit: 125}
	if got := Whole(6000, GBP).Convert(r); got != Whole(750000, INR) {
		t.Fatalf("got %v", got)
	}
	if got := Whole(750000, INR).Convert(r.Invert()); got != Whole(6000, GBP) {
		t.Fatalf("got %v", got)
	}
	if got := Whole(5, INR).Convert(r); got != Whole(5, INR) {
		t.Fatalf("already in the target currency: %v", got)
	}
	if got := (Amount{512300, GBP}).RoundTo(50); got != Whole(5100, GBP) {
		t.Fatalf("rounded to %v", got)
	}
}
