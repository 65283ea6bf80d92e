package auth

import (
	"context"
	"net/url"

	"carecorridor/internal/check"
	"carecorridor/internal/fault"
)

var errPending = fault.New(fault.Broken, "accounts", nil)

// SignIn checks address and password. Every refusal is ErrSignIn.
func (s *Service) SignIn(ctx context.Context, email, password string, v Visit) (Step, error) {
	return Step{}, errPending
}

// StepOf reads a sign-in that is on its way; ErrStep when there is none.
func (s *Service) StepOf(ctx context.Context, token string) (Step, error) { return Step{}, errPending }

// GiveTOTP ends a sign-in with a code of an authenticator app. ErrFactor, or ErrStep after too many.
func (s *Service) GiveTOTP(ctx context.Context, token, code string, v Visit) (SignedIn, error) {
	return SignedIn{}, errPending
}

// GiveRecovery ends a sign-in with a recovery code, which then is used.
func (s *Service) GiveRecovery(ctx context.Context, token, code string, v Visit) (SignedIn, error) {
	return SignedIn{}, errPending
}

// BeginPasskey gives what navigator.credentials.get takes, as JSON.
func (s *Service) BeginPasskey(ctx context.Context, token string) ([]byte, error) {
	return nil, errPending
}

// FinishPasskey ends a sign-in with what the browser answered, as JSON.
func (s *Service) FinishPasskey(ctx context.Context, token string, answer []byte, v Visit) (SignedIn, error) {
	return SignedIn{}, errPending
}

// BeginFirstTOTP offers an authenticator app to a person whose step is NeedEnrol.
func (s *Service) BeginFirstTOTP(ctx context.Context, token string) (TOTPSetup, error) {
	return TOTPSetup{}, errPending
}

// FinishFirstTOTP ends the sign-in with the app's first code; Codes of the result are shown once.
func (s *Service) FinishFirstTOTP(ctx context.Context, token, code string, v Visit) (SignedIn, error) {
	return SignedIn{}, errPending
}

// BeginFirstPasskey gives what navigator.credentials.create takes, to a person whose step is NeedEnrol.
func (s *Service) BeginFirstPasskey(ctx context.Context, token string) ([]byte, error) {
	return nil, errPending
}

// FinishFirstPasskey ends the sign-in with the new passkey.
func (s *Service) FinishFirstPasskey(ctx context.Context, token, label string, answer []byte, v Visit) (SignedIn, error) {
	return SignedIn{}, errPending
}

// Who holds a session token; ErrSession when nobody does. Call it once for each request: it notes that the session is in use.
func (s *Service) Who(ctx context.Context, token string) (Session, error) {
	return Session{}, errPending
}

// SetData keeps the pages' own small values (up to 4 KiB, sealed) with the session.
func (s *Service) SetData(ctx context.Context, who Actor, data []byte) error { return errPending }

// SignOut ends a session. One that has ended already is no error.
func (s *Service) SignOut(ctx context.Context, token string) error { return errPending }

// Roles are the roles the person holds.
func (s *Service) Roles(ctx context.Context, who Actor) ([]Held, error) { return nil, errPending }

// Switch lets the person act in another role they hold; the session's token is renewed.
func (s *Service) Switch(ctx context.Context, who Actor, membership string) (SignedIn, error) {
	return SignedIn{}, errPending
}

// Sessions of the person, the newest first.
func (s *Service) Sessions(ctx context.Context, who Actor) ([]SessionLine, error) {
	return nil, errPending
}

// EndSession ends one of the person's own sessions at once.
func (s *Service) EndSession(ctx context.Context, who Actor, id string) error { return errPending }

// EndOthers ends all of the person's sessions but this one and says how many.
func (s *Service) EndOthers(ctx context.Context, who Actor) (int, error) { return 0, errPending }

// StepUpTOTP confirms with a code that it is still the same person; the session's token is renewed.
func (s *Service) StepUpTOTP(ctx context.Context, who Actor, code string) (SignedIn, error) {
	return SignedIn{}, errPending
}

