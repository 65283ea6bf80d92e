package seed

import (
	"carecorridor/catalogue/seed/gazetteer"
	"carecorridor/models"
)

// registerRow is a line of a NABH register.
type registerRow struct {
	file   string
	line   int
	origin string
	listed string
	place  gazetteer.Place
	cert   certificateRec
	taken  bool
}

var registerFiles = []struct{ file, origin, source, programme string }{
	{"accreditations_nabh_hospitals.csv", "nabh_register", nabhHospitals, "Hospital"},
	{"accreditations_nabh_dental.csv", "nabh_dental_register", nabhDental, "Dental"},
}

func (c *compiler) readRegisters() error {
	for _, f := range registerFiles {
		src := c.src.dataset(f.source)
		numbers := map[string]bool{}
		err := eachRow(c.dir, f.file, []string{"name", "city", "state", "reference_no", "accreditation_no", "valid_from", "valid_to", "remarks", "name_raw", "snapshot_date"}, func(t *table) error {
			line, _ := t.r.FieldPos(0)
			row, err := registerLine(t)
			if err != nil {
				return err
			}
			if numbers[row.cert.Number] {
				return wrong("accreditation_no", "%q is there twice", row.cert.Number)
			}
			numbers[row.cert.Number] = true
			row.file, row.line, row.origin = f.file, line, f.origin
			row.cert.Programme, row.cert.Source = f.programme, src
			c.registers = append(c.registers, row)
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func registerLine(t *table) (registerRow, error) {
	status, err := registerStatus(t.get("remarks"))
	if err != nil {
		return registerRow{}, err
	}
	place := gazetteer.Find(t.get("city"), t.get("state"))
	cert := certificateRec{Body: "NABH", Level: "full", Number: t.get("accreditation_no"), Reference: t.get("reference_no"),
		ValidFrom: t.date("valid_from"), ValidTo: t.date("valid_to"), Status: status, Checked: t.date("snapshot_date"),
		Evidence: "register_snapshot", ListedName: t.get("name"), Note: t.get("remarks")}
	return registerRow{listed: t.get("name"), place: place, cert: cert}, first(filled("name", t.get("name")),
		filled("accreditation_no", cert.Number), filled("city", place.Name), filled("state", place.State), span("valid_to", cert.ValidFrom, cert.ValidTo))
}

// overlaps reports whether two certificates could both have been in force at the snapshot: then they
// are two places, not one and its renewal.
func overlaps(a, b certificateRec) bool {
	if a.Status == models.RegisterLapsed || b.Status == models.RegisterLapsed {
		return false
	}
	return !a.ValidTo.Before(b.ValidFrom) && !b.ValidTo.Before(a.ValidFrom)
}
