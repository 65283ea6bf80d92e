package listing

import (
	"strings"

	"github.com/google/uuid"
)

// Path names one value of a listing: "about/phone", "package/p12/gbp". A new entry of a section has a key made by
// NewKey. "package/p12" alone is a Unit: the whole entry.
type Path string

// PathOf joins a section, key ("" where the section has none) and field.
func PathOf(section, key, field string) Path {
	if key == "" {
		return Path(section + "/" + field)
	}
	return Path(section + "/" + key + "/" + field)
}

// NewKey names a new package, certificate, clinician, measure or photo.
func NewKey() string { return uuid.Must(uuid.NewV7()).String() }

func (p Path) parts() (section, key, field string) {
	all := strings.Split(string(p), "/")
	switch len(all) {
	case 2:
		return all[0], "", all[1]
	case 3:
		return all[0], all[1], all[2]
	}
	return "", "", ""
}

// Section is the first part.
func (p Path) Section() string { s, _, _ := p.parts(); return s }

// Key is the entry, "" in a section without entries.
func (p Path) Key() string { _, k, _ := p.parts(); return k }

// Field is the last part.
func (p Path) Field() string { _, _, f := p.parts(); return f }

// Unit is what is checked at once: the entry, or the single field of a section without entries.
func (p Path) Unit() string {
	s, k, f := p.parts()
	if k == "" {
		return s + "/" + f
	}
	return s + "/" + k
}

// Values are the filled fields of a listing; an empty value is not in the map.
type Values map[Path]string

// Entry are the fields of one entry, by name.
func (v Values) Entry(section, key string) map[string]string {
	out := map[string]string{}
	for p, value := range v {
		if s, k, f := p.parts(); s == section && k == key {
			out[f] = value
		}
	}
	return out
}
