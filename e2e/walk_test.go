//go:build e2e

package e2e

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestEveryPageIsSoundAtEveryWidthWithScriptsOnAndOff(t *testing.T) {
	all := pages(t)
	for _, l := range looks {
		t.Run(l.String(), func(t *testing.T) {
			t.Parallel()
			r := tab(t, l, 15*time.Minute)
			for _, v := range all {
				r.check(t, siteURL(t)+v.path, v.status)
			}
		})
	}
}

// Public pages are rendered once for everybody (brief §9): nothing in them may depend on the visitor.
func TestPublicPagesCarryNothingPerVisitor(t *testing.T) {
	for _, v := range pages(t) {
		body, header := get(t, v.path)
		if c := header.Get("Set-Cookie"); c != "" {
			t.Errorf("%s sets a cookie: %s", v.path, c)
		}
		if again, _ := get(t, v.path); again != body {
			t.Errorf("%s: a second visitor gets another page", v.path)
		}
		policy := header.Get("Content-Security-Policy")
		for _, want := range []string{"default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"} {
			if !strings.Contains(policy, want) {
				t.Errorf("%s: content policy lacks %s: %q", v.path, want, policy)
			}
		}
		if strings.Contains(policy, "unsafe") || strings.Contains(policy, "nonce") {
			t.Errorf("%s: content policy %q", v.path, policy)
		}
	}
}

// hostile are questions that try to be something else.
var hostile = []url.Values{
	{"q": {`<script>alert(1)</script>"'><img src=x onerror=alert(1)>`}},
	{"q": {"'; DROP TABLE providers; --"}, "sort": {`price" OR 1=1`}},
	{"q": {"knee\x00replacement\xff\xfe"}, "city": {"\x00"}, "accreditation": {`NABH" OR sample = true`}},
	{"q": {strings.Repeat("knee ", 2000)}},
	{"q": {"\u202elanrete ﷽ Z̸̛̩a̷l̵g̶o"}, "price_min": {"-1e309"}, "price_max": {"٣٤٥"}, "page": {"99999999999999999999"}},
	{"near": {"NaN,Infinity"}, "km": {"-5"}, "per_page": {"1000000"}, "currency": {"XXX"}},
}

func TestHostileQuestionsAreInert(t *testing.T) {
	t.Parallel()
	r := tab(t, look{390, true}, 5*time.Minute)
	for _, v := range hostile {
		r.check(t, siteURL(t)+"/hospitals?"+v.Encode(), 200)
		if marks := eval[int](t, r, `document.querySelectorAll('main script, main img[onerror]').length`); marks != 0 {
			t.Errorf("%q became markup", v)
		}
	}
}

func TestEveryStoryIsSound(t *testing.T) {
	base, err := stories()
	must(t, err)
	names := storyPaths(t, base)
	if len(names) == 0 {
		t.Fatal("no stories are listed")
	}
	for _, l := range []look{{1280, true}, {390, true}, {320, true}} {
		t.Run(l.String(), func(t *testing.T) {
			t.Parallel()
			r := tab(t, l, 15*time.Minute)
			for _, path := range names {
				r.story(t, base+path)
			}
		})
	}
}

// story is a page in one state: it may show a failure, and be longer than a page of the site may be.
func (r *recorder) story(t *testing.T, url string) {
	t.Helper()
	if got := r.open(t, url); got != http.StatusOK {
		t.Errorf("%s: status %d", url, got)
	}
	rules, fragment := pageRules, !eval[bool](t, r, `!!document.querySelector('main')`)
	if fragment {
		rules = fragmentRules
	}
	for _, p := range withoutBudget(r.inspect(t, rules)) {
		pageOnly := strings.HasPrefix(p, "sideways scroll") || strings.HasSuffix(p, "/favicon.ico")
		if !fragment || !pageOnly {
			t.Errorf("%s at %s: %s", url, r.look, p)
		}
	}
}

// storyPaths are the addresses that the list of stories links to.
func storyPaths(t *testing.T, base string) []string {
	t.Helper()
	r := tab(t, looks[0], time.Minute)
	r.open(t, base+"/")
	return eval[[]string](t, r, `[...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href')).filter(h => h.startsWith('/') && h.length > 1)`)
}
