package files_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"io"
	"net"
	"testing"
	"time"

	"carecorridor/internal/files"
)

// clamd speaks the server's side of INSTREAM: it reads the stream whole and gives the answer.
func clamd(t *testing.T, answer func(content []byte) string) files.ClamAV {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			content, err := received(conn)
			if err == nil {
				_, _ = io.WriteString(conn, answer(content)+"\x00")
			}
			conn.Close()
		}
	}()
	return files.ClamAV{Network: "tcp", Address: l.Addr().String(), Timeout: 5 * time.Second}
}

func received(conn io.Reader) ([]byte, error) {
	command := make([]byte, 10)
	if _, err := io.ReadFull(conn, command); err != nil || string(command) != "zINSTREAM\x00" {
		return nil, io.ErrUnexpectedEOF
	}
	var all []byte
	for {
		var n uint32
		if err := binary.Read(conn, binary.BigEndian, &n); err != nil || n == 0 {
			return all, err
		}
		part := make([]byte, n)
		if _, err := io.ReadFull(conn, part); err != nil {
			return nil, err
		}
		all = append(all, part...)
	}
}

func TestTheScannersVerdictIsKept(t *testing.T) {
	t.Parallel()
	sent := bytes.Repeat([]byte("knee"), 700_000) // more than two chunks
	c := clamd(t, func(got []byte) string {
		switch {
		case bytes.Equal(got, sent):
			return "stream: OK"
		case bytes.Contains(got, []byte("virus")):
			return "stream: Eicar-Test-Signature FOUND"
		}
		return "INSTREAM size limit exceeded. ERROR"
	})
	for content, want := range map[string]files.Scan{string(sent): files.Safe, "virus": files.Blocked, "large": files.Pending} {
		got, err := c.Scan(context.Background(), []byte(content))
		if got != want || (err != nil) != (want == files.Pending) {
			t.Errorf("%.10q: %s, %v", content, got, err)
		}
	}
}

func TestAScannerThatIsAwaySaysNothing(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	got, err := files.ClamAV{Network: "tcp", Address: l.Addr().String()}.Scan(context.Background(), []byte("x"))
	if got != files.Pending || err == nil {
		t.Errorf("%s, %v", got, err)
	}
}
