package seed

import (
	"embed"
	"io/fs"
	"sync"

	"carecorridor/models"
)

//go:embed data/*.jsonl
var embedded embed.FS

// Read gives the seed kept in the program. It is parsed once; callers must not change the rows.
func Read() (Bundle, error) { return readOnce() }

var readOnce = sync.OnceValues(func() (Bundle, error) {
	fsys, err := fs.Sub(embedded, "data")
	if err != nil {
		return Bundle{}, err
	}
	return ReadFS(fsys)
})

// ReadFS reads and checks the seed files at the root of fsys. The first fault ends it with a
// *FileError naming file, line, column or field, and reason; no rows come back with an error.
func ReadFS(fsys fs.FS) (Bundle, error) {
	r := &reader{fsys: fsys, known: map[string]map[string]int64{}}
	for _, step := range []func() error{
		r.sources, r.airports, r.hubs, r.cities, r.routes, r.specialties, r.procedures, r.aliases,
		r.prices, r.waits, r.trip, r.rates, r.providers, r.samples,
	} {
		if err := step(); err != nil {
			return Bundle{}, err
		}
	}
	return r.Bundle, nil
}

// reader fills a Bundle; known holds the keys read so far by kind ("source", "city", …).
type reader struct {
	Bundle
	fsys  fs.FS
	known map[string]map[string]int64
	certs int64
}

// add remembers a new key of a kind; a second one of the same name is a fault.
func (r *reader) add(kind, key string) (id int64, err error) {
	if key == "" {
		return 0, wrong(kind, "empty")
	}
	if r.known[kind] == nil {
		r.known[kind] = map[string]int64{}
	}
	if _, again := r.known[kind][key]; again {
		return 0, wrong(kind, "%q is there twice", key)
	}
	id = int64(len(r.known[kind]) + 1)
	r.known[kind][key] = id
	return id, nil
}

// must finds a key that an earlier line or file introduced.
func (r *reader) must(kind, field, key string) (id int64, err error) {
	id, ok := r.known[kind][key]
	if !ok {
		return 0, wrong(field, "no %s %q", kind, key)
	}
	return id, nil
}

func (r *reader) source(key string) (int64, error) { return r.must("source", "source", key) }

func (r *reader) sources() error {
	return each(r.fsys, sourcesFile, func(s sourceRec) error {
		id, err := r.add("source", s.Key)
		if err == nil {
			err = first(oneOf("kind", s.Kind, "dataset", "register", "page", "alliance", "sample"),
				filled("title", s.Title), filled("published", s.Published))
		}
		r.Sources = append(r.Sources, models.Source{ID: id, Key: s.Key, Kind: s.Kind, Title: s.Title, Publisher: s.Publisher,
			URL: s.URL, Licence: s.Licence, PublishedOn: s.Published, RetrievedOn: s.Retrieved, Note: s.Note})
		return err
	})
}
