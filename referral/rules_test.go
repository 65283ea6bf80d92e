package referral_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"carecorridor/auth"
	"carecorridor/internal/when"
	"carecorridor/referral"
	"carecorridor/referral/sample"
)

func TestConsentCoversExactlyWhatItLists(t *testing.T) {
	t.Parallel()
	f := facts(referral.WithProviders)
	if !f.AgreedFor("h1", set()) {
		t.Fatal("agreed to what was sent")
	}
	if f.AgreedFor("h1", referral.Set{Items: append(set().Items, "doc-2")}) {
		t.Error("a document added later is not agreed to")
	}
	if !f.AgreedFor("h1", referral.Set{Items: set().Items[:1]}) {
		t.Error("taking a document out needs no new consent")
	}
	if f.AgreedFor("h9", set()) {
		t.Error("another hospital is another consent")
	}
	for i := range f.Consents {
		c := f.Consents[i]
		if c.Code != referral.C1 && (c.Provider != "h1") {
			continue
		}
		f.Consents[i].WithdrawnAt = noon.Add(-time.Second)
		if f.AgreedFor("h1", set()) {
			t.Errorf("in force without %s", c.Code)
		}
		f.Consents[i].WithdrawnAt = time.Time{}
	}
	f.Consents = slices.DeleteFunc(f.Consents, func(c referral.Consent) bool { return c.Code == referral.C3 })
	if f.AgreedFor("h1", set()) || f.MayRead("h1") {
		t.Error("the transfer to India is a consent of its own")
	}
}

func TestWhatIsMissingToSendIsNamed(t *testing.T) {
	t.Parallel()
	f := facts(referral.AwaitingConsent)
	if got := f.MissingToSend(); got != nil {
		t.Fatal(got)
	}
	f.Consents = slices.DeleteFunc(f.Consents, func(c referral.Consent) bool { return c.Code == referral.C4 || c.Code == referral.C3 })
	want := []referral.Lacking{{Code: referral.C4}, {referral.C3, "h1"}, {referral.C3, "h2"}, {referral.C3, "h3"}}
	if got := f.MissingToSend(); !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
	f.Consents = append(f.Consents, referral.Consent{Code: referral.C3, Provider: "h2", Items: f.ConsentSet().Items, GivenAt: noon})
	if got := f.MissingToSend(); !slices.Equal(got, want[:1]) {
		t.Errorf("one hospital is enough: %v", got)
	}
	f.Origin = referral.BySelf
	if got := f.MissingToSend(); got != nil {
		t.Errorf("a self-referral has no referrer to agree to: %v", got)
	}
}

func TestAnAddedDocumentIsSeenOnlyAfterANewConsent(t *testing.T) {
	t.Parallel()
	f := facts(referral.WithProviders)
	who := actor(auth.Patient, noon)
	o := must(t, f, who, referral.AddDocument, referral.Input{Document: "doc-2"})
	if len(o.Disclose) > 0 || slices.Contains(o.After.Provider("h1").Disclosed.Items, "doc-2") || !o.After.MayRead("h1") {
		t.Fatalf("before consent: %+v", o.Disclose)
	}
	f = o.After
	for _, code := range []referral.ConsentCode{referral.C2, referral.C3} {
		o = must(t, f, who, referral.GiveConsent, referral.Input{Consent: code, Provider: "h1", Items: f.ConsentSet().Items, Version: f.Version})
		if sees := slices.Contains(o.After.Provider("h1").Disclosed.Items, "doc-2"); sees != (code == referral.C3) {
			t.Errorf("after %s the hospital sees it: %v", code, sees)
		}
		f = o.After
	}
	if len(o.Disclose) != 1 || !slices.Equal(o.Disclose[0].Set.Items, []string{"doc-2"}) || slices.Contains(f.Provider("h2").Disclosed.Items, "doc-2") {
		t.Errorf("disclosed %+v; h2 has %v", o.Disclose, f.Provider("h2").Disclosed.Items)
	}
}

func must(t *testing.T, f referral.Facts, who auth.Actor, e referral.Event, in referral.Input) referral.Outcome {
	t.Helper()
	o, err := referral.Apply(who, f, e, in, f.Now)
	if err != nil {
		t.Fatalf("%s by %s: %v", e, who.Role, err)
	}
	return o
}

