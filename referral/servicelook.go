package referral

import (
	"context"
	"slices"
	"strconv"
	"time"

	"carecorridor/auth"
	"carecorridor/internal/fault"
	"carecorridor/internal/when"
	"carecorridor/models"
	"carecorridor/referral/record"
)

// Look is what somebody may see of a referral now, by its id or its reference. Every look is recorded; one at what is
// another's is recorded too, and fault.Missing.
func (s *Service) Look(ctx context.Context, who auth.Actor, idOrReference string) (v View, err error) {
	err = s.reading(ctx, who, idOrReference, "referral", func(d *deed) error {
		v, err = d.view(who)
		if err != nil {
			return err
		}
		return d.seen(who)
	})
	return v, err
}

// reading is acting for a read: the row of the trail says what was read, in the same transaction.
func (s *Service) reading(ctx context.Context, who auth.Actor, idOrReference, what string, do func(*deed) error) error {
	return s.acting(ctx, who, idOrReference, func(d *deed) error {
		if err := d.mayLook(who); err != nil {
			return err
		}
		if err := do(d); err != nil {
			return err
		}
		return d.tx.Audit(models.Audited{Person: who.Person, Org: who.Org, Role: string(who.Role), Action: "referral.view", On: "referral", ID: d.r.ID, Subject: d.r.ID,
			Facts: map[string]string{"what": what, "state": d.r.State, "version": strconv.FormatInt(d.r.Version, 10)}})
	})
}

// mayLook is the question of a read: is it theirs, and may they read it now. Consent is asked here each time, and not
// only when something is sent (domain.md §4.4).
func (d *deed) mayLook(who auth.Actor) error {
	missing := fault.New(fault.Missing, "referral look", nil)
	if d.f.Ending == EndEnteredInError && side(who.Role) != "desk" && side(who.Role) != "referrer" {
		return missing // locked: it may be somebody else's record
	}
	switch side(who.Role) {
	case "receiver":
		if who.Person != d.r.ID || !LinkAgreed.Holds(Case{Who: who, F: &d.f}) {
			return missing
		}
		return nil
	case "hospital":
		return d.mayHospitalLook(who)
	case "referrer":
		return auth.May(who, auth.ReferralView, auth.Near(who, d.f.ReferrerOrg, ""))
	case "patient":
		if d.r.ErasedAt != nil {
			return missing
		}
		return auth.May(who, auth.ReferralView, auth.Near(who, "", d.r.ID))
	}
	if err := auth.May(who, auth.ReferralView, auth.Any); err != nil {
		return err
	}
	if d.f.State == Draft {
		return missing // nobody sent it yet
	}
	if d.f.State == Closed && d.s.Terms.DeskDays < when.DateOf(*d.r.ClosedAt).DaysUntil(d.f.Today()) && d.f.Erasure.AskedAt.IsZero() || d.f.Ending == EndEnteredInError {
		return ErrBreakGlass
	}
	return nil
}

func (d *deed) mayHospitalLook(who auth.Actor) error {
	p := subject(who, &d.f, "")
	if nearHospital(who, p, Message) == "" {
		return fault.New(fault.Missing, "referral look", nil)
	}
	if err := auth.May(who, auth.ReferralView, auth.Near(who, p.Org, "")); err != nil {
		return err
	}
	if d.f.Has(ConsentSuspended) && p.Response.Live() {
		return ErrPaused
	}
	if p.Response == Declined && !p.Deleted && d.f.State != Closed && d.f.AgreedFor(p.ID, p.Disclosed) {
		return nil // to confirm that its copy is deleted: view shows nothing of the record
	}
	if !d.f.MayRead(p.ID) {
		return fault.New(fault.Missing, "referral look", nil)
	}
	return nil
}

// seen notes that a person has met what was new. What was written is read where its thread is drawn: see SawThread.
func (d *deed) seen(who auth.Actor) error {
	kind, person := "person", who.Person
	switch side(who.Role) {
	case "patient":
		kind, person = "patient", ""
	case "receiver":
		return nil
	}
	return d.tx.ReadNotices(d.r.ID, kind, person)
}

// Threads beside those of hospitals, which are named by their row ids.
const (
	AllThreads = ""
	DeskThread = models.NoHospital
)

// SawThread notes that the reader's side has read a thread as v shows it: pages that draw one say so, and what was not on
// a screen stays new.
func (s *Service) SawThread(ctx context.Context, who auth.Actor, v View, thread string) error {
	if v.Unread == 0 || side(who.Role) == "receiver" {
		return nil
	}
	var until time.Time
	for _, w := range v.Words {
		if w.At.After(until) {
			until = w.At
		}
	}
	return s.acting(ctx, who, v.ID, func(d *deed) error {
		if err := d.mayLook(who); err != nil {
			return err
		}
		if side(who.Role) == "hospital" {
			thread = subject(who, &d.f, "").ID
		}
		return d.tx.ReadEntries(d.r.ID, thread, side(who.Role), until)
	})
}

