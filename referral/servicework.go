package referral

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"carecorridor/auth"
	"carecorridor/internal/fault"
	"carecorridor/internal/reference"
	"carecorridor/models"
	"carecorridor/referral/record"
)

// WorkFilter chooses lines of a worklist; what is zero does not matter.
type WorkFilter struct {
	States    []State
	Responses []Response // hospitals
	Flag      Flag
	LateOnly  bool
	Mine      bool // practices: where the actor is the named clinician
	Reference string
	Sort      string // due (default) | newest | oldest | name
	Page      int    // from 1
	Size      int    // 50
}

// Worklist is one page of what waits for somebody.
type Worklist struct {
	Rows   []WorkRow
	Total  int
	Counts map[State]int // of all that the actor may see
}

// WorkRow is one line. What it shows of a patient (name, age, treatment) is kept in the trail. A hospital sees the name only after acceptance, and nothing of a patient who took the consent back.
type WorkRow struct {
	ID, Reference string
	State         State
	Ending        Ending
	Response      Response // hospitals
	Provider      string   // row id, hospitals
	Priority      Priority
	Origin        Origin
	Mode          Mode
	Flags         []Flag
	Name          string
	Age           int
	Treatment     string // name
	Clinician     string // name
	PracticeName  string
	Created       time.Time
	Updated       time.Time
	Due           time.Time // of what is due first; zero for nothing
	DueTimer      Timer
	Late          bool
	Unread        int
	RedFlags      int
	Duplicates    int
	MustDelete    bool // hospitals: confirm that the copy is deleted
}

// Limits of a worklist.
const (
	workSize = 50
	workMost = 200
	nameMost = 1000 // lines that are sorted by name: names are sealed, so it is done here
)

// Worklist is what waits for the actor's side: practice, hospital or desk.
func (s *Service) Worklist(ctx context.Context, who auth.Actor, f WorkFilter) (Worklist, error) {
	q, err := s.scope(who, f)
	if err != nil {
		return Worklist{}, err
	}
	size := f.Size
	if size <= 0 {
		size = workSize
	}
	size = min(size, workMost)
	skip := (max(f.Page, 1) - 1) * size
	q.Limit, q.Offset, q.Spoken = size, skip, spokenNames
	if f.Sort == "name" {
		q.Limit, q.Offset = nameMost, 0
	}
	rows, total, err := s.Store.Worklist(ctx, q, side(who.Role))
	if err != nil {
		return Worklist{}, err
	}
	counts, err := s.Store.WorkCounts(ctx, models.WorkQuery{Practice: q.Practice, Hospital: q.Hospital, Desk: q.Desk})
	if err != nil {
		return Worklist{}, err
	}
	out := Worklist{Total: int(total), Counts: map[State]int{}}
	for state, n := range counts {
		out.Counts[State(state)] = n
	}
	if out.Rows, err = s.lines(ctx, who, rows); err != nil {
		return Worklist{}, err
	}
	if f.Sort == "name" {
		slices.SortStableFunc(out.Rows, func(a, b WorkRow) int { return cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)) })
		out.Rows = out.Rows[min(skip, len(out.Rows)):min(skip+size, len(out.Rows))]
	}
	return out, s.noteList(ctx, who, out.Rows)
}

// noteList keeps that somebody read a list, and for every patient of whom it showed something that they saw it: once a
// British day, so that the patient's list of who looked is not drowned (domain.md §4.4).
func (s *Service) noteList(ctx context.Context, who auth.Actor, rows []WorkRow) error {
	return s.Store.Write(ctx, func(tx *models.Tx) error {
		seen, err := tx.ListedSince(who.Person, who.Org, string(who.Role), startOfDay(s.now()))
		if err != nil {
			return err
		}
		a := models.Audited{Person: who.Person, Org: who.Org, Role: string(who.Role), Action: models.SeenInList, On: "worklist", ID: who.Org, Facts: map[string]string{"lines": itoa(len(rows))}}
		if err := tx.Audit(a); err != nil {
			return err
		}
		for _, r := range rows {
			if !r.personal() || seen[r.ID] {
				continue
			}
			a.On, a.ID, a.Subject, a.Facts = "referral", r.ID, r.ID, nil
			if err := tx.Audit(a); err != nil {
				return err
			}
		}
		return nil
	})
}

