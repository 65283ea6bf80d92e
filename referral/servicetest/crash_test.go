package servicetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net"
	netmail "net/mail"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"carecorridor/auth"
	"carecorridor/catalogue"
	"carecorridor/internal/files"
	"carecorridor/internal/mail"
	"carecorridor/internal/seal"
	"carecorridor/internal/testdb"
	"carecorridor/internal/workday"
	"carecorridor/jobs"
	"carecorridor/models"
	"carecorridor/referral"
)

// Steps of sending a referral on at which the process is killed.
const (
	beforeCommit = "before the commit"
	afterCommit  = "after the commit"
	whileSending = "in the middle of a mail"
	afterSending = "after the mail server took a mail"
)

// The test starts itself again as a process that dies: these say where, and what it works on.
const (
	crashAt   = "CORRIDOR_TEST_CRASH_AT"
	crashDB   = "CORRIDOR_TEST_CRASH_DB"
	crashKeys = "CORRIDOR_TEST_CRASH_KEYS"
	crashMail = "CORRIDOR_TEST_CRASH_MAIL" // host and port of the mail server
	crashCase = "CORRIDOR_TEST_CRASH_CASE"
	crashNow  = "CORRIDOR_TEST_CRASH_NOW"
)

// A process killed at any step loses nothing and tells nobody twice: what is done is done whole, another process sends what
// waits, and a mail whose fate nobody knows is sent again as the same message, which mailboxes know by its id.
func TestAProcessKilledAtAnyStepLosesNoNoticeAndTellsNobodyTwice(t *testing.T) {
	if os.Getenv(crashAt) != "" {
		t.Fatal(routeAndDie(os.Getenv(crashDB), os.Getenv(crashAt))) // it must not come this far
	}
	t.Parallel()
	for _, step := range []string{beforeCommit, afterCommit, whileSending, afterSending} {
		t.Run(strings.ReplaceAll(step, " ", "_"), func(t *testing.T) {
			t.Parallel()
			testdb.EachURL(t, func(t *testing.T, url string) {
				t.Parallel()
				crash(t, url, step)
			})
		})
	}
}

func crash(t *testing.T, url, step string) {
	keys := filepath.Join(t.TempDir(), "keys.json")
	box, err := seal.Open(keys)
	must(t, err)
	w := newSealedWorld(t, url, box)
	id := w.at(referral.Triage, 0)
	must(t, w.store.Write(ctx, func(tx *models.Tx) error { return tx.DropNotices(id) })) // of what went before
	server := &postOffice{killAt: step}
	address := server.start(t)
	died := w.dies(step, keys, address, id, server)
	if died.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
		t.Fatalf("the other process was not killed: %v", died)
	}
	routed := w.trail(id, "referral.route")
	if want := map[bool]int{true: 0, false: 1}[step == beforeCommit]; routed != want {
		t.Fatalf("killed %s: %d audit rows", step, routed)
	}
	if step == beforeCommit {
		if v := w.look(w.Coordinator, id); v.State != referral.Triage || len(w.ids("SELECT id FROM referral_notices WHERE key = 'new_referral'")) != 0 {
			t.Fatal("half of it is there")
		}
		w.do(w.Coordinator, id, referral.Route, referral.Input{Hospitals: w.rows(id)})
	}
	w.workUntilTold(address)
	if v := w.look(w.Coordinator, id); v.State != referral.WithProviders || count(v, referral.Route) != 1 || w.trail(id, "referral.route") != 1 {
		t.Errorf("killed %s: %s, sent on %d times, %d audit rows", step, v.State, count(v, referral.Route), w.trail(id, "referral.route"))
	}
	server.check(t, step)
}

func (w *world) rows(id string) (out []string) {
	for _, h := range w.look(w.Coordinator, id).Hospitals {
		out = append(out, h.ID)
	}
	return out
}

// dies lets another process do it and waits for its end.
func (w *world) dies(step, keys, address, id string, server *postOffice) *exec.ExitError {
	w.t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^TestAProcessKilledAtAnyStepLosesNoNoticeAndTellsNobodyTwice$")
	child.Env = append(os.Environ(), crashAt+"="+step, crashDB+"="+w.url, crashKeys+"="+keys, crashMail+"="+address, crashCase+"="+id, crashNow+"="+w.clock.Now().Format(time.RFC3339))
	var out bytes.Buffer
	child.Stdout, child.Stderr = &out, &out
	must(w.t, child.Start())
	server.victim(child.Process.Pid)
	var died *exec.ExitError
	if err := child.Wait(); !errors.As(err, &died) {
		w.t.Fatalf("the other process ended by itself: %v\n%s", err, &out)
	}
	server.victim(0)
	if died.Exited() {
		w.t.Fatalf("the other process failed: %v\n%s", died, &out)
	}
	return died
}

// workUntilTold is the next process: it works the queue until nobody waits for a mail.
func (w *world) workUntilTold(address string) {
	w.t.Helper()
	runner, err := w.store.Work(context.WithoutCancel(w.t.Context()), telling(w.Service, address), jobs.Options{Poll: 20 * time.Millisecond, Timeout: time.Second, RescueAfter: time.Second})
	must(w.t, err)
	defer func() { _ = runner.Stop(context.Background()) }()
	db := testdb.SQL(w.t, w.url)
	for end := time.Now().Add(90 * time.Second); len(testdb.Cells(w.t, db, "SELECT id FROM referral_notices WHERE state = 'waiting'")) > 0; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			w.t.Fatal("somebody still waits for a mail")
		}
	}
}

