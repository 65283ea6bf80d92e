package handlers

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"carecorridor/catalogue"
	"carecorridor/catalogue/listing"
	"carecorridor/internal/check"
	"carecorridor/internal/money"
	"carecorridor/internal/when"
	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/portal"
	"carecorridor/views/ui"
)

// seenPrefix names the hidden input that says what a field showed when its page was made.
const seenPrefix = "seen:"

// editor is a draft with what somebody typed over it: what a page of the editor shows.
type editor struct {
	d    listing.Draft
	form url.Values // nil: nothing was typed
	bad  check.List

	live  map[string]map[string]string // public values by entry, where a page needs them
	units map[string][]listing.Change  // changes by unit, likewise
}

// typedAt reports whether a path was on the form that was sent.
func (s editor) typedAt(p listing.Path) bool { return s.form.Has(seenPrefix + string(p)) }

// value is what the field of a path shows: what was typed, else what is held.
func (s editor) value(p listing.Path) string {
	if s.typedAt(p) {
		return formValue(s.form, p)
	}
	return s.d.Value(p)
}

// seen is the value that the form was made with, so that a colleague's change meanwhile is noticed.
func (s editor) seen(p listing.Path) string {
	if s.typedAt(p) {
		return s.form.Get(seenPrefix + string(p))
	}
	return s.d.Value(p)
}

func (s editor) problem(p listing.Path) string { return s.bad.On(string(p)) }

// formValue reads a field: a date comes in three inputs, the answer about a standard item in two.
func formValue(form url.Values, p listing.Path) string {
	name := string(p)
	if form.Has(name + "-day") {
		parts := []string{strings.TrimSpace(form.Get(name + "-day")), strings.TrimSpace(form.Get(name + "-month")), strings.TrimSpace(form.Get(name + "-year"))}
		if strings.Join(parts, "") == "" {
			return ""
		}
		return strings.Join(parts, "/")
	}
	value := check.Lines(form.Get(name))
	if form.Has(name + "-charge") {
		charge := strings.TrimSpace(form.Get(name + "-charge"))
		switch {
		case value == "on_top":
			return strings.TrimSpace("on top: " + charge)
		case value == "" && charge != "":
			return "on top: " + charge
		}
	}
	return value
}

// editsOf are the values of a form that belong to the sections of a page, in their order.
func editsOf(form url.Values, sections []string, key string) []listing.Edit {
	var names []string
	for name := range form {
		if p, ok := strings.CutPrefix(name, seenPrefix); ok {
			names = append(names, p)
		}
	}
	slices.Sort(names)
	var out []listing.Edit
	for _, name := range names {
		p := listing.Path(name)
		if slices.Contains(sections, p.Section()) && (key == "" || p.Key() == key) {
			out = append(out, listing.Edit{Path: p, Seen: form.Get(seenPrefix + name), Value: formValue(form, p)})
		}
	}
	return out
}

func (s editor) keepSeen(p listing.Path) views.Part {
	return keeps{{Name: seenPrefix + string(p), Value: s.seen(p)}}
}

// public is the hint that says what is live when the draft differs.
func (h *Handlers) public(s editor, p listing.Path, f listing.Field, hint string) string {
	change, ok := s.d.Change(p)
	if !ok {
		return hint
	}
	now := "nothing"
	if change.Live != "" {
		now = h.shownValue(f, change.Live)
	}
	return strings.TrimSpace(hint + " Public now: " + now + ".")
}

// field is one field of the editor with what it was made with.
func (h *Handlers) field(s editor, p listing.Path, f listing.Field) []views.Part {
	id, name, value, say := fieldID(p), string(p), s.value(p), s.problem(p)
	hint := h.public(s, p, f, f.Hint)
	var part views.Part
	switch f.Kind {
	case listing.Day:
		part = dayField(id, name, f.Label, hint, say, value, s.form, s.typedAt(p))
	case listing.Choice:
		part = ui.Field{ID: id, Name: name, Label: f.Label, Hint: hint, Error: say, Type: "select", Options: choicesOf(f.Options, value)}
	case listing.Term:
		part = ui.Field{ID: id, Name: name, Label: f.Label, Hint: hint, Error: say, Type: "select", Options: h.terms(f.Name, value)}
	case listing.Text, listing.Lines:
		part = ui.Field{ID: id, Name: name, Label: f.Label, Hint: hint, Error: say, Value: value, Type: "textarea", Rows: 4}
	case listing.Pounds, listing.Rupees:
		c, sign := money.GBP, "£"
		if f.Kind == listing.Rupees {
			c, sign = money.INR, "₹"
		}
		part = ui.Field{ID: id, Name: name, Label: f.Label, Hint: hint, Error: say, Value: amountShown(value, c), Prefix: sign, InputMode: "decimal"}
	case listing.Whole:
		part = ui.Field{ID: id, Name: name, Label: f.Label, Hint: hint, Error: say, Value: value, InputMode: "numeric", Width: "5"}
	case listing.Phone:
		part = ui.Field{ID: id, Name: name, Label: f.Label, Hint: hint, Error: say, Value: value, Type: "tel"}
	default:
		part = ui.Field{ID: id, Name: name, Label: f.Label, Hint: hint, Error: say, Value: value}
	}
	return []views.Part{part, s.keepSeen(p)}
}

