package catalogue

import "carecorridor/models"

// Provision is whether the NHS in England usually gives a treatment. It is our own reading of how the NHS works, not a
// decision about a person; pages say so and send readers to their GP.
type Provision string

// Provisions.
const (
	NHSUsual      Provision = "usual"      // free when a clinician finds it is needed
	NHSRestricted Provision = "restricted" // free only when the rules of one's area are met
	NHSCharged    Provision = "charged"    // given with a patient charge
	NHSNotUsual   Provision = "not_usual"  // not usually given
)

var provisionOfSpecialty = map[string]Provision{
	"cosmetic-surgery":  NHSNotUsual,
	"ayurveda-wellness": NHSNotUsual,
	"fertility":         NHSRestricted,
	"bariatric-surgery": NHSRestricted,
	"gender-affirming":  NHSRestricted,
	"dental":            NHSCharged,
}

var provisionOfProcedure = map[string]Provision{
	"lasik": NHSNotUsual, "lasek-prk": NHSNotUsual, "implantable-contact-lens": NHSNotUsual, "refractive-lens-exchange": NHSNotUsual, "premium-lens-cataract": NHSNotUsual,
	"vasectomy-reversal": NHSNotUsual, "tubal-reversal": NHSNotUsual, "cosmetic-gynaecology": NHSNotUsual, "laser-skin-treatment": NHSNotUsual,
	"full-body-health-check": NHSNotUsual, "private-consultation": NHSNotUsual, "facial-feminisation-surgery": NHSNotUsual,
	"teeth-whitening": NHSNotUsual, "dental-veneers": NHSNotUsual, "all-on-4-implants": NHSNotUsual, "all-on-6-implants": NHSNotUsual, "full-mouth-rehabilitation": NHSNotUsual,
	"dental-implant": NHSRestricted, "dental-bone-graft": NHSRestricted, "braces-orthodontics": NHSRestricted,
	"varicose-vein-surgery": NHSRestricted, "breast-reduction": NHSRestricted, "circumcision": NHSRestricted, "penile-implant": NHSRestricted, "scar-revision": NHSRestricted,
	"lipoma-removal": NHSRestricted, "vitiligo-treatment": NHSRestricted, "septorhinoplasty": NHSRestricted, "corneal-crosslinking": NHSUsual,
}

// ProvisionOf says whether the NHS usually gives a treatment.
func ProvisionOf(p models.Procedure) Provision {
	if own, ok := provisionOfProcedure[p.Slug]; ok {
		return own
	}
	if own, ok := provisionOfSpecialty[p.SpecialtySlug]; ok {
		return own
	}
	return NHSUsual
}

// HasNHSWait reports whether the wait of its specialty tells anything about a treatment: it does when the NHS gives it
// through that specialty.
func HasNHSWait(p models.Procedure) bool {
	switch ProvisionOf(p) {
	case NHSUsual:
		return true
	case NHSRestricted:
		return p.SpecialtySlug != "gender-affirming" && p.SpecialtySlug != "cosmetic-surgery" && p.SpecialtySlug != "dental"
	}
	return false
}
