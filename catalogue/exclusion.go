package catalogue

// Exclusion is why a treatment is not offered for travel (domain.md §9.1). It is a rule of the alliance,
// not of a hospital: no listing can lift it.
type Exclusion string

// Exclusions.
const (
	SolidOrganTransplant Exclusion = "solid_organ_transplant"
)

var excluded = map[string]Exclusion{
	"kidney-transplant":     SolidOrganTransplant,
	"liver-transplant":      SolidOrganTransplant,
	"heart-transplant":      SolidOrganTransplant,
	"lung-transplant":       SolidOrganTransplant,
	"heart-lung-transplant": SolidOrganTransplant,
	"pancreas-transplant":   SolidOrganTransplant,
	"intestine-transplant":  SolidOrganTransplant,
	"transplant-evaluation": SolidOrganTransplant,
}

// ExclusionOf says why a treatment is not offered for travel; "" when it may be.
func ExclusionOf(procedure string) Exclusion { return excluded[procedure] }
