package listing

import (
	"strconv"

	"carecorridor/catalogue/pricelist"
	"carecorridor/internal/when"
)

// fieldSay is a problem of one field of an entry.
type fieldSay struct{ field, say string }

// entryProblems judges an entry as a whole: what its fields say of each other, and what is still needed. Questions are
// of prices alone.
func (s *Service) entryProblems(p Path, entry map[string]string, k pricelist.Reference) (out []fieldSay, questions []Question) {
	section, key, name := p.parts()
	in, _ := SectionOf(section)
	add := func(field, say string) { out = append(out, fieldSay{field, say}) }
	if key == "" {
		if f, _ := in.Field(name); f.Needed && entry[name] == "" {
			add(name, needed(f))
		}
		return out, nil
	}
	if section == "package" {
		return packageProblems(key, entry, k)
	}
	for _, f := range in.Fields {
		if f.Needed && entry[f.Name] == "" {
			add(f.Name, needed(f))
		}
	}
	switch section {
	case "certificate":
		s.certificateProblems(entry, add)
	case "measure":
		s.measureProblems(entry, add)
	}
	return out, nil
}

func needed(f Field) string {
	if f.Kind == File {
		return "Choose a file: " + f.Label
	}
	return "This is needed: " + f.Label
}

func packageProblems(key string, entry map[string]string, k pricelist.Reference) (out []fieldSay, questions []Question) {
	row, wrong := rowFrom(key, entry, k)
	for _, field := range pricelist.Fields() { // as the form and the file have them
		if say := wrong[field]; say != "" {
			out = append(out, fieldSay{field, say})
		}
	}
	problems, asked := pricelist.Check(row, k)
	for _, p := range problems {
		if wrong[p.Field] == "" {
			out = append(out, fieldSay{p.Field, p.Say})
		}
	}
	for _, q := range asked {
		questions = append(questions, Question{PathOf("package", key, q.Field), q.Say})
	}
	return out, questions
}

func (s *Service) certificateProblems(entry map[string]string, add func(field, say string)) {
	from, to := day(entry["valid_from"]), day(entry["valid_to"])
	switch {
	case from.Known() && to.Known() && to.Before(from):
		add("valid_to", "The last day ("+to.Long()+") is before the first day ("+from.Long()+"). Change one of them")
	case to.Known() && to.Before(s.Today()):
		add("valid_to", "This certificate ended on "+to.Long()+". Send the one that replaced it")
	}
	if from.Known() && s.Today().AddDays(366).Before(from) {
		add("valid_from", "The first day is more than a year from now")
	}
}

func (s *Service) measureProblems(entry map[string]string, add func(field, say string)) {
	n, e1 := strconv.Atoi(entry["numerator"])
	of, e2 := strconv.Atoi(entry["denominator"])
	if e1 == nil && e2 == nil && n > of {
		add("numerator", "How many had it ("+entry["numerator"]+") is more than out of how many ("+entry["denominator"]+")")
	}
	from, to := day(entry["period_from"]), day(entry["period_to"])
	switch {
	case from.Known() && to.Known() && to.Before(from):
		add("period_to", "The last day ("+to.Long()+") is before the first day ("+from.Long()+"). Change one of them")
	case s.Today().Before(to):
		add("period_to", "The period has not ended yet")
	}
}

func day(s string) when.Date {
	d, err := when.ParseDate(s)
	if err != nil {
		return when.Date{}
	}
	return d
}
