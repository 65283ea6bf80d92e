package discharge

import (
	"slices"
	"strconv"
	"strings"

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
// C. auris, domain.md §5.1).
func (i Infection) Overnight() bool { return i.Night == Yes }

func (p Package) infection(f *finder, _ when.Date) {
	i := p.Infection
	f.given("infection.facility.", "name", i.Facility.Name, "city", i.Facility.City)
	f.need(len(i.Facility.Country) == 2 && strings.ToUpper(i.Facility.Country) == i.Facility.Country, "infection.facility.country", "enter the country")
	f.need(i.Facility.Admitted.Known() && i.Facility.Discharged.Known() && !i.Facility.Discharged.Before(i.Facility.Admitted), "infection.facility.admitted", "enter the days of admission and discharge in order")
	f.need(i.Night != Unanswered, "infection.overnight", "say whether the patient stayed a night")
	f.need(i.Night != No || i.Facility.Admitted == i.Facility.Discharged, "infection.overnight", "admission and discharge on different days mean a night in hospital")
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
	}
	f.need(i.Elsewhere != Unanswered, "infection.elsewhere", "say whether the patient was in another hospital in the last 12 months")
	f.need(i.Elsewhere != Yes || len(i.Others) > 0, "infection.others", "enter the other hospitals")
}
