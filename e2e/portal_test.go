//go:build e2e

package e2e

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"carecorridor/auth"
	"carecorridor/catalogue"
	"carecorridor/catalogue/listing"
	"carecorridor/internal/when"
	"carecorridor/models"
)

// asSample signs in as a person of the demonstration.
func (r *recorder) asSample(t *testing.T, name string) {
	t.Helper()
	r.open(t, siteURL(t)+"/sign-in")
	r.press1(t, name)
	r.wants(t, "the portal", `location.pathname === '/portal'`)
}

// at is the input whose name ends so.
func at(end string) string {
	return fmt.Sprintf(`main :is(input:not([type=hidden]),select,textarea)[name$=%q]`, end)
}

// fill writes over what a field holds.
func (r *recorder) fill(t *testing.T, end, text string) {
	t.Helper()
	eval[chromedp.Void](t, r, `document.querySelector('`+at(end)+`').value = ''`)
	r.typed(t, at(end), text)
}

// pick chooses an answer of a list.
func (r *recorder) pick(t *testing.T, end, value string) {
	t.Helper()
	eval[chromedp.Void](t, r, fmt.Sprintf(`document.querySelector('%s').value = %q`, at(end), value))
}

// approveAll is the alliance's side: everything that waits, by two people, as another process at the same database.
func approveAll(t *testing.T) {
	t.Helper()
	ctx := context.Background()
	store, err := models.Open(ctx, "sqlite:"+filepath.Join(siteDir, "var", "corridor.db"), models.Options{Clock: when.System})
	must(t, err)
	defer store.Close()
	cat, err := catalogue.Open(ctx, store, when.System, slog.New(slog.DiscardHandler))
	must(t, err)
	s, err := listing.New(listing.Options{Store: store, Catalogue: cat, Clock: when.System})
	must(t, err)
	people := []auth.Actor{{Person: "e2e-first", Org: "e2e", Role: auth.Verifier}, {Person: "e2e-second", Org: "e2e", Role: auth.Verifier}}
	page, err := s.Queue(ctx, people[0], listing.Filter{Kind: listing.KindChange})
	must(t, err)
	for _, item := range page.Items {
		for _, who := range people {
			d := listing.Decision{Item: item.ID, Version: item.Version, Verdict: listing.Approve, Evidence: listing.Evidence{Method: listing.RegisterLookup, URL: "https://register.example/1", Retrieved: s.Today(), Hash: strings.Repeat("0a", 32)}}
			if ways := item.Methods(); len(ways) > 0 {
				d.Evidence.Method = ways[0].Method
			}
			for _, c := range item.Checks {
				d.Ticked = append(d.Ticked, c.Code)
			}
			if item, _, err = s.Decide(ctx, who, d); err != nil {
				t.Fatal(err)
			}
			if item.State == listing.ItemApproved {
				break
			}
		}
	}
}

// A price by form, the same price by a file, the check, and the price in the search: with scripts and without.
func TestAnEditorChangesAPriceByFormAndByFileAndItIsLive(t *testing.T) {
	for i, l := range []look{{1280, true}, {1280, false}, {390, false}, {320, true}} {
		t.Run(l.String(), func(t *testing.T) {
			r := tab(t, l, 6*time.Minute)
			r.asSample(t, "Vikram Iyer")
			r.stands(t)
			name := "Knee seen at " + l.String()
			r.writesAPackage(t, name)
			price := fmt.Sprintf("£2,%d50", 9-i)
			r.pricesByFile(t, name, price)
			r.open(t, siteURL(t)+"/portal/listing/changes")
			r.stands(t)
			r.press1(t, "Send ")
			r.wants(t, "what was sent", `document.querySelector('main').innerText.includes('Being checked')`)
			r.stands(t)
			approveAll(t)
			eventually(t, r, siteURL(t)+"/hospitals?treatment=total-knee-replacement&sort=price", "the price in the search", fmt.Sprintf(`document.querySelector('#results').innerText.includes(%q)`, price))
		})
	}
}

