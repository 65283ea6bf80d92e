package sample

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"carecorridor/auth"
	"carecorridor/internal/fault"
	"carecorridor/internal/when"
	"carecorridor/referral"
	"carecorridor/referral/discharge"
	"carecorridor/referral/visa"
)

// Hospital is one of the shortlist and the people who act for it.
type Hospital struct {
	Slug   string
	Desk   auth.Actor
	Doctor auth.Actor // whose registration is checked
	lists  []string   // treatments of stories that it has a price for
}

// Cast are the people of a walk.
type Cast struct {
	Referrer    auth.Actor // verified, of the practice
	Coordinator auth.Actor
	Safety      auth.Actor
	Hospitals   []Hospital // the first is chosen, the others say no
}

// Walker brings referrals from the first line to a state by the very methods that people use. Now is the clock of the
// service, Pass moves it on.
type Walker struct {
	*referral.Service
	Cast
	Treatment string
	Answered  func(ctx context.Context, id string) error // the patient's address answers
	Now       func() time.Time
	Pass      func(time.Duration)

	ctx context.Context
	n   int
	id  string
	err error
}

const aDay = 24 * time.Hour

// To makes a referral of the n-th invented person in a state, written by a referrer, or by the patient when bySelf. A
// closed one was completed.
func (w *Walker) To(ctx context.Context, state referral.State, n int, bySelf bool) (id string, err error) {
	w.ctx, w.n, w.err, w.id = ctx, n, nil, ""
	w.write(bySelf)
	for _, leg := range []struct {
		state referral.State
		walk  func()
	}{
		{referral.AwaitingConsent, func() { w.sign(bySelf) }}, {referral.Triage, w.consent}, {referral.Returned, w.giveBack}, {referral.WithProviders, w.route}, {referral.Deciding, w.offer},
		{referral.Accepted, w.accept}, {referral.ReadyToTravel, w.prepare}, {referral.Admitted, w.admit}, {referral.Treated, w.treat}, {referral.Aftercare, w.leave}, {referral.Closed, w.home},
	} {
		if w.err != nil || leg.state.Rank() > state.Rank() {
			break
		}
		if leg.state == referral.Returned && state != referral.Returned {
			continue
		}
		leg.walk()
		w.Pass(2 * time.Hour)
	}
	if w.err != nil {
		return w.id, fmt.Errorf("sample referral on its way to %s: %w", state, w.err)
	}
	return w.id, nil
}

func (w *Walker) today() when.Date { return w.Service.Today() }

// Self is the actor of the walk's patient, who has just entered a code.
func (w *Walker) Self() auth.Actor { return PatientOf(w.id, w.Now()) }

// PatientOf is the patient of a referral, who has just entered a code.
func PatientOf(id string, now time.Time) auth.Actor {
	return auth.Actor{Person: id, Role: auth.Patient, SteppedUp: now}
}

func fresh(a auth.Actor, now time.Time) auth.Actor {
	a.SteppedUp = now
	return a
}

// do is one event with the version that its actor sees.
func (w *Walker) do(who auth.Actor, e referral.Event, in referral.Input) {
	if w.err != nil {
		return
	}
	who = fresh(who, w.Now())
	v, err := w.Look(w.ctx, who, w.id)
	if err != nil {
		w.err = fmt.Errorf("%s looks: %w", who.Role, err)
		return
	}
	in.Version = v.Version
	if h := v.Hospital(in.Provider); h != nil {
		in.Version = h.Version
	} else if auth.KindOf(who.Role) == auth.Hospital && len(v.Hospitals) == 1 {
		in.Version = v.Hospitals[0].Version
	}
	done, err := w.Do(w.ctx, who, w.id, e, in)
	w.check(string(e), done.OK(), done.Problems, err)
}

func (w *Walker) check(what string, ok bool, problems fmt.Stringer, err error) {
	switch {
	case w.err != nil:
	case err != nil:
		var told *fault.E
		if errors.As(err, &told) && told.Say != "" {
			what += " (" + told.Say + ")"
		}
		w.err = fmt.Errorf("%s: %w", what, err)
	case !ok:
		w.err = fmt.Errorf("%s: %s", what, problems)
	}
}

