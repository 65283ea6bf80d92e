package handlers

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"carecorridor/catalogue"
	"carecorridor/internal/check"
	"carecorridor/internal/nhs"
	"carecorridor/internal/when"
	"carecorridor/referral"
	"carecorridor/views"
	"carecorridor/views/refer"
	"carecorridor/views/ui"
)

// referSheet is a page of the form as it is shown: the answers in it and what is wrong with them.
type referSheet struct {
	h   *Handlers
	v   url.Values
	bad check.List
}

// draw lays out the questions of a page: neighbours of the same fold or row are put together.
func (h *Handlers) drawRefer(p referPage, v url.Values, bad check.List) (out []views.Part) {
	s := referSheet{h: h, v: v, bad: bad}
	for n := 0; n < len(p.items); {
		i, end := p.items[n], n+1
		for end < len(p.items) && (i.fold != "" && p.items[end].fold == i.fold || i.row != "" && p.items[end].row == i.row) {
			end++
		}
		var parts []views.Part
		for _, one := range p.items[n:end] {
			parts = append(parts, s.draw(one, one.field)...)
		}
		switch {
		case i.fold != "":
			out = append(out, refer.Fold{Summary: i.fold, Open: s.used(p.items[n:end]), Parts: parts})
		case i.row != "":
			out = append(out, refer.Columns(parts))
		default:
			out = append(out, parts...)
		}
		n = end
	}
	return out
}

// used reports whether something was answered, or is wrong, among items: then they are not hidden.
func (s referSheet) used(items []referItem) bool {
	return slices.ContainsFunc(items, func(i referItem) bool { return s.v.Get(i.field) != "" || s.bad.On(i.problem()) != "" }) ||
		items[0].field == "no_nhs_number" && s.bad.On("nhs_number") != "" && s.v.Get("nhs_number") == ""
}

// draw is one question under a name.
func (s referSheet) draw(i referItem, name string) []views.Part {
	problem := s.bad.On(name)
	if i.at != "" {
		problem = s.bad.On(i.at)
	}
	id, value := idOf(name), s.v.Get(name)
	if i.at != "" {
		id = idOf(i.at)
	}
	switch i.kind {
	case aHeading:
		return []views.Part{views.Subheading{Text: i.label, Note: i.hint}}
	case oneOf, oneOfRow:
		c := ui.Choices{ID: id, Name: name, Legend: i.label, Hint: i.hint, Error: problem, Options: ticked(i.options, value)}
		if i.kind == oneOfRow {
			return []views.Part{refer.Inline{Choices: c}}
		}
		return []views.Part{c}
	case aDate:
		return []views.Part{ui.DateField{ID: id, Name: name, Legend: i.label, Hint: i.hint, Error: problem, Day: s.v.Get(name + "-day"), Month: s.v.Get(name + "-month"), Year: s.v.Get(name + "-year")}}
	case yesBox:
		return []views.Part{views.CheckBox{ID: id, Name: name, Text: i.label, Hint: i.hint, Error: problem, Checked: value == "yes"}}
	case yesWords:
		return []views.Part{refer.Inline{Choices: ui.Choices{ID: id, Name: name + ".is", Legend: i.label, Hint: i.hint, Error: problem, Options: ticked(i.options, s.v.Get(name+".is"))}},
			ui.Field{ID: id + "-words", Name: name + ".words", Label: i.details, Value: s.v.Get(name + ".words"), Error: s.bad.On(name + ".words")}}
	case manyItems:
		return []views.Part{s.many(i)}
	}
	f := ui.Field{ID: id, Name: name, Label: i.label, Hint: i.hint, Error: problem, Value: value, Width: i.width, Type: i.typed, Optional: i.optional, Rows: i.rows, Autocomplete: "off"}
	switch i.kind {
	case someLines:
		f.Type, f.Autocomplete = "textarea", ""
	case fromList:
		f.Type, f.Autocomplete, f.Options = "select", "", s.h.referOptions(i, value)
	case aNumber:
		f.InputMode = "decimal"
	}
	return []views.Part{f}
}

