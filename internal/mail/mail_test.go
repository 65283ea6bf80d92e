package mail_test

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"errors"
	"io"
	"net"
	netmail "net/mail"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"carecorridor/internal/mail"
	"carecorridor/internal/when"
)

var (
	ctx   = context.Background()
	clock = when.Fixed(time.Date(2026, 11, 22, 9, 30, 0, 0, time.UTC))
	note  = mail.Message{ID: "0192-ab", To: "ann@example.com", Subject: "There is news for you", Text: "Read it here:\n\nhttps://example.org/x?link=" + strings.Repeat("abc=", 40) + "\n\nशुभ, £\n.\nend\n"}
)

// server is a real SMTP server that keeps what it is given.
type server struct {
	mu       sync.Mutex
	from     string
	to       []string
	data     string
	signedIn bool
	refuse   *smtp.SMTPError  // of the recipient
	drop     *smtp.SMTPError  // of the data
	cert     *tls.Certificate // nil: TLS is not offered
}

// NewSession begins a conversation.
func (s *server) NewSession(*smtp.Conn) (smtp.Session, error) { return &session{s}, nil }

type session struct{ *server }

func (s *session) Reset()        {}
func (s *session) Logout() error { return nil }

func (s *session) AuthMechanisms() []string { return []string{sasl.Plain} }

func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != "corridor" || password != "se cret" {
			return smtp.ErrAuthFailed
		}
		s.signedIn = true
		return nil
	}), nil
}

func (s *session) Mail(from string, _ *smtp.MailOptions) error { s.from = from; return nil }

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	if s.refuse != nil {
		return s.refuse
	}
	s.to = append(s.to, to)
	return nil
}

func (s *session) Data(r io.Reader) error {
	if s.drop != nil {
		return s.drop
	}
	b, err := io.ReadAll(r)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.data = string(b)
	return err
}

func start(t *testing.T, s *server) (address string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	real := smtp.NewServer(s)
	real.Domain = "localhost"
	if s.cert != nil {
		real.TLSConfig = &tls.Config{Certificates: []tls.Certificate{*s.cert}}
	}
	go func() { _ = real.Serve(l) }()
	t.Cleanup(func() { _ = real.Close() })
	return l.Addr().String()
}

func sender(t *testing.T, address string) *mail.SMTP {
	t.Helper()
	s, err := mail.NewSMTP(address, "noreply@example.org", clock)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// read checks a message as a mail program reads it.
func read(t *testing.T, raw string) {
	t.Helper()
	m, err := netmail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"From": `"Care Corridor" <noreply@example.org>`, "To": "<ann@example.com>", "Subject": note.Subject, "Message-Id": "<0192-ab@example.org>",
		"Auto-Submitted": "auto-generated", "Date": "Sun, 22 Nov 2026 09:30:00 +0000"} {
		if got := m.Header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	text, err := io.ReadAll(decoded(m))
	if err != nil || strings.TrimRight(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n") != strings.TrimRight(note.Text, "\n") {
		t.Errorf("text is %q, %v", text, err)
	}
}

func TestAMessageReachesARealServer(t *testing.T) {
	t.Parallel()
	cert, pool := certificate(t)
	s := &server{cert: cert}
	to := sender(t, "smtp://corridor:se%20cret@"+start(t, s))
	if err := to.Send(ctx, note); err == nil || mail.Refused(err) || s.data != "" {
		t.Errorf("a server nobody vouches for: %v", err)
	}
	to.Trust(pool)
	if err := to.Send(ctx, note); err != nil {
		t.Fatal(err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.from != "noreply@example.org" || len(s.to) != 1 || s.to[0] != "ann@example.com" || !s.signedIn {
		t.Errorf("from %s to %v, signed in %v", s.from, s.to, s.signedIn)
	}
	read(t, s.data)
}

func TestOnlyARefusedAddressIsForGood(t *testing.T) {
	t.Parallel()
	cert, pool := certificate(t)
	for name, c := range map[string]struct {
		server  *server
		address string // "" for the server's own
		refused bool
	}{
		"no such mailbox":    {&server{refuse: &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such mailbox"}}, "", true},
		"mailbox is busy":    {&server{refuse: &smtp.SMTPError{Code: 450, EnhancedCode: smtp.EnhancedCode{4, 2, 1}, Message: "busy"}}, "", false},
		"server is full":     {&server{drop: &smtp.SMTPError{Code: 452, EnhancedCode: smtp.EnhancedCode{4, 3, 1}, Message: "full"}}, "", false},
		"nobody is there":    {&server{}, "smtp://127.0.0.1:1?tls=no", false},
		"wrong password":     {&server{cert: cert}, "smtp://corridor:wrong@HERE", false},
		"TLS is not offered": {&server{}, "smtp://HERE", false},
	} {
		here := start(t, c.server)
		if c.address == "" {
			c.address = "smtp://HERE?tls=no"
		}
		to := sender(t, strings.Replace(c.address, "HERE", here, 1))
		to.Trust(pool)
		err := to.Send(ctx, note)
		if err == nil || mail.Refused(err) != c.refused || strings.Contains(err.Error(), "wrong") {
			t.Errorf("%s: %v, for good %v", name, err, mail.Refused(err))
		}
		if c.server.data != "" {
			t.Errorf("%s: the message was handed over", name)
		}
	}
	if err := sender(t, "smtp://127.0.0.1:1?tls=no").Send(ctx, mail.Message{To: "not an address"}); !mail.Refused(err) {
		t.Error(err)
	}
}

func TestAnAddressOfAServerIsCheckedAtOnce(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"", "mail.example.org", "http://mail.example.org", "smtp://", "smtp://x:y", "smtp://user:sec%ret@host", "smtp://user:secret@host?tls=no"} {
		if _, err := mail.NewSMTP(bad, "noreply@example.org", clock); err == nil || strings.Contains(err.Error(), "sec") {
			t.Errorf("%q: %v", bad, err)
		}
	}
	if _, err := mail.NewSMTP("smtps://mail.example.org", "nobody", clock); err == nil {
		t.Error("sent from nobody")
	}
}

func TestTheFolderHoldsWholeMessages(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "mail")
	f := mail.Folder{Dir: dir, From: "noreply@example.org", Clock: clock}
	if err := errors.Join(f.Send(ctx, note), f.Send(ctx, note)); err != nil {
		t.Fatal(err)
	}
	names, err := os.ReadDir(dir)
	if err != nil || len(names) != 1 || names[0].Name() != "0192-ab.eml" {
		t.Fatalf("%v, %v", names, err)
	}
	path := filepath.Join(dir, names[0].Name())
	info, _ := os.Stat(path)
	raw, err := os.ReadFile(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatal(info.Mode(), err)
	}
	read(t, string(raw))
	odd := note
	odd.ID = "../../" + rand.Text()
	if err := f.Send(ctx, odd); err != nil {
		t.Error(err)
	}
	if all, _ := os.ReadDir(dir); len(all) != 2 {
		t.Errorf("an id led out of the folder: %v", all)
	}
	odd.To = "ann@example.com\r\nBcc: eve@example.com"
	if err := f.Send(ctx, odd); !mail.Refused(err) {
		t.Errorf("a header in an address: %v", err)
	}
}
