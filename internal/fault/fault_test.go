package fault

import (
	"errors"
	"fmt"
	"testing"
)

func TestKindSurvivesWrapping(t *testing.T) {
	cause := errors.New("no such row")
	err := fmt.Errorf("load hospital: %w", New(Missing, "provider by slug", cause))
	if KindOf(err) != Missing || !Is(err, Missing) || !errors.Is(err, cause) {
		t.Fatalf("kind %v lost in %v", KindOf(err), err)
	}
	if Is(nil, Broken) {
		t.Fatal("nil is no failure")
	}
	if KindOf(cause) != Broken {
		t.Fatal("an unclassified error must be Broken")
	}
}