// write is the draft: every part, the hospitals and a document.
func (w *Walker) write(bySelf bool) {
	who, version := w.Referrer, int64(1)
	if bySelf {
		p, err := w.StartSelf(w.ctx, referral.ForReferral)
		w.check("start", true, nil, err)
		w.id = p.Referral
		who = w.Self()
	} else {
		started, err := w.Start(w.ctx, w.Referrer, referral.NewReferral{})
		w.check("start", true, nil, err)
		w.id = started.ID
	}
	for _, step := range Steps(w.n, w.Treatment, w.today(), bySelf) {
		if w.err != nil {
			return
		}
		saved, err := w.SaveStep(w.ctx, who, w.id, version, step)
		if err == nil && saved.Stop != nil {
			err = fmt.Errorf("stop page %s", saved.Stop.Code)
		}
		w.check("step "+string(step.Part), saved.OK(), saved.Problems, err)
		version = saved.Version
	}
	if w.err != nil {
		return
	}
	var slugs []string
	for _, h := range w.Hospitals {
		slugs = append(slugs, h.Slug)
	}
	saved, err := w.Choose(w.ctx, who, w.id, version, slugs)
	w.check("choose", saved.OK(), saved.Problems, err)
	if bySelf && w.err == nil {
		w.err = w.Answered(w.ctx, w.id)
	}
}

// Attach adds an invented letter to the record of the walk.
func (w *Walker) Attach(ctx context.Context, who auth.Actor, id string) (referral.Saved, error) {
	return w.Service.Attach(ctx, who, id, "referral_letter", "letter.pdf", bytes.NewReader(Letter))
}

// Letter is a PDF file, as small as one can be.
var Letter = []byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n" +
	"trailer<</Root 1 0 R>>\n%%EOF\n")

func (w *Walker) sign(bySelf bool) {
	if !bySelf {
		w.do(w.Referrer, referral.SignOff, referral.Input{Statement: true})
	}
}

// consent gives everything that is asked, and sends.
func (w *Walker) consent() {
	w.agree()
	w.do(w.Self(), referral.Submit, referral.Input{})
}

func (w *Walker) agree() {
	if w.err != nil {
		return
	}
	texts, err := w.ConsentTexts(w.ctx, w.Self(), w.id)
	var all []referral.ConsentChoice
	for _, t := range texts {
		all = append(all, referral.ConsentChoice{Code: t.Code, Hospital: t.Hospital})
	}
	w.check("texts", true, nil, err)
	v, err := w.Look(w.ctx, w.Self(), w.id)
	w.check("look", true, nil, err)
	done, err := w.GiveConsents(w.ctx, w.Self(), w.id, v.Version, all, "link")
	w.check("consent", done.OK(), done.Problems, err)
}

func (w *Walker) giveBack() {
	w.do(w.Coordinator, referral.Return, referral.Input{Reason: referral.InfoIncomplete, Comment: "Please add a recent X-ray report."})
}

func (w *Walker) route() {
	v, err := w.Look(w.ctx, w.Coordinator, w.id)
	w.check("look", true, nil, err)
	if v.Checks.Duplicates > 0 {
		w.do(w.Coordinator, referral.ClearDuplicates, referral.Input{Text: "Another knee, another year."})
	}
	a, _ := v.May(referral.Route, "")
	if len(a.Options) == 0 && w.err == nil {
		w.err = errors.New("no hospital can be sent it: " + fmt.Sprint(reasons(v)))
	}
	w.do(w.Coordinator, referral.Route, referral.Input{Hospitals: a.Options})
}

func reasons(v referral.View) (out []string) {
	for _, h := range v.Hospitals {
		out = append(out, fmt.Sprintf("%s %v", h.Listed.Slug, h.Ineligible))
	}
	return append(out, fmt.Sprint(v.Actions))
}

