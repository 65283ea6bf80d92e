package record_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"carecorridor/internal/nhs"
	"carecorridor/internal/when"
	"carecorridor/referral/record"
)

var (
	today = when.Date{Year: 2026, Month: time.November, Day: 9}
	rules = record.Rules{Today: today, TestNumbers: true, ByReferrer: true, MaxHospitals: 5}
)

func patient() record.Patient {
	return record.Patient{NHSNumber: "999 000 0018", Given: "Meena", Family: "Sample", Born: when.Date{Year: 1958, Month: 5, Day: 14}, Sex: "female", Address: "1 Sample Street, Leicester",
		Postcode: "le1 6hx", Email: "meena@sample.example", Phone: "07911 123456", GPCode: "Z99999", GPName: "Sample Surgery", GPShare: "share_all", Language: "gu", Interpreter: record.Yes,
		Safeguarding: record.NoConcern, Capacity: record.Able}
}

func pathway() record.Pathway {
	return record.Pathway{Kind: record.SelfFunded, Priority: "routine", Funding: record.PaysSelf, NHSWait: record.Waiting, Conflict: record.NoConflict}
}

func clinical() record.Clinical {
	return record.Clinical{Problem: "Pain in the right knee for 4 years", Treatment: "total-knee-replacement", Question: "Is a replacement right?", Diagnosis: record.Confirmed, History: "Osteoarthritis",
		Examination: "Crepitus", Investigations: "X-ray 2026", NoConditions: true, NoAllergies: true, NoOperations: true, HeightCM: 160, WeightKG: 72, Smoking: "never", Alcohol: "none", Pregnant: "not_applicable",
		Medicines: []record.Medicine{{Drug: "Paracetamol", Dose: "1 g", Frequency: "4 times a day"}}}
}

func safety() record.Safety {
	no := record.Answer{Is: record.IsNo}
	return record.Safety{Clots: no, Anticoagulants: no, MRSA: record.Clear, CPE: record.NeverTest, CAuris: record.NeverTest, BloodBorne: record.CarrierNot, Abroad: no, UKHospital: no, Anaesthetic: no,
		FitToFly: record.FitYes, NoImplants: true}
}

func preferences() record.Preferences {
	one := 1
	return record.Preferences{Earliest: today.AddDays(40), Latest: today.AddDays(90), Companions: &one, ByPhone: record.No}
}

func TestAWholeRecordPasses(t *testing.T) {
	t.Parallel()
	for name, l := range map[string]fmt.Stringer{"patient": patient().Check(rules), "pathway": pathway().Check(rules), "clinical": clinical().Check(rules), "safety": safety().Check(rules), "preferences": preferences().Check(rules)} {
		if l.String() != "" {
			t.Errorf("%s: %s", name, l)
		}
	}
	if s := record.StopFor(patient(), pathway(), clinical(), rules); s != nil {
		t.Errorf("stopped: %+v", *s)
	}
}

func TestEachAnswerOfThePatientIsChecked(t *testing.T) {
	t.Parallel()
	for field, spoil := range map[string]func(*record.Patient){
		"nhs_number": func(p *record.Patient) { p.NHSNumber = "999 000 0019" }, "given": func(p *record.Patient) { p.Given = " " }, "family": func(p *record.Patient) { p.Family = strings.Repeat("a", 101) },
		"born": func(p *record.Patient) { p.Born = when.Date{Year: 2008, Month: 11, Day: 10} }, "sex": func(p *record.Patient) { p.Sex = "" }, "postcode": func(p *record.Patient) { p.Postcode = "600001" },
		"email": func(p *record.Patient) { p.Email = "meena@localhost" }, "phone": func(p *record.Patient) { p.Phone = "12" }, "gp_code": func(p *record.Patient) { p.GPCode = "" },
		"gp_share": func(p *record.Patient) { p.NoGP, p.GPCode = true, "" }, "language": func(p *record.Patient) { p.Language = "Gujarati" }, "interpreter": func(p *record.Patient) { p.Interpreter = "" },
		"safeguarding": func(p *record.Patient) { p.Safeguarding = "" }, "concern": func(p *record.Patient) { p.Safeguarding = record.Concern }, "capacity": func(p *record.Patient) { p.Capacity = "" },
		"contact.agreed": func(p *record.Patient) { p.Contact = record.Contact{Name: "Raj Sample", Phone: "07911 123456"} }, "address": func(p *record.Patient) { p.Address = "" },
	} {
		p := patient()
		spoil(&p)
		if l := p.Check(rules); l.On(field) == "" || len(l) != 1 {
			t.Errorf("%s: %v", field, l)
		}
	}
	p := patient()
	p.NHSNumber, p.NoNumber = "", nhs.NumberNotKnown
	if l := p.Check(rules); !l.OK() {
		t.Errorf("without a number: %v", l)
	}
	p.NoNumber = ""
	if p.Check(rules).On("nhs_number") == "" {
		t.Error("neither a number nor why there is none")
	}
	live := rules
	live.TestNumbers = false
	if patient().Check(live).On("nhs_number") == "" {
		t.Error("a test number passes in production")
	}
}

