package enquiry_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"

	"carecorridor/enquiry"
	"carecorridor/internal/fault"
	"carecorridor/internal/files"
	"carecorridor/internal/reference"
	"carecorridor/internal/testdb"
	"carecorridor/internal/token"
	"carecorridor/jobs"
	"carecorridor/models"
)

// waiting are ids of letters that are not sent, by the queue's own table.
func (d *desk) waiting() (ids []string) {
	d.t.Helper()
	var err error
	ids, err = d.store.WaitingMails(ctx, 1000)
	must(d.t, err)
	return ids
}

func TestEveryWrongLinkIsOneFailure(t *testing.T) {
	each(t, func(d *desk) {
		t := d.t
		r, links := d.sent(enquiry.Consents{}, "marina")
		other, _ := d.sent(enquiry.Consents{}, "marina")
		draft, err := d.StartDraft(ctx)
		must(t, err)
		foreign, err := token.New(bytes.Repeat([]byte{1}, 32))
		must(t, err)
		wrong := []string{"", "x", r.Link[1:], r.Link[:len(r.Link)-1], otherFirst(r.Link), links["marina"], draft.Token, foreign.Sign("enquiry track", make([]byte, 16), d.clock.Now().AddDate(1, 0, 0)),
			"../../etc", strings.Repeat("A", 5000), "\x00", other.Link}
		for i, link := range wrong {
			for _, err := range []error{
				second(d.Track(ctx, r.Reference, link)), d.Accept(ctx, r.Reference, link, d.of(r, "marina").ID, 1), d.Delete(ctx, r.Reference, link),
				d.Withdraw(ctx, r.Reference, link, ""), second(d.TrackFile(ctx, r.Reference, link, "x")),
			} {
				if !errors.Is(err, enquiry.ErrLink) && !errors.Is(err, enquiry.ErrTooMany) {
					t.Errorf("wrong link %d: %v", i, err)
				}
			}
			if link != links["marina"] {
				if _, err := d.Answer(ctx, link); !errors.Is(err, enquiry.ErrLink) {
					t.Errorf("wrong answer link %d: %v", i, err)
				}
			}
			if link != draft.Token {
				if _, err := d.Draft(ctx, link); !errors.Is(err, enquiry.ErrLink) {
					t.Errorf("wrong draft link %d: %v", i, err)
				}
			}
		}
		if _, err := d.Track(ctx, other.Reference, r.Link); !errors.Is(err, enquiry.ErrLink) {
			t.Errorf("another code: %v", err)
		}
		if err := d.Accept(ctx, r.Reference, r.Link, d.of(other, "marina").ID, 1); !errors.Is(err, enquiry.ErrLink) {
			t.Errorf("a hospital of another enquiry: %v", err)
		}
		d.track(r) // the right link works after all of that
		d.clock.pass(29)
		if _, err := d.Track(ctx, r.Reference, r.Link); !errors.Is(err, enquiry.ErrLink) {
			t.Errorf("after four weeks: %v", err)
		}
	})
}

func second[T any](_ T, err error) error { return err }

