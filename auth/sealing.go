package auth

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"carecorridor/internal/fault"
	"carecorridor/internal/seal"
	"carecorridor/models"
)

// Purposes of the blind indexes. Rotation of keys makes the columns' values anew with the same.
const (
	EmailPurpose   = "people.email"
	SubjectPurpose = "identities.subject"
)

// newID is made here and not by the database: sealed columns are bound to it.
func newID() string { return uuid.Must(uuid.NewV7()).String() }

// newToken is a secret for a browser or a mail, and the hash by which it is known here: 256 random bits need no key.
func newToken() (token string, hash []byte) {
	raw := make([]byte, 32)
	_, _ = rand.Read(raw) // never fails (crypto/rand)
	token = base64.RawURLEncoding.EncodeToString(raw)
	return token, hashOf(token)
}

func hashOf(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

func (s *Service) now() time.Time { return s.Clock().UTC() }

func (s *Service) seal(table, column, id, text string) ([]byte, error) {
	return s.Box.Seal(seal.Place{Table: table, Column: column, ID: id}, []byte(text))
}

func (s *Service) open(table, column, id string, sealed []byte) (string, error) {
	plain, err := s.Box.Open(seal.Place{Table: table, Column: column, ID: id}, sealed)
	if err != nil {
		return "", fault.New(fault.Broken, "open "+table, err)
	}
	return string(plain), nil
}

// nameOf and emailOf open what colleagues may read.
func (s *Service) nameOf(id string, sealed []byte) (string, error) {
	return s.open("people", "name", id, sealed)
}

func (s *Service) emailOf(id string, sealed []byte) (string, error) {
	return s.open("people", "email", id, sealed)
}

// begin keeps something that must be finished before it ends, and gives the token that finishes it. person and data may be empty.
func (s *Service) begin(tx *models.Tx, kind, person string, data any, life time.Duration) (token string, err error) {
	token, hash := newToken()
	return token, s.beginAs(tx, hash, kind, person, data, life)
}

// beginAs is begin for a token that is known already.
func (s *Service) beginAs(tx *models.Tx, hash []byte, kind, person string, data any, life time.Duration) error {
	c := &models.Challenge{ID: newID(), TokenHash: hash, Kind: kind, ExpiresAt: tx.Now().Add(life)}
	if person != "" {
		c.PersonID = &person
	}
	if err := s.putData(c, data); err != nil {
		return err
	}
	return tx.AddChallenge(c)
}

func (s *Service) putData(c *models.Challenge, data any) error {
	if data == nil {
		return nil
	}
	plain, err := json.Marshal(data)
	if err != nil {
		return fault.New(fault.Broken, "challenge", err)
	}
	c.Data, err = s.seal("challenges", "data", c.ID, string(plain))
	return err
}

// dataOf reads what begin kept.
func (s *Service) dataOf(c *models.Challenge, into any) error {
	plain, err := s.open("challenges", "data", c.ID, c.Data)
	if err != nil {
		return err
	}
	if err := json.Unmarshal([]byte(plain), into); err != nil {
		return fault.New(fault.Broken, "challenge", err)
	}
	return nil
}

// hide makes a row that is not there the failure that a person is told of.
func hide(err, told error) error {
	if fault.Is(err, fault.Missing) {
		return told
	}
	return err
}

// moved tells of a row that somebody else saved first.
func moved(err error) error {
	if fault.Is(err, fault.Conflict) && err != ErrLast {
		return ErrMoved
	}
	return err
}
