package listing

import (
	"archive/zip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"

	"carecorridor/auth"
	"carecorridor/catalogue/pricelist"
	"carecorridor/internal/sheet"
	"carecorridor/models"
)

// Exported is the JSON document of an export: everything of a listing that its hospital owns.
type Exported struct {
	Made         time.Time              `json:"made"`
	Listing      *models.Profile        `json:"listing"`
	Draft        []Change               `json:"draft"`
	Checks       []Item                 `json:"checks"`
	Prices       []PriceChange          `json:"price_history"`
	Certificates []models.Accreditation `json:"certificates"`
	Files        []models.ListingFile   `json:"files"`
	Activity     []Month                `json:"activity"`
}

// exportMonths of activity.
const exportMonths = 60

// Export writes everything a hospital owns as a ZIP of JSON and CSV files, with the files it uploaded. ListingExport.
// Nothing of patients is in it, and nothing of who checked what.
func (s *Service) Export(ctx context.Context, who auth.Actor, provider int64, w io.Writer) error {
	if err := auth.May(who, auth.ListingExport, near(who, provider)); err != nil {
		return err
	}
	x, err := s.exported(ctx, who, provider)
	if err != nil {
		return err
	}
	err = s.Store.Write(ctx, func(tx *models.Tx) error {
		return tx.Audit(audited(who, auth.ListingExport, provider, map[string]string{"files": strconv.Itoa(len(x.Files))}))
	})
	if err != nil {
		return err
	}
	z := zip.NewWriter(w)
	for _, part := range []struct {
		name  string
		write func(io.Writer) error
	}{
		{"listing.json", func(w io.Writer) error {
			e := json.NewEncoder(w)
			e.SetIndent("", "  ")
			return e.Encode(x)
		}},
		{"listing.csv", x.valuesCSV(s.known())}, {"packages.csv", x.packagesCSV(s.known())}, {"history.csv", x.historyCSV}, {"activity.csv", x.activityCSV},
	} {
		f, err := z.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Deflate, Modified: x.Made})
		if err == nil {
			err = part.write(f)
		}
		if err != nil {
			return fmt.Errorf("export %s: %w", part.name, err)
		}
	}
	if err := s.exportFiles(ctx, z, x.Files); err != nil {
		return err
	}
	return z.Close()
}

func (s *Service) exported(ctx context.Context, who auth.Actor, provider int64) (x Exported, err error) {
	x.Made = s.now()
	if x.Listing, err = s.Store.ListingByID(ctx, provider); err != nil {
		return x, err
	}
	d, err := s.draft(ctx, provider)
	if err != nil {
		return x, err
	}
	for _, c := range d.Changes {
		c.ByName = "" // names of people are theirs, not the hospital's
		x.Draft = append(x.Draft, c)
	}
	if x.Checks, err = s.ItemsOf(ctx, who, provider); err != nil {
		return x, err
	}
	if x.Prices, err = s.Prices(ctx, provider); err != nil {
		return x, err
	}
	if x.Activity, err = s.activity(ctx, provider, exportMonths); err != nil {
		return x, err
	}
	x.Certificates = x.Listing.Certificates()
	files, err := s.Store.ListingFiles(ctx, provider)
	x.Files = slices.DeleteFunc(files, func(f models.ListingFile) bool { return f.Purpose == ForEvidence })
	return x, err
}

func (s *Service) exportFiles(ctx context.Context, z *zip.Writer, rows []models.ListingFile) error {
	endings := map[string]string{"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png", "image/tiff": ".tiff", "image/heic": ".heic"}
	for _, row := range rows {
		if row.Scan == "blocked" || s.Files == nil {
			continue
		}
		content, err := s.read(ctx, row.ID)
		if err != nil {
			return fmt.Errorf("export file %s: %w", row.ID, err)
		}
		f, err := z.CreateHeader(&zip.FileHeader{Name: "files/" + row.Purpose + "-" + row.ID + endings[row.Media], Method: zip.Store, Modified: row.CreatedAt})
		if err == nil {
			_, err = f.Write(content)
		}
		if err != nil {
			return fmt.Errorf("export file %s: %w", row.ID, err)
		}
	}
	return nil
}

func (x Exported) valuesCSV(k pricelist.Reference) func(io.Writer) error {
	return func(w io.Writer) error {
		rows := [][]string{{"section", "entry", "field", "public", "draft"}}
		live := flatten(&x.Listing.ProviderBundle, k)
		drafted := map[Path]string{}
		paths := map[Path]bool{}
		for p := range live {
			paths[p] = true
		}
		for _, c := range x.Draft {
			drafted[c.Path], paths[c.Path] = c.Value, true
		}
		all := make([]Path, 0, len(paths))
		for p := range paths {
			all = append(all, p)
		}
		slices.SortFunc(all, compare)
		for _, p := range all {
			section, key, field := p.parts()
			rows = append(rows, []string{section, key, field, live[p], drafted[p]})
		}
		return table(w, rows)
	}
}

// packagesCSV is a price list that can be uploaded again.
func (x Exported) packagesCSV(k pricelist.Reference) func(io.Writer) error {
	return func(w io.Writer) error {
		var rows []pricelist.Row
		for _, p := range x.Listing.Packages {
			rows = append(rows, rowOf(p))
		}
		_, err := w.Write(pricelist.Write(rows, k))
		return err
	}
}

func (x Exported) historyCSV(w io.Writer) error {
	rows := [][]string{{"at", "what", "field", "old", "new"}}
	for _, c := range x.Listing.Changes {
		rows = append(rows, []string{c.At.UTC().Format(time.RFC3339), c.What, c.Field, c.OldValue, c.NewValue})
	}
	return table(w, rows)
}

func (x Exported) activityCSV(w io.Writer) error {
	count := func(n int) string {
		if n == Few {
			return "1 to 4"
		}
		return strconv.Itoa(n)
	}
	rows := [][]string{{"month", "views", "shortlists", "enquiries", "referrals", "quotes", "acceptances", "median hours to first answer"}}
	for _, m := range x.Activity {
		hours := count(m.AnswerHours)
		if m.AnswerHours <= 0 {
			hours = ""
		}
		rows = append(rows, []string{m.Month, count(m.Views), count(m.Shortlists), count(m.Enquiries), count(m.Referrals), count(m.Quotes), count(m.Acceptances), hours})
	}
	return table(w, rows)
}

// table writes rows as a spreadsheet opens them, with cells that it does not take for formulas.
func table(w io.Writer, rows [][]string) error {
	for _, r := range rows {
		for i, cell := range r {
			r[i] = sheet.Guard(cell)
		}
	}
	_, err := w.Write(sheet.Bytes(rows))
	return err
}
