// Package mail hands one message over: to an SMTP server, or into a folder where a person can read it. It is not
// for queues and words: both are the sender's.
package mail

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail"

	"carecorridor/internal/when"
)

// Message is plain text to one address. ID is the same each time the same message is tried, so that a server or
// a mailbox can know it again.
type Message struct{ ID, To, Subject, Text string }

// Sender hands a message over, or says why it could not.
type Sender interface {
	Send(ctx context.Context, m Message) error
}

// refusal is an error that trying again cannot cure.
type refusal struct{ error }

func (r refusal) Unwrap() error { return r.error }

// Refused reports whether the message will never be taken: an address that does not exist, or is none.
func Refused(err error) bool {
	var r refusal
	return errors.As(err, &r)
}

// compose writes the message as go-mail has it.
func compose(from string, m Message, now time.Time) (*mail.Msg, error) {
	out := mail.NewMsg(mail.WithNoDefaultUserAgent())
	if err := out.FromFormat("Care Corridor", from); err != nil {
		return nil, fmt.Errorf("mail from: %w", err)
	}
	if err := out.To(m.To); err != nil {
		return nil, refusal{fmt.Errorf("mail address: %w", err)}
	}
	out.Subject(m.Subject)
	out.SetDateWithValue(now)
	_, domain, _ := strings.Cut(from, "@")
	out.SetMessageIDWithValue(m.ID + "@" + domain)
	out.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: no holiday answers
	out.SetBodyString(mail.TypeTextPlain, m.Text)
	return out, nil
}

// Folder writes each message to DIR/ID.eml: the default, and what the demonstration shows.
type Folder struct {
	Dir, From string
	Clock     when.Clock
}

// Send writes the file whole or not at all, readable by its owner alone.
func (f Folder) Send(_ context.Context, m Message) error {
	out, err := compose(f.From, m, f.Clock())
	if err != nil {
		return err
	}
	if err := os.MkdirAll(f.Dir, 0o700); err != nil {
		return fmt.Errorf("mail folder: %w", err)
	}
	tmp, err := os.CreateTemp(f.Dir, ".mail-*")
	if err != nil {
		return fmt.Errorf("mail folder: %w", err)
	}
	defer os.Remove(tmp.Name())
	_, err = out.WriteTo(tmp)
	if err = errors.Join(err, tmp.Close()); err == nil {
		err = os.Rename(tmp.Name(), filepath.Join(f.Dir, filepath.Base(m.ID)+".eml"))
	}
	if err != nil {
		return fmt.Errorf("mail folder: %w", err)
	}
	return nil
}

// SMTP speaks to a server.
type SMTP struct {
	host  string
	from  string
	clock when.Clock
	with  []mail.Option
}

// timeout of one conversation.
const timeout = 20 * time.Second

// NewSMTP reads an address: smtps://USER:PASSWORD@HOST:PORT speaks TLS from the beginning (465), smtp:// needs
// STARTTLS (587), smtp://HOST?tls=no is for a relay on the same machine and takes no password. from is the sender's address.
func NewSMTP(address, from string, clock when.Clock) (*SMTP, error) {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.Scheme != "smtp" && u.Scheme != "smtps" {
		return nil, errors.New("mail server: want smtp://HOST:PORT or smtps://HOST:PORT") // the parser's words may hold the password
	}
	if _, err := compose(from, Message{To: from}, clock()); err != nil {
		return nil, err
	}
	with := []mail.Option{mail.WithTimeout(timeout)}
	switch {
	case u.Scheme == "smtps":
		with = append(with, mail.WithSSL(), mail.WithPort(465))
	case u.Query().Get("tls") == "no":
		with = append(with, mail.WithTLSPolicy(mail.NoTLS), mail.WithPort(25))
	default:
		with = append(with, mail.WithTLSPolicy(mail.TLSMandatory), mail.WithPort(587))
	}
	if u.Port() != "" {
		port, err := strconv.Atoi(u.Port())
		if err != nil {
			return nil, errors.New("mail server: port is not a number")
		}
		with = append(with, mail.WithPort(port))
	}
	if password, ok := u.User.Password(); ok {
		if u.Query().Get("tls") == "no" {
			return nil, errors.New("mail server: a password may not travel without TLS")
		}
		with = append(with, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(u.User.Username()), mail.WithPassword(password))
	}
	return &SMTP{host: u.Hostname(), from: from, clock: clock, with: with}, nil
}

// Send hands the message over. Answers of the 5xx kind to the recipient are Refused; all else may be tried again.
func (s *SMTP) Send(ctx context.Context, m Message) error {
	out, err := compose(s.from, m, s.clock())
	if err != nil {
		return err
	}
	client, err := mail.NewClient(s.host, s.with...)
	if err != nil {
		return fmt.Errorf("mail server: %w", err)
	}
	err = client.DialAndSendWithContext(ctx, out)
	var failed *mail.SendError
	if errors.As(err, &failed) && failed.Reason == mail.ErrSMTPRcptTo && !failed.IsTemp() {
		return refusal{fmt.Errorf("mail server: %w", err)}
	}
	if err != nil {
		return fmt.Errorf("mail server: %w", err)
	}
	return nil
}
