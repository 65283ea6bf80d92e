package ui

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"
)

func or(s, fallback string) string {
	if s == "" {
		return fallback
	}
	return s
}

func (b Badge) class() string {
	switch b.Tone {
	case Checked, Seen:
		return "ok"
	case "":
		return string(Neutral)
	}
	return string(b.Tone)
}

// badges puts the Sample badge before all others, so that no card of an invented hospital is without it.
func (r ResultCard) badges() Badges {
	if !r.Sample {
		return r.Badges
	}
	return append(Badges{{Tone: Warn, Text: "Sample, not a real hospital"}}, r.Badges...)
}

// IDOf makes parts into one element id: letters, digits and hyphens, everything else as its code.
func IDOf(parts ...string) string {
	id := strings.Join(parts, "-")
	if strings.IndexFunc(id, odd) < 0 {
		return id
	}
	var b strings.Builder
	for _, r := range id {
		if odd(r) {
			b.WriteString("_" + strconv.FormatInt(int64(r), 36))
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func odd(r rune) bool {
	return r != '-' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
}

func level(n int) int {
	if n < 2 || n > 4 {
		return 2
	}
	return n
}

func described(ids ...string) string {
	var out []string
	for i := 0; i+1 < len(ids); i += 2 {
		if ids[i+1] != "" {
			out = append(out, ids[i])
		}
	}
	return strings.Join(out, " ")
}

func idAttr(id string) templ.Attributes {
	if id == "" {
		return nil
	}
	return templ.Attributes{"id": id}
}

func (t StackTable) label(i int) string {
	if i >= len(t.Head) {
		return ""
	}
	return or(t.Head[i].Short, t.Head[i].Text)
}

func (t StackTable) number(i int) bool { return i < len(t.Head) && t.Head[i].Number }

func (f FilterPanel) summary() string {
	if f.Applied == 0 {
		return "Filters"
	}
	return "Filters (" + strconv.Itoa(f.Applied) + " applied)"
}

func (f Facet) kind() string {
	if f.Radio {
		return "radio"
	}
	return "checkbox"
}

func hospitals(count string) string {
	if count == "1" {
		return "hospital"
	}
	return "hospitals"
}

func (f Field) attributes() templ.OrderedAttributes {
	name := or(f.Name, f.ID)
	a := templ.OrderedAttributes{{Key: "id", Value: f.ID}, {Key: "name", Value: name}}
	for _, one := range []templ.KeyValue[string, any]{
		{Key: "autocomplete", Value: f.Autocomplete}, {Key: "inputmode", Value: f.InputMode},
		{Key: "aria-describedby", Value: described(f.ID+"-hint", f.Hint, f.ID+"-error", f.Error)},
	} {
		if one.Value != "" {
			a = append(a, one)
		}
	}
	if f.Error != "" {
		a = append(a, templ.KeyValue[string, any]{Key: "aria-invalid", Value: "true"})
	}
	return a
}

func (c Choices) attributes() templ.Attributes {
	d := described(c.ID+"-hint", c.Hint, c.ID+"-error", c.Error)
	if d == "" {
		return nil
	}
	return templ.Attributes{"aria-describedby": d}
}

func (c Choices) kind() string {
	if c.Many {
		return "checkbox"
	}
	return "radio"
}

// optionID is the field's own id for the first choice, so that an error summary can link to it.
func (c Choices) optionID(i int) string {
	if i == 0 {
		return c.ID
	}
	return c.ID + "-" + strconv.Itoa(i+1)
}

// again marks an element that replaces the one with its id after an update in place.
func again(update bool) templ.Attributes {
	if !update {
		return nil
	}
	return templ.Attributes{"hx-swap-oob": "true"}
}

// look is the class of a task's status: only work that is not done is coloured (NHS task list).
func (t Task) look() string {
	switch t.Status {
	case "In progress":
		return "cc-tasks__s--now"
	case "Not yet started":
		return "cc-tasks__s--new"
	case "There is a problem":
		return "cc-tasks__s--bad"
	case "Cannot start yet":
		return "cc-tasks__s--off"
	}
	return "cc-tasks__s--done"
}

func (d DateField) attributes() templ.Attributes {
	said := described(d.ID+"-hint", d.Hint, d.ID+"-error", d.Error)
	if said == "" {
		return nil
	}
	return templ.Attributes{"aria-describedby": said}
}
