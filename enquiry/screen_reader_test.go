package enquiry

import "testing"

func TestWhatTheStartPageCallsAnEmergencyStopsTheForm(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]StopKind{
		"I have chest pain": Emergency, "I have trouble breathing and heavy bleeding": Emergency, "Signs of a stroke": Emergency,
		"History of angina, crushing chest pain now": Emergency, "I do not know why I have sudden chest pain": Emergency,
		"मेरी सांस नहीं आ रही": Emergency, "my 5 year old needs surgery": UnderAge,
	} {
		if got := screen("total-knee-replacement", words, nil); got == nil || got.Kind != want {
			t.Errorf("%q: %+v, want %s", words, got, want)
		}
	}
	for _, words := range []string{"My knee hurts on stairs. No chest pain.", "I had chest pains in 2011 and they were treated", "I never had trouble breathing"} {
		if got := screen("total-knee-replacement", words, nil); got != nil {
			t.Errorf("%q was stopped: %+v", words, got)
		}
	}
}
