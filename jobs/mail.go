package jobs

// SendMail hands one letter to the mail server. The letter itself is in the table of mail: no address is here.
type SendMail struct {
	ID string `json:"id"`
}

// Kind names the job in the database.
func (SendMail) Kind() string { return "send_mail" }

func (a SendMail) same() (string, any) { return "id", a.ID }

// TendEnquiries delivers, lapses, scans and forgets what is due.
type TendEnquiries struct{}

// Kind names the job in the database.
func (TendEnquiries) Kind() string { return "tend_enquiries" }

func (TendEnquiries) same() (string, any) { return "", nil }
