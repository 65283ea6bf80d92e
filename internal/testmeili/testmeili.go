// Package testmeili gives tests the Meilisearch server that scripts/with-services started. It starts
// none itself.
package testmeili

import (
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

var made atomic.Int64

// Server is the address and key of the server, and a prefix for index names that nobody else uses. A
// test without a server fails: a skipped contract is no contract.
func Server(t testing.TB) (url, key, prefix string) {
	t.Helper()
	url, key = os.Getenv("CORRIDOR_TEST_MEILI"), os.Getenv("CORRIDOR_TEST_MEILI_KEY")
	if url == "" {
		t.Fatal("CORRIDOR_TEST_MEILI is not set: run the tests by scripts/with-services go test ./...")
	}
	prefix = fmt.Sprintf("t%d_%d_", time.Now().UnixNano(), made.Add(1))
	return strings.TrimRight(url, "/"), key, prefix
}
