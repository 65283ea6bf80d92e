package register

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"

	"carecorridor/auth"
	"carecorridor/catalogue/listing"
	"carecorridor/internal/fault"
	"carecorridor/internal/when"
	"carecorridor/models"
)

// Options of Import.
type Options struct {
	Name     string // of the file, for messages
	Size     int64  // of the file in bytes, 0 when not known
	URL      string // where the copy came from, "" when not known
	Progress func(done, total int64)
	// Shrunk accepts a file that lacks more than a quarter of what is held.
	Shrunk bool
}

// Report is what an import found.
type Report struct {
	File     File
	Held     int            // certificates of the programme that the directory holds
	Same     int            // rows that say what is held
	Found    map[string]int // differences by finding
	Added    int            // put into the queue
	Waiting  int            // were in the queue already, or were decided for this very copy
	Replaced int            // older differences that this copy supersedes
}

// Write prints the report.
func (r Report) Write(w io.Writer) error {
	_, err := fmt.Fprintf(w, "NABH %s register of %s: %d rows, %d held, %d the same\n", r.File.Programme, r.File.Snapshot, len(r.File.Rows), r.Held, r.Same)
	for _, finding := range slices.Sorted(maps.Keys(r.Found)) {
		if err == nil {
			_, err = fmt.Fprintf(w, "  %-10s %d\n", finding, r.Found[finding])
		}
	}
	if err == nil {
		_, err = fmt.Fprintf(w, "%d put into the queue of checks, %d were there, %d replaced. No listing was changed.\n", r.Added, r.Waiting, r.Replaced)
	}
	return err
}

// Import reads a copy of the NABH register and puts every difference into the queue, in one transaction. RegisterImport.
// The same file again adds nothing. A file that is damaged, older than what is held, or much shorter is refused whole.
func Import(ctx context.Context, s *models.Store, who auth.Actor, in io.Reader, o Options) (Report, error) {
	if err := auth.May(who, auth.RegisterImport, ""); err != nil {
		return Report{}, err
	}
	file, err := Read(in, o.Name, o.Size, o.Progress)
	if err != nil {
		return Report{}, err
	}
	held, err := s.HeldCertificates(ctx, "NABH", file.Programme)
	if err != nil {
		return Report{}, err
	}
	names, err := s.ProviderNames(ctx)
	if err != nil {
		return Report{}, err
	}
	r := Report{File: file, Held: len(held), Found: map[string]int{}}
	all, err := r.differences(held, names, o)
	if err != nil {
		return Report{}, err
	}
	err = s.Write(ctx, func(tx *models.Tx) error {
		r.Added, r.Waiting, r.Replaced = 0, 0, 0
		return r.queue(tx, who, all, o)
	})
	return r, err
}

func (r *Report) differences(held []models.HeldCertificate, names []models.ProviderName, o Options) ([]*difference, error) {
	for _, h := range held {
		if r.File.Snapshot.Before(h.CheckedOn) && h.State == "" {
			return nil, &FileError{File: o.Name, Say: fmt.Sprintf("this copy is of %s, and what we hold is of %s", r.File.Snapshot.Long(), h.CheckedOn.Long())}
		}
	}
	k := know(held, names)
	var all []*difference
	for _, row := range r.File.Rows {
		if d := k.compare(row); d != nil {
			all = append(all, d)
		} else {
			r.Same++
		}
	}
	gone := k.gone(held)
	if len(held) >= 20 && len(gone)*4 > len(held) && !o.Shrunk {
		return nil, &FileError{File: o.Name, Say: fmt.Sprintf("it lacks %d of the %d certificates we hold: it may be cut off. If the register really shrank, import it with --shrunk", len(gone), len(held))}
	}
	all = append(all, gone...)
	for _, d := range all {
		r.Found[d.finding]++
	}
	return all, nil
}

