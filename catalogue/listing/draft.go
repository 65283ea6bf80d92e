package listing

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"carecorridor/auth"
	"carecorridor/catalogue/pricelist"
	"carecorridor/models"
)

// known is what prices are held against today.
func (s *Service) known() pricelist.Reference {
	return pricelist.From(s.Catalogue.Reference(), s.Today())
}

// Draft reads a listing's public values and its draft. ListingView.
func (s *Service) Draft(ctx context.Context, who auth.Actor, provider int64) (Draft, error) {
	if err := auth.May(who, auth.ListingView, near(who, provider)); err != nil {
		return Draft{}, err
	}
	return s.draft(ctx, provider)
}

func (s *Service) draft(ctx context.Context, provider int64) (Draft, error) {
	p, err := s.Store.ListingByID(ctx, provider)
	if err != nil {
		return Draft{}, err
	}
	rows, err := s.Store.Drafts(ctx, provider)
	if err != nil {
		return Draft{}, err
	}
	d := Draft{Provider: p.ID, Slug: p.Slug, Name: p.Name, Sample: p.Sample, Live: flatten(&p.ProviderBundle, s.known()), ref: s.Catalogue.Reference()}
	names, err := s.names(ctx, rows)
	for _, r := range rows {
		path := Path(r.Path)
		d.Changes = append(d.Changes, Change{Path: path, Live: d.Live[path], Value: r.Value, State: State(r.State), Reason: r.Reason,
			By: r.ByPerson, ByName: names[r.ByPerson], At: r.At, Item: text(r.VerificationID)})
	}
	slices.SortStableFunc(d.Changes, func(a, b Change) int { return compare(a.Path, b.Path) })
	d.at = make(map[Path]int, len(d.Changes))
	for i, c := range d.Changes {
		d.at[c.Path] = i
	}
	return d, err
}

func (s *Service) names(ctx context.Context, rows []models.ListingDraft) (map[string]string, error) {
	var people []string
	for _, r := range rows {
		if !slices.Contains(people, r.ByPerson) {
			people = append(people, r.ByPerson)
		}
	}
	if s.Names == nil || len(people) == 0 {
		return nil, nil
	}
	return s.Names(ctx, people)
}

// compare orders paths as the editor does.
func compare(a, b Path) int {
	as, ak, af := a.parts()
	bs, bk, bf := b.parts()
	if as != bs {
		return sectionAt(as) - sectionAt(bs)
	}
	if c := strings.Compare(ak, bk); c != 0 {
		return c
	}
	section, _ := SectionOf(as)
	return fieldAt(section, af) - fieldAt(section, bf)
}

func sectionAt(name string) int {
	return slices.IndexFunc(Sections, func(s Section) bool { return s.Name == name })
}

func fieldAt(s Section, name string) int {
	return slices.IndexFunc(s.Fields, func(f Field) bool { return f.Name == name })
}

// Values are the listing's values with the draft over them: what the editor shows.
func (d Draft) Values() Values {
	v := make(Values, len(d.Live)+len(d.Changes))
	for p, value := range d.Live {
		v[p] = value
	}
	for _, c := range d.Changes {
		if c.Value == "" {
			delete(v, c.Path)
		} else {
			v[c.Path] = c.Value
		}
	}
	return v
}

// Value is one value with the draft over it.
func (d Draft) Value(p Path) string {
	if c, ok := d.Change(p); ok {
		return c.Value
	}
	return d.Live[p]
}

// Change finds what is proposed for a value.
func (d Draft) Change(p Path) (Change, bool) {
	i, ok := d.at[p]
	if !ok {
		return Change{}, false
	}
	return d.Changes[i], true
}

// In are the changes of a unit ("package/p12") or of a whole section.
func (d Draft) In(unit string) []Change {
	var out []Change
	for _, c := range d.Changes {
		if c.Path.Unit() == unit || c.Path.Section() == unit {
			out = append(out, c)
		}
	}
	return out
}

// Keys are the entries of a section, live and drafted, those taken out in the draft too. New ones come last.
func (d Draft) Keys(section string) []string {
	live, drafted := map[string]bool{}, map[string]bool{}
	for p := range d.Live {
		if s, k, _ := p.parts(); s == section && k != "" {
			live[k] = true
		}
	}
	for _, c := range d.Changes {
		if s, k, _ := c.Path.parts(); s == section && k != "" && !live[k] {
			drafted[k] = true
		}
	}
	return append(sorted(live), sorted(drafted)...)
}

// sorted: "p2" comes before "p12", and keys of new entries in the order in which they were made.
func sorted(set map[string]bool) []string {
	out := make([]string, 0, len(set))
	for k := range set {
		out = append(out, k)
	}
	slices.SortFunc(out, func(a, b string) int {
		na, ea := strconv.Atoi(strings.TrimLeft(a, "pc"))
		nb, eb := strconv.Atoi(strings.TrimLeft(b, "pc"))
		if ea == nil && eb == nil && na != nb {
			return na - nb
		}
		return strings.Compare(a, b)
	})
	return out
}

// LastSaved is when the draft was last written and by whom; the zero time when there is none.
func (d Draft) LastSaved() (at time.Time, by, name string) {
	for _, c := range d.Changes {
		if c.At.After(at) {
			at, by, name = c.At, c.By, c.ByName
		}
	}
	return at, by, name
}