// A clinician gives the practice's code; a patient who writes alone gives its name, and may leave the code out.
func TestAPatientNamesTheirPracticeInWords(t *testing.T) {
	t.Parallel()
	alone := rules
	alone.ByReferrer = false
	for _, x := range []struct{ code, name, field string }{{"", "", "gp_name"}, {"", "Sample Road Surgery, Leicester", ""}, {"??", "Sample Road Surgery", "gp_code"}, {"V81999", "", ""}} {
		p := patient()
		p.GPCode, p.GPName = x.code, x.name
		if l := p.Check(alone); x.field == "" && !l.OK() || x.field != "" && (l.On(x.field) == "" || len(l) != 1) {
			t.Errorf("%+v: %v", x, l)
		}
	}
}

func TestNothingKnownIsSaidAndNeverAssumed(t *testing.T) {
	t.Parallel()
	for field, spoil := range map[string]func(*record.Clinical){
		"allergies": func(c *record.Clinical) { c.NoAllergies = false }, "medicines": func(c *record.Clinical) { c.Medicines = nil }, "other_conditions": func(c *record.Clinical) { c.NoConditions = false },
		"operations": func(c *record.Clinical) { c.NoOperations = false },
	} {
		c := clinical()
		spoil(&c)
		if c.Check(rules).On(field) == "" {
			t.Errorf("%s: silence is taken for none", field)
		}
	}
	c := clinical()
	c.NoMedicines = true
	if c.Check(rules).On("medicines") == "" {
		t.Error("none and one at once")
	}
	if l := (record.Safety{}).Check(rules); len(l) < 11 {
		t.Errorf("unanswered safety questions: %v", l)
	}
}

func TestAPatientNeedNotExamineThemselves(t *testing.T) {
	t.Parallel()
	c := clinical()
	c.Examination, c.Investigations, c.History = "", "", ""
	self := rules
	self.ByReferrer = false
	if l := c.Check(self); !l.OK() {
		t.Error(l)
	}
	if l := c.Check(rules); len(l) != 3 {
		t.Errorf("a referrer: %v", l)
	}
}

func TestSafetyAnswersRaiseFlags(t *testing.T) {
	t.Parallel()
	s := safety()
	if got := s.RedFlags(); got != nil {
		t.Errorf("%v", got)
	}
	s.Clots, s.CPE, s.FitToFly = record.Answer{Is: record.IsYes, Words: "2019"}, record.Carries, record.FitNo
	if got := s.RedFlags(); !slices.Equal(got, []string{"cpe", "fit_to_fly", "vte"}) {
		t.Errorf("%v", got)
	}
	s = safety()
	s.Abroad.Is = record.IsYes
	if s.Check(rules).On("stays") == "" {
		t.Error("a night abroad without where")
	}
	s.Stays = []record.Stay{{Facility: "Sample Hospital", Country: "IN", From: today.AddDays(-40), To: today.AddDays(-38)}}
	if l := s.Check(rules); !l.OK() {
		t.Error(l)
	}
	c := clinical()
	c.Medicines = append(c.Medicines, record.Medicine{Drug: "Apixaban 5 mg", Dose: "5 mg", Frequency: "twice"})
	if got := c.ReviewMedicines(); !slices.Equal(got, []string{"apixaban"}) {
		t.Errorf("%v", got)
	}
	c.WeightKG = 200
	if c.Unusual().OK() || !c.Check(rules).OK() {
		t.Error("an unusual value is asked about, not refused")
	}
}

func TestPathwaysAndTravelAreChecked(t *testing.T) {
	t.Parallel()
	for field, spoil := range map[string]func(*record.Pathway){
		"kind": func(p *record.Pathway) { p.Kind = "" }, "priority": func(p *record.Pathway) { p.Priority = "urgent" }, "insurer": func(p *record.Pathway) { p.Funding = record.PaysInsurer },
		"ubrn": func(p *record.Pathway) { p.UBRN = "123" }, "conflict": func(p *record.Pathway) { p.Conflict = record.IsPaid }, "conflict_of": func(p *record.Pathway) { p.Conflict = record.HasConflict },
	} {
		p := pathway()
		spoil(&p)
		if l := p.Check(rules); l.On(field) == "" || len(l) != 1 {
			t.Errorf("%s: %v", field, l)
		}
	}
	three := 3
	for field, spoil := range map[string]func(*record.Preferences){
		"earliest": func(p *record.Preferences) { p.Earliest = today.AddDays(27) }, "latest": func(p *record.Preferences) { p.Latest = p.Earliest.AddDays(-1) },
		"companions": func(p *record.Preferences) { p.Companions = &three }, "by_phone": func(p *record.Preferences) { p.ByPhone = "" }, "budget": func(p *record.Preferences) { p.Budget = "much" },
	} {
		p := preferences()
		spoil(&p)
		if l := p.Check(rules); l.On(field) == "" {
			t.Errorf("%s: %v", field, l)
		}
	}
}

