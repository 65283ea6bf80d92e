package care

import "strings"

// joined is problems of several files as one sentence after another.
func joined(list []string) string { return strings.Join(list, ". ") }
