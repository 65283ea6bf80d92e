package discharge

import "slices"

// Family is a group of procedures that share rules for flying and aftercare.
type Family string

// Families.
const (
	Joint        Family = "joint_replacement"
	OtherBone    Family = "other_orthopaedic"
	Spine        Family = "spine"
	HeartSurgery Family = "heart_or_chest_surgery"
	HeartVessels Family = "heart_catheter" // stent, angiography, device
	Abdomen      Family = "abdominal"
	Bariatric    Family = "bariatric"
	Cataract     Family = "cataract_or_cornea"
	OtherEye     Family = "other_eye"
	Brain        Family = "brain"
	Ear          Family = "ear_nose_throat"
	Dental       Family = "dental"
	Fertility    Family = "fertility"
	Cancer       Family = "cancer"
	Cosmetic     Family = "cosmetic_or_plastic"
	Womens       Family = "gynaecology"
	Urology      Family = "urology"
	OtherFamily  Family = "other"
)

// FlightRule is how long after a procedure a passenger should wait, in days, and who says so. Where the Civil
// Aviation Authority's table has no figure for a family, Days is 0: the surgeon's own statement decides, and in every
// case the airline has the last word.
type FlightRule struct {
	Family  Family
	Title   string
	Days    int
	Keyhole int // when the whole operation was by keyhole; as Days where that makes no difference
	Source  string
	Advice  string // what is said beside the figure, "" for nothing
	Surgery bool   // an operation, for which a plan against blood clots is needed
}

// What the days rest on.
const (
	mims   = "CAA guidance on fitness to fly, as given by MIMS (article 1668573)"
	nhsGP  = "CAA guidance as given by an NHS practice (Collingwood Surgery, When can I fly after surgery)"
	caa    = "CAA guidance, summaries for clinicians"
	roh    = "An NHS bone hospital tells its patients to avoid journeys of more than 4 hours for 4 weeks before and after surgery (Royal Orthopaedic Hospital, Travel, surgery and deep vein thrombosis)."
	silent = "no figure in the CAA guidance we hold: the surgeon's statement decides"
)

// FlightRules are all families, in the order they are offered.
var FlightRules = []FlightRule{
	{Joint, "Joint replacement", 0, 0, silent, roh, true},
	{OtherBone, "Other bone or joint operation", 2, 2, "48 hours after a plaster cast for flights of more than 2 hours: " + caa, "", true},
	{Spine, "Spine operation", 0, 0, silent, "", true},
	{HeartSurgery, "Heart or chest operation", 10, 10, mims, "", true},
	{HeartVessels, "Heart catheter, stent or device", 5, 5, "5 days after angioplasty: " + caa, "", false},
	{Abdomen, "Operation in the abdomen", 10, 2, nhsGP, "", true},
	{Bariatric, "Weight-loss operation", 10, 2, nhsGP, "", true},
	{Cataract, "Cataract or laser eye surgery", 1, 1, nhsGP, "", true},
	{OtherEye, "Other eye operation", 7, 7, nhsGP, "", true},
	{Brain, "Brain operation", 7, 7, "7 days after neurosurgery: " + caa, "", true},
	{Ear, "Ear, nose or throat operation", 0, 0, silent, "", true},
	{Dental, "Dental treatment", 0, 0, silent, "", false},
	{Fertility, "Fertility treatment", 0, 0, silent, "", false},
	{Cancer, "Cancer treatment", 0, 0, silent, "", true},
	{Cosmetic, "Cosmetic or plastic surgery", 0, 0, silent, "", true},
	{Womens, "Gynaecological operation", 10, 2, nhsGP, "", true},
	{Urology, "Urological operation", 10, 2, nhsGP, "", true},
	{OtherFamily, "Another treatment", 0, 0, silent, "", false},
}

// RuleOf a family; ok is false for none.
func RuleOf(f Family) (r FlightRule, ok bool) {
	at := slices.IndexFunc(FlightRules, func(r FlightRule) bool { return r.Family == f })
	if at < 0 {
		return FlightRule{}, false
	}
	return FlightRules[at], true
}

// EarliestFlight is the least number of days from the operation to a flight; known is false for no family.
func EarliestFlight(f Family, keyhole bool) (days int, known bool) {
	r, known := RuleOf(f)
	if keyhole {
		return r.Keyhole, known
	}
	return r.Days, known
}

// Strictest is the most days that any of some families asks for: a hospital that names another kind of procedure than was
// referred does not fly its patient home the sooner. known is false when none is a family.
func Strictest(keyhole bool, families ...Family) (days int, known bool) {
	for _, f := range families {
		n, ok := EarliestFlight(f, keyhole)
		days, known = max(days, n), known || ok
	}
	return days, known
}

// surgery reports whether what was done, or what was referred, is an operation.
func (p Package) surgery() bool {
	done, _ := RuleOf(p.Family)
	referred, _ := RuleOf(p.Known.Family)
	return done.Surgery || referred.Surgery
}

// familyOf is the family of each specialty of the directory; single procedures that differ are in oddOnes.
var familyOf = map[string]Family{
	"orthopaedics": OtherBone, "spine-surgery": Spine, "cardiac-surgery": HeartSurgery, "thoracic-surgery": HeartSurgery, "paediatric-cardiac": HeartSurgery,
	"cardiology": HeartVessels, "interventional-radiology": HeartVessels, "general-surgery": Abdomen, "colorectal-surgery": Abdomen,
	"hepatobiliary-surgery": Abdomen, "gastroenterology": Abdomen, "bariatric-surgery": Bariatric, "ophthalmology": OtherEye, "neurosurgery": Brain,
	"ent": Ear, "dental": Dental, "oral-maxillofacial": Dental, "fertility": Fertility, "medical-oncology": Cancer, "surgical-oncology": Cancer,
	"radiation-oncology": Cancer, "haematology-bmt": Cancer, "breast-surgery": Cancer, "cosmetic-surgery": Cosmetic, "plastic-reconstructive": Cosmetic,
	"gender-affirming": Cosmetic, "gynaecology": Womens, "urology": Urology,
}

// FamilyOf a procedure of the directory, by its slug and its specialty's; OtherFamily when neither says.
func FamilyOf(procedure, specialty string) Family {
	for _, x := range []struct {
		words  []string
		family Family
	}{
		{[]string{"knee-replacement", "hip-replacement", "shoulder-replacement", "hip-resurfacing", "elbow-replacement", "ankle-replacement"}, Joint},
		{[]string{"cataract", "lasik", "corneal", "cornea"}, Cataract},
		{[]string{"bypass-cabg", "cabg", "valve-replacement", "valve-repair"}, HeartSurgery},
	} {
		if slices.ContainsFunc(x.words, func(w string) bool { return holds(procedure, w) }) {
			return x.family
		}
	}
	if f, ok := familyOf[specialty]; ok {
		return f
	}
	return OtherFamily
}