// offer: the first hospital offers, the others decline. Before the day on which the coded reasons came into force they offer
// as well.
func (w *Walker) offer() {
	for i, h := range w.Hospitals {
		w.do(h.Desk, referral.Open, referral.Input{})
		if i == 0 || len(referral.ReasonsFor(referral.Decline, auth.ProviderClinician, w.today())) == 0 {
			w.do(h.Doctor, referral.Offer, referral.Input{Text: storyOf(w.Treatment).opinion, Quote: Quote(w.today())})
			continue
		}
		w.do(h.Doctor, referral.Decline, referral.Input{Reason: referral.NoCapacity, Comment: "We have no place in this time."})
	}
}

// chosen is the row of the first hospital, as the patient sees it.
func (w *Walker) chosen() referral.HospitalView {
	v, err := w.Look(w.ctx, w.Self(), w.id)
	w.check("look", true, nil, err)
	at := slices.IndexFunc(v.Hospitals, func(h referral.HospitalView) bool { return h.Listed.Slug == w.Hospitals[0].Slug })
	if at < 0 {
		return referral.HospitalView{}
	}
	return v.Hospitals[at]
}

func (w *Walker) accept() {
	h := w.chosen()
	number := int64(1)
	if n := h.Newest(); n != nil {
		number = n.Number
	}
	w.do(w.Self(), referral.ReadOpinion, referral.Input{Provider: h.ID, Number: number})
	w.do(w.Self(), referral.ReadRisks, referral.Input{})
	w.do(w.Self(), referral.Accept, referral.Input{Provider: h.ID, Number: number})
}

// prepare is everything before the journey; the 14 days to think again pass.
func (w *Walker) prepare() {
	day := w.today()
	dates := referral.Dates{Arrive: day.AddDays(45), Admit: day.AddDays(46), Leave: day.AddDays(66)}
	w.do(w.Hospitals[0].Desk, referral.ProposeDates, referral.Input{Dates: dates, Text: "Dr Sample Rao"})
	w.do(w.Self(), referral.ConfirmDates, referral.Input{})
	w.agree() // for the passport
	w.do(w.Self(), referral.GivePassport, referral.Input{Passport: Passport(w.n, day)})
	w.letter()
	for _, r := range referral.Gates {
		if r.Gate != referral.G8 {
			w.gate(r)
		}
	}
	w.Pass(16 * aDay)
	g8, _ := referral.RuleOf(referral.G8)
	w.gate(g8)
}

// proof is what people give for the points of the checklist.
var proof = map[string]string{
	"clinician": "Dr Sample Rao", "language": "English", "interpreter": "no", "result": "Blood count and heart tracing are in order", "who does what in the UK": "Sample Aftercare Clinic, Leicester, takes out the clips and checks the wound", "cost": "Included in the quote",
	"who pays for complications": "The hospital for 30 days, then the insurance", "choice": "The GP gets word of the journey, and the papers", "warning read": "not needed", "insurer": "Sample Insurance", "policy covers treatment": "yes", "insurer told": "yes",
	"visa class": "e-Medical", "attendants": "1", "given by": "Travel clinic in Leicester", "register": "Portal of the accreditation body", "earliest day": "14 days after the operation", "companion": "A relative", "airline form": "Needed",
}

func (w *Walker) gate(r referral.GateRule) {
	who := w.Self()
	if slices.Contains(r.Who, auth.ProviderClinician) {
		who = w.Hospitals[0].Doctor
	} else if slices.Contains(r.Who, auth.Coordinator) {
		who = w.Coordinator
	}
	evidence := map[string]string{}
	for _, name := range r.Evidence {
		evidence[name] = proof[name]
	}
	if _, ok := evidence["date"]; ok {
		evidence["date"] = w.today().Long()
	}
	w.do(who, referral.PassGate, referral.Input{Gate: r.Gate, On: w.today(), Evidence: evidence})
}

