package handlers

import (
	"testing"

	"carecorridor/catalogue"
)

func TestATotalThatLacksNothingSaysNothingOfIt(t *testing.T) {
	t.Parallel()
	all := catalogue.TripEstimate{Complete: true, Lines: []catalogue.TripLine{{Key: "visa", Known: true}, {Key: "insurance", Declined: true}}}
	if got := leavesOut(all) + notCounted("plus", all); got != "" {
		t.Errorf("says %q", got)
	}
}

func TestOnlyWhatIsNotKnownIsSaidToBeLeftOut(t *testing.T) {
	t.Parallel()
	fee := catalogue.TripEstimate{Complete: true, Missing: []string{"Insurance that covers planned treatment"},
		Lines: []catalogue.TripLine{{Key: "visa", Known: true}, {Key: "insurance"}}}
	if got := notCounted("plus", fee); got != "plus insurance" {
		t.Errorf("with a known visa fee: %q", got)
	}
	if got := leavesOut(fee); got != "The total leaves out what is not known: insurance that covers planned treatment." {
		t.Errorf("with a known visa fee: %q", got)
	}
	fee.Lines[0].Known = false
	if got := notCounted("without", fee); got != "without visas and insurance" {
		t.Errorf("with neither: %q", got)
	}
}
