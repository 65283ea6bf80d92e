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

// rows are the structs of all tables.
var rows = []func() (string, []models.Column){
	models.Shape[models.Source],
	models.Shape[models.Hub],
	models.Shape[models.City],
	models.Shape[models.Airport],
	models.Shape[models.Route],
	models.Shape[models.Specialty],
	models.Shape[models.Procedure],
	models.Shape[models.Alias],
	models.Shape[models.ProcedureCode],
	models.Shape[models.ProcedureStay],
	models.Shape[models.Provider],
	models.Shape[models.Site],
	models.Shape[models.Fact],
	models.Shape[models.ProviderSpecialty],
	models.Shape[models.ProviderLanguage],
	models.Shape[models.ProviderProcedure],
	models.Shape[models.Accreditation],
	models.Shape[models.AccreditationEvent],
	models.Shape[models.Change],
	models.Shape[models.Package],
	models.Shape[models.PackageItem],
	models.Shape[models.PriceEvidence],
	models.Shape[models.NHSWait],
	models.Shape[models.TripCost],
	models.Shape[models.FXRate],
	models.Shape[models.CatalogueState],
	models.Shape[models.Enquiry],
	models.Shape[models.EnquiryRecipient],
	models.Shape[models.EnquiryConsent],
	models.Shape[models.EnquiryFile],
	models.Shape[models.FileRemoval],
	models.Shape[models.EnquiryMessage],
	models.Shape[models.EnquiryEvent],
	models.Shape[models.Attempt],
	models.Shape[models.Quote],
	models.Shape[models.Mail],
	models.Shape[models.SharedShortlist],
	models.Shape[models.FeedbackInvitation],
	models.Shape[models.Feedback],
	models.Shape[models.FeedbackText],
	models.Shape[models.FeedbackDecision],
	models.Shape[models.Report],
	models.Shape[models.Clinician],
	models.Shape[models.QualityMeasure],
	models.Shape[models.Photo],
	models.Shape[models.ListingFile],
	models.Shape[models.ListingDraft],
	models.Shape[models.Verification],
	models.Shape[models.CertificateReminder],
	models.Shape[models.PriceChange],
	models.Shape[models.ListingView],
	models.Shape[models.AuditRow],
	models.Shape[models.AuditHead],
	models.Shape[models.Resealing],
	models.Shape[models.Organisation],
	models.Shape[models.Person],
	models.Shape[models.Membership],
	models.Shape[models.TotpSecret],
	models.Shape[models.Passkey],
	models.Shape[models.RecoveryCode],
	models.Shape[models.Invitation],
	models.Shape[models.Session],
	models.Shape[models.Challenge],
	models.Shape[models.SignInTry],
	models.Shape[models.Identity],
	models.Shape[models.IdentityAssertion],
	models.Shape[models.ContentReview],
	models.Shape[models.ReferenceFigure],
	models.Shape[models.ReportNote],
	models.Shape[models.Referral],
	models.Shape[models.ReferralSection],
	models.Shape[models.ReferralProvider],
	models.Shape[models.ReferralConsent],
	models.Shape[models.ReferralFile],
	models.Shape[models.ReferralEvent],
	models.Shape[models.ReferralEntry],
	models.Shape[models.ReferralOffer],
	models.Shape[models.ReferralClock],
	models.Shape[models.ReferralNotice],
	models.Shape[models.ReferralLetter],
	models.Shape[models.DischargePackage],
	models.Shape[models.AmrAlert],
	models.Shape[models.Handback],
	models.Shape[models.AftercareItem],
	models.Shape[models.Complication],
	models.Shape[models.PatientLink],
	models.Shape[models.PatientCode],
	models.Shape[models.PatientSession],
	models.Shape[models.HospitalTerms],
	models.Shape[models.ProfessionalCheck],
}

func shapes() map[string]tableShape {
	all := map[string]tableShape{}
	for _, shape := range rows {
		name, columns := shape()
		all[name] = tableShape{}
		for _, c := range columns {
			all[name][c.Name] = c
		}
	}
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
