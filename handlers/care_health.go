package handlers

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"carecorridor/internal/check"
	"carecorridor/internal/when"
	"carecorridor/referral"
	"carecorridor/referral/record"
	"carecorridor/views"
	"carecorridor/views/ui"
)

var stepProblem = careStepDef{
	name: "problem", title: "What is wrong", part: referral.InClinical,
	lead:   []string{"Write in your own words. Leave out your name and address."},
	fields: []string{"problem", "condition", "treatment", "question", "diagnosis", "history", "examination", "investigations"},
	values: func(v referral.View) url.Values {
		c := clinicalIn(v)
		return url.Values{"treatment": {c.Treatment}, "problem": {c.Problem}, "condition": {c.Condition.Text}, "question": {c.Question}, "diagnosis": {string(c.Diagnosis)}, "history": {c.History}, "investigations": {c.Investigations}}
	},
	parts: func(h *Handlers, v url.Values, bad check.List) []views.Part {
		options := []ui.Option{{Text: "Select a treatment"}}
		for _, p := range h.cat.Reference().Procedures {
			options = append(options, ui.Option{Value: p.Slug, Text: p.Name, Selected: p.Slug == v.Get("treatment")})
		}
		slices.SortStableFunc(options[1:], func(a, b ui.Option) int { return strings.Compare(strings.ToLower(a.Text), strings.ToLower(b.Text)) })
		return []views.Part{
			ui.Field{ID: "treatment", Label: "Treatment you want to ask about", Type: "select", Options: options, Error: bad.On("treatment")},
			area1("problem", "Your main problem", "What is wrong, since when, and what it keeps you from doing.", 6, v, bad),
			optional1(text1("condition", "Name of the illness, if you know it", "For example worn knee joint (osteoarthritis).", v, bad, "off")),
			radios("diagnosis", "How sure is this?", v, bad, ui.Choice{Value: "confirmed", Text: "A doctor confirmed it"}, ui.Choice{Value: "suspected", Text: "A doctor suspects it"}, ui.Choice{Value: "self_reported", Text: "I think so myself"}),
			optional1(area1("history", "What was tried", "Medicines, exercises, injections, operations, and what they changed.", 4, v, bad)),
			optional1(area1("investigations", "Tests you had", "X-rays, scans, blood tests, and what they showed. You can add the reports later.", 3, v, bad)),
			area1("question", "What do you want the hospital to answer?", "At most "+group(record.MaxAsked)+" characters.", 3, v, bad),
		}
	},
	read: func(v url.Values, view referral.View) (referral.Step, check.List) {
		c := clinicalIn(view)
		c.Treatment, c.Problem, c.Condition.Text = v.Get("treatment"), check.Lines(v.Get("problem")), one(v, "condition")
		c.Question, c.Diagnosis, c.History, c.Investigations = check.Lines(v.Get("question")), record.Diagnosis(v.Get("diagnosis")), check.Lines(v.Get("history")), check.Lines(v.Get("investigations"))
		return referral.Step{Part: referral.InClinical, Clinical: c}, nil
	},
}

func clinicalIn(v referral.View) (c record.Clinical) {
	if v.Clinical != nil {
		c = *v.Clinical
	}
	return c
}

