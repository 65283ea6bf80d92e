package referral

import (
	"cmp"
	"context"
	"net/mail"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"carecorridor/auth"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/internal/when"
	"carecorridor/models"
	"carecorridor/referral/visa"
)

// IssueLetter issues a visa invitation letter: the service gives the number, the day, and what it knows of the patient and
// the dates; the hospital gives the rest. A letter before it ends. Fields are those of visa.Letter.
func (s *Service) IssueLetter(ctx context.Context, who auth.Actor, id string, version int64, letter visa.Letter) (done Done, err error) {
	err = s.acting(ctx, who, id, func(d *deed) error {
		done = Done{}
		if _, err := admit(who, &d.f, IssueLetter, ""); err != nil {
			return err
		}
		in := Input{Version: version}
		mark := s.mark(IssueLetter, letter)
		if again, err := d.repeated(who, IssueLetter, in, mark); again || err != nil {
			done = Done{Repeated: again, State: d.f.State, Version: d.f.Version}
			return err
		}
		full := d.letterOf(letter)
		in.Letter = full.Number
		known, err := d.known(who)
		if err != nil {
			return err
		}
		done.Problems = full.Check(d.f.Today())
		done.Problems.Need(known.Answers(full.Doctor, full.DoctorCouncil+" "+full.DoctorNumber), "doctor_number", "Name, council and number must be those of a clinician whose registration was checked%s", known.Such())
		if !done.Problems.OK() {
			return refuse(done.Problems)
		}
		out, err := d.apply(who, IssueLetter, in, mark)
		if err != nil {
			done.Problems = problemsOf(err)
			return err
		}
		done = Done{State: d.f.State, Version: d.f.Version, Letter: full.Number}
		return d.addLetter(who, out.Provider, full)
	})
	return done, refusedOnly(err)
}

// letterOf fills in what the record holds, whatever was typed for it.
func (d *deed) letterOf(l visa.Letter) visa.Letter {
	l.Number, l.On = visa.NewNumber(), d.f.Today()
	dates := d.f.Travel.Confirmed
	l.Arrive, l.Admit, l.Leave, l.Until = dates.Arrive, dates.Admit, dates.Leave, dates.Leave
	if row := d.shortlisted(d.f.Chosen()); row != nil {
		l.Hospital = row.Name
	}
	if p := d.rec.Passport; p != nil {
		l.Patient = visa.Traveller{Name: p.Name, Passport: p.Number}
	}
	return l
}

// shortlisted is the row of a hospital; nil for none.
func (d *deed) shortlisted(p *Provider) *models.ReferralProvider {
	for i := range d.p.Providers {
		if p != nil && d.p.Providers[i].ID == p.ID {
			return &d.p.Providers[i]
		}
	}
	return nil
}

func (d *deed) addLetter(who auth.Actor, hospital string, l visa.Letter) error {
	if err := d.tx.RevokeLetters(d.r.ID); err != nil {
		return err
	}
	row := &models.ReferralLetter{ID: newID(), ReferralID: d.r.ID, HospitalID: hospital, Number: l.Number, UntilOn: l.Until, IssuedBy: who.Person, IssuedAt: d.now}
	var err error
	if row.Body, err = d.s.sealJSON("referral_letters", "body", row.ID, l); err != nil {
		return err
	}
	return d.tx.AddReferralLetter(row)
}

// LetterValid reports whether a visa letter's number is in force. Of a number that was never issued it says the same as of
// one that was revoked or ran out.
func (s *Service) LetterValid(ctx context.Context, typed string) (bool, error) {
	number, ok := visa.ParseNumber(typed)
	if !ok {
		return false, nil
	}
	row, err := s.Store.ReferralLetterByNumber(ctx, number)
	if fault.Is(err, fault.Missing) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	standing := visa.Standing{Issued: when.DateOf(row.IssuedAt.In(london)), Until: row.UntilOn, Revoked: row.RevokedAt != nil}
	return standing.Valid(s.Today()), nil
}

// SetHandback says where the package goes: to is gp or aftercare, address an email address that was checked with the
// practice. Setting it sends the package's link when it waits for an address. Field: address.
func (s *Service) SetHandback(ctx context.Context, who auth.Actor, id, to, address string) (l check.List, err error) {
	if err := auth.May(who, auth.ReferralTriage, auth.Any); err != nil {
		return nil, err
	}
	a, bad := mail.ParseAddress(strings.TrimSpace(address))
	l.Need(bad == nil && a.Address == strings.TrimSpace(address) && len(address) <= 254, "address", "Enter an email address, such as records@practice.nhs.uk")
	l.Need(to == "gp" || to == "aftercare", "to", "Select whose address it is")
	if !l.OK() {
		return l, nil
	}
	err = s.acting(ctx, who, id, func(d *deed) error {
		if d.f.Has(ConsentSuspended) {
			return refuse(check.List{{Field: "address", Say: "The patient has paused sharing. Save it when they go on: it is sent at once"}})
		}
		h, err := d.handback(to)
		if err != nil {
			return err
		}
		if h.Address, err = s.sealText("handbacks", "address", h.ID, strings.TrimSpace(address)); err != nil {
			return err
		}
		h.TokenHash, h.ExpiresAt = nil, nil // a link sent to another address ends
		if err := d.tx.PutHandback(h); err != nil {
			return err
		}
		if to == "gp" && d.f.Care.Delivered && !d.f.Care.Acknowledged && GPIsTold.Holds(Case{F: &d.f}) {
			if err := d.addNotice("gp", "", Told{To: ToGP, Key: "package_for_you"}); err != nil {
				return err
			}
		}
		if to == FromAftercare && d.f.State == Aftercare && d.f.Agreed(C5, "") {
			if err := d.addNotice(to, "", Told{To: ToAftercare, Key: "package_for_you"}); err != nil {
				return err
			}
		}
		return d.read1(who, "referral.handback_address", to)
	})
	return problemsOf(err), refusedOnly(err)
}

