package testdb

import (
	"database/sql"
	"strings"
	"testing"

	"github.com/libtnb/sqlite"
)

// SQL is a connection beside the store's, for a test that looks at rows which no code of the product reads, or changes them behind its back.
func SQL(t testing.TB, url string) *sql.DB {
	t.Helper()
	driver, address := "pgx", url
	if path, lite := strings.CutPrefix(url, "sqlite:"); lite {
		driver, address = sqlite.DriverName, "file:"+path+"?_pragma=busy_timeout(10000)&_time_format=sqlite&_timezone=UTC"
	}
	db, err := sql.Open(driver, address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}