func TestTriesAreCountedForEachCodeKnownOrNot(t *testing.T) {
	each(t, func(d *desk) {
		t := d.t
		r, _ := d.sent(enquiry.Consents{}, "marina")
		free := reference.New()
		for _, code := range []string{r.Reference, free} {
			for i := range 10 {
				if _, err := d.Track(ctx, code, "wrong"); !errors.Is(err, enquiry.ErrLink) {
					t.Fatalf("%s, try %d: %v", code, i+1, err)
				}
			}
			if _, err := d.Track(ctx, strings.ToLower(code), "wrong"); !errors.Is(err, enquiry.ErrTooMany) {
				t.Errorf("%s, try 11: %v", code, err)
			}
			for range 5 {
				if _, err := d.SendLink(ctx, code, "eve@example.com"); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := d.SendLink(ctx, code, "ann@example.com"); !errors.Is(err, enquiry.ErrTooMany) {
				t.Errorf("%s, request 6: %v", code, err)
			}
		}
		before := len(d.waiting())
		d.track(r) // the right link is not held up
		d.clock.set(d.clock.Now().Add(61 * 60 * 1e9))
		if _, err := d.Track(ctx, r.Reference, "wrong"); !errors.Is(err, enquiry.ErrLink) {
			t.Errorf("an hour later: %v", err)
		}
		for _, email := range []string{"eve@example.com", " Ann@Example.com "} {
			if l, err := d.SendLink(ctx, r.Reference, email); err != nil || !l.OK() {
				t.Error(l, err)
			}
		}
		if after := len(d.waiting()); after != before+1 {
			t.Errorf("%d letters for one right address", after-before)
		}
		if l, err := d.SendLink(ctx, "CC-0000-00", "x"); err != nil || l.On("code") == "" || l.On("email") == "" {
			t.Error(l, err)
		}
	})
}

var pdf = []byte("%PDF-1.7\nMrs Sharma, knee")

func TestDocumentsAreSharedOnlyWhenSafe(t *testing.T) {
	t.Parallel()
	c := &clock{}
	testdb.EachWith(t, models.Options{Clock: c.Now}, func(t *testing.T, s *models.Store) {
		c.set(midNovember)
		scanner := &verdicts{}
		d := newDesk(t, s, c, func(o *enquiry.Options) { o.Scanner = scanner })
		token := d.written(enquiry.Consents{}, "marina")
		for name, content := range map[string]string{"program.pdf": "MZ\x90\x00", "empty.pdf": ""} {
			if _, refused, err := d.AddFile(ctx, token, name, strings.NewReader(content)); err != nil || !strings.HasPrefix(refused.Problems.On("files"), name) {
				t.Errorf("%s: %v, %v", name, refused.Problems, err)
			}
		}
		scanner.say = files.Blocked
		if _, refused, err := d.AddFile(ctx, token, "virus.pdf", bytes.NewReader(pdf)); err != nil || !strings.Contains(refused.Problems.On("files"), "virus") {
			t.Errorf("%v, %v", refused.Problems, err)
		}
		scanner.say = ""
		draft, refused, err := d.AddFile(ctx, token, `C:\me\घुटना.exe`, bytes.NewReader(pdf))
		if err != nil || !refused.OK() || len(draft.Files) != 1 || draft.Files[0].Name != "घुटना.exe" || draft.Files[0].Kind.Name != "PDF" || draft.Files[0].Scan != files.Pending {
			t.Fatalf("%+v, %v, %v", draft.Files, refused.Problems, err)
		}
		id := draft.Files[0].ID
		if missing := draft.Missing(); len(missing) != 1 || missing[0] != enquiry.StepConsent {
			t.Errorf("a document was added and the consent counts still: %v", missing)
		}
		if got, err := d.DraftFile(ctx, token, id); err != nil || !bytes.Equal(got.Bytes, pdf) {
			t.Errorf("%v", err)
		}
		d.save(token, enquiry.ConsentStep{Consents: enquiry.Consents{Send: []string{"marina"}}})
		r, refused, err := d.Submit(ctx, token)
		if err != nil || !refused.OK() {
			t.Fatal(refused.Problems, err)
		}
		link := d.links(r)["marina"]
		if _, err := d.AnswerFile(ctx, link, id); !errors.Is(err, enquiry.ErrNotScanned) {
			t.Errorf("not scanned: %v", err)
		}
		if got, err := d.TrackFile(ctx, r.Reference, r.Link, id); err != nil || !bytes.Equal(got.Bytes, pdf) {
			t.Errorf("its sender: %v", err)
		}
		scanner.say = files.Safe
		if done, err := d.Tend(ctx); err != nil || done.Scanned != 1 {
			t.Errorf("%+v, %v", done, err)
		}
		if got, err := d.AnswerFile(ctx, link, id); err != nil || !bytes.Equal(got.Bytes, pdf) {
			t.Errorf("safe: %v", err)
		}
		must(t, d.Withdraw(ctx, r.Reference, r.Link, ""))
		if _, err := d.AnswerFile(ctx, link, id); !errors.Is(err, enquiry.ErrLink) {
			t.Errorf("withdrawn: %v", err)
		}
		must(t, d.Delete(ctx, r.Reference, r.Link))
		if _, err := d.bucket.Get(ctx, id); !errors.Is(err, files.ErrMissing) {
			t.Errorf("erased: %v", err)
		}
	})
}

// verdicts is a scanner that is away until it is told what to say.
type verdicts struct{ say files.Scan }

// Scan gives the verdict.
func (v *verdicts) Scan(context.Context, []byte) (files.Scan, error) {
	if v.say == "" {
		return files.Pending, errors.New("scanner is away")
	}
	return v.say, nil
}

func TestTenDocumentsAndNoMore(t *testing.T) {
	each(t, func(d *desk) {
		t := d.t
		draft, err := d.StartDraft(ctx)
		must(t, err)
		for range files.MaxFiles {
			if _, refused, err := d.AddFile(ctx, draft.Token, "a.pdf", bytes.NewReader(pdf)); err != nil || !refused.OK() {
				t.Fatal(refused.Problems, err)
			}
		}
		after, refused, err := d.AddFile(ctx, draft.Token, "eleventh.pdf", bytes.NewReader(pdf))
		if err != nil || !strings.Contains(refused.Problems.On("files"), "eleventh.pdf") || len(after.Files) != 10 {
			t.Errorf("%v, %d, %v", refused.Problems, len(after.Files), err)
		}
		first := after.Files[0].ID
		if after, err = d.RemoveFile(ctx, draft.Token, first); err != nil || len(after.Files) != 9 {
			t.Errorf("%d, %v", len(after.Files), err)
		}
		if _, err := d.bucket.Get(ctx, first); !errors.Is(err, files.ErrMissing) {
			t.Errorf("removed: %v", err)
		}
		must(t, d.DropDraft(ctx, draft.Token))
		if _, err := d.bucket.Get(ctx, after.Files[0].ID); !errors.Is(err, files.ErrMissing) {
			t.Errorf("dropped: %v", err)
		}
	})
}

func TestErasureLeavesCodeDatesAndAnEventAlone(t *testing.T) {
	each(t, func(d *desk) {
		t := d.t
		r, links := d.sent(enquiry.Consents{KeepCopy: true}, "marina", "nilgiri")
		d.quoted(links["marina"])
		e, err := d.store.EnquiryByReference(ctx, r.Reference)
		must(t, err)
		must(t, d.Delete(ctx, r.Reference, r.Link))
		must(t, d.Delete(ctx, r.Reference, r.Link))
		seen := d.track(r)
		if !seen.Erased || seen.Answers.Problem != "" || seen.Contact.Email != "" || seen.Hospitals != nil || seen.Submitted.IsZero() || seen.History[len(seen.History)-1].Event != "erase" {
			t.Errorf("%+v", seen)
		}
		parts, err := d.store.PartsOf(ctx, e.ID)
		if err != nil || len(parts.Recipients)+len(parts.Consents)+len(parts.Messages)+len(parts.Quotes)+len(parts.Files) > 0 {
			t.Errorf("%+v, %v", parts, err)
		}
		for _, link := range links {
			if _, err := d.Answer(ctx, link); !errors.Is(err, enquiry.ErrLink) {
				t.Error(err)
			}
		}
		wantKind(t, d.Withdraw(ctx, r.Reference, r.Link, ""), fault.Conflict)
		if _, err := d.SendLink(ctx, r.Reference, "ann@example.com"); err != nil {
			t.Error(err)
		}
	})
}

func TestTheClockDropsDeliversLapsesAndErases(t *testing.T) {
	t.Parallel()
	c := &clock{}
	testdb.EachWith(t, models.Options{Clock: c.Now}, func(t *testing.T, s *models.Store) {
		c.set(midNovember)
		phone := &contacts{}
		d := newDesk(t, s, c, func(o *enquiry.Options) { phone.Directory = o.Directory; o.Directory = phone })
		old, err := d.StartDraft(ctx)
		must(t, err)
		r, _ := d.sent(enquiry.Consents{}, "real", "marina")
		kept, _ := d.sent(enquiry.Consents{KeepCopy: true}, "marina")
		want := func(days int, w enquiry.Tended) {
			t.Helper()
			c.pass(days)
			if got, err := d.Tend(ctx); err != nil || got != w {
				t.Fatalf("after %d days: %+v, %v; want %+v", days, got, err, w)
			}
		}
		want(6, enquiry.Tended{})
		want(2, enquiry.Tended{Drafts: 1})
		if err := d.DropDraft(ctx, old.Token); !errors.Is(err, enquiry.ErrLink) {
			t.Error(err)
		}
		phone.real = "desk@real.example"
		want(0, enquiry.Tended{Delivered: 1})
		r.Link = d.track(r).Link
		if h := d.of(r, "real"); h.State != enquiry.Sent {
			t.Errorf("%+v", h)
		}
		want(7, enquiry.Tended{Lapsed: 2}) // marina, in both
		r.Link = d.track(r).Link
		kept.Link = d.track(kept).Link
		want(8, enquiry.Tended{Lapsed: 1})
		if got := d.track(r).Progress; got != enquiry.IsClosed {
			t.Errorf("all lapsed: %s", got)
		}
		r.Link, kept.Link = d.track(r).Link, d.track(kept).Link
		want(20, enquiry.Tended{})
		r.Link, kept.Link = d.track(r).Link, d.track(kept).Link
		want(11, enquiry.Tended{Erased: 1})
		if !d.track(r).Erased || d.track(kept).Erased {
			t.Error("the wrong one is erased")
		}
		want(730, enquiry.Tended{Erased: 1})
	})
}

// contacts is the directory with an address that becomes known.
type contacts struct {
	enquiry.Directory
	real string
}

// Listing adds the address.
func (p *contacts) Listing(ctx context.Context, slug string) (enquiry.Listing, error) {
	l, err := p.Directory.Listing(ctx, slug)
	if slug == "real" {
		l.Email = p.real
	}
	return l, err
}

func TestMailLeavesByTheQueue(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		c := &clock{}
		c.set(midNovember)
		d := newDesk(t, s, c, nil)
		box := &postbox{}
		nothing := func(context.Context) error { return nil }
		runner, err := s.Work(ctx, jobs.Workers{IndexProvider: func(context.Context, int64) error { return nil }, RebuildIndex: nothing, ExpireCertificates: nothing,
			SendMail:      func(ctx context.Context, id string) error { return d.SendMail(ctx, box, id) },
			TendEnquiries: func(ctx context.Context) error { _, err := d.Tend(ctx); return err }}, jobs.Options{})
		must(t, err)
		defer func() { must(t, runner.Stop(context.WithoutCancel(ctx))) }()
		d.sent(enquiry.Consents{}, "marina", "nilgiri")
		eventually(t, func() bool { box.mu.Lock(); defer box.mu.Unlock(); return len(box.all) == 3 })
	})
}

