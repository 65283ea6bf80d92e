package seed

import (
	"regexp"
	"strings"

	"carecorridor/models"
)

// remarks are the rules that turn a register's remark into a status, first match wins. The dates are not
// looked at here: a certificate past its end stays RegisterValid and is shown as "renewal not confirmed"
// (brief §5), because the register had not closed it.
var remarks = []struct {
	shape  *regexp.Regexp
	status models.RegisterStatus
}{
	{regexp.MustCompile(`(?i)held in suspension from .+ to `), models.RegisterValid}, // over by the snapshot
	{regexp.MustCompile(`(?i)closed|withdrawal|withdrawn|not recommended|shifted|moved|transfer|not applied|abeyance|expired`), models.RegisterLapsed},
	{regexp.MustCompile(`(?i)suspension|suspended`), models.RegisterSuspended},
	{regexp.MustCompile(`(?i)^$|^accredited on|^renewed on|^accreditation renewed|renewal (assessment )?(under|in) proces`), models.RegisterValid},
}

// registerStatus is what a register row said on the day of its snapshot. A remark no rule knows is a
// fault, never a guess.
func registerStatus(remark string) (models.RegisterStatus, error) {
	for _, r := range remarks {
		if r.shape.MatchString(strings.TrimSpace(remark)) {
			return r.status, nil
		}
	}
	return "", wrong("remarks", "no rule for %q", remark)
}
