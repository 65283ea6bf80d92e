//go:build e2e

package e2e

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// atDesk signs in as one of the alliance's sample staff.
func (r *recorder) atDesk(t *testing.T, name string) {
	t.Helper()
	r.withoutCookies(t)
	r.open(t, siteURL(t)+"/sign-in")
	r.press1(t, name)
	r.wants(t, "the desk", `location.pathname === '/desk'`)
}

// atPortal signs in as somebody of a sample hospital, whoever was signed in before.
func (r *recorder) atPortal(t *testing.T, name string) {
	t.Helper()
	r.withoutCookies(t)
	r.asSample(t, name)
}

// sends what is in the draft for checking.
func (r *recorder) sends(t *testing.T) {
	t.Helper()
	r.open(t, siteURL(t)+"/portal/listing/changes")
	r.press1(t, "Send ")
	r.wants(t, "what was sent", `document.querySelector('main').innerText.includes('Being checked')`)
}

// opensCheck opens the waiting check whose title begins so and says at which address it is.
func (r *recorder) opensCheck(t *testing.T, title string) string {
	t.Helper()
	r.open(t, siteURL(t)+"/desk/checks")
	r.stands(t)
	href := eval[string](t, r, fmt.Sprintf(`[...document.querySelectorAll('main table a')].find(a => a.innerText.startsWith(%q))?.getAttribute('href') ?? ''`, title))
	if href == "" {
		t.Fatalf("no check of %q waits: %s", title, eval[string](t, r, `document.querySelector('main').innerText`))
	}
	r.open(t, siteURL(t)+href)
	r.wants(t, "the check", `!!document.querySelector('#decision')`)
	return href
}

// ticksAll ticks every line of the checklist.
func (r *recorder) ticksAll(t *testing.T) {
	t.Helper()
	for i := range eval[int](t, r, `document.querySelectorAll('input[name=ticked]').length`) {
		id := "ticked"
		if i > 0 {
			id = fmt.Sprintf("ticked-%d", i+1)
		}
		r.clicked(t, "label[for="+id+"]")
	}
}

// decides chooses a verdict and sends it.
func (r *recorder) decides(t *testing.T, verdict, did string) {
	t.Helper()
	id := eval[string](t, r, fmt.Sprintf(`document.querySelector('input[name=verdict][value=%s]').id`, verdict))
	r.clicked(t, "label[for="+id+"]")
	r.press1(t, "Decide")
	r.wants(t, "the queue", fmt.Sprintf(`location.pathname === '/desk/checks' && location.search === '?done=%s'`, did))
	r.stands(t)
}

// A price goes from a hospital to the search by the desk's own pages; a change that is sent back reaches its editor.
func TestAVerifierApprovesAPriceAndSendsAChangeBack(t *testing.T) {
	for i, l := range []look{{1280, true}, {390, false}} {
		t.Run(l.String(), func(t *testing.T) {
			r := tab(t, l, 6*time.Minute)
			r.atPortal(t, "Rohan Das")
			name := "Hip seen at " + l.String()
			r.writesAPackage(t, name)
			r.open(t, siteURL(t)+"/portal/listing/details")
			r.fill(t, "about/website", fmt.Sprintf("https://example.org/%d", i))
			r.press1(t, "Save draft")
			r.wants(t, "the draft", `location.search === '?done=saved'`)
			r.sends(t)
			r.atDesk(t, "Meera Shah")
			r.stands(t)
			r.opensCheck(t, name)
			r.press1(t, "Decide")
			r.wants(t, "the refusal at the field", `document.title.startsWith('Error: ') && document.querySelectorAll('[data-error-summary] li').length > 0`)
			r.stands(t)
			r.ticksAll(t)
			r.pick(t, "method", "hospital_statement")
			r.decides(t, "approve", "approved")
			eventually(t, r, siteURL(t)+"/hospitals?treatment=total-knee-replacement&sort=price", "the price in the search", `document.querySelector('#results').innerText.includes('£3,100')`)
			r.open(t, siteURL(t)+"/desk/checks")
			r.opensCheck(t, "Website")
			r.typed(t, "#reason", "The address does not open.")
			r.decides(t, "send_back", "sent_back")
			r.atPortal(t, "Rohan Das")
			r.open(t, siteURL(t)+"/portal/listing/changes")
			r.wants(t, "the reason", `document.querySelector('main').innerText.includes('The address does not open.')`)
			r.stands(t)
			preview := eval[string](t, r, `[...document.querySelectorAll('a')].find(a => a.pathname.startsWith('/hospitals/'))?.getAttribute('href') ?? ''`)
			if preview != "" {
				r.open(t, siteURL(t)+preview)
				r.wants(t, "the price history", fmt.Sprintf(`document.querySelector('#history').innerText.includes(%q) && document.querySelector('#history').innerText.includes('£3,100')`, name))
				r.stands(t)
			}
		})
	}
}

