package auth

import (
	"encoding/json"
	"net/url"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
	"github.com/google/uuid"

	"carecorridor/internal/fault"
	"carecorridor/models"
)

// newPasskeys is the library bound to the site's address; nil where passkeys cannot be: browsers bind them to a name, and want https
// everywhere but on localhost.
func newPasskeys(origin string) (*webauthn.WebAuthn, error) {
	u, err := url.Parse(origin)
	if err != nil {
		return nil, err
	}
	if protocol.ValidateRPID(u.Hostname()) != nil || u.Scheme != "https" && u.Hostname() != "localhost" {
		return nil, nil
	}
	return webauthn.New(&webauthn.Config{
		RPID: u.Hostname(), RPDisplayName: totpIssuer, RPOrigins: []string{origin},
		AttestationPreference:  protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{ResidentKey: protocol.ResidentKeyRequirementPreferred, UserVerification: protocol.VerificationPreferred},
	})
}

// PasskeysWork reports whether browsers accept passkeys at the site's address.
func (s *Service) PasskeysWork() bool { return s.passkeys != nil }

// holder is a person as the library sees them.
type holder struct {
	id          uuid.UUID
	email, name string
	keys        []webauthn.Credential
}

func (h *holder) WebAuthnID() []byte                         { return h.id[:] }
func (h *holder) WebAuthnName() string                       { return h.email }
func (h *holder) WebAuthnDisplayName() string                { return h.name }
func (h *holder) WebAuthnCredentials() []webauthn.Credential { return h.keys }

func (s *Service) holderOf(tx *models.Tx, p *models.Person) (*holder, []models.Passkey, error) {
	h := &holder{}
	var err error
	if h.id, err = uuid.Parse(p.ID); err != nil {
		return nil, nil, fault.New(fault.Broken, "passkey", err)
	}
	if h.email, err = s.emailOf(p.ID, p.Email); err == nil {
		h.name, err = s.nameOf(p.ID, p.Name)
	}
	if err != nil {
		return nil, nil, err
	}
	rows, err := tx.PasskeysOf(p.ID)
	for _, row := range rows {
		var c webauthn.Credential
		if err := json.Unmarshal([]byte(row.Credential), &c); err != nil {
			return nil, nil, fault.New(fault.Broken, "passkey", err)
		}
		h.keys = append(h.keys, c)
	}
	return h, rows, err
}

// ceremony is what the browser is given, and what the answer is checked with.
func ceremony(options any, session *webauthn.SessionData, err error) (forBrowser, forUs []byte, _ error) {
	if err == nil {
		if forBrowser, err = json.Marshal(options); err == nil {
			forUs, err = json.Marshal(session)
		}
	}
	if err != nil {
		return nil, nil, fault.New(fault.Broken, "passkey", err)
	}
	return forBrowser, forUs, nil
}

// askPasskey begins the use of a passkey.
func (s *Service) askPasskey(tx *models.Tx, p *models.Person) (forBrowser, forUs []byte, err error) {
	h, _, err := s.holderOf(tx, p)
	if err != nil {
		return nil, nil, err
	}
	if s.passkeys == nil || len(h.keys) == 0 {
		return nil, nil, ErrFactor
	}
	options, session, err := s.passkeys.BeginLogin(h)
	return ceremony(options, session, err)
}

// byPasskey checks what the browser answered to askPasskey.
func (s *Service) byPasskey(began, answer []byte) proof {
	return func(tx *models.Tx, p *models.Person) (bool, error) {
		session, parsed := webauthn.SessionData{}, (*protocol.ParsedCredentialAssertionData)(nil)
		err := json.Unmarshal(began, &session)
		if err == nil {
			parsed, err = protocol.ParseCredentialRequestResponseBytes(answer)
		}
		if err != nil || s.passkeys == nil {
			return false, nil
		}
		h, rows, err := s.holderOf(tx, p)
		if err != nil {
			return false, err
		}
		used, err := s.passkeys.ValidateLogin(h, session, parsed)
		if err != nil || used.Authenticator.CloneWarning {
			return false, nil // wrong origin, wrong challenge, not theirs, or copied
		}
		for _, row := range rows {
			if string(row.CredentialID) == string(used.ID) {
				kept, err := json.Marshal(used)
				if err != nil {
					return false, fault.New(fault.Broken, "passkey", err)
				}
				return true, tx.UsePasskey(row.ID, string(kept))
			}
		}
		return false, nil
	}
}

// newPasskey begins the making of a passkey.
func (s *Service) newPasskey(tx *models.Tx, p *models.Person) (forBrowser, forUs []byte, err error) {
	if s.passkeys == nil {
		return nil, nil, ErrFactor
	}
	h, _, err := s.holderOf(tx, p)
	if err != nil {
		return nil, nil, err
	}
	options, session, err := s.passkeys.BeginRegistration(h, webauthn.WithExclusions(webauthn.Credentials(h.keys).CredentialDescriptors()))
	return ceremony(options, session, err)
}

// addPasskey keeps what the browser made in answer to newPasskey.
func (s *Service) addPasskey(tx *models.Tx, p *models.Person, label string, began, answer []byte) error {
	session, parsed := webauthn.SessionData{}, (*protocol.ParsedCredentialCreationData)(nil)
	err := json.Unmarshal(began, &session)
	if err == nil {
		parsed, err = protocol.ParseCredentialCreationResponseBytes(answer)
	}
	if err != nil || s.passkeys == nil {
		return ErrFactor
	}
	h, _, err := s.holderOf(tx, p)
	if err != nil {
		return err
	}
	made, err := s.passkeys.CreateCredential(h, session, parsed)
	if err != nil {
		return ErrFactor
	}
	kept, err := json.Marshal(made)
	if err != nil {
		return fault.New(fault.Broken, "passkey", err)
	}
	row := &models.Passkey{ID: newID(), PersonID: p.ID, CredentialID: made.ID, Credential: string(kept)}
	if row.Label, err = s.seal("passkeys", "label", row.ID, label); err != nil {
		return err
	}
	if err := tx.AddPasskey(row); fault.Is(err, fault.Conflict) {
		return ErrFactor // it belongs to somebody already
	} else if err != nil {
		return err
	}
	return nil
}
