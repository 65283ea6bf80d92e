package auth_test

import (
	"context"
	"encoding/base32"
	"encoding/json"
	"errors"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"carecorridor/auth"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/internal/mail"
	"carecorridor/internal/seal"
	"carecorridor/internal/testdb"
	"carecorridor/models"
)

const (
	origin   = "https://corridor.example"
	password = "lantern orchard velvet 9"
	another  = "copper thistle meadow 4"
)

var (
	ctx     = context.Background()
	visit   = auth.Visit{Address: "192.0.2.7", Agent: "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"}
	opening = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
)

// office is the service on a database of its own, with a clock that tests move.
type office struct {
	*auth.Service
	t     *testing.T
	store *models.Store
	url   string
	clock *atomic.Int64
}

func (o *office) now() time.Time       { return time.UnixMicro(o.clock.Load()).UTC() }
func (o *office) pass(d time.Duration) { o.clock.Add(d.Microseconds()) }

// each runs f on both databases.
func each(t *testing.T, f func(o *office)) {
	t.Helper()
	eachWith(t, auth.Options{}, f)
}

func eachWith(t *testing.T, options auth.Options, f func(o *office)) {
	t.Helper()
	t.Parallel()
	clock := map[string]*atomic.Int64{}
	for _, name := range []string{"sqlite", "postgres"} {
		clock[name] = &atomic.Int64{}
		clock[name].Store(opening.UnixMicro())
	}
	open := func(t *testing.T, url, name string) {
		c := clock[name]
		store, err := models.Open(ctx, url, models.Options{Clock: func() time.Time { return time.UnixMicro(c.Load()).UTC() }})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { store.Close() })
		box, err := seal.New()
		if err != nil {
			t.Fatal(err)
		}
		o := options
		o.Store, o.Box, o.Clock = store, box, func() time.Time { return time.UnixMicro(c.Load()).UTC() }
		if o.Origin == "" {
			o.Origin = origin
		}
		s, err := auth.New(o)
		if err != nil {
			t.Fatal(err)
		}
		f(&office{s, t, store, url, c})
	}
	testdb.EachURL(t, func(t *testing.T, url string) {
		name, _, _ := strings.Cut(url, ":")
		if name != "sqlite" {
			name = "postgres"
		}
		open(t, url, name)
	})
}

func (o *office) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) taken(l check.List, err error) {
	o.t.Helper()
	if err != nil || !l.OK() {
		o.t.Fatal(l, err)
	}
}

func (o *office) refused(err, want error) {
	o.t.Helper()
	if !errors.Is(err, want) {
		o.t.Errorf("%v, want %v", err, want)
	}
}

func (o *office) kind(err error, want fault.Kind) {
	o.t.Helper()
	if !fault.Is(err, want) {
		o.t.Errorf("%v, want %s", err, want)
	}
}

// letter is one mail as it would leave.
type letter struct{ mail.Message }

var links = regexp.MustCompile(`https://corridor\.example(/(?:invitation|sign-in/reset|sign-in/mailbox)/)(\S+)`)

// token in the letter's link.
func (l letter) token(t *testing.T) string {
	t.Helper()
	m := links.FindStringSubmatch(l.Text)
	if m == nil {
		t.Fatalf("no link in %q", l.Text)
	}
	return m[2]
}

type outbox []letter

func (b *outbox) Send(_ context.Context, m mail.Message) error {
	*b = append(*b, letter{m})
	return nil
}

// post works what the queue holds for people, and gives the mails that waited.
func (o *office) post() []letter {
	o.t.Helper()
	args := map[models.Dialect]string{models.SQLite: "json(args)", models.Postgres: "args::text"}[o.store.Dialect()]
	rows, err := testdb.SQL(o.t, o.url).Query("SELECT id, " + args + " FROM river_job WHERE kind = 'tell_person' AND state = 'available' ORDER BY id")
	o.must(err)
	var jobs []struct {
		id   int64
		args []byte
	}
	for rows.Next() {
		var j struct {
			id   int64
			args []byte
		}
		o.must(rows.Scan(&j.id, &j.args))
		jobs = append(jobs, j)
	}
	o.must(errors.Join(rows.Err(), rows.Close()))
	for _, j := range jobs {
		var args struct {
			ID string `json:"id"`
		}
		o.must(json.Unmarshal(j.args, &args))
		o.must(o.TellPerson(ctx, args.ID))
		_, err := testdb.SQL(o.t, o.url).Exec("DELETE FROM river_job WHERE id = $1", j.id)
		o.must(err)
	}
	ids, err := o.store.WaitingMails(ctx, 100)
	o.must(err)
	var sent outbox
	for _, id := range ids {
		mine, err := o.SendMail(ctx, &sent, id)
		o.must(err)
		if !mine {
			o.t.Fatal("a letter of accounts is nobody's")
		}
	}
	return sent
}

