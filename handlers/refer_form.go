package handlers

import (
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/internal/nhs"
	"carecorridor/internal/when"
	"carecorridor/referral"
	"carecorridor/views/ui"
)

// A page of a referral's form is a list of items: which answer of the record, in which words it is asked. Drawing,
// reading, comparing and printing all come from it. An answer is found by its name in the record, such as "contact.name".

// referKind is how an item is asked.
type referKind int

const (
	oneLine referKind = iota
	someLines
	fromList  // one of many, in a list that opens
	oneOf     // one of a few, under each other
	oneOfRow  // one of very few, beside each other
	aDate     // in three inputs
	aNumber   // with decimals or without
	yesBox    // a box to tick
	yesWords  // yes, no or not known, with words
	manyItems // entries that are alike
	aHeading  // words between items
)

// referItem is one question.
type referItem struct {
	part     referral.Part
	field    string
	kind     referKind
	label    string
	hint     string
	details  string // yesWords: what is asked of those who say yes
	options  []ui.Choice
	width    string
	typed    string // of the input: email, tel
	rows     int
	number   bool // kept as a whole number
	optional bool
	fold     string // words that hide it, with its neighbours of the same fold
	row      string // items with the same word stand beside each other
	at       string // name of the field in problems, when it is not field
	entry    string // manyItems: what one is called
	none     string // manyItems: name of the answer that says there are none
	noneText string
	columns  []referItem
	listOf   string // fromList: what the site fills in: treatments, countries, languages
}

// problem is the name an item's problem has.
func (i referItem) problem() string { return firstOf(i.at, i.field) }

// referPage is one page of the form.
type referPage struct {
	slug, title string
	task        string // in the list of sections
	lead        []string
	items       []referItem
}

// parts are the parts of the record that a page writes, each once.
func (p referPage) parts() (out []referral.Part) {
	for _, i := range p.items {
		if i.part != "" && !slices.Contains(out, i.part) {
			out = append(out, i.part)
		}
	}
	return out
}

// asks reports whether a problem's field is on the page.
func (p referPage) asks(field string) bool {
	root, _, _ := strings.Cut(field, ".")
	return slices.ContainsFunc(p.items, func(i referItem) bool {
		own, _, _ := strings.Cut(i.problem(), ".")
		return i.part != "" && (own == root || i.none == root)
	})
}

// of are the problems of a list that the page asks about.
func (p referPage) of(l check.List) (out check.List) {
	for _, one := range l {
		if p.asks(one.Field) {
			out = append(out, one)
		}
	}
	return out
}

// written is the record by its parts, each as the names and values it is kept under.
type written map[referral.Part]map[string]any

// writtenOf is the record somebody may see; a part that was never saved is empty.
func writtenOf(v referral.View) written {
	return writtenIn(stepOf(v))
}

// stepOf is all parts of the record at once.
func stepOf(v referral.View) (s referral.Step) {
	if v.Patient != nil {
		s.Patient = *v.Patient
	}
	if v.Pathway != nil {
		s.Pathway = *v.Pathway
	}
	if v.Clinical != nil {
		s.Clinical = *v.Clinical
	}
	if v.Safety != nil {
		s.Safety = *v.Safety
	}
	if v.Preferences != nil {
		s.Preferences = *v.Preferences
	}
	return s
}

func writtenIn(s referral.Step) written {
	return written{referral.InPatient: asMap(s.Patient), referral.InPathway: asMap(s.Pathway), referral.InClinical: asMap(s.Clinical),
		referral.InSafety: asMap(s.Safety), referral.InPreferences: asMap(s.Preferences)}
}

func asMap(v any) map[string]any {
	out := map[string]any{}
	if b, err := json.Marshal(v); err == nil {
		_ = json.Unmarshal(b, &out)
	}
	return out
}

// step is the record as its parts.
func (w written) step() (s referral.Step, err error) {
	for part, into := range map[referral.Part]any{referral.InPatient: &s.Patient, referral.InPathway: &s.Pathway, referral.InClinical: &s.Clinical,
		referral.InSafety: &s.Safety, referral.InPreferences: &s.Preferences} {
		b, e := json.Marshal(w[part])
		if e == nil {
			e = json.Unmarshal(b, into)
		}
		if e != nil {
			err = fault.New(fault.Invalid, "referral form", e)
		}
	}
	return s, err
}

// get is the value under a name with dots.
func get(m map[string]any, name string) any {
	root, rest, deeper := strings.Cut(name, ".")
	if !deeper {
		return m[root]
	}
	inner, _ := m[root].(map[string]any)
	return get(inner, rest)
}

