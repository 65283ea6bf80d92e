package enquiry_test

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"carecorridor/enquiry"
	"carecorridor/internal/mail"
	"carecorridor/internal/testdb"
	"carecorridor/models"
)

// health is what no letter may say: a mailbox is read by others.
var health = regexp.MustCompile(`(?i)\b(hospital|clinic|doctor|surgeon|surgery|operation|treatment|condition|diagnos\w*|symptom\w*|medical|health|knee|hip|patient|procedure|quote|price|india\w*|enquir\w*)`)

func TestNoTemplateOfMailNamesHealthOrAHospital(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("letters/*.txt")
	if err != nil || len(paths) != 8 || len(enquiry.Letters()) != len(paths) {
		t.Fatalf("%v, %v, %v", paths, enquiry.Letters(), err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		must(t, err)
		if found := health.FindString(string(text)); found != "" {
			t.Errorf("%s says %q", path, found)
		}
		for _, action := range regexp.MustCompile(`{{.*?}}`).FindAllString(string(text), -1) {
			if action != "{{.Link}}" {
				t.Errorf("%s uses %s", path, action)
			}
		}
	}
}

// deliver works every letter that waits, as the queue does.
func (d *desk) deliver(box mail.Sender) {
	d.t.Helper()
	for _, id := range d.waiting() {
		must(d.t, d.SendMail(ctx, box, id))
	}
}

func TestNoLetterOfAWholeStoryNamesHealthOrAHospital(t *testing.T) {
	each(t, func(d *desk) {
		t := d.t
		box := &postbox{}
		r, links := d.sent(enquiry.Consents{}, "marina", "nilgiri", "kaveri")
		d.quoted(links["marina"])
		must(t, d.OpenRequest(ctx, links["nilgiri"]))
		_, err := d.Decline(ctx, links["nilgiri"], enquiry.Refusal{Reason: enquiry.NoCapacity, Comment: "knee surgeon away"})
		must(t, err)
		_, err = d.AskAgain(ctx, r.Reference, r.Link, d.of(r, "marina").ID, "Which implant?")
		must(t, err)
		must(t, d.Accept(ctx, r.Reference, r.Link, d.of(r, "marina").ID, 1))
		_, err = d.SendLink(ctx, r.Reference, "ANN@example.com")
		must(t, err)
		d.deliver(box)
		must(t, d.Delete(ctx, r.Reference, r.Link))
		d.deliver(box)
		names := regexp.MustCompile(`(?i)marina|nilgiri|kaveri|sharma|510|5,100`)
		subjects := map[string]bool{}
		for _, m := range box.all {
			subjects[m.Subject] = true
			bare := strings.ReplaceAll(m.Text, "/enquiry/track/", "/") // an address is not read aloud
			if found := health.FindString(m.Subject + " " + bare); found != "" {
				t.Errorf("%s: %q in %s", m.Subject, found, m.Text)
			}
			if found := names.FindString(m.Subject + " " + m.Text); found != "" {
				t.Errorf("%s names %q", m.Subject, found)
			}
		}
		if len(subjects) != 8 {
			t.Errorf("%d kinds of letter were sent: %v", len(subjects), subjects)
		}
		if n := len(d.waiting()); n != 0 {
			t.Errorf("%d letters still wait", n)
		}
	})
}

func TestALetterIsSentOnceAndThenForgotten(t *testing.T) {
	each(t, func(d *desk) {
		t := d.t
		d.sent(enquiry.Consents{}, "marina")
		ids := d.waiting()
		box := &postbox{fail: errors.New("away")}
		if err := d.SendMail(ctx, box, ids[0]); err == nil {
			t.Error("a failure is not told to the queue")
		}
		box.fail = nil
		d.deliver(box)
		for _, id := range ids {
			must(t, d.SendMail(ctx, box, id)) // the queue may run a job twice
			m, err := d.store.MailByID(ctx, id)
			if err != nil || m.Outcome != "sent" || m.Letter != nil || m.DoneAt == nil {
				t.Errorf("%+v, %v", m, err)
			}
		}
		to := []string{box.all[0].To, box.all[1].To}
		if slices.Sort(to); len(box.all) != 2 || to[0] != "ann@example.com" || !strings.HasSuffix(to[1], "@sample.invalid") || strings.Contains(to[1], "marina") {
			t.Errorf("%+v", box.all)
		}
		must(t, d.SendMail(ctx, box, "gone"))
	})
}

// A letter that cannot be sent, whoever wrote it, holds an address no longer than it is tried.
func TestLettersThatCannotBeSentAreEmptiedAfterAWeek(t *testing.T) {
	t.Parallel()
	c := &clock{}
	testdb.EachWith(t, models.Options{Clock: c.Now}, func(t *testing.T, s *models.Store) {
		c.set(midNovember)
		d := newDesk(t, s, c, nil)
		d.sent(enquiry.Consents{}, "marina")
		must(t, s.Write(ctx, func(tx *models.Tx) error {
			return tx.AddMail(&models.Mail{ID: "of another package", Template: "account_link", Letter: []byte("\x01sealed")})
		}))
		for _, step := range []struct{ days, waiting int }{{6, 3}, {2, 0}} {
			c.pass(step.days)
			if _, err := d.Tend(ctx); err != nil {
				t.Fatal(err)
			}
			if got := d.waiting(); len(got) != step.waiting {
				t.Errorf("%d days later %d letters wait", step.days, len(got))
			}
		}
		if m, err := s.MailByID(ctx, "of another package"); err != nil || m.Letter != nil || m.Outcome != "refused" {
			t.Errorf("%+v, %v", m, err)
		}
	})
}
