package enquiry

import "io/fs"

// Letters are the names of all templates.
func Letters() []string {
	names, err := fs.Glob(letterFiles, "letters/*.txt")
	if err != nil {
		panic(err)
	}
	return names
}
