package letters_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"carecorridor/internal/mail"
	"carecorridor/internal/seal"
	"carecorridor/internal/testdb"
	"carecorridor/letters"
	"carecorridor/models"
)

var (
	ctx   = context.Background()
	words = fstest.MapFS{"own/hello.txt": {Data: []byte("Subject line\n\nDear reader,\n{{.Link}}\nuntil {{.Values.Until}}\n")}}
)

// box of mail that fails as told.
type postbox struct {
	sent []mail.Message
	err  error
}

func (b *postbox) Send(_ context.Context, m mail.Message) error {
	if b.err == nil {
		b.sent = append(b.sent, m)
	}
	return b.err
}

func each(t *testing.T, f func(t *testing.T, s *models.Store, o *letters.Office)) {
	t.Helper()
	t.Parallel()
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		b, err := seal.New()
		if err != nil {
			t.Fatal(err)
		}
		o, err := letters.New(s, b, words, "own")
		if err != nil {
			t.Fatal(err)
		}
		f(t, s, o)
	})
}

// post posts one letter and gives its id.
func post(t *testing.T, s *models.Store, o *letters.Office, l letters.Letter) string {
	t.Helper()
	if err := s.Write(ctx, func(tx *models.Tx) error { return o.Post(tx, "hello", l) }); err != nil {
		t.Fatal(err)
	}
	ids, err := s.WaitingMails(ctx, 10)
	if err != nil || len(ids) != 1 {
		t.Fatal(ids, err)
	}
	return ids[0]
}

func TestALetterIsSentOnceWithItsWords(t *testing.T) {
	each(t, func(t *testing.T, s *models.Store, o *letters.Office) {
		id := post(t, s, o, letters.Letter{To: "ada@x.example", Link: "https://x.example/1", Values: map[string]string{"Until": "Monday"}})
		row, err := s.MailByID(ctx, id)
		if err != nil || strings.Contains(string(row.Letter), "ada@") || row.Template != "hello" {
			t.Fatalf("%+v, %v", row, err)
		}
		var b postbox
		b.err = errors.New("the server is away")
		if mine, err := o.Send(ctx, &b, id); !mine || err == nil {
			t.Error(mine, err)
		}
		b.err = nil
		for range 2 {
			if mine, err := o.Send(ctx, &b, id); !mine || err != nil {
				t.Error(mine, err)
			}
		}
		want := mail.Message{ID: id, To: "ada@x.example", Subject: "Subject line", Text: "Dear reader,\nhttps://x.example/1\nuntil Monday\n"}
		if len(b.sent) != 1 || b.sent[0] != want {
			t.Errorf("%+v", b.sent)
		}
		if row, err = s.MailByID(ctx, id); err != nil || row.Letter != nil || row.Outcome != "sent" {
			t.Errorf("%+v, %v", row, err)
		}
	})
}

func TestWhatCannotBeWrittenIsNotPosted(t *testing.T) {
	each(t, func(t *testing.T, s *models.Store, o *letters.Office) {
		for _, l := range []letters.Letter{{To: "ada@x.example", Values: map[string]string{"Other": "x"}}, {}} {
			err := s.Write(ctx, func(tx *models.Tx) error { return o.Post(tx, "hello", l) })
			if (err == nil) != (l.To == "") {
				t.Errorf("%+v: %v", l, err)
			}
		}
		if err := s.Write(ctx, func(tx *models.Tx) error { return o.Post(tx, "unknown", letters.Letter{To: "ada@x.example"}) }); err == nil {
			t.Error("an unknown template was posted")
		}
		if ids, err := s.WaitingMails(ctx, 10); err != nil || len(ids) != 0 {
			t.Error(ids, err)
		}
	})
}

func TestALetterOfAnotherPackageIsLeftAlone(t *testing.T) {
	each(t, func(t *testing.T, s *models.Store, o *letters.Office) {
		b, err := seal.New()
		if err != nil {
			t.Fatal(err)
		}
		other, err := letters.New(s, b, fstest.MapFS{"x/other.txt": {Data: []byte("S\n\nT")}}, "x")
		if err != nil {
			t.Fatal(err)
		}
		id := post(t, s, o, letters.Letter{To: "ada@x.example", Values: map[string]string{"Until": "x"}})
		var p postbox
		if mine, err := other.Send(ctx, &p, id); mine || err != nil || len(p.sent) != 0 {
			t.Error(mine, err, p.sent)
		}
		if mine, err := o.Send(ctx, &p, "no such letter"); !mine || err != nil {
			t.Error(mine, err)
		}
	})
}
