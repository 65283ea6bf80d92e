package referral

import (
	"slices"
	"strings"
	"time"

	"carecorridor/internal/check"
	"carecorridor/internal/when"
)

func needHospitals(in Input, c Case) (l check.List) {
	l.Need(len(in.Hospitals) > 0, "hospitals", "Select at least 1 hospital")
	routable := c.F.Routable()
	for _, id := range in.Hospitals {
		if !slices.Contains(routable, id) {
			l.Add("hospitals", "A selected hospital is not eligible, was sent it already, or the patient has not agreed to it")
			break
		}
	}
	return l
}

func needNewHospital(in Input, c Case) (l check.List) {
	l.Need(in.New != nil && in.New.ID != "" && in.New.Org != "", "hospital", "Select a hospital")
	if in.New == nil {
		return l
	}
	taken := slices.ContainsFunc(c.F.Providers, func(p Provider) bool { return p.ID == in.New.ID || p.Org == in.New.Org })
	l.Need(!taken, "hospital", "This hospital is on the list already")
	return l
}

func needQuote(in Input, c Case) check.List {
	if in.Quote == nil {
		return check.List{{Field: "quote", Say: "Enter the quote"}}
	}
	return append(in.Quote.Check(c.F.Today()), in.Quote.answered()...)
}

func needDates(in Input, c Case) (l check.List) {
	d, today := in.Dates, c.F.Today()
	l.Need(d.Arrive.Known(), "arrive", "Enter the day the patient should arrive")
	l.Need(d.Admit.Known(), "admit", "Enter the day of admission")
	l.Need(d.Leave.Known(), "leave", "Enter the first day the patient can fly home")
	if !l.OK() {
		return l
	}
	l.Need(today.Before(d.Arrive), "arrive", "The arrival must be after today")
	l.Need(!d.Admit.Before(d.Arrive), "admit", "The admission cannot be before the arrival")
	l.Need(d.Admit.Before(d.Leave), "leave", "The journey home must be after the admission")
	l.Need(strings.TrimSpace(in.Text) != "", "text", "Enter the name of the clinician who will treat the patient")
	l.Line("text", "The name", in.Text, 200)
	return l
}

func needGate(in Input, _ Case) (l check.List) {
	_, ok := RuleOf(in.Gate)
	l.Need(ok, "gate", "Select which condition")
	return l
}

func needEvidence(in Input, c Case) (l check.List) {
	r, ok := RuleOf(in.Gate)
	if !ok || !slices.Contains(r.Who, c.Who.Role) {
		return check.List{{Field: "gate", Say: "Select a condition that is yours to confirm"}}
	}
	for _, name := range r.Evidence {
		field := "evidence." + strings.ReplaceAll(name, " ", "_")
		l.Need(strings.TrimSpace(in.Evidence[name]) != "", field, "Enter: %s", name)
		l.Text(field, "This", in.Evidence[name], MaxComment)
	}
	l.Need(in.Gate != G6 || slices.Contains([]string{"0", "1", "2"}, strings.TrimSpace(in.Evidence["attendants"])), "evidence.attendants",
		"Up to %d people can travel with you on a medical visa", MaxAttendants)
	l.Need(in.Gate != G4 || c.F.Choice.GPShare != GPUnset, "evidence.choice", "First choose what your GP gets")
	l.Need(!c.F.Today().Before(in.On), "on", "The date must be today or in the past")
	return l
}

func needAdmission(in Input, c Case) (l check.List) {
	if in.Admission == nil {
		return check.List{{Field: "admission", Say: "Enter the admission"}}
	}
	l.Need(in.Admission.On.Known() && !c.F.Today().AddDays(1).Before(in.Admission.On), "on", "Enter the day of admission, today or in the past") // India's day may be ahead
	l.Need(!in.Admission.On.Known() || !in.Admission.On.Before(dayOf(c.F.Choice.AcceptedAt)), "on", "The admission cannot be before the day the patient accepted your offer")
	l.Need(strings.TrimSpace(in.Admission.HospitalNumber) != "", "hospital_number", "Enter the hospital's number for this patient")
	l.Line("hospital_number", "The number", in.Admission.HospitalNumber, 40)
	l.Need(in.Admission.FormFiled, "form_iii_filed", "Confirm that the report of a foreign patient (Form III) was filed")
	return l
}

// dayOf a moment in the United Kingdom; of none, no day.
func dayOf(t time.Time) when.Date {
	if t.IsZero() {
		return when.Date{}
	}
	return when.DateOf(t.In(london))
}

func needProcedure(in Input, c Case) (l check.List) {
	if in.Procedure == nil {
		return check.List{{Field: "done", Say: "Say whether the treatment took place"}}
	}
	if !in.Procedure.Done {
		return words("why", "reason why it did not take place", in.Procedure.Why, true)
	}
	l.Need(in.Procedure.On.Known() && !c.F.Today().AddDays(1).Before(in.Procedure.On), "on", "Enter the day of the treatment, today or in the past")
	l.Need(!in.Procedure.On.Known() || !in.Procedure.On.Before(c.F.Care.AdmittedOn), "on", "The treatment cannot be before the admission")
	return l
}

func needDay(in Input, c Case) (l check.List) {
	l.Need(in.On.Known() && !c.F.Today().Before(in.On), "on", "Enter a day, today or in the past")
	return l
}