var (
	conditionList = entryList{field: "other_conditions", title: "Other illnesses", hint: "Illnesses you have or had, such as diabetes or high blood pressure.", entry: "Illness", none: "no_other_conditions", noneText: "None that I know of", more: "Add more illnesses",
		columns: []column{{name: "text", label: "Illness"}}}
	medicineList = entryList{field: "medicines", title: "Medicines", hint: "All you take, with those you buy yourself and herbal ones.", entry: "Medicine", none: "no_medicines", noneText: "I take no medicines", more: "Add more medicines",
		columns: []column{{name: "drug", label: "Name"}, {name: "dose", label: "How much", hint: "For example 5 mg"}, {name: "frequency", label: "How often", hint: "For example every morning"}}}
	allergyList = entryList{field: "allergies", title: "Allergies", hint: "Medicines, latex, plasters, food, and what you did not stand well.", entry: "Allergy", none: "no_known_allergies", noneText: "No allergies that I know of", more: "Add more allergies",
		columns: []column{{name: "agent", label: "Allergic to"}, {name: "reaction", label: "What happened"}, {name: "severity", label: "How bad", options: []ui.Option{{Value: "unknown", Text: "Not sure"}, {Value: "mild", Text: "Mild"}, {Value: "moderate", Text: "Moderate"}, {Value: "severe", Text: "Severe"}}}}}
	operationList = entryList{field: "operations", title: "Operations you had", entry: "Operation", none: "no_operations", noneText: "None", more: "Add more operations",
		columns: []column{{name: "what", label: "Operation"}, {name: "on", label: "When, if you know the day", date: true}, {name: "problems", label: "Problems with it or with the anaesthetic"}}}
	stayList = entryList{field: "stays", title: "Nights in hospitals", hint: "If you said yes above: each stay in the last 12 months.", entry: "Stay", more: "Add more stays",
		columns: []column{{name: "facility", label: "Hospital or care home"}, {name: "country", label: "Country", options: careCountries}, {name: "from", label: "First day", date: true}, {name: "to", label: "Last day", date: true}}}
	implantList = entryList{field: "implants", title: "Implants and devices in your body", hint: "Pacemaker, joint, stent, lens, pump.", entry: "Implant", none: "no_implants", noneText: "None", more: "Add more implants",
		columns: []column{{name: "what", label: "Implant or device"}, {name: "mri", label: "May it go into an MRI scanner?", options: []ui.Option{{Value: "unknown", Text: "I do not know"}, {Value: "safe", Text: "Yes"}, {Value: "conditional", Text: "Under conditions"}, {Value: "unsafe", Text: "No"}}}}}
)

var stepHealth = careStepDef{
	name: "health", title: "Your health", part: referral.InClinical,
	lead:   []string{"If there is nothing to say, tick the box that says so. An empty list would leave the hospital guessing."},
	fields: []string{"other_conditions", "medicines", "allergies", "operations", "height_cm", "weight_kg", "smoking", "alcohol", "pregnant", "living"},
	lists:  []entryList{conditionList, medicineList, allergyList, operationList},
	values: healthValues, parts: healthParts, read: readHealth,
}

func healthValues(v referral.View) url.Values {
	c := clinicalIn(v)
	out := url.Values{"no_other_conditions": yesIf(c.NoConditions), "no_medicines": yesIf(c.NoMedicines), "no_known_allergies": yesIf(c.NoAllergies), "no_operations": yesIf(c.NoOperations),
		"height_cm": {number1(c.HeightCM)}, "weight_kg": {number1(c.WeightKG)}, "smoking": {c.Smoking}, "alcohol": {c.Alcohol}, "pregnant": {c.Pregnant}, "living": {c.Living}}
	for _, x := range c.Conditions {
		conditionList.add(out, map[string]string{"text": x.Text}, nil)
	}
	for _, x := range c.Medicines {
		medicineList.add(out, map[string]string{"drug": x.Drug, "dose": x.Dose, "frequency": x.Frequency}, nil)
	}
	for _, x := range c.Allergies {
		allergyList.add(out, map[string]string{"agent": x.Agent, "reaction": x.Reaction, "severity": x.Severity}, nil)
	}
	for _, x := range c.Operations {
		operationList.add(out, map[string]string{"what": x.What, "problems": x.Problems}, map[string]when.Date{"on": x.On})
	}
	return out
}

