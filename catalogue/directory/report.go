package directory

import (
	"fmt"
	"io"
	"maps"
	"slices"

	"carecorridor/models"
)

// Report says what an import did with every line.
type Report struct {
	Name      string
	Lines     int       // data rows of the file
	Hospitals int       // stored, now or by an earlier run
	Known     int       // listed already from a better source
	Repeated  int       // the same name and PIN code (or town) stood further up
	Rejected  []Problem // rows that cannot be used, each with line, column and reason
	Repaired  []Problem // cells left out or tidied in rows that can
	Towns     int       // new towns
	Wrote     models.Wrote
}

// Write prints the report: counts, repairs by column, then every rejected row.
func (r Report) Write(w io.Writer) error {
	byField := map[string]int{}
	for _, p := range r.Repaired {
		byField[p.Field]++
	}
	lines := []string{
		fmt.Sprintf("%6d rows in %s", r.Lines, r.Name),
		fmt.Sprintf("%6d hospitals (%d rows added, %d changed; %d new towns)", r.Hospitals, r.Wrote.Added, r.Wrote.Changed, r.Towns),
		fmt.Sprintf("%6d skipped: listed already", r.Known),
		fmt.Sprintf("%6d skipped: repeated in the file", r.Repeated),
		fmt.Sprintf("%6d rejected", len(r.Rejected)),
	}
	for _, f := range slices.Sorted(maps.Keys(byField)) {
		lines = append(lines, fmt.Sprintf("%6d cells of %s left out or tidied", byField[f], f))
	}
	for _, p := range r.Rejected {
		lines = append(lines, p.String())
	}
	for _, l := range lines {
		if _, err := fmt.Fprintln(w, l); err != nil {
			return err
		}
	}
	return nil
}
