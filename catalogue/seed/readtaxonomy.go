package seed

import (
	"maps"
	"slices"
	"strings"

	"carecorridor/models"
)

var aliasKinds = []string{"lay", "abbreviation", "misspelling", "transliteration", "us_spelling", "generic"}

func (r *reader) specialties() error {
	return each(r.fsys, specialtiesFile, func(s specialtyRec) error {
		src, err := r.source(s.Source)
		if err == nil {
			_, err = r.add("specialty", s.Slug)
		}
		r.Specialties = append(r.Specialties, models.Specialty{Slug: s.Slug, Name: s.Name, PlainName: s.PlainName,
			NHSCode: s.NHSCode, RTTFunction: s.RTT, SourceID: src})
		return first(err, filled("name", s.Name))
	})
}

func (r *reader) procedures() error {
	return each(r.fsys, proceduresFile, func(p procedureRec) error {
		src, err := r.source(p.Source)
		if err == nil {
			_, err = r.add("procedure", p.Slug)
		}
		for _, s := range append([]string{p.Specialty}, p.Other...) {
			if err == nil {
				_, err = r.must("specialty", "specialty", s)
			}
		}
		r.Procedures = append(r.Procedures, models.Procedure{Slug: p.Slug, Name: p.Name, SpecialtySlug: p.Specialty,
			OtherSpecialties: strings.Join(p.Other, " "), SourceID: src})
		return first(err, filled("name", p.Name), r.codes(p), r.stays(p))
	})
}

func (r *reader) codes(p procedureRec) error {
	for _, c := range p.Codes {
		src, err := r.source(c.Source)
		if err := first(err, oneOf("system", c.System, "OPCS-4", "SNOMED-CT", "PM-JAY"), filled("code", c.Code)); err != nil {
			return within("codes", err)
		}
		r.Codes = append(r.Codes, models.ProcedureCode{ProcedureSlug: p.Slug, System: c.System, Code: c.Code, Term: c.Term, SourceID: src})
	}
	return nil
}

func (r *reader) stays(p procedureRec) error {
	for _, s := range p.Stays {
		src, err := r.source(s.Source)
		if err == nil && (s.Min < 0 || s.Max < s.Min) {
			err = wrong("max", "%d to %d is not a span", s.Min, s.Max)
		}
		if err := first(err, filled("measure", s.Measure)); err != nil {
			return within("stays", err)
		}
		r.Stays = append(r.Stays, models.ProcedureStay{ProcedureSlug: p.Slug, Measure: s.Measure, Min: s.Min, Max: s.Max, SourceID: src})
	}
	return nil
}

func (r *reader) aliases() error {
	return each(r.fsys, aliasesFile, func(a aliasRec) error {
		err := oneOf("of", a.Of, "procedure", "specialty", "city", "hub", "accreditation", "language", "generic")
		if known := r.known[a.Of]; err == nil && known != nil {
			_, err = r.must(a.Of, "slug", a.Slug)
		}
		for _, kind := range slices.Sorted(maps.Keys(a.Terms)) {
			err = first(err, oneOf("terms", kind, aliasKinds...))
			for _, t := range a.Terms[kind] {
				err = first(err, filled("terms", t))
				r.Aliases = append(r.Aliases, models.Alias{Of: a.Of, Slug: a.Slug, Kind: kind, Term: t})
			}
		}
		return err
	})
}
