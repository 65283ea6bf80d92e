package handlers

import (
	"slices"
	"strings"

	"carecorridor/catalogue"
	"carecorridor/models"
	"carecorridor/views"
)

// allianceTopics are what the alliance looks at beyond price and certificate, in the order shown. A topic that
// ends in a dot stands for every statement of its kind.
var allianceTopics = []struct{ fact, label string }{
	{"service.telemedicine", "Video consultation"},
	{"service.record_review_before_travel", "Written opinion before travel"},
	{"amr.stewardship_programme", "Antimicrobial stewardship programme"},
	{"amr.screening_on_admission", "Screening for resistant bacteria on admission"},
	{"amr.surgical_site_infections", "Infections after surgery, with the number of operations"},
	{"sustainability.", "Energy and carbon"},
	{"teaching.", "Teaching and UK training"},
	{"uk_link", "Link with a UK hospital or university"},
	{"research.", "Research"},
}

// allianceTopic is the place of a fact among the topics, -1 when it is none of them.
func allianceTopic(name string) int {
	for i, t := range allianceTopics {
		if name == t.fact || strings.HasSuffix(t.fact, ".") && strings.HasPrefix(name, t.fact) {
			return i
		}
	}
	return -1
}

// alliance is every topic as statements with who says so, the source and the date. A gap stays a row: it is
// never taken for a bad answer, nor for a good one, and nothing is scored.
func alliance(p catalogue.Profile) []views.Fact {
	var out []views.Fact
	for i, t := range allianceTopics {
		held := slices.DeleteFunc(slices.Clone(p.Facts), func(f models.Fact) bool { return allianceTopic(f.Name) != i })
		if len(held) == 0 {
			out = append(out, views.Fact{Label: t.label, Unknown: notPublished})
		}
		for _, f := range held {
			row := factRow(p, f)
			if row.Label = t.label; len(held) > 1 {
				row.Label += ": " + lowerFirst(factLabel(f.Name))
			}
			if f.Evidence == "not_published" {
				row.Value, row.Unknown = "", notPublished
			}
			out = append(out, row)
		}
	}
	return out
}

const notPublished = "Not published"
