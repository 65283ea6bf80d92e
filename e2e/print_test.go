//go:build e2e

package e2e

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// sheet is the dictionary of one page in a PDF as Chromium writes it.
var sheet = regexp.MustCompile(`/Type\s*/Page\b`)

// printed counts the A4 pages that the open page prints on.
func (r *recorder) printed(t *testing.T) int {
	t.Helper()
	pdf, err := chromedp.Run(r.ctx, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4), chromedp.PDFMargin(0.4)))
	must(t, err)
	return len(sheet.FindAll(pdf, -1))
}

func TestTheSummaryForTheGPPrintsOnOneSheet(t *testing.T) {
	t.Parallel()
	r := tab(t, looks[0], 5*time.Minute)
	for _, path := range treatments(t) {
		r.open(t, siteURL(t)+path+"/summary")
		if n := r.printed(t); n != 1 {
			t.Errorf("%s/summary prints on %d sheets", path, n)
		}
	}
}

// muchStudied are the treatments with the most prices, each with its source: the longest pages.
var muchStudied = []string{"/treatments/total-knee-replacement", "/treatments/total-hip-replacement", "/treatments/cataract-surgery", "/treatments/spinal-fusion", "/treatments/ivf", "/treatments/cabg"}

func TestATreatmentPrintsOnTwoSheets(t *testing.T) {
	t.Parallel()
	r := tab(t, looks[0], 5*time.Minute)
	for i, path := range treatments(t) {
		if i%9 != 0 && !slices.Contains(muchStudied, path) {
			continue
		}
		r.open(t, siteURL(t)+path)
		if n := r.printed(t); n < 1 || n > 2 {
			t.Errorf("%s prints on %d sheets", path, n)
		}
	}
}

// four are hospitals that publish much: the longest comparison.
const four = "/compare?treatment=total-knee-replacement&h=marigold-shore-hospital-chennai&h=aster-medcity-kochi&h=backwater-bend-hospital-kochi&h=palmyra-eye-and-joint-hospital-kanchipuram"

func TestAComparisonOfFourPrintsOnFiveSheets(t *testing.T) {
	t.Parallel()
	r := tab(t, looks[0], time.Minute)
	r.open(t, siteURL(t)+four)
	if n := r.printed(t); n < 1 || n > 5 {
		t.Errorf("prints on %d sheets", n)
	}
}

// The line that opens the details is not on paper, so what they are of stands in them.
func TestEveryPackageIsNamedOnPaper(t *testing.T) {
	t.Parallel()
	r := tab(t, looks[0], time.Minute)
	r.open(t, siteURL(t)+"/hospitals/marigold-shore-hospital-chennai")
	_, err := chromedp.Call(r.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	must(t, err)
	named := eval[[]string](t, r, `[...document.querySelectorAll('#prices details')].map(d => (d.checkVisibility() && [...d.querySelectorAll('.cc-print-only')].find(e => getComputedStyle(e).display !== 'none')?.innerText) || 'no name')`)
	if len(named) < 2 || slices.Contains(named, "no name") {
		t.Errorf("packages on paper: %q", named)
	}
}

func TestSheetsAreCounted(t *testing.T) {
	t.Parallel()
	r := tab(t, looks[0], time.Minute)
	r.open(t, sample(t)+"/sound")
	if n := r.printed(t); n != 1 {
		t.Errorf("a short page: %d sheets", n)
	}
	eval[chromedp.Void](t, r, `document.querySelector('main').insertAdjacentHTML('beforeend', '<p style="height:3000px">long</p>')`)
	if n := r.printed(t); n < 2 {
		t.Errorf("a long page: %d sheets", n)
	}
}

// treatments are the addresses of a few treatment pages, the one with the longest name among them.
func treatments(t *testing.T) []string {
	t.Helper()
	var all []string
	longest := ""
	for _, path := range sitemap(t) {
		if strings.HasPrefix(path, "/treatments/") && strings.Count(path, "/") == 2 {
			all = append(all, path)
			if len(path) > len(longest) {
				longest = path
			}
		}
	}
	if len(all) == 0 {
		t.Fatal("the sitemap lists no treatment")
	}
	return append(spread(all), longest)
}