// many is the entries of a list with one more to fill in where there are none.
func (s referSheet) many(i referItem) refer.Repeat {
	n := entriesOf(s.v, i.field)
	if n == 0 && i.none != "" && s.v.Get(i.none) != "yes" || s.v.Get("do") == "add:"+i.field {
		n++
	}
	r := refer.Repeat{ID: idOf(i.field), Legend: i.label, Hint: i.hint, Error: s.bad.On(i.field), Count: ui.Hidden{Name: i.field + ".n", Value: strconv.Itoa(n)},
		Add: ui.Button{Text: "Add another", Hidden: lowerFirst(i.entry), Name: "do", Value: "add:" + i.field, Look: ui.Secondary, Icon: "plus"}}
	if n == 0 {
		r.Add.Text = "Add one"
	}
	if i.none != "" {
		r.None = &views.CheckBox{ID: i.none, Name: i.none, Text: i.noneText, Checked: s.v.Get(i.none) == "yes"}
	}
	for at := range n {
		legend := i.entry + " " + strconv.Itoa(at+1)
		e := refer.Entry{Legend: legend, Remove: &ui.Button{Text: "Remove", Hidden: lowerFirst(legend), Name: "do", Value: "remove:" + i.field + ":" + strconv.Itoa(at)}}
		for _, column := range i.columns {
			e.Parts = append(e.Parts, s.draw(column, i.field+"."+strconv.Itoa(at)+"."+column.field)...)
		}
		r.Entries = append(r.Entries, e)
	}
	return r
}

func ticked(list []ui.Choice, value string) []ui.Choice {
	out := slices.Clone(list)
	for n := range out {
		out[n].Checked = value != "" && out[n].Value == value
	}
	return out
}

// referOptions are what a list holds, the chosen one marked.
func (h *Handlers) referOptions(i referItem, value string) []ui.Option {
	out := []ui.Option{{Text: "Choose"}}
	for _, c := range h.referChoices(i) {
		if i.listOf == "treatments" && notReferred[c.Value] && c.Value != value {
			continue
		}
		out = append(out, ui.Option{Value: c.Value, Text: c.Text, Selected: c.Value == value})
	}
	if i.listOf == "languages" && value == "" {
		out[1].Selected = true // English
	}
	return out
}

// notReferred are treatments that are listed and cannot be asked for here: of children, of an emergency, and stays that
// need no referral. One that was chosen before stays chosen.
var notReferred = map[string]bool{
	"tetralogy-of-fallot-repair": true, "arterial-switch-operation": true, "fontan-procedure": true, "glenn-procedure": true, "av-canal-repair": true, "tapvc-repair": true,
	"undescended-testis-surgery": true, "paediatric-surgery-consultation": true, "hirschsprung-surgery": true, "anorectal-malformation-repair": true, "diaphragmatic-hernia-repair": true, "wilms-tumour-surgery": true,
	"neuroblastoma-surgery": true, "paediatric-hernia-surgery": true, "bladder-exstrophy-repair": true, "posterior-urethral-valve": true, "clubfoot-correction": true, "spina-bifida-repair": true,
	"stroke-thrombectomy": true, "fracture-fixation": true, "facial-fracture-repair": true, "appendicectomy": true, "dvt-thrombolysis": true,
	"panchakarma": true, "yoga-wellness-retreat": true, "botox-fillers": true, "teeth-whitening": true,
}

func (h *Handlers) referChoices(i referItem) []ui.Choice {
	switch i.listOf {
	case "treatments":
		return h.referTreatments()
	case "countries":
		return countries()
	case "languages":
		return spokenAtHome
	}
	return i.options
}

// referTreatments are those of the directory that may be arranged, by name.
func (h *Handlers) referTreatments() (out []ui.Choice) {
	for _, p := range h.cat.Reference().Procedures {
		if catalogue.ExclusionOf(p.Slug) == "" {
			out = append(out, ui.Choice{Value: p.Slug, Text: p.Name})
		}
	}
	slices.SortStableFunc(out, func(a, b ui.Choice) int { return strings.Compare(strings.ToLower(a.Text), strings.ToLower(b.Text)) })
	return out
}

// spokenAtHome are languages by their tag, English first.
var spokenAtHome = []ui.Choice{{Value: "en", Text: "English"}, {Value: "bfi", Text: "British Sign Language"}, {Value: "ar", Text: "Arabic"}, {Value: "bn", Text: "Bengali"}, {Value: "zh", Text: "Chinese"}, {Value: "gu", Text: "Gujarati"},
	{Value: "hi", Text: "Hindi"}, {Value: "kn", Text: "Kannada"}, {Value: "ml", Text: "Malayalam"}, {Value: "mr", Text: "Marathi"}, {Value: "ne", Text: "Nepali"}, {Value: "pl", Text: "Polish"}, {Value: "pt", Text: "Portuguese"}, {Value: "pa", Text: "Punjabi"},
	{Value: "ro", Text: "Romanian"}, {Value: "so", Text: "Somali"}, {Value: "es", Text: "Spanish"}, {Value: "ta", Text: "Tamil"}, {Value: "te", Text: "Telugu"}, {Value: "tr", Text: "Turkish"}, {Value: "ur", Text: "Urdu"}, {Value: "cy", Text: "Welsh"}}

