package auth

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"carecorridor/internal/fault"
	"carecorridor/models"
)

// OIDCProvider is a sign-in service of others: authorization code flow with PKCE, state and nonce. Only people who were
// invited, or whose identity is linked already, come in by it.
type OIDCProvider struct {
	ID       string   `json:"id"`     // in addresses: lower-case letters, such as "cis2"
	Name     string   `json:"name"`   // on the button
	Issuer   string   `json:"issuer"` // https://…
	ClientID string   `json:"client_id"`
	Secret   string   `json:"secret"`
	Scopes   []string `json:"scopes"` // besides openid and email
	// Second lists values of the claims acr or amr that count as a second factor, such as "AAL2_ANY" or "mfa". A person who
	// comes without one of them is asked for ours.
	Second []string `json:"second"`
	// LevelClaim names the claim with the level of identity assurance, such as "id_assurance_level"; "" for acr.
	LevelClaim string `json:"level_claim"`
}

// oidcWait is how long the service may take for one answer.
const oidcWait = 10 * time.Second

// oidcClient speaks to one service, whose addresses it asks for when they are needed first.
type oidcClient struct {
	OIDCProvider
	redirect string
	http     *http.Client
	now      func() time.Time
	mu       sync.Mutex
	provider *oidc.Provider
}

var oidcID = regexp.MustCompile(`^[a-z][a-z0-9-]{0,30}$`)

func newOIDC(o Options) ([]*oidcClient, error) {
	var out []*oidcClient
	for _, p := range o.OIDC {
		if !oidcID.MatchString(p.ID) || p.Name == "" || p.Issuer == "" || p.ClientID == "" {
			return nil, fmt.Errorf("sign-in service %q: id, name, issuer and client id are needed", p.ID)
		}
		if slices.ContainsFunc(out, func(c *oidcClient) bool { return c.ID == p.ID }) {
			return nil, fmt.Errorf("sign-in service %q stands twice", p.ID)
		}
		out = append(out, &oidcClient{OIDCProvider: p, redirect: o.Origin + OIDCPath(p.ID), http: &http.Client{Timeout: oidcWait}, now: o.Clock})
	}
	return out, nil
}

// ready asks the service for its addresses, once it answers never again.
func (c *oidcClient) ready(ctx context.Context) (context.Context, *oauth2.Config, error) {
	ctx = oidc.ClientContext(ctx, c.http)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.provider == nil {
		p, err := oidc.NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), c.http), c.Issuer)
		if err != nil {
			return nil, nil, fault.New(fault.Busy, "oidc "+c.ID, err)
		}
		c.provider = p
	}
	scopes := slices.Concat([]string{oidc.ScopeOpenID, "email"}, c.Scopes)
	return ctx, &oauth2.Config{ClientID: c.ClientID, ClientSecret: c.Secret, Endpoint: c.provider.Endpoint(), RedirectURL: c.redirect, Scopes: scopes}, nil
}

// oidcData is what a sign-in at a service must match when it comes back.
type oidcData struct {
	Provider string `json:"provider"`
	State    string `json:"state"`
	Nonce    string `json:"nonce"`
	Verifier string `json:"verifier"`
	After    int64  `json:"after,omitempty"` // the person must have signed in there since then, in seconds since 1970; 0 for any time
}

// Providers are the sign-in services of others, in the order configured; their secrets are left out.
func (s *Service) Providers() []OIDCProvider {
	out := slices.Clone(s.OIDC)
	for i := range out {
		out[i].Secret = ""
	}
	return out
}

// issuers are those of the services configured.
func (s *Service) issuers() []string {
	out := make([]string, len(s.OIDC))
	for i, o := range s.OIDC {
		out[i] = o.Issuer
	}
	return out
}

func (s *Service) client(id string) (*oidcClient, error) {
	for _, c := range s.oidc {
		if c.ID == id {
			return c, nil
		}
	}
	return nil, fault.New(fault.Missing, "oidc", nil)
}

// BeginOIDC gives the address to send the browser to, and a token for a cookie that FinishOIDC needs. A service that does not answer is
// fault.Busy.
func (s *Service) BeginOIDC(ctx context.Context, provider string) (redirect, token string, err error) {
	return s.beginOIDC(ctx, provider, false)
}

// BeginOIDCAgain is BeginOIDC for a person who confirms that it is still them: the service must ask for their factors anew, whether it
// still knows the browser or not (prompt, max_age and auth_time of OpenID Connect Core §3.1.2.1).
func (s *Service) BeginOIDCAgain(ctx context.Context, provider string) (redirect, token string, err error) {
	return s.beginOIDC(ctx, provider, true)
}

func (s *Service) beginOIDC(ctx context.Context, provider string, again bool) (redirect, token string, err error) {
	c, err := s.client(provider)
	if err != nil {
		return "", "", err
	}
	_, config, err := c.ready(ctx)
	if err != nil {
		return "", "", err
	}
	d := oidcData{Provider: c.ID, Verifier: oauth2.GenerateVerifier()}
	d.State, _ = newToken()
	d.Nonce, _ = newToken()
	asked := []oauth2.AuthCodeOption{oidc.Nonce(d.Nonce), oauth2.S256ChallengeOption(d.Verifier)}
	if again {
		d.After = s.now().Unix()
		asked = append(asked, oauth2.SetAuthURLParam("prompt", "login"), oauth2.SetAuthURLParam("max_age", "0"))
	}
	err = s.Store.Write(ctx, func(tx *models.Tx) error {
		token, err = s.begin(tx, "oidc", "", d, s.Limits.StepTime)
		return err
	})
	return config.AuthCodeURL(d.State, asked...), token, err
}