func TestNothingPersonalIsReadableInTheDatabase(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "corridor.db")
	c := &clock{}
	c.set(midNovember)
	s, err := models.Open(ctx, "sqlite:"+file, models.Options{Clock: c.Now, Logger: slog.New(slog.DiscardHandler)})
	must(t, err)
	must(t, s.Migrate(ctx))
	d := newDesk(t, s, c, nil)
	r, links := d.sent(enquiry.Consents{}, "marina")
	d.quoted(links["marina"])
	_, err = d.AskMore(ctx, links["marina"], "How is the joint today, Mrs Sharma?")
	must(t, err)
	must(t, s.Close())
	content := readAll(t, file) + readAll(t, file+"-wal")
	if !strings.Contains(content, r.Reference) {
		t.Fatal("the file was not read")
	}
	for _, words := range []string{"Sharma", "ann@example.com", "900982", "worn joint", "घुटने", "Implant", "Dr A Rao", "joint today", r.Link, links["marina"]} {
		if strings.Contains(content, words) {
			t.Errorf("%q can be read", words)
		}
	}
}

// otherFirst changes the first letter.
func otherFirst(link string) string {
	if link[0] == 'A' {
		return "B" + link[1:]
	}
	return "A" + link[1:]
}

func TestTakingBackEveryRequestLeavesTheCopyThatThePatientAskedToKeep(t *testing.T) {
	each(t, func(d *desk) {
		t := d.t
		r, _ := d.sent(enquiry.Consents{KeepCopy: true, DirectContact: true}, "marina", "nilgiri")
		must(t, d.Withdraw(ctx, r.Reference, r.Link, ""))
		e, err := d.store.EnquiryByReference(ctx, r.Reference)
		must(t, err)
		parts, err := d.store.PartsOf(ctx, e.ID)
		must(t, err)
		for _, c := range parts.Consents {
			if c.Given && (c.WithdrawnAt == nil) != (c.Kind == "keep_copy") {
				t.Errorf("%s ended at %v", c.Kind, c.WithdrawnAt)
			}
		}
	})
}
