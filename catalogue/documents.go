package catalogue

import (
	"context"
	"encoding/binary"
	"errors"
	"hash/fnv"
	"iter"
	"slices"
	"strconv"
	"strings"

	"carecorridor/internal/money"
	"carecorridor/internal/when"
	"carecorridor/models"
	"carecorridor/search"
)

// Features are the statements one may filter by, with their wording. Only what is said of the hospital itself
// counts: what a group says of all its hospitals does not.
var Features = map[string]string{
	Telemedicine:         "Video consultation",
	"written-opinion":    "Written opinion before travel",
	"interpreters":       "Interpreters",
	"airport-pickup":     "Airport pick-up",
	"visa-letter":        "Visa invitation letter",
	"international-desk": "Desk for patients from abroad",
	"companion-stay":     "Room for a companion",
	"uk-follow-up":       "Follow-up in the UK",
	"amr-stewardship":    "Antimicrobial stewardship programme",
	"amr-screening":      "Screening for resistant bacteria on admission",
	"infection-figures":  "Infection figures with the number of operations",
	"sustainability":     "Sustainability statement",
	"teaching":           "Teaching hospital",
	"uk-link":            "UK training or a UK partner",
	"research":           "Research",
}

// Telemedicine is the feature the resolver can ask for.
const Telemedicine = "telemedicine"

var featureOf = map[string]string{
	"service.telemedicine": Telemedicine, "service.record_review_before_travel": "written-opinion", "service.interpreters": "interpreters",
	"service.airport_pickup": "airport-pickup", "service.visa_invitation_letter": "visa-letter", "service.international_patient_desk": "international-desk",
	"service.companion_stay": "companion-stay", "aftercare.uk_follow_up": "uk-follow-up", "amr.stewardship_programme": "amr-stewardship", "amr.screening_on_admission": "amr-screening",
	"amr.surgical_site_infections": "infection-figures", "teaching.uk_training_link": "uk-link", "uk_link": "uk-link",
}

// featureOfGroup is for statements whose kind alone can be filtered by.
var featureOfGroup = map[string]string{"sustainability": "sustainability", "teaching": "teaching", "research": "research"}

// feature is what a fact lets a hospital be found by, "" for nothing: a statement that something is not
// published, or is not offered, says nothing in its favour.
func feature(f models.Fact) string {
	if f.Scope == "group" || f.Evidence == "not_published" || strings.EqualFold(f.Value, "no") {
		return ""
	}
	if name := featureOf[f.Name]; name != "" {
		return name
	}
	kind, _, _ := strings.Cut(f.Name, ".")
	return featureOfGroup[kind]
}

// docBatch is how many providers are read at once for the index.
const docBatch = 1000

// Source streams every published hospital and every suggestion for an index. moved hears how many are done.
func (c *Catalogue) Source(ctx context.Context, moved func(done int)) search.Source {
	return search.Source{Docs: c.docs(ctx), Entries: c.entries(ctx), Moved: moved}
}

var errStop = errors.New("stop")

func (c *Catalogue) docs(ctx context.Context) iter.Seq2[search.Doc, error] {
	return func(yield func(search.Doc, error) bool) {
		s := c.state.Load()
		err := c.store.EachProvider(ctx, 0, docBatch, func(batch []models.ProviderBundle) error {
			for i := range batch {
				if !yield(s.document(&batch[i]), nil) {
					return errStop
				}
			}
			return nil
		})
		if err != nil && !errors.Is(err, errStop) {
			yield(search.Doc{}, err)
		}
	}
}

// Document is the search document of a provider as it stands on a day.
func (s *state) document(b *models.ProviderBundle) search.Doc {
	certs := Certificates(b.Certificates(), s.today)
	d := search.Doc{ID: strconv.FormatInt(b.ID, 10), Ord: b.ID, Name: b.Name, City: b.City.Slug, CityName: b.City.Name, State: b.City.State, Hub: b.Hub.Slug,
		Accreditations: RunningBodies(certs), Complete: completeness(b, certs), Shuffle: shuffle(b.ID, s.today), Sample: b.Sample}
	d.Confirmed = len(d.Accreditations) > 0
	if locatable(b.Main) {
		d.Lat, d.Lng = b.Main.Lat, b.Main.Lng
	}
	for _, c := range certs {
		if c.Standing == Running && !slices.Contains(d.Accreditations, c.Body) {
			d.Accreditations = append(d.Accreditations, c.Body) // a laboratory's certificate can be filtered by; it confirms nothing
		}
	}
	for _, r := range b.Specialties {
		d.Specialties = append(d.Specialties, r.SpecialtySlug)
	}
	for _, r := range b.Languages {
		d.Languages = append(d.Languages, r.Language)
	}
	for _, r := range b.Procedures {
		d.Procedures = append(d.Procedures, r.ProcedureSlug)
	}
	for _, f := range b.Facts {
		if name := feature(f); name != "" && !slices.Contains(d.Features, name) {
			d.Features = append(d.Features, name)
		}
	}
	s.prices(&d, b.Packages)
	return d
}

