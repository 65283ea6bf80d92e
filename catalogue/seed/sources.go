package seed

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"carecorridor/internal/slug"
	"carecorridor/internal/when"
)

// Keys of the sources that the compiler names itself; pages get a key from their address.
const (
	nabhHospitals = "nabh-hospital-register"
	nabhDental    = "nabh-dental-register"
	openFlights   = "openflights-airports"
	vocabulary    = "care-corridor-vocabulary"
	curation      = "care-corridor-curation"
	derived       = "care-corridor-derived"
	sampleSource  = "sample"
)

// registry collects the sources a compile used.
type registry struct {
	used map[string]sourceRec
}

func newRegistry() *registry {
	r := &registry{used: map[string]sourceRec{}}
	for _, k := range []string{curation, derived, vocabulary, sampleSource} {
		r.dataset(k)
	}
	return r
}

// dataset uses one of the known sources.
func (r *registry) dataset(key string) string {
	s, ok := known[key]
	if !ok {
		panic("seed: no known source " + key)
	}
	s.Key = key
	r.used[key] = s
	return key
}

// cite gives the key of the source that text names: a known data set, an address, several addresses
// with " ; " between them, or a publication without an address. date is as the source states it.
func (r *registry) cite(text, date string) string {
	for _, m := range marks {
		if strings.Contains(text, m.text) {
			return r.dataset(m.key)
		}
	}
	return r.page(text, date)
}

func (r *registry) page(text, date string) string {
	if date == "" {
		date = "n.d."
	}
	s := sourceRec{Kind: "page", Published: date, Licence: "facts quoted with their source"}
	address, rest, _ := strings.Cut(text, " ")
	named := text // what the key is made of: it must not change with our words
	u, err := url.Parse(address)
	if err == nil && u.Host != "" {
		named, s.URL, s.Note = host(u), address, strings.TrimSpace(strings.TrimLeft(rest, "; "))
	} else {
		u = nil
	}
	by := published(text, u)
	s.Publisher, s.Title = by.publisher, titleOf(by, u)
	if strings.HasSuffix(named, "england.nhs.uk") {
		named = s.Publisher
		s.Kind, s.Licence = "dataset", "Open Government Licence v3.0"
	}
	sum := sha256.Sum256([]byte(text + "\n" + date))
	s.Key = "page-" + cut40(slug.Of(named)) + "-" + hex.EncodeToString(sum[:4])
	r.used[s.Key] = s
	return s.Key
}

var citation = regexp.MustCompile(`"source":"([^"]+)"`)

// cited is every source that the compiled files name, by key: as the source of a record, or by title in
// the note of a point, whose licences ask to be named. Our own are always there.
func (r *registry) cited(out output) []sourceRec {
	named := map[string]bool{curation: true, derived: true, vocabulary: true, sampleSource: true}
	for _, text := range out {
		for _, m := range citation.FindAllSubmatch(text, -1) {
			named[string(m[1])] = true
		}
	}
	list := make([]sourceRec, 0, len(r.used))
	for key, s := range r.used {
		if named[key] || bytes.Contains(out[providersFile], []byte("; source: "+s.Title+`"`)) {
			list = append(list, s)
		}
	}
	slices.SortFunc(list, func(a, b sourceRec) int { return cmp.Compare(a.Key, b.Key) })
	return list
}

// retrieved notes the day a page was read, when the data say it.
func (r *registry) retrieved(key string, on when.Date) {
	if s := r.used[key]; s.Kind == "page" && !s.Retrieved.Known() {
		s.Retrieved = on
		r.used[key] = s
	}
}

func host(u *url.URL) string { return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.") }

func cut40(s string) string {
	if len(s) > 40 {
		return strings.Trim(s[:40], "-")
	}
	return s
}
