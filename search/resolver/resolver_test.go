package resolver

import (
	"slices"
	"strings"
	"testing"
)

func TestTreatmentsAreFoundInManyWords(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"knee op near chennai under 6k jci": "total-knee-replacement",
		"replace my knee":                   "total-knee-replacement",
		"kneereplacement":                   "total-knee-replacement",
		"kne replacment":                    "total-knee-replacement",
		"knee joint replaced":               "total-knee-replacement",
		"ghutna badalwana":                  "total-knee-replacement",
		"thr for my mum":                    "total-hip-replacement",
		"hip and knee replacement":          "total-hip-replacement total-knee-replacement",
		"heart bypas":                       "cabg",
		"hart bypass":                       "cabg",
		"hemodialysis":                      "haemodialysis",
		"esophagectomy":                     "oesophageal-cancer-surgery",
		"bawaseer ka ilaj":                  "haemorrhoidectomy",
		"gall bladder removal":              "laparoscopic-cholecystectomy",
		"hernia op for a 5 year old":        "paediatric-hernia-surgery",
		"hernia op for a 55 year old":       "hernia-repair",
		"RFA":                               "ep-study-ablation radiofrequency-pain",
		"RFA for heart rhythm":              "ep-study-ablation",
		"RFA for nerve pain":                "radiofrequency-pain",
		"breast cancer":                     "lumpectomy mastectomy",
		"3 level spinal fusion":             "spinal-fusion",
		"tkz":                               "",
		"tavr hotel":                        "",
	} {
		got := strings.Join(slices.Sorted(slices.Values(read(t, text).Procedures)), " ")
		if got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestAcronymsAreNotRepairedIntoOthers(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"cabh", "tafi", "tkp", "thx", "cabgs hospital"} {
		r := read(t, text)
		if len(r.DidYouMean) != 0 || text != "cabgs hospital" && len(r.Procedures) != 0 {
			t.Errorf("%q: %v, %v", text, r.Procedures, r.DidYouMean)
		}
	}
}

func TestSpecialtiesFollowAndCanBeNamed(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"tkr":                         "orthopaedics",
		"orthopaedic surgeon gurgaon": "orthopaedics",
		"orthopedic doctor":           "orthopaedics",
		"cancer ka ilaj mumbai":       "medical-oncology radiation-oncology surgical-oncology",
		"breast cancer hospital":      "breast-surgery medical-oncology surgical-oncology",
		"breast cancer surgery":       "breast-surgery",
		"knee pain":                   "orthopaedics",
		"spine surgeon":               "spine-surgery",
	} {
		got := strings.Join(slices.Sorted(slices.Values(read(t, text).Specialties)), " ")
		if got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestCertificatesLanguagesAndDistanceAreSlots(t *testing.T) {
	t.Parallel()
	r := read(t, "hindi speaking cardiologist, joint commission international, online consultation, speaks english")
	if !slices.Equal(r.Accreditations, []string{"JCI"}) || !slices.Equal(r.Languages, []string{"Hindi", "English"}) ||
		!slices.Equal(r.Features, []string{"telemedicine"}) || !slices.Equal(r.Specialties, []string{"cardiology"}) || r.Text != "" {
		t.Errorf("%+v", r)
	}
	if l := read(t, "english patient needs knee op").Languages; len(l) != 0 {
		t.Errorf("english without speaking: %v", l)
	}
}

func TestSecondOpinionIsAboutTheTreatmentNamed(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"second opinion": "cancer-second-opinion", "2nd opinion on breast cancer": "cancer-second-opinion",
		"second opinion on knee replacement": "total-knee-replacement",
	} {
		r := read(t, text)
		if !slices.Equal(r.Procedures, []string{want}) || !slices.Contains(r.Features, "telemedicine") {
			t.Errorf("%q: %v %v", text, r.Procedures, r.Features)
		}
	}
}

func TestHospitalNamesStayInText(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"apollo chennai": "apollo", "best fortis hospital knee op": "fortis", "max hospital": "max", "max 5 lakh knee op": "",
		"knee op with frobnication": "", "frobnication": "frobnication", "best private hospital in india for my mum": "",
	} {
		if got := read(t, text).Text; got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestARepairedWordIsSaid(t *testing.T) {
	t.Parallel()
	r := read(t, "knee replacemant Chennnai")
	if len(r.DidYouMean) != 2 || r.DidYouMean[1].Typed != "Chennnai" || r.DidYouMean[1].Meant != "chennai" {
		t.Errorf("%+v", r.DidYouMean)
	}
	if d := read(t, "knee replacement chennai").DidYouMean; len(d) != 0 {
		t.Errorf("nothing to repair: %v", d)
	}
}

func TestEveryChipHoldsWordsOfTheQuestion(t *testing.T) {
	t.Parallel()
	const text = "Cheapest Knee op near Madras under 6k JCI hindi speaking"
	r := read(t, text)
	if len(r.Chips) != 6 {
		t.Errorf("chips %+v", r.Chips)
	}
	for _, c := range r.Chips {
		for w := range strings.FieldsSeq(c.Words) {
			if c.Value == "" || c.Label == "" || !strings.Contains(text, w) {
				t.Errorf("chip %+v", c)
			}
		}
	}
}
