package record

import (
	"regexp"
	"strings"
	"time"

	"carecorridor/internal/check"
	"carecorridor/internal/when"
)

// Passport is for the visa letter alone: never in a search, never to a hospital before acceptance, purged 90 days after
// the journey (domain.md §3.2).
type Passport struct {
	hidden
	Name    string    `json:"name"` // as printed
	Number  string    `json:"number"`
	Country string    `json:"country"` // ISO 3166 alpha-2
	Expires when.Date `json:"expires"`
	// ByMission: the patient, a parent or a grandparent was born or lived in Pakistan, so that an e-visa is not open and
	// the longer way through a mission is (domain.md §3.7). Kept here alone and purged with it.
	ByMission Ancestry `json:"by_mission"`
}

// Ancestry answers the question about Pakistan. Not answering is an answer.
type Ancestry string

// Answers.
const (
	AncestryYes    Ancestry = "yes"
	AncestryNo     Ancestry = "no"
	AncestryUntold Ancestry = "prefer_not_to_say"
)

var (
	passportShape = regexp.MustCompile(`^[A-Z0-9]{6,9}$`)
	countryShape  = regexp.MustCompile(`^[A-Z]{2}$`)
)

// passportMonths must be left on a passport when a visa is applied for (domain.md §3.7).
const passportMonths = 6

// Check on a moment. Fields: name, number, country, expires, by_mission.
func (p Passport) Check(now time.Time) (l check.List) {
	name(&l, "name", "name as it is printed in the passport", p.Name)
	l.Need(passportShape.MatchString(strings.ToUpper(strings.ReplaceAll(p.Number, " ", ""))), "number", "Enter the passport number, 6 to 9 letters and digits")
	l.Need(countryShape.MatchString(p.Country), "country", "Select the country that issued the passport")
	least := when.DateOf(now.AddDate(0, passportMonths, 0))
	l.Need(p.Expires.Known(), "expires", "Enter the day the passport expires")
	l.Need(!p.Expires.Known() || !p.Expires.Before(least), "expires", "The passport must be valid for at least %d months: until %s or later. Renew it first", passportMonths, least.Long())
	l.Need(p.ByMission == AncestryYes || p.ByMission == AncestryNo || p.ByMission == AncestryUntold, "by_mission", "Select an answer. You may prefer not to say")
	return l
}
