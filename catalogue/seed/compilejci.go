package seed

import (
	"strings"

	"carecorridor/internal/when"
	"carecorridor/models"
)

// readJCI keeps the evidence of JCI accreditation by curated hospital. No official list was in reach: a
// report is shown as a report and a claim as a claim, and neither earns a badge (brief §5).
func (c *compiler) readJCI() error {
	return eachRow(c.dir, "accreditations_jci_india.csv", []string{"provider_id", "name", "city", "state", "status", "note", "as_of", "evidence", "source"}, func(t *table) error {
		rec := certificateRec{Body: "JCI", Programme: "Hospital", Level: "full", Status: models.RegisterStatus(t.get("status")),
			Evidence: t.get("evidence"), Note: t.get("note"), Source: c.src.cite(t.get("source"), t.get("as_of"))}
		if d, err := when.ParseDate(t.get("as_of")); err == nil {
			rec.Checked = d
		} else {
			rec.Note = strings.TrimPrefix(rec.Note+"; evidence of "+t.get("as_of"), "; ")
		}
		if t.get("provider_id") == "" {
			line, _ := t.r.FieldPos(0)
			c.report.Notes = append(c.report.Notes, Note{t.file, line, t.get("name") + ", " + t.get("city"), "JCI evidence for a hospital that is not on the curated list: left out"})
			return nil
		}
		c.jci[t.get("provider_id")] = append(c.jci[t.get("provider_id")], rec)
		return nil
	})
}

// jciSource finds the address behind a JCI entry of the curated file.
func (c *compiler) jciSource(id string, a certificateIn) (string, bool) {
	for _, j := range c.jci[id] {
		if a.Body == "JCI" && string(j.Status) == a.Status {
			return j.Source, true
		}
	}
	return "", false
}
