package sample

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"

	"carecorridor/internal/files"
	"carecorridor/referral"
)

// operationNote adds an invented one to the hospital's documents.
func (w *Walker) operationNote() (hash string) {
	note := append(bytes.Clone(Letter), "% operation note\n"...)
	o := w.Options
	o.Scanner = harmless{}
	s, err := referral.New(o)
	w.check("operation note", err == nil, nil, err)
	if w.err != nil {
		return ""
	}
	saved, err := s.Attach(w.ctx, w.Hospitals[0].Desk, w.id, "other", "operation-note.pdf", bytes.NewReader(note))
	w.check("operation note", saved.OK(), saved.Problems, err)
	sum := sha256.Sum256(note)
	return hex.EncodeToString(sum[:])
}

// harmless is the scanner of a walk's own documents.
type harmless struct{}

// Scan finds nothing.
func (harmless) Scan(context.Context, []byte) (files.Scan, error) { return files.Safe, nil }
