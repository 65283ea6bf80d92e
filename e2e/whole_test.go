//go:build e2e

package e2e

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// The whole way of a patient on a telephone, links taken from mails that really travelled: home, search, comparison,
// cost of the trip, enquiry, two hospitals' quotes, one of them corrected, side by side, and the newest one accepted.
func TestAPatientGoesTheWholeWayOnATelephone(t *testing.T) {
	base, office := mailing(t)
	for i, l := range []look{{390, true}, {390, false}} {
		t.Run(l.String(), func(t *testing.T) {
			email := fmt.Sprintf("patient%d@example.org", i)
			r := tab(t, l, 8*time.Minute)
			r.compared(t, base)
			comparison := eval[string](t, r, `location.href`)
			r.tripOfASample(t)
			r.open(t, comparison)
			r.followWords(t, "Ask these hospitals for a quote")
			r.wants(t, "both hospitals", `document.querySelectorAll('.cc-chosen li').length === 2`)
			r.stands(t)
			r.press1(t, "Start now")
			r.throughTheFormAs(t, email)
			r.stands(t)
			patient := func(to string) bool { return to == email }
			hospital := func(to string) bool { return strings.HasSuffix(to, "@sample.invalid") }
			mine := office.links(t, 1, patient)[0]
			asked := office.links(t, 2, hospital)
			asked = asked[len(asked)-2:]

			desk := tab(t, l, 8*time.Minute)
			for _, answer := range asked {
				desk.answers(t, answer)
			}
			desk.corrects(t, asked[0], "4,20,000")
			office.links(t, 4, patient) // received, two quotes, one newer

			other := tab(t, l, 8*time.Minute) // the mail is read on another device
			other.open(t, mine)
			other.wants(t, "the link out of the address", `!location.search && location.pathname.startsWith('/enquiry/track/CC-')`)
			other.stands(t)
			other.followWords(t, "Compare 2 quotes")
			other.wants(t, "the newest versions side by side", `(s => s.includes('₹4,20,000') && s.includes('₹4,50,000') && s.split('₹4,50,000').length >= 2)(document.querySelector('main').innerText)`)
			other.stands(t)
			other.back(t)
			other.wants(t, "the enquiry again", `location.pathname.startsWith('/enquiry/track/CC-') && !location.pathname.endsWith('quotes') && document.readyState === 'complete'`)
			other.readsBothVersions(t)
			other.followWords(t, "Accept the quote")
			other.wants(t, "the newest total", `document.querySelector('main').innerText.includes('₹4,20,000')`)
			other.press1(t, "Accept this quote")
			other.wants(t, "the quote accepted", `document.querySelector('main').innerText.includes('Quote accepted')`)
			other.stands(t)
			desk.open(t, asked[0])
			desk.wants(t, "how to reach the patient", fmt.Sprintf(`document.querySelector('main').innerText.includes(%q)`, email))
			desk.open(t, asked[1])
			desk.wants(t, "the end of the other request", `document.querySelector('main').innerText.includes('This request has ended')`)
			office.silent(t, "hospital", "knee", "quote", "Asha", "Marigold", "India", "clinic")
		})
	}
}

// compared searches in words from the home page, chooses two hospitals that publish a price and compares them.
func (r *recorder) compared(t *testing.T, base string) {
	t.Helper()
	r.open(t, base+"/")
	r.typed(t, `main form[role=search] input[name=q]`, "cheapest knee replacement")
	r.follow(t, `main form[role=search] button`)
	r.choose(t)
	r.compareThem(t)
	r.wants(t, "two prices", `document.querySelectorAll('.cc-compared > li').length === 2 && !document.querySelector('.cc-comparison tbody tr').innerText.includes('Not published')`)
	r.stands(t)
}

// tripOfASample works out the trip from the profile of the first hospital compared: its own package is the price.
func (r *recorder) tripOfASample(t *testing.T) {
	t.Helper()
	r.follow(t, `.cc-compared h3 a`)
	r.followWords(t, "Change what the trip includes")
	r.throughTheTrip(t)
	r.wants(t, "the hospital's own price", `document.querySelector('main table').innerText.includes('package') && !/indicative range/i.test(document.querySelector('main table').innerText)`)
}

