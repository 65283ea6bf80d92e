package pricelist

import (
	"regexp"
	"slices"
	"strings"

	"carecorridor/internal/check"
	"carecorridor/internal/money"
	"carecorridor/internal/when"
)

// Check holds a whole row against the rules: what must be put right, and what must be asked. Problems are in the order
// of the fields; rows from a form and from a file are judged alike.
func Check(r Row, k Reference) (problems []Problem, questions []Question) {
	var l check.List
	r.checkWhat(&l, k)
	r.checkPrice(&l)
	r.checkDays(&l, k.Today)
	r.checkStay(&l)
	r.checkIncludes(&l)
	r.checkLists(&l)
	for _, p := range l {
		problems = append(problems, Problem{Field: p.Field, Say: p.Say})
	}
	return problems, r.ask(k)
}

func (r Row) checkWhat(l *check.List, k Reference) {
	p, known := k.procedures[r.Procedure]
	l.Need(r.Procedure != "", FieldProcedure, "Enter the treatment, with its name from the template")
	l.Need(known || r.Procedure == "", FieldProcedure, "“%s” is not a treatment in our list. Use its name from the template", short(r.Procedure))
	l.Need(!p.Excluded, FieldProcedure, "%s is never listed for travel. Leave the row out", p.Name)
	need(l, FieldName, "Enter the name of the package", "The name of the package", r.Name, MaxName)
	none := r.Nights != nil && *r.Nights == 0
	l.Need(slices.Contains(Rooms, r.Room) || r.Room == "" && none, FieldRoom, "Select the room: %s", strings.Join(Rooms, ", "))
	l.Need(r.Room != Rooms[0] || none || r.Nights == nil, FieldRoom, "A day case has no night in hospital. Select another room or write 0 nights")
}

func (r Row) checkPrice(l *check.List) {
	in := func(n *int64, least, most int64) bool { return n == nil || *n >= least && *n <= most }
	l.Need(r.GBP != nil, FieldGBP, "Enter the full price in pounds")
	l.Need(in(r.GBP, MinGBP, MaxGBP), FieldGBP, "The price in pounds must be %s to %s", money.Amount{Minor: MinGBP, Currency: money.GBP}, money.Amount{Minor: MaxGBP, Currency: money.GBP})
	l.Need(in(r.INR, MinINR, MaxINR), FieldINR, "The price in rupees must be %s to %s, or left out", money.Amount{Minor: MinINR, Currency: money.INR}, money.Amount{Minor: MaxINR, Currency: money.INR})
}

func (r Row) checkDays(l *check.List, today when.Date) {
	last := when.DateOf(today.Time().AddDate(0, MaxAhead, 0))
	switch {
	case !r.To.Known():
		l.Add(FieldTo, "Enter the date the price is valid until")
	case r.To.Before(today):
		l.Add(FieldTo, "The price ended on %s. Enter a date from %s on, or leave the row out", r.To.Long(), today.Long())
	case last.Before(r.To):
		l.Add(FieldTo, "The price must end by %s, %d months from today", last.Long(), MaxAhead)
	}
	l.Need(!r.From.Known() || !r.To.Known() || !r.To.Before(r.From), FieldFrom, "The first day (%s) is after the last day (%s). Change one of them", r.From.Long(), r.To.Long())
}

func (r Row) checkStay(l *check.List) {
	in := func(n *int, least, most int) bool { return n != nil && *n >= least && *n <= most }
	l.Need(in(r.Nights, 0, MaxNights), FieldNights, "Enter the nights in hospital, 0 to %d. Write 0 for a day case", MaxNights)
	l.Need(in(r.Days, 1, MaxDays), FieldDays, "Enter the days in India in all, 1 to %d, the day of arrival and the last counted", MaxDays)
	if in(r.Nights, 0, MaxNights) && in(r.Days, 1, MaxDays) {
		l.Need(*r.Days > *r.Nights, FieldDays, "%d nights in hospital need at least %d days in India", *r.Nights, *r.Nights+1)
	}
	text(l, FieldImplant, "The implant", r.Implant, MaxWords)
	need(l, FieldAssessedAt, "Say where the assessment before the operation is: a place, or by video", "The place of the assessment", r.AssessedAt, MaxWords)
	need(l, FieldAssessedWhen, "Say when the assessment before the operation is, for example the day after arrival", "The time of the assessment", r.AssessedWhen, MaxWords)
}