// StepUpRecovery is StepUpTOTP with a recovery code.
func (s *Service) StepUpRecovery(ctx context.Context, who Actor, code string) (SignedIn, error) {
	return SignedIn{}, errPending
}

// BeginStepUp gives what navigator.credentials.get takes.
func (s *Service) BeginStepUp(ctx context.Context, who Actor) ([]byte, error) { return nil, errPending }

// FinishStepUp is StepUpTOTP with a passkey.
func (s *Service) FinishStepUp(ctx context.Context, who Actor, answer []byte) (SignedIn, error) {
	return SignedIn{}, errPending
}

// Account is the person's own sign-in.
func (s *Service) Account(ctx context.Context, who Actor) (Account, error) {
	return Account{}, errPending
}

// SetName changes the name colleagues see. Field of the problems: name.
func (s *Service) SetName(ctx context.Context, who Actor, name string, version int64) (check.List, error) {
	return nil, errPending
}

// ChangePassword ends the person's other sessions. Fields of the problems: old, new. Needs a fresh second factor.
func (s *Service) ChangePassword(ctx context.Context, who Actor, old, new string) (check.List, error) {
	return nil, errPending
}

// NewTOTP offers an authenticator app; the one in use stays until ConfirmTOTP. Needs a fresh second factor.
func (s *Service) NewTOTP(ctx context.Context, who Actor) (TOTPSetup, error) {
	return TOTPSetup{}, errPending
}

// ConfirmTOTP takes the new app into use with its first code.
func (s *Service) ConfirmTOTP(ctx context.Context, who Actor, code string) error { return errPending }

// RemoveTOTP forgets the app; ErrLastFactor when there is no passkey.
func (s *Service) RemoveTOTP(ctx context.Context, who Actor) error { return errPending }

// NewPasskey gives what navigator.credentials.create takes. Needs a fresh second factor.
func (s *Service) NewPasskey(ctx context.Context, who Actor) ([]byte, error) { return nil, errPending }

// AddPasskey adds what the browser made. Field of the problems: label.
func (s *Service) AddPasskey(ctx context.Context, who Actor, label string, answer []byte) (check.List, error) {
	return nil, errPending
}

// RemovePasskey forgets one; ErrLastFactor when it is the only factor.
func (s *Service) RemovePasskey(ctx context.Context, who Actor, id string) error { return errPending }

// NewRecoveryCodes replaces all recovery codes; they are shown once. Needs a fresh second factor.
func (s *Service) NewRecoveryCodes(ctx context.Context, who Actor) ([]string, error) {
	return nil, errPending
}

// Forgot mails a link to choose a new password, if there is such an account. Whether there is one is not told: nil
// either way, or ErrTooMany. Field of the problems: email.
func (s *Service) Forgot(ctx context.Context, email string, v Visit) (check.List, error) {
	return nil, errPending
}

// LinkWorks reports whether a link to choose a password still does, else ErrLink.
func (s *Service) LinkWorks(ctx context.Context, token string) error { return errPending }

// SetPassword uses up a mailed link. All sessions end; the second factor is still asked for. Field of the problems: password.
func (s *Service) SetPassword(ctx context.Context, token, password string, v Visit) (Step, check.List, error) {
	return Step{}, nil, errPending
}

// Invite mails an invitation. Inviting the same address to the same organisation again replaces the earlier one.
func (s *Service) Invite(ctx context.Context, who Actor, f InviteForm) (check.List, error) {
	return nil, errPending
}

// Invitations of an organisation that wait, the newest first.
func (s *Service) Invitations(ctx context.Context, who Actor, org string) ([]InvitationLine, error) {
	return nil, errPending
}

// TakeBack ends an invitation that waits.
func (s *Service) TakeBack(ctx context.Context, who Actor, invitation string) error {
	return errPending
}

// Invitation reads what a mailed invitation is for; ErrLink when it does not work any more.
func (s *Service) Invitation(ctx context.Context, token string) (Invited, error) {
	return Invited{}, errPending
}

