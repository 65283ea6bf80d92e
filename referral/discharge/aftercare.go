package discharge

import (
	"slices"
	"strings"

	"carecorridor/internal/check"
	"carecorridor/internal/when"
)

// Doer is the kind of person or place that carries out an item of aftercare.
type Doer string

// Doers.
const (
	ByPatient   Doer = "patient"
	ByHospital  Doer = "hospital"  // the operating one, by video or phone
	ByGP        Doer = "gp"        // only what the practice agreed to: GPs need not do this (domain.md §1.2)
	ByAftercare Doer = "aftercare" // a UK provider that is paid for it
)

// Step is one line of a template: what is due when, counted from the discharge.
type Step struct {
	Code   string
	What   string
	Days   int // 0 when it is in months
	Months int
	Doer   Doer // who usually does it
}

// PlanItem is one line of a patient's schedule.
type PlanItem struct {
	Code     string    `json:"code"`
	What     string    `json:"what"`
	Due      when.Date `json:"due"`
	Doer     Doer      `json:"doer"`
	Provider string    `json:"provider"` // the named organisation
	Where    string    `json:"where"`
	Cost     string    `json:"cost"` // or "included"
	PaidBy   string    `json:"paid_by"`
	Booked   bool      `json:"booked"`
}

// common checks of every schedule (domain.md §5.4): 48 to 72 hours, 7 and 14 days, 6 weeks, 3, 6 and 12 months.
var (
	firstCall   = Step{"first_call", "A call about pain, wound, medicines and signs of infection", 3, 0, ByHospital}
	woundCheck  = Step{"wound_7d", "Wound check", 7, 0, ByAftercare}
	suturesOut  = Step{"wound_14d", "Wound check, and removal of stitches or clips", 14, 0, ByAftercare}
	sixWeeks    = Step{"review_6w", "Review with the hospital by video", 42, 0, ByHospital}
	threeMonths = Step{"review_3m", "Review with the hospital by video", 0, 3, ByHospital}
	sixMonths   = Step{"review_6m", "Review with the hospital by video", 0, 6, ByHospital}
	oneYear     = Step{"review_12m", "Last review, and the end of the overseas-care alert", 0, 12, ByHospital}
)

var templates = map[Family][]Step{
	Joint: {firstCall, woundCheck, suturesOut, {"physio_6w", "Physiotherapy: movement and walking", 42, 0, ByAftercare}, sixWeeks,
		{"xray_3m", "X-ray of the joint, sent to the hospital", 0, 3, ByAftercare}, sixMonths, {"xray_12m", "X-ray of the joint, sent to the hospital", 0, 12, ByAftercare}, oneYear},
	Bariatric: {firstCall, woundCheck, suturesOut, {"diet_14d", "Diet stages, with a dietitian", 14, 0, ByHospital}, sixWeeks,
		{"nutrition_3m", "Nutrition tests: full blood count, ferritin, folate, vitamin B12, vitamin D, calcium, liver and kidney function", 0, 3, ByAftercare}, threeMonths,
		{"nutrition_6m", "Nutrition tests, as at 3 months", 0, 6, ByAftercare}, sixMonths, {"nutrition_12m", "Nutrition tests, as at 3 months", 0, 12, ByAftercare}, oneYear},
	HeartSurgery: {firstCall, woundCheck, suturesOut, {"ecg_6w", "ECG, blood pressure and wound, sent to the hospital", 42, 0, ByAftercare}, sixWeeks,
		{"rehab_3m", "Cardiac rehabilitation", 0, 3, ByAftercare}, threeMonths, sixMonths, oneYear},
	HeartVessels: {firstCall, woundCheck, {"medicines_14d", "Check that blood-thinning medicine continues without a gap", 14, 0, ByHospital}, sixWeeks, threeMonths, sixMonths, oneYear},
	Cataract:     {firstCall, {"eye_7d", "Eye pressure and wound, by an optometrist", 7, 0, ByAftercare}, {"refraction_6w", "Sight test and new glasses", 42, 0, ByAftercare}, threeMonths, oneYear},
	OtherEye:     {firstCall, {"eye_7d", "Eye pressure and wound, by an optometrist", 7, 0, ByAftercare}, {"eye_14d", "Eye check", 14, 0, ByAftercare}, sixWeeks, threeMonths, oneYear},
	Dental: {firstCall, {"dental_7d", "Check of gums and bite, by a dentist", 7, 0, ByAftercare}, {"dental_6w", "Check of healing", 42, 0, ByAftercare}, threeMonths,
		{"dental_12m", "X-ray of implants", 0, 12, ByAftercare}, oneYear},
	Fertility: {firstCall, {"test_14d", "Pregnancy test and result to the hospital", 14, 0, ByPatient}, {"scan_6w", "Early scan, if the test was positive", 42, 0, ByAftercare}, threeMonths, oneYear},
	Cancer:    {firstCall, woundCheck, suturesOut, {"oncology_6w", "Plan with the UK cancer team", 42, 0, ByAftercare}, threeMonths, sixMonths, oneYear},
	Spine:     {firstCall, woundCheck, suturesOut, {"physio_6w", "Physiotherapy: movement and strength", 42, 0, ByAftercare}, sixWeeks, threeMonths, sixMonths, oneYear},
	OtherBone: {firstCall, woundCheck, suturesOut, {"physio_6w", "Physiotherapy: movement and strength", 42, 0, ByAftercare}, sixWeeks, threeMonths, oneYear},
}

// usual is the template of families without one of their own.
var usual = []Step{firstCall, woundCheck, suturesOut, sixWeeks, threeMonths, sixMonths, oneYear}

// Template of a family, in the order of time.
func Template(f Family) []Step {
	if own, ok := templates[f]; ok {
		return slices.Clone(own)
	}
	return slices.Clone(usual)
}

// Plan is a family's template with its days, counted from a discharge. Nobody is named yet.
func Plan(f Family, discharged when.Date) (out []PlanItem) {
	for _, s := range Template(f) {
		due := discharged.AddDays(s.Days)
		if s.Months > 0 {
			due = AddMonths(discharged, s.Months)
		}
		out = append(out, PlanItem{Code: s.Code, What: s.What, Due: due, Doer: s.Doer})
	}
	return out
}

// CheckPlan says what is wrong with a schedule: an item without a named owner is shown before an offer is accepted, not
// after (domain.md §5.4). Fields: items.N.provider and so on, by the item's code.
func CheckPlan(items []PlanItem) (l check.List) {
	l.Need(len(items) > 0, "items", "Add the aftercare")
	for _, i := range items {
		at := "items." + i.Code + "."
		l.Need(strings.TrimSpace(i.Provider) != "", at+"provider", "Nobody is named for: %s", i.What)
		l.Need(i.Doer == ByHospital || i.Doer == ByPatient || strings.TrimSpace(i.Where) != "", at+"where", "Enter where: %s", i.What)
		l.Need(strings.TrimSpace(i.Cost) != "", at+"cost", "Enter the cost, or included: %s", i.What)
		l.Need(strings.TrimSpace(i.PaidBy) != "", at+"paid_by", "Enter who pays: %s", i.What)
		l.Need(i.Due.Known(), at+"due", "Enter the day: %s", i.What)
	}
	return l
}
