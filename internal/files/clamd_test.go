package files_test

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"

	"carecorridor/internal/files"
)

// clamdSocket is a real ClamAV's; it is missing where the test is not run by scripts/with-services, and then the test fails.
func clamdSocket(t *testing.T) files.ClamAV {
	t.Helper()
	path := os.Getenv("CORRIDOR_TEST_CLAMD")
	if path == "" {
		t.Fatal("CORRIDOR_TEST_CLAMD is not set: run tests by scripts/with-services go test ./…")
	}
	return files.ClamAV{Network: "unix", Address: path}
}

// signature is what the scanner of the tests was told to find. It is written in two parts so that this file is not found.
const signature = "CORRIDOR-TEST-" + "SIGNATURE"

func TestARealScannerFindsItsTestSignatureAndNothingElse(t *testing.T) {
	t.Parallel()
	scanner := clamdSocket(t)
	pdf := "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n"
	for name, c := range map[string]struct {
		content []byte
		want    files.Scan
	}{
		"clean":               {[]byte(pdf + "%%EOF"), files.Safe},
		"the signature":       {[]byte(signature), files.Blocked},
		"inside a PDF":        {[]byte(pdf + signature + "\n%%EOF"), files.Blocked},
		"large":               {bytes.Repeat([]byte("a"), 25<<20), files.Safe},
		"across two chunks":   {append(bytes.Repeat([]byte("a"), 1<<20-7), signature...), files.Blocked},
		"almost":              {[]byte(strings.ToLower(signature)), files.Safe},
		"at the end of 20 MB": {append(bytes.Repeat([]byte("b"), 20<<20), signature...), files.Blocked},
	} {
		if got, err := scanner.Scan(context.Background(), c.content); err != nil || got != c.want {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

func TestAScannerThatIsNotThereIsAnErrorAndNoVerdict(t *testing.T) {
	t.Parallel()
	if got, err := (files.ClamAV{Network: "unix", Address: t.TempDir() + "/none.ctl"}).Scan(context.Background(), []byte("x")); err == nil || got != files.Pending {
		t.Error(got, err)
	}
}
