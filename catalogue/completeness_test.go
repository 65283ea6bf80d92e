package catalogue

import (
	"testing"

	"carecorridor/models"
)

func TestSamplesComeAfterRealHospitalsWithTheSameEvidence(t *testing.T) {
	t.Parallel()
	b := &models.ProviderBundle{Specialties: make([]models.ProviderSpecialty, 1), Packages: make([]models.PackageBundle, 1)}
	if completeness(b, nil) != 30 {
		t.Errorf("a price and specialties count %d, want 30", completeness(b, nil))
	}
	b.Sample = true
	if got := completeness(b, nil); got != 0 {
		t.Errorf("invented evidence counts %d", got)
	}
}