func put(m map[string]any, name string, value any) {
	root, rest, deeper := strings.Cut(name, ".")
	if !deeper {
		m[root] = value
		return
	}
	inner, ok := m[root].(map[string]any)
	if !ok {
		inner = map[string]any{}
		m[root] = inner
	}
	put(inner, rest, value)
}

// shown is a value as a form holds it.
func shown(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case bool:
		if v {
			return "yes"
		}
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return ""
}

// values are the page's answers as a form holds them.
func (p referPage) values(w written) url.Values {
	v := url.Values{}
	for _, i := range p.items {
		i.into(v, i.field, w[i.part])
	}
	return v
}

func (i referItem) into(v url.Values, name string, m map[string]any) {
	value := get(m, i.field)
	switch i.kind {
	case aHeading:
	case aDate:
		if d, err := when.ParseDate(shown(value)); err == nil && d.Known() {
			v.Set(name+"-day", strconv.Itoa(d.Day))
			v.Set(name+"-month", strconv.Itoa(int(d.Month)))
			v.Set(name+"-year", strconv.Itoa(d.Year))
		}
	case yesWords:
		v.Set(name+".is", shown(get(m, i.field+".is")))
		v.Set(name+".words", shown(get(m, i.field+".words")))
	case manyItems:
		i.intoMany(v, name, value, m)
	case aNumber:
		if n, ok := value.(float64); ok && n != 0 {
			v.Set(name, shown(n))
		}
	default:
		s := shown(value)
		if i.field == "nhs_number" {
			s = nhs.Number(s).String()
		}
		if s != "" {
			v.Set(name, s)
		}
	}
}

func (i referItem) intoMany(v url.Values, name string, value any, m map[string]any) {
	list, _ := value.([]any)
	for n, one := range list {
		entry, _ := one.(map[string]any)
		for _, column := range i.columns {
			column.into(v, name+"."+strconv.Itoa(n)+"."+column.field, entry)
		}
	}
	v.Set(name+".n", strconv.Itoa(len(list)))
	if i.none != "" {
		v.Set(i.none, shown(get(m, i.none)))
	}
}

// read writes what a form holds over the record and says what cannot be read.
func (p referPage) read(v url.Values, w written, bad *check.List) {
	for _, i := range p.items {
		if i.part == "" {
			continue
		}
		if w[i.part] == nil {
			w[i.part] = map[string]any{}
		}
		i.from(v, i.field, w[i.part], bad)
	}
}

func (i referItem) from(v url.Values, name string, m map[string]any, bad *check.List) {
	typed := strings.TrimSpace(check.Lines(v.Get(name)))
	switch i.kind {
	case aHeading:
	case aDate:
		put(m, i.field, referDay(v, name, i.label, bad).String())
	case yesBox:
		put(m, i.field, typed == "yes")
	case aNumber:
		i.readNumber(m, name, typed, bad)
	case oneOfRow, oneOf, fromList:
		i.readChoice(m, typed)
	case yesWords:
		put(m, i.field+".is", v.Get(name+".is"))
		put(m, i.field+".words", strings.TrimSpace(check.Lines(v.Get(name+".words"))))
	case manyItems:
		i.fromMany(v, name, m, bad)
	default:
		put(m, i.field, typed)
	}
}

func (i referItem) readChoice(m map[string]any, typed string) {
	if n, err := strconv.Atoi(typed); i.number && err == nil {
		put(m, i.field, n)
	} else if i.number {
		put(m, i.field, nil)
	} else {
		put(m, i.field, typed)
	}
}

func (i referItem) readNumber(m map[string]any, name, typed string, bad *check.List) {
	if typed == "" {
		put(m, i.field, nil)
		return
	}
	n, err := strconv.ParseFloat(strings.Replace(typed, ",", ".", 1), 64)
	if err != nil || n < 0 || n > 1e6 {
		bad.Add(name, "%s must be a number", i.label)
		n = 0
	}
	put(m, i.field, n)
}

func (i referItem) fromMany(v url.Values, name string, m map[string]any, bad *check.List) {
	list := []any{}
	for n := range entriesOf(v, name) {
		entry := map[string]any{}
		for _, column := range i.columns {
			column.from(v, name+"."+strconv.Itoa(n)+"."+column.field, entry, bad)
		}
		list = append(list, entry)
	}
	put(m, i.field, list)
	if i.none != "" {
		put(m, i.none, v.Get(i.none) == "yes")
	}
}

// mostEntries a form may hold in one list; more are cut off, as record.MaxEntries refuses them.
const mostEntries = 60
