package care

import (
	"strconv"
	"strings"
)

// joined is problems of several files as one sentence after another.
func joined(list []string) string { return strings.Join(list, ". ") }

// upper begins words with a capital letter.
func upper(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// groupID names a group of consents on its page, so that two consents of the same kind are told apart by their hospital.
func groupID(i int) string { return "group-" + strconv.Itoa(i+1) }

// agreement is what a tick says, with the hospital that it is about.
func agreement(c Consent) string {
	if c.For == "" {
		return "I agree: " + c.Title
	}
	return "I agree, for " + c.For + ": " + c.Title
}