// personal reports whether a line shows anything about the patient. Without it there are a reference, states and times.
func (w WorkRow) personal() bool { return w.Name != "" || w.Age >= 0 || w.Treatment != "" }

// scope is what the actor's side may see at all.
func (s *Service) scope(who auth.Actor, f WorkFilter) (q models.WorkQuery, err error) {
	switch side(who.Role) {
	case "referrer":
		q.Practice = who.Org
	case "hospital":
		q.Hospital = who.Org
	case "desk":
		q.Desk = true
	default:
		return q, fault.New(fault.Forbidden, "worklist", nil)
	}
	near := auth.Near(who, who.Org, "")
	if q.Desk {
		near = auth.Any
	}
	if err := auth.May(who, auth.ReferralView, near); err != nil {
		return q, err
	}
	if who.Org == "" {
		return q, fault.New(fault.Forbidden, "worklist", nil)
	}
	for _, x := range f.States {
		q.States = append(q.States, string(x))
	}
	for _, x := range f.Responses {
		q.Responses = append(q.Responses, string(x))
	}
	q.Flag, q.Sort, q.Timers = string(f.Flag), f.Sort, duties[side(who.Role)]
	if f.LateOnly {
		q.LateAt = s.now()
	}
	if f.Mine {
		q.Clinician = who.Person
	}
	if code, ok := reference.Parse(f.Reference); ok {
		q.Reference = code
	} else if f.Reference != "" {
		q.Reference = "none"
	}
	return q, nil
}

// duties are the timers that each side answers for.
var duties = map[string][]string{
	"referrer": {string(DraftIdle), string(ConsentLink), string(ReturnedIdle), string(QuestionDue)},
	"hospital": {string(OpenDue), string(DecisionDue), string(DecisionDueSoon), string(DatesDue), string(DischargeDue), string(ComplicationDue), string(DeletionDue), string(FirstContact), string(NotAdmitted)},
	"desk":     {string(TriageDue), string(TriageDueFlagged), string(HoldReview), string(ReviewDue), string(OpenDue), string(DecisionDue), string(DecisionDueSoon), string(NotAdmitted), string(DischargeDue), string(GPAcknowledge), string(DeletionDue), string(ClosureDue), string(ReacceptDue), string(DatesDue)},
}

