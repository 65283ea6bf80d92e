// Package search is the portable side of finding hospitals: what a question is (Query), what is
// indexed (Doc), what comes back (Page), and what an engine must do (Engine). It holds no engine and
// reads no database; cards are loaded elsewhere, by id, so that an index can be late but never wrong.
package search

import (
	"context"
	"errors"
	"iter"
	"time"
)

// Node is a key of the price map: a procedure slug, "sp-" + specialty slug, or Any.
type Node string

// Any is the node that holds all prices of a provider.
const Any Node = "any"

// SpecialtyNode is the price node of a specialty.
func SpecialtyNode(slug string) Node { return Node("sp-" + slug) }

// Doc is one provider as engines know it. Prices are whole rupees, ascending, per node, every node
// of every live package including Any (search.md §4, model C2).
type Doc struct {
	ID             string // decimal database id
	Ord            int64  // the same id as a number: the last tie-break
	Name           string
	City           string // city slug
	CityName       string
	State          string // state name
	Hub            string // hub slug, or ""
	Lat, Lng       *float64
	Accreditations []string // bodies ("JCI", "NABH", …) with a certificate running on the day of indexing
	Languages      []string // language names, lower case
	Specialties    []string // specialty slugs the hospital lists
	Procedures     []string // procedure slugs with a live package or a sourced statement
	Features       []string // filterable statements, e.g. "telemedicine", "amr-stewardship"
	Doctors        []string
	Prices         map[Node][]int64
	Complete       int   // evidence completeness, 0..100; the default order
	Shuffle        int64 // stands in for position among equals for a day
	Confirmed      bool  // at least one certificate runs
	Sample         bool
}

// Entry is one suggestion: a procedure, specialty, city, hub or provider.
type Entry struct {
	Kind    Kind
	Slug    string
	Text    string
	Sub     string
	Aliases []string
	Weight  int
}

// Kind of a suggestion.
type Kind string

// Kinds, in the order they are shown.
const (
	KindProcedure Kind = "procedure"
	KindSpecialty Kind = "specialty"
	KindPlace     Kind = "place"
	KindProvider  Kind = "provider"
)

// Kinds in the order they are shown.
var Kinds = []Kind{KindProcedure, KindSpecialty, KindPlace, KindProvider}

// Near keeps providers within KM kilometres of a point; KM 0 only measures.
type Near struct{ Lat, Lng, KM float64 }

// Range is a price band in whole rupees, both ends inclusive, holding on one package. Nil is open.
type Range struct{ Min, Max *int64 }

// Open reports whether r limits nothing.
func (r Range) Open() bool { return r.Min == nil && r.Max == nil }

// Sort is an order of results.
type Sort string

// Orders. Best: Complete descending, Shuffle, Ord. The others fall back to Ord alone. With Text, every
// order puts providers that hold the exact words (or begin with the last one) before near misses, or a
// cheap misspelling would stand above the name that was asked for. PriceAsc goes by Hit.From; providers
// without a price on the node come last, as do those without coordinates under Nearest. Nearest without
// Near is Best.
const (
	Best     Sort = "best"
	PriceAsc Sort = "price"
	Nearest  Sort = "nearest"
	NameAsc  Sort = "name"
)

// Facet is a group of values counted beside the results.
type Facet string

// Facets. Counts are providers, disjunctive inside a group (brief §6): the place facets ignore the place
// group, language the languages, specialty the treatment group. While Price is closed a specialty counts
// providers with a price of that specialty inside it.
const (
	FacetCity          Facet = "city"
	FacetState         Facet = "state"
	FacetHub           Facet = "hub"
	FacetAccreditation Facet = "accreditation"
	FacetLanguage      Facet = "language"
	FacetSpecialty     Facet = "specialty"
	FacetFeature       Facet = "feature"
)

// Query is a question already understood: slugs and numbers, no user's words but Text.
type Query struct {
	Text  string // leftovers: matched on provider name, city name and doctors, every word
	Node  Node   // priced node, Any when empty; decides Price, Sort and Hit.From
	Price Range
	// Procedures and Specialties are one group, OR inside: a provider matches with any of them.
	// With a priced Node and a closed Price the band alone decides.
	Procedures, Specialties []string
	Cities, States, Hubs    []string // one place group, OR inside and across
	Languages               []string // OR
	Features                []string // AND
	Accreditations          []string // AND
	Near                    *Near
	IncludeUnconfirmed      bool // also providers with no running certificate
	IncludeSamples          bool
	Sort                    Sort
	Page, PerPage           int // 1-based; PerPage 0 counts only
	Facets                  []Facet
	Bands                   []Range // histogram: Page.Bands[i] is the Total with Price replaced by Bands[i]
}

// Hit is one provider found.
type Hit struct {
	ID   string
	From int64    // smallest price of Node inside Price, rupees; 0 when it has none
	KM   *float64 // when Near is set and the provider has a point
}

// Count is one facet value and how many providers one would get by choosing it.
type Count struct {
	Value string
	N     int
}

// Page is an answer.
type Page struct {
	Hits   []Hit
	Total  int
	Number int // the page answered, after clamping
	Pages  int
	Facets map[Facet][]Count // by count descending, then value
	Bands  []int
	Engine string // "memory" or "meili"
	// Fallback is true when the first choice of engine did not answer and another one did.
	Fallback bool
	Took     time.Duration
	AsOf     time.Time // when the answering generation was built or last changed
}

// Suggestion is one line under the search box.
type Suggestion struct {
	Kind Kind
	Slug string
	Text string
	Sub  string
}

// Ticket names accepted work of an engine; Wait says when it can be found.
type Ticket struct{ ID int64 }

// Source streams everything an index holds; each sequence may end early with an error. Engines read Docs
// to the end before Entries.
type Source struct {
	Docs    iter.Seq2[Doc, error]
	Entries iter.Seq2[Entry, error]
	Total   int            // expected documents, for progress; 0 if unknown
	Moved   func(done int) // called now and then; may be nil
}

// BuildInfo says what a rebuild made.
type BuildInfo struct {
	Docs, Entries int
	Took          time.Duration
}

// Health is an engine's own view of itself.
type Health struct {
	OK         bool
	Engine     string
	Version    string
	Docs       int
	Generation string
	Detail     string
}

// Engine is the driver side. Every method is safe for concurrent use; errors satisfy errors.Is with
// the values below, context.Canceled included.
type Engine interface {
	Search(ctx context.Context, q Query) (Page, error)
	Suggest(ctx context.Context, text string, perKind int) ([]Suggestion, error)
	Upsert(ctx context.Context, docs []Doc) (Ticket, error)
	Delete(ctx context.Context, ids []string) (Ticket, error)
	Wait(ctx context.Context, t Ticket) error // nil only when applied; a failed task is an error naming the document
	Rebuild(ctx context.Context, src Source) (BuildInfo, error)
	Health(ctx context.Context) Health
	Close() error
}

// Errors of engines.
var (
	ErrUnavailable  = errors.New("search engine unavailable")
	ErrTimeout      = errors.New("search engine took too long")
	ErrInvalidQuery = errors.New("search query not valid")
	ErrNotReady     = errors.New("search index not built yet")
)

// Limits of a Query; Normalise enforces them.
const (
	MaxPage    = 1000
	MaxPerPage = 50
	MaxKM      = 2000
	MaxText    = 200 // runes of Text an engine is asked for
)
