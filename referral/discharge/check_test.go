package discharge_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"carecorridor/internal/check"
	"carecorridor/internal/when"
	"carecorridor/referral/discharge"
	"carecorridor/referral/sample"
)

var (
	admitted   = when.Date{Year: 2026, Month: time.October, Day: 5}
	discharged = when.Date{Year: 2026, Month: time.October, Day: 12}
	today      = discharged
)

func whole() *discharge.Package { return sample.Package(admitted, discharged) }

func TestAWholePackagePasses(t *testing.T) {
	t.Parallel()
	if l := whole().Check(today); !l.OK() {
		t.Fatal(l)
	}
}

// broken are packages in which one item is wrong.
var broken = []struct {
	item  int
	field string
	spoil func(*discharge.Package)
}{
	{1, "identity", func(p *discharge.Package) { p.Matches = discharge.Matches{Name: true} }},
	{2, "admitted", func(p *discharge.Package) { p.Stay.Admitted = when.Date{} }},
	{2, "discharged", func(p *discharge.Package) {
		p.Stay.Discharged = today.AddDays(2)
		p.Infection.Facility.Discharged = p.Stay.Discharged
		p.Flight.Earliest = today.AddDays(30)
	}},
	{2, "admitted", func(p *discharge.Package) { p.Known.Admitted = admitted.AddDays(2) }},
	{2, "admitted", func(p *discharge.Package) {
		p.Known.Admitted = admitted
		p.Stay.Admitted = admitted.AddDays(-400)
		p.Infection.Facility.Admitted = p.Stay.Admitted
	}},
	{2, "procedures.0.on", func(p *discharge.Package) {
		p.Procedures[0].On = admitted.AddDays(-1)
	}},
	{2, "ward", func(p *discharge.Package) { p.Stay.Ward = " " }},
	{2, "destination", func(p *discharge.Package) { p.Stay.Destination = "" }},
	{3, "clinician.phone", func(p *discharge.Package) { p.Clinician.Phone = "" }},
	{3, "clinician.number", func(p *discharge.Package) { p.Clinician.Checked = false }},
	{3, "clinician.name", func(p *discharge.Package) { p.Clinician.Name = "Dr Nobody" }},
	{3, "clinician.name", func(p *discharge.Package) { p.Clinician.Number = "xx" }},
	{3, "clinician.name", func(p *discharge.Package) { p.Clinician.Council = "none" }},
	{3, "clinician.name", func(p *discharge.Package) { p.Known.Clinicians = nil }},
	{3, "clinician.phone", func(p *discharge.Package) { p.Clinician.Phone = "x" }},
	{3, "clinician.email", func(p *discharge.Package) { p.Clinician.Email = "x" }},
	{4, "diagnoses", func(p *discharge.Package) { p.Diagnoses = nil }},
	{5, "procedures.0.side", func(p *discharge.Package) { p.Procedures[0].Side = "" }},
	{5, "procedures.0.side", func(p *discharge.Package) { p.Procedures[0].Side, p.Procedures[0].Paired = "top", false }},
	{5, "procedures.0.side", func(p *discharge.Package) {
		p.Procedures[0].Name.Text, p.Procedures[0].Side, p.Procedures[0].Paired = "TKR", "", false
	}},
	{5, "procedures.0.side", func(p *discharge.Package) {
		p.Procedures[0].Name.Text, p.Procedures[0].Side, p.Procedures[0].Paired = "Arthroplasty", "", false
	}},
	{5, "procedures.0.side", func(p *discharge.Package) {
		p.Procedures[0].Name.Text, p.Procedures[0].Side, p.Procedures[0].Paired, p.Family = "Phacoemulsification", "", false, discharge.OtherEye
	}},
	{5, "procedures", func(p *discharge.Package) { p.Procedures = nil }},
	{5, "nothing_done", func(p *discharge.Package) { nothingDone(p); p.Known.NotTreated = false }},
	{5, "why_nothing_done", func(p *discharge.Package) { nothingDone(p); p.WhyNothing = " \u200b" }},
	{5, "procedures", func(p *discharge.Package) {
		had := p.Procedures
		nothingDone(p)
		p.Procedures = had
	}},
	{5, "procedures.0.findings", func(p *discharge.Package) { p.Procedures[0].Findings = "" }},
	{5, "family", func(p *discharge.Package) { p.Family = "" }},
	{6, "implanted", func(p *discharge.Package) { p.Implanted = "" }},
	{6, "implants", func(p *discharge.Package) { p.Implants = nil }},
	{6, "implanted", func(p *discharge.Package) { p.Implanted, p.Implants = discharge.No, nil }},
	{6, "implanted", func(p *discharge.Package) { p.Implanted, p.Family = discharge.No, discharge.OtherBone }},
	{6, "implants.0.lot", func(p *discharge.Package) { p.Implants[0].Lot = "" }},
	{6, "implants.0.mri", func(p *discharge.Package) { p.Implants[0].MRI = "maybe" }},
	{6, "implants.0.card", func(p *discharge.Package) { p.Implants[0].Card = false }},
	{7, "results", func(p *discharge.Package) { p.Results = nil }},
	{7, "results", func(p *discharge.Package) { p.NoResults = true }},
	{7, "results.1.owner", func(p *discharge.Package) { p.Results[1].Owner = "" }},
	{8, "medicines", func(p *discharge.Package) { p.Medicines = nil }},
	{8, "medicines", func(p *discharge.Package) { p.NoMedicines = true }},
	{8, "medicines.0.dose", func(p *discharge.Package) { p.Medicines[0].Dose = "" }},
	{8, "medicines.0.why", func(p *discharge.Package) { p.Medicines[0].Why = "" }},
	{8, "medicines.0.uk_equivalent", func(p *discharge.Package) { p.Medicines[0].UKEquivalent = "" }},
	{9, "antibiotics", func(p *discharge.Package) { p.Antibiotics = nil }},
	{9, "antibiotics", func(p *discharge.Package) { p.NoAntibiot = true }},
	{9, "antibiotics.0.from", func(p *discharge.Package) {
		p.Antibiotics[0].From, p.Antibiotics[0].To = today.AddDays(100), today.AddDays(100)
	}},
	{9, "antibiotics.0.to", func(p *discharge.Package) { p.Antibiotics[0].To = today.AddDays(400) }},
	{9, "antibiotics.0.culture", func(p *discharge.Package) { p.Antibiotics[0].Culture = "" }},
	{10, "allergies", func(p *discharge.Package) { p.NoAllergies = false }},
	{10, "allergies", func(p *discharge.Package) { p.Allergies = []discharge.Allergy{{Agent: "Latex", Reaction: "Rash"}} }},
	{11, "transfused", func(p *discharge.Package) { p.Transfused = "" }},
	{11, "products", func(p *discharge.Package) { p.Transfused = discharge.Yes }},
	{11, "transfused", func(p *discharge.Package) { p.Products = "2 units of red cells" }},
	{12, "wound.remove_on", func(p *discharge.Package) { p.Wound.RemoveOn = admitted.AddDays(-50) }},
	{12, "wound.remover", func(p *discharge.Package) { p.Wound.Remover = "" }},
	{12, "wound.remove_on", func(p *discharge.Package) { p.Wound.RemoveOn = when.Date{} }},
	{13, "clots.plan", func(p *discharge.Package) { p.Clots.Plan = "" }},
	{13, "clots.anticoagulant", func(p *discharge.Package) { p.Medicines = p.Medicines[:1] }},
	{13, "clots.anticoagulant", func(p *discharge.Package) { p.Medicines[1].Change = "stopped" }},
	{16, "red_flags.do", func(p *discharge.Package) { p.RedFlags.Do = "" }},
	{13, "clots.stop_on", func(p *discharge.Package) { p.Clots.StopOn = when.Date{} }},
	{14, "flight.earliest", func(p *discharge.Package) { p.Flight.Earliest = when.Date{} }},
	{14, "flight.earliest", func(p *discharge.Package) {
		p.Family = discharge.HeartSurgery
		p.Flight.Earliest = discharged
	}},
	{14, "flight.earliest", func(p *discharge.Package) { // named another kind of procedure than was referred
		p.Family, p.Known.Family = discharge.Dental, discharge.HeartSurgery
		p.Flight.Earliest = discharged
	}},
	{14, "flight.medif", func(p *discharge.Package) { p.Flight.AirForm = "" }},
	{15, "follow_ups", func(p *discharge.Package) { p.FollowUps = nil }},
	{15, "follow_ups.0.what", func(p *discharge.Package) { p.FollowUps[0].What = "Phlebotomy" }},
	{15, "follow_ups.0.paid_by", func(p *discharge.Package) { p.FollowUps[0].PaidBy = "" }},
	{16, "red_flags.phone", func(p *discharge.Package) { p.RedFlags.Phone = "" }},
	{16, "red_flags.phone", func(p *discharge.Package) { p.RedFlags.Phone = "x" }},
	{17, "infection.overnight", func(p *discharge.Package) {
		p.Stay.Admitted, p.Procedures[0].On, p.Infection.Night = discharged, discharged, discharge.No
		p.Infection.Facility.Admitted, p.Known.Admitted = discharged, discharged.AddDays(-1)
	}},
	{17, "infection.facility.admitted", func(p *discharge.Package) {
		p.Infection.Facility.Admitted, p.Infection.Facility.Discharged = admitted.AddDays(-300), admitted.AddDays(-299)
	}},
	{17, "infection.others.0.name", func(p *discharge.Package) {
		p.Infection.Elsewhere, p.Infection.Others = discharge.Yes, []discharge.Facility{{}}
	}},
	{17, "infection.others.0.admitted", func(p *discharge.Package) {
		p.Infection.Elsewhere, p.Infection.Others = discharge.Yes, []discharge.Facility{{Name: "Other Hospital", City: "Pune", Country: "IN"}}
	}},
	{17, "infection.elsewhere", func(p *discharge.Package) { p.Infection.Others = []discharge.Facility{p.Infection.Facility} }},
	{17, "infection.organisms.0.report", func(p *discharge.Package) {
		p.Infection.Tested = discharge.Yes
		p.Infection.Organisms = []discharge.Organism{{Name: discharge.Coded{Text: "Klebsiella"}, Specimen: "Swab", On: admitted, Laboratory: "Sample Laboratory", Report: "bogus"}}
	}},
	{17, "infection.overnight", func(p *discharge.Package) { p.Infection.Night = "" }},
	{17, "infection.overnight", func(p *discharge.Package) { p.Infection.Night = discharge.No }},
	{17, "infection.tested", func(p *discharge.Package) { p.Infection.Tested = "" }},
	{17, "infection.organisms.0.report", func(p *discharge.Package) {
		p.Infection.Tested = discharge.Yes
		p.Infection.Organisms = []discharge.Organism{{Name: discharge.Coded{Text: "Klebsiella"}, Specimen: "Swab", On: admitted, Laboratory: "Sample Laboratory"}}
	}},
	{18, "copies.operation_note", func(p *discharge.Package) { p.Copies.OperationNote = "" }},
	{18, "copies.operation_note", func(p *discharge.Package) { p.Copies.OperationNote = "nonsense" }},
	{18, "copies.final_bill", func(p *discharge.Package) { p.Copies.FinalBill = "nonsense" }},
	{19, "language", func(p *discharge.Package) { p.Language = "hi" }},
	{19, "machine_translated", func(p *discharge.Package) { p.Translated = []int{2, 8} }},
	{20, "copy_given", func(p *discharge.Package) { p.CopyGiven = false }},
	{20, "copy_signed", func(p *discharge.Package) { p.CopySigned = false }},
}

