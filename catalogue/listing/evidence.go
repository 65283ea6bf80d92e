package listing

import (
	"context"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"carecorridor/auth"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/internal/when"
	"carecorridor/models"
)

// hash is a SHA-256 in hexadecimal.
var hash = regexp.MustCompile(`^[0-9a-f]{64}$`)

// evidenceAge is how many days old what a checker saw may be.
const evidenceAge = 30

// Methods are the ways in which the item may have been checked, none when it needs no evidence of the checker's own.
// A certificate and a clinician are compared with who issued them (domain.md §7.3); a price is the hospital's to say,
// so its source is the hospital; outcome figures are in a report.
func (i Item) Methods() []MethodText {
	gone := func(d Diff) bool { return d.Path.Field() == Removed && d.New == "yes" }
	if i.Kind == KindRegister || slices.ContainsFunc(i.Fields, gone) {
		return nil
	}
	switch i.Section {
	case "certificate", "clinician":
		return Methods
	case "package":
		return HospitalMethods
	case "measure":
		return slices.DeleteFunc(slices.Clone(HospitalMethods), func(m MethodText) bool { return m.Method == HospitalStatement })
	}
	return nil
}

// found completes what a checker says was seen with what we hold ourselves: the hash of a kept file, the day and the
// hash of a hospital's own statement, of a telephone call the hash of its note. A file of somebody else is no evidence.
func (s *Service) found(ctx context.Context, d *Decision, item Item) (l check.List, err error) {
	e := &d.Evidence
	if d.Verdict != Approve || item.Provider == 0 || item.Kind == KindRegister {
		return nil, nil
	}
	if e.Method == HospitalStatement && len(item.Methods()) > 0 {
		said, err := packed(item.Fields)
		*e = Evidence{Method: HospitalStatement, Retrieved: when.TodayIndia(item.SentAt), Hash: hashOf([]byte(said)), Note: e.Note}
		return nil, err
	}
	file := e.File
	if file == "" && e.Hash == "" && item.Section == "certificate" {
		file = item.Evidence.File
	}
	if file != "" {
		row, err := s.Store.ListingFileByID(ctx, file)
		if fault.Is(err, fault.Missing) || err == nil && row.ProviderID != item.Provider {
			l.Add("file", "Keep the file again: we do not have it with this check")
			return l, nil
		}
		if err != nil {
			return nil, err
		}
		e.Hash = row.Hash
	}
	if e.File != "" && len(item.Methods()) == 0 {
		e.Retrieved = s.Today()
	}
	if e.Method == PhoneLogged && e.Hash == "" && e.Note != "" {
		e.Hash = hashOf([]byte(e.Note))
	}
	return nil, nil
}

// evidenceProblems says what is missing of source, date and hash.
func (s *Service) evidenceProblems(e Evidence, item Item) (l check.List) {
	methods := item.Methods()
	l.Text("note", "The note", e.Note, MaxReason)
	if len(methods) == 0 {
		return l
	}
	l.Need(slices.ContainsFunc(methods, func(m MethodText) bool { return m.Method == e.Method }), "method", "Say how you checked it")
	if e.Method == HospitalStatement {
		return l
	}
	l.Need(e.Retrieved.Known() && !s.Today().Before(e.Retrieved), "retrieved", "Enter the day on which you checked it")
	l.Need(!e.Retrieved.Known() || s.Today().AddDays(-evidenceAge).Before(e.Retrieved), "retrieved", "Check it again: this was more than %d days ago", evidenceAge)
	u, err := url.Parse(e.URL)
	web := err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
	l.Need(web || e.URL == "" && !slices.Contains([]Method{RegisterLookup, API, HospitalPage}, e.Method), "url", "Enter the address of the page where you saw it")
	l.Need(e.Method != PhoneLogged || strings.TrimSpace(e.Note) != "", "note", "Write down whom you called, on which number, and what was said")
	switch {
	case e.Hash != "":
		l.Need(hash.MatchString(e.Hash), "hash", "Enter the 64 figures and letters of the file’s SHA-256")
	case e.Method != PhoneLogged:
		l.Add("hash", "Keep a file of what you saw, or enter its SHA-256")
	}
	return l
}

// mergedEvidence keeps what the hospital gave beside what the checker found.
func mergedEvidence(v *models.Verification, d Decision) (string, error) {
	var had Evidence
	if err := unpacked(v.Evidence, &had); err != nil {
		return "", err
	}
	e := d.Evidence
	if v.Kind == string(KindRegister) || e.Method == "" && !e.Retrieved.Known() {
		return v.Evidence, nil // of a register the file itself is the evidence
	}
	if e.File == "" {
		e.File = had.File
	}
	return packed(e)
}

// seenTitles say in public how a price or an outcome figure was checked.
var seenTitles = map[Method]string{HospitalStatement: "told to us by the hospital", HospitalLetter: "price list, letter or report of the hospital, seen by us", HospitalPage: "the hospital’s own page, read by us"}

// seen is the source of a price or an outcome figure, with the day and the hash of what it rests on.
func (s *Service) seen(w *work, why *ruling) (int64, error) {
	if why == nil || seenTitles[why.evidence.Method] == "" {
		return s.told(w)
	}
	e := why.evidence
	src := models.Source{Key: "seen-" + why.v.ID, Kind: "page", Title: w.b.Name + ": " + seenTitles[e.Method], Publisher: w.b.Name, URL: e.URL, RetrievedOn: e.Retrieved, Note: "SHA-256 of what was seen: " + e.Hash}
	if e.Method == HospitalStatement { // one for all that a hospital said on a day
		src.Key, src.Note = "told-"+strconv.FormatInt(w.b.ID, 10)+"-"+e.Retrieved.String(), ""
	}
	if w.b.Sample {
		src.Kind, src.Title = "sample", w.b.Name+": invented for the demonstration"
	}
	return w.tx.EnsureSource(src)
}

// decided is the row of the trail for one person's answer: what each of two people saw stays in it.
func decided(who auth.Actor, v *models.Verification, verdict string, d Decision) models.Audited {
	a := models.Audited{Person: who.Person, Org: who.Org, Role: string(who.Role), Action: string(auth.VerificationCheck), On: "verification", ID: v.ID, Why: strings.TrimSpace(d.Reason),
		Facts: map[string]string{"verdict": verdict, "unit": v.Unit, "kind": v.Kind}}
	if v.ProviderID != nil {
		a.Facts["listing"] = strconv.FormatInt(*v.ProviderID, 10)
	}
	for name, fact := range map[string]string{"method": string(d.Evidence.Method), "seen": d.Evidence.Retrieved.String(), "hash": d.Evidence.Hash} {
		if d.Verdict == Approve && fact != "" {
			a.Facts[name] = fact
		}
	}
	return a
}