// countries are all of ISO 3166 with their English names, the United Kingdom and India first.
var countries = sync.OnceValue(func() []ui.Choice {
	var out []ui.Choice
	names := display.English.Regions()
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			code := string([]rune{a, b})
			if r, err := language.ParseRegion(code); err == nil && r.IsCountry() && r.String() == code && r.Canonicalize() == r && code != "ZZ" {
				out = append(out, ui.Choice{Value: code, Text: names.Name(r)})
			}
		}
	}
	first := func(c ui.Choice) int { return slices.Index([]string{"IN", "GB"}, c.Value) }
	slices.SortFunc(out, func(a, b ui.Choice) int {
		if x, y := first(a), first(b); x != y {
			return y - x
		}
		return strings.Compare(a.Text, b.Text)
	})
	return out
})

// facts are the page's answers in words: to check, to compare, to print. Answers that were left out say so.
func (h *Handlers) referFacts(p referPage, w written) (out ui.SummaryList) {
	v := p.values(w)
	for _, i := range p.items {
		if i.kind == aHeading {
			continue
		}
		value := h.referWords(i, i.field, v)
		if value == "" && (i.optional || i.fold != "") || i.kind == yesBox && value == "No" {
			continue
		}
		out = append(out, referFact(i.label, value))
	}
	return out
}

func referFact(label, value string) ui.Fact {
	if value == "" {
		return ui.Fact{Label: label, Value: "Not provided", Missing: true}
	}
	return ui.Fact{Label: label, Value: value}
}

// referWords is one answer as people read it.
func (h *Handlers) referWords(i referItem, name string, v url.Values) string {
	value := v.Get(name)
	switch i.kind {
	case aDate:
		var bad check.List
		if d := referDay(v, name, "", &bad); d.Known() {
			return d.Long()
		}
		return ""
	case yesBox:
		if value == "yes" {
			return "Yes"
		}
		return "No"
	case yesWords:
		return strings.TrimSuffix(choiceText(i.options, v.Get(name+".is"))+". "+v.Get(name+".words"), ". ")
	case manyItems:
		return h.manyWords(i, v)
	case oneOf, oneOfRow, fromList:
		return choiceText(h.referChoices(i), value)
	}
	if name == "nhs_number" {
		return nhs.Number(value).String()
	}
	return value
}

func (h *Handlers) manyWords(i referItem, v url.Values) string {
	if i.none != "" && v.Get(i.none) == "yes" {
		return i.noneText
	}
	var lines []string
	for n := range entriesOf(v, i.field) {
		var words []string
		for _, column := range i.columns {
			if s := h.referWords(column, i.field+"."+strconv.Itoa(n)+"."+column.field, v); s != "" {
				words = append(words, s)
			}
		}
		lines = append(lines, strings.Join(words, ", "))
	}
	return strings.Join(lines, "\n")
}

func choiceText(list []ui.Choice, value string) string {
	for _, c := range list {
		if c.Value == value && value != "" {
			return c.Text
		}
	}
	return value
}

// identity is the bar that says whose referral it is; nil before there is a name.
func identity(v referral.View, today when.Date) *ui.Identity {
	p := v.Patient
	if p == nil || p.Family == "" && p.Given == "" {
		return nil
	}
	out := &ui.Identity{Name: strings.ToUpper(p.Family)}
	if p.Given != "" {
		out.Name += ", " + p.Given
	}
	if p.Title != "" {
		out.Name += " (" + p.Title + ")"
	}
	if p.Born.Known() {
		out.Facts = append(out.Facts, ui.Fact{Label: "Born", Value: p.Born.Long() + " (" + plural(referral.Age(p.Born, today), "year") + ")"})
	}
	number := nhs.Number(p.NHSNumber).String()
	out.Facts = append(out.Facts, ui.Fact{Label: "NHS number", Value: firstOf(number, "not known")})
	if p.Sex != "" {
		out.Facts = append(out.Facts, ui.Fact{Label: "Sex", Value: upperFirst(string(p.Sex))})
	}
	return out
}
