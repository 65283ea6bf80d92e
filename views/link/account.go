package link

import "net/url"

// Pages of sign-in and of one's own account. The addresses that mails hold are auth's.
const (
	SignInPassword = "/sign-in/password"
	SignInFactor   = "/sign-in/confirm"
	SignInEnrol    = "/sign-in/set-up"
	SignInMailed   = "/sign-in/mailed"
	SignInForgot   = "/sign-in/forgotten"
	MailboxShown   = "/sign-in/mailbox"
	SignInDemo     = "/sign-in/demonstration"
	SignOut        = "/sign-out"
	SignedOut      = "/signed-out"
	Account        = "/account"
	AccountStepUp  = "/account/step-up"
	AccountUnsent  = "/account/unsent"
	AccountStay    = "/account/stay"
	AccountRole    = "/account/role"
	AccountApp     = "/account/app"
	AccountKeys    = "/account/passkeys"
	AccountNewKey  = "/account/passkeys/new"
	AccountCodes   = "/account/recovery-codes"
	// AccountNewCodes shows codes that were just made.
	AccountNewCodes  = "/account/recovery-codes/new"
	AccountSessions  = "/account/sessions"
	AccountEndOthers = "/account/sessions/others"
	AccountName      = "/account/name"
	AccountPassword  = "/account/password"
)

// SignInOIDC begins a sign-in with a service of others.
func SignInOIDC(provider string) string { return join(SignIn+"/with", provider) }

// StepUpTo asks for a second factor again and leads back.
func StepUpTo(back string) string { return backTo(AccountStepUp, back) }

func backTo(page, back string) string {
	if back == "" {
		return page
	}
	return page + "?" + url.Values{"back": {back}}.Encode()
}

// Passkey is the page that removes one.
func Passkey(id string) string { return join(AccountKeys, id) }

// AccountSession is the address that ends one session.
func AccountSession(id string) string { return join(AccountSessions, id) }

// Unsent is one form that was kept when a session ended.
func Unsent(id string) string { return join(AccountUnsent, id) }