// view is what somebody may see. Each side has its own part; what is not given here is not seen.
func (d *deed) view(who auth.Actor) (View, error) {
	if err := d.mayLook(who); err != nil {
		return View{}, err
	}
	return d.viewAs(who)
}

func (d *deed) viewAs(who auth.Actor) (v View, err error) {
	if err = d.tx.RestOfReferral(d.r.ID, &d.p); err != nil {
		return v, err
	}
	v = d.head()
	v.Actions = AllowedActions(who, d.f)
	lens := lens{d: d, who: who, side: side(who.Role), trusted: d.f.Origin != ByReferrer || d.f.Agreed(C4, "") || !d.f.asked()}
	if p := subject(who, &d.f, ""); lens.side == "hospital" && p != nil {
		lens.own, lens.cover = p.ID, p.Response == Declined
	}
	lens.cover = lens.cover || lens.side == "desk" && d.f.State == AwaitingConsent || // C1 is what is waited for
		lens.side == "referrer" && d.f.Ending == EndEnteredInError
	if lens.side == "hospital" {
		lens.ownStanding(&v)
	}
	for _, part := range []func(*View) error{lens.record, lens.files, lens.hospitals, lens.consents, lens.travel, lens.care, lens.timeline, lens.entries, lens.desk} {
		if err := part(&v); err != nil {
			return View{}, err
		}
	}
	return v, nil
}

// head is what everybody sees.
func (d *deed) head() View {
	r, f := d.r, d.f
	v := View{ID: r.ID, Reference: r.Reference, Version: r.Version, State: f.State, Ending: f.Ending, Reason: Reason(r.Reason), Mode: f.Mode, Origin: f.Origin, Priority: f.Priority,
		Flags: slices.Clone(f.Flags), Created: r.CreatedAt, Erased: r.ErasedAt != nil, Org: f.ReferrerOrg, Clinician: f.Clinician, Age: Age(d.rec.Patient.Born, f.Today()), Sex: d.rec.Patient.Sex}
	if r.SentAt != nil {
		v.Sent = *r.SentAt
	}
	if r.ClosedAt != nil {
		v.Closed = *r.ClosedAt
	}
	if !v.Erased {
		return v
	}
	v.Age, v.Sex = -1, ""
	return v
}

// lens is one reader's way of seeing a referral.
type lens struct {
	d       *deed
	who     auth.Actor
	side    string
	own     string // row of the reader's hospital
	cover   bool   // the record itself is not theirs to read: not yet, or no more
	trusted bool   // the patient lets the referrer take part, or was not asked yet
}

// names of the practice and the clinician, for all but hospitals before they were chosen.
func (l lens) names(v *View) error {
	people, orgs, err := l.d.tx.NamesOf([]string{l.d.f.Clinician}, []string{l.d.f.ReferrerOrg})
	if err != nil {
		return err
	}
	v.OrgName = orgs[l.d.f.ReferrerOrg]
	if sealed, ok := people[l.d.f.Clinician]; ok {
		v.ClinicianName, err = l.d.s.openText("people", "name", l.d.f.Clinician, sealed)
	}
	return err
}

// record is what was filled in.
func (l lens) record(v *View) error {
	d, w := l.d, l.d.rec
	if err := l.names(v); err != nil || v.Erased {
		return err
	}
	if l.cover {
		l.onlyStanding(v)
		return nil
	}
	has := func(p Part) bool { _, ok := w.saved[p]; return ok }
	switch l.side {
	case "hospital":
		l.hospitalRecord(v)
		return nil
	case "receiver":
		v.Patient = &record.Patient{Given: w.Patient.Given, Family: w.Patient.Family, Born: w.Patient.Born, NHSNumber: w.Patient.NHSNumber}
		return nil
	}
	if has(InPatient) {
		v.Patient = &w.Patient
	}
	if has(InPathway) {
		v.Pathway = &w.Pathway
	}
	if has(InClinical) {
		v.Clinical = &w.Clinical
	}
	if has(InSafety) {
		v.Safety = &w.Safety
	}
	if has(InPreferences) {
		v.Preferences = &w.Preferences
	}
	if l.side == "patient" {
		v.Passport = w.Passport
	}
	v.GPShare, v.Contact = d.f.Choice.GPShare, d.r.ContactCheckedAt != nil
	v.RisksRead = d.f.Choice.RisksReadAt
	if slices.Contains([]State{Draft, Returned, AwaitingConsent}, d.f.State) {
		v.Problems = d.s.problems(d.f.Origin, w, d.f.Today())
		v.Stop = d.s.stopOf(w, d.f.Origin, d.f.Today())
	}
	return nil
}

