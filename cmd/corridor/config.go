package main

import (
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"carecorridor/auth"
	"carecorridor/internal/token"
)

// Config is everything that may be set: by flag, else by environment, else the default.
type Config struct {
	Addr           string        `help:"Address to serve on." default:"127.0.0.1:8080" env:"CORRIDOR_ADDR"`
	DatabaseURL    string        `name:"database-url" help:"postgres://… or sqlite:PATH. Empty: SQLite below the var folder." env:"CORRIDOR_DATABASE_URL"`
	MeiliURL       string        `name:"meili-url" help:"Meilisearch address. Empty: the memory engine alone." env:"CORRIDOR_MEILI_URL"`
	MeiliKey       string        `name:"meili-key" help:"Meilisearch key with rights on the indexes." env:"CORRIDOR_MEILI_KEY"`
	Var            string        `help:"Folder for the database, files and mail when nothing else is configured." default:"var" env:"CORRIDOR_VAR"`
	SigningKey     string        `name:"signing-key-file" help:"File with the key (32 bytes or more) that signs cookies and links, the same for every replica. Empty: made below the var folder." env:"CORRIDOR_SIGNING_KEY_FILE"`
	Keyset         string        `name:"keyset-file" help:"Tink keyset (JSON) that seals personal data, the same for every replica; blind indexes have theirs beside it, ending in -index. Empty: made below the var folder." env:"CORRIDOR_KEYSET_FILE"`
	KEK            string        `name:"kek-file" help:"Tink keyset (JSON) that the keysets are encrypted with. Empty: they are in clear, readable by their owner alone." env:"CORRIDOR_KEK_FILE"`
	SMTPURL        string        `name:"smtp-url" help:"Mail server: smtps://USER:PASSWORD@HOST:465 or smtp://HOST:587. Empty: mails are written into the var folder and not sent." env:"CORRIDOR_SMTP_URL"`
	MailFrom       string        `name:"mail-from" help:"Address that mails come from." default:"no-reply@carecorridor.example" env:"CORRIDOR_MAIL_FROM"`
	ClamAV         string        `name:"clamav" help:"Virus scanner: HOST:PORT or the path of a socket of clamd. Empty: documents stay unchecked and no hospital can open them." env:"CORRIDOR_CLAMAV"`
	ContactsFile   string        `name:"contacts-file" help:"CSV file with checked email addresses of real hospitals, read at the start: hospital,email,checked_on,checked_by. Empty: requests to real hospitals wait." env:"CORRIDOR_CONTACTS_FILE"`
	Origin         string        `help:"Public address of the site, for links in sitemaps and data." env:"CORRIDOR_ORIGIN"`
	Contact        string        `help:"Email address that visitors may write to." env:"CORRIDOR_CONTACT"`
	SessionIdle    time.Duration `help:"How long a session of a person with an account may rest." default:"15m" env:"CORRIDOR_SESSION_IDLE"`
	SessionLength  time.Duration `help:"How long such a session lasts whatever is done." default:"8h" env:"CORRIDOR_SESSION_LENGTH"`
	BreachedFile   string        `name:"breached-file" help:"Passwords known from breaches that nobody may choose: sorted SHA-1 lines as haveibeenpwned.com gives them. Empty: the built-in lists alone." env:"CORRIDOR_BREACHED_FILE"`
	OIDCFile       string        `name:"oidc-file" help:"Sign-in services of others (OpenID Connect): a JSON list, see docs/runbooks/accounts.md." env:"CORRIDOR_OIDC_FILE"`
	TimersFile     string        `name:"timers-file" help:"Times of the referral workflow that differ from the usual ones, in JSON: docs/runbooks/timers.md. Empty: the usual ones." env:"CORRIDOR_TIMERS_FILE"`
	Mailboxes      []string      `name:"referrer-domains" help:"Mail domains whose mailboxes count for referrers, each exactly: NHSmail, and those that you have found in the list of accredited secure email (DCB1596)." default:"nhs.net" env:"CORRIDOR_REFERRER_DOMAINS"`
	TrustedProxies []string      `help:"Networks of our own proxies, whose X-Forwarded-For is believed." env:"CORRIDOR_TRUSTED_PROXIES"`
	LogLevel       string        `help:"debug, info, warn or error." default:"info" enum:"debug,info,warn,error" env:"CORRIDOR_LOG_LEVEL"`
}

// secret settings are never printed.
var secret = map[string]bool{"MeiliKey": true, "SMTPURL": true}

// Database is the address of the database: the one configured, or SQLite in the var folder.
func (c *Config) Database() string {
	if c.DatabaseURL != "" {
		return c.DatabaseURL
	}
	return "sqlite:" + filepath.Join(c.Var, "corridor.db")
}

// signer opens the key for cookies and links: the file configured, which must exist, or one in the var folder.
func (c *Config) signer() (*token.Signer, error) {
	if c.SigningKey == "" {
		return token.Open(filepath.Join(c.Var, "keys", "signing"))
	}
	key, err := os.ReadFile(c.SigningKey)
	if err != nil {
		return nil, fmt.Errorf("CORRIDOR_SIGNING_KEY_FILE: %w", err)
	}
	return token.New(key)
}

