package pricelist_test

import (
	"bytes"
	"errors"
	"testing"

	"carecorridor/catalogue"
	"carecorridor/catalogue/pricelist"
	"carecorridor/internal/fault"
	"carecorridor/internal/money"
	"carecorridor/internal/when"
)

var (
	today = when.Date{Year: 2026, Month: 11, Day: 22}
	rate  = money.Rate{From: money.GBP, To: money.INR, PerUnit: 125, Period: "2026-06"}
	known = pricelist.Know([]pricelist.Procedure{
		{Slug: "total-knee-replacement", Name: "Total knee replacement", Words: []string{"new knee", "joint replacement"},
			Indicative: &catalogue.Span{Low: money.Whole(4000, money.GBP), High: money.Whole(7000, money.GBP)}},
		{Slug: "total-hip-replacement", Name: "Total hip replacement", Words: []string{"joint replacement"}},
		{Slug: "cataract-surgery", Name: "Cataract surgery"},
		{Slug: "kidney-transplant", Name: "Kidney transplant", Excluded: true},
	}, &rate, today)
)

func of[T any](v T) *T { return &v }

// knee is a package that nothing is wrong with.
func knee() pricelist.Row {
	r := pricelist.Row{Procedure: "total-knee-replacement", Name: "Knee replacement, one side", Room: "Single room", GBP: of(int64(6200_00)), INR: of(int64(7_75_000_00)),
		From: when.Date{Year: 2026, Month: 7, Day: 1}, To: when.Date{Year: 2027, Month: 12, Day: 31}, Nights: of(5), Days: of(16), Implant: "Acme K2",
		AssessedAt: "At the hospital", AssessedWhen: "The day after arrival", Includes: map[string]pricelist.Answer{}, Also: []string{"Physiotherapy; twice a day"},
		LeavesOut: []string{"Flights, visa and hotel", "Medicines after leaving hospital"},
		OnTop: []pricelist.Charge{{Label: "Intensive care, if needed", Amount: of(money.Whole(210, money.GBP)), Per: "night"},
			{Label: "Blood: a unit", Amount: of(money.Whole(2500, money.INR)), Per: "unit"}, {Label: "A longer stay"}}}
	for _, item := range pricelist.Items {
		r.Includes[item.Key] = pricelist.Answer{Is: pricelist.Yes}
	}
	r.Includes["tests"] = pricelist.Answer{Is: pricelist.OnTop, Charge: &pricelist.Charge{Amount: of(money.Whole(80, money.GBP))}}
	return r
}

// variant is the knee with something changed.
func variant(change func(*pricelist.Row)) pricelist.Row {
	r := knee()
	change(&r)
	return r
}

func read(t testing.TB, file []byte) pricelist.Sheet {
	t.Helper()
	s, err := pricelist.Read(bytes.NewReader(file), pricelist.Limits, known)
	if err != nil {
		t.Fatalf("%.60q: %v", file, err)
	}
	return s
}

// said is the sentence of a refusal.
func said(t testing.TB, err error) string {
	t.Helper()
	var e *fault.E
	if !errors.As(err, &e) {
		t.Fatalf("%v is no refusal", err)
	}
	return e.Say
}
