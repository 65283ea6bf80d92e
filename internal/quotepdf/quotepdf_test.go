package quotepdf_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"time"

	"carecorridor/internal/quotepdf"
)

var page = regexp.MustCompile(`/Type\s*/Page\b`)

func sample() quotepdf.Document {
	return quotepdf.Document{Title: "Quote from Sample Lotus Hospital", Lead: []string{"Total knee replacement."}, Made: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC),
		Sections: []quotepdf.Section{{Title: "What you must pay", Rows: []quotepdf.Row{{Label: "Surgeon", Value: "₹4,00,000", Amount: true}, {Label: "Total", Value: "₹4,00,000", Amount: true, Strong: true}}},
			{Title: "Terms", Rows: []quotepdf.Row{{Label: "Refund", Value: "All of it.\nWithin 7 days."}}}}, Foot: []string{"Pay the hospital."}}
}

func TestAShortQuoteIsOneSheet(t *testing.T) {
	t.Parallel()
	b, err := sample().Write()
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(b, []byte("%PDF-")) || len(page.FindAll(b, -1)) != 1 {
		t.Errorf("%d bytes, %d sheets", len(b), len(page.FindAll(b, -1)))
	}
}

func TestALongQuoteGoesOnToMoreSheets(t *testing.T) {
	t.Parallel()
	d := sample()
	for range 120 {
		d.Sections[0].Rows = append(d.Sections[0].Rows, quotepdf.Row{Label: strings.Repeat("A long charge ", 12), Value: "£12.50", Amount: true})
	}
	b, err := d.Write()
	if err != nil {
		t.Fatal(err)
	}
	if n := len(page.FindAll(b, -1)); n < 3 {
		t.Errorf("%d sheets", n)
	}
}

func TestTheHeadIsOnEverySheet(t *testing.T) {
	t.Parallel()
	d := sample()
	for range 120 {
		d.Sections[0].Rows = append(d.Sections[0].Rows, quotepdf.Row{Label: strings.Repeat("A long charge ", 12), Value: "£12.50", Amount: true})
	}
	without, err := d.Write()
	if err != nil {
		t.Fatal(err)
	}
	d.Head = "SAMPLE, Meena. Born 14 May 1958"
	with, err := d.Write()
	if err != nil || len(page.FindAll(with, -1)) < len(page.FindAll(without, -1)) || len(with) <= len(without) {
		t.Errorf("%d bytes beside %d, %v", len(with), len(without), err)
	}
}

func TestWordsInAnyScriptDoNotStopIt(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"घुटने में दर्द", "شفاء", "👩‍⚕️ \u202Eabc", "膝が痛い", "", "\xff", strings.Repeat("x", 5000)} {
		d := sample()
		d.Title, d.Sections[0].Rows[0].Label, d.Foot[0] = s, s, s
		if b, err := d.Write(); err != nil || !bytes.HasPrefix(b, []byte("%PDF-")) {
			t.Errorf("%.20q: %v", s, err)
		}
	}
}