// throughTheTrip answers what is left of the questions after treatment and hospital.
func (r *recorder) throughTheTrip(t *testing.T) {
	t.Helper()
	r.picks(t, "from", "MAN")
	r.picks(t, "people", "2")
	r.asks(t, "nights")
	r.follow(t, `main form button`)
	r.picks(t, "room", "3-star")
	r.asks(t, "month")
	r.follow(t, `main a[href*="month=unknown"]`)
	r.picks(t, "insurance", "unknown")
	r.wants(t, "a total", `location.pathname === '/trip-cost/result' && document.querySelectorAll('.cc-stat').length === 3`)
	r.stands(t)
}

// corrects gives a newer version with another total.
func (r *recorder) corrects(t *testing.T, answer, total string) {
	t.Helper()
	r.open(t, answer)
	r.followWords(t, "Give a newer quote")
	eval[chromedp.Void](t, r, `document.querySelector('#row-0-amount').value = document.querySelector('#total').value = ''`)
	r.typed(t, `#row-0-amount`, total)
	r.typed(t, `#total`, total)
	year := eval[int](t, r, `new Date().getFullYear() + 1`)
	for field, text := range map[string]string{"valid_until": "1", "valid_until-month": "3", "valid_until-year": fmt.Sprint(year)} {
		r.typed(t, `[id="`+field+`"]`, text)
	}
	r.clicked(t, `#no_commission`)
	r.press1(t, "Preview the quote")
	r.stands(t)
	r.press1(t, "Give this quote to the patient")
	r.wants(t, "a second version", `document.querySelector('main').innerText.includes('Version 2')`)
}

// readsBothVersions opens the corrected quote and the one it replaced, and comes back.
func (r *recorder) readsBothVersions(t *testing.T) {
	t.Helper()
	mine := eval[string](t, r, `location.href`)
	r.followWords(t, "Read the quote")
	if !eval[bool](t, r, `document.querySelector('main').innerText.includes('Version 2')`) { // the other hospital is the first
		r.open(t, mine)
		eval[chromedp.Void](t, r, `document.querySelector('main section.cc-card').remove()`)
		r.followWords(t, "Read the quote")
	}
	r.wants(t, "the newest version", `document.querySelector('main').innerText.includes('₹4,20,000')`)
	r.stands(t)
	newest := eval[string](t, r, `location.href`)
	r.followWords(t, "Version 1")
	r.wants(t, "the replaced version", `(s => s.includes('₹4,50,000') && s.includes('Replaced by a newer version'))(document.querySelector('main').innerText)`)
	r.stands(t)
	r.open(t, newest)
}

// A real hospital that publishes no price is planned with the range for India, and never with a price of its own.
func TestATripToARealHospitalWithoutAPriceIsARange(t *testing.T) {
	for _, l := range []look{{390, true}, {390, false}} {
		t.Run(l.String(), func(t *testing.T) {
			t.Parallel()
			r := tab(t, l, 3*time.Minute)
			r.open(t, siteURL(t)+"/hospitals/medanta-the-medicity-gurugram")
			there := eval[string](t, r, `[...document.querySelectorAll('main a')].find(a => a.getAttribute('href').startsWith('/trip-cost')).href`)
			sign := map[bool]string{true: "&", false: "?"}[strings.Contains(there, "?")]
			r.open(t, there+sign+"treatment=total-knee-replacement")
			r.throughTheTrip(t)
			r.wants(t, "the indicative range", `/indicative/i.test(document.querySelector('main').innerText) && !document.querySelector('main table').innerText.includes('undefined')`)
			r.quiet(t)
		})
	}
}

// What was typed comes back when the browser has lost its cookie on the way.
func TestAFormComesBackWhenTheBrowserLostItsCookie(t *testing.T) {
	for _, l := range []look{{390, true}, {390, false}} {
		t.Run(l.String(), func(t *testing.T) {
			t.Parallel()
			r := tab(t, l, 2*time.Minute)
			r.open(t, siteURL(t)+"/enquiry/start?h="+asked)
			r.press1(t, "Start now")
			r.press1(t, "Continue")
			r.typed(t, `#problem`, "Worn knee since 2023.")
			r.withoutCookies(t)
			r.savedStep(t)
			r.wants(t, "the words again", `document.querySelector('#problem').value === 'Worn knee since 2023.' && document.querySelector('.cc-error-summary').innerText.includes('could not be opened')`)
			r.stands(t)
			r.savedStep(t)
			r.wants(t, "the hospitals asked again", `location.pathname === '/enquiry/hospitals'`)
		})
	}
}
