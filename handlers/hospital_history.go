package handlers

import (
	"fmt"
	"regexp"
	"strings"

	"carecorridor/catalogue/listing"
	"carecorridor/models"
	"carecorridor/views"
)

// historyNames is how many entries a line of the history names; of more it says how many there are.
const historyNames = 5

// historyLine is everything that happened to one thing on one day.
type historyLine struct {
	on, iso, about string
	says           []string // of one thing: what changed; of several things that came or went: their names
	came           string   // "added" or "taken out" of such a line
}

// history tells the public changes of a listing, newest first: one line for each day and entry, and one for all
// entries of a kind that came or went together.
func (h *Handlers) history(changes []models.Change) []views.Event {
	var lines []*historyLine
	at := map[string]*historyLine{}
	for _, c := range changes {
		on := ukDay(c.At)
		key, line := h.historyLine(c)
		line.on, line.iso = on.Long(), on.String()
		if held := at[on.String()+" "+key]; key != "" && held != nil {
			held.says = append(held.says, line.says...)
			continue
		}
		lines = append(lines, &line)
		at[on.String()+" "+key] = &line
	}
	var out []views.Event
	for _, l := range lines {
		out = append(out, views.Event{On: l.on, ISO: l.iso, What: l.text()})
	}
	return out
}

func (l historyLine) text() string {
	switch {
	case l.came == "":
		return strings.TrimPrefix(l.about+": "+strings.Join(l.says, "; "), ": ")
	case len(l.says) > historyNames+1:
		return fmt.Sprintf("%s %s: %s and %s more", l.about, l.came, strings.Join(l.says[:historyNames], ", "), group(len(l.says)-historyNames))
	}
	return l.about + " " + l.came + ": " + strings.Join(l.says, ", ")
}

// historyLine reads one change. Lines with the same key are told together; "" is told alone, in its own words.
func (h *Handlers) historyLine(c models.Change) (key string, l historyLine) {
	p := listing.Path(c.Field)
	section, entry, _ := strings.Cut(c.Field, "/")
	in, ok := listing.SectionOf(section)
	if ok && in.Entries == "" {
		f, _ := in.Field(entry)
		return section, historyLine{about: in.Title, says: []string{h.fieldChanged(f, c)}}
	}
	if name, came := cameOrWent(c.What); ok && came != "" {
		if section == "specialty" || section == "procedure" {
			name = listing.TermName(section, entry, h.cat.Reference())
		}
		return section + " " + came, historyLine{about: in.Title, came: came, says: []string{name}}
	}
	if f, known := in.Field(p.Field()); known {
		if name, cut := strings.CutSuffix(c.What, ": "+lowerFirst(f.Label)+" changed"); cut {
			return p.Unit(), historyLine{about: name, says: []string{h.fieldChanged(f, c)}}
		}
	}
	return "", historyLine{says: []string{isoDay.ReplaceAllStringFunc(wholeSentence(c), longOr)}}
}

// isoDay is a date as it is stored.
var isoDay = regexp.MustCompile(`\b\d{4}-\d\d-\d\d\b`)

// wholeSentence is a change that a whole sentence tells.
func wholeSentence(c models.Change) string {
	switch {
	case c.OldValue != "" && c.NewValue != "":
		return c.What + ": from " + c.OldValue + " to " + c.NewValue
	case c.OldValue != "":
		return c.What + ": " + c.OldValue + " before"
	case c.NewValue != "":
		return c.What + ": " + c.NewValue
	}
	return c.What
}

// cameOrWent reads "Tamil: added".
func cameOrWent(what string) (name, came string) {
	for _, came := range []string{"added", "taken out"} {
		if name, ok := strings.CutSuffix(what, ": "+came); ok {
			return name, came
		}
	}
	return "", ""
}

// fieldChanged tells of one field: "beds changed from 320 to 333".
func (h *Handlers) fieldChanged(f listing.Field, c models.Change) string {
	label := strings.TrimRight(lowerFirst(f.Label), ", £₹")
	return label + valuesChanged(h.historyValue(f, c.OldValue), h.historyValue(f, c.NewValue))
}

func valuesChanged(old, now string) string {
	switch {
	case old != "" && now != "":
		return " changed from " + old + " to " + now
	case now != "":
		return " added: " + now
	case old != "":
		return " taken out: " + old
	}
	return " changed"
}

// historyValue is a value of the history as people read it: words stand in quotes, figures and dates do not. Amounts are kept
// with their sign.
func (h *Handlers) historyValue(f listing.Field, value string) string {
	if value == "" {
		return ""
	}
	switch f.Kind {
	case listing.Line, listing.Text, listing.Lines, listing.Term, listing.Choice, listing.Standard:
		return "“" + h.shownValue(f, value) + "”"
	case listing.Pounds, listing.Rupees:
		value = strings.ReplaceAll(strings.TrimLeft(value, "£₹"), ",", "")
	}
	return h.shownValue(f, value)
}
