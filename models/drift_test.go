package models_test

import (
	"maps"
	"regexp"
	"slices"
	"testing"

	"carecorridor/internal/testdb"
	"carecorridor/models"
)

// tableShape is a table as its row struct or a database has it.
type tableShape map[string]models.Column

func shapes() map[string]tableShape {
	all := map[string]tableShape{}
	add := func(name string, columns []models.Column) {
		all[name] = tableShape{}
		for _, c := range columns {
			all[name][c.Name] = c
		}
	}
	add(models.Shape[models.Source]())
	add(models.Shape[models.Hub]())
	add(models.Shape[models.City]())
	add(models.Shape[models.Airport]())
	add(models.Shape[models.Route]())
	add(models.Shape[models.Specialty]())
	add(models.Shape[models.Procedure]())
	add(models.Shape[models.Alias]())
	add(models.Shape[models.ProcedureCode]())
	add(models.Shape[models.ProcedureStay]())
	add(models.Shape[models.Provider]())
	add(models.Shape[models.Site]())
	add(models.Shape[models.Fact]())
	add(models.Shape[models.ProviderSpecialty]())
	add(models.Shape[models.ProviderLanguage]())
	add(models.Shape[models.ProviderProcedure]())
	add(models.Shape[models.Accreditation]())
	add(models.Shape[models.AccreditationEvent]())
	add(models.Shape[models.Change]())
	add(models.Shape[models.Package]())
	add(models.Shape[models.PackageItem]())
	add(models.Shape[models.PriceEvidence]())
	add(models.Shape[models.NHSWait]())
	add(models.Shape[models.TripCost]())
	add(models.Shape[models.FXRate]())
	add(models.Shape[models.CatalogueState]())
	add(models.Shape[models.Enquiry]())
	add(models.Shape[models.EnquiryRecipient]())
	add(models.Shape[models.EnquiryConsent]())
	add(models.Shape[models.EnquiryFile]())
	add(models.Shape[models.FileRemoval]())
	add(models.Shape[models.EnquiryMessage]())
	add(models.Shape[models.EnquiryEvent]())
	add(models.Shape[models.Attempt]())
	add(models.Shape[models.Quote]())
	add(models.Shape[models.Mail]())
	add(models.Shape[models.SharedShortlist]())
	add(models.Shape[models.FeedbackInvitation]())
	add(models.Shape[models.Feedback]())
	add(models.Shape[models.FeedbackText]())
	add(models.Shape[models.FeedbackDecision]())
	add(models.Shape[models.Report]())
	add(models.Shape[models.Clinician]())
	add(models.Shape[models.QualityMeasure]())
	add(models.Shape[models.Photo]())
	add(models.Shape[models.ListingFile]())
	add(models.Shape[models.ListingDraft]())
	add(models.Shape[models.Verification]())
	add(models.Shape[models.CertificateReminder]())
	add(models.Shape[models.PriceChange]())
	add(models.Shape[models.AuditRow]())
	add(models.Shape[models.AuditHead]())
	add(models.Shape[models.Resealing]())
	add(models.Shape[models.Organisation]())
	add(models.Shape[models.Person]())
	add(models.Shape[models.Membership]())
	add(models.Shape[models.TotpSecret]())
	add(models.Shape[models.Passkey]())
	add(models.Shape[models.RecoveryCode]())
	add(models.Shape[models.Invitation]())
	add(models.Shape[models.Session]())
	add(models.Shape[models.Challenge]())
	add(models.Shape[models.SignInTry]())
	add(models.Shape[models.Identity]())
	add(models.Shape[models.IdentityAssertion]())
	add(models.Shape[models.ContentReview]())
	add(models.Shape[models.ReferenceFigure]())
	add(models.Shape[models.ReportNote]())
	add(models.Shape[models.Referral]())
	add(models.Shape[models.ReferralSection]())
	add(models.Shape[models.ReferralProvider]())
	add(models.Shape[models.ReferralConsent]())
	add(models.Shape[models.ReferralFile]())
	add(models.Shape[models.ReferralEvent]())
	add(models.Shape[models.ReferralEntry]())
	add(models.Shape[models.ReferralOffer]())
	add(models.Shape[models.ReferralClock]())
	add(models.Shape[models.ReferralNotice]())
	add(models.Shape[models.ReferralLetter]())
	add(models.Shape[models.DischargePackage]())
	add(models.Shape[models.AmrAlert]())
	add(models.Shape[models.Handback]())
	add(models.Shape[models.AftercareItem]())
	add(models.Shape[models.Complication]())
	add(models.Shape[models.PatientLink]())
	add(models.Shape[models.PatientCode]())
	add(models.Shape[models.PatientSession]())
	add(models.Shape[models.HospitalTerms]())
	add(models.Shape[models.ProfessionalCheck]())
	return all
}

