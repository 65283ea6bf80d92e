package files

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"strings"
	"time"
)

// Scan says what is known of a file's safety. Until it is Safe only its sender may open it (brief §11).
type Scan string

// States of a scan.
const (
	Pending Scan = "pending" // not scanned, or the scanner was away
	Safe    Scan = "safe"
	Blocked Scan = "blocked"
)

// Scanner judges content: Safe or Blocked, or an error when it cannot tell now.
type Scanner interface {
	Scan(ctx context.Context, content []byte) (Scan, error)
}

// ClamAV asks a clamd by its own protocol (INSTREAM).
type ClamAV struct {
	Network, Address string        // "tcp", "127.0.0.1:3310" or "unix", "…/clamd.ctl"
	Timeout          time.Duration // of the whole conversation; 1 minute when 0
}

// chunk of a stream, well below clamd's own limit.
const chunk = 1 << 20

// Scan sends the content and reads the verdict.
func (c ClamAV) Scan(ctx context.Context, content []byte) (Scan, error) {
	timeout := c.Timeout
	if timeout == 0 {
		timeout = time.Minute
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	conn, err := (&net.Dialer{}).DialContext(ctx, c.Network, c.Address)
	if err != nil {
		return Pending, fmt.Errorf("scanner: %w", err)
	}
	defer conn.Close()
	if end, ok := ctx.Deadline(); ok {
		_ = conn.SetDeadline(end) // a connection that cannot have one fails at the first use
	}
	if err := stream(conn, content); err != nil {
		return Pending, fmt.Errorf("scanner: %w", err)
	}
	answer, err := io.ReadAll(io.LimitReader(conn, 1<<12))
	if err != nil {
		return Pending, fmt.Errorf("scanner: %w", err)
	}
	return verdict(strings.TrimRight(string(answer), "\x00\n"))
}

func stream(conn io.Writer, content []byte) error {
	if _, err := io.WriteString(conn, "zINSTREAM\x00"); err != nil {
		return err
	}
	for len(content) > 0 {
		n := min(len(content), chunk)
		if err := binary.Write(conn, binary.BigEndian, uint32(n)); err != nil {
			return err
		}
		if _, err := conn.Write(content[:n]); err != nil {
			return err
		}
		content = content[n:]
	}
	return binary.Write(conn, binary.BigEndian, uint32(0))
}

func verdict(answer string) (Scan, error) {
	switch {
	case answer == "stream: OK":
		return Safe, nil
	case strings.HasPrefix(answer, "stream: ") && strings.HasSuffix(answer, " FOUND"):
		return Blocked, nil
	}
	return Pending, fmt.Errorf("scanner: answer %q", answer)
}
