package slug

import "testing"

func TestNamesBecomeReadableASCII(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		parts []string
		want  string
	}{
		{[]string{"Medanta – The Medicity", "Gurugram"}, "medanta-the-medicity-gurugram"},
		{[]string{"St. Isabel’s Hospital", "Chennai"}, "st-isabels-hospital-chennai"},
		{[]string{"Medanta Lucknow", "Lucknow"}, "medanta-lucknow"},
		{[]string{"B.M. Birla Heart & Lung Centre"}, "b-m-birla-heart-and-lung-centre"},
		{[]string{"Café Íris"}, "cafe-iris"},
		{[]string{"अस्पताल"}, ""},
		{[]string{"", "Pune"}, "pune"},
	} {
		if got := Of(c.parts...); got != c.want {
			t.Errorf("%q: %q, want %q", c.parts, got, c.want)
		}
	}
}

func TestALongNameIsCutAtAWord(t *testing.T) {
	t.Parallel()
	got := Of("Konaseema Institute of Medical Sciences And Research Foundation Hospital Amalapuram Under Mother Theressa")
	if len(got) > Max || got != "konaseema-institute-of-medical-sciences-and-research-foundation-hospital" {
		t.Errorf("%d bytes: %q", len(got), got)
	}
}

func FuzzOfIsAlwaysValidOrEmpty(f *testing.F) {
	for _, s := range []string{"Apollo Hospitals", "", "---", "\x00\xff", "ＡＢＣ １２３", "a'b’c&d", "ﬁ", "İ"} {
		f.Add(s, "Chennai")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		got := Of(a, b)
		if got != "" && !Valid(got) {
			t.Errorf("%q, %q: %q is not a slug", a, b, got)
		}
		if again := Of(got); got != "" && again != got {
			t.Errorf("%q is not stable: %q", got, again)
		}
	})
}