func TestWithdrawingFromOneHospitalTakesItsViewAtOnceAndNobodyElses(t *testing.T) {
	t.Parallel()
	f := facts(referral.WithProviders)
	o := must(t, f, actor(auth.Patient, noon), referral.WithdrawHospital, referral.Input{Provider: "h1", Version: 3})
	if !slices.Equal(o.Revoke, []string{"h1"}) || o.After.MayRead("h1") || !o.After.MayRead("h2") {
		t.Errorf("revoked %v", o.Revoke)
	}
	if got := referral.AllowedActions(actor(auth.ProviderClinician, noon), o.After); len(got) != 1 || got[0].Event != referral.ConfirmDeleted {
		t.Errorf("the hospital may still %v", got)
	}
	for _, n := range o.Notices {
		if n.To == referral.ToHospital && n.Provider != "h1" {
			t.Errorf("%s is told", n.Provider)
		}
	}
}

// A hospital cannot tell from anything it is sent, or may do, that another one was asked.
func TestAHospitalNeverLearnsOfAnother(t *testing.T) {
	t.Parallel()
	alone := facts(referral.WithProviders)
	alone.Providers = alone.Providers[:1]
	both := facts(referral.WithProviders)
	who := actor(auth.ProviderClinician, noon)
	if a, b := fmt.Sprint(referral.AllowedActions(who, alone)), fmt.Sprint(referral.AllowedActions(who, both)); a != b {
		t.Errorf("alone %s\nboth  %s", a, b)
	}
	accepted := facts(referral.Deciding)
	accepted.Providers[1] = hospitalAt("h2", referral.Opened, noon)
	accepted.Choice.RisksReadAt = noon
	o := must(t, accepted, actor(auth.Patient, noon), referral.Accept, referral.Input{Provider: "h1", Number: 1, Version: 3})
	for _, n := range o.Notices {
		if n.Provider == "h2" && n.Key != "not_selected" {
			t.Errorf("h2 is told %q", n.Key)
		}
	}
	if !slices.Equal(o.Revoke, []string{"h2"}) {
		t.Errorf("revoked %v", o.Revoke)
	}
	if got := o.Disclose; len(got) != 1 || got[0].Provider != "h1" || !slices.Equal(got[0].Set.Items, []string{referral.PartContact, referral.PartIdentity}) {
		t.Errorf("an acceptance discloses %+v", got)
	}
}

func TestAHospitalIsEligibleOrTheReasonsAreListed(t *testing.T) {
	t.Parallel()
	today := when.DateOf(noon)
	whole := hospitalAt("h1", referral.Unsent, noon).Eligibility
	if got := whole.Check(today, today.AddDays(90)); got != nil {
		t.Fatal(got)
	}
	for want, spoil := range map[referral.Ineligible]func(*referral.Eligibility){
		referral.NotAccredited:    func(e *referral.Eligibility) { e.AccreditedUntil = today.AddDays(89) },
		referral.NoTransfer:       func(e *referral.Eligibility) { e.Mechanism = "promised" },
		referral.RiskReviewOld:    func(e *referral.Eligibility) { e.RiskReviewedOn = today.AddDays(-365) },
		referral.NoCheckedDoctor:  func(e *referral.Eligibility) { e.CheckedDoctors = 0 },
		referral.NoEmergencyLine:  func(e *referral.Eligibility) { e.EmergencyContact = false },
		referral.NoComplaintDesk:  func(e *referral.Eligibility) { e.ComplaintOfficer = false },
		referral.PricesOld:        func(e *referral.Eligibility) { e.PricesOf = today.AddDays(-180) },
		referral.AccreditationOff: func(e *referral.Eligibility) { e.OnHold = true },
		referral.SevereCase:       func(e *referral.Eligibility) { e.SevereCaseOpen = true },
	} {
		e := whole
		spoil(&e)
		if got := e.Check(today, today.AddDays(90)); !slices.Equal(got, []referral.Ineligible{want}) {
			t.Errorf("%s: %v", want, got)
		}
	}
	if got := (referral.Eligibility{}).Check(today, today); len(got) != 7 {
		t.Errorf("of a hospital we know nothing of: %v", got)
	}
	last := whole
	last.RiskReviewedOn, last.PricesOf, last.AccreditedUntil = today.AddDays(-364), today.AddDays(-179), today.AddDays(90)
	if got := last.Check(today, today.AddDays(90)); got != nil {
		t.Errorf("the last good day: %v", got)
	}
}