const postgresColumns = `SELECT c.table_name, c.column_name, c.is_nullable = 'YES', k.column_name IS NOT NULL
	FROM information_schema.columns c
	LEFT JOIN (information_schema.key_column_usage k JOIN information_schema.table_constraints t
		ON t.constraint_name = k.constraint_name AND t.constraint_type = 'PRIMARY KEY')
		ON k.table_name = c.table_name AND k.column_name = c.column_name
	WHERE c.table_schema = 'public' AND c.table_name NOT LIKE 'river%' AND c.table_name NOT LIKE 'goose%'`

const sqliteColumns = `SELECT m.name, c.name, NOT c."notnull", c.pk > 0 FROM sqlite_master m JOIN pragma_table_info(m.name) c
	WHERE m.type = 'table' AND m.name NOT LIKE 'river%' AND m.name NOT LIKE 'goose%' AND m.name NOT LIKE 'sqlite%' AND m.name <> 'migration_lock'`

func TestRowsAndBothDatabasesHaveTheSameColumns(t *testing.T) {
	t.Parallel()
	want := shapes()
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		query := sqliteColumns
		if s.Dialect() == models.Postgres {
			query = postgresColumns
		}
		rows, err := s.SQL().Query(query)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		got := map[string]tableShape{}
		for rows.Next() {
			var table string
			var c models.Column
			if err := rows.Scan(&table, &c.Name, &c.Nullable, &c.Key); err != nil {
				t.Fatal(err)
			}
			if got[table] == nil {
				got[table] = tableShape{}
			}
			got[table][c.Name] = c
		}
		if rows.Err() != nil || !slices.Equal(slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want))) {
			t.Fatalf("tables %v, %v", slices.Sorted(maps.Keys(got)), rows.Err())
		}
		for table := range want {
			if !maps.Equal(got[table], want[table]) {
				t.Errorf("%s:\ndatabase %v\nrow      %v", table, got[table], want[table])
			}
		}
	})
}

const postgresNames = `SELECT conname FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid JOIN pg_namespace n ON n.oid = r.relnamespace
	WHERE n.nspname = 'public' AND c.contype IN ('c', 'f', 'p', 'u') AND r.relname NOT LIKE 'river%' AND r.relname NOT LIKE 'goose%'
	UNION SELECT i.indexname FROM pg_indexes i WHERE i.schemaname = 'public' AND i.tablename NOT LIKE 'river%' AND i.tablename NOT LIKE 'goose%'`

const sqliteNames = `SELECT coalesce(sql, '') FROM sqlite_master
	WHERE tbl_name NOT LIKE 'river%' AND tbl_name NOT LIKE 'goose%' AND name NOT LIKE 'sqlite%' AND name <> 'migration_lock'`

var named = regexp.MustCompile(`(?:CONSTRAINT|INDEX) ([a-z_0-9]+)`)

func TestBothDatabasesHaveTheSameConstraints(t *testing.T) {
	t.Parallel()
	names := map[models.Dialect][]string{}
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		query := sqliteNames
		if s.Dialect() == models.Postgres {
			query = postgresNames
		}
		rows, err := s.SQL().Query(query)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			var text string
			if err := rows.Scan(&text); err != nil {
				t.Fatal(err)
			}
			if s.Dialect() == models.Postgres {
				names[models.Postgres] = append(names[models.Postgres], text)
				continue
			}
			for _, m := range named.FindAllStringSubmatch(text, -1) {
				names[models.SQLite] = append(names[models.SQLite], m[1])
			}
		}
		if rows.Err() != nil {
			t.Fatal(rows.Err())
		}
	})
	a, b := names[models.Postgres], names[models.SQLite]
	slices.Sort(a)
	slices.Sort(b)
	if len(a) < 100 || !slices.Equal(a, b) {
		t.Errorf("PostgreSQL has %d, SQLite %d:\n%v\n%v", len(a), len(b), a, b)
	}
}
