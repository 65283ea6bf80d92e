package listing

import (
	"context"
	"slices"
	"strconv"

	"carecorridor/auth"
	"carecorridor/catalogue"
	"carecorridor/catalogue/pricelist"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/models"
)

// Save keeps values in the draft. ListingEdit. An edit whose Value is what was Seen is left alone. A value that moved
// since it was Seen is a Conflict and the others are kept. With a Problem, or a Question that confirmed does not
// answer, nothing is written.
func (s *Service) Save(ctx context.Context, who auth.Actor, provider int64, edits []Edit, confirmed bool) (Saved, error) {
	if err := auth.May(who, auth.ListingEdit, near(who, provider)); err != nil {
		return Saved{}, err
	}
	edits, problems := s.clean(edits)
	if !problems.OK() {
		return Saved{Problems: problems}, nil
	}
	problems, err := s.foreign(ctx, provider, edits)
	if err != nil || !problems.OK() {
		return Saved{Problems: problems}, err
	}
	var saved Saved
	err = s.Store.Write(ctx, func(tx *models.Tx) error {
		saved = Saved{}
		w, err := s.open(tx, provider)
		if err != nil {
			return err
		}
		changed := w.merge(edits, &saved)
		if s.judge(w, changed, &saved); !saved.Problems.OK() || len(saved.Questions) > 0 && !confirmed {
			return nil
		}
		saved.Questions = nil
		for _, e := range changed {
			saved.Kept = append(saved.Kept, e.Path)
		}
		return w.write(who, changed)
	})
	if err != nil {
		return Saved{}, err
	}
	return saved, s.nameConflicts(ctx, saved.Conflicts)
}

func (s *Service) nameConflicts(ctx context.Context, conflicts []Conflict) error {
	var rows []models.ListingDraft
	for _, c := range conflicts {
		rows = append(rows, models.ListingDraft{ByPerson: c.By})
	}
	names, err := s.names(ctx, rows)
	for i := range conflicts {
		conflicts[i].ByName = names[conflicts[i].By]
	}
	return err
}

// work is a listing that nobody else changes until the transaction ends.
type work struct {
	tx      *models.Tx
	b       *models.ProviderBundle
	k       pricelist.Reference
	ref     *catalogue.Reference
	live    Values
	entries map[string]map[string]string // live fields by unit
	drafts  map[Path]models.ListingDraft
	drafted map[string][]Path // paths of drafts by unit: a price list has hundreds of thousands
	checker auth.Actor        // who decides, of a decision
}

func (s *Service) open(tx *models.Tx, provider int64) (*work, error) {
	b, err := tx.ListingForUpdate(provider)
	if err != nil {
		return nil, err
	}
	rows, err := tx.Drafts(provider)
	if err != nil {
		return nil, err
	}
	k := s.known()
	w := s.newWork(tx, b, k, flatten(b, k))
	for _, r := range rows {
		w.draft(r)
	}
	return w, nil
}

func (s *Service) newWork(tx *models.Tx, b *models.ProviderBundle, k pricelist.Reference, live Values) *work {
	w := &work{tx: tx, b: b, k: k, ref: s.Catalogue.Reference(), live: live, entries: map[string]map[string]string{}, drafts: map[Path]models.ListingDraft{}, drafted: map[string][]Path{}}
	for p, value := range live {
		u := p.Unit()
		if w.entries[u] == nil {
			w.entries[u] = map[string]string{}
		}
		w.entries[u][p.Field()] = value
	}
	return w
}

// draft puts a proposed value beside the public one.
func (w *work) draft(d models.ListingDraft) {
	p := Path(d.Path)
	if _, there := w.drafts[p]; !there {
		w.drafted[p.Unit()] = append(w.drafted[p.Unit()], p)
	}
	w.drafts[p] = d
}

// undraft forgets a proposed value.
func (w *work) undraft(p Path) {
	delete(w.drafts, p)
	w.drafted[p.Unit()] = slices.DeleteFunc(w.drafted[p.Unit()], func(o Path) bool { return o == p })
}

// public are the fields of a unit as they are live; the map is the caller's.
func (w *work) public(unit string) map[string]string {
	out := make(map[string]string, len(w.entries[unit])+4)
	for f, value := range w.entries[unit] {
		out[f] = value
	}
	return out
}

// value is what the editor shows of a path.
func (w *work) value(p Path) string {
	if d, ok := w.drafts[p]; ok {
		return d.Value
	}
	return w.live[p]
}

// entry are the fields of a unit with the draft over them.
func (w *work) entry(p Path) map[string]string {
	out := w.public(p.Unit())
	for _, path := range w.drafted[p.Unit()] {
		out[path.Field()] = w.drafts[path].Value
	}
	return out
}