// writesAPackage fills in the whole form, once wrongly.
func (r *recorder) writesAPackage(t *testing.T, name string) {
	t.Helper()
	r.open(t, siteURL(t)+"/portal/listing/packages")
	r.stands(t)
	r.followWords(t, "Add a package")
	r.stands(t)
	r.pick(t, "/procedure", "total-knee-replacement")
	r.fill(t, "/name", name)
	r.pick(t, "/room", "Single room")
	r.fill(t, "/price_gbp", "-5")
	for field, text := range map[string]string{"/valid_to-day": "30", "/valid_to-month": "4", "/valid_to-year": fmt.Sprint(time.Now().Year() + 1), "/stay_nights": "5", "/days_in_india": "14", "/assessed_at": "By video", "/assessed_when": "Before travel"} {
		r.fill(t, field, text)
	}
	for _, item := range []string{"taxes", "surgeon", "anaesthetist", "theatre", "implant", "consumables", "tests", "medicines", "stay"} {
		r.pick(t, "/includes."+item, "yes")
	}
	r.press1(t, "Save draft")
	r.wants(t, "the refusal beside the field", `document.title.startsWith('Error: ') && !!document.querySelector('[name$="/price_gbp"][aria-invalid]') && document.querySelector('[name$="/name"]:not([type=hidden])').value !== ''`)
	if r.look.scripts {
		r.wants(t, "focus on the summary", `document.activeElement.matches('[data-error-summary]')`)
	}
	r.stands(t)
	r.fill(t, "/price_gbp", "3,100")
	r.press1(t, "Save draft")
	r.wants(t, "the package in the table", fmt.Sprintf(`[...document.querySelectorAll('.cc-prices a')].some(a => a.innerText === %q)`, name))
	r.stands(t)
}

// pricesByFile changes the price of a package in a file of all prices.
func (r *recorder) pricesByFile(t *testing.T, name, price string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "prices.csv")
	body := eval[string](t, r, `fetch('/portal/packages/prices.csv').then(r => r.text())`)
	lines := strings.Split(strings.TrimPrefix(body, "\ufeff"), "\n")
	for i, line := range lines {
		if strings.Contains(line, name) {
			lines[i] = strings.Replace(line, ",3100,", `,"`+price+`",`, 1)
		}
	}
	must(t, os.WriteFile(file, []byte(strings.Join(lines, "\n")), 0o600))
	r.open(t, siteURL(t)+"/portal/packages/import")
	r.stands(t)
	_, err := chromedp.Run(r.ctx, chromedp.SetUploadFiles(chromedp.CSS("#csv"), []string{file}))
	must(t, err)
	r.press1(t, "Check the file")
	r.wants(t, "the dry run", fmt.Sprintf(`document.querySelector('main').innerText.includes('Nothing is saved yet') && document.querySelector('main').innerText.includes(%q)`, price))
	r.stands(t)
	if eval[bool](t, r, `!!document.querySelector('#skip')`) { // the samples' own packages say less than a full price must
		r.clicked(t, "#skip")
	}
	r.press1(t, "Apply 1 change to draft")
	r.wants(t, "the file in the draft", `location.search === '?done=applied'`)
	r.stands(t)
}

// Every page of the portal for its owner, as wide, narrow, and without scripts.
func TestEveryPageOfThePortalIsSound(t *testing.T) {
	for _, l := range looks {
		t.Run(l.String(), func(t *testing.T) {
			t.Parallel()
			r := tab(t, l, 6*time.Minute)
			r.asSample(t, "Farah Khan")
			pages := eval[[]string](t, r, `[...document.querySelectorAll('.cc-portalnav a')].map(a => a.getAttribute('href'))`)
			if len(pages) < 6 {
				t.Errorf("the portal leads to %q", pages)
			}
			for _, path := range pages {
				if got := r.open(t, siteURL(t)+path); got != http.StatusOK {
					t.Errorf("%s: status %d", path, got)
				}
				r.stands(t)
			}
			for _, path := range []string{"/portal/listing/preview", "/portal/listing/checks", "/portal/packages/import", "/portal/team/invite", "/portal/listing/accreditation/new", "/portal/listing/surgeons/new", "/portal/listing/quality/new", "/portal/listing/photos/new"} {
				if got := r.open(t, siteURL(t)+path); got != http.StatusOK {
					t.Errorf("%s: status %d", path, got)
				}
				r.stands(t)
			}
		})
	}
}

// A quality measure with no pointer: Tab, letters and Enter alone.
func TestAMeasureIsWrittenWithTheKeyboardAlone(t *testing.T) {
	t.Parallel()
	r := tab(t, looks[0], 3*time.Minute)
	r.asSample(t, "Rohan Das")
	r.open(t, siteURL(t)+"/portal/listing/quality")
	r.tabTo(t, `document.activeElement.textContent.trim() === 'Add a measure'`)
	r.press(t, kb.Enter)
	r.wants(t, "the form", `document.readyState === 'complete' && location.pathname.endsWith('/quality/new')`)
	for _, field := range []struct{ end, text string }{{"/title", "Infections within 90 days"}, {"/numerator", "4"}, {"/denominator", "1240"}} {
		r.tabTo(t, fmt.Sprintf(`document.activeElement.name?.endsWith(%q)`, field.end))
		r.press(t, field.text)
	}
	r.tabTo(t, `document.activeElement.value === 'save'`)
	r.press(t, kb.Enter)
	r.wants(t, "the ratio", `document.querySelector('main').innerText.includes('4 of 1,240 (0.3%)')`)
	r.quiet(t)
}
