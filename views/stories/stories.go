// Package stories is every page in every state, drawn from plain structs: no database, no network.
// It feeds cmd/stories and the checks that no page may fail. It is not for data of real hospitals.
package stories

import (
	"cmp"
	"slices"

	"github.com/a-h/templ"
)

// Story is one page in one state; Name is its address under cmd/stories, e.g. "results/no-price".
type Story struct {
	Name string
	Page templ.Component
	// Fragment is a part of a page, without head or main: sent alone after an update in place.
	Fragment bool
}

var registry []Story

// add is called by the init of each file of stories.
func add(s ...Story) { registry = append(registry, s...) }

// All lists the stories by name.
func All() []Story {
	out := slices.Clone(registry)
	slices.SortFunc(out, func(a, b Story) int { return cmp.Compare(a.Name, b.Name) })
	return out
}
