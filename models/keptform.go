package models

import (
	"context"
	"time"
)

// KindForm is the challenge that keeps a form for its person.
const KindForm = "form"

// SessionOwner is whose a session is or was, if it was in use since an instant and ended by itself. Of one that somebody ended it is
// fault.Missing: whoever still holds its token may be who it was ended for.
func (s *Store) SessionOwner(ctx context.Context, token []byte, since time.Time) (string, error) {
	row, err := one("session", func(row *Session) error {
		return s.read(ctx).Where("token_hash = ? AND seen_at >= ? AND ended_at IS NULL", token, since.UTC()).Take(row).Error
	})
	if err != nil {
		return "", err
	}
	return row.PersonID, nil
}

// KeptForms of a person that have not ended, the newest first.
func (s *Store) KeptForms(ctx context.Context, person string) ([]Challenge, error) {
	var rows []Challenge
	err := s.read(ctx).Where("person_id = ? AND kind = ? AND expires_at > ?", person, KindForm, s.o.Clock().UTC()).Order("created_at DESC, id DESC").Find(&rows).Error
	return rows, asFault("kept forms", err)
}

// DropForm forgets one of a person; false when there is none.
func (tx *Tx) DropForm(person, id string) (bool, error) {
	return tx.did("write challenges", "DELETE FROM challenges WHERE person_id = ? AND id = ? AND kind = ?", person, id, KindForm)
}

// DropOldForms forgets all of a person's but the newest n.
func (tx *Tx) DropOldForms(person string, n int) error {
	return asFault("write challenges", tx.exec(`DELETE FROM challenges WHERE person_id = ? AND kind = ? AND id NOT IN
		(SELECT id FROM (SELECT id FROM challenges WHERE person_id = ? AND kind = ? ORDER BY created_at DESC, id DESC LIMIT ?) AS newest)`, person, KindForm, person, KindForm, n))
}