func telling(s *referral.Service, address string) jobs.Workers {
	return jobs.Workers{
		IndexProvider: func(context.Context, int64) error { return nil }, RebuildIndex: func(context.Context) error { return nil }, ExpireCertificates: func(context.Context) error { return nil },
		TellReferral: func(ctx context.Context, id string) error {
			sender, err := mail.NewSMTP("smtp://"+address+"?tls=no", "no-reply@example.org", func() time.Time { return noon })
			if err != nil {
				return err
			}
			return s.Tell(ctx, sender, id)
		},
	}
}

// dying is a calendar: it is asked in the middle of the transaction, when the hospitals' clocks are written.
type dying struct{ workday.Calendar }

func (dying) Add(time.Time, int) time.Time { die(); return time.Time{} }

func die() { _ = syscall.Kill(os.Getpid(), syscall.SIGKILL); select {} }

// routeAndDie is the other process.
func routeAndDie(url, step string) error {
	now, err := time.Parse(time.RFC3339, os.Getenv(crashNow))
	if err != nil {
		return err
	}
	clock := func() time.Time { return now }
	store, err := models.Open(ctx, url, models.Options{Clock: clock})
	if err != nil {
		return err
	}
	cat, err := catalogue.Open(ctx, store, clock, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	box, err := seal.Open(os.Getenv(crashKeys))
	if err != nil {
		return err
	}
	o := referral.Options{Store: store, Box: box, Files: files.Memory(box), Directory: referral.FromCatalogue(cat), Clock: clock, Origin: "https://example.org", Mailboxes: auth.MailDomains{"staff.example"}, TestNumbers: true}
	s, err := referral.New(o)
	if err != nil {
		return err
	}
	id, who := os.Getenv(crashCase), actorOf("coordinator", "alliance", "coordinator")
	who.SteppedUp = now
	v, err := s.Look(ctx, who, id)
	if err != nil {
		return err
	}
	in := referral.Input{Version: v.Version}
	for _, h := range v.Hospitals {
		in.Hospitals = append(in.Hospitals, h.ID)
	}
	if step == beforeCommit {
		o.Calendar = dying{}
		if s, err = referral.New(o); err != nil {
			return err
		}
	}
	if done, err := s.Do(ctx, who, id, referral.Route, in); err != nil || !done.OK() {
		return fmt.Errorf("%v %w", done.Problems, err)
	}
	if step == afterCommit {
		die()
	}
	if _, err := store.Work(ctx, telling(s, os.Getenv(crashMail)), jobs.Options{Poll: 20 * time.Millisecond}); err != nil {
		return err
	}
	time.Sleep(time.Minute)
	return errors.New("no mail killed it")
}

// postOffice is a real SMTP server that keeps what it takes, and kills who sends to it at a step.
type postOffice struct {
	mu     sync.Mutex
	pid    int
	killAt string
	taken  []*netmail.Message
	bodies []string
}

func (p *postOffice) victim(pid int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.pid = pid
}

func (p *postOffice) kill(step string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.pid != 0 && p.killAt == step && syscall.Kill(p.pid, syscall.SIGKILL) == nil
}

func (p *postOffice) start(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	server := smtp.NewServer(p)
	server.Domain, server.ErrorLog = "localhost", log.New(io.Discard, "", 0)
	go func() { _ = server.Serve(l) }()
	t.Cleanup(func() { _ = server.Close() })
	return l.Addr().String()
}

// NewSession begins a conversation.
func (p *postOffice) NewSession(*smtp.Conn) (smtp.Session, error) { return conversation{p}, nil }

type conversation struct{ *postOffice }

func (conversation) Reset()                               {}
func (conversation) Logout() error                        { return nil }
func (conversation) Mail(string, *smtp.MailOptions) error { return nil }
func (conversation) Rcpt(string, *smtp.RcptOptions) error { return nil }
func (c conversation) Data(r io.Reader) error {
	if c.kill(whileSending) {
		_, _ = io.Copy(io.Discard, r)
		return errors.New("the line went dead")
	}
	m, err := netmail.ReadMessage(r)
	if err != nil {
		return err
	}
	body, err := io.ReadAll(m.Body)
	if err != nil {
		return err
	}
	c.mu.Lock()
	c.taken, c.bodies = append(c.taken, m), append(c.bodies, string(body))
	c.mu.Unlock()
	c.kill(afterSending)
	return nil
}

// check: everybody of the three hospitals has one mail. One that was taken twice is the same message to the letter.
func (p *postOffice) check(t *testing.T, step string) {
	t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	ids, boxes, words := map[string]int{}, map[string]map[string]bool{}, map[string]string{}
	for i, m := range p.taken {
		id, to := m.Header.Get("Message-Id"), m.Header.Get("To")
		ids[id]++
		if boxes[to] == nil {
			boxes[to] = map[string]bool{}
		}
		boxes[to][id] = true
		if was, twice := words[id]; twice && was != p.bodies[i]+m.Header.Get("Date") {
			t.Errorf("killed %s: tried again it is another message", step)
		}
		words[id] = p.bodies[i] + m.Header.Get("Date")
	}
	if len(boxes) != 9 || len(ids) != 9 {
		t.Errorf("killed %s: %d messages for %d people, want 9 for 9", step, len(ids), len(boxes))
	}
	for to, mails := range boxes {
		if len(mails) != 1 {
			t.Errorf("killed %s: %s has %d mails", step, to, len(mails))
		}
	}
	most := map[string]int{whileSending: 3, afterSending: 4}[step] // as many as were sent side by side
	if again := len(p.taken) - len(ids); again > most {
		t.Errorf("killed %s: %d messages were sent again", step, again)
	}
}
