package enquiry_test

import (
	"sync"
	"testing"

	"carecorridor/enquiry"
	"carecorridor/internal/fault"
)

// atOnce does the same thing from several tabs and gives what each was told.
func atOnce(times int, do func(i int) error) []error {
	errs := make([]error, times)
	var all sync.WaitGroup
	for i := range times {
		all.Go(func() { errs[i] = do(i) })
	}
	all.Wait()
	return errs
}

func TestAQuoteGivenTwiceIsOneVersionAndBothAreToldSo(t *testing.T) {
	each(t, func(d *desk) {
		t := d.t
		r, links := d.sent(enquiry.Consents{}, "marina")
		link := links["marina"]
		must(t, d.OpenRequest(ctx, link))
		before := len(d.waiting())
		give := func(after int64, o enquiry.Offer, want int64) {
			t.Helper()
			for _, err := range atOnce(6, func(int) error {
				number, l, err := d.GiveQuote(ctx, link, after, o)
				if err == nil && (!l.OK() || number != want) {
					t.Errorf("told version %d, %v; want %d", number, l, want)
				}
				return err
			}) {
				must(t, err)
			}
		}
		give(0, offer(), 1)
		give(1, offer(), 1) // the form loaded anew after going back, with the same content
		newer := offer()
		newer.Refund = "Half of it."
		give(1, newer, 2)
		give(0, offer(), 1) // a very late first click changes nothing
		if q, err := d.Answer(ctx, link); err != nil || len(q.Quotes) != 2 || q.Quotes[1].Refund != "Half of it." {
			t.Errorf("%d versions, %v", len(q.Quotes), err)
		}
		if letters := len(d.waiting()) - before; letters != 2 {
			t.Errorf("%d letters about 2 versions", letters)
		}
		must(t, d.Withdraw(ctx, r.Reference, r.Link, ""))
		give(1, newer, 2) // given before, whatever came after
	})
}

func TestTwoDifferentQuotesAtOnceAreOneVersionAndOneIsToldToLook(t *testing.T) {
	each(t, func(d *desk) {
		t := d.t
		_, links := d.sent(enquiry.Consents{}, "marina")
		must(t, d.OpenRequest(ctx, links["marina"]))
		moved := 0
		for _, err := range atOnce(2, func(i int) error {
			o := offer()
			o.Excludes = []string{"Flights.", "Meals."}[i]
			_, _, err := d.GiveQuote(ctx, links["marina"], 0, o)
			return err
		}) {
			if fault.Is(err, fault.Conflict) {
				moved++
			} else {
				must(t, err)
			}
		}
		if q, err := d.Answer(ctx, links["marina"]); moved != 1 || err != nil || len(q.Quotes) != 1 {
			t.Errorf("%d refused, %d kept, %v", moved, len(q.Quotes), err)
		}
	})
}

func TestAMessageSentTwiceIsKeptAndToldOnce(t *testing.T) {
	each(t, func(d *desk) {
		t := d.t
		r, links := d.sent(enquiry.Consents{}, "marina")
		link, id := links["marina"], ""
		must(t, d.OpenRequest(ctx, link))
		id = d.of(r, "marina").ID
		patient := func(text string) func(int) error {
			return func(int) error { return second(d.AskAgain(ctx, r.Reference, r.Link, id, text)) }
		}
		hospital := func(text string) func(int) error {
			return func(int) error { return second(d.AskMore(ctx, link, text)) }
		}
		count := func(want int) {
			t.Helper()
			if got := len(d.of(r, "marina").Messages); got != want {
				t.Fatalf("%d messages, want %d", got, want)
			}
		}
		before := len(d.waiting())
		for i, do := range []func(int) error{patient("Any news?"), hospital("Can you walk stairs?"), patient("Yes"), hospital("Do you smoke?"), patient("Yes"), patient("I stopped in May.\r\n"), patient("Yes")} {
			for _, err := range atOnce(5, do) {
				must(t, err)
			}
			count(min(i+1, 6)) // the last "Yes" is the browser trying again
		}
		if letters := len(d.waiting()) - before; letters != 6 {
			t.Errorf("%d letters about 6 messages", letters)
		}
		d.clock.set(d.clock.Now().Add(61 * 60 * 1e9))
		must(t, patient("Yes")(0)) // an hour later the same word is a new message
		count(7)
	})
}

func TestWhatIsDecidedTwiceIsDecidedOnce(t *testing.T) {
	each(t, func(d *desk) {
		t := d.t
		r, links := d.sent(enquiry.Consents{}, "marina", "nilgiri", "kaveri")
		for _, link := range links {
			d.quoted(link)
		}
		marina, nilgiri, kaveri := d.of(r, "marina").ID, d.of(r, "nilgiri").ID, d.of(r, "kaveri").ID
		no := enquiry.Refusal{Reason: enquiry.NoCapacity, Comment: "Not before spring."}
		for _, do := range []func(int) error{
			func(int) error { return second(d.Decline(ctx, links["kaveri"], no)) },
			func(int) error { return d.TurnDown(ctx, r.Reference, r.Link, nilgiri) },
			func(int) error { return d.Accept(ctx, r.Reference, r.Link, marina, 1) },
			func(int) error { return d.Withdraw(ctx, r.Reference, r.Link, marina) },
		} {
			before := len(d.track(r).History)
			for _, err := range atOnce(4, do) {
				must(t, err)
			}
			if after := len(d.track(r).History); after-before > 2 { // the event, and where the enquiry stands
				t.Errorf("%d lines of history about one decision", after-before)
			}
		}
		if n := len(d.of(r, "kaveri").Messages); n != 1 {
			t.Errorf("the reason was said %d times", n)
		}
		other := no
		other.Reason = enquiry.TravelRisk
		wantKind(t, second(d.Decline(ctx, links["kaveri"], other)), fault.Conflict)
		wantKind(t, d.Withdraw(ctx, r.Reference, r.Link, kaveri), fault.Conflict)
		wantKind(t, d.Accept(ctx, r.Reference, r.Link, marina, 1), fault.Conflict)
	})
}
