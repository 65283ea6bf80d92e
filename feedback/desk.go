package feedback

import (
	"context"
	"embed"
	"errors"
	"strconv"
	"strings"

	"carecorridor/auth"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/internal/mail"
	"carecorridor/internal/reference"
	"carecorridor/letters"
	"carecorridor/models"
)

//go:embed letters/*.txt
var letterFiles embed.FS

// OutcomePath is the address that says what came of a report: what its sender is mailed.
func OutcomePath(ref string) string { return "/problems/" + ref }

// MaxOutcome is how long the public words about a report may be: they stand in the history of the listing.
const MaxOutcome = 300

// mostNotes about one report.
const mostNotes = 100

// SendMail is the part of the mail queue that this package writes; mine is false for others' letters.
func (s *Service) SendMail(ctx context.Context, sender mail.Sender, id string) (mine bool, err error) {
	if s.office == nil {
		return false, nil
	}
	return s.office.Send(ctx, sender, id)
}

// errOwn keeps people away from what is said of their own hospital.
var errOwn = fault.Say(fault.Forbidden, "feedback", "This is about a hospital that you belong to, or did. A colleague must do it")

// apart refuses somebody who holds or held a role at the hospital.
func (s *Service) apart(ctx context.Context, who auth.Actor, provider int64) error {
	belongs, err := s.store.BelongsTo(ctx, who.Person, provider)
	if err == nil && belongs {
		err = errOwn
	}
	return err
}

func audited(who auth.Actor, act auth.Action, on, id, why string, facts ...string) models.Audited {
	a := models.Audited{Person: who.Person, Org: who.Org, Role: string(who.Role), Action: string(act), On: on, ID: id, Why: why, Facts: map[string]string{}}
	for i := 0; i+1 < len(facts); i += 2 {
		a.Facts[facts[i]] = facts[i+1]
	}
	return a
}

// Texts lists what waits for a moderator, oldest first; with all every text there is. FeedbackModerate.
func (s *Service) Texts(ctx context.Context, who auth.Actor, all bool) ([]Item, error) {
	if err := auth.May(who, auth.FeedbackModerate, ""); err != nil {
		return nil, err
	}
	return s.Queue(ctx, all)
}

// Text reads one with what was decided about it, oldest first. FeedbackModerate.
func (s *Service) Text(ctx context.Context, who auth.Actor, id int64) (Item, []models.FeedbackDecision, error) {
	all, err := s.Texts(ctx, who, true)
	if err != nil {
		return Item{}, nil, err
	}
	for _, i := range all {
		if i.ID != id {
			continue
		}
		log, err := s.Log(ctx, id)
		if err == nil {
			err = s.store.Write(ctx, func(tx *models.Tx) error {
				return tx.Audit(audited(who, auth.FeedbackModerate, "feedback", strconv.FormatInt(id, 10), "", "what", "read"))
			})
		}
		return i, log, err
	}
	return Item{}, nil, fault.New(fault.Missing, "feedback text", nil)
}

// Ruling is a moderator's decision about a text.
type Ruling struct {
	Text    int64
	Version int64 // of the text as it was shown; another one is fault.Conflict
	State   State // Published, Redacted or Refused
	Words   []string
	Reason  string // public; of Redacted and Refused
}

// Rule decides about a text. FeedbackModerate. Fields of the problems: state, words, reason.
func (s *Service) Rule(ctx context.Context, who auth.Actor, r Ruling) (check.List, error) {
	if err := auth.May(who, auth.FeedbackModerate, ""); err != nil {
		return nil, err
	}
	provider, err := s.store.FeedbackProvider(ctx, r.Text)
	if err == nil {
		err = s.apart(ctx, who, provider)
	}
	if err != nil {
		return nil, err
	}
	r.Reason = strings.TrimSpace(r.Reason)
	var l check.List
	if r.State == Redacted || r.State == Refused {
		l = reasoned(r.Reason)
	}
	l.Need(r.State == Published || r.State == Redacted || r.State == Refused, "state", "Select what the public sees")
	if !l.OK() {
		return l, nil
	}
	err = s.store.Write(ctx, func(tx *models.Tx) error {
		l = nil
		t, err := tx.FeedbackTextByID(r.Text)
		if err != nil {
			return err
		}
		if t.Version != r.Version || t.State == string(Withdrawn) {
			return fault.New(fault.Conflict, "moderate feedback", errors.New("it was decided about, or taken back, meanwhile"))
		}
		if l = r.put(t); !l.OK() {
			return nil
		}
		if err := record(tx, t, who.Person); err != nil {
			return err
		}
		return tx.Audit(audited(who, auth.FeedbackModerate, "feedback", strconv.FormatInt(t.ID, 10), "", "what", string(r.State), "listing", strconv.FormatInt(provider, 10)))
	})
	return l, err
}

