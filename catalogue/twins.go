package catalogue

import (
	"cmp"
	"slices"

	"carecorridor/models"
)

// apart tells listings of one name and town from each other: by address where one is held, else by the certificate. It
// is "" for a listing whose name is its own.
func (s *state) apart(name, citySlug, address, postcode string, certificates []Certificate) string {
	if !s.twins[models.SharedName{Name: name, CitySlug: citySlug}] {
		return ""
	}
	number := ""
	if len(certificates) > 0 {
		first := slices.MinFunc(certificates, func(a, b Certificate) int { return cmp.Compare(a.ID, b.ID) })
		number = first.Body + " certificate " + first.Number
	}
	if postcode != "" {
		postcode = "PIN code " + postcode
	}
	return cmp.Or(short(address), postcode, number)
}

// shortAddress is how much of an address fits on a card.
const shortAddress = 60

func short(address string) string {
	if r := []rune(address); len(r) > shortAddress {
		return string(r[:shortAddress]) + "…"
	}
	return address
}