// lines opens what a line shows.
func (s *Service) lines(ctx context.Context, who auth.Actor, rows []models.WorkRow) ([]WorkRow, error) {
	ids := make([]string, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	sections, err := s.Store.SectionsNamed(ctx, ids, string(InPatient), string(InClinical))
	if err != nil {
		return nil, err
	}
	by := map[string][]models.ReferralSection{}
	for _, x := range sections {
		by[x.ReferralID] = append(by[x.ReferralID], x)
	}
	var given map[string]models.ReferralProvider
	var consents map[string][]models.ReferralConsent
	if side(who.Role) == "hospital" {
		if given, err = s.Store.DisclosedTo(ctx, who.Org, ids); err != nil {
			return nil, err
		}
		if consents, err = s.Store.ReferralConsentsOf(ctx, ids); err != nil {
			return nil, err
		}
	}
	clocks, err := s.Store.ReferralClocksOf(ctx, ids, duties[side(who.Role)])
	if err != nil {
		return nil, err
	}
	out := make([]WorkRow, len(rows))
	for i, r := range rows {
		if out[i], err = s.line(r, by[r.ID]); err != nil {
			return nil, err
		}
		out[i].due(clocks[r.ID], side(who.Role) == "hospital", s.now())
		if side(who.Role) == "hospital" {
			out[i].hide(given[r.ID], consents[r.ID], s.now())
		} else if side(who.Role) == "desk" && out[i].State == AwaitingConsent {
			out[i].Name, out[i].Age, out[i].Treatment = "", -1, ""
		}
	}
	return out, s.lineNames(ctx, rows, out, side(who.Role))
}

func (s *Service) line(r models.WorkRow, sections []models.ReferralSection) (WorkRow, error) {
	f, err := s.factsOf(&r.Referral, models.ReferralParts{}, written{}, s.now())
	if err != nil {
		return WorkRow{}, err
	}
	var p record.Patient
	var c record.Clinical
	if err := s.section(sections, string(InPatient), &p); err != nil {
		return WorkRow{}, err
	}
	if err := s.section(sections, string(InClinical), &c); err != nil {
		return WorkRow{}, err
	}
	t, _ := s.Directory.Treatment(c.Treatment)
	w := WorkRow{ID: r.ID, Reference: r.Reference, State: f.State, Ending: f.Ending, Response: Response(r.Response), Provider: r.HospitalID, Priority: f.Priority, Origin: f.Origin, Mode: f.Mode,
		Flags: f.Flags, Name: strings.TrimSpace(p.Given + " " + p.Family), Age: Age(p.Born, f.Today()), Treatment: t.Name, Created: r.CreatedAt, Updated: r.UpdatedAt,
		Unread: int(r.Unread), RedFlags: f.Checks.RedFlags, Duplicates: f.Checks.Duplicates}
	return w, nil
}

// due is what is due first, a confirmation of deletion only when nothing of the case itself is; of a hospital, on its own timers, or those of the whole once it is chosen.
func (w *WorkRow) due(clocks []models.ReferralClock, hospital bool, now time.Time) {
	for _, c := range clocks {
		if hospital && c.HospitalID != w.Provider && (c.HospitalID != "" || w.Response != Selected) {
			continue
		}
		if w.DueTimer != "" && w.DueTimer != DeletionDue || w.DueTimer == DeletionDue && Timer(c.Timer) == DeletionDue {
			continue
		}
		w.Due, w.DueTimer, w.Late = *c.DueAt, Timer(c.Timer), c.DueAt.Before(now)
	}
}

// hide takes from a hospital's line what it was not given, or may no longer read.
func (w *WorkRow) hide(row models.ReferralProvider, consents []models.ReferralConsent, now time.Time) {
	f := Facts{Now: now, State: w.State, Ending: w.Ending, Flags: w.Flags, Providers: []Provider{providerOf(row)}}
	for _, c := range consents {
		f.Consents = append(f.Consents, consentOf(c))
	}
	w.RedFlags, w.Duplicates, w.State, w.Updated = 0, 0, asHospital(w.State), row.MovedAt
	if !row.OnHold {
		w.Flags = slices.DeleteFunc(w.Flags, func(x Flag) bool { return x == AccreditationHold })
	}
	if !slices.Contains(strings.Fields(row.Disclosed), PartIdentity) {
		w.Name = ""
	}
	if !f.MayRead(row.ID) {
		w.Name, w.Age, w.Treatment, w.Unread = "", -1, "", 0
		w.MustDelete = row.DeletedAt == nil && !w.Response.Live()
	}
}

// lineNames fills the names of clinicians and practices, which hospitals are not shown in a list.
func (s *Service) lineNames(ctx context.Context, rows []models.WorkRow, out []WorkRow, side string) error {
	if side == "hospital" {
		return nil
	}
	var people, orgs []string
	for _, r := range rows {
		people = append(people, r.Clinician)
		if r.OrgID != nil {
			orgs = append(orgs, *r.OrgID)
		}
	}
	names, of, err := s.names(ctx, people, orgs)
	for i, r := range rows {
		out[i].Clinician = names[r.Clinician]
		if r.OrgID != nil {
			out[i].PracticeName = of[*r.OrgID]
		}
	}
	return err
}

// names of people and organisations by id; unknown ones are left out.
func (s *Service) names(ctx context.Context, people, orgs []string) (map[string]string, map[string]string, error) {
	sealed, of, err := s.Store.NamesOf(ctx, unique(people), unique(orgs))
	if err != nil {
		return nil, nil, err
	}
	names := map[string]string{}
	for id, name := range sealed {
		if names[id], err = s.openText("people", "name", id, name); err != nil {
			return nil, nil, err
		}
	}
	return names, of, nil
}

func unique(all []string) []string {
	return slices.Compact(slices.Sorted(slices.Values(slices.DeleteFunc(slices.Clone(all), func(s string) bool { return s == "" }))))
}
