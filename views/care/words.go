package care

import "strings"

// joined is problems of several files as one sentence after another.
func joined(list []string) string { return strings.Join(list, ". ") }

// upper begins words with a capital letter.
func upper(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