// Looked is one line of who looked at a record.
type Looked struct {
	At     time.Time
	By     auth.Role
	Org    string // name of the organisation
	Person string // name, of professionals; "" for the patient and the site itself
	What   string // action, such as referral.view
	Why    string
	Facts  map[string]string
	Days   int // referral.list: on how many days, At being the last of them
}

// lookedMost lines are shown.
const lookedMost = 1000

// WhoLooked are the reads and changes of a record, newest first; worklists that showed it are one line for each person. Patients see those of their own, auditors any.
func (s *Service) WhoLooked(ctx context.Context, who auth.Actor, idOrReference string) ([]Looked, error) {
	if !auth.Can(who.Role, auth.AccessLogView) {
		return nil, auth.May(who, auth.AccessLogView, auth.Any) // the same whether it exists or not
	}
	id, err := s.idOf(ctx, idOrReference)
	if err != nil {
		return nil, err
	}
	if _, err := s.Store.ReferralByID(ctx, id); err != nil {
		return nil, err
	}
	if err := auth.May(who, auth.AccessLogView, auth.Near(who, "", id)); err != nil {
		return nil, err
	}
	rows, err := s.Store.SeenRows(ctx, id, lookedMost)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(rows, func(a, b models.SeenRow) int { return cmp.Compare(b.Seq, a.Seq) })
	var people, orgs []string
	for _, r := range rows {
		people, orgs = append(people, r.Person), append(orgs, r.Org)
	}
	names, of, err := s.names(ctx, people, orgs)
	if err != nil {
		return nil, err
	}
	var out []Looked
	for _, r := range rows {
		out = append(out, Looked{At: r.At, By: auth.Role(r.Role), Org: of[r.Org], Person: names[r.Person], What: r.Action, Why: r.Why, Facts: r.FactMap(), Days: int(r.Times)})
	}
	return out, s.Store.Write(ctx, func(tx *models.Tx) error {
		return tx.Audit(models.Audited{Person: who.Person, Org: who.Org, Role: string(who.Role), Action: "referral.access_log", On: "referral", ID: id, Subject: id})
	})
}

// leastWhy is how much a reason says at least, in characters.
const leastWhy = 20

// BreakGlass opens what Look refuses the staff, with a reason that is reported at once and that the patient can read.
func (s *Service) BreakGlass(ctx context.Context, who auth.Actor, id, why string) (v View, l check.List, err error) {
	if err := auth.May(who, auth.ReferralBreak, auth.Any); err != nil {
		return v, nil, err
	}
	why = strings.TrimSpace(why)
	l.Need(utf8.RuneCountInString(why) >= leastWhy, "why", "Say why you must see this record, in %d characters or more. The patient can read it", leastWhy)
	l.Text("why", "The reason", why, 1000)
	if !l.OK() {
		return v, l, nil
	}
	err = s.acting(ctx, who, id, func(d *deed) error {
		if d.f.State == Draft {
			return fault.New(fault.Missing, "referral break glass", nil) // nobody sent it yet, and no consent covers it
		}
		if v, err = d.viewAs(who); err != nil {
			return err
		}
		if err := d.notice(Told{To: ToDPO, Key: "break_glass"}, ""); err != nil {
			return err
		}
		return d.tx.Audit(models.Audited{Person: who.Person, Org: who.Org, Role: string(who.Role), Action: "referral.breakglass", On: "referral", ID: d.r.ID, Subject: d.r.ID, Why: why,
			Facts: map[string]string{"state": d.r.State}})
	})
	return v, nil, err
}

// News are a person's unread notices: what is new, by referral.
type News struct {
	Referral, Reference string
	Hospital            string
	Key                 string
	At                  time.Time
}

// News of the actor, newest first.
func (s *Service) News(ctx context.Context, who auth.Actor) ([]News, error) {
	kind, person, referral := "person", who.Person, ""
	if who.Role == auth.Patient {
		kind, person, referral = "patient", "", who.Person
	}
	if !who.Signed() {
		return nil, fault.New(fault.Forbidden, "referral news", nil)
	}
	rows, err := s.Store.NoticesOf(ctx, kind, person, referral, 100)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(rows))
	for i, n := range rows {
		ids[i] = n.ReferralID
	}
	codes, err := s.Store.ReferencesOf(ctx, unique(ids))
	var out []News
	for _, n := range rows {
		out = append(out, News{n.ReferralID, codes[n.ReferralID], n.HospitalID, n.Key, n.At})
	}
	return out, err
}
