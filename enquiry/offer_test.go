package enquiry_test

import (
	"testing"

	"carecorridor/enquiry"
	"carecorridor/internal/money"
)

func minor(n int64) *int64 { return &n }

// offer is a whole quote: 5,100 pounds.
func offer() enquiry.Offer {
	nights := 5
	return enquiry.Offer{Currency: money.GBP, TotalMinor: 510000, ValidUntil: today.AddDays(60), Complications: enquiry.Included30, ComplyText: "We treat them without a charge.",
		Refund: "In full until admission.", Excludes: "Flights, visas.", AssessedAt: "by video", AssessedWhen: "within 7 days", StayNights: &nights,
		By: enquiry.Signatory{Name: "Dr A Rao", Role: "Orthopaedic surgeon", Registration: "TNMC 1"}, NoCommission: true,
		Lines: []enquiry.Line{{enquiry.Mandatory, "Operation", minor(450000)}, {enquiry.Mandatory, "Implant", minor(60000)},
			{enquiry.Optional, "Single room", minor(40000)}, {enquiry.OnTop, "Blood", nil}}}
}

func TestAQuoteIsWholeOrRefused(t *testing.T) {
	t.Parallel()
	if l := offer().Check(today); !l.OK() {
		t.Fatal(l)
	}
	for name, c := range map[string]struct {
		bend  func(*enquiry.Offer)
		field string
	}{
		"a total below its lines":      {func(o *enquiry.Offer) { o.TotalMinor-- }, "total"},
		"a total with optional lines":  {func(o *enquiry.Offer) { o.TotalMinor += 40000 }, "total"},
		"no total":                     {func(o *enquiry.Offer) { o.TotalMinor = 0 }, "total"},
		"a total of nothing":           {func(o *enquiry.Offer) { o.TotalMinor, o.Lines[0].Minor, o.Lines[1].Minor = 0, minor(0), minor(0) }, "total"},
		"no lines":                     {func(o *enquiry.Offer) { o.Lines = nil }, "lines"},
		"no mandatory line":            {func(o *enquiry.Offer) { o.Lines = o.Lines[2:]; o.TotalMinor = 0 }, "lines"},
		"a line below zero":            {func(o *enquiry.Offer) { o.Lines[0].Minor, o.TotalMinor = minor(-1), 59999 }, "lines.0.amount"},
		"a line without an amount":     {func(o *enquiry.Offer) { o.Lines[1].Minor, o.TotalMinor = nil, 450000 }, "lines.1.amount"},
		"a line that could overflow":   {func(o *enquiry.Offer) { o.Lines[0].Minor = minor(1 << 62) }, "lines.0.amount"},
		"a line without words":         {func(o *enquiry.Offer) { o.Lines[2].Label = " " }, "lines.2.label"},
		"a line of another kind":       {func(o *enquiry.Offer) { o.Lines[2].Kind = "tip" }, "lines.2.kind"},
		"euros":                        {func(o *enquiry.Offer) { o.Currency = money.EUR }, "currency"},
		"29 days":                      {func(o *enquiry.Offer) { o.ValidUntil = today.AddDays(29) }, "valid_until"},
		"no end":                       {func(o *enquiry.Offer) { o.ValidUntil = today.AddDays(9999) }, "valid_until"},
		"no complication policy":       {func(o *enquiry.Offer) { o.Complications = "" }, "complications"},
		"no words about complications": {func(o *enquiry.Offer) { o.ComplyText = "" }, "complications_text"},
		"no refund terms":              {func(o *enquiry.Offer) { o.Refund = "" }, "refund"},
		"nothing said of exclusions":   {func(o *enquiry.Offer) { o.Excludes = "" }, "excludes"},
		"no place":                     {func(o *enquiry.Offer) { o.AssessedAt = "" }, "assessed_at"},
		"no time":                      {func(o *enquiry.Offer) { o.AssessedWhen = "" }, "assessed_when"},
		"nobody":                       {func(o *enquiry.Offer) { o.By.Name = "" }, "by_name"},
		"no role":                      {func(o *enquiry.Offer) { o.By.Role = "" }, "by_role"},
		"a commission":                 {func(o *enquiry.Offer) { o.NoCommission = false }, "no_commission"},
		"nights below zero":            {func(o *enquiry.Offer) { n := -1; o.StayNights = &n }, "stay_nights"},
	} {
		o := offer()
		c.bend(&o)
		if l := o.Check(today); l.On(c.field) == "" {
			t.Errorf("%s: %v, want a problem on %s", name, l, c.field)
		}
	}
}

func TestAQuoteOfThirtyDaysIsTaken(t *testing.T) {
	t.Parallel()
	o := offer()
	o.ValidUntil = today.AddDays(30)
	if l := o.Check(today); !l.OK() {
		t.Error(l)
	}
}

func TestARefusalSaysWhy(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		no    enquiry.Refusal
		field string
	}{{enquiry.Refusal{}, "reason"}, {enquiry.Refusal{Reason: "because"}, "reason"}, {enquiry.Refusal{Reason: enquiry.OtherReason}, "comment"},
		{enquiry.Refusal{Reason: enquiry.NoCapacity, Comment: "\x00"}, "comment"}, {enquiry.Refusal{Reason: enquiry.NoCapacity}, ""},
		{enquiry.Refusal{Reason: enquiry.OtherReason, Comment: "The surgeon has left."}, ""}} {
		if l := c.no.Check(); (c.field == "") != l.OK() || c.field != "" && l.On(c.field) == "" {
			t.Errorf("%+v: %v", c.no, l)
		}
	}
}
