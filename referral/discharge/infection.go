package discharge

import (
	"regexp"
	"slices"
	"strconv"

	"carecorridor/internal/when"
)

// Infection is the block that UK infection control needs of a stay abroad (domain.md §5.3).
type Infection struct {
	Facility  Facility   `json:"facility"`
	Night     YesNo      `json:"overnight"`
	Units     []string   `json:"units"`   // from Units
	Devices   []string   `json:"devices"` // lines, catheters, tubes; empty when none was used
	NoDevices bool       `json:"no_devices"`
	Tested    YesNo      `json:"tested"` // for resistant organisms
	Organisms []Organism `json:"organisms"`
	Isolated  YesNo      `json:"isolated"`
	Elsewhere YesNo      `json:"elsewhere"` // other facilities in the last 12 months
	Others    []Facility `json:"others"`
}

// Facility where somebody stayed.
type Facility struct {
	Name       string    `json:"name"`
	City       string    `json:"city"`
	Country    string    `json:"country"` // ISO 3166 alpha-2
	Admitted   when.Date `json:"admitted"`
	Discharged when.Date `json:"discharged"`
}

// Organism that was found. What the laboratory wrote is passed on; nothing is inferred from it.
type Organism struct {
	Name       Coded     `json:"name"`
	Specimen   string    `json:"specimen"`
	On         when.Date `json:"on"`
	Mechanism  string    `json:"mechanism"`
	Laboratory string    `json:"laboratory"`
	Report     string    `json:"report"` // hash of its copy
}

// Units a patient may have been on.
var Units = []string{"icu", "ward", "theatre", "dialysis", "day_case"}

// Overnight reports whether there was a night in hospital: what UK screening asks for (19 March 2025 guidance on
// C. auris, domain.md §5.1). Days of the stay that differ mean a night, whatever the infection block says.
// A night in another hospital abroad in the year before counts as well.
func (p Package) Overnight() bool {
	_, elsewhere := p.abroad()
	return p.Infection.Night == Yes || p.nights() || elsewhere
}

// abroad is the last other stay with a night outside the United Kingdom in the year before the discharge.
func (p Package) abroad() (last Facility, ok bool) {
	since := p.Stay.Discharged.AddDays(-AlertDays)
	for _, o := range p.Infection.Others {
		if o.Country != "GB" && o.Admitted.Known() && o.Admitted.Before(o.Discharged) && !o.Discharged.Before(since) && !o.Discharged.Before(last.Discharged) {
			last, ok = o, true
		}
	}
	return last, ok
}

// nights reports whether the stay, as written or as recorded, went on past its first day.
func (p Package) nights() bool {
	out := p.Stay.Discharged
	return out.Known() && (p.Stay.Admitted.Known() && p.Stay.Admitted.Before(out) || p.Known.Admitted.Known() && p.Known.Admitted.Before(out))
}

func (p Package) infection(f *finder, _ when.Date) {
	i := p.Infection
	f.given("infection.facility.", "name", i.Facility.Name, "city", i.Facility.City)
	f.need(coded(i.Facility.Country), "infection.facility.country", "enter the country")
	f.need(i.Facility.Admitted.Known() && i.Facility.Discharged.Known() && !i.Facility.Discharged.Before(i.Facility.Admitted), "infection.facility.admitted", "enter the days of admission and discharge in order")
	same := i.Facility.Admitted == p.Stay.Admitted && i.Facility.Discharged == p.Stay.Discharged
	f.need(!p.Stay.Admitted.Known() || !p.Stay.Discharged.Known() || same, "infection.facility.admitted", "the days must be those of the stay in item 2")
	f.need(i.Night != Unanswered, "infection.overnight", "say whether the patient stayed a night")
	f.need(i.Night != No || i.Facility.Admitted == i.Facility.Discharged && !p.nights(), "infection.overnight", "admission and discharge on different days mean a night in hospital")
	f.need(len(i.Units) > 0 && !slices.ContainsFunc(i.Units, func(u string) bool { return !slices.Contains(Units, u) }), "infection.units", "select the units")
	f.need(i.NoDevices != (len(i.Devices) > 0), "infection.devices", "enter the lines, catheters and tubes, or that there were none")
	f.need(i.Tested != Unanswered, "infection.tested", "say whether the patient was tested for resistant organisms")
	f.need(i.Isolated != Unanswered, "infection.isolated", "say whether the patient was isolated")
	f.need(i.Tested != No || len(i.Organisms) == 0, "infection.tested", "an organism was found, so a test was done")
	for n, o := range i.Organisms {
		at := "infection.organisms." + strconv.Itoa(n) + "."
		f.given(at, "name", o.Name.Text, "specimen", o.Specimen, "laboratory", o.Laboratory)
		f.need(o.On.Known(), at+"on", "enter the day organism %d was found", n+1)
		f.need(o.Report != "", at+"report", "add the laboratory's report about organism %d", n+1)
		f.document(at+"report", "laboratory's report", o.Report, p.Known)
	}
	f.need(i.Elsewhere != Unanswered, "infection.elsewhere", "say whether the patient was in another hospital in the last 12 months")
	f.need(i.Elsewhere != Yes || len(i.Others) > 0, "infection.others", "enter the other hospitals")
	f.need(i.Elsewhere == Yes || len(i.Others) == 0, "infection.elsewhere", "another hospital is entered, so the patient was there")
	for n, o := range i.Others {
		at := "infection.others." + strconv.Itoa(n) + "."
		f.given(at, "name", o.Name, "city", o.City)
		f.need(coded(o.Country), at+"country", "enter the country of hospital %d in two letters, such as IN", n+1)
		f.need(o.Admitted.Known() && o.Discharged.Known() && !o.Discharged.Before(o.Admitted), at+"admitted", "enter the first and last day in hospital %d", n+1)
	}
}

// coded reports whether a country is written as its code.
func coded(country string) bool { return countryCode.MatchString(country) }

var countryCode = regexp.MustCompile(`^[A-Z]{2}$`)
