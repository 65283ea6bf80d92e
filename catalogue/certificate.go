package catalogue

import (
	"fmt"

	"carecorridor/internal/when"
	"carecorridor/models"
)

// Standing is what may be said of a certificate on a day (brief §5, domain.md §7.4).
type Standing string

// Standings. Only Running earns a "checked" badge and makes a hospital listed by default.
const (
	Running     Standing = "running"               // register showed it valid and its dates include today
	Unconfirmed Standing = "renewal_not_confirmed" // its end date is past in our newest snapshot
	Expired     Standing = "expired"               // we followed it to its last day, and no renewal came
	NotYet      Standing = "not_started"
	Suspended   Standing = "suspended"
	Lapsed      Standing = "lapsed"
	Reported    Standing = "reported" // news or the hospital's page says so; no register seen
	Claimed     Standing = "claimed"  // a facilitator or a post says so; never a badge
)

// SoonDays is when a running certificate starts to be shown as ending (ux.md §5.3).
const SoonDays = 60

// Certificate is an accreditation with its standing on a day.
type Certificate struct {
	models.Accreditation
	Standing Standing
	DaysLeft int // days to ValidTo when Running
}

// Judge says how a certificate stands on day today, an Indian calendar day: a certificate ends with its
// last day in India, whatever the reader's time zone.
func Judge(a models.Accreditation, today when.Date) Certificate {
	c := Certificate{Accreditation: a, Standing: standing(a, today)}
	if c.Standing == Running {
		c.DaysLeft = today.DaysUntil(a.ValidTo)
	}
	return c
}

func standing(a models.Accreditation, today when.Date) Standing {
	switch a.RegisterStatus {
	case models.RegisterSuspended:
		return Suspended
	case models.RegisterLapsed:
		return Lapsed
	case models.RegisterReported:
		return Reported
	case models.RegisterClaimed, models.RegisterMentioned:
		return Claimed
	case models.RegisterValid:
		return byDates(a, today)
	}
	return Claimed
}

func byDates(a models.Accreditation, today when.Date) Standing {
	switch {
	case !a.ValidTo.Known():
		return Reported
	case a.ValidTo.Before(today) && followed(a.State):
		return Expired
	case a.ValidTo.Before(today):
		return Unconfirmed
	case a.ValidFrom.Known() && today.Before(a.ValidFrom):
		return NotYet
	}
	return Running
}

// followed certificates are those that the alliance itself checked: of others an old copy of a register says nothing
// about a renewal (brief §5).
func followed(s models.CertificateState) bool {
	return s == models.CertificateVerified || s == models.CertificateDue || s == models.CertificateExpired
}

// Accredits reports whether c lets a hospital be listed by default: a running certificate of an
// accrediting programme. Entry-level certification and laboratory certificates are not hospital accreditation.
func (c Certificate) Accredits() bool { return c.Standing == Running && c.Level == "full" }

// EndsSoon reports whether a running certificate has SoonDays or fewer left.
func (c Certificate) EndsSoon() bool { return c.Standing == Running && c.DaysLeft <= SoonDays }

// Label is the short wording of a badge or table cell (ux.md §5.3).
func (c Certificate) Label() string {
	body := c.Body
	switch c.Standing {
	case Running:
		if c.EndsSoon() {
			return fmt.Sprintf("%s ends in %d days", body, c.DaysLeft)
		}
		return fmt.Sprintf("%s until %s", body, c.ValidTo.Time().Format("January 2006"))
	case Unconfirmed:
		return fmt.Sprintf("%s renewal not confirmed", body)
	case Expired:
		return fmt.Sprintf("%s expired on %s", body, c.ValidTo.Long())
	case NotYet:
		return fmt.Sprintf("%s starts %s", body, c.ValidFrom.Long())
	case Suspended:
		return body + " suspended"
	case Lapsed:
		if c.State == models.CertificateWithdrawn {
			return body + " withdrawn"
		}
		return body + " no longer on the register"
	case Reported:
		return body + " reported, not checked"
	}
	if c.State == models.CertificateValFail {
		return body + " claimed, not confirmed"
	}
	return body + " claimed, not checked"
}

// Certificates judges each of as on day today.
func Certificates(as []models.Accreditation, today when.Date) []Certificate {
	out := make([]Certificate, len(as))
	for i, a := range as {
		out[i] = Judge(a, today)
	}
	return out
}

// RunningBodies lists the bodies of accrediting certificates that run, each once, in the order given.
func RunningBodies(cs []Certificate) []string {
	var out []string
	seen := map[string]bool{}
	for _, c := range cs {
		if c.Accredits() && !seen[c.Body] {
			seen[c.Body] = true
			out = append(out, c.Body)
		}
	}
	return out
}

// RegisterSeen is the newest day on which a register or other evidence for any of the certificates was read; the zero
// Date when none is dated.
func RegisterSeen(cs []Certificate) when.Date {
	var seen when.Date
	for _, c := range cs {
		if seen.Before(c.CheckedOn) {
			seen = c.CheckedOn
		}
	}
	return seen
}
