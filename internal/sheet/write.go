package sheet

import (
	"bytes"
	"encoding/csv"
	"strings"
)

// Bytes writes rows as a CSV file that Excel opens in the right encoding: UTF-8 with its mark. Cells are written as
// they are given: pass words that people wrote through Guard.
func Bytes(rows [][]string) []byte {
	b := bytes.NewBuffer(append([]byte(nil), byteOrderMark...))
	w := csv.NewWriter(b)
	w.UseCRLF = true
	_ = w.WriteAll(rows) // a buffer takes everything
	return b.Bytes()
}

// Guard keeps a spreadsheet from working words out as a formula: an apostrophe goes in front of what begins like one
// (OWASP, CSV injection). Unguard takes it off again: Unguard(Guard(s)) is s, whatever s is.
func Guard(s string) string {
	if Formula(s) {
		return "'" + s
	}
	return s
}

// Unguard takes off the apostrophe that Guard put there.
func Unguard(s string) string {
	if strings.HasPrefix(s, "'") && Formula(s) {
		return s[1:]
	}
	return s
}

// Formula reports whether words begin as a formula does, spaces and guards before it aside. The wide forms count:
// spreadsheets of East Asia take them for the plain ones.
func Formula(s string) bool {
	s = strings.TrimLeft(s, "' \u00a0")
	for _, sign := range []string{"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"} {
		if strings.HasPrefix(s, sign) {
			return true
		}
	}
	return false
}
