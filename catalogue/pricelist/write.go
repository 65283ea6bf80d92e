package pricelist

import "carecorridor/internal/sheet"

// Write is the file of packages for download, in the order given. Read gives the same rows again.
func Write(rows []Row, k Reference) []byte {
	out := [][]string{headingRow()}
	for _, r := range rows {
		cells := make([]string, len(columns))
		for i, c := range columns {
			if cells[i] = c.text(r, k); c.words {
				cells[i] = sheet.Guard(cells[i])
			}
		}
		out = append(out, cells)
	}
	return sheet.Bytes(out)
}

// Template is the first row, and a row for each treatment with its name alone: all that may be listed when no slugs
// are given. Rows that stay so are left out when the file comes back.
func Template(k Reference, slugs ...string) []byte {
	if len(slugs) == 0 {
		for _, s := range k.order {
			if !k.procedures[s].Excluded {
				slugs = append(slugs, s)
			}
		}
	}
	rows := make([]Row, len(slugs))
	for i, s := range slugs {
		rows[i] = Row{Procedure: s}
	}
	return Write(rows, k)
}

func headingRow() []string {
	row := make([]string, len(columns))
	for i, c := range columns {
		row[i] = c.heading
	}
	return row
}
