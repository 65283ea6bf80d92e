package seed

import "strings"

// stayIn is how long people stay; every span may be missing. The spans but the last come from the pages
// in Sources taken together.
type stayIn struct {
	Hospital   *spanIn `json:"hospital_days"`
	India      *spanIn `json:"india_days"`
	Weeks      *spanIn `json:"recovery_weeks"`
	Days       *spanIn `json:"recovery_days"`
	Donor      *spanIn `json:"donor_hospital_days"`
	Activation *spanIn `json:"device_activation_weeks"`
	Sources    []struct {
		URL  string `json:"url"`
		Date string `json:"date"`
		Says string `json:"says"`
	} `json:"sources"`
	PMJAY *spanIn `json:"pmjay_average_length_of_stay_days"`
}

type spanIn struct {
	Min int `json:"min"`
	Max int `json:"max"`
}

// says are words in a source's own account that show which of its spans it gives.
var says = map[string]string{
	"hospital_days": "hospital", "india_days": "india", "recovery_weeks": "recover", "recovery_days": "recover",
	"donor_hospital_days": "donor", "device_activation_weeks": "activation",
}

func (c *compiler) stays(s *stayIn) (out []stayRec) {
	if s == nil {
		return nil
	}
	for _, m := range []struct {
		measure string
		span    *spanIn
	}{{"hospital_days", s.Hospital}, {"india_days", s.India}, {"recovery_weeks", s.Weeks}, {"recovery_days", s.Days},
		{"donor_hospital_days", s.Donor}, {"device_activation_weeks", s.Activation}} {
		if m.span != nil {
			out = append(out, stayRec{m.measure, m.span.Min, m.span.Max, c.staySource(s, m.measure)})
		}
	}
	if s.PMJAY != nil {
		out = append(out, stayRec{"pmjay_average_length_of_stay_days", s.PMJAY.Min, s.PMJAY.Max, c.src.dataset("pmjay-hbp-2022")})
	}
	return out
}

// staySource is the first source whose words speak of the measure, else the first.
func (c *compiler) staySource(s *stayIn, measure string) string {
	pick := -1
	for i, x := range s.Sources {
		if pick < 0 && strings.Contains(strings.ToLower(x.Says), says[measure]) {
			pick = i
		}
	}
	if pick < 0 && len(s.Sources) > 0 {
		pick = 0
	}
	if pick < 0 { // numbers nobody stands behind are our own reckoning, and say so
		return c.src.dataset(derived)
	}
	return c.src.cite(s.Sources[pick].URL, s.Sources[pick].Date)
}