// locatable reports whether a site's point is the hospital's own, to a few kilometres.
func locatable(site models.Site) bool { return precise(site.CoordPrecision) }

// precise: a point that stands for a whole district or a wide PIN area is no position of a hospital.
func precise(precision string) bool {
	return precision != "district" && precision != "pincode_area_coarse" && precision != "city"
}

// prices fills the price map: whole rupees, ascending, under the treatment, its specialty and Any.
func (s *state) prices(d *search.Doc, packages []models.PackageBundle) {
	if len(packages) == 0 {
		return
	}
	d.Prices = make(map[search.Node][]int64, len(packages)+2)
	for _, k := range packages {
		if !live(k.Package, s.today) {
			continue
		}
		inr, ok := s.ref.Rates.Between(money.Amount{Minor: k.AmountMinor, Currency: k.Currency}, money.INR)
		if !ok {
			continue
		}
		rupees := inr.RoundTo(1).Minor / 100
		nodes := []search.Node{search.Any, search.Node(k.ProcedureSlug)}
		if p, ok := s.ref.Procedure(k.ProcedureSlug); ok {
			nodes = append(nodes, search.SpecialtyNode(p.SpecialtySlug))
		}
		for _, n := range nodes {
			d.Prices[n] = append(d.Prices[n], rupees)
		}
		if !slices.Contains(d.Procedures, k.ProcedureSlug) {
			d.Procedures = append(d.Procedures, k.ProcedureSlug)
		}
	}
	for n := range d.Prices {
		slices.Sort(d.Prices[n])
	}
}

// shuffle stands in for chance among equals: the same for everybody all day, another order tomorrow.
func shuffle(id int64, today when.Date) int64 {
	h := fnv.New64a()
	var b [16]byte
	binary.LittleEndian.PutUint64(b[:8], uint64(id))
	binary.LittleEndian.PutUint64(b[8:], uint64(today.Time().Unix()))
	_, _ = h.Write(b[:])
	return int64(h.Sum64() >> 12) // 52 bits: exact as a number in JSON
}

// entries streams what can be suggested: treatments, specialties, places, then hospitals.
func (c *Catalogue) entries(ctx context.Context) iter.Seq2[search.Entry, error] {
	return func(yield func(search.Entry, error) bool) {
		for _, e := range c.Reference().suggestions() {
			if !yield(e, nil) {
				return
			}
		}
		if err := c.names(ctx, yield); err != nil && !errors.Is(err, errStop) {
			yield(search.Entry{}, err)
		}
	}
}

// names yields the hospitals; those with a running certificate are suggested first.
func (c *Catalogue) names(ctx context.Context, yield func(search.Entry, error) bool) error {
	weight := map[int64]int{}
	err := c.eachListing(ctx, func(l models.SlugLine) {
		weight[l.ID] = 1
		if l.Confirmed {
			weight[l.ID] = 2
		}
	})
	if err != nil {
		return err
	}
	names, err := c.store.ProviderNames(ctx)
	if err != nil {
		return err
	}
	for _, n := range names {
		if w := weight[n.ID]; w > 0 && !yield(search.Entry{Kind: search.KindProvider, Slug: n.Slug, Text: n.Name, Sub: n.City, Weight: w}, nil) {
			return errStop
		}
	}
	return nil
}

func (r *Reference) suggestions() []search.Entry {
	terms := map[string][]string{}
	for _, a := range r.aliases {
		if a.Kind != "misspelling" {
			terms[a.Of+" "+a.Slug] = append(terms[a.Of+" "+a.Slug], a.Term)
		}
	}
	var out []search.Entry
	for _, p := range r.Procedures {
		if ExclusionOf(p.Slug) != "" {
			continue
		}
		out = append(out, search.Entry{Kind: search.KindProcedure, Slug: p.Slug, Text: p.Name, Sub: r.specialty[p.SpecialtySlug].Name, Aliases: terms["procedure "+p.Slug], Weight: len(r.evidence[p.Slug])})
	}
	for _, s := range r.Specialties {
		out = append(out, search.Entry{Kind: search.KindSpecialty, Slug: s.Slug, Text: s.Name, Sub: s.PlainName, Aliases: terms["specialty "+s.Slug], Weight: len(r.bySpecialty[s.Slug])})
	}
	for _, h := range r.Hubs {
		out = append(out, search.Entry{Kind: search.KindPlace, Slug: h.Slug, Text: h.Name, Sub: "Hub city", Weight: 100})
	}
	for _, c := range r.Cities {
		if _, same := r.hub[c.Slug]; !same {
			out = append(out, search.Entry{Kind: search.KindPlace, Slug: c.Slug, Text: c.Name, Sub: c.State, Aliases: lines(c.Aliases)})
		}
	}
	return out
}
