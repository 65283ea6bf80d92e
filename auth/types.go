package auth

import "time"

// Visit is what is known of a browser that signs in.
type Visit struct {
	Address string // of the client; kept only as a keyed hash that counts tries
	Agent   string // User-Agent header; only a family such as "Firefox on Windows" is kept
}

// Need is what somebody must do next before there is a session.
type Need string

// Needs.
const (
	NeedFactor Need = "factor" // give a second factor the person has
	NeedEnrol  Need = "enrol"  // add the first one; the mailbox is proven
	NeedMail   Need = "mail"   // follow the link that was just mailed: there is no second factor yet
)

// Step is a sign-in on its way. Token belongs into a cookie (HttpOnly, Secure, SameSite=Lax, no longer than Until),
// never into an address.
type Step struct {
	Token    string
	Need     Need
	TOTP     bool // has an authenticator app
	Passkey  bool // has a passkey
	Recovery bool // has recovery codes left
	Until    time.Time
}

// SignedIn is a new session, or one whose token was renewed.
type SignedIn struct {
	Token string // for the session cookie
	Actor Actor
	Until time.Time // end of the session whatever is done
	Codes []string  // recovery codes to show once; only after the first second factor
}

// Session is who holds a session token, and how long it lasts.
type Session struct {
	Actor
	IdleAt time.Time // ends then if nothing is done
	Until  time.Time // ends then whatever is done
	Data   []byte    // the pages' own small values, see SetData
}

// SessionLine is one session in a person's list.
type SessionLine struct {
	ID      string
	Agent   string // "Firefox on Windows"
	OrgName string
	Role    Role
	Created time.Time
	Seen    time.Time
	Current bool
}

// Held is a role somebody holds.
type Held struct {
	Membership string
	Org        string
	OrgName    string
	Kind       Kind
	Role       Role
	Paused     bool // by a colleague, or because the organisation is not active
	Current    bool
}

// TOTPSetup is what an authenticator app needs. Show it once.
type TOTPSetup struct {
	Secret string // base32, to type by hand
	URI    string // otpauth://…
}

// PasskeyLine is one passkey in a person's list.
type PasskeyLine struct {
	ID    string
	Label string // the person's own words
	Added time.Time
	Used  *time.Time
}

// Account is somebody's own sign-in.
type Account struct {
	Name         string
	Email        string
	Version      int64 // of the account, for SetName
	PasswordSet  time.Time
	TOTP         bool
	TOTPSince    time.Time
	Passkeys     []PasskeyLine
	RecoveryLeft int
	Identities   []string // names of the sign-in services linked, such as "CIS2"
}

// InviteForm asks somebody into an organisation. Fields of the problems: role, email.
type InviteForm struct {
	Org   string
	Role  Role
	Email string
}

// InvitationLine is an invitation as the team page lists it.
type InvitationLine struct {
	ID      string
	Email   string
	Role    Role
	Sent    time.Time
	Until   time.Time
	Expired bool
}

// Invited is what the page of an invitation link says.
type Invited struct {
	OrgName string
	Kind    Kind
	Role    Role
	Email   string
	Known   bool // there is an account already: accepting adds the role, neither name nor password is asked
	Until   time.Time
}

// Member is a person of an organisation in one role.
type Member struct {
	Membership string
	Version    int64 // for SetRole and the like
	Person     string
	Name       string
	Email      string
	Role       Role
	Paused     bool
	Locked     bool // the account as a whole
	SecondSet  bool // has a second factor
	Since      time.Time
	LastSeen   *time.Time
}

// Organisation as the desk lists it.
type Organisation struct {
	ID          string
	Version     int64
	Kind        Kind
	Name        string
	Provider    int64  // listing of a hospital, else 0
	ODS         string // of a practice, else ""
	EmailDomain string // addresses that prove a mailbox of it, such as "nhs.net"; "" for any
	State       string // active | paused | closed
	People      int
}

// PersonLine is an account as the administrator's list has it.
type PersonLine struct {
	ID        string
	Name      string
	Email     string
	Locked    bool
	SecondSet bool
	Roles     []Held
	Created   time.Time
}

// DemoActor is somebody the demonstration offers to sign in as.
type DemoActor struct {
	Person  string
	Name    string
	Role    Role
	OrgName string
}
