//go:build e2e

package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// The hospitals of these journeys are samples; the first has feedback enough for figures.
const (
	shore  = "/hospitals/marigold-shore-hospital-chennai"
	banyan = "/hospitals/banyan-lane-heart-institute-bengaluru"
)

// corridor runs a command of the program that is being served, on its data, and gives what it prints.
func corridor(t *testing.T, args ...string) string {
	t.Helper()
	siteURL(t)
	cmd := exec.Command(filepath.Join(siteDir, "corridor"), args...)
	cmd.Dir = siteDir
	cmd.Env = append(unconfigured(), "CORRIDOR_VAR="+filepath.Join(siteDir, "var"))
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("corridor %s: %v", strings.Join(args, " "), err)
	}
	return strings.TrimSpace(string(out))
}

// sound reports what is wrong with the page that is open.
func (r *recorder) sound(t *testing.T, what string) {
	t.Helper()
	for _, p := range withoutBudget(r.inspect(t, pageRules)) {
		if !strings.Contains(p, "status of 422") { // the browser's own note of a form that came back
			t.Errorf("%s at %s: %s", what, r.look, p)
		}
	}
	shoot(t, r, "http://site/feedback-"+what)
	r.scripts(t, r.look.scripts)
}

// submit clicks and waits for the answer, whatever its status.
func (r *recorder) submit(t *testing.T, css string) {
	t.Helper()
	if _, err := chromedp.RunResponse(r.ctx, chromedp.Click(chromedp.CSS(css))); err != nil {
		t.Fatal(err)
	}
	r.wants(t, "an answer", `document.readyState === 'complete'`)
}

func (r *recorder) click(t *testing.T, css string) {
	t.Helper()
	must(t, chromedp.Do(r.ctx, chromedp.Click(chromedp.CSS(css))))
}

// From a confirmed stay to a comment on the profile: link, form with a mistake, sending, moderation.
func TestAPatientGivesFeedbackAndAModeratorPublishesIt(t *testing.T) {
	for _, l := range looks {
		t.Run(l.String(), func(t *testing.T) {
			month := time.Now().AddDate(0, 0, -40).Format("2006-01")
			link := corridor(t, "feedback", "invite", strings.TrimPrefix(banyan, "/hospitals/"), "--stayed", month, "--by", "Asha")
			r := tab(t, l, 3*time.Minute)
			r.check(t, siteURL(t)+link, 200)
			r.open(t, siteURL(t)+link)
			r.click(t, `label[for=bill]`)
			words := "Comment of a person who looked at " + l.String()
			r.typed(t, "#comment", words)
			r.submit(t, `main form button`)
			r.wants(t, "an error summary with what was written kept", `document.querySelectorAll('[data-error-summary] a').length === 2 && document.title.startsWith('Error:') &&
				document.querySelector('#bill').checked && document.querySelector('#comment').value === '`+words+`'`)
			r.sound(t, "mistakes")
			r.click(t, `label[for=contact-2]`)
			r.click(t, `label[for=risks]`)
			r.submit(t, `main form button`)
			r.wants(t, "thanks", `document.querySelector('h1').textContent === 'Your feedback is sent'`)
			r.sound(t, "sent")
			publish(t, words)
			eventually(t, r, siteURL(t)+banyan, "the comment on the profile", `[...document.querySelectorAll('#feedback blockquote')].some(q => q.textContent === '`+words+`')`)
			r.check(t, siteURL(t)+link+"x", 404)
		})
	}
}

// publish finds the text in the moderators' list and publishes it.
func publish(t *testing.T, words string) {
	t.Helper()
	head := ""
	for line := range strings.Lines(corridor(t, "feedback", "moderate")) {
		if strings.Contains(line, words) {
			corridor(t, "feedback", "moderate", "publish", strings.Fields(head)[0], "--by", "Asha")
			return
		}
		if !strings.HasPrefix(line, " ") {
			head = line
		}
	}
	t.Fatalf("%q does not wait for a moderator", words)
}

// eventually opens a page again until it shows what another process changed.
func eventually(t *testing.T, r *recorder, url, what, condition string) {
	t.Helper()
	for range 20 {
		r.open(t, url)
		if eval[bool](t, r, condition) {
			return
		}
		time.Sleep(250 * time.Millisecond)
	}
	t.Fatalf("no %s at %s", what, url)
}

func TestAReaderReportsAProblemWithAListing(t *testing.T) {
	for _, l := range looks {
		t.Run(l.String(), func(t *testing.T) {
			t.Parallel()
			r := tab(t, l, 3*time.Minute)
			r.check(t, siteURL(t)+shore+"/report", 200)
			r.open(t, siteURL(t)+shore)
			r.follow(t, `main a[href$="/report"]`)
			r.submit(t, `main form button`)
			r.wants(t, "an error summary", `document.querySelectorAll('[data-error-summary] a').length === 2`)
			r.sound(t, "report-mistakes")
			words := "The price of " + l.String() + " is old."
			r.click(t, `label[for=about]`)
			r.typed(t, "#words", words)
			r.typed(t, "#email", "ann@example.com")
			r.submit(t, `main form button`)
			r.wants(t, "a confirmation with a reference", `/\/report\/sent$/.test(location.pathname) && /CC-[2-9A-Z]{4}-[2-9A-Z]{2}/.test(document.querySelector('main').textContent)`)
			r.sound(t, "report-sent")
			if listed := corridor(t, "reports"); !strings.Contains(listed, words) || !strings.Contains(listed, "ann@example.com") {
				t.Errorf("not listed for the desk:\n%s", listed)
			}
		})
	}
}

func TestAReportIsSentWithTheKeyboardAlone(t *testing.T) {
	t.Parallel()
	r := tab(t, looks[0], time.Minute)
	r.open(t, siteURL(t)+shore+"/report")
	must(t, chromedp.Do(r.ctx, chromedp.Focus(chromedp.CSS("#about"))))
	r.press(t, " ")
	r.press(t, kb.Tab)
	r.press(t, "Sent without a pointing device.")
	r.press(t, kb.Tab)
	r.press(t, kb.Tab)
	r.press(t, kb.Enter)
	r.wants(t, "a confirmation", `/\/report\/sent$/.test(location.pathname)`)
	r.quiet(t)
}