func TestAGatesEvidenceGrowsOld(t *testing.T) {
	t.Parallel()
	f := facts(referral.Accepted)
	if got := f.OpenGates(); got != nil {
		t.Fatal(got)
	}
	f.Now = noon.AddDate(0, 0, 7)
	if got := f.OpenGates(); !slices.Equal(got, []referral.Gate{referral.G8}) {
		t.Errorf("a week later: %v", got)
	}
	f.Travel.Gates = nil
	if got := f.OpenGates(); len(got) != 9 {
		t.Errorf("without any: %v", got)
	}
}

func TestCoolingOffEndsWithTheFourteenthDay(t *testing.T) {
	t.Parallel()
	for accepted, want := range map[time.Time]time.Time{
		noon: time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC), // accepted on the 9th: the 23rd is the last day
		time.Date(2027, 3, 20, 23, 30, 0, 0, time.UTC): time.Date(2027, 4, 3, 23, 0, 0, 0, time.UTC), // summer time begins in between
	} {
		f := facts(referral.Accepted)
		f.Choice.AcceptedAt = accepted
		if got := f.CoolingOffEnds(); !got.Equal(want) {
			t.Errorf("%s: %s, want %s", accepted, got, want)
		}
	}
	if !(referral.Facts{}).CoolingOffEnds().IsZero() {
		t.Error("nothing is accepted")
	}
}

func TestAgeIsCountedInBirthdays(t *testing.T) {
	t.Parallel()
	today := when.Date{Year: 2026, Month: 2, Day: 28}
	for born, want := range map[when.Date]int{
		{Year: 2008, Month: 2, Day: 28}: 18, {Year: 2008, Month: 3, Day: 1}: 17, {Year: 2008, Month: 2, Day: 29}: 17, {Year: 1958, Month: 5, Day: 14}: 67, {}: -1, {Year: 2026, Month: 3, Day: 1}: -1,
	} {
		if got := referral.Age(born, today); got != want {
			t.Errorf("%s: %d, want %d", born, got, want)
		}
	}
}

func TestReasonsSayWhoMayUseThem(t *testing.T) {
	t.Parallel()
	today := when.DateOf(noon)
	if got := referral.ReasonsFor(referral.Decline, auth.ProviderClinician, today); len(got) != 13 {
		t.Errorf("%d reasons to decline", len(got))
	}
	for _, r := range []auth.Role{auth.Patient, auth.ProviderEditor, auth.Auditor} {
		if got := referral.ReasonsFor(referral.Decline, r, today); got != nil {
			t.Errorf("%s: %v", r, got)
		}
	}
	if got := referral.ReasonsFor(referral.Cancel, auth.Referrer, when.Date{Year: 2020, Month: 1, Day: 1}); got != nil {
		t.Errorf("before the list was in force: %v", got)
	}
	seen := map[referral.Reason]bool{}
	for _, r := range referral.Reasons {
		if seen[r.Code] || r.Label == "" || len(r.For) == 0 || len(r.Who) == 0 || referral.LabelOf(r.Code) != r.Label {
			t.Errorf("%+v", r)
		}
		seen[r.Code] = true
	}
	// A comment is needed for every return and decline, and for a cancellation where the reason says so.
	f := facts(referral.Triage)
	who := actor(auth.Coordinator, noon)
	for reason, needed := range map[referral.Reason]bool{referral.Cost: false, referral.OtherReason: true, referral.Safety: true} {
		_, err := referral.Apply(who, f, referral.Cancel, referral.Input{Version: f.Version, Reason: reason}, noon)
		if (err != nil) != needed {
			t.Errorf("cancel for %s without words: %v", reason, err)
		}
	}
}

