package resolver

// Data is everything the catalogue knows by name.
type Data struct {
	Procedures     []Procedure
	Specialties    []Specialty
	Places         []Place
	Accreditations []Term
	Languages      []Term
	Groups         []Group
	Names          []string // words of provider names: never repaired, kept in Text
}

// Alias is another word for something. Kind as in models.Alias: lay, abbreviation, misspelling, transliteration,
// us_spelling; other kinds read as lay.
type Alias struct{ Term, Kind string }

// Procedure is a treatment. Specialties holds slugs, the primary one first.
type Procedure struct {
	Slug, Name  string
	Specialties []string
	Aliases     []Alias
}

// Specialty is a clinical specialty.
type Specialty struct {
	Slug, Name, Plain string
	Aliases           []Alias
}

// PlaceKind says what a place is.
type PlaceKind string

// Kinds of place. UK places are remembered, never a filter.
const (
	City  PlaceKind = "city"
	Hub   PlaceKind = "hub"
	State PlaceKind = "state"
	UK    PlaceKind = "uk"
)

// Place is a named place. State is a name; Hub a slug, "" when it has none.
type Place struct {
	Kind       PlaceKind
	Slug, Name string
	State, Hub string
	Aliases    []string
}

// Term is a value with the words for it.
type Term struct {
	Name    string
	Aliases []string
}

// Group is a set of words that mean the same (models.Alias of "generic").
type Group struct {
	Canonical string
	Terms     []string
}
