package auth

import (
	"encoding/hex"
	"time"

	"carecorridor/models"
)

// counted names what tries are counted for, as a keyed hash: addresses of people and of browsers are never kept.
func (s *Service) counted(kind, what string) string {
	return hex.EncodeToString(s.Box.Index("tries."+kind, what))
}

// addressSpan is how long tries of one browser's address are counted together.
const addressSpan = 15 * time.Minute

// countAddress notes a try from an address; false when there were too many.
func (s *Service) countAddress(tx *models.Tx, v Visit) (bool, error) {
	if v.Address == "" {
		return true, nil
	}
	n, err := tx.Try(s.counted("address", v.Address), addressSpan)
	return n <= int64(s.Limits.AddressTries), err
}

// count notes a try before it is judged, so that many at once are no way round. ok is false while name waits; began reports
// that this was the last free try: from now on it waits.
func (s *Service) count(tx *models.Tx, name string) (ok, began bool, err error) {
	t, err := tx.CountTry(name, tx.Now().Add(-s.Limits.Forget))
	if err != nil {
		return false, false, err
	}
	if t.WaitsUntil != nil && tx.Now().Before(*t.WaitsUntil) {
		return false, false, nil
	}
	over := int(t.Tries) - s.Limits.FreeTries
	if over < 0 {
		return true, false, nil
	}
	wait := min(s.Limits.Wait<<min(over, 20), s.Limits.LongestWait)
	return true, over == 0, tx.Wait(name, tx.Now().Add(wait))
}
