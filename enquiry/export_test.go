package enquiry

// Letters are the names of all templates.
func Letters() (names []string) {
	for _, t := range letterTemplates.Templates() {
		if t.Name() != "" {
			names = append(names, t.Name())
		}
	}
	return names
}
