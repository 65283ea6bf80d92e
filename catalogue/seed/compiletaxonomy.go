package seed

import (
	"cmp"
	"strings"
)

type specialtyIn struct {
	Slug      string   `json:"slug"`
	Name      string   `json:"name"`
	PlainName string   `json:"plain_name"`
	Lay       []string `json:"lay_terms"`
	Indian    []string `json:"spelling_and_indian_terms"`
	Hindi     []string `json:"hindi_punjabi_transliterations"`
	NHSCode   string   `json:"nhs_specialty_code"`
	RTT       string   `json:"nhs_rtt_treatment_function"`
	Tags      []string `json:"provider_specialty_tags"`
}

type procedureIn struct {
	Slug          string   `json:"slug"`
	Name          string   `json:"name"`
	Specialty     string   `json:"specialty"`
	Other         []string `json:"other_specialties"`
	Lay           []string `json:"lay_terms"`
	Abbreviations []string `json:"abbreviations"`
	Misspellings  []string `json:"misspellings"`
	Hindi         []string `json:"hindi_punjabi_transliterations"`
	US            []string `json:"us_spelling_variants"`
	Codes         struct {
		OPCS4  []codeIn `json:"opcs4"`
		SNOMED []codeIn `json:"snomed_ct"`
		PMJAY  []codeIn `json:"pmjay"`
	} `json:"codes"`
	Stay *stayIn `json:"stay"`
}

type codeIn struct {
	Code    string `json:"code"`
	Term    string `json:"term"`
	Source  string `json:"source"`
	Version string `json:"hbp_version"`
}

func (c *compiler) compileSpecialties() error {
	var out []specialtyRec
	c.specialties = newSpecialtyIndex()
	err := eachJSON(c.dir, specialtiesFile, func(s specialtyIn) error {
		src := vocabulary
		if s.NHSCode != "" {
			src = c.src.dataset("nhs-specialty-codes")
		}
		c.specialties.add(s)
		out = append(out, specialtyRec{s.Slug, s.Name, s.PlainName, s.NHSCode, s.RTT, src})
		return nil
	})
	if err != nil {
		return err
	}
	return put(c.out, specialtiesFile, out)
}

func (c *compiler) compileProcedures() error {
	var out []procedureRec
	c.procedures = newProcedureIndex()
	err := eachJSON(c.dir, proceduresFile, func(p procedureIn) error {
		c.procedures.add(p)
		out = append(out, procedureRec{Slug: p.Slug, Name: p.Name, Specialty: p.Specialty, Other: p.Other,
			Source: vocabulary, Codes: c.codes(p), Stays: c.stays(p.Stay)})
		return nil
	})
	if err != nil {
		return err
	}
	return put(c.out, proceduresFile, out)
}

// packageList names the PM-JAY list of a version: the same code means different things in the two.
var packageList = map[string]string{"2022": "pmjay_hbp2022_seed.sql", "2.0": "vybhav72954/access-gate"}

func (c *compiler) codes(p procedureIn) (out []codeRec) {
	seen := map[string]bool{}
	take := func(system string, in []codeIn) {
		for _, k := range in {
			if k.Code == "" || seen[system+k.Code] { // a term without its code is no code
				continue
			}
			seen[system+k.Code] = true
			src := c.src.cite(cmp.Or(k.Source, packageList[k.Version]), "")
			out = append(out, codeRec{system, k.Code, strings.TrimSpace(k.Term), src})
		}
	}
	take("OPCS-4", p.Codes.OPCS4)
	take("SNOMED-CT", p.Codes.SNOMED)
	take("PM-JAY", p.Codes.PMJAY)
	return out
}
