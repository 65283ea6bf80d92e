package sample

import (
	"slices"
	"testing"

	"carecorridor/models"
	"carecorridor/referral"
)

func TestTheScenesShowEachStateAndSeveralTreatments(t *testing.T) {
	t.Parallel()
	states, about := map[referral.State]bool{}, map[string]bool{}
	for _, x := range scenes {
		states[x.state], about[x.about] = true, true
		if _, told := stories[x.about]; !told {
			t.Errorf("%s has no story", x.about)
		}
		if x.state.Rank() > referral.Accepted.Rank() && x.about != knee {
			t.Errorf("%s in %s: the invented package is a knee's", x.about, x.state)
		}
	}
	if len(states) != len(referral.States) || len(about) < 3 {
		t.Errorf("%d states, %d treatments", len(states), len(about))
	}
}

func TestASampleAsksNoHospitalThatDoesNotListTheTreatment(t *testing.T) {
	t.Parallel()
	priced := func(slugs ...string) (b models.ProviderBundle) {
		for _, s := range slugs {
			b.Packages = append(b.Packages, models.PackageBundle{Package: models.Package{ProcedureSlug: s}})
		}
		return b
	}
	joints, tumours := priced("hysterectomy", hip, knee), priced(breast, "mastectomy")
	all := []Hospital{{Slug: "joints", lists: listed(&joints)}, {Slug: "tumours", lists: listed(&tumours)}}
	for about, want := range map[string]string{knee: "joints", hip: "joints", breast: "tumours"} {
		if got := offering(all, about); len(got) != 1 || got[0].Slug != want {
			t.Errorf("%s: %v", about, got)
		}
	}
	if !slices.Equal(all[0].lists, []string{knee, hip}) {
		t.Errorf("%v", all[0].lists)
	}
}
