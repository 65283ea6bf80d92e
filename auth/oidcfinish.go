package auth

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/models"
)

// asserted is what a service says of somebody.
type asserted struct {
	issuer, subject string
	email           string // "" unless the service says it is verified
	name            string
	level           string
	methods         []string
	claims          [32]byte  // hash of all of them
	second          bool      // a second factor of the service counts
	at              time.Time // when they signed in there; zero when the service does not say
}

// FinishOIDC takes the query the sign-in service sent the browser back with, and which service the address it came to is for: an
// answer of one service is never given to another (RFC 9700 §4.4). With a second factor of the service there is
// a session; else Step says what is needed. Whatever is wrong with the answer is ErrStep; ErrNoAccount when it is right and
// nobody invited the person.
func (s *Service) FinishOIDC(ctx context.Context, provider, token string, query url.Values, v Visit) (in SignedIn, step Step, err error) {
	var d oidcData
	err = s.Store.Write(ctx, func(tx *models.Tx) error {
		c, err := tx.TakeChallenge("oidc", hashOf(token))
		if err != nil {
			return hide(err, ErrStep)
		}
		return s.dataOf(c, &d)
	})
	if err != nil {
		return in, step, err
	}
	c, err := s.client(d.Provider)
	if err != nil {
		return in, step, hide(err, ErrStep)
	}
	if iss := query.Get("iss"); provider != c.ID || iss != "" && iss != c.Issuer { // RFC 9207
		return in, step, ErrStep
	}
	if subtle.ConstantTimeCompare([]byte(query.Get("state")), []byte(d.State)) != 1 || query.Get("error") != "" || query.Get("code") == "" {
		return in, step, ErrStep
	}
	a, err := c.exchange(ctx, query.Get("code"), d)
	if err != nil {
		return in, step, err
	}
	err = s.Store.Write(ctx, func(tx *models.Tx) error {
		in, step, err = s.admit(tx, c, a, v)
		return err
	})
	return in, step, err
}

// exchange turns the code into claims that are proven: signature, issuer, audience, time and nonce.
func (c *oidcClient) exchange(ctx context.Context, code string, d oidcData) (asserted, error) {
	ctx, config, err := c.ready(ctx)
	if err != nil {
		return asserted{}, err
	}
	got, err := config.Exchange(ctx, code, oauth2.VerifierOption(d.Verifier))
	if err != nil {
		return asserted{}, c.refuse(err)
	}
	raw, _ := got.Extra("id_token").(string)
	id, err := c.provider.VerifierContext(ctx, &oidc.Config{ClientID: c.ClientID, Now: c.now}).Verify(ctx, raw)
	if err != nil {
		return asserted{}, c.refuse(err)
	}
	if subtle.ConstantTimeCompare([]byte(id.Nonce), []byte(d.Nonce)) != 1 {
		return asserted{}, c.refuse(fmt.Errorf("nonce does not match"))
	}
	claims := map[string]any{}
	if err := id.Claims(&claims); err != nil {
		return asserted{}, c.refuse(err)
	}
	if _, ok := claims["email"]; !ok { // some services, CIS2 among them, tell it apart
		if err := c.ask(ctx, oauth2.StaticTokenSource(got), id.Subject, claims); err != nil {
			return asserted{}, err
		}
	}
	a, err := c.read(id, claims)
	if err == nil && d.After > 0 && a.at.Unix() < d.After-clockSkew {
		err = c.refuse(fmt.Errorf("auth_time is missing, or from before the person was asked"))
	}
	return a, err
}

// clockSkew in seconds between a service's clock and ours.
const clockSkew = 60

// ask adds what the service tells at its userinfo address, when it has one. It never replaces a claim that was signed.
func (c *oidcClient) ask(ctx context.Context, token oauth2.TokenSource, subject string, claims map[string]any) error {
	if c.provider.UserInfoEndpoint() == "" {
		return nil
	}
	more := map[string]any{}
	info, err := c.provider.UserInfo(ctx, token)
	if err == nil {
		err = info.Claims(&more)
	}
	if err == nil && info.Subject != subject {
		err = fmt.Errorf("is about somebody else")
	}
	if err != nil {
		return c.refuse(fmt.Errorf("userinfo: %w", err))
	}
	for k, v := range more {
		if _, signed := claims[k]; !signed {
			claims[k] = v
		}
	}
	return nil
}

// refuse keeps the reason for the log: it holds no claims.
func (c *oidcClient) refuse(err error) error {
	return &fault.E{Kind: fault.Missing, Op: "oidc " + c.ID, Say: "Signing in took too long. Start again", Err: err}
}

