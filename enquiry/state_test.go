package enquiry_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"carecorridor/enquiry"
)

// expected is written apart from the table: for each state, who may do what, and where it leads.
const expected = `
held            system:deliver>sent system:pass_over>not_chosen system:lapse>lapsed patient:withdraw>withdrawn
sent            hospital:open>opened system:pass_over>not_chosen system:lapse>lapsed patient:withdraw>withdrawn
opened          hospital:ask_more>info_requested hospital:quote>quoted hospital:decline>declined patient:ask_again>opened system:pass_over>not_chosen system:lapse>lapsed patient:withdraw>withdrawn
info_requested  hospital:ask_more>info_requested hospital:quote>quoted hospital:decline>declined patient:ask_again>opened system:pass_over>not_chosen system:lapse>lapsed patient:withdraw>withdrawn
quoted          hospital:ask_more>quoted hospital:quote>quoted hospital:decline>declined patient:ask_again>quoted patient:accept>accepted patient:turn_down>not_chosen system:pass_over>not_chosen system:lapse>lapsed patient:withdraw>withdrawn
accepted        hospital:ask_more>accepted patient:ask_again>accepted patient:withdraw>withdrawn
declined
lapsed
withdrawn
not_chosen
`

func TestEveryStateEventAndActorIsAllowedOrRefused(t *testing.T) {
	t.Parallel()
	want := map[string]string{}
	states := 0
	for line := range strings.SplitSeq(strings.TrimSpace(expected), "\n") {
		words := strings.Fields(line)
		states++
		for _, w := range words[1:] {
			move, to, _ := strings.Cut(w, ">")
			want[words[0]+" "+move] = to
		}
	}
	if states != len(enquiry.States) {
		t.Fatalf("%d states are expected, %d exist", states, len(enquiry.States))
	}
	cases := 0
	for _, s := range enquiry.States {
		for _, e := range enquiry.Events {
			for _, who := range enquiry.Actors {
				cases++
				key := fmt.Sprintf("%s %s:%s", s, who, e)
				line, ok := s.After(e, who)
				to, allowed := want[key]
				if ok != allowed || string(line.To) != to {
					t.Errorf("%s: leads to %q (%v), want %q (%v)", key, line.To, ok, to, allowed)
				}
				if slices.Contains(enquiry.AllowedActions(s, who), e) != allowed {
					t.Errorf("%s: offered as an action %v", key, !allowed)
				}
				delete(want, key)
			}
		}
	}
	if len(want) > 0 || cases != 10*11*3 {
		t.Errorf("%d cases; expected and not reached: %v", cases, want)
	}
}

func TestAnEndedRequestCannotMove(t *testing.T) {
	t.Parallel()
	for _, line := range enquiry.Table {
		if line.From.Ended() {
			t.Errorf("%+v", line)
		}
	}
}

func TestTheTableHasOneLineForEachMove(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, l := range enquiry.Table {
		key := fmt.Sprint(l.From, l.Event, l.Who)
		if seen[key] || !slices.Contains(enquiry.States, l.To) || !slices.Contains(enquiry.Events, l.Event) {
			t.Errorf("%+v", l)
		}
		seen[key] = true
	}
}