// ownStanding tells a hospital how the referral stands for itself alone: nothing by which it could know of another.
func (l lens) ownStanding(v *View) {
	p := l.d.f.Provider(l.own)
	v.Version = p.Version
	v.State = asHospital(v.State)
	if !p.Eligibility.OnHold {
		v.Flags = slices.DeleteFunc(v.Flags, func(f Flag) bool { return f == AccreditationHold })
	}
}

// onlyStanding leaves of a record what is not about the patient.
func (l lens) onlyStanding(v *View) {
	v.Age, v.Sex = -1, ""
	v.Patient = &record.Patient{}
	if l.side == "hospital" {
		v.OrgName, v.ClinicianName, v.Org, v.Clinician = "", "", "", ""
	}
}

// hospitalRecord is what consent lists and no more: nothing of an identity before acceptance, never a budget.
func (l lens) hospitalRecord(v *View) {
	w, p := l.d.rec, l.d.f.Provider(l.own)
	given := func(part string) bool { return slices.Contains(p.Disclosed.Items, part) }
	if given(PartClinical) {
		wishes := w.Preferences
		wishes.Budget = ""
		v.Clinical, v.Safety, v.Preferences = &w.Clinical, &w.Safety, &wishes
	} else {
		v.Age, v.Sex = -1, ""
	}
	shown := record.Patient{Sex: w.Patient.Sex, Language: w.Patient.Language, Interpreter: w.Patient.Interpreter, Adjustments: w.Patient.Adjustments}
	if given(PartIdentity) {
		shown.Title, shown.Given, shown.Family, shown.KnownAs, shown.Born = w.Patient.Title, w.Patient.Given, w.Patient.Family, w.Patient.KnownAs, w.Patient.Born
	} else {
		v.OrgName, v.ClinicianName, v.Org, v.Clinician = "", "", "", ""
	}
	if given(PartContact) {
		shown.Address, shown.Postcode, shown.Email, shown.Phone, shown.Contact = w.Patient.Address, w.Patient.Postcode, w.Patient.Email, w.Patient.Phone, w.Patient.Contact
	}
	if given(PartPassport) {
		v.Passport = w.Passport
	}
	v.Patient = &shown
}

// files that the reader may know of, and whether they may open each.
func (l lens) files(v *View) error {
	d := l.d
	_, err := admit(l.who, &d.f, RemoveDocument, "")
	mayRemove := err == nil
	for _, row := range d.p.Files {
		mine := row.ByPerson == l.who.Person && row.ByRole == string(l.who.Role)
		f := FileView{ID: row.ID, Kind: row.Kind, Media: row.Media, Hash: row.Hash, Bytes: row.Bytes, By: auth.Role(row.ByRole), At: row.CreatedAt, Scan: scanWord(row.Scan),
			MayOpen: row.Scan == "safe" || mine && row.Scan == "pending", MayRemove: mayRemove && row.HospitalID == nil}
		if row.HospitalID != nil {
			f.Hospital = *row.HospitalID
		}
		if !l.knows(row, f) {
			continue
		}
		if p := d.f.Provider(l.own); p != nil && f.Hospital == "" && !slices.Contains(p.Disclosed.Items, PartIdentity) {
			f.Name = row.Kind + "-" + itoa(len(v.Files)+1) + extension(row.Media) // names of files tell names of people
			v.Files = append(v.Files, f)
			continue
		}
		var err error
		if f.Name, err = d.s.openText("referral_files", "name", row.ID, row.Name); err != nil {
			return err
		}
		v.Files = append(v.Files, f)
	}
	return nil
}

// knows reports whether the reader may know of a document. A hospital knows of what it was given and what it gave; copies
// of a hospital are known to others once the package is signed.
func (l lens) knows(row models.ReferralFile, f FileView) bool {
	signed := len(l.d.p.Packages) > 0
	if l.cover {
		return false
	}
	switch l.side {
	case "hospital":
		if f.Hospital != "" {
			return f.Hospital == l.own
		}
		return row.Scan == "safe" && slices.Contains(l.d.f.Provider(l.own).Disclosed.Items, row.Hash)
	case "receiver":
		return f.Hospital != "" && signed && row.Scan == "safe"
	case "referrer":
		return l.trusted && (f.Hospital == "" || signed) || f.Hospital == "" && row.ByOrg == l.who.Org && row.ByOrg != ""
	}
	return f.Hospital == "" || signed
}

// extension of a kind of document.
func extension(media string) string {
	return map[string]string{"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png", "image/tiff": ".tif", "application/dicom": ".dcm",
		"application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx"}[media]
}

func scanWord(s string) record.Scan {
	switch s {
	case "safe":
		return record.ScanSafe
	case "blocked":
		return record.ScanThreat
	}
	return record.ScanPending
}
