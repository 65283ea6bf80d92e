package catalogue

import (
	"testing"

	"carecorridor/catalogue/seed"
	"carecorridor/models"
)

func TestTheNHSIsNotSaidToGiveWhatItUsuallyDoesNot(t *testing.T) {
	t.Parallel()
	b, err := seed.Read()
	if err != nil {
		t.Fatal(err)
	}
	by := map[string]models.Procedure{}
	for _, p := range b.Procedures {
		by[p.Slug] = p
	}
	for slug, want := range map[string]Provision{"hair-transplant": NHSNotUsual, "teeth-whitening": NHSNotUsual, "breast-augmentation": NHSNotUsual, "panchakarma": NHSNotUsual,
		"full-body-health-check": NHSNotUsual, "ivf": NHSRestricted, "gastric-sleeve": NHSRestricted, "root-canal-treatment": NHSCharged, "total-knee-replacement": NHSUsual, "cabg": NHSUsual} {
		if got := ProvisionOf(by[slug]); got != want {
			t.Errorf("%s: %s, want %s", slug, got, want)
		}
		if by[slug].Slug == "" {
			t.Errorf("%s is not in the catalogue", slug)
		}
	}
	for slug := range provisionOfProcedure {
		if by[slug].Slug == "" {
			t.Errorf("the rule names %s, which is not in the catalogue", slug)
		}
	}
	if HasNHSWait(by["hair-transplant"]) || HasNHSWait(by["vaginoplasty"]) || !HasNHSWait(by["ivf"]) {
		t.Error("a wait is shown where it says nothing, or hidden where it does")
	}
}