// put writes what the public sees into a text.
func (r Ruling) put(t *models.FeedbackText) (l check.List) {
	t.State, t.Shown, t.Reason = string(r.State), "", ""
	switch r.State {
	case Published:
		t.Shown = t.Body
	case Refused:
		t.Reason = r.Reason
	case Redacted:
		shown, err := without(t.Body, r.Words)
		var e *fault.E
		if errors.As(err, &e) {
			l.Add("words", "%s", upperFirst(e.Err.Error()))
			return l
		}
		t.Shown, t.Reason = shown, r.Reason
	}
	return nil
}

func upperFirst(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// Problems lists reports that wait, oldest first; with all those closed too. Addresses are left out. ReportHandle.
func (s *Service) Problems(ctx context.Context, who auth.Actor, all bool) ([]models.ReportLine, error) {
	if err := auth.May(who, auth.ReportHandle, ""); err != nil {
		return nil, err
	}
	rows, err := s.store.Reports(ctx, all)
	for i := range rows {
		rows[i].Email = nil
	}
	return rows, err
}

// Problem reads one report with its notes. ReportHandle. Seeing the address of who sent it is told to the audit trail.
func (s *Service) Problem(ctx context.Context, who auth.Actor, ref string) (Reported, []models.ReportNote, error) {
	if err := auth.May(who, auth.ReportHandle, ""); err != nil {
		return Reported{}, nil, err
	}
	row, err := s.byReference(ctx, ref)
	if err != nil {
		return Reported{}, nil, err
	}
	out := Reported{ReportLine: *row}
	if out.Address, err = s.addressOf(row.Report); err != nil {
		return out, nil, err
	}
	notes, err := s.store.ReportNotes(ctx, row.ID)
	if err == nil {
		err = s.store.Write(ctx, func(tx *models.Tx) error {
			return tx.Audit(audited(who, auth.ReportHandle, "report", row.Reference, "", "what", "read", "address", strconv.FormatBool(out.Address != "")))
		})
	}
	return out, notes, err
}

func (s *Service) byReference(ctx context.Context, ref string) (*models.ReportLine, error) {
	code, ok := reference.Parse(ref)
	if !ok {
		return nil, fault.New(fault.Missing, "report", nil)
	}
	return s.store.ReportByReference(ctx, code)
}

func (s *Service) addressOf(r models.Report) (string, error) {
	if len(r.Email) == 0 || s.box == nil {
		return "", nil
	}
	plain, err := s.box.Open(emailPlace(r.ID), r.Email)
	return string(plain), err
}

// Assign says who looks into a report: to is a person's id, "" nobody. was is who did as the page showed it; another
// one meanwhile is fault.Conflict. ReportHandle; whether the other may handle reports is the caller's to know.
func (s *Service) Assign(ctx context.Context, who auth.Actor, ref, was, to string) error {
	if err := auth.May(who, auth.ReportHandle, ""); err != nil {
		return err
	}
	row, err := s.byReference(ctx, ref)
	if err == nil && to != "" {
		err = s.apart(ctx, auth.Actor{Person: to}, row.ProviderID)
	}
	if err != nil {
		return err
	}
	return s.store.Write(ctx, func(tx *models.Tx) error {
		if err := tx.AssignReport(row.Reference, was, to); err != nil {
			return err
		}
		return tx.Audit(audited(who, auth.ReportHandle, "report", row.Reference, "", "what", "assign", "to", to))
	})
}

// Note keeps what somebody found out. The public never sees it. ReportHandle. Field of the problems: note.
func (s *Service) Note(ctx context.Context, who auth.Actor, ref, note string) (check.List, error) {
	if err := auth.May(who, auth.ReportHandle, ""); err != nil {
		return nil, err
	}
	row, err := s.byReference(ctx, ref)
	if err == nil {
		err = s.apart(ctx, who, row.ProviderID)
	}
	if err != nil {
		return nil, err
	}
	note = strings.TrimSpace(check.Lines(note))
	var l check.List
	l.Need(note != "", "note", "Write the note")
	l.Text("note", "The note", note, MaxReport)
	had, err := s.store.ReportNotes(ctx, row.ID)
	if err != nil {
		return nil, err
	}
	for _, n := range had {
		if n.Note == note && n.ByPerson == who.Person {
			return l, nil // sent twice
		}
	}
	l.Need(len(had) < mostNotes, "note", "There are %d notes, which is the most. Close the report", mostNotes)
	if !l.OK() {
		return l, nil
	}
	return nil, s.store.Write(ctx, func(tx *models.Tx) error {
		if err := tx.AddReportNote(&models.ReportNote{ReportID: row.ID, Note: note, ByPerson: who.Person}); err != nil {
			return err
		}
		return tx.Audit(audited(who, auth.ReportHandle, "report", row.Reference, "", "what", "note"))
	})
}

var aboutWords = map[string]string{"price": "a price", "certificate": "a certificate", "claim": "what the listing says", "other": "this listing"}

// Close says what came of a report. The words stand in the listing's public history; who sent the report is written to
// and their address forgotten. Closed already is fault.Conflict. ReportHandle. Field of the problems: outcome.
func (s *Service) Close(ctx context.Context, who auth.Actor, ref, outcome string) (check.List, error) {
	if err := auth.May(who, auth.ReportHandle, ""); err != nil {
		return nil, err
	}
	row, err := s.byReference(ctx, ref)
	if err == nil {
		err = s.apart(ctx, who, row.ProviderID)
	}
	if err != nil {
		return nil, err
	}
	outcome = strings.TrimSpace(outcome)
	var l check.List
	l.Need(outcome != "", "outcome", "Say what came of it: everybody can read it")
	l.Line("outcome", "What came of it", outcome, MaxOutcome)
	if !l.OK() {
		return l, nil
	}
	return nil, s.store.Write(ctx, func(tx *models.Tx) error {
		r, err := tx.ReportForUpdate(row.Reference)
		if err != nil {
			return err
		}
		to, err := s.addressOf(*r)
		if err != nil {
			return err
		}
		if err := tx.CloseReport(r.Reference, outcome, who.Person); err != nil {
			return err
		}
		if err := tx.Change(models.Change{ProviderID: r.ProviderID, What: "A reader reported a problem with " + aboutWords[r.About] + ". What came of it: " + outcome, Field: "report"}); err != nil {
			return err
		}
		if s.office != nil && s.Origin != "" {
			letter := letters.Letter{To: to, Link: s.Origin + OutcomePath(r.Reference), Values: map[string]string{"Reference": r.Reference}}
			if err := s.office.Post(tx, "report_closed", letter); err != nil {
				return err
			}
		}
		return tx.Audit(audited(who, auth.ReportHandle, "report", r.Reference, "", "what", "close", "told", strconv.FormatBool(to != "")))
	})
}

// Outcome is what anybody who knows the reference may read of a report: not its words, nor who sent it.
type Outcome struct {
	Reference  string
	Slug, Name string
	Report     models.Report // SentAt, ClosedAt and Outcome alone
}

// Outcome reads one. Unknown is fault.Missing.
func (s *Service) Outcome(ctx context.Context, ref string) (Outcome, error) {
	row, err := s.byReference(ctx, ref)
	if err != nil {
		return Outcome{}, err
	}
	return Outcome{row.Reference, row.Slug, row.Name, models.Report{SentAt: row.SentAt.UTC(), ClosedAt: row.ClosedAt, Outcome: row.Outcome}}, nil
}
