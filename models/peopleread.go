package models

import (
	"context"
	"slices"

	"gorm.io/gorm"
)

// PersonByEmail finds an account by any of the blind indexes of an address. Unknown is fault.Missing.
func (s *Store) PersonByEmail(ctx context.Context, indexes [][]byte) (*Person, error) {
	return one("person", func(p *Person) error { return s.read(ctx).Where("email_index IN ?", indexes).Take(p).Error })
}

// PersonByID reads an account. Unknown is fault.Missing.
func (s *Store) PersonByID(ctx context.Context, id string) (*Person, error) {
	return one("person", func(p *Person) error { return s.read(ctx).Where("id = ?", id).Take(p).Error })
}

// PersonRow is an account as a list of all has it.
type PersonRow struct {
	Person
	Second bool // has a second factor
}

const hasSecond = `(EXISTS (SELECT 1 FROM totp_secrets t WHERE t.person_id = p.id AND t.confirmed_at IS NOT NULL)
	OR EXISTS (SELECT 1 FROM passkeys k WHERE k.person_id = p.id))`

// PeopleRows are all accounts.
func (s *Store) PeopleRows(ctx context.Context) ([]PersonRow, error) {
	var rows []PersonRow
	err := s.read(ctx).Raw("SELECT p.*, " + hasSecond + " AS second FROM people p ORDER BY p.id").Scan(&rows).Error
	return rows, asFault("people", err)
}

// HeldRow is a role beside its organisation.
type HeldRow struct {
	Membership
	OrgName    string
	OrgKind    string
	OrgState   string
	ProviderID *int64
}

func heldRows(db *gorm.DB) *gorm.DB {
	return db.Table("memberships AS m").Select("m.*, o.name AS org_name, o.kind AS org_kind, o.state AS org_state, o.provider_id").
		Joins("JOIN organisations AS o ON o.id = m.org_id").Where("m.state <> 'ended'").Order("m.created_at, m.id")
}

// HeldBy are the roles that a person holds, or with "" everybody, oldest first.
func (s *Store) HeldBy(ctx context.Context, person string) ([]HeldRow, error) {
	var rows []HeldRow
	db := heldRows(s.read(ctx))
	if person != "" {
		db = db.Where("m.person_id = ?", person)
	}
	return rows, asFault("roles", db.Scan(&rows).Error)
}

// HeldBy is Store.HeldBy as this transaction sees it.
func (tx *Tx) HeldBy(person string) ([]HeldRow, error) {
	var rows []HeldRow
	err := heldRows(tx.db).Where("m.person_id = ?", person).Scan(&rows).Error
	return rows, asFault("roles", err)
}

// MemberRow is a role of an organisation beside its person.
type MemberRow struct {
	Membership
	Name, Email []byte // sealed
	PersonState string
	Second      bool
}

// MembersOf are the roles held in an organisation, oldest first.
func (s *Store) MembersOf(ctx context.Context, org string) ([]MemberRow, error) {
	var rows []MemberRow
	err := s.read(ctx).Raw("SELECT m.*, p.name, p.email, p.state AS person_state, "+hasSecond+` AS second
		FROM memberships m JOIN people p ON p.id = m.person_id WHERE m.org_id = ? AND m.state <> 'ended' ORDER BY m.created_at, m.id`, org).Scan(&rows).Error
	return rows, asFault("members", err)
}

// LastSeen is when each role of an organisation was last acted in, by the role's id.
func (s *Store) LastSeen(ctx context.Context, org string) ([]Session, error) {
	var rows []Session
	err := s.read(ctx).Table("sessions AS s").Joins("JOIN memberships AS m ON m.id = s.membership_id").
		Where("m.org_id = ?", org).Select("s.membership_id, s.seen_at").Order("s.seen_at").Scan(&rows).Error
	return rows, asFault("last seen", err)
}

// OrganisationByID reads one. Unknown is fault.Missing.
func (s *Store) OrganisationByID(ctx context.Context, id string) (*Organisation, error) {
	return one("organisation", func(o *Organisation) error { return s.read(ctx).Where("id = ?", id).Take(o).Error })
}