func (w *Walker) letter() {
	if w.err != nil {
		return
	}
	v, err := w.Look(w.ctx, w.Hospitals[0].Desk, w.id)
	w.check("look", true, nil, err)
	if w.err != nil {
		return
	}
	done, err := w.IssueLetter(w.ctx, w.Hospitals[0].Desk, w.id, v.Hospitals[0].Version, VisaLetter())
	w.check("letter", done.OK(), done.Problems, err)
}

// VisaLetter is what a hospital writes into one; the service adds the rest.
func VisaLetter() visa.Letter {
	return visa.Letter{Treatment: "Osteoarthritis of the right knee: replacement of the joint", Hospital: "Sample Hospital", HospitalAddress: "1 Beach Road (sample address)", HospitalNumber: "Sample 1",
		Doctor: "Dr Sample Rao", DoctorCouncil: "Sample Medical Council", DoctorNumber: "00000", Cost: "GBP 5,450, paid by the patient", ContactName: "International desk", ContactPhone: "+91 44 0000 0000",
		ContactEmail: "desk@sample.example"}
}

func (w *Walker) admit() {
	w.Pass(30 * aDay) // to the day of admission
	w.do(w.Hospitals[0].Desk, referral.Admit, referral.Input{Admission: &referral.Admission{On: w.today(), HospitalNumber: "MRN-1", FormFiled: true}})
}

func (w *Walker) treat() {
	w.Pass(aDay)
	w.do(w.Hospitals[0].Desk, referral.Treat, referral.Input{Procedure: &referral.ProcedureDone{Done: true, On: w.today()}})
}

// PlanOf is a schedule with somebody for each item.
func PlanOf(f discharge.Family, discharged when.Date) []discharge.PlanItem {
	plan := discharge.Plan(f, discharged)
	for i := range plan {
		plan[i].Provider, plan[i].Where, plan[i].Cost, plan[i].PaidBy = "Sample Aftercare Clinic", "Leicester", "About £60", "Patient"
	}
	return plan
}

func (w *Walker) leave() {
	if w.err != nil {
		return
	}
	operated := w.today()
	w.Pass(5 * aDay)
	p := Package(operated.AddDays(-1), w.today())
	who := Patient(w.n)
	p.Identity = discharge.Identity{Name: who.Given + " " + who.Family, Born: who.Born, Number: who.NHSNumber}
	p.Copies.OperationNote = w.operationNote()
	v, err := w.Look(w.ctx, w.Hospitals[0].Doctor, w.id)
	w.check("look", true, nil, err)
	if w.err != nil {
		return
	}
	p.Infection.Facility.Name, p.Infection.Facility.City = v.Hospitals[0].Listed.Name, v.Hospitals[0].Listed.City
	saved, err := w.SaveDischarge(w.ctx, w.Hospitals[0].Doctor, w.id, v.Hospitals[0].Version, *p, PlanOf(p.Family, p.Stay.Discharged))
	w.check("draft of the package", saved.OK(), saved.Problems, err)
	w.do(w.Hospitals[0].Doctor, referral.Discharge, referral.Input{})
}

// home is the way to the end: the package is received and acknowledged, the schedule is done.
func (w *Walker) home() {
	l, err := w.SetHandback(w.ctx, w.Coordinator, w.id, "gp", "records@practice.example")
	w.check("handback", l.OK(), l, err)
	w.do(w.Self(), referral.ConfirmReceipt, referral.Input{})
	w.do(auth.Actor{Person: w.id, Role: referral.Receiver}, referral.Acknowledge, referral.Input{Source: "Dr Sample Practice"})
	v, err := w.Look(w.ctx, w.Self(), w.id)
	w.check("look", true, nil, err)
	for _, item := range v.Aftercare {
		w.Pass(aDay)
		w.do(w.Self(), referral.RecordFollowUp, referral.Input{Item: item.Code})
	}
	w.do(w.Coordinator, referral.AskFeedback, referral.Input{})
	w.do(w.Coordinator, referral.Complete, referral.Input{})
}
