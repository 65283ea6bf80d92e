//go:build e2e

package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// endsFirst is a sample hospital whose only certificate ends long before its prices do.
const (
	endsFirst = "/hospitals/neem-court-bone-and-joint-centre-chennai"
	lastDay   = "2027-01-02"
)

// The clock of a running site is moved past the last day of a certificate: the badge, the prices, the search, the desk
// and the hospital's own page follow, and nothing else is done.
func TestACertificateEndsWhenItsDayIsOver(t *testing.T) {
	t.Parallel()
	dir, err := os.MkdirTemp("", "corridor-clock") // it outlives the test, as the program does
	must(t, err)
	later(func() { os.RemoveAll(dir) })
	ahead := filepath.Join(dir, "ahead")
	must(t, os.WriteFile(ahead, []byte("0s"), 0o600))
	url, _, err := start("corridor", "serve", "--demo", "--no-rate-limit", "--clock-file", ahead)
	must(t, err)
	last, err := time.Parse(time.DateOnly, lastDay)
	must(t, err)
	r := tab(t, look{1280, true}, 6*time.Minute)
	found := url + "/hospitals?treatment=total-knee-replacement&sort=price"
	named := fmt.Sprintf(`!!document.querySelector('#results a[href="%s"]')`, endsFirst)
	r.open(t, found)
	r.wants(t, "the hospital among those with a price", named)
	r.open(t, url+endsFirst)
	r.wants(t, "its own prices", `document.querySelector('#prices').innerText.includes('£4,420') && document.querySelector('main').innerText.includes('NABH ends')`)

	must(t, os.WriteFile(ahead, []byte(time.Until(last.AddDate(0, 0, 2)).String()), 0o600))
	eventually(t, r, url+endsFirst, "that it expired", `document.querySelector('main').innerText.includes('NABH expired on 2 January 2027') && document.querySelector('#accreditation').innerText.includes('Expired')`)
	r.wants(t, "why no price is shown", `document.querySelector('#prices').innerText.includes('are not shown, because no accreditation of it runs today') && !document.querySelector('#prices').innerText.includes('£4,420')`)
	r.wants(t, "the history", `document.querySelector('#history').innerText.includes('expired on 2 January 2027') && document.querySelector('#history').innerText.includes('Prices not shown: no accreditation runs')`)
	r.stands(t)
	eventually(t, r, found, "the search without it", `!`+named+` && document.querySelector('#results').innerText.includes('Hospitals')`)
	if file := eval[string](t, r, fmt.Sprintf(`fetch('%s/prices.csv').then(r => r.text())`, endsFirst)); strings.Contains(file, "4420") {
		t.Errorf("the file of its prices still offers them: %s", file)
	}
	r.open(t, url+"/sign-in")
	r.press1(t, "Meera Shah")
	r.open(t, url+"/desk")
	r.wants(t, "the desk", `location.pathname === '/desk'`)
	r.stands(t)
}