// queue adds the differences that do not wait yet.
func (r *Report) queue(tx *models.Tx, who auth.Actor, all []*difference, o Options) error {
	open, err := tx.OpenFindings()
	if err != nil {
		return err
	}
	waits := map[string]*models.Verification{}
	if today := when.TodayIndia(tx.Now()); today.Before(r.File.Snapshot) {
		return &FileError{File: o.Name, Say: fmt.Sprintf("this copy is of %s, and today is %s", r.File.Snapshot.Long(), today.Long())}
	}
	for i := range open {
		waits[place(open[i].ProviderID, open[i].Unit)] = &open[i]
	}
	marks, err := tx.FindingMarks(r.File.Snapshot.String())
	if err != nil {
		return err
	}
	var rows []models.Verification
	for _, d := range all {
		v, err := r.item(d, who, o)
		if err != nil {
			return err
		}
		before := waits[place(v.ProviderID, v.Unit)]
		if err := r.olderThan(before, o.Name); err != nil {
			return err
		}
		switch {
		case marks[*v.Mark], before != nil && before.Fields == v.Fields:
			r.Waiting++
			continue
		case before != nil:
			now := tx.Now()
			before.State, before.DecidedAt, before.Reason = string(listing.ItemWithdrawn), &now, "A newer copy of the register says otherwise"
			if err := tx.SaveVerification(before); err != nil {
				return err
			}
			r.Replaced++
		}
		rows = append(rows, v)
	}
	r.Added = len(rows)
	if err := tx.AddVerifications(rows); err != nil {
		return err
	}
	return tx.Audit(models.Audited{Person: who.Person, Org: who.Org, Role: string(who.Role), Action: string(auth.RegisterImport), On: "register", ID: r.File.Snapshot.String(),
		Facts: map[string]string{"hash": r.File.Hash, "rows": strconv.Itoa(len(r.File.Rows)), "added": strconv.Itoa(r.Added)}})
}

// olderThan refuses a copy that is older than the one a waiting difference comes from.
func (r *Report) olderThan(waiting *models.Verification, file string) error {
	if waiting == nil {
		return nil
	}
	var e listing.Evidence
	if err := json.Unmarshal([]byte(waiting.Evidence), &e); err != nil {
		return fault.New(fault.Broken, "register", err)
	}
	if r.File.Snapshot.Before(e.Retrieved) {
		return &FileError{File: file, Say: fmt.Sprintf("this copy is of %s, and differences of a copy of %s wait for a check", r.File.Snapshot.Long(), e.Retrieved.Long())}
	}
	return nil
}

func place(provider *int64, unit string) string {
	if provider == nil {
		return unit
	}
	return strconv.FormatInt(*provider, 10) + " " + unit
}

func (r *Report) item(d *difference, who auth.Actor, o Options) (models.Verification, error) {
	e := listing.Evidence{Method: listing.RegisterLookup, URL: o.URL, Retrieved: r.File.Snapshot, Hash: r.File.Hash, Note: "not in the file any more"}
	if d.line > 0 {
		e.Note = "line " + strconv.Itoa(d.line)
	}
	fields, err1 := json.Marshal(d.fields)
	evidence, err2 := json.Marshal(e)
	if err1 != nil || err2 != nil {
		return models.Verification{}, fault.New(fault.Broken, "register", fmt.Errorf("%v %v", err1, err2))
	}
	sum := sha256.Sum256([]byte(place(d.provider, d.unit) + "\n" + string(fields)))
	mark := r.File.Snapshot.String() + " " + hex.EncodeToString(sum[:])
	v := models.Verification{ID: listing.NewKey(), ProviderID: d.provider, Name: d.name, Kind: string(listing.KindRegister), Unit: d.unit, Finding: d.finding, Fresh: d.finding == listing.NewRow,
		Fields: string(fields), State: string(listing.Waiting), Evidence: string(evidence), Org: who.Org, Mark: &mark}
	switch {
	case d.finding == listing.NewRow:
		v.SecondWhy = "It is the first time we show this certificate"
	case d.finding == listing.Renewed && d.renamed:
		v.SecondWhy = "The name on the certificate changed"
	}
	return v, nil
}