// dayField shows a date that is held, or the three inputs as they were typed.
func dayField(id, name, label, hint, say, value string, form url.Values, typed bool) ui.DateField {
	d := ui.DateField{ID: id, Name: name, Legend: label, Hint: firstOf(hint, "For example, 30 4 2027."), Error: say}
	if typed && form.Has(name+"-day") {
		d.Day, d.Month, d.Year = form.Get(name+"-day"), form.Get(name+"-month"), form.Get(name+"-year")
		return d
	}
	if on, err := when.ParseDate(value); err == nil && on.Known() {
		d.Day, d.Month, d.Year = strconv.Itoa(on.Day), strconv.Itoa(int(on.Month)), strconv.Itoa(on.Year)
	}
	return d
}

func choicesOf(list []listing.Option, value string) []ui.Option {
	out := []ui.Option{{Value: "", Text: "Choose"}}
	for _, o := range list {
		out = append(out, ui.Option{Value: o.Value, Text: o.Text, Selected: o.Value == value})
	}
	return out
}

// terms are the treatments or specialties that may be chosen, by name.
func (h *Handlers) terms(field, value string) []ui.Option {
	out := []ui.Option{{Value: "", Text: "Choose"}}
	ref := h.cat.Reference()
	if field == "specialty" {
		for _, s := range ref.Specialties {
			out = append(out, ui.Option{Value: s.Slug, Text: s.Name, Selected: s.Slug == value})
		}
	} else {
		for _, p := range ref.Procedures {
			if catalogue.ExclusionOf(p.Slug) == "" {
				out = append(out, ui.Option{Value: p.Slug, Text: p.Name, Selected: p.Slug == value})
			}
		}
	}
	slices.SortStableFunc(out[1:], func(a, b ui.Option) int { return strings.Compare(strings.ToLower(a.Text), strings.ToLower(b.Text)) })
	return out
}

// amountShown groups a held amount as people write it; anything else stays as it was typed.
func amountShown(value string, c money.Currency) string {
	whole, pence, _ := strings.Cut(value, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || n < 0 || strings.Trim(pence, "0123456789") != "" {
		return value
	}
	if pence != "" {
		return money.Group(n, c) + "." + pence
	}
	return money.Group(n, c)
}

// shownValue is a held value as people read it.
func (h *Handlers) shownValue(f listing.Field, value string) string {
	if value == "" {
		return ""
	}
	switch f.Kind {
	case listing.Day:
		return longOr(value)
	case listing.Pounds:
		return "£" + amountShown(value, money.GBP)
	case listing.Rupees:
		return "₹" + amountShown(value, money.INR)
	case listing.Flag:
		return sayYes(value)
	case listing.File:
		return "A file"
	case listing.Term:
		return listing.TermName(f.Name, value, h.cat.Reference())
	case listing.Standard:
		switch value {
		case "yes":
			return "In the price"
		case "no":
			return "Not needed"
		}
		return upperFirst(value)
	}
	for _, o := range f.Options {
		if o.Value == value {
			return o.Text
		}
	}
	return value
}

// standard is a standard item of a package with its answer.
func (h *Handlers) standard(s editor, p listing.Path, f listing.Field) portal.Item {
	i := portal.Item{Path: string(p), ID: fieldID(p), Label: f.Label, Seen: s.seen(p), Error: s.problem(p), Was: h.public(s, p, f, "")}
	if s.typedAt(p) && s.form.Has(string(p)+"-charge") {
		i.Answer, i.Charge = s.form.Get(string(p)), s.form.Get(string(p)+"-charge")
		return i
	}
	i.Answer = s.value(p)
	if charge, ok := strings.CutPrefix(i.Answer, "on top:"); ok {
		i.Answer, i.Charge = "on_top", strings.TrimSpace(charge)
	}
	return i
}

// keeps are hidden inputs among the parts of a form.
type keeps []ui.Hidden

// View draws them.
func (k keeps) View() templ.Component { return ui.Keep(k) }

// draftBar is the bar at the foot of each editor.
func draftBar(form string) portal.Bar {
	return portal.Bar{For: form, Strong: "Your live listing stays as it is", Text: "until a checker approves this draft, usually within 2 working days.", Buttons: []ui.Button{
		{Text: "Save draft", Name: "do", Value: "save", Look: ui.Secondary}, {Text: "Preview", Href: link.PortalPreview, Look: ui.Secondary}, {Text: "Send for checking", Name: "do", Value: "send"}}}
}