// A certificate that we have never shown needs two people, and what they saw.
func TestAFirstCertificateTakesTwoVerifiers(t *testing.T) {
	l := look{1280, true}
	r := tab(t, l, 6*time.Minute)
	r.atPortal(t, "Rohan Das")
	file := filepath.Join(t.TempDir(), "certificate.pdf")
	must(t, os.WriteFile(file, []byte("%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"), 0o600))
	r.open(t, siteURL(t)+"/portal/listing/accreditation/new")
	r.pick(t, "/body", "NABH")
	r.pick(t, "/level", "full")
	for field, text := range map[string]string{"/programme": "Hospital", "/number": "H-2026-9002", "/legal_entity": "Sample Trust", "/valid_to-day": "30", "/valid_to-month": "4", "/valid_to-year": fmt.Sprint(time.Now().Year() + 2)} {
		r.fill(t, field, text)
	}
	_, err := chromedp.Run(r.ctx, chromedp.SetUploadFiles(chromedp.CSS("main input[type=file]"), []string{file}))
	must(t, err)
	r.press1(t, "Save draft")
	r.wants(t, "the draft", `document.readyState === 'complete' && !document.querySelector('[data-error-summary]')`)
	r.sends(t)
	sees := func() {
		t.Helper()
		r.ticksAll(t)
		r.pick(t, "method", "register_lookup")
		now := time.Now()
		for field, text := range map[string]string{"url": "https://register.example/9002", "retrieved-day": fmt.Sprint(now.Day()), "retrieved-month": fmt.Sprint(int(now.Month())), "retrieved-year": fmt.Sprint(now.Year()), "hash": strings.Repeat("0a", 32)} {
			r.typed(t, `main [name="`+field+`"]`, text)
		}
	}
	r.atDesk(t, "Meera Shah")
	href := r.opensCheck(t, "NABH certificate H-2026-9002")
	r.clicked(t, "main .cc-details summary")
	_, err = chromedp.Run(r.ctx, chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{file}))
	must(t, err)
	r.press1(t, "Keep the file")
	r.wants(t, "the file with the decision", `document.querySelector('#hash').value.length === 64`)
	r.stands(t)
	sees()
	r.decides(t, "approve", "first")
	r.open(t, siteURL(t)+href)
	r.wants(t, "that another person is needed", `document.querySelector('main').innerText.includes('Another person is needed') && !document.querySelector('input[name=verdict][value=approve]')`)
	r.stands(t)
	r.atDesk(t, "Owen Price")
	r.open(t, siteURL(t)+href)
	r.wants(t, "who checked first", `document.querySelector('main').innerText.includes('First check by Meera Shah')`)
	sees()
	r.decides(t, "approve", "approved")
	r.open(t, siteURL(t)+href)
	profile := eval[string](t, r, `document.querySelector('main a[href^="/hospitals/"]').getAttribute('href')`)
	eventually(t, r, siteURL(t)+profile, "the certificate with its history", `document.querySelector('#accreditation').textContent.includes('H-2026-9002') && document.querySelector('#accreditation').textContent.includes('First check done, a second person looks')`)
	r.stands(t)
}

// Every page of the desk, for the two roles that have all of them between them: as wide, narrow, and without scripts.
func TestEveryPageOfTheDeskIsSound(t *testing.T) {
	more := map[string][]string{"Sam Whitfield": {"/desk/organisations/new", "/desk/figures/new", "/desk/texts/guide/choosing", "/desk/texts/models/jaipur-foot", "/desk/audit/rows/1", "/desk/audit?action=account.sign_in&from=x"}, "Meera Shah": {"/desk/ending", "/desk/checks?state=decided", "/desk/feedback?state=all", "/desk/problems?state=all"}}
	for _, l := range looks {
		t.Run(l.String(), func(t *testing.T) {
			t.Parallel()
			r := tab(t, l, 10*time.Minute)
			for _, name := range []string{"Sam Whitfield", "Meera Shah"} {
				r.atDesk(t, name)
				pages := eval[[]string](t, r, `[...document.querySelectorAll('.cc-sidenav a')].map(a => a.getAttribute('href'))`)
				if len(pages) < 6 {
					t.Errorf("the desk leads %s to %q", name, pages)
				}
				for _, path := range append(pages, more[name]...) {
					if got := r.open(t, siteURL(t)+path); got != http.StatusOK {
						t.Errorf("%s at %s: status %d", name, path, got)
					}
					r.stands(t)
				}
				for _, first := range []string{"/desk/organisations", "/desk/figures", "/desk/people", "/desk/feedback?state=all"} {
					if r.open(t, siteURL(t)+first) != http.StatusOK {
						continue
					}
					if href := eval[string](t, r, `document.querySelector('main .cc-sided__main table a')?.getAttribute('href') ?? ''`); strings.HasPrefix(href, "/desk/") {
						r.open(t, siteURL(t)+href)
						r.stands(t)
					}
				}
			}
		})
	}
}

// A reported problem is taken, noted and closed with the keyboard alone.
func TestAReportIsClosedWithTheKeyboardAlone(t *testing.T) {
	t.Parallel()
	r := tab(t, looks[0], 4*time.Minute)
	r.open(t, siteURL(t)+shore+"/report")
	r.click(t, `label[for=about]`)
	words := "The beds are wrong, says the keyboard."
	r.typed(t, "#words", words)
	r.submit(t, `main form button`)
	ref := eval[string](t, r, `document.querySelector('.cc-ref-code').innerText`)
	r.atDesk(t, "Ben Carter")
	r.open(t, siteURL(t)+"/desk/problems/"+ref)
	r.tabTo(t, `document.activeElement.id === 'outcome'`)
	r.press(t, "We asked the hospital and put it right.")
	r.press(t, kb.Enter)
	r.wants(t, "that it is closed", `location.search === '?done=closed'`)
	r.stands(t)
	eventually(t, r, siteURL(t)+shore, "the outcome in the history", `document.querySelector('#history').innerText.includes('We asked the hospital and put it right.')`)
	r.open(t, siteURL(t)+"/problems/"+ref)
	r.wants(t, "the outcome", `document.querySelector('main').innerText.includes('We asked the hospital and put it right.')`)
	r.stands(t)
}