// nothingDone makes a package one of a stay in which the treatment did not take place.
func nothingDone(p *discharge.Package) {
	p.NothingDone, p.WhyNothing, p.Known.NotTreated = true, "Pneumonia on admission: the operation was called off", true
	p.Procedures, p.Implanted, p.Implants, p.Copies.OperationNote, p.Clots = nil, discharge.No, nil, "", discharge.Clots{}
}

func TestAStayInWhichNothingWasDoneNeedsNoInventedOperation(t *testing.T) {
	t.Parallel()
	p := whole()
	nothingDone(p)
	if l := p.Check(today); !l.OK() {
		t.Fatal(l)
	}
	if a, ok := p.Alert(); !ok || a.From != discharged {
		t.Errorf("a night in hospital without an operation: %+v", a)
	}
}

func TestADischargeBeforeTheAdmissionIsRefused(t *testing.T) {
	t.Parallel()
	p := whole()
	p.Stay.Discharged = admitted.AddDays(-1)
	if l := p.Check(today); l.On("2.discharged") == "" {
		t.Error(l)
	}
}

func TestTheClinicianIsKnownByNameCouncilAndNumberHoweverTheyAreTyped(t *testing.T) {
	t.Parallel()
	k := whole().Known
	if !k.Has(discharge.Registered{Name: "dr. sample  RAO", Council: "Sample Medical Council.", Number: "000 00"}) || !k.Answers("Prof Sample Rao", "Sample Medical Council, no. 00000") {
		t.Error("the same clinician is not known")
	}
	for _, registration := range []string{"made up 99", "00000", "Sample Medical Council 1000001", ""} {
		if k.Answers("Dr Sample Rao", registration) {
			t.Errorf("%q answers", registration)
		}
	}
	if k.Answers("Dr Nobody Unknown", "Sample Medical Council 00000") {
		t.Error("another name answers")
	}
}

