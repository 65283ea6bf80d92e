//go:build e2e

package e2e

import (
	"encoding/base64"
	"fmt"
	"io"
	"mime/quotedprintable"
	"net"
	netmail "net/mail"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
)

// letter is a mail as the server took it.
type letter struct{ to, subject, text string }

// postOffice is a real SMTP server that keeps what it is given.
type postOffice struct {
	mu  sync.Mutex
	all []letter
}

// NewSession begins a conversation.
func (p *postOffice) NewSession(*smtp.Conn) (smtp.Session, error) { return &talk{office: p}, nil }

type talk struct {
	office *postOffice
	to     string
}

func (c *talk) Reset()                                    {}
func (c *talk) Logout() error                             { return nil }
func (c *talk) Mail(string, *smtp.MailOptions) error      { return nil }
func (c *talk) Rcpt(to string, _ *smtp.RcptOptions) error { c.to = to; return nil }

func (c *talk) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	m, err := netmail.ReadMessage(strings.NewReader(string(raw)))
	if err != nil {
		return err
	}
	body := m.Body
	switch m.Header.Get("Content-Transfer-Encoding") {
	case "quoted-printable":
		body = quotedprintable.NewReader(m.Body)
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, m.Body)
	}
	text, err := io.ReadAll(body)
	c.office.mu.Lock()
	defer c.office.mu.Unlock()
	c.office.all = append(c.office.all, letter{c.to, m.Header.Get("Subject"), string(text)})
	return err
}

var address1 = regexp.MustCompile(`https?://\S+`)

// links are the addresses in the mails to whoever want accepts, oldest first. It waits until there are as many.
func (p *postOffice) links(t *testing.T, many int, want func(to string) bool) (found []string) {
	t.Helper()
	for range 150 {
		found = nil
		p.mu.Lock()
		for _, l := range p.all {
			if at := address1.FindString(l.text); want(l.to) && at != "" {
				found = append(found, at)
			}
		}
		p.mu.Unlock()
		if len(found) >= many {
			return found
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatalf("%d mails with a link came, want %d", len(found), many)
	return nil
}

// silent wants that no mail says what nobody but the reader may know.
func (p *postOffice) silent(t *testing.T, words ...string) {
	t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, l := range p.all {
		for _, w := range words {
			if strings.Contains(strings.ToLower(l.subject+l.text), strings.ToLower(w)) {
				t.Errorf("a mail to %s says %q:\n%s", l.to, w, l.text)
			}
		}
	}
}

// mailing is the demonstration served with a mail server, apart from the site of the other journeys.
func mailing(t *testing.T) (base string, office *postOffice) {
	t.Helper()
	siteURL(t) // builds the program
	office = &postOffice{}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	server := smtp.NewServer(office)
	server.Domain = "localhost"
	go func() { _ = server.Serve(l) }()
	t.Cleanup(func() { _ = server.Close() })
	dir := t.TempDir()
	cmd := exec.Command(filepath.Join(siteDir, "corridor"), "serve", "--demo", "--no-rate-limit")
	cmd.Dir = dir
	cmd.Env = append(unconfigured(), "CORRIDOR_ADDR=127.0.0.1:0", "CORRIDOR_VAR="+filepath.Join(dir, "var"), fmt.Sprintf("CORRIDOR_SMTP_URL=smtp://%s?tls=no", l.Addr()))
	base, stop, err := run("corridor with mail", cmd)
	t.Cleanup(stop)
	must(t, err)
	return base, office
}
