package resolver

import (
	"sync"
	"testing"
)

// small is a catalogue of a few treatments, enough for the rules; the whole lexicon is measured in package catalogue.
var small = sync.OnceValue(func() *Resolver {
	lay := func(terms ...string) []Alias {
		var out []Alias
		for _, t := range terms {
			out = append(out, Alias{t, "lay"})
		}
		return out
	}
	abbr := func(terms ...string) []Alias {
		var out []Alias
		for _, t := range terms {
			out = append(out, Alias{t, "abbreviation"})
		}
		return out
	}
	p := func(slug, name, specialty string, as ...Alias) Procedure {
		return Procedure{Slug: slug, Name: name, Specialties: []string{specialty}, Aliases: as}
	}
	sp := func(slug, name string, as ...Alias) Specialty { return Specialty{Slug: slug, Name: name, Aliases: as} }
	return New(Data{
		Procedures: []Procedure{
			p("total-knee-replacement", "Total knee replacement", "orthopaedics", append(lay("knee op", "ghutna badalna"), abbr("TKR")...)...),
			p("total-hip-replacement", "Total hip replacement", "orthopaedics", append(lay("hip op", "new hip"), abbr("THR")...)...),
			p("cabg", "Coronary artery bypass graft (CABG)", "cardiac-surgery", append(lay("heart bypass"), abbr("CABG")...)...),
			p("tavi", "Transcatheter aortic valve implantation (TAVI)", "cardiology", abbr("TAVI")...),
			p("haemodialysis", "Haemodialysis", "nephrology", lay("dialysis")...),
			p("haemorrhoidectomy", "Piles surgery", "colorectal-surgery", Alias{"bawasir", "transliteration"}),
			p("oesophageal-cancer-surgery", "Oesophagectomy", "surgical-oncology"),
			p("hernia-repair", "Hernia repair (inguinal)", "general-surgery"),
			p("paediatric-hernia-surgery", "Children's hernia surgery", "paediatric-surgery"),
			p("ep-study-ablation", "Catheter ablation", "cardiology", append(lay("heart rhythm ablation"), abbr("RFA")...)...),
			p("radiofrequency-pain", "Radiofrequency nerve treatment", "pain-management", append(lay("nerve burning for pain"), abbr("RFA")...)...),
			p("laparoscopic-cholecystectomy", "Gallbladder removal", "general-surgery"),
			p("cancer-second-opinion", "Cancer second opinion", "medical-oncology"),
			p("spinal-fusion", "Spinal fusion", "spine-surgery"),
			{Slug: "mastectomy", Name: "Mastectomy", Specialties: []string{"breast-surgery", "surgical-oncology"}},
			{Slug: "lumpectomy", Name: "Lumpectomy", Specialties: []string{"breast-surgery", "surgical-oncology"}},
		},
		Specialties: []Specialty{
			sp("orthopaedics", "Orthopaedics", lay("bone doctor", "orthopaedic")...), sp("cardiology", "Cardiology"),
			sp("cardiac-surgery", "Cardiac surgery"), sp("breast-surgery", "Breast surgery"), sp("medical-oncology", "Medical oncology"),
			sp("surgical-oncology", "Surgical oncology"), sp("radiation-oncology", "Radiation oncology"), sp("spine-surgery", "Spine surgery"),
			sp("pain-management", "Pain relief"), sp("nephrology", "Nephrology"), sp("colorectal-surgery", "Colorectal surgery"),
			sp("general-surgery", "General surgery"), sp("paediatric-surgery", "Paediatric surgery"), sp("neurosurgery", "Neurosurgery"),
		},
		Places: []Place{
			{Kind: Hub, Slug: "delhi-ncr", Name: "Delhi NCR", State: "Delhi", Hub: "delhi-ncr"},
			{Kind: Hub, Slug: "kochi", Name: "Kochi and Kerala", State: "Kerala", Hub: "kochi"},
			{Kind: City, Slug: "gurugram", Name: "Gurugram", State: "Haryana", Hub: "delhi-ncr"},
			{Kind: City, Slug: "kochi", Name: "Kochi", State: "Kerala", Hub: "kochi"},
			{Kind: City, Slug: "chennai", Name: "Chennai", State: "Tamil Nadu"},
			{Kind: City, Slug: "mumbai", Name: "Mumbai", State: "Maharashtra"},
			{Kind: City, Slug: "bengaluru", Name: "Bengaluru", State: "Karnataka"},
			{Kind: City, Slug: "morbi", Name: "Morbi", State: "Gujarat"},
		},
	})
})

func read(t *testing.T, text string) Resolution {
	t.Helper()
	return small().Resolve(text)
}
