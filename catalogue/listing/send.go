package listing

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"carecorridor/auth"
	"carecorridor/catalogue/pricelist"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/models"
)

// SentOff is what came of Send.
type SentOff struct {
	Live  []Path   // approved by rule
	Items []string // ids of checks
}

// Send hands what is drafted to the alliance, one item for each unit, and puts trivial changes live at once.
// units nil: everything but what came back and was not changed since. ListingSend. With problems nothing is sent; Field is the path.
func (s *Service) Send(ctx context.Context, who auth.Actor, provider int64, units []string) (SentOff, check.List, error) {
	if err := auth.May(who, auth.ListingSend, near(who, provider)); err != nil {
		return SentOff{}, nil, err
	}
	var sent SentOff
	var problems check.List
	err := s.Store.Write(ctx, func(tx *models.Tx) error {
		sent, problems = SentOff{}, nil
		w, err := s.open(tx, provider)
		if err != nil {
			return err
		}
		all := w.ready(units)
		for _, u := range all {
			s.sendProblems(w, u, &problems)
		}
		if tooMany(w, &problems); !problems.OK() || len(all) == 0 {
			return nil
		}
		for _, u := range all {
			if err := s.sendUnit(w, who, u, &sent); err != nil {
				return err
			}
		}
		return tx.Audit(audited(who, auth.ListingSend, provider, map[string]string{"items": strconv.Itoa(len(sent.Items)), "live": strconv.Itoa(len(sent.Live))}))
	})
	return sent, problems, err
}

// unit is what is sent at once.
type unit struct {
	name   string
	at     Path   // a path of it
	fields []Path // that change, in order
	fresh  bool   // nothing of it is public
}

// ready are the units with something to send. What was rejected is sent again only after it was changed; what came back, too,
// unless it is asked for by name.
func (w *work) ready(only []string) []unit {
	by, changed := map[string]*unit{}, map[string]bool{}
	var order []Path
	for path, d := range w.drafts {
		if d.State == string(Drafted) || d.State == string(SentBack) {
			order = append(order, path)
			changed[path.Unit()] = changed[path.Unit()] || d.State == string(Drafted)
		}
	}
	slices.SortFunc(order, compare)
	var names []string
	for _, path := range order {
		name := path.Unit()
		if only != nil && !slices.Contains(only, name) || only == nil && !changed[name] {
			continue
		}
		if by[name] == nil {
			_, key, _ := path.parts()
			by[name] = &unit{name: name, at: path, fresh: key != "" && len(w.entries[name]) == 0}
			names = append(names, name)
		}
		by[name].fields = append(by[name].fields, path)
	}
	out := make([]unit, len(names))
	for i, name := range names {
		out[i] = *by[name]
	}
	return out
}

func (s *Service) sendProblems(w *work, u unit, problems *check.List) {
	entry := w.entry(u.at)
	if entry[Removed] == "yes" {
		return
	}
	var changed []string
	for _, p := range u.fields {
		changed = append(changed, p.Field())
		if say := s.fieldProblem(p, w.value(p), w.k); say != "" {
			problems.Add(string(p), "%s", say)
			return
		}
	}
	found, _ := s.entryProblems(u.at, entry, w.k)
	whole := u.fresh || u.at.Section() != "package" || standardForm(entry)
	for _, x := range found {
		if whole || touches(changed, x.field) {
			problems.Add(string(PathOf(u.at.Section(), u.at.Key(), x.field)), "%s", x.say)
		}
	}
}

// standardForm reports whether a package says of the standard items whether they are in its price. One from before
// that rule may change its price without them.
func standardForm(entry map[string]string) bool {
	for f := range entry {
		if strings.HasPrefix(f, pricelist.FieldIncludes) {
			return true
		}
	}
	return false
}