// always are items that no treatment is without, so that no full price leaves them out or puts them on top.
func (r Row) always(key string) bool {
	return key == "taxes" || key == "stay" && r.Nights != nil && *r.Nights > 0
}

func (r Row) checkIncludes(l *check.List) {
	for _, item := range Items {
		field, a := FieldIncludes+item.Key, r.Includes[item.Key]
		switch {
		case a.Is == "":
			l.Add(field, "Say whether the price includes it: yes, no, or on top: £210 per night")
		case a.Is != Yes && r.always(item.Key):
			l.Add(field, "Everybody pays this. Put it into the full price and write yes")
		case a.Is == OnTop && a.Charge == nil:
			l.Add(field, "Say how much comes on top, for example on top: £210 per night")
		case a.Is == OnTop:
			checkCharge(l, field, *a.Charge)
		case a.Is != Yes && a.Is != No:
			l.Add(field, "Write yes, no, or on top: £210 per night")
		}
	}
	l.Need(r.Implant == "" || r.Includes["implant"].Is != No, FieldImplant, "You name an implant but say that the treatment needs none. Change one of them")
}

var unit = regexp.MustCompile(`^[\pL][\pL -]*$`)

func checkCharge(l *check.List, field string, c Charge) {
	name := ""
	if c.Label != "" {
		name = " (" + short(c.Label) + ")"
	}
	l.Need(!c.Must, field, "A charge that everybody pays%s is part of the full price. Add it to the price and leave it out here", name)
	if c.Amount != nil {
		l.Need(c.Amount.Currency == money.GBP || c.Amount.Currency == money.INR, field, "Write the charge%s in pounds or rupees", name)
		l.Need(c.Amount.Minor > 0 && c.Amount.Minor <= MaxINR, field, "The charge%s must be more than 0. Leave it out if nothing is paid", name)
	}
	l.Need(c.Per == "" || len(c.Per) <= MaxPer && unit.MatchString(c.Per), field, "Say what the charge%s is for in 1 or 2 words, for example per night", name)
}

func (r Row) checkLists(l *check.List) {
	list := func(field, what string, entries []string) {
		l.Need(len(entries) <= MaxEntries, field, "%s may have %d entries at most. There are %d", what, MaxEntries, len(entries))
		seen := map[string]bool{}
		for _, e := range entries[:min(len(entries), MaxEntries)] {
			need(l, field, "Say what the charge is for, before the colon", "“"+short(e)+"”", e, MaxName)
			l.Need(!seen[fold(e)], field, "“%s” is there twice", short(e))
			seen[fold(e)] = true
		}
	}
	var labels []string
	for _, c := range r.OnTop {
		labels = append(labels, c.Label)
	}
	list(FieldAlso, "What is also included", r.Also)
	list(FieldLeavesOut, "What is not included", r.LeavesOut)
	list(FieldOnTop, "What may be paid on top", labels)
	for _, c := range r.OnTop[:min(len(r.OnTop), MaxEntries)] {
		checkCharge(l, FieldOnTop, c)
	}
}

// need asks for words that must be there; text judges them when they are.
func need(l *check.List, field, empty, what, s string, most int) {
	if check.Blank(s) {
		l.Add(field, "%s", empty)
		return
	}
	text(l, field, what, s, most)
}

func text(l *check.List, field, what, s string, most int) {
	l.Line(field, what, s, most)
	l.Need(!strings.ContainsRune(s, '\uFFFD'), field, "%s has signs that were lost when the file was saved (�). Type them again and save the file as “CSV UTF-8”", what)
}
