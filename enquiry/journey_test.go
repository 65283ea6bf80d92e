package enquiry_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"carecorridor/enquiry"
	"carecorridor/internal/fault"
)

func TestAnEnquiryIsSentAnsweredComparedAndAccepted(t *testing.T) {
	each(t, func(d *desk) {
		t := d.t
		r, links := d.sent(enquiry.Consents{}, "marina", "nilgiri", "real")
		if !r.Hospitals[0].Sent || !r.Hospitals[1].Sent || r.Hospitals[2].Sent || r.Email != "ann@example.com" || len(links) != 2 {
			t.Fatalf("%+v, %v", r, links)
		}
		seen := d.track(r)
		if seen.Answers.Problem != problem || seen.Answers.TreatmentName != "Knee replacement" || seen.Contact.Phone != "+447700900982" {
			t.Errorf("%+v, %+v", seen.Answers, seen.Contact)
		}
		d.quoted(links["marina"])
		d.quoted(links["nilgiri"])
		if _, err := d.AskMore(ctx, links["nilgiri"], "Send a recent X-ray report."); err != nil {
			t.Fatal(err)
		}
		refused, err := d.AskAgain(ctx, r.Reference, r.Link, d.of(r, "nilgiri").ID, "Here it is: கால் மூட்டு")
		if err != nil || !refused.OK() {
			t.Fatal(refused, err)
		}
		better := offer()
		better.Lines[0].Minor, better.TotalMinor = minor(400000), 460000
		number, l, err := d.GiveQuote(ctx, links["nilgiri"], 1, better)
		if err != nil || !l.OK() || number != 2 {
			t.Fatal(number, l, err)
		}
		h := d.of(r, "nilgiri")
		if len(h.Quotes) != 2 || h.Newest().Number != 2 || !h.Newest().Newest || h.Quotes[0].Newest || h.Quotes[0].TotalMinor != 510000 || len(h.Messages) != 2 ||
			!slices.Contains(h.Allowed, enquiry.Accept) {
			t.Fatalf("%+v", h)
		}
		wantKind(t, d.Accept(ctx, r.Reference, r.Link, h.ID, 1), fault.Conflict) // superseded
		must(t, d.Accept(ctx, r.Reference, r.Link, h.ID, 2))
		after := d.track(r)
		if after.Progress != enquiry.IsAccepted || d.of(r, "nilgiri").State != enquiry.Accepted || d.of(r, "marina").State != enquiry.NotChosen || d.of(r, "real").State != enquiry.NotChosen {
			t.Errorf("%+v", after)
		}
		if last := after.History[len(after.History)-1]; last.Event != "settle" || last.To != "accepted" {
			t.Errorf("%+v", last)
		}
	})
}

func TestAHospitalSeesTheContactOnlyWithConsentOrAcceptance(t *testing.T) {
	each(t, func(d *desk) {
		t := d.t
		r, links := d.sent(enquiry.Consents{}, "marina", "nilgiri")
		for _, link := range links {
			d.quoted(link)
			q, err := d.Answer(ctx, link)
			if err != nil || q.Contact != nil || q.Answers.Problem != problem || q.Answers.Hospitals != nil || len(q.Answers.Consents.Send) > 0 {
				t.Errorf("%+v, %v", q, err)
			}
		}
		must(t, d.Accept(ctx, r.Reference, r.Link, d.of(r, "marina").ID, 1))
		q, err := d.Answer(ctx, links["marina"])
		if err != nil || q.Contact == nil || q.Contact.Email != "ann@example.com" {
			t.Errorf("%+v, %v", q, err)
		}
		if q, err := d.Answer(ctx, links["nilgiri"]); err != nil || !q.Closed || q.Contact != nil || q.Answers.Problem != "" || q.Quotes != nil || q.Allowed != nil {
			t.Errorf("not chosen: %+v, %v", q, err)
		}
		must(t, d.Withdraw(ctx, r.Reference, r.Link, ""))
		if q, err := d.Answer(ctx, links["marina"]); err != nil || !q.Closed || q.Contact != nil || q.Answers.Problem != "" {
			t.Errorf("withdrawn: %+v, %v", q, err)
		}
		r2, links := d.sent(enquiry.Consents{DirectContact: true}, "kaveri")
		if q, err := d.Answer(ctx, links["kaveri"]); err != nil || q.Contact == nil {
			t.Errorf("with consent: %+v, %v", q, err)
		}
		if !d.of(r2, "kaveri").Contact {
			t.Error("the patient is not told that the contact is open")
		}
	})
}

