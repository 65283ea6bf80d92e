package jobs

// TellPerson mails somebody about their own account: a link to choose a password, or that there were too many wrong tries.
// It is queued whether or not there is such an account, so that a sign-in takes the same work for both.
type TellPerson struct {
	ID string `json:"id"` // what about, a colon, and the keyed hash of the address
}

// Kind names the job in the database.
func (TellPerson) Kind() string { return "tell_person" }

func (a TellPerson) same() (string, any) { return "id", a.ID }

// TendPeople forgets sign-ins, links and sessions that ended.
type TendPeople struct{}

// Kind names the job in the database.
func (TendPeople) Kind() string { return "tend_people" }

func (TendPeople) same() (string, any) { return "", nil }