// to gives the letters for an address.
func to(all []letter, address string) []letter {
	var out []letter
	for _, l := range all {
		if l.To == address {
			out = append(out, l)
		}
	}
	return out
}

// colleague is somebody with an account, an authenticator app and a session.
type colleague struct {
	auth.SignedIn
	o      *office
	email  string
	secret string
}

// code of the app now. The clock is moved on first, so that no code is asked for twice.
func (c *colleague) code() string {
	c.o.t.Helper()
	c.o.pass(time.Minute)
	return codeOf(c.o, c.secret)
}

func codeOf(o *office, secret string) string {
	o.t.Helper()
	if _, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(secret); err != nil {
		o.t.Fatalf("secret is not base32: %v", err)
	}
	code, err := totp.GenerateCode(secret, o.now())
	o.must(err)
	return code
}

// confirmed steps up, and gives the actor.
func (c *colleague) confirmed() auth.Actor {
	c.o.t.Helper()
	in, err := c.o.StepUpTOTP(ctx, c.Actor, c.code())
	c.o.must(err)
	c.SignedIn = in
	return in.Actor
}

// enrol ends a sign-in whose mailbox is proven.
func (o *office) enrol(step auth.Step, email string) *colleague {
	o.t.Helper()
	if step.Need != auth.NeedEnrol {
		o.t.Fatalf("%+v", step)
	}
	setup, err := o.BeginFirstTOTP(ctx, step.Token)
	o.must(err)
	in, err := o.FinishFirstTOTP(ctx, step.Token, codeOf(o, setup.Secret), visit)
	o.must(err)
	return &colleague{in, o, email, setup.Secret}
}

// again signs somebody in anew.
func (c *colleague) again() *colleague {
	c.o.t.Helper()
	step, err := c.o.SignIn(ctx, c.email, password, visit)
	c.o.must(err)
	in, err := c.o.GiveTOTP(ctx, step.Token, c.code(), visit)
	c.o.must(err)
	return &colleague{in, c.o, c.email, c.secret}
}

// administrator is the first one, made on the command line.
func (o *office) administrator() *colleague {
	o.t.Helper()
	link, l, err := o.AddAdministrator(ctx, o.Console(), "root@corridor.example", "Ada Root")
	o.taken(l, err)
	token := link[strings.LastIndex(link, "/")+1:]
	step, l, err := o.SetPassword(ctx, token, password, visit)
	o.taken(l, err)
	o.post()
	return o.enrol(step, "root@corridor.example")
}

// practice is a new organisation with an ODS code.
func (o *office) practice(who auth.Actor, ods string) string {
	o.t.Helper()
	id, l, err := o.AddOrganisation(ctx, who, auth.Organisation{Kind: auth.Practice, Name: "Surgery " + ods, ODS: ods})
	o.taken(l, err)
	return id
}

// join invites somebody, and lets them accept.
func (o *office) join(who auth.Actor, org string, role auth.Role, email string) *colleague {
	o.t.Helper()
	l, err := o.Invite(ctx, who, auth.InviteForm{Org: org, Role: role, Email: email})
	o.taken(l, err)
	mails := to(o.post(), email)
	step, l, err := o.Accept(ctx, mails[len(mails)-1].token(o.t), "Name of "+email, password, visit)
	o.taken(l, err)
	return o.enrol(step, email)
}

// audited reads what the trail says was done, as "action what", oldest first.
func (o *office) audited() []string {
	o.t.Helper()
	page, err := o.store.AuditPage(ctx, models.AuditFilter{}, 1000)
	o.must(err)
	var out []string
	for _, r := range slices.Backward(page.Rows) {
		var f map[string]string
		o.must(json.Unmarshal([]byte(r.Facts), &f))
		out = append(out, strings.TrimSpace(r.Action+" "+f["what"]))
	}
	return out
}