// merge finds which edits are changes, puts those that meet another person's change among the conflicts, and gives the rest.
func (w *work) merge(edits []Edit, saved *Saved) (changed []Edit) {
	for _, e := range edits {
		now := w.value(e.Path)
		switch {
		case e.Value == e.Seen || e.Value == now:
			continue
		case e.Seen != now:
			c := Conflict{Path: e.Path, Theirs: now, Yours: e.Value}
			if d, ok := w.drafts[e.Path]; ok {
				c.By, c.At = d.ByPerson, d.At.UTC()
			}
			saved.Conflicts = append(saved.Conflicts, c)
			continue
		}
		d := models.ListingDraft{ProviderID: w.b.ID, Path: string(e.Path), Base: w.live[e.Path], Value: e.Value, State: string(Drafted)}
		if old, ok := w.drafts[e.Path]; ok {
			d.VerificationID = old.VerificationID
		}
		w.draft(d)
		changed = append(changed, e)
	}
	return changed
}

// write keeps changes, drops those that are public already, and takes back what was sent of the same units.
func (w *work) write(who auth.Actor, changed []Edit) error {
	if len(changed) == 0 {
		return nil
	}
	var put []models.ListingDraft
	var drop []string
	units := map[string]bool{}
	for _, e := range changed {
		if u := e.Path.Unit(); !units[u] {
			units[u] = true
			if err := w.takeBack(u); err != nil {
				return err
			}
		}
		d := w.drafts[e.Path]
		d.ByPerson, d.At = who.Person, w.tx.Now()
		w.draft(d)
		if d.Value == w.live[e.Path] {
			drop = append(drop, d.Path)
			w.undraft(e.Path)
			continue
		}
		put = append(put, d)
	}
	if err := w.tx.PutDrafts(put); err != nil {
		return err
	}
	if err := w.tx.DropDrafts(w.b.ID, drop); err != nil {
		return err
	}
	if err := w.tx.ClaimListing(w.b.ID); err != nil {
		return err
	}
	return w.tx.Audit(audited(who, auth.ListingEdit, w.b.ID, map[string]string{"fields": strconv.Itoa(len(changed)), "units": strconv.Itoa(len(units))}))
}

// takeBack ends the check of a unit that is changed while it waits; its other fields are drafts again.
func (w *work) takeBack(unit string) error {
	checked := false
	for _, path := range w.drafted[unit] {
		d := w.drafts[path]
		if d.VerificationID == nil {
			continue
		}
		checked = true
		d.State, d.Reason, d.VerificationID = string(Drafted), "", nil
		w.draft(d)
		if err := w.tx.PutDraft(d); err != nil {
			return err
		}
	}
	if !checked {
		return nil
	}
	v, err := w.tx.OpenVerification(w.b.ID, unit, string(KindChange))
	if err != nil || v == nil {
		return err
	}
	now := w.tx.Now()
	v.State, v.DecidedAt = string(ItemWithdrawn), &now
	return w.tx.SaveVerification(v)
}

// Discard takes changes out of the draft, whole units at once ("package/p12"); what was sent is taken back. ListingEdit.
func (s *Service) Discard(ctx context.Context, who auth.Actor, provider int64, units []string) error {
	if err := auth.May(who, auth.ListingEdit, near(who, provider)); err != nil {
		return err
	}
	return s.Store.Write(ctx, func(tx *models.Tx) error {
		w, err := s.open(tx, provider)
		if err != nil {
			return err
		}
		var paths []string
		for path := range w.drafts {
			if slices.Contains(units, path.Unit()) {
				paths = append(paths, string(path))
			}
		}
		if len(paths) == 0 {
			return nil
		}
		for _, unit := range units {
			if err := w.takeBack(unit); err != nil {
				return err
			}
		}
		if err := tx.DropDrafts(provider, paths); err != nil {
			return err
		}
		return tx.Audit(audited(who, auth.ListingEdit, provider, map[string]string{"discarded": strconv.Itoa(len(paths))}))
	})
}

func audited(who auth.Actor, act auth.Action, provider int64, facts map[string]string) models.Audited {
	return models.Audited{Person: who.Person, Org: who.Org, Role: string(who.Role), Action: string(act), On: "listing", ID: strconv.FormatInt(provider, 10), Facts: facts}
}

// clean writes values as they are kept and refuses fields that do not exist.
func (s *Service) clean(edits []Edit) ([]Edit, check.List) {
	var problems check.List
	if len(edits) > mostEdits {
		problems.Add("", "Change at most %d values at once", mostEdits)
		return nil, problems
	}
	ref := s.known()
	out := make([]Edit, 0, len(edits))
	for _, e := range edits {
		section, ok := SectionOf(e.Path.Section())
		field, known := section.Field(e.Path.Field())
		if !ok || !known || (section.Entries == "") != (e.Path.Key() == "") {
			problems.Add(string(e.Path), "There is no such field")
			continue
		}
		e.Seen = canonical(section, field, e.Seen, ref)
		e.Value = canonical(section, field, e.Value, ref)
		out = append(out, e)
	}
	return out, problems
}

// mostEdits of one save: a price list of 10,000 packages with all their fields.
const mostEdits = 300_000

// ErrMoved: somebody else decided or changed it first.
var ErrMoved = fault.Say(fault.Conflict, "listing", "Somebody else changed this since you opened the page. Look at it again")