func TestAQuoteIsCompleteAndLeavesTimeBeforeTheFlight(t *testing.T) {
	t.Parallel()
	today := when.DateOf(noon)
	if l := sample.Quote(today).Check(today); !l.OK() {
		t.Fatal(l)
	}
	one := 1
	for field, spoil := range map[string]func(*referral.Quote){
		"total": func(q *referral.Quote) { q.TotalMinor++ }, "valid_until": func(q *referral.Quote) { q.ValidUntil = today.AddDays(29) },
		"no_commission": func(q *referral.Quote) { q.NoCommission = false }, "earliest_flight_days": func(q *referral.Quote) { q.Family, q.EarliestFlight = "heart_or_chest_surgery", &one },
		"family": func(q *referral.Quote) { q.Family = "" }, "anaesthesia": func(q *referral.Quote) { q.Anaesthesia = "hypnosis" }, "stay_nights": func(q *referral.Quote) { q.StayNights = nil },
		"days_in_india": func(q *referral.Quote) { q.DaysInIndia = q.EarliestFlight }, "by_registration": func(q *referral.Quote) { q.By.Registration = "" },
		"low": func(q *referral.Quote) {
			q.Estimate, q.LowMinor, q.HighMinor, q.MovesIt = true, q.TotalMinor+1, q.TotalMinor, "Bone"
		},
		"high":    func(q *referral.Quote) { q.Estimate, q.LowMinor, q.HighMinor, q.MovesIt = true, 1, 2, "Bone" },
		"deposit": func(q *referral.Quote) { q.DepositMinor = q.TotalMinor + 1 }, "outcomes": func(q *referral.Quote) { q.Outcomes.Published = true }, "includes": func(q *referral.Quote) { q.Includes = []string{"everything"} },
	} {
		q := sample.Quote(today)
		spoil(q)
		if q.Check(today).On(field) == "" {
			t.Errorf("%s: %v", field, q.Check(today))
		}
	}
}

func TestContactDetailsWaitForAnAcceptance(t *testing.T) {
	t.Parallel()
	for _, words := range []string{"Write to me at meena@sample.example", "meena (at) sample (dot) example", "Ring 07700 900 123", "+91 98765-43210", "see www.sample.example", "https://sample.example/x", "wa.me/447700900123"} {
		if referral.CheckMessage(words, referral.WithProviders).OK() {
			t.Errorf("%q passes before acceptance", words)
		}
		if l := referral.CheckMessage(words, referral.Accepted); !l.OK() {
			t.Errorf("%q after acceptance: %v", words, l)
		}
	}
	for _, words := range []string{"The pain started in 2024, 3 times a week.", "Blood pressure 140/90, weight 82.5 kg, dose 1000 mg", "Operation on 14/05/2019 and 20/11/2022"} {
		if l := referral.CheckMessage(words, referral.WithProviders); !l.OK() {
			t.Errorf("%q: %v", words, l)
		}
	}
	if referral.CheckMessage(strings.Repeat("a", referral.MaxComment+1), referral.Accepted).OK() || referral.CheckMessage(" ", referral.Accepted).OK() {
		t.Error("too long or empty")
	}
}

func TestTalkOfPaymentIsNoticed(t *testing.T) {
	t.Parallel()
	for _, words := range []string{"Send the deposit to my bank account", "Use Western Union", "UPI is best", "GB33BUKB20201555555555", "20-15-55 55555555", "IFSC HDFC0001234", "an advance payment is needed"} {
		if !referral.SpeaksOfPayment(words) {
			t.Errorf("%q is not noticed", words)
		}
	}
	for _, words := range []string{"I take an advanced painkiller", "The bank holiday suits me", "My insurance pays", "swiftly"} {
		if referral.SpeaksOfPayment(words) {
			t.Errorf("%q is noticed", words)
		}
	}
}

func TestTheCoordinatorIsToldOfTalkOfPaymentAndTheMessageGoes(t *testing.T) {
	t.Parallel()
	f := facts(referral.WithProviders)
	for text, want := range map[string]bool{"Pay me directly": true, "How long is the stay?": false} {
		o := must(t, f, actor(auth.ProviderClinician, noon), referral.Message, referral.Input{Text: text})
		if got := slices.Contains(o.Notices, referral.Told{To: referral.ToCoordinator, Key: "payment_words"}); got != want {
			t.Errorf("%q: %v", text, o.Notices)
		}
	}
}