func TestEachMissingItemIsNamedAndNoOther(t *testing.T) {
	t.Parallel()
	for _, c := range broken {
		p := whole()
		c.spoil(p)
		l := p.Check(today)
		if !slices.Equal(missingItems(l), []int{c.item}) || l.On(fmt.Sprintf("%d.%s", c.item, c.field)) == "" {
			t.Errorf("item %d %s: %v", c.item, c.field, l)
			continue
		}
		if want := fmt.Sprintf("Item %d, %s: ", c.item, discharge.Items[c.item-1].Title); !strings.HasPrefix(l[0].Say, want) {
			t.Errorf("item %d says %q", c.item, l[0].Say)
		}
	}
}

func TestAnEmptyPackageNamesEveryItemThatIsAlwaysNeeded(t *testing.T) {
	t.Parallel()
	got := missingItems(discharge.Package{}.Check(today))
	for _, i := range discharge.Items {
		if i.Number != 13 && !slices.Contains(got, i.Number) {
			t.Errorf("item %d, %s, is not missed", i.Number, i.Title)
		}
	}
}

func TestOptionalItemsAreOptional(t *testing.T) {
	t.Parallel()
	p := whole()
	p.Family, p.Clots = discharge.Dental, discharge.Clots{}
	p.Implanted, p.Implants = discharge.No, nil
	p.NoAntibiot, p.Antibiotics = true, nil
	p.NoMedicines, p.Medicines = true, nil
	p.NoResults, p.Results = true, nil
	p.Wound = discharge.Wound{State: "Closed", Remains: "nothing"}
	if l := p.Check(today); !l.OK() {
		t.Error(l)
	}
	if got := p.MissingCopies(); len(got) != 4 {
		t.Errorf("recommended copies that are missing: %v", got)
	}
}

