package listing

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/nyaruka/phonenumbers"
	"golang.org/x/text/unicode/norm"

	"carecorridor/catalogue"
	"carecorridor/catalogue/pricelist"
	"carecorridor/internal/check"
	"carecorridor/internal/when"
)

// canonical is a value as it is kept: composed, without spaces around it, and dates, amounts and counts in one way.
// Words that nobody can see are none. What cannot be read stays as it was typed, for check to say what is wrong.
func canonical(s Section, f Field, value string, k pricelist.Reference) string {
	value = strings.TrimSpace(norm.NFC.String(check.Lines(value)))
	if check.Blank(value) {
		return ""
	}
	if s.Name == "package" && f.Name != Removed && f.Name != pricelist.FieldProcedure {
		var r pricelist.Row
		if f.Kind == Lines && strings.Contains(value, ";") {
			value += "\n" // a line each: a semicolon divides nothing here
		}
		if r.Set(f.Name, value, k) == "" {
			return r.Text(f.Name, k)
		}
		return value
	}
	switch f.Kind {
	case Day:
		if d, say := pricelist.Day(value); say == "" {
			return d.String()
		}
	case Whole:
		if n, err := strconv.ParseInt(strings.NewReplacer(",", "", " ", "").Replace(value), 10, 64); err == nil {
			return strconv.FormatInt(n, 10)
		}
	case Phone:
		if n, err := phonenumbers.Parse(value, "IN"); err == nil && phonenumbers.IsPossibleNumber(n) {
			return phonenumbers.Format(n, phonenumbers.INTERNATIONAL)
		}
	}
	return value
}

