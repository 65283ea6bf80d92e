package audit

import (
	"bufio"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"carecorridor/internal/token"
	"carecorridor/internal/when"
	"carecorridor/models"
)

// Anchor is the chain's end at an instant, signed. Kept where whoever may change the database may not, it shows
// that rows up to it were not all written anew.
type Anchor struct {
	Seq       int64     `json:"seq"`
	Hash      string    `json:"hash"` // hexadecimal
	At        time.Time `json:"at"`
	Signature string    `json:"signature"`
}

const purpose = "audit anchor"

// lasting is how long a signature counts: longer than any record is kept (domain.md §4.5).
const lasting = 200

// Now makes an anchor of the chain's end. A chain without rows has none.
func Now(ctx context.Context, s *models.Store, signer *token.Signer, clock when.Clock) (Anchor, error) {
	span, err := s.AuditSpan(ctx)
	if err != nil {
		return Anchor{}, err
	}
	if span.Seq <= 0 {
		return Anchor{}, errors.New("audit anchor: the chain has no rows yet")
	}
	a := Anchor{Seq: span.Seq, Hash: hexOf(span.Hash), At: clock().UTC()}
	a.Signature = signer.Sign(purpose, a.payload(), a.At.AddDate(lasting, 0, 0))
	return a, nil
}

func (a Anchor) payload() []byte {
	return fmt.Appendf(nil, "%d %s %s", a.Seq, a.Hash, a.At.UTC().Format(time.RFC3339Nano))
}

// Write appends the anchor as one line of JSON.
func (a Anchor) Write(w io.Writer) error {
	line, err := json.Marshal(a)
	if err == nil {
		_, err = w.Write(append(line, '\n'))
	}
	return err
}

// ReadAnchors reads lines that Write made. One that cannot be read, or that our key did not sign, is an error that
// names the line.
func ReadAnchors(r io.Reader, signer *token.Signer, clock when.Clock) ([]Anchor, error) {
	var out []Anchor
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		var a Anchor
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			return nil, fmt.Errorf("anchor line %d: %w", n, err)
		}
		signed, err := signer.Verify(purpose, a.Signature, clock())
		if err != nil || string(signed) != string(a.payload()) {
			return nil, fmt.Errorf("anchor line %d: not signed by this site's key", n)
		}
		out = append(out, a)
	}
	return out, lines.Err()
}

func hexOf(b []byte) string { return hex.EncodeToString(b) }
