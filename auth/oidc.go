package auth

// OIDCProvider is a sign-in service of others: authorization code flow with PKCE, state and nonce. Only people who were
// invited, or whose identity is linked already, come in by it.
type OIDCProvider struct {
	ID       string // in addresses: lower-case letters, such as "cis2"
	Name     string // on the button
	Issuer   string // https://…
	ClientID string
	Secret   string
	Scopes   []string // besides openid and email
	// Second lists values of the claims acr or amr that count as a second factor, such as "AAL2_ANY" or "mfa". A person who
	// comes without one of them is asked for ours.
	Second []string
	// LevelClaim names the claim with the level of identity assurance, such as "id_assurance_level"; "" for none.
	LevelClaim string
}
