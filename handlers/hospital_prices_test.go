package handlers_test

import (
	"strings"
	"testing"
)

func TestThePriceInRupeesIsTheOneThatTheHospitalStates(t *testing.T) {
	s := front(t)
	if words := text(s.page(t, "/hospitals/marigold-shore-hospital-chennai").Find("#prices")); !strings.Contains(words, "₹4,85,000") || strings.Contains(words, "₹4,85,1") {
		t.Errorf("stated ₹4,85,000 beside £3,830, the page says: %s", words)
	}
	if body := s.get(t, "/api/v1/hospitals/marigold-shore-hospital-chennai").Body.String(); !strings.Contains(body, `"inr":485000`) {
		t.Errorf("the API says: %s", body)
	}
}
