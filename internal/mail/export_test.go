package mail

import (
	"crypto/tls"
	"crypto/x509"

	"github.com/wneessen/go-mail"
)

// Trust makes the sender believe another authority.
func (s *SMTP) Trust(pool *x509.CertPool) {
	s.with = append(s.with, mail.WithTLSConfig(&tls.Config{RootCAs: pool, ServerName: s.host, MinVersion: tls.VersionTLS12}))
}