func TestADoubleSubmitIsOneEnquiry(t *testing.T) {
	each(t, func(d *desk) {
		t := d.t
		token := d.written(enquiry.Consents{}, "marina")
		receipts := make([]enquiry.Receipt, 8)
		var all sync.WaitGroup
		for i := range receipts {
			all.Go(func() {
				r, refused, err := d.Submit(ctx, token)
				if err != nil || !refused.OK() {
					t.Errorf("click %d: %v, %v", i, refused.Problems, err)
				}
				receipts[i] = r
			})
		}
		all.Wait()
		for _, r := range receipts {
			if r.Reference == "" || r.Reference != receipts[0].Reference {
				t.Errorf("%+v", r)
			}
		}
		seen := d.track(receipts[0])
		events := 0
		for _, h := range seen.History {
			if h.Event == "submit" {
				events++
			}
		}
		if len(seen.Hospitals) != 1 || events != 1 {
			t.Errorf("%d hospitals, sent %d times", len(seen.Hospitals), events)
		}
	})
}

func TestTwoQuotesAcceptedAtOnceAreOne(t *testing.T) {
	each(t, func(d *desk) {
		t := d.t
		r, links := d.sent(enquiry.Consents{}, "marina", "nilgiri", "kaveri")
		errs := map[string]error{}
		var mu sync.Mutex
		var all sync.WaitGroup
		for _, link := range links {
			d.quoted(link)
		}
		for slug := range links {
			id := d.of(r, slug).ID
			all.Go(func() {
				err := d.Accept(ctx, r.Reference, r.Link, id, 1)
				mu.Lock()
				defer mu.Unlock()
				errs[slug] = err
			})
		}
		all.Wait()
		accepted := 0
		for slug, err := range errs {
			if err == nil {
				accepted++
			} else if !fault.Is(err, fault.Conflict) {
				t.Errorf("%s: %v", slug, err)
			}
		}
		states := map[enquiry.State]int{}
		for _, h := range d.track(r).Hospitals {
			states[h.State]++
		}
		if accepted != 1 || states[enquiry.Accepted] != 1 {
			t.Errorf("%d accepted, %v", accepted, states)
		}
	})
}

func TestAQuotePastItsDateCannotBeAccepted(t *testing.T) {
	each(t, func(d *desk) {
		t := d.t
		r, links := d.sent(enquiry.Consents{}, "marina")
		d.quoted(links["marina"])
		h := d.of(r, "marina")
		d.clock.pass(20) // links last 28 days
		r.Link = d.track(r).Link
		d.clock.pass(20)
		r.Link = d.track(r).Link
		d.clock.pass(20) // its last day
		r.Link = d.track(r).Link
		if h := d.of(r, "marina"); !h.Newest().InDate || !slices.Contains(h.Allowed, enquiry.Accept) {
			t.Error("the last day does not count")
		}
		d.clock.pass(1)
		if h := d.of(r, "marina"); h.Newest().InDate || slices.Contains(h.Allowed, enquiry.Accept) {
			t.Errorf("%+v", h)
		}
		wantKind(t, d.Accept(ctx, r.Reference, r.Link, h.ID, 1), fault.Conflict)
	})
}

func TestEveryStepCanBeLeftAndResumed(t *testing.T) {
	each(t, func(d *desk) {
		t := d.t
		draft, err := d.StartDraft(ctx)
		must(t, err)
		d.save(draft.Token, enquiry.TreatmentStep{Problem: problem}, enquiry.DoctorStep{Seen: enquiry.SeenNo})
		d.clock.pass(6)
		again, err := d.Draft(ctx, draft.Token)
		if err != nil || again.Answers.Problem != problem || again.Answers.SeenDoctor != enquiry.SeenNo || slices.Contains(again.Missing(), enquiry.StepDoctor) || len(again.Missing()) != 6 {
			t.Fatalf("%+v, %v", again, err)
		}
		_, refused, err := d.Submit(ctx, draft.Token)
		if err != nil || refused.Problems.On("contact") == "" || refused.Problems.On("treatment") != "" {
			t.Errorf("%v, %v", refused.Problems, err)
		}
		d.clock.pass(2)
		if _, err := d.Draft(ctx, draft.Token); !errors.Is(err, enquiry.ErrLink) {
			t.Errorf("after a week: %v", err)
		}
	})
}

