package handlers_test

import (
	"strings"
	"testing"
)

func TestEveryPageNamesTheRatesBehindItsPounds(t *testing.T) {
	t.Parallel()
	s := front(t)
	for path, want := range map[string][]string{
		"/treatments/total-knee-replacement":         {"£1 is US$"},
		"/treatments/total-knee-replacement/summary": {"£1 is US$"},
		"/hospitals/" + shore:                        {"£1 is ₹", "US$"},
		"/hospitals/" + medanta:                      {"£1 is US$"},
		"/":                                          {"£1 is US$"},
		compared(hooghly, shore, medanta) + "&treatment=total-knee-replacement&by=price": {"£1 is US$"},
	} {
		main := text(s.page(t, path).Find("main"))
		_, said, ok := strings.Cut(main, "Exchange rate")
		if said, _, _ = strings.Cut(said, "check it."); !ok || !strings.Contains(said, "more than 90 days old") {
			t.Errorf("%s: no rate that is marked as old: %q", path, said)
		}
		for _, one := range want {
			if !strings.Contains(said, one) {
				t.Errorf("%s: want %q in %q", path, one, said)
			}
		}
	}
}

func TestAPricePublishedInPoundsStaysAsItWas(t *testing.T) {
	t.Parallel()
	main := text(front(t).page(t, "/treatments/cataract-surgery").Find("main"))
	if !strings.Contains(main, "£5,125") || strings.Contains(main, "£5,130") || strings.Contains(main, "£5,150") {
		t.Error("a price of a UK source was rounded")
	}
}

func TestAFigureIsTheSameInPictureAndTable(t *testing.T) {
	t.Parallel()
	main := text(front(t).page(t, "/treatments/cataract-surgery").Find("main"))
	if !strings.Contains(main, "£220, £450 and £750") || !strings.Contains(main, "£220 to £450") {
		t.Error("the picture rounds single figures in another way than the table")
	}
}

func TestWhatMayComeOnTopIsComparedInPounds(t *testing.T) {
	t.Parallel()
	doc := front(t).page(t, compared(shore, "neem-court-bone-and-joint-centre-chennai")+"&treatment=total-knee-replacement")
	onTop := cells(doc, "What you may pay on top")
	if len(onTop) != 2 {
		t.Errorf("%d hospitals: %q", len(onTop), onTop)
	}
	for _, cell := range onTop {
		if !strings.Contains(cell, ": £") || !strings.Contains(cell, " a night") {
			t.Errorf("not in pounds a night: %q", cell)
		}
	}
	if checked := cells(doc, "Listing checked"); len(checked) != 2 || !strings.Contains(checked[0], "2026") {
		t.Errorf("prices without the day they were checked: %q", checked)
	}
	if trip := cells(doc, "Whole trip for 2"); !strings.Contains(strings.Join(trip, " "), "insurance") {
		t.Errorf("it is not said what the trip leaves out: %q", trip)
	}
}

func TestATreatmentThatIsNotOfferedHasNoSheetWithPrices(t *testing.T) {
	t.Parallel()
	s := front(t)
	if w := s.get(t, "/treatments/kidney-transplant/summary"); w.Code != 404 || strings.Contains(w.Body.String(), "£") || !strings.Contains(w.Body.String(), `href="/treatments/kidney-transplant"`) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestTheSheetForTheGPSaysWhatTheNHSFigureMeans(t *testing.T) {
	t.Parallel()
	s := front(t)
	for path, want := range map[string]string{"total-knee-replacement": "Half had waited 15 weeks or less", "ivf": "in 100 people had waited 18 weeks or less"} {
		main := text(s.page(t, "/treatments/"+path+"/summary").Find("main"))
		if !strings.Contains(main, want) || !strings.Contains(main, "more than 90 days old, check it") || !strings.Contains(main, "Sources: NHS England") {
			t.Errorf("%s: want %q, its age and its source in %.900s", path, want, main)
		}
	}
}
