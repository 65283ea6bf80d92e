package listing

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"carecorridor/catalogue"
	"carecorridor/catalogue/pricelist"
	"carecorridor/internal/fault"
	"carecorridor/internal/money"
	"carecorridor/models"
)

// ruling is the decision an application rests on; nil when a rule approved it.
type ruling struct {
	v        *models.Verification
	evidence Evidence
}

// apply makes the new values of a unit public: rows, history, and what follows. The entry is the live one with the
// diffs over it, so that a value which somebody drafts meanwhile does not slip through.
func (s *Service) apply(w *work, u unit, diffs []Diff, why *ruling) error {
	section, key, _ := u.at.parts()
	entry := w.public(u.name)
	for _, d := range diffs {
		entry[d.Path.Field()] = d.New
	}
	told, err := s.seen(w, why)
	if err != nil {
		return err
	}
	switch section {
	case "about":
		err = s.applyAbout(w, diffs, told)
	case "specialty", "procedure", "language":
		err = s.applyListed(w, section, key, entry, told)
	case "aftercare", "service", "amr":
		err = s.applyStatement(w, section, key, entry, told)
	case "package":
		err = s.applyPackage(w, key, entry, told)
	case "certificate":
		err = s.applyCertificate(w, key, entry, told, why)
	case "clinician":
		err = s.applyClinician(w, key, entry, told, why)
	case "measure":
		err = s.applyMeasure(w, key, entry, told)
	case "photo":
		err = s.applyPhoto(w, key, entry, told)
	default:
		err = fault.New(fault.Broken, "listing", fmt.Errorf("section %q", section))
	}
	if err != nil {
		return err
	}
	if err := w.tell(u, diffs, entry, told); err != nil {
		return err
	}
	return w.tx.KeepListing(w.b.ID)
}

// told is the source of what a hospital tells us itself.
func (s *Service) told(w *work) (int64, error) {
	src := models.Source{Key: "told-" + strconv.FormatInt(w.b.ID, 10), Kind: "page", Title: w.b.Name + ": told to us by the hospital", Publisher: w.b.Name}
	if w.b.Sample {
		src.Kind, src.Title = "sample", w.b.Name+": invented for the demonstration"
	}
	return w.tx.EnsureSource(src)
}

func (s *Service) fact(value, note string, told int64) *models.Fact {
	if value == "" {
		return nil
	}
	return &models.Fact{Value: value, Note: note, Evidence: "hospital_says", AsOf: s.Today().String(), SourceID: told}
}

func (s *Service) applyAbout(w *work, diffs []Diff, told int64) error {
	for _, d := range diffs {
		switch name := facts[d.Path]; {
		case name != "":
			if err := w.tx.SetFact(w.b.ID, name, s.fact(d.New, "", told)); err != nil {
				return err
			}
		case d.Path == "about/name":
			p := w.b.Provider
			p.Name = d.New
			if err := w.tx.SaveProvider(&p); err != nil {
				return err
			}
			w.b.Provider = p
		default:
			site := w.b.Main
			if site.ID == 0 {
				return fault.Say(fault.Conflict, "listing", "This listing has no place yet. Write to us and we add it")
			}
			if site.SourceID = &told; d.Path == "about/postcode" {
				site.Postcode = d.New
			} else {
				site.Address = d.New
			}
			if err := w.tx.SetSite(site); err != nil {
				return err
			}
			w.b.Main = site
		}
	}
	return nil
}

func (s *Service) applyListed(w *work, section, key string, entry map[string]string, told int64) error {
	on := entry["listed"] == "yes" && entry[Removed] != "yes"
	switch section {
	case "specialty":
		return w.tx.SetSpecialty(models.ProviderSpecialty{ProviderID: w.b.ID, SpecialtySlug: key, SourceID: told}, on)
	case "procedure":
		return w.tx.SetProcedure(models.ProviderProcedure{ProviderID: w.b.ID, ProcedureSlug: key, SourceID: told}, on)
	}
	return w.tx.SetLanguage(models.ProviderLanguage{ProviderID: w.b.ID, Language: key, SourceID: told}, on)
}