func TestStopPagesComeForWhatMayNotBeReferred(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		spoil func(*record.Patient, *record.Pathway, *record.Clinical)
		want  record.StopCode
	}{
		{"urgent", func(_ *record.Patient, w *record.Pathway, _ *record.Clinical) { w.Kind = record.UrgentCare }, record.StopCancer},
		{"NHS pays", func(_ *record.Patient, w *record.Pathway, _ *record.Clinical) { w.Kind = record.NHSPays }, record.StopNHSFunded},
		{"paid", func(_ *record.Patient, w *record.Pathway, _ *record.Clinical) { w.Conflict = record.IsPaid }, record.StopPaid},
		{"capacity", func(p *record.Patient, _ *record.Pathway, _ *record.Clinical) { p.Capacity = record.NotAble }, record.StopCapacity},
		{"child", func(p *record.Patient, _ *record.Pathway, _ *record.Clinical) { p.Born = today.AddDays(-17 * 365) }, record.StopUnderAge},
		{"suspected", func(_ *record.Patient, _ *record.Pathway, c *record.Clinical) {
			c.Diagnosis, c.Problem = record.Suspected, "Lump, carcinoma?"
		}, record.StopCancer},
		{"transplant", func(_ *record.Patient, _ *record.Pathway, c *record.Clinical) { c.Treatment = "kidney-transplant" }, "excluded:solid_organ_transplant"},
		{"surrogacy in words", func(_ *record.Patient, _ *record.Pathway, c *record.Clinical) {
			c.Question = "We look for a surrogate mother"
		}, "excluded:surrogacy"},
		{"emergency in words", func(_ *record.Patient, _ *record.Pathway, c *record.Clinical) {
			c.Problem = "crushing chest pain right now"
		}, record.StopEmergency},
	} {
		p, w, cl := patient(), pathway(), clinical()
		c.spoil(&p, &w, &cl)
		s := record.StopFor(p, w, cl, rules)
		if s == nil || s.Code != c.want {
			t.Errorf("%s: %+v", c.name, s)
			continue
		}
		if s.Title == "" || s.Text == "" {
			t.Errorf("%s: page %+v", c.name, s)
		}
	}
	cl := clinical()
	cl.Problem = "crushing chest pain right now"
	if s := record.StopFor(patient(), pathway(), cl, rules, record.StopEmergency); s != nil {
		t.Errorf("read and answered, and stopped again: %+v", s)
	}
	cl.Treatment = "kidney-transplant"
	if s := record.StopFor(patient(), pathway(), cl, rules, record.StopEmergency, record.StopExcluded); s == nil || s.CanContinue {
		t.Error("an excluded treatment is waved through")
	}
}

func TestAPassportHoldsForTheJourney(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 9, 12, 0, 0, 0, time.UTC)
	good := record.Passport{Name: "MEENA SAMPLE", Number: "123456789", Country: "GB", Expires: when.Date{Year: 2027, Month: 5, Day: 9}, ByMission: record.AncestryUntold}
	if l := good.Check(now); !l.OK() {
		t.Fatal(l)
	}
	for field, spoil := range map[string]func(*record.Passport){
		"expires": func(p *record.Passport) { p.Expires = when.Date{Year: 2027, Month: 5, Day: 8} }, "number": func(p *record.Passport) { p.Number = "12-34" }, "country": func(p *record.Passport) { p.Country = "UK!" },
		"by_mission": func(p *record.Passport) { p.ByMission = "" }, "name": func(p *record.Passport) { p.Name = "" },
	} {
		p := good
		spoil(&p)
		if l := p.Check(now); l.On(field) == "" || len(l) != 1 {
			t.Errorf("%s: %v", field, l)
		}
	}
}

func TestAShortlistHasOneToFiveDifferentHospitals(t *testing.T) {
	t.Parallel()
	entry := func(n int) (s record.Shortlist) {
		for i := range n {
			s.Hospitals = append(s.Hospitals, record.ShortlistEntry{Slug: fmt.Sprint("h", i), Name: fmt.Sprint("Hospital ", i)})
		}
		return s
	}
	for n, ok := range map[int]bool{0: false, 1: true, 5: true, 6: false} {
		if l := entry(n).Check(rules); l.OK() != ok {
			t.Errorf("%d: %v", n, l)
		}
	}
	twice := entry(2)
	twice.Hospitals[1] = twice.Hospitals[0]
	if twice.Check(rules).OK() {
		t.Error("one hospital twice")
	}
}

func TestARecordTravelsThroughJSONAndNeverPrints(t *testing.T) {
	t.Parallel()
	p := patient()
	b, err := json.Marshal(p)
	if err != nil || !strings.Contains(string(b), "Meena") {
		t.Fatalf("%s, %v", b, err)
	}
	var back record.Patient
	if err := json.Unmarshal(b, &back); err != nil || back != p {
		t.Error("what was sealed is not what is opened")
	}
	for _, x := range []any{p, &p, clinical(), safety(), pathway(), preferences(), record.Passport{Number: "123456789"}} {
		s := fmt.Sprintf("%v %+v %#v %s %q", x, x, x, x, x)
		if strings.ContainsAny(s, "MPKS1") {
			t.Errorf("%T prints %s", x, s)
		}
	}
}
