package handlers

import (
	"strings"

	"carecorridor/catalogue"
)

// leavesOut is the sentence about what a total lacks, "" when it lacks nothing.
func leavesOut(trip catalogue.TripEstimate) string {
	if len(trip.Missing) == 0 {
		return ""
	}
	return "The total leaves out what is not known: " + missingList(trip) + "."
}

// missingList names what a total leaves out, in a sentence.
func missingList(trip catalogue.TripEstimate) string {
	var names []string
	for _, m := range trip.Missing {
		names = append(names, lowerFirst(m))
	}
	return strings.Join(names, "; ")
}

// shortLines names the lines that a complete total may lack, in few words.
var shortLines = map[string]string{"tests": "tests before the operation", "visa": "visas", "food": "food", "local_transport": "local travel", "insurance": "insurance", "follow_up": "the consultation in the UK"}

// notCounted names what a complete total lacks after a word such as "without", "" when it lacks nothing.
func notCounted(after string, trip catalogue.TripEstimate) string {
	var names []string
	for _, l := range trip.Lines {
		if name := shortLines[l.Key]; name != "" && !l.Known && !l.Declined {
			names = append(names, name)
		}
	}
	if names == nil {
		return ""
	}
	return after + " " + joinWords(names)
}