func (s *Service) applyStatement(w *work, section, key string, entry map[string]string, told int64) error {
	is := statements[section]
	return w.tx.SetFact(w.b.ID, is.prefix+key, s.fact(entry[is.field], entry["note"], told))
}

func (s *Service) applyPackage(w *work, key string, entry map[string]string, told int64) error {
	p := models.Package{ProviderID: w.b.ID, Key: key}
	for _, held := range w.b.Packages {
		if PackageKey(held.Package) == key {
			p = held.Package
		}
	}
	old := p
	if entry[Removed] == "yes" {
		if p.ID == 0 {
			return nil
		}
		if err := w.tx.DropPackage(p); err != nil {
			return err
		}
		return w.price(key, &old, nil)
	}
	row, wrong := rowFrom(key, entry, w.k)
	for field, say := range wrong {
		return fault.Say(fault.Conflict, "listing", "This price cannot be read any more ("+pricelist.Label(field)+"): "+say)
	}
	p, items := packageOf(p, row)
	p.SourceID, p.Live = told, !p.Paused
	if err := w.tx.SavePackage(&p, items); err != nil {
		return err
	}
	if old.ID == 0 {
		return w.price(key, nil, &p)
	}
	return w.price(key, &old, &p)
}

// price keeps a step of a price's history, when it is one.
func (w *work) price(key string, old, now *models.Package) error {
	c := models.PriceChange{ProviderID: w.b.ID, PackageKey: key}
	if old != nil {
		c.ProcedureSlug, c.Name, c.OldMinor, c.OldCurrency, c.ValidTo = old.ProcedureSlug, old.Name, &old.AmountMinor, old.Currency, old.ValidTo
	}
	if now != nil {
		c.ProcedureSlug, c.Name, c.NewMinor, c.NewCurrency, c.ValidTo = now.ProcedureSlug, now.Name, &now.AmountMinor, now.Currency, now.ValidTo
	}
	if old != nil && now != nil && old.AmountMinor == now.AmountMinor && old.Currency == now.Currency && old.ValidTo == now.ValidTo {
		return nil
	}
	return w.tx.AddPriceChange(c)
}

func (s *Service) applyClinician(w *work, key string, entry map[string]string, told int64, why *ruling) error {
	if entry[Removed] == "yes" {
		return w.tx.DropEntry(w.b.ID, "clinicians", key)
	}
	c := models.Clinician{ID: key, ProviderID: w.b.ID, Name: entry["name"], Qualification: entry["qualification"], Council: entry["council"],
		RegistrationNo: entry["registration"], RegisteredYear: whole(entry["year"]), SpecialtySlug: filled(entry["specialty"]), Link: entry["link"],
		State: models.CertificateVerified, CheckedOn: s.Today(), SourceID: told}
	if why != nil && why.evidence.Retrieved.Known() {
		c.CheckedOn = why.evidence.Retrieved
	}
	c.NextCheck = c.CheckedOn.AddDays(ClinicianDays)
	return w.tx.PutClinician(c)
}

func (s *Service) applyMeasure(w *work, key string, entry map[string]string, told int64) error {
	if entry[Removed] == "yes" {
		return w.tx.DropEntry(w.b.ID, "quality_measures", key)
	}
	n, _ := strconv.ParseInt(entry["numerator"], 10, 64)
	of, _ := strconv.ParseInt(entry["denominator"], 10, 64)
	return w.tx.PutMeasure(models.QualityMeasure{ID: key, ProviderID: w.b.ID, Title: entry["title"], ProcedureSlug: filled(entry["procedure"]), Numerator: n, Denominator: of,
		PeriodFrom: day(entry["period_from"]), PeriodTo: day(entry["period_to"]), Method: entry["method"], CheckedOn: s.Today(), SourceID: told})
}