func TestVagueFollowUpsAreRefusedAndNamedTestsAreNot(t *testing.T) {
	t.Parallel()
	for what, ok := range map[string]bool{"phlebotomy": false, " Phlebotomy. ": false, "bloods": false, "Routine bloods": false, "GP review": false, "follow-up": false, "as required": false, "Phlebotomy at GP": false, "Bloods in 2 weeks": false, "blood tests after 6 weeks, with the practice nurse": false, "Please repeat routine bloods": false, "appointment with the GP": false,
		"ECG": true, "Review with Dr Sample Rao by video": true, "Blood pressure check": true,
		"Phlebotomy: full blood count": true, "Blood tests: ferritin, folate": true, "X-ray of the knee": true, "Wound check": true} {
		p := whole()
		p.FollowUps[0].What = what
		if l := p.Check(today); l.OK() != ok {
			t.Errorf("%q: %v", what, l)
		}
	}
}

func TestTheFirstFlightFollowsTheFamily(t *testing.T) {
	t.Parallel()
	for _, r := range discharge.FlightRules {
		p := whole()
		p.Family, p.Stay.Discharged, p.Infection.Facility.Discharged = r.Family, admitted.AddDays(1), admitted.AddDays(1)
		p.Wound.RemoveOn = discharged
		at := p.Procedures[0].On
		p.Flight.Earliest = at.AddDays(r.Days)
		if l := p.Check(today); !l.OK() {
			t.Errorf("%s: on the day: %v", r.Family, l)
		}
		p.Flight.Earliest = at.AddDays(r.Days - 1)
		if l := p.Check(today); r.Days > 0 && l.On("14.flight.earliest") == "" {
			t.Errorf("%s: a day early passes", r.Family)
		}
		if r.Title == "" || r.Source == "" || r.Keyhole > r.Days {
			t.Errorf("%+v", r)
		}
	}
}

