package catalogue

// Exclusion is why a treatment is not offered for travel (domain.md §9.1). It is a rule of the alliance,
// not of a hospital: no listing can lift it.
type Exclusion string

// Exclusions: of treatments, and of what people ask for in words (the reasons of search/resolver's list of signs).
const (
	SolidOrganTransplant Exclusion = "solid_organ_transplant"
	OrganTrade           Exclusion = "organ_trade"
	Surrogacy            Exclusion = "surrogacy"
	SexSelection         Exclusion = "sex_selection"
	AssistedDying        Exclusion = "assisted_dying"
	UnprovenCell         Exclusion = "unproven_cell_therapy"
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