func (s *Service) sendUnit(w *work, who auth.Actor, u unit, sent *SentOff) error {
	if u.trivial() {
		diffs := w.diffs(u)
		if err := s.apply(w, u, diffs, nil); err != nil {
			return err
		}
		sent.Live = append(sent.Live, u.fields...)
		return w.settle(diffs)
	}
	v := &models.Verification{ID: NewKey(), ProviderID: &w.b.ID, Kind: string(KindChange), Unit: u.name, Fresh: u.fresh, State: string(Waiting),
		SecondWhy: w.secondWhy(u), Org: who.Org, SentBy: w.writers(u, who)}
	if u.at.Section() == "package" { // its name is seldom among what changed
		in, _ := SectionOf("package")
		v.Name = title(in, u.at, w.entry(u.at), w.ref)
	}
	var err error
	if v.Fields, err = packed(w.diffs(u)); err != nil {
		return err
	}
	if v.Evidence, err = packed(Evidence{File: w.entry(u.at)["file"]}); err != nil {
		return err
	}
	if err := w.tx.AddVerification(v); err != nil {
		return err
	}
	sent.Items = append(sent.Items, v.ID)
	var rows []models.ListingDraft
	for _, p := range u.fields {
		d := w.drafts[p]
		d.State, d.Reason, d.VerificationID = string(Sent), "", &v.ID
		w.draft(d)
		rows = append(rows, d)
	}
	return w.tx.PutDrafts(rows)
}

// trivial changes go live without a check: only of fields that say so, in an entry that is public.
func (u unit) trivial() bool {
	in, _ := SectionOf(u.at.Section())
	return !u.fresh && !slices.ContainsFunc(u.fields, func(p Path) bool { f, _ := in.Field(p.Field()); return !f.Trivial })
}

// diffs are the fields of a unit, old beside new.
func (w *work) diffs(u unit) []Diff {
	in, _ := SectionOf(u.at.Section())
	var out []Diff
	for _, p := range u.fields {
		f, _ := in.Field(p.Field())
		out = append(out, Diff{Path: p, Label: f.Label, Old: w.live[p], New: w.value(p), By: w.drafts[p].ByPerson})
	}
	return out
}

// writers are all who wrote a part of a unit, and who sends it.
func (w *work) writers(u unit, who auth.Actor) string {
	people := []string{who.Person}
	for _, p := range u.fields {
		if by := w.drafts[p].ByPerson; by != "" && !slices.Contains(people, by) {
			people = append(people, by)
		}
	}
	return strings.Join(people, " ")
}

// secondWhy says why two people check a unit (brief §8; domain.md §7.3 step 4).
func (w *work) secondWhy(u unit) string {
	in, _ := SectionOf(u.at.Section())
	switch {
	case in.SecondAny != "":
		return in.SecondAny
	case u.at.Section() != "certificate":
		return ""
	case u.fresh || !verifiedBefore(w.certificate(u.at.Key())):
		return in.SecondNew
	}
	for _, p := range u.fields {
		if f := p.Field(); f == "legal_entity" || f == "site_address" || f == "body" {
			return "The name or address on the certificate changed"
		}
	}
	return ""
}

// certificate of a key, nil when none is held.
func (w *work) certificate(key string) *models.Accreditation {
	for i := range w.b.Accreditations {
		if a := &w.b.Accreditations[i].Accreditation; CertificateKey(*a) == key {
			return a
		}
	}
	return nil
}

// settle takes what is public now out of the draft.
func (w *work) settle(diffs []Diff) error {
	var paths []string
	for _, d := range diffs {
		if row, ok := w.drafts[d.Path]; ok && row.Value == d.New {
			paths = append(paths, string(d.Path))
			w.undraft(d.Path)
		}
	}
	return w.tx.DropDrafts(w.b.ID, paths)
}

func packed(v any) (string, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return "", fault.New(fault.Broken, "listing", err)
	}
	return string(b), nil
}

func unpacked(s string, v any) error {
	if s == "" {
		return nil
	}
	if err := json.Unmarshal([]byte(s), v); err != nil {
		return fault.New(fault.Broken, "listing", err)
	}
	return nil
}