func TestTwoOfThreePartsOfTheIdentityAreEnough(t *testing.T) {
	t.Parallel()
	ref := discharge.Identity{Name: "Meena Shah-Patel", Born: when.Date{Year: 1958, Month: 5, Day: 14}, Number: "9990000018"}
	for _, c := range []struct {
		got  discharge.Identity
		want bool
	}{
		{ref, true},
		{discharge.Identity{Name: "MEENA SHAH PATEL", Born: ref.Born}, true},
		{discharge.Identity{Name: "M Shah", Born: ref.Born, Number: "999 000 0018"}, true},
		{discharge.Identity{Name: "Meena Shah-Patel"}, false},
		{discharge.Identity{Born: ref.Born}, false},
		{discharge.Identity{}, false},
	} {
		if m := discharge.Match(c.got, ref); m.Enough() != c.want {
			t.Errorf("%+v: %+v", c.got.Name, m)
		}
	}
	if discharge.Match(discharge.Identity{}, discharge.Identity{}).Enough() {
		t.Error("nothing matches nothing")
	}
}

func TestAPackageNeverPrints(t *testing.T) {
	t.Parallel()
	for _, s := range []string{fmt.Sprint(*whole()), fmt.Sprintf("%+v %#v %q", whole(), *whole(), *whole()), whole().LogValue().String()} {
		if strings.Contains(s, "knee") || strings.Contains(s, "Meena") {
			t.Error(s)
		}
	}
}

func TestTheHashChangesWithThePackage(t *testing.T) {
	t.Parallel()
	a, b := whole(), whole()
	if a.Hash() != b.Hash() || len(a.Hash()) != 64 {
		t.Error("equal packages have one hash")
	}
	b.Medicines[0].Dose = "2 g"
	if a.Hash() == b.Hash() {
		t.Error("another dose, the same hash")
	}
}

// missingItems are the numbers of the items that a Check found wanting.
func missingItems(l check.List) (out []int) {
	for _, p := range l {
		n, _, _ := strings.Cut(p.Field, ".")
		if i, err := strconv.Atoi(n); err == nil && !slices.Contains(out, i) {
			out = append(out, i)
		}
	}
	return out
}