func (s *Service) applyPhoto(w *work, key string, entry map[string]string, told int64) error {
	if entry[Removed] == "yes" {
		return w.tx.DropEntry(w.b.ID, "photos", key)
	}
	return w.tx.PutPhoto(models.Photo{ID: key, ProviderID: w.b.ID, FileID: entry["file"], Alt: entry["alt"], TakenYear: whole(entry["taken"]),
		CheckedOn: s.Today(), SourceID: told})
}

// tell adds the public lines of history: one for an entry that came or went, else one for each field.
func (w *work) tell(u unit, diffs []Diff, entry map[string]string, told int64) error {
	in, _ := SectionOf(u.at.Section())
	name := title(in, u.at, entry, w.ref)
	line := func(c models.Change) error {
		c.ProviderID, c.SourceID = w.b.ID, &told
		return w.tx.Change(c)
	}
	switch {
	case entry[Removed] == "yes" || in.Fixed && diffs[0].New == "" && len(w.entries[u.name]) == len(diffs):
		return line(models.Change{What: name + ": taken out", Field: u.name})
	case u.fresh:
		return line(models.Change{What: name + ": added", Field: u.name})
	}
	for _, d := range diffs {
		c := models.Change{What: name + ": " + lowerFirst(d.Label) + " changed", Field: string(d.Path)}
		if in.Entries == "" {
			c.What = d.Label + " changed"
		}
		if brief(d.Old) && brief(d.New) && d.Path.Field() != "file" {
			c.OldValue, c.NewValue = readable(d.Path, d.Old), readable(d.Path, d.New)
		}
		if err := line(c); err != nil {
			return err
		}
	}
	return nil
}

// title names a unit in words: "Knee replacement, one side", "NABH certificate H-2006-0008".
func title(in Section, at Path, entry map[string]string, ref *catalogue.Reference) string {
	_, key, field := at.parts()
	for _, o := range in.Known {
		if o.Value == key {
			return o.Text
		}
	}
	first := func(names ...string) string {
		for _, n := range names {
			if entry[n] != "" {
				return entry[n]
			}
		}
		return key
	}
	switch in.Name {
	case "certificate":
		return upperFirst(strings.TrimSpace(entry["body"] + " certificate " + entry["number"]))
	case "photo":
		return "Photo: " + first("alt")
	case "specialty", "procedure":
		return TermName(in.Name, key, ref)
	case "language":
		return upperFirst(key)
	case "about":
		f, _ := in.Field(field)
		return f.Label
	}
	return first("name", "title")
}

// TermName is the name of a treatment, or of a specialty where the field or section is one; a slug that nobody knows is
// read as words.
func TermName(field, slug string, ref *catalogue.Reference) string {
	if ref != nil && field == "specialty" {
		if s, ok := ref.Specialty(slug); ok {
			return s.Name
		}
	} else if ref != nil {
		if p, ok := ref.Procedure(slug); ok {
			return p.Name
		}
	}
	return upperFirst(strings.ReplaceAll(slug, "-", " "))
}

// brief values fit into a line of history.
func brief(s string) bool { return utf8.RuneCountInString(s) <= 120 && !strings.Contains(s, "\n") }

// readable is a value as people read it.
func readable(p Path, value string) string {
	in, _ := SectionOf(p.Section())
	f, _ := in.Field(p.Field())
	switch {
	case value == "":
		return ""
	case f.Kind == Pounds:
		return "£" + grouped(value, money.GBP)
	case f.Kind == Rupees:
		return "₹" + grouped(value, money.INR)
	case f.Kind == Day:
		return day(value).Long()
	}
	return value
}

// grouped is an amount as people write it: "1,950", "1,950.50".
func grouped(value string, c money.Currency) string {
	big, pence, found := strings.Cut(value, ".")
	n, err := strconv.ParseInt(big, 10, 64)
	if err != nil {
		return value
	}
	if found {
		pence = "." + pence
	}
	return money.Group(n, c) + pence
}

func whole(s string) *int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return nil
	}
	return &n
}

func filled(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func upperFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return strings.ToUpper(string(r)) + s[n:]
}

func lowerFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return strings.ToLower(string(r)) + s[n:]
}