// Check finds every problem at once.
func (c *Config) Check() error {
	var problems []string
	say := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	if _, _, err := net.SplitHostPort(c.Addr); err != nil {
		say("CORRIDOR_ADDR %q: want HOST:PORT, for example 127.0.0.1:8080", c.Addr)
	}
	if d := c.Database(); !strings.HasPrefix(d, "sqlite:") && !strings.HasPrefix(d, "postgres://") && !strings.HasPrefix(d, "postgresql://") {
		say("CORRIDOR_DATABASE_URL: want postgres://… or sqlite:PATH")
	}
	for name, value := range map[string]string{"CORRIDOR_MEILI_URL": c.MeiliURL, "CORRIDOR_ORIGIN": c.Origin} {
		if u, err := url.Parse(value); value != "" && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
			say("%s %q: want http://… or https://…", name, value)
		}
	}
	if strings.HasSuffix(c.Origin, "/") {
		say("CORRIDOR_ORIGIN %q: leave out the slash at the end", c.Origin)
	}
	if _, err := c.sender(); err != nil {
		say("CORRIDOR_SMTP_URL or CORRIDOR_MAIL_FROM: %v", err)
	}
	if _, err := c.contacts(); err != nil {
		say("CORRIDOR_CONTACTS_FILE: %v", err)
	}
	if c.SessionIdle < 0 || c.SessionLength < 0 {
		say("CORRIDOR_SESSION_IDLE and CORRIDOR_SESSION_LENGTH: want a time such as 15m")
	}
	if _, err := c.signInServices(); err != nil {
		say("CORRIDOR_OIDC_FILE: %v", err)
	}
	if _, err := auth.ParseMailDomains(c.Mailboxes); err != nil {
		say("CORRIDOR_REFERRER_DOMAINS: %v", err)
	}
	if _, err := c.proxies(); err != nil {
		say("CORRIDOR_TRUSTED_PROXIES: %v", err)
	}
	if problems != nil {
		return fmt.Errorf("configuration:\n  %s", strings.Join(problems, "\n  "))
	}
	return nil
}

func (c *Config) proxies() ([]*net.IPNet, error) {
	var out []*net.IPNet
	for _, s := range c.TrustedProxies {
		_, n, err := net.ParseCIDR(s)
		if err != nil {
			return nil, fmt.Errorf("%q: want a network such as 10.0.0.0/8", s)
		}
		out = append(out, n)
	}
	return out, nil
}

func (c *Config) logger() *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(c.LogLevel))
	return slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: level}))
}

// setting is one line of the doctor and of the README.
type setting struct{ Flag, Env, Help, Default, Value, Origin string }

// settings lists what is in force and where each value came from.
func (c *Config) settings(parsed *kong.Context) []setting {
	given := map[string]bool{}
	if parsed != nil {
		for _, p := range parsed.Path {
			if p.Flag != nil {
				given[p.Flag.Name] = true
			}
		}
	}
	var out []setting
	v := reflect.ValueOf(*c)
	for i := range v.NumField() {
		f := v.Type().Field(i)
		s := setting{Flag: flagName(f), Env: f.Tag.Get("env"), Help: f.Tag.Get("help"), Default: f.Tag.Get("default"), Value: fmt.Sprint(v.Field(i).Interface())}
		s.Origin = "default"
		if _, set := os.LookupEnv(s.Env); set {
			s.Origin = "environment " + s.Env
		}
		if given[s.Flag] {
			s.Origin = "flag --" + s.Flag
		}
		if list, ok := v.Field(i).Interface().([]string); ok {
			s.Value = strings.Join(list, ",")
		}
		if secret[f.Name] && s.Value != "" {
			s.Value = "(set, not shown)"
		}
		if f.Name == "DatabaseURL" {
			s.Value = withoutPassword(c.Database())
		}
		out = append(out, s)
	}
	return out
}

func flagName(f reflect.StructField) string {
	if name := f.Tag.Get("name"); name != "" {
		return name
	}
	var b strings.Builder
	for i, r := range f.Name {
		if i > 0 && r >= 'A' && r <= 'Z' {
			b.WriteByte('-')
		}
		b.WriteRune(r)
	}
	return strings.ToLower(b.String())
}

// withoutPassword makes an address safe to print.
func withoutPassword(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.User == nil {
		return address
	}
	return u.Redacted()
}

type readmeCommand struct{}

// Run prints the table between the README's config marks.
func (readmeCommand) Run(c *Config) error {
	fmt.Println("| variable | flag | default | what |\n| --- | --- | --- | --- |")
	for _, s := range c.settings(nil) {
		def := s.Default
		if def == "" {
			def = "(empty)"
		}
		fmt.Printf("| `%s` | `--%s` | %s | %s |\n", s.Env, s.Flag, def, s.Help)
	}
	return nil
}