func TestWhatStopsIsNotStored(t *testing.T) {
	each(t, func(d *desk) {
		t := d.t
		draft, err := d.StartDraft(ctx)
		must(t, err)
		for _, step := range []enquiry.Step{enquiry.TreatmentStep{Problem: "chest pain now"}, enquiry.TreatmentStep{Treatment: "kidney-transplant", Problem: "x"},
			enquiry.TravelStep{For: enquiry.ForUnder18}} {
			after, refused, err := d.SaveStep(ctx, draft.Token, step)
			if err != nil || refused.Stop == nil || len(after.Answers.Done) > 0 {
				t.Errorf("%+v: %+v, %v", step, refused, err)
			}
		}
		again, err := d.Draft(ctx, draft.Token)
		if err != nil || again.Answers.Problem != "" || len(again.Answers.Done) > 0 {
			t.Errorf("%+v, %v", again.Answers, err)
		}
		d.save(draft.Token, enquiry.TreatmentStep{Problem: "chest pain now and then", NotNow: []enquiry.StopKind{enquiry.Emergency}})
		if again, _ = d.Draft(ctx, draft.Token); !slices.Contains(again.Answers.NotNow, enquiry.Emergency) {
			t.Error("that the warning was answered is not kept")
		}
	})
}

func TestAMessageIsScreenedToo(t *testing.T) {
	each(t, func(d *desk) {
		t := d.t
		r, links := d.sent(enquiry.Consents{}, "marina")
		must(t, d.OpenRequest(ctx, links["marina"]))
		id := d.of(r, "marina").ID
		refused, err := d.AskAgain(ctx, r.Reference, r.Link, id, "I cannot breathe")
		if err != nil || refused.Stop == nil || refused.Stop.Kind != enquiry.Emergency {
			t.Fatalf("%+v, %v", refused, err)
		}
		if refused, err := d.AskAgain(ctx, r.Reference, r.Link, id, "\x00"); err != nil || refused.Problems.On("message") == "" {
			t.Errorf("%+v, %v", refused, err)
		}
		if n := len(d.of(r, "marina").Messages); n != 0 {
			t.Errorf("%d messages are kept", n)
		}
		if _, err := d.AskMore(ctx, links["marina"], "Pay the deposit to account number 12345678, sort code 12-34-56"); err != nil {
			t.Fatal(err)
		}
		if m := d.of(r, "marina").Messages[0]; !m.AsksForMoney {
			t.Errorf("%+v", m)
		}
	})
}

func TestOtherHospitalsNeedConsentAnew(t *testing.T) {
	each(t, func(d *desk) {
		t := d.t
		token := d.written(enquiry.Consents{}, "marina", "nilgiri")
		d.save(token, enquiry.HospitalsStep{Slugs: []string{"nilgiri", "kaveri"}})
		draft, err := d.Draft(ctx, token)
		if err != nil || len(draft.Answers.Consents.Send) > 0 || !slices.Equal(draft.Missing(), []enquiry.StepName{enquiry.StepConsent}) {
			t.Errorf("%+v, %v", draft.Answers, err)
		}
		// What was ticked for a hospital that is not chosen any more sends nothing.
		_, refused, err := d.SaveStep(ctx, token, enquiry.ConsentStep{Consents: enquiry.Consents{Send: []string{"marina"}}})
		if err != nil || refused.Problems.On("send") == "" {
			t.Errorf("%v, %v", refused.Problems, err)
		}
		d.save(token, enquiry.ConsentStep{Consents: enquiry.Consents{Send: []string{"kaveri", "marina"}}})
		r, _, err := d.Submit(ctx, token)
		if err != nil || len(r.Hospitals) != 1 || r.Hospitals[0].Slug != "kaveri" {
			t.Errorf("%+v, %v", r, err)
		}
	})
}

func TestConsentsAreKeptWithTheirWords(t *testing.T) {
	each(t, func(d *desk) {
		t := d.t
		r, _ := d.sent(enquiry.Consents{Feedback: true}, "marina", "nilgiri")
		e, err := d.store.EnquiryByReference(ctx, r.Reference)
		must(t, err)
		must(t, d.Withdraw(ctx, r.Reference, r.Link, d.of(r, "marina").ID))
		parts, err := d.store.PartsOf(ctx, e.ID)
		must(t, err)
		got := map[string]bool{}
		for _, c := range parts.Consents {
			if c.WordingVersion != enquiry.WordingVersion || c.Wording == "" || c.At.IsZero() {
				t.Errorf("%+v", c)
			}
			key := c.Kind
			if c.RecipientID != nil {
				key += " " + strings.Fields(strings.SplitAfter(c.Wording, "my answers to ")[1])[0]
			}
			got[key] = c.Given && c.WithdrawnAt == nil
		}
		want := map[string]bool{"send marina": false, "send nilgiri": true, "direct_contact": false, "keep_copy": false, "feedback": true}
		if len(got) != len(want) || got["send nilgiri"] != true || got["send marina"] || !got["feedback"] || got["keep_copy"] || got["direct_contact"] {
			t.Errorf("%v", got)
		}
	})
}
