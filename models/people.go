package models

import "time"

// Organisation is somebody people act for. Package auth has the rules.
type Organisation struct {
	ID          string
	Kind        string // hospital | practice | alliance
	Name        string
	ProviderID  *int64  // the listing of a hospital
	OdsCode     *string // of a practice
	EmailDomain string
	State       string // active | paused | closed
	Version     int64
	CreatedAt   time.Time
	UpdatedAt   time.Time
}

// Person has an account. The id is made by the caller because sealed columns are bound to it.
type Person struct {
	ID         string
	Email      []byte // sealed
	EmailIndex []byte // seal.Box.Index of the address, purpose "people.email"
	Name       []byte // sealed
	Password   Sealed // sealed hash; nil until one was chosen
	PasswordAt *time.Time
	State      string // active | locked
	Sample     bool   // exists for the demonstration alone
	Version    int64
	CreatedAt  time.Time
	UpdatedAt  time.Time
}

// Membership is a role somebody holds for an organisation.
type Membership struct {
	ID        string
	PersonID  string
	OrgID     string
	Role      string
	State     string // active | paused | ended
	Version   int64
	CreatedAt time.Time
	EndedAt   *time.Time
}

// TotpSecret is an authenticator app, offered until ConfirmedAt is set.
type TotpSecret struct {
	ID          string
	PersonID    string
	Secret      []byte // sealed
	LastStep    int64  // 30-second step of the last code used
	CreatedAt   time.Time
	ConfirmedAt *time.Time
}

// Passkey is a WebAuthn credential.
type Passkey struct {
	ID           string
	PersonID     string
	CredentialID []byte
	Credential   string // JSON of the library
	Label        []byte // sealed
	CreatedAt    time.Time
	UsedAt       *time.Time
}

// RecoveryCode works once.
type RecoveryCode struct {
	ID        string
	PersonID  string
	CodeHash  []byte
	CreatedAt time.Time
	UsedAt    *time.Time
}

// Invitation asks an address into an organisation.
type Invitation struct {
	ID          string
	TokenHash   []byte
	OrgID       string
	Role        string
	Email       []byte // sealed
	EmailIndex  []byte // as Person's
	InvitedBy   string // id of a person, or "console"
	CreatedAt   time.Time
	ExpiresAt   time.Time
	UsedAt      *time.Time
	TakenBackAt *time.Time
}

// Session of a person in one of their roles.
type Session struct {
	ID           string
	TokenHash    []byte
	PersonID     string
	MembershipID string
	Agent        string
	Data         Sealed
	CreatedAt    time.Time
	SeenAt       time.Time
	SteppedUpAt  *time.Time
	ExpiresAt    time.Time
	EndedAt      *time.Time
}

// Challenge is something begun that must be finished soon.
type Challenge struct {
	ID        string
	TokenHash []byte
	Kind      string // factor | enrol | password | oidc | passkey_new | passkey_ask | form
	PersonID  *string
	Data      Sealed
	CreatedAt time.Time
	ExpiresAt time.Time
}

// SignInTry counts wrong tries.
type SignInTry struct {
	Name       string `gorm:"primaryKey"` // keyed hash of what is counted
	Tries      int64
	LastAt     time.Time
	WaitsUntil *time.Time
}

// Identity is a person at a sign-in service of others.
type Identity struct {
	ID           string
	PersonID     string
	Issuer       string
	Subject      []byte // sealed
	SubjectIndex []byte // seal.Box.Index of the subject, purpose "identities.subject"
	CreatedAt    time.Time
}

// IdentityAssertion is what such a service said of a person.
type IdentityAssertion struct {
	ID         string
	IdentityID string
	Level      string
	Method     string
	ClaimsHash []byte
	AssertedAt time.Time
	ExpiresAt  time.Time
}
