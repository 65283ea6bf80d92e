package record_test

import (
	"slices"
	"strings"
	"testing"

	"carecorridor/referral/record"
)

func TestExcludedWordsStopWhereverTheyAreWritten(t *testing.T) {
	t.Parallel()
	for want, spoil := range map[record.StopCode]func(*record.Pathway, *record.Clinical){
		"excluded:solid_organ_transplant": func(_ *record.Pathway, c *record.Clinical) { c.Examination = "needs renal transplant" },
		"excluded:organ_trade":            func(_ *record.Pathway, c *record.Clinical) { c.Question = "Can you arrange a kidney from a donor?" },
		"excluded:sex_selection": func(_ *record.Pathway, c *record.Clinical) {
			c.Question = "We want a baby boy, please choose the embryo"
		},
		"excluded:surrogacy": func(_ *record.Pathway, c *record.Clinical) {
			c.NoOperations, c.Operations = false, []record.Operation{{What: "IVF", Problems: "now looking for a surrogate"}}
		},
		"excluded:assisted_dying": func(w *record.Pathway, _ *record.Clinical) { w.NHSDecision = "asks for assisted dying" },
	} {
		w, c := pathway(), clinical()
		spoil(&w, &c)
		s := record.StopFor(patient(), w, c, rules)
		if s == nil || s.Code != want || !s.CanContinue {
			t.Errorf("%s: %+v", want, s)
			continue
		}
		if s := record.StopFor(patient(), w, c, rules, s.Code); s != nil {
			t.Errorf("%s: read, and stopped again: %+v", want, s)
		}
		if got := record.RedWords(w, c, safety()); !slices.Contains(got, want) {
			t.Errorf("%s: read by nobody else: %v", want, got)
		}
	}
	c := clinical()
	c.Investigations = "liver transplant work-up, paid donor"
	if s := record.StopFor(patient(), pathway(), c, rules); s == nil {
		t.Error("a paid donor among the investigations")
	}
}

func TestUrgentWordsOfFindingsAreAFlagAndNoStop(t *testing.T) {
	t.Parallel()
	c := clinical()
	c.Examination = "admitted with crushing chest pain"
	if s := record.StopFor(patient(), pathway(), c, rules); s != nil {
		t.Errorf("%+v", s)
	}
	if got := record.RedWords(pathway(), c, safety()); !slices.Equal(got, []record.StopCode{record.StopEmergency}) {
		t.Errorf("flags %v", got)
	}
	s := safety()
	s.Anaesthetic.Words = "vomiting blood"
	if got := record.RedWords(pathway(), clinical(), s); !slices.Equal(got, []record.StopCode{record.StopEmergency}) {
		t.Errorf("flags %v", got)
	}
	if got := record.RedWords(pathway(), clinical(), safety()); len(got) > 0 {
		t.Errorf("an ordinary record: %v", got)
	}
}

func TestASuspectedCancerStopsHoweverItIsWritten(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]string{"possible ca of colon": "stop", "adenoCa": "stop", "?ca breast": "stop", "neoplasm of the ovary": "stop", "bone mets": "stop", "glioblastoma": "stop", "Lump in the neck": "ask", "mass in the liver": "ask", "thyroid nodule": "ask",
		"hernia": "", "low muscle mass": "", "Ca 2.4 mmol/L, arthritis": "", "calculus of the gall bladder": "", "osteoarthritis": ""} {
		c := clinical()
		c.Diagnosis, c.Problem = record.Suspected, words
		s := record.StopFor(patient(), pathway(), c, rules)
		got := ""
		if s != nil {
			got = map[bool]string{true: "ask", false: "stop"}[s.CanContinue]
		}
		if got != want || s != nil && s.Code != record.StopCancer {
			t.Errorf("%q: %q, want %q", words, got, want)
		}
		c.Diagnosis = record.Confirmed
		if s := record.StopFor(patient(), pathway(), c, rules); s != nil {
			t.Errorf("%q is confirmed: %+v", words, s)
		}
	}
	c, oncology := clinical(), rules
	c.Diagnosis, oncology.Oncology = record.Suspected, true
	if s := record.StopFor(patient(), pathway(), c, oncology); s == nil || s.Code != record.StopCancer {
		t.Errorf("cancer care for a suspicion: %+v", s)
	}
}

func TestANameHasNoInvisibleCharacters(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"\u200b", "Sam\u200bple", "Sam\u2066ple", "\u3164"} {
		p := patient()
		p.Family = name
		if l := p.Check(rules); l.On("family") == "" {
			t.Errorf("%q passes", name)
		}
	}
	for _, name := range []string{"O’Neill-Öz", "क्\u200dष", "سمپل\u200cی", "Ngũgĩ"} {
		p := patient()
		p.Family = name
		if l := p.Check(rules); !l.OK() {
			t.Errorf("%q: %v", name, l)
		}
	}
}

func TestWhatIsLeftForLaterIsNotOfAnySize(t *testing.T) {
	t.Parallel()
	c := clinical()
	c.Problem, c.Question = "", strings.Repeat("long ", 500)
	if l := record.Keepable(c); !l.OK() {
		t.Errorf("an unfinished part: %v", l)
	}
	c.Problem, c.Question, c.History = strings.Repeat("a", 500_000), "a\x00b", "fine"
	c.Medicines = []record.Medicine{{Drug: "\x1b"}}
	if l := record.Keepable(c); l.On("problem") == "" || l.On("question") == "" || l.On("medicines.0.drug") == "" || len(l) != 3 {
		t.Error(l)
	}
}

func TestTheRecordGivesNoContactDetailsToHospitals(t *testing.T) {
	t.Parallel()
	for field, spoil := range map[string]func(*record.Clinical){
		"question": func(c *record.Clinical) { c.Question = "Can you ring me on 07700 900123?" }, "history": func(c *record.Clinical) { c.History = "See www.sample.example" },
		"living": func(c *record.Clinical) { c.Living = "My daughter, priya@sample.example" },
	} {
		c := clinical()
		spoil(&c)
		if l := c.Check(rules); l.On(field) == "" || len(l) != 1 {
			t.Errorf("%s: %v", field, l)
		}
	}
}
