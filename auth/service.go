package auth

import (
	"fmt"
	"time"

	"github.com/go-webauthn/webauthn/webauthn"

	"carecorridor/internal/fault"
	"carecorridor/internal/seal"
	"carecorridor/internal/when"
	"carecorridor/letters"
	"carecorridor/models"
)

// Limits are times and numbers; every zero value has the default written beside it.
type Limits struct {
	StaffIdle    time.Duration // alliance, clinical and hospital roles: 15 minutes (domain.md §1.5)
	ReferrerIdle time.Duration // referrers: 15 minutes (ux.md §6.11)
	Absolute     time.Duration // every session: 8 hours
	StepTime     time.Duration // between password and second factor: 10 minutes
	EnrolTime    time.Duration // to add the first second factor: 1 hour
	LinkTime     time.Duration // a mailed link to choose a password: 1 hour
	InviteDays   int           // an invitation: 7
	FreeTries    int           // wrong sign-ins of one account or factor before it waits: 5
	AddressTries int           // sign-ins from one address in 15 minutes, right ones included: many people may share it: 60
	Wait         time.Duration // first wait; it doubles with each further try: 1 minute
	LongestWait  time.Duration // 1 hour
	Forget       time.Duration // tries are forgotten when none was made for so long: 24 hours
	Hashes       int           // passwords computed at once, 19 MiB each: 4
}

func (l Limits) filled() Limits {
	span := func(d *time.Duration, value time.Duration) {
		if *d <= 0 {
			*d = value
		}
	}
	number := func(n *int, value int) {
		if *n <= 0 {
			*n = value
		}
	}
	span(&l.StaffIdle, 15*time.Minute)
	span(&l.ReferrerIdle, 15*time.Minute)
	span(&l.Absolute, 8*time.Hour)
	span(&l.StepTime, 10*time.Minute)
	span(&l.EnrolTime, time.Hour)
	span(&l.LinkTime, time.Hour)
	number(&l.InviteDays, 7)
	number(&l.FreeTries, 5)
	number(&l.AddressTries, 60)
	span(&l.Wait, time.Minute)
	span(&l.LongestWait, time.Hour)
	span(&l.Forget, 24*time.Hour)
	number(&l.Hashes, 4)
	return l
}

// Options of New. Store, Box, Clock and Origin are needed.
type Options struct {
	Store    *models.Store
	Box      *seal.Box
	Clock    when.Clock
	Origin   string // public address of the site, such as "https://example.org": links in mail, and what passkeys are bound to
	Limits   Limits
	Breached string         // file of breached passwords, see breached.go; "" for the built-in list alone
	OIDC     []OIDCProvider // sign-in services of others; none by default
	Demo     bool           // lets SignInAs open the sample accounts
}

// Service is everything that can be done with accounts. It is safe for concurrent use. Methods that take an Actor ask
// the policy first; methods that take a token are for people who have no session yet.
type Service struct {
	Options
	office   *letters.Office
	hasher   *hasher
	breached *breachedFile      // nil: none
	passkeys *webauthn.WebAuthn // nil: not at this address
	oidc     []*oidcClient
}

// New makes the service.
func New(o Options) (*Service, error) {
	if o.Store == nil || o.Box == nil || o.Clock == nil || o.Origin == "" {
		return nil, fmt.Errorf("auth service: a part is missing")
	}
	o.Limits = o.Limits.filled()
	s := &Service{Options: o, hasher: newHasher(o.Limits.Hashes)}
	var err error
	if s.office, err = letters.New(o.Store, o.Box, letterFiles, "letters"); err != nil {
		return nil, err
	}
	if s.breached, err = openBreached(o.Breached); err != nil {
		return nil, err
	}
	if s.passkeys, err = newPasskeys(o.Origin); err != nil {
		return nil, fmt.Errorf("passkeys: %w", err)
	}
	s.oidc, err = newOIDC(o)
	return s, err
}

// What a person may be told.
var (
	// ErrSignIn is every way in which a sign-in may fail: unknown address, wrong password, too many tries, an account
	// that is locked. Which one it was is not told, and all take the same work.
	ErrSignIn = fault.Say(fault.Forbidden, "sign in", "The email address or password is wrong, or there were too many tries. Check both and try again, or wait a while")
	// ErrFactor: the code or passkey is wrong, was used before, or there were too many tries.
	ErrFactor = fault.Say(fault.Forbidden, "second factor", "That code is not right, or was used already. Wait for a new one, or use another recovery code, and try again")
	// ErrStep: the sign-in took too long or was finished; it begins anew.
	ErrStep = fault.Say(fault.Missing, "sign in step", "Signing in took too long. Start again")
	// ErrSession: nobody is signed in with this token.
	ErrSession = fault.Say(fault.Forbidden, "session", "You are signed out. Sign in again")
	// ErrStepUp: the action is dangerous and the second factor was given too long ago; ask for it and come back.
	ErrStepUp = fault.Say(fault.Forbidden, "step up", "Confirm that it is you first")
	// ErrLink is every way in which a mailed link may fail: unknown, used, too old, taken back.
	ErrLink = fault.Say(fault.Missing, "mailed link", "This link no longer works. Ask for a new one")
	// ErrLast: an organisation is never without somebody who can manage it.
	ErrLast = fault.Say(fault.Conflict, "last manager", "This is the last person who can manage the organisation. Give somebody else that role first")
	// ErrMoved: somebody else changed it since the page was opened.
	ErrMoved = fault.Say(fault.Conflict, "accounts", "This has changed since you opened the page. Look at it again")
	// ErrLastFactor: everybody keeps at least one second factor.
	ErrLastFactor = fault.Say(fault.Conflict, "last factor", "This is your only way to confirm that it is you. Add another one first")
	// ErrTooMany requests of one address.
	ErrTooMany = fault.Say(fault.TooMany, "accounts", "Too many tries. Wait 1 hour")
	// ErrNoAccount: a sign-in service knows the person, we do not.
	ErrNoAccount = fault.Say(fault.Forbidden, "oidc", "There is no account or invitation here for you. Ask the person who manages your organisation's accounts to invite you")
)

// SignInPath is the address of the page that signs in.
const SignInPath = "/sign-in"

// ForgotPath is the address of the page that asks for a new password.
const ForgotPath = "/sign-in/forgotten"

// OIDCPath is the address that a sign-in service sends the browser back to.
func OIDCPath(provider string) string { return "/sign-in/with/" + provider + "/back" }

// InvitationPath is the address of an invitation's page.
func InvitationPath(token string) string { return "/invitation/" + token }

// PasswordPath is the address of the page that chooses a new password.
func PasswordPath(token string) string { return "/sign-in/reset/" + token }

// MailboxPath is the address of the page that shows whose a mailbox is.
func MailboxPath(token string) string { return "/sign-in/mailbox/" + token }
