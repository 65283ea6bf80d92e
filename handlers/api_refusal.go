package handlers

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"carecorridor/search"
	"carecorridor/views/link"
)

// apiRefusal is the answer to a question that cannot be used as it was asked.
type apiRefusal struct {
	Error struct {
		Status   int          `json:"status"`
		Message  string       `json:"message"`
		Problems []apiProblem `json:"problems"`
	} `json:"error"`
}

// searchParameters are the keys a program may give, with how often.
var searchParameters = func() map[string]int {
	out := map[string]int{}
	for _, key := range link.Keys {
		out[key] = 1
	}
	for _, key := range []string{"treatment", "specialty", "city", "hub", "accreditation", "language", "feature"} {
		out[key] = maxRepeats
	}
	delete(out, "compare") // the results page's own: it changes nothing of what is found
	return out
}()

// refused lists what a program asked for that cannot be used. People get what can be used and a note instead; words in
// q are never refused. sent are the values as they came, cleaned; count is how often each key came.
func refused(sent url.Values, count map[string]int, f *finding) []apiProblem {
	problems := []apiProblem{}
	add := func(field, value, say string) {
		problems = append(problems, apiProblem{Field: field, Value: clip(value), Message: say})
	}
	for field, n := range count {
		switch most, known := searchParameters[field]; {
		case !known:
			add(clip(cleanText(field)), "", "There is no parameter of this name.")
		case n > most:
			add(field, "", fmt.Sprintf("Give it at most %s.", times(most)))
		}
	}
	number := func(field string, most int) {
		if v := sent.Get(field); v != "" {
			if n, err := strconv.Atoi(v); err != nil || n < 1 || n > most {
				add(field, v, fmt.Sprintf("Enter a whole number from 1 to %d.", most))
			}
		}
	}
	number("page", search.MaxPage)
	number("per_page", search.MaxPerPage)
	for _, field := range []string{"include_unconfirmed", "include_samples"} {
		if v := sent.Get(field); v != "" && v != "0" && v != "1" {
			add(field, v, "Use 1 or 0.")
		}
	}
	for _, p := range f.question.Problems {
		if sent.Get(p.Key) != "" {
			add(p.Key, p.Value, p.Say)
		}
	}
	if len(problems) == 0 && f.asked.Page > max(1, f.page.Pages) {
		add("page", sent.Get("page"), fmt.Sprintf("The last page is %d.", max(1, f.page.Pages)))
	}
	slices.SortStableFunc(problems, func(a, b apiProblem) int { return strings.Compare(a.Field, b.Field) })
	return problems
}

func times(n int) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}

func refusal(problems []apiProblem) (*answer, error) {
	var r apiRefusal
	r.Error.Status, r.Error.Problems = http.StatusUnprocessableEntity, problems
	r.Error.Message = "This question cannot be answered as it was asked: " + plural(len(problems), "problem") + "."
	a, err := jsonAnswer(http.StatusUnprocessableEntity, r)
	if err == nil {
		a.control = notStored
	}
	return a, err
}
