package jobs

// TellReferral mails one notice that somebody has something to read. Whom and where is worked out when it is sent.
type TellReferral struct {
	ID string `json:"id"`
}

// Kind names the job in the database.
func (TellReferral) Kind() string { return "tell_referral" }

func (a TellReferral) same() (string, any) { return "id", a.ID }

// TendReferrals does what time alone makes due of referrals: timers, scans, gates, forgetting.
type TendReferrals struct{}

// Kind names the job in the database.
func (TendReferrals) Kind() string { return "tend_referrals" }

func (TendReferrals) same() (string, any) { return "", nil }
