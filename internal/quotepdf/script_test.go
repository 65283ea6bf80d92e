package quotepdf

import "testing"

func TestWhatTheFaceLacksIsMarkedNotDropped(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"₹4,50,000": "INR 4,50,000", "Zoë & Łukasz £5": "Zoë & Łukasz £5", "Knee घुटने में pain": "Knee […] pain", "": ""} {
		left := 0
		if got := drawable(in, &left); got != want {
			t.Errorf("%q: %q", in, got)
		}
	}
}