func healthParts(_ *Handlers, v url.Values, bad check.List) []views.Part {
	out := slices.Concat(conditionList.parts(v, bad), medicineList.parts(v, bad), allergyList.parts(v, bad), operationList.parts(v, bad))
	out = append(out, views.Subheading{Text: "You"},
		measure(text1("height_cm", "Height in centimetres", "5 feet 6 inches is about 168.", v, bad, "off")), measure(text1("weight_kg", "Weight in kilograms", "11 stone is about 70.", v, bad, "off")),
		radios("smoking", "Do you smoke?", v, bad, ui.Choice{Value: "never", Text: "I never did"}, ui.Choice{Value: "former", Text: "I stopped"}, ui.Choice{Value: "current", Text: "Yes"}),
		radios("alcohol", "How much alcohol do you drink in a week?", v, bad, ui.Choice{Value: "none", Text: "None"}, ui.Choice{Value: "within_14_units", Text: "Up to 14 units", Hint: "About 6 pints of beer or 10 small glasses of wine."}, ui.Choice{Value: "over_14_units", Text: "More than 14 units"}),
		radios("pregnant", "Are you pregnant, or could you be?", v, bad, ui.Choice{Value: "not_applicable", Text: "This does not apply to me"}, ui.Choice{Value: "no", Text: "No"}, ui.Choice{Value: "yes", Text: "Yes"}, ui.Choice{Value: "possible", Text: "Possibly"}),
		optional1(area1("living", "Who could help you at home afterwards?", "", 2, v, bad)))
	if v.Get("do") == "" && v.Has("version") {
		out = append(out, views.CheckBox{ID: "sure", Name: "sure", Text: "Height and weight are right", Checked: v.Get("sure") == "yes", Hint: "Tick this if we asked whether a value is right."})
	}
	return out
}

func measure(f ui.Field) ui.Field {
	f.Width, f.InputMode = "5", "decimal"
	return f
}

// number1 is a measure as people write it, "" for none.
func number1(n float64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}

func readNumber(v url.Values, name, what string, bad *check.List) float64 {
	s := strings.ReplaceAll(one(v, name), ",", ".")
	if s == "" {
		return 0
	}
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || n < 0 {
		bad.Add(name, "Enter %s in figures, such as 170", what)
		return 0
	}
	return n
}

func readHealth(v url.Values, view referral.View) (referral.Step, check.List) {
	var bad check.List
	c := clinicalIn(view)
	c.NoConditions, c.NoMedicines, c.NoAllergies, c.NoOperations = v.Get("no_other_conditions") == "yes", v.Get("no_medicines") == "yes", v.Get("no_known_allergies") == "yes", v.Get("no_operations") == "yes"
	c.Conditions, c.Medicines, c.Allergies, c.Operations = nil, nil, nil, nil
	for i := range conditionList.rows(v) {
		c.Conditions = append(c.Conditions, record.Code{Text: conditionList.get(v, i, "text")})
	}
	for i := range medicineList.rows(v) {
		c.Medicines = append(c.Medicines, record.Medicine{Drug: medicineList.get(v, i, "drug"), Dose: medicineList.get(v, i, "dose"), Frequency: medicineList.get(v, i, "frequency")})
	}
	for i := range allergyList.rows(v) {
		c.Allergies = append(c.Allergies, record.Allergy{Agent: allergyList.get(v, i, "agent"), Reaction: allergyList.get(v, i, "reaction"), Severity: allergyList.get(v, i, "severity")})
	}
	for i := range operationList.rows(v) {
		o := record.Operation{What: operationList.get(v, i, "what"), Problems: operationList.get(v, i, "problems"), On: operationList.date(v, i, "on", "the day of the operation", &bad)}
		o.DateKnown = o.On.Known()
		c.Operations = append(c.Operations, o)
	}
	c.HeightCM, c.WeightKG = readNumber(v, "height_cm", "your height", &bad), readNumber(v, "weight_kg", "your weight", &bad)
	c.Smoking, c.Alcohol, c.Pregnant, c.Living = v.Get("smoking"), v.Get("alcohol"), v.Get("pregnant"), check.Lines(v.Get("living"))
	return referral.Step{Part: referral.InClinical, Clinical: c}, bad
}
