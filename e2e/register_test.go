//go:build e2e

package e2e

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"carecorridor/internal/when"
	"carecorridor/models"
)

// registerFile is a newer copy of the register, made from what is held: one certificate each was renewed, suspended, withdrawn, renamed and
// left out, and one is new. It says which numbers those were, by finding.
func registerFile(t *testing.T, on when.Date) (file string, numbers map[string]string) {
	t.Helper()
	ctx := context.Background()
	store, err := models.Open(ctx, "sqlite:"+filepath.Join(siteDir, "var", "corridor.db"), models.Options{Clock: when.System})
	must(t, err)
	defer store.Close()
	held, err := store.HeldCertificates(ctx, "NABH", "Hospital")
	must(t, err)
	var b bytes.Buffer
	out := csv.NewWriter(&b)
	write := func(cells ...string) { must(t, out.Write(append(cells, on.String()))) }
	must(t, out.Write([]string{"programme", "name", "city", "state", "reference_no", "accreditation_no", "valid_from", "valid_to", "remarks", "snapshot_date"}))
	numbers = map[string]string{}
	findings := []string{"Renewed", "Suspended", "Withdrawn", "Another name", "Not on the register any more"}
	for _, h := range held {
		from, to, remark, name := h.ValidFrom, h.ValidTo, h.Note, h.ListedName
		if h.LegalEntity != "" {
			name = h.LegalEntity
		}
		if strings.HasPrefix(h.Number, "SAMPLE") || name == "" { // not from a register
			continue
		}
		if len(findings) > 0 && h.RegisterStatus == models.RegisterValid && on.AddDays(400).Before(to) && strings.HasPrefix(remark, "Renewed") {
			finding := findings[0]
			findings, numbers[finding] = findings[1:], h.Number
			switch finding {
			case "Renewed":
				from, to = on.AddDays(-1), on.AddDays(1460)
			case "Suspended":
				remark = "Under suspension"
			case "Withdrawn":
				remark = "Voluntary withdrawal"
			case "Another name":
				name += " Multispeciality"
			default:
				continue
			}
		}
		write("NABH Hospital", name, "Chennai", "Tamil Nadu", h.ReferenceNo, h.Number, from.String(), to.String(), remark)
	}
	numbers["New on the register"] = "H-2026-7777"
	write("NABH Hospital", "Entirely New Care Hospital", "Chennai", "Tamil Nadu", "H-2026-R777", "H-2026-7777", on.AddDays(-30).String(), on.AddDays(1430).String(), "Accredited on 6th Edition")
	out.Flush()
	file = filepath.Join(t.TempDir(), "nabh.csv")
	must(t, os.WriteFile(file, b.Bytes(), 0o600))
	return file, numbers
}

// A newer copy of the register on the desk: every difference waits with its evidence and is decided one by one; until
// then no listing says anything else.
func TestANewerRegisterIsComparedAndDecidedOneByOne(t *testing.T) {
	r := tab(t, look{1280, true}, 8*time.Minute)
	r.atDesk(t, "Meera Shah")
	file, numbers := registerFile(t, when.TodayIndia(time.Now()).AddDays(-1))
	r.open(t, siteURL(t)+"/desk/register")
	r.press1(t, "Compare")
	r.wants(t, "that a file is needed", `document.title.startsWith('Error: ') && document.querySelector('main').innerText.includes('Choose the CSV file of the register')`)
	r.stands(t)
	r.sendsRegister(t, file)
	r.wants(t, "what was found", `document.querySelector('#report').innerText.includes('Put into the queue') && ['Renewed', 'Suspended', 'Withdrawn', 'Another name', 'Not on the register any more', 'New on the register'].every(x => document.querySelector('#report').innerText.includes(x))`)
	r.stands(t)
	r.sendsRegister(t, file)
	r.wants(t, "that the same file adds nothing", `/In the queue already, or decided\s+6\b/.test(document.querySelector('#report').innerText)`)
	r.followWords(t, "See the checks of registers")
	r.stands(t)
	queue := siteURL(t) + "/desk/checks?kind=register"
	for _, finding := range []string{"Renewed", "Suspended", "Withdrawn", "Another name", "Not on the register any more", "New on the register"} {
		t.Run(finding, func(t *testing.T) {
			href := eval[string](t, r, fmt.Sprintf(`[...document.querySelectorAll('main tbody tr')].find(x => x.innerText.includes(%q))?.querySelector('a').getAttribute('href') ?? ''`, finding))
			if href == "" {
				t.Fatalf("nothing waits: %s", eval[string](t, r, `document.querySelector('main').innerText`))
			}
			number := numbers[finding]
			r.open(t, siteURL(t)+href)
			r.wants(t, "the evidence", `document.querySelector('#evidence').innerText.includes('SHA-256 of the file') && document.querySelector('#evidence').innerText.includes('https://register.example/copy')`)
			profile := eval[string](t, r, `document.querySelector('main a[href^="/hospitals/"]')?.getAttribute('href') ?? ''`)
			if finding != "New on the register" {
				r.wants(t, "the certificate by its number", fmt.Sprintf(`document.querySelector('h1').innerText.includes(%q)`, number))
				r.open(t, siteURL(t)+profile)
				r.wants(t, "a listing that says nothing of it yet", fmt.Sprintf(`!document.querySelector('#history').innerText.includes(%q)`, number))
				r.open(t, siteURL(t)+href)
			}
			r.decidesRegister(t, finding, href)
			if finding == "New on the register" {
				return
			}
			says := map[string]string{"Renewed": "renewed until", "Another name": "the register names it", "Suspended": "suspended", "Withdrawn": "withdrawn"}[finding]
			want := fmt.Sprintf(`document.querySelector('#history').innerText.toLowerCase().includes(%q) && document.querySelector('#history').innerText.includes(%q)`, says, number)
			if finding == "Not on the register any more" { // rejected: the register is wrong, so nothing changes
				want = fmt.Sprintf(`!document.querySelector('#history').innerText.includes(%q)`, number)
			}
			eventually(t, r, siteURL(t)+profile, "what was decided", want)
		})
		r.open(t, queue)
	}
}

func (r *recorder) sendsRegister(t *testing.T, file string) {
	t.Helper()
	_, err := chromedp.Run(r.ctx, chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{file}))
	must(t, err)
	eval[chromedp.Void](t, r, `document.querySelector('#url').value = 'https://register.example/copy'`)
	r.press1(t, "Compare")
}

// decidesRegister approves a difference, by two people where that is needed; one is rejected with a reason.
func (r *recorder) decidesRegister(t *testing.T, finding, href string) {
	t.Helper()
	if finding == "Not on the register any more" {
		r.typed(t, "#reason", "The register shows it again today.")
		r.decides(t, "reject", "rejected")
		return
	}
	r.ticksAll(t)
	if finding != "New on the register" {
		r.decides(t, "approve", "approved")
		return
	}
	r.decides(t, "approve", "first")
	r.atDesk(t, "Owen Price")
	r.open(t, siteURL(t)+href)
	r.ticksAll(t)
	r.decides(t, "approve", "approved")
	eventually(t, r, siteURL(t)+"/hospitals?q=entirely+new+care", "the new hospital in the search", `document.querySelector('#results').innerText.includes('Entirely New Care Hospital')`)
	r.atDesk(t, "Meera Shah")
}