// OrganisationByProvider reads the organisation of a listing. None is fault.Missing.
func (s *Store) OrganisationByProvider(ctx context.Context, provider int64) (*Organisation, error) {
	return one("organisation", func(o *Organisation) error { return s.read(ctx).Where("provider_id = ?", provider).Take(o).Error })
}

// OrganisationRow is an organisation with how many people act for it.
type OrganisationRow struct {
	Organisation
	People int
}

// OrganisationRows are all, by name.
func (s *Store) OrganisationRows(ctx context.Context) ([]OrganisationRow, error) {
	var rows []OrganisationRow
	err := s.read(ctx).Raw(`SELECT o.*, (SELECT count(DISTINCT person_id) FROM memberships m WHERE m.org_id = o.id AND m.state <> 'ended') AS people
		FROM organisations o ORDER BY o.name, o.id`).Scan(&rows).Error
	return rows, asFault("organisations", err)
}

// InvitationByToken reads one that can still be used. Else fault.Missing.
func (s *Store) InvitationByToken(ctx context.Context, token []byte) (*Invitation, error) {
	return one("invitation", func(i *Invitation) error {
		return s.read(ctx).Where("token_hash = ? AND "+waiting, token, s.o.Clock().UTC()).Take(i).Error
	})
}

// InvitationsOf an organisation that were neither used nor taken back, the newest first.
func (s *Store) InvitationsOf(ctx context.Context, org string) ([]Invitation, error) {
	var rows []Invitation
	err := s.read(ctx).Where("org_id = ? AND used_at IS NULL AND taken_back_at IS NULL", org).Order("created_at DESC, id").Find(&rows).Error
	return rows, asFault("invitations", err)
}

// ChallengeByToken reads one of the kinds that has not ended. Else fault.Missing.
func (s *Store) ChallengeByToken(ctx context.Context, token []byte, kinds ...string) (*Challenge, error) {
	return one("challenge", func(c *Challenge) error {
		return s.read(ctx).Where("token_hash = ? AND kind IN ? AND expires_at > ?", token, kinds, s.o.Clock().UTC()).Take(c).Error
	})
}

// IdentitiesOf a person, oldest first.
func (s *Store) IdentitiesOf(ctx context.Context, person string) ([]Identity, error) {
	var rows []Identity
	err := s.read(ctx).Where("person_id = ?", person).Order("created_at, id").Find(&rows).Error
	return rows, asFault("identities", err)
}

// Peopled says whether there are accounts of real people, and of sample people.
func (tx *Tx) Peopled() (real, sample bool, err error) {
	var kinds []bool
	err = tx.db.Table("people").Distinct("sample").Pluck("sample", &kinds).Error
	return slices.Contains(kinds, false), slices.Contains(kinds, true), asFault("people", err)
}

// SampleListings are the first n published sample listings by slug.
func (tx *Tx) SampleListings(n int) ([]ProviderName, error) {
	var rows []ProviderName
	err := tx.db.Table("providers").Where("sample").Order("slug").Limit(n).Select("id, name").Scan(&rows).Error
	return rows, asFault("sample listings", err)
}

// OrganisationOf a listing. None is fault.Missing.
func (tx *Tx) OrganisationOf(provider int64) (*Organisation, error) {
	return one("organisation", func(o *Organisation) error { return tx.locking().Where("provider_id = ?", provider).Take(o).Error })
}

// PracticeOf an ODS code. None is fault.Missing.
func (tx *Tx) PracticeOf(ods string) (*Organisation, error) {
	return one("organisation", func(o *Organisation) error { return tx.locking().Where("ods_code = ?", ods).Take(o).Error })
}

// AssertionOf a person is the newest that still counts, whichever service said it (domain.md §1.5). None is fault.Missing.
func (tx *Tx) AssertionOf(person string) (*IdentityAssertion, error) {
	return one("assertion", func(a *IdentityAssertion) error {
		return tx.db.Table("identity_assertions AS a").Select("a.*").Joins("JOIN identities AS i ON i.id = a.identity_id").
			Where("i.person_id = ? AND a.expires_at > ?", person, tx.now).Order("a.asserted_at DESC, a.id DESC").Take(a).Error
	})
}