// key is what an entry may be called.
var key = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,63}$`)

// language is what a language may be called: its lower case English name.
var language = regexp.MustCompile(`^[a-z][a-z -]{1,30}$`)

// fieldProblem says what is wrong with a value, "" when nothing is. An empty value is never wrong here: whether it is
// needed is asked when it is sent.
func (s *Service) fieldProblem(p Path, value string, k pricelist.Reference) string {
	section, entry, name := p.parts()
	in, _ := SectionOf(section)
	f, _ := in.Field(name)
	if say := s.keyProblem(in, entry); say != "" || value == "" {
		return say
	}
	var l check.List
	switch f.Kind {
	case Line, Phone, Web, Choice, Term, File, Flag, Day, Whole, Pounds, Rupees, Standard:
		l.Line(name, "This", value, most(f))
	default:
		l.Text(name, "This", value, most(f))
	}
	if !l.OK() {
		return l[0].Say
	}
	if in.Name == "package" && name != Removed && name != pricelist.FieldProcedure {
		var r pricelist.Row
		return r.Set(name, value, k)
	}
	return s.kindProblem(p, f, value)
}

func most(f Field) int {
	switch {
	case f.Kind == Whole || f.Kind == Day:
		return 40
	case f.Most > 0:
		return f.Most
	}
	return 200
}

func (s *Service) keyProblem(in Section, entry string) string {
	if in.Entries == "" {
		return ""
	}
	ref := s.Catalogue.Reference()
	ok := key.MatchString(entry)
	switch {
	case in.Fixed:
		ok = slices.ContainsFunc(in.Known, func(o Option) bool { return o.Value == entry }) || key.MatchString(entry)
	case in.Name == "specialty":
		_, ok = ref.Specialty(entry)
	case in.Name == "procedure":
		if _, ok = ref.Procedure(entry); ok && catalogue.ExclusionOf(entry) != "" {
			return "This treatment is never listed for travel"
		}
	case in.Name == "language":
		ok = language.MatchString(entry)
	}
	if !ok {
		return "This is not in our list"
	}
	return ""
}

var pin = regexp.MustCompile(`^[1-9][0-9]{5}$`)

func (s *Service) kindProblem(p Path, f Field, value string) string {
	switch f.Kind {
	case Choice:
		if !slices.ContainsFunc(f.Options, func(o Option) bool { return o.Value == value }) {
			return "Select one of the answers"
		}
	case Flag:
		if value != "yes" {
			return "Tick the box or leave it empty"
		}
	case Day:
		if _, err := when.ParseDate(value); err != nil {
			return fmt.Sprintf("“%s” is not a date. Write it like 31/12/2026", short(value))
		}
	case Whole:
		most := f.Most
		if most == thisYear {
			most = s.Today().Year
		}
		n, err := strconv.Atoi(value)
		if err != nil || n < f.Least || n > most {
			return fmt.Sprintf("Enter a whole number from %d to %d", f.Least, most)
		}
	case Phone:
		if n, err := phonenumbers.Parse(value, "IN"); err != nil || !phonenumbers.IsPossibleNumber(n) {
			return "Enter a telephone number with its country code, such as +91 44 5550 0123"
		}
	case Web:
		u, err := url.Parse(value)
		if err != nil || u.Scheme != "https" && u.Scheme != "http" || !strings.Contains(u.Hostname(), ".") || u.User != nil {
			return "Enter a web address that begins with https://"
		}
	case Term:
		return s.termProblem(f, value)
	}
	if p == "about/postcode" && !pin.MatchString(value) {
		return "Enter the 6 digits of the PIN code"
	}
	return ""
}

func (s *Service) termProblem(f Field, value string) string {
	ref := s.Catalogue.Reference()
	if f.Name == "specialty" {
		if _, ok := ref.Specialty(value); !ok {
			return "Select a specialty from the list"
		}
		return ""
	}
	if _, ok := ref.Procedure(value); !ok {
		return "Select a treatment from the list"
	}
	if catalogue.ExclusionOf(value) != "" {
		return "This treatment is never listed for travel"
	}
	return ""
}

// short is a value for a sentence.
func short(s string) string {
	if r := []rune(s); len(r) > 30 {
		return string(r[:29]) + "…"
	}
	return s
}

// judge finds what is wrong with the changed fields, and between fields of an entry of which one changed.
func (s *Service) judge(w *work, changed []Edit, saved *Saved) {
	k := w.k
	fields := map[string][]string{} // unit → changed fields
	var units []Path
	for _, e := range changed {
		if say := s.fieldProblem(e.Path, e.Value, k); say != "" {
			saved.Problems.Add(string(e.Path), "%s", say)
			continue
		}
		if u := e.Path.Unit(); fields[u] == nil {
			units = append(units, e.Path)
		}
		fields[e.Path.Unit()] = append(fields[e.Path.Unit()], e.Path.Field())
	}
	for _, p := range units {
		entry := w.entry(p)
		if entry[Removed] == "yes" {
			continue
		}
		problems, questions := s.entryProblems(p, entry, k)
		for _, x := range problems {
			if touches(fields[p.Unit()], x.field) && entry[x.field] != "" {
				saved.Problems.Add(string(PathOf(p.Section(), p.Key(), x.field)), "%s", x.say)
			}
		}
		for _, q := range questions {
			if touches(fields[p.Unit()], q.Path.Field()) {
				saved.Questions = append(saved.Questions, q)
			}
		}
	}
	tooMany(w, &saved.Problems)
}

// together are fields that are judged with each other: a problem told at one may come from another.
var together = [][]string{
	{"valid_from", "valid_to"}, {"stay_nights", "days_in_india", "room"}, {"implant", "includes.implant"}, {"price_gbp", "price_inr", "procedure", "on_top"},
	{"numerator", "denominator"}, {"period_from", "period_to"},
}

// touches reports whether a problem told at a field may come from one of the fields changed.
func touches(changed []string, field string) bool {
	if slices.Contains(changed, field) {
		return true
	}
	for _, group := range together {
		if slices.Contains(group, field) && slices.ContainsFunc(changed, func(f string) bool { return slices.Contains(group, f) }) {
			return true
		}
	}
	return strings.HasPrefix(field, pricelist.FieldIncludes) && slices.ContainsFunc(changed, func(f string) bool { return strings.HasPrefix(f, pricelist.FieldIncludes) })
}

// tooMany counts the entries of sections that have a limit.
func tooMany(w *work, problems *check.List) {
	count := map[string]map[string]bool{}
	note := func(p Path) {
		if sec, k, _ := p.parts(); k != "" {
			if count[sec] == nil {
				count[sec] = map[string]bool{}
			}
			count[sec][k] = true
		}
	}
	for p := range w.live {
		note(p)
	}
	for p := range w.drafts {
		note(p)
	}
	for _, sec := range Sections {
		if n := len(count[sec.Name]); sec.Most > 0 && n > sec.Most {
			problems.Add(sec.Name, "List at most %d. There are %d", sec.Most, n)
		}
	}
}