func (c *oidcClient) read(id *oidc.IDToken, claims map[string]any) (asserted, error) {
	a := asserted{issuer: id.Issuer, subject: id.Subject}
	text := func(name string) string {
		s, _ := claims[name].(string)
		return s
	}
	switch verified := claims["email_verified"].(type) {
	case bool:
		if verified {
			a.email = address(text("email"))
		}
	case string: // some services write it as a word
		if verified == "true" {
			a.email = address(text("email"))
		}
	}
	if at, ok := claims["auth_time"].(float64); ok {
		a.at = time.Unix(int64(at), 0)
	}
	a.name = strings.TrimSpace(text("name"))
	if list, ok := claims["amr"].([]any); ok {
		for _, m := range list {
			a.methods = append(a.methods, fmt.Sprint(m))
		}
	}
	acr := text("acr")
	if a.level = acr; c.LevelClaim != "" && claims[c.LevelClaim] != nil {
		a.level = fmt.Sprint(claims[c.LevelClaim])
	}
	a.second = slices.ContainsFunc(append(slices.Clone(a.methods), acr), func(m string) bool { return m != "" && slices.Contains(c.Second, m) })
	plain, err := json.Marshal(claims)
	if err != nil {
		return a, c.refuse(err)
	}
	a.claims = sha256.Sum256(plain)
	return a, nil
}

// admit lets in whom the service names, if we know them.
func (s *Service) admit(tx *models.Tx, c *oidcClient, a asserted, v Visit) (in SignedIn, step Step, err error) {
	p, link, err := s.whoIs(tx, a)
	if err != nil {
		return in, step, err
	}
	if p.State != "active" || p.Sample {
		return in, step, ErrSignIn
	}
	life := s.Limits.Absolute
	row := &models.IdentityAssertion{ID: newID(), IdentityID: link.ID, Level: clip(a.level), Method: clip(strings.Join(a.methods, " ")),
		ClaimsHash: a.claims[:], ExpiresAt: tx.Now().Add(life)}
	if err := tx.AddAssertion(row); err != nil {
		return in, step, err
	}
	if a.second {
		in, err = s.enter(tx, p, "oidc "+c.ID, v, a.confirmed(tx.Now()))
		return in, step, err
	}
	step, err = s.next(tx, p, a.email != "")
	return in, step, err
}

// confirmed is when the person last gave their factors, which may be long before the service sent them here: a browser it still knows
// opens no dangerous action. Nil when the service does not say.
func (a asserted) confirmed(now time.Time) *time.Time {
	if a.at.IsZero() {
		return nil
	}
	at := a.at.UTC()
	if at.After(now) {
		at = now
	}
	return &at
}

// clip keeps a claim short enough to show.
func clip(s string) string { return string([]rune(s)[:min(len([]rune(s)), 100)]) }

// whoIs finds the person an identity is linked to. A new identity is linked to the account of its verified address, or to whoever that
// address was invited as; nobody gets an account or a role otherwise.
func (s *Service) whoIs(tx *models.Tx, a asserted) (*models.Person, *models.Identity, error) {
	link, err := tx.IdentityBy(a.issuer, s.Box.Indexes(SubjectPurpose, a.subject))
	if err == nil {
		p, err := tx.PersonForUpdate(link.PersonID)
		return p, link, err
	}
	if !fault.Is(err, fault.Missing) {
		return nil, nil, err
	}
	if a.email == "" {
		return nil, nil, ErrNoAccount
	}
	p, known, err := s.expected(tx, a)
	if err == nil && known {
		err = s.tellLinked(tx, p)
	}
	if err != nil {
		return nil, nil, err
	}
	link = &models.Identity{ID: newID(), PersonID: p.ID, Issuer: a.issuer, SubjectIndex: s.Box.Index(SubjectPurpose, a.subject)}
	if link.Subject, err = s.seal("identities", "subject", link.ID, a.subject); err != nil {
		return nil, nil, err
	}
	if err := tx.AddIdentity(link); err != nil {
		return nil, nil, err
	}
	err = tx.Audit(models.Audited{Person: p.ID, Action: string(AccountOwn), On: "person", ID: p.ID, Facts: map[string]string{"what": "link_identity", "issuer": clip(a.issuer)}})
	return p, link, err
}

// tellLinked writes to somebody who had an account that a service opens it from now on. Links mailed before end: who is vouched for by a
// service is not let in by a mailbox alone.
func (s *Service) tellLinked(tx *models.Tx, p *models.Person) error {
	if err := tx.DropChallenges(p.ID, "password", string(NeedEnrol)); err != nil {
		return err
	}
	return s.tellChanged(tx, p)
}

// expected is the account of a verified address, its invitations accepted. known reports that it was there before.
func (s *Service) expected(tx *models.Tx, a asserted) (p *models.Person, known bool, err error) {
	waiting, err := tx.InvitationsFor(s.indexes(a.email))
	if err != nil {
		return nil, false, err
	}
	p, err = tx.PersonByEmail(s.indexes(a.email))
	known = err == nil
	if fault.Is(err, fault.Missing) {
		if len(waiting) == 0 {
			return nil, false, ErrNoAccount
		}
		p, err = s.addPerson(tx, a.email, nameFrom(a), "", false)
	}
	if err != nil || p.State != "active" {
		return p, known, err
	}
	for i := range waiting {
		if err := s.join(tx, &waiting[i], p, "oidc"); err != nil {
			return nil, known, err
		}
	}
	return p, known, nil
}

// nameFrom is the name the service tells, or the address until the person writes their own.
func nameFrom(a asserted) string {
	var l check.List
	if name := needName(&l, "name", string([]rune(a.name)[:min(len([]rune(a.name)), maxName)])); l.OK() {
		return name
	}
	local, _, _ := strings.Cut(a.email, "@")
	return local
}