// Accept uses up an invitation. A new person gives name and password and goes on with the Step; a known one (Invited.Known)
// gets the role and signs in as usual, the Step is empty. Fields of the problems: name, password.
func (s *Service) Accept(ctx context.Context, token, name, password string, v Visit) (Step, check.List, error) {
	return Step{}, nil, errPending
}

// PeopleOf an organisation, by name.
func (s *Service) PeopleOf(ctx context.Context, who Actor, org string) ([]Member, error) {
	return nil, errPending
}

// SetRole gives a member another role of the same kind of organisation. Nobody changes their own.
func (s *Service) SetRole(ctx context.Context, who Actor, membership string, role Role, version int64) error {
	return errPending
}

// PauseMember keeps a member from acting until ResumeMember; their sessions in it end at once.
func (s *Service) PauseMember(ctx context.Context, who Actor, membership string, version int64) error {
	return errPending
}

// ResumeMember undoes PauseMember.
func (s *Service) ResumeMember(ctx context.Context, who Actor, membership string, version int64) error {
	return errPending
}

// RemoveMember takes the role away for good; sessions in it end at once. The account stays.
func (s *Service) RemoveMember(ctx context.Context, who Actor, membership string, version int64) error {
	return errPending
}

// Organisations by name.
func (s *Service) Organisations(ctx context.Context, who Actor) ([]Organisation, error) {
	return nil, errPending
}

// Organisation reads one, that the actor may see.
func (s *Service) Organisation(ctx context.Context, who Actor, id string) (Organisation, error) {
	return Organisation{}, errPending
}

// AddOrganisation adds o and gives its id. Fields of the problems: kind, name, provider, ods, email_domain.
func (s *Service) AddOrganisation(ctx context.Context, who Actor, o Organisation) (string, check.List, error) {
	return "", nil, errPending
}

// SaveOrganisation writes name, e-mail domain and state under the version read. While an organisation is not active nobody acts for it.
func (s *Service) SaveOrganisation(ctx context.Context, who Actor, o Organisation) (check.List, error) {
	return nil, errPending
}

// People are all accounts, by name.
func (s *Service) People(ctx context.Context, who Actor) ([]PersonLine, error) {
	return nil, errPending
}

// Lock keeps a person from signing in and ends their sessions. Nobody locks themselves.
func (s *Service) Lock(ctx context.Context, who Actor, person, why string) error { return errPending }

// Unlock undoes Lock, and forgets wrong tries.
func (s *Service) Unlock(ctx context.Context, who Actor, person, why string) error {
	return errPending
}

// ResetFactors forgets a person's second factors, ends their sessions and mails a link to set up new ones. The link is also
// given back, for the command line alone: a page never shows it.
func (s *Service) ResetFactors(ctx context.Context, who Actor, person, why string) (link string, err error) {
	return "", errPending
}

// Providers are the sign-in services of others, in the order configured.
func (s *Service) Providers() []OIDCProvider { return s.OIDC }

// BeginOIDC gives the address to send the browser to, and a token for a cookie that FinishOIDC needs.
func (s *Service) BeginOIDC(ctx context.Context, provider string) (redirect, token string, err error) {
	return "", "", errPending
}

// FinishOIDC takes the query the sign-in service sent the browser back with. With a second factor of the service there is
// a session; else Step says what is needed.
func (s *Service) FinishOIDC(ctx context.Context, token string, query url.Values, v Visit) (SignedIn, Step, error) {
	return SignedIn{}, Step{}, errPending
}

// LoadSamples adds the demonstration's people once: one for each role, at sample hospitals, a sample practice and the alliance.
func (s *Service) LoadSamples(ctx context.Context) error { return errPending }

// DemoActors are the sample people; nobody unless Options.Demo.
func (s *Service) DemoActors(ctx context.Context) ([]DemoActor, error) { return nil, errPending }

// SignInAs signs in as a sample person without password. Refused unless Options.Demo, and for anybody who is not a sample.
func (s *Service) SignInAs(ctx context.Context, person string, v Visit) (SignedIn, error) {
	return SignedIn{}, errPending
}
